"""What the magic needs of the engine, and the one place where it is imported: late, since libcst alone takes its time."""

from __future__ import annotations

from typing import Any, Protocol


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
        first_line: int = 1,
        limit: int | None = 64,
        strict: bool = False,
        quiet: bool = False,
    ) -> RunResult: ...


def new_session(namespace: dict[str, Any]) -> Session:
    """The engine for the cells of one namespace."""
    from poppy_nb.session import Session as Engine

    session: Session = Engine(namespace)
    return session


def failed_run_report(session: Session) -> RunReport | None:
    """The report of the latest run, which ended in an exception."""
    report: RunReport | None = getattr(session, "report", None)
    return report
