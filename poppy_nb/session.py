"""One notebook's or script's use of poppy_nb: joins the compiler and the runtime, and runs cells."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import CO_COROUTINE
from typing import Any

from .compiler.build import FUTURES
from .compiler.compiler import CellCode, Compiler
from .events import Event, EventStream
from .ir import Span
from .runtime import tracebacks
from .runtime.claiming import claim
from .runtime.drivers import AsyncioDriver
from .runtime.engine import Engine
from .runtime.ops import OPS
from .runtime.pool import Pool
from .runtime.recorder import Recorder
from .runtime.summary import RunReport, Summary
from .runtime.tasks import tasks_of
from .runtime.variables import scope_of


@dataclass
class RunResult:
    """What a run gives: the value of the cell's last expression, and the report of what happened."""

    value: Any
    report: RunReport


class Session:
    """Runs cells in one namespace.

    Args:
        namespace: the globals of the cells, such as a notebook's `user_ns`.
        driver: what runs external calls; an `AsyncioDriver` of its own by default.
        check: turn on the engine's assertions.
    """

    def __init__(self, namespace: dict[str, Any], *, driver: Any = None, check: bool = False) -> None:
        self.namespace = namespace
        eval("None", namespace)  # as for plain cells, `__builtins__` is there
        self.compiler = Compiler(OPS)
        self._driver = driver
        self._check = check
        self._pool = Pool(None)  # the engine limits how many calls are in flight
        self._flags = 0  # future statements of the cells so far
        self.report: RunReport | None = None  # of the latest run, also if it raised

    async def run(self, source: str, filename: str, *, first_line: int = 1, limit: int | None = 64, strict: bool = False,
                  quiet: bool = False, events: EventStream | None = None) -> RunResult:  # fmt: skip
        """Run a cell. Raises what the cell raises; `report` then tells what happened."""
        cell = self.compiler.cell(source, filename, self.namespace, first_line=first_line, flags=self._flags)
        self._flags |= cell.plain.co_flags & FUTURES
        driver = self._driver if self._driver is not None else AsyncioDriver(self._pool)
        events = EventStream() if events is None else events
        summary = Summary(events)
        began = driver.now()
        try:
            if cell.run is None:
                place = Span(first_line, 0, first_line, 0)
                events.emit(Event("waits", 0, "cell", began, place, filename, False, cell.reason, (), ""))
                value = await _run_plainly(cell, self.namespace)
            else:
                recorder = Recorder(events, driver.now)
                engine = Engine(driver, self.compiler, limit=limit, strict=strict, check=self._check, events=recorder)
                engine.footprint = claim
                with tasks_of(engine):
                    value = await engine.run(cell.run, scope_of(engine, self.namespace))
        except BaseException as error:
            tracebacks.clean_chain(error)
            raise
        finally:
            self.report = summary.report(driver.now(), began=began)
            if self._driver is None:
                driver.close()
        return RunResult(value, self.report)

    async def run_plainly(self, source: str, filename: str, *, first_line: int = 1) -> RunResult:
        """Run a cell as plain Python does: what `--sequential` asks for."""
        cell = self.compiler.plain_cell(source, filename, first_line=first_line, flags=self._flags)
        self._flags |= cell.plain.co_flags & FUTURES
        self.report = RunReport()
        try:
            return RunResult(await _run_plainly(cell, self.namespace), self.report)
        except BaseException as error:
            tracebacks.clean_chain(error)
            raise


async def _run_plainly(cell: CellCode, namespace: dict[str, Any]) -> Any:
    value = None
    for code in (cell.plain, cell.result):
        if code is not None:
            value = eval(code, namespace)
            if code.co_flags & CO_COROUTINE:
                value = await value
    return value if cell.result is not None else None
