"""Coins: greedily, exactly, and all the ways."""

from functools import lru_cache


def greedy(amount, coins):
    out = []
    for coin in sorted(coins, reverse=True):
        n, amount = divmod(amount, coin)
        out += [coin] * n
    return out if not amount else None


def fewest(amount, coins):
    best = [0] + [None] * amount
    last = [0] * (amount + 1)
    for a in range(1, amount + 1):
        for c in coins:
            if c <= a and best[a - c] is not None and (best[a] is None or best[a - c] + 1 < best[a]):
                best[a], last[a] = best[a - c] + 1, c
    if best[amount] is None:
        return None
    out = []
    while amount:
        out.append(last[amount])
        amount -= last[amount]
    return out


@lru_cache(maxsize=None)
def ways(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return ways(amount - coins[0], coins) + ways(amount, coins[1:])


print(greedy(63, [25, 10, 5, 1]), fewest(6, (1, 3, 4)), greedy(6, (1, 3, 4)))
print(fewest(7, (4, 5)), greedy(7, (4, 5)))
print([ways(n, (1, 2, 5)) for n in range(6)], ways.cache_info().currsize > 0)
