"""Runs the mediated implementations of builtins (`models.py`) as strands of their own."""

from __future__ import annotations

import types
from typing import Any

from poppy_nb.effects import Effect

from . import current
from .engine import Engine, here
from .natives import in_order
from .placeholder import KINDS, PendingCall, Placeholder, known
from .strands import Strand


def run(engine: Engine, effect: Effect, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of a builtin with a model, NotImplemented if there is none for these arguments."""
    return NotImplemented


def operator(engine: Engine, effect: Effect, function: Any, operands: tuple[Any, ...], again: Any) -> Any:
    """An operator with a model."""
    return in_order(engine, function, operands, None)


def cached_property(engine: Engine, target: Any, found: Any) -> Any:
    """A read of a `functools.cached_property`."""
    return in_order(engine, getattr, (target, found.attrname), None)


def run_coroutine(engine: Engine, call: PendingCall) -> Any:
    """`await` of the call of an `async def` of the user's: its mediated form runs like a function."""
    mediated = engine.compiler.function(call.target)
    if mediated is None or call.target.__code__.co_flags & 0x200:
        return await_plain(engine, engine.force(call))
    engine.resolve_dead(call)
    strand = Strand(engine.current, engine.current.position(), "function")
    strand.function = call.target
    strand.site = here()
    strand.arguments = {"args": call.args, "kwargs": call.kwargs}
    return engine.spawn(strand, mediated, call.args, call.kwargs)


def await_plain(engine: Engine, awaitable: Any) -> Any:
    """Await something unknown on the loop, in order."""
    op = engine.operation("await", "await", here())
    result = op.result = Placeholder(op, None)
    op.external = _AWAIT
    op.target = _await
    op.args = (awaitable,)
    op.kwargs = {}
    op.mode = "async"
    op.context = None
    op.captured = _NOTHING
    op.state = 3
    engine.in_flight[op.id] = op
    engine.driver.start(op)
    return engine.force(result)


async def _await(awaitable: Any) -> Any:
    return await awaitable


class _NothingCaptured:
    """An awaited object is handed over as it is."""

    def changed(self) -> None:
        return None

    def map_back(self, value: Any) -> Any:
        return value


_NOTHING = _NothingCaptured()
_AWAIT = types.SimpleNamespace(name="await", limit=None, changes=(), reads=(), writes=(), code_reads=None)
__all__ = ["KINDS", "await_plain", "cached_property", "current", "known", "operator", "run", "run_coroutine"]
