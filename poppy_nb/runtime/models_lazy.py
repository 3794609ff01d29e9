"""Models of what is lazy: iterators and their adaptors. Nothing is called before an item is asked for, and nothing beyond.

`map`, `filter` and `zip` stay the native objects: they keep no state but the iterators that they step, so a mediated step
(`steps`) can be taken from outside. The adaptors that have state of their own are native if everything behind them is, else a
`Stream`.
"""

from __future__ import annotations

import functools
import itertools
import operator
import types
from collections import deque
from collections.abc import Iterator
from typing import Any

from poppy_nb import progress, tables
from poppy_nb.effects import native_iterator

from .adaptors import Stream
from .models_ops import MISSING, Ops, model
from .models_parts import parts


_VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))  # what they show may be open
CONTAINERS = frozenset({list, tuple, dict, set, frozenset, str, bytes, bytearray, range, *_VIEWS})
_SIZED = frozenset({dict, set, *_VIEWS})
_TUPLES = frozenset({
    enumerate, itertools.zip_longest, itertools.pairwise, itertools.product, itertools.permutations, itertools.combinations,
    itertools.combinations_with_replacement, getattr(itertools, "batched", enumerate),
})  # fmt: skip


def steps(ops: Ops, value: Any) -> Iterator[Any] | None:
    """Mediated steps of a lazy builtin object: what `ops.iterate` has to use. None: none, or a native step calls back nothing."""
    kind = type(value)
    if kind is Stream:
        value.inner = None
        return value.steps  # type: ignore[no-any-return]
    if kind is map:
        return _map_steps(ops, value)
    if kind is filter:
        return (item for item, test in filter_steps(ops, value) if ops.force(test))
    if kind is zip:
        return _zip_steps(ops, value)
    if kind in _TUPLES:
        return map(ops.build_tuple, value)  # of what may be open elements
    return None


def _map_steps(ops: Ops, value: Any) -> Iterator[Any]:
    function, *sources = value.__reduce__()[1]
    inner = [ops.iterate(source) for source in sources]
    stops = ops.may_stop(function)
    while True:
        try:
            items = [next(one) for one in inner]
            result = ops.probe(function, *items, errors=StopIteration) if stops else ops.call(function, *items)
        except StopIteration:  # of a source or of the function: both end a native map
            return
        yield result


def filter_steps(ops: Ops, value: Any) -> Iterator[tuple[Any, Any]]:
    """Items and their tests, which may be pending."""
    function, source = (value.parts if type(value) is Stream else value.__reduce__()[1])[:2]
    plainly = function is None or function is bool
    stops = ops.may_stop(function)
    for item in ops.iterate(source):
        try:
            answer = item if plainly else ops.probe(function, item, errors=StopIteration) if stops else ops.call(function, item)
            test = ops.truth(answer)
        except StopIteration:
            return
        yield item, test


def _zip_steps(ops: Ops, value: Any) -> Iterator[Any]:
    _, sources, *strict = value.__reduce__()
    inner = [ops.iterate(source) for source in sources]
    while inner:
        items: list[Any] = []
        for one in inner:
            item = next(one, MISSING)
            if item is MISSING:
                if strict:
                    _check_lengths(inner, len(items))
                return
            items.append(item)
        yield ops.build_tuple(items)


def _check_lengths(inner: list[Iterator[Any]], ended: int) -> None:
    """What zip(strict=True) says when the iterator number `ended` is the first to end."""

    def others(count: int) -> str:
        return " " if count == 1 else "s 1-"

    if ended:
        raise ValueError(f"zip() argument {ended + 1} is shorter than argument{others(ended)}{ended}")
    for index, one in enumerate(inner[1:], 1):
        if next(one, MISSING) is not MISSING:
            raise ValueError(f"zip() argument {index + 1} is longer than argument{others(index)}{index}")


def drained(ops: Ops, value: Any, sized: bool = False) -> Any:
    """The items of `value` for a reader that reads them all, and looks at none before it has them: a list, or an iterator.

    All tests of a filter can then be under way at once. A container is read at once: the reader may be about to change it.
    `sized`: the reader asks how many there will be.
    """
    value = ops.force(value)
    kind = type(value)
    if kind in CONTAINERS:
        return list(ops.iterate(value))
    items = ops.drain(value)
    if items is not None:
        return items
    found = parts(ops, value)
    if found is not None:
        return [item for part in list(found) for item in ops.unfolded(part)]
    if kind is Stream and value.kind is itertools.chain and value.inner is not None:
        return list(_joined(ops, value.inner))
    rest = ops.steps(value)
    if sized:
        ops.hint(value)
    return list(rest)


def _joined(ops: Ops, iterables: Iterator[Any]) -> Iterator[Any]:
    """The items of all. Those of answers and containers wait while the next ones are asked for: that affects nothing."""
    waiting: list[Any] = []
    for iterable in iterables:
        waiting.append(iterable)
        if not ops.pending(iterable) and type(iterable) not in CONTAINERS:
            yield from (item for one in waiting for item in ops.iterate(one))
            waiting = []
    yield from (item for one in waiting for item in ops.iterate(one))


def consumed(ops: Ops, consumes: tuple[int, ...], operands: tuple[Any, ...]) -> tuple[Any, ...]:
    """The operands of a row with `consumes`: lazy iterables made lists. Pending ones stay, and are looked at when known."""
    if not any(index < len(operands) and _lazy(ops, operands[index]) for index in consumes):
        return operands
    return tuple(
        ops.build_list(drained(ops, operand)) if index in consumes and _lazy(ops, operand) else operand
        for index, operand in enumerate(operands)
    )


def _lazy(ops: Ops, operand: Any) -> bool:
    return not ops.pending(operand) and (hasattr(type(operand), "__next__") or type(operand) in _VIEWS)


# --- builtins


@model("iter", least=1, most=2)
def make_iter(ops: Ops, target: Any, value: Any, *sentinel: Any) -> Any:
    """iter."""
    value = ops.force(value)
    if sentinel:
        if not callable(value):
            return iter(value, *sentinel)
        return Stream(ops, type(iter(int, 1)), _until(ops, value, sentinel[0]), value)
    return iter(ops.whole(value)) if ops.pending(value) else iterator(ops, value)


def _until(ops: Ops, function: Any, sentinel: Any) -> Iterator[Any]:
    stops = ops.may_stop(function)
    while True:
        try:
            item = ops.probe(function, errors=StopIteration) if stops else ops.call(function)
        except StopIteration:
            return
        if ops.force(ops.truth(ops.compare("==", sentinel, item))):
            return
        yield item


def iterator(ops: Ops, value: Any) -> Any:
    """What `iter(value)` is. Methods of the user's are called, mediated."""
    value = ops.force(value)
    if ops.pending(value):  # a tuple of which some parts are
        return iter(ops.build_list(ops.iterate(value)))
    kind = type(value)
    if kind in _SIZED or isinstance(value, (dict, set, deque)):
        ops.force(ops.call(len, value))  # its iterator remembers how many there are, which has to be settled
    if kind in CONTAINERS or kind.__module__ == "builtins" or kind is Stream or native_iterator(value):
        return iter(value)
    method = getattr(kind, "__iter__", MISSING)
    if method is MISSING and hasattr(kind, "__getitem__"):
        return Stream(ops, type(iter(_Sequence())), _by_index(ops, value, itertools.count()), value)
    if method is MISSING or method is None:
        return iter(value)  # for its TypeError
    result = ops.force(ops.call(method, value))
    if not hasattr(type(result), "__next__"):
        raise TypeError(f"iter() returned non-iterator of type '{type(result).__name__}'")
    return result


class _Sequence:
    def __getitem__(self, index: int) -> None: ...


def _by_index(ops: Ops, value: Any, indices: Iterator[int]) -> Iterator[Any]:
    for index in indices:
        try:
            item = ops.probe(operator.getitem, value, index, errors=(IndexError, StopIteration))
        except (IndexError, StopIteration):
            return
        yield item


@model("next", least=1, most=2)
def make_next(ops: Ops, target: Any, value: Any, *default: Any) -> Any:
    """next: one step."""
    value = ops.force(value)
    if not hasattr(type(value), "__next__"):
        return next(value)
    try:
        return ops.next(value)
    except StopIteration:
        if default:
            return default[0]
        raise


@model("enumerate", least=1, most=2, keywords="start iterable")
def make_enumerate(ops: Ops, target: Any, iterable: Any, start: Any = 0) -> Any:
    """enumerate."""
    start = ops.force(start)
    source = _column(ops, iterable) or iterator(ops, iterable)
    if native_iterator(source):
        return enumerate(source, start)
    enumerate((), start)  # may refuse
    counter = itertools.count(start)
    steps = (ops.build_tuple((next(counter), item)) for item in ops.iterate(source))
    return Stream(ops, enumerate, steps, source).instead_of(functools.partial(enumerate, source, start))


@model("reversed", least=1, most=1)
def make_reversed(ops: Ops, target: Any, value: Any) -> Any:
    """reversed."""
    value = ops.force(value)
    if ops.pending(value):
        return reversed(ops.build_list(ops.iterate(value)))
    kind = type(value)
    if kind is list:
        ops.force(ops.call(len, value))  # it begins at the end, which has to be settled
    method = getattr(kind, "__reversed__", MISSING)
    if kind in CONTAINERS or kind.__module__ in ("builtins", "collections") or method is None:
        return reversed(value)
    if method is not MISSING:
        return ops.call(method, value)
    if not hasattr(kind, "__getitem__") or not hasattr(kind, "__len__"):
        return reversed(value)
    size = ops.force(ops.call(len, value))
    return Stream(ops, reversed, _by_index(ops, value, iter(range(size - 1, -1, -1))), value)


def _column(ops: Ops, value: Any) -> Any:
    """The items of what `iter` would give a plain iterator for: tables and columns of their own memory, progress bars."""
    value = ops.force(value)
    if tables.own_memory(type(value)):
        return Stream(ops, map, ops.iterate(value), value)
    return Stream(ops, types.GeneratorType, ops.iterate(value), value) if progress.iterable(value) is not None else None


@model("zip", keywords="strict")
def make_zip(ops: Ops, target: Any, *iterables: Any, strict: Any = False) -> Any:
    """zip."""
    sources = [_column(ops, iterable) or iterator(ops, iterable) for iterable in iterables]
    return zip(*sources, strict=ops.force(ops.truth(strict)))
