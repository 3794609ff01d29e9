"""Nim played perfectly: nimbers, a recursive check with a cache."""

from functools import cache, reduce
from operator import xor


@cache
def wins(heaps):
    return any(not wins(after) for after in moves(heaps))


def moves(heaps):
    for i, n in enumerate(heaps):
        for k in range(n):
            yield tuple(sorted((*heaps[:i], k, *heaps[i + 1 :])))


def nim_sum(heaps):
    return reduce(xor, heaps, 0)


def best(heaps):
    total = nim_sum(heaps)
    for i, n in enumerate(heaps):
        if n ^ total < n:
            return i, n - (n ^ total)
    return next(i for i, n in enumerate(heaps) if n), 1


heaps = [1, 3, 2]
print(all(wins(tuple(sorted(h))) == bool(nim_sum(h)) for h in ([1, 2], [2, 2], [1, 1, 3])))
heaps[1] = 4
player = 0
while any(heaps):
    i, k = best(heaps)
    heaps[i] -= k
    print(f"player {player} takes {k} from heap {i}: {heaps} {nim_sum(heaps)}")
    player = 1 - player
print("winner", 1 - player, wins.cache_info().hits > 0)
