"""One notebook's or script's use of poppy_nb: joins the compiler and the runtime, and runs cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .compiler.compiler import Compiler
from .events import EventStream
from .runtime import tracebacks
from .runtime.claiming import claim
from .runtime.drivers import AsyncioDriver
from .runtime.engine import Engine
from .runtime.ops import OPS
from .runtime.recorder import Recorder
from .runtime.variables import scope_of


LAST = []


@dataclass
class RunResult:
    """What a run gives: the value of the cell's last expression, and the report of what happened."""

    value: Any
    report: Any


class Session:
    """Runs cells in one namespace.

    Args:
        namespace: the globals of the cells, such as a notebook's `user_ns`.
        driver: what runs external calls; an `AsyncioDriver` of its own by default.
        check: turn on the engine's assertions.
    """

    def __init__(self, namespace: dict[str, Any], *, driver: Any = None, check: bool = False) -> None:
        self.namespace = namespace
        self.compiler = Compiler(OPS)
        self._driver = driver
        self._check = check

    async def run(self, source: str, filename: str, *, first_line: int = 1, limit: int | None = 64, strict: bool = False,
                  quiet: bool = False) -> RunResult:  # fmt: skip
        """Run a cell. Raises what the cell raises."""
        cell = self.compiler.cell(source, filename, self.namespace, first_line=first_line)
        driver = self._driver if self._driver is not None else AsyncioDriver()
        events = EventStream()
        recorder = Recorder(events, driver.now)
        engine = Engine(driver, self.compiler, limit=limit, strict=strict, check=self._check, events=recorder)
        engine.footprint = claim
        LAST[:] = [engine]
        scope = scope_of(engine, self.namespace)
        if cell.run is None:
            raise NotImplementedError("plain cells")
        try:
            value = await engine.run(cell.run, scope)
        except BaseException as error:
            if not __import__("os").environ.get("POPPY_RAW"):
                tracebacks.clean_chain(error)
            raise
        return RunResult(value, events)
