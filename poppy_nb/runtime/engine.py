"""The engine: walks a mediated cell in program order, parks what has to wait, and resumes it when it can go on.

It knows no clock and no asyncio (the driver does) and nothing of how code was made. Everything happens on one thread, in
greenlets: the *hub* resumes parked strands and runs deferred operations in program order; each strand has a greenlet of its own.
"""

from __future__ import annotations

import contextvars
import sys
import weakref
from collections.abc import Callable, Iterable
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from greenlet import getcurrent, greenlet

from . import current, failures, tracebacks
from .chains import FORWARDED, READ, STORE, WRITE, Chains, Entry, Key
from .open_slots import OpenSlots
from .placeholder import KINDS, KNOWN, PENDING, Placeholder, known
from .strands import CANCELLED, DONE, FAILED, PARKED, RUNNING, STARTED, WAITING, Kill, Operation, Site, Strand, Undo
from .streams import Streams


if TYPE_CHECKING:
    from types import FrameType

BLOCKED = 7  # a strand that stops and does not let its caller walk on


class Engine:
    """One run of one cell.

    Args:
        driver: runs external calls and timers, see `drivers.Driver`.
        compiler: makes mediated forms: `function(f)`, `ir_of(code)`.
        limit: how many external calls may be in flight, None for no limit.
        window: how many operations may be unretired before the walk waits.
        check: assert that dependencies point backwards and that strands touch only what they claimed.
    """

    resting = False

    def __init__(self, driver: Any, compiler: Any, *, limit: int | None = 64, window: int = 10_000, strict: bool = False,
                 events: Any = None, check: bool = False) -> None:  # fmt: skip
        self.driver = driver
        self.compiler = compiler
        self.limit = limit
        self.window = window
        self.strict = strict
        self.events = events
        self.check = check
        self.chains = Chains()
        self.slots = OpenSlots()
        self.hub: greenlet = getcurrent()
        self.pool: list[greenlet] = []
        self.ready: list[tuple[Any, int, Any]] = []
        self.sequence = 0
        self.root = Strand(None, (), "cell")
        self.root.parked = True
        self.current: Strand = self.root
        self.front: Strand = self.root
        self.unretired = 0
        self.blocked: list[Strand] = []
        self.streams = Streams()
        self.killing = False
        self.killer: greenlet = self.hub
        self.retiring = False
        self.to_check: list[Strand] = []
        self.virtual = hasattr(driver, "time")  # a clock that jumps: clock reads ask the driver
        self.trigger: int | None = None  # the external call whose answer the hub is following up
        self.namespaces: dict[int, Any] = {}
        self.generator_functions: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # whose bodies they run
        self.generators: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()  # of generator expressions
        # coroutine object -> the call it stands for
        self.coroutines: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
        self.tasks: weakref.WeakSet[Any] = weakref.WeakSet()  # made by the cell
        self.awaiting = 0  # at how many `await`s of unknown things the walk stands: tasks may run
        self.gate: list[Any] = []  # futures of tasks that may not run yet
        self.clocks = False  # whether a clock read has been deferred
        self.finished = False
        self.context: Any = None
        self.in_flight: dict[int, Operation] = {}
        self.queue: list[tuple[Any, int, Operation]] = []
        self.per_external: dict[Any, int] = {}
        self.footprint: Callable[[Engine, Strand], None] | None = None
        self.reasons: list[str] = []
        driver.bind(self)

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
                self.streams.begin()
                try:
                    await self.driver.wait()
                finally:
                    self.streams.end()
        except BaseException as error:
            current.engine = self
            try:
                failures.abandon(self, error)
            finally:
                current.engine = before
            raise
        if root.error is not None:
            failure = root.error
            root.error = None
            raise failure
        return known(root.value)

    def start(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Have `function` run in `strand` when the hub comes to it: it is parked at birth."""
        strand.parked = True
        strand.state = PARKED
        strand.wake = (function, args, kwargs)
        self.wake(strand)

    def pump(self) -> None:
        """Resume, in program order, whatever can go on; returns when only the driver can bring news."""
        ready = self.ready
        while True:
            failures.retire(self)
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

    def wake(self, item: Strand | Operation) -> None:
        """Put a parked strand or a waiting operation into the queue, ordered by place in the program."""
        if not item.queued:
            item.queued = True
            self.sequence += 1
            # a strand goes on behind what it has done so far
            place = (*item.path, item.count + 1) if type(item) is Strand else item.position
            heappush(self.ready, (place, self.sequence, item))

    # --- strands

    def resume(self, strand: Strand) -> None:
        """From the hub: let `strand` go on."""
        if strand.state not in (PARKED, BLOCKED):
            return
        job = None
        if strand.greenlet is None:
            if strand.wake is None:
                return
            strand.greenlet = self.worker()
            job = (strand, *strand.wake)
            strand.wake = None
        strand.state = RUNNING
        self.current = strand
        strand.greenlet.switch(job)

    def worker(self) -> greenlet:
        """A greenlet that can run strands, from the pool or a new one."""
        if self.pool:
            return self.pool.pop()
        made = greenlet(self._work, self.hub)
        made.gr_context = getcurrent().gr_context
        return made

    def _work(self, job: Any) -> None:
        while True:
            strand, function, args, kwargs = job
            handled = strand.error  # what `sys.exc_info()` shows to the code that was called
            strand.error = None
            error: BaseException | None = None
            try:
                if handled is None:
                    value = function(*args, **kwargs)
                else:
                    trace = handled.__traceback__
                    try:
                        raise handled
                    except BaseException:
                        handled.__traceback__ = trace
                        value = function(*args, **kwargs)
            except BaseException as raised:
                error = raised
                value = None
            job = function = args = kwargs = handled = None
            target, error = self.ended(strand, value, error)
            strand.greenlet = None
            strand = value = None
            self.pool.append(getcurrent())
            if error is None:
                job = target.switch()
            else:
                passed: BaseException | None
                passed, error = error, None
                # thrown, not raised: raising would set its context anew
                job = target.throw(type(passed), passed, passed.__traceback__)
                passed = None

    def ended(self, strand: Strand, value: Any, error: BaseException | None) -> tuple[greenlet, BaseException | None]:
        """`strand` has come to its end: where its greenlet goes on, and what to throw there."""
        if strand.state == CANCELLED:
            return self.killer, None
        if error is not None:
            error.__traceback__ = tracebacks.clean(error.__traceback__)
        if not strand.parked:
            strand.state = DONE
            strand.value = value
            return strand.spawner, error
        if isinstance(error, Kill):
            raise AssertionError("a live strand was killed") from error
        self.release(strand.claims)
        strand.claims = []
        if strand.everything:
            strand.everything = False
        op = strand.operation
        if op is not None:
            # The strand was an operation done anew, mediated
            strand.state = DONE
            if error is None:
                self.finish_operation(op, value)
            else:
                self.fail_operation(op, error)
        elif error is None:
            strand.state = DONE
            strand.value = value
            if strand.result is not None:
                self.resolve(strand.result, value)
                strand.value = None
        else:
            strand.state = FAILED
            strand.error = error
            failures.failed(self, strand)
        self.progress(strand)
        return self.hub, None

    def spawn(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run `function` in `strand`, a child of the current one: its value, or a placeholder if it parked."""
        parent = self.current
        if self.killing:
            raise Kill
        if self.unretired > self.window:
            self.throttle()
        parent.log.append(strand)
        strand.spawner = getcurrent()
        strand.error = sys.exception() if sys.version_info >= (3, 11) else sys.exc_info()[1]
        pool = self.pool
        strand.greenlet = worker = pool.pop() if pool else self.worker()
        self.current = strand
        try:
            worker.switch((strand, function, args, kwargs))
        finally:
            self.current = parent
        if parent.state != RUNNING:
            self.attend(parent)
        if strand.state == DONE and not strand.parked:
            value = strand.value
            strand.value = None
            strand.spawner = None
            log = parent.log
            if not strand.log and log and log[-1] is strand:
                log.pop()
                if self.front is strand:
                    self.front = parent
            return value
        if strand.state == PARKED and strand.result is None:
            strand.result = Placeholder(strand, None)
            self.unretired += 1
            self.claim(strand)
        return known(strand.result)

    def spawn_parked(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], value: Placeholder,
                     rest: tuple[Any, ...] = ()) -> Placeholder:  # fmt: skip
        """A strand that starts only when `value` is known: a branch whose test is pending."""
        if self.killing:
            raise Kill
        self.current.log.append(strand)
        strand.state = PARKED
        strand.parked = True
        strand.error = sys.exception()
        strand.result = Placeholder(strand, None)
        self.unretired += 1
        self.claim(strand)

        def begin() -> None:
            strand.wake = (function, (*args, known(value), *rest), {})
            self.wake(strand)

        value.when_known(begin)
        return strand.result

    def claim(self, strand: Strand) -> None:
        """Enter what the rest of a parked strand may touch into the chains, before anything behind it goes on."""
        if self.footprint is not None:
            self.footprint(self, strand)
        else:
            self.claim_everything(strand)

    def claim_everything(self, strand: Strand) -> None:
        """The rest of `strand` could not be analysed: it conflicts with every location behind it."""
        strand.everything = True
        entry = Entry(None, WRITE, strand.path, strand, True)
        strand.claims.append(entry)
        self.chains.claim_everything(entry)

    def park(self, what: str) -> None:
        """The current strand cannot go on. Its caller walks on behind it, if it is for the first time."""
        strand = self.current
        if self.killing:
            raise Kill
        assert getcurrent() is not self.hub, f"the hub would wait for {what}"
        strand.state = PARKED
        strand.wait_for = what
        if strand.parked:
            target = self.hub
        else:
            strand.parked = True
            target = strand.spawner
        target.switch()
        self.current = strand
        if strand.state != RUNNING or self.killing:
            self.attend(strand)

    def block(self, what: str) -> None:
        """The current strand stops and nobody walks on behind it: the window is full, or it sleeps."""
        strand = self.current
        if self.killing:
            raise Kill
        strand.state = BLOCKED
        strand.wait_for = what
        self.hub.switch()
        self.current = strand
        if strand.state != RUNNING or self.killing:
            self.attend(strand)

    def attend(self, strand: Strand) -> None:
        """A strand that was cancelled, or whose `try` has to start over, unwinds."""
        if self.killing or strand.state == CANCELLED or strand.rewind is not None:
            raise Kill

    def throttle(self) -> None:
        """Wait until the window has room again: only the walk itself, never a strand that was walked past."""
        failures.retire(self)
        strand: Strand | None = self.current
        while strand is not None and strand is not self.root:
            if strand.parked:
                return
            strand = strand.parent
        while self.unretired > self.window // 2 and not self.is_oldest(self.current):
            self.blocked.append(self.current)
            self.block("the window")

    def is_oldest(self, strand: Strand) -> bool:
        """Whether everything before the current point of `strand` has retired, as of the last retirement."""
        return self.front is strand and strand.head == len(strand.log)

    def retire(self) -> None:
        """Make final what can be."""
        failures.retire(self)

    def in_order(self, what: str) -> None:
        """Wait until everything before the current point has retired."""
        if self.killing:
            raise Kill
        strand = self.current
        failures.retire(self)
        while not self.is_oldest(strand):
            strand.oldest = True
            self.park(what)
            failures.retire(self)
        strand.oldest = False
        if self.streams.users:
            self.streams.lift()

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
                self.force(missing[0])

    def whole_shape(self, container: Any) -> None:
        """Wait until no earlier write stands on `container`."""
        from .control import quiet

        quiet(self, container)

    def context_of(self) -> Any:
        """The context that an external call runs in: a copy of the one it was issued in."""
        return contextvars.copy_context()

    def cancel_external(self, op: Operation) -> None:
        """The answer of an external call will not be needed."""
        from . import dispatch

        dispatch.cancel(self, op)

    # --- values

    def resolve(self, placeholder: Placeholder, value: Any) -> None:
        """`placeholder` turns out to be `value`: fill the slots that hold it and wake who waits."""
        value = known(value)
        if placeholder.state != PENDING:
            return
        if type(value) in KINDS:
            value.when_known(lambda: self.resolve(placeholder, value))
            return
        placeholder.value = value
        placeholder.state = KNOWN
        self.chains.move(id(placeholder), id(value))
        if placeholder.slots:
            self.slots.fill(placeholder, value)
        waiters = placeholder.waiters
        if waiters is not None:
            placeholder.waiters = None
            for waiter in waiters:
                waiter()

    # --- operations

    def operation(self, kind: str, label: str, site: Any) -> Operation:
        """A new operation at the current place in the program, entered in the log."""
        if self.killing:
            raise Kill
        strand = self.current
        if self.unretired > self.window:
            self.throttle()
        self.sequence += 1
        op = Operation(self.sequence, kind, strand, strand.position(), label)
        op.site = site
        op.handled = sys.exception()
        strand.log.append(op)
        self.unretired += 1
        return op

    def undoable(self, take_back: Callable[[], None], target: Any, key: Key) -> None:
        """A mutation has just happened at the current place; remember how to take it back."""
        strand = self.current
        strand.log.append(Undo(strand.position(), take_back, target, key))
        self.unretired += 1

    def enter(self, op: Operation, key: Key, access: int, value: Any = None) -> Entry:
        """Enter an access of `op` into the chain of `key`."""
        entry = Entry(key, access, op.position, op, False, value)
        op.entries.append(entry)
        self.chains.add(entry)
        return entry

    def enter_everything(self, op: Operation) -> None:
        """`op` may touch anything: it stands in the way of everything behind it."""
        entry = Entry(None, WRITE, op.position, op)
        op.entries.append(entry)
        self.chains.claim_everything(entry)

    def release(self, entries: list[Entry]) -> None:
        """These accesses have happened (or never will): whoever waits for them looks again."""
        for entry in entries:
            if entry.key is None:
                self.chains.everything.remove(entry)
            else:
                self.chains.remove(entry)
        for entry in entries:
            if entry.waiters:
                for waiter in entry.waiters:
                    self.wake(waiter)
                entry.waiters = None

    def attempt(self, op: Operation) -> None:
        """From the hub: run `op` if its hazards are gone and its operands known, else subscribe to what it waits for."""
        if op.state != WAITING:
            return
        for entry in op.entries:
            if entry.key is None:
                continue
            if op.kind == "load" or entry.value is FORWARDED:
                hazard = self.chains.last_write(entry.key, op.position)
                if hazard is not None and hazard.access == STORE:
                    continue
            else:
                hazard = self.chains.conflict(entry.key, entry.access, op.position, op)
            if hazard is not None:
                if self.check:
                    assert hazard.position < op.position, "a dependency points forward"
                if hazard.waiters is None:
                    hazard.waiters = []
                hazard.waiters.append(op)
                return
        missing = op.needs() if op.needs is not None else ()
        if missing:
            op.missing = len(missing)
            for placeholder in missing:
                placeholder.when_known(lambda: self._one_known(op))
            return
        if op.touches is not None and not self._clear(op):
            return
        if op.final:
            op.ready = True  # the hub retires at its next turn
            return
        op.state = STARTED
        assert op.run is not None
        op.run()

    def _clear(self, op: Operation) -> bool:
        """Its operands are known now: whether no earlier access stands on what they turned out to be."""
        assert op.touches is not None
        chains = self.chains
        if chains.of or chains.everything:
            for value, access in op.touches():
                hazard = chains.conflict(id(value), access, op.position, op)
                if hazard is not None:
                    if all(entry.key != id(value) for entry in op.entries):
                        self.enter(op, id(value), access)
                    if hazard.waiters is None:
                        hazard.waiters = []
                    hazard.waiters.append(op)
                    return False
        return True

    def _one_known(self, op: Operation) -> None:
        op.missing -= 1
        if op.missing == 0 and op.state == WAITING:
            self.wake(op)

    def finish_operation(self, op: Operation, value: Any) -> None:
        """`op` has happened with `value`."""
        if op.state == CANCELLED:
            return
        op.state = DONE
        self.release(op.entries)
        op.entries = []
        op.run = op.needs = None
        if op.result is not None:
            self.resolve(op.result, value)
        self.progress(op)

    def fail_operation(self, op: Operation, error: BaseException) -> None:
        """`op` has failed; the failure is raised when everything before it in its `try` is settled."""
        if op.state == CANCELLED:
            return
        op.state = FAILED
        op.error = error
        op.run = op.needs = None
        failures.failed(self, op)
        self.progress(op)

    def progress(self, item: Strand | Operation) -> None:
        """`item` has ended: the `try` strands that wait for it look again."""
        waiters = item.settle_waiters
        if waiters:
            item.settle_waiters = None
            for strand in waiters:
                if strand.state == PARKED:
                    self.wake(strand)
                else:
                    failures.check(self, strand)

    # --- external calls, as the driver reports them

    def finish(self, op: Operation, value: Any) -> None:
        """The external call `op` has returned `value`."""
        from . import dispatch

        self.trigger = op.id
        dispatch.returned(self, op, value)

    def fail(self, op: Operation, error: BaseException) -> None:
        """The external call `op` has raised `error`."""
        from . import dispatch

        self.trigger = op.id
        dispatch.raised(self, op, error)


def here() -> Site | None:
    """The user's frame that the current operation was called from, and the instruction in it."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__package__", "") == __package__:
        frame = frame.f_back
    return (frame, frame.f_lasti, 0) if frame is not None else None


__all__ = ["READ", "STORE", "WRITE", "Engine", "here"]
