"""Comprehensions and generator expressions: one region for the element, run by `gather` once per item."""

from __future__ import annotations

import ast

from poppy_nb import ir
from poppy_nb.compiler.codegen import plainly
from poppy_nb.compiler.codegen.conditions import Conditions
from poppy_nb.compiler.codegen.emitter import ITEM, SCOPE, Emitter, at
from poppy_nb.compiler.codegen.origin import BLOCKS_AT_STATEMENT, Frame, Level
from poppy_nb.compiler.codegen.targets import Targets
from poppy_nb.compiler.regions import names
from poppy_nb.scopes import mangle


Comprehension = ir.ListComp | ir.SetComp | ir.DictComp | ir.GeneratorExp

_KINDS: dict[type[ir.Node], str] = {ir.ListComp: "list", ir.SetComp: "set", ir.DictComp: "dict", ir.GeneratorExp: "generator"}


class Comprehensions(Targets, Conditions):
    """`gather(kind, region, L, iterable)`; further `for` clauses are gathered in the element of the clause before."""

    def comprehension(self, node: Comprehension) -> ast.expr:
        scope = self.origin.scopes[node]
        return self._gather(_KINDS[type(node)], node, 0, self.comprehension_frame(node), scope.names("cell"))

    def _gather(self, kind: str, node: Comprehension, number: int, frame: Frame, cells: tuple[str, ...] = ()) -> ast.expr:
        clause = node.generators[number]
        iterable = self.expression(clause.iter)
        scope = self.origin.scopes[node]
        bound = frozenset(mangle(name, scope.private) for name in names(clause.target))
        levels = (Level(scope, bound), *self.levels)

        def write(unit: Comprehensions) -> None:
            unit.assign(clause.target, unit.name(ITEM, clause.target.span))
            for condition in clause.ifs:
                test = at(ast.UnaryOp(ast.Not(), unit.forced(condition, node.span)), condition.span)
                skip = at(ast.Return(unit.known("skip", condition.span)), condition.span)
                unit.emit(ast.If(test, [skip], []), condition.span)
            unit.emit(ast.Return(unit.element(node, number, frame)), node.span)

        region = self.region("element", node, write, (ITEM,), number, frame=frame, levels=levels, cells=cells,
                             may_skip=bool(clause.ifs),
                             plain=None if number else lambda: plainly.of_comprehension(self, node))  # fmt: skip
        span = node.span if BLOCKS_AT_STATEMENT else clause.iter.span
        return self.op("gather", span, self.constant(kind, span), self.put(region, span), self.name(SCOPE, span), iterable)

    def element(self, node: Comprehension, number: int, frame: Frame) -> ast.expr:
        """The value of one item of clause `number`."""
        if number + 1 < len(node.generators):
            return self._gather("lazy" if isinstance(node, ir.GeneratorExp) else "flat", node, number + 1, frame)
        if isinstance(node, ir.DictComp):
            key, value = self.operands((node.key, node.value))
            return self.pair(key, value, node.span)
        return self.expression(node.elt)


Emitter.expressions.update(dict.fromkeys((ir.ListComp, ir.SetComp, ir.DictComp, ir.GeneratorExp), Comprehensions.comprehension))
