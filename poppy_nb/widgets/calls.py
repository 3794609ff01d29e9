"""External calls of a run as plain records: what was called where, with what, when, and what it waited for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal


if TYPE_CHECKING:
    import pandas

State = Literal["planned", "queued", "running", "done", "failed", "cancelled"]

_NO_COLUMNS = ("waits", "within", "position", "number", "pause")
# By sign as well as by colour: the words are for those who see neither
SIGNS: dict[str, str] = {"planned": "○", "queued": "◔", "running": "▶", "done": "✓", "failed": "✗", "cancelled": "⊘"}


@dataclass(frozen=True, slots=True)
class Step:
    """A run of a function or region that a call stands in. `line` is where a function was called, else where the region begins.

    kind: `function`, `loop`, `iteration`, `branch`, `try`... number: its place in program order, unique in the run.
    """

    kind: str
    name: str
    line: int
    file: str
    number: tuple[int, ...]
    column: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a call waited: `reason`, for the calls with the numbers `calls`; `declare` says what would make it needless."""

    reason: str
    calls: tuple[int, ...] = ()
    declare: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """The program itself waited at a line, from `time` on, until all before it was done; `wait` says why."""

    line: int
    file: str
    time: float
    wait: Wait


@dataclass(frozen=True, slots=True)
class Call:
    """One external call. Times are seconds since the run began, None for what has not happened; texts are short, without secrets.

    number: of the operation, unique in the run. name: what was called. line, file, column: where the call begins.
    args, result: as text, empty if values are not recorded; error: the type of what it raised.
    planned, queued, started, ended: when it was reached, waited for a free slot, was dispatched, had ended.
    needs: numbers of the calls whose answers it was given. after: the call whose end let it begin, if one did.
    waits: why it waited. within: what it stands in, outermost first. position: its place in program order.
    pause: the last time that the program itself waited before it came here, if it ever did.
    """

    number: int
    name: str
    line: int
    column: int
    file: str
    state: State
    args: str = ""
    result: str = ""
    error: str = ""
    planned: float | None = None
    queued: float | None = None
    started: float | None = None
    ended: float | None = None
    needs: tuple[int, ...] = ()
    after: int | None = None
    waits: tuple[Wait, ...] = ()
    within: tuple[Step, ...] = ()
    position: tuple[int, ...] = ()
    pause: Pause | None = None

    @property
    def cell_line(self) -> int:
        """The line of the cell that led to it: its own, or that of the outermost call of a function around it."""
        return next((step.line for step in self.within if step.kind == "function"), self.line)

    @property
    def duration(self) -> float | None:
        """Seconds from its dispatch to its end."""
        return self.ended - self.started if self.ended is not None and self.started is not None else None

    @property
    def for_slot(self) -> float:
        """Seconds for which only the limit held it back."""
        return self.started - self.queued if self.queued is not None and self.started is not None else 0.0

    def began_behind(self, other: Call) -> bool:
        """Whether `other` had ended when it began, or it has not begun: else it did not wait for that."""
        return self.started is None or (other.ended is not None and other.ended <= self.started)

    @property
    def before(self) -> tuple[int, ...]:
        """Numbers of all calls that it waited for, for whatever reason but the limit."""
        found = dict.fromkeys(self.needs)
        for wait in self.waits:
            found.update(dict.fromkeys(wait.calls))
        if self.after is not None and self.queued is None:
            found[self.after] = None
        return tuple(found)


@dataclass(slots=True)
class Effect:
    """Something between the calls that happens in the program's order, such as a `print`, at one line of one place.

    name, resource: what it is and what it is ordered on. line, column, file: where it stands. within: what its first run stands
    in, outermost first. position: its place in program order. needs: numbers of calls whose answers it shows or writes.
    """

    name: str
    resource: str
    line: int
    column: int
    file: str
    within: tuple[Step, ...]
    position: tuple[int, ...]
    needs: dict[int, None]


class Calls(tuple[Call, ...]):
    """The calls of a run in program order."""

    __slots__ = ()

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each call; indexed by its number. Needs pandas."""
        import pandas

        rows: list[dict[str, Any]] = []
        for call in self:
            row = {name: value for name, value in asdict(call).items() if name not in _NO_COLUMNS}
            row["cell_line"] = call.cell_line
            row["duration"] = call.duration
            row["for_slot"] = call.for_slot
            row["waited_because"] = "; ".join(wait.reason for wait in call.waits)
            row["within"] = " > ".join(step.name or f"{step.kind} {step.line}" for step in call.within)
            rows.append(row)
        return pandas.DataFrame(rows, index=pandas.Index([call.number for call in self], name="number"))
