"""partial, wraps, lru_cache, cached_property, singledispatch and reduce around calls."""
# time: 2

from functools import partial, wraps, lru_cache, cached_property, singledispatch, reduce
formal = partial(llm, style="formal")
@lru_cache(maxsize=None)
def translate(word, lang="fr"):
    return llm(f"{word} in {lang}")
@singledispatch
def describe(thing): return llm(f"thing {thing}")
@describe.register
def _(thing: int): return llm(f"number {thing}")
@describe.register(list)
def _(thing): return llm("list of " + ", ".join(describe(t) for t in thing))
class Document:
    made = 0
    def __init__(self, text):
        self.text = text
        Document.made += 1
    @cached_property
    def summary(self): return llm(f"sum up {self.text}")
    @cached_property
    def title(self): return llm(f"title of {self.summary}").upper()
def traced(fn):
    @wraps(fn)
    def inner(*args, **kwargs):
        result = fn(*args, **kwargs)
        trace.append((fn.__name__, args, result))
        return result
    return inner
trace = []
@traced
def combine(a, b):
    """Join two."""
    return f"{a}+{b}"
words = "the cat and the dog and the bird".split()
translated = [translate(w) for w in words]
letter = formal("write to the bank")
described = [describe(x) for x in (1, "two", [3, "four"])]
docs = [Document(f"text {i}") for i in range(4)]
titles = {d.text: d.title for d in docs}
again = [d.summary[:6] for d in docs]
whole = reduce(combine, translated)
print(translate.cache_info().currsize, letter, described, titles, Document.made, combine.__doc__)
print(whole, len(trace))
