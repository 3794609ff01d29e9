"""Which functions `@parallel` has made, and of which: under a running engine the function itself is called."""

from __future__ import annotations

from types import FunctionType
from weakref import WeakKeyDictionary


_inner: WeakKeyDictionary[FunctionType, FunctionType] = WeakKeyDictionary()


def remember(wrapper: FunctionType, function: FunctionType) -> None:
    """`wrapper` runs `function` under an engine."""
    _inner[wrapper] = function


def inner(function: FunctionType) -> FunctionType | None:
    """What a function made by `@parallel` runs; None for all others."""
    return _inner.get(function)
