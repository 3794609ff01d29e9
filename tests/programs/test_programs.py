"""Programs that print, as people write them, with a random part of their values turned into answers of external calls: the same output.

`POPPY_SEEDS` says for how many choices of what is pending each is run: one by default, and not the same kind for every program;
`python -m tests.programs.test_programs [NAME ...]` runs many. A program is one cell.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.equivalence import check
from tests.equivalence.compare import Different
from tests.equivalence.pending import NAME, pending, poppy_test_later


FILES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith(("test_", "__")))
SEEDS = int(os.environ.get("POPPY_SEEDS", "1"))
SHARES = ((0.15, 0.0), (0.4, 0.0), (0.1, 0.1))  # of the constants, of other expressions
ENOUGH = 40
# (program, seed): what is said of its difference. Whoever mends one takes it off the list.
KNOWN: dict[tuple[str, int], str] = {}


def choices(seed: int) -> tuple[float, float]:
    return SHARES[seed % len(SHARES)]


@pytest.mark.engine
@pytest.mark.timeout(700)  # a cached function that is called by itself with pending arguments is slow: knapsack, 15 s on a quiet machine
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_program(path: Path, seed: int) -> None:
    """The same output, namespace, exceptions; no call more or less."""
    text = path.read_text()
    known = KNOWN.get((path.stem, seed))
    seed += FILES.index(path)
    source = next(made for more in range(100) if NAME in (made := pending(text, seed + 100 * more, *choices(seed))))
    with nullcontext() if known is None else pytest.raises(Different, match=re.escape(known)):
        check(source, externals={NAME: poppy_test_later}, orders=1, seconds=200)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_program_says_what_it_is_and_prints(path: Path) -> None:
    """Each has a docstring, prints something, and does so without what the tests add."""
    assert ast.get_docstring(ast.parse(path.read_text()))
    done = subprocess.run([sys.executable, "-X", "utf8", str(path)], capture_output=True, text=True, check=True, encoding="utf-8")
    assert len(done.stdout.splitlines()) > 1


def test_there_are_enough() -> None:
    """Two hundred runs, from programs that differ."""
    assert len(FILES) >= ENOUGH


def test_pending_keeps_the_program() -> None:
    """Lines stay where they are; what is syntax is left alone."""
    source = '"""doc"""\nx: "int" = 1 if True else(2)\nmatch x:\n    case 1: print(f"{x} {1}", "a" "b")\n'
    made = pending(source, 0, 1.0, 1.0)
    assert made.count("\n") == source.count("\n")
    assert made.startswith('"""doc"""\nx: "int" =')
    assert f'print(f"{{x}} {{1}}", {NAME}("a" "b"))' in made
    assert ast.parse(made)
