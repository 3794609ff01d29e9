"""Generator expressions over objects that functions are yet to give, taken by `join`, `sum`, `all`; changed and failing in between."""

class N:
    def __init__(self, q): self.q, self.kids, self.a = q, [], ""
def explore(n, d=0):
    if d == 2:
        n.a = f(n.q)
        return n
    for k in range(2):
        if g(n.q, k):
            n.kids.append(explore(N(f"{n.q}{k}"), d + 1))
    n.a = f("; ".join(c.a for c in n.kids))
    return n
ts = [explore(N(q)) for q in "ab"]
print([t.a for t in ts], sum(len(t.kids) for t in ts))

class N:
    def __init__(self, v): self.v, self.seen = v, 0
    def look(self):
        self.seen += 1
        return self.v
def make(i):
    t = f(i)
    if i % 2: return N(t)
    return N(t + "!")
ns = [make(i) for i in range(5)]
log = []
def show(n):
    log.append(n.v)
    return n.look()
text = ", ".join(show(n) for n in ns if not n.v.endswith("3)"))
ns[0].v = "changed"
ns.append(N("late"))
total = sum(len(n.look()) for n in ns)
big = max(len(show(n)) for n in ns)
print(text, total, big, log, [n.seen for n in ns])

class N:
    def __init__(self, v): self.v = v
def make(i):
    t = f(i)
    if t: return N(t if i != 2 else None)
ns = [make(i) for i in range(4)]
out = []
for k in range(2):
    try:
        out.append("+".join(n.v for n in ns[k:]))
    except TypeError as e:
        out.append(str(e)[:20])
    ns[2].v = g(k)
print(out, all(n.v for n in ns), any(n.v == "g(1)" for n in ns))

class N:
    def __init__(self, v): self.v = v
def make(i):
    t = f(i)
    if t: return N(t)
ns = [make(i) for i in range(4)]
gen = (n.v for n in ns)
first = next(gen)
ns.append(N("x"))
rest = list(gen)
d = {n.v: k for k, n in enumerate(ns)}
gen2 = (d[k] for k in d)
print(first, rest, sum(gen2))
