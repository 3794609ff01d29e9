"""Clusters of points in the plane by Lloyd's algorithm, drawn in text."""

from math import dist
from statistics import fmean

POINTS = [(1, 1), (2, 1), (1, 2), (8, 8), (9, 8), (8, 9), (1, 9), (2, 8)]


def nearest(point, centres):
    return min(range(len(centres)), key=lambda k: (dist(point, centres[k]), k))


def step(points, centres):
    groups = [[] for _ in centres]
    for p in points:
        groups[nearest(p, centres)].append(p)
    moved = [tuple(map(fmean, zip(*g))) if g else c for g, c in zip(groups, centres)]
    return groups, moved


def cluster(points, centres, limit=10):
    for turn in range(1, limit + 1):
        groups, moved = step(points, centres)
        if moved == centres:
            break
        centres = moved
    return groups, centres, turn


groups, centres, turns = cluster(POINTS, [(0, 0), (9, 9), (0, 9)])
print(turns, [tuple(round(x, 2) for x in c) for c in centres])
for name, g in zip("abc", groups):
    print(name, sorted(g), round(sum(dist(p, c) for p in g for c in [centres["abc".index(name)]]), 3))
label = {p: name for name, g in zip("abc", groups) for p in g}
for y in range(9, 0, -1):
    print("".join(label.get((x, y), ".") for x in range(1, 10)))
