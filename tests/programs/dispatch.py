"""Functions by the type of their argument: singledispatch, methods, a table of our own."""

from functools import singledispatch, singledispatchmethod


@singledispatch
def show(x):
    return f"<{type(x).__name__}>"


@show.register
def _(x: int):
    return f"int {x}"


@show.register(list)
@show.register(tuple)
def _(x):
    return "[" + ", ".join(show(y) for y in x) + "]"


@show.register
def _(x: dict):
    return "{" + ", ".join(f"{show(k)}: {show(v)}" for k, v in x.items()) + "}"


class Animal: ...


class Dog(Animal): ...


class Printer:
    def __init__(self):
        self.lines = []

    @singledispatchmethod
    def emit(self, x):
        self.lines.append(str(x))

    @emit.register
    def _(self, x: Animal):
        self.lines.append("animal " + type(x).__name__)

    @emit.register
    def _(self, x: float):
        self.lines.append(f"{x:.1f}")


print(show(1), show([1, (2, "x")]), show({1: [None]}), show(True))
print(show.dispatch(bool) is show.dispatch(int), show.registry.keys() >= {int, list, dict})
printer = Printer()
for x in (1, 2.55, Dog(), "s", Animal()):
    printer.emit(x)
print(printer.lines)
table = {}


def on(*types):
    def register(f):
        for t in types:
            table[t] = f
        return f

    return register


@on(int, float)
def number(x):
    return x * 2


@on(str)
def text(x):
    return x + x


print([table.get(type(x), repr)(x) for x in (2, "ab", None, 1.5, [1])])
