"""Looks at objects of the program's without calling its code: `isinstance` would ask a proxy for `__class__`."""

from __future__ import annotations

import types
import typing
from collections import deque
from functools import partial
from typing import Any, Protocol
from weakref import WeakKeyDictionary


_KINDS: tuple[Any, ...] = (list, tuple, dict, set, frozenset, deque)
_slots: WeakKeyDictionary[type, tuple[Any, ...]] = WeakKeyDictionary()


def is_a(value: object, kinds: Any) -> bool:
    """Whether the true class of `value` is one of `kinds` (a class, several in a tuple or union), or inherits from it."""
    return issubclass(type(value), kinds)


def fields(value: object) -> dict[str, Any] | None:
    """The instance dict; None if there is none, or none that can be written."""
    found = _instance_dict(value)
    return found if type(found) is dict else None


def keys_are_attributes(value: object) -> bool:
    """Whether `value` is a dict that is its own instance dict: `self.__dict__ = self`."""
    return issubclass(type(value), dict) and type(value) is not dict and _instance_dict(value) is value


def _instance_dict(value: object) -> Any:
    if issubclass(type(value), partial):
        # To ask for its `__dict__` makes one, and a partial of a partial that has one is not the same any more
        return partial.__reduce__(value)[2][3]
    try:
        return object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None


def has_fields(value: object) -> bool:
    """Whether `value` has attributes of its own: an instance dict, or the namespace of a class."""
    return _instance_dict(value) is not None


def qualname(value: object) -> str:
    """How a callable or an instance of a class is called in reports."""
    if issubclass(type(value), type):
        found = type.__dict__["__qualname__"].__get__(value)
    else:
        try:
            found = object.__getattribute__(value, "__qualname__")
        except AttributeError:
            found = None
    return found if type(found) is str else type(value).__name__


def attributes(value: object) -> list[Any]:
    """The values of an instance's own attributes, in its dict and in slots."""
    own = fields(value)
    found = list(own.values()) if own is not None else []
    for descriptor in slots(type(value)):
        try:
            found.append(descriptor.__get__(value))
        except AttributeError:  # an empty slot
            continue
    return found


def slots(kind: type) -> tuple[Any, ...]:
    """The descriptors of the slots of a class of the program's."""
    found = _slots.get(kind)
    if found is None:
        heap = [vars(base).values() for base in kind.__mro__ if "__slots__" in vars(base)]
        found = _slots[kind] = tuple(d for members in heap for d in members if type(d) is types.MemberDescriptorType)
    return found


def asked_for(kind: Any) -> frozenset[str]:
    """The attributes that `isinstance(x, kind)` looks for in `x`: those of a protocol; else none."""
    if not (type(kind) is type(Protocol) and type.__getattribute__(kind, "__dict__").get("_is_protocol")):
        return frozenset()
    return frozenset(getattr(kind, "__protocol_attrs__", None) or typing._get_protocol_attrs(kind))  # type: ignore[attr-defined]


def parts_of(container: Any) -> list[Any]:
    """What a builtin container holds (of a dict the values), also if a class of the program's makes it iterate otherwise."""
    for kind in _KINDS:
        if issubclass(type(container), kind):
            return list(dict.values(container)) if kind is dict else list(kind.__iter__(container))
    return []
