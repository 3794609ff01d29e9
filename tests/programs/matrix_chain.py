"""Dynamic programs: the order of matrix products, partitions, grids, the longest increasing run."""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate


def chain_order(dims):
    n = len(dims) - 1
    cost = [[0] * n for _ in range(n)]
    split = {}
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length - 1
            cost[i][j], split[i, j] = min(
                (cost[i][k] + cost[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1], k) for k in range(i, j)
            )

    def show(i, j):
        return chr(65 + i) if i == j else f"({show(i, split[i, j])}{show(split[i, j] + 1, j)})"

    return cost[0][-1], show(0, n - 1)


def grid_paths(grid):
    row = [0] * len(grid[0])
    row[0] = 1
    for line in grid:
        for c, x in enumerate(line):
            row[c] = 0 if x == "#" else row[c] + (row[c - 1] if c else 0)
    return row[-1]


def increasing(numbers):
    tails, before, where = [], {}, []
    for i, x in enumerate(numbers):
        k = bisect_left(tails, x)
        if k == len(tails):
            tails.append(x)
            where.append(i)
        else:
            tails[k], where[k] = x, i
        before[i] = where[k - 1] if k else None
    out, i = [], where[-1]
    while i is not None:
        out.append(numbers[i])
        i = before[i]
    return out[::-1]


@lru_cache(None)
def partitions(n, largest):
    return 1 if n == 0 else sum(partitions(n - k, k) for k in range(1, min(n, largest) + 1))


print(chain_order([10, 30, 5, 60]), chain_order([40, 20, 30, 10, 30]))
print(grid_paths(["...", ".#.", "..."]), grid_paths(["..", ".."]))
print(increasing([3, 1, 4, 1, 5, 9, 2, 6]), partitions(6, 6))
best = max(accumulate([-2, 1, -3, 4, -1, 2, 1, -5], lambda s, x: max(x, s + x)))
print(best, list(accumulate([1, 2, 3], initial=10)))
