"""The body of an `async def` run as a function: no StopIteration leaves it as such. A later one: `tracebacks.complete`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import tracebacks
from .failures import raise_as_it_is


def body(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The value of the call, or what Python makes of its StopIteration where a coroutine is left."""
    try:
        return function(*args, **kwargs)
    except StopIteration as error:
        stop = error
    return raise_as_it_is(tracebacks.left(stop, tracebacks.COROUTINE))


__all__ = ["body"]
