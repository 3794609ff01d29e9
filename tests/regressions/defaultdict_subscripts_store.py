"""A subscript of a defaultdict with a key that is pending stores, and calls what makes the value."""
# latencies: {"f": 5}

from collections import defaultdict
import itertools

g1 = defaultdict(list)
a = g1[f(1)]
b = g1[ident("f(1)")]
a.append(1)
b.append(2)
k1 = len(g1), list(g1)

g2 = defaultdict(int)
g2[f(1)]
k2 = 1 if "f(1)" in g2 else 2

xs = []
g3 = defaultdict(lambda: xs)
g3[h()].append(1)
k3 = len(xs), str(xs)

count = itertools.count()
g4 = defaultdict(lambda: next(count))
k4 = g4[f(1)], g4[ident("x")], g4["y"], g4[ident("f(1)")]

g5 = defaultdict(list)  # what is looked at for a branch is not stored
for x in range(3):
    if ok(x):
        g5[f(x)].append(1)
    else:
        g5["n"].append(x)

g6 = defaultdict(lambda: defaultdict(int))  # the value is a new one
c = g6[f(1)]
c[ident("x")]
k6 = len(c), len(g6), c[f(2)], len(c)

def make(n):
    if n > 3: f(n)
    return defaultdict(lambda: xs)
g7 = make(num(1))
g7[f(3)].append(1)
k7 = len(xs), len(g7)

g8 = [defaultdict(list), defaultdict(list)]  # or one of some
d = g8[num(1) % 2]
d["k"]
k8 = [len(x) for x in g8]

class D(defaultdict): pass
g9 = D(list)
g9[f(1)].append(2)
g9[ident("f(1)")].append(3)
k9 = dict(g9)

tree = lambda: defaultdict(tree)
t = tree()
t[f(3)]["k"][g(1)] = 1
t[f(3)][f(4)]["z"] = 2
