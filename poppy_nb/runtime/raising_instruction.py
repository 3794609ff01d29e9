"""The instruction by which a frame has raised, in code that was made for such a frame.

IPython's displays and others mark the expression that has raised: they look at the instruction that a traceback's entry names,
and at its place, and check one against the other (as the package `executing` does). So the made code has in it the statement that
stands at the place in the source, never to be run, and the entry names an instruction of that.
"""

from __future__ import annotations

import ast
import copy
import dis
import linecache
from functools import lru_cache
from types import CodeType
from typing import Any, cast

from .positions import Place


_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")

_EXPRESSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)
_NAMES_OF_EXPRESSIONS = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>", "<lambda>"}

# Instructions that stand where the one stands that has raised, and do not raise themselves
_NEVER_RAISE = frozenset(
    "BUILD_LIST BUILD_MAP BUILD_SET BUILD_TUPLE COPY EXTENDED_ARG KW_NAMES LOAD_BUILD_CLASS LOAD_CONST LOAD_FAST_AND_CLEAR "
    "MAKE_FUNCTION NOP POP_TOP PRECALL PUSH_NULL RESUME SWAP".split()
)
_LOADS = frozenset({"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_DEREF", "LOAD_CLASSDEREF"})


def statement_at(code: CodeType, place: Place) -> tuple[ast.stmt | None, str | None]:
    """What stands at a place in the source of `code`, without the statements in it, and the class around that.

    A name with two underscores in front is another one in a class. None for the statement if the source cannot be had.
    """
    tree = _tree("".join(linecache.getlines(code.co_filename)))
    path = _path(tree, place) if tree is not None else []
    at = max((index for index, node in enumerate(path) if isinstance(node, ast.stmt)), default=None)
    if at is None:
        return None, None
    around = next((node.name for node in reversed(path[:at]) if isinstance(node, ast.ClassDef)), None)
    found = _without_bodies(cast("ast.stmt", path[at]))
    if code.co_name in _NAMES_OF_EXPRESSIONS:
        scopes = [index for index, node in enumerate(path) if isinstance(node, _EXPRESSIONS)]
        part = next((node for node in path[scopes[-1] + 1 :] if isinstance(node, ast.expr)), None) if scopes else None
        if part is None:
            return None, None
        found = ast.copy_location(ast.Expr(part), part)
    return _NoWaits().visit(copy.deepcopy(found)), around


def instruction_at(code: CodeType, place: Place, error: BaseException) -> int | None:
    """The offset of the instruction there that may have raised `error`, in code that has the statement in it.

    The first one, where several stand there: to apply a decorator, say, stands where the expression of the decorator does.
    """
    passed = _NEVER_RAISE if isinstance(error, NameError) else _NEVER_RAISE | _LOADS
    for instruction in dis.get_instructions(code):
        stands = all(getattr(instruction.positions, name, None) == place[name] for name in _POSITION)
        if stands and instruction.opname not in passed:
            return instruction.offset
    return None


@lru_cache(maxsize=16)
def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _path(node: ast.AST, place: Place) -> list[ast.AST]:
    """The nodes around a place, from the outermost to the innermost."""
    for child in ast.iter_child_nodes(node):
        if not hasattr(child, "lineno"):
            inner = _path(child, place)
            if inner:
                return [child, *inner]
        elif _holds(child, place):
            return [child, *_path(child, place)]
    return []


def _holds(node: Any, place: Place) -> bool:
    first = min([node, *getattr(node, "decorator_list", ())], key=lambda one: one.lineno)
    start, end = (first.lineno, first.col_offset), (node.end_lineno, node.end_col_offset)
    return bool(start <= (place["lineno"], place["col_offset"]) and (place["end_lineno"], place["end_col_offset"]) <= end)


def _without_bodies(statement: ast.stmt) -> ast.stmt:
    """The statement with `pass` for each block in it: that of a loop, say, which stands in the same frame."""
    fields: dict[str, Any] = dict(ast.iter_fields(statement))
    nothing = ast.copy_location(ast.Pass(), statement)
    for name in ("body", "orelse", "finalbody"):
        if fields.get(name):
            fields[name] = [nothing]
    for name in ("handlers", "cases"):
        if name in fields:
            fields[name] = [type(one)(**{**dict(ast.iter_fields(one)), "body": [nothing]}) for one in fields[name]]
            for old, new in zip(getattr(statement, name), fields[name], strict=True):
                ast.copy_location(new, old)
    kind: Any = {ast.AsyncFor: ast.For, ast.AsyncWith: ast.With}.get(type(statement), type(statement))
    return cast("ast.stmt", ast.copy_location(kind(**fields), statement))


class _NoWaits(ast.NodeTransformer):
    """Leaves what a plain function may have, which runs at once."""

    def visit(self, node: ast.AST) -> Any:
        self.generic_visit(node)
        if isinstance(node, ast.comprehension):
            node.is_async = 0
        if isinstance(node, ast.Await | ast.Yield | ast.YieldFrom):
            return node.value if node.value is not None else ast.copy_location(ast.Constant(None), node)
        return node


__all__ = ["instruction_at", "statement_at"]
