"""Programs that print, as people write them, with a random part of their values turned into answers of external calls: the same output.

`POPPY_SEEDS` says for how many choices of what is pending each is run: one by default, and not the same kind for every program. A
program is one cell.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.equivalence import check
from tests.equivalence.compare import Different
from tests.equivalence.pending import NAME, pending, poppy_test_later


FILES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith(("test_", "__")))
SEEDS = int(os.environ.get("POPPY_SEEDS", "1"))
SHARES = ((0.15, 0.0), (0.4, 0.0), (0.1, 0.1))  # of the constants, of other expressions
ENOUGH = 40
CLAIM = "a claim is missing: "
KNOWN = {
    "enums": CLAIM + "the members that a chained comparison names",
    "fizz": CLAIM + "the value of a conditional expression that `print` is given",
    "knapsack": CLAIM + "answers of a recursion under an `lru_cache`",
    "maze": CLAIM + "the target of an outer clause, in a condition of a generator expression",
    "observers": CLAIM + "an attribute of what a pending dict may hold",
    "stack_machine": "a class pattern on objects of a library, in a parked recursion: a value is waited for that never comes",
    "templates": CLAIM + "a recursion that is given an iterator",
    "tic_tac_toe": "placeholders stay in the shadow of an `lru_cache` that was called with pending keys",
    "tree": CLAIM + "local variables of a generator that delegates",
}


def choices(seed: int) -> tuple[float, float]:
    return SHARES[seed % len(SHARES)]


@pytest.mark.engine
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_program(path: Path, seed: int) -> None:
    """The same output, namespace, exceptions; no call more or less."""
    text = path.read_text()
    seed += FILES.index(path)
    source = next(made for more in range(100) if NAME in (made := pending(text, seed + 100 * more, *choices(seed))))
    try:
        check(source, externals={NAME: poppy_test_later}, orders=1, seconds=60)
    except Different:
        if path.stem not in KNOWN:
            raise
        pytest.xfail(KNOWN[path.stem])


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
