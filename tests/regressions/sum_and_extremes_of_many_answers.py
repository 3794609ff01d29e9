"""What is pending in a list is added up, or compared, by one operation; objects of the cell's one by one, in their own code."""
# time: 3


class Money:
    def __init__(self, n, by=None):
        self.n, self.by = n, by

    def __add__(self, other):
        return Money(self.n + other.n, f(self.n))

    def __radd__(self, other):
        return self

    def __lt__(self, other):
        return g(self.n) < g(other.n)


def price(i):
    return Money(num(i))


# ---- cell
numbers = [num(i) for i in range(6)]
total = sum(numbers)
more = sum(numbers, 10.5)
low, high = min(numbers), max(tuple(numbers))
mixed = [num(1), f(2), num(3)]
try:
    sum(mixed)
except TypeError as e:
    print(e)
try:
    max(mixed)
except TypeError as e:
    print(e)
parts = [price(i) for i in range(3)]
ok_parts = [(num(i), i) for i in range(4)]
print(max(ok_parts), total, more, low, high, sum([]), sum([num(1)], start=2))
whole = sum(parts)
print(whole.n, min(parts).n)
shared = [lst(1), lst(2)]
best = max(shared)
best.append("more")
print(shared, best is shared[1])
