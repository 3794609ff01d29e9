"""Finds the representation of a live function, or nothing if it is not certain that the two are the same.

A function is known by its code object. What its source says now need not be what it was compiled from: files are edited,
decorators and tools rewrite code, several lambdas stand on one line. So the source is compiled again, and only a function
whose code object comes out equal (instructions, constants, names and positions) is taken to be the one that stands there.
"""

from __future__ import annotations
import __future__

import ast
import functools
import linecache
import os
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType

from poppy_nb import ir
from poppy_nb.compiler.frontend import FrontEndError, parse
from poppy_nb.compiler.plain import Pairs, to_ast


Function = ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda

# The one future feature that is still a choice and changes code. A cell can inherit it from an earlier cell.
_FUTURE = __future__.annotations.compiler_flag


class Sources:
    """All functions whose source can be had: of cells, of modules, of whatever was registered.

    The text comes from `linecache`, like that of a traceback: it knows the cells of a notebook and whether a file has changed.
    """

    def __init__(self) -> None:
        self._registered: dict[str, _Text] = {}
        self._read: dict[str, _Text] = {}

    def register(self, filename: str, module: ir.Module) -> None:
        """Code that names `filename` as its file was compiled from `module`. A text of that name comes second."""
        self._registered[filename] = _Text(module)

    def ir_of(self, code: CodeType) -> Function | None:
        """The function that `code` was compiled from; None if its source cannot be had, read, or is not what it was."""
        registered = self._registered.get(code.co_filename)
        found = registered.find(code) if registered is not None else None
        if found is None:
            text = self._current(code.co_filename)
            found = text.find(code) if text is not None else None
        return found

    def is_user_code(self, filename: str) -> bool:
        """Whether code of this file may be compiled: not the standard library, installed packages, or this package itself.

        Code without a file (`<string>`) may be, too: whether its source can be had is for `ir_of` to say.
        """
        return _is_user_code(filename)

    def _current(self, filename: str) -> _Text | None:
        """The text as it is now. An entry of `linecache` is replaced, never changed: its identity tells whether it is known."""
        linecache.checkcache(filename)
        lines = linecache.getlines(filename)
        known = self._read.get(filename)
        if known is not None and known.lines is lines:
            return known
        if not lines:
            self._read.pop(filename, None)
            return None
        if known is not None and known.lines == lines:
            known.lines = lines
            return known
        try:
            text = _Text(parse("".join(lines), filename), lines)
        except (FrontEndError, SyntaxError, ValueError, RecursionError, MemoryError):
            text = _Text(None, lines)
        self._read[filename] = text
        return text


@dataclass
class _Text:
    """One version of a text: its representation (None: cannot be read) and its code objects, made on demand."""

    module: ir.Module | None
    lines: list[str] | None = None
    tables: dict[int, _Table] = field(default_factory=dict)

    def find(self, code: CodeType) -> Function | None:
        flags = code.co_flags & _FUTURE
        table = self.tables.get(flags)
        if table is None:
            table = self.tables[flags] = {} if self.module is None else _functions(self.module, flags)
        # Equality of code objects is that of what they do and of all positions; it leaves out the file and what the
        # interpreter or a debugger has written into the instructions meanwhile.
        for candidate, node in table.get((code.co_qualname, code.co_firstlineno), ()):
            if candidate == code:
                return node
        return None


_Table = dict[tuple[str, int], list[tuple[CodeType, Function]]]


def _functions(module: ir.Module, flags: int) -> _Table:
    """The code object of every function in `module`, by qualified name and first line.

    Code objects do not tell which node they belong to: two lambdas may share a line. Hence a second compilation with a number
    in place of the line of every function: it nests in the same way, so that going through both side by side tells which is
    which.
    """
    pairs: Pairs = []
    tree = to_ast(module, pairs=pairs)
    real = _compile(tree, flags)
    if real is None:
        return {}
    numbered: dict[tuple[int, str], Function] = {}
    for number, (node, plain) in enumerate(pairs, 1):
        if isinstance(node, ir.Lambda):
            _number(plain, number)
            numbered[number, "<lambda>"] = node
    for number, (node, plain) in enumerate(pairs, 1):
        if isinstance(node, ir.FunctionDef | ir.AsyncFunctionDef):
            first = plain
            if node.decorator_list:
                first = plain.decorator_list[0]  # type: ignore[attr-defined]
                if isinstance(first, ast.Lambda):  # it has its number; the names of the two tell them apart
                    number = first.lineno
            _number(plain, number)
            _number(first, number)
            numbered[number, node.name] = node
    copy = _compile(tree, flags)
    table: _Table = {}
    if copy is not None:
        for code, twin in _side_by_side(real, copy):
            function = numbered.get((twin.co_firstlineno, twin.co_name))
            if function is not None:
                table.setdefault((code.co_qualname, code.co_firstlineno), []).append((code, function))
    return table


def _compile(tree: ast.Module, flags: int) -> CodeType | None:
    try:
        # Which file it is makes no difference to the comparison.
        code: CodeType = compile(tree, "<source>", "exec", flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        return code
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _number(node: ast.AST, number: int) -> None:
    node.lineno = node.end_lineno = number  # type: ignore[attr-defined]
    node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]


def _side_by_side(real: CodeType, copy: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    below = [constant for constant in real.co_consts if isinstance(constant, CodeType)]
    twins = [constant for constant in copy.co_consts if isinstance(constant, CodeType)]
    if len(below) != len(twins):
        return  # without column numbers (-X no_debug_ranges) equal lambdas of one line are one constant: not certain, so unknown
    for code, twin in zip(below, twins, strict=True):
        yield code, twin
        yield from _side_by_side(code, twin)


def _real_paths(*paths: str) -> tuple[str, ...]:
    return tuple({os.path.join(os.path.normcase(os.path.realpath(path)), "") for path in paths})


_NOT_THE_USERS = _real_paths(
    sysconfig.get_path("stdlib"),
    sysconfig.get_path("platstdlib"),
    os.path.dirname(os.__file__),
    os.path.dirname(ir.__file__),
)
_INSTALLED = {"site-packages", "dist-packages"}


@functools.cache
def _is_user_code(filename: str) -> bool:
    if filename.startswith("<"):
        return not filename.startswith("<frozen")
    if _INSTALLED.intersection(os.path.normpath(filename).split(os.sep)):
        return False
    return not os.path.normcase(os.path.realpath(filename)).startswith(_NOT_THE_USERS)
