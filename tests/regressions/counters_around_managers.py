"""Managers and nested `try` statements that count."""

class B: pass
b = B(); b.n = 0; b.m = 0
def inner(i):
    try:
        b.n += 1
        g(i)
        if i % 2: bad(i)
        b.m += 1
    finally:
        b.n += 10
def outer(i):
    try:
        b.m += 100
        inner(i)
        b.n += 1000
    except Exception:
        b.m -= 1
for i in range(5): outer(i)
print(b.n, b.m)

class Budget:
    def __init__(self): self.open = self.spent = 0
    def __enter__(self): self.open += 1; return self
    def __exit__(self, *e): self.open -= 1; return bool(e[0])
bu = Budget()
out = []
for i in range(5):
    with bu as b:
        b.spent += len(f(i))
        if i == 3: bad(i)
        out.append(b.open)
print(out, bu.open, bu.spent)

class P:
    def __init__(self): self._n = 0
    @property
    def n(self): return self._n
    @n.setter
    def n(self, v):
        if v > 3: raise ValueError(v)
        self._n = v
p = P()
out = []
for i in range(6):
    try:
        p.n += 1
        out.append(f(i))
    except ValueError as e:
        out.append(str(e))
print(out, p.n)
