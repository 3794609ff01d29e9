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
from typing import TYPE_CHECKING, Any, NoReturn

from poppy_nb import ir

from . import control, current, failures, tracebacks
from .engine import Engine, here
from .generators import mediated
from .placeholder import KINDS, known
from .strands import CANCELLED, DONE, FAILED, Kill, Operation, Strand


if TYPE_CHECKING:
    from poppy_nb.region import Region

_NOTHING: tuple[()] = ()
_GIVEN = 3  # references to the last argument of a call: of the tuple, of a variable in `mediate`, and where they are counted
_ALONE = sys.maxsize  # however many references there are: all are of the runtime
KEPT = 1 if sys.version_info < (3, 12) else 2  # those to an argument of a closed generator whose variables are kept
_LENT = 5  # references to an argument that only the function holds: two variables, a tuple, and two where they are counted


class Push:
    """One run of a generator into a loop.

    Attributes:
        region: a turn of the loop, run once for each item in `scope`; None: the items are only taken.
        strand: that of the loop; `site`: where the loop stands.
        handled: the exception that the loop handles.
        kind, stops: what the generator is called in messages, and what it must not raise.
        element, values: of a comprehension: what makes an element of an item, and the elements by place.
        found: the items and elements there were so far, for the analysis of who takes them.
        ends: what has failed in a turn, by the GeneratorExit that the generator is ended with. Which one does is not known before
            all earlier turns have ended.
    """

    __slots__ = (
        "body", "element", "ends", "found", "handled", "kind", "name", "region", "scope", "site", "stops", "strand", "values",
    )  # fmt: skip

    def __init__(self, region: Region | None, scope: Any, function: types.FunctionType, strand: Strand) -> None:
        self.region = region
        self.scope = scope
        self.name = function.__qualname__
        asynchronous = inspect.isasyncgenfunction(function)
        self.kind = "async generator" if asynchronous else "generator"
        self.stops: tuple[type[BaseException], ...] = (StopIteration, StopAsyncIteration) if asynchronous else (StopIteration,)
        self.strand = strand
        self.body: Callable[..., Any] | None = None
        self.site = here()
        self.handled = sys.exception() if sys.version_info >= (3, 11) else sys.exc_info()[1]
        self.ends: dict[BaseException, BaseException] = {}
        self.element: Callable[..., Any] | None = None
        self.values: list[tuple[Any, Any]] = []
        self.found: list[Any] = []

    def spawn(self, engine: Engine, function: types.FunctionType, form: Any, args: tuple[Any, ...], kwargs: dict[str, Any],
              site: Any) -> Strand:  # fmt: skip
        """Run the generator in a strand of its own. Raises `Own` for what fails in it, and as it is what has failed in a turn."""
        strand = Strand(engine.current, engine.current.position(), "function")
        strand.function = function
        strand.site = site
        strand.arguments = {"args": args, "kwargs": kwargs}
        strand.push = self
        try:
            engine.spawn(strand, self.start, (form, args, kwargs), {})
            return strand
        except Kill:
            raise
        except BaseException as error:
            failed = error
        if strand.passed is None:
            raise Own(failed) from None
        assert self.region is not None  # else there are no turns that could have failed
        return _passed(self.region, failed)

    def place(self, strand: Strand) -> None:
        """A turn stands in the program where the loop does."""
        strand.function, strand.clock = self.strand.function, self.strand.clock
        strand.site = self.site
        strand.turn = self

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
        failures.raise_as_it_is(tracebacks.left(raised, self.kind))

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


def taken(engine: Engine, value: Any, references: int, framed: bool = False) -> Any:
    """The call of which a loop is about to take all items, None if it has to step the generator. Two `references` are the loop's.

    `framed`: it has a frame of its own, which holds the generator for as long as a traceback does.
    """
    if value not in engine.unbegun or engine.strict or engine.killing:
        return None
    if inspect.getgeneratorstate(value) != inspect.GEN_CREATED or references > engine.lent.get(value, 2):
        return None
    call = function, args, kwargs = engine.unbegun[value]
    found = engine.compiler.pushing(function.__code__)
    if found.code is None:
        return None
    if not found.quiet and (framed or not all(_ends_quietly(engine, one) for one in (*args, *kwargs.values()))):
        return None  # what its variables hold ends behind what it does at its own end
    return call


def lend(engine: Engine, args: tuple[Any, ...], more: int) -> None:
    """Note which arguments nobody holds but `args` and `more` others of ours."""
    for index in range(len(args)):
        if _is_generator(args[index]) and sys.getrefcount(args[index]) == 2 + more:
            engine.lent[args[index]] = _LENT + more


def run(region: Region, scope: Any, function: types.FunctionType, form: Callable[..., Any], args: tuple[Any, ...],
        kwargs: dict[str, Any]) -> Iterator[Any]:  # fmt: skip
    """Run a generator into the turns of a loop; nothing is left to be iterated over."""
    engine = current.engine
    push = Push(region, scope, function, engine.current)
    push.body = region.instance(scope.module.names, scope.cells)
    try:
        push.spawn(engine, function, form, args, kwargs, push.site)
        return iter(_NOTHING)
    except Own as own:
        failed = own.error
    return failures.raise_as_it_is(failed)


class Own(Exception):
    """The generator has failed by itself."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def collected(region: Region | None, scope: Any, generator: Any, call: Any, element: Callable[..., Any], frame: Any) -> list[Any]:
    """The values of `element` for all items of a generator. `frame`: that of the comprehension, if it has one of its own."""
    engine = current.engine
    function, args, kwargs = call
    push = Push(region, scope, function, engine.current)
    push.element = element
    engine.collecting[generator] = (function, dict(generator.gi_frame.f_locals), push.found)
    del engine.unbegun[generator]
    generator.close()
    lend(engine, args, KEPT)
    try:
        site = push.site if frame is None else (*frame, push.site)
        strand = push.spawn(engine, function, engine.compiler.pushed(function), args, kwargs, site)
        while True:
            found = _unwalked(strand, push)
            if found is None:
                break
            if found.result is None:
                engine.in_order("a generator that may still yield something")
            engine.force(found.result)
    finally:
        engine.collecting.pop(generator, None)
    push.values.sort(key=_place)
    return [value for _, value in push.values]


def alone(engine: Engine, args: tuple[Any, ...]) -> None:
    """Note if nobody but the call has its last argument, a generator all items of which it reads before it looks at one."""
    if args and type(args[-1]) is types.GeneratorType and args[-1] in engine.unbegun and sys.getrefcount(args[-1]) <= _GIVEN:
        engine.lent[args[-1]] = _ALONE


def all_of(engine: Engine, generator: Any) -> list[Any] | None:
    """All items of a generator noted so, for a call that looks at none before it has them. None: they are to be stepped."""
    call = taken(engine, generator, _ALONE)
    if call is None:
        return None
    try:
        return collected(None, None, generator, call, _itself, None)
    except Own as own:
        failed = own.error
    return failures.raise_as_it_is(failed)


def _itself(value: Any, turn: Push) -> Any:
    return value


def _place(one: tuple[Any, Any]) -> Any:
    return one[0]


def _unwalked(strand: Strand, push: Push) -> Strand | None:
    """A part of the run of a generator that may still yield something."""
    told = strand.result is not None and type(known(strand.result)) not in KINDS  # ahead of its end, at the end of a handler
    if strand.state not in (DONE, FAILED, CANCELLED) and not told and not _only_settles(strand):
        return strand
    for item in strand.log[strand.head :]:
        inner = item if type(item) is Strand else item.runner if type(item) is Operation else None
        if inner is not None and inner.turn is not push:
            found = _unwalked(inner, push)
            if found is not None:
                return found
    return None


def _only_settles(strand: Strand) -> bool:
    """Whether it has done all but what comes at the end of a `try` without handlers, or of a file."""
    if strand.wait_for != failures.SETTLING or strand.region is None:
        return False
    node = strand.region.node
    if isinstance(node, ir.Try):
        return not node.handlers
    return isinstance(node, ir.With) and all(
        isinstance(item.context_expr, ir.Call)
        and isinstance(item.context_expr.func, ir.Name)
        and item.context_expr.func.id == "open"
        for item in node.items
    )


def _ends_quietly(engine: Engine, value: Any) -> bool:
    """Whether it is no generator at whose end something happens."""
    if type(value) is not types.GeneratorType:
        return True
    if inspect.getgeneratorstate(value) != inspect.GEN_CREATED:
        return False
    call = engine.unbegun.get(value)
    if call is None:
        return mediated(value)
    function, args, kwargs = call
    quiet = engine.compiler.pushing(function.__code__).quiet
    return quiet and all(_ends_quietly(engine, one) for one in (*args, *kwargs.values()))


def _passed(region: Region, error: BaseException) -> NoReturn:
    """Raise what has failed in a turn of the loop: `tracebacks.steps` knows this function by its name."""
    failures.raise_as_it_is(error)


def push(scope: Any, value: Any) -> None:
    """`yield value`: a turn of the loop."""
    engine = current.engine
    if engine.killing:
        raise Kill
    run: Push = scope.home.push
    try:
        if run.element is not None:
            place = (*engine.current.path, engine.current.count + 1)
            run.found.append(value)
            made = (place, run.element(value, turn=run))
            run.found.append(made[1])
            run.values.append(made)
            if engine.unretired:
                engine.undoable(lambda: run.values.remove(made), None, id(run))
            return
        assert run.region is not None
        strand = control.strand_of(run.region, run.scope)
        strand.arguments = {"item": known(value)}
        run.place(strand)
        assert run.body is not None
        engine.spawn(strand, run.body, (run.scope, value), {})
        return
    except Kill:
        raise
    except BaseException as error:
        failed = run.end(error)
    failures.raise_as_it_is(failed)


__all__ = ["Own", "Push", "all_of", "alone", "collected", "lend", "made", "push", "run", "taken"]
