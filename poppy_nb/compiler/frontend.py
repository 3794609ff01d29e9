"""Source text to the representation: CPython says whether it is a program, libcst what it says, the text where.

The positions are those of the running Python's own `ast`: tracebacks and code objects must be those of the plain program.
"""

from __future__ import annotations

import ast

import libcst

from poppy_nb import ir
from poppy_nb.compiler.frontend_cursor import Lost
from poppy_nb.compiler.frontend_statements import Statements
from poppy_nb.errors import Unsupported
from poppy_nb.unwarned import quiet


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
