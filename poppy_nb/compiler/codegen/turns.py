"""The turns of a loop as plain Python, as far as they reach no external call: for as long as nothing is in flight.

    for i in items:                 def work(L, items):
        x += i                          if 'x' in L: x = L['x']
        if i < 0:                       try:
            x = ask(i)                      for i in items:
                                                x += i
                                                if i < 0:
                                                    return 2
                                        finally:
                                            leave(L, locals(), ('i', 'x'))

The runtime says at which segments to stop, and runs the rest of the turn in its mediated form. A loop of which a turn decides
whether there is a next one (`break`, `return`) has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from poppy_nb import ir
from poppy_nb.compiler.codegen import plainly
from poppy_nb.compiler.plain import to_ast
from poppy_nb.mentions import Mentions, mentions
from poppy_nb.region import PlainForm, Region, Turns
from poppy_nb.scopes import FUNCTIONS


if TYPE_CHECKING:
    from poppy_nb.compiler.codegen.control import Control

Statements = tuple[ir.Statement, ...]
Loop = ir.For | ir.While
_TURN = "__poppy_turn"
_TARGETS = (ir.Name, ir.Tuple, ir.List, ir.Starred)
# What means something else in a function of its own, or is compiled anew there
_ELSEWHERE = (*FUNCTIONS, ir.ClassDef, ir.Global, ir.Nonlocal, ir.AnnAssign, ir.ImportFrom, ir.Import, ir.GeneratorExp)


def of_loop(unit: Control, node: Loop) -> Turns | None:
    """The turns of a loop; None if there is no such form."""
    if len(unit.levels) > 1 or not unit.separate(node) or unit.shape.pushes(node):
        return None
    if any(isinstance(below, _ELSEWHERE) for below in ir.walk(node)):
        return None
    if isinstance(node, ir.For) and not all(isinstance(part, _TARGETS) for part in _parts(node.target)):
        return None
    origin, scope = unit.origin, unit.levels[0].scope
    if plainly.form("turns", unit, scope, node, None, None) is None:
        return None
    segments = _Segments(node)

    def survey() -> list[Mentions]:
        return [mentions([segment], scope, origin.scopes) for segment in segments.nodes]

    def form(stops: frozenset[int]) -> PlainForm:
        made = plainly.form("turns", unit, scope, node, lambda: to_ast(segments.until(stops)), None)
        assert made is not None
        return made

    def rest(number: int) -> Region:
        left = segments.rests[number]
        return unit.region("iteration", node, lambda inside: inside.body(left), variant=("rest", number))

    return Turns(survey, form, rest)


def _parts(target: ir.Node) -> list[ir.Node]:
    found = [target]
    for part in found:  # grows
        found.extend(ir.children(part) if isinstance(part, (ir.Tuple, ir.List, ir.Starred)) else ())
    return found


class _Segments:
    """The segments of a turn, in the order of the text; of `while` its test is the first.

    nodes: each of them; rests: the statements that are left of the turn there.
    """

    def __init__(self, node: Loop) -> None:
        self.node = node
        self.nodes: list[ir.Node] = []
        self.rests: list[Statements] = []
        self._numbers: dict[ir.Node, int] = {}
        if isinstance(node, ir.While):
            self._add(node, node.test, node.body)
        self._block(node.body, ())

    def _add(self, of: ir.Node, node: ir.Node, left: Statements) -> None:
        self._numbers[of] = len(self.nodes)
        self.nodes.append(node)
        self.rests.append(left)

    def _block(self, body: Statements, behind: Statements) -> None:
        for index, statement in enumerate(body):
            if isinstance(statement, ir.If):
                self._add(statement, statement.test, (*body[index:], *behind))
                for branch in (statement.body, statement.orelse):
                    self._block(branch, (*body[index + 1 :], *behind))
            elif not isinstance(statement, (ir.Pass, ir.Continue)):
                self._add(statement, statement, (*body[index:], *behind))

    def until(self, stops: frozenset[int]) -> ir.For:
        """The loop as far as the first of `stops`, without its `else`; for as many turns as there are items."""
        body = self._cut(self.node.body, stops)
        if isinstance(self.node, ir.For):
            return replace(self.node, iter=ir.Name(self.node.iter.span, plainly.ITEMS), body=body, orelse=())
        # Turns are counted by stepping something, too
        span, place = self.node.span, self.node.test.span
        turn = ir.If(span, self.node.test, body, (ir.Return(place, None),))
        return ir.For(span, ir.Name(place, _TURN), ir.Name(place, plainly.ITEMS), (turn,), (), None)

    def _cut(self, body: Sequence[ir.Statement], stops: frozenset[int]) -> Statements:
        found: list[ir.Statement] = []
        for statement in body:
            number = self._numbers.get(statement)
            if number in stops:
                assert number is not None
                found.append(ir.Return(statement.span, ir.Constant(statement.span, number, None)))
                break
            if isinstance(statement, ir.If):
                statement = replace(statement, body=self._cut(statement.body, stops), orelse=self._cut(statement.orelse, stops))
            found.append(statement)
        return tuple(found)


__all__ = ["of_loop"]
