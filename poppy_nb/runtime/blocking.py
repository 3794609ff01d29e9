"""The driver for synchronous code: it blocks its thread until something has happened, and needs no event loop.

For runs that nobody can await: with autoawait off, in `run_cell`, in a function of a script. If a loop runs on the thread, it
stands still as it does for any synchronous code.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from functools import partial
from heapq import heappop, heappush
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any, TypeVar

from . import frames_of_calls
from .drivers import NAP, Engine, ExternalOp, abandon, run_call, without_own_frames
from .pool import Job, Pool


_T = TypeVar("_T")
_Outcome = tuple[ExternalOp, Any, BaseException | None]
_News = SimpleQueue[_Outcome | Callable[[], None] | None]  # None: nothing happened, but `wait` is to return

# Seconds. Python runs handlers of signals between instructions only, and one that came just before the wait, or to another
# thread, does not end it.
LOOKS = 0.1


class BlockingDriver:
    """Runs calls with the mode `thread` on daemon threads, `main` within `wait`. Synchronous code has no others.

    `abandoned` counts calls that were cancelled but could not be stopped.
    """

    def __init__(self, pool: Pool | None = None) -> None:
        self.abandoned = 0
        self._pool = pool if pool is not None else Pool()
        self._engine: Engine | None = None
        self._flying: dict[int, tuple[ExternalOp, Job | None]] = {}
        self._main: deque[ExternalOp] = deque()
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._timers_made = 0
        self._news: _News = SimpleQueue()

    def bind(self, engine: Engine) -> None:
        """Deliver to `engine` from now on."""
        self._engine = engine

    def start(self, op: ExternalOp) -> None:
        """Begin a call. RuntimeError if not even one thread can be started."""
        if op.mode == "thread":
            context = op.context if op.context is not None else copy_context()
            self._flying[op.id] = (op, self._pool.submit(partial(self._work, self._news, op, context)))
        elif op.mode == "main":
            self._flying[op.id] = (op, None)
            self._main.append(op)
        else:
            raise RuntimeError("an awaitable in a run without an event loop")

    def cancel(self, op: ExternalOp) -> None:
        """Take back a call that has not begun; one that runs on a thread is abandoned and counted."""
        entry = self._flying.pop(op.id, None)
        if entry is not None and entry[1] is not None:
            self.abandoned += abandon(self._pool, entry[1])

    def frame(self, op: ExternalOp) -> FrameType | None:
        """Where a call that runs on a thread stands: its innermost frame."""
        entry = self._flying.get(op.id)
        return self._pool.frame(entry[1]) if entry is not None and entry[1] is not None else None

    def post(self, callback: Callable[[], None]) -> None:
        """Let `wait` call this soon. From any thread."""
        self._news.put(callback)

    def nudge(self) -> None:
        """Let `wait` return soon, whatever happens. From a handler of a signal, too."""
        self._news.put(None)

    def now(self) -> float:
        """Seconds on the monotonic clock."""
        return time.monotonic()

    def timer(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call `callback` from within `wait`, not before `seconds` have passed."""
        self._timers_made += 1
        heappush(self._timers, (self.now() + seconds, self._timers_made, callback))

    async def wait(self) -> None:
        """Return after at least one outcome or timer has been delivered. Never suspends. RuntimeError if nothing is in flight."""
        while not self._deliver():
            if self._main:
                op = self._main.popleft()
                if self._is_flying(op):
                    self._news.put((op, *run_call(op)))
            elif self._flying or self._timers:
                until = self._timers[0][0] - self.now() if self._timers else LOOKS
                try:
                    news = self._news.get(timeout=min(max(until, 0), LOOKS))
                except Empty:
                    continue
                if self._take(news):
                    return
            else:
                raise RuntimeError("nothing is in flight: wait() would never return")

    async def breathe(self) -> None:
        """Let what was started begin, while this thread sleeps. Never suspends, delivers nothing."""
        time.sleep(NAP)  # noqa: ASYNC251 (it is this thread that has to sleep)

    def close(self) -> None:
        """Cancel what is in flight and deliver nothing more. The driver can be bound again."""
        for op, _ in list(self._flying.values()):
            self.cancel(op)
        self._main.clear()
        self._timers.clear()
        self._news = SimpleQueue()

    @staticmethod
    def _work(news: _News, op: ExternalOp, context: Context) -> None:
        try:
            news.put((op, context.run(frames_of_calls.call, op), None))
        except BaseException as error:
            news.put((op, None, without_own_frames(error)))

    def _is_flying(self, op: ExternalOp) -> bool:
        entry = self._flying.get(op.id)
        return entry is not None and entry[0] is op

    def _deliver(self) -> bool:
        any_delivered = False
        while not self._news.empty():
            news = self._news.get_nowait()
            any_delivered = self._take(news) or any_delivered
        while self._timers and self._timers[0][0] <= self.now():
            heappop(self._timers)[2]()
            any_delivered = True
        return any_delivered

    def _take(self, news: _Outcome | Callable[[], None] | None) -> bool:
        if isinstance(news, tuple):
            return self._tell(*news)
        if news is not None:
            news()
        return True

    def _tell(self, op: ExternalOp, value: Any, error: BaseException | None) -> bool:
        if not self._is_flying(op):
            return False  # cancelled
        engine = self._engine
        assert engine is not None, "bind() comes first"
        del self._flying[op.id]
        if error is None:
            engine.finish(op, value)
        else:
            engine.fail(op, error)
        return True


def drive(run: Coroutine[Any, Any, _T]) -> _T:
    """The result of a coroutine that never suspends, as those of runs with a BlockingDriver."""
    try:
        run.send(None)
    except StopIteration as stop:
        value: _T = stop.value
        return value
    run.close()
    raise AssertionError("a run without an event loop has suspended")
