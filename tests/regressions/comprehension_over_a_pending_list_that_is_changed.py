"""Comprehensions over lists that are not known yet: failures, cells, changes of what they hold."""

def bad_list(x):
    return [f(y) for y in num(x)]
xs = [f(y) for y in lst(1)]
ys = {f(y): g(y) for y in lst(2)}
zs = [[g(a, b) for a in lst(b)] for b in lst(3)]
t = f(5)
try:
    ws = bad_list(1)
except TypeError as e:
    ws = str(e)
xs.append(t)
us = [xs.append(q) for q in ident(xs[:2])]
vs = [v for v in pick([xs, ys])]
xs.append(1)
fns = [lambda: q for q in lst(7)]
r = [fn() for fn in fns]
n = len([1 for v in lst(8) if ok(v)])
bad_list(3)
