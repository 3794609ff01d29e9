"""Exceptions that Python itself handles: the end of an iterator, a missing attribute. The call is settled at once.

The end of an iterator is raised by code of the program's, not by what that waits for: a step whose code has run is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import calls, current, failures
from .control import protect, settle, unprotect
from .strands import DONE, Strand


class _Raised:
    """What a call has raised."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Sure:
    """What a call has given that cannot raise any more what is asked for. It may be pending, and fail in another way."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def probe(function: Any, args: tuple[Any, ...], errors: type[BaseException] | tuple[type[BaseException], ...],
          make: Callable[[], Any] | None = None) -> Any:  # fmt: skip
    """`function(*args)`, or what `make` does in its place; raises one of `errors` here, where its caller handles it."""
    engine = current.engine
    def body() -> Any:
        try:
            protect()
            try:
                value = calls.invoke(function, args, {}) if make is None else make()
                if errors is StopIteration and _has_run(engine.current):
                    unprotect()
                    return _Sure(value)
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
    return value.value if type(value) is _Sure else value


def _has_run(strand: Strand) -> bool:
    """Whether no code that was begun in a strand is still to run."""
    for item in strand.log[strand.head :]:
        inner = item if type(item) is Strand else getattr(item, "runner", None)
        if inner is not None and (inner.state != DONE or not _has_run(inner)):
            return False
    return True
