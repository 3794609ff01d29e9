"""A result with references to copied arguments led back to the originals.

So that `answer["messages"] is messages`, as in plain Python, though the call got a copy.
"""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Mapping
from operator import is_
from typing import Any, TypeVar


_T = TypeVar("_T")
_ATOMS = frozenset({str, int, float, bool, types.NoneType, bytes, complex, type})
_CONTAINERS = frozenset({list, dict, deque, set})
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: made by a class statement


class MapBack:
    """One walk through a result, without recursion but for tuples in tuples.

    originals: by the id of a copy: the copy, its original.
    leaves: what was passed in by reference, by id; it is not entered, since it is not for the callee to put something into it.
    """

    MOST = 50_000  # instances looked into; a result with more is a library's structure, not a message with a list in it

    def __init__(self, originals: Mapping[int, tuple[Any, Any]], leaves: Mapping[int, object]) -> None:
        self._originals = originals
        self._seen: dict[int, object] = dict(leaves)  # keeps them, so that ids stay their own
        self._tuples: dict[int, Any] = {}
        self._work: list[Any] = []
        self._left = self.MOST

    def value(self, result: _T) -> _T:
        """The result, with originals for copies; changed in place where that is possible."""
        mapped = self._swap(result)
        while self._work:
            found = self._work.pop()
            if type(found) in _CONTAINERS:
                self._enter_container(found)
            else:
                self._enter_instance(found)
        return mapped  # type: ignore[no-any-return]

    def _swap(self, value: Any) -> Any:
        kind = type(value)
        if kind in _ATOMS:
            return value
        entry = self._originals.get(id(value))
        if entry is not None:
            return entry[1]
        if id(value) in self._seen:
            return self._tuples.get(id(value), value)
        self._seen[id(value)] = value
        if kind in _CONTAINERS or (_has_storage(kind) and self._left > 0):
            self._left -= 1
            self._work.append(value)
        elif kind is tuple or _is_named_tuple(kind):
            items = tuple(self._swap(item) for item in tuple.__iter__(value))
            if not all(map(is_, items, tuple.__iter__(value))):
                new = self._tuples[id(value)] = tuple.__new__(kind, items)
                return new
        return value

    def _enter_container(self, container: Any) -> None:
        is_dict = type(container) is dict
        if _ATOMS.issuperset(map(type, container.values() if is_dict else container)):
            return
        for key, value in list(container.items() if is_dict else enumerate(container)):
            new = self._swap(value)
            if new is not value and type(container) is not set:  # no copy is in a set: containers cannot be hashed
                container[key] = new

    def _enter_instance(self, instance: Any) -> None:
        if isinstance(instance, BaseException):
            args = BaseException.args.__get__(instance)  # type: ignore[attr-defined]
            new = self._swap(args)
            if new is not args:
                BaseException.args.__set__(instance, new)  # type: ignore[attr-defined]
        for descriptor in _storage(type(instance)):
            try:
                held = descriptor.__get__(instance)
            except AttributeError:  # an empty slot
                continue
            new = self._swap(held)
            if new is not held:
                descriptor.__set__(instance, new)


def _has_storage(kind: type) -> bool:
    if issubclass(kind, (type, types.ModuleType, tuple)):
        return False
    return bool(kind.__flags__ & _HEAP_TYPE) or issubclass(kind, BaseException)


_storages: dict[int, tuple[type, tuple[Any, ...]]] = {}  # by id: a metaclass may define a hash


def _storage(kind: type) -> tuple[Any, ...]:
    """Descriptors of the instance dict and of slots: reading them runs no code of the user's."""
    known = _storages.get(id(kind))
    if known is not None:
        return known[1]
    if len(_storages) > 1000:
        _storages.clear()
    members = [(name, descriptor) for base in kind.__mro__ for name, descriptor in vars(base).items()]
    slots = [descriptor for _, descriptor in members if type(descriptor) is types.MemberDescriptorType]
    dicts = [descriptor for name, descriptor in members if name == "__dict__" and type(descriptor) is types.GetSetDescriptorType]
    _storages[id(kind)] = (kind, tuple(slots + dicts[:1]))
    return _storages[id(kind)][1]


def _is_named_tuple(kind: type) -> bool:
    return issubclass(kind, tuple) and any("_fields" in vars(base) for base in kind.__mro__)
