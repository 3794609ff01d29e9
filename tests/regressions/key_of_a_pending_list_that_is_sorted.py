"""A pending list is sorted behind a branch: what the key function reads and changes is claimed, and stands in order."""

from functools import cmp_to_key, partial

xs = lst()
k = 1
seen = []
weights = {"lst().0": 3}


def key(y):
    seen.append(y)
    return (weights.get(y, 0), y + str(k))


def before(a, b):
    seen.append(a)
    return (a > b) - (a < b)


if ok():
    xs.sort(key=key)
weights["lst().1"] = num(2)
k = f(2)
seen.append(f(3))
print(xs, seen)
ys = lst(1)
if ok(2):
    ys.sort(key=cmp_to_key(before))
if ok(4):
    ys.sort(key=partial(f, 1))
if ok(6):
    ys.sort(key=lambda y: (key(y), k))
seen.append(f(4))
k = 3
print(ys, seen)
