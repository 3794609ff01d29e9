"""One declaration of an external call: what it says, what can be declared, and the messages for what cannot."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from poppy_nb import known
from poppy_nb.codereads import CodeReads, code_reads
from poppy_nb.errors import DeclarationError, did_you_mean


OPTIONS = ("reads", "writes", "limit", "thread", "changes", "reads_state")

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
    fresh: bool = False  # what it answers contains nothing that it was given: it was read from a connection
    parameters: tuple[str, ...] = ()  # of Python code, those that positional arguments go to, `self` included; `*args` at the end

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

    def positional(self, target: object) -> tuple[str, ...]:
        """Names for the positional arguments of a call of `target`, as far as they have names."""
        names = self.parameters if type(target) is types.FunctionType else self.parameters[1:]
        return names[:-1] if names and names[-1].startswith("*") else names

    def handed_over(self, target: object, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
        """The arguments of a call of `target` that it may change, as declared. Where a name has no place: all positional ones."""
        names, found = self.positional(target), []
        for name in self.changes:
            if name in kwargs:
                found.append(kwargs[name])
            elif name in names:
                found.extend(args[names.index(name) :][:1])
            elif f"*{name}" in self.parameters:
                found.extend(args[len(names) :])
            else:
                found.extend(args)
        return found


def checked_options(
    reads: object = (),
    writes: object = (),
    limit: object = None,
    thread: object = None,
    changes: object = (),
    reads_state: object = None,
) -> dict[str, Any]:
    """The options of a declaration, as the fields that they become. Raises DeclarationError."""
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


_NOT_RECEIVERS = (types.ModuleType, type, types.NoneType)  # `__self__` of builtin functions and class methods


def recognised_by(target: Any) -> Any:
    """The object that calls of `target` are recognised by; DeclarationError if there can be none."""
    if isinstance(target, (staticmethod, classmethod, types.MethodType)):
        target = target.__func__
    elif isinstance(target, types.BuiltinMethodType) and not isinstance(target.__self__, _NOT_RECEIVERS):
        target = static_attribute(type(target.__self__), target.__name__) or target
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


def declaration_of(function: Any, options: Mapping[str, Any]) -> External:
    """The declaration of a function with options that were checked. Raises DeclarationError if they do not go with it."""
    call = function if inspect.isroutine(function) or isinstance(function, type) else static_attribute(type(function), "__call__")
    is_async = inspect.iscoroutinefunction(function) or (not isinstance(function, type) and inspect.iscoroutinefunction(call))
    name = _name(function)
    if is_async and options["thread"] == "worker":
        raise DeclarationError(f'{name} is an `async def`: it runs on the event loop; leave out thread="worker"')
    if options["changes"]:
        _check_parameters(function, name, options["changes"])
    python = function if isinstance(function, types.FunctionType) else call
    if not isinstance(python, types.FunctionType):
        return External(name, is_async=is_async, **options)
    code = python.__code__
    parameters = code.co_varnames[: code.co_argcount]
    if code.co_flags & inspect.CO_VARARGS:
        parameters += (f"*{code.co_varnames[code.co_argcount + code.co_kwonlyargcount]}",)
    return External(name, is_async=is_async, code_reads=code_reads(code), parameters=parameters, **options)


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


_mro = type.__dict__["__mro__"].__get__  # attributes of classes without asking their metaclass
_dict = type.__dict__["__dict__"].__get__


def static_attribute(kind: type, name: str) -> object:
    """What the class or a base of it holds under a name, or None; no descriptor is run."""
    for base in _mro(kind):
        if name in (members := _dict(base)):
            return members[name]
    return None
