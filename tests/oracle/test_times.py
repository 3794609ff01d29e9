"""The makespan of random programs is that of the oracle: no parallelism is lost, and no call starts before it may.

`python -m tests.oracle.test_times 0 1000` lists the programs that take another time.
"""

from __future__ import annotations

import os
import sys

import pytest

from tests.equivalence import Plain, Program, poppy, run
from tests.oracle.critical import critical_path
from tests.oracle.programs import program


COUNT = int(os.environ.get("POPPY_TIMES", "160"))
LATENCIES = {"f": 1.0, "g": 2.0, "num": 1.0, "ok": 1.0, "lst": 3.0, "fail": 1.0}

# Slower than the oracle, with the reason.
_ALIASES = "a text that a parked branch may store is taken for the list that it also changes: a variable's value could be either"
SLOWER = {117: _ALIASES}


def times(seed: int) -> tuple[float, float] | None:
    """The oracle's and the engine's makespan; None if the program raises."""
    source = program(seed)
    if run(Program(source), Plain()).exception is not None:
        return None
    under = run(Program(source, latencies=LATENCIES), poppy)
    assert under.exception is None, source
    return critical_path(source, LATENCIES), under.time


@pytest.mark.engine
@pytest.mark.parametrize("first", range(0, COUNT, 20))
def test_times(first: int) -> None:
    """Twenty programs."""
    for seed in range(first, min(first + 20, COUNT)):
        found = times(seed)
        if found is not None:
            ideal, actual = found
            assert actual >= ideal, f"seed {seed}: a call starts before it may\n{program(seed)}"
            assert (actual > ideal) is (seed in SLOWER), f"seed {seed}: {actual} instead of {ideal}\n{program(seed)}"


@pytest.mark.parametrize(
    ("source", "ideal"),
    [
        ("a = f(1)\nb = g(2)\nc = f(a, b)", 3.0),
        ("out = []\nfor x in range(3):\n    if ok(x):\n        out.append(g(x))\nr = f(out)", 4.0),
        ("for x in range(3):\n    if ok(x + 1):\n        break\ng(1)", 2.0),
        ("xs = []\nif ok(1):\n    xs.append(1)\nf(xs)\ng(2)", 2.0),
        ("try:\n    a = fail(2)\nexcept ValueError:\n    a = g(1)\nf(a)", 4.0),
        ("zs = [g(y) for y in lst(1)]\nf(zs[0])\nf(7)", 6.0),
    ],
)
def test_the_oracle(source: str, ideal: float) -> None:
    """Critical paths found by hand."""
    assert critical_path(source, LATENCIES) == ideal


def main() -> None:
    """List the programs that take another time."""
    first, last = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, last):
        found = times(seed)
        if found is not None and found[0] != found[1]:
            print(f"seed {seed}: the oracle says {found[0]}, the engine takes {found[1]}", flush=True)


if __name__ == "__main__":
    main()
