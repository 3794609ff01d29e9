"""Random programs are stopped at many places: what they then change was claimed, and what they then use was claimed.

`POPPY_FOOTPRINT_SEEDS=0:5000 pytest tests/footprint/test_soundness.py` runs more of them.
"""

from __future__ import annotations

import os
import random

import pytest

from .parked import Run, Violation
from .poison import check
from .programs import make


FIRST, _, LAST = os.environ.get("POPPY_FOOTPRINT_SEEDS", "0:60").partition(":")
SEEDS = range(int(FIRST), int(LAST))


def program(seed: int) -> str:
    """A random program that Python can compile."""
    setup, body = make(seed)
    try:
        compile(body, "", "exec")
    except SyntaxError:
        pytest.skip("not a program")
    return setup + body


@pytest.mark.parametrize("seed", SEEDS)
def test_changes_are_claimed(seed: int) -> None:
    """At every park of a random program."""
    run = Run(program(seed), random.Random(seed).randrange)
    run.run()
    assert run.parked == 0 or len(run.everything) < run.parked or run.parked < 10


@pytest.mark.parametrize("seed", SEEDS)
def test_reads_are_claimed(seed: int) -> None:
    """At three parks of a random program, what is not claimed is spoilt."""
    check(program(seed), sorted(random.Random(seed).sample(range(1, 14), 3)))


def test_the_check_finds_missing_claims() -> None:
    """The test tests: with a claim taken out, both checks fail."""
    source = "a = []\nb = [1]\ndef f():\n    CELLS\n    PARK()\n    a.append(b[0])\nf()\n"

    class Forgetful(Run):
        def footprint_of(self, *args: object) -> None:
            super().footprint_of(*args)  # type: ignore[arg-type]
            for record in self.records:
                record.claims.modes.pop(id(self.namespace["a"]), None)

    with pytest.raises(Violation, match="list a changed"):
        Forgetful(source, lambda n: 0).run()
