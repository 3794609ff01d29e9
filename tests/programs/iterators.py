"""Iterators and iterables by hand: peeking, grouping, reversing, resetting, sentinels."""

import io
from itertools import chain, count, cycle, dropwhile, islice, takewhile, tee, zip_longest


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        n = self.n
        while n:
            yield n
            n -= 1

    def __reversed__(self):
        return iter(range(1, self.n + 1))

    def __len__(self):
        return self.n


class Peekable:
    EMPTY = object()

    def __init__(self, items):
        self.items, self.kept = iter(items), []

    def __iter__(self):
        return self

    def __next__(self):
        return self.kept.pop() if self.kept else next(self.items)

    def peek(self, default=EMPTY):
        if not self.kept:
            try:
                self.kept.append(next(self.items))
            except StopIteration:
                if default is self.EMPTY:
                    raise
                return default
        return self.kept[0]


def runs(numbers):
    it = Peekable(numbers)
    for first in it:
        run = [first]
        while it.peek(None) == run[-1] + 1:
            run.append(next(it))
        yield run


c = Countdown(3)
print(list(c), list(reversed(c)), len(c), [*c] == [*c], 2 in c)
print(list(runs([1, 2, 3, 7, 9, 10])))
p = Peekable([])
try:
    p.peek()
except StopIteration:
    print("empty", p.peek("default"))
print(["".join(g) for g in zip_longest(*[iter("abcdefg")] * 3, fillvalue="-")])
print(list(islice(chain.from_iterable(zip(count(), cycle("xy"))), 6)))


def twice():
    a, b = tee(takewhile(lambda n: n < 20, (n * n for n in count(1))))
    return sum(a), list(dropwhile(lambda n: n < 5, b))


print(twice())
reader = io.StringIO("one\ntwo\n\nthree\n")
print([line.strip() for line in iter(reader.readline, "\n")], reader.read())
it = iter(range(10))
print(next(it), [x for x, _ in zip(it, range(2))], next(it), list(it)[:2], next(it, "end"))
