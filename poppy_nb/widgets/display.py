"""What a cell shows of its run: a live view in a notebook, a picture and a table wherever else that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .recording import Recording
from .run import Run


if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = ("graph", "timeline", "text")


def view(run: Run | Recording, kind: str = "graph", *, cancel: Callable[[], None] | None = None, live: bool = True) -> View:
    """A view of a run, or of a recording that may have only begun: display it, and call `finish` when the run has ended.

    Args:
        run: what is shown; a recording is followed while it goes on.
        kind: `graph`, `timeline` or `text`.
        cancel: breaks the run off, for the page's button; by default what an interrupt does.
        live: with a widget for pages. Where nobody looks, its state would be saved, and offline pages show nothing for it.

    Raises ValueError for another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
    return View(run, kind, cancel, live)


class View:
    """Something to be displayed, and displayed anew at the end (`display(view, display_id=..., update=True)`).

    The widget stays the same, so that the page keeps its place; the picture and the table of the output are those of the end.
    """

    def __init__(self, run: Run | Recording, kind: str, cancel: Callable[[], None] | None, live: bool) -> None:
        self.kind = kind
        self._subject = run
        self._widget: Any = None
        if live and kind != "text":
            self._widget = _widget(run, kind, cancel)

    def finish(self) -> None:
        """The run has ended: the page is told the rest, and nothing more."""
        if self._widget is not None:
            self._widget.finish()

    @property
    def is_live(self) -> bool:
        """Whether pages follow the run by themselves, with the counts of its calls and the time."""
        return self._widget is not None

    @property
    def run(self) -> Run:
        """The run so far."""
        return self._subject if isinstance(self._subject, Run) else self._subject.run()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.bundle()

    def bundle(self) -> dict[str, Any]:
        """The output in all its forms, as a mime bundle."""
        run = self.run
        bundle: dict[str, Any] = {"text/plain": run.table() if run.finished else "poppy: running"}
        if self.kind == "text":
            return bundle
        if run.finished or run.calls:
            bundle["image/svg+xml"] = run.to_svg(self.kind)
        if self._widget is not None:
            bundle.update(self._widget.mime())
        return bundle


def _widget(run: Run | Recording, kind: str, cancel: Callable[[], None] | None) -> Any:
    from .widget import Live

    recording = run
    if isinstance(run, Run):
        from poppy_nb.events import EventStream

        recording = Recording(EventStream())
        recording.resume(run)
    assert isinstance(recording, Recording)
    return Live(recording, kind, cancel)


__all__ = ["KINDS", "View", "view"]
