"""Generators that a loop, a fold or a comprehension is stepping when they wait, and those of the program that are half way."""

def pieces(text, n=2):
    for i in range(0, len(text), n):
        log.append(i)
        yield text[i:i + n]
log = []
kept = []
class M:
    def __init__(self): self.n = 0
    def __iadd__(self, k):
        self.n += k
        return self
m = M()
for p in ("a", "bb"):
    for t in pieces(f(p)):
        print(t, end="|")
        kept.append(t)
        m += 1
        log.append(t)
    print()
log.append("end")
x = g(len(kept))
def evens(xs):
    for x in xs:
        if ok(x):
            seen.append(x)
            yield x
def doubled(xs):
    for x in xs:
        yield f(x)
seen, out = [], []
for d in doubled(evens([1, 2, 3, 4])):
    out.append(d)
    seen.append(d)
    if len(out) == 2:
        seen.append("two")
z = sum(len(d) for d in doubled(evens(["a", "b"])))
w = [max((num(k) + v for k, v in {"a": 1, "b": 2}.items()), default=0) for _ in range(2)]
t = any(ok(x) for x in evens([5, 6]))
seen.append("last")
def gen(xs):
    global cur
    for x in xs:
        cur = x
        if ok(x):
            yield cur, other
cur, other = 0, [1]
out = []
def use():
    global other
    for a, o in gen(["p", "q", "r"]):
        o.append(a)
        other = [num(a)]
        out.append((a, o))
    return cur
r = use()
cur = "set"
other.append(f("z"))
class R:
    def __init__(self): self.items = [f(1), f(2)]
    def __iter__(self):
        for x in self.items:
            if x in done: continue
            done.add(x)
            yield x
done = set()
got = []
try:
    for x in R():
        got.append(g(x))
        if len(x) > 100: raise ValueError(x)
    for x in R():
        got.append(fail(x))
except ValueError as e:
    got.append(str(e))
import itertools
first = list(itertools.islice((f(x) for x in done if ok(x)), 1))
