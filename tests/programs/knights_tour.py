"""A knight on a small board: a tour by Warnsdorff's rule, distances, attacks."""

MOVES = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]


def targets(square, size, free):
    r, c = square
    return [(r + a, c + b) for a, b in MOVES if 0 <= r + a < size and 0 <= c + b < size and (r + a, c + b) in free]


def tour(size, start=(0, 0)):
    free = {(r, c) for r in range(size) for c in range(size)}
    path = [start]
    free.remove(start)
    while free:
        options = targets(path[-1], size, free)
        if not options:
            return None
        nxt = min(options, key=lambda s: (len(targets(s, size, free)), s))
        free.remove(nxt)
        path.append(nxt)
    return path


def distance(a, b, size=8):
    every = {(r, c) for r in range(size) for c in range(size)}
    level, steps = {a}, 0
    seen = set(level)
    while b not in level:
        level = {t for s in level for t in targets(s, size, every)} - seen
        if not level:
            return None
        seen |= level
        steps += 1
    return steps


SIZE = 5
path = tour(SIZE)
board = [[0] * SIZE for _ in range(SIZE)]
for k, (r, c) in enumerate(path, 1):
    board[r][c] = k
for row in board:
    print("".join(f"{k:3}" for k in row))
print(tour(3), distance((0, 0), (0, 1), 3), distance((0, 0), (1, 1), 3))
