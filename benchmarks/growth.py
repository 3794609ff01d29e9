"""How the cost of a call grows with the number of calls: it should not."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from .figure import Figure
from .programs import LONGEST, PROGRAMS, under_engine


SIZES = (100, 1_000, 10_000)
GOAL = 1.5


def figures() -> Iterator[Figure]:
    """The cost of a call in the largest run over that in the smallest."""
    under_engine(PROGRAMS["append"], 10)
    for name, source in PROGRAMS.items():
        costs: dict[int, float] = {}
        seconds = 0.0
        for size in SIZES:
            if seconds * 10 > LONGEST:
                break
            seconds = median(under_engine(source, size) for _ in range(5 if seconds < 0.1 else 3 if seconds < 1 else 1))
            costs[size] = seconds / size * 1e6
        note = ", ".join(f"{size:,}: {cost:.0f} us/call" for size, cost in costs.items())
        yield Figure(f"growth, {name}", costs[max(costs)] / costs[min(costs)], "x", GOAL, note)
