"""Models of what reads an iterable to a result: constructors of containers, sorting, sums, extremes, tests, reductions."""

from __future__ import annotations

import functools
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Any

from poppy_nb.effects import DEEP, KEYS, OBJECT, VALUE
from poppy_nb.looking import is_a

from . import models_itertools  # noqa: F401 - enters its models; whoever has these needs those
from .models_lazy import CONTAINERS, drained
from .models_ops import MISSING, Ops, model
from .models_parts import parts


_NUMBERS = frozenset({int, float, complex, bool})


# --- containers


@model("listed", most=2, keywords="maxlen")
def listed(ops: Ops, target: Any, iterable: Any = (), /, *maxlen: Any, **named: Any) -> Any:
    """list, tuple, set, frozenset, deque of an iterable."""
    if (maxlen or named) and target is not deque:
        return target(iterable, *maxlen, **named)
    items = drained(ops, iterable, target in (list, tuple))
    if target is list:
        return ops.build_list(items)
    if target is tuple:
        return ops.build_tuple(items)
    if target is set:
        return ops.build_set(items)
    if target is frozenset:
        return ops.defer(frozenset, ops.build_list(items))
    return ops.defer(deque, ops.build_list(items), *maxlen, *named.values(), depth=(VALUE, DEEP))


@model("dict", keywords=None)
def make_dict(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """dict, defaultdict, OrderedDict of a mapping or of pairs, and keywords."""
    factory, source = (operands[:1], operands[1:]) if target is defaultdict else ((), operands)
    if len(source) > 1:
        return target(*operands)
    pairs = [*pairs_of(ops, source[0]), *named.items()] if source else list(named.items())
    if target is OrderedDict:  # not by way of a dict, which would ask for each key's hash once more
        made: Any = OrderedDict()
        for key, value in pairs:
            ops.setitem(made, key, value)
        return made
    built = ops.build_dict(pairs)
    return built if target is dict else ops.defer(target, *factory, built, depth=(*[OBJECT for _ in factory], KEYS))


def pairs_of(ops: Ops, source: Any) -> Iterator[tuple[Any, Any]]:
    """The keys and values that a dict is made of or updated with."""
    source = ops.force(source)
    if is_a(source, dict) and type(source).__iter__ is dict.__iter__:
        for key in ops.iterate(ops.call(dict.keys, source)):
            yield key, ops.call(dict.__getitem__, source, key)  # what a class makes of it is not asked
        return
    if hasattr(type(source), "keys"):
        keys = ops.force(ops.call(ops.getattr(source, "keys")))
        for key in ops.iterate(keys):
            yield key, ops.getitem(source, key)
        return
    for index, pair in enumerate(ops.iterate(source)):
        try:
            parts = list(ops.iterate(pair))
        except TypeError:
            if hasattr(type(ops.force(pair)), "__iter__"):
                raise
            raise TypeError(f"cannot convert dictionary update sequence element #{index} to a sequence") from None
        if len(parts) != 2:
            raise ValueError(f"dictionary update sequence element #{index} has length {len(parts)}; 2 is required")
        yield parts[0], parts[1]


@model("update", least=1, most=2, keywords=None)
def update(ops: Ops, target: Any, mapping: Any, /, *source: Any, **named: Any) -> None:
    """dict.update, pair by pair: what came before a failure stays."""

    def put(key: Any, value: Any) -> None:
        if own:
            ops.setitem(mapping, key, value)
        else:
            ops.call(dict.__setitem__, mapping, key, value)

    mapping = ops.force(mapping)
    own = not is_a(mapping, dict) or is_a(mapping, OrderedDict) or type(mapping).__setitem__ is dict.__setitem__
    for one in source:
        for key, value in pairs_of(ops, one):
            put(key, value)
    for key, value in named.items():
        put(key, value)


@model("extend", least=1)
def extend(ops: Ops, target: Any, container: Any, *sources: Any) -> Any:
    """list.extend, deque.extend and extendleft, set.update: item by item, as the native ones do."""
    container = ops.force(container)
    if isinstance(container, set):
        add: Any = set.add
    elif len(sources) != 1:
        return target(*sources) if hasattr(target, "__self__") else target(container, *sources)
    elif isinstance(container, list):
        add = list.append
    else:
        add = deque.appendleft if target.__name__ == "extendleft" else deque.append
    for source in sources:
        _put_all(ops, add, container, source)
    return None


@model("iadd", least=2, most=2)
def iadd(ops: Ops, target: Any, container: Any, source: Any) -> Any:
    """`list += iterable`."""
    _put_all(ops, list.append, container, source)
    return container


def _put_all(ops: Ops, add: Any, container: Any, source: Any) -> None:
    """Add the items of `source`. Steps of an iterator see what was added before: `xs.extend(y for y in ys if y not in xs)`."""
    source = ops.force(source)
    if type(source) in CONTAINERS:
        for item in list(ops.iterate(source)):
            ops.call(add, container, item)
        return
    found = parts(ops, source)
    if found is not None:
        for part in found:
            if ops.pending(part):  # whether it is added is known later: nobody waits for that but who looks at the container
                ops.apart_as(add.__get__(container), (container, part), _put_part, ops, add, container, part)
            else:
                _put_part(ops, add, container, part)
        return
    items = ops.steps(source)
    if add is list.append:
        ops.hint(source)
    for item in items:
        ops.call(add, container, item)


def _put_part(ops: Ops, add: Any, container: Any, part: Any) -> None:
    for item in ops.unfolded(part):
        ops.call(add, container, item)


# --- sorting: the keys are calls in order, then one native sort of the positions


def _positions(keys: list[Any], reverse: Any) -> list[int]:
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)


def _take(items: list[Any], order: list[int]) -> list[Any]:
    return [items[index] for index in order]


def _order(ops: Ops, items: list[Any], key: Any, reverse: Any) -> Any:
    key = ops.force(key)
    keys = items if key is None else [ops.call(key, item) for item in items]
    return ops.defer(_positions, ops.build_list(keys), reverse)


@model("sorted", least=1, most=1, keywords="key reverse")
def make_sorted(ops: Ops, target: Any, iterable: Any, *, key: Any = None, reverse: Any = False) -> Any:
    """sorted."""
    items = drained(ops, iterable, True)
    return _taken(ops, items, _order(ops, items, key, reverse))


def _taken(ops: Ops, items: list[Any], order: Any) -> Any:
    if not ops.pending(order):
        return ops.build_list(_take(items, ops.force(order)))
    return ops.list_of(items, ops.defer(_take, ops.build_list(items), order, depth=(VALUE, DEEP)))


@model("largest", least=2, most=2, keywords="key")
def largest(ops: Ops, target: Any, count: Any, iterable: Any, *, key: Any = None) -> Any:
    """heapq.nlargest, nsmallest."""
    count = ops.force(count)
    items = drained(ops, iterable, True)
    key = ops.force(key)
    keys = items if key is None else [ops.call(key, item) for item in items]
    return _taken(ops, items, ops.defer(functools.partial(_places, target), count, ops.build_list(keys)))


def _places(target: Any, count: Any, keys: list[Any]) -> list[int]:
    return target(count, range(len(keys)), key=keys.__getitem__)  # type: ignore[no-any-return]


@model("sort", least=1, most=1, keywords="key reverse")
def sort(ops: Ops, target: Any, items: Any, *, key: Any = None, reverse: Any = False) -> None:
    """list.sort. Its result is a change of a list, so it waits for the keys."""
    before = list(ops.iterate(items))
    order = ops.force(_order(ops, before, key, reverse))
    ops.setitem(items, slice(None), ops.build_list(_take(before, order)))


# --- extremes and sums: one step per item, so that a step that fails does so before what the next item takes


def _better(target: Any, state: list[Any], index: int, key: Any) -> list[Any]:
    return [index, key] if not state or target((0, 1), key=[state[1], key].__getitem__) else state


@model("extreme", least=1, keywords="key default")
def extreme(ops: Ops, target: Any, *operands: Any, key: Any = None, default: Any = MISSING) -> Any:
    """min, max."""
    if len(operands) > 1 and default is not MISSING:
        return target(*operands, default=default)
    source = iter(operands) if len(operands) > 1 else ops.iterate(operands[0])
    key = ops.force(key)
    if key is None and len(operands) > 1 and any(map(ops.pending, operands)):
        return ops.defer(target, *operands, again=lambda: operands[_step_by_step(ops, target, operands)])
    if key is None and default is MISSING and len(operands) == 1 and type(operands[0]) in _AT_HAND:
        every = list(source)
        if any(map(ops.pending, every)):
            where = ops.defer(functools.partial(_where, target), *every, again=lambda: _step_by_step(ops, target, every))
            return ops.getitem(ops.build_list(every), where)
        source = iter(every)
    items: list[Any] = []
    state: Any = []
    for index, item in enumerate(source):
        items.append(item)
        one = item if key is None else ops.call(key, item)
        state = ops.defer(functools.partial(_better, target), state, index, one, depth=(OBJECT, OBJECT, DEEP))
    if not items:
        return target(()) if default is MISSING else default
    if ops.pending(state):
        return ops.getitem(ops.build_list(items), ops.defer(_first, state, depth=OBJECT))
    return items[ops.force(state)[0]]  # it may have become known meanwhile


# No step over these does anything: what is pending among their items is waited for by one operation, not by one for each
_AT_HAND = (list, tuple)


def _where(target: Any, *items: Any) -> int:
    return target(range(len(items)), key=items.__getitem__)  # type: ignore[no-any-return]


def _step_by_step(ops: Ops, target: Any, items: Sequence[Any]) -> int:
    state: Any = []
    for index, item in enumerate(items):
        state = ops.defer(functools.partial(_better, target), state, index, item, depth=(OBJECT, OBJECT, DEEP))
    return _first(ops.force(state))


def _first(state: list[Any]) -> int:
    return state[0]  # type: ignore[no-any-return]


@model("sum", least=1, most=2, keywords="start")
def make_sum(ops: Ops, target: Any, iterable: Any, /, start: Any = 0) -> Any:
    """sum. Numbers are added by the native one, at once (since 3.12 it compensates rounding); others one by one."""
    start = ops.force(start)
    if isinstance(start, (str, bytes, bytearray)):
        return target((), start)
    total: Any = start
    numbers: list[Any] = []
    state: Any = None  # from the first pending item on: what is added up, and the numbers that are not yet
    native = type(start) in _NUMBERS
    source = ops.iterate(iterable)
    if native and type(iterable) in _AT_HAND:
        every = list(source)
        if any(map(ops.pending, every)):
            again = functools.partial(_sum_again, ops, target, every, start)
            return ops.defer(_sum, start, *every, depth=(OBJECT, DEEP), again=again)
        source = iter(every)
    for item in source:
        if state is None and native and ops.pending(item):
            state = [total, numbers]
        if state is not None:
            state = ops.defer(_add, state, item, depth=(OBJECT, DEEP))
            continue
        native = native and type(item) in _NUMBERS
        if native:
            numbers.append(item)
            continue
        if numbers:
            total, numbers = sum(numbers, total), []
        total = ops.binary("+", total, item)
    if state is not None:
        return ops.defer(_total, state, depth=OBJECT)
    return sum(numbers, total) if numbers else total


def _sum(start: Any, *items: Any) -> Any:
    return sum(items, start)


def _sum_again(ops: Ops, target: Any, items: list[Any], start: Any) -> Any:
    return make_sum(ops, target, [ops.force(item) for item in items], start)


def _add(state: list[Any], item: Any) -> list[Any]:
    total, numbers = state
    if type(item) in _NUMBERS and type(total) in _NUMBERS:
        numbers.append(item)  # in place: each state is used once
        return state
    return [_total(state) + item, []]


def _total(state: list[Any]) -> Any:
    return sum(state[1], state[0]) if state[1] else state[0]


@model("anyall", least=1, most=1)
def any_or_all(ops: Ops, target: Any, iterable: Any) -> bool:
    """any, all: the tests in order, and nothing behind the one that decides."""
    decides = target is any
    for item in ops.iterate(iterable):
        if ops.force(ops.truth(item)) is decides:
            return bool(decides)
    return not decides


@model("reduce", least=2, most=3, keywords="initial")
def reduce(ops: Ops, target: Any, function: Any, iterable: Any, initial: Any = MISSING) -> Any:
    """functools.reduce."""
    items = ops.iterate(iterable)
    value = initial
    if value is MISSING:
        value = next(items, MISSING)
        if value is MISSING:
            return target(function, ())  # for its TypeError
    for item in items:
        value = ops.call(function, value, item)
    return value


@model("subscript", least=2, most=2)
def subscript(ops: Ops, target: Any, container: Any, key: Any) -> Any:
    """`container[key]` of what may be a defaultdict."""
    container = ops.force(container)
    if type(container) is defaultdict:
        return defaultdict_getitem(ops, target, container, key)
    return ops.getitem(container, ops.force(key) if isinstance(container, defaultdict) else key)


@model("defaultdict_getitem", least=2, most=2)
def defaultdict_getitem(ops: Ops, target: Any, mapping: Any, key: Any) -> Any:
    """`mapping[key]` of a defaultdict: a missing key is a call of the factory and a store."""
    found = ops.call(dict.get, mapping, key, MISSING)
    if ops.pending(found):
        key = ops.whole(key)
        if ops.force(ops.compare("in", key, mapping)):  # that is known; what is there may be pending
            return ops.call(dict.__getitem__, mapping, key)
        found = MISSING
    if found is not MISSING:
        return found
    factory = mapping.default_factory
    if factory is None:
        raise KeyError(ops.whole(key))
    value = ops.call(factory)
    ops.setitem(mapping, key, value)
    return value


