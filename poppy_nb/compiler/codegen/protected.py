"""`try` and `with`: what leaves their body is known before the body counts as ended, and handlers are Python's own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from poppy_nb import ir
from poppy_nb.compiler.codegen.control import Control
from poppy_nb.compiler.codegen.emitter import PAUSED, Emitter, at
from poppy_nb.compiler.codegen.origin import BLOCKS_AT_STATEMENT


class Protected(Control):
    """Both are regions of their own, so that `settle` finds in their strand nothing from before.

    Around a `yield` they stay where they are. What calls such a generator gives each of its steps a strand, the body is
    settled where it pauses, and guarded anew where it goes on.
    """

    def try_(self, node: ir.Try | ir.TryStar) -> None:
        if self.shape.yields(node):
            self.let(PAUSED, self.constant(0, node.span), node.span)
            self.run(self.op("settled", node.span), node.span)  # what has failed before it is none of the body
            self.around.append((len(self.nesting), bool(node.finalbody)))
            self.try_here(node)
            self.around.pop()
            return
        self.spawn("try", node, self.region("try", node, lambda unit: unit.try_here(node)))

    def try_here(self, node: ir.Try | ir.TryStar) -> None:
        """The statement itself, in this function."""
        if not node.finalbody:
            self._handled(node)
            return
        protected = self.guarded(lambda: self._handled(node), node.body[0].span)
        span = node.finalbody[0].span
        with self.block() as ending:
            self.run(self.op("handling", span), span)  # what is on its way out can be looked at here, too
            self.body(node.finalbody)
        self.emit(ast.Try(protected, [], [], ending), node.span)

    def _handled(self, node: ir.Try | ir.TryStar) -> None:
        if not node.handlers:
            self.body(node.body)
            return
        span = node.span
        protected = self.guarded(lambda: self.body(node.body), node.body[0].span)
        made: type[ast.Try] | type[ast.TryStar] = ast.Try
        if isinstance(node, ir.TryStar):
            # What a handler raises again is put together with the rest if its traceback is that of the group: clean that before
            made = ast.TryStar
            with self.block() as cleaning:
                self.run(self.op("handling", span), span)
                self.emit(ast.Raise(None, None), span)
            anything = at(ast.ExceptHandler(self._base_exception(span), None, cleaning), span)
            protected = [at(ast.Try(protected, [anything], [], []), span)]
        ahead = self.kind == "try" and made is ast.Try and not node.finalbody and not self.nesting
        handlers = [self._handler(handler, made is ast.Try, ahead) for handler in node.handlers]
        orelse = self.suite(node.orelse) if node.orelse else []
        self.emit(made(protected, handlers, orelse, []), span)

    def guarded(self, write: Callable[[], None], span: ir.Span) -> list[ast.stmt]:
        """`try: <body>; settle()` and, if that fails, what plain Python would raise here instead."""
        with self.block("try") as body:
            self.run(self.op("protect", span), span)
            write()
            self.run(self.op("settle", _end(body, span)), _end(body, span))
        error = self.temporary()
        with self.block() as failing:
            if self.kind == "function":  # of a generator: it may have been thrown in where it is paused
                self.let(PAUSED, self.op("unpaused", span, self.name(PAUSED, span)), span)
            self.run(self.op("caught", span, self.name(error, span)), span)
            self.emit(ast.Raise(None, None), span)
        anything = at(ast.ExceptHandler(self._base_exception(span), error, failing), span)
        return [at(ast.Try(body, [anything], [], []), span)]

    def _base_exception(self, span: ir.Span) -> ast.expr:
        return self.known("builtins.BaseException", span)

    def _handler(self, node: ir.ExceptHandler, clean: bool, ahead: bool) -> ast.ExceptHandler:
        span = node.span
        kind = None if node.type is None else self.op("whole", node.type.span, self.expression(node.type))
        if node.name is None:
            with self.block() as out:
                if clean:
                    self.run(self.op("handling", span), span)
                self.body(node.body)
            return at(ast.ExceptHandler(kind, None, out), span)
        error, name = self.temporary(), node.name
        with self.block() as out:
            if clean:
                self.run(self.op("handling", span), span)
            self.run(self.store(name, self.name(error, span), span), span)
            protected = self.guarded(lambda: self._named(node, ahead), node.body[0].span)
            with self.block() as ending:
                self.run(self.store(name, self.constant(None, span), span), span)
                self.run(self.delete(name, span), span)
            self.emit(ast.Try(protected, [], [], ending), span)
        return at(ast.ExceptHandler(kind, error, out), span)

    def _named(self, node: ir.ExceptHandler, ahead: bool) -> None:
        """The body of a handler whose name is deleted at its end: who comes behind the statement need not wait for that."""
        self.ahead = ahead
        self.body(node.body)
        if ahead:
            span = node.body[-1].span
            self.run(self.op("ahead", span, self.constant(None, span)), span)
        self.ahead = False

    # --- with

    def with_(self, node: ir.With | ir.AsyncWith) -> None:
        if len(node.items) > 1:
            first, *others = node.items
            whole, kind = node, type(node)
            node = self._derived(
                whole, lambda: kind(whole.span, (first,), (kind(whole.span, tuple(others), whole.body, None),), None)
            )
        if self.shape.yields(node):
            self.let(PAUSED, self.constant(0, node.span), node.span)
            self.around.append((len(self.nesting), True))
            self.with_here(node)
            self.around.pop()
            return
        self.spawn("with", node, self.region("with", node, lambda unit: unit.with_here(node)))

    def _derived(self, node: ir.With | ir.AsyncWith, make: Callable[[], ir.With | ir.AsyncWith]) -> ir.With | ir.AsyncWith:
        made = self.shape.derived(node, make)
        assert isinstance(made, (ir.With, ir.AsyncWith))
        return made

    def with_here(self, node: ir.With | ir.AsyncWith) -> None:
        """The statement itself: the language reference's expansion, `with_enter` and `with_exit` for the calls of the manager."""
        enter, leave = ("async_enter", "async_exit") if isinstance(node, ir.AsyncWith) else ("with_enter", "with_exit")
        (item,) = node.items
        span = node.span if BLOCKS_AT_STATEMENT else item.context_expr.span
        entered = self.keep(self.op(enter, span, self.expression(item.context_expr)), span)
        self.run(self.op("entered", span, self.name(entered, span)), span)  # a failure to enter is none of the body
        failed, error = self.temporary(), self.temporary()
        self.let(failed, self.constant(False, span), span)

        def write() -> None:
            if item.optional_vars is not None:
                self.assign(item.optional_vars, self.item(entered, 1, item.optional_vars.span))
            self.body(node.body)

        with self.block() as handling:
            self.run(self.op("handling", span), span)
            self.let(failed, self.constant(True, span), span)
            answer = self.op("truth", span, self.op(leave, span, self.item(entered, 0, span), self.name(error, span)))
            with self.block() as passing_on:
                self.emit(ast.Raise(None, None), span)
            swallowed = self.op("force", span, answer)
            self.emit(ast.If(at(ast.UnaryOp(ast.Not(), swallowed), span), passing_on, []), span)
        with self.block() as leaving:
            self.run(self.op(leave, span, self.item(entered, 0, span), self.constant(None, span)), span)
        not_failed = at(ast.UnaryOp(ast.Not(), self.name(failed, span)), span)
        ending: Sequence[ast.stmt] = [at(ast.If(not_failed, leaving, []), span)]
        handler = at(ast.ExceptHandler(self._base_exception(span), error, handling), span)
        self.emit(ast.Try(self.guarded(write, node.body[0].span), [handler], [], list(ending)), span)


def _end(body: list[ast.stmt], span: ir.Span) -> ir.Span:
    """Where `settle` stands: in the last line of the body, so that no frame seems to stand before what it has done."""
    if not body:
        return span
    last = body[-1]
    return ir.Span(last.lineno, last.col_offset, last.end_lineno or 0, last.end_col_offset or 0)


Emitter.statements.update(
    {
        ir.Try: Protected.try_,
        ir.TryStar: Protected.try_,
        ir.With: Protected.with_,
        ir.AsyncWith: Protected.with_,
    }
)
