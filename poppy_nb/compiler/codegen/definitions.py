"""`def`, `lambda` and `class`: plain functions and classes, made from the plain form's own code objects."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from types import NoneType

from poppy_nb import ir
from poppy_nb.compiler.codegen.comprehensions import Comprehensions
from poppy_nb.compiler.codegen.emitter import LOAD, Emitter, at
from poppy_nb.compiler.regions import class_body, dotted
from poppy_nb.scopes import Scope


Evaluate = Callable[[ir.Expression], ast.expr | None]

class Definitions(Comprehensions):
    """What the program leaves behind is plain: a stub with signature and captured names is emitted, and its code replaced."""

    def _stub_body(self, node: ir.Node, span: ir.Span) -> ast.expr:
        """Mentions what the inner code captures, so that it is captured, and the code."""
        code = self.origin.codes.get(node)
        if code is None:  # CPython has found that it is never reached
            return self.constant(None, span)
        self.free.update(code.co_freevars)
        mark = self.put(code, span)
        if not code.co_freevars:
            return mark
        return at(ast.Tuple([*(self.name(name, span) for name in code.co_freevars), mark], LOAD), span)

    def _annotation(self, node: ir.Expression) -> ast.expr:
        """A plain function holds it where nobody looks for what is still to come, so that it has to be known."""
        if isinstance(node, ir.Starred):  # `*args: *Ts`
            inner = self.op("whole", node.span, self.expression(node.value))
            items = self.op("unpack", node.span, inner, *(self.constant(count, node.span) for count in (1, False, 0)))
            return at(ast.Subscript(items, self.constant(0, node.span), LOAD), node.span)
        value = self.expression(node)
        return value if isinstance(value, ast.Constant) else self.op("force", node.span, value)

    def _in_temporaries(self, nodes: Sequence[ir.Expression | None], evaluate: Evaluate) -> list[ast.expr | None]:
        """Statement: these values in temporaries, in order."""
        values: list[ast.expr | None] = []
        for node in nodes:
            value = None if node is None else evaluate(node)
            if node is not None and value is not None and not isinstance(value, ast.Constant):
                value = self.name(self.keep(value, node.span), node.span)
            values.append(value)
        return values

    def _arguments(self, node: ir.Arguments, defaults: list[ast.expr], kw_defaults: list[ast.expr | None]) -> ast.arguments:
        def arg(one: ir.Arg | None) -> ast.arg | None:
            return None if one is None else at(ast.arg(self.mangle(one.arg)), one.span)

        def args(many: tuple[ir.Arg, ...]) -> list[ast.arg]:
            return [at(ast.arg(self.mangle(one.arg)), one.span) for one in many]

        return ast.arguments(
            posonlyargs=args(node.posonlyargs),
            args=args(node.args),
            vararg=arg(node.vararg),
            kwonlyargs=args(node.kwonlyargs),
            kw_defaults=kw_defaults,
            kwarg=arg(node.kwarg),
            defaults=defaults,
        )

    def lambda_(self, node: ir.Lambda) -> ast.expr:
        defaults = [self.expression(value) for value in node.args.defaults]
        kw_defaults = [None if value is None else self.expression(value) for value in node.args.kw_defaults]
        if len(defaults) + len(kw_defaults) > 1:
            defaults = [self.held(value) for value in defaults]
            kw_defaults = [None if value is None else self.held(value) for value in kw_defaults]
        made = at(ast.Lambda(self._arguments(node.args, defaults, kw_defaults), self._stub_body(node, node.span)), node.span)
        return self.op("with_defaults", node.span, made) if _may_be_pending(node.args) else made

    def function(self, node: ir.FunctionDef | ir.AsyncFunctionDef) -> None:
        span = node.span
        decorators = [self.keep(self.expression(decorator), decorator.span) for decorator in node.decorator_list]
        defaults = [value for value in self._in_temporaries(node.args.defaults, self.expression) if value is not None]
        kw_defaults = self._in_temporaries(node.args.kw_defaults, self.expression)
        arguments = self._arguments(node.args, defaults, kw_defaults)
        annotated = [one for one in _parameters(node.args) if one.annotation is not None]
        name = self.temporary()
        body = self._stub_body(node, span)
        if annotated or node.returns is not None:
            every = (*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg)
            by_name = {one.arg: one for one in every if one is not None}
            annotations = [*(one.annotation for one in annotated), node.returns]
            if self.origin.future_annotations:
                values: list[ast.expr | None] = [None if one is None else self.plain(one) for one in annotations]
            else:
                values = self._in_temporaries(annotations, self._annotation)
            for one, value in zip(annotated, values[:-1], strict=True):
                by_name[self.mangle(one.arg)].annotation = value
            inner = ast.FunctionDef(name, arguments, [at(ast.Return(body), span)], [], values[-1], None)
            if "type_params" in ast.FunctionDef._fields:
                inner.type_params = []  # type: ignore[attr-defined]
            self.emit(inner, span)
        else:
            self.let(name, at(ast.Lambda(arguments, body), span), span)
        if _may_be_pending(node.args):
            self.run(self.op("with_defaults", span, self.name(name, span)), span)
        self._decorate(node, name, decorators)

    def class_(self, node: ir.ClassDef) -> None:
        span = node.span
        decorators = [self.keep(self.expression(decorator), decorator.span) for decorator in node.decorator_list]
        bases: list[ast.expr] = []
        for base in node.bases:
            value = self.op("whole", base.span, self.expression(base.value if isinstance(base, ir.Starred) else base))
            value = self.name(self.keep(value, base.span), base.span)
            bases.append(at(ast.Starred(value, LOAD), base.span) if isinstance(base, ir.Starred) else value)
        keywords = []
        for keyword in node.keywords:
            value = self.op("whole", keyword.span, self.expression(keyword.value))
            value = self.name(self.keep(value, keyword.span), keyword.span)
            keywords.append(at(ast.keyword(keyword.arg, value), keyword.span))
        names, callees = _reads(node, self.origin.scopes[node])
        if names:
            listed = at(ast.Tuple([self.constant(self.mangle(name), span) for name in names], LOAD), span)
            self.run(self.op("expose", span, self.scope(span), listed), span)
        if callees is not None:
            self.run(self.op("barrier", span, *([] if not callees else [self.scope(span), self.constant(callees, span)])), span)
        arguments = ast.arguments(posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])
        body = at(ast.Lambda(arguments, self._stub_body(node, span)), span)
        thunk = at(ast.Call(self.callee("build_class", span), [body, self.constant(node.name, span), *bases], keywords), span)
        name = self.keep(at(ast.Call(thunk, [], []), span), span)
        self._decorate(node, name, decorators)

    def _decorate(self, node: ir.FunctionDef | ir.AsyncFunctionDef | ir.ClassDef, name: str, decorators: list[str]) -> None:
        value = self.name(name, node.span)
        for decorator, held in zip(reversed(node.decorator_list), reversed(decorators), strict=True):
            span = decorator.span
            thunk = self.op("call", span, self.name(held, span), value)
            value = at(ast.Call(thunk, [], []), span)
        self.run(self.store(node.name, value, node.span), node.span)


def _may_be_pending(node: ir.Arguments) -> bool:
    """Whether a default may be a value that is still to come."""
    return any(not isinstance(one, (ir.Constant, NoneType)) for one in (*node.defaults, *node.kw_defaults))


def _parameters(node: ir.Arguments) -> list[ir.Arg]:
    """In the order in which CPython evaluates their annotations."""
    found = [*node.posonlyargs, *node.args]
    if node.vararg is not None:
        found.append(node.vararg)
    found.extend(node.kwonlyargs)
    if node.kwarg is not None:
        found.append(node.kwarg)
    return found


def _reads(node: ir.ClassDef, scope: Scope) -> tuple[list[str], tuple[str, ...] | None]:
    """What the body of a class reads and what it calls while it is made: `()` if that has no name, None if it calls nothing."""
    names: dict[str, None] = {}
    callees: dict[str | None, None] = {}
    for below in class_body(node):
        if isinstance(below, ir.Name):
            names[below.id] = None
        elif isinstance(below, (ir.FunctionDef, ir.AsyncFunctionDef)):
            for decorator in below.decorator_list:
                callees[_callee(decorator, scope)] = None
        elif isinstance(below, ir.Call):
            callees[_callee(below.func, scope)] = None
        elif isinstance(below, ir.ClassDef):
            if below.bases or below.keywords or below.decorator_list:
                callees[None] = None
        elif isinstance(below, (ir.For, ir.While, ir.With, ir.Try, ir.Import, ir.ImportFrom, ir.Raise, ir.Assert)):
            callees[None] = None
    callees.pop("", None)
    if not callees:
        return list(names), None
    return list(names), () if None in callees else tuple(name for name in callees if name is not None)


def _callee(node: ir.Expression, scope: Scope) -> str | None:
    """The dotted name of what is called; empty if it is a property's own `setter`, None if only the body knows."""
    path = dotted(node)
    if path is None:
        return None
    head, _, rest = path.partition(".")
    if scope.kind(scope.mangle(head)) != "local":
        return path
    return "" if rest in ("setter", "getter", "deleter") else None


Emitter.expressions[ir.Lambda] = Definitions.lambda_
Emitter.statements.update(
    {
        ir.FunctionDef: Definitions.function,
        ir.AsyncFunctionDef: Definitions.function,
        ir.ClassDef: Definitions.class_,
    }
)
