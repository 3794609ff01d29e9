"""Statements: transactions parsed, balances with running totals, reports by month and by kind."""

from collections import defaultdict
from datetime import date
from itertools import accumulate, groupby
from typing import NamedTuple

TEXT = """
2024-01-03  salary      +2500.00
2024-01-09  rent         -900.00  home
2024-02-01  groceries     -82.35  food
2024-02-14  restaurant    -45.10  food,fun
2024-03-01  refund        +12.00
"""


class Transaction(NamedTuple):
    day: date
    what: str
    amount: float
    tags: tuple = ()

    @classmethod
    def parse(cls, line):
        day, what, amount, *tags = line.split()
        return cls(date.fromisoformat(day), what, float(amount), tuple(tags[0].split(",")) if tags else ())

    @property
    def month(self):
        return self.day.strftime("%Y-%m")


rows = [Transaction.parse(line) for line in TEXT.strip().splitlines()]
balances = list(accumulate((t.amount for t in rows), initial=100))
print([f"{b:.2f}" for b in balances])
for month, found in groupby(rows, key=lambda t: t.month):
    found = list(found)
    print(month, len(found), f"{sum(t.amount for t in found):+10.2f}", max(found, key=lambda t: abs(t.amount)).what)
by_tag = defaultdict(float)
for t in rows:
    for tag in t.tags or ("untagged",):
        by_tag[tag] += t.amount
print({k: round(v, 2) for k, v in sorted(by_tag.items())})
print(rows[1]._replace(what="lease")._asdict()["what"], Transaction._fields, rows[0] > rows[1])
lowest = min(zip(balances[1:], rows))
print(lowest[0], lowest[1].day.isoformat())
try:
    Transaction.parse("2024-13-01 x 1")
except ValueError as e:
    print("bad line:", e)
