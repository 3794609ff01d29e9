"""External calls: how a callable is declared to be one, and the table in which it is found again.

A declaration leaves no trace on the callable (`functools.wraps` would copy it to wrappers, pickle and `vars` would show it): a
table by identity with weak references remembers it. So a function that is redefined is declared anew, or is not external.
"""

from __future__ import annotations

import inspect
import sys
import types
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple, TypeVar, overload

from poppy_nb import dotted, known
from poppy_nb.codereads import CodeReads, code_reads
from poppy_nb.errors import DeclarationError, did_you_mean


_F = TypeVar("_F")
_MISSING = object()
_KEYWORDS = ("reads", "writes", "limit", "thread", "changes", "reads_state")

Thread = Literal["worker", "main"]


@dataclass(frozen=True, slots=True, eq=False)
class External:
    """One declaration. Compares and hashes by identity: two declarations have two limits."""

    name: str
    reads: tuple[str, ...] = ()  # named resources, in program order against their writers
    writes: tuple[str, ...] = ()
    limit: int | None = None  # at most so many calls at once
    thread: Thread | None = None
    changes: tuple[str, ...] = ()  # parameters that it may change: they are handed over uncopied
    reads_state: bool | None = None  # does what it reads of globals and self matter; None: see code_reads
    is_async: bool = False
    code_reads: CodeReads | None = None  # None: not Python code, or a known library
    in_order_if: tuple[str, ...] = ()  # keywords whose values must be known to decide `applies`

    @property
    def ordered(self) -> bool:
        """Whether calls keep program order against some resource."""
        return bool(self.reads or self.writes)

    @property
    def mode(self) -> Literal["thread", "async", "main"]:
        """Where a call runs: on the loop, on a worker thread, or on the kernel's own thread."""
        if self.is_async:
            return "async"
        if self.thread is not None:
            return "thread" if self.thread == "worker" else "main"
        return "main" if self.ordered else "thread"

    def applies(self, kwargs: Mapping[str, object]) -> bool:
        """Whether a call with these keywords is external; if not (a stream, a raw response) it is unknown code, in order."""
        return not any(name in kwargs and known.runs_in_order(name, kwargs[name]) for name in self.in_order_if)


# ---- the table

_table: dict[int, tuple[object, External]] = {}  # id of the callable -> (reference that keeps or watches it, its declaration)
_builtin_methods: set[str] = set()  # names of declared method descriptors; bound ones are new objects at each access
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
        function = _function(dotted.find(self.path, self.module, self.name))
        if self.known is None:
            declaration = _declaration(function, self.options)
        else:
            # What such a function reads is its library's own state, and wrappers may hide that it is a coroutine function
            declaration = External(self.path, is_async=self.known.is_async, in_order_if=self.known.in_order_if)
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


def _lookup_other(target: object, kind: type) -> External | None:
    entry = _table.get(id(target))
    if entry is not None:
        return entry[1]
    if kind is types.BuiltinFunctionType:
        name = target.__name__  # type: ignore[attr-defined]
        if name not in _builtin_methods:
            return None
        function = _static(type(target.__self__), name)  # type: ignore[attr-defined]
    elif issubclass(kind, type):
        return None
    else:
        function = _static(kind, "__call__")
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
                now = _function(dotted.find(item.path, item.module, item.name))
            except (DeclarationError, KeyError):
                continue
            if now is function:
                return item.find()
    return None


def unresolved() -> list[str]:
    """Messages about declared paths that turned out to be wrong when their module was imported, for the run report."""
    return list(_unresolved)


_mro = type.__dict__["__mro__"].__get__  # attributes of classes without asking their metaclass
_dict = type.__dict__["__dict__"].__get__


def _static(kind: type, name: str) -> object:
    for base in _mro(kind):
        if name in (members := _dict(base)):
            return members[name]
    return None


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
        if name not in _KEYWORDS:
            suggestion = did_you_mean(name, _KEYWORDS) or f"; it takes {', '.join(_KEYWORDS)}"
            raise DeclarationError(f"external() has no option {name!r}{suggestion}")
    checked = _checked(**options)
    if target is _MISSING:
        return partial(_declare, checked)
    return _declare(checked, target)


def _checked(
    reads: object = (),
    writes: object = (),
    limit: object = None,
    thread: object = None,
    changes: object = (),
    reads_state: object = None,
) -> dict[str, Any]:
    if limit is not None and (type(limit) is not int or limit < 1):
        raise DeclarationError(f"external(limit=...) is a whole number of calls from 1, or None for no limit, not {limit!r}")
    if thread not in (None, "worker", "main"):
        suggestion = did_you_mean(thread, ("worker", "main")) if isinstance(thread, str) else ""
        raise DeclarationError(f'external(thread=...) is "worker", "main" or None, not {thread!r}{suggestion}')
    if reads_state not in (None, True, False):
        raise DeclarationError(f"external(reads_state=...) is True, False or None, not {reads_state!r}")
    return {
        "reads": _names("reads", reads),
        "writes": _names("writes", writes),
        "limit": limit,
        "thread": thread,
        "changes": _names("changes", changes),
        "reads_state": reads_state,
    }


def _names(option: str, value: object) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple, set, frozenset)) else (None,)
    if not all(isinstance(name, str) and name for name in names):
        example = f'{option}="db" or {option}=("db", "log")'
        raise DeclarationError(f"external({option}=...) is a name or several: {example}, not {value!r}")
    return tuple(dict.fromkeys(names))


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
    function = _function(target)
    _remember(function, _declaration(function, options))
    return target


_NOT_RECEIVERS = (types.ModuleType, type, types.NoneType)  # `__self__` of builtin functions and class methods


def _function(target: Any) -> Any:
    """The object that calls of `target` are recognised by; DeclarationError if there can be none."""
    if isinstance(target, (staticmethod, classmethod, types.MethodType)):
        target = target.__func__
    elif isinstance(target, types.BuiltinMethodType) and not isinstance(target.__self__, _NOT_RECEIVERS):
        target = _static(type(target.__self__), target.__name__) or target
    if isinstance(target, property):
        raise DeclarationError("external() on a property: put @external below @property, on the function itself")
    if isinstance(target, types.ModuleType):
        name = target.__name__
        raise DeclarationError(f"external() on the module {name!r}: name the function, external({name}.function)")
    if not callable(target):
        kind = type(target).__name__
        hint = "declare the function itself, external(f), without calling it"
        raise DeclarationError(f"external() needs a function or another callable, not an object of type {kind}: {hint}")
    if inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target):
        raise DeclarationError(
            f"external() on the generator function {_name(target)}: its body runs while it is iterated, not when it is called. "
            "Declare the function that it calls for each item, or return a list"
        )
    return target


def _declaration(function: Any, options: Mapping[str, Any]) -> External:
    call = function if inspect.isroutine(function) or isinstance(function, type) else _static(type(function), "__call__")
    is_async = inspect.iscoroutinefunction(function) or (not isinstance(function, type) and inspect.iscoroutinefunction(call))
    name = _name(function)
    if is_async and options["thread"] == "worker":
        raise DeclarationError(f'{name} is an `async def`: it runs on the event loop; leave out thread="worker"')
    if options["changes"]:
        _check_parameters(function, name, options["changes"])
    python = function if isinstance(function, types.FunctionType) else call
    reads = code_reads(python.__code__) if isinstance(python, types.FunctionType) else None
    return External(name, is_async=is_async, code_reads=reads, **options)


def _check_parameters(function: Any, name: str, changes: Iterable[str]) -> None:
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return  # a builtin that does not tell
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return
    for change in changes:
        if change not in parameters:
            suggestion = did_you_mean(change, parameters) or f"; its parameters are {', '.join(parameters) or 'none'}"
            raise DeclarationError(f"external(changes={change!r}): {name} has no such parameter{suggestion}")


def _name(function: Any) -> str:
    name = getattr(function, "__qualname__", None)
    name = name if isinstance(name, str) else type(function).__qualname__
    return name.rpartition("<locals>.")[2]
