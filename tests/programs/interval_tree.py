"""Intervals: merged, subtracted, searched, with their own arithmetic."""

from bisect import insort
from functools import reduce


class Interval:
    __slots__ = ("high", "low")

    def __init__(self, low, high):
        if low > high:
            low, high = high, low
        self.low, self.high = low, high

    def __contains__(self, x):
        return self.low <= x < self.high

    def __and__(self, other):
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low < high else None

    def __sub__(self, other):
        return [Interval(a, b) for a, b in ((self.low, min(self.high, other.low)), (max(self.low, other.high), self.high)) if a < b]

    def __lt__(self, other):
        return (self.low, self.high) < (other.low, other.high)

    def __eq__(self, other):
        return (self.low, self.high) == (other.low, other.high)

    def __repr__(self):
        return f"[{self.low},{self.high})"


def merge(intervals):
    out = []
    for i in sorted(intervals):
        if out and i.low <= out[-1].high:
            out[-1] = Interval(out[-1].low, max(out[-1].high, i.high))
        else:
            out.append(i)
    return out


def without(whole, *parts):
    return reduce(lambda left, p: [piece for i in left for piece in i - p], parts, [whole])


def most_at_once(intervals):
    events = []
    for i in intervals:
        insort(events, (i.low, 1))
        insort(events, (i.high, -1))
    now = best = 0
    for _, change in events:
        now += change
        best = max(best, now)
    return best


some = [Interval(*p) for p in [(5, 8), (1, 3), (10, 7), (2, 4), (12, 13)]]
print(some, merge(some), most_at_once(some))
print(Interval(1, 5) & Interval(3, 9), Interval(1, 2) & Interval(2, 3), 4 in Interval(1, 4), 1 in Interval(1, 4))
print(without(Interval(0, 10), Interval(2, 3), Interval(5, 20)), sum(i.high - i.low for i in merge(some)))
try:
    Interval(1, 2).middle = 3
except AttributeError as e:
    print(type(e).__name__)
