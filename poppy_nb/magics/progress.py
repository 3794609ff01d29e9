"""The quiet line while a cell runs: how many calls are done, running and queued, for how long, and for how long still."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import copy_context

from poppy_nb.events import Event, EventStream


FIRST = 1.0  # seconds until the line appears
EVERY = 0.5  # seconds between two of its states
_WATCHED = frozenset({"planned", "dispatched", "done", "failed", "cancelled"})


class Progress:
    """Counts external calls from the events of a run. Read from another thread, where the numbers may be a little apart."""

    def __init__(self, events: EventStream, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._planned: set[int] = set()  # not dispatched yet
        self._flying: set[int] = set()
        self._ended = 0
        self._unsubscribe = events.subscribe(self._note)

    def close(self) -> None:
        """Count no longer."""
        self._unsubscribe()

    def _note(self, event: Event) -> None:
        if not event.external or event.kind not in _WATCHED:
            return
        if event.kind == "planned":
            self._planned.add(event.op)
        elif event.kind == "dispatched":
            self._planned.discard(event.op)
            self._flying.add(event.op)
        elif event.op in self._flying:
            self._flying.discard(event.op)
            self._ended += 1
        else:
            self._planned.discard(event.op)  # cancelled before it began

    def text(self) -> str:
        """The line."""
        elapsed = self._clock() - self._began
        running, queued, done = len(self._flying), len(self._planned), self._ended
        parts = [f"{done} done, {running} running, {queued} queued", _seconds(elapsed)]
        if done and running + queued:
            # As fast as until now, and never less than what is on its way
            parts.append(f"about {_seconds(elapsed / done * (running + queued))} left")
        return " · ".join(parts)


class Ticker:
    """Calls `tick` on a thread of its own, first after FIRST seconds, until it is stopped. A tick never comes after `stop`."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        context = copy_context()  # output finds the cell by it
        # A thread, so that the line lives while the cell computes
        self._thread = threading.Thread(target=context.run, args=(self._live,), name="poppy-progress", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._stopped.set()
        with self._lock:
            pass

    def _live(self) -> None:
        wait = FIRST
        while not self._stopped.wait(wait):
            wait = EVERY
            with self._lock:
                if self._stopped.is_set():
                    return
                try:
                    self._tick()
                except Exception:  # who only shows must not disturb
                    return


def _seconds(time: float) -> str:
    return f"{time:.0f} s" if time < 119.5 else f"{time / 60:.0f} min"
