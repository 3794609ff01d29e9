"""A loop waits in a comprehension over an object of a class of the cell's: its footprint has the object whose steps are to come."""


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0 or num(self.n) > 8:
            raise StopIteration
        return f(self.n)


for k in range(3):
    print(list(Countdown(2)), [g(x) for x in Countdown(2)])
