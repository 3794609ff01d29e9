"""What stands for a lazy builtin adaptor, such as `itertools.cycle`, when some part of it is mediated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from .models_ops import Ops


class Stream:
    """A lazy adaptor of which some part is mediated. Passes for the native one; a native reader gets whole items.

    `parts` are the functions and iterators that a step may call: what a footprint has to look at. `native` makes the native one
    if no step has been taken, `stale` tells of a group whether nothing will come of it any more.
    """

    __slots__ = ("__weakref__", "inner", "kind", "native", "ops", "parts", "stale", "steps")

    def __init__(self, ops: Ops, kind: Any, steps: Iterator[Any], *parts: Any) -> None:
        self.inner: Iterator[Any] | None = None  # of a chain that has not begun: its iterables
        self.native: partial[Any] | None = None
        self.stale: Callable[[], bool] | None = None
        self.ops = ops
        self.kind = kind
        self.steps = steps
        self.parts = parts

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return self.kind

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Any:
        self.inner = None
        return self.ops.whole(next(self.steps))

    def instead_of(self, native: partial[Any]) -> Stream:
        """The same, which could be made as `native` does."""
        self.native = native
        self.ops.left(self)
        return self
