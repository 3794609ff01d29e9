"""Dynamic programming: a knapsack, edit distance, coins, longest subsequence."""

from functools import cache


def knapsack(items, room):
    best = [0] * (room + 1)
    for weight, worth in items:
        for r in range(room, weight - 1, -1):
            best[r] = max(best[r], best[r - weight] + worth)
    return best[room]


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@cache
def ways(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


def common(a, b):
    if not a or not b:
        return ""
    if a[0] == b[0]:
        return a[0] + common(a[1:], b[1:])
    return max(common(a[1:], b), common(a, b[1:]), key=len)


print(knapsack([(2, 3), (3, 4), (4, 5), (5, 6)], 5))
print(distance("kitten", "sitting"), distance("", "abc"))
print(ways(12, (5, 2, 1)), ways.cache_info().misses > 5)
print(common("stone", "longest"))
