"""What `async with` and `async for` are about, by name: the runtime looks at it before it runs them in mediated form.

A manager may belong to the task that enters it (`asyncio.timeout`), and an asynchronous generator may have an end that is seen.
So these statements are mediated only if all that stands in them turns out to be something that is known not to do so; else they
run as plain Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from poppy_nb import ir
from poppy_nb.compiler.regions import Shape
from poppy_nb.scopes import FUNCTIONS


Demand = tuple[str, tuple[str, ...]]  # "class" or "object" of a manager, or "generator", and its dotted name


def demands(nodes: Iterable[ir.Node], shape: Shape, is_global: Callable[[str], bool]) -> tuple[Demand, ...] | None:
    """What has to be known of the names in these statements; None if it cannot be told by names."""
    found: list[Demand] = []
    stored: set[str] = set()
    for node in nodes:
        for below in _below(node):
            if isinstance(below, (ir.For, ir.AsyncFor)):
                stored.update(_names(below.target))
            elif isinstance(below, ir.Assign):
                stored.update(name for target in below.targets for name in _names(target))
            elif isinstance(below, (ir.AugAssign, ir.AnnAssign, ir.NamedExpr)):
                stored.update(_names(below.target))
            if isinstance(below, ir.AsyncWith):
                for item in below.items:
                    called = isinstance(item.context_expr, ir.Call)
                    path = _dotted(item.context_expr.func if isinstance(item.context_expr, ir.Call) else item.context_expr)
                    if path is None:
                        return None
                    found.append(("class" if called else "object", path))
                    if item.optional_vars is not None:
                        stored.update(_names(item.optional_vars))
            elif isinstance(below, ir.AsyncFor):
                path = _dotted(below.iter.func) if isinstance(below.iter, ir.Call) else None
                if path is None or shape.exits(*below.body) & {"break", "return"}:
                    return None
                found.append(("generator", path))
    heads = {path[0] for _, path in found}
    return tuple(found) if all(map(is_global, heads)) and not heads & stored else None


def _names(target: ir.Expression) -> set[str]:
    return {node.id for node in ir.walk(target) if isinstance(node, ir.Name)}


def _dotted(node: ir.Expression) -> tuple[str, ...] | None:
    if isinstance(node, ir.Name):
        return (node.id,)
    if isinstance(node, ir.Attribute):
        owner = _dotted(node.value)
        return None if owner is None else (*owner, node.attr)
    return None


def _below(node: ir.Node) -> Iterator[ir.Node]:
    yield node
    if not isinstance(node, (*FUNCTIONS, ir.ClassDef)):
        for inner in ir.children(node):
            yield from _below(inner)
