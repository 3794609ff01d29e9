"""Cells that a reader who knows Python by heart would try: each `*.cells` file is a table of them, by what they attack.

A cell begins after a line `#==== name`; lines `# latencies: {...}`, `# time: 2`, `# orders: 50` and `# ---- cell` mean what they mean in
tests/regressions. A cell may say `# python: 3.12` if it needs that version.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.equivalence import check
from tests.regressions.test_regressions import load


HEADER = re.compile(r"^#==== (.+)$\n?", re.MULTILINE)


def cells() -> list[Any]:
    """All cells of all tables."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.cells")):
        start, *parts = HEADER.split(path.read_text())
        assert not start.strip("\n").replace("#", "").strip() or start.startswith("#"), f"{path.name}: a cell without a name"
        for name, source in zip(parts[::2], parts[1::2], strict=True):
            found.append(pytest.param(source, id=f"{path.stem}: {name}"))
    return found


def test_names_are_unique() -> None:
    """A name stands for one cell."""
    names = [cell.id for cell in cells()]
    assert len(names) == len(set(names))
    assert len(names) >= 150


@pytest.mark.engine
@pytest.mark.parametrize("source", cells())
def test_cell(source: str) -> None:
    """A cell means the same, in the ideal order and in some random ones."""
    needed = re.search(r"^# python: 3\.(\d+)$", source, re.MULTILINE)
    if needed and sys.version_info < (3, int(needed[1])):
        pytest.skip(f"needs Python 3.{needed[1]}")
    options = load(source)
    options.setdefault("orders", int(os.environ.get("POPPY_ORDERS", "6")))
    check(**options)
