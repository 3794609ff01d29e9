"""Flood fill, regions and perimeters on a grid of letters."""

from collections import deque

GRID = ["AAB", "ABB", "CAB"]
STEPS = [(0, 1), (1, 0), (0, -1), (-1, 0)]


def at(r, c):
    return GRID[r][c] if 0 <= r < len(GRID) and 0 <= c < len(GRID[0]) else None


def region(start):
    letter = at(*start)
    seen, queue = {start}, deque([start])
    fence = 0
    while queue:
        r, c = queue.popleft()
        for dr, dc in STEPS:
            n = r + dr, c + dc
            if at(*n) != letter:
                fence += 1
            elif n not in seen:
                seen.add(n)
                queue.append(n)
    return letter, seen, fence


done, total = set(), 0
for r, row in enumerate(GRID):
    for c, _ in enumerate(row):
        if (r, c) in done:
            continue
        letter, cells, fence = region((r, c))
        done |= cells
        total += len(cells) * fence
        print(letter, len(cells), fence)
print("total", total)


def fill(grid, r, c, new):
    old = grid[r][c]
    if old == new:
        return 0
    grid[r][c] = new
    return 1 + sum(
        fill(grid, r + dr, c + dc, new)
        for dr, dc in STEPS
        if 0 <= r + dr < len(grid) and 0 <= c + dc < len(grid[0]) and grid[r + dr][c + dc] == old
    )


canvas = [list(row) for row in GRID]
print(fill(canvas, 0, 2, "."), fill(canvas, 0, 2, "."))
print("\n".join(map("".join, canvas)))
