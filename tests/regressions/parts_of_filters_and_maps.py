"""Readers of a whole filter, or of a map of one, have all tests under way at once; what happens keeps its order."""

log = []
def test(x):
    log.append(("test", x))
    return ok(x)
def work(x):
    log.append(("work", x))
    return f(x)
print(list(map(work, filter(test, range(4)))), log)
log.clear()
for y in map(work, filter(test, filter(lambda x: num(x) > 1, range(4)))):
    log.append(("body", y))
print(log)
log.clear()
print([log.append(y) or y for y in filter(None, map(ok, filter(test, range(5))))], log)
def refuses(x):
    if x == 3:
        raise ValueError(x)
    return ok(x)
out = []
try:
    for y in map(work, filter(refuses, range(6))):
        out.append(y)
except ValueError as e:
    print(e, out, log)
try:
    out.extend(map(fail, filter(ok, range(6))))
except ValueError as e:
    print(e, out)
try:
    print(list(map(f, filter(fail, range(6)))))
except ValueError as e:
    print(e)
def stops(x):
    if x == 3:
        raise StopIteration
    return ok(x)
print(list(map(f, filter(stops, range(6)))), list(map(stops, filter(ok, range(6)))))
class Box:
    def __init__(self, x):
        self.x = x
        self.n = 0
    def __bool__(self):
        self.n += 1
        return self.x > 1
    def full(self):
        self.n += 10
        return ok(self.x)
boxes = [Box(x) for x in range(4)]
print([b.x for b in filter(None, boxes)], [b.x for b in filter(Box.full, filter(None, boxes))], [b.n for b in boxes])
def by_box(x):
    return boxes[x] if ok(x) else Box(0)
print(list(filter(by_box, range(4))), [b.n for b in boxes])
seen = []
seen += filter(lambda x: x not in seen and ok(x), [2, 4, 2, 1, 4, 6])
print(seen)
items = [[x, f(x)] for x in range(4)]
for item in filter(lambda p: ok(p[0]), items):
    item.append(len(items))
    if ok(item[1]):
        items.append([item[0] + 7, g(item[1])]) if len(items) < 7 else None
print(items)
print(sorted(map(lambda p: p[1], filter(lambda p: ok(p[0]), items))), {x: g(x) for x in filter(ok, (1, 2, 4))})
n = 0
def count(x):
    global n
    n += 1
    return ok(n + x)
print(list(map(lambda x: (x, n), filter(count, range(5)))), n)
for x in filter(ok, range(5)):
    if n > 3:
        n -= num(x)
print(n, [n + x for x in filter(lambda x: ok(n + x), range(4)) if x != 1])
xs = [1, 2, 3, 4]
for x in filter(ok, xs):
    xs.remove(x)
print(xs)
