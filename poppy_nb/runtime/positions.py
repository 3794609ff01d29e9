"""Positions in the source: of the instructions of code, and for syntax trees that are made and not read."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import CodeType


Place = Mapping[str, int]  # the position of an instruction, by the names that `ast` has for it
Position = tuple[int | None, int | None, int | None, int | None]  # line, end line, column, end column

_MOST = 1_000  # codes
_decoded: dict[int, tuple[CodeType, list[Position]]] = {}  # by id: the hash of code is computed anew each time


def position_of(code: CodeType, instruction: int) -> Position:
    """Where an instruction stands, given by its offset as in `f_lasti`.

    Decoded once for each code: a cell of thousands of lines is one, in which each call is asked for.
    """
    found = _decoded.get(id(code))
    if found is None:
        if len(_decoded) >= _MOST:
            _decoded.clear()
        same: dict[Position, Position] = {}  # many instructions stand at one place
        found = _decoded[id(code)] = code, [same.setdefault(place, place) for place in code.co_positions()]
    return found[1][instruction // 2]



def put(tree: ast.AST, place: Place) -> None:
    """Put all of `tree` at one place.

    Only what has a position: operators and contexts such as `Load` are the same objects in all trees that Python makes, and who
    walks another tree, as IPython's displays do, would find them at this place there.
    """
    for node in ast.walk(tree):
        if node._attributes:
            for name, value in place.items():
                setattr(node, name, value)


__all__ = ["Place", "Position", "position_of", "put"]
