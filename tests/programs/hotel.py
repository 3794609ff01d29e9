"""Bookings with overlapping dates, cancellations, occupancy."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count


@dataclass
class Booking:
    guest: str
    start: date
    nights: int
    number: int = field(default_factory=count(100).__next__)

    @property
    def end(self):
        return self.start + timedelta(self.nights)

    def overlaps(self, other):
        return self.start < other.end and other.start < self.end


class Full(Exception):
    pass


class Hotel:
    def __init__(self, **rooms):
        self.prices, self.bookings = rooms, {room: [] for room in rooms}

    def book(self, guest, start, nights):
        wanted = Booking(guest, start, nights)
        for room in sorted(self.prices, key=self.prices.get):
            if not any(wanted.overlaps(b) for b in self.bookings[room]):
                self.bookings[room].append(wanted)
                return room, wanted.number, self.prices[room] * nights
        raise Full(f"no room for {guest} on {start:%d.%m.}")

    def cancel(self, number):
        for room, found in self.bookings.items():
            for b in found:
                if b.number == number:
                    found.remove(b)
                    return room
        return None

    def occupancy(self, first, days):
        for k in range(days):
            day = first + timedelta(k)
            taken = [r for r, bs in self.bookings.items() if any(b.start <= day < b.end for b in bs)]
            yield f"{day:%d.%m.} {len(taken)}/{len(self.prices)} {' '.join(taken)}".rstrip()


may = lambda day: date(2024, 5, day)
h = Hotel(single=80, suite=200)
for guest, day, nights in [("ann", 1, 3), ("bob", 2, 2), ("cyd", 3, 1), ("dan", 4, 2)]:
    try:
        print(guest, *h.book(guest, may(day), nights))
    except Full as e:
        print(e)
print(h.cancel(101), h.cancel(999))
print(*h.book("cyd", may(3), 1))
print("\n".join(h.occupancy(may(1), 5)))
print(max((b for bs in h.bookings.values() for b in bs), key=lambda b: b.nights))
