"""A registry by metaclass, descriptors with names, abstract classes."""

from abc import ABC, abstractmethod


class Registry(type):
    known = {}

    def __new__(mcs, name, bases, namespace, *, key=None):
        cls = super().__new__(mcs, name, bases, namespace)
        if key:
            mcs.known[key] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __getitem__(cls, key):
        return cls.known[key]


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name)

    def __set__(self, obj, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, not {value}")
        setattr(obj, self.name, value)


class Shape(metaclass=Registry):
    side = Positive()

    def __init__(self, side):
        self.side = side


class Square(Shape, key="sq"):
    def area(self):
        return self.side**2


class Cube(Square, key="cu"):
    def area(self):
        return 6 * super().area()


class Animal(ABC):
    @abstractmethod
    def sound(self): ...

    def speak(self):
        return f"{type(self).__name__} says {self.sound()}"


class Dog(Animal):
    def sound(self):
        return "woof"


print(sorted(Registry.known), Shape["cu"](2).area(), Shape["sq"](3).area())
print(Dog().speak())
for bad in (lambda: Square(-1), lambda: Animal(), lambda: Shape["no"]):
    try:
        bad()
    except (ValueError, TypeError, KeyError) as e:
        print(type(e).__name__, str(e).split(" with")[0])
