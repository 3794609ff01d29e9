"""Turns a random part of a program's values into answers of external calls, without changing what the program means."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator

from poppy_nb.externals import external


NAME = "poppy_test_later"

_EXPRESSIONS = (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Compare, ast.BoolOp, ast.Call, ast.List, ast.Dict)
_FRAME_READERS = {"super", "locals", "vars", "dir", "eval", "exec", "globals", "__class__"}


@external
def poppy_test_later(value: object) -> object:
    """What was passed in."""
    return value


def pending(source: str, seed: int, share: float = 0.1, expressions: float = 0.0) -> str:
    """`source` in which constants (each with probability `share`) and other expressions (`expressions`) are passed through a call.

    Every line keeps its number. What is part of the syntax stays as it is: docstrings, patterns, annotations, parts of f-strings.
    """
    choose = random.Random(seed)
    lines = source.encode().splitlines(keepends=True)
    inserted: list[tuple[int, int, int, bytes]] = []  # line, column, rank at this place, text
    for number, node in enumerate(_places(ast.parse(source))):
        if choose.random() >= (share if isinstance(node, ast.Constant) else expressions):
            continue
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        before = lines[node.lineno - 1][: node.col_offset][-1:]
        space = b" " if before.isalnum() or before in (b"_", b'"', b"'") else b""
        # at one place the ends come first, the inner ones before the outer ones; then the beginnings, the outer ones first
        inserted.append((node.lineno, node.col_offset, 1_000_000 + number, space + NAME.encode() + b"("))
        inserted.append((node.end_lineno, node.end_col_offset, -number, b")"))
    for line, column, _, text in sorted(inserted, reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[:column] + text + old[column:]
    return b"".join(lines).decode()


def _places(node: ast.AST, docstring: ast.AST | None = None) -> Iterator[ast.expr]:
    """The expressions that may be wrapped, outer ones first."""
    if isinstance(node, (ast.JoinedStr, ast.pattern)) or type(node).__name__ in ("TypeAlias", "TypeVar", "TypeVarTuple", "ParamSpec", "TemplateStr"):
        return
    if isinstance(node, ast.match_case):
        for part in ([node.guard] if node.guard else []) + node.body:
            yield from _places(part)
        return
    if isinstance(node, ast.Constant) or (isinstance(node, _EXPRESSIONS) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)):
        if node is not docstring and not (isinstance(node, ast.Name) and node.id in _FRAME_READERS):
            yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_params"):
            continue
        for inner in value if isinstance(value, list) else [value]:
            if not isinstance(inner, ast.AST):
                continue
            if field == "func" or (field == "target" and isinstance(node, ast.AnnAssign)):
                # who calls what is not touched: some callables look at the frame that calls them
                for below in ast.iter_child_nodes(inner):
                    yield from _places(below)
            else:
                yield from _places(inner, inner.value if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant) else docstring)
