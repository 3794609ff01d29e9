"""The text of a cell: IPython's syntax transformed, every line where the user sees it, registered so that tracebacks find it."""

from __future__ import annotations

import ast
import inspect
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from IPython.core.displayhook import DisplayHook

from poppy_nb.unwarned import quiet


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell that is ready to be compiled."""

    text: str  # line 1 stands for the `%%poppy` line
    name: str  # the file name in its code objects
    shows_value: bool  # the last expression is displayed: no `;` behind it


def prepare(shell: InteractiveShell, line: str, body: str) -> str:
    """The text to compile for the body of a cell under `%%poppy line`, with the line numbers that the user sees.

    May raise what IPython's own transformers raise, SyntaxError for one.
    """
    # IPython drops blank lines at the head of what it transforms
    blank = 0
    for text in body.splitlines():
        if text.strip():
            break
        blank += 1
    # A comment, not the magic itself: `inspect` and traceback printers parse the whole text of a file
    head = f"# %%poppy {line.strip()}".rstrip()
    return head + "\n" * (1 + blank) + str(shell.transform_cell(body))


def register(shell: InteractiveShell, text: str, *, whole_cell: bool) -> str:
    """Make the text known to tracebacks and `inspect`, and say under which name.

    If it is the whole of the running cell, that is the cell's own name, which debuggers compute from what the user wrote.
    """
    result = shell.displayhook.exec_result  # of the request that is running; None if there is none
    raw, number = text, shell.execution_count
    if result is not None:
        number = result.execution_count or number
        if whole_cell and result.info is not None and result.info.raw_cell:
            raw = result.info.raw_cell
    return str(shell.compile.cache(text, number, raw_code=raw))


def is_valid(shell: InteractiveShell, text: str) -> bool:
    """Whether Python would accept the text as a cell. What it warns about is said when the cell is run."""
    flags = shell.compile.flags | (ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if shell.autoawait else 0)
    with quiet():
        try:
            compile(text, "<cell>", "exec", flags, dont_inherit=True)
        except (SyntaxError, ValueError, TypeError, OverflowError, MemoryError, RecursionError):
            return False
    return True


def awaits(shell: InteractiveShell, text: str, line: int | None = None) -> bool:
    """Whether the cell awaits at its top level, or its statement at a line does."""
    with quiet():
        tree = ast.parse(text)
        if line is not None:
            tree.body = [node for node in tree.body if node.lineno <= line <= (node.end_lineno or 0)]
        code = compile(tree, "<cell>", "exec", shell.compile.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return bool(code.co_flags & inspect.CO_COROUTINE)


def shows_value(text: str) -> bool:
    """Whether the value of a last expression is displayed."""
    try:
        return not DisplayHook.semicolon_at_end_of_expression(text)
    except (tokenize.TokenError, SyntaxError):
        return True  # not Python: whoever compiles it says so
