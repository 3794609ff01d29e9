"""Counters of all kinds in `try` and `with`: adding to them waits for nobody, and each has its place."""

class B: pass
b = B(); b.n = 0; b.ok = 0; b.failed = 0; b.cost = 0.0
def one(p):
    for k in range(3):
        try:
            b.n += 1
            t = bad(p) if p % 3 == k else f(p)
            b.ok += 1
            b.cost += len(t) * 0.25
            return t
        except Exception:
            b.failed += 1
    return None
r = [one(i) for i in range(7)]
print(b.n, b.ok, b.failed, b.cost)

class B:
    __slots__ = ("n",)
    def __init__(self): self.n = 0
bs = [B(), B()]
def go(i):
    try:
        bs[i % 2].n += 1
        t = f(i) if i % 3 else bad(i)
    except Exception:
        bs[i % 2].n -= 1
        t = None
    return t
r = [go(i) for i in range(6)]
print([b.n for b in bs])

calls = 0
cost = 0.0
def ask(i):
    global calls, cost
    try:
        calls += 1
        t = f(i) if i % 2 else bad(i)
        cost += len(t) / 4
        return t
    except Exception:
        cost += 1
        return "-"
def counter():
    n = 0
    def inc(i):
        nonlocal n
        try:
            n += 1
            if i == 2: raise KeyError(i)
            return f(i), n
        except KeyError:
            n -= 1
            return n
    return inc
inc = counter()
r = [ask(i) for i in range(6)]
q = [inc(i) for i in range(5)]
print(calls, cost, r, q)

from collections import Counter, defaultdict
c, d, e = Counter(), defaultdict(int), {"a": 0, "b": 0.5}
def go(i):
    for k in range(2):
        try:
            c["tries"] += 1
            d[f"k{k}"] += 1
            e["a"] += i
            e["b"] += 0.5
            if i % 2 == k: bad(i)
            return f(i)
        except Exception:
            c[f"failed {k}"] += 1
            e["a"] = 0
r = [go(i) for i in range(6)]
print(c, dict(d), e, r)

class W:
    def __init__(self): self.done = self.seen = 0
    def run(self, i):
        self.seen += 1
        while self.seen < 100:
            try:
                t = f(i) if i % 2 else bad(i)
                self.done += 1
                return t
            except Exception:
                self.seen += 50
        else:
            return "gave up"
w = W()
print([w.run(i) for i in range(5)], w.seen, w.done)
