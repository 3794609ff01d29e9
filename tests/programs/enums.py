"""Enumerations and flags."""

from enum import Enum, Flag, IntEnum, auto


class Planet(Enum):
    MERCURY = (3.3, 2.4)
    EARTH = (5.9, 6.4)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def density(self):
        return round(self.mass / self.radius**2, 3)


class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Right(Flag):
    READ = auto()
    WRITE = auto()
    ALL = READ | WRITE


for planet in Planet:
    print(planet.name, planet.density, Planet(planet.value) is planet)
print(Level.LOW < 5 < Level.HIGH, Level["LOW"] + 1, sorted([Level.HIGH, Level.LOW])[0].name)
rights = Right.READ
rights |= Right.WRITE
print(rights == Right.ALL, Right.WRITE in rights, bool(rights & ~Right.ALL))
try:
    Level(3)
except ValueError as e:
    print(e)
