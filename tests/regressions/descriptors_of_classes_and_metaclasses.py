"""Descriptors, hooks of metaclasses, `super()` in class methods: who answers for an attribute."""

class Setter:
    def __set__(self, obj, value):
        log.append(value)


class Getter:
    def __get__(self, obj, owner=None):
        log.append(obj is None)
        return f("get")


class E:
    x = Setter()
    y = Getter()

    def __getattr__(self, name):
        return ("made up", name)

    @property
    def broken(self):
        return self.nothing[f(0)].missing


class Meta(type):
    def __getattr__(cls, name):
        return f(name)

    @property
    def shown(cls):
        return g(cls.__name__)


class M(metaclass=Meta):
    pass


class A:
    @classmethod
    def c(cls):
        return "foo"

    @property
    def x(self):
        return "foo"


class B(A):
    @property
    def x(self):
        return super().x + f("bar")

    @classmethod
    def c(cls):
        return type(super().x), super(B, cls).c()


log = []
e = E()
e.x = num(42)
r1 = type(e.x)
e.__dict__["x"] = num(43)
r2 = e.x, e.y, E.y, e.z
r3 = M.one, M.shown
b = B()
r4 = b.x, B.c()
import types

module = types.ModuleType("mine")
module.x = f(1)
del module.x
r5 = hasattr(module, "x")
