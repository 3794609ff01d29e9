"""What a bounded cache throws out, and what it counts, hangs on the order of the calls and on which of them failed."""

import functools
@functools.lru_cache(maxsize=2)
def ask(x):
    return fail(x)
out = []
for x in (1, 2, 1, 2, 3, 4, 1, 3, 5, 2, 6, 1):
    try:
        out.append(ask(x))
    except ValueError as e:
        out.append(str(e))
print(out, ask.cache_info())
@functools.lru_cache(maxsize=3)
def path(n):
    if n < 2:
        return f(n)
    return g(path(n - 1), path(n - 2))
print(path(4), path.cache_info(), path(2), path(7), path.cache_info())
@functools.lru_cache(maxsize=3, typed=True)
def typed(x, y=1, *, z=0):
    return f(x, y, z)
print([typed(x, z=z) for x in (1, 1.0, 2) for z in (1, True)], typed.cache_info())
typed(1, z=1)
if ok(1):
    typed(5)
typed.cache_clear()
print(typed(2), typed.cache_info(), typed(2), typed.cache_info())
@functools.lru_cache(maxsize=4)
def four(x):
    return f(x)
a = [four(x) for x in (1, 2, 3)]
b = four(1)
c = [four(x) for x in (4, 5, 1, 2, 6, 3)]
if ok(2):
    c.append(four(9))
c.append(four(1))
print(a, b, c, four.cache_info())
@functools.lru_cache(maxsize=66)
def many(x):
    return num(x)
print(sum(many(x % 70) for x in range(5)), [many(x) for x in (2, 9, 1)], many.cache_info())
def both(x):
    try:
        p = many(x + 60), ask(x)
    except ValueError:
        p = many(x), ask(x + 2)
    return p
print([both(x) for x in (1, 2, 4, 5, 1)], many.cache_info(), ask.cache_info())
