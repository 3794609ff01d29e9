"""Conditional expressions and functions that give one of some constants."""

vals = []
tot = 0
for i in range(5):
    x = 1 if f(i) else "s"
    y = 1.5 if g(i) else None
    vals.append((x, y))
    try:
        tot += x
        tot += y
    except TypeError as e:
        vals.append(str(e))
def sign(i): return 1 if f(i) else -1
def name(i):
    if g(i): return "yes"
    return None
ss = [sign(i) for i in range(3)]
tot += sum(ss)
ns = [name(i) for i in range(3)]
print(vals, tot, ss, ns, [n.upper() for n in ns])
