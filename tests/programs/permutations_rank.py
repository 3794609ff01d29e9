"""Permutations ranked and unranked, cycles, derangements, next permutation in place."""

from itertools import permutations
from math import factorial, lcm


def unrank(items, k):
    items, out = list(items), []
    while items:
        f = factorial(len(items) - 1)
        i, k = divmod(k, f)
        out.append(items.pop(i))
    return out


def rank(perm):
    total, left = 0, sorted(perm)
    for x in perm:
        i = left.index(x)
        total += i * factorial(len(left) - 1)
        left.remove(x)
    return total


def following(a):
    i = len(a) - 2
    while i >= 0 and a[i] >= a[i + 1]:
        i -= 1
    if i < 0:
        a.reverse()
        return False
    j = len(a) - 1
    while a[j] <= a[i]:
        j -= 1
    a[i], a[j] = a[j], a[i]
    a[i + 1 :] = a[: i : -1]
    return True


def cycles(perm):
    seen, out = set(), []
    for start in range(len(perm)):
        cycle, at = [], start
        while at not in seen:
            seen.add(at)
            cycle.append(at)
            at = perm[at]
        if cycle:
            out.append(tuple(cycle))
    return out


print("".join(unrank("abcd", 10)), rank("bdca"), all(rank(p) == k for k, p in enumerate(permutations("xyz"))))
a = [1, 2, 2]
print(a, [(following(a), a.copy()) for _ in range(3)])
p = (2, 0, 1, 4, 3)
print(cycles(p), lcm(*map(len, cycles(p))), sum(all(i != x for i, x in enumerate(q)) for q in permutations(range(4))))
