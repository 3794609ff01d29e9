"""A lottery with seeded draws, wins by matches, a simulation and a table."""

import random
from collections import Counter
from math import comb


class Lottery:
    def __init__(self, numbers=10, picks=3, seed=None):
        self.numbers, self.picks, self.rng = numbers, picks, random.Random(seed)
        self.pot = 0

    def draw(self):
        return frozenset(self.rng.sample(range(1, self.numbers + 1), self.picks))

    def chance(self, matches):
        return comb(self.picks, matches) * comb(self.numbers - self.picks, self.picks - matches) / comb(self.numbers, self.picks)

    def play(self, tickets, price=1):
        self.pot += price * len(tickets)
        drawn = self.draw()
        winners = {name: len(ticket & drawn) for name, ticket in tickets.items() if len(ticket & drawn) >= 2}
        paid = {}
        for name, matches in winners.items():
            share = self.pot // 2 if matches == self.picks else 1
            paid[name] = min(share, self.pot)
            self.pot -= paid[name]
        return sorted(drawn), paid


lottery = Lottery(seed=4)
tickets = {name: lottery.draw() for name in ("ann", "bob", "cyd", "dan")}
for name, ticket in tickets.items():
    print(name, *sorted(ticket))
total = Counter()
for week in range(1, 7):
    drawn, paid = lottery.play(tickets)
    total.update(paid)
    print(f"week {week}: {drawn} {paid or 'nobody'}, pot {lottery.pot}")
print(total.most_common(), [f"{lottery.chance(k):.4f}" for k in range(4)], round(sum(map(lottery.chance, range(4))), 9))
