"""One mediated operation while an external call is in flight, over a load of its operands."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

from poppy_nb import external

from .figure import Figure, cell_seconds, interleaved


TURNS, COPIES = 80, 25  # 2,000 operations: well within the window
GOAL = 3.0
OPERATIONS = {
    "attribute": ("o.a", "o"),
    "subscript": ("d[0]", "d"),
    "+": ("n + 1", "n"),
    "append": ("r.append(1)", "r"),
    "call of a builtin": ("len(r)", "len; r"),
    "+ on a pending value": ("p + 1", "p"),
}


@external
async def call() -> int:
    """In flight until the walk is at its end: the loop gets no turn before."""
    await asyncio.sleep(0)
    return 1


def figures() -> Iterator[Figure]:
    """Differences between two cells that are the same but for the operation."""
    for name, (operation, operands) in OPERATIONS.items():
        with_it, without = interleaved(partial(_run, operation), partial(_run, operands), repetitions=15, seconds=6)
        total = TURNS * COPIES
        note = f"a load of its operands {without / total * 1e6:.1f}"
        yield Figure(f"operation in flight, {name}", (with_it - without) / total * 1e6, "us", GOAL, note)


def _run(statement: str) -> float:
    body = f"    {statement}\n" * COPIES
    # A plain assignment: names of modules are variables of the namespace, as in a notebook
    namespace: dict[str, Any] = {"call": call, "o": SimpleNamespace(a=1), "d": [1], "n": 1, "r": []}
    return cell_seconds(f"p = await call()\nfor _ in range({TURNS}):\n{body}", namespace)
