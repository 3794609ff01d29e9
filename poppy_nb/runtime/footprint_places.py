"""Places in code: which block an instruction stands in, and what had been evaluated before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from poppy_nb import ir
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS


_WITH_EFFECTS = (ir.Call, ir.Await, ir.Yield, ir.YieldFrom, ir.NamedExpr)


def stands_in(statement: ir.Statement, at: ir.Span) -> bool:
    """Whether an instruction belongs to a statement: decorators stand before what Python calls the place of a definition."""
    return statement.span.contains(at) or _decorator(statement, at) is not None


def _decorator(node: ir.Node, at: ir.Span) -> ir.Expression | None:
    decorators: tuple[ir.Expression, ...] = getattr(node, "decorator_list", ())
    return next((one for one in decorators if one.span.contains(at)), None)


def blocks(node: ir.Node) -> Iterator[tuple[ir.Statement, ...]]:
    """The blocks of a compound statement."""
    if isinstance(node, (ir.If, ir.For, ir.AsyncFor, ir.While)):
        yield node.body
        yield node.orelse
    elif isinstance(node, (ir.With, ir.AsyncWith)):
        yield node.body
    elif isinstance(node, (ir.Try, ir.TryStar)):
        yield node.body
        for handler in node.handlers:
            yield handler.body
        yield node.orelse
        yield node.finalbody
    elif isinstance(node, ir.Match):
        for case in node.cases:
            yield case.body


@lru_cache(maxsize=1024)
def takes_all(node: ir.For | ir.AsyncFor) -> bool:
    """Whether no turn of a loop decides whether there is a next one."""
    return not any(_leaves(below, True) for below in node.body)


def _leaves(node: ir.Node, breaks: bool) -> bool:
    if isinstance(node, ir.Return) or breaks and isinstance(node, ir.Break):
        return True
    if isinstance(node, (ir.Expression, *FUNCTIONS, ir.ClassDef)):
        return False
    if isinstance(node, (ir.For, ir.AsyncFor, ir.While)):
        return any(_leaves(below, False) for below in node.body) or any(_leaves(below, breaks) for below in node.orelse)
    return any(_leaves(below, breaks) for below in ir.children(node))


@lru_cache(maxsize=1024)
def under_way(node: ir.Node, at: ir.Span) -> tuple[frozenset[ir.Node], frozenset[ir.Node]]:
    """The parts of a statement or expression that had been evaluated when the instruction `at` began.

    First those that did something, which is done: their values are live temporaries. Then those whose value may be a temporary,
    but may as well not have been loaded yet.
    """
    done: set[ir.Node] = set()
    held: set[ir.Node] = set()
    current = node
    while True:
        if current.span == at:
            held.add(current)
            if isinstance(current, ir.Expr):  # a statement stands where its expression does
                current = current.value
                continue
            held.update(_in_order(current))
            break
        decorator = _decorator(current, at)
        if decorator is not None:  # they are evaluated in this order, and called in the opposite one
            held.update(current.decorator_list)  # type: ignore[attr-defined]
            current = decorator
            continue
        if isinstance(current, FUNCTIONS):
            held.update(ir.children(current.args))
            break
        parts = _in_order(current)
        index = next((i for i, part in enumerate(parts) if part.span.contains(at)), None)
        if index is None:
            held.update(n for n in ir.walk(current) if isinstance(n, ir.Expression))
            break
        before = parts[:index] if isinstance(current, _ORDERED) else [*parts[:index], *parts[index + 1 :]]
        for part in before:
            if isinstance(current, _ORDERED) and any(isinstance(n, _WITH_EFFECTS) for n in ir.walk(part)):
                done.add(part)
            else:
                held.add(part)
        if isinstance(current, COMPREHENSIONS):
            break
        current = parts[index]
    return frozenset(done), frozenset(held)


_ORDERED = (ir.Call, ir.Assign, ir.BinOp, ir.Compare, ir.Tuple, ir.List, ir.Set, ir.JoinedStr, ir.FormattedValue, ir.Subscript,
            ir.Attribute, ir.Slice, ir.Expr, ir.Return, ir.UnaryOp, ir.Await, ir.Starred, ir.BoolOp, ir.IfExp,
            ir.Dict)  # fmt: skip


def _in_order(node: ir.Node) -> Sequence[ir.Node]:
    """The parts of a node, in the order in which they are evaluated."""
    if isinstance(node, ir.Call):
        arguments: list[Any] = [a.value if isinstance(a, ir.Starred) else a for a in node.args]
        return [node.func, *arguments, *(k.value for k in node.keywords)]
    if isinstance(node, ir.Assign):
        return (node.value, *node.targets)
    if isinstance(node, ir.IfExp):
        return (node.test, node.body, node.orelse)
    if isinstance(node, ir.AugAssign):
        return (node.target, *(c for c in ir.children(node.target)), node.value)
    if isinstance(node, ir.Dict):
        return [part for pair in zip(node.keys, node.values, strict=True) for part in pair if part is not None]
    if isinstance(node, COMPREHENSIONS):
        return [n for c in ir.children(node) for n in (ir.children(c) if isinstance(c, ir.Comprehension) else (c,))]
    if isinstance(node, (ir.With, ir.AsyncWith)):
        return [item.context_expr for item in node.items]
    return list(ir.children(node))
