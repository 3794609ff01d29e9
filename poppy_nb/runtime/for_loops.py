"""What a `for` loop iterates over none of whose turns decides whether there is a next one."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from . import comprehensions, control, current, pushing
from .iteration import iterated


if TYPE_CHECKING:
    from poppy_nb.region import Region


def each(region: Region, scope: Any, value: Any) -> Iterator[Any]:
    """The items. Generators, and generator expressions with conditions, run the turns of the loop themselves."""
    references = sys.getrefcount(value)
    if type(value) is not types.GeneratorType:
        parts = comprehensions.elements(value) if type(value) in comprehensions.LAZY and references <= 2 else None
        return iterated(value, references > 2) if parts is None else _run(region, scope, parts)
    engine = current.engine
    call: Any = pushing.taken(engine, value, references)
    if call is not None:
        function, args, kwargs = call
        del engine.unbegun[value]
        inner = bool(engine.collecting)  # who takes all items of a generator around is analysed as if that were to begin
        if inner:
            engine.collecting[value] = (function, dict(value.gi_frame.f_locals), [])  # type: ignore[union-attr]  # it has not begun
        value.close()
        del value  # which may still hold its arguments
        pushing.lend(engine, args, pushing.KEPT if inner else 0)
        return pushing.run(region, scope, function, engine.compiler.pushed(function), args, kwargs)
    parts = comprehensions.expressed(value) if references <= engine.lent.get(value, 2) else None
    return iterated(value, references > 2) if parts is None else _run(region, scope, parts)


def _run(region: Region, scope: Any, parts: Iterator[Any]) -> Iterator[Any]:
    turn = partial(comprehensions.unless_skipped, region.instance(scope.module.names, scope.cells), scope)
    for one in parts:
        part = comprehensions.opened(one)
        if comprehensions.is_unsure(part):
            strand = control.strand_of(region, scope)
            strand.arguments = {"item": part}
            current.engine.spawn_parked(strand, turn, (), part)
        elif part is not comprehensions.SKIP:
            control.spawn(region, scope, part)
    return iter(())


__all__ = ["each"]
