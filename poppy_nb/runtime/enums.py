"""Enumerations: finding a member, its name and its value, and listing the members call nothing of the user's."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import DEEP, Effect

from .engine import Engine
from .natives import perform
from .placeholder import KINDS


_MEMBER = Effect("enum member", (DEEP,))


def is_listed(cls: Any) -> bool:
    """Whether `cls` is an enumeration whose members are found and listed by the standard library's code."""
    meta = type(cls)
    return (
        isinstance(cls, enum.EnumMeta)
        and all(getattr(meta, name) is getattr(enum.EnumMeta, name) for name in ("__call__", "__getitem__", "__iter__"))
        and bool(cls.__members__)
    )


def finds(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether `cls(*args)` only looks for a member by its value."""
    own = getattr(cls, "_missing_", None)
    standard = {getattr(base._missing_, "__func__", None) for base in (enum.Enum, enum.Flag)}
    return (
        len(args) == 1
        and not kwargs
        and is_listed(cls)
        and getattr(own, "__func__", None) in standard
        and all(effects.plain(member.value, DEEP) for member in cls)
    )


def find(engine: Engine, cls: Any, value: Any, again: Any) -> Any:
    """`cls(value)`."""
    return _typed(perform(_MEMBER, cls, (value,), None, again), cls)


def named(cls: Any, name: Any, again: Any) -> Any:
    """`cls[name]`."""
    return _typed(perform(_MEMBER, lambda key: cls[key], (name,), None, again), cls)


def _typed(answer: Any, cls: type) -> Any:
    if type(answer) in KINDS:
        answer.row, answer.classes = None, (cls,)  # its methods are the user's
    return answer


def members(cls: Any) -> Iterator[Any]:
    """`iter(cls)`."""
    return iter(tuple(cls))  # which nobody can change

