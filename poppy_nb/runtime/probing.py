"""Exceptions that Python itself handles: the end of an iterator, a missing attribute. The call is settled at once."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from poppy_nb import externals

from . import calls, current, failures
from .control import protect, settle


class _Raised:
    """What a call has raised."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


def probe(function: Any, args: tuple[Any, ...], errors: type[BaseException] | tuple[type[BaseException], ...],
          make: Callable[[], Any] | None = None) -> Any:  # fmt: skip
    """`function(*args)`, or what `make` does in its place; raises one of `errors` here, where its caller handles it."""
    engine = current.engine
    def body() -> Any:
        try:
            protect()
            try:
                value = calls.invoke(function, args, {}) if make is None else make()
                settle()
            except BaseException as error:
                failures.caught(engine, error)
                raise
        except errors as error:
            return _Raised(error)
        return value

    value = engine.force(engine.spawn_call(function, args, {}, body))
    if type(value) is _Raised:
        failures.raise_as_it_is(value.error)
    return value


_NEVER = frozenset({"StopIteration", "next"})
_DEPTH = 4
_may: WeakKeyDictionary[types.FunctionType, bool] = WeakKeyDictionary()


def may_stop(function: types.FunctionType, of: type | None = None) -> bool:
    """Whether a call may raise StopIteration: it, or a function or method of the program's that it names, speaks of it."""
    found = _may.get(function)
    if found is None:
        found = _may[function] = _speaks(function, of, set(), _DEPTH)
    return found


def _speaks(function: types.FunctionType, of: type | None, seen: set[types.CodeType], depth: int) -> bool:
    code = function.__code__
    if code in seen or externals.lookup(function) is not None:
        return False
    seen.add(code)
    names = {name for one in _codes(code) for name in one.co_names}
    if not names.isdisjoint(_NEVER):
        return True
    if depth == 0:
        return True
    inner: list[Any] = [function.__globals__.get(name) for name in names]
    inner += [getattr(of, name, None) for name in names] if of is not None else []
    for cell in function.__closure__ or ():
        try:
            inner.append(cell.cell_contents)
        except ValueError:
            continue
    return any(type(one) is types.FunctionType and _speaks(one, of, seen, depth - 1) for one in inner)


def _codes(code: types.CodeType) -> list[types.CodeType]:
    found = [code]
    for one in found:  # grows
        found += [inner for inner in one.co_consts if type(inner) is types.CodeType]
    return found
