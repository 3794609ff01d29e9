"""`match`: Python's own matching, on a subject that is complete."""

from __future__ import annotations

import ast

from poppy_nb import ir
from poppy_nb.compiler.codegen.emitter import LOAD, Emitter, at
from poppy_nb.compiler.codegen.protected import Protected
from poppy_nb.compiler.plain import to_ast


class Patterns(Protected):
    """Names in patterns are looked up when the pattern is reached: as attributes of an object that does it, `names(L, kinds)`."""

    def match(self, node: ir.Match) -> None:
        if self.shape.yields(node):
            self.match_here(node)
        else:
            self.spawn("match", node, self.region("match", node, lambda unit: unit.match_here(node)))

    def match_here(self, node: ir.Match) -> None:
        """The statement itself, in this function."""
        span = node.span
        names = self.temporary()
        looked_up: dict[str, None] = {}
        place, value = node.subject.span, self.expression(node.subject)
        classes = [part for part in ir.walk(node) if isinstance(part, ir.MatchClass)]
        if classes:
            named = sorted({name for part in classes for name in part.kwd_attrs})
            by_place = any(part.patterns for part in classes)
            names_of = at(ast.Tuple([self.constant(name, place) for name in named], LOAD), place)
            subject = self.op("subject", place, value, names_of, self.constant(by_place, place))
        else:
            subject = self.op("whole", place, value)
        cases: list[ast.match_case] = []
        for case in node.cases:
            bound: dict[str, str] = {}
            pattern = self.pattern(case.pattern, names, bound, looked_up)
            stores = [self.store(name, self.name(kept, case.pattern.span), case.pattern.span) for name, kept in bound.items()]
            guard = None
            with self.block() as body:
                if case.guard is not None:
                    guard = self.forced(case.guard, case.pattern.span)
                    if stores:
                        both = at(ast.Tuple([*stores, guard], LOAD), case.guard.span)
                        guard = at(ast.Subscript(both, self.constant(len(stores), case.guard.span), LOAD), case.guard.span)
                else:
                    for store in stores:
                        self.run(store, case.pattern.span)
                self.body(case.body)
            cases.append(ast.match_case(pattern, guard, body))
        if looked_up:
            operations = []
            for name in looked_up:
                suffix, depth = self.variable(self.mangle(name))
                operations.append(self.pair(self.constant(name, span), self.known("load" + suffix, span), span))
                assert depth == 0
            kinds = at(ast.Tuple(operations, LOAD), span)
            self.let(names, self.op("names", span, self.scope(span), kinds), span)
        self.emit(ast.Match(subject, cases), span)

    def pattern(self, node: ir.Pattern, names: str, bound: dict[str, str], looked_up: dict[str, None]) -> ast.pattern:
        """The pattern with temporaries for what it binds."""

        def bind(name: str | None) -> str | None:
            return None if name is None else bound.setdefault(name, f"{self.temporary()}")

        def below(patterns: tuple[ir.Pattern, ...]) -> list[ast.pattern]:
            return [self.pattern(pattern, names, bound, looked_up) for pattern in patterns]

        def value(expression: ir.Expression) -> ast.expr:
            match expression:
                case ir.Name(id=name):
                    looked_up[name] = None
                    return at(ast.Attribute(self.name(names, expression.span), name, LOAD), expression.span)
                case ir.Attribute(value=owner, attr=attr):
                    return at(ast.Attribute(value(owner), self.mangle(attr), LOAD), expression.span)
            return to_ast(expression)  # type: ignore[no-any-return]

        match node:
            case ir.MatchValue():
                made: ast.pattern = ast.MatchValue(value(node.value))
            case ir.MatchSingleton():
                made = ast.MatchSingleton(node.value)  # type: ignore[arg-type]
            case ir.MatchSequence():
                made = ast.MatchSequence(below(node.patterns))
            case ir.MatchMapping():
                made = ast.MatchMapping([value(key) for key in node.keys], below(node.patterns), bind(node.rest))
            case ir.MatchClass():
                made = ast.MatchClass(value(node.cls), below(node.patterns), list(node.kwd_attrs), below(node.kwd_patterns))
            case ir.MatchStar():
                made = ast.MatchStar(bind(node.name))
            case ir.MatchAs():
                inner = None if node.pattern is None else self.pattern(node.pattern, names, bound, looked_up)
                made = ast.MatchAs(inner, bind(node.name))
            case ir.MatchOr():
                made = ast.MatchOr(below(node.patterns))
            case _:
                raise AssertionError(f"no pattern: {type(node).__name__}")
        return at(made, node.span)


Emitter.statements[ir.Match] = Patterns.match
