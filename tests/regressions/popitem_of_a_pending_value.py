"""`popitem` makes a tuple of what a dict holds, which may be pending: the tuple waits, or tells its parts."""

# latencies: {"num": 5, "dct": 1}
from collections import OrderedDict

d = {}
d.update({0: num()})
x = d.popitem()
k, v = x
d[num(1)] = num(2)
y = d.popitem()
o = OrderedDict(a=f(1), b=f(2))
z = o.popitem(last=False)
print(x, y, z[1], z)
d.update(dct(1))
d["z"] = num(3)
w = d.popitem(), d.popitem()
d.update({0: num()})
d.popitem()
