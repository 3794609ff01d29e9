"""Exceptions whose arguments are answers; begun twice, and with an attribute that is deleted."""

class Bad(Exception):
    def __init__(self, a, b=None):
        super().__init__(a, b)
        self.a = a
xs = [Bad(f(i), [g(i)]) for i in range(3)]
ys = [x.args for x in xs]
zs = [str(x) for x in xs]
print(xs)

e = ValueError("one")
try:
    a = f(1)
    e.__init__("two", a)
    bad(1)
except Exception as x:
    print(x, e.args)
print(e.args)

class E(Exception): pass
e = E("x"); e.a = f(1); e.b = f(2)
del e.a
print(e.__dict__, hasattr(e, "a"))
