"""A caching decorator written by hand, with hits and misses; keys by prompt and model."""
# time: 2

class Cache:
    def __init__(self):
        self.store = {}
        self.hits = self.misses = 0
    def __call__(self, fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            key = (args, tuple(sorted(kwargs.items())))
            if key in self.store:
                self.hits += 1
                return self.store[key]
            self.misses += 1
            self.store[key] = value = fn(*args, **kwargs)
            return value
        return wrapper

cache = Cache()

@cache
def complete(prompt, model="small"):
    return llm(f"{model}:{prompt}")

prompts = ["a", "b", "a", "c", "b", "a"]
answers = [complete(p) for p in prompts]
better = [complete(p, model="large") for p in prompts]
merged = llm(" ".join(answers + better))
print(cache.hits, cache.misses, merged)
