"""Reminders that repeat, sorted by their next date, skipped at weekends."""

import heapq
from datetime import date, timedelta


class Reminder:
    def __init__(self, text, first, every=None, weekdays_only=False):
        self.text, self.next, self.every, self.weekdays_only = text, first, every, weekdays_only

    def __lt__(self, other):
        return (self.next, self.text) < (other.next, other.text)

    def advance(self):
        if self.every is None:
            return False
        self.next += timedelta(self.every)
        while self.weekdays_only and self.next.weekday() >= 5:
            self.next += timedelta(1)
        return True


def due(reminders, until):
    heap = list(reminders)
    heapq.heapify(heap)
    while heap and heap[0].next <= until:
        r = heap[0]
        yield r.next, r.text
        if r.advance():
            heapq.heapreplace(heap, r)
        else:
            heapq.heappop(heap)


start = date(2024, 3, 1)
todo = [Reminder("water plants", start, 3), Reminder("report", start, 1, True), Reminder("party", date(2024, 3, 4))]
by_day = {}
for day, text in due(todo, date(2024, 3, 6)):
    by_day.setdefault(day, []).append(text)
for day, texts in by_day.items():
    print(f"{day:%a %d} {', '.join(texts)}")
print([t.next.isoformat() for t in todo], sum(map(len, by_day.values())))
