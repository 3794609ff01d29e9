"""School grades: statistics, ranks, bars and letter grades."""

import statistics
from itertools import groupby

GRADES = {"ann": [90, 85, 77], "bob": [60, None, 71], "cyd": [], "dan": [99, 100, 98]}


def average(marks):
    known = [m for m in marks if m is not None]
    return statistics.fmean(known) if known else None


def letter(mark):
    if mark is None:
        return "-"
    for bound, name in ((90, "A"), (80, "B"), (65, "C")):
        if mark >= bound:
            return name
    return "F"


averages = {name: average(marks) for name, marks in GRADES.items()}
width = max(map(len, GRADES))
for name, mark in sorted(averages.items(), key=lambda item: (item[1] is None, -(item[1] or 0))):
    bar = "#" * round((mark or 0) / 10)
    shown = "none" if mark is None else f"{mark:.1f}"
    print(f"{name:<{width}} {shown:>6} {letter(mark)} {bar}")
every = [m for marks in GRADES.values() for m in marks if m is not None]
print(statistics.median(every), round(statistics.stdev(every), 3), statistics.mode([letter(m) for m in every]))
print({k: [n for _, n in g] for k, g in groupby(sorted((letter(m), n) for n, m in averages.items()), key=lambda p: p[0])})
print(statistics.quantiles(every, n=4), statistics.multimode("aabbc"), statistics.pvariance([1, 2, 3]))
for wrong in ([], [1]):
    try:
        print(statistics.stdev(wrong))
    except statistics.StatisticsError as e:
        print(e)
missing = [(name, i) for name, marks in GRADES.items() for i, m in enumerate(marks, 1) if m is None]
print(missing, sum(m >= 65 for m in every), f"{sum(every) / len(every):.2f}")
