"""Sequences by rules: look-and-say, Kolakoski, Thue-Morse, L-systems."""

from itertools import groupby, islice


def look_and_say(start="1"):
    while True:
        yield start
        start = "".join(f"{len(list(g))}{d}" for d, g in groupby(start))


def thue_morse():
    n = 0
    while True:
        yield n.bit_count() % 2
        n += 1


def kolakoski():
    seq, i = [1, 2, 2], 2
    yield from seq[:2]
    while True:
        yield seq[i]
        seq += [3 - seq[-1]] * seq[i]
        i += 1


class LSystem:
    def __init__(self, axiom, **rules):
        self.text, self.rules = axiom, rules

    def __iter__(self):
        while True:
            yield self.text
            self.text = "".join(self.rules.get(c, c) for c in self.text)


print(*islice(look_and_say(), 6))
print("".join(map(str, islice(thue_morse(), 16))), *islice(kolakoski(), 12))
print(list(islice(LSystem("A", A="AB", B="A"), 5)))
plant = LSystem("F", F="F+F-F")
turtle = {"x": 0, "y": 0, "d": 0}
path = []
for c in next(islice(plant, 1, 2)):
    if c == "F":
        dx, dy = [(1, 0), (0, 1), (-1, 0), (0, -1)][turtle["d"] % 4]
        turtle["x"] += dx
        turtle["y"] += dy
        path.append((turtle["x"], turtle["y"]))
    else:
        turtle["d"] += 1 if c == "+" else -1
print(path, turtle)
pascal = [[1]]
while len(pascal) < 6:
    last = pascal[-1]
    pascal.append([1, *map(sum, zip(last, last[1:])), 1])
for row in pascal:
    print(" ".join(map(str, row)).center(20).rstrip())
