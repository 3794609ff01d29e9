"""Cards as an ordered enumeration pair, poker hands ranked, a shuffled deal."""

import random
from collections import Counter
from enum import IntEnum
from functools import total_ordering


class Suit(IntEnum):
    CLUBS = 1
    DIAMONDS = 2
    HEARTS = 3
    SPADES = 4

    @property
    def letter(self):
        return self.name[0]


@total_ordering
class Card:
    RANKS = "23456789TJQKA"

    def __init__(self, text):
        self.rank = self.RANKS.index(text[0])
        self.suit = next(s for s in Suit if s.letter == text[1])

    def __eq__(self, other):
        return (self.rank, self.suit) == (other.rank, other.suit)

    def __lt__(self, other):
        return (self.rank, self.suit) < (other.rank, other.suit)

    def __hash__(self):
        return hash((self.rank, self.suit))

    def __repr__(self):
        return self.RANKS[self.rank] + self.suit.letter


def score(hand):
    counts = Counter(c.rank for c in hand)
    pattern = sorted(counts.values(), reverse=True)
    ranks = sorted(counts, key=lambda r: (counts[r], r), reverse=True)
    flush = len({c.suit for c in hand}) == 1
    straight = len(counts) == 5 and max(ranks) - min(ranks) == 4
    kinds = [
        ("straight flush", straight and flush), ("four", pattern[0] == 4), ("full house", pattern[:2] == [3, 2]),
        ("flush", flush), ("straight", straight), ("three", pattern[0] == 3), ("two pairs", pattern[:2] == [2, 2]),
        ("pair", pattern[0] == 2), ("high card", True),
    ]
    place, name = next((len(kinds) - i, name) for i, (name, holds) in enumerate(kinds) if holds)
    return place, ranks, name


for text in ("9H TH JH QH KH", "2C 2D 2H 3S 3C", "AC KD 9H 5S 2C", "4C 4D 7H 7S JC"):
    print(text, "->", score([Card(t) for t in text.split()])[2])
deck = [Card(r + s.letter) for s in Suit for r in Card.RANKS]
random.seed(3)
random.shuffle(deck)
hands = [sorted(deck[i::4][:5], reverse=True) for i in range(4)]
best = max(hands, key=lambda h: score(h)[:2])
print(hands[0], score(best)[2], hands.index(best), len(set(deck)), max(deck), Card("AS") >= Card("AH"))
