"""Code generation: from the representation of a function or cell to the code object of its mediated form.

One module per language feature; each class adds its constructs to the tables of `emitter.Emitter`, and `Codegen` has them all.
"""

from __future__ import annotations

import ast
from types import CodeType

from poppy_nb import ir
from poppy_nb.compiler.codegen import asynchronous, plainly, pushing
from poppy_nb.compiler.codegen.emitter import LOAD, SCOPE, STORE, at
from poppy_nb.compiler.codegen.origin import Frame, Level, Origin
from poppy_nb.compiler.codegen.patterns import Patterns
from poppy_nb.errors import Unsupported
from poppy_nb.scopes import FUNCTIONS


class Codegen(Patterns):
    """Everything; the two ways in are `function_code` and `cell_code`."""

    def prologue(self, node: ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda) -> None:
        """Make the scope object: `L = enter({'a': a}, (lambda: (n, m)).__closure__, ('m', 'n'))`."""
        span = ir.Span(node.span.line, node.span.column, node.span.line, node.span.column)
        scope = self.levels[-1].scope
        captured = scope.names("cell", "free")
        bindings = [name for name in scope.parameters if scope.kind(name) == "local"]
        cells: ast.expr = self.constant(None, span)
        if captured:
            arguments = ast.arguments(
                posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[]
            )
            mention = at(ast.Lambda(arguments, at(ast.Tuple([self.name(name, span) for name in captured], LOAD), span)), span)
            cells = at(ast.Attribute(mention, "__closure__", LOAD), span)
        values = at(
            ast.Dict([self.constant(name, span) for name in bindings], [self.name(name, span) for name in bindings]), span
        )
        names = at(ast.Tuple([self.constant(name, span) for name in captured], LOAD), span)
        self.let(SCOPE, self.op("enter", span, values, cells, names), span)
        never: list[ast.stmt] = []
        own = scope.names("cell")
        if own:
            # Never run: it says that they are variables of this function
            targets: list[ast.expr] = [at(ast.Name(name, STORE), span) for name in own]
            never.append(at(ast.Assign(targets, self.constant(None, span)), span))
        if self.shape.generator:
            never.append(at(ast.Expr(at(ast.Yield(None), span)), span))
        if never:
            self.emit(ast.If(self.constant(False, span), never, []), span)


def function_code(origin: Origin) -> CodeType:
    """The mediated form of a function. Raises `Unsupported`."""
    node = origin.node
    assert isinstance(node, FUNCTIONS)
    body = (node.body,) if isinstance(node, ir.Lambda) else node.body
    if origin.shape.pushed:
        for statement in body:
            pushing.require(statement, origin.shape)
    coroutine = isinstance(node, ir.AsyncFunctionDef)
    try:
        origin.shape.require(*body, coroutine=coroutine)
    except Unsupported:
        scope = origin.scopes[node]
        origin.demands = asynchronous.demands(body, origin.shape, lambda name: scope.kind(name) == "global") or ()
        if not origin.demands:
            raise
        origin.shape.require(*body, coroutine=coroutine, asynchronous=True)
    unit = Codegen(origin, Frame(node, origin.name, origin.qualname), (Level(origin.scopes[node]),), "function")
    unit.prologue(node)
    if isinstance(node, ir.Lambda):
        unit.leave("return", unit.expression(node.body), node.body.span)
    else:
        unit.body(node.body)
    scope = origin.scopes[node]

    def arg(one: ir.Arg | None) -> ast.arg | None:
        return None if one is None else at(ast.arg(scope.mangle(one.arg)), one.span)

    def args(many: tuple[ir.Arg, ...]) -> list[ast.arg]:
        return [at(ast.arg(scope.mangle(one.arg)), one.span) for one in many]

    given = node.args
    arguments = ast.arguments(
        posonlyargs=args(given.posonlyargs),
        args=args(given.args),
        vararg=arg(given.vararg),
        kwonlyargs=args(given.kwonlyargs),
        kw_defaults=[None] * len(given.kwonlyargs),
        kwarg=arg(given.kwarg),
        defaults=[],
    )
    first = node.span.line if isinstance(node, ir.Lambda) or not node.decorator_list else node.decorator_list[0].span.line
    # What is captured of its own is made to be by the prologue; only what comes from outside is free
    own = set(scope.names("cell"))
    unit.free -= own
    return unit.finish([], node.span, arguments=arguments, first_line=first, free=scope.names("free"))


def cell_code(origin: Origin, *, value: bool) -> CodeType:
    """The mediated form of a cell, `def <module>(L)`; it returns the value of the last expression if `value`."""
    node = origin.node
    assert isinstance(node, ir.Module)
    unit = Codegen(origin, Frame(node, origin.name, origin.qualname), (Level(origin.scopes[node]),), "cell")
    if any(_annotates(statement) for statement in node.body):
        _make_annotations(unit, node.body[0].span)
    last = len(node.body) - 1
    for number, statement in enumerate(node.body):
        result = value and number == last
        try:
            origin.shape.require(statement)
        except Unsupported:
            known = asynchronous.demands((statement,), origin.shape, lambda name: True)
            try:
                if not known or result:
                    raise
                origin.shape.require(statement, asynchronous=True)
            except Unsupported:
                _native(unit, statement, result)
                continue
            with unit.block() as native:
                _native(unit, statement, result)
            span = statement.span
            test = unit.op("asynchronously", span, unit.scope(span), unit.put(known, span))
            unit.emit(ast.If(test, unit.suite([statement]), native), span)
            continue
        if result:
            assert isinstance(statement, ir.Expr)
            if plainly.worth(statement):
                _or_plain_value(unit, statement)
            unit.emit(ast.Return(unit.expression(statement.value)), statement.span)
        elif (
            number == 0
            and isinstance(statement, ir.Expr)
            and isinstance(statement.value, ir.Constant)
            and isinstance(statement.value.value, str)
        ):
            unit.run(unit.store("__doc__", unit.constant(statement.value.value, statement.span), statement.span), statement.span)
        elif plainly.worth(statement) and not isinstance(statement, ir.For | ir.While):  # loops look themselves
            span = statement.span
            ran = unit.op("plain_statement", span, unit.put(plainly.of_statement(origin, statement), span), unit.scope(span))
            mediated = unit.suite([statement])
            unit.emit(ast.If(at(ast.UnaryOp(ast.Not(), ran), span), mediated, []), span)
        else:
            unit.body([statement])
    return unit.finish([SCOPE], ir.Span(1, 0, 1, 0))  # a module begins in line 1, wherever its first statement stands


def _or_plain_value(unit: Codegen, statement: ir.Expr) -> None:
    """`value = plain_value(form, L)`; return it unless it has to be mediated."""
    span = statement.span
    form = plainly.of_statement(unit.origin, statement, value=True)
    value = unit.keep(unit.op("plain_value", span, unit.put(form, span), unit.scope(span)), span)
    ran = at(ast.Compare(unit.name(value, span), [ast.IsNot()], [unit.callee("mediated", span)]), span)
    unit.emit(ast.If(ran, [at(ast.Return(unit.name(value, span)), span)], []), span)


def _native(unit: Codegen, statement: ir.Statement, result: bool) -> None:
    """What is not mediated runs as plain Python when everything before it has."""
    span = statement.span
    assert unit.origin.compile_native is not None
    code = unit.origin.compile_native(statement, result)
    unit.run(unit.op("barrier", span), span)
    names = at(ast.Call(unit.callee("builtins.globals", span), [], []), span)
    run: ast.expr = at(ast.Call(unit.callee("builtins.eval", span), [unit.put(code, span), names], []), span)
    if code.co_flags & 0x80:  # a coroutine: it awaits
        run = unit.op("await_", span, run)
    if result:
        unit.emit(ast.Return(run), span)
    else:
        unit.run(run, span)


def _annotates(node: ir.Node) -> bool:
    """Whether an annotated assignment stands in it, as CPython looks for one: not in functions and classes."""
    if isinstance(node, (*FUNCTIONS, ir.ClassDef, ir.Expression)):
        return False
    return isinstance(node, ir.AnnAssign) or any(_annotates(below) for below in ir.children(node))


def _make_annotations(unit: Codegen, span: ir.Span) -> None:
    """`__annotations__ = {}` unless there is one."""
    with unit.block() as body:
        unit.run(unit.load("__annotations__", span), span)
    with unit.block() as missing:
        unit.run(unit.store("__annotations__", unit.op("dict", span), span), span)
    handler = at(ast.ExceptHandler(unit.known("builtins.NameError", span), None, missing), span)
    unit.emit(ast.Try(body, [handler], [], []), span)
