"""Poppy's own output: one per cell, the first of it, filled in at the end, and never on stdout or stderr.

It is made at the start, since an output keeps its place, and updated rather than cleared: a cleared output stays in the notebook
as an empty one, and splits what the user prints in two. In a terminal nothing can be updated: there it is shown once, at the end.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import uuid4

from IPython.display import display

from poppy_nb.magics.engine import RunReport


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

QUIET = "POPPY_NB_QUIET"


def is_quiet() -> bool:
    """Whether the environment turns the summary off: batch runs that compare outputs cannot be told from others in a kernel."""
    return os.environ.get(QUIET, "").lower() not in ("", "0", "false", "no", "off")


class ReportOutput:
    """The summary of one run."""

    def __init__(self, shell: InteractiveShell, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._can_update = getattr(shell, "kernel", None) is not None
        self._id = f"poppy-{uuid4().hex}"

    def start(self) -> None:
        """Take the first place among the outputs of the cell."""
        if self._can_update:
            self._show({"text/plain": "poppy: running"}, is_update=False)

    def finish(self, report: RunReport | None) -> None:
        """Say what happened; without a report, that the run was broken off."""
        if report is None:
            self.say("stopped")
        else:
            self._finish({"text/plain": report.text(), "text/html": report.html()})

    def say(self, text: str) -> None:
        """Say this instead of a report."""
        self._finish({"text/plain": f"poppy: {text}"})

    def _finish(self, data: dict[str, str]) -> None:
        self._show(data, is_update=self._can_update)

    def _show(self, data: dict[str, str], *, is_update: bool) -> None:
        if self._is_shown:
            display(data, raw=True, display_id=self._id, update=is_update)
