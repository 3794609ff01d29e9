"""Poppy's own output: one per cell, the first of it, filled in at the end, and never on stdout or stderr.

It is made at the start, since an output keeps its place, and updated rather than cleared: a cleared output stays in the notebook
as an empty one, and splits what the user prints in two. In a terminal nothing can be updated: there it is shown once, at the end.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.display import display

from poppy_nb.magics.progress import Progress, Ticker
from poppy_nb.magics.terminal_line import TerminalLine


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

QUIET = "POPPY_NB_QUIET"


def is_quiet() -> bool:
    """Whether the environment turns the summary off: batch runs that compare outputs cannot be told from others in a kernel."""
    return os.environ.get(QUIET, "").lower() not in ("", "0", "false", "no", "off")


class ReportOutput:
    """What poppy shows of one run: progress, then the summary.

    A front end's output is taken when the run starts; what a terminal shows, and what `%%capture` keeps, comes once, at the end.
    """

    def __init__(self, shell: InteractiveShell, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._publisher: Any = shell.display_pub
        captured = isinstance(self._publisher, CapturingDisplayPublisher)
        in_kernel = getattr(shell, "kernel", None) is not None
        self._can_update = in_kernel and not captured
        self._may_draw = not in_kernel and not captured
        self._id = f"poppy-{uuid4().hex}"
        self._ticker: Ticker | None = None
        self._line: TerminalLine | None = None

    def start(self, progress: Progress | None = None) -> None:
        """Take the first place among the outputs of the cell, and show the progress in it."""
        if not self._is_shown:
            return
        if self._can_update:
            self._show({"text/plain": "poppy: running"}, is_update=False)
        if progress is None:
            return
        if self._can_update:
            self._ticker = Ticker(lambda: self._update(f"poppy: running · {progress.text()}"))
        elif self._may_draw:
            line = self._line = TerminalLine()
            if line.is_possible:
                self._ticker = Ticker(lambda: line.draw(f"poppy: {progress.text()}"))

    def finish(self, data: dict[str, str]) -> None:
        """Show this at the end."""
        self.stop()
        if self._is_shown:
            self._show(data, is_update=self._can_update)

    def say(self, text: str) -> None:
        """Show a sentence instead of a report."""
        self.finish({"text/plain": f"poppy: {text}"})

    def stop(self) -> None:
        """No more progress."""
        if self._ticker is not None:
            self._ticker.stop()
            self._ticker = None
        if self._line is not None:
            self._line.close()
            self._line = None

    def _update(self, text: str) -> None:
        # On another thread: not by `display`, whose publisher the cell may have changed meanwhile
        self._publisher.publish({"text/plain": text}, {}, transient={"display_id": self._id}, update=True)

    def _show(self, data: dict[str, str], *, is_update: bool) -> None:
        display(data, raw=True, display_id=self._id, update=is_update)
