"""A vector with all operators: reflected, in place, comparison, matmul, indexing, formatting."""

import math
from functools import singledispatchmethod


class Vector:
    def __init__(self, *parts):
        self._parts = list(parts)

    def __repr__(self):
        return f"Vector({', '.join(map(str, self._parts))})"

    def __format__(self, spec):
        return "<" + ", ".join(format(p, spec) for p in self._parts) + ">"

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Vector) else NotImplemented

    def __iadd__(self, other):
        self._parts = [a + b for a, b in zip(self, other)]
        return self

    @singledispatchmethod
    def __mul__(self, other):
        return NotImplemented

    @__mul__.register(int)
    @__mul__.register(float)
    def _(self, k):
        return Vector(*(k * p for p in self))

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + -other

    def __abs__(self):
        return math.sqrt(self @ self)

    def __bool__(self):
        return any(self._parts)

    def __eq__(self, other):
        return isinstance(other, Vector) and self._parts == other._parts

    def __getitem__(self, i):
        return Vector(*self._parts[i]) if isinstance(i, slice) else self._parts[i]

    def __setitem__(self, i, value):
        self._parts[i] = value

    def __len__(self):
        return len(self._parts)

    def __round__(self, n=0):
        return Vector(*(round(p, n) for p in self))


v, w = Vector(3, 4), Vector(1, -1)
print(v + w, v - w, 2 * v, v * 0.5, v @ w, abs(v), -w, v == Vector(3, 4), v != w, bool(Vector(0, 0)))
alias = v
v += w
v[1] *= 10
print(v, alias is v, v[::-1], len(v), list(v), f"{v / 3 if hasattr(v, '__truediv__') else v * (1 / 3):.2f}", round(v * 0.333, 1))
for wrong in (lambda: v + 1, lambda: v * "x", lambda: "x" * v, lambda: v + Vector(1), lambda: hash(v)):
    try:
        print(wrong())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, str(e)[:52])
