"""One notebook's or script's use of poppy_nb: joins the compiler and the runtime, and runs cells."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from inspect import CO_COROUTINE
from types import FrameType
from typing import Any

from .compiler.build import FUTURES
from .compiler.compiler import CellCode, Compiler
from .compiler.listing import listing
from .events import Event, EventStream
from .ir import Span
from .runtime import current, failures, interrupts, streams, tracebacks
from .runtime.awaiting import await_
from .runtime.blocking import BlockingDriver, drive
from .runtime.calls import invoke
from .runtime.claiming import claim
from .runtime.drivers import AsyncioDriver
from .runtime.engine import Engine
from .runtime.frames_left import leave
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


# The value of a call, and what raises its exception, if there is one, adding no frame but the caller's
Outcome = tuple[Any, Callable[[], None] | None]


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
        self._threads: tuple[int | None, float] = (None, 10.0)
        self._flags = 0  # future statements of the cells so far
        self._engine: Engine | None = None  # of the run that is under way
        self._has_ended = False  # the latest run, which may still be on its way out
        self.report: RunReport | None = None  # of the latest run, also if it raised

    async def run(self, source: str, filename: str, *, first_line: int = 1, limit: int | None = 64, strict: bool = False,
                  window: int = 10_000, events: EventStream | None = None) -> RunResult:  # fmt: skip
        """Run a cell on the running loop. Raises what the cell raises; `report` then tells what happened, `events` in detail."""
        driver = self._driver if self._driver is not None else AsyncioDriver(self._pool)
        return await self._run(driver, source, filename, first_line, events, limit=limit, strict=strict, window=window)

    def run_blocking(self, source: str, filename: str, *, first_line: int = 1, limit: int | None = 64, strict: bool = False,
                     window: int = 10_000, events: EventStream | None = None) -> RunResult:  # fmt: skip
        """The same from synchronous code, with or without a running loop. A cell that awaits is a SyntaxError."""
        compile("\n" * (first_line - 1) + source, filename, "exec", self._flags, dont_inherit=True)
        driver = BlockingDriver(self._pool)
        return drive(self._run(driver, source, filename, first_line, events, limit=limit, strict=strict, window=window))

    def use_threads(self, most: int | None, idle: float) -> None:
        """From the next run on: at most so many worker threads (None: 512), which end after so many seconds without work."""
        if (most, idle) != self._threads:
            self._threads = (most, idle)
            self._pool = Pool(most, idle=idle)  # the old one's threads end when they have been idle

    async def call(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], *, limit: int | None = 64,
                   strict: bool = False) -> Outcome:  # fmt: skip
        """Call a function or coroutine function on the running loop, and run it as the cell would be that it stands in."""
        is_async = inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "func", None))
        if current.engine.resting:
            with current.claimed() as is_mine:
                if is_mine:
                    driver = self._driver if self._driver is not None else AsyncioDriver(self._pool)
                    return await self._call(driver, function, args, kwargs, is_async, limit=limit, strict=strict)
        value = function(*args, **kwargs)
        return (await value if is_async else value), None

    def call_blocking(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], *, limit: int | None = 64,
                      strict: bool = False) -> Outcome:  # fmt: skip
        """The same for a synchronous function, from synchronous code, with or without a running loop."""
        if current.engine.resting:
            with current.claimed() as is_mine:
                if is_mine:
                    driver = BlockingDriver(self._pool)
                    return drive(self._call(driver, function, args, kwargs, False, limit=limit, strict=strict))
        return function(*args, **kwargs), None  # unknown code below a run, or another thread: plain Python

    async def _call(self, driver: Any, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], is_async: bool,
                    **options: Any) -> Outcome:  # fmt: skip
        engine = Engine(driver, self.compiler, check=self._check, **options)
        engine.footprint = claim
        engine.root.error = sys.exception()  # what the caller is handling
        plain = inspect.unwrap(function)
        if inspect.isfunction(plain):
            self.compiler.sources.include(plain.__code__.co_filename)
        names = getattr(plain, "__globals__", self.namespace)

        def body(scope: Any) -> Any:
            value = invoke(function, args, kwargs)
            return await_(value) if is_async else value

        try:
            with interrupts.handled(engine) if isinstance(driver, BlockingDriver) else tasks_of(engine):
                return await engine.run(body, scope_of(engine, names)), None
        except BaseException as error:
            leave(error)
            return None, failures.thrower(error)
        finally:
            if driver is not self._driver:
                driver.close()

    async def _run(self, driver: Any, source: str, filename: str, first_line: int, events: EventStream | None,
                   **options: Any) -> RunResult:  # fmt: skip
        may_await = not isinstance(driver, BlockingDriver)
        cell = self.compiler.cell(source, filename, self.namespace, first_line=first_line, flags=self._flags)
        self._flags |= cell.plain.co_flags & FUTURES
        events = EventStream() if events is None else events
        summary = Summary(events)
        began = driver.now()
        around = self._engine  # a run within one: code of a cell may call the magic
        self._has_ended = False
        try:
            with current.claimed() as is_mine:
                if cell.run is None or not is_mine:
                    place = Span(first_line, 0, first_line, 0)
                    reason = cell.reason if is_mine else "another thread runs code under poppy"
                    events.emit(Event("waits", 0, "cell", began, place, filename, False, reason, (), ""))
                    value = await _run_plainly(cell, self.namespace)
                else:
                    recorder = Recorder(events, driver.now)
                    engine = Engine(driver, self.compiler, check=self._check, events=recorder, **options)
                    engine.footprint = claim
                    self._engine = engine
                    with tasks_of(engine) if may_await else nullcontext():
                        value = await engine.run(cell.run, scope_of(engine, self.namespace))
        except BaseException as error:
            plain = [code for code in (cell.plain, cell.result) if code is not None]
            leave(error, plain, cell.module.body if cell.module is not None else ())
            raise
        finally:
            self._has_ended = around is None
            self._engine = around
            self.report = summary.report(driver.now(), began=began)
            if driver is not self._driver:
                driver.close()
        return RunResult(value, self.report)

    def put_off(self, function: Callable[..., Any], *arguments: Any) -> bool:
        """Whether an external call asks for this effect just now: then it is done when the call retires, if it does."""
        return streams.put_off(function, *arguments)

    def interrupt(self, frame: FrameType | None) -> bool:
        """From a handler of SIGINT, on the thread of the run: let the run end with KeyboardInterrupt, raised where it belongs.

        May raise it at once. False if no run of the engine's is under way: then it is the caller's to do.
        """
        if self._engine is None:
            return self._has_ended
        if not self._engine.finished:  # else the run is at its end, which nothing is to tear
            interrupts.request(self._engine, frame)
        return True

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


def generated_code(source: str, filename: str, namespace: dict[str, Any]) -> str:
    """The code that is generated for a cell, as text to read."""
    return listing(OPS, source, filename, namespace)
