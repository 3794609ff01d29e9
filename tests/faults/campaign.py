"""Looks for a program that finds a fault: it differs with the fault and does not without."""

from __future__ import annotations

import pytest

from tests.equivalence import Different, NotAProgram, check, random_orders
from tests.faults.faults import FAULTS
from tests.random_programs.generator import generate


FIRST = 7_000_000
LEVEL = 4
STEPS = 2000
SECONDS = 20.0


def differs(seed: int, level: int = LEVEL) -> bool:
    """Whether the program of a seed has another meaning under the engine, in its ideal order or two others."""
    source = generate(seed, level, (), 25).source
    try:
        check(source, orders=random_orders(2, seed), steps=STEPS, seconds=SECONDS)
    except Different:
        return True
    except NotAProgram:
        return False
    return False


def finds(seed: int, name: str, level: int = LEVEL) -> bool:
    """Whether the program of a seed differs with the fault, and not without it."""
    with pytest.MonkeyPatch.context() as patch:
        FAULTS[name](patch)
        different = differs(seed, level)
    return different and not differs(seed, level)


def first_that_finds(name: str, first: int, count: int, level: int = LEVEL) -> int | None:
    """The seed of the first program that finds a fault."""
    return next((seed for seed in range(first, first + count) if finds(seed, name, level)), None)
