"""Ctrl-C: KeyboardInterrupt at the oldest operation that has not retired, wherever the walk has got to by then.

A signal comes at any moment. While the loop waits, the hub is woken and lets the oldest operation fail. While code of the user's
runs in a strand that is the oldest thing itself, the exception is raised right there, as in plain Python. In any other strand the
code is stopped where it is, as if it had to wait, and the hub does the same as above: the failure then unwinds what comes behind
it, `finally` and `except KeyboardInterrupt` included. While the runtime is at work, its tables are not to be torn: the strand
stops at the next instruction of the user's, or before the next strand begins; if it comes to neither soon, the exception is
raised all the same.
"""

from __future__ import annotations

import _thread
import asyncio
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from greenlet import getcurrent

from . import current, retirement
from .drivers import AsyncioDriver, run_call
from .frame_locals import traced
from .strands import BLOCKED, CANCELLED, DONE, FAILED, PARKED, RUNNING, SCOPE, Site, Strand
from .tracebacks import NEXT, Step, build, is_own


if TYPE_CHECKING:
    from .engine import Engine

SOON = 0.1  # seconds of work in which the runtime should have come to code of the user's
LATEST = 0.3  # and seconds by the clock: in these a busy machine has given it that time, or it waits in a native call
_SENDING = threading.Lock()  # held while a signal is sent to a run that goes on
_CALLS = (AsyncioDriver._await.__code__, run_call.__code__)  # below them a call runs on the loop's thread, and may fail


def request(engine: Engine, frame: FrameType | None) -> None:
    """From a handler of the signal, on the engine's thread. May raise KeyboardInterrupt, or stop the running strand."""
    if _is_late_echo(engine):
        return
    is_first = not engine.interrupted
    if is_first:
        engine.interrupted = True
        _set_due(engine)
    is_late = time.thread_time() >= engine.interrupt_due[0] or time.monotonic() >= engine.interrupt_due[1]
    if current.engine is not engine:
        engine.driver.nudge()
        _break_off_on_loop(engine, frame)
        return
    in_hub = getcurrent() is engine.hub
    if not in_hub and _is_users(frame):
        stop(engine)
        return
    if in_hub and _is_users(frame) or is_late:
        # What fails here may stand behind others, which the hub will not wait for; what runs while it retires is the oldest
        engine.interrupted = not (in_hub and engine.retiring)
        _set_due(engine)  # what it unwinds is not to be broken off again by the same
        raise KeyboardInterrupt
    if not in_hub:
        _stop_soon(engine, frame)
    engine.driver.nudge()  # it may be just about to wait
    if is_first:
        _again(engine)


def _set_due(engine: Engine) -> None:
    engine.interrupt_due = (time.thread_time() + SOON, time.monotonic() + LATEST)


@contextmanager
def handled(engine: Engine) -> Iterator[None]:
    """For the time of a run in a script: SIGINT comes here, if nobody else wants it."""

    def handle(number: int, frame: FrameType | None) -> None:
        if not engine.finished:
            request(engine, frame)
        elif not _is_late_echo(engine):
            raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is handle:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def over(engine: Engine) -> None:
    """The run has ended: no signal of ours comes from now on, to a handler that is not ours."""
    with _SENDING:
        engine.interrupted = False


def deliver(engine: Engine) -> None:
    """From the hub: let the oldest operation, or the strand that is the oldest thing itself, fail."""
    engine.interrupted = False
    retirement.retire(engine)
    stopped, engine.stopped = engine.stopped, []
    if not engine.finished:
        _fail_oldest(engine)
    for strand in stopped:
        if strand.state == BLOCKED:  # a `try` before it may take care of it all
            engine.wake(strand)


def _fail_oldest(engine: Engine) -> None:
    strand = engine.front
    error = KeyboardInterrupt()
    if strand.head < len(strand.log):
        oldest = strand.log[strand.head]
        if oldest.state == FAILED:
            oldest.error = _first(oldest.error, error)
        elif oldest.state not in (DONE, CANCELLED):
            if oldest.external is not None:
                error.__traceback__ = build(_steps(engine.driver.frame(oldest)))
                engine.cancel_external(oldest)
            oldest.site = oldest.site or _stands(strand)
            engine.fail_operation(oldest, error)
    elif strand.state == FAILED:
        strand.error = _first(strand.error, error)
    elif strand.state in (PARKED, BLOCKED):
        if strand.greenlet is None:
            strand.wake = (_raise, (error,), {})
            engine.wake(strand)
        else:
            strand.state = RUNNING
            engine.current = strand
            strand.greenlet.throw(error)


def _steps(frame: FrameType | None) -> list[Step]:
    """The frames of a call, outermost first."""
    found: list[Step] = []
    while frame is not None and not is_own(frame):
        found.append((frame, frame.f_lasti, frame.f_lineno))
        frame = frame.f_back
    return found[::-1]


def _stands(strand: Strand) -> Site | None:
    """Where the code of a strand stands, if that can be told."""
    frame = strand.greenlet.gr_frame if strand.greenlet else None
    while frame is not None and SCOPE not in frame.f_code.co_varnames:
        frame = frame.f_back
    return None if frame is None else (frame, frame.f_lasti, None)


def _first(failed: BaseException | None, error: KeyboardInterrupt) -> BaseException:
    return failed if isinstance(failed, KeyboardInterrupt) else error


def _raise(error: BaseException) -> None:
    raise error


def stop(engine: Engine) -> None:
    """The user's code runs: break it off if nothing is before it, else let the hub go on."""
    strand: Strand = engine.current
    if not engine.killing:
        engine.retire()
    if getcurrent() is not strand.greenlet or engine.is_oldest(strand):
        engine.interrupted = False
        raise KeyboardInterrupt
    engine.stopped.append(strand)
    engine.block("an interrupt")


def _stop_soon(engine: Engine, frame: FrameType | None) -> None:
    """The same at the next instruction of the user's."""
    while frame is not None and SCOPE not in frame.f_code.co_varnames:
        frame = frame.f_back
    if frame is None or sys.gettrace() is not None:
        return
    users = frame

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame is not users:
            return None
        users.f_trace = None
        users.f_trace_opcodes = False
        sys.settrace(None)
        if event not in ("line", "opcode"):  # it is left by an exception, perhaps by this very one
            return None
        if engine.interrupted and not engine.finished and current.engine is engine and getcurrent() is not engine.hub:
            traced.append(users)
            try:
                stop(engine)
            finally:
                traced.remove(users)
        return None

    users.f_trace = trace
    users.f_trace_opcodes = True
    sys.settrace(lambda frame, event, argument: None)


def _again(engine: Engine) -> None:
    """Send the signal again while nothing has come of it, to this thread: it interrupts a native call that waits, too."""
    thread = threading.get_ident()

    def send() -> None:
        while time.monotonic() < engine.interrupt_due[1] + SOON:
            time.sleep(SOON)
            with _SENDING:
                if not engine.interrupted or current.engine is not engine:
                    return
                engine.signalled = True
                if hasattr(signal, "pthread_kill"):
                    signal.pthread_kill(thread, signal.SIGINT)
                else:
                    _thread.interrupt_main()

    threading.Thread(target=send, name="poppy-interrupt", daemon=True).start()


def _is_late_echo(engine: Engine) -> bool:
    """Whether it is a signal that `_again` has sent, and the one before it has had its effect in the meantime."""
    is_ours, engine.signalled = engine.signalled, False
    return is_ours and not engine.interrupted


def _is_users(frame: FrameType | None) -> bool:
    """Whether code of the user's runs, or what it has called: and not the runtime, or what that has called."""
    while frame is not None:
        if SCOPE in frame.f_code.co_varnames or NEXT in frame.f_code.co_names:
            return True
        if is_own(frame):
            return False
        frame = frame.f_back
    return True


def _break_off_on_loop(engine: Engine, frame: FrameType | None) -> None:
    """If a task of the cell's or a call that runs on the loop's thread computes, nothing else would stop it."""
    try:
        task = asyncio.current_task()
    except RuntimeError:  # no loop runs on this thread
        task = None
    if task in engine.tasks:
        raise asyncio.CancelledError  # KeyboardInterrupt would go through the task into the loop
    while frame is not None:
        if frame.f_code in _CALLS:
            raise KeyboardInterrupt
        frame = frame.f_back


__all__ = ["deliver", "over", "request", "stop"]
