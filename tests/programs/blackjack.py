"""A card game with a seeded deck: hands, values, a dealer with rules."""

import random
from collections import namedtuple

Card = namedtuple("Card", "rank suit")
RANKS = "2 3 4 5 6 7 8 9 10 J Q K A".split()
random.seed(7)
deck = [Card(r, s) for s in "SHDC" for r in RANKS]
random.shuffle(deck)


def value(hand):
    total = aces = 0
    for card in hand:
        if card.rank == "A":
            aces += 1
            total += 11
        else:
            total += 10 if card.rank in "JQK" else int(card.rank)
    while total > 21 and aces:
        total, aces = total - 10, aces - 1
    return total


def show(hand):
    return " ".join(c.rank + c.suit for c in hand)


def play(threshold):
    player, dealer = [deck.pop(), deck.pop()], [deck.pop(), deck.pop()]
    while value(player) < threshold:
        player.append(deck.pop())
    if value(player) > 21:
        return "bust", player, dealer
    while value(dealer) < 17:
        dealer.append(deck.pop())
    p, d = value(player), value(dealer)
    return ("win" if d > 21 or p > d else "push" if p == d else "lose"), player, dealer


score = {"win": 0, "lose": 0, "push": 0, "bust": 0}
for round_ in range(5):
    result, mine, theirs = play(16)
    score[result] += 1
    print(f"{round_}: {show(mine)} ({value(mine)}) against {show(theirs)} ({value(theirs)}): {result}")
print(score, len(deck), sum(score.values()))
