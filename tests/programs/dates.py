"""Calendars: ages, working days, ISO weeks, parsing and printing of dates."""

from datetime import date, datetime, time, timedelta, timezone


def working_days(start, end, holidays=()):
    day, count = start, 0
    while day < end:
        if day.weekday() < 5 and day not in holidays:
            count += 1
        day += timedelta(days=1)
    return count


def age(born, today):
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


today = date(2024, 2, 29)
print(today.isoformat(), today.strftime("%A %d %B %Y"), today.isocalendar().week)
print(working_days(date(2024, 12, 23), date(2025, 1, 6), {date(2024, 12, 25), date(2025, 1, 1)}))
for born in (date(2000, 2, 28), date(2000, 3, 1)):
    print(born, age(born, today))
moment = datetime(2024, 3, 10, 22, 15, tzinfo=timezone.utc)
tokyo = timezone(timedelta(hours=9), "JST")
print(moment.astimezone(tokyo).isoformat(), moment.astimezone(tokyo).tzname())
print(datetime.strptime("07/04/99 08:05", "%d/%m/%y %H:%M"), datetime.combine(today, time(12, 30)))
gap = datetime(2024, 1, 1) - datetime(2023, 12, 25, 18)
print(gap, gap.total_seconds(), gap / timedelta(hours=1), gap // 2, -gap)
try:
    date(2023, 2, 29)
except ValueError as e:
    print("no:", e)
months = [date(2024, m, 1) for m in range(1, 13)]
print([m.strftime("%b") for m in months if m.weekday() == 0], min(months), [*map(date.toordinal, months[:2])])
print(date.fromisoformat("2024-05-06").replace(day=1) - timedelta(1))
