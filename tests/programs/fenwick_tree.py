"""Prefix sums that change: a Fenwick tree and a segment tree, inversions counted."""

from operator import add


class Fenwick:
    def __init__(self, numbers):
        self.tree = [0] * (len(numbers) + 1)
        for i, x in enumerate(numbers):
            self.add(i, x)

    def add(self, i, x):
        i += 1
        while i < len(self.tree):
            self.tree[i] += x
            i += i & -i

    def sum(self, end):
        total = 0
        while end:
            total += self.tree[end]
            end &= end - 1
        return total


class Segments:
    def __init__(self, items, join=add, empty=0):
        self.n, self.join, self.empty = len(items), join, empty
        self.tree = [empty] * self.n + list(items)
        for i in reversed(range(1, self.n)):
            self.tree[i] = join(self.tree[2 * i], self.tree[2 * i + 1])

    def __setitem__(self, i, value):
        i += self.n
        self.tree[i] = value
        while i > 1:
            i //= 2
            self.tree[i] = self.join(self.tree[2 * i], self.tree[2 * i + 1])

    def __getitem__(self, span):
        left = right = self.empty
        low, high = span.start + self.n, span.stop + self.n
        while low < high:
            if low & 1:
                left = self.join(left, self.tree[low])
                low += 1
            if high & 1:
                high -= 1
                right = self.join(self.tree[high], right)
            low, high = low // 2, high // 2
        return self.join(left, right)


def inversions(numbers):
    seen, total = Fenwick([0] * (max(numbers) + 1)), 0
    for k, x in enumerate(numbers):
        total += k - seen.sum(x + 1)
        seen.add(x, 1)
    return total


f = Fenwick([5, 1, 4, 2])
f.add(1, 10)
print([f.sum(k) for k in range(5)], f.tree)
largest = Segments([3, 8, 1, 9], max, float("-inf"))
print(largest[0:3], largest[1:4])
largest[3] = 0
print(largest[1:4], Segments(list("abcd"), add, "")[1:4], inversions([2, 4, 1, 3]))
