"""`object.__setattr__` runs a property's setter; a dict whose `__setattr__` is `dict.__setitem__` keeps its attributes as keys."""


class P:
    n = 0

    def __init__(self):
        self._v = 1

    @property
    def v(self):
        return self._v

    @v.setter
    def v(self, new):
        self._v = new
        type(self).n += 1


class Past(P):
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)


class Above(P):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)


class Keys(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


a, b = Past(), Above()
if "1" in f(1):
    a.v = 8
print(a._v, Past.n, P.n)
if "1" in f(1):
    b.v = 9
b.v = b.v + 1
print(b._v, Above.n, P.n)
q = Keys(a=1, b=2, c=3)
if "1" in f(1):
    q.a = 2
print(dict(q))
if "1" in f(1):
    q.b += 2
print(q["b"], q.b)
if "1" in f(1):
    del q.c
print("c" in q, q.c, len(q))
q.z = f(3)
print(q["z"], q.z, list(q.items()))
if "1" in f(1):
    q.h = [q.z]
q.h.append(3)
