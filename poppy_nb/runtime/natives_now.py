"""Native operations that run at their place: what they change is noted, and operands that are kept are as they are now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from sys import getrefcount
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import DEEP, KEYS, VALUE, Effect
from poppy_nb.looking import is_a, parts_of

from . import counters, links, undo
from .chains import READ, WRITE
from .engine import Engine
from .hazards import ATOMS
from .placeholder import KINDS, known


_SEQUENCES = frozenset({list, tuple, deque})
_KEYED = frozenset({dict, set, frozenset})
SET_ITEM = "setitem dict|defaultdict|OrderedDict|Counter"
OPEN = (list, dict, deque)  # can hold placeholders


def ready(engine: Engine, effect: Effect, operands: Sequence[Any]) -> bool:
    """A quick look, in one pass: nothing is in the way of running it now. If it cannot tell, `perform` looks closely."""
    if effect.final or effect.resource is not None:
        return False
    chains, needs = engine.chains, effect.needs
    last = len(needs) - 1
    for index, value in enumerate(operands):
        kind = type(value)
        if kind in ATOMS:
            continue
        depth = needs[index] if index < last else needs[last]
        writes = index in effect.writes
        if depth < VALUE:
            # It is only passed on
            if writes or kind in KINDS and (depth or value.aliases != () or id(value) in chains.of or chains.everything):
                return False
            continue
        if not (kind in _SEQUENCES and depth == VALUE or kind in _KEYED and depth <= KEYS):
            return False
        if chains.everything or id(value) in chains.of:
            strand = engine.current
            position = (*strand.path, strand.count + 1)
            if chains.conflict(id(value), WRITE if writes else READ, position) is not None:
                return False
    return True


def frozen(engine: Engine, value: Any, depth: int) -> Any:
    """A copy of an exact builtin container, as deep as it will be read; other things as they are."""
    kind = type(value)
    if depth < VALUE or kind not in (list, dict, set):
        return value
    if kind is set:
        return set(value)
    if depth >= DEEP:
        copy: Any = _deep(value, {})
        _adopt_deep(engine, copy, set())
        return copy
    copy = value.copy()
    engine.slots.adopt(copy)
    return copy


def _deep(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind is not list and kind is not dict:
        return value
    if id(value) in memo:
        return memo[id(value)]
    if kind is list:
        made: Any = []
        memo[id(value)] = made
        made.extend(_deep(v, memo) for v in value)
    else:
        made = {}
        memo[id(value)] = made
        for key, item in value.items():
            made[key] = _deep(item, memo)
    return made


def _adopt_deep(engine: Engine, value: Any, seen: set[int]) -> None:
    if type(value) not in (list, dict) or id(value) in seen:
        return
    seen.add(id(value))
    engine.slots.adopt(value)
    for part in value if type(value) is list else value.values():
        if type(part) in (list, dict):
            _adopt_deep(engine, part, seen)


def run_now(engine: Engine, effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None,
            log: bool, bound: int = 0) -> Any:  # fmt: skip
    """Everything is there: run it (`bound` operands it brings along), remember how to undo it, enter what it left open."""
    values = [known(v) if type(v) in KINDS else v for v in operands]
    changes = log and changing(effect)
    keyed = changes and effect.name == SET_ITEM and type(values[1]) in ATOMS
    old = values[0].get(values[1], counters.ABSENT) if keyed else None
    take_back = undo.before(effect.name, values, kwargs) if changes else None
    named = {k: known(v) for k, v in kwargs.items()} if kwargs else NO_NAMES
    if not log and effect.resource is not None:
        engine.written.close_dropped(effect, values)
    result = function(*values[bound:], **named)
    if take_back is not None:
        target = values[effect.writes[0]] if effect.writes else None
        engine.undoable(take_back, target, id(target) if effect.writes else effect.resource, old)
        if effect.stores and id(target) in engine.chains.of:
            for value in links.stored(value for index, value in enumerate(values) if index not in effect.writes):
                links.link_behind(engine, id(target), value)
    if effect.gives == "file":
        engine.written.add(result)
        if log:
            engine.undoable(result.close, result, id(result))
    if engine.slots.count or log:
        for index in effect.writes:
            if type(values[index]) not in ATOMS:
                adopt_stored(engine, effect, values, index)
        # what a container held was entered when it was put there: here, by name and in the container at least two know of it
        if issubclass(type(result), OPEN) and effect.returns != "self" and (
            effect.returns != "part" or getrefcount(result) <= _NEW
        ):
            engine.slots.adopt(result)
    if type(result) is tuple and any(type(part) in KINDS for part in result):
        from .displays import make_tuple

        return make_tuple(*result)  # of `dict.popitem`
    return known(result) if type(result) in KINDS else result


NO_NAMES: dict[str, Any] = {}
_NEW = 2  # references to what nobody else knows yet: a variable, and the argument of who counts


def changing(effect: Effect) -> bool:
    """Whether an operation changes something that has to be taken back."""
    return bool(effect.writes) or (effect.resource is not None and effect.resource_mode == effects.Mode.WRITE)


_BEHIND = (".append", ".extend")  # what puts its operand at the end of a list


def adopt_stored(engine: Engine, effect: Effect, values: Sequence[Any], index: int) -> None:
    """What was stored is among the operands: look at the container only if one of them is or holds a placeholder."""
    container = values[index]
    others = [value for value in values if value is not container and type(value) not in ATOMS]
    for other in others:
        pending = type(other) in KINDS
        if not pending and not (
            issubclass(type(other), OPEN) and (engine.slots.count or any(type(v) in KINDS for v in parts_of(other)))
        ):
            continue
        if pending and is_a(container, dict) and len(values) == 3:
            engine.slots.put(container, values[1], other)
        elif pending and len(values) == 3 and type(values[1]) is int and effect.name.startswith("setitem"):
            place = values[1] if values[1] >= 0 else len(container) + values[1]
            engine.slots.put(container, place, other, stored=True)
        elif len(others) == 1:
            behind = effect.name.endswith(_BEHIND) or effect.name.startswith("inplace +")
            engine.slots.adopt_part(container, other, behind)
        else:
            engine.slots.adopt(container)
        return


def in_order(engine: Engine, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None) -> Any:
    """Unknown code: when everything before has retired, natively."""
    engine.in_order(f"{getattr(function, '__name__', 'a callable')}() runs unknown code")
    engine.whole([*operands, *(kwargs or {}).values()])
    from . import callers

    return callers.now(engine, function)(*[known(v) for v in operands], **{k: known(v) for k, v in (kwargs or {}).items()})


__all__ = ["NO_NAMES", "OPEN", "SET_ITEM", "adopt_stored", "changing", "frozen", "in_order", "ready", "run_now"]
