"""Arguments as they are at dispatch: exact builtin containers are copied, everything else is a leaf and goes by reference.

So the usual `messages` list can be changed while a call with it is in flight. No code of the user's runs (but for the hash of a
key of the user's whose value is a container).
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import pathlib
import re
import types
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import is_
from typing import Any, TypeVar

from poppy_nb.events import shorten

from .mapback import MapBack


_T = TypeVar("_T")

# Leaves that cannot be changed: nobody waits for them.
IMMUTABLE = frozenset({
    str, int, float, bool, types.NoneType, bytes, complex, range, slice, types.EllipsisType, types.NotImplementedType,
    types.BuiltinFunctionType, types.ModuleType, re.Pattern, decimal.Decimal, fractions.Fraction, uuid.UUID,
    datetime.date, datetime.time, datetime.datetime, datetime.timedelta, datetime.timezone,
    pathlib.PosixPath, pathlib.WindowsPath, pathlib.PurePosixPath, pathlib.PureWindowsPath,
})  # fmt: skip
_COPIED = frozenset({list, dict, set, deque, bytearray})
_BY_VALUE = frozenset({str, int, float, bool, bytes, complex})  # equal is as good as identical


class _Tuple:
    """A tuple that cannot be made yet: `missing` of its items are not known."""

    __slots__ = ("items", "made", "missing", "of")

    def __init__(self, of: tuple[Any, ...]) -> None:
        self.of = of  # kept, so that its id stays its own
        self.items = list(of)
        self.missing = 0
        self.made: tuple[Any, ...] | None = None

    def __setitem__(self, index: int, value: object) -> None:
        self.items[index] = value


class Captured:
    """Arguments of one call, see `capture`.

    `args` and `kwargs` are there once `ready`: before, `open` has the values that are not known, each to be given to `fill`.
    `leaves` are the objects among and below the arguments, copied containers left out, that may be changed: each once.
    """

    __slots__ = ("_args", "_holes", "_is_open", "_kwargs", "_leaves", "_memo", "_originals", "_shapes", "_work", "classes")

    def __init__(self, is_open: Callable[[object], bool] | None, as_is: Iterable[object]) -> None:
        self._is_open = is_open
        self._args = _NO_ARGS
        self._kwargs: dict[str, Any] = {}
        self._memo: dict[int, Any] = {id(value): value for value in as_is}
        self._originals: dict[int, tuple[Any, Any]] = {}  # id of a copy: the copy, its original
        self._leaves: dict[int, object] = {id(value): value for value in as_is if type(value) not in IMMUTABLE}
        self.classes: list[type] = []  # which the call gets as they are, too; nobody waits for them
        self._holes: dict[int, tuple[object, list[tuple[Any, Any]]]] = {}  # id of an open value or a _Tuple: where it is wanted
        self._work: list[Any] = []
        self._shapes: list[tuple[Any, Any]] = []

    @property
    def args(self) -> tuple[Any, ...]:
        """The positional arguments to call with."""
        assert self.ready
        return tuple(self._args.items)

    @property
    def kwargs(self) -> dict[str, Any]:
        """The keyword arguments to call with."""
        assert self.ready
        return self._kwargs

    @property
    def ready(self) -> bool:
        """Whether everything is known."""
        return not self._holes

    @property
    def copied(self) -> bool:
        """Whether any container was copied."""
        return bool(self._originals)

    @property
    def open(self) -> list[object]:
        """What is not known yet, each value once, in the order in which it was found."""
        return [value for value, _ in self._holes.values() if type(value) is not _Tuple]

    @property
    def leaves(self) -> list[object]:
        """Objects that the call gets by reference and that may be changed."""
        return list(self._leaves.values())

    @property
    def originals(self) -> list[object]:
        """The containers that were copied: the answer may be one of them, or contain it."""
        return [original for _, original in self._originals.values() if type(original) is not tuple]

    def fill(self, unknown: object, value: object) -> None:
        """Put `value`, captured as it is now, wherever `unknown` stood. It may bring new open values."""
        self._fill(unknown, value)
        self._finish()

    def complete(self, resolve: Callable[[Any], object]) -> None:
        """Fill until nothing is open: `resolve(unknown)` gives the value of each."""
        while self._holes:
            for unknown in self.open:
                self._fill(unknown, resolve(unknown))
            self._finish()

    def changed(self, parameters: Sequence[str] = ()) -> str | None:
        """Where the callee has changed a copy, as `args[0]['messages'][2]`, or None. To be asked after the call.

        `parameters` are names for the positional arguments, used instead of `args[0]`.
        """
        for copy, shape in self._shapes:
            if not _same(copy, shape):
                return self._path_to(copy, parameters) + _difference(copy, shape)
        return None

    def map_back(self, result: _T) -> _T:
        """The result with references to copies replaced by the originals.

        Looks into exact builtin containers, named tuples, instances of Python classes and arguments of exceptions, and changes
        them in place, tuples excepted.
        """
        return MapBack(self._originals, self._leaves).value(result) if self._originals else result

    # ---- capturing

    def _start(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        if args:
            self._args = _Tuple(args)
            for index, value in enumerate(args):
                if type(value) not in IMMUTABLE:
                    self._place(self._args, index, value)
        if kwargs:
            self._kwargs = dict(kwargs)
            for key, value in kwargs.items():
                if type(value) not in IMMUTABLE:
                    self._place(self._kwargs, key, value)
        self._finish()

    def _finish(self) -> None:
        work = self._work
        while work:  # a stack of our own: nesting may be deeper than Python's
            copy = work.pop()
            kind = type(copy)
            if kind is dict:
                for key, value in copy.items():
                    if type(value) not in IMMUTABLE:
                        self._place(copy, key, value)  # changes values only, so that the iteration holds
                    if type(key) not in IMMUTABLE:
                        self._hashable(key)
            elif kind is set:
                for item in copy:
                    if type(item) not in IMMUTABLE:
                        self._hashable(item)
            else:
                for index, value in enumerate(list(copy) if kind is deque else copy):
                    if type(value) not in IMMUTABLE:
                        self._place(copy, index, value)
        if not self._holes:
            self._shapes = [(copy, copy.copy()) for copy, _ in self._originals.values() if type(copy) is not tuple]

    def _place(self, container: Any, key: Any, value: Any) -> None:
        kind = type(value)
        if kind in _COPIED:
            container[key] = self._copy(value)
        elif kind is tuple:
            made = self._tuple(value)
            if type(made) is _Tuple:
                self._want(made, container, key)
            elif made is not value:
                container[key] = made
        elif self._is_open is not None and self._is_open(value):
            self._want(value, container, key)
        elif issubclass(kind, type):
            self.classes.append(value)
        elif kind not in IMMUTABLE:
            self._leaves[id(value)] = value

    def _copy(self, value: Any) -> Any:
        copy = self._memo.get(id(value))
        if copy is None:
            copy = self._memo[id(value)] = value.copy()
            self._originals[id(copy)] = (copy, value)
            if type(copy) is not bytearray:
                self._work.append(copy)
        return copy

    def _tuple(self, value: tuple[Any, ...]) -> Any:
        made = self._memo.get(id(value))
        if made is None:
            building = _Tuple(value)
            for index, item in enumerate(value):
                if type(item) not in IMMUTABLE:
                    self._place(building, index, item)
            if building.missing:
                made = building
            elif all(map(is_, building.items, value)):
                made = value
            else:
                made = tuple(building.items)
                self._originals[id(made)] = (made, value)
            self._memo[id(value)] = made
        elif type(made) is _Tuple and made.made is not None:
            return made.made
        return made

    def _hashable(self, value: Any) -> None:
        # Holds no builtin container that can be changed: nothing to copy, but there may be leaves.
        if type(value) in (tuple, frozenset):
            for item in value:
                if type(item) not in IMMUTABLE:
                    self._hashable(item)
        elif issubclass(type(value), type):
            self.classes.append(value)
        else:
            self._leaves[id(value)] = value

    def _want(self, unknown: Any, container: Any, key: Any) -> None:
        if type(container) is _Tuple:
            container.missing += 1
        self._holes.setdefault(id(unknown), (unknown, []))[1].append((container, key))

    def _fill(self, unknown: object, value: object) -> None:
        for container, key in self._holes.pop(id(unknown))[1]:
            container[key] = value
            if type(value) not in IMMUTABLE:
                self._place(container, key, value)
            if type(container) is _Tuple:
                self._one_less(container)

    def _one_less(self, building: _Tuple) -> None:
        building.missing -= 1
        if not building.missing and id(building) in self._holes:
            made = building.made = tuple(building.items)
            for container, key in self._holes.pop(id(building))[1]:
                container[key] = made
                if type(container) is _Tuple:
                    self._one_less(container)

    # ---- telling what has changed

    def _path_to(self, target: object, parameters: Sequence[str]) -> str:
        shapes = {id(copy): shape for copy, shape in self._shapes}
        names = [*parameters, *(f"args[{index}]" for index in range(len(parameters), len(self._args.items)))]
        work = [*zip(names, self._args.items, strict=False), *self._kwargs.items()]
        seen: set[int] = set()
        for path, value in work:
            if value is target:
                return path
            if id(value) in seen:
                continue
            seen.add(id(value))
            shape = value if type(value) is tuple else shapes.get(id(value), ())
            inner = shape.items() if type(shape) is dict else () if type(shape) in (set, bytearray) else enumerate(shape)
            work.extend((f"{path}[{shorten(key, 30)}]", child) for key, child in inner)
        return "an argument"


_NO_ARGS = _Tuple(())


def capture(
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    *,
    is_open: Callable[[object], bool] | None = None,
    as_is: Iterable[object] = (),
) -> Captured:
    """Copy the exact builtin containers in the arguments of a call, with aliases and cycles.

    is_open: tells values that are not known yet; they are found in arguments and containers, see `Captured.open`.
    as_is: objects that are handed over themselves, uncopied (parameters declared with `changes=`).
    """
    captured = Captured(is_open, tuple(as_is))
    captured._start(args, kwargs)
    return captured


def _same(copy: Any, shape: Any) -> bool:
    if type(copy) is bytearray:
        return bool(copy == shape)
    if len(copy) != len(shape):
        return False
    if type(copy) is set:
        return {id(item) for item in copy} == {id(item) for item in shape}
    if type(copy) is dict:
        if all(map(is_, copy, shape)) and all(map(is_, copy.values(), shape.values())):
            return True
        return all(map(_equal, copy, shape)) and all(map(_equal, copy.values(), shape.values()))
    return all(map(is_, copy, shape)) or all(map(_equal, copy, shape))


def _equal(a: object, b: object) -> bool:
    return a is b or (type(a) is type(b) and type(a) in _BY_VALUE and a == b)


def _difference(copy: Any, shape: Any) -> str:
    if type(copy) is dict:
        keys = chain(zip(shape, copy, strict=False), zip(copy, shape, strict=False))
        order = next((key for key, other in keys if not _equal(key, other)), _NO_ARGS)
        values = zip(shape, shape.values(), copy.values(), strict=False)
        key = next((key for key, old, new in values if not _equal(old, new)), _NO_ARGS) if order is _NO_ARGS else order
        if key is _NO_ARGS:
            longer = list(copy if len(copy) > len(shape) else shape)
            key = longer[min(len(copy), len(shape))]
        return f"[{shorten(key, 30)}]"
    if type(copy) in (set, bytearray) or len(copy) != len(shape):
        return ""
    return next(f"[{index}]" for index, (old, new) in enumerate(zip(shape, copy, strict=True)) if not _equal(old, new))
