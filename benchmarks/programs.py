"""The cells with many concurrent calls, which two benchmarks run, and the same calls under `asyncio.gather`."""

from __future__ import annotations

import asyncio
from time import perf_counter

from poppy_nb import external
from poppy_nb.session import Session

from .figure import cell_seconds


PROGRAMS = {
    "comprehension": "result = [await call(i) for i in range(count)]",
    "append": "result = []\nfor i in range(count):\n    result.append(await call(i))",
    "pending if": "result = []\nfor i in range(count):\n    x = await call(i)\n    if x % 2:\n        result.append(x)",
}
LONGEST = 20.0  # seconds that a single run may be expected to take


@external
async def call(x: int) -> int:
    """An external call that takes no time, so that nothing hides what the engine costs."""
    await asyncio.sleep(0)
    return x


def under_engine(source: str, count: int, at_once: list[int] | None = None) -> float:
    """Seconds that `source` takes with `count` calls; adds to `at_once` how many were in flight at most."""
    namespace = {"call": call, "count": count}
    session = Session(namespace)
    seconds = cell_seconds(source, namespace, session)
    if at_once is not None and session.report is not None:
        at_once.append(session.report.most_at_once)
    return seconds


def under_gather(count: int) -> float:
    """Seconds that the same calls take in plain asyncio."""

    async def run() -> float:
        began = perf_counter()
        await asyncio.gather(*[call(i) for i in range(count)])
        return perf_counter() - began

    return asyncio.run(run())


def affordable(source: str, wanted: int, start: int = 100) -> tuple[int, float]:
    """The largest of `start` * 10 ** n up to `wanted` that is not expected to take too long, and its predecessor's seconds."""
    count = start
    while True:
        seconds = under_engine(source, count)
        if count >= wanted or seconds * 10 > LONGEST:
            return count, seconds
        count *= 10
        if count >= wanted:
            return wanted, seconds
