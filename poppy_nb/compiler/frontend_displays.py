"""Reads tuples, lists, sets, dicts and comprehensions of libcst's tree; see `frontend_literals` for how."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_literals import Literals
from poppy_nb.compiler.plain import hull


_Comprehension = cst.ListComp | cst.SetComp | cst.GeneratorExp


class Displays(Literals):
    """A cursor that reads displays and comprehensions, too."""

    def _tuple(self, node: cst.Tuple) -> ir.Tuple:
        start = self.here()
        if node.lpar:
            self.eat(b"(")
        elements = self._elements(node.elements)
        if node.lpar:
            self.eat(b")")
        return ir.Tuple(self.since(start), elements)

    def _list(self, node: cst.List) -> ir.List:
        start = self.here()
        self.eat(b"[")
        elements = self._elements(node.elements)
        self.eat(b"]")
        return ir.List(self.since(start), elements)

    def _set(self, node: cst.Set) -> ir.Set:
        start = self.here()
        self.eat(b"{")
        elements = self._elements(node.elements)
        self.eat(b"}")
        return ir.Set(self.since(start), elements)

    def _elements(self, elements: Iterable[cst.BaseElement]) -> tuple[ir.Expression, ...]:
        values = []
        for element in elements:
            values.append(self.read(element) if isinstance(element, cst.StarredElement) else self.expression(element.value))
            self.eat_if_there(b",")
        return tuple(values)

    def _starred_element(self, node: cst.StarredElement) -> ir.Starred:
        return self.starred(node.value)

    def starred(self, value: cst.BaseExpression) -> ir.Starred:
        """`*value`."""
        start = self.here()
        self.eat(b"*")
        inner = self.expression(value)
        return ir.Starred(self.since(start), inner)

    def _dict(self, node: cst.Dict) -> ir.Dict:
        start = self.here()
        keys: list[ir.Expression | None] = []
        values = []
        self.eat(b"{")
        for element in node.elements:
            if isinstance(element, cst.DictElement):
                keys.append(self.expression(element.key))
                self.eat(b":")
            else:
                self.eat(b"**")
                keys.append(None)
            values.append(self.expression(element.value))
            self.eat_if_there(b",")
        self.eat(b"}")
        return ir.Dict(self.since(start), tuple(keys), tuple(values))

    def _list_comp(self, node: cst.ListComp) -> ir.ListComp:
        return ir.ListComp(*self._comprehension(node, b"[", b"]"))

    def _set_comp(self, node: cst.SetComp) -> ir.SetComp:
        return ir.SetComp(*self._comprehension(node, b"{", b"}"))

    def _generator_exp(self, node: cst.GeneratorExp) -> ir.GeneratorExp:
        # As the only argument of a call it has no parentheses of its own; `_call` puts those of the call into its span.
        return ir.GeneratorExp(*self._comprehension(node, *((b"(", b")") if node.lpar else (b"", b""))))

    def _comprehension(
        self, node: _Comprehension, opening: bytes, closing: bytes
    ) -> tuple[ir.Span, ir.Expression, tuple[ir.Comprehension, ...]]:
        start = self.here()
        self.eat(opening)
        element = self.expression(node.elt)
        generators = self._generators(node.for_in)
        self.eat(closing)
        return self.since(start), element, generators

    def _dict_comp(self, node: cst.DictComp) -> ir.DictComp:
        start = self.here()
        self.eat(b"{")
        key = self.expression(node.key)
        self.eat(b":")
        value = self.expression(node.value)
        generators = self._generators(node.for_in)
        self.eat(b"}")
        return ir.DictComp(self.since(start), key, value, generators)

    def _generators(self, first: cst.CompFor) -> tuple[ir.Comprehension, ...]:
        clauses = []
        clause: cst.CompFor | None = first
        while clause is not None:
            if clause.asynchronous is not None:
                self.eat(b"async")
            self.eat(b"for")
            target = self.expression(clause.target)
            self.eat(b"in")
            parts = [self.expression(clause.iter)]
            for condition in clause.ifs:
                self.eat(b"if")
                parts.append(self.expression(condition.test))
            span = hull((target, *parts), target.span)
            clauses.append(ir.Comprehension(span, target, parts[0], tuple(parts[1:]), int(clause.asynchronous is not None)))
            clause = clause.inner_for_in
        return tuple(clauses)
