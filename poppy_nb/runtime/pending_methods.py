"""Calls of methods of values that are pending: of a builtin one they are deferred (A1), and of a file that is still to come."""

from __future__ import annotations

import re
from types import FunctionType
from typing import TYPE_CHECKING, Any

from poppy_nb import effects

from . import callbacks, calls, classes, files, models_glue, waiting
from .hazards import ATOMS
from .natives import defer, perform
from .placeholder import KINDS, Among, Exactly, PendingAtom, PendingAttribute, Placeholder, known


if TYPE_CHECKING:
    from .engine import Engine

_KINDS_OF_VALUES = (str, bytes, int, float, list, dict, tuple, set, re.Match)
METHODS = frozenset(name for kind in _KINDS_OF_VALUES for name in dir(kind) if not name.startswith("_"))
CHANGES = frozenset(
    name
    for kind in (list, dict, set)
    for name in METHODS
    if hasattr(kind, name) and (row := effects.method(kind, name)) is not None and row.writes
)


_DEPTHS = {
    name: tuple(max(effects.depth_of(row, index) for row in rows) for index in range(3))
    for name in METHODS
    if (rows := [row for kind in _KINDS_OF_VALUES if (row := effects.method(kind, name)) is not None])
}


def call(engine: Engine, bound: PendingAttribute, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The answer, NotImplemented if the method has to be known."""
    if bound.name in METHODS:
        return _of_value(engine, bound, args, kwargs)
    row = files.method(bound.name) if files.is_pending(known(bound.receiver)) else None
    if row is None:
        return NotImplemented
    waiting.effect(engine, row, [*args, *kwargs.values()])
    return _of_file(row, bound, args, kwargs)


def of_class(engine: Engine, bound: PendingAttribute) -> FunctionType | None:
    """The method of the program's that it is, of a value whose class is known; None: that cannot be told."""
    shape = known(bound.receiver).shape if type(known(bound.receiver)) in KINDS else None
    if type(shape) is not Exactly:
        return None
    found = classes.find(shape.cls, bound.name)
    chains = engine.chains
    changed = chains.everything or any((id(one), bound.name) in chains.of or id(one) in chains.of for one in shape.cls.__mro__)
    return found if type(found) is FunctionType and not changed and classes.user_function(engine, found) else None


def is_own(bound: PendingAttribute) -> bool:
    """Whether it is a method of an object of the program's, of which only the class is known."""
    receiver = known(bound.receiver)
    return type(receiver) is Placeholder and type(receiver.shape) is Among


def calls_back(bound: PendingAttribute, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a method of a pending builtin value may call what a deferred operation knows nothing of."""
    if bound.name == "sort" and kwargs.get("key") is not None:
        return True
    depths = _DEPTHS.get(bound.name)
    if depths is None:
        return False
    operands = zip((bound.receiver, *args), (*depths, *[depths[-1]] * len(args)), strict=False)
    return any(depth > effects.VALUE and callbacks.may(value, depth) for value, depth in operands)


_GIVE_ATOMS = frozenset(
    name
    for name in METHODS
    if all(row is None or row.returns == "atom" for row in (effects.method(kind, name) for kind in (str, bytes, int, float)))
    and hasattr(str, name)
)


def _of_value(engine: Engine, bound: PendingAttribute, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    receiver, name = known(bound.receiver), bound.name  # known by now, though what was asked of it still stands behind others
    if type(receiver) not in KINDS:
        builtin = type(receiver) in ATOMS or type(receiver) in classes.BUILTIN
        return calls.invoke(classes.get_attribute(receiver, name) if builtin else engine.force(bound), args, kwargs)
    if any(type(value) not in KINDS and hasattr(type(value), "__next__") for value in args):
        # What steps an iterator of the program's has to be known: `sep.join(f(x) for x in xs)`
        return calls.invoke(classes.get_attribute(engine.force(receiver), name), args, kwargs)

    def native(target: Any, /, *rest: Any, **named: Any) -> Any:
        return getattr(target, name)(*rest, **named)

    def again() -> Any:
        return calls.invoke(classes.get_attribute(known(receiver), name), args, kwargs)

    writes = (0,) if name in CHANGES else ()
    operands = (receiver, *args)
    atom = type(receiver) is PendingAtom and name in _GIVE_ATOMS
    return defer(engine, None, writes, native, operands, kwargs, again, name, (),
                 lambda now: effects.method(type(now[0]), name), atom=atom)  # fmt: skip


def _of_file(row: effects.Effect, bound: PendingAttribute, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A method of an open file that is still to come."""
    receiver, name = known(bound.receiver), bound.name
    if row.consumes:
        args = models_glue.consume(row, (receiver,), args)

    def native(target: Any, /, *rest: Any, **named: Any) -> Any:
        return getattr(target, name)(*rest, **named)

    return perform(row, native, (receiver, *args), kwargs, lambda: native(known(receiver), *args, **kwargs))


__all__ = ["CHANGES", "METHODS", "call", "calls_back", "is_own", "of_class"]
