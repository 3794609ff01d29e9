"""Robots on a grid with instruction strings, scents at the edges, collisions."""

TURN = {"L": {"N": "W", "W": "S", "S": "E", "E": "N"}, "R": {"N": "E", "E": "S", "S": "W", "W": "N"}}
MOVE = {"N": (0, 1), "E": (1, 0), "S": (0, -1), "W": (-1, 0)}


class Lost(Exception):
    pass


class World:
    def __init__(self, w, h):
        self.w, self.h, self.scents, self.robots = w, h, set(), []

    def inside(self, x, y):
        return 0 <= x <= self.w and 0 <= y <= self.h


class Robot:
    def __init__(self, world, x, y, facing):
        self.world, self.x, self.y, self.facing, self.bumps = world, x, y, facing, 0
        world.robots.append(self)

    def forward(self):
        dx, dy = MOVE[self.facing]
        x, y = self.x + dx, self.y + dy
        if not self.world.inside(x, y):
            if (self.x, self.y, self.facing) in self.world.scents:
                return
            self.world.scents.add((self.x, self.y, self.facing))
            self.world.robots.remove(self)
            raise Lost
        if any((r.x, r.y) == (x, y) for r in self.world.robots):
            self.bumps += 1
        else:
            self.x, self.y = x, y

    def run(self, instructions):
        for c in instructions:
            if c == "F":
                self.forward()
            elif c in TURN:
                self.facing = TURN[c][self.facing]
            else:
                raise ValueError(f"what is {c}?")
        return self


world = World(5, 3)
for start, instructions in [((1, 1, "E"), "RFRFRFRF"), ((3, 2, "N"), "FRRFLLFFRRFLL"), ((0, 3, "W"), "LLFFFLFLFL"), ((2, 2, "S"), "FLXF")]:
    robot = Robot(world, *start)
    try:
        robot.run(instructions)
        state = ""
    except Lost:
        state = " lost"
    except ValueError as e:
        state = f" ({e})"
    print(f"{robot.x} {robot.y} {robot.facing}{state} bumps {robot.bumps}")
print(sorted(world.scents), len(world.robots))
