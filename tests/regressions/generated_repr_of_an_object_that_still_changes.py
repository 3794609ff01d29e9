"""A `__repr__` that asks for `self.__class__`, as those that attrs writes: it waits in a strand of its own."""

from attrs import define, field


@define
class M:
    a: int = 0
    xs: list = field(factory=list)


class S:
    __slots__ = ("a",)

    def __init__(self):
        self.a = 0

    def __repr__(self):
        return f"{self.__class__.__name__}({self.a})"


x, y = M(), S()
if "1" in f(1):
    x.a = y.a = 5
r, s = repr(x), repr(y)
t = g(x)
print(x, y)
print([x], [y])
x.a = f(2)
print(x)
print([x])
