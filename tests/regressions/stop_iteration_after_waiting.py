"""`__next__` of the user's ends only when an answer is known."""

class It:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        v = f(self.i)
        if str(self.n) in v: raise StopIteration
        return v
out = []
for v in It(3):
    out.append(g(v))
w = [v for v in It(2)]
x = list(It(4))
y = dict(zip(It(3), It(9)))
it = It(2)
z = next(it), next(it, None), next(it, 5)
