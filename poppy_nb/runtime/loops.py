"""Loops under way: what a `for` statement has yet to iterate over, for the analysis of the frame that it stands in.

Its iterator is nowhere but on the stack of the frame. To evaluate the expression again would not give it: `for x in todo.pop()`.
So the frame has a note of it, which does not keep it alive: a generator ends, as in plain Python, where the loop is left.
"""

from __future__ import annotations

import types
import weakref
from collections.abc import Iterator
from typing import Any

from poppy_nb.region import expression_of

from . import generators, iteration, listings
from .frame_locals import locals_of
from .iteration import ListItems
from .turns import Turning


class UnderWay:
    """The note of one loop."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: Any = None

    def left(self) -> Any:
        """What the loop iterates over, as a container or iterator of the program's; None if it has not begun, or is over."""
        found = self.found
        return iterated(found() if type(found) is weakref.ref else found)


def begin(loop: UnderWay, items: Iterator[Any]) -> Iterator[Any]:
    """`items`, over which a loop begins to iterate."""
    loop.found = weakref.ref(items) if type(items) in _OF_THE_RUNTIME else items
    return items


def spread(temporaries: dict[str, Any]) -> None:
    """In the temporaries of a frame, put what its loops have left in the place of their notes, and the parts beside tuples."""
    for name, value in list(temporaries.items()):
        if type(value) is UnderWay:
            left = value.left()
            if left is not None:
                temporaries[name] = left
            else:
                del temporaries[name]
        elif type(value) is tuple and expression_of(name) is None:
            temporaries.update({f"{name}_{i}": part for i, part in enumerate(value)})


def iterated(items: Any) -> Any:
    """What an iterator that `iterate` has made steps; an iterator of the program's is that itself. None: it is at its end."""
    while type(items) is Turning:
        items = items.items
    if type(items) is ListItems:
        return items.items
    if type(items) is types.GeneratorType:
        name = _SOURCES.get(items.gi_code)
        if name is not None:
            frame = items.gi_frame
            found: Any = None if frame is None else locals_of(frame)[name]
            return found[0] if name == "containers" and found is not None else found
    return items


_OF_THE_RUNTIME = (types.GeneratorType, ListItems, Turning)
# in what variable the generators of the runtime have what they step
_SOURCES = {
    iteration._checked.__code__: "value", iteration._adapted.__code__: "target", iteration.watched.__code__: "containers",
    iteration._rows.__code__: "table", iteration._ordered.__code__: "native", iteration._steps.__code__: "iterator",
    generators.delegated.__code__: "generator", listings.steps.__code__: "listing",
    iteration._by_index.__code__: "value", iteration.steps.__code__: "iterator", iteration._ordered_steps.__code__: "generator",
}  # fmt: skip

__all__ = ["UnderWay", "begin", "iterated", "spread"]
