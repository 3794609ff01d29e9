"""What `async with` and `async for` are about, by name: the runtime looks at it before it runs them in mediated form.

A manager may belong to the task that enters it (`asyncio.timeout`), and an asynchronous generator may have an end that is seen.
So these statements are mediated only if all that stands in them turns out to be something that is known not to do so; else they
run as plain Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from poppy_nb import ir
from poppy_nb.compiler.regions import Shape, below_here, dotted, names


Demand = tuple[str, tuple[str, ...]]  # "class" or "object" of a manager, or "generator", and its dotted name


def demands(nodes: Iterable[ir.Node], shape: Shape, is_global: Callable[[str], bool]) -> tuple[Demand, ...] | None:
    """What has to be known of the names in these statements; None if it cannot be told by names."""
    found: list[Demand] = []
    stored: set[str] = set()
    for node in nodes:
        for below in below_here(node):
            if isinstance(below, (ir.For, ir.AsyncFor)):
                stored.update(names(below.target))
            elif isinstance(below, ir.Assign):
                stored.update(name for target in below.targets for name in names(target))
            elif isinstance(below, (ir.AugAssign, ir.AnnAssign, ir.NamedExpr)):
                stored.update(names(below.target))
            if isinstance(below, ir.AsyncWith):
                for item in below.items:
                    called = isinstance(item.context_expr, ir.Call)
                    path = dotted(item.context_expr.func if isinstance(item.context_expr, ir.Call) else item.context_expr)
                    if path is None:
                        return None
                    found.append(("class" if called else "object", tuple(path.split("."))))
                    if item.optional_vars is not None:
                        stored.update(names(item.optional_vars))
            elif isinstance(below, ir.AsyncFor):
                path = dotted(below.iter.func) if isinstance(below.iter, ir.Call) else None
                if path is None or shape.exits(*below.body) & {"break", "return"}:
                    return None
                found.append(("generator", tuple(path.split("."))))
    heads = {path[0] for _, path in found}
    return tuple(found) if all(map(is_global, heads)) and not heads & stored else None
