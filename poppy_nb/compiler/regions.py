"""Which statements can be walked past, which exits escape from them, and what cannot be mediated at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

from poppy_nb import ir
from poppy_nb.errors import Unsupported
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS


NONE: frozenset[str] = frozenset()
_RETURN, _BREAK, _CONTINUE = frozenset({"return"}), frozenset({"break"}), frozenset({"continue"})
_OF_LOOPS = _BREAK | _CONTINUE

# Generated code is nested about three times as deeply as the program, and CPython has limits.
_DEEPEST = 150
TOO_DEEP = "it is nested too deeply"

# They look at the frame that calls them. With arguments `vars` and `dir` do not.
_FRAME_READERS = {"locals", "eval", "exec"}
_FRAME_READERS_WITHOUT_ARGUMENTS = {"vars", "dir"}
_DEBUGGERS = {"breakpoint", "set_trace"}  # of pdb, IPython, ipdb, pudb, debugpy


class Shape:
    """What one body contains: yields, inner definitions, what may have no mediated form, and the exits of statements.

    Not responsible for what inner functions and class bodies contain: they run elsewhere.

    `pushed`: of the form of a generator in which a `yield` is a call of what is done with the items: it may stand anywhere.
    """

    def __init__(self, body: Iterable[ir.Node], *, pushed: bool = False) -> None:
        self.pushed = pushed
        self.definitions: list[ir.Node] = []  # functions, lambdas and classes
        self._exits: dict[ir.Node, frozenset[str]] = {}
        self._yielding: set[ir.Node] = set()
        self._derived: dict[ir.Node, ir.Node] = {}
        self._suspects: dict[ir.Node, list[tuple[ir.Node, bool]]] = {}
        for node in body:
            suspects: list[tuple[ir.Node, bool]] = []
            self._survey(node, suspects, False, 0)
            if suspects:
                self._suspects[node] = suspects

    def _survey(self, node: ir.Node, suspects: list[tuple[ir.Node, bool]], comprehension: bool, depth: int) -> bool:
        kind = type(node)
        found = False
        if kind is ir.BoolOp or kind is ir.Compare:  # they become nested conditional expressions
            depth += len(node.values if isinstance(node, ir.BoolOp) else node.ops)  # type: ignore[attr-defined]
        if depth >= _DEEPEST:
            suspects.append((node, True))
        below = ir.children(node)
        if kind in _SPECIAL:
            if kind in _SUSPICIOUS:
                suspects.append((node, comprehension))
            if kind in _DEFINITIONS:
                self.definitions.append(node)
                below = here(node)
            comprehension = comprehension or kind in _COMPREHENSIONS
            found = kind in _YIELDS
        for inner in below:
            if self._survey(inner, suspects, comprehension, depth + 1):
                found = True
        if found:
            self._yielding.add(node)
        return found

    def require(self, *nodes: ir.Node, coroutine: bool = False, asynchronous: bool = False) -> None:
        """Raise `Unsupported` for the first construct in these nodes of the body that has no mediated form.

        `asynchronous`: `async with` and `async for` have one, since what they are about is looked at when they come to run.
        """
        for outer in nodes:
            for node, comprehension in self._suspects.get(outer, ()):
                if asynchronous and isinstance(node, (ir.AsyncWith, ir.AsyncFor)):
                    continue
                if self.pushed and isinstance(node, (ir.Yield, ir.YieldFrom)):
                    continue
                reason = _unsupported(node, comprehension, coroutine) if type(node) in _SUSPICIOUS else TOO_DEEP
                if reason is not None:
                    raise Unsupported(reason, node.span)

    def derived(self, node: ir.Node, make: Callable[[], ir.Node]) -> ir.Node:
        """A node that stands for a part of `node`, the same each time it is asked for."""
        found = self._derived.get(node)
        if found is None:
            found = self._derived[node] = make()
            if self._yielding:
                self._survey(found, [], False, 0)
        return found

    @property
    def generator(self) -> bool:
        """Whether the body is that of a generator."""
        return bool(self._yielding) and not self.pushed

    def pushes(self, node: ir.Node) -> bool:
        """Whether a `yield` in `node` is a call."""
        return self.pushed and node in self._yielding

    def yields(self, *nodes: ir.Node) -> bool:
        """Whether one of `nodes` contains a `yield`: then it cannot be a function of its own."""
        yielding = self._yielding
        return bool(yielding) and not self.pushed and any(node in yielding for node in nodes)

    def exits(self, *nodes: ir.Node) -> frozenset[str]:
        """How control may leave `nodes`, apart from their end and exceptions: `return`, `break`, `continue`."""
        found = NONE
        for node in nodes:
            known = self._exits.get(node)
            if known is None:
                known = self._exits[node] = self._exits_of(node)
            if known:
                found |= known
        return found

    def _exits_of(self, node: ir.Node) -> frozenset[str]:
        match node:
            case ir.Return():
                return _RETURN
            case ir.Break():
                return _BREAK
            case ir.Continue():
                return _CONTINUE
            case ir.If():
                return self.exits(*node.body, *node.orelse)
            case ir.For() | ir.AsyncFor() | ir.While():
                return (self.exits(*node.body) - _OF_LOOPS) | self.exits(*node.orelse)
            case ir.With() | ir.AsyncWith():
                return self.exits(*node.body)
            case ir.Try() | ir.TryStar():
                handlers = (statement for handler in node.handlers for statement in handler.body)
                return self.exits(*node.body, *handlers, *node.orelse, *node.finalbody)
            case ir.Match():
                return self.exits(*(statement for case in node.cases for statement in case.body))
        return NONE


def here(node: ir.Node) -> Iterator[ir.Node]:
    """What runs in the same scope, directly below `node`: of an inner function its decorators, defaults and annotations."""
    if isinstance(node, FUNCTIONS):
        yield from _definition(node)
    elif isinstance(node, ir.ClassDef):
        yield from node.decorator_list
        yield from node.bases
        yield from node.keywords
    else:
        yield from ir.children(node)


def _definition(node: ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda) -> Iterator[ir.Node]:
    arguments = node.args
    if not isinstance(node, ir.Lambda):
        yield from node.decorator_list
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            yield default
    for arg in (*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg):
        if arg is not None and arg.annotation is not None:
            yield arg.annotation
    if not isinstance(node, ir.Lambda) and node.returns is not None:
        yield node.returns


_DEFINITIONS = frozenset({*FUNCTIONS, ir.ClassDef})
_COMPREHENSIONS = frozenset(COMPREHENSIONS)
_YIELDS = frozenset({ir.Yield, ir.YieldFrom})
_SUSPICIOUS = _YIELDS | {
    ir.Call, ir.AsyncFor, ir.AsyncWith, ir.Comprehension, ir.GeneratorExp, ir.TypeAlias, ir.FunctionDef, ir.AsyncFunctionDef,
    ir.ClassDef,
}  # fmt: skip
_SPECIAL = _DEFINITIONS | _COMPREHENSIONS | _SUSPICIOUS


def _unsupported(node: ir.Node, comprehension: bool, coroutine: bool) -> str | None:
    match node:
        case ir.Call(func=ir.Name(id="super"), args=(), keywords=()) if comprehension and sys.version_info < (3, 12):
            return "`super()` in a comprehension"
        case ir.Call(func=ir.Name(id=name)) if name in _FRAME_READERS:
            return f"`{name}` reads the variables of the function"
        case ir.Call(func=ir.Name(id=name), args=(), keywords=()) if name in _FRAME_READERS_WITHOUT_ARGUMENTS:
            return f"`{name}()` reads the variables of the function"
        case ir.Call(func=ir.Name(id=name) | ir.Attribute(attr=name)) if name in _DEBUGGERS:
            return f"`{name}` stops in a debugger, which steps through plain code"
        case ir.AsyncFor():
            return "`async for`"
        case ir.AsyncWith():
            return "`async with`"
        case ir.Comprehension(is_async=1):
            return "an asynchronous comprehension"
        case ir.GeneratorExp() if any(isinstance(below, ir.Await) for below in _element_parts(node)):
            return "an asynchronous generator expression"
        case ir.Yield() | ir.YieldFrom() if coroutine:
            return "an asynchronous generator"
        case ir.TypeAlias():
            return "a type alias"
        case ir.FunctionDef() | ir.AsyncFunctionDef() | ir.ClassDef() if node.type_params:
            return "type parameters"
        case ir.ClassDef() if any(isinstance(below, (ir.Global, ir.Nonlocal)) for below in class_body(node)):
            return "`global` or `nonlocal` in a class body"
    return None


def _element_parts(node: ir.GeneratorExp) -> Iterator[ir.Node]:
    stack: list[ir.Node] = [node.elt]
    for number, clause in enumerate(node.generators):
        stack.extend(clause.ifs)
        if number:
            stack.append(clause.iter)
    while stack:
        below = stack.pop()
        yield below
        stack.extend(here(below))


def class_body(node: ir.ClassDef) -> Iterator[ir.Node]:
    """Everything that runs while the class is made: its body, without those of its methods."""
    stack: list[ir.Node] = list(reversed(node.body))
    while stack:
        below = stack.pop()
        yield below
        if isinstance(below, ir.ClassDef):
            stack.extend(below.body)
        stack.extend(here(below))


def simple(node: ir.Node | None) -> bool:
    """Whether evaluating `node` cannot park: a value computed before it may stay on the stack meanwhile."""
    if node is None or isinstance(node, (ir.Name, ir.Constant)):
        return True
    return isinstance(node, ir.Lambda) and not node.args.defaults and not any(node.args.kw_defaults)


def static(node: ir.Node) -> bool:
    """Whether Python computes it when compiling: constants of builtin types and arithmetic on them."""
    match node:
        case ir.Constant():
            return True
        case ir.UnaryOp(operand=operand):
            return static(operand)
        case ir.BinOp(left=left, right=right):
            return static(left) and static(right)
        case ir.Tuple(elts=elts):
            return all(static(item) for item in elts)
    return False


def below_here(node: ir.Node) -> Iterator[ir.Node]:
    """A node and everything in it that runs in the same function."""
    yield node
    if not isinstance(node, (*FUNCTIONS, ir.ClassDef)):
        for inner in ir.children(node):
            yield from below_here(inner)


def names(target: ir.Expression) -> set[str]:
    """All names in an expression."""
    return {node.id for node in ir.walk(target) if isinstance(node, ir.Name)}


def dotted(node: ir.Expression) -> str | None:
    """`a.b.c`, if the expression is nothing else."""
    if isinstance(node, ir.Name):
        return node.id
    if isinstance(node, ir.Attribute):
        owner = dotted(node.value)
        return None if owner is None else f"{owner}.{node.attr}"
    return None
