"""Positions for syntax trees that are made and not read."""

from __future__ import annotations

import ast
from collections.abc import Mapping


Place = Mapping[str, int]  # the position of an instruction, by the names that `ast` has for it


def put(tree: ast.AST, place: Place) -> None:
    """Put all of `tree` at one place.

    Only what has a position: operators and contexts such as `Load` are the same objects in all trees that Python makes, and who
    walks another tree, as IPython's displays do, would find them at this place there.
    """
    for node in ast.walk(tree):
        if node._attributes:
            for name, value in place.items():
                setattr(node, name, value)


__all__ = ["Place", "put"]
