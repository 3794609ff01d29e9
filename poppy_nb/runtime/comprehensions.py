"""Comprehensions and generator expressions: one strand for each element, put together when it is known which there are."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from poppy_nb.effects import NOTHING, OBJECT, VALUE, Effect

from . import calls, current, displays, failures, models_glue, natives, plainly, pushing, tracebacks
from .control import force, strand_of
from .engine import Engine, here
from .iteration import NATIVE_ITERATORS, ListItems, iterate, watched
from .placeholder import KINDS, PendingTuple, known
from .quieting import behind, quiet
from .strands import Kill, Operation, Strand
from .variables import LocalScope


LAZY = frozenset({types.GeneratorType, filter, map})
SKIP = object()  # an element of a comprehension whose condition is false


class _Inner:
    """The items of the inner clauses of a generator expression, for one item of the clause around."""

    __slots__ = ("items",)

    def __init__(self, items: Iterator[Any]) -> None:
        self.items = items


def gather(kind: str, region: Any, scope: Any, iterable: Any, *, parked: bool = False) -> Any:
    """A comprehension. `flat` and `lazy` are inner clauses: a list to be joined, items to be generated.

    `parked`: the iterable has been waited for, and the frame in which the comprehension stands is not below.
    """
    if type(iterable) in KINDS and kind in ("list", "set", "dict"):
        iterable = known(iterable)
        if type(iterable) in KINDS and type(iterable) is not PendingTuple:
            # which elements there are is not known: what is behind it does not wait for that
            strand = strand_of(region, scope)
            strand.kind = "expression"
            strand.arguments = {"iterable": iterable}
            later = partial(gather, kind, region, scope, parked=True)
            return current.engine.spawn_parked(strand, later, (), iterable)
    if region.plain is not None:
        iterable = force(iterable)
        if plainly.may_run(current.engine, region, scope, iterable):
            return plainly.run_in_place(region, scope, iterable)
    # a captured variable is one for all elements, and the last to come is not the last element
    if kind != "generator" and kind != "lazy" and type(iterable) in LAZY and not region.cells:
        references = sys.getrefcount(iterable)
        engine = current.engine
        if type(iterable) is types.GeneratorType:
            call = pushing.taken(engine, iterable, references, not tracebacks.in_frame_of(region))
            if call is not None:
                return assemble(engine, kind, _pushed(region, scope, iterable, call), region)
            alone = references <= engine.lent.get(iterable, 2)
        else:
            alone = references <= 2
        parts = elements(iterable) if alone else None
        if parts is not None:
            function = region.instance(scope.module.names, scope.cells)
            values = [_element_of(region, function, scope, part) for part in _in_frame(region, scope, parts)]
            return assemble(engine, kind, values, region)
    unframed = parked and tracebacks.in_frame_of(region)
    items = _iterate_in_frame(region, scope, iterable) if unframed else iterate(iterable)
    cells = {**scope.cells, **{name: types.CellType() for name in region.cells}} if region.cells else scope.cells
    function = region.instance(scope.module.names, cells)
    if kind == "generator" or kind == "lazy":
        generator: Any = _generate(region, function, scope, cells, items)
        if kind == "lazy":
            return _Inner(generator)
        generator.__name__, generator.__qualname__ = region.code.co_name, region.code.co_qualname
        current.engine.generators[generator] = (region, function, scope, cells, items)
        return generator
    values = [_element(region, function, scope, cells, item) for item in _in_frame(region, scope, items, unframed)]
    return assemble(current.engine, kind, values, region)


def _in_frame(region: Any, scope: Any, items: Iterator[Any], unframed: bool = False) -> Iterator[Any]:
    """`items`, whose failures pass through the frame of the comprehension where Python gives it one (or there is none yet)."""
    if type(items) is ListItems or type(items) in NATIVE_ITERATORS or (tracebacks.in_frame_of(region) and not unframed):
        return items
    return framed(partial(tracebacks.comprehension, region, scope), items)


def _iterate_in_frame(region: Any, scope: Any, iterable: Any) -> Iterator[Any]:
    """`iterate`, whose failures pass through the frame in which the comprehension stands."""
    try:
        return iterate(iterable)
    except Kill:
        raise
    except BaseException as error:
        tracebacks.add_frame(partial(tracebacks.comprehension, region, scope), error)
        raise


def framed(place: Callable[[], tracebacks.Step], items: Iterator[Any]) -> Iterator[Any]:
    """`items`, stepped in the frame that `place` gives."""
    engine = current.engine
    while True:
        engine.framed += 1
        try:
            item = next(items)
        except StopIteration:
            return
        except Kill:
            raise
        except BaseException as error:
            tracebacks.add_frame(place, error)
            raise
        finally:
            engine.framed -= 1
        yield item


def _pushed(region: Any, scope: Any, generator: Any, call: Any) -> list[Any]:
    """The elements of a comprehension over a generator of the user's that is run into it."""
    cells = scope.cells
    function = region.instance(scope.module.names, cells)
    site = None if tracebacks.in_frame_of(region) else tracebacks.comprehension(region, scope)[:2]
    try:
        return pushing.collected(region, scope, generator, call, partial(_element, region, function, scope, cells), site)
    except pushing.Own as own:
        error = own.error
    if site is not None:
        tracebacks.add_frame(partial(tracebacks.comprehension, region, scope), error)
    return failures.raise_as_it_is(error)


def _element(region: Any, function: Any, scope: Any, cells: Any, item: Any, turn: Any = None) -> Any:
    strand = _strand(region, scope, cells, item)
    if turn is not None:
        turn.place(strand)
    return current.engine.spawn(strand, function, (strand.scope, item), {})


def opened(part: Any) -> Any:
    """The item that an element is."""
    part = known(part)
    return known(part.item) if type(part) is There else part


def _element_of(region: Any, function: Any, scope: Any, part: Any) -> Any:
    """An element made of what a lazy iterator gives: there is none if that has none."""
    part = opened(part)
    if not is_unsure(part):
        return SKIP if part is SKIP else _element(region, function, scope, scope.cells, part)
    strand = _strand(region, scope, scope.cells, part)
    strand.may_skip = True
    return current.engine.spawn_parked(strand, partial(unless_skipped, function, strand.scope), (), part)


def unless_skipped(function: Any, scope: Any, part: Any) -> Any:
    """Run `function` with what a lazy iterator has given, if that has an element there."""
    return SKIP if part is SKIP else function(scope, opened(part))


def _strand(region: Any, scope: Any, cells: Any, item: Any) -> Strand:
    inner = LocalScope()
    inner.module = scope.module
    inner.cells = cells
    inner.function = scope.function
    inner.inside = scope.home
    inner.parent = scope
    inner.birth = current.engine.current.path
    strand = strand_of(region, inner)
    strand.arguments = {"item": item}
    strand.may_skip = region.may_skip
    return strand


def is_unsure(value: Any) -> bool:
    """Whether it is not known yet if there is such an element: what makes it has not come to an end."""
    if type(value) not in KINDS:
        return False
    origin = value.origin
    return type(origin) is Strand and origin.may_skip or type(origin) is Operation and origin.label == _KEPT


_KEPT = "item of a filter"


def kept(part: Any, test: Any, wanted: bool) -> Any:
    """`part`, which there is if its test turns out as wanted."""
    part, test = known(part), known(test)
    if not is_unsure(part) and type(test) not in KINDS:
        return part if test is wanted else SKIP
    effect = Effect(_KEPT, (OBJECT if is_unsure(part) else NOTHING, VALUE), returns="part")
    return natives.perform(effect, partial(_if_wanted, wanted), (part, test), None, lambda: kept(part, test, wanted))


def _if_wanted(wanted: bool, part: Any, test: Any) -> Any:
    if test is not wanted:
        return SKIP
    return There(part) if type(part) in KINDS else part


class There:
    """An element that there is, and that is still to come."""

    __slots__ = ("item",)

    def __init__(self, item: Any) -> None:
        self.item = item


def call_if_there(function: Any, part: Any) -> Any:
    """`function(part)`, in a strand that waits until it is known whether there is such a part; it is one if there is."""
    engine = current.engine
    strand = Strand(engine.current, engine.current.position(), "model")
    strand.function = engine.current.function
    strand.site = here()
    strand.model = (function, (part,), {})
    strand.may_skip = True
    return engine.spawn_parked(strand, partial(unless_skipped, _call), (function,), part)


def _call(function: Any, part: Any) -> Any:
    return calls.invoke(function, (part,), {})


def _generate(region: Any, function: Any, scope: Any, cells: Any, items: Iterator[Any]) -> Iterator[Any]:
    for item in _in_frame(region, scope, items):
        value = known(_element(region, function, scope, cells, item))
        if region.flat and type(value) in KINDS and type(value) is not PendingTuple or is_unsure(value):
            value = force(value)
        if type(value) is _Inner:
            yield from value.items
        elif value is not SKIP:
            yield value


def drain(value: Any) -> list[Any] | None:
    """All items of a generator that nobody has stepped: its conditions are under way at once. None for the rest."""
    engine = current.engine
    if type(value) is types.GeneratorType and value.gi_frame is not None and value in engine.unbegun:
        return pushing.all_of(engine, value)
    parts = _begun(value)
    if parts is None:
        return None
    items = [item for part in [*parts] for item in unfolded(part)]
    engine.drained.discard(value)
    return items


def elements(value: Any) -> Iterator[Any] | None:
    """The elements of a filter, a map of one, or a generator expression with conditions, as they come: see `unfolded`.

    They are those that nobody has asked for yet, and whoever else steps what is behind them has to be through with it.
    """
    if type(value) is not filter and type(value) is not map:
        return expressed(value)
    found = models_glue.parts(value)
    return None if found is None else watched(current.engine, [value, *behind(value)], found)


def expressed(value: Any) -> Iterator[Any] | None:
    """The elements of a generator expression with conditions that nobody has stepped."""
    engine = current.engine
    made = engine.generators.get(value) if type(value) is types.GeneratorType else None
    if made is None or made[0].flat:
        return None  # the clauses inside are gone through later, by who unfolds them
    return _begun(value)


def _begun(value: Any) -> Iterator[Any] | None:
    engine = current.engine
    if type(value) is not types.GeneratorType or value.gi_frame is None or value.gi_frame.f_lasti > 4:
        return None
    made = engine.generators.get(value)
    if made is None or not made[0].may_skip:
        return None
    quiet(engine, value)  # who is before here may have a step to make
    if value.gi_frame is None or value.gi_frame.f_lasti > 4:
        return None
    value.close()
    return _elements(engine, value, *made)


def _elements(engine: Engine, value: Any, region: Any, function: Any, scope: Any, cells: Any, items: Any) -> Iterator[Any]:
    engine.drained.add(value)
    for item in _in_frame(region, scope, items):
        yield _element(region, function, scope, cells, item)


def unfolded(part: Any) -> Iterable[Any]:
    """The items that an element of a generator expression is: one, none, or those of the clauses inside."""
    part = force(part) if is_unsure(part) else known(part)
    if type(part) is _Inner:
        return part.items
    return () if part is SKIP else (opened(part),)


class _Flat:
    """The elements of the inner clauses of a comprehension, for one item of the clause around."""

    __slots__ = ("items",)

    def __init__(self, items: list[Any]) -> None:
        self.items = items


def assemble(engine: Engine, kind: str, values: list[Any], region: Any) -> Any:
    """The elements of a comprehension put together; a placeholder if which ones there are is not known."""
    values = [known(v) for v in values]
    if any(map(is_unsure, values)) or region.flat and any(type(v) in KINDS and type(v) is not PendingTuple for v in values):
        return natives.perform_list(values, lambda now: assemble(engine, kind, list(now), region), kind)
    found: list[Any] = []
    for value in values:
        if type(value) is _Flat:
            found.extend(known(v) for v in value.items)
        elif value is not SKIP:
            found.append(value)
    if kind == "flat":
        engine.slots.adopt(found)
        return _Flat(found)
    if kind == "list":
        engine.slots.adopt(found)
        return found
    if kind == "set":
        return calls.invoke(set, (found,), {})
    pairs = [v.parts if type(v) is PendingTuple else v for v in found]
    if any(type(pair) in KINDS for pair in pairs):
        return natives.perform_list(pairs, lambda now: assemble(engine, kind, list(now), region), kind)
    keys = [known(pair[0]) for pair in pairs]
    if any(type(key) in KINDS for key in keys):
        made = natives.perform_list(keys, lambda now: _dict(engine, list(now), pairs), kind)
        return displays.holding(made, [known(pair[1]) for pair in pairs])
    return _dict(engine, keys, pairs)


def _dict(engine: Engine, keys: list[Any], pairs: list[Any]) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key, pair in zip(keys, pairs, strict=True):
        displays.put(made, known(key), known(pair[1]))
    engine.slots.adopt(made)
    return made
