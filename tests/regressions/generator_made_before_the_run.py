"""The body of a generator that plain code made reads what a call in flight will write: its steps run in order."""

L = []


def texts():
    for i in range(3):
        yield L[-1].upper(), i


def delegating():
    return (yield from pairs)


steps, pairs, more = texts(), texts(), (L[-1].upper() for i in range(3))
# ---- cell
L.append(f(1))
first = next(more)
out = []
for text, i in steps:
    out.append(text)
    L.append(f(i))
joined = ",".join(more)
taken = list(delegating())
