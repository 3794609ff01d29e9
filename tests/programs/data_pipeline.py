"""Records cleaned, joined, grouped, pivoted and ranked with the standard library only."""

from collections import defaultdict
from operator import itemgetter
from statistics import mean, median

sales = [
    {"id": 1, "shop": "n", "item": "tea", "units": "3", "price": " 2.5"},
    {"id": 2, "shop": "s", "item": "Tea ", "units": "x", "price": "2.5"},
    {"id": 3, "shop": "n", "item": "milk", "units": "10", "price": "0.9"},
    {"id": 4, "shop": "e", "item": "tea", "units": "1", "price": "3"},
    {"id": 3, "shop": "n", "item": "milk", "units": "10", "price": "0.9"},
]
shops = {"n": "North", "s": "South"}


def clean(rows):
    seen = set()
    for row in rows:
        if row["id"] in seen:
            continue
        seen.add(row["id"])
        try:
            yield {**row, "item": row["item"].strip().lower(), "units": int(row["units"]), "price": float(row["price"])}
        except ValueError as e:
            print(f"row {row['id']} dropped: {e}")


def join(rows, names):
    for row in rows:
        yield row | {"shop": names.get(row["shop"], f"<{row['shop']}>"), "total": row["units"] * row["price"]}


rows = list(join(clean(sales), shops))
by = itemgetter("shop", "item")
pivot = defaultdict(lambda: defaultdict(float))
for row in rows:
    shop, item = by(row)
    pivot[item][shop] += row["total"]
columns = sorted({shop for cells in pivot.values() for shop in cells})
print("item  " + "".join(f"{c:>8}" for c in columns))
for item, cells in sorted(pivot.items()):
    print(f"{item:6}" + "".join(f"{cells[c]:8.2f}" if c in cells else f"{'-':>8}" for c in columns))
totals = [row["total"] for row in rows]
print(f"{mean(totals):.3f} {median(totals):.2f} {max(rows, key=itemgetter('total'))['id']}")
ranked = {row["id"]: rank for rank, row in enumerate(sorted(rows, key=itemgetter("total"), reverse=True), 1)}
print(ranked, [row["id"] for row in rows if row["total"] > mean(totals)])
