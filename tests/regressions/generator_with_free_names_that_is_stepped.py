"""The free variables of a generator function are claimed as its own, whoever takes a step of the generator."""


class A:
    def __init__(self, n):
        self.n = n

    def each(self, p):
        def inner(items):
            for item in items:
                yield f(p, item)

        found = list(inner(f(self.n)))
        p = "later"
        return found, p


a = A(1)
print(a.each("first"))


def stepped(xs, q):
    def inner():
        nonlocal q
        for x in f(xs):
            q += x
            yield q

    steps = inner()
    found = [next(steps)]
    q = "changed"
    return found + list(steps), q


print(stepped(1, "q"))
