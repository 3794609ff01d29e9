"""Functions made with a default that is still to come: they are made at once, and it is put there when it is known."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from . import current
from .placeholder import KINDS, Placeholder, known


def with_defaults(function: FunctionType) -> FunctionType:
    """A function that was just made, of values that may be pending."""
    slots = current.engine.slots
    for value in function.__defaults__ or ():
        if type(value) in KINDS:
            slots.put(function, None, value)
    if function.__kwdefaults__:
        slots.adopt(function.__kwdefaults__)
    return function


def pending(function: Any) -> list[Placeholder]:
    """The defaults of a function that are still to come."""
    if type(function) is not FunctionType:
        return []
    values = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    return [value for value in map(known, values) if type(value) in KINDS]
