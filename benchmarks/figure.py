"""What all benchmarks share: a figure with its goal, repetitions that take turns, and runs of a cell."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from poppy_nb.session import Session


FILENAME = "<benchmark>"


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    measured: float
    unit: str
    goal: float | None = None  # at most so much
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None if there is none."""
        return None if self.goal is None else self.measured <= self.goal


def interleaved(*runs: Callable[[], float], repetitions: int = 5, seconds: float = 10.0) -> list[float]:
    """The medians of what `runs` return. They take turns, so that a slow moment of the machine meets all of them alike.

    After about `seconds` no further round is begun; the first one is always whole.
    """
    found: list[list[float]] = [[] for _ in runs]
    began = perf_counter()
    for _ in range(repetitions):
        for times, run in zip(found, runs, strict=True):
            gc.collect()
            times.append(run())
        if perf_counter() - began > seconds:
            break
    return [median(times) for times in found]


def cell_seconds(source: str, namespace: dict[str, Any], session: Session | None = None) -> float:
    """How long a cell takes under the engine, with no limit of calls in flight."""

    async def run() -> float:
        used = session if session is not None else Session(namespace)
        began = perf_counter()
        await used.run(source, FILENAME, limit=None)
        return perf_counter() - began

    return asyncio.run(run())


def plain_seconds(source: str, namespace: dict[str, Any], session: Session | None = None) -> float:
    """How long the same cell takes as plain Python."""

    async def run() -> float:
        used = session if session is not None else Session(namespace)
        began = perf_counter()
        await used.run_plainly(source, FILENAME)
        return perf_counter() - began

    return asyncio.run(run())
