"""How to take back each mutation of a list, bytearray, deque, dict, OrderedDict or set.

A recipe is called with the operands before the operation, and what it answers holds also if the operation then fails. Base
methods are called on purpose: a subclass of the user's must not notice.
"""

from __future__ import annotations

import operator
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import partial
from typing import Any


Undo = Callable[[], None]
MISSING = object()


def nothing() -> None:
    """The operation fails or changes nothing."""


def base_of(target: Any) -> str:
    """The name of the container class that `target` is an instance of, or an empty string."""
    for kind in (list, OrderedDict, dict, set, deque, bytearray):
        if issubclass(type(target), kind):
            return kind.__name__
    return ""


def restore_container(target: Any) -> Undo | None:
    """Restore all of a container from a shallow copy. None: it is not one."""
    keep = _KEEP.get(base_of(target))
    return None if keep is None else keep(target)


def _whole(target: Any) -> Undo:
    return _KEEP[base_of(target)](target)


# --- list, bytearray, deque: the same recipes, by the base class's own methods


def _sequence(kind: Any) -> dict[str, Callable[..., Undo]]:
    def extend(target: Any, *_: Any) -> Undo:
        size = kind.__len__(target)
        return partial(_shorten_deque, target, size) if kind is deque else partial(kind.__delitem__, target, slice(size, None))

    def insert(target: Any, index: Any, _: Any) -> Undo:
        size, at = kind.__len__(target), operator.index(index)
        if getattr(target, "maxlen", None) == size:
            return nothing
        at = max(at + size, 0) if at < 0 else min(at, size)
        return lambda: kind.__delitem__(target, at)

    def pop(target: Any, index: Any = -1) -> Undo:
        at = _position(target, index)
        if at is None:
            return nothing
        item = kind.__getitem__(target, at)
        return lambda: kind.insert(target, at, item)

    def setitem(target: Any, index: Any, _: Any) -> Undo:
        if isinstance(index, slice):
            return _whole(target)
        at = _position(target, index)
        if at is None:
            return nothing
        item = kind.__getitem__(target, at)
        return lambda: kind.__setitem__(target, at, item)

    def delitem(target: Any, index: Any) -> Undo:
        return _whole(target) if isinstance(index, slice) else pop(target, index)

    def repeat(target: Any, times: Any) -> Undo:
        return extend(target) if isinstance(times, int) and times > 0 else _whole(target)

    def reverse(target: Any) -> Undo:
        return lambda: kind.reverse(target)

    name = kind.__name__
    return {
        f"{name}.append": extend, f"{name}.extend": extend, f"{name}.insert": insert, f"{name}.pop": pop,
        f"{name}.reverse": reverse,
        f"{name}.setitem": setitem, f"{name}.delitem": delitem, f"{name}.inplace+": extend, f"{name}.inplace*": repeat,
        f"{name}.__setitem__": setitem, f"{name}.__delitem__": delitem,
    }  # fmt: skip


def _shorten_deque(target: deque[Any], size: int) -> None:
    while len(target) > size:
        deque.pop(target)


def _position(target: Any, index: Any) -> int | None:
    """The index counted from the front, if there is such an item."""
    try:
        at = operator.index(index)
    except TypeError:
        return None
    size = len(target)
    return at + size if -size <= at < 0 else at if 0 <= at < size else None


def _restore_sequence(kind: Any) -> Callable[[Any], Undo]:
    def keep(target: Any) -> Undo:
        items = kind.__getitem__(target, slice(None))
        return lambda: kind.__setitem__(target, slice(None), items)

    return keep


def _restore_deque(target: deque[Any]) -> Undo:
    items = list(target)

    def undo() -> None:
        deque.clear(target)
        deque.extend(target, items)

    return undo


def _bounded(plain: Callable[..., Undo]) -> Callable[..., Undo]:
    """A deque with a maximal length loses items at the other end."""

    def recipe(target: deque[Any], *operands: Any) -> Undo:
        return plain(target, *operands) if target.maxlen is None else _restore_deque(target)

    return recipe


def _deque_append(target: deque[Any], _: Any) -> Undo:
    full = target.maxlen == len(target)
    if full and not target:
        return nothing
    lost = target[0] if full else None

    def undo() -> None:
        deque.pop(target)
        if full:
            deque.appendleft(target, lost)

    return undo


def _deque_appendleft(target: deque[Any], _: Any) -> Undo:
    full = target.maxlen == len(target)
    if full and not target:
        return nothing
    lost = target[-1] if full else None

    def undo() -> None:
        deque.popleft(target)
        if full:
            deque.append(target, lost)

    return undo


def _deque_extendleft(target: deque[Any], *_: Any) -> Undo:
    size = len(target)

    def undo() -> None:
        while len(target) > size:
            deque.popleft(target)

    return undo


def _deque_popleft(target: deque[Any]) -> Undo:
    if not target:
        return nothing
    item = target[0]
    return lambda: deque.appendleft(target, item)


def _deque_rotate(target: deque[Any], steps: int = 1) -> Undo:
    back = -operator.index(steps)
    return lambda: deque.rotate(target, back)


# --- dict and its relatives; an OrderedDict keeps its order in a list of its own, so only its own methods may touch it


def _mapping(kind: Any) -> dict[str, Callable[..., Undo]]:
    def setitem(target: Any, key: Any, _: Any = None) -> Undo:
        old = dict.get(target, key, MISSING)
        if old is MISSING:
            return lambda: kind.pop(target, key, None)
        return lambda: kind.__setitem__(target, key, old)

    def setdefault(target: Any, key: Any, _: Any = None) -> Undo:
        return nothing if dict.__contains__(target, key) else lambda: kind.pop(target, key, None)

    def delitem(target: Any, key: Any, _: Any = None) -> Undo:
        if not dict.__contains__(target, key):
            return nothing
        last = next(kind.__reversed__(target))
        if not (last is key or type(last) is type(key) and last == key):
            return _whole(target)
        old = dict.__getitem__(target, key)
        return lambda: kind.__setitem__(target, last, old)

    def popitem(target: Any, last: Any = True) -> Undo:
        if not target:
            return nothing
        if not last:
            return _whole(target)
        key = next(kind.__reversed__(target))
        return delitem(target, key)

    def default(target: Any, key: Any) -> Undo:
        return setdefault(target, key) if hasattr(target, "default_factory") else nothing

    name = kind.__name__
    return {
        f"{name}.setitem": setitem, f"{name}.__setitem__": setitem, f"{name}.setdefault": setdefault, f"{name}.delitem": delitem,
        f"{name}.__delitem__": delitem, f"{name}.pop": delitem, f"{name}.popitem": popitem, f"{name}.getitem": default,
    }  # fmt: skip


def _restore_mapping(kind: Any) -> Callable[[Any], Undo]:
    def keep(target: Any) -> Undo:
        items = list(kind.items(target))

        def undo() -> None:
            kind.clear(target)
            for key, value in items:
                kind.__setitem__(target, key, value)

        return undo

    return keep


# --- set: equality and identity of the members are restored, the order of iteration as far as the table was not resized


class _Probe:
    """Equal to a key, it finds the very object that a table holds for it."""

    def __init__(self, key: Any) -> None:
        self.key = key
        self.found = key

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        if other is self.key or other == self.key:
            self.found = other
            return True
        return False


def _set_add(target: set[Any], item: Any) -> Undo:
    return nothing if set.__contains__(target, item) else lambda: set.discard(target, item)


def _set_discard(target: set[Any], item: Any) -> Undo:
    if isinstance(item, set):
        return _restore_set(target)
    probe = _Probe(item)
    return (lambda: set.add(target, probe.found)) if set.__contains__(target, probe) else nothing


def _set_update(target: set[Any], *others: Any) -> Undo:
    if not all(hasattr(type(other), "__len__") for other in others):
        return _restore_set(target)
    added = [item for other in others for item in other if not set.__contains__(target, item)]
    return lambda: set.difference_update(target, added)


def _restore_set(target: set[Any]) -> Undo:
    items = set.copy(target)

    def undo() -> None:
        set.clear(target)
        set.update(target, items)

    return undo


_KEEP: dict[str, Callable[[Any], Undo]] = {
    "list": _restore_sequence(list), "bytearray": _restore_sequence(bytearray), "deque": _restore_deque, "set": _restore_set,
    "dict": _restore_mapping(dict), "OrderedDict": _restore_mapping(OrderedDict),
}  # fmt: skip
_deque = _sequence(deque)
CONTAINERS: dict[str, Callable[..., Undo]] = {
    **_sequence(list), **_sequence(bytearray), **_mapping(dict), **_mapping(OrderedDict), **_deque,
    **{f"bytearray.{name}": lambda target, *_: _whole(target) for name in ("insert", "pop", "extend")},
    "deque.append": _deque_append, "deque.appendleft": _deque_appendleft, "deque.popleft": _deque_popleft,
    "deque.rotate": _deque_rotate,
    "deque.extend": _bounded(_deque["deque.extend"]), "deque.inplace+": _bounded(_deque["deque.extend"]),
    "deque.inplace*": _bounded(_deque["deque.inplace*"]), "deque.extendleft": _bounded(_deque_extendleft),
    "set.add": _set_add, "set.discard": _set_discard, "set.remove": _set_discard, "set.update": _set_update,
    "set.inplace|": _set_update,
}  # fmt: skip
