"""What a call hands back is changed in a loop, a comprehension and a match that wait for it."""

xs, ys = [1], [2]
[x.append(g(1)) for x in pick([[xs], [ys]])]
xs.append(5)
ys.append(5)
zs = [w.append(3) for w in [v for v in ident([xs, ys]) if ok(len(v))]]
xs.append(6)
for q in ident([xs, ys]):
    if ok(len(q)):
        q.append(9)
xs.append(7)
match ident([xs, ys]):
    case [a, b]:
        b.append(a)
ys.append(7)
