"""A list is changed behind a parked reader that gets at it through a pending iterator, or through what a call hands back."""

xs = [1]
it = map(g, ident(xs))
ys = list(it)
xs.append(5)
def fn(c):
    return zip(c, c)
zs = list(fn(ident(xs)))
xs.append(6)
es = [e for e in enumerate(ident(xs))]
xs.append(7)
if ok(2):
    i2 = iter(xs)
else:
    i2 = iter([])
es2 = list(i2)
xs.append(8)
