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

from poppy_nb.events import Event, EventStream
from poppy_nb.magics.progress import Progress, Ticker
from poppy_nb.magics.terminal_line import TerminalLine


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

QUIET = "POPPY_NB_QUIET"


def is_quiet() -> bool:
    """Whether the environment turns the summary off: batch runs that compare outputs cannot be told from others in a kernel."""
    return os.environ.get(QUIET, "").lower() not in ("", "0", "false", "no", "off")


def is_compared() -> bool:
    """Whether nbval runs this kernel: it compares outputs as they are made first, and does not see that they are updated."""
    return ".ipynb::" in os.environ.get("PYTEST_CURRENT_TEST", "")


def is_watched(shell: InteractiveShell) -> bool:
    """Whether a page may show widgets: not in a terminal, nor where a notebook is executed as a batch, which allows no input.

    Voilà executes like that and shows pages all the same.
    """
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return False
    content = kernel.get_parent("shell").get("content", {})
    return content.get("allow_stdin", True) or os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


class _Held:
    """Outputs of the cell, held back until poppy's own can be made once and for all, in the first place."""

    def __init__(self, publisher: Any) -> None:
        self._publisher = publisher
        self._messages: list[Any] = []
        self._is_on = False

    def begin(self) -> None:
        """Hold back what this thread displays."""
        self._publisher.register_hook(self._hold)
        self._is_on = True

    def end(self) -> None:
        """Hold back no more."""
        if self._is_on:
            self._publisher.unregister_hook(self._hold)
            self._is_on = False

    def flush(self) -> None:
        """Send what was held back."""
        messages, self._messages = self._messages, []
        for message in messages:
            self._publisher.session.send(self._publisher.pub_socket, message, ident=self._publisher.topic)

    def _hold(self, message: Any) -> None:
        self._messages.append(message)


class ReportOutput:
    """What poppy shows of one run: progress, then the summary.

    A front end's output is taken when the run starts; what a terminal shows, and what `%%capture` keeps, comes once, at the end.
    """

    def __init__(self, shell: InteractiveShell, *, is_shown: bool) -> None:
        self.is_shown = is_shown
        self._publisher: Any = shell.display_pub
        captured = isinstance(self._publisher, CapturingDisplayPublisher)
        in_kernel = getattr(shell, "kernel", None) is not None
        self._is_wanted = True
        self._can_update = in_kernel and not captured
        self._may_draw = not in_kernel and not captured
        self._id = f"poppy-{uuid4().hex}"
        self._again: dict[str, Any] | None = None  # what is to be shown of a later run in the same cell
        self._was_shown = False
        self._held = _Held(self._publisher) if self._can_update and is_compared() else None
        self._ticker: Ticker | None = None
        self._line: TerminalLine | None = None

    def start(self, progress: Progress | None = None, view: Any = None) -> None:
        """Take the first place among the outputs of the cell, and show the progress in it; or a view, which shows it itself."""
        if not self.is_shown or self._was_shown:
            return
        if self._held is not None:
            self._held.begin()
            return
        if self._can_update:
            bundle = view._repr_mimebundle_() if view is not None else {}
            self._show({**bundle, "text/plain": "poppy: running"}, is_update=False)
        if progress is None or (self._can_update and view is not None and view.is_live):
            return  # an update of the output would take the view away, and with it what the reader has unfolded or selected
        if self._can_update:
            self._ticker = Ticker(lambda: self._update(f"poppy: running · {progress.text()}"))
        elif self._may_draw:
            line = self._line = TerminalLine()
            if line.is_possible:
                self._ticker = Ticker(lambda: line.draw(f"poppy: {progress.text()}"))

    def start_with_calls(self, events: EventStream, progress: Progress, view: Any) -> None:
        """The same with the first external call. If none comes, nothing is ever shown."""
        self._is_wanted = False

        def note(event: Event) -> None:
            if event.external and not self._is_wanted:
                self._is_wanted = True
                self.start(progress, view)

        events.subscribe(note)

    def finish(self, data: dict[str, Any]) -> None:
        """Show this at the end."""
        self.stop()
        if self._was_shown:
            self._again = data
        elif self.is_shown and self._is_wanted:
            self._was_shown = True
            self._show(data, is_update=self._can_update and self._held is None)
            if self._held is not None:
                self._held.flush()

    def say(self, text: str) -> None:
        """Show a sentence instead of a report."""
        self.finish({"text/plain": f"poppy: {text}"})

    def flush(self) -> None:
        """The cell is over: show what the last of several runs in it had to say, as under `%%timeit`."""
        data, self._again = self._again, None
        if data is not None and self._can_update and self._held is None:
            self._show(data, is_update=True)

    def stop(self) -> None:
        """No more progress."""
        if self._ticker is not None:
            self._ticker.stop()
            self._ticker = None
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._held is not None:
            self._held.end()

    def _update(self, text: str) -> None:
        # On another thread: not by `display`, whose publisher the cell may have changed meanwhile
        self._publisher.publish({"text/plain": text}, {}, transient={"display_id": self._id}, update=True)

    def _show(self, data: dict[str, Any], *, is_update: bool) -> None:
        display(data, raw=True, display_id=self._id, update=is_update)
