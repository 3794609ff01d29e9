"""Ctrl-C while a cell runs: seen at once, whether the cell waits or computes, and never by the event loop itself.

By default an awaiting cell in a kernel sees SIGINT seconds late and as CancelledError, and in a terminal the task goes on inside
the next `await`. A KeyboardInterrupt that is raised while the loop selects or runs callbacks would end the loop, and with it the
kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType, TracebackType
from typing import Any, Generic, TypeVar

from poppy_nb.magics.tracebacks import of_user


_T = TypeVar("_T")
_Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None


class Outcome(Generic[_T]):
    """What came of a run. A value and not an exception, since KeyboardInterrupt must not pass through a task into the loop."""

    __slots__ = ("error", "value")

    def __init__(self, value: _T | None = None, error: BaseException | None = None) -> None:
        self.value = value
        self.error = error


async def interruptible(run: Coroutine[Any, Any, _T], stop: Callable[[FrameType | None], bool] | None = None) -> Outcome[_T]:
    """Run as a task of its own that SIGINT cancels, or breaks off if it computes.

    stop: called first by the handler; True if nothing else is to be done. May raise KeyboardInterrupt.
    """
    task = asyncio.ensure_future(_guarded(run))
    with _Handling(task, asyncio.get_running_loop(), stop) as handling:
        try:
            outcome = await task
        except asyncio.CancelledError as cancelled:  # before its first step
            run.close()
            outcome = Outcome(error=cancelled)
    error = outcome.error
    if handling.seen and isinstance(error, asyncio.CancelledError):
        outcome.error = KeyboardInterrupt().with_traceback(of_user(error.__traceback__))
    return outcome


@contextmanager
def stopped_by(stop: Callable[[FrameType | None], bool]) -> Iterator[None]:
    """For synchronous runs: SIGINT calls `stop`, and raises KeyboardInterrupt if that is False."""

    def handle(number: int, frame: FrameType | None) -> None:
        if not stop(frame):
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    saved: _Handler = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is handle:
            signal.signal(signal.SIGINT, saved)


async def _guarded(run: Coroutine[Any, Any, _T]) -> Outcome[_T]:
    try:
        return Outcome(value=await run)
    except BaseException as error:
        return Outcome(error=error)


_GUARDED: CodeType = _guarded.__code__


class _Handling:
    """The handler of SIGINT for the time of one run; the previous one is back afterwards."""

    def __init__(
        self, task: asyncio.Task[Any], loop: asyncio.AbstractEventLoop, stop: Callable[[FrameType | None], bool] | None
    ) -> None:
        self.seen = False
        self._stop = stop
        self._task = task
        self._loop = loop
        self._saved: _Handler = None
        self._wake: tuple[socket.socket, socket.socket] | None = None

    def __enter__(self) -> _Handling:
        if threading.current_thread() is threading.main_thread():  # a subshell's thread gets no signals
            self._wake_the_loop()
            self._saved = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        # Bound methods compare equal: if the cell has installed a handler of its own, that one stays
        if signal.getsignal(signal.SIGINT) == self._handle:
            signal.signal(signal.SIGINT, self._saved)
        if self._wake is not None:
            receiver, sender = self._wake
            current = signal.set_wakeup_fd(-1)
            if current != sender.fileno():
                signal.set_wakeup_fd(current)  # of the cell's own
            self._loop.remove_reader(receiver)
            receiver.close()
            sender.close()

    def _wake_the_loop(self) -> None:
        """A signal that comes just before the loop selects would be seen when the selection ends: let it end at once."""
        receiver, sender = socket.socketpair()
        receiver.setblocking(False)
        sender.setblocking(False)
        previous = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
        if previous == -1:
            try:
                self._loop.add_reader(receiver, _drain, receiver)
            except NotImplementedError:  # Windows' default loop
                pass
            else:
                self._wake = (receiver, sender)
                return
        signal.set_wakeup_fd(previous)  # if there is one, it is a loop's, and wakes it
        receiver.close()
        sender.close()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        self.seen = True
        if self._stop is not None and self._stop(frame):
            return
        self._loop.call_soon_threadsafe(self._cancel)
        # Computing: nothing else would stop it. The frame of the guard itself is outside of its `try`.
        if asyncio.current_task(self._loop) is self._task and frame is not None and frame.f_code is not _GUARDED:
            raise KeyboardInterrupt

    def _cancel(self) -> None:
        if not self._task.done():
            self._task.cancel()


def _drain(receiver: socket.socket) -> None:
    with contextlib.suppress(BlockingIOError):
        while receiver.recv(4096):
            pass
