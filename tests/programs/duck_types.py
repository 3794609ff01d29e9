"""Protocols, duck typing, structural checks at run time, callables with attributes."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Quacks(Protocol):
    def quack(self) -> str: ...


class Duck:
    def quack(self):
        return "quack"


class Robot:
    def __init__(self, phrase):
        self.phrase = phrase

    def quack(self):
        return f"*{self.phrase}*"

    def __getattr__(self, name):
        if name.startswith("say_"):
            return lambda times=1: " ".join([name[4:]] * times)
        raise AttributeError(f"{type(self).__name__} cannot {name}")


class Loud:
    def __init__(self, inner):
        self._inner = inner

    def __getattr__(self, name):
        value = getattr(self._inner, name)
        if callable(value):
            return lambda *a, **k: value(*a, **k).upper()
        return value

    def __setattr__(self, name, value):
        if name == "_inner":
            super().__setattr__(name, value)
        else:
            setattr(self._inner, name, value)


class Stone: ...


for thing in (Duck(), Robot("beep"), Stone(), Loud(Robot("x"))):
    print(type(thing).__name__, thing.quack() if isinstance(thing, Quacks) else "silent")
robot = Robot("beep")
print(robot.say_hello(2), hasattr(robot, "fly"), getattr(robot, "fly", "no"))
loud = Loud(robot)
loud.phrase = "boop"
print(loud.quack(), robot.phrase, loud.say_hi(times=2))
try:
    robot.fly()
except AttributeError as e:
    print(e)
Stone.quack = lambda self: "rumble"
print(isinstance(Stone(), Quacks), Stone().quack())
print([f(3) for f in (abs, lambda x: -x, type("Add", (), {"__call__": lambda self, x: x + 1})(), float, "abc".__mul__)])
