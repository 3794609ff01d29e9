"""Operations and values: what was issued is entered, attempted when its hazards are gone, and answers for a placeholder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from heapq import heappush
from typing import Any

from . import failures, given_back
from .chains import FORWARDED, STORE, WRITE, Chains, Entry, Key
from .collection import MANY, Collection
from .files import Written
from .locations import location
from .open_slots import OpenSlots
from .placeholder import KINDS, KNOWN, PENDING, Placeholder, known
from .strands import CANCELLED, DONE, FAILED, PARKED, STARTED, WAITING, Kill, Operation, Strand, Undo


STEPS = 10  # so many unretired operations for each call that may be unretired: what a program does around a call


class Operations:
    """The part of an engine that holds operations: their chains, the slots that await their values, the queue to go on."""

    current: Strand  # the strand whose code runs
    window: int
    check: bool
    killing: bool

    def __init__(self) -> None:
        self.chains: Chains = Chains()
        self.slots = OpenSlots()
        self.written = Written()
        self.ready: list[tuple[Any, int, Any]] = []
        self.sequence = 0
        self.unretired = 0  # entries of the logs
        self.calls = 0  # of these, external calls
        self.collection = Collection()
        self.to_check: list[Strand] = []  # `try` strands in which something has failed

    def call_planned(self) -> None:
        """An external call is in the log now."""
        self.calls += 1
        if self.calls == MANY:
            self.collection.relax()

    def call_gone(self) -> None:
        """An external call has retired or was cancelled."""
        self.calls -= 1
        if not self.calls:
            self.collection.restore()

    def throttle(self) -> None:
        """Wait until the window has room again."""
        raise NotImplementedError

    def wake(self, item: Strand | Operation) -> None:
        """Put a parked strand or a waiting operation into the queue, ordered by place in the program."""
        if not item.queued:
            item.queued = True
            self.sequence += 1
            # a strand goes on behind what it has done so far
            place = (*item.path, item.count + 1) if type(item) is Strand else item.position
            heappush(self.ready, (place, self.sequence, item))

    # --- values

    def resolve(self, placeholder: Placeholder, value: Any) -> None:
        """`placeholder` turns out to be `value`: fill the slots that hold it and wake who waits."""
        value = known(value)
        if placeholder.state != PENDING:
            return
        if type(value) in KINDS:
            value.when_known(partial(self.resolve, placeholder, value))
            return
        placeholder.value = value
        placeholder.state = KNOWN
        placeholder.origin = None  # which holds it: what is dropped now goes now
        for entry in self.chains.move(id(placeholder), value):
            self._look_again(entry)
        if placeholder.slots:
            self.slots.fill(placeholder, value)
        waiters = placeholder.waiters
        if waiters is not None:
            placeholder.waiters = None
            if type(waiters) is list:
                for waiter in waiters:
                    waiter()
            else:
                waiters()  # type: ignore[operator]

    # --- operations

    def operation(self, kind: str, label: str, site: Any) -> Operation:
        """A new operation at the current place in the program, entered in the log."""
        if self.killing:
            raise Kill
        strand = self.current
        if self.calls >= self.window or self.unretired > self.window * STEPS:
            self.throttle()
        self.sequence += 1
        op = Operation(self.sequence, kind, strand, strand.position(), label)
        op.site = site
        op.handled = sys.exception()
        strand.log.append(op)
        self.unretired += 1
        return op

    def undoable(self, take_back: Callable[[], None], target: Any, key: Key, old: Any = None) -> None:
        """A mutation has just happened at the current place; remember how to take it back, and what was there if that is told."""
        self.remember(Undo(take_back, target, key, old))

    def remember(self, undo: Undo) -> None:
        """The same, with the entry of the log itself."""
        self.current.log.append(undo)
        self.unretired += 1
        if undo.key in self.chains.of:
            given_back.told(self, self.current, undo.key, undo)

    def enter(self, op: Operation, key: Key, access: int, value: Any = None, inside: int | None = None) -> Entry:
        """Enter an access of `op` into the chain of `key`."""
        entry = Entry(key, access, op.position, op, False, value, inside)
        op.add(entry)
        self.chains.add(entry)
        return entry

    def enter_everything(self, op: Operation) -> None:
        """`op` may touch anything: it stands in the way of everything behind it."""
        entry = Entry(None, WRITE, op.position, op)
        op.add(entry)
        self.chains.claim_everything(entry)

    def release(self, entries: Sequence[Entry]) -> None:
        """These accesses have happened (or never will): whoever waits for them looks again."""
        for entry in entries:
            if entry.key is None:
                self.chains.everything.remove(entry)
            else:
                self.chains.remove(entry)
        for entry in entries:
            if entry.waiters is not None:
                self._look_again(entry)

    def _look_again(self, entry: Entry) -> None:
        waiters = entry.waiters
        entry.waiters = None
        if type(waiters) is list:
            for waiter in waiters:
                self.wake(waiter)
        elif waiters is not None:
            self.wake(waiters)

    def attempt(self, op: Operation) -> None:
        """From the hub: run `op` if its hazards are gone and its operands known, else subscribe to what it waits for."""
        if op.state != WAITING:
            return
        if op.guesses is not None and not self._narrow(op):
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
                hazard.when_gone(op)
                return
        missing = op.needs() if op.needs is not None else ()
        if missing:
            op.missing = len(missing)
            for placeholder in missing:
                placeholder.when_known(partial(self._one_known, op))
            return
        if op.touches is not None and not self.clear(op):
            return
        if op.final:
            op.ready = True  # the hub retires at its next turn
            return
        op.state = STARTED
        assert op.run is not None
        op.run()

    def _narrow(self, op: Operation) -> bool:
        """Whether the pending operands of `op` are known; it then stands on what they are, not on all that they might be."""
        assert op.guesses is not None
        assert op.touches is not None
        pending, guessed = op.guesses
        waiting = [now for value in pending if type(now := known(value)) in KINDS]
        if waiting:
            op.missing = len(waiting)
            for placeholder in waiting:
                placeholder.when_known(partial(self._one_known, op))
            return False
        op.guesses = None
        actual = {location(value) for value, _ in op.touches()}
        gone = [entry for entry in op.entries if entry.key in guessed and entry.key not in actual]
        if gone:
            dropped = set(map(id, gone))
            op.entries = [entry for entry in op.entries if id(entry) not in dropped]
            self.release(gone)
        return True

    def clear(self, op: Operation) -> bool:
        """Its operands are known, and its containers as they will be: whether no earlier access stands on what they are."""
        assert op.touches is not None
        chains = self.chains
        if chains.of or chains.everything:
            for value, access in op.touches():
                key = location(value)
                hazard = chains.actual(key, access, op.position, op)
                if hazard is not None:
                    if all(entry.key != key for entry in op.entries):
                        self.enter(op, key, access)
                    hazard.when_gone(op)
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
        if op.take_back:
            for key, how in given_back.of_operation(op):
                given_back.told(self, op.strand, key, how)
        self.release(op.entries)
        op.entries = ()
        op.run = op.needs = op.touches = None
        if op.kind == "native" or op.kind == "effect":
            op.keep = None  # a file that nobody else holds is closed now
        if op.result is not None:
            self.resolve(op.result, value)
        self.progress(op)

    def fail_operation(self, op: Operation, error: BaseException) -> None:
        """`op` has failed; the failure is raised when everything before it in its `try` is settled."""
        if op.state == CANCELLED:
            return
        op.state = FAILED
        op.error = error
        op.run = op.needs = op.touches = None
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
