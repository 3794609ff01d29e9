"""External calls: `external`, which declares a callable to be one, and the table in which it is found again.

A declaration leaves no trace on the callable (`functools.wraps` would copy it to wrappers, pickle and `vars` would show it): a
table by identity with weak references remembers it. So a function that is redefined is declared anew, or is not external.
"""

from __future__ import annotations

import sys
import types
import weakref
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, NamedTuple, TypeVar, overload

from poppy_nb import dotted, known
from poppy_nb.declaration import OPTIONS, External, Thread, checked_options, declaration_of, recognised_by, static_attribute
from poppy_nb.errors import DeclarationError, did_you_mean


__all__ = ["Declared", "External", "declared", "external", "lookup", "unresolved"]

_F = TypeVar("_F")
_MISSING = object()


# ---- the table

_table: dict[int, tuple[object, External]] = {}  # id of the callable -> (reference that keeps or watches it, its declaration)
_builtin_methods: set[str] = set()  # names of declared method descriptors; bound ones are new objects at each access
_methods: set[str] = set()  # names of declared functions that stand in classes
_reloadable: dict[str, list[_Path]] = {}  # found paths by the function's qualname, since a reload makes new functions
_unresolved: list[str] = []
_modules_seen = -1


class _Path(NamedTuple):
    path: str
    module: str
    name: str
    options: Mapping[str, Any]
    known: known.Known | None = None

    def find(self) -> External:
        function = recognised_by(dotted.find(self.path, self.module, self.name))
        if self.known is None:
            declaration = declaration_of(function, self.options)
        else:
            # What such a function reads is its library's own state, and wrappers may hide that it is a coroutine function
            is_async, in_order_if = self.known.is_async, self.known.in_order_if
            declaration = External(self.path, is_async=is_async, in_order_if=in_order_if, fresh=not self.known.gives_own)
        _remember(function, declaration)
        if isinstance(function, types.FunctionType):
            paths = _reloadable.setdefault(function.__qualname__, [])
            if self not in paths:
                paths.append(self)
        return declaration


# Paths whose module has not been imported. When sys.modules has grown they are looked for again: an import hook would have to be
# taken out again, and would see partly imported modules.
_pending: list[_Path] = [_Path(f"{k.module}.{k.name}", k.module, k.name, {}, k) for k in known.CALLS]


def lookup(target: object) -> External | None:
    """The declaration of a callable, or None if it is not external. Runs no code of the user's.

    Bound methods are found by their function, instances by the `__call__` of their class. Partials are not looked through.
    """
    if len(sys.modules) != _modules_seen:
        _resolve_pending()
    kind = type(target)
    if kind is types.FunctionType:
        function: object = target
    elif kind is types.MethodType:
        function = target.__func__  # type: ignore[attr-defined]
    else:
        return _lookup_other(target, kind)
    entry = _table.get(id(function))
    if entry is not None:
        return entry[1]
    if type(function) is types.FunctionType and function.__qualname__ in _reloadable:
        return _lookup_reloaded(function)
    return None


def may_be_method(names: AbstractSet[str]) -> bool:
    """Whether an external method has one of these names: a call by that name of an unknown object may be external."""
    if len(sys.modules) != _modules_seen:
        _resolve_pending()
    if not _methods.isdisjoint(names):
        return True
    # A client library imports the modules of its calls when they are first used
    return any(path.name.rpartition(".")[2] in names and path.module.partition(".")[0] in sys.modules for path in _pending)


def _lookup_other(target: object, kind: type) -> External | None:
    entry = _table.get(id(target))
    if entry is not None:
        return entry[1]
    if kind is types.BuiltinFunctionType:
        name = target.__name__  # type: ignore[attr-defined]
        if name not in _builtin_methods:
            return None
        function = static_attribute(type(target.__self__), name)  # type: ignore[attr-defined]
    elif issubclass(kind, type):
        return None
    else:
        function = static_attribute(kind, "__call__")
        if type(function) in (staticmethod, classmethod):
            function = function.__func__  # type: ignore[attr-defined]
    entry = _table.get(id(function))
    return entry[1] if entry is not None else None


def _resolve_pending() -> None:
    global _modules_seen
    seen = len(sys.modules)
    for item in list(_pending):
        if item.module not in sys.modules:
            continue
        if dotted.initializing(item.module):
            seen = -1
            continue
        _pending.remove(item)
        try:
            item.find()
        except DeclarationError as error:
            if item.known is None:  # another version of a known library is no fault of the user's
                _unresolved.append(str(error))
    _modules_seen = seen


def _lookup_reloaded(function: types.FunctionType) -> External | None:
    for item in _reloadable[function.__qualname__]:
        if function.__module__ == item.module or item.known is not None:
            try:
                now = recognised_by(dotted.find(item.path, item.module, item.name))
            except (DeclarationError, KeyError):
                continue
            if now is function:
                return item.find()
    return None


def unresolved() -> list[str]:
    """Messages about declared paths that turned out to be wrong when their module was imported, for the run report."""
    return list(_unresolved)


class Declared(NamedTuple):
    """One declaration, as it is listed. `is_found`: False as long as its module has not been imported."""

    name: str
    options: dict[str, Any]
    is_found: bool


def declared() -> list[Declared]:
    """All declarations that hold now, the user's and those of known libraries, by name."""
    _resolve_pending()
    found = {}
    for _, item in list(_table.values()):
        found[item.name] = Declared(item.name, _given({name: getattr(item, name) for name in OPTIONS}), True)
    for path in _pending:
        found.setdefault(path.path, Declared(path.path, _given(path.options), False))
    return [found[name] for name in sorted(found)]


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value not in ((), None)}


def _remember(function: object, declaration: External) -> None:
    key = id(function)

    def forget(reference: object, table: dict[int, tuple[object, External]] = _table) -> None:
        entry = table.get(key)
        if entry is not None and entry[0] is reference:
            del table[key]

    try:
        reference: object = weakref.ref(function, forget)
    except TypeError:  # builtins, instances with slots: kept for ever, there are few
        reference = function
    _table[key] = (reference, declaration)
    _, dot, last = declaration.name.rpartition(".")
    if dot:
        _methods.add(last)
    if isinstance(function, (types.MethodDescriptorType, types.ClassMethodDescriptorType)):
        _builtin_methods.add(function.__name__)


# ---- declaring


@overload
def external(
    target: str,
    /,
    *,
    reads: str | Iterable[str] = (),
    writes: str | Iterable[str] = (),
    limit: int | None = None,
    thread: Thread | None = None,
    changes: str | Iterable[str] = (),
    reads_state: bool | None = None,
) -> None: ...
@overload
def external(
    target: _F,
    /,
    *,
    reads: str | Iterable[str] = (),
    writes: str | Iterable[str] = (),
    limit: int | None = None,
    thread: Thread | None = None,
    changes: str | Iterable[str] = (),
    reads_state: bool | None = None,
) -> _F: ...
@overload
def external(
    *,
    reads: str | Iterable[str] = (),
    writes: str | Iterable[str] = (),
    limit: int | None = None,
    thread: Thread | None = None,
    changes: str | Iterable[str] = (),
    reads_state: bool | None = None,
) -> Callable[[_F], _F]: ...
def external(target: Any = _MISSING, /, **options: Any) -> Any:
    """Declare that calls of `target` go outside of the program: `%%poppy` runs those that do not depend on each other at once.

    As a decorator, with or without options, on a function, method or `async def`; or as a statement about code of others,
    `external(client.send)` or `external("package.module.Class.method")` (found when the module is imported). Returns `target`
    itself, unchanged, and outside of `%%poppy` nothing is different. A bound method stands for the method on all instances, a
    class for making an instance.

    reads, writes: name or names of resources (`"db"`); readers and writers of one keep program order, and run on the kernel's own
        thread unless `thread="worker"`.
    limit: at most so many calls of it at once.
    thread: `"worker"` or `"main"`; by default unordered calls run on worker threads.
    changes: name or names of parameters that it changes; all others are copied for the call if they are builtin containers.
    reads_state: False if the globals and attributes of self that it reads never change while calls are in flight, True if it may
        read any state; by default its code tells.

    Raises DeclarationError (a TypeError) at the declaration, for whatever cannot be declared.
    """
    for name in options:
        if name not in OPTIONS:
            suggestion = did_you_mean(name, OPTIONS) or f"; it takes {', '.join(OPTIONS)}"
            raise DeclarationError(f"external() has no option {name!r}{suggestion}")
    checked = checked_options(**options)
    if target is _MISSING:
        return partial(_declare, checked)
    return _declare(checked, target)


def _declare(options: dict[str, Any], target: Any) -> Any:
    if isinstance(target, str):
        item = _Path(target, *dotted.split(target), options)
        if item.module in sys.modules and not dotted.initializing(item.module):
            item.find()
        else:
            _pending.append(item)
            global _modules_seen
            _modules_seen = -1
        return None
    function = recognised_by(target)
    _remember(function, declaration_of(function, options))
    return target
