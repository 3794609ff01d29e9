"""`__next__` of the program: its end is found where its code raises StopIteration, what fails in it otherwise fails at its place."""

class Asks:
    def __init__(self, xs):
        self.xs = list(xs)
    def __iter__(self):
        return self
    def __next__(self):
        if not self.xs:
            raise StopIteration
        return fail(self.xs.pop(0))
out = []
a = Asks([1, 3, 2, 4])
try:
    for y in a:
        out.append(g(y))
except ValueError as e:
    print(e)
print(out, a.xs, list(a))
try:
    print([g(y) for y in Asks([1, 2, 3])])
except ValueError as e:
    print(e)
print(list(zip(Asks([1, 4]), Asks([3, 6, 7]))), dict(enumerate(Asks([1, 4]))), next(Asks([]), "end"))
class Half:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        def inner():
            if ok(self.n * 3):
                if self.n > 5:
                    raise StopIteration
        inner()
        return f(self.n)
h = Half()
print([g(x) for x in h], h.n)
class Pages:
    def __init__(self):
        self.n = 0
        self.log = []
    def __iter__(self):
        return self
    def __next__(self):
        page = num(self.n)
        self.log.append(self.n)
        if page > 7 or self.n > 6:
            raise StopIteration
        self.n += 1
        try:
            return fail(page)
        except ValueError:
            return g(page)
p = Pages()
print([f(x) for x in p], p.n, p.log)
class Both:
    def __init__(self):
        self.n = 0
    def __iter__(self):
        return self
    def __next__(self):
        if self.n >= 3:
            raise StopIteration("done")
        self.n += 1
        r = f(self.n)
        if ok(r):
            self.n += 1
        return r
b = Both()
for x in b:
    print(x, b.n)
xs = [1, 2, 3]
def step(_):
    if not xs:
        raise StopIteration
    return f(xs.pop())
print(list(map(step, range(9))), xs)
