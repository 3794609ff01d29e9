"""Expressions of which a part may not be evaluated: `and`, `or`, chained comparisons, conditional expressions; and tests."""

from __future__ import annotations

import ast
from collections.abc import Callable

from poppy_nb import ir
from poppy_nb.compiler.codegen.emitter import TEST, VALUE, Emitter
from poppy_nb.compiler.codegen.origin import TESTS_AT_STATEMENT, TRUTH_TWICE
from poppy_nb.compiler.regions import static


class Conditions(Emitter):
    """A *condition* is code whose value is `True`, `False` or a placeholder of that: Python asks an operand for its truth once.

    What is evaluated only if a test holds stands inline for a test that is known, and again in a region for one that is not.
    """

    def condition(self, node: ir.Expression, around: ir.Span) -> ast.expr:
        """The truth of `node`, which is the test of what stands at `around`."""
        self.place = around
        return self.inner_condition(node)

    def inner_condition(self, node: ir.Expression, *, now: bool = False) -> ast.expr:
        """The truth of an operand of a test, which `now` has to be known. Until 3.11 tracebacks point to the statement, or to the
        last comparison before.
        """
        match node:
            case ir.Constant():
                return self.constant(bool(node.value), node.span)
            case ir.UnaryOp(op="not", operand=operand):
                inside = isinstance(operand, (ir.BoolOp, ir.IfExp, ir.Compare)) or _negation(operand)
                value = self.inner_condition(operand) if inside else self.expression(operand)
                return self.op("not_", self._asked_at(operand), value)
            case ir.BoolOp():
                return self.boolean(_binary(self, node), True)
            case ir.IfExp():
                return self.conditional(node, True)
            case ir.Compare():
                self.place = node.span
                if _chain(node):
                    return self.chain(node, self.expression(node.left), True)
        value = self.expression(node)
        return self.op("truth", self._asked_at(node), self.op("tested", node.span, value) if now else value)

    def _asked_at(self, node: ir.Expression) -> ir.Span:
        return self.place if TESTS_AT_STATEMENT else node.span

    def forced(self, node: ir.Expression, around: ir.Span) -> ast.expr:
        """The truth of `node`, certainly known."""
        self.place = around
        value = self.inner_condition(node, now=True)
        return value if isinstance(value, ast.Constant) else self.op("force", node.span, value)

    def unary(self, node: ir.UnaryOp) -> ast.expr:
        if node.op == "not":
            return self.op("not_", node.span, self.expression(node.operand))
        if static(node):
            return self.plain(node)
        return self.op("unary", node.span, self.constant(node.op, node.span), self.expression(node.operand))

    def either(
        self,
        test: ast.expr,
        region: Callable[[ast.expr], ast.expr],
        body: Callable[[], ast.expr],
        orelse: Callable[[], ast.expr],
        span: ir.Span,
        *,
        stay: bool,
    ) -> ast.expr:
        """`body` if `test` else `orelse`; `region` makes the branch for a test that is not known, unless it must `stay` here."""
        if isinstance(test, ast.Constant):
            return self.choice(test, body(), orelse(), span)
        if stay:
            return self.choice(self.op("force", span, test), body(), orelse(), span)
        name = self.temporary()
        first = self.is_(self.walrus(name, test), True, span)
        second = self.is_(self.name(name, span), False, span)
        pending = region(self.name(name, span))
        return self.choice(first, body(), self.choice(second, orelse(), pending, span), span)

    # --- and, or

    def bool_op(self, node: ir.BoolOp) -> ast.expr:
        return self.boolean(_binary(self, node), False)

    def boolean(self, node: ir.BoolOp, truth: bool) -> ast.expr:
        first, second = node.values
        place = node.span
        value = None if truth else self.temporary()
        test = self.inner_condition(first) if value is None else self.kept_truth(first, value, place)
        conjunction = node.op == "and"

        def short() -> ast.expr:
            return self.constant(not conjunction, place) if value is None else self.name(value, place)

        def rest() -> ast.expr:
            return self.inner_condition(second) if truth else self.expression(second)

        def region(test: ast.expr) -> ast.expr:
            return self._rest_of(node, truth, test, None if value is None else self.name(value, place))

        branches = (rest, short) if conjunction else (short, rest)
        return self.either(test, region, *branches, place, stay=self.shape.yields(second))

    def _rest_of(self, node: ir.BoolOp, truth: bool, test: ast.expr, value: ast.expr | None) -> ast.expr:
        """The branch for the second operand, if the truth of the first is pending; `value` is the first one's."""
        second, place, conjunction, around = node.values[1], node.span, node.op == "and", self.place

        def write(unit: Conditions) -> None:
            ending = unit.condition(second, around) if truth else unit.expression(second)
            other = unit.constant(not conjunction, place) if truth else unit.name(VALUE, place)
            branches = (ending, other) if conjunction else (other, ending)
            unit.emit(ast.Return(unit.choice(unit.name(TEST, place), *branches, place)), place)

        parameters = (TEST,) if truth else (TEST, VALUE)
        return self.branch("expression", node, write, parameters, truth, (test,) if value is None else (test, value), place)

    def kept_truth(self, node: ir.Expression, value: str, place: ir.Span) -> ast.expr:
        """The truth of `node`, its value going to the temporary `value`. In `a and b or c` Python 3.11 asks `a` only once."""
        if TRUTH_TWICE or not isinstance(node, ir.BoolOp) or self.shape.yields(node):
            return self.op("truth", place, self.walrus(value, self.expression(node)))
        node = _binary(self, node)
        first, second = node.values
        conjunction = node.op == "and"

        def region(test: ast.expr) -> ast.expr:
            return self.op("truth", place, self.walrus(value, self._rest_of(node, False, test, self.name(value, place))))

        def rest() -> ast.expr:
            return self.kept_truth(second, value, place)

        def short() -> ast.expr:
            return self.constant(not conjunction, place)

        branches = (rest, short) if conjunction else (short, rest)
        return self.either(self.kept_truth(first, value, node.span), region, *branches, place, stay=False)

    def branch(
        self,
        kind: str,
        node: ir.Node,
        write: Callable[[Conditions], None],
        parameters: tuple[str, ...],
        variant: object,
        extra: tuple[ast.expr, ...],
        span: ir.Span,
    ) -> ast.expr:
        """`branch(region, L, test, ...)`."""
        region = self.region(kind, node, write, parameters, variant)
        return self.op("branch", span, self.put(region, span), self.scope(span), *extra)

    # --- conditional expressions

    def if_exp(self, node: ir.IfExp) -> ast.expr:
        return self.conditional(node, False)

    def conditional(self, node: ir.IfExp, truth: bool) -> ast.expr:
        test = self.inner_condition(node.test) if truth else self.condition(node.test, node.span)
        around = self.place

        def part(unit: Conditions, which: ir.Expression) -> ast.expr:  # `self.place` goes on from one part to the next
            return unit.inner_condition(which) if truth else unit.expression(which)

        def region(test: ast.expr) -> ast.expr:
            def write(unit: Conditions) -> None:
                unit.place = around
                value = unit.choice(unit.name(TEST, node.span), part(unit, node.body), part(unit, node.orelse), node.span)
                unit.emit(ast.Return(value), node.span)

            return self.branch("expression", node, write, (TEST,), truth, (test,), node.span)

        return self.either(
            test,
            region,
            lambda: part(self, node.body),
            lambda: part(self, node.orelse),
            node.span,
            stay=self.shape.yields(node.body, node.orelse),
        )

    # --- comparisons

    def compare(self, node: ir.Compare) -> ast.expr:
        if _chain(node):
            return self.chain(node, self.expression(node.left), False)
        left, right = self.operands((node.left, node.comparators[0]))
        return self.op("compare", node.span, self.constant(node.ops[0], node.span), left, right)

    def chain(self, node: ir.Compare, left: ast.expr, truth: bool) -> ast.expr:
        """`left` is the value of `node.left`; each operand in the middle is evaluated once."""
        place = node.span
        symbol = self.constant(node.ops[0], place)
        if not _chain(node):
            result = self.op("compare", place, symbol, left, self.expression(node.comparators[0]))
            return self.op("truth", place, result) if truth else result
        if not self.quiet(node.left) and not self.quiet(node.comparators[0]) and not isinstance(left, ast.Name):
            left = self.held(left)
        middle, value = self.temporary(), None if truth else self.temporary()
        result = self.op("compare", place, symbol, left, self.walrus(middle, self.expression(node.comparators[0])))
        test = self.op("truth", place, result if value is None else self.walrus(value, result))
        rest = _rest(self, node)

        def region(test: ast.expr) -> ast.expr:
            def write(unit: Conditions) -> None:
                ending = unit.chain(rest, unit.name(VALUE, place), truth)
                other = unit.constant(False, place) if truth else unit.name("__poppy_result", place)
                unit.emit(ast.Return(unit.choice(unit.name(TEST, place), ending, other, place)), place)

            names = (middle,) if value is None else (middle, value)
            parameters = (TEST, VALUE) if truth else (TEST, VALUE, "__poppy_result")
            return self.branch(
                "expression", rest, write, parameters, truth, (test, *(self.name(name, place) for name in names)), place
            )

        return self.either(
            test,
            region,
            lambda: self.chain(rest, self.name(middle, place), truth),
            lambda: self.constant(False, place) if value is None else self.name(value, place),
            place,
            stay=self.shape.yields(rest),
        )


def _chain(node: ir.Node) -> bool:
    return isinstance(node, ir.Compare) and len(node.ops) > 1


def _negation(node: ir.Node) -> bool:
    return isinstance(node, ir.UnaryOp) and node.op == "not"


def _binary(unit: Conditions, node: ir.BoolOp) -> ir.BoolOp:
    """`a and b and c` as `a and (b and c)`, the same node each time."""
    if len(node.values) == 2:
        return node
    first, *others = node.values
    made = unit.shape.derived(node, lambda: ir.BoolOp(node.span, node.op, (first, ir.BoolOp(node.span, node.op, tuple(others)))))
    assert isinstance(made, ir.BoolOp)
    return made


def _rest(unit: Conditions, node: ir.Compare) -> ir.Compare:
    """What is left of a comparison after its first operator, the same node each time."""
    made = unit.shape.derived(node, lambda: ir.Compare(node.span, node.comparators[0], node.ops[1:], node.comparators[1:]))
    assert isinstance(made, ir.Compare)
    return made


Emitter.expressions.update(
    {ir.UnaryOp: Conditions.unary, ir.BoolOp: Conditions.bool_op, ir.IfExp: Conditions.if_exp, ir.Compare: Conditions.compare}
)
