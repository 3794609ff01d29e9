"""Egyptian fractions, continued fractions, Farey sequences with the library's Fraction."""

from fractions import Fraction
from math import ceil, gcd, isqrt


def egyptian(f):
    parts = []
    while f > 0:
        unit = Fraction(1, ceil(1 / f))
        parts.append(unit)
        f -= unit
    return parts


def continued(f):
    while True:
        whole = f.numerator // f.denominator
        yield whole
        f -= whole
        if not f:
            return
        f = 1 / f


def farey(n):
    a, b, c, d = 0, 1, 1, n
    yield Fraction(a, b)
    while c <= n:
        k = (n + b) // d
        a, b, c, d = c, d, k * c - a, k * d - b
        yield Fraction(a, b)


print(" + ".join(map(str, egyptian(Fraction(4, 13)))), sum(egyptian(Fraction(7, 15))))
print(list(continued(Fraction(415, 93))), [str(f) for f in farey(5)])
print(Fraction("3.25") * 2, Fraction(0.5), Fraction("1/3") + 1, Fraction(22, 7).limit_denominator(5))
print(Fraction(-7, 2) // 1, Fraction(-7, 2) % 1, round(Fraction(7, 2)), float(Fraction(1, 8)), Fraction(3, 6))
try:
    Fraction(1, 0)
except ZeroDivisionError as e:
    print("no:", e)
print(sorted([Fraction(1, 2), 0.3, Fraction(1, 3), 1]), max(Fraction(1, 3), Fraction(2, 5)))


def sqrt_convergents(n, k):
    x, a0 = Fraction(isqrt(n)), isqrt(n)
    for _ in range(k):
        x = a0 + (n - a0 * a0) / (a0 + x)
        yield x


print([str(x) for x in sqrt_convergents(2, 4)], gcd(12, 18))
