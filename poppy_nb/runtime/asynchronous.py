"""`async with`, `async for` and asynchronous comprehensions: their protocols, each call of which is awaited in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import calls, classes, current
from .awaiting import await_
from .classes import MISSING, find
from .probing import probe


def enter(manager: Any) -> tuple[Any, Any]:
    """What `async with manager` binds, and the bound `__aexit__`."""
    manager = current.engine.force(manager)
    kind = type(manager)
    missing = next((name for name in ("__aenter__", "__aexit__") if find(kind, name) is MISSING), None)
    if missing is not None:
        extra = " (missed __aexit__ method)" if missing == "__aexit__" else ""
        raise TypeError(f"'{kind.__qualname__}' object does not support the asynchronous context manager protocol{extra}")
    leave, come = classes.bound(manager, "__aexit__"), classes.bound(manager, "__aenter__")
    return leave, await_(calls.invoke(come, (), {}))


def leave(leave: Any, error: BaseException | None) -> Any:
    """Call and await `__aexit__`."""
    args = (None, None, None) if error is None else (type(error), error, error.__traceback__)
    return await_(calls.invoke(leave, args, {}))


def iterate(value: Any) -> Iterator[Any]:
    """A native iterator over the items that `async for` takes from `value`; each is known before the next one is asked for."""
    value = current.engine.force(value)
    if find(type(value), "__aiter__") is MISSING:
        raise TypeError(f"'async for' requires an object with __aiter__ method, got {type(value).__name__}")
    iterator = current.engine.force(calls.invoke(classes.bound(value, "__aiter__"), (), {}))
    if find(type(iterator), "__anext__") is MISSING:
        raise TypeError(
            f"'async for' received an object from __aiter__ that does not implement __anext__: {type(iterator).__name__}"
        )
    return _steps(iterator)


def _steps(iterator: Any) -> Iterator[Any]:
    step = classes.bound(iterator, "__anext__")
    while True:
        try:
            item = probe(step, (), StopAsyncIteration, lambda: await_(calls.invoke(step, (), {})))
        except StopAsyncIteration:
            return
        yield item
