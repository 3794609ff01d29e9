"""Plain forms: what the runtime runs in place of mediated code where that makes no difference but in time.

A statement of a cell is evaluated in the namespace, as it stands. A loop or comprehension of a function becomes a function of the
scope object: its local variables are taken from there, and put back at the end, also if that is an exception:

    def work(L):
        if 'n' in L: n = L['n']
        try:
            for ...
        finally:
            leave(L, locals(), ('n', ...))
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import CodeType
from typing import TYPE_CHECKING, Any

from poppy_nb import ir
from poppy_nb.compiler.build import MARK, room
from poppy_nb.compiler.plain import to_ast
from poppy_nb.mentions import Mentions, mentions
from poppy_nb.region import PlainForm
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS, Scope
from poppy_nb.unwarned import quiet


if TYPE_CHECKING:
    from poppy_nb.compiler.codegen.emitter import Emitter
    from poppy_nb.compiler.codegen.origin import Origin

_SCOPE = "__poppy_L"
ITEMS = "__poppy_items"
_REPEATED = (*COMPREHENSIONS, ir.For, ir.While, ir.Lambda)
_BODIES = (*FUNCTIONS, ir.ClassDef)

Comprehension = ir.ListComp | ir.SetComp | ir.DictComp | ir.GeneratorExp


def worth(node: ir.Node) -> bool:
    """Whether a statement of a cell contains something that may run often."""
    if isinstance(node, _BODIES) and not isinstance(node, ir.Lambda):
        return False
    return isinstance(node, _REPEATED) or any(worth(below) for below in ir.children(node))


def of_statement(origin: Origin, node: ir.Statement, *, value: bool = False) -> PlainForm:
    """A statement of a cell; `value`: it is an expression, the result of the cell."""

    def make() -> CodeType:
        assert origin.compile_native is not None
        return origin.compile_native(node, value)

    scope = origin.scopes[origin.node]
    return PlainForm("value" if value else "statement", make, lambda: mentions([node], scope, origin.scopes))


def of_loop(unit: Emitter, node: ir.For | ir.While) -> PlainForm | None:
    """A loop; None if it cannot be a function of its own."""
    origin = unit.origin
    if unit.shape.exits(node) - {"return"} or len(unit.levels) > 1 or unit.shape.pushes(node):
        return None
    if origin.cell:
        return of_statement(origin, node)
    scope = unit.levels[0].scope
    return form("loop", unit, scope, node, lambda: _Returns().visit(to_ast(node)), None)


def of_comprehension(unit: Emitter, node: Comprehension) -> PlainForm | None:
    """A comprehension over items that have been evaluated; None for what is lazy or stands in another one."""
    if isinstance(node, ir.GeneratorExp) or len(unit.levels) > 1:
        return None
    first = node.generators[0]
    given = replace(first, iter=ir.Name(first.iter.span, ITEMS))
    inside = replace(node, generators=(given, *node.generators[1:]))

    def statement() -> ast.stmt:
        value = to_ast(inside)
        return ast.copy_location(ast.Return(value), value)

    return form("comprehension", unit, unit.levels[0].scope, node, statement, first.iter)


def form(kind: str, unit: Emitter, scope: Scope, node: ir.Node, statement: Any, given: ir.Node | None) -> PlainForm | None:
    """`statement()` as a function of the scope object, with the variables of `node`; None if a name means another one there."""
    if scope.private is not None and any(_is_private(below) for below in ir.walk(node)):
        return None
    origin, frame = unit.origin, unit.frame
    found: list[Mentions] = []

    def survey() -> Mentions:
        if not found:
            found.append(mentions([node], scope, origin.scopes, given))
        return found[0]

    def make() -> CodeType:
        told = survey()
        kinds = {name: scope.kind(name) for name in told.outer}
        local = sorted(name for name, of in kinds.items() if of == "local")
        captured = sorted(name for name, of in kinds.items() if of != "local")
        with room(), quiet():  # whatever there is to warn of in it, the mediated form has
            body = _body(statement(), node.span, local, [n for n in local if n in told.stored],
                         [n for n in captured if n in told.stored],
                         sorted(told.stored - set(local) - set(captured)))  # fmt: skip
            parameters = [_SCOPE] if kind == "loop" else [_SCOPE, ITEMS]
            arguments = ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, [])
            function = ast.FunctionDef("__poppy_function", arguments, body, [], None, None)
            _place([function, *arguments.args], node.span)
            return origin.builder.compile(function, captured, {}, name=frame.name, qualname=frame.qualname,
                                          filename=origin.filename, flags=origin.flags)  # fmt: skip

    return PlainForm(kind, make, survey)


def _body(statement: ast.stmt, span: ir.Span, local: Sequence[str], kept: Sequence[str], captured: Sequence[str],
          global_names: Sequence[str]) -> list[ast.stmt]:  # fmt: skip
    """The function's statements: declarations, local variables from the scope object, and back to it."""
    made: list[ast.stmt] = []
    if captured:
        made.append(ast.Nonlocal(list(captured)))
    if global_names:
        made.append(ast.Global(list(global_names)))
    for name in local:
        made += ast.parse(f"if {name!r} in {_SCOPE}: {name} = {_SCOPE}[{name!r}]").body
    if kept:
        call = ast.parse(f"f({_SCOPE}, g(), {tuple(kept)!r})").body[0]
        assert isinstance(call, ast.Expr)
        assert isinstance(call.value, ast.Call)
        own = call.value.args[1]
        assert isinstance(own, ast.Call)
        call.value.func, own.func = _constant("leave"), _constant("builtins.locals")
        made.append(ast.Try([statement], [], [], [call]))
    else:
        made.append(statement)
    _place((one for one in made if one is not statement), span, statement)
    return made


def _constant(name: str) -> ast.expr:
    """See `Emitter.callee`."""
    return ast.IfExp(ast.Constant(True), ast.Constant(MARK + name), ast.Constant(None))


def _place(nodes: Iterable[ast.AST], span: ir.Span, but: ast.AST | None = None) -> None:
    """Let everything here that is not of the program stand where it does."""
    for node in nodes:
        if node is but:
            continue
        if "lineno" in node._attributes:
            node.lineno = node.end_lineno = span.line  # type: ignore[attr-defined]
            node.col_offset = node.end_col_offset = span.column  # type: ignore[attr-defined]
        if not isinstance(node, ast.FunctionDef):
            _place(ast.iter_child_nodes(node), span, but)


def _is_private(node: ir.Node) -> bool:
    """Whether a name in it means another one because of the class around."""
    for field in ("id", "attr", "arg", "name"):
        name = getattr(node, field, None)
        if isinstance(name, str) and name.startswith("__") and not name.endswith("__"):
            return True
    return False


class _Returns(ast.NodeTransformer):
    """`return value` as a region says it."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """It has returns of its own."""
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """It has none."""
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """It has none, and its methods their own."""
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        """A pair of what to do and the value."""
        value = node.value if node.value is not None else ast.copy_location(ast.Constant(None), node)
        how = ast.copy_location(ast.Constant("return"), node)
        return ast.copy_location(ast.Return(ast.copy_location(ast.Tuple([how, value], ast.Load()), node)), node)


__all__ = ["ITEMS", "form", "of_comprehension", "of_loop", "of_statement", "worth"]
