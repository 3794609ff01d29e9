"""Programs that print, as people write them, with a random part of their values turned into answers of external calls: the same output.

`POPPY_SEEDS` says for how many choices of what is pending each is run: one by default, and not the same kind for every program. More, and
of more kinds: `python tests/programs/test_programs.py 20 [NAME ...]`. A program is one cell.
"""

from __future__ import annotations

import ast
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

from tests.equivalence import Plain, Program, check, run
from tests.equivalence.pending import NAME, pending, poppy_test_later


FILES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith(("test_", "__")))
SEEDS = int(os.environ.get("POPPY_SEEDS", "1"))
SHARES = ((0.15, 0.0), (0.4, 0.0), (0.1, 0.1))  # of the constants, of other expressions
MORE = (*SHARES, (0.05, 0.0), (0.25, 0.05), (1.0, 0.0), (0.0, 0.2), (0.6, 0.3))
ENOUGH = 200


def made(path: Path, seed: int, shares: tuple[tuple[float, float], ...] = SHARES) -> str:
    """The program with a choice of what is pending, which depends on its name and the seed."""
    text = path.read_text()
    kind = zlib.crc32(path.stem.encode()) + seed
    return next(
        source for more in range(100) if NAME in (source := pending(text, kind % 100_000 + 100_000 * more, *shares[kind % len(shares)]))
    )


@pytest.mark.engine
@pytest.mark.timeout(700)  # a cached function that is called by itself with pending arguments is slow: knapsack, 15 s on a quiet machine
@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_program(path: Path, seed: int) -> None:
    """The same output, namespace, exceptions; no call more or less."""
    check(made(path, seed), externals={NAME: poppy_test_later}, orders=1, seconds=200)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_program_says_what_it_is_and_prints(path: Path) -> None:
    """Each has a docstring, prints something, and does so without what the tests add."""
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text))
    done = run(Program(text), Plain())
    assert done.exception is None
    assert sum(text.count("\n") for name, text in done.streams() if name == "stdout") > 1


def test_there_are_enough() -> None:
    """Each of its own kind."""
    assert len(FILES) >= ENOUGH


def test_pending_keeps_the_program() -> None:
    """Lines stay where they are; what is syntax is left alone."""
    source = '"""doc"""\nx: "int" = 1 if True else(2)\nmatch x:\n    case 1: print(f"{x} {1}", "a" "b")\n'
    made = pending(source, 0, 1.0, 1.0)
    assert made.count("\n") == source.count("\n")
    assert made.startswith('"""doc"""\nx: "int" =')
    assert f'print(f"{{x}} {{1}}", {NAME}("a" "b"))' in made
    assert ast.parse(made)


def main(seeds: int, names: list[str]) -> int:
    """Run every program (or those named) with that many choices of each kind; the number of those that differ."""
    different = 0
    for path in FILES:
        for seed in range(seeds) if not names or path.stem in names else ():
            begun = time.perf_counter()
            try:
                check(made(path, seed, MORE), externals={NAME: poppy_test_later}, orders=1, seconds=200)
                told = ""
            except AssertionError as error:
                different += 1
                told = f"\n{error}"
            print(f"{path.stem} {seed} {time.perf_counter() - begun:.1f} s{told}", flush=True)
    return different


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]) > 0)
