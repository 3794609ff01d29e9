"""Whether code can reach an external call, or anything else that has to be mediated: its names followed through live values.

Asked only when everything before has retired: then running the code in plain form is plain Python, whatever it does, so that no
meaning hangs on the answer. A wrong *no* would make a call that could overlap run in order: in doubt the answer is yes.

Followed are the names that the code mentions (`mentions.py`), what they stand for now, and the code behind that: functions of the
user's, methods and properties of classes by name, special methods of every class that is met, whatever stands in containers and
attributes. Library code is not followed: it runs natively in any case. Nothing here calls code of the user's: `isinstance` would,
since it asks an object for its `__class__`.
"""

from __future__ import annotations

import builtins
import functools
import gc
import inspect
import itertools
import sys
import types
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from poppy_nb import effects, externals
from poppy_nb.mentions import Mentions

from .callers import may_look
from .hazards import ATOMS
from .placeholder import KINDS
from .variables import scope_of


if TYPE_CHECKING:
    from .engine import Engine

MOST = 4_000  # objects that are looked at
_SAMPLES = (64, 16, 8, 4)  # of a larger container so many elements are looked at, by depth
_OWN = __package__.partition(".")[0]
_CONTAINERS = (dict, list, tuple, set, frozenset, deque)
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: it is not one of Python's own types written in C
_MISSING = object()
_QUIET = frozenset({
    *ATOMS, types.CodeType, types.GetSetDescriptorType, types.MemberDescriptorType, types.CellType, type(Ellipsis),
    type(NotImplemented), bytearray, types.GenericAlias, types.UnionType, slice,
})  # fmt: skip
_LAZY = (types.CoroutineType, types.AsyncGeneratorType, types.GeneratorType)
_CALLED = frozenset({types.FunctionType, types.MethodType, functools.partial})
_NATIVE = (types.BuiltinFunctionType, types.MethodWrapperType, types.MethodDescriptorType, types.WrapperDescriptorType,
           types.ClassMethodDescriptorType)  # fmt: skip
_ASYNCHRONOUS = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_ANYTHING = (builtins.eval, builtins.exec, builtins.globals, builtins.locals, builtins.vars, builtins.__import__)
_CACHE = functools._lru_cache_wrapper
_NO_CODE = frozenset({
    "__dict__", "__weakref__", "__doc__", "__module__", "__qualname__", "__name__", "__annotations__", "__slots__",
    "__match_args__", "__orig_bases__",
})  # fmt: skip


class Reached(Exception):
    """Something has been found that has to be mediated."""


class Reach:
    """What one piece of code can reach.

    `looks`: it may reach library code that looks at the frames of its callers.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.looks = False
        self.names: set[str] = set()  # attributes that are read somewhere
        self.loose: set[str] = set()
        self.lazy: set[str] = set()  # names under which generator functions were found
        self.seen: dict[int, Any] = {}
        self.classes: dict[type, bool] = {}  # whether it is the user's
        self.holders: list[dict[str, Any]] = []  # attributes of instances and modules
        self.pending: list[tuple[Any, str, int]] = []
        self.left = MOST

    def refuse(self, reason: str) -> None:
        """Something has been found that has to be mediated."""
        raise Reached(reason)

    # --- the ways in

    def body(self, mentions: Mentions, names: Mapping[str, Any], outer: Iterable[tuple[str, Any]] = ()) -> None:
        """Code that mentions these names, `names` being its globals and `outer` the variables around it."""
        if mentions.refused:
            self.refuse(mentions.refused)
        self.names |= mentions.attributes
        self.loose |= mentions.loose
        found = names.get("__builtins__", builtins)
        fallback = found if isinstance(found, dict) else vars(found)
        for name in mentions.globals:
            value = names.get(name, _MISSING)
            if value is _MISSING:
                value = fallback.get(name)
            self.pending.append((value, name, 0))
        for name, value in outer:
            self.pending.append((value, name, 0))
        for name in mentions.modules:
            if name not in sys.modules:
                self.refuse("it imports")
            self.pending.append((sys.modules[name], name, 0))

    def value(self, value: Any, name: str = "") -> None:
        """A value that the code is given."""
        self.pending.append((value, name, 0))

    def follow(self) -> None:
        """Look at everything that is behind what has been given. Raises `Reached`."""
        asked: set[str] = set()
        while True:
            while self.pending:
                value, name, depth = self.pending.pop()
                if type(value) not in _QUIET:
                    self.visit(value, name, depth)
            if len(asked) == len(self.names):
                break
            asked = set(self.names)
            for cls in list(self.classes):
                self.members(cls)
            for fields in self.holders:
                self.fields(fields)
        if externals.may_be_method(self.names):
            self.refuse("a method with the name of an external one")
        if not self.loose.isdisjoint(self.lazy):
            self.refuse("a generator may outlive it")

    # --- values

    def visit(self, value: Any, name: str, depth: int) -> None:
        kind = type(value)
        if id(value) in self.seen:
            if kind is types.FunctionType and value.__code__.co_flags & inspect.CO_GENERATOR:
                self.generator(name)
            return
        self.seen[id(value)] = value
        self.left -= 1
        if self.left < 0:
            self.refuse("too much to look at")
        if kind is types.FunctionType:
            self.function(value, name)
        elif kind is list or kind is tuple or kind is dict or kind is set or kind is frozenset:
            self.container(value, depth)
        elif issubclass(kind, type):
            self.cls(value, True)
        elif kind is types.MethodType:
            self.declared(value)
            self.pending.append((value.__func__, name, depth))
            self.pending.append((value.__self__, "", depth))
        elif kind in _NATIVE:
            self.native(value)
        elif issubclass(kind, types.ModuleType):
            self.module(value)
        elif kind in KINDS or kind in _LAZY:
            self.refuse(f"a {kind.__name__}")
        elif kind is property:
            self.pending += [(one, name, depth) for one in (value.fget, value.fset, value.fdel)]
        elif kind is staticmethod or kind is classmethod:
            self.pending.append((value.__func__, name, depth))
        elif kind is functools.partial:
            self.pending += [(one, name, depth) for one in (value.func, value.args, value.keywords)]
        else:
            self.instance(value, name, depth)

    def container(self, value: Any, depth: int) -> None:
        most = _SAMPLES[min(depth, len(_SAMPLES) - 1)]
        kind = type(value)
        base: Any = kind if kind in _CONTAINERS else next(base for base in _CONTAINERS if issubclass(kind, base))
        size = base.__len__(value)
        if base is dict:
            self.elements(_sample(dict.keys(value), size, most), depth)
            self.elements(_sample(dict.values(value), size, most), depth)
        elif (base is list or base is tuple) and size > most:
            places = (*range(most // 2), *range(most // 2, size, 2 * size // most), size - 1)
            self.elements([base.__getitem__(value, place) for place in places], depth)
        else:
            self.elements(_sample(base.__iter__(value), size, most), depth)

    def elements(self, parts: Iterable[Any], depth: int) -> None:
        self.pending += [(part, "", depth + 1) for part in parts if type(part) not in _QUIET]

    def declared(self, value: Any) -> None:
        if externals.lookup(value) is not None:
            self.refuse("an external call")
        effect = effects.lookup(value)
        if effect is not None:
            if effect.external or effect.clock and self.engine.virtual:
                self.refuse("a call that waits")
            if effect.caller:
                self.looks = True

    def function(self, function: types.FunctionType, name: str) -> None:
        self.declared(function)
        code = function.__code__
        own = function.__dict__
        if "__wrapped__" in own:
            self.pending.append((own["__wrapped__"], name, 0))
        mentions = self.engine.compiler.mentions(code)
        if mentions is None:
            if str(function.__globals__.get("__name__", "")).partition(".")[0] == _OWN:
                self.refuse("a part of the runtime")
            if effects.lookup(function) is None:
                self.looks = True
        else:
            if code.co_flags & _ASYNCHRONOUS:
                self.refuse("a coroutine")
            if code.co_flags & inspect.CO_GENERATOR:
                self.generator(name)
            scope_of(self.engine, function.__globals__)  # as when it runs mediated: these globals are the program's
            self.body(mentions, function.__globals__)
            self.pending += [(value, "", 0) for value in function.__defaults__ or ()]
            self.pending += [(value, "", 0) for value in (function.__kwdefaults__ or {}).values()]
        for variable, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
            try:
                self.pending.append((cell.cell_contents, variable, 1))
            except ValueError:
                pass

    def generator(self, name: str) -> None:
        if not name:
            self.refuse("a generator may outlive it")
        self.lazy.add(name)

    def native(self, value: Any) -> None:
        self.declared(value)
        if value in _ANYTHING:
            self.refuse("code that is made while it runs")
        if may_look(value) and effects.lookup(value) is None:
            self.looks = True
        owner = getattr(value, "__self__", None)
        if owner is not None and type(owner) is not types.ModuleType:
            self.pending.append((owner, "", 1))

    def module(self, module: types.ModuleType) -> None:
        fields = object.__getattribute__(module, "__dict__")  # one that is loaded when first used stays as it is
        if str(fields.get("__name__", "")).partition(".")[0] == _OWN:
            self.refuse("a part of the runtime")
        self.holders.append(fields)
        self.fields(fields)

    def instance(self, value: Any, name: str, depth: int) -> None:
        kind = type(value)
        if str(kind.__module__).partition(".")[0] == _OWN:
            self.refuse("a part of the runtime")
        if issubclass(kind, _CONTAINERS):
            self.container(value, depth)
        elif kind is _CACHE:
            self.pending.append((value.__wrapped__, name, depth))
        elif not kind.__flags__ & _HEAP_TYPE:
            self.elements(gc.get_referents(value)[: _SAMPLES[0]], depth)  # views, iterators
        if externals.lookup(value) is not None:
            self.refuse("an external call")
        self.cls(kind, False)
        fields = _fields(value, kind)
        if "__slots__" in vars(kind) or any("__slots__" in vars(base) for base in kind.__mro__[1:-1]):
            fields = {**fields, **_slots(value, kind)}
        if fields:
            if "__wrapped__" in fields:
                self.pending.append((fields["__wrapped__"], name, depth))
            self.holders.append(fields)
            self.fields(fields)
            if not self.classes.get(kind, False):
                # What a library's object calls back
                self.pending += [(one, name, 1) for one in itertools.islice(fields.values(), 64) if type(one) in _CALLED]

    def fields(self, fields: dict[str, Any]) -> None:
        names = self.names
        found = names & fields.keys() if len(fields) > 8 else [name for name in fields if name in names]
        for name in found:
            value = fields[name]
            if type(value) not in _QUIET:
                self.pending.append((value, name, 1))

    # --- classes

    def cls(self, cls: type, named: bool) -> None:
        """`named`: the class itself can be called."""
        if named and externals.lookup(cls) is not None:
            self.refuse("an external call")
        for base in cls.__mro__[:-1]:
            if base not in self.classes:
                users = self.classes[base] = _users(self.engine, base)
                if not users and named and not _known(base):
                    self.looks = True
                self.members(base)
        if type(cls) is not type and type(cls) not in self.classes:
            self.cls(type(cls), False)

    def members(self, cls: type) -> None:
        names, own = self.names, vars(cls)
        if not self.classes[cls]:
            if _known(cls):
                return
            for name in names & own.keys():
                if externals.lookup(own[name]) is not None:
                    self.refuse("an external call")
            return
        for name, member in own.items():
            if (name in names or name[:2] == "__" and name not in _NO_CODE) and type(member) not in _QUIET:
                self.pending.append((member, name, 1))


def _users(engine: Engine, cls: type) -> bool:
    """Whether its methods may be the user's code."""
    module = sys.modules.get(cls.__module__)
    if module is None or cls.__module__ == "__main__":
        return True
    if cls.__module__ == "builtins":
        return False
    file = getattr(module, "__file__", None)
    return (
        file is None
        and cls.__module__ not in sys.builtin_module_names
        or file is not None
        and bool(engine.compiler.sources.is_user_code(file))
    )


def _known(cls: type) -> bool:
    """Whether it is a class of Python's own, whose methods call nothing that they are not given."""
    return cls.__module__ in _STANDARD


_STANDARD = frozenset({
    "builtins", "collections", "collections.abc", "abc", "typing", "types", "enum", "re", "datetime", "decimal", "fractions",
    "itertools", "functools", "operator", "pathlib", "pathlib._local", "random", "_random", "string", "dataclasses", "io", "_io",
    "uuid", "numbers", "array", "time", "_operator", "_collections_abc", "_thread",
})  # fmt: skip


def _fields(value: Any, kind: type) -> dict[str, Any]:
    """The instance dict, unless the class has something else under this name."""
    for base in kind.__mro__:
        found = vars(base).get("__dict__")
        if found is not None:
            fields = found.__get__(value, kind) if type(found) is types.GetSetDescriptorType else None
            return fields if type(fields) is dict else {}
    return {}


def _slots(value: Any, kind: type) -> dict[str, Any]:
    found = {}
    for base in kind.__mro__:
        for name, member in vars(base).items():
            if type(member) is types.MemberDescriptorType:
                try:
                    found[name] = member.__get__(value, kind)
                except AttributeError:
                    pass
    return found


def _sample(parts: Iterable[Any], size: int, most: int) -> Iterable[Any]:
    return parts if size <= most else itertools.islice(parts, most)


__all__ = ["Reach", "Reached"]
