"""A least recently used cache, by hand and with an OrderedDict."""

from collections import OrderedDict


class Lru:
    def __init__(self, size):
        self.size, self.items, self.hits, self.misses = size, OrderedDict(), 0, 0

    def __call__(self, function):
        def inner(x):
            if x in self.items:
                self.hits += 1
                self.items.move_to_end(x)
            else:
                self.misses += 1
                self.items[x] = function(x)
                if len(self.items) > self.size:
                    gone, _ = self.items.popitem(last=False)
                    print("dropped", gone)
            return self.items[x]

        inner.cache = self
        return inner


@Lru(3)
def square(x):
    print("computing", x)
    return x * x


print([square(x) for x in (1, 2, 3, 1, 4, 2, 1)])
print(square.cache.hits, square.cache.misses, list(square.cache.items))
