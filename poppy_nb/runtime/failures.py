"""Failures: what a failure makes undone is taken back, newest first, and it is raised in the strand of its `try`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from greenlet import getcurrent, greenlet

from . import streams, tracebacks
from .placeholder import DEAD
from .strands import CANCELLED, DONE, FAILED, PARKED, RUNNING, STARTED, WAITING, Kill, Operation, Strand, Undo


if TYPE_CHECKING:
    from types import FrameType

    from .engine import Engine
    from .operations import Operations

OK, WAIT, FAIL = range(3)
SETTLING = "the end of a try"  # what a strand waits for when the body of its `try` or `with` has been walked


# --- the scope of a `try`


def failed(engine: Operations, item: Operation | Strand) -> None:
    """`item` has failed: the innermost `try` around it has to look, at the next turn of the hub."""
    strand = item.strand if type(item) is Operation else item.parent  # type: ignore[union-attr]
    while strand is not None:
        if strand.is_try:
            engine.to_check.append(strand)
            return
        strand = strand.parent


def left_to_try(engine: Engine, item: Operation | Strand) -> bool:
    """Whether a `try` around `item` will take care of its failure."""
    waiting = len(engine.to_check)
    failed(engine, item)
    return len(engine.to_check) > waiting


def check(engine: Operations, strand: Strand) -> None:
    """Something that the `try` of `strand` waits for has ended; look at the next turn of the hub."""
    engine.to_check.append(strand)


def checks(engine: Engine) -> bool:
    """From the hub: whether the body of a `try` was interrupted."""
    interrupted = False
    while engine.to_check:
        strand = engine.to_check.pop()
        if not strand.is_try or strand.state in (DONE, FAILED, CANCELLED):
            continue
        outcome, item = _scan(strand)
        if outcome == FAIL:
            _interrupt(engine, strand, item)
            interrupted = True
        elif outcome == WAIT:
            _subscribe(item, strand)
    return interrupted


def _subscribe(item: Any, strand: Strand) -> None:
    if item.settle_waiters is None:
        item.settle_waiters = [strand]
    elif strand not in item.settle_waiters:
        item.settle_waiters.append(strand)


def _scan(strand: Strand) -> tuple[int, Any]:
    """The first thing in the log of `strand` that is not settled, in program order."""
    log = strand.log
    index = max(strand.scan, strand.head)
    while index < len(log):
        item = log[index]
        kind = type(item)
        if kind is Operation:
            if item.runner is not None:
                outcome = _scan(item.runner)
                if outcome[0] != OK:
                    strand.scan = index
                    return outcome
            if item.state == FAILED:
                strand.scan = index
                return FAIL, item
            if item.state in (WAITING, STARTED) and not item.harmless:
                strand.scan = index
                return WAIT, item
        elif kind is Strand:
            strand.scan = index
            if item.is_try and item.state not in (DONE, CANCELLED, FAILED):
                return WAIT, item
            outcome = _scan(item)
            if outcome[0] != OK:
                return outcome
            if item.state == FAILED:
                return FAIL, item
            if item.state not in (DONE, CANCELLED):
                return WAIT, item
        index += 1
    strand.scan = index
    return OK, None


def settle(engine: Engine) -> None:
    """Wait until all that the current strand has done so far has ended without failure, or raise the first failure."""
    strand = engine.current
    while True:
        outcome, item = _scan(strand)
        if outcome == OK:
            return
        if outcome == FAIL:
            _raise_here(_unwind(engine, strand, item))
        _subscribe(item, strand)
        engine.park(SETTLING)


def caught(engine: Engine, error: BaseException) -> None:
    """An exception has come out of a `try` body. Raises the one that plain Python would raise here, if it is another."""
    strand = engine.current
    if isinstance(error, Kill):
        if strand.rewind is None or strand.state == CANCELLED:
            return
        rewound, strand.rewind = strand.rewind, None
        engine.killing = False
        _unguard(strand)
        _raise_here(rewound)
    try:
        settle(engine)
    except Kill as kill:
        caught(engine, kill)
        raise
    finally:
        _unguard(strand)


def _raise_here(error: BaseException) -> NoReturn:
    """The same where a body has failed. What steps a generator is around its body: those frames come when it leaves that."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and tracebacks.is_own(frame):
        frame = frame.f_back
    around: set[FrameType] = set()
    while frame is not None and frame.f_back is not None:
        frame = frame.f_back
        around.add(frame)
    while error.__traceback__ is not None and error.__traceback__.tb_frame in around:
        error.__traceback__ = error.__traceback__.tb_next
    raise_as_it_is(error)


def raise_as_it_is(error: BaseException) -> NoReturn:
    """Raise without giving it a context: a greenlet that dies of an exception hands it on untouched, a `raise` would not."""
    thrower(error)()
    raise AssertionError("not reached")


def thrower(error: BaseException) -> Callable[[], None]:
    """What raises it as it is, where it is called, and is no frame itself."""
    return partial(greenlet(_nothing).throw, type(error), error, error.__traceback__)


def _nothing() -> None:
    pass


def _unguard(strand: Strand) -> None:
    strand.guards = max(strand.guards - 1, 0)
    strand.is_try = strand.guards > 0


def _interrupt(engine: Engine, strand: Strand, item: Any) -> None:
    """From the hub: the body of the `try` in `strand` has failed at `item`, wherever it is by now."""
    error = _unwind(engine, strand, item)
    strand.rewind = error
    strand.state = RUNNING
    engine.current = strand
    engine.killing = True
    assert strand.greenlet is not None
    strand.greenlet.throw(Kill)


def _unwind(engine: Engine, scope: Strand, item: Any) -> BaseException:
    """Cancel and undo what comes after `item` in `scope`; the error, with its traceback put together."""
    error = item.error
    assert error is not None
    error = tracebacks.complete(item, scope, error)
    cancel_after(engine, scope, item)
    for after in _consequences(item, scope):
        engine.sequence += 1
        op = Operation(engine.sequence, "effect", scope, scope.position(), "a failure")
        op.final = op.ready = True
        op.run = partial(_after, engine, op, after)
        scope.log.append(op)
        engine.unretired += 1
    item.state = CANCELLED
    item.error = None
    if type(item) is Operation:
        engine.release(item.entries)
        item.entries = ()
        if item.result is not None:
            item.result.state = DEAD
        while item.take_back:
            *_, (take_back, _) = item.take_back
            item.take_back = item.take_back[:-1]
            take_back()
    return _crossed(item, scope, error)


def _crossed(item: Operation | Strand, scope: Strand, error: BaseException) -> BaseException:
    """What a `try` in `scope` is told of the failure of `item`: one in a loop that is run inside a generator ends that."""
    strand: Strand | None = item.strand if type(item) is Operation else item  # type: ignore[assignment]
    while strand is not scope and strand is not None:
        if strand.turn is not None and not tracebacks.inside(strand, scope):
            strand = strand.turn.strand
            continue
        if strand.turn is not None:
            error = strand.turn.end(error)
        strand = strand.parent
    return error


def _consequences(item: Any, scope: Strand) -> list[Callable[[], None]]:
    """What is to happen because `item` has failed, also if nobody is told: a cache that counts the calls of what it wraps."""
    found = []
    while item is not scope and item is not None:
        if item.on_failure is not None:
            found.append(item.on_failure)
        if type(item) is Operation:
            item = item.strand
        else:
            item = item.operation if item.operation is not None else item.parent
    return found


def _after(engine: Engine, op: Operation, run: Callable[[], None]) -> None:
    run()
    engine.finish_operation(op, None)


def cancel_after(engine: Engine, scope: Strand, item: Any) -> None:
    """Cancel everything in `scope` that comes after `item`, newest first, and take back what it did."""
    inner = item.strand if type(item) is Operation else item.parent
    below: Any = item
    later: list[list[Any]] = []
    containers: list[Strand] = []
    if type(item) is Strand:
        containers.append(item)
    while True:
        index = _index(inner, below)
        later.append(inner.log[index + 1 :])
        del inner.log[index + 1 :]
        if inner is scope:
            break
        containers.append(inner)
        below = inner.operation if inner.operation is not None else inner
        inner = inner.parent
    touched: list[Any] = []
    for items in reversed(later):
        for one in reversed(items):
            _cancel(engine, one, touched)
    for strand in reversed(containers):
        if strand is not item or strand.state not in (DONE, FAILED):
            _cancel_strand(engine, strand)
        if strand.operation is not None:
            _cancel_around(engine, strand.operation)
    if type(item) is Strand and item.state == FAILED:
        engine.release(item.claims)
        item.claims = ()
    for target in touched:
        if target is not None:
            engine.slots.adopt(target)


def _cancel_around(engine: Engine, op: Operation) -> None:
    """What runs in a strand of its own has failed in there: how it ended, if it did, comes after that."""
    op.error = None
    _drop(engine, op)


def _drop(engine: Engine, op: Operation) -> None:
    """Nobody will have what an operation answers, and it stands in nobody's way."""
    op.state = CANCELLED
    if op.result is not None and op.result.state != 1:
        op.result.state = DEAD
    engine.release(op.entries)
    op.entries = ()


def _index(strand: Strand, item: Any) -> int:
    for index in range(len(strand.log) - 1, strand.head - 1, -1):
        if strand.log[index] is item:
            return index
    return strand.head - 1


def _cancel(engine: Engine, item: Any, touched: list[Any]) -> None:
    kind = type(item)
    if isinstance(item, Undo):
        item.take_back()
        touched.append(item.target)
        engine.unretired -= 1
    elif kind is Strand:
        if item.parked:
            engine.unretired -= 1
        _cancel_strand(engine, item)
        for one in reversed(item.log[item.head :]):
            _cancel(engine, one, touched)
        del item.log[item.head :]
    elif kind is Operation:
        engine.unretired -= 1
        if item.kind == "external":
            engine.call_gone()
        if item.runner is not None:
            _cancel_strand(engine, item.runner)
            for one in reversed(item.runner.log[item.runner.head :]):
                _cancel(engine, one, touched)
            item.runner = None
        if item.state == STARTED and item.external is not None:
            engine.cancel_external(item)
        item.output = None
        _drop(engine, item)
        while item.take_back:
            *_, (take_back, target) = item.take_back
            item.take_back = item.take_back[:-1]
            take_back()
            touched.append(target)


def _cancel_strand(engine: Engine, strand: Strand) -> None:
    """A strand whose work will not be needed: its frames unwind, what it held is released."""
    state = strand.state
    strand.state = CANCELLED
    engine.release(strand.claims)
    strand.claims = ()
    if strand.result is not None and strand.result.state != 1:
        strand.result.state = DEAD
    if state in (DONE, FAILED, CANCELLED) or not strand.greenlet:  # none, not begun, or dead of a stack that was too deep
        return
    before, engine.current = engine.current, strand
    killer, engine.killer = engine.killer, getcurrent()
    killing, engine.killing = engine.killing, True
    try:
        strand.greenlet.throw(Kill)
    finally:
        engine.current, engine.killer, engine.killing = before, killer, killing


# --- the end of a run


def fail_run(engine: Engine, item: Any) -> None:
    """Everything before `item` has retired: its failure is what the cell raises."""
    root = engine.root
    error = item.error
    error = tracebacks.complete(item, root, error)
    if type(item) is Operation and item.output:
        streams.write(item.output)
    engine.finished = True
    for after in _consequences(item, root):
        after()
    if item is not root:
        cancel_after(engine, root, item)
        _cancel_strand(engine, root)
    root.error = error
    _clear(engine)


def abandon(engine: Engine, error: BaseException) -> None:
    """The run is interrupted from outside, as if `error` were raised at the oldest operation: undo what has not retired."""
    if engine.finished:
        return
    engine.finished = True
    touched: list[Any] = []
    root = engine.root
    for one in reversed(root.log[root.head :]):
        _cancel(engine, one, touched)
    del root.log[root.head :]
    _cancel_strand(engine, root)
    for target in touched:
        if target is not None:
            engine.slots.adopt(target)
    _clear(engine)


def _clear(engine: Engine) -> None:
    for op in list(engine.in_flight.values()):
        engine.cancel_external(op)
    engine.ready.clear()


__all__ = ["abandon", "cancel_after", "caught", "check", "failed", "settle", "PARKED"]
