"""An iterator is stepped by an adaptor and by the body of the loop over that: each step finds it as the one before has left it."""

import itertools
it = iter(range(6))
for x in map(f, it):
    if ok(x):
        print(x, next(it, None))
it = iter([1, 2, 3, 4, 5, 6])
for i, x in enumerate(it):
    if ok(x):
        print(i, x, next(it, None))
it = iter("abcdef")
for i, x in enumerate(enumerate(it)):
    if ok(x):
        print(i, x, next(it, None))
it = iter(range(7))
for x, y in zip(it, it):
    if ok(x):
        print(x, y, next(it, None))
it = iter(range(6))
for x in filter(ok, it):
    print(x, f(x), next(it, None))
it = iter(range(6))
some = filter(ok, it)
for x in map(f, some):
    print(x, next(some, None), next(it, None))
it = iter(range(9))
print([(f(x), next(it, None) if ok(x) else None) for x in itertools.islice(it, 1, None)])
it = {1: 2, 3: 4, 5: 6}.items().__iter__()
for i, (k, v) in enumerate(it):
    if not ok(k):
        print(i, k, v, next(it, None))
