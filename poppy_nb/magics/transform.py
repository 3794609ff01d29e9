"""The entry in `shell.input_transformers_post` by which a `%%poppy` cell is awaited on the loop that runs it.

A cell magic is a synchronous call: when it runs in a kernel, the kernel's loop is blocked below it. But a cell that contains
`await` is run as a coroutine on that loop. So the call that IPython makes of `%%poppy` becomes an `await` before the cell is
compiled, and no loop is patched. (nest_asyncio, the usual way out, patches asyncio for the whole process, and has lost queued
cells.)
"""

from __future__ import annotations

import ast
import asyncio
import sys
from typing import TYPE_CHECKING

from IPython.core.async_helpers import _asyncio_runner

from poppy_nb.magics import options, source


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

MAGIC = "poppy"
AWAITED_MAGIC = "poppy_awaited"  # the same as a coroutine; `get_ipython()` is the one name that a cell can count on

_PREFIX = f"get_ipython().run_cell_magic({MAGIC!r}, "


class AwaitPoppy:
    """One per shell. Rewrites `%%poppy` cells of top-level requests; leaves nested ones to the synchronous magic."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._busy = False

    def __call__(self, lines: list[str]) -> list[str]:
        call = _parse(lines)
        if call is None or self._busy:
            return lines
        if sys.displayhook is self._shell.display_trap.hook:
            return lines  # a cell is running: this is `%%time`, `%%capture`, `run_cell` or the like inside it
        self._busy = True  # the body is transformed, too: a `%%poppy` in it is nested
        try:
            return self._rewrite(*call) or lines
        finally:
            self._busy = False

    def _rewrite(self, line: str, body: str) -> list[str] | None:
        try:
            wanted = options.parse(self._shell.var_expand(line))
        except options.OptionError:
            return None  # said by the magic, when it runs
        text = source.prepare(self._shell, line, body)
        # Plain Python is run by IPython itself, so that it is exactly that; what is no Python, too: the error is IPython's then
        if wanted.sequential or not source.is_valid(self._shell, text):
            return text.splitlines(keepends=True)
        if not self._will_be_awaited():
            return None
        return [f"await get_ipython().run_cell_magic({AWAITED_MAGIC!r}, {line!r}, {text!r})\n"]

    def _will_be_awaited(self) -> bool:
        """Whether what is transformed now can be run as a coroutine by whoever asked."""
        shell = self._shell
        if not shell.autoawait or shell.loop_runner is not _asyncio_runner:
            return False
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return True
        # On a running loop a kernel awaits the cell. `run_cell`, called there by other code, would try to run the loop once more.
        return not _called_by("run_cell")


def _parse(lines: list[str]) -> tuple[str, str] | None:
    """Line and body, if this is what IPython makes of a cell under `%%poppy`."""
    if not lines or not lines[0].startswith(_PREFIX):
        return None
    try:
        (statement,) = ast.parse("".join(lines)).body
    except (SyntaxError, ValueError):
        return None
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) and not statement.value.keywords):
        return None
    values = [argument.value for argument in statement.value.args if isinstance(argument, ast.Constant)]
    if len(values) != 3 or len(statement.value.args) != 3:
        return None
    _, line, body = values
    if not (isinstance(line, str) and isinstance(body, str) and body):
        return None
    return line, body


def _called_by(name: str, depth: int = 8) -> bool:
    """Whether a function of that name is near on the stack."""
    frame = sys._getframe(1)
    for _ in range(depth):
        if frame.f_back is None:
            return False
        frame = frame.f_back
        if frame.f_code.co_name == name:
            return True
    return False
