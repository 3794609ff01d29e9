"""Iteration of generated code and of models: each step reads in program order, and can be taken back where Python lets it."""

from __future__ import annotations

import gc
import inspect
import operator as native_operator
import sys
import types
from array import array
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from poppy_nb import effects, progress, tables
from poppy_nb.looking import is_a
from poppy_nb.plain import FILES, plain

from . import ahead, calls, classes, current, enums, models_glue, progress_bars, undo
from .adaptors import Stream
from .chains import WRITE
from .displays import make_tuple
from .engine import Engine
from .generators import mediated
from .placeholder import KINDS, PendingTuple, known
from .quieting import behind, leads_on, quiet
from .strands import Kill, Strand
from .views import shown


class ListItems:
    """Iterates over a list that may be changed, or be open, in the meantime: each step reads in program order."""

    __slots__ = ("__weakref__", "index", "items")

    def __init__(self, items: list[Any]) -> None:
        self.items = items
        self.index = 0

    def __iter__(self) -> ListItems:
        return self

    def __next__(self) -> Any:
        engine = current.engine
        if engine.chains.of or engine.chains.everything:
            quiet(engine, self.items)
        index = self.index
        if index < 0 or index >= len(self.items):
            self.index = -1
            raise StopIteration
        self.index = index + 1
        value = self.items[index]
        return known(value) if type(value) in KINDS else value


def watched(engine: Engine, containers: list[Any], native: Iterator[Any]) -> Iterator[Any]:
    """The items of `native`, of which each step reads these containers, when whoever is before here is through with them."""
    while True:
        if engine.chains.of or engine.chains.everything:
            for container in containers:
                quiet(engine, known(container))
        try:
            item = next(native)
        except StopIteration:
            return
        yield known(item) if type(item) in KINDS else item


def _rows(engine: Engine, native: Iterator[Any], table: Any) -> Iterator[Any]:
    """Rows of a table that were copied all together when the first one was asked for."""
    if inspect.getgeneratorstate(native) == inspect.GEN_CREATED:  # type: ignore[arg-type]
        for one in (table, tables.ALL, tables.ARRAYS):
            quiet(engine, one)
    yield from watched(engine, [native], native)


def _adapted(engine: Engine, target: Iterator[Any], native: Iterator[Any], mediated: Iterator[Any]) -> Iterator[Any]:
    """Items of a native iterator over native ones, such as `enumerate`, by mediated steps of it."""
    if guarded(engine) and _steps_of_others(target):  # which could not be taken back one by one
        yield from _ordered(engine, mediated)
        return
    yield from watched(engine, [target, *behind(target)], mediated)


def _steps_of_others(iterator: Any) -> bool:
    """Whether the steps of a native iterator are steps of one that the program, or another one, holds as well."""
    pending = [iterator]
    for one in pending:  # grows
        for part in gc.get_referents(one):
            if type(part) in _STEPPED and sys.getrefcount(part) > _ALONE:
                return True
            if leads_on(part):
                pending.append(part)
    return False


_ALONE = 4  # references: of the iterator, of the list of its referents, of a variable and of an argument


def _has_plain_keys(value: Any) -> bool:
    """Whether the steps over an OrderedDict call nothing of the program's: they look keys up."""
    return all(plain(key) for key in dict.keys(value))


def _checked(engine: Engine, value: Any, target: Any, native: Iterator[Any], pairs: bool) -> Iterator[Any]:
    """Items of a dict, set, deque or view of these (then `target` is what it shows), each step after the writes before it."""
    while True:
        if engine.chains.of or engine.chains.everything:
            quiet(engine, target)
        try:
            item = next(native)
        except StopIteration:
            return
        if pairs and (type(item[0]) in KINDS or type(item[1]) in KINDS):
            item = make_tuple(*item)
        yield known(item) if type(item) in KINDS else item


def stepped(items: Any) -> tuple[Any, Any] | None:
    """Of what `iterate` gives: the native iterator that plain code may step while nothing is in flight, and what it is over.

    None if a step could call the user's code.
    """
    kind = type(items)
    if kind in NATIVE_ITERATORS:
        return items, items
    if kind is types.GeneratorType and items.gi_code in (_checked.__code__, _adapted.__code__) and items.gi_frame is not None:
        names = items.gi_frame.f_locals
        return names["native"], names["target"]
    return None


def iterate(value: Any) -> Iterator[Any]:
    """A native iterator over the items of `value`, for generated code. Items may be placeholders.

    Steps of an iterator that the program holds are taken back with what comes after a failure, or are not made ahead of it.
    """
    held = sys.getrefcount(value) > 2
    return iterated(value, held)


def iterated(value: Any, held: bool) -> Iterator[Any]:
    """The same. `held`: the program has another reference to it."""
    if held and type(value) is types.GeneratorType and guarded(current.engine):
        return _ordered_steps(current.engine, value)
    if not held and type(value) in (zip, Stream):
        return progress_bars.steps_of(value, held_items(value))
    return held_items(value)


def held_items(value: Any) -> Iterator[Any]:
    """The same, but for a generator: whether the program holds that cannot be told where a model gets it."""
    return steps(current.engine, value) if type(value) in _STEPPED else items(value)


def one_step(value: Any) -> Any:
    """`next(value)`."""
    engine = current.engine
    if type(value) is types.GeneratorType and guarded(engine):
        return next(_ordered_steps(engine, value))
    kind = type(value)
    native = effects.native_iterator(value) and kind not in FILES and kind not in _STEPPED
    if not engine.unretired or not native:
        return next(held_items(value))
    if kind in ahead.KINDS and ahead.can_step(engine, value):
        return _ahead(engine, value)
    if guarded(engine):
        engine.in_order("a step of an iterator that cannot be taken back")
    return next(held_items(value))


def guarded(engine: Engine) -> bool:
    """Whether the program goes on if something fails here: it stands in a `try`."""
    strand: Strand | None = engine.current
    while strand is not None:
        if strand.is_try:
            return True
        strand = strand.parent
    return False


def steps(engine: Engine, iterator: Any) -> Iterator[Any]:
    """Steps of an iterator of `_STEPPED` that the program holds."""
    read = [iterator, *behind(iterator)]
    while type(iterator) in ahead.KINDS:
        try:
            item = _ahead(engine, iterator) if engine.unretired else next(iterator)
        except StopIteration:
            return
        yield item
    while True:
        if engine.chains.of or engine.chains.everything:
            for one in read:
                quiet(engine, one)
        try:
            item = _step(engine, iterator) if engine.unretired else next(iterator)
        except StopIteration:
            return
        yield known(item) if type(item) in KINDS else item


def _ordered_steps(engine: Engine, generator: Any) -> Iterator[Any]:
    while True:
        engine.in_order("a step of a generator that the program holds")
        try:
            item = next(generator)
        except StopIteration:
            return
        try:
            yield item
        except GeneratorExit:
            _left(engine, generator)
            raise


def _ahead(engine: Engine, iterator: Any) -> Any:
    """One step that does not wait for what may still fail."""
    read = behind(iterator)
    for one in read:
        quiet(engine, one)
    if ahead.waits(engine, iterator):
        quiet(engine, iterator)
    item = ahead.step(engine, iterator, read) if engine.unretired else next(iterator)
    return known(item) if type(item) in KINDS else item


def _step(engine: Engine, iterator: Any) -> Any:
    """One step. The end of an iterator cannot be taken back, and waits to retire."""
    if not undo.restorable("next", [iterator]):
        if type(iterator) not in _BY_INDEX:
            engine.in_order("a step of an iterator that cannot be taken back")
            return next(iterator)
        if native_operator.length_hint(iterator):
            return next(iterator)
        op = engine.operation("effect", "the end of an iterator", None)
        op.final = op.ready = True
        op.keep = iterator
        engine.enter(op, id(iterator), WRITE)
        op.run = lambda: engine.finish_operation(op, deque(iterator, maxlen=0))  # also past what a list has got since
        raise StopIteration
    take_back = undo.before("next", [iterator])
    item = next(iterator)
    engine.undoable(take_back, iterator, id(iterator))
    return item


def hint(value: Any) -> None:
    """Ask a class of the program's how many items there will be, as lists do before they read them."""
    engine = current.engine
    kind = type(value)
    if kind in KINDS or kind.__module__ == "builtins":
        return
    for name in ("__len__", "__length_hint__"):
        function = classes.method(engine, value, name)
        if function is not None:
            try:
                size = engine.force(calls.invoke(function, (value,), {}))
            except TypeError:
                continue
            if size is NotImplemented and name != "__len__":
                return
            native_operator.length_hint(_Sized(size) if name == "__len__" else _Hinted(size))
            return


class _Sized:
    def __init__(self, size: Any) -> None:
        self.size = size

    def __len__(self) -> int:
        return self.size  # type: ignore[no-any-return]


class _Hinted:
    def __init__(self, size: Any) -> None:
        self.size = size

    def __length_hint__(self) -> int:
        return self.size  # type: ignore[no-any-return]


def items(value: Any) -> Iterator[Any]:
    """The same for what steps an iterator of its own, as adaptors do: nothing is taken back."""
    engine = current.engine
    value = known(value)
    if type(value) is PendingTuple:
        return iter(tuple(known(v) for v in value.parts))
    value = engine.force(value)
    kind = type(value)
    if kind is list:
        return ListItems(value)
    if engine.strict and hasattr(kind, "__next__") and kind is not types.GeneratorType:
        return _ordered(engine, value)  # without A5 no step ahead of what may still raise
    if kind in _STEPPED and guarded(engine):
        return steps(engine, value)  # the program may hold it, too
    if kind in (str, tuple, range, bytes, frozenset) or kind in NATIVE_ITERATORS:
        return iter(value)
    if is_a(value, (str, tuple, bytes, frozenset)) and kind.__iter__ in _FIXED_ITER:
        return iter(value)  # a named tuple, for one
    if kind in (dict, set, array) or is_a(value, (dict, set, deque)) and kind.__iter__ in _PLAIN_ITER:
        quiet(engine, value)
        if not is_a(value, OrderedDict) or _has_plain_keys(value):
            return _checked(engine, value, value, iter(value), False)
    if kind in _VIEWS:
        target = shown(value)
        quiet(engine, target)
        if kind not in _ORDERED_VIEWS or _has_plain_keys(target):
            return _checked(engine, value, target, iter(value), kind in _PAIRS)
    if kind is types.GeneratorType or kind is map:
        from . import listings  # which is built upon this module

        if listings.is_listing(value):
            return listings.steps(engine, value)
    if kind is types.GeneratorType:
        # The steps of plain code, made before the run or by code that ran plainly, are unknown code
        copied = tables.copied_rows(value)
        if copied is not None:
            return _rows(engine, value, copied)
        if mediated(value):
            return watched(engine, [value], value)
        reads = tables.reads_only(value)
        return watched(engine, [value, tables.ALL, tables.ARRAYS], value) if reads else _ordered(engine, value)
    if tables.has_readers(kind):
        locations = [value, *tables.locations(value, write=False)]
        for one in locations:
            quiet(engine, one)
        return watched(engine, locations, iter(value))
    if kind is _BY_POSITION and not guarded(engine):  # where a step would have to be taken back
        read = value.__reduce__()[1][0]  # of an array, whose elements it only looks at
        if tables.has_readers(type(read)):
            return watched(engine, [value, read, *tables.locations(read, write=False)], value)
    lazy = models_glue.steps(value)
    if lazy is not None and effects.native_iterator(value):
        return _adapted(engine, value, value, lazy)
    if lazy is not None:
        parts = [part for part in getattr(value, "parts", ()) if not progress.is_bar(part)]  # its steps are in order already
        return watched(engine, [value, *parts, *behind(value)], lazy)
    if effects.native_iterator(value):
        return _adapted(engine, value, value, value)
    if enums.is_listed(value):
        return enums.members(value)
    over = progress.iterable(value)
    if over is not None:
        return progress_bars.steps(engine, value, partial(iterated, over, True))
    return _by_protocol(engine, value)


_SOURCES: tuple[Any, ...] = ([], (), "", "é", b"", bytearray(), range(0))
_BY_INDEX = frozenset({*(type(iter(one)) for one in _SOURCES), type(reversed([]))})
_WITHOUT_INDEX: tuple[Any, ...] = ({}, {}.keys(), {}.values(), {}.items(), set(), deque())
_BY_POSITION: Any = type(iter(type("", (), {"__getitem__": None})()))
_STEPPED = _BY_INDEX | {type(iter(one)) for one in _WITHOUT_INDEX}
_PLAIN_ITER = (dict.__iter__, set.__iter__, deque.__iter__, OrderedDict.__iter__)
_FIXED_ITER = (str.__iter__, tuple.__iter__, bytes.__iter__, frozenset.__iter__)
_ORDERED: OrderedDict[Any, Any] = OrderedDict()
_ORDERED_VIEWS: tuple[type, ...] = (type(_ORDERED.items()), type(_ORDERED.keys()), type(_ORDERED.values()))
_VIEWS: tuple[type, ...] = (type({}.items()), type({}.keys()), type({}.values()), *_ORDERED_VIEWS)
_PAIRS: tuple[type, ...] = (type({}.items()), type(_ORDERED.items()))
_ITERABLES: tuple[Iterable[object], ...] = ("", "é", (), range(0), range(1 << 70), b"", frozenset())
NATIVE_ITERATORS = frozenset(type(iter(v)) for v in _ITERABLES)


def _by_protocol(engine: Engine, value: Any) -> Iterator[Any]:
    function = classes.method(engine, value, "__iter__")
    if function is not None:
        iterator = engine.force(calls.invoke(function, (value,), {}))
        if iterator is value or classes.method(engine, iterator, "__next__") is not None:
            return _steps(engine, iterator)
        return items(iterator)
    if classes.method(engine, value, "__next__") is not None and hasattr(type(value), "__iter__"):
        return _steps(engine, value)
    if classes.find(type(value), "__iter__") is classes.MISSING and classes.method(engine, value, "__getitem__") is not None:
        return _by_index(value)
    engine.in_order("iteration over an unknown object")
    native = iter(value)
    return _ordered(engine, native)


def _steps(engine: Engine, iterator: Any) -> Iterator[Any]:
    from .ends import may_stop, raises
    from .probing import probe

    function = classes.method(engine, iterator, "__next__")
    stops = function is not None and (raises(function) or may_stop(engine, function, iterator))
    while True:
        try:
            if stops:
                item = probe(function, (iterator,), StopIteration)
            else:
                item = calls.invoke(function, (iterator,), {}) if function is not None else next(iterator)
        except StopIteration:
            return
        yield item


def _by_index(value: Any) -> Iterator[Any]:
    from .probing import probe

    index = 0
    while True:
        try:
            item = probe(native_operator.getitem, (value, index), (IndexError, StopIteration))
        except (IndexError, StopIteration):
            return
        yield item
        index += 1


def _ordered(engine: Engine, native: Iterator[Any]) -> Iterator[Any]:
    if type(native) in _QUIET:
        yield from native
        return
    while True:
        engine.in_order("iteration over an unknown object")
        try:
            item = next(native)
        except StopIteration:
            return
        try:
            yield item
        except GeneratorExit:
            _left(engine, native)
            raise


def _left(engine: Engine, iterator: Any) -> None:
    """A loop is left: if it alone holds a plain generator, that ends now, in order."""
    if type(iterator) is types.GeneratorType and not mediated(iterator):
        _ = sys._getframe(1).f_locals  # where this is a dict, it is kept, and refers to what is in it
        if sys.getrefcount(iterator) == _LAST:
            with suppress(Kill):
                engine.in_order("the end of a plain generator")


_LAST = 4 if sys.version_info < (3, 13) else 3  # that dict, the variable, and the arguments of this and of who counts


_QUIET: tuple[type, ...] = (type(iter([])), type(reversed([])), type(iter({}.keys())))
