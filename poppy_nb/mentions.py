"""What a body mentions by name: the globals, variables around it and attributes through which it can reach other code.

Told from the representation alone, for the body and everything written in it. Whoever knows the live values (`runtime/reach.py`)
follows the names. Names are all that plain code can call by, but for what the runtime looks at itself (the values it is given).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from poppy_nb import ir
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS, Scope


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names of one body.

    Attributes:
        globals: global variables and builtins.
        outer: local, captured and free variables of the scope that the body stands in.
        stored: those of `outer` and of `globals` that it assigns or deletes (not in functions written in it).
        attributes: of whatever object.
        loose: names of `globals`, `outer` and `attributes` of which a lazy iterator may come and stay: not only called, or called
            where nothing reads the result to its end.
        modules: what it imports.
        refused: why nothing can be told; empty if it can.
        own_class: it asks for the class that it is written in, as `super()` does: a part of a function cannot.
        ends: StopIteration may come out of it: it says so, or asks an iterator for its next item and does not handle its end.
    """

    globals: frozenset[str]
    outer: frozenset[str]
    stored: frozenset[str]
    attributes: frozenset[str]
    loose: frozenset[str]
    modules: tuple[str, ...] = ()
    refused: str = ""
    own_class: bool = False
    ends: bool = False


def mentions(nodes: Iterable[ir.Node], scope: Scope, scopes: Mapping[ir.Node, Scope], given: ir.Node | None = None) -> Mentions:
    """The names in `nodes`, which stand in `scope`; `given` is a part of them whose value is there already."""
    survey = _Survey(scope, scopes, given)
    for node in nodes:
        survey.visit(node, scope, False)
    return Mentions(
        frozenset(survey.globals),
        frozenset(survey.outer),
        frozenset(survey.stored),
        frozenset(survey.attributes),
        frozenset(survey.loose),
        tuple(survey.modules),
        survey.refused,
        survey.own_class,
        survey.ends,
    )


# They read an iterable to its end before they answer ...
_CONSUMERS = frozenset({
    "list", "tuple", "set", "frozenset", "dict", "sum", "any", "all", "sorted", "min", "max", "next", "bytes", "bytearray", "len",
    "Counter", "deque", "reduce", "join", "extend", "update", "fromkeys", "writelines", "union", "intersection", "difference",
    "fsum", "mean", "median", "prod",
})  # fmt: skip
# ... or answer with an iterator over it
_ADAPTORS = frozenset({
    "map", "filter", "zip", "enumerate", "reversed", "iter", "islice", "chain", "from_iterable", "takewhile", "dropwhile",
    "groupby", "accumulate", "starmap", "filterfalse", "compress", "zip_longest", "pairwise", "batched", "product",
    "permutations", "combinations",
})  # fmt: skip
_STEPS = frozenset({"next", "__next__", "send", "throw"})  # they raise what ends an iterator
_ENDS = frozenset({"StopIteration", "Exception", "BaseException"})
_BY_NAME = {"getattr": 1, "hasattr": 1, "setattr": 1, "delattr": 1, "attrgetter": 0, "methodcaller": 0}
_ASYNCHRONOUS = (ir.Await, ir.AsyncFor, ir.AsyncWith, ir.AsyncFunctionDef)


class _Survey:
    def __init__(self, scope: Scope, scopes: Mapping[ir.Node, Scope], given: ir.Node | None) -> None:
        self.given = given
        self.root = scope
        self.scopes = scopes
        self.globals: set[str] = set()
        self.outer: set[str] = set()
        self.stored: set[str] = set()
        self.attributes: set[str] = set()
        self.loose: set[str] = set()
        self.modules: list[str] = []
        self.refused = ""
        self.own_class = False
        self.ends = False
        self.handled = False  # whether the end of an iterator would be handled here

    def visit(self, node: ir.Node, scope: Scope, read: bool) -> None:
        """`read`: what the value of `node` iterates over is read to its end here."""
        if node is self.given:
            return
        if isinstance(node, _ASYNCHRONOUS) or isinstance(node, ir.Comprehension) and node.is_async:
            self.refused = "it awaits"
        elif isinstance(node, ir.YieldFrom):
            self.visit(node.value, scope, True)
        elif isinstance(node, ir.Name):
            name = scope.mangle(node.id)
            self.name(name, scope)
            self.loose.add(name)
            self.own_class = self.own_class or name in ("super", "__class__")
            self.ends = self.ends or name == "StopIteration"
        elif isinstance(node, ir.Attribute):
            name = scope.mangle(node.attr)
            self.attributes.add(name)
            self.loose.add(name)
            self.visit(node.value, scope, False)
        elif isinstance(node, ir.Call):
            self.call(node, scope, read)
        elif isinstance(node, ir.Import | ir.ImportFrom):
            self.imports(node, scope)
        elif isinstance(node, COMPREHENSIONS):
            self.comprehension(node, scope, read)
        elif isinstance(node, (*FUNCTIONS, ir.ClassDef)):
            self.definition(node, scope)
        elif isinstance(node, ir.Try | ir.TryStar):
            self.attempt(node, scope)
        else:
            self.statement(node, scope)

    def statement(self, node: ir.Node, scope: Scope) -> None:
        consumed = _read_to_the_end(node)
        targets = _targets(node)
        outer = scope
        if isinstance(node, ir.NamedExpr):
            while isinstance(outer.node, COMPREHENSIONS) and outer.parent is not None:
                outer = outer.parent
        for name in _names_bound(node):
            self.bind(name, scope)
        if isinstance(node, ir.MatchClass):
            self.attributes.update(node.kwd_attrs)
        for below in ir.children(node):
            if below in targets:
                self.target(below, outer)
            else:
                self.visit(below, scope, below in consumed)

    def attempt(self, node: ir.Try | ir.TryStar, scope: Scope) -> None:
        """A `try`: its handlers say whether its body may end with StopIteration; naming it there is not raising it."""
        outer = self.handled
        self.handled = outer or any(handler.type is None or _handles_end(handler.type) for handler in node.handlers)
        for statement in node.body:
            self.visit(statement, scope, False)
        self.handled = outer
        for handler in node.handlers:
            if handler.type is not None:
                ended = self.ends
                self.visit(handler.type, scope, False)
                self.ends = ended
            if handler.name is not None:
                self.bind(handler.name, scope)
            for statement in handler.body:
                self.visit(statement, scope, False)
        for statement in (*node.orelse, *node.finalbody):
            self.visit(statement, scope, False)

    def target(self, node: ir.Node, scope: Scope) -> None:
        """A target: its names are no uses."""
        if isinstance(node, ir.Name):
            self.bind(node.id, scope)
        elif isinstance(node, ir.Tuple | ir.List):
            for item in node.elts:
                self.target(item, scope)
        elif isinstance(node, ir.Starred):
            self.target(node.value, scope)
        elif isinstance(node, ir.Attribute):
            self.attributes.add(scope.mangle(node.attr))  # a property may have a setter
            self.visit(node.value, scope, False)
        else:
            self.visit(node, scope, False)

    def name(self, name: str, scope: Scope) -> None:
        kind = scope.kind(name)
        if kind == "global":
            self.globals.add(name)
        elif scope is self.root or kind == "free":
            self.outer.add(name)

    def bind(self, name: str, scope: Scope) -> None:
        name = scope.mangle(name)
        self.name(name, scope)
        if scope is self.root:
            self.stored.add(name)

    def call(self, node: ir.Call, scope: Scope, read: bool) -> None:
        function = node.func
        called = ""
        if isinstance(function, ir.Name):
            called = scope.mangle(function.id)
            self.name(called, scope)
        elif isinstance(function, ir.Attribute):
            called = scope.mangle(function.attr)
            self.attributes.add(called)
            self.visit(function.value, scope, False)
        else:
            self.visit(function, scope, False)
        self.own_class = self.own_class or called in ("super", "__class__")
        self.ends = self.ends or called == "StopIteration"
        if called and not read:
            self.loose.add(called)
        if called in _STEPS and not self.handled and not (called == "next" and len(node.args) > 1):
            self.ends = True
        if called in _BY_NAME:
            self.named(node, _BY_NAME[called])
        consumes = called in _CONSUMERS or read and called in _ADAPTORS
        for argument in node.args:
            self.visit(argument, scope, consumes)
        for keyword in node.keywords:
            self.visit(keyword.value, scope, False)

    def named(self, node: ir.Call, first: int) -> None:
        """Attributes by names that are values."""
        for argument in node.args[first:] if first == 0 else node.args[first : first + 1]:
            if isinstance(argument, ir.Constant) and isinstance(argument.value, str):
                self.attributes.update(argument.value.split("."))
            elif not isinstance(argument, ir.Constant):
                self.refused = self.refused or "it computes names of attributes"

    def imports(self, node: ir.Import | ir.ImportFrom, scope: Scope) -> None:
        if isinstance(node, ir.ImportFrom):
            if node.level or node.module is None or node.names[0].name == "*":
                self.refused = self.refused or "it imports"
                return
            self.modules.append(node.module)
            self.attributes.update(alias.name for alias in node.names)
        else:
            self.modules += [alias.name for alias in node.names]
        for alias in node.names:
            self.bind(alias.asname or alias.name.partition(".")[0], scope)

    def comprehension(self, node: ir.ListComp | ir.SetComp | ir.DictComp | ir.GeneratorExp, scope: Scope, read: bool) -> None:
        lazy = isinstance(node, ir.GeneratorExp)
        if lazy and not read:
            self.refused = self.refused or "a generator expression may outlive it"
        inner = self.scopes[node]
        for number, clause in enumerate(node.generators):
            if clause.is_async:
                self.refused = "it awaits"
            self.visit(clause.iter, inner if number else scope, True)
            self.target(clause.target, inner)
            for condition in clause.ifs:
                self.visit(condition, inner, False)
        parts = (node.key, node.value) if isinstance(node, ir.DictComp) else (node.elt,)
        for part in parts:
            self.visit(part, inner, False)

    def definition(self, node: ir.Node, scope: Scope) -> None:
        """A function or class: what is written in it may run when the body does."""
        if not isinstance(node, ir.Lambda):
            self.bind(node.name, scope)  # type: ignore[attr-defined]
        inner = self.scopes[node]
        lazy = False
        for below in ir.children(node):
            body = below in node.body if not isinstance(node, ir.Lambda) else below is node.body  # type: ignore[attr-defined]
            self.visit(below, inner if body else scope, False)
            lazy = lazy or body and _yields(below)
        if lazy:
            self.refused = self.refused or "a generator may outlive it"


def _handles_end(kind: ir.Expression) -> bool:
    names = kind.elts if isinstance(kind, ir.Tuple) else (kind,)
    return any(isinstance(name, ir.Name) and name.id in _ENDS for name in names)


def _yields(node: ir.Node) -> bool:
    if isinstance(node, ir.Yield | ir.YieldFrom):
        return True
    return not isinstance(node, (*FUNCTIONS, ir.ClassDef)) and any(_yields(below) for below in ir.children(node))


def _targets(node: ir.Node) -> tuple[ir.Node, ...]:
    if isinstance(node, ir.Assign | ir.Delete):
        return node.targets
    if isinstance(node, ir.AnnAssign | ir.For | ir.NamedExpr):
        return (node.target,)
    if isinstance(node, ir.WithItem) and node.optional_vars is not None:
        return (node.optional_vars,)
    if isinstance(node, ir.AugAssign):
        return (node.target,) if isinstance(node.target, ir.Name) else ()
    return ()


def _names_bound(node: ir.Node) -> tuple[str, ...]:
    """Names that a node binds and that are no nodes."""
    if isinstance(node, ir.ExceptHandler | ir.MatchAs | ir.MatchStar):
        return () if node.name is None else (node.name,)
    if isinstance(node, ir.MatchMapping):
        return () if node.rest is None else (node.rest,)
    return ()


def _read_to_the_end(node: ir.Node) -> tuple[ir.Node, ...]:
    """Parts of a node whose items are all taken before it ends."""
    if isinstance(node, ir.For):
        return (node.iter,)
    if isinstance(node, ir.Starred):
        return (node.value,)
    if isinstance(node, ir.WithItem):
        return (node.context_expr,)
    if isinstance(node, ir.Assign) and all(isinstance(target, ir.Tuple | ir.List) for target in node.targets):
        return (node.value,)
    if isinstance(node, ir.Compare) and len(node.ops) == 1 and node.ops[0] in ("in", "not in"):
        return node.comparators
    return ()


__all__ = ["Mentions", "mentions"]
