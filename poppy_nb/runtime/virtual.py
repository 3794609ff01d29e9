"""A driver without a clock: time is a number that jumps, so that tests see exact makespans and choose who ends first."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FrameType
from typing import Any, Literal, NamedTuple, TypeVar

from . import frames_of_calls
from .drivers import Engine, ExternalOp, run_call, without_own_frames


_T = TypeVar("_T")
Choose = Callable[[Sequence[ExternalOp]], int]
Latency = float | Mapping[str, float] | Callable[[ExternalOp], float]


class Call(NamedTuple):
    """One completed call, in the order of completion; times in latencies."""

    start: float
    end: float
    name: str
    args: tuple[object, ...]
    kwargs: dict[str, object]


class _Due(NamedTuple):
    time: float
    is_timer: int  # at one time, answers come before timers: who waits with a timeout gets the answer
    tie: float
    number: int  # never compares what follows
    start: float
    op: ExternalOp | None
    act: Callable[[], None]


class VirtualDriver:
    """Runs external calls one after the other, at the times at which they would have ended.

    latency: a number, numbers by name of the function (`"*"` for all others, else 1), or a function of the op. 0 everywhere,
        together with `choose`, makes every order of completion possible.
    order: which of several calls that end at the same time is first: `"fifo"`, `"lifo"` or a `random.Random`.
    choose: overrides `order`: given the ops that end next, in the order of dispatch, the index of the one that does.
    when: whether the function's body runs at dispatch or at completion of its call.

    A coroutine function is driven with `send(None)` and must not really wait: only a bare `yield` (`asyncio.sleep(0)`) is
    answered. What is awaited that is no call (`mode="await"`) is a real task of the loop: while it waits, calls go on in virtual
    time, and when there are none, time stands still. Exceptions of the call are delivered, never raised here. `log` has the
    completed calls, `cancelled` the ops that were cancelled, `peak` is the largest number of calls in flight.
    """

    def __init__(
        self,
        latency: Latency = 1.0,
        order: Literal["fifo", "lifo"] | random.Random = "fifo",
        *,
        choose: Choose | None = None,
        when: Literal["start", "end"] = "start",
    ) -> None:
        self.time: float = 0
        self.log: list[Call] = []
        self.cancelled: list[ExternalOp] = []
        self.peak = 0
        self._latency = latency
        self._order = order
        self._choose = choose
        self._when = when
        self._engine: Engine | None = None
        self._heap: list[_Due] = []
        self._gone: set[int] = set()  # numbers of cancelled entries, dropped when they come up
        self._flying: dict[int, int] = {}  # op id -> number
        self._number = 0
        self._real: dict[int, asyncio.Task[None]] = {}  # op id -> what is really awaited
        self._real_news: list[tuple[ExternalOp, tuple[object, BaseException | None]]] = []
        self._waiter: asyncio.Future[None] | None = None

    def bind(self, engine: Engine) -> None:
        """Deliver to `engine` from now on."""
        self._engine = engine

    def start(self, op: ExternalOp) -> None:
        """Begin a call. The engine hears of its end from `wait`."""
        if op.mode == "await":
            self._real[op.id] = asyncio.get_running_loop().create_task(self._await(op), context=op.context)
            return
        end = self.time + self._latency_of(op)
        outcome = _run(op) if self._when == "start" else None
        self._push(end, 0, op, lambda: self._deliver(op, outcome if outcome is not None else _run(op)))
        self.peak = max(self.peak, len(self._flying))

    def cancel(self, op: ExternalOp) -> None:
        """Forget a call; with `when="end"` its body never runs."""
        task = self._real.pop(op.id, None)
        if task is not None:
            task.cancel()
        number = self._flying.pop(op.id, None)
        if number is not None:
            self._gone.add(number)
            self.cancelled.append(op)

    def now(self) -> float:
        """The virtual time."""
        return self.time

    def timer(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call `callback` from within `wait`, `seconds` from now."""
        self._push(self.time + seconds, 1, None, callback)

    def frame(self, op: ExternalOp) -> FrameType | None:
        """No call runs on a thread."""
        return None

    def post(self, callback: Callable[[], None]) -> None:
        """Let `wait` call this next."""
        self.timer(0, callback)

    def nudge(self) -> None:
        """Nothing to do: time that is virtual is never waited for."""

    async def wait(self) -> None:
        """Advance to the next end of a call or timer, and deliver this one. RuntimeError if nothing can ever happen."""
        while self._real:
            await _turns()
            if self._deliver_real():
                return
            if self._heap:
                break
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        due = self._next()
        self.time = due.time
        if due.op is not None:
            del self._flying[due.op.id]
            self.log.append(Call(due.start, due.time, _name(due.op), due.op.args, dict(due.op.kwargs)))
        due.act()

    def close(self) -> None:
        """Forget everything that is in flight."""
        for task in self._real.values():
            task.cancel()
        self._real.clear()
        self._real_news.clear()
        self._heap.clear()
        self._flying.clear()
        self._gone.clear()

    def _push(self, time: float, is_timer: int, op: ExternalOp | None, act: Callable[[], None]) -> None:
        self._number += 1
        if isinstance(self._order, random.Random):
            tie = self._order.random()
        else:
            tie = -self._number if self._order == "lifo" and op is not None else self._number
        heapq.heappush(self._heap, _Due(time, is_timer, tie, self._number, self.time, op, act))
        if op is not None:
            self._flying[op.id] = self._number
        self._wake()

    async def _await(self, op: ExternalOp) -> None:
        try:
            outcome: tuple[object, BaseException | None] = await frames_of_calls.awaited(op), None
        except BaseException as error:
            outcome = None, without_own_frames(error)
        self._real_news.append((op, outcome))
        self._wake()

    def _deliver_real(self) -> bool:
        news, self._real_news = self._real_news, []
        delivered = False
        for op, outcome in news:
            if self._real.pop(op.id, None) is not None:
                self._deliver(op, outcome)
                delivered = True
        return delivered

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _next(self) -> _Due:
        first = self._pop()
        if first is None:
            raise RuntimeError("nothing is in flight: wait() would never return")
        if self._choose is None or first.is_timer:
            return first
        due = [first]
        while (other := self._pop()) is not None:
            if other[:2] != first[:2]:
                heapq.heappush(self._heap, other)
                break
            due.append(other)
        due.sort(key=lambda d: d.number)
        chosen = due.pop(self._choose([d.op for d in due if d.op is not None]) if len(due) > 1 else 0)
        for other in due:
            heapq.heappush(self._heap, other)
        return chosen

    def _pop(self) -> _Due | None:
        while self._heap:
            due = heapq.heappop(self._heap)
            if due.number not in self._gone:
                return due
            self._gone.remove(due.number)
        return None

    def _latency_of(self, op: ExternalOp) -> float:
        if callable(self._latency):
            return self._latency(op)
        if isinstance(self._latency, Mapping):
            return self._latency.get(_name(op), self._latency.get("*", 1))
        return self._latency

    def _deliver(self, op: ExternalOp, outcome: tuple[object, BaseException | None]) -> None:
        assert self._engine is not None
        value, error = outcome
        if error is None:
            self._engine.finish(op, value)
        else:
            self._engine.fail(op, error)


def every_order(run: Callable[[Choose], _T]) -> Iterator[_T]:
    """The results of `run(choose)` for every possible sequence of choices, depth first; `run` must otherwise be deterministic."""
    choices: list[list[int]] = []  # chosen index and number of alternatives, by depth
    while True:
        depth = 0

        def choose(ops: Sequence[ExternalOp]) -> int:
            nonlocal depth
            if depth == len(choices):
                choices.append([0, len(ops)])
            assert choices[depth][1] == len(ops), "the program under test is not deterministic"
            depth += 1
            return choices[depth - 1][0]

        yield run(choose)
        del choices[depth:]
        while choices and choices[-1][0] + 1 == choices[-1][1]:
            choices.pop()
        if not choices:
            return
        choices[-1][0] += 1


def _run(op: ExternalOp) -> tuple[object, BaseException | None]:
    return run_call(op) if op.mode != "async" else run_call(op, lambda: _drive(frames_of_calls.awaited(op)))


def _drive(awaitable: Any) -> object:
    steps = awaitable.__await__()
    while True:
        try:
            waits_for = next(steps)
        except StopIteration as stop:
            return stop.value
        if waits_for is not None:
            steps.close()
            raise RuntimeError(f"an external on the virtual clock must not wait, but it awaits {type(waits_for).__name__}")


async def _turns() -> None:
    """Let the loop go on until nothing on it can go on."""
    ready = getattr(asyncio.get_running_loop(), "_ready", None)
    for _ in range(1000):
        await asyncio.sleep(0)
        if not ready and ready is not None:
            return


def _name(op: ExternalOp) -> str:
    return getattr(op.target, "__name__", type(op.target).__name__)
