"""`isinstance` runs a metaclass's check, or looks for what a protocol names: at its place among what changes that."""

from typing import Protocol, runtime_checkable

LOG = []


class Meta(type):
    def __instancecheck__(cls, x):
        LOG.append(x)
        return True


class Anything(metaclass=Meta):
    pass


@runtime_checkable
class Quacks(Protocol):
    def quack(self) -> str: ...


@runtime_checkable
class Named(Protocol):
    name: str


class Robot:
    def quack(self):
        return 1


class Loud:
    def __init__(self, inner):
        self._inner = inner

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def __setattr__(self, name, value):
        if name == ident("_inner"):
            super().__setattr__(name, value)


class Person:
    def __init__(self, named):
        if ident(named):
            self.name = named


def decided(x):
    if ident(1):
        return isinstance(x, Anything), isinstance(x, (int, Anything))


def named(x):
    if ident(1):
        return isinstance(x, Named)


# ---- cell
decided(1)
LOG.append("after")
decided("s")
print(isinstance(Loud(Robot()), Quacks))
p, q = Person(1), Person(0)
print(isinstance(p, Named), named(p))
del p.name
q.name = 3
print(isinstance(p, Named), named(q))
