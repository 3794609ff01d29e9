"""Roots by bisection, Newton, secants; integration; derivatives by differences."""

from math import cos, exp, isclose, pi, sin


class NoRoot(ValueError):
    pass


def bisect(f, a, b, tolerance=1e-9):
    fa, fb = f(a), f(b)
    if fa * fb > 0:
        raise NoRoot(f"no sign change between {a} and {b}")
    steps = 0
    while b - a > tolerance:
        m = (a + b) / 2
        if fa * f(m) <= 0:
            b = m
        else:
            a, fa = m, f(m)
        steps += 1
    return (a + b) / 2, steps


def newton(f, x, h=1e-6, limit=50):
    for k in range(limit):
        slope = (f(x + h) - f(x - h)) / (2 * h)
        if slope == 0:
            raise NoRoot(f"flat at {x}")
        after = x - f(x) / slope
        if isclose(after, x, rel_tol=1e-12):
            return after, k
        x = after
    raise NoRoot("too many steps")


def simpson(f, a, b, n=20):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + sum((4 if k % 2 else 2) * f(a + k * h) for k in range(1, n)))


def cubic(x):
    return x**3 - 2 * x - 5


root, steps = bisect(cubic, 2, 3, 1e-3)
print(f"{root:.3f} {steps}")
root, steps = newton(cubic, 2)
print(f"{root:.9f} {steps}")
for f, *args in ((cubic, 5, 6), (lambda x: x * x + 1, 0, 1)):
    try:
        print(bisect(f, *args))
    except NoRoot as e:
        print(e)
try:
    newton(lambda x: 1, 0)
except NoRoot as e:
    print(e)
print(f"{simpson(sin, 0, pi):.6f} {simpson(exp, 0, 1, 4):.6f}")
x = 1.0
while abs(cos(x) - x) > 1e-3:
    x = cos(x)
print(f"{x:.2f}")
