"""Drivers run external calls and tell the engine on its own thread, from `wait` only; the one here uses the running loop."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextvars import Context, copy_context
from types import FrameType
from typing import Any, Literal, Protocol

from . import frames_of_calls, streams
from .pool import Job, Pool
from .tracebacks import is_own


Mode = Literal["thread", "async", "main", "await"]
NAP = 5e-5  # seconds. The interpreter's lock is free meanwhile, which threads otherwise get every 5 ms


class ExternalOp(Protocol):
    """What a driver reads of an operation.

    `context` is one of its own, which no other op enters; None is a copy of the current one, or that itself for `main`.
    """

    @property
    def id(self) -> int: ...
    @property
    def target(self) -> Callable[..., Any]: ...
    @property
    def args(self) -> tuple[Any, ...]: ...
    @property
    def kwargs(self) -> Mapping[str, Any]: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def context(self) -> Context | None: ...
    @property
    def site(self) -> Any: ...  # where it stands in the program, see `frames_of_calls.Placed`
    @property
    def strand(self) -> Any: ...


class Engine(Protocol):
    """Whom a driver tells. Neither method is ever called from inside `Driver.start`."""

    def finish(self, op: Any, value: Any, /) -> None: ...
    def fail(self, op: Any, error: BaseException, /) -> None: ...


class Driver(Protocol):
    """Runs external calls and timers. All methods but `post` and `nudge` are called on the engine's thread."""

    def bind(self, engine: Engine) -> None:
        """Deliver to `engine` from now on."""

    def start(self, op: ExternalOp) -> None:
        """Begin a call; its outcome comes from `wait`."""

    def cancel(self, op: ExternalOp) -> None:
        """End a call if that is possible, and drop its outcome in any case."""

    def frame(self, op: ExternalOp) -> FrameType | None:
        """Where a call that runs on a thread stands: its innermost frame."""

    def now(self) -> float:
        """Seconds on a clock that never goes back."""

    def timer(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call `callback` from within `wait`, not before `seconds` have passed."""

    def post(self, callback: Callable[[], None]) -> None:
        """Let `wait` call this soon. From any thread."""

    def nudge(self) -> None:
        """Let `wait` return soon, whatever happens. From a handler of a signal, too."""

    async def wait(self) -> None:
        """Return after something has happened and has been delivered."""

    async def breathe(self) -> None:
        """Let what was started begin, if it waits for this thread. Delivers nothing."""

    def close(self) -> None:
        """Cancel what is in flight and deliver nothing more."""


def run_call(op: ExternalOp, call: Callable[[], Any] | None = None) -> tuple[Any, BaseException | None]:
    """Value and error of the op's call (or of `call` in its place) in the op's context.

    Whatever it raises is caught, SystemExit included, and its traceback begins in the callee.
    """
    try:
        if op.context is None:
            return (frames_of_calls.call(op) if call is None else call()), None
        if call is None:
            return op.context.run(frames_of_calls.call, op), None
        return op.context.run(call), None
    except BaseException as error:
        return None, without_own_frames(error)


def without_own_frames(error: BaseException) -> BaseException:
    """The error with a traceback that begins below the frames of poppy's that caught it."""
    traceback = error.__traceback__
    while traceback is not None and is_own(traceback.tb_frame):
        traceback = traceback.tb_next
    return error.with_traceback(traceback)


def abandon(pool: Pool, job: Job) -> bool:
    """Take back a call. True if it is running: what it goes on to print is dropped."""
    streams.enter()
    if pool.cancel(job, streams.leave):
        streams.leave()
        return False
    return True


def _nothing() -> None:
    pass


class AsyncioDriver:
    """Runs calls on the running loop, on threads of its own, or on the loop's thread.

    On the loop those with the mode `async`, and `await` for what is no call; on daemon threads `thread`; within `wait` `main`.
    It does not limit how many are in flight (the engine does), nor does it know what depends on what. `abandoned` counts calls
    that were cancelled but could not be stopped, because they were running on a thread.
    """

    def __init__(self, pool: Pool | None = None) -> None:
        self.abandoned = 0
        self._pool = pool if pool is not None else Pool()
        self._engine: Engine | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        # By op id. Ops are kept to tell late answers of an earlier run from those of now, tasks since the loop keeps them weakly.
        self._flying: dict[int, tuple[ExternalOp, asyncio.Task[None] | Job | None]] = {}
        self._main: deque[ExternalOp] = deque()
        self._timers: set[asyncio.TimerHandle] = set()
        # Outcomes, and timers as (None, callback, None). Worker threads append too; append and popleft are atomic.
        self._news: deque[tuple[ExternalOp | None, Any, BaseException | None]] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._has_submitted = False  # something to a thread, since the walk last stopped
        self._knocked = False  # a worker's wake-up is under way: one is enough for a burst of answers

    def bind(self, engine: Engine) -> None:
        """Deliver to `engine` from now on."""
        self._engine = engine

    def start(self, op: ExternalOp) -> None:
        """Begin a call. Needs a running loop. RuntimeError if not even one thread can be started."""
        loop = self._loop or self._running()
        if op.mode in ("async", "await"):
            self._flying[op.id] = (op, loop.create_task(self._await(op), context=op.context))
        elif op.mode == "thread":
            context = op.context if op.context is not None else copy_context()
            self._has_submitted = True
            self._flying[op.id] = (op, self._pool.submit(lambda: self._work(op, context, loop)))
        else:
            self._flying[op.id] = (op, None)
            self._main.append(op)

    def cancel(self, op: ExternalOp) -> None:
        """Cancel a task, or take back a call that has not begun; one that runs on a thread is abandoned and counted."""
        entry = self._flying.pop(op.id, None)
        if entry is not None:
            self._stop(entry[1])

    def frame(self, op: ExternalOp) -> FrameType | None:
        """Where a call that runs on a thread stands: its innermost frame."""
        entry = self._flying.get(op.id)
        return self._pool.frame(entry[1]) if entry is not None and isinstance(entry[1], Job) else None

    def now(self) -> float:
        """The loop's clock, in seconds."""
        return (self._loop or self._running()).time()

    def timer(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call `callback` from within `wait`, not before `seconds` have passed."""

        def ring() -> None:
            self._timers.discard(handle)
            self._news.append((None, callback, None))
            self._wake()

        handle = (self._loop or self._running()).call_later(seconds, ring)
        self._timers.add(handle)

    def post(self, callback: Callable[[], None]) -> None:
        """Let `wait` call this soon. From any thread."""
        loop = self._loop
        if loop is not None:
            self._news.append((None, callback, None))
            loop.call_soon_threadsafe(self._wake)

    def nudge(self) -> None:
        """Let `wait` return soon, whatever happens. From a handler of a signal, too."""
        self.post(_nothing)

    async def wait(self) -> None:
        """Return after at least one outcome or timer has been delivered. A cancellation passes through, and loses no outcome.

        RuntimeError if nothing is in flight.
        """
        while not self._deliver():
            if self._main:
                await asyncio.sleep(0)  # the loop gets a turn between calls that hold it
                self._run_main()
            elif self._flying or self._timers:
                self._waiter = (self._loop or self._running()).create_future()
                try:
                    await self._waiter
                finally:
                    self._waiter = None
            else:
                raise RuntimeError("nothing is in flight: wait() would never return")

    async def breathe(self) -> None:
        """Let what was started begin: tasks by a turn of the loop, threads while this one sleeps. Delivers nothing."""
        await asyncio.sleep(0)
        if self._has_submitted:
            self._has_submitted = False
            time.sleep(NAP)  # noqa: ASYNC251 (it is this thread that has to sleep)

    def close(self) -> None:
        """Cancel what is in flight and deliver nothing more. The driver can be bound again."""
        for _, handle in self._flying.values():
            self._stop(handle)
        for timer in self._timers:
            timer.cancel()
        self._flying.clear()
        self._main.clear()
        self._timers.clear()
        self._news.clear()
        self._loop = None

    def _running(self) -> asyncio.AbstractEventLoop:
        self._loop = asyncio.get_running_loop()
        return self._loop

    def _stop(self, handle: asyncio.Task[None] | Job | None) -> None:
        if isinstance(handle, Job):
            self.abandoned += abandon(self._pool, handle)
        elif handle is not None:
            handle.cancel()

    async def _await(self, op: ExternalOp) -> None:
        # Everything is caught within the task: a SystemExit or KeyboardInterrupt that leaves a task ends the kernel's loop.
        try:
            self._news.append((op, await frames_of_calls.awaited(op), None))
        except BaseException as error:
            self._news.append((op, None, without_own_frames(error)))
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _work(self, op: ExternalOp, context: Context, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._news.append((op, context.run(frames_of_calls.call, op), None))
        except BaseException as error:
            self._news.append((op, None, without_own_frames(error)))
        if not self._knocked:
            self._knocked = True
            try:
                loop.call_soon_threadsafe(self._wake)
            except RuntimeError:  # the loop is closed: nobody waits any more
                self._knocked = False

    def _run_main(self) -> None:
        op = self._main.popleft()
        if self._is_flying(op):
            self._news.append((op, *run_call(op)))

    def _wake(self) -> None:
        self._knocked = False
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _is_flying(self, op: ExternalOp) -> bool:
        entry = self._flying.get(op.id)
        return entry is not None and entry[0] is op

    def _deliver(self) -> bool:
        engine = self._engine
        assert engine is not None, "bind() comes first"
        any_delivered = False
        while self._news:
            op, value, error = self._news.popleft()
            if op is None:
                value()
            elif not self._is_flying(op):
                continue  # cancelled
            else:
                del self._flying[op.id]
                if error is None:
                    engine.finish(op, value)
                else:
                    engine.fail(op, error)
            any_delivered = True
        return any_delivered
