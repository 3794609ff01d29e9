"""Looks at objects of the user's without running their code.

`isinstance` asks for `__class__`, and `getattr` calls `__getattribute__` and `__getattr__`: a program can see that, and answer
anything.
"""

from __future__ import annotations

from typing import Any


_read = object.__getattribute__


def is_a(value: object, kinds: Any) -> bool:
    """Whether the type of `value` is one of `kinds` (a class or a tuple of them) or derived from one."""
    return issubclass(type(value), kinds)


def fields_of(value: object) -> dict[str, Any] | None:
    """The instance dict of `value`, None if it has none (a class has none: what it holds are not fields)."""
    try:
        found = _read(value, "__dict__")
    except AttributeError:
        return None
    return found if type(found) is dict else None


def has_fields(value: object) -> bool:
    """Whether `value` has attributes of its own: an instance dict, or the namespace of a class."""
    try:
        _read(value, "__dict__")
    except AttributeError:
        return False
    return True


def qualname_of(value: object) -> str:
    """How a callable or an instance of a class is called in reports."""
    named = value if isinstance(type(value), type) and issubclass(type(value), type) else None
    found = type.__dict__["__qualname__"].__get__(named) if named is not None else None
    if found is None:
        try:
            found = _read(value, "__qualname__")
        except AttributeError:
            found = type(value).__name__
    return found if type(found) is str else type(value).__name__
