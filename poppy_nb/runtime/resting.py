"""What mediated code that outlives its run meets: an engine at rest, for which every operation is plain Python's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import current
from .engine import Engine
from .placeholder import known
from .strands import Strand


class _NoDriver:
    """Nothing is ever started at rest."""

    def bind(self, engine: Any) -> None:
        """There is nothing to deliver."""


class _NoSources:
    """At rest no code is the program's."""

    def is_user_code(self, file: str) -> bool:
        """It is not."""
        return False


class _NoCompiler:
    """At rest everything runs in plain form."""

    sources = _NoSources()

    def function(self, function: Any) -> None:
        """There is no mediated form."""


class Resting(Engine):
    """Calls are plain calls, regions run at once, nothing is pending and nothing is logged."""

    resting = True

    def __init__(self) -> None:
        super().__init__(_NoDriver(), _NoCompiler())

    def spawn(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run the region."""
        return function(*args, **kwargs)

    def in_order(self, what: str, declare: str = "") -> None:
        """Everything before is done."""

    def retire(self) -> None:
        """Nothing is unretired."""

    def force(self, value: Any) -> Any:
        """The value itself."""
        return known(value)

    def plain_call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, Any]:
        """The call to be made."""
        return function, args, kwargs

    def await_(self, value: Any) -> Any:
        """A coroutine function runs in plain form when nothing of a run is left."""
        raise AssertionError("await at rest")


current.engine = Resting()
