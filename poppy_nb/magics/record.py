"""What is kept of the last run of a shell: its text, its recording and its report, until the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poppy_nb.events import EventStream
from poppy_nb.magics.engine import RunReport


if TYPE_CHECKING:
    from poppy_nb.widgets import Run
    from poppy_nb.widgets.display import View


class Record:
    """One run, from its beginning.

    source, name: the text, and the file name in its code objects. report: None while it goes on, and if it was broken off before
    the engine began.
    """

    def __init__(self, source: str, name: str, *, values: bool) -> None:
        from poppy_nb.widgets import Recording

        self.source = source
        self.name = name
        self.events = EventStream(memory=0)  # the recording keeps what is needed
        self.report: RunReport | None = None
        self._recording = Recording(self.events, values=values)
        self._run: Run | None = None
        self._view: View | None = None

    def view(self, kind: str, *, live: bool) -> object:
        """A view that follows the run, to be displayed now and again at the end; `live`: in a page."""
        from poppy_nb.widgets import view

        self._view = view(self._recording, kind, live=live)
        return self._view

    def finish(self, report: RunReport | None, error: BaseException | None) -> None:
        """The run has ended."""
        self.report = report
        self._run = self._recording.finish(error)
        if self._view is not None:
            self._view.finish()

    def summary(self) -> str:
        """One line, without times."""
        if self.report is None:
            return "stopped" if self._run is not None else "running"
        return self.report.text().splitlines()[0].removeprefix("poppy: ")

    def run(self) -> Run:
        """The run object for users: calls, times, graphs."""
        return self._run if self._run is not None else self._recording.run()

    def explain(self, line: int | None = None, *, times: bool = True) -> str:
        """What waited for what, in all lines or in one."""
        return self.run().explain(line, times=times)

    def output(self, *, explain: bool) -> dict[str, Any]:
        """What the cell's own output shows in the end: a mime bundle. Its texts have no times, so that runs can be compared."""
        text = self.report.text() if self.report is not None else "poppy: stopped"
        bundle = self._view._repr_mimebundle_() if self._view is not None else {}
        bundle["text/plain"] = _joined(text, bundle.get("text/plain", ""))
        if explain:
            bundle["text/plain"] += "\n\n" + self.explain(times=False)
        return bundle


def _joined(summary: str, table: str) -> str:
    """The summary, and the table less its title, which says the same."""
    rows = table.split("\n")[1:]
    return "\n".join([summary, *rows])
