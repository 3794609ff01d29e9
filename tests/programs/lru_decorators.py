"""Memoising by hand and from the library, with sizes, expiry by a fake clock, statistics."""

from collections import OrderedDict
from functools import cached_property, lru_cache, wraps


class Clock:
    now = 0


def timed_cache(seconds, maxsize=3):
    def decorate(f):
        store = OrderedDict()

        @wraps(f)
        def wrapper(*args):
            hit = store.get(args)
            if hit and Clock.now - hit[0] < seconds:
                wrapper.hits += 1
                store.move_to_end(args)
                return hit[1]
            wrapper.misses += 1
            value = f(*args)
            store[args] = Clock.now, value
            while len(store) > maxsize:
                dropped, _ = store.popitem(last=False)
                wrapper.dropped.append(dropped)
            return value

        wrapper.hits = wrapper.misses = 0
        wrapper.dropped = []
        return wrapper

    return decorate


@timed_cache(10)
def square(n):
    """The square."""
    print("computing", n)
    return n * n


for n in (2, 3, 2, 4, 5, 2):
    square(n)
Clock.now = 11
print(square(2), square.hits, square.misses, square.dropped, square.__doc__, square.__name__)


@lru_cache(maxsize=2)
def letters(word, upper=False):
    return len(word), word.upper() if upper else word


for w in ("a", "bb", "a", "c", "bb"):
    letters(w)
letters("a", upper=True)
print(letters.cache_info())
letters.cache_clear()
print(letters.cache_info().currsize, letters.__wrapped__("zz"))


class Circle:
    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        print("area of", self.r)
        return 3 * self.r**2


c = Circle(2)
print(c.area, c.area, vars(c))
del c.area
c.r = 3
print(c.area)
