"""Every combination means the same as in plain Python.

A run of the tests takes every 47th, `POPPY_MATRIX=5` those from the fifth on; `POPPY_MATRIX=all` takes all of about 10,000 (half an hour).
"""

from __future__ import annotations

import gc
import os

import pytest

from tests.equivalence import check
from tests.matrix.table import cells, program


STEP = 47  # prime, and no divisor of the number of actions: each of them is met in another place


def chosen() -> list[tuple[str, str, str]]:
    """The combinations of this run."""
    every = list(cells())
    wanted = os.environ.get("POPPY_MATRIX", "0")
    return every if wanted == "all" else every[int(wanted) % STEP :: STEP]


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a program that fails leaves its file open
@pytest.mark.parametrize("cell", chosen(), ids=" | ".join)
def test_cell(cell: tuple[str, str, str]) -> None:
    """The same namespace, output, calls and exception, in the ideal order and in some random ones."""
    try:
        check(program(*cell), orders=[] if cell[0] == "gather" else int(os.environ.get("POPPY_ORDERS", "3")))
    finally:
        if cell[1] == "file":
            gc.collect()  # here, where the warning is expected


def test_the_table() -> None:
    """All programs are programs, and no two are the same."""
    every = [program(*cell) for cell in cells()]
    for source in every:
        compile(source, "<cell>", "exec", flags=0x2000)  # PyCF_ALLOW_TOP_LEVEL_AWAIT
    assert len(set(every)) > 0.95 * len(every)  # some structures know no difference between ways to fail
    assert len(every) > 10_000
