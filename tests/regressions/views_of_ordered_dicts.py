"""Iterators and views of an ordered dict read the dict, and are claimed as such."""

from collections import OrderedDict

d = OrderedDict(a=1, b=2)
k = f(1)
if ok(2):
    d.move_to_end(next(iter(d)))
    for x in d.items():
        print(x, f(x))
    d["c"] = 3
if ok(4):
    print(list(d.keys()), list(reversed(d)), [v for v in d.values()], [c for c in "éa"])
d["z"] = k
v = d.items()
if ok(6):
    print(list(v), len(d.keys()))
d["y"] = k
