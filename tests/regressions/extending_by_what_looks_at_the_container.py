"""A generator that extends a list or set sees what it has added so far, and what came before its failure stays."""


def rows(n):
    for i in range(n):
        if f(i):
            yield len(seen)


def failing(n):
    for i in range(n):
        if f(i):
            yield g(i)
    raise ValueError(n)


# ---- cell
seen = []
seen.extend(rows(3))
seen += rows(2)
texts = [f(1), f(2), f(2)]
kept = [f(1)]
kept.extend(t for t in texts if t not in kept)
also = []
also += (t for t in texts if t not in also)
order, unique = [], set()
unique.update(t for t in texts if t not in unique and not order.append(t))
tested = []
tested.extend(filter(lambda t: t not in tested, texts))
print(seen, kept, also, order, tested)
partly = []
try:
    partly.extend(failing(2))
except ValueError:
    print(partly)
