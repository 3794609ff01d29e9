"""Abstract base classes, abstract properties, a class that registers as a virtual subclass."""

from abc import ABC, abstractmethod
from math import pi


class Shape(ABC):
    def __init__(self, name):
        self.name = name

    @property
    @abstractmethod
    def area(self): ...

    @abstractmethod
    def scale(self, factor): ...

    def __lt__(self, other):
        return self.area < other.area

    def describe(self):
        return f"{self.name:<10}{self.area:8.2f}"


class Circle(Shape):
    def __init__(self, r):
        super().__init__("circle")
        self.r = r

    @property
    def area(self):
        return pi * self.r**2

    def scale(self, factor):
        return Circle(self.r * factor)


class Box(Shape):
    def __init__(self, w, h):
        super().__init__("square" if w == h else "box")
        self.w, self.h = w, h

    area = property(lambda self: self.w * self.h)

    def scale(self, factor):
        return type(self)(self.w * factor, self.h * factor)


@Shape.register
class Blob:
    area = 1


shapes = [Circle(2), Box(3, 4), Box(2, 2), Circle(0.5)]
for shape in sorted(shapes):
    print(shape.describe())
print(max(shapes).scale(2).describe())
try:
    Shape("nothing")
except TypeError as e:
    print(type(e).__name__, "abstract" in str(e))
print(isinstance(Blob(), Shape), issubclass(Blob, Shape), Shape in Blob.__mro__)
print(sum(s.area for s in shapes if isinstance(s, Box)))
