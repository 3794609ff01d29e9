"""Parts: what comes of the items of a lazy iterator, for who takes all of them.

A part is an item, or a placeholder of which it is not known yet whether there is such an item (`ops.unsure`), because a test
waits. So all tests can be under way at once, and what is done with an item stands in the program before the next test.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from .adaptors import Stream
from .models_ops import Ops


def parts(ops: Ops, value: Any) -> Iterator[Any] | None:
    """The parts of a filter, of a map of one, or of a generator expression with conditions; None for what has items only."""
    kind = type(value)
    if kind is Stream and value.kind is itertools.filterfalse:
        return _of_filter(ops, value.parts[0], value.parts[1], False)
    if kind is filter:
        function, source = value.__reduce__()[1]
        return _of_filter(ops, function, source, True)
    if kind is not map:
        return ops.parts(value)
    function, *sources = value.__reduce__()[1]
    inner = parts(ops, sources[0]) if len(sources) == 1 and not ops.may_stop(function) else None
    return None if inner is None else _of_map(ops, function, inner)


def _of_map(ops: Ops, function: Any, inner: Iterator[Any]) -> Iterator[Any]:
    for part in inner:
        if ops.unsure(part):
            yield ops.call_if_there(function, part)
        else:
            for item in ops.unfolded(part):
                yield ops.call(function, item)


def _of_filter(ops: Ops, function: Any, source: Any, wanted: bool) -> Iterator[Any] | None:
    if ops.may_stop(function):
        return None
    inner = parts(ops, source)
    return _filtered(ops, function, ops.iterate(source) if inner is None else inner, wanted)


def _filtered(ops: Ops, function: Any, inner: Iterator[Any], wanted: bool) -> Iterator[Any]:
    plainly = function is None or function is bool
    for part in inner:
        if ops.unsure(part):
            yield ops.kept(part, ops.truth(part if plainly else ops.call_if_there(function, part)), wanted)
        else:
            for item in ops.unfolded(part):
                yield ops.kept(item, ops.truth(item if plainly else ops.call(function, item)), wanted)
