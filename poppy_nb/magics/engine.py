"""What the magics need of the engine and of the views, and the one place where these are imported: late, as it takes time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType
from typing import Any, Protocol

from poppy_nb.events import EventStream


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

    compiler: Any

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

    def interrupt(self, frame: FrameType | None) -> bool: ...

    def put_off(self, function: Callable[..., Any], *arguments: Any) -> bool: ...


IDLE = 0.3  # seconds without anything else to do, after which the engine is imported


def preload() -> None:
    """Import the engine when the kernel has nothing else to do, so that the first cell does not wait for it.

    On the loop and not on a thread: two threads that import what imports each other can find modules half made. Without a
    running loop (a terminal at its prompt, a script) the first cell imports it.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    loop.call_later(IDLE, _import)


def _import() -> None:
    with suppress(Exception):  # the first cell tells of it
        from poppy_nb import session  # noqa: F401


def new_session(namespace: dict[str, Any], other_texts: Callable[[str], Iterable[str]]) -> Session:
    """The engine for the cells of one namespace; `other_texts`: of a file that `linecache` does not know, by its name."""
    from poppy_nb.session import Session as Engine

    session: Session = Engine(namespace)
    session.compiler.sources.other_texts = other_texts
    return session


def failed_run_report(session: Session) -> RunReport | None:
    """The report of the latest run, which ended in an exception."""
    report: RunReport | None = getattr(session, "report", None)
    return report


def generated_code(source: str, filename: str, namespace: dict[str, Any]) -> str:
    """The code that is generated for a cell, as text to read."""
    from poppy_nb.session import generated_code as generate

    return generate(source, filename, namespace)


def expects_calls(session: Session, source: str, filename: str, namespace: dict[str, Any]) -> bool:
    """Whether the cell, as far as can be seen before it runs, makes external calls."""
    from poppy_nb.widgets import plan_view

    compiler = session.compiler
    try:
        module = compiler.cell(source, filename, namespace).module
        return module is not None and bool(plan_view(module, filename, namespace, lambda f: compiler.ir_of(f.__code__)).calls)
    except (SyntaxError, RecursionError):
        return False


def plan(source: str, filename: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """What is known of a cell before it runs, as a mime bundle."""
    from poppy_nb.session import Session as Engine
    from poppy_nb.widgets import plan_view

    compiler = Engine(namespace).compiler
    cell = compiler.cell(source, filename, namespace)
    if cell.module is None:
        return {"text/plain": f"poppy: plan: the cell would run as plain Python: {cell.reason}"}
    bundle: dict[str, Any] = plan_view(
        cell.module, filename, namespace, lambda f: compiler.ir_of(f.__code__)
    )._repr_mimebundle_()
    bundle["text/plain"] = f"poppy: {bundle['text/plain']}"
    return bundle
