"""What is sent through a generator to one that it delegates to, of plain code, is known by then, below it too."""


def averager():
    total = 0
    while True:
        try:
            x = yield total
        except ValueError:
            continue
        if x is None:
            return total
        total += x[0] if isinstance(x, list) else x


def report(results):
    while True:
        results.append((yield from averager()))


# ---- cell
results = []
r = report(results)
next(r)
for x in (1, ident(3), None, [f(10)], ident(None)):
    r.send(x)
print(results)
