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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import CodeType
from typing import Any, cast

from poppy_nb import ir
from poppy_nb.compiler import reloaded
from poppy_nb.compiler.frontend import FrontEndError, parse
from poppy_nb.compiler.plain import Pairs, from_ast, to_ast
from poppy_nb.unwarned import quiet


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
        self._included: set[str] = set()
        self._others: dict[str, _Text] = {}
        self.other_texts: Callable[[str], Iterable[str]] = lambda filename: ()  # texts of a file that `linecache` does not know

    def register(self, filename: str, module: ir.Module) -> None:
        """Code that names `filename` as its file was compiled from `module`. A text of that name comes second."""
        self._registered[filename] = _Text(module)

    def ir_of(self, code: CodeType) -> Function | None:
        """The function that `code` was compiled from; None if its source cannot be had, read, or is not what it was."""
        registered = self._registered.get(code.co_filename)
        found = registered.find(code) if registered is not None else None
        if found is None:
            text = self._current(code.co_filename)
            found = text.find(code) or text.find_reloaded(code) if text is not None else None
        if found is None:
            found = _first_found(code, map(self._other, self.other_texts(code.co_filename)))
        return found

    def is_user_code(self, filename: str) -> bool:
        """Whether code of this file may be compiled: not the standard library, installed packages, or this package itself.

        Code without a file (`<string>`) may be, too: whether its source can be had is for `ir_of` to say.
        """
        return filename in self._included or _is_user_code(filename)

    def include(self, filename: str) -> None:
        """Its code may be compiled although it is installed: somebody has asked for that there."""
        self._included.add(filename)

    def _other(self, text: str) -> _Text:
        known = self._others.get(text)
        if known is None:
            known = self._others[text] = _text(text)
        return known

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
        text = self._read[filename] = _text("".join(lines), lines)
        return text


def _text(text: str, lines: list[str] | None = None) -> _Text:
    try:
        return _Text(_read(text), lines)
    except (FrontEndError, SyntaxError, ValueError, RecursionError, MemoryError):
        return _Text(None, lines)


def _read(text: str) -> ir.Module:
    try:
        return parse(text, "<source>")
    except FrontEndError:  # what libcst does not read, such as `(x): int`, Python's own tree says as well
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST
        with quiet():
            module: ir.Module = from_ast(compile(text, "<source>", "exec", flags, dont_inherit=True))
        return module


@dataclass
class _Text:
    """One version of a text: its representation (None: cannot be read) and its code objects, made on demand."""

    module: ir.Module | None
    lines: list[str] | None = None
    tables: dict[tuple[int, bool], _Table] = field(default_factory=dict)
    tree: ast.Module | None = None  # Python's own, where functions have been looked for by name
    definitions: dict[str, list[_Text]] = field(default_factory=dict)

    def find(self, code: CodeType) -> Function | None:
        if self.module is None:
            return None
        # Equality of code objects is that of what they do and of all positions; it leaves out the file and what the
        # interpreter or a debugger has written into the instructions meanwhile.
        for by_statement in (False, True):
            table = self._table(code.co_flags & _FUTURE, by_statement)
            for candidate, node in table.get((code.co_qualname, code.co_firstlineno), ()):
                if candidate == code:
                    return node
        return None

    def find_reloaded(self, code: CodeType) -> Function | None:
        """The same for a function into which IPython's autoreload has put what a definition of the text says now."""
        if self.module is None or self.lines is None:
            return None
        qualname = code.co_qualname
        if qualname not in self.definitions:
            if self.tree is None:
                with quiet():
                    self.tree = ast.parse("".join(self.lines))
            self.definitions[qualname] = [_text(text) for text in reloaded.texts(self.tree, qualname)]
        return _first_found(code, self.definitions[qualname])

    def _table(self, flags: int, by_statement: bool) -> _Table:
        """The functions as modules are compiled, or as IPython compiles cells: each statement on its own.

        It makes a difference: methods of what the same text imports are called by other instructions.
        """
        table = self.tables.get((flags, by_statement))
        if table is None:
            assert self.module is not None
            parts = [replace(self.module, body=(one,)) for one in self.module.body] if by_statement else [self.module]
            table = self.tables[flags, by_statement] = {}
            for part in parts:
                for place, found in _functions(part, flags).items():
                    table.setdefault(place, []).extend(found)
        return table


def _first_found(code: CodeType, texts: Iterable[_Text]) -> Function | None:
    return next((found for found in (text.find(code) for text in texts) if found is not None), None)


_Table = dict[tuple[str, int], list[tuple[CodeType, Function]]]


def _functions(module: ir.Module, flags: int) -> _Table:
    """The code object of every function in `module`, by qualified name and first line.

    Code objects do not tell which node they belong to: two lambdas may share a line. Hence a second compilation with a number in
    place of the line of every function: it nests in the same way, so that going through both side by side tells which is which.
    """
    pairs: Pairs = []
    tree = to_ast(module, pairs=pairs)
    real = _compile(tree, flags)
    if real is None:
        return {}
    numbered: dict[tuple[int, str], Function] = {}
    lines: dict[int, int] = {}
    # Lambdas come first, the outer ones before those in them. A decorator that is a lambda gives its number to what it decorates.
    functions = sorted(
        (pair for pair in reversed(pairs) if isinstance(pair[0], Function)), key=lambda pair: not _is_lambda(pair[0])
    )
    for number, (node, plain) in enumerate(functions, module.span.end_line + 1):
        assert isinstance(node, Function)
        decorator = None if isinstance(node, ir.Lambda) or not node.decorator_list else node.decorator_list[0]
        first: Any = plain if decorator is None else cast(ast.FunctionDef, plain).decorator_list[0]
        place = first.lineno if isinstance(decorator, ir.Lambda) else number
        lines.setdefault(place, (decorator or node).span.line)
        numbered[place, "<lambda>" if isinstance(node, ir.Lambda) else node.name] = node
        for part in ast.walk(plain) if isinstance(node, ir.Lambda) else (plain, first):
            _number(part, place)
    copy = _compile(tree, flags)
    table: _Table = {}
    if copy is not None:
        for code, twin in _side_by_side(real, copy, lines):
            function = numbered.get((twin.co_firstlineno, twin.co_name))
            if function is not None:
                table.setdefault((code.co_qualname, code.co_firstlineno), []).append((code, function))
    return table


def _compile(tree: ast.Module, flags: int) -> CodeType | None:
    try:
        with quiet():
            # Which file it is makes no difference to the comparison.
            code: CodeType = compile(tree, "<source>", "exec", flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        return code
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_lambda(node: ir.Node) -> bool:
    return isinstance(node, ir.Lambda)


def _number(node: ast.AST, number: int) -> None:
    """Puts the number in place of the line. Where the compiler looks at lines, what was on one line stays so."""
    place: Any = node
    if not hasattr(node, "lineno"):
        return
    if place.lineno != place.end_lineno:
        place.col_offset = place.end_col_offset = 0
    place.lineno = place.end_lineno = number


def _side_by_side(real: CodeType, copy: CodeType, lines: dict[int, int]) -> Iterator[tuple[CodeType, CodeType]]:
    below = [constant for constant in real.co_consts if isinstance(constant, CodeType)]
    twins = [constant for constant in copy.co_consts if isinstance(constant, CodeType)]
    if len(below) < len(twins):
        # Equal functions of one line are one constant if nothing in them has a column: `lambda: 0` on 3.12, all with
        # `-X no_debug_ranges`.
        first = {_shape(twin, lines): twin for twin in reversed(twins)}
        twins = [twin for twin in twins if first[_shape(twin, lines)] is twin]
    if len(below) == len(twins):  # else something is going on that we do not know: then these are not known either
        for code, twin in zip(below, twins, strict=True):
            yield code, twin
            yield from _side_by_side(code, twin, lines)


def _shape(code: CodeType, lines: dict[int, int]) -> tuple[object, ...]:
    """What the numbered code object has in common with those that would be equal to it without the numbers."""
    return (
        code.replace(co_firstlineno=lines.get(code.co_firstlineno, code.co_firstlineno), co_linetable=b"", co_consts=()),
        tuple((lines.get(place[0] or 0, place[0]), *place[2:]) for place in code.co_positions()),
        tuple(_shape(part, lines) if isinstance(part, CodeType) else (type(part), repr(part)) for part in code.co_consts),
    )


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
