"""A loop goes over the list that its variable stood for at its beginning."""

xs = [f(0), "b"]
for e in xs:
    xs.remove(e)
    xs = 1

ys = zs = [f(1), "c", "d"]
for e in ys:
    ys.remove(e)
    ys = [1]
zs.append(2)

def fn(vs):
    for v in vs:
        vs.remove(v)
        vs = []
    return vs
ws = [f(2), f(3), f(4), f(5), f(6), f(7)]
k = fn(ws)
ws.append(0)

d = {f(1): 1, "c": 2}
d2 = d
n = 0
for key in d:
    d[key] = f(key)
    n += len(d[key])
    d = None
d2["z"] = 3

class A:
    def __init__(self, xs): self.xs = xs
    def go(self):
        for x in self.xs:
            self.xs.remove(x)
            self.xs = None
old = [f(1), "c", f(2)]
A(old).go()
old.append(5)
