"""Bowling scores: strikes, spares, the last frame."""


def frames(rolls):
    at = 0
    for number in range(10):
        if rolls[at] == 10:
            yield number, "X", 10 + sum(rolls[at + 1 : at + 3])
            at += 1
        elif sum(rolls[at : at + 2]) == 10:
            yield number, f"{rolls[at]}/", 10 + rolls[at + 2]
            at += 2
        else:
            yield number, f"{rolls[at]}{rolls[at + 1]}", sum(rolls[at : at + 2])
            at += 2


for name, rolls in {"perfect": [10] * 12, "spares": [5] * 21, "mixed": [10, 3, 7, 6, 1, 10, 10, 10, 2, 8, 9, 0, 7, 3, 10, 10, 10]}.items():
    total, line = 0, []
    for _, shown, score in frames(rolls):
        total += score
        line.append(shown)
    print(f"{name:8} {total:4} {' '.join(line)}")
