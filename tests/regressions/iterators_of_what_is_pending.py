"""An iterator of a value that is pending stands where the program has stepped it to, whoever steps it, in the order of the program."""

from itertools import islice

# ---- cell
it = iter(ident([1, 2, 3, 4]))
first = [x for x, _ in zip(it, range(num(1)))], list(it)[:2]
it = iter(ident([1, 2, 3, 4]))
second = [next(it, None) for _ in range(num(1))], next(it, None)
it = iter(ident([1, 2, 3, 4]))
for x, y in zip(it, ident([1])):
    print(x, y)
third = next(it, None)
it = enumerate(ident([1, 2, 3, 4]))
fourth = [*islice(it, num(1))], next(it, None)
it = map(str, ident([1, 2, 3, 4]))
fifth = {x: 1 for x in zip(it, range(num(1)))}, next(it, None)
it = iter(ident({1: 2, 3: 4, 5: 6}).items())
sixth = list(zip(it, ident([1]))), next(it, None)
