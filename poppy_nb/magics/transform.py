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

    from poppy_nb.magics.magic import PoppyMagics

MAGIC = "poppy"

_PREFIX = "get_ipython().run_cell_magic("
_ESCAPES = {"run_cell_magic", "run_line_magic", "system", "getoutput", "getlines", "autocall"}


class AwaitPoppy:
    """One per shell. Rewrites `%%poppy` cells of top-level requests; leaves nested ones to the synchronous magic."""

    def __init__(self, magics: PoppyMagics) -> None:
        self._magics = magics
        self._shell: InteractiveShell = magics.shell
        self._busy = False

    def __call__(self, lines: list[str]) -> list[str]:
        if self._busy or not lines:
            return lines
        if sys.displayhook is self._shell.display_trap.hook or self._shell.displayhook.exec_result is not None:
            return lines  # a cell is running: this is `%%time`, `%%capture`, `run_cell` or the like inside it
        self._busy = True  # the body is transformed, too: a `%%poppy` in it is nested
        try:
            found = self._rewrite(lines)
        finally:
            self._busy = False
        if found is None:
            return lines
        if _MAGICS in found[0]:  # else IPython runs plain Python, and looks there for a `;` at its end
            self._magics.history.rewritten(found, lines)
        return found

    def _rewrite(self, lines: list[str]) -> list[str] | None:
        call = _parse(lines)
        if call is not None:
            name, line, body = call
            if name == MAGIC:
                return self._rewrite_poppy(line, body)
            return self._rewrite_stack(lines) if _begins_with_poppy(body) else None
        if self._magics.every_cell and not _only_escapes(lines):
            return self._rewrite_text("run_unasked_", "", "".join(lines))
        return None

    def _rewrite_poppy(self, line: str, body: str) -> list[str] | None:
        try:
            wanted = options.parse(self._shell.var_expand(line))
        except options.OptionError:
            return None  # said by the magic, when it runs
        text = source.prepare(self._shell, line, body)
        # Plain Python is run by IPython itself, so that it is exactly that
        return text.splitlines(keepends=True) if wanted.sequential else self._rewrite_text("run_", f"{line!r}, ", text)

    def _rewrite_text(self, method: str, options: str, text: str) -> list[str]:
        if not source.is_valid(self._shell, text):
            return text.splitlines(keepends=True)  # no Python: the error is IPython's then
        if self._can_await() and (_loop_is_running() or source.awaits(self._shell, text)):
            return [f"await {_MAGICS}.{method}awaited({options}{text!r})\n"]
        # Nothing to await, or nobody who would: no loop is running, so that code which starts one works
        return [f"{_MAGICS}.{method}synchronously({options}{text!r})\n"]

    def _rewrite_stack(self, lines: list[str]) -> list[str] | None:
        """Another magic above `%%poppy`: it runs as ever, but on a bridge to the loop."""
        if not self._can_await() or not _loop_is_running():
            return None
        text = "".join(lines)
        return [f"await {_MAGICS}.run_bridged({text!r})\n"]

    def _can_await(self) -> bool:
        """Whether what is transformed now can be run as a coroutine by whoever asked."""
        shell = self._shell
        if not shell.autoawait or shell.loop_runner is not _asyncio_runner:
            return False
        # On a running loop a kernel awaits the cell. `run_cell`, called there by other code, would try to run the loop once more.
        return not (_loop_is_running() and called_by("run_cell"))


_MAGICS = "get_ipython().magics_manager.registry['PoppyMagics']"  # `get_ipython()` is the one name that a cell can count on


def _parse(lines: list[str]) -> tuple[str, str, str] | None:
    """Name, line and body, if this is what IPython makes of a cell magic."""
    if not lines[0].startswith(_PREFIX):
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
    name, line, body = values
    if not (isinstance(name, str) and isinstance(line, str) and isinstance(body, str) and body):
        return None
    return name, line, body


def _begins_with_poppy(body: str) -> bool:
    """Whether a cell magic's body is a `%%poppy` cell, or one under further magics."""
    for text in body.splitlines():
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        if word == f"%%{MAGIC}":
            return True
        if word and not word.startswith("%%"):
            return False
    return False


def _only_escapes(lines: list[str]) -> bool:
    """Whether a cell, as IPython has transformed it, has nothing but magics, help and shell commands in it; or is no Python."""
    try:
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError):
        return True
    return all(isinstance(statement, ast.Expr) and _is_escape(statement.value) for statement in tree.body)


def _is_escape(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _ESCAPES
        and isinstance(node.func.value, ast.Call)
        and isinstance(node.func.value.func, ast.Name)
        and node.func.value.func.id == "get_ipython"
    )


def _loop_is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def called_by(name: str, depth: int = 8) -> bool:
    """Whether a function of that name is near on the stack."""
    frame = sys._getframe(1)
    for _ in range(depth):
        if frame.f_back is None:
            return False
        frame = frame.f_back
        if frame.f_code.co_name == name:
            return True
    return False
