"""The representation of a program, made from the standard library's `ast`: independent of the front end, and fast."""

from __future__ import annotations

import ast
from typing import Any

from poppy_nb import ir


_SYMBOLS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@", "LShift": "<<", "RShift": ">>",
    "BitAnd": "&", "BitOr": "|", "BitXor": "^", "And": "and", "Or": "or", "Not": "not", "USub": "-", "UAdd": "+", "Invert": "~", "Eq": "==",
    "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}  # fmt: skip
_RENAMED = {"arg": "Arg", "arguments": "Arguments", "keyword": "Keyword", "alias": "Alias", "withitem": "WithItem", "comprehension": "Comprehension",
            "match_case": "MatchCase"}  # fmt: skip
_NOWHERE = ir.Span(0, 0, 0, 0)


def parse(source: str) -> ir.Module:
    """A module."""
    return convert(ast.parse(source))  # type: ignore[no-any-return]


def convert(node: Any) -> Any:
    """What corresponds to a node of `ast`, or to a list of them."""
    if isinstance(node, list):
        return tuple(convert(item) for item in node)
    if not isinstance(node, ast.AST):
        return node
    name = type(node).__name__
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    cls = getattr(ir, _RENAMED.get(name, name))
    if isinstance(node, (ast.stmt, ast.expr, ast.excepthandler, ast.arg, ast.keyword, ast.alias, ast.pattern)):
        span = ir.Span(node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
    else:
        span = _NOWHERE
    fields = [f for f in cls.__dataclass_fields__ if f != "span"]
    return cls(span, *(convert(getattr(node, field, ())) for field in fields))
