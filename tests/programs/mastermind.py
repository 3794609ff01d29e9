"""Mastermind: scoring, a consistent guesser, statistics over codes."""

from collections import Counter
from itertools import product

COLOURS, HOLES = "RGB", 3


def score(code, guess):
    black = sum(a == b for a, b in zip(code, guess))
    common = (Counter(code) & Counter(guess)).total()
    return black, common - black


def solve(code, first="RRG"):
    left = ["".join(p) for p in product(COLOURS, repeat=HOLES)]
    guess, tries = first, []
    while True:
        answer = score(code, guess)
        tries.append((guess, answer, len(left)))
        if answer == (HOLES, 0):
            return tries
        left = [c for c in left if score(c, guess) == answer and c != guess]
        guess = left[0]


for guess, (black, white), left in solve("BGB"):
    print(f"{guess} {'x' * black}{'o' * white:3} of {left}")
print(Counter(len(solve(code)) for code in ("RRR", "GGB", "BRG", "RRG")))
print(score("RGBB", "BBRR"), score("RRGG", "RGRG"), max(len(solve("".join(c))) for c in ("BBB", "GBR")))
