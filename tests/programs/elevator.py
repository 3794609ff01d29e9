"""An elevator that serves calls: states, a log, statistics."""

from enum import Enum, auto


class Direction(Enum):
    UP = auto()
    DOWN = auto()
    NONE = auto()

    @property
    def step(self):
        return {Direction.UP: 1, Direction.DOWN: -1, Direction.NONE: 0}[self]


class Elevator:
    def __init__(self, floors):
        self.floors, self.at, self.direction = floors, 0, Direction.NONE
        self.stops, self.waiting, self.time, self.moved = set(), {}, 0, 0

    def call(self, floor, to):
        if not 0 <= floor < self.floors or not 0 <= to < self.floors:
            raise ValueError(f"no such floor: {floor if not 0 <= floor < self.floors else to}")
        self.waiting.setdefault(floor, []).append(to)
        self.stops.add(floor)

    def choose(self):
        ahead = [s for s in self.stops if (s - self.at) * self.direction.step > 0]
        if ahead:
            return self.direction
        if not self.stops:
            return Direction.NONE
        nearest = min(self.stops, key=lambda s: (abs(s - self.at), s))
        return Direction.UP if nearest > self.at else Direction.DOWN

    def run(self):
        while self.stops:
            if self.at in self.stops:
                self.stops.discard(self.at)
                entering = self.waiting.pop(self.at, [])
                self.stops.update(entering)
                print(f"t={self.time:2} floor {self.at}: open, {len(entering)} in")
                self.time += 1
            else:
                self.direction = self.choose()
                self.at += self.direction.step
                self.time += 1
                self.moved += 1
        self.direction = Direction.NONE


lift = Elevator(6)
for floor, to in [(0, 5), (3, 1), (4, 0), (9, 1)]:
    try:
        lift.call(floor, to)
    except ValueError as e:
        print(e)
lift.run()
print(lift.time, lift.moved, lift.at, lift.direction.name)
