"""A file is opened behind one that is being written, and its lines are read: later changes of the file stand behind them."""

import csv

with open("a", "w") as fh:
    fh.write(f(1) + "\n2\n")
with open("a") as fh:
    for row in fh:
        print(f(row))
with open("a", "w") as fh:
    fh.write("x\ny\n")
with open("a") as fh:
    print([y for y in fh], fh.read())
with open("b", "w", newline="") as fh:
    w = csv.writer(fh)
    for x in "abc":
        w.writerow([x, f(x)])
with open("b", newline="") as fh:
    xs = [row[1] for row in csv.reader(fh)]
