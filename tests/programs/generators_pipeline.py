"""Generators that are chained, sent to, closed."""


def numbers():
    n = 0
    while True:
        got = yield n
        n = got if got is not None else n + 1


def keep(test, items):
    for item in items:
        if test(item):
            yield item


def take(n, items):
    for _, item in zip(range(n), items):
        yield item


def average():
    total, count, value = 0, 0, None
    while True:
        x = yield value
        total += x
        count += 1
        value = total / count


source = numbers()
print(list(take(3, keep(lambda n: n % 3 == 1, source))), source.send(100), next(source))
source.close()
print(next(source, "closed"))
a = average()
next(a)
print([a.send(x) for x in (10, 20, 60)])
del a


def flatten(x):
    if isinstance(x, list):
        for y in x:
            yield from flatten(y)
    else:
        yield x


print(list(flatten([1, [2, [3, []], 4], [[5]]])))
