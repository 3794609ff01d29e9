"""Source text to the representation: CPython says whether it is a program, libcst what it says, the text where.

The positions are those of the running Python's own `ast`: tracebacks and code objects must be those of the plain program.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import libcst

from poppy_nb import ir
from poppy_nb.compiler.frontend_cursor import Lost
from poppy_nb.compiler.frontend_statements import Statements
from poppy_nb.errors import Unsupported


class FrontEndError(Unsupported):
    """Python accepts this program but the front end cannot read it. Nothing is wrong with it: run it plainly.

    Known cases: what libcst refuses (`(x): int`, `class A(k=1, *bases)`) and nesting deeper than Python's recursion limit.
    """


def parse(source: str, filename: str, first_line: int = 1) -> ir.Module:
    """The representation of a module or cell, its first line being line `first_line` of `filename`.

    Raises what `compile(source, filename, "exec")` raises if it is no program, except that `await` may stand
    outside of a function, as in a cell; and `FrontEndError` if it is one that the front end cannot read.
    """
    with quiet():
        # Empty lines before it, and the errors come with the lines of the file.
        compile("\n" * (first_line - 1) + source, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        # CPython's tokenizer knows only this kind of line end, inside of string literals too.
        text = source.replace("\r\n", "\n").replace("\r", "\n")
        try:
            return Statements(text.encode(), first_line).module(libcst.parse_module(text))
        except (libcst.ParserSyntaxError, libcst.CSTValidationError, Lost, RecursionError) as e:
            raise FrontEndError(f"{filename}: {e}") from e


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings of Python's compiler: they come once, when the plain form is compiled.

    `warnings.catch_warnings` would do, but it also makes Python forget which of the program's own warnings were
    shown already: they would be shown again in the next cell, which plain Python does not do.
    """
    filters = warnings.filters
    setattr(warnings, "filters", [("ignore", None, Warning, None, 0)])  # noqa: B010 (typeshed has it as read-only)
    try:
        yield
    finally:
        setattr(warnings, "filters", filters)  # noqa: B010
