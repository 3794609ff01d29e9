"""Members of enumerations hold attributes that a branch which waits may change, also of one that an answer chooses."""

from enum import Enum


class Level(Enum):
    LOW = 1
    HIGH = 2

    def count(self):
        self.seen = getattr(self, "seen", 0) + 1
        return self.seen


table = {Level.LOW: "low", Level.HIGH: "high"}
shown = []
for n in range(4):
    level = Level.HIGH
    if f(n):
        level = Level.LOW
        level.note = [n]
        level.count()
    shown.append((table[level], level in table, getattr(level, "note", None), level.count(), vars(Level.LOW).get("seen"), str(level)))
    level.note = g(n)
    print(level, vars(level), sorted(one.name for one in table), Level.LOW.note if hasattr(Level.LOW, "note") else None)
print(shown)
