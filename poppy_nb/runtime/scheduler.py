"""Strands on greenlets: they are spawned, park and let their callers walk on, and are resumed from the hub."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from greenlet import getcurrent, greenlet

from . import failures, tracebacks
from .chains import WRITE, Entry
from .operations import STEPS, Operations
from .placeholder import Placeholder, known
from .strands import BLOCKED, CANCELLED, DONE, FAILED, PARKED, RUNNING, Kill, Strand


class Scheduler(Operations):
    """The part of an engine that runs strands, each on a greenlet of its own, pooled."""

    def __init__(self) -> None:
        super().__init__()
        self.hub: greenlet = getcurrent()
        # Idle greenlets, by how many lie between them and the hub. Each keeps the depth of recursion at which it was begun: if
        # one from far inside ran what stands further out, what that spawns would be begun further inside still, and so on.
        self.pools: list[list[greenlet]] = []
        self.root = Strand(None, (), "cell")
        self.root.parked = True
        self.current: Strand = self.root
        self.front: Strand = self.root
        self.blocked: list[Strand] = []
        self.stack_limit = 0  # the program's, as long as it is raised
        self.interrupted = False  # Ctrl-C was seen, see `interrupts.py`
        self.begins_by = 0.0  # when calls that were started have to have begun, 0.0 if all have
        self.held: tuple[Strand, greenlet] | None = None  # who waits meanwhile, and where
        self.killing = False
        self.killer: greenlet = self.hub
        self.footprint: Callable[[Any, Strand], None] | None = None

    def retire(self) -> None:
        """Make final what can be."""
        raise NotImplementedError

    def heard(self) -> None:
        """It was interrupted while the walk stood still."""
        raise NotImplementedError

    def break_off(self) -> None:
        """It was interrupted, and the running strand can stop here."""
        raise NotImplementedError

    def resume(self, strand: Strand) -> None:
        """From the hub: let `strand` go on."""
        if strand.state not in (PARKED, BLOCKED):
            return
        job = None
        if strand.greenlet is None:
            if strand.wake is None:
                return
            strand.level = 0
            strand.greenlet = self.worker(0)
            job = [strand, *strand.wake]
            strand.wake = None
        strand.state = RUNNING
        self.current = strand
        strand.greenlet.switch(job)

    def worker(self, level: int) -> greenlet:
        """A greenlet that can run strands of a level, an idle or a new one."""
        while len(self.pools) <= level:
            self.pools.append([])
        if self.pools[level]:
            return self.pools[level].pop()
        made = greenlet(self._work, getcurrent())  # who hears of it if there is no room left on the stack to begin
        made.gr_context = getcurrent().gr_context
        return made

    def dismiss(self) -> None:
        """The run is over: idle greenlets end. The garbage collector does not see what a suspended one holds: the engine."""
        pools, self.pools = self.pools, []
        for pool in pools:
            for idle in pool:
                idle.throw()

    def _work(self, job: Any) -> None:
        getcurrent().parent = self.hub
        while True:
            strand, function, args, kwargs = job
            job.clear()  # the greenlet keeps what it was begun with
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
            if error is not None and isinstance(error, RecursionError):
                # The recursion that is to be brought to an end has used the stack up
                self.stack_limit = limit = self.stack_limit or sys.getrecursionlimit()
                sys.setrecursionlimit(limit + 200)
                target, error = self.ended(strand, value, error)
                try:
                    sys.setrecursionlimit(limit)
                    self.stack_limit = 0
                except RecursionError:  # too deep for it still: the strand around will do it
                    pass
            else:
                target, error = self.ended(strand, value, error)
            strand.greenlet = None
            if strand.level < len(self.pools):  # else the run is over
                self.pools[strand.level].append(getcurrent())
            strand = value = None
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
        strand.claims = ()
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
        if self.interrupted:
            self.break_off()
        if self.calls >= self.window or self.unretired > self.window * STEPS:
            self.throttle()
        parent.log.append(strand)
        strand.spawner = getcurrent()
        strand.error = sys.exception() if strand.turn is None else strand.turn.handled
        strand.level = level = parent.level + 1
        strand.greenlet = worker = self.worker(level)
        self.current = strand
        try:
            worker.switch([strand, function, args, kwargs])
        except RecursionError:
            if worker.dead and parent.log and parent.log[-1] is strand:
                parent.log.pop()
                strand.state = DONE
            raise
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
            if self.begins_by:
                self.breathe()
            self.claim(strand)
            if strand.outcome is not None:
                self.resolve(strand.result, strand.outcome[0])
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
        value.when_known(partial(self._begin, strand, function, args, value, rest))
        return strand.result

    def _begin(self, strand: Strand, function: Callable[..., Any], args: tuple[Any, ...], value: Placeholder,
               rest: tuple[Any, ...]) -> None:  # fmt: skip
        strand.wake = (function, (*args, known(value), *rest), {})
        self.wake(strand)

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
        strand.claims = (*strand.claims, entry)
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

    def breathe(self) -> None:
        """Calls that were started wait for the thread or the loop that the walk holds: if it is time, it stops for them."""
        strand = self.current
        here = getcurrent()
        if self.held is not None or perf_counter() < self.begins_by:
            return
        if self.killing or here is self.hub or strand.state != RUNNING:
            return
        self.held = (strand, here)
        strand.state = BLOCKED
        strand.wait_for = "calls to begin"
        self.hub.switch()
        self.current = strand
        if strand.state != RUNNING or self.killing:
            self.attend(strand)
        if self.interrupted:
            self.heard()

    def attend(self, strand: Strand) -> None:
        """A strand that was cancelled, or whose `try` has to start over, unwinds."""
        if self.killing or strand.state == CANCELLED or strand.rewind is not None:
            raise Kill

    def throttle(self) -> None:
        """Wait until the window has room again: the walk itself, and of what was walked past who has filled half of it alone.

        Who fills the rest may stand behind the strand. So it goes on in any case when it is the oldest.
        """
        self.retire()
        strand: Strand | None = self.current
        own = 0
        while strand is not None and strand is not self.root:
            own += len(strand.log) - strand.head
            if strand.parked:
                if own * 2 <= self.window:
                    return
                break
            strand = strand.parent
        strand = self.current
        while self.crowded() and not self.is_oldest(strand):
            strand.oldest = True
            self.blocked.append(strand)
            self.block("the window")
        strand.oldest = False

    def crowded(self) -> bool:
        """Whether more than half of the window is taken: a walk that has stopped goes on when it is less."""
        return self.calls * 2 > self.window or self.unretired * 2 > self.window * STEPS

    def is_oldest(self, strand: Strand) -> bool:
        """Whether everything before the current point of `strand` has retired, as of the last retirement."""
        return self.front is strand and strand.head == len(strand.log)
