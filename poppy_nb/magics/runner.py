"""One run of a `%%poppy` cell in a shell: source, engine, interrupt, output, value and exception, in this order."""

from __future__ import annotations

import ast
import asyncio
import sys
from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from IPython.core.async_helpers import get_asyncio_loop

from poppy_nb.magics import bridge, engine, source
from poppy_nb.magics.displays import PlacedDisplays
from poppy_nb.magics.engine import RunReport, RunResult, Session
from poppy_nb.magics.history import timed_cells
from poppy_nb.magics.interrupt import Outcome, interruptible, stopped_by
from poppy_nb.magics.options import Options
from poppy_nb.magics.plain import run_plain, shown_assignment
from poppy_nb.magics.progress import Progress
from poppy_nb.magics.record import Record
from poppy_nb.magics.report_output import ReportOutput, is_quiet, is_watched
from poppy_nb.magics.source import CellSource
from poppy_nb.magics.stopped import raise_through, unturned
from poppy_nb.magics.tracebacks import ShownClean, users_line


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_T = TypeVar("_T")


class Runner:
    """One per shell. Knows the shell and the engine; the magics only call it."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self.last: Record | None = None
        self._running = 0
        self._session: Session | None = None
        self._displays: PlacedDisplays | None = None
        self._shown_clean = ShownClean(shell)
        self._nested: tuple[object, ReportOutput] | None = None  # what a cell has shown of the runs below its magics
        shell.events.register("post_execute", self._after_cell)

    def close(self) -> None:
        """Leave the shell as it was."""
        if self._displays is not None:
            self._displays.close()
        self._shown_clean.disarm()
        self._shell.events.unregister("post_execute", self._after_cell)

    def _after_cell(self) -> None:
        self._shown_clean.disarm()
        nested, self._nested = self._nested, None
        if nested is not None:
            nested[1].flush()

    @property
    def is_running(self) -> bool:
        """Whether a cell runs just now."""
        return self._running > 0

    @property
    def last_report(self) -> RunReport | None:
        """Of the latest run."""
        return self.last.report if self.last is not None else None

    async def run(self, text: str, options: Options) -> None:
        """Run a whole cell that was prepared by `source.prepare`, on the running loop."""
        __tracebackhide__ = True
        _forget_failed_displays(self._shell)
        error = await self._run(self._cell(text, whole_cell=True), options, whole_cell=True, on_loop=True)
        if error is not None:
            raise_through(error)

    def run_synchronously(self, text: str, options: Options) -> None:
        """Run a whole cell that was prepared by `source.prepare`, without a loop."""
        __tracebackhide__ = True
        error = _drive(self._run(self._cell(text, whole_cell=True), options, whole_cell=True, on_loop=False))
        if error is not None:
            raise error

    async def run_bridged(self, text: str) -> object:
        """Run a whole cell, as IPython has transformed it, that is a call of another magic above `%%poppy`."""
        __tracebackhide__ = True
        shell = self._shell
        _forget_failed_displays(shell)
        code = compile(text, source.register(shell, text, whole_cell=True), "eval", dont_inherit=True)
        outcome = await bridge.synchronous(lambda: _called(lambda: eval(code, shell.user_global_ns, shell.user_ns)))
        if outcome.error is not None:
            self._shown_clean.arm(outcome.error, whole_cell=True)
            raise_through(outcome.error)
        return outcome.value

    def run_nested(self, line: str, body: str, options: Options) -> None:
        """Run a cell from synchronous code: under `%%time`, in `run_cell_magic`."""
        __tracebackhide__ = True
        cell = self._cell(source.prepare(self._shell, line, body), whole_cell=False)
        if options.sequential:
            error = _drive(self._run_plain(cell, may_await=False, on_loop=False))
        elif bridge.is_open():
            error = bridge.wait_for(self._run(cell, options, whole_cell=False, on_loop=True))
        elif not _loop_is_running() and self._shell.autoawait and source.awaits(self._shell, cell.text):
            error = get_asyncio_loop().run_until_complete(self._run(cell, options, whole_cell=False, on_loop=True))
        else:
            error = _drive(self._run(cell, options, whole_cell=False, on_loop=False))
        if error is not None:
            self._shown_clean.arm(error, whole_cell=False)
            raise error

    async def _run(self, cell: CellSource, options: Options, *, whole_cell: bool, on_loop: bool) -> BaseException | None:
        """Run a cell and show what it shows. The exception that it has raised."""
        __tracebackhide__ = True
        output = self._output(options, whole_cell=whole_cell)
        reason = self._reason_for_plain()
        self._running += 1
        try:
            if options.plan:
                output.start()
                output.finish(engine.plan(cell.text, cell.name, self._shell.user_ns))
                return None
            if reason is not None:
                output.start()
                error = await self._run_plain(cell, may_await=on_loop and self._shell.autoawait, on_loop=on_loop)
                output.say(f"ran in order, as plain Python: {reason}")
            else:
                value, error = await self._run_in_engine(cell, options, output, on_loop=on_loop)
        finally:
            self._running -= 1
            output.stop()
        if error is not None and whole_cell:
            self._shown_clean.arm(error, whole_cell=True)
        elif error is None and reason is None:
            return _called(lambda: self._show_value(cell, value)).error
        return error

    async def _run_plain(self, cell: CellSource, *, may_await: bool, on_loop: bool) -> BaseException | None:
        plain = run_plain(self._shell, cell, may_await=may_await)
        outcome: Outcome[Any] = await (interruptible(plain) if on_loop else _outcome(plain))
        return self._raised(cell, outcome.error)

    def _raised(self, cell: CellSource, error: BaseException | None) -> BaseException | None:
        """What the cell has raised, from what has come out of its coroutine."""
        if error is None or users_line(error) is not None:
            return error
        return unturned(error, lambda line: source.awaits(self._shell, cell.text, line))

    async def _run_in_engine(
        self, cell: CellSource, options: Options, output: ReportOutput, *, on_loop: bool
    ) -> tuple[object, BaseException | None]:
        session = self._session
        if session is None:
            session = self._session = engine.new_session(self._shell.user_ns, partial(timed_cells, self._shell))
            self._displays = PlacedDisplays(self._shell, session.put_off)
        settings = options.settings
        session.use_threads(settings.threads, settings.thread_idle)
        record = self.last = Record(cell.text, cell.name, values=settings.save_values)
        arguments: dict[str, Any] = {
            "limit": settings.limit,
            "strict": settings.strict,
            "window": settings.window,
            "events": record.events,
        }
        view = record.view(settings.view, live=is_watched(self._shell)) if settings.view != "none" and output.is_shown else None
        progress = Progress(record.events)
        if options.tacit and output.is_shown and not engine.expects_calls(session, cell.text, cell.name, self._shell.user_ns):
            output.start_with_calls(record.events, progress, view)
        else:
            output.start(progress, view)
        outcome: Outcome[RunResult]
        if on_loop:
            outcome = await interruptible(session.run(cell.text, cell.name, **arguments), session.interrupt)
        else:
            with stopped_by(session.interrupt):
                outcome = _called(lambda: session.run_blocking(cell.text, cell.name, **arguments))
        result, error = outcome.value, self._raised(cell, outcome.error)
        record.finish(result.report if result is not None else engine.failed_run_report(session), error)
        if options.out is not None:
            self._shell.user_ns[options.out] = record.run()
        output.finish(record.output(explain=options.explain))
        return (result.value if result is not None else None), error

    def _show_value(self, cell: CellSource, value: object) -> None:
        interactivity = "none" if self._is_silent() or not cell.shows_value else self._shell.ast_node_interactivity
        if interactivity == "none":
            return
        if interactivity == "last_expr_or_assign":
            name = shown_assignment(interactivity, ast.parse(cell.text).body[-1])
            if name is not None:
                value = self._shell.user_ns[name]
        sys.displayhook(value)

    def _reason_for_plain(self) -> str | None:
        """Why the engine must not run cells of this shell, if so: it would not do what the user's settings say."""
        shell = self._shell
        if shell.ast_transformers:
            return "transformers of the syntax tree are registered in this shell"
        if shell.user_global_ns is not shell.user_ns:
            return "this shell is embedded in a function"
        if shell.ast_node_interactivity in ("all", "last"):
            return f"ast_node_interactivity is {shell.ast_node_interactivity!r}"
        return None

    def _cell(self, text: str, *, whole_cell: bool) -> CellSource:
        return CellSource(text, source.register(self._shell, text, whole_cell=whole_cell), source.shows_value(text))

    def _output(self, options: Options, *, whole_cell: bool) -> ReportOutput:
        is_shown = not (options.settings.quiet or is_quiet() or self._is_silent())
        cell = self._shell.displayhook.exec_result  # of the request that is running
        if not whole_cell and self._nested is not None and cell is not None and self._nested[0] is cell:
            return self._nested[1]  # one more run in the same cell: its output is there
        output = ReportOutput(self._shell, is_shown=is_shown)
        if not whole_cell and cell is not None:
            self._nested = (cell, output)
        return output

    def _is_silent(self) -> bool:
        result = self._shell.displayhook.exec_result
        return result is not None and result.info is not None and bool(result.info.silent)


def _forget_failed_displays(shell: Any) -> None:
    """ipykernel does so where it does not await a cell: else each cell after a failed display has failed, too."""
    if getattr(shell, "_last_traceback_during_displayhook", False):
        shell._last_traceback_during_displayhook = False


def _called(call: Any) -> Outcome[Any]:
    try:
        return Outcome(value=call())
    except BaseException as error:
        return Outcome(error=error)


async def _outcome(run: Coroutine[Any, Any, _T]) -> Outcome[_T]:
    try:
        return Outcome(value=await run)
    except BaseException as error:
        return Outcome(error=error)


def _drive(run: Coroutine[Any, Any, _T]) -> _T:
    """The result of what never suspends, from synchronous code, under a running loop or not."""
    __tracebackhide__ = True
    try:
        run.send(None)
    except StopIteration as ended:
        result: _T = ended.value
        return result
    raise AssertionError("a run without an event loop has suspended")


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
