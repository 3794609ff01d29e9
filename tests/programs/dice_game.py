"""Dice: expressions like 3d6+2, distributions by convolution, games with a seed."""

import random
import re
from collections import Counter
from fractions import Fraction


class Dice:
    def __init__(self, text):
        m = re.fullmatch(r"(\d*)d(\d+)([+-]\d+)?", text.replace(" ", ""))
        if not m:
            raise ValueError(f"no dice: {text!r}")
        self.count, self.sides, self.plus = int(m[1] or 1), int(m[2]), int(m[3] or 0)

    def roll(self, rng):
        rolls = [rng.randint(1, self.sides) for _ in range(self.count)]
        return sum(rolls) + self.plus, rolls

    def distribution(self):
        now = Counter({self.plus: Fraction(1)})
        for _ in range(self.count):
            after = Counter()
            for total, p in now.items():
                for face in range(1, self.sides + 1):
                    after[total + face] += p / self.sides
            now = after
        return dict(sorted(now.items()))

    def __str__(self):
        return f"{self.count}d{self.sides}{self.plus:+d}"


rng = random.Random(12)
for text in ("2d4", "d6+1", "3d", "1d2 - 1"):
    try:
        dice = Dice(text)
    except ValueError as e:
        print(e)
        continue
    chances = dice.distribution()
    mean = sum(v * p for v, p in chances.items())
    print(dice, *dice.roll(rng), {v: str(p) for v, p in chances.items()}, mean)
better = sum(p * q for a, p in Dice("d6").distribution().items() for b, q in Dice("d4").distribution().items() if a > b)
print(better, float(better))
score, turn = 0, []
while score < 12 and len(turn) < 8:
    n = rng.randint(1, 6)
    turn.append(n)
    score = 0 if n == 1 else score + n
print(turn, score)
