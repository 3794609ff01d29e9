"""`if`, `while`, `for`: branches that are walked past when their test is pending, loops and their iterations."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial

from poppy_nb import ir
from poppy_nb.compiler.codegen import plainly, turns
from poppy_nb.compiler.codegen.emitter import ITEM, STORE, TEST, Emitter, at
from poppy_nb.compiler.codegen.origin import BLOCKS_AT_STATEMENT
from poppy_nb.compiler.codegen.simple import Simple
from poppy_nb.compiler.regions import static
from poppy_nb.region import Region


class Control(Simple):
    """A block out of which something escapes, and one that yields, stays where it is and forces its test."""

    def if_(self, node: ir.If) -> None:
        span = node.span
        if isinstance(node.test, ir.Constant) or self.shape.exits(node) or self.shape.yields(*node.body, *node.orelse):
            test = self.forced(node.test, span)
            self.emit(ast.If(test, self.suite(node.body), self.suite(node.orelse) if node.orelse else []), span)
            return
        name = self.keep(self.condition(node.test, span), node.test.span)
        holds = self.is_(self.name(name, span), True, span)
        fails = self.is_(self.name(name, span), False, span)

        def write(unit: Control) -> None:
            test = unit.name(TEST, span)
            unit.emit(ast.If(test, unit.suite(node.body), unit.suite(node.orelse) if node.orelse else []), span)

        with self.block() as pending:
            region = self.region("branch", node, write, (TEST,))
            self.run(self.op("branch", span, self.put(region, span), self.scope(span), self.name(name, span)), span)
        body, orelse = self.suite(node.body), self.suite(node.orelse)
        self.emit(ast.If(holds, body, [at(ast.If(fails, orelse, pending), span)]), span)

    def while_(self, node: ir.While) -> None:
        if self.shape.yields(node):
            self.while_here(node)
        else:
            self.spawn("loop", node, self.loop(node, lambda unit: unit.while_here(node)))

    def while_here(self, node: ir.While) -> None:
        """The loop itself, in this function."""
        test = self.forced(node.test, node.span)
        plain = turns.of_loop(self, node)
        if plain is not None:
            span = node.test.span
            name = self.keep(self.op("turns", span, self.put(plain, span), self.scope(span), self.constant(None, span)), span)
            test = at(ast.BoolOp(ast.And(), [self.op("turn", span, self.name(name, span)), test]), span)
        if self.separate(node):
            with self.block("loop") as body:
                self.spawn("iteration", node, self.region("iteration", node, lambda unit: unit.body(node.body)))
        else:
            body = self.suite(node.body, "loop")
        self.emit(ast.While(test, body, self.suite(node.orelse) if node.orelse else []), node.span)

    def for_(self, node: ir.For | ir.AsyncFor) -> None:
        if self.shape.yields(node):
            self.for_here(node)
        else:
            self.spawn("loop", node, self.loop(node, lambda unit: unit.for_here(node)))

    def loop(self, node: ir.For | ir.AsyncFor | ir.While, write: Callable[[Control], None]) -> Region:
        """The region of a loop, with its plain form."""
        plain = None if isinstance(node, ir.AsyncFor) else partial(plainly.of_loop, self, node)
        return self.region("loop", node, write, plain=plain)

    def for_here(self, node: ir.For | ir.AsyncFor) -> None:
        """The loop itself, in this function."""
        span, place = node.span, node.target.span
        asked = span if BLOCKS_AT_STATEMENT or isinstance(node, ir.AsyncFor) else node.iter.span
        item = self.temporary()

        def write(unit: Control) -> None:
            unit.assign(node.target, unit.name(ITEM, place))
            unit.body(node.body)

        iterable = self.expression(node.iter)
        turn = self.region("iteration", node, write, (ITEM,)) if self.separate(node) else None
        if turn is None:
            items = self.op("iterate", asked, iterable)
        else:
            each = "each" if isinstance(node, ir.For) else "async_each"
            items = self.op(each, asked, self.put(turn, asked), self.scope(asked), iterable)
        plain = turns.of_loop(self, node) if isinstance(node, ir.For) else None
        if plain is not None:
            items = self.op("turns", asked, self.put(plain, asked), self.scope(asked), items)
        if isinstance(node, ir.For) and not _numbers(node.iter):
            loop = self.kept_value(node.iter, self.op("under_way", asked))
            items = self.op("begin", asked, loop, items)

        with self.block("loop") as body:
            if turn is not None:
                self.spawn("iteration", node, turn, self.name(item, place))
            else:
                self.assign(node.target, self.name(item, place))
                self.body(node.body)
        orelse = self.suite(node.orelse) if node.orelse else []
        self.emit(ast.For(at(ast.Name(item, STORE), place), items, body, orelse, None), span)

    def separate(self, node: ir.For | ir.AsyncFor | ir.While) -> bool:
        """Whether turns can be walked past: nothing in one decides whether there is a next."""
        return not (self.shape.exits(*node.body) & {"break", "return"}) and not self.shape.yields(*node.body)


def _numbers(iterable: ir.Expression) -> bool:
    """Whether a loop is over what can be told at any time: constants, or numbers up to some number."""
    called = iterable.func if isinstance(iterable, ir.Call) else None
    return static(iterable) or isinstance(called, ir.Name) and called.id == "range"


Emitter.statements.update({ir.If: Control.if_, ir.While: Control.while_, ir.For: Control.for_, ir.AsyncFor: Control.for_})
