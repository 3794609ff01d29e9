"""Containers with type parameters, iteration, comparison and context management."""

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Empty(Exception):
    pass


class Stack(Generic[T]):
    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: list[T] = list(items)

    def push(self, *items: T) -> "Stack[T]":
        self._items.extend(items)
        return self

    def pop(self) -> T:
        if not self._items:
            raise Empty("pop from an empty stack")
        return self._items.pop()

    @property
    def top(self) -> T | None:
        return self._items[-1] if self else None

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Stack) else NotImplemented

    def __enter__(self):
        self._saved = self._items.copy()
        return self

    def __exit__(self, kind, *rest):
        if kind:
            self._items = self._saved
        del self._saved
        return kind is Empty


def balanced(text: str) -> bool:
    pairs, stack = {")": "(", "]": "[", "}": "{"}, Stack[str]()
    for c in text:
        if c in pairs.values():
            stack.push(c)
        elif c in pairs and (not stack or stack.pop() != pairs[c]):
            return False
    return not stack


s: Stack[int] = Stack([1, 2])
print([*s.push(3)], s.top, len(s), s == Stack([1, 2, 3]), s == [1, 2, 3])
with s:
    print(s.pop(), s.pop(), s.pop())
    s.pop()
    print("not reached")
print(list(s), [balanced(t) for t in ("([]{})", "(]", "((", "")])
try:
    with s:
        s.push(9)
        raise KeyError("other")
except KeyError:
    print(list(s), hasattr(s, "_saved"))
try:
    hash(s)
except TypeError as e:
    print(e)
