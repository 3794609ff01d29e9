"""Enumerations with behaviour: flags, aliases, members with methods, lookups, auto values."""

from enum import Enum, Flag, IntFlag, StrEnum, auto, unique


class Permission(Flag):
    NONE = 0
    READ = auto()
    WRITE = auto()
    RUN = auto()
    ALL = READ | WRITE | RUN


class Mode(IntFlag):
    X = 1
    W = 2
    R = 4


class Planet(Enum):
    MERCURY = (3.3e23, 2.44e6)
    EARTH = (5.97e24, 6.37e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def gravity(self):
        return 6.67e-11 * self.mass / self.radius**2


class Level(StrEnum):
    LOW = auto()
    HIGH = auto()
    TOP = HIGH

    @classmethod
    def _missing_(cls, value):
        return next((m for m in cls if m.value == str(value).lower()), None)


class Op(Enum):
    ADD = "+"
    MUL = "*"

    def __call__(self, a, b):
        return a + b if self is Op.ADD else a * b


can = Permission.READ | Permission.RUN
print(Permission.READ in can, Permission.WRITE in can, can & ~Permission.RUN, [p.name for p in Permission if p in can])
print(Permission.ALL == can | Permission.WRITE, bool(Permission.NONE), Mode(6), int(Mode.R | Mode.W))
for planet in Planet:
    print(f"{planet.name.title():8} {planet.gravity:5.2f}")
print(Level("HIGH"), Level.TOP is Level.HIGH, list(Level), Level["LOW"].upper(), Level.__members__.keys())
for wrong in ("middle", 3):
    try:
        Level(wrong)
    except ValueError as e:
        print(e)
print([op(3, 4) for op in Op], Op("*"), isinstance(Op.ADD, Op), hash(Op.ADD) == hash(Op("+")))
try:

    @unique
    class Twice(Enum):
        A = 1
        B = 1

except ValueError as e:
    print(e)
Colour = Enum("Colour", "RED GREEN")
print(Colour.GREEN.value, {Colour.RED: "r"}[Colour(1)], Colour.RED != Colour.GREEN)
