"""Rational arithmetic of our own."""

from math import gcd


class Ratio:
    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError(f"{top}/0")
        sign = -1 if bottom < 0 else 1
        d = gcd(top, bottom)
        self.top, self.bottom = sign * top // d, sign * bottom // d

    def __add__(self, other):
        other = other if isinstance(other, Ratio) else Ratio(other)
        return Ratio(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __neg__(self):
        return Ratio(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if not isinstance(other, (int, Ratio)):
            return NotImplemented
        other = other if isinstance(other, Ratio) else Ratio(other)
        return Ratio(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self * Ratio(other.bottom, other.top)

    def __eq__(self, other):
        return isinstance(other, Ratio) and (self.top, self.bottom) == (other.top, other.bottom)

    def __lt__(self, other):
        return self.top * other.bottom < other.top * self.bottom

    def __hash__(self):
        return hash((self.top, self.bottom))

    def __repr__(self):
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else str(self.top)


half, third = Ratio(1, 2), Ratio(2, 6)
print(half + third, half - third, half * third, half / third, 1 + half, 1 - third, -half)
print(sum([half, third, Ratio(1, 6)]), sorted([half, third, Ratio(-1, 4)]), len({half, Ratio(2, 4), third}))
for bad in (lambda: Ratio(1, 0), lambda: half / Ratio(0), lambda: half * "x"):
    try:
        print(bad())
    except (ZeroDivisionError, TypeError) as e:
        print(type(e).__name__, e)
