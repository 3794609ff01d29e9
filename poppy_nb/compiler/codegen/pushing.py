"""The pushed form of a generator: an ordinary function in which `yield v` does with `v` what its loop would do.

    def rows(path):                       def rows(path):
        with open(path) as fh:                with open(path) as fh:
            for line in fh:         =>            for line in fh:
                yield line                            push(line)

Whoever loops over all items of such a generator has it run in this form: the body of the loop is run where the item is yielded,
so that the generator is a part of the program like any other, and parks and is walked past like one.
"""

from __future__ import annotations

from poppy_nb import ir
from poppy_nb.compiler.regions import Shape, below_here
from poppy_nb.errors import Unsupported


_STOPPING = frozenset({"BaseException", "GeneratorExit"})
_BLOCKS = (ir.If, ir.Try, ir.TryStar, ir.With, ir.Match, ir.While)


def require(node: ir.Node, shape: Shape) -> None:
    """Raise `Unsupported` if a handler could take the end of the generator for a failure of its own, or overrule it."""
    for below in below_here(node):
        if isinstance(below, (ir.Try, ir.TryStar)) and _yields(below):
            if shape.exits(*below.finalbody) or any(_yields(statement) for statement in below.finalbody):
                raise Unsupported("a jump or `yield` in a `finally` around a `yield`", below.span)
            for handler in below.handlers:
                if handler.type is None or any(
                    not isinstance(part, (ir.Name, ir.Attribute, ir.Tuple))
                    or isinstance(part, (ir.Name, ir.Attribute))
                    and _name(part) in _STOPPING
                    for part in ir.walk(handler.type)
                ):
                    raise Unsupported("a handler of `GeneratorExit` around a `yield`", handler.span)


def worth(node: ir.FunctionDef | ir.AsyncFunctionDef) -> bool:
    """Whether stepping the generator could wait: it yields in a block, or steps another generator."""
    return any(
        isinstance(below, _BLOCKS)
        and _yields(below)
        or isinstance(below, ir.For)
        and isinstance(below.iter, ir.Call)
        and _yields(below)
        or isinstance(below, ir.YieldFrom)
        for statement in node.body
        for below in below_here(statement)
    )


def quiet(node: ir.FunctionDef | ir.AsyncFunctionDef) -> bool:
    """Whether nobody sees when the generator is closed: files apart, nothing of its own happens then."""
    return all(_quiet(below) for statement in node.body for below in below_here(statement) if _yields(below))


def _quiet(node: ir.Node) -> bool:
    if isinstance(node, (ir.Try, ir.TryStar, ir.AsyncWith, ir.AsyncFor)):
        return False
    if isinstance(node, ir.With):
        return all(isinstance(item.context_expr, ir.Call) and _callee(item.context_expr) == "open" for item in node.items)
    if isinstance(node, (ir.For, ir.YieldFrom)):
        source = node.iter if isinstance(node, ir.For) else node.value
        calls = [part for part in ir.walk(source) if isinstance(part, ir.Call)]
        return all(isinstance(call.func, ir.Attribute) or _callee(call) in _ITERABLES for call in calls)
    return True


_ITERABLES = frozenset({"range", "len", "enumerate", "zip", "sorted", "list", "reversed", "open", "iter", "str", "int"})


def _callee(node: ir.Call) -> str:
    return _name(node.func) if isinstance(node.func, (ir.Name, ir.Attribute)) else ""


def _name(node: ir.Name | ir.Attribute) -> str:
    return node.id if isinstance(node, ir.Name) else node.attr


def _yields(node: ir.Node) -> bool:
    return any(isinstance(below, (ir.Yield, ir.YieldFrom)) for below in below_here(node))
