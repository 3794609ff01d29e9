"""Kinds of numbers, by which it is told of a sum that is not known yet that computing it cannot fail."""

from __future__ import annotations

from typing import Any


INT, SMALL, FLOAT = "int", "small int", "float"  # a small one can be made a float
GONE = "gone"  # among the kinds of what stood in a dict: or nothing did
_BITS = 512


class Numbers(frozenset[str]):
    """That a value is a number of one of these kinds."""

    __slots__ = ()


SIZE = Numbers({SMALL})
ANY_INT = Numbers({INT})
A_FLOAT = Numbers({FLOAT})
_TYPES = {"int": ANY_INT, int: ANY_INT, "float": Numbers({INT, FLOAT}), float: Numbers({INT, FLOAT}), "bool": SIZE, bool: SIZE}
_RESULTS = {"len": SIZE, "int": ANY_INT, "float": A_FLOAT}


def kind_of(value: Any) -> Numbers | None:
    """The kind of a known number, None of other values."""
    kind = type(value)
    if kind is int:
        return SIZE if value.bit_length() <= _BITS else ANY_INT
    return A_FLOAT if kind is float else SIZE if kind is bool else None


def annotated(answer: Any) -> Numbers | None:
    """The same of what is annotated `answer`."""
    return _TYPES.get(answer) if isinstance(answer, str | type) else None


def given_by(builtin: str) -> Numbers | None:
    """The same of what a builtin gives."""
    return _RESULTS.get(builtin)


def combined(symbol: str, one: Numbers | None, other: Numbers | None) -> tuple[Numbers | None, bool]:
    """The kind of `one symbol other` if that has not failed, and whether it may fail."""
    if not one or not other or symbol not in ("+", "-", "*"):
        return None, True
    found = set()
    fails = False
    for a in one:
        for b in other:
            found.add(FLOAT if a is FLOAT or b is FLOAT else INT)
            fails = fails or {a, b} == {INT, FLOAT}  # the int may be too large
    return Numbers(found), fails
