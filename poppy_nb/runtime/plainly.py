"""The plain path: code that reaches no external call runs as plain Python when nothing is in flight.

*Idle* means that everything before the current point has retired: no operation, undo entry or parked strand is left, nothing is
in flight. Plain code that runs then does what plain Python would do, whatever it is; `reach.py` only says whether a call that
could overlap would be made in order.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import callers, current, purely, retirement
from .placeholder import KINDS, known
from .reach import Reach, Reached


if TYPE_CHECKING:
    from poppy_nb.mentions import Mentions
    from poppy_nb.region import PlainForm, Region

    from .engine import Engine

MEDIATED = object()  # instead of a value: it has not run
_REACHES = 8  # how often a body may turn out to reach an external before the question is not asked again in this run


def idle(engine: Engine) -> bool:
    """Whether everything before the current point has retired."""
    if engine.unretired:
        if engine.in_flight or engine.retiring:
            return False
        retirement.retire(engine)
        if engine.unretired:
            return False
    chains = engine.chains
    if chains.of or chains.everything or engine.killing or engine.resting:
        return False
    engine.written.close_young()
    return True


def call(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The function to be called plainly for a call of a function or class of the user's; None if it has to be mediated."""
    if not idle(engine):
        if type(function) is types.FunctionType and not engine.killing and purely.may_call(engine, function, args, kwargs):
            return function
        return None
    code = function.__code__ if type(function) is types.FunctionType else function
    if engine.reaching.get(code, 0) >= _REACHES:
        return None
    reach = Reach(engine)
    reach.value(function, "()")
    for value in args:
        reach.value(value)
    for value in kwargs.values():
        reach.value(value)
    if not _clear(engine, reach, code):
        return None
    return callers.now(engine, function) if reach.looks else function


def statement(form: PlainForm, scope: Any) -> bool:
    """Run a statement of a cell, if it can be run plainly; whether it was."""
    engine = current.engine
    if not _may(engine, form, scope.names):
        return False
    eval(form.code, scope.names)
    return True


def value(form: PlainForm, scope: Any) -> Any:
    """The value of the last expression of a cell, or MEDIATED."""
    engine = current.engine
    if not _may(engine, form, scope.names):
        return MEDIATED
    return eval(form.code, scope.names)


def may_run(engine: Engine, region: Region, scope: Any, *items: Any) -> bool:
    """Whether a loop, or a comprehension over `items`, can be run plainly in `scope`."""
    form = region.plain
    if form is None or scope.parent is not None:
        return False
    if scope.is_namespace:
        return _may(engine, form, scope.names, items)
    if not idle(engine) or engine.reaching.get(form, 0) >= _REACHES:
        return False
    outer = [("", item) for item in items] + outer_variables(form.mentions, scope)
    reach = Reach(engine)
    return _follow(engine, reach, form, scope.module.names, outer) and not reach.looks


def outer_variables(mentions: Mentions, scope: Any) -> list[tuple[str, Any]]:
    """The variables of a function that plain code in it mentions, with their values; no placeholder is left in them."""
    outer: list[tuple[str, Any]] = []
    for name in mentions.outer:
        cell = scope.cells.get(name)
        if cell is not None:
            try:
                found = cell.cell_contents
            except ValueError:
                continue
            if type(found) in KINDS:
                found = cell.cell_contents = known(found)
        elif name in scope:
            found = scope[name]
            if type(found) in KINDS:
                found = scope[name] = known(found)
        else:
            continue
        outer.append((name, found))
    return outer


def run_in_place(region: Region, scope: Any, *args: Any) -> Any:
    """The value of a loop or comprehension that may run plainly."""
    form = region.plain
    assert form is not None
    if form.kind == "statement":
        eval(form.code, scope.names)
        return None
    return form.instance(scope.module.names, scope.cells)(scope, *args)


def leave(scope: Any, found: dict[str, Any], names: Iterable[str]) -> None:
    """The local variables of a plain form, back into the scope object."""
    for name in names:
        if name in found:
            scope[name] = found[name]
        else:
            scope.pop(name, None)


def _may(engine: Engine, form: PlainForm, names: dict[str, Any], items: tuple[Any, ...] = ()) -> bool:
    if not idle(engine) or engine.reaching.get(form, 0) >= _REACHES:
        return False
    return _follow(engine, Reach(engine), form, names, [("", item) for item in items])


def _follow(engine: Engine, reach: Reach, form: PlainForm, names: dict[str, Any], outer: Iterable[tuple[str, Any]]) -> bool:
    if form.mentions.own_class and form.kind in ("loop", "comprehension"):
        return False
    try:
        reach.body(form.mentions, names, outer)
    except Reached:
        engine.reaching[form] = _REACHES  # it is so whatever its names stand for
        return False
    return _clear(engine, reach, form)


def _clear(engine: Engine, reach: Reach, key: Any) -> bool:
    try:
        reach.follow()
    except Reached:
        engine.reaching[key] = engine.reaching.get(key, 0) + 1
        return False
    return True


__all__ = ["MEDIATED", "call", "idle", "leave", "may_run", "outer_variables", "run_in_place", "statement", "value"]
