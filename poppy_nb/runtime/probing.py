"""Exceptions that Python itself handles: the end of an iterator, a missing attribute. The call is settled at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import calls, current, failures
from .control import protect, settle


class _Raised:
    """What a call has raised."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


def probe(function: Any, args: tuple[Any, ...], errors: type[BaseException] | tuple[type[BaseException], ...],
          make: Callable[[], Any] | None = None) -> Any:  # fmt: skip
    """`function(*args)`, or what `make` does in its place; raises one of `errors` here, where its caller handles it."""
    engine = current.engine
    def body() -> Any:
        try:
            protect()
            try:
                value = calls.invoke(function, args, {}) if make is None else make()
                settle()
            except BaseException as error:
                failures.caught(engine, error)
                raise
        except errors as error:
            return _Raised(error)
        return value

    value = engine.force(engine.spawn_call(function, args, {}, body))
    if type(value) is _Raised:
        failures.raise_as_it_is(value.error)
    return value
