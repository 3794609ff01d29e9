"""Functions under `tenacity.retry` and decorators of `backoff`: what of them is the library's, and what is the program's."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from types import FunctionType, MethodType, NoneType
from typing import Any, NamedTuple

from poppy_nb.looking import fields


class Retried(NamedTuple):
    """A function under one of them."""

    library: str
    function: FunctionType  # what is tried
    predicates: tuple[FunctionType, ...]  # of the program's, which decide about the next attempt
    hooks: tuple[str, ...]  # under which names something is called that is more than nothing
    is_open: bool  # whether hooks are the program's
    draws: bool  # whether the waits are random


_ATOMS = (NoneType, bool, int, float, str, datetime.timedelta)
_CELLS = (("f", "self"), ("f", "self", "wrapped_f"))  # by version
_RANDOM = ("wait_random", "wait_random_exponential", "wait_exponential_jitter")
_HOOKS = ("before", "after", "before_sleep", "retry_error_callback")
_LOGGING = ("before_log", "after_log", "before_sleep_log")


def look(function: FunctionType) -> Retried | None:
    """What a function made by one of the libraries consists of; None for all others, and where it is not known what it does."""
    if function.__code__.co_name == "retry":
        return _backoff(function)
    library = sys.modules.get("tenacity")
    if library is None or function.__globals__ is not vars(library) or function.__code__.co_freevars not in _CELLS:
        return None
    own = function.__dict__
    retrier, inner = own.get("retry"), own.get("__wrapped__")
    if type(retrier) is not library.Retrying or type(inner) is not FunctionType:
        return None
    parts = fields(retrier) or {}
    if parts.get("sleep") is not library.nap.sleep or parts.get("retry_error_cls") is not library.RetryError:
        return None
    strategies = [one for name in ("retry", "stop", "wait") for one in _parts(parts.get(name))]
    predicates = [one for one in strategies if type(one) is FunctionType]
    hooks = {name: hook for name in _HOOKS if (hook := parts.get(name)) is not None and (_logs(hook) or not _is_of_library(hook))}
    if any(type(one) not in (FunctionType, str) for one in strategies):
        return None
    is_open = not all(map(_logs, hooks.values()))
    return Retried("tenacity", inner, tuple(predicates), tuple(hooks), is_open, any(one in _RANDOM for one in strategies))


_HANDLERS = ("on_success", "on_backoff", "on_giveup")
_JITTERS = ("full_jitter", "random_jitter")


def _backoff(function: FunctionType) -> Retried | None:
    library = sys.modules.get("backoff._sync")
    if library is None or function.__globals__ is not vars(library):
        return None
    given = cells(function)
    jitter = given.get("jitter")
    strategies = [given.get(name) for name in ("giveup", "predicate") if name in given]
    handlers = {name: given[name] for name in _HANDLERS if given.get(name)}
    known = [given.get("wait_gen"), *([jitter] if jitter is not None else ())]
    numbers = [given.get("max_tries"), given.get("max_time"), *given.get("wait_gen_kwargs", {}).values()]
    if type(given.get("target")) is not FunctionType or not all(map(_is_of_library, known)):
        return None
    if any(type(number) not in _ATOMS for number in numbers):
        return None
    predicates: list[Any] = [one for one in strategies if not _is_of_library(one)]
    if any(type(one) is not FunctionType for one in predicates):
        return None
    is_open = not all(_is_of_library(getattr(one, "func", one)) for part in handlers.values() for one in part)
    draws = getattr(jitter, "__name__", "") in _JITTERS
    return Retried("backoff", given["target"], tuple(predicates), tuple(handlers), is_open, draws)


def cells(function: FunctionType) -> dict[str, Any]:
    """What the variables of a closure hold."""
    closure = function.__closure__ or ()
    return {name: cell.cell_contents for name, cell in zip(function.__code__.co_freevars, closure, strict=True)}


def statistics(function: FunctionType) -> dict[str, Any]:
    """What the library tells of the latest call of a function under `retry`."""
    own = function.__dict__
    kept: dict[str, Any] = own["statistics"] if type(own.get("statistics")) is dict else own["retry"].statistics
    return kept


def _parts(value: Any) -> Iterator[Any]:
    """The names of the library's classes in a strategy, functions of the program's, and whatever else is not known."""
    if isinstance(value, type) and issubclass(value, BaseException) or type(value) in _ATOMS:
        return
    if type(value) in (list, tuple):
        for one in value:
            yield from _parts(one)
    elif _is_of_library(type(value)):
        yield type(value).__name__
        for one in (fields(value) or {}).values():
            yield from _parts(one)
    elif not (type(value) in (FunctionType, MethodType) and _is_of_library(value)):
        yield value


def _is_of_library(value: Any) -> bool:
    return getattr(value, "__module__", "").partition(".")[0] in ("tenacity", "backoff")


def _logs(value: Any) -> bool:
    return type(value) is FunctionType and _is_of_library(value) and value.__qualname__.partition(".")[0] in _LOGGING
