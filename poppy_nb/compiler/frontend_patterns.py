"""Reads the patterns of `match` statements; see `frontend_literals` for how."""

from __future__ import annotations

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_expressions import Expressions


class Patterns(Expressions):
    """A cursor that reads expressions and patterns."""

    def pattern(self, node: cst.MatchPattern) -> ir.Pattern:
        """A pattern with the parentheses around it, which belong to none but a sequence in parentheses."""
        if isinstance(node, cst.MatchValue):
            value = self.expression(node.value)
            return ir.MatchValue(value.span, value)
        if isinstance(node, cst.MatchSingleton):
            constant = self.expression(node.value)
            assert isinstance(constant, ir.Constant), "None, True or False"
            return ir.MatchSingleton(constant.span, constant.value)
        outer = len(node.lpar) - isinstance(node, cst.MatchTuple)
        for _ in range(outer):
            self.eat(b"(")
        result: ir.Pattern = self.read(node)
        for _ in range(outer):
            self.eat(b")")
        return result

    def _match_tuple(self, node: cst.MatchTuple) -> ir.MatchSequence:
        start = self.here()
        self.eat(b"(")
        patterns = self._patterns(node)
        self.eat(b")")
        return ir.MatchSequence(self.since(start), patterns)

    def _match_list(self, node: cst.MatchList) -> ir.MatchSequence:
        start = self.here()
        if node.lbracket is not None:
            self.eat(b"[")
        patterns = self._patterns(node)
        if node.rbracket is not None:
            self.eat(b"]")
        return ir.MatchSequence(self.since(start), patterns)

    def _patterns(self, node: cst.MatchList | cst.MatchTuple) -> tuple[ir.Pattern, ...]:
        patterns: list[ir.Pattern] = []
        for element in node.patterns:
            if isinstance(element, cst.MatchStar):
                start = self.here()
                self.eat(b"*")
                name = self._capture(element.name)
                patterns.append(ir.MatchStar(self.since(start), name))
            else:
                patterns.append(self.pattern(element.value))
            self.eat_if_there(b",")
        return tuple(patterns)

    def _capture(self, name: cst.Name | None) -> str | None:
        if name is not None:
            return self.name(name)
        self.eat(b"_")
        return None

    def _match_mapping(self, node: cst.MatchMapping) -> ir.MatchMapping:
        start = self.here()
        keys, patterns = [], []
        self.eat(b"{")
        for element in node.elements:
            keys.append(self.expression(element.key))
            self.eat(b":")
            patterns.append(self.pattern(element.pattern))
            self.eat_if_there(b",")
        rest = None
        if node.rest is not None:
            self.eat(b"**")
            rest = self.name(node.rest)
            self.eat_if_there(b",")
        self.eat(b"}")
        return ir.MatchMapping(self.since(start), tuple(keys), tuple(patterns), rest)

    def _match_class(self, node: cst.MatchClass) -> ir.MatchClass:
        start = self.here()
        kind = self.expression(node.cls)
        patterns, names, named = [], [], []
        self.eat(b"(")
        for element in node.patterns:
            patterns.append(self.pattern(element.value))
            self.eat_if_there(b",")
        for keyword in node.kwds:
            names.append(self.name(keyword.key))
            self.eat(b"=")
            named.append(self.pattern(keyword.pattern))
            self.eat_if_there(b",")
        self.eat(b")")
        return ir.MatchClass(self.since(start), kind, tuple(patterns), tuple(names), tuple(named))

    def _match_as(self, node: cst.MatchAs) -> ir.MatchAs:
        start = self.here()
        inner = None
        if node.pattern is not None:
            inner = self.pattern(node.pattern)
            self.eat(b"as")
        name = self._capture(node.name)
        return ir.MatchAs(self.since(start), inner, name)

    def _match_or(self, node: cst.MatchOr) -> ir.MatchOr:
        start = self.here()
        patterns = []
        for element in node.patterns:
            patterns.append(self.pattern(element.pattern))
            self.eat_if_there(b"|")
        return ir.MatchOr(self.since(start), tuple(patterns))
