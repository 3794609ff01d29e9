"""A strand waits in a loop over what evaluating the expression again would not give: its claims are of what the loop has left."""

from itertools import groupby


class D:
    def __init__(self, k):
        self.k, self.n = k, 0


ds = [D(i) for i in range(6)]


def step(stack):
    for x in stack.pop():
        x.n += 1
        if len(f(x.k)) > 1000:
            return x
        x.n += 10


stack = [ds[:3], ds[3:]]
while stack:
    step(stack)
    print([d.n for d in ds])


def inner(todo):
    while todo:
        for x in todo.pop():
            yield x
            x.n += 1


waiting = inner([ds[:3], ds[3:]])
for x in waiting:
    if ok(f(x.k)):
        x.n += 10
        if x.k == 4:
            break
print([d.n for d in ds])
for x in waiting:
    x.n += num(f(x.k))
    if ok(f(x.n)):
        break
print([d.n for d in ds])

for pairs in ({d.k: d for d in ds}.items(), enumerate(ds), zip(range(6), ds)):
    for k, x in pairs:
        x.n += 1
        if len(f(k)) > 1000:
            break
        x.n += 10
    print([d.n for d in ds])

groups = groupby(ds, key=lambda d: d.k // 2)
for k, group in groups:
    for x in group:
        x.n += 1
        if len(f(x.k)) > 1000:
            break
        x.n += 10
print([d.n for d in ds])
del group, groups


def delegating(todo):
    while todo:
        yield from todo.pop()


def walk(items):
    for x in items:
        x.n += 1
        if len(f(x.k)) > 1000:
            return
        x.n += num(f(x.n))
        if x.k == 4:
            return


items = delegating([ds[:3], ds[3:]])
walk(items)
print([d.n for d in ds])
walk(items)
print([d.n for d in ds])
