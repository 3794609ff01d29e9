"""Names and objects: aliases, copies, mutable defaults, identity, scopes, del, slices that share nothing."""

import copy


def append(x, to=[]):
    to.append(x)
    return to


def fresh(x, to=None):
    to = [] if to is None else to
    to.append(x)
    return to


a = [1, 2]
b, c, d = a, a[:], [a, a]
a.append(3)
d[0] += [4]
print(a, b is a, c, d[1], d[0] is d[1])
print(append(1), append(2), fresh(1), fresh(2), append.__defaults__)
grid = [[0] * 2] * 2
grid[0][0] = 1
better = [[0] * 2 for _ in range(2)]
better[0][0] = 1
print(grid, better, copy.deepcopy(grid)[0] is copy.deepcopy(grid)[1])
deep = copy.deepcopy(d)
print(deep[0] is deep[1], deep[0] is a)
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as e:
    print(e, t)
x = 10


def scopes():
    x = 20

    class Inner:
        x = 30
        y = [x for _ in range(2)]

        def get(self):
            return x

    del x
    x = 40
    return Inner.x, Inner.y, Inner().get()


print(scopes(), x)
first, *middle, last = range(5)
(p, q), r = [1, 2], 3
p, q = q, p
i = 0
i, a[i] = 1, "i"
print(first, middle, last, p, q, r, i, a)
a[1:3] = "xyz"
a[::2] = [0] * len(a[::2])
del a[-1]
print(a, [*a, *c], {**{"k": 1}, "k": 2}, a == [*a], sorted(c, reverse=True) is c)
e = f = []
e += [1]
e = e + [2]
print(e, f, [] is [], () == tuple(), (1,) * 3, "ab" * 0 or "empty")
