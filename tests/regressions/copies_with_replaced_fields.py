"""`dataclasses.replace` in a branch that is not decided yet reads all fields that it is not given, and makes the object as its class does."""

from dataclasses import dataclass, field, replace

LOG = []


@dataclass
class Ball:
    x: float
    y: float
    seen: list = field(default_factory=list)
    n: int = field(default=0, init=False)

    def __post_init__(self):
        LOG.append(self.x)


def step(ball, **more):
    moved = replace(ball, y=ball.y + ident(1))
    if moved.y:
        return replace(moved, **more)


# ---- cell
b = Ball(1, 2)
first = step(b, x=4)
LOG.append("after")
b.seen.append(9)
b.x = 7
second = step(b)
