"""A report from CSV text: grouping, totals, writing it again with other columns."""

import csv
import io

DATA = '''date,shop,item,count,price
2024-01-02,north,"tea, green",3,4.50
2024-01-02,south,coffee,1,7.25
2024-01-03,north,coffee,2,7.25
2024-01-04,south,"tea ""black""",5,3.10
'''

rows = list(csv.DictReader(io.StringIO(DATA)))
for row in rows:
    row["total"] = int(row["count"]) * float(row["price"])

totals = {}
for row in rows:
    shop = totals.setdefault(row["shop"], {"n": 0, "total": 0.0})
    shop["n"] += int(row["count"])
    shop["total"] += row["total"]
for name, shop in sorted(totals.items()):
    print(f"{name:>6} {shop['n']:3d} {shop['total']:8.2f}")

out = io.StringIO()
writer = csv.DictWriter(out, ["item", "total"], extrasaction="ignore", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
writer.writeheader()
writer.writerows(sorted(rows, key=lambda r: -r["total"]))
print(out.getvalue(), end="")
plain = csv.writer(out := io.StringIO(), delimiter=";", lineterminator="\n")
plain.writerow([1, "a;b", None, 2.5])
plain.writerow(["x\ny", ""])
print(repr(out.getvalue()))
print(list(csv.reader(["a|b|'c|d'"], delimiter="|", quotechar="'")))
try:
    csv.DictWriter(out, ["a"]).writerow({"b": 1})
except ValueError as e:
    print(e)
