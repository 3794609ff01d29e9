"""A view of a `ChainMap` goes on reading its dicts: what changes these stands behind who iterates over the view."""

import collections

d = {}
d[1] = num(1)
c = collections.ChainMap(d)
if f():
    1
n = sum(c.values())
d.clear()
d["a"] = num(2)
k = [f(x) for x in c.keys()]
i = c.items()
if ok(2):
    print(list(i), k)
d.clear()
