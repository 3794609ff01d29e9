"""What a run did, in a few numbers and the lines that made something wait; made from the events alone, one after the other."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from html import escape
from os.path import basename

from poppy_nb.events import CLAIMS, Event, EventStream, Kind


# Reasons to wait that are no line's fault: what is needed is not there yet, or the limit is reached.
DATA = "a value that it needs"
SLOT = "a free slot"


_COUNTED: frozenset[Kind] = frozenset({"dispatched", "waits", "done", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line that made something wait, `count` times in the run. `declare` says what would free it, if anything would."""

    file: str
    line: int
    reason: str
    declare: str
    count: int

    @property
    def place(self) -> str:
        """The line, with the file if it is not a cell."""
        is_module = self.file.endswith(".py") and "ipykernel" not in self.file  # whose cells have names like files
        return f"{basename(self.file)}, line {self.line}" if is_module else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run in numbers. Times are seconds on the driver's clock.

    calls: external calls that were dispatched. failed, cancelled, abandoned: of these; abandoned ones run on, on threads.
    wall: the whole run. sequential: all calls one after the other, and what was computed while none was in flight.
    critical: the longest chain of calls in which each needed the one before; no run can be shorter.
    most_at_once: largest number of calls in flight. slots: how many calls waited for a free slot.
    """

    calls: int = 0
    failed: int = 0
    cancelled: int = 0
    abandoned: int = 0
    wall: float = 0.0
    sequential: float = 0.0
    critical: float = 0.0
    most_at_once: int = 0
    slots: int = 0
    waiting: tuple[WaitingLine, ...] = ()
    claims: tuple[WaitingLine, ...] = ()  # lines that are not understood: what stands behind them waited. Not in `text`: it
    # depends on which calls were still in flight when they were reached

    def text(self) -> str:
        """The report as plain text. No times and nothing that depends on them, so that runs can be compared."""
        first = f"poppy: {_count(self.calls, 'external call')}"
        if self.failed:
            first += f", {self.failed} failed"
        return "\n".join([first, *(f"  {_waiting(line)}" for line in self.waiting)])

    def html(self) -> str:
        """The report as one block of HTML, with times."""
        parts = [f"<b>{_count(self.calls, 'external call')}</b> in {_seconds(self.wall)}"]
        if self.calls > 1:
            parts.append(f"one after the other {_seconds(self.sequential)}")
            parts.append(f"critical path {_seconds(self.critical)}")
            parts.append(f"at most {self.most_at_once} at once")
        for number, what in (
            (self.failed, "failed"),
            (self.cancelled, "cancelled"),
            (self.abandoned, "still running on threads, results dropped"),
            (self.slots, "waited for a free slot"),
        ):
            if number:
                parts.append(f"{number} {what}")
        lines = "".join(
            f"<div>{escape(_waiting(line))}{f' <i>({line.count}×)</i>' if line.count > 1 else ''}</div>" for line in self.waiting
        )
        lines += "".join(f"<div>{escape(_claims(line))}</div>" for line in self.claims)
        return f'<div class="poppy-report" style="font-size: 85%; opacity: 0.8">{" · ".join(parts)}{lines}</div>'


class Summary:
    """A subscriber of a stream of events that can tell the report at any time.

    Its memory is bounded: of operations that ended long ago (`MEMORY` later ones) it forgets the chain, and counts from nothing.
    """

    MEMORY = 100_000

    def __init__(self, stream: EventStream | None = None, *, limit_of_lines: int = 10) -> None:
        self._limit_of_lines = limit_of_lines
        self._first: float | None = None
        self._last = 0.0
        self._busy_since = 0.0
        self._busy = 0.0  # time with at least one call in flight
        self._in_calls = 0.0  # sum of the times of all calls
        self._flying: dict[int, float] = {}  # operation -> when it was dispatched
        self._chains: OrderedDict[int, float] = OrderedDict()  # operation -> longest chain of calls that ends with it
        self._needs: dict[int, tuple[int, ...]] = {}
        self._counts = dict.fromkeys(("calls", "failed", "cancelled", "abandoned", "slots", "most_at_once"), 0)
        self._critical = 0.0
        self._waiting: dict[tuple[str, int, str, str], int] = {}
        self._claims: dict[tuple[str, int, str, str], int] = {}
        if stream is not None:
            stream.subscribe(self, _COUNTED)

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        kind, time = event.kind, event.t
        if self._first is None:
            self._first = time
        if time > self._last:
            self._last = time
        if event.waits_for:
            self._needs[event.op] = (*self._needs.get(event.op, ()), *event.waits_for)
        if kind == "dispatched":
            self._began(event)
        elif kind in ("done", "failed", "cancelled"):
            self._ended(event)
        elif kind == "waits":
            self._waits(event)

    def report(self, now: float | None = None, *, began: float | None = None) -> RunReport:
        """The report so far. `began` and `now` are the times of the run's beginning and end, by default those of its events."""
        first = began if began is not None else self._first or 0.0
        last = now if now is not None else self._last
        busy, in_calls, critical = self._busy, self._in_calls, self._critical
        if self._flying:
            busy += last - self._busy_since
            in_calls += sum(last - start for start in self._flying.values())
            critical = max(critical, *(self._before(op) + last - start for op, start in self._flying.items()))
        wall = last - first
        lines = sorted(self._waiting.items())
        return RunReport(
            **self._counts,
            wall=wall,
            sequential=in_calls + max(wall - busy, 0.0),
            critical=critical,
            waiting=tuple(WaitingLine(*key, count) for key, count in lines[: self._limit_of_lines]),
            claims=tuple(WaitingLine(*key, count) for key, count in sorted(self._claims.items())[:5]),
        )

    def _began(self, event: Event) -> None:
        if not self._flying:
            self._busy_since = event.t
        self._flying[event.op] = event.t
        self._counts["calls"] += 1
        if len(self._flying) > self._counts["most_at_once"]:
            self._counts["most_at_once"] = len(self._flying)

    def _ended(self, event: Event) -> None:
        start = self._flying.pop(event.op, None)
        time = 0.0
        if start is not None:
            time = event.t - start
            self._in_calls += time
            if not self._flying:
                self._busy += event.t - self._busy_since
            if event.kind != "done":
                self._counts[event.kind] += 1
            if event.detail == "abandoned":
                self._counts["abandoned"] += 1
        chain = self._before(event.op) + time
        self._needs.pop(event.op, None)
        if event.kind != "cancelled":
            self._critical = max(self._critical, chain)
            self._chains[event.op] = chain
            if len(self._chains) > self.MEMORY:
                self._chains.popitem(last=False)

    def _before(self, op: int) -> float:
        return max((self._chains.get(needed, 0.0) for needed in self._needs.get(op, ())), default=0.0)

    def _waits(self, event: Event) -> None:
        if event.reason == SLOT:
            self._counts["slots"] += 1
        elif event.op == CLAIMS:
            key = (event.file, event.line or 0, event.reason, event.detail)
            self._claims[key] = self._claims.get(key, 0) + 1
        elif event.reason and event.reason != DATA and not event.waits_for and event.line is not None:
            key = (event.file, event.line, event.reason, event.detail)
            self._waiting[key] = self._waiting.get(key, 0) + 1


def _waiting(line: WaitingLine) -> str:
    return f"{line.place} waited: {line.reason}" + (f"; {line.declare}" if line.declare else "")


def _claims(line: WaitingLine) -> str:
    return f"what comes after {line.place} waited for it: {line.reason}" + (f"; {line.declare}" if line.declare else "")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _seconds(time: float) -> str:
    if time < 0.0995:
        return f"{time * 1000:.0f} ms"
    return f"{time:.1f} s" if time < 99.95 else f"{int(time // 60)} min {time % 60:.0f} s"
