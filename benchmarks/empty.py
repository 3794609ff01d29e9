"""An empty cell, over plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from poppy_nb.session import Session

from .figure import Figure, cell_seconds, interleaved, plain_seconds


def figures() -> Iterator[Figure]:
    """After a first cell, so that all modules are there."""
    namespace: dict[str, Any] = {}
    session = Session(namespace)
    cell_seconds("x = 1", namespace, session)
    engine, plain = interleaved(
        lambda: cell_seconds("", namespace, session), lambda: plain_seconds("", namespace, session), repetitions=25, seconds=5
    )
    yield Figure("an empty cell", (engine - plain) * 1e3, "ms", 5)
