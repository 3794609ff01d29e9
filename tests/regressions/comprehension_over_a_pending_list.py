"""A comprehension over a list that is not known yet does not stop the walk; what it does happens at its place."""
# latencies: {"lst": 3.0}
# time: 5
# ---- cell
xs = [f(y) for y in lst(1)]
ys = {f(y): g(y) for y in lst(2)}
t = f(5)
u = g(t, g(t))
zs = [x for x in xs if ok(x)]
