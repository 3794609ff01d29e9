"""Whether two graphs of objects are equal: one pass over both that pairs every object of the one with one of the other.

Values, types, aliasing (an object met twice on one side must be met at the same places on the other), order of dicts, attributes, slots,
closures, defaults, classes and functions. Never calls the program's own `__eq__`, `__hash__`, `__iter__` or `__getattr__`.
"""

from __future__ import annotations

import functools
import io
import itertools
import random
import re
import threading
import types
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.equivalence.world import is_of_the_runtime, render


ATOMS = frozenset({int, bool, str, bytes, float, complex, type(None), type(...), type(NotImplemented), range, slice})
ITERABLES: tuple[Any, ...] = (
    (),
    [],
    "",
    b"",
    range(0),
    {},
    {}.values(),
    {}.items(),
    set(),
    reversed([]),
    bytearray(),
    range(1 << 70),
)
ITERATORS = tuple(type(iter(x)) for x in ITERABLES)
REDUCED = (
    *ITERATORS, enumerate, zip, map, filter, reversed, itertools.chain, itertools.count, itertools.cycle, itertools.repeat,
    itertools.islice, itertools.accumulate, itertools.takewhile, itertools.dropwhile, itertools.starmap, itertools.product,
    itertools.combinations, itertools.permutations, itertools.zip_longest, itertools.compress, itertools.filterfalse,
)  # fmt: skip
NATIVE = (types.BuiltinFunctionType, types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType,
          types.ClassMethodDescriptorType, types.GetSetDescriptorType, types.MemberDescriptorType)  # fmt: skip
GENERATORS = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
OF_NO_MEANING = frozenset({"__dict__", "__weakref__", "_abc_impl", "__builtins__", "__firstlineno__", "__static_attributes__"})
LOCKS = (type(threading.Lock()), type(threading.RLock()))


Formatter = Callable[[BaseException], list[str]]


@dataclass(frozen=True)
class Unequal:
    """One place where the graphs differ."""

    where: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, is {self.actual}"


def short(value: object) -> str:
    """A value as it is shown in a message."""
    text = f"{type(value).__name__} {render(value)}"
    return text if len(text) <= 200 else text[:197] + "..."


class Matching:
    """A pairing of the objects of two runs, built by `match`; what does not fit is in `found`."""

    def __init__(self, tracebacks: tuple[Formatter, Formatter] = (lambda e: [], lambda e: []), most: int = 10) -> None:
        self._there: dict[int, object] = {}
        self._back: dict[int, object] = {}
        self._keep: list[object] = []
        self._tracebacks = tracebacks
        self._most = most
        self.found: list[Unequal] = []

    def pair(self, a: object, b: object) -> None:
        """Say that two objects correspond."""
        self._there[id(a)], self._back[id(b)] = b, a
        self._keep += (a, b)

    def differ(self, where: str, expected: str, actual: str) -> None:
        """Note a difference."""
        self.found.append(Unequal(where, expected, actual))

    def match(self, a: Any, b: Any, where: str) -> None:
        """Compare what two runs have at one place."""
        if len(self.found) >= self._most:
            return
        kind = type(a)
        if kind in ATOMS or type(b) in ATOMS:
            if type(b) is not kind or repr(a) != repr(b):
                self.differ(where, short(a), short(b))
            return
        if id(a) in self._there or id(b) in self._back:
            if self._there.get(id(a)) is not b or self._back.get(id(b)) is not a:
                self.differ(
                    where,
                    f"{short(a)}, {'the same object as elsewhere' if id(a) in self._there else 'an object met nowhere before'}",
                    f"{short(b)}, {'the same object as elsewhere' if id(b) in self._back else 'an object met nowhere before'}"
                    + (" (another place)" if id(a) in self._there and id(b) in self._back else ""),
                )
            return
        if is_of_the_runtime(b) or (kind is not type(b) and not self._same_class(kind, type(b), where)):
            self.differ(where, short(a), short(b))
            return
        if kind not in (tuple, frozenset) or not _constant(a):
            self.pair(a, b)
        if a is b:
            return
        self._content(a, b, where)

    def _same_class(self, a: type, b: type, where: str) -> bool:
        before = len(self.found)
        if a.__qualname__ == b.__qualname__ and a.__module__ == b.__module__:
            self.match(a, b, f"type({where})")
            return len(self.found) == before
        return False

    def _each(self, a: Iterable[object], b: Iterable[object], where: str, name: Callable[[int], str] = "[{}]".format) -> None:
        xs, ys = list(a), list(b)
        if len(xs) != len(ys):
            self.differ(f"len({where})", f"{len(xs)}: {render(xs)[:300]}", f"{len(ys)}: {render(ys)[:300]}")
        for i, (x, y) in enumerate(zip(xs, ys, strict=False)):
            self.match(x, y, where + name(i))

    def _fields(self, a: object, b: object, where: str, *names: str) -> None:
        for name in names:
            self.match(getattr(a, name, None), getattr(b, name, None), f"{where}.{name}")

    def _content(self, a: Any, b: Any, where: str) -> None:
        """What two objects of corresponding types consist of."""
        if isinstance(a, types.ModuleType) or isinstance(a, NATIVE):
            if getattr(a, "__name__", None) != getattr(b, "__name__", None):
                self.differ(where, short(a), short(b))
            owner = getattr(a, "__self__", None)
            if owner is not None and not isinstance(owner, types.ModuleType):
                self.match(owner, getattr(b, "__self__", None), f"{where}.__self__")
        elif isinstance(a, types.FunctionType):
            self._function(a, b, where)
        elif isinstance(a, types.CodeType):
            self._code(a, b, where)
        elif isinstance(a, types.CellType):
            self._cell(a, b, where)
        elif isinstance(a, type):
            self._class(a, b, where)
        elif isinstance(a, types.MethodType):
            self._fields(a, b, where, "__self__", "__func__")
        elif isinstance(a, (staticmethod, classmethod)):
            self._fields(a, b, where, "__func__")
        elif isinstance(a, property):
            self._fields(a, b, where, "fget", "fset", "fdel", "__doc__")
        elif isinstance(a, functools.partial):
            self._fields(a, b, where, "func", "args", "keywords", "__dict__")
        elif type(a) is type(_cached):
            self._each(a.cache_info(), b.cache_info(), f"{where}.cache_info()")
            self._fields(a, b, where, "__wrapped__", "__dict__")
        elif isinstance(a, GENERATORS):
            self._generator(a, b, where)
        elif type(a) in REDUCED:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # itertools from 3.12 on
                reduced = a.__reduce__(), b.__reduce__()
            self.match(*reduced, f"{where}.__reduce__()")
        elif isinstance(a, types.MappingProxyType):
            self.match(a.copy(), b.copy(), where)
        elif isinstance(a, weakref.ref):
            self.match(a(), b(), f"{where}()")
        elif isinstance(a, random.Random):
            self.match(a.getstate(), b.getstate(), f"{where}.getstate()")
        elif isinstance(a, LOCKS):
            if ("unlocked" in repr(a)) != ("unlocked" in repr(b)):
                self.differ(where, short(a), short(b))
        elif isinstance(a, io.StringIO) or isinstance(a, io.BytesIO):
            self.match((a.closed, a.closed or a.getvalue()), (b.closed, b.closed or b.getvalue()), where)
        elif isinstance(a, io.IOBase):
            self.match((a.closed, str(getattr(a, "name", ""))), (b.closed, str(getattr(b, "name", ""))), where)
        elif isinstance(a, re.Match):
            self.match((a.re.pattern, a.string, a.regs), (b.re.pattern, b.string, b.regs), where)
        else:
            self._object(a, b, where)

    def _object(self, a: Any, b: Any, where: str) -> None:
        known = True
        if isinstance(a, dict):
            self._each(dict.keys(a), dict.keys(b), where, " key {}".format)
            for (k, x), y in zip(dict.items(a), dict.values(b), strict=False):
                self.match(x, y, f"{where}[{short(k).split(' ', 1)[1]}]")
        elif isinstance(a, list):
            self._each(list.__iter__(a), list.__iter__(b), where)
        elif isinstance(a, tuple):
            self._each(tuple.__iter__(a), tuple.__iter__(b), where)
        elif isinstance(a, (set, frozenset)):
            self._set(a, b, where)
        elif isinstance(a, deque):
            self.match(a.maxlen, b.maxlen, f"{where}.maxlen")
            self._each(deque.__iter__(a), deque.__iter__(b), where)
        elif isinstance(a, (str, int, float, bytes, bytearray)):
            if render(a) != render(b):
                self.differ(where, short(a), short(b))
        elif isinstance(a, BaseException):
            self._exception(a, b, where)
        else:
            known = False
        self._state(a, b, where, known)

    def _state(self, a: Any, b: Any, where: str, known: bool) -> None:
        """Attributes and slots; an object that has neither is compared by what it shows of itself."""
        try:
            x, y = object.__getattribute__(a, "__dict__"), object.__getattribute__(b, "__dict__")
        except AttributeError:
            pass
        else:
            known = True
            self.match(x, y, f"{where}.__dict__")
        for here, there in zip(type(a).__mro__, type(b).__mro__, strict=False):
            for name, slot in vars(here).items():
                if isinstance(slot, types.MemberDescriptorType) and name in vars(there):
                    known = True
                    values = []
                    for descriptor, owner in ((slot, a), (vars(there)[name], b)):
                        try:
                            values.append(descriptor.__get__(owner))
                        except AttributeError:
                            values.append("<unset>")
                    self.match(values[0], values[1], f"{where}.{name}")
        if not known and type(a) is not object and render(a) != render(b):
            self.differ(where, short(a), short(b))

    def _set(self, a: Any, b: Any, where: str) -> None:
        plain = sorted(render(x) for x in a if _constant(x)), sorted(render(x) for x in b if _constant(x))
        if plain[0] != plain[1] or len(a) != len(b):
            self.differ(where, short(a), short(b))
            return
        rest = [x for x in b if not _constant(x)]
        for x in a:
            if not _constant(x):
                y = self._there.get(id(x)) or next((y for y in rest if id(y) not in self._back and render(x) == render(y)), None)
                if y is None or not any(y is z for z in rest):
                    self.differ(f"a member of {where}", short(x), "not there")
                else:
                    self.match(x, y, f"a member of {where}")

    def _exception(self, a: BaseException, b: BaseException, where: str) -> None:
        self._fields(a, b, where, "args", "__cause__", "__context__", "__suppress_context__")
        if isinstance(a, BaseExceptionGroup):
            self._fields(a, b, where, "message", "exceptions")
        expected, actual = self._tracebacks[0](a), self._tracebacks[1](b)
        if expected != actual:
            self.differ(f"traceback of {where}", "\n" + "".join(expected), "\n" + "".join(actual))

    def _function(self, a: types.FunctionType, b: types.FunctionType, where: str) -> None:
        self._fields(a, b, where, "__name__", "__qualname__", "__module__", "__doc__", "__code__", "__defaults__", "__kwdefaults__",
                     "__closure__", "__annotations__", "__dict__")  # fmt: skip
        if (id(a.__globals__) in self._there or id(b.__globals__) in self._back) and self._there.get(
            id(a.__globals__)
        ) is not b.__globals__:
            self.differ(
                f"{where}.__globals__", "the namespace" if id(a.__globals__) in self._there else "another", "another namespace"
            )

    def _code(self, a: types.CodeType, b: types.CodeType, where: str) -> None:
        self._fields(a, b, where, "co_name", "co_qualname", "co_filename", "co_firstlineno", "co_argcount", "co_posonlyargcount",
                     "co_kwonlyargcount", "co_flags", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_consts",
                     "co_code")  # fmt: skip

    def _cell(self, a: types.CellType, b: types.CellType, where: str) -> None:
        contents: list[tuple[object, ...]] = []
        for cell in (a, b):
            try:
                contents.append((cell.cell_contents,))
            except ValueError:
                contents.append(())
        self._each(contents[0], contents[1], where, lambda i: ".cell_contents")

    def _class(self, a: type, b: type, where: str) -> None:
        self._fields(a, b, where, "__name__", "__qualname__", "__module__", "__bases__")
        x = {k: v for k, v in vars(a).items() if k not in OF_NO_MEANING}
        y = {k: v for k, v in vars(b).items() if k not in OF_NO_MEANING}
        self.match(x, y, f"vars({where})")

    def _generator(self, a: Any, b: Any, where: str) -> None:
        frames = [next((getattr(g, k) for k in ("gi_frame", "cr_frame", "ag_frame") if hasattr(g, k)), None) for g in (a, b)]
        expected, actual = ((g.__name__, g.__qualname__, frame is None) for g, frame in zip((a, b), frames, strict=True))
        if expected != actual:
            self.differ(f"{where} (name, qualified name, finished)", repr(expected), repr(actual))


@functools.lru_cache
def _cached() -> None:
    """Only for its type."""


def _constant(value: object) -> bool:
    """Whether identity says nothing about it: an atom, or a tuple or frozen set of nothing else."""
    return type(value) in ATOMS or (type(value) in (tuple, frozenset) and all(map(_constant, value)))  # type: ignore[call-overload]
