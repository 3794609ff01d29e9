"""`list(rows())` of a generator that yields behind pending tests: all tests at once, and the order and failures of plain Python."""


def rows(n, kind="row"):
    for i in range(n):
        if ok(f(kind, i)):
            print("found", kind, i)
            yield g(kind, i)
        print("after", kind, i)


def ended(source):
    try:
        for row in source:
            yield row, len(row)
    finally:
        print("end")


def broken(n):
    for i in range(n):
        if f("broken", i):
            yield i
    raise StopIteration(n)


# ---- cell
whole = list(rows(4))
held = rows(2, "held")
first = [*held]
print(list(held), len(first))
best = sorted(rows(3, "sorted"), reverse=True)
text = "; ".join(rows(3, "text"))
pairs = tuple(ended(rows(2, "pair")))
print(whole, best, text, pairs)
try:
    list(broken(2))
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))
