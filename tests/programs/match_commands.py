"""Structural matching: commands as sequences, mappings, classes, guards, captures."""

from dataclasses import dataclass
from enum import Enum


class Light(Enum):
    ON = "on"
    OFF = "off"


@dataclass
class Move:
    dx: int = 0
    dy: int = 0


class State:
    __match_args__ = ("x", "y")

    def __init__(self):
        self.x = self.y = 0
        self.light, self.bag = Light.OFF, {}


def do(state, command):
    match command:
        case "quit" | "exit":
            return "bye"
        case str(text) if (words := text.split()) and len(words) > 1:
            return do(state, words)
        case ["go", ("north" | "south") as where, *rest]:
            steps = int(rest[0]) if rest else 1
            return do(state, Move(dy=steps if where == "north" else -steps))
        case ["go", where]:
            return f"cannot go {where}"
        case Move(0, 0):
            return "not moving"
        case Move(dx, dy=dy):
            state.x += dx
            state.y += dy
            return f"at {state.x},{state.y}"
        case {"take": name, "count": int(n), **others} if n > 0:
            state.bag[name] = state.bag.get(name, 0) + n
            return f"{state.bag} {others}"
        case {"take": _}:
            return "take what?"
        case ["light", ("on" | "off") as how]:
            state.light = Light(how)
            return state.light.name
        case [int() | float() as a, int() | float() as b]:
            return a + b
        case [[x, *_], *_]:
            return f"nested {x}"
        case None:
            return "nothing"
        case _:
            return f"what? {command!r}"


state = State()
for command in [
    "go north 3", "go south", "go up", Move(), Move(2), {"take": "gold", "count": 2, "by": "ann"}, {"take": "x", "count": 0},
    "light on", [1, 2.5], [["a", "b"], "c"], None, 3, "quit", {"take": "gold", "count": 1},
]:
    print(do(state, command))
match state:
    case State(x, y) if state.light is Light.ON:
        print("lit at", x, y)
