"""Rock, paper, scissors: strategies as generators, a tournament, an ordering without order."""

import random
from collections import Counter
from enum import Enum
from itertools import combinations


class Hand(Enum):
    ROCK, PAPER, SCISSORS = range(3)

    def __gt__(self, other):
        return (self.value - other.value) % 3 == 1


def constant(hand):
    while True:
        yield hand


def cycle():
    while True:
        yield from Hand


def copycat():
    theirs = yield Hand.ROCK
    while True:
        theirs = yield theirs


def counter(rng):
    seen = Counter()
    hand = rng.choice(list(Hand))
    while True:
        theirs = yield hand
        seen[theirs] += 1
        often = max(Hand, key=lambda h: (seen[h], -h.value))
        hand = next(h for h in Hand if h > often)


PLAYERS = {
    "rock": lambda: constant(Hand.ROCK), "cycle": cycle, "copy": copycat, "count": lambda: counter(random.Random(1)),
}


def match(a, b, rounds=6):
    players = [PLAYERS[a](), PLAYERS[b]()]
    hands, wins = [next(p) for p in players], [0, 0]
    for _ in range(rounds):
        wins[0] += hands[0] > hands[1]
        wins[1] += hands[1] > hands[0]
        hands = [players[0].send(hands[1]), players[1].send(hands[0])]
    return wins


total = Counter()
for a, b in combinations(PLAYERS, 2):
    wins = match(a, b)
    total.update({a: wins[0], b: wins[1]})
    print(f"{a:>5} {wins[0]}:{wins[1]} {b}")
print(total.most_common(), Hand.PAPER > Hand.ROCK, Hand["ROCK"] > Hand.PAPER, max(Hand, key=lambda h: h.value).name)
