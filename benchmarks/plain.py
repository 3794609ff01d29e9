"""Cells that reach no external call, against plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poppy_nb.session import Session

from .figure import Figure, cell_seconds, interleaved, plain_seconds


WORK = """
def work(n):
    words = {}
    total = 0
    for i in range(n):
        key = str(i % 97)
        words[key] = words.get(key, 0) + i
        if i % 3:
            total += len(key) * i
    return total, words
"""
PROVABLE = "total, words = work(20_000)"
# Which function is called is known only when it is called
UNKNOWN = "done = [handler(20_000) for handler in list(handlers.values())]"


def figures() -> Iterator[Figure]:
    """Ratios of the second and later runs, so that compiling is not in them."""
    yield _figure("no external, provably", PROVABLE, 1.1)
    yield _figure("no external, not known", UNKNOWN, 2.0)


def _figure(name: str, source: str, goal: float) -> Figure:
    namespace: dict[str, Any] = {}
    session = Session(namespace)
    cell_seconds(WORK + "\nhandlers = {'work': work}", namespace, session)
    small = source.replace("20_000", "20")
    cell_seconds(small, namespace, session)
    engine, plain = interleaved(
        lambda: cell_seconds(source, namespace, session),
        lambda: plain_seconds(source, namespace, session),
        repetitions=7,
        seconds=8,
    )
    return Figure(name, engine / plain, "x", goal, f"plain {plain * 1e3:.1f} ms, engine {engine * 1e3:.1f} ms")
