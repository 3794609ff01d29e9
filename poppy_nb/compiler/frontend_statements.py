"""Reads the statements of libcst's tree; see `frontend_literals` for how."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_expressions import OPERATORS
from poppy_nb.compiler.frontend_patterns import Patterns
from poppy_nb.compiler.plain import hull


_AUGMENTED: dict[type[cst.CSTNode], str] = {
    getattr(cst, f"{operator.__name__}Assign"): symbol
    for operator, symbol in OPERATORS.items()
    if hasattr(cst, f"{operator.__name__}Assign")
}

_Block = tuple[ir.Statement, ...]


class Statements(Patterns):
    """A cursor that reads a whole module."""

    def module(self, node: cst.Module) -> ir.Module:
        body = self._statements(node.body)
        return ir.Module(hull(body, ir.Span(1, 0, 1, 0)), body)

    def _statements(self, nodes: Sequence[cst.BaseStatement | cst.BaseSmallStatement]) -> _Block:
        statements: list[ir.Statement] = []
        for node in nodes:
            if isinstance(node, cst.SimpleStatementLine):
                statements.extend(self._statements(node.body))
            else:
                statements.append(self.read(node))
                self.eat_if_there(b";")
        return tuple(statements)

    def _suite(self, suite: cst.BaseSuite) -> _Block:
        self.eat(b":")
        assert isinstance(suite, (cst.IndentedBlock, cst.SimpleStatementSuite))
        return self._statements(suite.body)

    def _word(self, word: bytes, asynchronous: cst.Asynchronous | None = None) -> tuple[int, int]:
        """Where the statement starts that begins with this word."""
        start = self.here()
        if asynchronous is not None:
            self.eat(b"async")
        self.eat(word)
        return start

    # --- simple statements

    def _expr(self, node: cst.Expr) -> ir.Expr:
        start = self.here()
        value = self.expression(node.value)
        return ir.Expr(self.since(start), value)

    def _pass(self, node: cst.Pass) -> ir.Pass:
        return ir.Pass(self.since(self._word(b"pass")))

    def _break(self, node: cst.Break) -> ir.Break:
        return ir.Break(self.since(self._word(b"break")))

    def _continue(self, node: cst.Continue) -> ir.Continue:
        return ir.Continue(self.since(self._word(b"continue")))

    def _return(self, node: cst.Return) -> ir.Return:
        start = self._word(b"return")
        value = self.optional(node.value)
        return ir.Return(self.since(start), value)

    def _del(self, node: cst.Del) -> ir.Delete:
        start = self._word(b"del")
        target = self.expression(node.target)
        bare = isinstance(target, ir.Tuple) and not node.target.lpar
        targets = target.elts if bare and isinstance(target, ir.Tuple) else (target,)
        return ir.Delete(self.since(start), targets)

    def _assign(self, node: cst.Assign) -> ir.Assign:
        start = self.here()
        targets = []
        for target in node.targets:
            targets.append(self.expression(target.target))
            self.eat(b"=")
        value = self.expression(node.value)
        return ir.Assign(self.since(start), tuple(targets), value, None)

    def _aug_assign(self, node: cst.AugAssign) -> ir.AugAssign:
        start = self.here()
        target = self.expression(node.target)
        symbol = _AUGMENTED[type(node.operator)]
        self.eat(symbol.encode() + b"=")
        value = self.expression(node.value)
        return ir.AugAssign(self.since(start), target, symbol, value)

    def _ann_assign(self, node: cst.AnnAssign) -> ir.AnnAssign:
        start = self.here()
        target = self.expression(node.target)
        self.eat(b":")
        annotation = self.expression(node.annotation.annotation)
        value = None
        if node.value is not None:
            self.eat(b"=")
            value = self.expression(node.value)
        simple = int(isinstance(target, ir.Name) and not node.target.lpar)
        return ir.AnnAssign(self.since(start), target, annotation, value, simple)

    def _raise(self, node: cst.Raise) -> ir.Raise:
        start = self._word(b"raise")
        exception, cause = self.optional(node.exc), None
        if node.cause is not None:
            self.eat(b"from")
            cause = self.expression(node.cause.item)
        return ir.Raise(self.since(start), exception, cause)

    def _assert(self, node: cst.Assert) -> ir.Assert:
        start = self._word(b"assert")
        test, message = self.expression(node.test), None
        if node.msg is not None:
            self.eat(b",")
            message = self.expression(node.msg)
        return ir.Assert(self.since(start), test, message)

    def _global(self, node: cst.Global) -> ir.Global:
        start = self._word(b"global")
        names = self._names(node.names)
        return ir.Global(self.since(start), names)

    def _nonlocal(self, node: cst.Nonlocal) -> ir.Nonlocal:
        start = self._word(b"nonlocal")
        names = self._names(node.names)
        return ir.Nonlocal(self.since(start), names)

    def _names(self, items: Sequence[cst.NameItem]) -> tuple[str, ...]:
        names = []
        for item in items:
            names.append(self.name(item.name))
            self.eat_if_there(b",")
        return tuple(names)

    def _import(self, node: cst.Import) -> ir.Import:
        start = self._word(b"import")
        names = self._aliases(node.names)
        return ir.Import(self.since(start), names)

    def _import_from(self, node: cst.ImportFrom) -> ir.ImportFrom:
        start = self._word(b"from")
        for _ in node.relative:
            self.eat(b".")
        module = None if node.module is None else self._dotted(node.module)
        self.eat(b"import")
        if isinstance(node.names, cst.ImportStar):
            star = self.here()
            self.eat(b"*")
            names: tuple[ir.Alias, ...] = (ir.Alias(self.since(star), "*", None),)
        else:
            if node.lpar is not None:
                self.eat(b"(")
            names = self._aliases(node.names)
            if node.rpar is not None:
                self.eat(b")")
        return ir.ImportFrom(self.since(start), module, names, len(node.relative))

    def _aliases(self, nodes: Sequence[cst.ImportAlias]) -> tuple[ir.Alias, ...]:
        aliases = []
        for node in nodes:
            start = self.here()
            name, asname = self._dotted(node.name), None
            if node.asname is not None:
                asname = self._as_name(node.asname)
            aliases.append(ir.Alias(self.since(start), name, asname))
            self.eat_if_there(b",")
        return tuple(aliases)

    def _as_name(self, node: cst.AsName) -> str:
        self.eat(b"as")
        assert isinstance(node.name, cst.Name), "only a `with` item has another target"
        return self.name(node.name)

    def _dotted(self, node: cst.BaseExpression) -> str:
        if isinstance(node, cst.Attribute):
            module = self._dotted(node.value)
            self.eat(b".")
            return f"{module}.{self.name(node.attr)}"
        assert isinstance(node, cst.Name)
        return self.name(node)

    def _type_alias(self, node: cst.TypeAlias) -> ir.TypeAlias:
        start = self._word(b"type")
        name = self.expression(node.name)
        parameters = self._type_parameters(node.type_parameters)
        self.eat(b"=")
        value = self.expression(node.value)
        return ir.TypeAlias(self.since(start), name, parameters, value)

    # --- compound statements

    def _if(self, node: cst.If) -> ir.If:
        start = self.here()
        if not self.eat_if_there(b"elif"):
            self.eat(b"if")
        test = self.expression(node.test)
        body = self._suite(node.body)
        orelse = (self._if(node.orelse),) if isinstance(node.orelse, cst.If) else self._else(node.orelse)
        return ir.If(self.since(start), test, body, orelse)

    def _else(self, node: cst.Else | None) -> _Block:
        if node is None:
            return ()
        self.eat(b"else")
        return self._suite(node.body)

    def _while(self, node: cst.While) -> ir.While:
        start = self._word(b"while")
        test = self.expression(node.test)
        body = self._suite(node.body)
        orelse = self._else(node.orelse)
        return ir.While(self.since(start), test, body, orelse)

    def _for(self, node: cst.For) -> ir.For | ir.AsyncFor:
        start = self._word(b"for", node.asynchronous)
        target = self.expression(node.target)
        self.eat(b"in")
        iterable = self.expression(node.iter)
        body = self._suite(node.body)
        orelse = self._else(node.orelse)
        kind = ir.For if node.asynchronous is None else ir.AsyncFor
        return kind(self.since(start), target, iterable, body, orelse, None)

    def _with(self, node: cst.With) -> ir.With | ir.AsyncWith:
        start = self._word(b"with", node.asynchronous)
        if isinstance(node.lpar, cst.LeftParen):
            self.eat(b"(")
        items = []
        for item in node.items:
            manager, target = self.expression(item.item), None
            if item.asname is not None:
                self.eat(b"as")
                target = self.expression(item.asname.name)
            items.append(ir.WithItem(hull((manager, target), manager.span), manager, target))
            self.eat_if_there(b",")
        if isinstance(node.rpar, cst.RightParen):
            self.eat(b")")
        body = self._suite(node.body)
        kind = ir.With if node.asynchronous is None else ir.AsyncWith
        return kind(self.since(start), tuple(items), body, None)

    def _try(self, node: cst.Try | cst.TryStar) -> ir.Try | ir.TryStar:
        start = self._word(b"try")
        body = self._suite(node.body)
        handlers = []
        for handler in node.handlers:
            place = self._word(b"except")
            if isinstance(handler, cst.ExceptStarHandler):
                self.eat(b"*")
            exception, name = self.optional(handler.type), None
            if handler.name is not None:
                name = self._as_name(handler.name)
            block = self._suite(handler.body)
            handlers.append(ir.ExceptHandler(self.since(place), exception, name, block))
        orelse = self._else(node.orelse)
        final: _Block = ()
        if node.finalbody is not None:
            self.eat(b"finally")
            final = self._suite(node.finalbody.body)
        kind = ir.Try if isinstance(node, cst.Try) else ir.TryStar
        return kind(self.since(start), body, tuple(handlers), orelse, final)

    _try_star = _try

    def _match(self, node: cst.Match) -> ir.Match:
        start = self._word(b"match")
        subject = self.expression(node.subject)
        self.eat(b":")
        cases = []
        for case in node.cases:
            self.eat(b"case")
            pattern, guard = self.pattern(case.pattern), None
            if case.guard is not None:
                self.eat(b"if")
                guard = self.expression(case.guard)
            body = self._suite(case.body)
            cases.append(ir.MatchCase(hull((pattern, guard, body), pattern.span), pattern, guard, body))
        return ir.Match(self.since(start), subject, tuple(cases))

    def _function_def(self, node: cst.FunctionDef) -> ir.FunctionDef | ir.AsyncFunctionDef:
        decorators = self._decorators(node.decorators)
        start = self._word(b"def", node.asynchronous)
        name = self.name(node.name)
        parameters = self._type_parameters(node.type_parameters)
        self.eat(b"(")
        arguments = self.arguments(node.params, start)
        self.eat(b")")
        returns = None
        if node.returns is not None:
            self.eat(b"->")
            returns = self.expression(node.returns.annotation)
        body = self._suite(node.body)
        kind = ir.FunctionDef if node.asynchronous is None else ir.AsyncFunctionDef
        return kind(self.since(start), name, arguments, body, decorators, returns, None, parameters)

    def _class_def(self, node: cst.ClassDef) -> ir.ClassDef:
        decorators = self._decorators(node.decorators)
        start = self._word(b"class")
        name = self.name(node.name)
        parameters = self._type_parameters(node.type_parameters)
        brackets = self.eat_if_there(b"(")
        bases, keywords = self.call_arguments((*node.bases, *node.keywords))
        if brackets:
            self.eat(b")")
        body = self._suite(node.body)
        return ir.ClassDef(self.since(start), name, bases, keywords, body, decorators, parameters)

    def _decorators(self, nodes: Sequence[cst.Decorator]) -> tuple[ir.Expression, ...]:
        decorators = []
        for node in nodes:
            self.eat(b"@")
            decorators.append(self.expression(node.decorator))
        return tuple(decorators)

    def _type_parameters(self, node: cst.TypeParameters | None) -> tuple[ir.TypeParam, ...]:
        if node is None:
            return ()
        self.eat(b"[")
        parameters: list[ir.TypeParam] = []
        for item in node.params:
            start = self.here()
            param, bound = item.param, None
            if not isinstance(param, cst.TypeVar):
                self.eat(b"*" if isinstance(param, cst.TypeVarTuple) else b"**")
            name = self.name(param.name)
            if isinstance(param, cst.TypeVar) and param.bound is not None:
                self.eat(b":")
                bound = self.expression(param.bound)
            value, default = getattr(item, "default", None), None  # older libcst has no defaults
            if value is not None:
                self.eat(b"=")
                default = self.starred(value) if item.star else self.expression(value)
            span = self.since(start)
            if isinstance(param, cst.TypeVar):
                parameters.append(ir.TypeVar(span, name, bound, default))
            else:
                parameters.append((ir.TypeVarTuple if isinstance(param, cst.TypeVarTuple) else ir.ParamSpec)(span, name, default))
            self.eat_if_there(b",")
        self.eat(b"]")
        return tuple(parameters)
