"""Grades by bisection, a sorted list with insertion, ranks and medians of a stream."""

import bisect
from dataclasses import dataclass, field


def grade(score, bounds=(60, 70, 80, 90), grades="FDCBA"):
    return grades[bisect.bisect(bounds, score)]


print([grade(s) for s in [33, 99, 77, 70, 89, 90, 100]])


@dataclass
class SortedList:
    items: list = field(default_factory=list)

    def add(self, x):
        bisect.insort(self.items, x)

    def discard(self, x):
        i = bisect.bisect_left(self.items, x)
        if i < len(self.items) and self.items[i] == x:
            del self.items[i]
            return True
        return False

    def rank(self, x):
        return bisect.bisect_right(self.items, x)

    @property
    def median(self):
        n = len(self.items)
        return self.items[n // 2] if n % 2 else (self.items[n // 2 - 1] + self.items[n // 2]) / 2

    def __contains__(self, x):
        i = bisect.bisect_left(self.items, x)
        return i != len(self.items) and self.items[i] == x


s = SortedList()
for x in [5, 1, 8, 3, 9, 3]:
    s.add(x)
    print(x, s.items, s.median)
print(s.rank(3), s.rank(100), 8 in s, 7 in s)
print(s.discard(3), s.discard(42), s.items)
people = [("ann", 30), ("bob", 25), ("cyd", 41)]
people.sort(key=lambda p: p[1])
print(people[bisect.bisect(people, 29, key=lambda p: p[1])])
