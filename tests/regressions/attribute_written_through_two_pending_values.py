"""A branch that waits writes an attribute twice, through two answers that turn out to be the same object; behind it, it is read."""

class O:
    def __init__(self): self.n = 0
a = O()
x = ident(a); y = ident(a)
if ident(1):
    x.n += 1
    y.n += 1
print(a.n)


class Pair:
    def __init__(self): self.kept = None

p = Pair()
xs, ys = [], []
u = ident(p)
v = ident(p)
def put(u, v):
    if ok(2):
        u.kept = xs
        v.kept = ys
put(u, v)
q = p.kept
q.append(1)
print(xs, ys)
zs = [ident(a), ident(a)]
for o in zs:
    if ok(2):
        o.n += 1
print(a.n)
