"""What the magics need of the engine and of the views, and the one place where these are imported: late, as it takes time."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from poppy_nb.events import EventStream


if TYPE_CHECKING:
    from poppy_nb.magics.record import Record


class RunReport(Protocol):
    """What happened in a run, ready to be shown."""

    def text(self) -> str:
        """Deterministic: counts and lines, no times."""

    def html(self) -> str:
        """The same, with times."""


class RunResult(Protocol):
    """A run that ended without an exception."""

    @property
    def value(self) -> object: ...

    @property
    def report(self) -> RunReport: ...


class Session(Protocol):
    """One per shell."""

    async def run(
        self,
        source: str,
        filename: str,
        *,
        limit: int | None = 64,
        strict: bool = False,
        window: int = 10_000,
        events: EventStream | None = None,
    ) -> RunResult: ...

    def run_blocking(
        self,
        source: str,
        filename: str,
        *,
        limit: int | None = 64,
        strict: bool = False,
        window: int = 10_000,
        events: EventStream | None = None,
    ) -> RunResult: ...

    def use_threads(self, most: int | None, idle: float) -> None: ...


def new_session(namespace: dict[str, Any]) -> Session:
    """The engine for the cells of one namespace."""
    from poppy_nb.session import Session as Engine

    session: Session = Engine(namespace)
    return session


def failed_run_report(session: Session) -> RunReport | None:
    """The report of the latest run, which ended in an exception."""
    report: RunReport | None = getattr(session, "report", None)
    return report


def generated_code(source: str, filename: str, namespace: dict[str, Any]) -> str:
    """The code that is generated for a cell, as text to read."""
    from poppy_nb.session import generated_code as generate

    return generate(source, filename, namespace)


def run_object(source: str, filename: str, events: EventStream, report: RunReport | None) -> object:
    """What `%poppy last` and `--out` give."""
    return report


def explanation(run: object, report: RunReport | None, line: int | None) -> str:
    """What waited for what, in one line of the cell or in all."""
    return report.text() if report is not None else "poppy: stopped before anything ran"


def summary(record: Record, view: str, *, explain: bool) -> dict[str, str]:
    """What a cell's own output shows in the end: a mime bundle. Its `text/plain` has no times, so that runs can be compared."""
    report = record.report
    if report is None:
        return {"text/plain": "poppy: stopped"}
    text, html = report.text(), report.html()
    if view == "none":
        text = text.splitlines()[0]
    if explain:
        explanation = record.explain()
        text = f"{text}\n{explanation}"
        html = f"{html}<pre>{escape(explanation)}</pre>"
    return {"text/plain": text, "text/html": html}


def plan(source: str, filename: str, namespace: dict[str, Any]) -> dict[str, str]:
    """What is known of a cell before it runs, as a mime bundle."""
    return {"text/plain": "poppy: plan"}
