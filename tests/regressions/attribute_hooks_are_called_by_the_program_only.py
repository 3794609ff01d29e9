"""`__getattribute__`, `__getattr__`, `__class__` of the user's run where plain Python runs them, and nowhere else."""

log = []
on = True


class C:
    __slots__ = ["a", "__dict__"]

    def __getattribute__(self, name):
        if on:
            log.append(name)
        return object.__getattribute__(self, name)

    def m(self, x):
        return f(x)


class D:
    __slots__ = ("a",)

    def __getattr__(self, name):
        if on:
            log.append(name)
        raise AttributeError(name)

    @property
    def __class__(self):
        if on:
            log.append("class")
        return int


def change(v, *rest):
    if f(1) == "x":
        v.a = 3
    return [v, f(2)]


for kind in (C, D):
    c = kind()
    c.a = f(1)
    x = c.a, str(len([c.a])), c == 3, [c], (c.a,)
    t = f(c.a)
    change(c, c)
    s = {c, 1}
    if kind is C:
        c.b = f(2)
        x = c.b, c.m(f(1))
del c, s, x
on = False
