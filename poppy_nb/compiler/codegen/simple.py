"""Statements without blocks: expressions, imports, `raise`, `assert`, `return`, `break`, `continue`."""

from __future__ import annotations

import ast

from poppy_nb import ir
from poppy_nb.compiler.codegen.definitions import Definitions
from poppy_nb.compiler.codegen.emitter import ITEM, LOAD, STORE, TEST, Emitter, at
from poppy_nb.compiler.codegen.origin import TESTS_AT_STATEMENT
from poppy_nb.errors import Unsupported
from poppy_nb.region import value_of


class Simple(Definitions):
    """Also how exits leave a region: it returns what the code around it has to do."""

    def expression_statement(self, node: ir.Expr) -> None:
        if self.shape.pushed and isinstance(node.value, ir.YieldFrom):
            below = node.value
            self.spawn("loop", node, self.region("loop", node, lambda unit: unit.push_all(below)))
        elif not isinstance(node.value, ir.Constant):
            self.run(self.expression(node.value), node.span)

    def push_all(self, node: ir.YieldFrom) -> None:
        """`yield from` where a `yield` is a call: a loop over the items that does that with each."""
        span = node.span
        turn = self.region("delegation", node, lambda unit: unit.run(unit.pushed(unit.name(ITEM, span), span), span), (ITEM,))
        items = self.op("each", span, self.put(turn, span), self.scope(span), self.expression(node.value))
        item = self.temporary()
        with self.block("loop") as body:
            self.run(self.op("spawn", span, self.put(turn, span), self.scope(span), self.name(item, span)), span)
        self.emit(ast.For(at(ast.Name(item, STORE), span), items, body, [], None), span)

    def nothing(self, node: ir.Statement) -> None:
        """`pass`, `global`, `nonlocal`."""

    # --- imports

    def import_(self, node: ir.Import) -> None:
        span = node.span
        none = self.constant(None, span)
        for alias in node.names:
            module = self.op(
                "import_", span, self.constant(alias.name, span), self.name("__poppy_L", span), none, self.constant(0, span)
            )
            top, *rest = alias.name.split(".")
            if alias.asname is None:
                self.run(self.store(top, module, span), span)
                continue
            for name in rest:
                module = self.op("import_from", span, module, self.constant(name, span))
            self.run(self.store(alias.asname, module, span), span)

    def import_from(self, node: ir.ImportFrom) -> None:
        span = node.span
        names = at(ast.Tuple([self.constant(alias.name, span) for alias in node.names], LOAD), span)
        module = self.keep(
            self.op(
                "import_",
                span,
                self.constant(node.module or "", span),
                self.scope(span),
                names,
                self.constant(node.level or 0, span),
            ),
            span,
        )
        for alias in node.names:
            if alias.name == "*":
                self.run(self.op("import_star", span, self.name(module, span), self.scope(span)), span)
            else:
                value = self.op("import_from", span, self.name(module, span), self.constant(alias.name, span))
                self.run(self.store(alias.asname or alias.name, value, span), span)

    # --- exceptions

    def raise_(self, node: ir.Raise) -> None:
        span = node.span
        exc = cause = None
        if node.exc is not None:
            exc = self.op("whole", node.exc.span, self.expression(node.exc))
            if node.cause is not None:
                if not self.quiet(node.cause):
                    exc = self.held(exc)
                cause = self.op("whole", node.cause.span, self.expression(node.cause))
        self.emit(ast.Raise(exc, cause), span)

    def assert_(self, node: ir.Assert) -> None:
        if not __debug__:
            return
        span = node.span
        test = self.condition(node.test, span)
        place = self.place
        if self.shape.yields(node):
            test = self.op("force", span, test)
        name = self.keep(test, span)
        holds = self.is_(self.name(name, span), True, span)
        fails = self.is_(self.name(name, span), False, span)
        with self.block() as failing:
            self.fail(node, place)
        if self.shape.yields(node):
            self.emit(ast.If(fails, failing, []), span)
            return

        def write(unit: Simple) -> None:
            with unit.block() as inside:
                unit.fail(node, place)
            unit.emit(ast.If(at(ast.UnaryOp(ast.Not(), unit.name(TEST, span)), span), inside, []), span)

        with self.block() as pending:
            region = self.region("branch", node, write, (TEST,))
            branch = self.op("branch", span, self.put(region, span), self.scope(span), self.name(name, span))
            self.run(branch, span)
        with self.block() as passing:
            pass
        self.emit(ast.If(holds, passing, [at(ast.If(fails, failing, pending), span)]), span)

    def fail(self, node: ir.Assert, place: ir.Span) -> None:
        """The statement whose test is false. Where tracebacks point until 3.11 depends on the test."""
        message = None if node.msg is None else self.op("whole", node.msg.span, self.expression(node.msg))
        self.emit(ast.Assert(self.constant(False, node.test.span), message), place if TESTS_AT_STATEMENT else node.span)

    # --- exits

    def return_(self, node: ir.Return) -> None:
        span = node.span
        value = self.constant(None, span) if node.value is None else self.expression(node.value)
        self.leave("return", value, span, None if node.value is None else node.value.span)

    def break_(self, node: ir.Break) -> None:
        self.leave("break", self.constant(None, node.span), node.span)

    def continue_(self, node: ir.Continue) -> None:
        self.leave("continue", self.constant(None, node.span), node.span)

    def leave(self, how: str, value: ast.expr, span: ir.Span, place: ir.Span | None = None) -> None:
        """Statement: do `return value`, `break` or `continue`, from whatever generated function this is.

        place: of the expression that gives the value, if there is one.
        """
        outwards = list(reversed(self.nesting))
        loop = outwards.index("loop") if how != "return" and "loop" in outwards else None
        left = [ends for depth, ends in self.around if depth >= (0 if loop is None else len(outwards) - loop)]
        if any(left[1:]):  # what the inner ones end with would have to be settled in the outer ones
            raise Unsupported("a jump out of several `try` or `with` around a `yield`", span)
        bodies = outwards[:loop].count("try")
        if bodies:
            # All of a `try` body has ended when control leaves it
            if place is not None and not isinstance(value, ast.Constant):
                self.let(value_of(place), value, span)  # by which the analysis knows what is given
                value = self.name(value_of(place), span)
            elif not isinstance(value, (ast.Constant, ast.Name)):
                value = self.name(self.keep(value, span), span)
            if self.ahead and loop is None and outwards == ["try"]:
                outcome = self.keep(self.pair(self.constant(how, span), value, span), span)
                self.run(self.op("ahead", span, self.name(outcome, span)), span)
                value = self.item(outcome, 1, span)
            self.run(self.op("settle", span, self.constant(bodies, span)), span)
        if how == "return" and self.shape.pushed and self.kind == "function":
            self.emit(ast.Return(None), span)  # nobody asks for it
        elif loop is not None:
            self.emit(ast.Break() if how == "break" else ast.Continue(), span)
        elif how == "return" and self.kind == "function":
            if self.shape.generator and not isinstance(value, ast.Constant):
                value = self.op("yield_", span, value)
            self.emit(ast.Return(value), span)
        elif how == "continue" and self.kind == "iteration":
            self.emit(ast.Return(None), span)
        else:
            self.emit(ast.Return(self.pair(self.constant(how, span), value, span)), span)

    def spawn(self, kind: str, node: ir.Statement, region: object, *args: ast.expr) -> None:
        """Statement: run a region, and leave where it says so."""
        span = node.span
        value = self.op("spawn", span, self.put(region, span), self.scope(span), *args)
        exits = sorted(self.shape.exits(node))
        if not exits or kind == "iteration":
            self.run(value, span)
            return
        name = self.keep(self.op("force", span, value), span)
        code: list[ast.stmt] = []
        for how in exits:
            with self.block() as leaving:
                self.leave(how, self.item(name, 1, span), span)
            if code:
                is_it = at(ast.Compare(self.item(name, 0, span), [ast.Eq()], [self.constant(how, span)]), span)
                leaving = [at(ast.If(is_it, leaving, code), span)]
            code = leaving
        happened = at(ast.Compare(self.name(name, span), [ast.IsNot()], [self.constant(None, span)]), span)
        self.emit(ast.If(happened, code, []), span)


Emitter.statements.update(
    {
        ir.Expr: Simple.expression_statement,
        ir.Pass: Simple.nothing,
        ir.Global: Simple.nothing,
        ir.Nonlocal: Simple.nothing,
        ir.Import: Simple.import_,
        ir.ImportFrom: Simple.import_from,
        ir.Raise: Simple.raise_,
        ir.Assert: Simple.assert_,
        ir.Return: Simple.return_,
        ir.Break: Simple.break_,
        ir.Continue: Simple.continue_,
    }
)
