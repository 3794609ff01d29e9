"""The engine: walks a mediated cell in program order, parks what has to wait, and resumes it when it can go on.

It knows no clock and no asyncio (the driver does) and nothing of how code was made. Everything happens on one thread, in
greenlets: the *hub* resumes parked strands and runs deferred operations in program order; each strand has a greenlet of its own.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Iterable
from functools import partial
from heapq import heappop
from time import perf_counter
from typing import TYPE_CHECKING, Any

from greenlet import getcurrent

from . import current, failures, interrupts, left_streams, retirement, streams, tracebacks
from .chains import READ, STORE, WRITE
from .checking import CheckedChains, ClaimError
from .placeholder import KINDS, known
from .scheduler import Scheduler
from .strands import BLOCKED, PARKED, RUNNING, Kill, Operation, Site, Strand


if TYPE_CHECKING:
    from types import FrameType


class Engine(Scheduler):
    """One run of one cell.

    Args:
        driver: runs external calls and timers, see `drivers.Driver`.
        compiler: makes mediated forms: `function(f)`, `ir_of(code)`.
        limit: how many external calls may be in flight, None for no limit.
        window: how many external calls may be unretired before the walk waits; of other operations ten times as many.
        check: assert that dependencies point backwards and that strands touch only what they claimed.
    """

    resting = False

    def __init__(self, driver: Any, compiler: Any, *, limit: int | None = 64, window: int = 10_000, strict: bool = False,
                 events: Any = None, check: bool = False) -> None:  # fmt: skip
        super().__init__()
        from . import dispatch  # which is built upon this module

        self.dispatch = dispatch
        self.driver = driver
        self.compiler = compiler
        self.limit = limit
        self.window = window
        self.strict = strict
        self.events = events
        self.check = check
        self.streams = {name: getattr(sys, name, None) for name in ("stdout", "stderr")}  # what they are outside of the run
        self.prints = False  # whether there have been calls that may print
        if check:
            self.chains = CheckedChains(self)
        self.retiring = False
        self.virtual = hasattr(driver, "time")  # a clock that jumps: clock reads ask the driver
        self.trigger: int | None = None  # the external call whose answer the hub is following up
        self.namespaces: dict[int, Any] = {}
        self.generator_functions: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # whose bodies they run
        self.generators: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # of generator expressions
        self.drained: weakref.WeakSet[Any] = weakref.WeakSet()  # those whose elements are under way, all at once
        self.unbegun: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # generator -> its call, see `pushing`
        self.collecting: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # by comprehensions
        self.lent: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()  # those that only another generator holds
        self.adaptors: weakref.WeakSet[Any] = weakref.WeakSet()  # streams that stand for native ones
        self.stepping: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # the strand of a generator's step
        self.kept: dict[int, Any] = {}  # generators that are half way through a `try` or `with`
        # coroutine object -> the call it stands for
        self.coroutines: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
        self.tasks: weakref.WeakSet[Any] = weakref.WeakSet()  # made by the cell
        self.awaiting = 0  # at how many `await`s of unknown things the walk stands: tasks may run
        self.gate: list[Any] = []  # futures of tasks that may not run yet
        self.clocks = False  # whether a clock read has been deferred
        self.ahead: dict[int, Any] = {}  # iterators of which steps have been made that have not retired, see `ahead.py`
        self.finished = False
        self.framed = 0  # how many comprehensions that have a frame are stepping what they iterate over
        self.signalled = False  # the next Ctrl-C is one of our own
        self.interrupt_due = (0.0, 0.0)  # in time of the thread, and by the clock
        self.stopped: list[Strand] = []  # by it, where they were
        self.context: Any = None
        self.in_flight: dict[int, Operation] = {}
        self.queue: list[tuple[Any, int, Operation]] = []
        self.per_external: dict[Any, int] = {}
        self.site: Site | None = None  # the last one that `here` made
        self.footprints: Any = None  # what is shared between them, see `footprint_shared.py`
        self.reaching: dict[Any, int] = {}  # code that was found to reach an external call, and how often
        driver.bind(self)
        if events is not None:
            events.stream.stop = self.stop_call

    # --- the run

    async def run(self, body: Callable[[Any], Any], scope: Any) -> Any:
        """Run the mediated cell `body` in `scope`; its value, or raises what it raises."""
        self.hub = getcurrent()
        root = self.root
        root.scope = scope
        before = current.engine
        self.start(root, body, (scope,), {})
        try:
            while True:
                current.engine = self
                try:
                    self.pump()
                finally:
                    current.engine = before
                if self.finished:
                    break
                if self.prints:
                    streams.refresh()
                self.begins_by = 0.0
                if self.held is not None or self.ready:
                    await self.driver.breathe()
                else:
                    await self.driver.wait()
        except BaseException as error:
            current.engine = self
            try:
                failures.abandon(self, error)
            finally:
                current.engine = before
            raise
        finally:
            interrupts.over(self)
            self.dismiss()
            self.kept.clear()
            self.footprints = None
            self.written.end()
            if self.adaptors:
                left_streams.replace(self.adaptors)
            self.collection.restore()
            if self.prints:
                streams.leave()
        if type(self.chains) is CheckedChains and self.chains.violations:
            raise ClaimError("\n".join(self.chains.violations))
        if root.error is not None:
            failure = root.error
            root.error = None
            failures.raise_as_it_is(failure)
        return known(root.value)

    def start(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Have `function` run in `strand` when the hub comes to it: it is parked at birth."""
        strand.parked = True
        strand.state = PARKED
        strand.wake = (function, args, kwargs)
        self.wake(strand)

    def pump(self) -> None:
        """Resume, in program order, whatever can go on; returns when only the driver can bring news, or calls have to begin."""
        ready = self.ready
        held, self.held = self.held, None
        if held is not None and held[0].state == BLOCKED:  # else it was cancelled by a failure that was heard of meanwhile
            self.current, where = held
            self.current.state = RUNNING
            where.switch()
        while True:
            if self.interrupted and self.held is None:  # else who is held hears of it
                interrupts.deliver(self)
            if self.begins_by and (self.held is not None or perf_counter() > self.begins_by):
                return
            retirement.retire(self)
            if self.to_check and failures.checks(self):
                continue
            if self.finished or not ready:
                return
            item = heappop(ready)[2]
            item.queued = False
            if type(item) is Strand:
                self.resume(item)
            else:
                self.attempt(item)

    # --- waiting

    def retire(self) -> None:
        """Make final what can be."""
        retirement.retire(self)

    def heard(self) -> None:
        """It was interrupted while the walk stood still."""
        self.interrupted = False
        interrupts.request(self, sys._getframe())

    def break_off(self) -> None:
        """It was interrupted, and the running strand can stop here."""
        interrupts.stop(self)

    def in_order(self, what: str, declare: str = "") -> None:
        """Wait until everything before the current point has retired, because of `what`; `declare` would make that needless."""
        if self.killing:
            raise Kill
        strand = self.current
        retirement.retire(self)
        if self.events is not None and not self.is_oldest(strand):
            self.events.program_waits(here(), what, declare)
        while not self.is_oldest(strand):
            strand.oldest = True
            self.park(what)
            retirement.retire(self)
        strand.oldest = False
        self.written.close_young()

    def spawn_call(self, what: Any, operands: tuple[Any, ...], kwargs: Any, body: Callable[..., Any],
                   args: tuple[Any, ...] = (), named: dict[str, Any] | None = None) -> Any:  # fmt: skip
        """`body(*args, **named)` in a strand of its own, which touches what a call of `what` touches (see `claiming`)."""
        strand = Strand(self.current, self.current.position(), "model")
        strand.function = self.current.function
        strand.site = here()
        strand.model = (what, operands, kwargs)
        return self.spawn(strand, body, args, named or {})

    def force(self, value: Any) -> Any:
        """The value itself, never a placeholder; parks until it is known."""
        value = known(value)
        while type(value) in KINDS:
            strand = self.current
            value.when_known(partial(self.wake, strand))
            self.park("a value")
            value = known(value)
        return value

    def whole(self, values: Iterable[Any]) -> None:
        """Wait until `values` and everything below them are known."""
        for value in values:
            self.force(value)
            while True:
                missing = self.slots.missing(value, deep=True)
                if not missing:
                    break
                if self.quiet(value):  # else it may be taken away again by what has yet to happen, and never be known
                    self.force(missing[0])

    def quiet(self, value: Any) -> bool:
        """Whether no earlier access stands on a value and what is below it; if not, waits for those, and until all is known."""
        from . import hazards, natives

        value = known(value)
        if not hazards.hazard(self, hazards.accesses([value], None, ())):
            return True
        self.force(natives.defer(self, natives._IDENTITY, (), lambda v: v, [value], None, lambda: value, "read"))
        return False

    def whole_shape(self, container: Any) -> None:
        """Wait until no earlier write stands on `container`."""
        from .quieting import quiet

        quiet(self, container)

    def cancel_external(self, op: Operation) -> None:
        """The answer of an external call will not be needed."""
        self.dispatch.cancel(self, op)

    # --- external calls, as the driver reports them

    def stop_call(self, number: int) -> None:
        """The user does not want to wait for the external call `number` any longer: it fails. From any thread."""
        self.driver.post(lambda: self.dispatch.stop(self, number))

    def finish(self, op: Operation, value: Any) -> None:
        """The external call `op` has returned `value`."""
        self.trigger = op.id
        self.dispatch.returned(self, op, value)

    def fail(self, op: Operation, error: BaseException) -> None:
        """The external call `op` has raised `error`."""
        self.trigger = op.id
        self.dispatch.raised(self, op, error)


def here() -> Site | None:
    """The user's frame that the current operation was called from, and the instruction in it."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__package__", "") == __package__:
        frame = frame.f_back
    engine = current.engine
    if frame is None:
        return tracebacks.site() if engine.framed else None
    if frame.f_code.co_flags & tracebacks.GENERATOR or engine.framed:
        return tracebacks.site()
    site, lasti = engine.site, frame.f_lasti
    if site is None or site[0] is not frame or site[1] != lasti:
        site = engine.site = (frame, lasti, None)  # the same one for all turns of a loop
    return site


__all__ = ["READ", "STORE", "WRITE", "Engine", "here"]
