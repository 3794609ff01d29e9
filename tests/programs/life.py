"""Conway's game of life."""

from collections import Counter


def step(cells):
    around = Counter((x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return {cell for cell, n in around.items() if n == 3 or (n == 2 and cell in cells)}


def show(cells, w, h):
    return "\n".join("".join("#" if (x, y) in cells else "." for x in range(w)) for y in range(h))


glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for turn in range(4):
    print(show(glider, 6, 5), end="\n\n")
    glider = step(glider)
print(sorted(glider))
