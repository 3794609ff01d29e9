"""Functions as values: reduce, partial, pipelines, memo, flips, operator functions."""

import operator
from functools import partial, reduce, wraps
from itertools import starmap


def pipe(value, *functions):
    return reduce(lambda v, f: f(v), functions, value)


def flip(f):
    return wraps(f)(lambda a, b: f(b, a))


def maybe(f):
    @wraps(f)
    def safe(x):
        return None if x is None else f(x)

    return safe


def trampoline(f, *args):
    result = f(*args)
    while callable(result):
        result = result()
    return result


def factorial(n, acc=1):
    return acc if n < 2 else lambda: factorial(n - 1, acc * n)


half = maybe(lambda n: n / 2 if n % 2 == 0 else None)
print(pipe(12, half, half), pipe(12, half, half, half), pipe([3, 1, 2], sorted, partial(map, str), "".join))
print(flip(operator.sub)(1, 10), flip(operator.sub).__name__, trampoline(factorial, 10))
print(list(starmap(pow, [(2, 3), (3, 2)])), reduce(operator.mul, range(1, 6)), reduce(operator.add, [[1], [2]], []))
get = operator.itemgetter("b", "a")
print(get({"a": 1, "b": 2}), operator.attrgetter("real", "imag")(1 + 2j), operator.methodcaller("upper")("x"))
compose = partial(reduce, lambda f, g: lambda x: f(g(x)))
print(compose([str, abs, int])("-42"), list(filter(None, [0, 1, "", "a"])), sum(map(operator.mul, [1, 2], [3, 4])))
people = [("ann", 3), ("bob", 1)]
print(sorted(people, key=operator.itemgetter(1)), operator.concat("a", "b"), operator.contains([1], 1), operator.index(True))
double = partial(operator.mul, 2)
print(double.func(1, 2), double.args, [*map(double, (1, "a", [0]))], (lambda *a, **k: (a, k))(*[1], **{"z": 2}))
