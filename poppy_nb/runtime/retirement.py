"""Retirement: what has nothing unfinished before it becomes final, in program order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlet import getcurrent

from . import streams
from .failures import checks, fail_run, left_to_try
from .strands import CANCELLED, DONE, FAILED, STARTED, WAITING, Operation, Strand


if TYPE_CHECKING:
    from .engine import Engine


def retire(engine: Engine) -> None:
    """Make final, in program order, whatever has nothing unfinished before it."""
    if engine.retiring or engine.finished:
        return
    engine.retiring = True
    try:
        _retire(engine)
    finally:
        engine.retiring = False


def _retire(engine: Engine) -> None:
    strand = engine.front
    in_hub = getcurrent() is engine.hub
    if in_hub:
        checks(engine)
    while True:
        log = strand.log
        if strand.head < len(log):
            item = log[strand.head]
            kind = type(item)
            if kind is Strand:
                strand = item
            elif kind is not Operation:
                _pop(engine, strand, True)  # an undo entry
            elif item.runner is not None:
                strand = item.runner
            elif item.state == DONE or item.state == CANCELLED:
                if item.output:
                    streams.write(item.output)
                if item.kind == "external":
                    engine.call_gone()
                    if engine.events is not None:
                        engine.events.retired(item)
                item.let_go()
                _pop(engine, strand, True)
            elif item.state == FAILED:
                if _ends_run(engine, item, strand, in_hub):
                    return
                break
            elif item.final and item.state == WAITING:
                if not item.ready:
                    engine.wake(item)
                    break
                engine.front = strand
                item.state = STARTED
                item.run()
                if item.state == STARTED:
                    break
            else:
                break
        elif strand is engine.root:
            if strand.state == DONE:
                engine.finished = True
            elif strand.state == FAILED and in_hub:
                engine.front = strand
                fail_run(engine, strand)
                return
            elif strand.oldest:
                engine.wake(strand)
            break
        elif strand.state == DONE or strand.state == CANCELLED:
            parent = strand.parent
            assert parent is not None
            if strand.operation is not None:
                strand.operation.runner = None
            else:
                _pop(engine, parent, strand.parked)
            strand.let_go()
            strand = parent
        elif strand.state == FAILED:
            if _ends_run(engine, strand, strand, in_hub):
                return
            break
        else:
            if strand.oldest:
                engine.wake(strand)
            break
    engine.front = strand
    if not engine.unretired:
        engine.site = None  # it holds a frame
        if engine.chains.families:
            engine.chains.dissolve_unused()
    if engine.blocked and not engine.crowded():
        blocked, engine.blocked = engine.blocked, []
        for waiting in blocked:
            engine.wake(waiting)


def _ends_run(engine: Engine, failed: Operation | Strand, front: Strand, in_hub: bool) -> bool:
    """The oldest thing has failed: whether that was the end of the run, since no `try` takes care of it."""
    if left_to_try(engine, failed) or not in_hub:
        return False
    engine.front = front
    fail_run(engine, failed)
    return True


def _pop(engine: Engine, strand: Strand, counted: bool) -> None:
    strand.log[strand.head] = None
    strand.head = head = strand.head + 1
    if counted:
        engine.unretired -= 1
    if head > 256 and head * 2 > len(strand.log):
        del strand.log[:head]
        strand.head = 0
        strand.scan = max(strand.scan - head, 0)
