"""Looks at the program past the heap, one function for each kind: an analysis that is recorded is one for which they are noted.

Each gives an existing object, or a list of objects, and the same ones as long as what it looks at is the same.
"""

from __future__ import annotations

import sys
import types
from typing import Any

from poppy_nb.looking import fields, is_a
from poppy_nb.runtime.claims import Brought, Heap
from poppy_nb.runtime.footprint_values import BUILTINS
from poppy_nb.runtime.placeholder import OURS, PendingNewcomer


CHANGES = 1 << 9  # Py_TPFLAGS_HEAPTYPE: what a class says can change
NOTHING: Any = object()


def builtin(name: str) -> Any:
    """What a name means that no module has; `NOTHING` if nothing."""
    return vars(sys.modules["builtins"]).get(name, NOTHING)


def stdout() -> Any:
    """Where prints go."""
    return sys.stdout


def is_there(namespace: dict[str, Any], name: str) -> bool:
    """Whether a namespace has a name."""
    return name in namespace


def is_new(obj: object, name: str) -> bool:
    """Whether an object has an instance dict that a name would be new in."""
    own = fields(obj)
    return own is not None and name not in own


def in_module(module: types.ModuleType, name: str) -> list[Any]:
    """What a module has under a name, if it has."""
    namespace = vars(module)
    return [namespace[name]] if name in namespace else []


def has_own(cls: type, name: str) -> bool:
    """Whether a class itself says something under a name."""
    return name in cls.__dict__


def stored_on(heap: Heap, cls: type, name: str) -> list[object]:
    """What writes that are still open will put into a class under a name."""
    now = cls.__dict__.get(name, NOTHING)
    return [one for one in heap.attribute(cls, name) if one is not now]


def newcomer_of(heap: Heap, newcomer: PendingNewcomer) -> Brought:
    """What the heap knows of what is yet to be made, and as the analysis leaves it."""
    told = heap.newcomer(newcomer)
    newcomer.shape = OURS if told.ours else None
    return told


def fields_of(cls: type) -> list[Any]:
    """The fields of a dataclass, and all that the analysis looks at in them."""
    found: list[Any] = []
    for one in getattr(cls, "__dataclass_fields__", {}).values():
        found += (one, one.name, one.init, one.kw_only, one.default, one.default_factory)
    return found


def on_class(cls: type, name: str) -> list[Any]:
    """What can be seen of what a class says under a name: functions and their like themselves, of data the type."""
    return _seen(cls.__mro__, name)


def behind(cls: type, one: type, name: str) -> list[Any]:
    """The same of what `super(one, ...)` finds in an instance of a class."""
    return _seen(after(cls, one), name)


def after(cls: type, one: type) -> tuple[type, ...]:
    """Where `super(one, ...)` looks in an instance of a class."""
    mro = cls.__mro__
    return mro[mro.index(one) + 1 :] if one in mro else mro


def _seen(classes: tuple[type, ...], name: str) -> list[Any]:
    found: Any = next((base.__dict__[name] for base in classes if name in base.__dict__), NOTHING)
    kind = type(found)
    if kind is property:
        return [found, *_parts(found.fget), *_parts(found.fset), *_parts(found.fdel)]
    if kind is staticmethod or kind is classmethod:
        return [found, *_parts(found.__func__)]
    if kind is types.FunctionType:
        return _parts(found)
    if found is NOTHING or found is None or kind in BUILTINS:
        return [found]
    return [kind]


def _parts(function: Any) -> list[Any]:
    if type(function) is not types.FunctionType:
        return [function]
    named = function.__kwdefaults__ or {}
    return [function, function.__code__, function.__qualname__, function.__defaults__, *named, *named.values()]


def lasts(obj: Any) -> bool:
    """Whether all that can be seen of an object stays as it is: a builtin function or class. What a module holds is asked for."""
    kind = type(obj)
    if kind is types.BuiltinFunctionType:
        return obj.__self__ is None or is_a(obj.__self__, types.ModuleType) or is_a(obj.__self__, type) and lasts(obj.__self__)
    if kind in BUILTINS:
        return kind is not types.MethodWrapperType
    return kind is types.ModuleType or issubclass(kind, type) and not obj.__flags__ & CHANGES
