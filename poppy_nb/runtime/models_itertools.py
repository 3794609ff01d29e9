"""Models of `map` and `filter` and of the adaptors of itertools: native where every step of theirs is, else streams."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from poppy_nb.effects import native_iterator

from .adaptors import Stream
from .models_lazy import CONTAINERS, filter_steps, iterator
from .models_ops import MISSING, Ops, model


@model("lazy", keywords="func initial fillvalue repeat key r n strict selectors data iterable")
def lazy(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """map, filter and the adaptors of itertools."""
    if target is map or target is filter:
        if len(operands) < 2 or named or target is filter and len(operands) > 2:
            return target(*operands, **named)
        return target(ops.force(operands[0]), *[iterator(ops, operand) for operand in operands[1:]])
    recipe = _ITERTOOLS[target]
    target(*map(ops.force, _parameters(target, operands)), **{name: ops.force(one) for name, one in named.items()})  # may refuse
    return recipe(ops, target, *operands, **named)


def _parameters(target: Any, operands: tuple[Any, ...]) -> tuple[Any, ...]:
    """The operands with empty tuples for iterables, so that the native constructor can check the others."""
    if target in _FUNCTION_FIRST:
        return tuple(() if index == 1 else operand for index, operand in enumerate(operands))
    return tuple(() if index == 0 or target in _ALL_ITERABLES else operand for index, operand in enumerate(operands))


_FUNCTION_FIRST = frozenset({itertools.starmap, itertools.takewhile, itertools.dropwhile, itertools.filterfalse})
_ALL_ITERABLES = frozenset({itertools.chain, itertools.zip_longest, itertools.product, itertools.compress})


def _sources(ops: Ops, iterables: tuple[Any, ...]) -> list[Any]:
    return [iterator(ops, iterable) for iterable in iterables]


def _native_or(make: Callable[..., Any]) -> Callable[..., Any]:
    """Native if a native step of every source calls back nothing, and the items are passed on as they are; else a stream."""

    def recipe(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
        sources = _sources(ops, operands)
        if not named and all(map(native_iterator, sources)):
            return target(*sources)
        steps = make(ops, *[ops.iterate(source) for source in sources], **named)
        return Stream(ops, target, steps, *sources).instead_of(partial(target, *sources, **named))

    return recipe


def _chain(ops: Ops, target: Any, *iterables: Any) -> Any:
    if all(type(one) in CONTAINERS or native_iterator(one) for one in iterables):
        return itertools.chain(*iterables)
    steps = (item for iterable in iterables for item in ops.iterate(iterable))
    return Stream(ops, target, steps, *iterables).instead_of(partial(target, *iterables))


@model("chain_from_iterable", least=1, most=1)
def chain_from_iterable(ops: Ops, target: Any, iterables: Any) -> Any:
    """itertools.chain.from_iterable."""
    source = iterator(ops, iterables)
    outer = ops.iterate(source)
    made = Stream(ops, itertools.chain, (item for iterable in outer for item in ops.iterate(iterable)), source)
    made.inner = outer
    return made.instead_of(partial(target, source))


def _islice(ops: Ops, target: Any, iterable: Any, *bounds: Any) -> Any:
    bounds = tuple(ops.force(bound) for bound in bounds)
    source = iterator(ops, iterable)
    if native_iterator(source):
        return itertools.islice(source, *bounds)
    items = _Numbered(ops.iterate(source))
    steps = (items.item for _ in itertools.islice(items, *bounds))
    return Stream(ops, target, steps, source).instead_of(partial(target, source, *bounds))


class _Numbered:
    """Lets a native adaptor decide how far to go without handing it the items."""

    def __init__(self, items: Iterator[Any]) -> None:
        self.items = items
        self.item: Any = None

    def __iter__(self) -> _Numbered:
        return self

    def __next__(self) -> None:
        self.item = next(self.items)


def _compress(ops: Ops, target: Any, data: Any, selectors: Any) -> Any:
    data, selectors = _sources(ops, (data, selectors))
    pairs = zip(ops.iterate(data), ops.iterate(selectors), strict=False)
    steps = (item for item, test in pairs if ops.force(ops.truth(test)))
    return Stream(ops, target, steps, data, selectors).instead_of(partial(target, data, selectors))


def _zip_longest(ops: Ops, *sources: Iterator[Any], fillvalue: Any = None) -> Iterator[Any]:
    fill = ops.build_list([fillvalue])
    live: list[Iterator[Any] | None] = list(sources)
    while live:
        items = []
        for index, source in enumerate(live):
            item = MISSING if source is None else next(source, MISSING)
            if item is MISSING:
                live[index] = None
                if not any(one is not None for one in live):
                    return
            items.append(fill[0] if item is MISSING else item)
        yield ops.build_tuple(items)


def _pairwise(ops: Ops, source: Iterator[Any]) -> Iterator[Any]:
    last = ops.build_list([next(source, MISSING)])
    if last[0] is MISSING:
        return
    for item in source:
        pair = ops.build_tuple((last[0], item))
        last = ops.build_list([item])
        yield pair


def _cycle(ops: Ops, source: Iterator[Any]) -> Iterator[Any]:
    saved: list[Any] = ops.build_list([])
    for item in source:
        ops.call(list.append, saved, item)
        yield item
    while saved:
        yield from saved


def _batched(ops: Ops, target: Any, iterable: Any, n: Any = MISSING, *, strict: Any = False) -> Any:
    source = iterator(ops, iterable)
    size = ops.force(n)

    def batches() -> Iterator[Any]:
        items = ops.iterate(source)
        while batch := list(itertools.islice(items, size)):
            if strict and len(batch) != size:
                raise ValueError("batched(): incomplete batch")
            yield ops.build_tuple(batch)

    more = {"strict": True} if strict else {}
    return Stream(ops, target, batches(), source).instead_of(partial(target, source, size, **more))


def _pooled(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """product, permutations, combinations: natively over positions, the items are looked up when asked for."""
    if target is itertools.product and ops.force(named.get("repeat")) == 0:
        return target(repeat=0)  # it leaves the iterables alone
    count = len(operands) if target is itertools.product else 1
    pools = [ops.build_list(ops.iterate(operand)) for operand in operands[:count]]
    rest = [ops.force(operand) for operand in operands[count:]]
    named = {name: ops.force(value) for name, value in named.items() if name != "iterable"}
    if not any(ops.pending(item) for pool in pools for item in pool):
        return target(*pools, *rest, **named)
    places = target(*[range(len(pool)) for pool in pools], *rest, **named)
    width = max(count, 1)
    rows = (ops.build_tuple([pools[at % width][i] for at, i in enumerate(chosen)]) for chosen in places)
    return Stream(ops, target, rows, *pools).instead_of(partial(target, *pools, *rest, **named))


def _accumulate(ops: Ops, target: Any, iterable: Any, func: Any = None, *, initial: Any = None) -> Any:
    source = iterator(ops, iterable)
    func = ops.force(func)

    def totals() -> Iterator[Any]:
        items = ops.iterate(source)
        first = initial if initial is not None else next(items, MISSING)
        if first is MISSING:
            return
        total = ops.build_list([first])  # in a list, so that it is filled when known
        yield total[0]
        for item in items:
            total = ops.build_list([ops.binary("+", total[0], item) if func is None else ops.call(func, total[0], item)])
            yield total[0]

    return Stream(ops, target, totals(), source, func).instead_of(partial(target, source, func, initial=initial))


def _starmap(ops: Ops, target: Any, function: Any, iterable: Any) -> Any:
    function, source = ops.force(function), iterator(ops, iterable)
    steps = (ops.call(function, *ops.iterate(item)) for item in ops.iterate(source))
    return Stream(ops, target, steps, function, source).instead_of(partial(target, function, source))


def _filterfalse(ops: Ops, target: Any, function: Any, iterable: Any) -> Any:
    stream = Stream(ops, target, iter(()), ops.force(function), iterator(ops, iterable))
    stream.steps = (item for item, test in filter_steps(ops, stream) if not ops.force(test))
    return stream.instead_of(partial(target, *stream.parts))


def _takewhile(ops: Ops, target: Any, function: Any, iterable: Any) -> Any:
    function, source = ops.force(function), iterator(ops, iterable)

    def items() -> Iterator[Any]:
        for item in ops.iterate(source):
            if not ops.force(ops.truth(ops.call(function, item))):
                return
            yield item

    return Stream(ops, target, items(), function, source).instead_of(partial(target, function, source))


def _dropwhile(ops: Ops, target: Any, function: Any, iterable: Any) -> Any:
    function, source = ops.force(function), iterator(ops, iterable)

    def items() -> Iterator[Any]:
        rest = ops.iterate(source)
        for item in rest:
            if not ops.force(ops.truth(ops.call(function, item))):
                yield item
                yield from rest

    return Stream(ops, target, items(), function, source).instead_of(partial(target, function, source))


def _groupby(ops: Ops, target: Any, iterable: Any, key: Any = None) -> Any:
    key, source = ops.force(key), iterator(ops, iterable)

    def groups() -> Iterator[Any]:
        items = ops.iterate(source)
        ahead: list[Any] = []  # the key and, in a list that is filled, the item that begins the next group

        def step() -> bool:
            item = next(items, MISSING)
            ahead[:] = [] if item is MISSING else [item if key is None else ops.call(key, item), ops.build_list([item])]
            return bool(ahead)

        def same(one: Any) -> bool:
            return bool(ahead) and bool(ops.force(ops.truth(ops.compare("==", one, ahead[0]))))

        def group(one: Any) -> Iterator[Any]:
            mark = current
            while current is mark and same(one):
                held = ahead[1]
                more = step()
                yield held[0]
                if not more:
                    return

        def stale(mark: object) -> bool:
            return not ahead or current is not mark

        step()
        while ahead:
            one = ops.force(ahead[0])
            mark = current = object()
            made = Stream(ops, _GROUPER, group(one), source, key)
            made.stale = partial(stale, mark)
            ops.left(made)
            yield ops.build_tuple((one, made))
            while same(one) and step():
                pass

    return Stream(ops, target, groups(), source, key).instead_of(partial(target, source, key))


_GROUPER = type(next(itertools.groupby("a"))[1])


@model("tee", least=1, most=2, keywords="n")
def make_tee(ops: Ops, target: Any, iterable: Any, n: Any = 2) -> Any:
    """itertools.tee."""
    n, source = ops.force(n), iterator(ops, iterable)
    if native_iterator(source):
        for part in gc.get_referents(source):  # what has been stepped over stays in the branches, where nothing can be filled in
            if type(part) in (list, tuple, dict):
                ops.whole(part)
        return itertools.tee(source, n)
    items, seen = ops.iterate(source), ops.build_list([])

    def branch() -> Iterator[Any]:
        for at in itertools.count():
            if at < ops.force(ops.call(len, seen)):  # which waits for an item that a step before has yet to put there
                yield ops.getitem(seen, at)
                continue
            item = next(items, MISSING)
            if item is MISSING:
                return
            ops.call(list.append, seen, item)
            yield item

    kind: Any = type(itertools.tee(())[0])
    branches = [Stream(ops, kind, branch(), source, seen) for _ in itertools.tee((), n)]
    for one in branches:
        ops.left(one)
    return ops.build_tuple(branches)


_ITERTOOLS: dict[Any, Callable[..., Any]] = {
    itertools.chain: _chain, itertools.islice: _islice, itertools.compress: _compress,
    itertools.zip_longest: _native_or(_zip_longest),
    itertools.pairwise: _native_or(_pairwise), itertools.cycle: _native_or(_cycle), itertools.product: _pooled,
    itertools.permutations: _pooled, itertools.combinations: _pooled, itertools.combinations_with_replacement: _pooled,
    itertools.accumulate: _accumulate, itertools.starmap: _starmap, itertools.filterfalse: _filterfalse,
    itertools.takewhile: _takewhile, itertools.dropwhile: _dropwhile, itertools.groupby: _groupby,
}  # fmt: skip
if hasattr(itertools, "batched"):
    _ITERTOOLS[itertools.batched] = _batched
