"""Cron expressions: parsed into sets, matched against times, the next run found."""

from datetime import datetime, timedelta

FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 6))


class Cron:
    def __init__(self, text):
        parts = text.split()
        if len(parts) != len(FIELDS):
            raise ValueError(f"{len(parts)} fields instead of {len(FIELDS)}")
        self.sets = {name: self.field(part, low, high) for part, (name, low, high) in zip(parts, FIELDS)}

    @staticmethod
    def field(text, low, high):
        found = set()
        for part in text.split(","):
            span, _, step = part.partition("/")
            first, _, last = span.partition("-")
            if span == "*":
                a, b = low, high
            else:
                a = int(first)
                b = int(last) if last else high if step else a
            if not low <= a <= b <= high:
                raise ValueError(f"{part} is not within {low}-{high}")
            found.update(range(a, b + 1, int(step or 1)))
        return found

    def __contains__(self, t):
        values = (t.minute, t.hour, t.day, t.month, t.isoweekday() % 7)
        return all(v in s for v, s in zip(values, self.sets.values()))

    def after(self, t):
        t = t.replace(second=0) + timedelta(minutes=1)
        while t not in self:
            s = self.sets
            if t.month not in s["month"] or t.day not in s["day"] or t.isoweekday() % 7 not in s["weekday"]:
                t = (t + timedelta(days=1)).replace(hour=0, minute=0)
            elif t.hour not in s["hour"]:
                t = (t + timedelta(hours=1)).replace(minute=0)
            else:
                t += timedelta(minutes=1)
        return t


now = datetime(2024, 2, 28, 23, 50, 30)
for text in ("*/20 * * * *", "30 6 * * 1-5", "0 0 29 2 *", "61 * * * *", "* * *", "5 4 1,15 * *"):
    try:
        print(f"{text:14} {Cron(text).after(now):%a %d.%m. %H:%M}")
    except ValueError as e:
        print(f"{text:14} {e}")
print(sorted(Cron("0-10/5,30 * * * *").sets["minute"]), now in Cron("50 23 * * *"))
