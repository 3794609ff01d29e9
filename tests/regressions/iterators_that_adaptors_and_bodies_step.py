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
# what fails in a `try` leaves an iterator that others hold where it stands in plain Python
def left(make):
    it = iter([3, 1, 2, 6, 5])
    try:
        for x in make(it):
            print(fail(x))
    except (ValueError, TypeError) as e:
        print(e)
    return list(it)
print(left(lambda it: map(fail, it)), left(lambda it: filter(None, map(fail, it))), left(lambda it: filter(ok, it)))
print(left(lambda it: (x for _, x in enumerate(it))), left(lambda it: (x for x, in zip(it))), left(lambda it: itertools.islice(it, 4)))
print(left(lambda it: zip(it, it)), left(lambda it: enumerate(map(f, it))), left(lambda it: itertools.chain([1], it)))
def gathered(make):
    it = iter([3, 1, 2, 6, 5])
    try:
        print(make(it))
    except ValueError as e:
        print(e)
    return list(it)
print(gathered(lambda it: list(map(fail, it))), gathered(lambda it: [fail(x) for _, x in enumerate(it)]), gathered(lambda it: sum(map(fail, it), "")))
print(gathered(lambda it: sorted(map(g, filter(fail, it)))), gathered(lambda it: [*map(fail, it)]), gathered(lambda it: dict(zip(it, map(fail, it)))))
