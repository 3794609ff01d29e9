"""10,000 concurrent `async` external calls without a limit: microseconds a call over `asyncio.gather`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from .figure import Figure, interleaved
from .programs import PROGRAMS, affordable, under_engine, under_gather


COUNT = 10_000
GOAL = 20.0


def figures() -> Iterator[Figure]:
    """A comprehension, a loop that appends, and a loop whose `if` is pending."""
    for name, source in PROGRAMS.items():
        at_once: list[int] = []
        count, _ = affordable(source, COUNT)
        engine, plain = interleaved(partial(under_engine, source, count, at_once), partial(under_gather, count), seconds=12)
        note = f"{count:,} calls, {max(at_once):,} at once; gather alone {plain / count * 1e6:.0f}"
        if count < COUNT:
            note += f"; {COUNT:,} would take too long"
        yield Figure(f"calls over gather, {name}", (engine - plain) / count * 1e6, "us/call", GOAL, note)
