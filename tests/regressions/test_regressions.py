"""Every cell that was once wrong: each `*.py` here is a program that must mean the same under the engine.

A file is a docstring that says what it shows, then the cell. Before the cell there may be an earlier cell, closed by a line `# ---- cell`,
and lines `# latencies: {...}`, `# time: 2` (the makespan), `# orders: 50` and `# seconds: 60` (of waiting, for what is slow).
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.equivalence import check


FILES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith(("test_", "__")))
SEPARATOR = re.compile(r"^# -+ cell *$\n?", re.MULTILINE)


def load(text: str) -> dict[str, Any]:
    """The arguments of `check` for a file."""
    options: dict[str, Any] = {}
    for name, argument in (("latencies", "latencies"), ("time", "expect_time"), ("orders", "orders"), ("seconds", "seconds")):
        if match := re.search(rf"^# {name}: (.*)$", text, re.MULTILINE):
            options[argument] = ast.literal_eval(match[1])
    setup, separator, cell = SEPARATOR.split(text, 1)[0], SEPARATOR.search(text), SEPARATOR.split(text, 1)[-1]
    return {"source": cell, "setup": setup if separator else "", **options}


@pytest.mark.engine
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_regression(path: Path) -> None:
    """The cell of a file."""
    check(**load(path.read_text()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_has_a_header(path: Path) -> None:
    """A file begins with a docstring that says what it shows."""
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_load() -> None:
    """The parts of a file."""
    text = '"""Shows."""\n# latencies: {"f": 2}\n# time: 2\n\ndef ask(x): return f(x)\n# ---- cell\na = ask(1)\n'
    loaded = load(text)
    assert (loaded["source"], loaded["latencies"], loaded["expect_time"]) == ("a = ask(1)\n", {"f": 2}, 2)
    assert "def ask" in loaded["setup"]
    assert load('"""Shows."""\na = 1\n') == {"source": '"""Shows."""\na = 1\n', "setup": ""}
