"""Plugins registered by decorators and by __init_subclass__, made by name."""


class Shape:
    kinds = {}

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.name = name or cls.__name__.lower()
        if cls.name in Shape.kinds:
            raise ValueError(f"{cls.name} is there already")
        Shape.kinds[cls.name] = cls

    @classmethod
    def make(cls, text):
        name, *numbers = text.split()
        try:
            return cls.kinds[name](*map(float, numbers))
        except KeyError:
            raise LookupError(f"no shape {name!r}, only {', '.join(sorted(cls.kinds))}") from None


class Square(Shape):
    def __init__(self, side=1):
        self.area = side * side


class Disc(Shape, name="circle"):
    def __init__(self, r):
        self.area = 3.14 * r * r


FILTERS = []


def filter_(order=0):
    def register(f):
        FILTERS.append((order, f))
        FILTERS.sort(key=lambda pair: pair[0])
        return f

    return register


@filter_(order=2)
def upper(text):
    return text.upper()


@filter_()
def strip(text):
    return text.strip()


for text in ("square 3", "circle 2", "square", "star 5", "circle"):
    try:
        print(text, "->", Shape.make(text).area)
    except (LookupError, TypeError) as e:
        print(text, "->", type(e).__name__, str(e)[-40:])
value = "  hi "
for _, f in FILTERS:
    value = f(value)
print(repr(value), [f.__name__ for _, f in FILTERS], list(Shape.kinds))
try:
    type("Other", (Shape,), {}, name="square")
except ValueError as e:
    print(e)
