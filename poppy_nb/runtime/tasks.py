"""Tasks that the user's code makes of coroutines: they run as asyncio runs them, and only while plain Python would let them run.

In plain Python a task goes on only while the cell awaits. So each task made by the cell passes a *gate* before every step: it is
open while the walk stands at an `await` that is the oldest thing, and for ever when the run is over. Within a task everything is
in order; a mediated function runs in it *at rest*, on a greenlet, only so that its external calls take a slot and are reported.
"""

from __future__ import annotations

import asyncio
import types
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from heapq import heappush
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from greenlet import getcurrent, greenlet

from poppy_nb import externals

from . import coroutines, current, dispatch, drivers, frames_of_calls, tracebacks
from .engine import Engine
from .resting import Resting
from .strands import STARTED, Operation, Site
from .tracebacks import is_own


class Call(NamedTuple):
    """What a coroutine object was made of, and where."""

    function: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    position: tuple[int, ...]


def unstarted(engine: Engine, value: Any) -> Call | None:
    """The call that a coroutine object stands for, if mediated code made it and nobody has begun to await it."""
    if type(value) is not types.CoroutineType:
        return None
    call = engine.coroutines.get(value)
    # it may have been closed, or begun by code that is not mediated
    begun = call is None or value.cr_running or value.cr_suspended or value.cr_frame is None
    return None if begun else call


# --- the gate


def alive(engine: Engine) -> bool:
    """Whether there are tasks that an `await` would let run."""
    return bool(engine.tasks) and any(not task.done() for task in engine.tasks)


@contextmanager
def awaiting(engine: Engine) -> Generator[None, None, None]:
    """The walk stands at an `await`: tasks may run."""
    engine.awaiting += 1
    _open(engine)
    try:
        yield
    finally:
        engine.awaiting -= 1


def _open(engine: Engine) -> None:
    gate, engine.gate = engine.gate, []
    for waiter in gate:
        if not waiter.done():
            waiter.set_result(None)


@types.coroutine
def _gated(engine: Engine, inner: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
    error: BaseException | None = None
    while True:
        while not engine.awaiting and not engine.finished:
            waiter = asyncio.get_running_loop().create_future()
            engine.gate.append(waiter)
            try:
                yield from waiter
            except BaseException as thrown:  # the task was cancelled: it hears of it when it would go on
                error = thrown
        try:
            passed, error = error, None
            step = inner.send(None) if passed is None else inner.throw(passed)
        except StopIteration as stop:
            return stop.value
        try:
            yield step
        except BaseException as thrown:
            error = thrown


async def _task(engine: Engine, inner: Coroutine[Any, Any, Any]) -> Any:
    return await _gated(engine, inner)


@contextmanager
def tasks_of(engine: Engine) -> Generator[None, None, None]:
    """Within: the tasks that the run makes pass the gate. Afterwards they go on as plain ones."""
    loop = asyncio.get_running_loop()
    engines = _engines.get(loop)
    if engines is None:
        engines = _engines[loop] = []
        _install(loop, engines)
    engines.append(engine)
    try:
        yield
    finally:
        engines.remove(engine)
        if not engines:
            del _engines[loop]
            _uninstall(loop)
        engine.finished = True
        _open(engine)


# Runs that overlap on one loop need not end in the order in which they began: they share one factory, the last takes it out
_engines: WeakKeyDictionary[asyncio.AbstractEventLoop, list[Engine]] = WeakKeyDictionary()
_factories: WeakKeyDictionary[asyncio.AbstractEventLoop, tuple[Any, Any]] = WeakKeyDictionary()  # ours, and that before it


def _install(loop: asyncio.AbstractEventLoop, engines: list[Engine]) -> None:
    before = loop.get_task_factory()

    def plain(coroutine: Any, options: dict[str, Any]) -> Any:
        return asyncio.Task(coroutine, loop=loop, **options) if before is None else before(loop, coroutine, **options)

    def factory(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> Any:
        if type(coroutine) is not types.CoroutineType:
            return plain(coroutine, options)
        engine = next((one for one in engines if not one.finished and _is_of(one, coroutine, loop)), None)
        if engine is None:
            return plain(coroutine, options)
        task: Any = _task(engine, resolve(engine, coroutine))
        task.__name__, task.__qualname__ = coroutine.__name__, coroutine.__qualname__
        made = plain(task, options)
        engine.tasks.add(made)
        made.add_done_callback(_clean)
        return made

    loop.set_task_factory(factory)
    _factories[loop] = (factory, before)


def _clean(task: Any) -> None:
    """What a task has raised shows the user's frames only, to those who look at it without raising it again."""
    error = getattr(task, "_exception", None)  # `exception()` would count as somebody's having heard of it
    if error is not None:
        error.__traceback__ = tracebacks.clean(error.__traceback__)


def _uninstall(loop: asyncio.AbstractEventLoop) -> None:
    factory, before = _factories.pop(loop)
    if loop.get_task_factory() is factory:  # else somebody has put another in front of it: without engines it does nothing
        loop.set_task_factory(before)


def _is_of(engine: Engine, coroutine: types.CoroutineType[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> bool:
    if coroutine.cr_code.co_filename == drivers.__file__:
        return False
    if coroutine in engine.coroutines:
        return True
    frame = coroutine.cr_frame
    if frame is None or frame.f_globals.get("__name__", "").startswith("poppy_nb."):
        return False
    return current.engine is engine or asyncio.current_task(loop) in engine.tasks


# --- what a task does


async def resolve(engine: Engine, awaitable: Any, site: Site | None = None) -> Any:
    """Await something as asyncio does; calls that mediated code made a coroutine of go through the engine.

    site: where a mediated function of the task awaits it.
    """
    call = unstarted(engine, awaitable)
    if call is None or engine.finished:
        return await awaitable
    declared = externals.lookup(call.function)
    if declared is not None:
        awaitable.close()
        return await _external(engine, declared, call, site)
    mediated = engine.compiler.function(call.function) if type(call.function) is types.FunctionType else None
    if mediated is None or engine.compiler.demands(mediated.__code__):
        return await awaitable
    awaitable.close()
    return await _at_rest(engine, mediated, call)


async def _external(engine: Engine, declared: Any, call: Call, site: Site | None) -> Any:
    """An external call in a task: it takes a slot and is reported, and is made by the task itself."""
    engine.sequence += 1
    op = Operation(engine.sequence, "task", engine.root, call.position, declared.name)
    op.external, op.mode, op.context, op.site = declared, "async", None, site
    op.target, op.args, op.kwargs = call.function, call.args, call.kwargs
    op.captured = dispatch.AS_IT_IS
    op.state = STARTED
    granted: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    op.keep = granted

    def grant() -> None:
        if engine.virtual:
            engine.driver.start(op)  # its answer is what the future waits for: only the driver knows how long a call takes
        elif not granted.done():
            granted.set_result(None)

    op.run = grant
    if engine.events is not None:
        engine.events.planned(op)
    if dispatch.has_slot(engine, declared):
        dispatch.start(engine, op)
    else:
        heappush(engine.queue, (op.position, op.id, op))
    try:
        answer = await granted
        if not engine.virtual:
            answer = await frames_of_calls.awaited(op)
    except asyncio.CancelledError:
        dispatch.cancel(engine, op)
        raise
    except BaseException as error:
        dispatch.task_ended(engine, op, error)
        raise
    dispatch.task_ended(engine, op, None)
    return answer


class _TaskEngine(Resting):
    """Plain Python for the mediated function of one task; what it awaits is awaited by the task."""

    def __init__(self, home: Engine) -> None:
        super().__init__()
        self.home = home

    def plain_call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The call to be made, which remembers what coroutine objects stand for."""
        return (_remember, (self.home, function, args, kwargs), {}) if is_async(function) else (function, args, kwargs)

    def await_(self, value: Any) -> Any:
        """Let the task await `value`."""
        return getcurrent().parent.switch(value)


def _remember(home: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    made = function(*args, **kwargs)
    if type(function) is types.MethodType and externals.lookup(function) is None:
        function, args = function.__func__, (function.__self__, *args)
    home.coroutines[made] = Call(function, args, kwargs, (*home.root.path, home.root.count))
    return made


def is_async(function: Any) -> bool:
    """Whether calling it makes a coroutine object, and nothing else happens."""
    declared = externals.lookup(function)
    if declared is not None:
        return declared.is_async and not declared.in_order_if and isinstance(function, types.FunctionType | types.MethodType)
    inner = function.__func__ if type(function) is types.MethodType else function
    return type(inner) is types.FunctionType and bool(inner.__code__.co_flags & 0x80)


async def _at_rest(home: Engine, mediated: Callable[..., Any], call: Call) -> Any:
    rest = _TaskEngine(home)
    runner = greenlet(lambda: coroutines.body(mediated, call.args, call.kwargs))
    runner.gr_context = getcurrent().gr_context
    answer: Any = None
    error: BaseException | None = None
    started = False
    while True:
        before, current.engine = current.engine, rest
        runner.parent = getcurrent()
        try:
            if error is not None:
                awaited = runner.throw(type(error), error, error.__traceback__)
            else:
                awaited = runner.switch(answer) if started else runner.switch()
        finally:
            current.engine = before
        started = True
        if runner.dead:
            return awaited
        try:
            answer, error = await resolve(home, awaited, _site(runner.gr_frame)), None
        except BaseException as raised:
            answer, error = None, raised


def _site(frame: types.FrameType | None) -> Site | None:
    """The user's frames of a greenlet that waits, innermost first."""
    found: list[types.FrameType] = []
    while frame is not None:
        if not is_own(frame):
            found.append(frame)
        frame = frame.f_back
    site: Site | None = None
    for outer in reversed(found):
        site = (outer, outer.f_lasti, site)
    return site


__all__ = ["Call", "alive", "awaiting", "is_async", "resolve", "tasks_of", "unstarted"]
