"""The engine without a notebook: `@parallel` on a function of a script or module, and `await run(...)`, with the same meaning.

As everywhere, plain Python is what happens where the engine cannot be: on a second thread while one runs on another, under an
event loop that is not asyncio's, in a function whose source cannot be had.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import itertools
import linecache
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, overload

from poppy_nb import parallels
from poppy_nb.errors import DeclarationError
from poppy_nb.settings import Settings


if TYPE_CHECKING:
    from poppy_nb.session import Outcome, Session

_F = TypeVar("_F", bound=Callable[..., Any])

_numbers = itertools.count(1)  # of texts that were run


@overload
def parallel(function: _F, /) -> _F: ...
@overload
def parallel(*, limit: int | None = 64, strict: bool = False) -> Callable[[_F], _F]: ...
def parallel(function: Any = None, /, *, limit: int | None = 64, strict: bool = False) -> Any:
    """Run a function as `%%poppy` runs a cell: independent external calls in it at once, everything else as in plain Python.

    As a decorator, with or without options, on a function, method or `async def`. A synchronous function blocks until it is done,
    and needs no event loop. Called by code that runs under poppy already, it is a part of that.

    limit: at most so many external calls at a time, None for no bound. strict: without the assumptions A1 to A8 of the contract.

    Raises DeclarationError (a TypeError) for what is no function, SettingsError (a ValueError) for a limit that cannot be.
    """
    Settings(limit=limit, strict=strict)
    options = {"limit": limit, "strict": strict}
    if function is None:
        return functools.partial(_parallel, options)
    return _parallel(options, function)


def _parallel(options: dict[str, Any], function: Any) -> Any:
    if isinstance(function, staticmethod | classmethod):
        return type(function)(_parallel(options, function.__func__))
    if not inspect.isfunction(function):
        kind = f"the class {function.__name__}" if isinstance(function, type) else f"an object of type {type(function).__name__}"
        raise DeclarationError(f"parallel() needs a function written in Python, not {kind}: put @parallel above its `def`")
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise DeclarationError(
            f"parallel() on the generator function {function.__name__}: its body runs while it is iterated, not when it is "
            "called. Put @parallel on the function that iterates over it"
        )
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            value, fail = await _call_on_loop(function, args, kwargs, options)
            try:
                return value if fail is None else fail()  # not `raise`: that would give the exception another context
            finally:
                del value, fail

    else:

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            value, fail = _engine().call_blocking(function, args, kwargs, **options)
            try:
                return value if fail is None else fail()
            finally:
                del value, fail

    made: Any = wrapper
    parallels.remember(made, function)
    return made


def run(
    target: Callable[..., Any] | Coroutine[Any, Any, Any] | str,
    /,
    *args: Any,
    limit: int | None = 64,
    strict: bool = False,
    **kwargs: Any,
) -> Coroutine[Any, Any, Any]:
    """`await run(...)`: run something as `%%poppy` runs a cell, on the running event loop. Its value.

    target: a function or `async def`, called with the other arguments; a coroutine that has not begun (`run(main())`, as for
        `asyncio.run`); or the text of a cell, run in the namespace that is the second argument, or else that of the caller, as by
        `exec`: its value is that of its last expression.
    limit, strict: as for `parallel`. For a function with parameters of these names use `functools.partial`.
    """
    Settings(limit=limit, strict=strict)
    options = {"limit": limit, "strict": strict}
    if isinstance(target, str):
        if kwargs or len(args) > 1 or not all(type(names) is dict for names in args):
            raise DeclarationError("run() of a text takes one dict, the namespace to run it in: await run(text, globals())")
        return _run_text(target, args[0] if args else sys._getframe(1).f_globals, options)
    if inspect.iscoroutine(target):
        if args or kwargs:
            target.close()
            raise DeclarationError("run() of a coroutine takes no arguments: they belong to its call, await run(main(1))")
        call = _call_of(target)
        if call is None:
            return target
        target.close()
        return _value_of(_call_on_loop(*call, options))
    if not callable(target):
        kind = type(target).__name__
        raise DeclarationError(f"run() needs a function, a coroutine or the text of a cell, not an object of type {kind}")
    return _value_of(_call_on_loop(target, args, kwargs, options))


async def _value_of(call: Coroutine[Any, Any, Outcome]) -> Any:
    __tracebackhide__ = True
    value, fail = await call
    try:
        return value if fail is None else fail()
    finally:
        del value, fail


_session: Session | None = None


def _engine() -> Session:
    global _session
    if _session is None:
        from poppy_nb.session import Session

        _session = Session({})
    return _session


async def _call_on_loop(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], options: dict[str, Any]) -> Outcome:
    __tracebackhide__ = True
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # a loop of another kind
        value = function(*args, **kwargs)
        return (await value if inspect.isawaitable(value) else value), None
    return await _engine().call(function, args, kwargs, **options)


async def _run_text(text: str, names: dict[str, Any], options: dict[str, Any]) -> Any:
    from poppy_nb.session import Session

    filename = f"<poppy_nb.run {next(_numbers)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)  # for tracebacks
    result = await Session(names).run(text, filename, **options)
    return result.value


def _call_of(coroutine: Any) -> tuple[Any, tuple[Any, ...], dict[str, Any]] | None:
    """The call that made a coroutine which has not begun; None if that cannot be told."""
    if inspect.getcoroutinestate(coroutine) != inspect.CORO_CREATED:
        return None
    code = coroutine.cr_code
    made_by = [item for item in gc.get_referents(coroutine) if inspect.isfunction(item) and item.__code__ is code]
    if len(made_by) != 1:
        return None
    given = dict(coroutine.cr_frame.f_locals)
    names = iter(code.co_varnames)
    try:
        args = [given[next(names)] for _ in range(code.co_argcount)]
        kwargs = {name: given[name] for name in itertools.islice(names, code.co_kwonlyargcount)}
        if code.co_flags & inspect.CO_VARARGS:
            args += given[next(names)]
        if code.co_flags & inspect.CO_VARKEYWORDS:
            kwargs.update(given[next(names)])
    except KeyError:
        return None
    function = made_by[0]
    return parallels.inner(function) or function, tuple(args), kwargs
