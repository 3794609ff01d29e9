"""`yield from` an enumeration delegates to a generator, to which can be sent."""

from enum import Enum


class Hand(Enum):
    ROCK, PAPER, SCISSORS = range(3)


def cycle():
    while True:
        yield from Hand


# ---- cell
player = cycle()
print(next(player), f(1), player.send(Hand.ROCK), player.send(ident(2)), player.send(3))
del player
