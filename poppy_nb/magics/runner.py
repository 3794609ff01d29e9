"""One run of a `%%poppy` cell in a shell: source, engine, interrupt, summary, value and exception, in this order."""

from __future__ import annotations

import ast
import asyncio
import sys
from typing import TYPE_CHECKING

from IPython.core.async_helpers import get_asyncio_loop

from poppy_nb.magics import source
from poppy_nb.magics.engine import RunReport, Session, failed_run_report, new_session
from poppy_nb.magics.interrupt import interruptible
from poppy_nb.magics.options import Options
from poppy_nb.magics.plain import run_plain, run_without_loop, shown_assignment
from poppy_nb.magics.report_output import ReportOutput, is_quiet
from poppy_nb.magics.source import CellSource
from poppy_nb.magics.tracebacks import ShownClean


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_UNDER_LOOP = (
    "ran in order, as plain Python: under another magic the event loop cannot be awaited "
    "(let %%poppy be the first line of the cell)"
)


class Runner:
    """One per shell. Knows the shell and the engine; the magics only call it."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self.last_report: RunReport | None = None
        self._session: Session | None = None
        self._shown_clean = ShownClean(shell)
        shell.events.register("post_execute", self._shown_clean.disarm)

    def close(self) -> None:
        """Leave the shell as it was."""
        self._shown_clean.disarm()
        self._shell.events.unregister("post_execute", self._shown_clean.disarm)

    async def run(self, text: str, options: Options) -> None:
        """Run a cell that was prepared by `source.prepare`, on the running loop."""
        __tracebackhide__ = True
        await self._run(self._cell(text, whole_cell=True), options, whole_cell=True)

    def run_nested(self, line: str, body: str, options: Options) -> None:
        """Run a cell from synchronous code: under `%%time`, in `run_cell_magic`, with autoawait off."""
        __tracebackhide__ = True
        try:
            cell = self._cell(source.prepare(self._shell, line, body), whole_cell=False)
            if options.sequential:
                run_without_loop(self._shell, cell)
            elif _loop_is_running():
                self._run_under_loop(cell, options)
            else:
                self._check_awaits(cell)
                get_asyncio_loop().run_until_complete(self._run(cell, options, whole_cell=False))
        except BaseException as error:
            self._shown_clean.arm(error, whole_cell=False)
            raise

    def _run_under_loop(self, cell: CellSource, options: Options) -> None:
        __tracebackhide__ = True
        output = self._output(options)
        output.start()
        try:
            run_without_loop(self._shell, cell)
        finally:
            output.say(_UNDER_LOOP)

    async def _run(self, cell: CellSource, options: Options, *, whole_cell: bool) -> None:
        __tracebackhide__ = True
        output = self._output(options)
        reason = self._reason_for_plain()
        if reason is not None:
            output.start()
            plain = await interruptible(run_plain(self._shell, cell, may_await=self._shell.autoawait))
            output.say(f"ran in order, as plain Python: {reason}")
            error, value = plain.error, None
        else:
            session = self._session = self._session or new_session(self._shell.user_ns)
            output.start()
            outcome = await interruptible(
                session.run(cell.text, cell.name, first_line=1, limit=options.limit, strict=options.strict, quiet=options.quiet)
            )
            error, result = outcome.error, outcome.value
            self.last_report = result.report if result is not None else failed_run_report(session)
            output.finish(self.last_report)
            value = result.value if result is not None else None
        if error is not None:
            if whole_cell:
                self._shown_clean.arm(error, whole_cell=True)
            raise error
        if reason is None:
            self._show_value(cell, value)

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

    def _check_awaits(self, cell: CellSource) -> None:
        """Raise for `await` where the plain cell would, with autoawait off."""
        if not self._shell.autoawait:
            compile(cell.text, cell.name, "exec", self._shell.compile.flags, dont_inherit=True)

    def _cell(self, text: str, *, whole_cell: bool) -> CellSource:
        return CellSource(text, source.register(self._shell, text, whole_cell=whole_cell), source.shows_value(text))

    def _output(self, options: Options) -> ReportOutput:
        return ReportOutput(self._shell, is_shown=not (options.quiet or is_quiet() or self._is_silent()))

    def _is_silent(self) -> bool:
        result = self._shell.displayhook.exec_result
        return result is not None and result.info is not None and bool(result.info.silent)


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
