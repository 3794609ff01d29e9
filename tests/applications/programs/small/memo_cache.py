"""A caching decorator of one's own, keyed by arguments."""
# time: 2

class Cache:
    def __init__(self): self.data, self.hits, self.misses = {}, 0, 0
    def __call__(self, fn):
        @functools.wraps(fn)
        def inner(*args):
            key = (fn.__name__, args)
            if key in self.data:
                self.hits += 1
                return self.data[key]
            self.misses += 1
            value = self.data[key] = fn(*args)
            return value
        return inner
cache = Cache()
@cache
def translate(text, lang): return llm(f"{lang}: {text}")
@cache
def sentiment(text): return json.loads(llm_json(text))["score"]
rows = []
for text in ["hi", "bye", "hi", "ok", "bye", "hi"]:
    for lang in ("de", "fr"):
        rows.append((text, lang, translate(text, lang), sentiment(text)))
positive = [r for r in rows if r[3] > 4]
both = llm(" ".join(r[2] for r in rows))
print(cache.hits, cache.misses, len(positive), both)
