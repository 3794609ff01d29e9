"""Memory of a loop over a million items with at most 64 calls in flight. Each size runs in a process of its own.

The largest is stopped when two minutes are over; the figure is then the peak up to there, and the note says how far it came.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .figure import Figure


SIZES = (1_000, 10_000, 1_000_000)
LONGEST = 120.0  # seconds, for all sizes together
GOAL = 100.0
CELL = "for item in range(count):\n    await call(item)"


def figures() -> Iterator[Figure]:
    """Megabytes over what the process had before the cell began."""
    left = LONGEST
    smallest = 0.0
    for size in SIZES:
        command = [sys.executable, "-m", "benchmarks.memory", str(size), str(left)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        megabytes, calls, seconds = json.loads(done.stdout.splitlines()[-1])
        left -= seconds
        smallest = smallest or megabytes
        note = f"{calls / max(seconds, 1e-9):,.0f} calls/s, {megabytes / max(smallest, 0.1):.1f} times the smallest"
        if calls < size:
            note = f"stopped after {calls:,} calls; {note}"
        yield Figure(f"memory, loop of {size:,}", megabytes, "MB", GOAL, note)
        if calls < size or left < 5:
            break


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike `ru_maxrss` it does not begin with the parent's
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


async def _child(count: int, longest: float) -> None:
    from time import perf_counter

    from poppy_nb import external
    from poppy_nb.session import Session

    calls = 0

    @external
    async def call(item: int) -> int:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0)
        return item

    def report(code: int = 0) -> None:
        print(json.dumps([_peak() - before, calls, perf_counter() - began]), flush=True)
        os._exit(code)

    namespace: dict[str, Any] = {"call": call, "count": 10}
    session = Session(namespace)
    await session.run(CELL, "<benchmark>", limit=64)
    namespace["count"] = count
    before, began, calls = _peak(), perf_counter(), 0
    timer = threading.Timer(longest, report)  # a thread: the walk may hold the loop
    timer.daemon = True
    timer.start()
    await session.run(CELL, "<benchmark>", limit=64)
    timer.cancel()
    report()


if __name__ == "__main__":
    asyncio.run(_child(int(sys.argv[1]), float(sys.argv[2])))
