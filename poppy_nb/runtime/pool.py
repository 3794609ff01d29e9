"""Daemon threads for external calls: as many as are needed, kept for a while, and never a reason for the process not to end.

The executors of the standard library join their threads at exit, so that one hanging request keeps a kernel from ending; and
asyncio's default one has few threads. Here a call that hangs is abandoned: its thread no longer counts, and ends with the call.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import FrameType


class Job:
    """One call that was given to a pool."""

    __slots__ = ("run", "worker")

    def __init__(self, run: Callable[[], None]) -> None:
        self.run: Callable[[], None] | None = run  # None once it has begun or was taken back
        self.worker: _Worker | None = None  # who runs it just now


class _Worker:
    __slots__ = ("abandoned", "afterwards", "mailbox", "thread")

    def __init__(self) -> None:
        self.afterwards: Callable[[], None] | None = None
        self.thread = 0  # its identifier, once it runs
        self.mailbox: SimpleQueue[Job] = SimpleQueue()  # one each: who was idle last is woken first, still warm
        self.abandoned = False


class Pool:
    """Runs jobs on daemon threads.

    size: how many run at once, None for no limit but `MOST`; what comes on top is queued, first in, first out.
    idle: seconds after which a thread without work ends.

    A job must not raise. `submit` and `cancel` may be called from any thread.
    """

    MOST = 512

    def __init__(self, size: int | None = 64, *, idle: float = 10.0, name: str = "poppy") -> None:
        self.size = min(size or self.MOST, self.MOST)
        self._idle_seconds = idle
        self._name = name
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._queue: deque[Job] = deque()
        self._working = 0  # threads, busy or idle, without abandoned ones
        self._made = 0

    @property
    def threads(self) -> int:
        """How many threads there are now, without abandoned ones."""
        return self._working

    def submit(self, run: Callable[[], None]) -> Job:
        """Run it on a thread as soon as one is free. RuntimeError if the system gives not even one thread."""
        job = Job(run)
        with self._lock:
            self._place(job)
        return job

    def cancel(self, job: Job, afterwards: Callable[[], None] | None = None) -> bool:
        """Take back a job. True if it has not begun or has ended; False if it is running: then its thread is abandoned.

        afterwards: called on an abandoned thread, when the job has ended.
        """
        with self._lock:
            job.run = None  # whoever takes it from the queue or the mailbox passes over it
            if job.worker is None:
                return True
            job.worker.abandoned = True
            job.worker.afterwards = afterwards
            job.worker = None
            self._working -= 1
            self._next_from_queue()
            return False

    def frame(self, job: Job) -> FrameType | None:
        """The innermost frame of a job that runs just now."""
        worker = job.worker
        return None if worker is None else sys._current_frames().get(worker.thread)

    def _next_from_queue(self) -> None:
        while self._queue:
            job = self._queue.popleft()
            if job.run is not None:
                self._place(job)
                return

    def _place(self, job: Job) -> None:
        if self._idle:
            worker = self._idle.pop()
        elif self._working < self.size:
            worker = _Worker()
            self._made += 1
            thread = threading.Thread(target=self._live, args=(worker,), name=f"{self._name}-{self._made}", daemon=True)
            try:
                if self._working:
                    _thread.start_new_thread(self._start, (thread, worker))
                else:
                    thread.start()
            except RuntimeError:  # the system has no more threads
                if not self._working:
                    raise
                self._queue.append(job)
                return
            self._working += 1
        else:
            self._queue.append(job)
            return
        worker.mailbox.put(job)

    def _start(self, thread: threading.Thread, worker: _Worker) -> None:
        """On a thread of its own: `start` waits until the new thread runs, which takes milliseconds on a machine that is busy."""
        try:
            thread.start()
        except RuntimeError:  # the system has no more threads: then it is this one that works
            self._live(worker)

    def _live(self, worker: _Worker) -> None:
        worker.thread = threading.get_ident()
        while True:
            try:
                job = worker.mailbox.get(timeout=self._idle_seconds)
            except Empty:
                with self._lock:
                    if worker in self._idle:
                        self._idle.remove(worker)
                        self._working -= 1
                        return
                continue  # a job is on its way
            with self._lock:
                run, job.run = job.run, None
                job.worker = worker if run is not None else None
            if run is not None:
                run()
            with self._lock:
                job.worker = None
                if worker.abandoned:
                    break
                self._idle.append(worker)
                self._next_from_queue()
            del job, run  # an idle thread keeps nothing alive
        if worker.afterwards is not None:
            worker.afterwards()
