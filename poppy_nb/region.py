"""The part of a body that can be walked past, as generated code names it and the runtime runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CellType, CodeType, FunctionType
from typing import Any

from poppy_nb import ir
from poppy_nb.mentions import Mentions
from poppy_nb.scopes import Scope


_VALUE = "__poppy_v"


def value_of(span: ir.Span) -> str:
    """The temporary in which generated code keeps the value of the expression at `span` while others are evaluated."""
    return f"{_VALUE}{span.line}_{span.column}_{span.end_line}_{span.end_column}"


def expression_of(temporary: str) -> ir.Span | None:
    """Where the expression stands whose value a temporary is; None for other temporaries."""
    if not temporary.startswith(_VALUE):
        return None
    line, column, end_line, end_column = map(int, temporary.removeprefix(_VALUE).split("_"))
    return ir.Span(line, column, end_line, end_column)


class PlainForm:
    """A statement or comprehension as plain Python, beside its mediated form.

    Attributes:
        kind: `loop`, `turns` or `comprehension` (functions of the scope object, see `compiler/codegen/plainly.py`), `statement`
            or `value` (of a cell; code to be evaluated in the namespace).
    """

    __slots__ = ("_code", "_make", "_mentions", "_survey", "kind")

    def __init__(self, kind: str, make: Callable[[], CodeType], survey: Callable[[], Mentions]) -> None:
        self.kind = kind
        self._make = make
        self._survey = survey
        self._code: CodeType | None = None
        self._mentions: Mentions | None = None

    @property
    def mentions(self) -> Mentions:
        """What it mentions by name."""
        found = self._mentions
        if found is None:
            found = self._mentions = self._survey()
        return found

    @property
    def code(self) -> CodeType:
        """Compiled when first asked for."""
        code = self._code
        if code is None:
            code = self._code = self._make()
        return code

    def instance(self, names: dict[str, Any], cells: Mapping[str, CellType]) -> FunctionType:
        """The function, of a kind that is one, with `names` for globals."""
        code = self.code
        return FunctionType(code, names, None, None, tuple([cells[name] for name in code.co_freevars]))


class Turns:
    """The turns of a loop as plain Python, up to where they may reach an external call. See `compiler/codegen/turns.py`.

    A turn is made of segments: simple statements, tests of `if`, and other statements as a whole. Where segment `k` is one to
    stop at, the plain form answers with `k`, and the rest of the turn is the region `rest(k)`. At the end of the loop it answers
    None.
    """

    __slots__ = ("_form", "_forms", "_mentions", "_rest", "_rests")

    def __init__(
        self, survey: Callable[[], list[Mentions]], form: Callable[[frozenset[int]], PlainForm], rest: Callable[[int], Region]
    ) -> None:
        self._mentions: list[Mentions] | Callable[[], list[Mentions]] = survey
        self._form = form
        self._rest = rest
        self._forms: dict[frozenset[int], PlainForm] = {}
        self._rests: dict[int, Region] = {}

    @property
    def segments(self) -> list[Mentions]:
        """What each segment mentions by name."""
        if callable(self._mentions):
            self._mentions = self._mentions()
        return self._mentions

    def form(self, stops: frozenset[int]) -> PlainForm:
        """The form that goes as far as one of these segments: a function of the scope object and of an iterator over items."""
        found = self._forms.get(stops)
        if found is None:
            found = self._forms[stops] = self._form(stops)
        return found

    def rest(self, segment: int) -> Region:
        """What is left of a turn from a segment on."""
        found = self._rests.get(segment)
        if found is None:
            found = self._rests[segment] = self._rest(segment)
        return found


class Region:
    """A loop, iteration, branch, `try`, `with`, `match`, comprehension element or part of an expression, as a function.

    Attributes:
        kind: `loop` `iteration` `branch` `try` `with` `match` `expression` `element`.
        node: what it runs; docs/interfaces.md says which part of the node for which kind.
        function: the node whose frame it shares in tracebacks: the function around it, the module (of a cell), or, where Python
            gives it a frame of its own, the comprehension.
        may_skip: of an element: whether it has a condition.
        flat: of an element: whether it gives the elements of an inner clause.
        clause: of an element: of which `for` clause it is.
        names: which variable a name is, where it stands.
        plain: of a loop the same statement as plain Python; of an element the comprehension.
        cells: captured variables of a comprehension: `gather` makes new cells for them once, for all elements.
    """

    __slots__ = (
        "_code", "_function", "_make", "cells", "clause", "flat", "function", "kind", "may_skip", "names", "node", "plain",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        node: ir.Node,
        function: ir.Node,
        make: Callable[[], CodeType],
        cells: tuple[str, ...] = (),
        may_skip: bool = False,
        names: Scope | None = None,
        flat: bool = False,
        clause: int = 0,
        plain: PlainForm | None = None,
    ) -> None:
        self.kind = kind
        self.node = node
        self.function = function
        self.cells = cells
        self.may_skip = may_skip
        self.names = names
        self.flat = flat
        self.clause = clause
        self.plain = plain
        self._make: Callable[[], CodeType] | None = make
        self._code: CodeType | None = None
        self._function: FunctionType | None = None

    @property
    def code(self) -> CodeType:
        """`def name(L, *args)`, compiled when first asked for."""
        code = self._code
        if code is None:
            assert self._make is not None
            code = self._code = self._make()
            self._make = None
        return code

    @property
    def free(self) -> tuple[str, ...]:
        """The variables of functions around it that its inner functions capture, in the order of a closure."""
        return self.code.co_freevars

    def instance(self, names: dict[str, Any], cells: Mapping[str, CellType]) -> FunctionType:
        """The function of this region with `names` for globals, `cells` being those of its scope."""
        function = self._function
        if function is not None and function.__globals__ is names:
            return function
        code = self.code
        free = code.co_freevars
        if free:
            return FunctionType(code, names, None, None, tuple([cells[name] for name in free]))
        function = self._function = FunctionType(code, names)
        return function

    def __repr__(self) -> str:
        return f"<Region {self.kind} {type(self.node).__name__} line {self.node.span.line}>"
