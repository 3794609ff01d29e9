"""A ring buffer with the protocol of a collection, slices, and generic types."""

from collections.abc import MutableSequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Ring(MutableSequence, Generic[T]):
    def __init__(self, size, items=()):
        self._data: list = [None] * size
        self._start = self._count = 0
        self.extend(items)

    def _at(self, i):
        if not -self._count <= i < self._count:
            raise IndexError(f"ring index {i} of {self._count}")
        return (self._start + (i + self._count if i < 0 else i)) % len(self._data)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(self._count))]
        return self._data[self._at(i)]

    def __setitem__(self, i, value):
        self._data[self._at(i)] = value

    def __delitem__(self, i):
        items = list(self)
        del items[i]
        self._start = self._count = 0
        self.extend(items)

    def __len__(self):
        return self._count

    def insert(self, i, value):
        if self._count == len(self._data):
            self._start = (self._start + 1) % len(self._data)
            self._count -= 1
            i = max(0, i - 1)
        self._count += 1
        for k in range(self._count - 1, i, -1):
            self[k] = self[k - 1]
        self[i] = value

    def __repr__(self):
        return f"Ring({', '.join(map(repr, self))})"


r: Ring[int] = Ring(4, range(6))
print(r, len(r), r[0], r[-1], r[1:3], 5 in r, r.index(4))
r.append(9)
r[0] = 7
del r[1]
print(r, list(reversed(r)), r.pop(), r.count(7), r._data)
r += [1, 2, 3]
r.reverse()
print(r, sum(r), max(r))
try:
    r[4]
except IndexError as e:
    print(e)
r.clear()
print(r, bool(r), Ring.__orig_bases__[-1] == Generic[T])
