"""Calls that change nothing that outlives them run as plain Python although other things are in flight.

`purity.py` tells from the source of a function what has to hold of the live values; here it is looked at. Everything that the
function is given or reads is data (exact builtin containers, numbers, texts), whole, and no earlier operation that has not
happened yet may change it. Then the call is like that of a builtin that reads its arguments: it takes no place in the program's
order, and nothing of it has to be undone.
"""

from __future__ import annotations

import builtins
import collections
import inspect
import types
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from poppy_nb import effects, externals
from poppy_nb.purity import CHANGING, MAKERS

from .chains import READ
from .hazards import ATOMS


if TYPE_CHECKING:
    from .chains import Position
    from .engine import Engine

MOST = 2_000  # elements of what a call is given that are looked at
_LAZY = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_MISSING = object()
_CONTAINERS = frozenset({list, tuple, dict, set, frozenset})
# What the models of these do natively is the same; their callbacks are looked at
_MODELS = frozenset({
    "isinstance", "listed", "dict", "enumerate", "reversed", "zip", "lazy", "anyall", "sum", "extreme", "sorted", "reduce",
    "chain_from_iterable", "deepcopy", "copy", "iter", "sub",
})  # fmt: skip
_DATA = (str, bytes, int, float, complex, bool, list, tuple, dict, set, frozenset)


def _quiet(effect: effects.Effect | None, keywords: frozenset[str] = frozenset()) -> bool:
    """Whether a call changes nothing, whatever data and pure callbacks it gets."""
    if effect is None or effect.writes or effect.stores or effect.resource or effect.final or effect.external or effect.clock:
        return False
    if not effect.unless.isdisjoint(keywords):
        return False
    return not effect.caller and effect.most is None and (effect.model is None or effect.model in _MODELS)


METHODS = frozenset(
    name
    for kind in _DATA
    for name in dir(kind)
    if not name.startswith("_") and name not in CHANGING and _quiet(effects.method(kind, name))
)


class Pure:
    """One question: whether a call changes nothing that outlives it, as the names stand now."""

    def __init__(self, engine: Engine, position: Position) -> None:
        self.engine = engine
        self.position = position
        self.asked: set[types.CodeType] = set()
        self.left = MOST
        self.keywords: frozenset[str] = frozenset()  # that are given in some call

    def function(self, function: Any) -> bool:
        """A function of the user's."""
        code = function.__code__
        if code in self.asked:
            return True
        if code.co_flags & _LAZY or code.co_freevars or "__wrapped__" in function.__dict__:
            return False
        told = self.engine.compiler.purity(code)
        if told is None or told.refused or not told.methods <= METHODS:
            return False
        self.asked.add(code)
        self.keywords |= told.keywords
        names = function.__globals__
        for name in told.makers:
            found = self.name(names, name)
            if found is not getattr(builtins, name, _MISSING) and found is not getattr(collections, name, _MISSING):
                return False
        for name in told.calls:
            if not self.callable(self.name(names, name)):
                return False
        for owner, name in told.dotted:
            if not self.attribute(self.name(names, owner), name):
                return False
        for name in told.reads:
            value = self.name(names, name)
            if value is _MISSING or not (self.callable(value) if callable(value) else self.data(value)):
                return False
        return self.data(function.__defaults__) and self.data(function.__kwdefaults__)

    def name(self, names: dict[str, Any], name: str) -> Any:
        """What a global name stands for, if no earlier assignment is still to come."""
        chains = self.engine.chains
        if chains.probe((id(names), name), READ, self.position) is not None:  # a function made in it may read it, later or never
            return _MISSING
        value = names.get(name, _MISSING)
        if value is _MISSING:
            found = names.get("__builtins__", builtins)
            value = (found if isinstance(found, dict) else vars(found)).get(name, _MISSING)
        return value

    def callable(self, value: Any) -> bool:
        kind = type(value)
        if value is _MISSING or externals.lookup(value) is not None:
            return False
        if kind is types.FunctionType:
            effect = effects.lookup(value)
            return _quiet(effect, self.keywords) if effect is not None else self.function(value)
        if kind is types.BuiltinFunctionType or isinstance(value, type):
            effect = effects.lookup(value)
            return _quiet(effect, self.keywords) or effect is not None and value in _EXACT
        return False

    def attribute(self, owner: Any, name: str) -> bool:
        """A function of a module; else a method of data that a global stands for."""
        if type(owner) is types.ModuleType:
            return self.callable(owner.__dict__.get(name, _MISSING))
        return owner is not _MISSING and name in METHODS and self.data(owner)

    def data(self, value: Any) -> bool:
        """Whether a value is data, whole, and nothing before may still change it."""
        if type(value) in ATOMS:
            return True
        chains = self.engine.chains
        pending, seen = [value], set()
        while pending:
            one = pending.pop()
            kind = type(one)
            if kind in ATOMS:
                continue
            if kind not in _CONTAINERS:
                return False
            if id(one) in seen:
                continue
            seen.add(id(one))
            self.left -= len(one)
            if self.left < 0 or chains.probe(id(one), READ, self.position) is not None:  # it may be given, and not be read
                return False
            parts: Iterable[Any] = one
            if kind is dict:
                pending += [part for part in one.values() if type(part) not in ATOMS]
            pending += [part for part in parts if type(part) not in ATOMS]
        return True


_EXACT = frozenset(getattr(builtins, name, None) or getattr(collections, name) for name in MAKERS)


def may_call(engine: Engine, function: types.FunctionType, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a call of a function of the user's may run at once, in plain form, while other things are in flight."""
    told = engine.compiler.purity(function.__code__)
    if told is None or told.refused:
        return False
    strand = engine.current
    pure = Pure(engine, (*strand.path, strand.count + 1))
    return all(map(pure.data, args)) and all(map(pure.data, kwargs.values())) and pure.function(function)


__all__ = ["METHODS", "may_call"]
