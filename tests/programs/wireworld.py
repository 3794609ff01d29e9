"""Wireworld and Langton's ant, with sets and dicts as boards."""

from collections import Counter

WIRE = [".......", "Ht####.", "......#", ".#####."]


def parse(rows):
    return {(r, c): x for r, row in enumerate(rows) for c, x in enumerate(row) if x != "."}


def step(cells):
    heads = Counter()
    for (r, c), x in cells.items():
        if x == "H":
            heads.update((r + a, c + b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)
    after = {"H": "t", "t": "#"}
    return {p: after.get(x) or ("H" if heads[p] in (1, 2) else "#") for p, x in cells.items()}


def show(cells, h, w):
    return "\n".join("".join(cells.get((r, c), ".") for c in range(w)) for r in range(h))


cells = parse(WIRE)
for _ in range(3):
    cells = step(cells)
print(show(cells, 4, 7))
print(Counter(cells.values())["H"], len(cells))
black, at, facing = set(), (0, 0), (-1, 0)
for turn in range(12):
    dr, dc = facing
    facing = (-dc, dr) if at in black else (dc, -dr)
    black ^= {at}
    at = at[0] + facing[0], at[1] + facing[1]
print(sorted(black), at, facing)
