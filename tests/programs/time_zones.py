"""Meetings across time zones of our own, overlaps, durations, formatting, ISO strings."""

from datetime import datetime, timedelta, timezone, tzinfo


class Zone(tzinfo):
    def __init__(self, name, hours, summer=0):
        self.name, self.hours, self.summer = name, hours, summer

    def dst(self, dt):
        return timedelta(hours=self.summer if dt is not None and 4 <= dt.month <= 10 else 0)

    def utcoffset(self, dt):
        return timedelta(hours=self.hours) + self.dst(dt)

    def tzname(self, dt):
        return self.name

    def __repr__(self):
        return f"Zone({self.name})"


BERLIN, NEW_YORK, DELHI = Zone("Berlin", 1, 1), Zone("New York", -5, 1), Zone("Delhi", 5.5)


def office(zone, day):
    start = datetime(*day, 9, tzinfo=zone)
    return start.astimezone(timezone.utc), (start + timedelta(hours=8)).astimezone(timezone.utc)


def together(day, *zones):
    starts, ends = zip(*(office(z, day) for z in zones))
    start, end = max(starts), min(ends)
    return (start, end - start) if start < end else None


for day in ((2024, 1, 15), (2024, 7, 15)):
    found = together(day, BERLIN, NEW_YORK)
    print(found[0].isoformat(), found[1], found[0].astimezone(NEW_YORK).strftime("%H:%M %Z"))
print(together((2024, 1, 15), BERLIN, NEW_YORK, DELHI))
moment = datetime(2024, 7, 15, 12, tzinfo=DELHI)
print([f"{moment.astimezone(z):%a %H:%M} {z!r}" for z in (BERLIN, NEW_YORK, DELHI)], moment.utcoffset())
print(datetime.fromisoformat("2024-07-15T12:00:00+05:30") == moment, moment.timestamp() == moment.astimezone(BERLIN).timestamp())
try:
    print(datetime(2024, 1, 1) < moment)
except TypeError as e:
    print(e)
left = timedelta(days=1, hours=-3, minutes=30)
print(left, divmod(left, timedelta(hours=1)), left.total_seconds() / 60, str(timedelta(seconds=-1)), abs(-left) == left)
