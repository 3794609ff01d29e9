"""Loading: `%load_ext poppy_nb` in a fresh process where IPython runs already, and the engine that the first cell imports."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from .figure import Figure


PROGRAM = """
import asyncio, json, sys
from time import perf_counter
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
began = perf_counter()
shell.run_line_magic("load_ext", "poppy_nb")
loaded = perf_counter()
import poppy_nb.session
print(json.dumps([loaded - began, perf_counter() - loaded]))
"""


def figures() -> Iterator[Figure]:
    """The start of Python and of IPython is not in it."""
    times = [_times() for _ in range(7)]
    load, engine = (median(column) for column in zip(*times, strict=True))
    yield Figure("load, %load_ext", load * 1e3, "ms", 300)
    yield Figure("load, with the engine", (load + engine) * 1e3, "ms", 300, "the first cell imports it")


def _times() -> list[float]:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found
