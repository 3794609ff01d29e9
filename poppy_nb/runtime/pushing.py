"""Generators whose items are pushed into the loop over them, in place of being asked for one by one.

`for x in rows(): body` runs `rows` as an ordinary function in which `yield x` runs the body (its form is made by
`compiler/codegen/pushing.py`). Program order is the same; but the generator need not be able to stand still, so that it can be
walked past where it waits, and that its `try` and `with` are settled like all others. What fails in the body ends the generator:
where the items come from, GeneratorExit is raised in its place, and the failure goes on behind it (`crossed`).
"""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import current, failures, tracebacks
from .control import strand_of
from .engine import Engine, here
from .iteration import iterated, mediated
from .placeholder import known
from .strands import Kill, Strand


if TYPE_CHECKING:
    from poppy_nb.region import Region

_NOTHING: tuple[()] = ()
_LENT = 5  # references to an argument that only the function holds: two variables, a tuple, and two where they are counted


class Push:
    """One run of a generator into a loop.

    Attributes:
        region: a turn of the loop, run once for each item in `scope`.
        strand: that of the loop; `site`: where the loop stands.
        handled: the exception that the loop handles.
        kind, stops: what the generator is called in messages, and what it must not raise.
        ends: what has failed in a turn, by the GeneratorExit that the generator is ended with. Which one does is not known before
            all earlier turns have ended.
    """

    __slots__ = ("body", "ends", "handled", "kind", "name", "region", "scope", "site", "stops", "strand")

    def __init__(self, region: Region, scope: Any, function: types.FunctionType, strand: Strand) -> None:
        self.region = region
        self.scope = scope
        self.name = function.__qualname__
        asynchronous = inspect.isasyncgenfunction(function)
        self.kind = "async generator" if asynchronous else "generator"
        self.stops: tuple[type[BaseException], ...] = (StopIteration, StopAsyncIteration) if asynchronous else (StopIteration,)
        self.strand = strand
        self.body = region.instance(scope.module.names, scope.cells)
        self.site = here()
        self.handled = sys.exception() if sys.version_info >= (3, 11) else sys.exc_info()[1]
        self.ends: dict[BaseException, BaseException] = {}

    def end(self, error: BaseException) -> GeneratorExit:
        """What to raise where an item comes from when its turn has failed."""
        made = GeneratorExit()
        self.ends[made] = error
        return made

    def ended_by(self, error: BaseException | None) -> BaseException | None:
        """What had failed if the generator, being ended, lets `error` out; None if it was not being ended."""
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            if type(error) is GeneratorExit and error in self.ends:
                return self.ends[error]
            seen.add(id(error))
            error = error.__context__
        return None

    def start(self, form: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Run the generator to its end."""
        try:
            form(*args, **kwargs)
        except Kill:
            raise
        except BaseException as error:
            failed = self.ended_by(error)
            if failed is None and not isinstance(error, self.stops):
                raise
            raised = error
        else:
            return
        if failed is not None:
            if type(raised) is not GeneratorExit:
                self._ignored(raised)
            current.engine.current.passed = self.region
            failures.raise_as_it_is(failed)
        raised.__traceback__ = tracebacks.clean(raised.__traceback__)
        instead, steps = tracebacks.out_of_generator(raised, tracebacks.steps(raised.__traceback__), self.kind)
        instead.__traceback__ = tracebacks.build(steps)
        failures.raise_as_it_is(instead)

    def _ignored(self, error: BaseException) -> None:
        """What a generator raises while it is ended is told and forgotten."""
        current.engine.in_order("an exception in a generator that is ended")
        error.__traceback__ = tracebacks.clean(error.__traceback__)
        told = types.SimpleNamespace(
            exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, err_msg=None, object=_Shown(self)
        )
        sys.unraisablehook(told)


class _Shown:
    """A generator that was never one, where Python tells of it."""

    def __init__(self, push: Push) -> None:
        self.push = push

    def __repr__(self) -> str:
        return f"<generator object {self.push.name} at {id(self.push):#x}>"


def made(engine: Engine, function: types.FunctionType, args: tuple[Any, ...], kwargs: dict[str, Any], generator: Any) -> None:
    """A call of a generator function of the user's has given `generator`: note what of, if it may be pushed."""
    worth = type(generator) is types.AsyncGeneratorType or engine.compiler.pushing(function.__code__).worth
    if worth or any(one in engine.unbegun for one in args if _is_generator(one)):
        engine.unbegun[generator] = (function, args, kwargs)


def _is_generator(value: Any) -> bool:
    return type(value) is types.GeneratorType


def each(region: Region, scope: Any, value: Any) -> Iterator[Any]:
    """What a `for` loop iterates over none of whose turns decides whether there is a next one. A generator runs them here."""
    engine = current.engine
    references = sys.getrefcount(value)
    if type(value) is not types.GeneratorType or value not in engine.unbegun or engine.strict or engine.killing:
        return iterated(value, references > 2)
    if inspect.getgeneratorstate(value) != inspect.GEN_CREATED or references > engine.lent.get(value, 2):
        return iterated(value, True)
    function, args, kwargs = engine.unbegun[value]
    quiet = engine.compiler.pushing(function.__code__).quiet
    if not quiet and not all(_ends_quietly(engine, one) for one in (*args, *kwargs.values())):
        return iterated(value, False)  # what its variables hold ends behind what it does at its own end
    del engine.unbegun[value]
    form = engine.compiler.pushed(function)
    if form is None:
        return iterated(value, False)
    value.close()
    del value  # which may still hold its arguments
    for index in range(len(args)):
        if _is_generator(args[index]) and sys.getrefcount(args[index]) == 2:
            engine.lent[args[index]] = _LENT
    return run(region, scope, function, form, args, kwargs)


def run(region: Region, scope: Any, function: types.FunctionType, form: Callable[..., Any], args: tuple[Any, ...],
        kwargs: dict[str, Any]) -> Iterator[Any]:  # fmt: skip
    """Run a generator into the turns of a loop; nothing is left to be iterated over."""
    engine = current.engine
    push = Push(region, scope, function, engine.current)
    strand = Strand(engine.current, engine.current.position(), "function")
    strand.function = function
    strand.site = push.site
    strand.arguments = {"args": args, "kwargs": kwargs}
    strand.push = push
    try:
        engine.spawn(strand, push.start, (form, args, kwargs), {})
        return iter(_NOTHING)
    except BaseException as error:
        if strand.passed is None:
            raise
        failed = error
    return _passed(region, failed)


def _ends_quietly(engine: Engine, value: Any) -> bool:
    """Whether it is no generator at whose end something happens."""
    if type(value) is not types.GeneratorType:
        return True
    if inspect.getgeneratorstate(value) != inspect.GEN_CREATED:
        return False
    call = engine.unbegun.get(value)
    return mediated(value) if call is None else engine.compiler.pushing(call[0].__code__).quiet


def _passed(region: Region, error: BaseException) -> Iterator[Any]:
    """Raise what has failed in a turn of the loop: `tracebacks.steps` knows this function by its name."""
    failures.raise_as_it_is(error)


def push(scope: Any, value: Any) -> None:
    """`yield value`: a turn of the loop."""
    engine = current.engine
    if engine.killing:
        raise Kill
    run: Push = scope.home.push
    strand = strand_of(run.region, run.scope)
    strand.function = run.strand.function
    strand.site = run.site
    strand.arguments = {"item": known(value)}
    strand.turn = run
    try:
        engine.spawn(strand, run.body, (run.scope, value), {})
        return
    except Kill:
        raise
    except BaseException as error:
        failed = run.end(error)
    failures.raise_as_it_is(failed)


__all__ = ["Push", "each", "made", "push"]
