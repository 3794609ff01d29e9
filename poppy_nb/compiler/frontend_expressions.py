"""Reads operators of libcst's tree, which completes the expressions; see `frontend_literals` for how."""

from __future__ import annotations

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_calls import Calls


OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitOr: "|",
    cst.BitAnd: "&",
    cst.BitXor: "^",
    cst.MatrixMultiply: "@",
    cst.LessThan: "<",
    cst.GreaterThan: ">",
    cst.Equal: "==",
    cst.LessThanEqual: "<=",
    cst.GreaterThanEqual: ">=",
    cst.NotEqual: "!=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
    cst.Plus: "+",
    cst.Minus: "-",
    cst.BitInvert: "~",
    cst.Not: "not",
    cst.And: "and",
    cst.Or: "or",
}


class Expressions(Calls):
    """A cursor that reads all expressions."""

    def symbol(self, node: cst.CSTNode) -> str:
        """An operator."""
        symbol = OPERATORS[type(node)]
        for word in symbol.split():
            self.eat(word.encode())
        return symbol

    def _boolean_operation(self, node: cst.BooleanOperation) -> ir.BoolOp:
        start = self.here()
        kind = type(node.operator)
        values: list[ir.Expression] = []
        self._flatten(node, kind, values)
        return ir.BoolOp(self.since(start), OPERATORS[kind], tuple(values))

    def _flatten(self, node: cst.BaseExpression, kind: type[cst.CSTNode], values: list[ir.Expression]) -> None:
        """`a and b and c` is one operation of three in `ast`, unless parentheses say otherwise."""
        for side in (node.left, node.right):  # type: ignore[attr-defined]
            if isinstance(side, cst.BooleanOperation) and type(side.operator) is kind and not side.lpar:
                self._flatten(side, kind, values)
            else:
                values.append(self.expression(side))
            if side is node.left:  # type: ignore[attr-defined]
                self.symbol(node.operator)  # type: ignore[attr-defined]

    def _binary_operation(self, node: cst.BinaryOperation) -> ir.BinOp:
        start = self.here()
        left = self.expression(node.left)
        symbol = self.symbol(node.operator)
        right = self.expression(node.right)
        return ir.BinOp(self.since(start), left, symbol, right)

    def _unary_operation(self, node: cst.UnaryOperation) -> ir.UnaryOp:
        start = self.here()
        symbol = self.symbol(node.operator)
        operand = self.expression(node.expression)
        return ir.UnaryOp(self.since(start), symbol, operand)

    def _comparison(self, node: cst.Comparison) -> ir.Compare:
        start = self.here()
        left = self.expression(node.left)
        symbols, comparators = [], []
        for part in node.comparisons:
            symbols.append(self.symbol(part.operator))
            comparators.append(self.expression(part.comparator))
        return ir.Compare(self.since(start), left, tuple(symbols), tuple(comparators))

    def _named_expr(self, node: cst.NamedExpr) -> ir.NamedExpr:
        start = self.here()
        target = self.expression(node.target)
        self.eat(b":=")
        value = self.expression(node.value)
        return ir.NamedExpr(self.since(start), target, value)

    def _if_exp(self, node: cst.IfExp) -> ir.IfExp:
        start = self.here()
        body = self.expression(node.body)
        self.eat(b"if")
        test = self.expression(node.test)
        self.eat(b"else")
        orelse = self.expression(node.orelse)
        return ir.IfExp(self.since(start), test, body, orelse)

    def _await(self, node: cst.Await) -> ir.Await:
        start = self.here()
        self.eat(b"await")
        value = self.expression(node.expression)
        return ir.Await(self.since(start), value)

    def _yield(self, node: cst.Yield) -> ir.Yield | ir.YieldFrom:
        start = self.here()
        self.eat(b"yield")
        if isinstance(node.value, cst.From):
            self.eat(b"from")
            value = self.expression(node.value.item)
            return ir.YieldFrom(self.since(start), value)
        optional = self.optional(node.value)
        return ir.Yield(self.since(start), optional)
