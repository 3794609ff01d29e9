"""Clock arithmetic: times as a class with total ordering, hashing and modular sums."""

from functools import total_ordering


@total_ordering
class Time:
    __slots__ = ("minutes",)

    def __init__(self, hours, minutes=0):
        object.__setattr__(self, "minutes", (hours * 60 + minutes) % 1440)

    def __setattr__(self, name, value):
        raise AttributeError(f"{type(self).__name__} does not change")

    @classmethod
    def parse(cls, text):
        h, _, m = text.partition(":")
        return cls(int(h), int(m or 0))

    def __add__(self, minutes):
        return Time(0, self.minutes + minutes)

    __radd__ = __add__

    def __sub__(self, other):
        return self.minutes - other.minutes if isinstance(other, Time) else self + -other

    def __eq__(self, other):
        return isinstance(other, Time) and self.minutes == other.minutes

    def __lt__(self, other):
        return self.minutes < other.minutes

    def __hash__(self):
        return hash(self.minutes)

    def __str__(self):
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"

    def angle(self):
        h, m = divmod(self.minutes, 60)
        a = abs(30 * (h % 12) + m / 2 - 6 * m)
        return min(a, 360 - a)


a, b = Time(8, 30), Time.parse("23:45")
print(a, b, a + 40, 15 + b, b - a, a - 45)
print(a < b, a >= b, max(a, b), {a: 1}[Time(8, 30)], len({Time(24), Time(0), Time(48)}))
print([str(t) for t in sorted(map(Time.parse, ["12", "0:05", "7:5"]))])
for text in ("3:00", "12:30", "9:45"):
    print(text, Time.parse(text).angle())
try:
    a.minutes = 3
except AttributeError as e:
    print(e)
