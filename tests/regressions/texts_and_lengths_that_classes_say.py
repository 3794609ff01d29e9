"""What `str`, `repr`, `format` and `len` ask a class of the program's, and what comes of wrong answers."""

class A:
    def __init__(self, n): self.n = n; self.notes = []
    def __str__(self): return f"A{self.n}:" + f(self.n)
    def __repr__(self): self.notes.append("r"); return "<" + g(self.n) + ">"
    def __format__(self, spec): return f"{self.n}{spec}" + f((self.n, spec))
    def __len__(self): return num(self.n)
xs = [A(i) for i in range(3)]
a = [str(x) for x in xs]
b = [f"{x!r}" for x in xs]
c = [f"{x:>{3}}" for x in xs]
d = [len(x) for x in xs]
for x in xs:
    print(x, format(x), x.notes)
e = "%s %r" % (xs[0], xs[1])
h = "{} {!r:>20}".format(xs[0], xs[1])
k = sorted(xs, key=len)[0].n
class B:
    def __str__(self): return num(1)
    def __repr__(self): return None
    def __format__(self, s): return 3
    def __len__(self): return -1
class C:
    def __len__(self): return f(1)
class D:
    def __len__(self): return True
errs = []
for fn in (str, repr, format, len):
    try: fn(B())
    except Exception as e: errs.append((type(e).__name__, str(e)))
try: len(C())
except TypeError as e: errs.append(str(e))
try: format(D(), "x")
except TypeError as e: errs.append(str(e))
try: format(B(), 3)
except TypeError as e: errs.append(str(e))
q = len(D())
class E(str):
    def __str__(self): return self
s = str(E("x")); t = type(s).__name__
class F(Exception):
    def __init__(self, r): super().__init__(r); self.r = r
    def __str__(self): return "F " + f(self.r)
try: raise F(1)
except F as e: u = str(e); v = repr(e); w = f"{e}"
str()
class G:
    def __init__(self, x): self.x = x
    def __str__(self): return self.x.upper() + str(fail(self.x))
out = []
for i in range(3):
    out.append(str(G(f(i))))
str(G(bad(1)))

from dataclasses import dataclass
@dataclass
class P:
    a: object
    b: object = None
class Q:
    def __repr__(self): return f"Q({f(1)})"
p = P(f(1), Q())
print(p, [p, Q()], {"q": Q()})
r = str(p) + repr([Q(), f(2)])
