"""What is kept of the last run of a shell: its text, its events and its report, until the next run."""

from __future__ import annotations

from dataclasses import dataclass

from poppy_nb.events import EventStream
from poppy_nb.magics import engine
from poppy_nb.magics.engine import RunReport


@dataclass
class Record:
    """One run, from its beginning. `report` is None while it goes on, and if it was broken off before the engine began."""

    source: str
    name: str  # the file name in its code objects
    events: EventStream
    report: RunReport | None = None

    def summary(self) -> str:
        """One line."""
        return self.report.text().splitlines()[0].removeprefix("poppy: ") if self.report is not None else "stopped"

    def run(self) -> object:
        """The run object for users: calls, times, graphs."""
        return engine.run_object(self.source, self.name, self.events, self.report)

    def explain(self, line: int | None = None) -> str:
        """What waited for what, in all lines or in one."""
        return engine.explanation(self.run(), self.report, line)
