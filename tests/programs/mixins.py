"""Cooperative inheritance and the method resolution order."""


class Base:
    def describe(self):
        return ["base"]

    def __init_subclass__(cls, tag="", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag or cls.__name__.lower()


class Logged(Base):
    def describe(self):
        return ["logged", *super().describe()]


class Named(Base, tag="n"):
    def __init__(self, name="?", **kwargs):
        super().__init__(**kwargs)
        self.name = name

    def describe(self):
        return [self.name, *super().describe()]


class Both(Logged, Named):
    def describe(self):
        return [self.tag, *super().describe()]


print(Both("x").describe(), [c.__name__ for c in Both.__mro__], Named.tag, Logged.tag)
kinds = [type(n, (Both,), {"extra": lambda self, k=i: k * 2}) for i, n in enumerate("PQ")]
print([(k.tag, k().extra(), k("y").describe()) for k in kinds])
print(isinstance(kinds[0](), Named), issubclass(Logged, Named), hasattr(Base, "tag"))
