"""Calendars of months in text, leap years, the weekday of a date by Zeller's rule, Easter."""

import calendar
from datetime import date, timedelta


def zeller(year, month, day):
    if month < 3:
        year, month = year - 1, month + 12
    k, j = year % 100, year // 100
    return (day + 13 * (month + 1) // 5 + k + k // 4 + j // 4 + 5 * j + 5) % 7


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month(year, number):
    first = date(year, number, 1)
    lines = [first.strftime("%B %Y").center(20).rstrip(), "Mo Tu We Th Fr Sa Su"]
    line = "   " * first.weekday()
    day = first
    while day.month == number:
        line += f"{day.day:2} "
        if day.weekday() == 6:
            lines.append(line.rstrip())
            line = ""
        day += timedelta(1)
    return [*lines, *([line.rstrip()] if line.strip() else [])]


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    p, q = divmod(h + m - 7 * n + 114, 31)
    return date(year, p, q + 1)


print("\n".join(month(2024, 2)))
print([y for y in (1900, 2000, 2023, 2024) if leap(y)], [zeller(2024, 2, d) for d in (28, 29)], date(2024, 2, 29).weekday())
print(*(easter(y).strftime("%d.%m.") for y in (2023, 2024, 2025)))
print(calendar.monthrange(2023, 2), calendar.isleap(2024), calendar.month_abbr[3], len(calendar.monthcalendar(2024, 9)))
fridays = [d for m in range(1, 13) if (d := date(2024, m, 13)).weekday() == 4]
print([d.isoformat() for d in fridays])
