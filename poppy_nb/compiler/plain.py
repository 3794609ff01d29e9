"""Between the representation and Python's own `ast`: the same tree, there and back, with the same positions.

Both follow one grammar, so that the conversions go by the names of the fields; what differs (see `poppy_nb.ir`) stands in the
tables below. Fields that the running Python does not know yet (type parameters on 3.11) are left out on the way to `ast` and
empty on the way back.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from poppy_nb import ir


BINARY: dict[str, type[ast.operator]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
    "//": ast.FloorDiv,
    "%": ast.Mod,
    "**": ast.Pow,
    "<<": ast.LShift,
    ">>": ast.RShift,
    "|": ast.BitOr,
    "&": ast.BitAnd,
    "^": ast.BitXor,
    "@": ast.MatMult,
}
COMPARISON: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "is": ast.Is,
    "is not": ast.IsNot,
    "in": ast.In,
    "not in": ast.NotIn,
}
UNARY: dict[str, type[ast.unaryop]] = {"not": ast.Not, "-": ast.USub, "+": ast.UAdd, "~": ast.Invert}
BOOLEAN: dict[str, type[ast.boolop]] = {"and": ast.And, "or": ast.Or}

_OPERATORS: dict[type[ir.Node], dict[str, Any]] = {
    ir.BinOp: BINARY,
    ir.AugAssign: BINARY,
    ir.Compare: COMPARISON,
    ir.UnaryOp: UNARY,
    ir.BoolOp: BOOLEAN,
}
_SYMBOLS: dict[type[ast.AST], str] = {
    operator: symbol for table in (BINARY, COMPARISON, UNARY, BOOLEAN) for symbol, operator in table.items()
}

# Where a child is not loaded. The parts of a tuple, list or starred target are targets like it.
_CONTEXTS: dict[tuple[type[ir.Node], str], type[ast.expr_context]] = {
    (ir.Assign, "targets"): ast.Store,
    (ir.AugAssign, "target"): ast.Store,
    (ir.AnnAssign, "target"): ast.Store,
    (ir.For, "target"): ast.Store,
    (ir.AsyncFor, "target"): ast.Store,
    (ir.Comprehension, "target"): ast.Store,
    (ir.NamedExpr, "target"): ast.Store,
    (ir.WithItem, "optional_vars"): ast.Store,
    (ir.TypeAlias, "name"): ast.Store,
    (ir.Delete, "targets"): ast.Del,
}
_PASSES_ON = {(ir.Tuple, "elts"), (ir.List, "elts"), (ir.Starred, "value")}

# `ast` writes the parts of expressions and statements in lower case.
_LOWER = {
    "Arg": "arg",
    "Arguments": "arguments",
    "Keyword": "keyword",
    "Alias": "alias",
    "WithItem": "withitem",
    "Comprehension": "comprehension",
    "MatchCase": "match_case",
}
_TO_AST: dict[type[ir.Node], type[ast.AST]] = {}
_FROM_AST: dict[type[ast.AST], tuple[type[ir.Node], tuple[str, ...]]] = {}
for _name, _class in list(vars(ir).items()):
    if inspect.isclass(_class) and issubclass(_class, ir.Node) and hasattr(ast, _LOWER.get(_name, _name)):
        _plain = getattr(ast, _LOWER.get(_name, _name))
        _TO_AST[_class] = _plain
        _FROM_AST[_plain] = (_class, tuple(field.name for field in fields(_class) if field.name != "span"))

_EMPTY_FIELDS = {"type_params"}

Pairs = list[tuple[ir.Node, ast.AST]]


def to_ast(node: ir.Node, context: type[ast.expr_context] = ast.Load, pairs: Pairs | None = None) -> Any:
    """The `ast` of `node`, new objects throughout, with its positions.

    `context` is that of `node` itself, for a target that is converted alone. Whoever has to know which node became
    which gives a list as `pairs`. (The result is `ast.AST`, `Any` to spare every caller the cast to what it gave.)
    """
    kind = type(node)
    plain_kind = _TO_AST.get(kind)
    if plain_kind is None:
        raise TypeError(f"this Python has no ast for {kind.__name__}")
    values: dict[str, Any] = {}
    for name in plain_kind._fields:
        if name == "ctx":
            values[name] = context()
        elif name == "type_ignores":
            values[name] = []
        else:
            value = getattr(node, name)
            if name in ("op", "ops") and kind in _OPERATORS:
                operators = _OPERATORS[kind]
                value = [operators[symbol]() for symbol in value] if name == "ops" else operators[value]()
            elif isinstance(value, ir.Node):
                value = to_ast(value, _child_context(kind, name, context), pairs)
            elif isinstance(value, tuple) and kind is not ir.Constant:
                below = _child_context(kind, name, context)
                value = [to_ast(item, below, pairs) if isinstance(item, ir.Node) else item for item in value]
            values[name] = value
    if plain_kind._attributes:
        values["lineno"], values["col_offset"], values["end_lineno"], values["end_col_offset"] = node.span
    result = plain_kind(**values)
    if pairs is not None:
        pairs.append((node, result))
    return result


def _child_context(kind: type[ir.Node], name: str, context: type[ast.expr_context]) -> type[ast.expr_context]:
    return context if (kind, name) in _PASSES_ON else _CONTEXTS.get((kind, name), ast.Load)


def from_ast(node: ast.AST, *, shift: int = 0, around: ir.Span = ir.Span(1, 0, 1, 0)) -> Any:
    """The representation of `node`, its lines moved by `shift`; `around` is the span of the node above.

    What has no position in `ast` (arguments, `with` items, comprehension clauses, cases, modules) gets that of its parts, see
    `hull`.
    """
    kind, names = _FROM_AST[type(node)]
    if node._attributes:
        around = ir.Span(
            node.lineno + shift,  # type: ignore[attr-defined]
            node.col_offset,  # type: ignore[attr-defined]
            node.end_lineno + shift,  # type: ignore[attr-defined]
            node.end_col_offset,  # type: ignore[attr-defined]
        )
    values: list[Any] = []
    for name in names:
        value = getattr(node, name, () if name in _EMPTY_FIELDS else None)
        if isinstance(value, list):
            value = tuple([_part(item, shift, around) for item in value])
        elif isinstance(value, ast.AST):
            value = _part(value, shift, around)
        values.append(value)
    span = around if node._attributes else hull(values, around)
    return kind(span, *values)


def _part(value: Any, shift: int, around: ir.Span) -> Any:
    if not isinstance(value, ast.AST):
        return value
    symbol = _SYMBOLS.get(type(value))
    return symbol if symbol is not None else from_ast(value, shift=shift, around=around)


def hull(values: Iterable[Any], around: ir.Span) -> ir.Span:
    """The smallest span that holds all nodes in `values` and in tuples there; without any an empty one, where `around` starts."""
    spans: list[ir.Span] = []
    for value in values:
        if isinstance(value, ir.Node):
            spans.append(value.span)
        elif isinstance(value, tuple):
            spans.extend([item.span for item in value if isinstance(item, ir.Node)])
    if not spans:
        return ir.Span(around.line, around.column, around.line, around.column)
    return ir.Span(*min(span[:2] for span in spans), *max(span[2:] for span in spans))
