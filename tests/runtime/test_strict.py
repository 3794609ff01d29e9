"""`--strict`: a program for which an assumption of the contract is false means the same as in plain Python."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.equivalence import Different, Task, check


LIBRARY = """
import types
lib = types.ModuleType("lib")
exec("state = {'n': 0, 'seen': None}\\ndef set_(n): state['n'] = n\\ndef keep(x): state['seen'] = x\\n"
     "def push(): state['seen'].append(1)\\ndef get(): return state['n']", lib.__dict__)
"""

# Assumption: a program that it is false of, and what was run before.
FALSE: dict[str, tuple[str, str]] = {
    "A1, an operator of a result has an effect": ("a = make(1) + 1\nlog.append('after')\nb = make(2).shown\nlog.append('end')", """
log = []
class R:
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        log.append(self.x)
        return self.x
    @property
    def shown(self):
        log.append("shown")
        return 1
import types
made = types.SimpleNamespace(of=R)  # of which it is not seen what make() may call
@external
def make(x):
    record("make", x)
    return made.of(x)
"""),
    "A2, an external changes its argument": ("xs = [1]\nfill(xs)\nn = len(xs)\nfill(xs)\nf(xs)", """
@external
def fill(xs):
    record("fill", len(xs))
    xs.append(len(xs))
"""),
    "A3, a library changes what it was handed before": (
        "xs = []\nlib.keep(xs)\nif ok(2):\n    lib.push()\nn = len(xs)", LIBRARY),
    "A4, times of iterations": (
        "import time\nts = []\nfor x in range(3):\n    f(x)\n    ts.append(time.perf_counter())", ""),
    "A5, an iterator that is held": (
        "it = enumerate([1, 2, 3, 4])\ntry:\n    for _, a in it:\n        fail(a)\nexcept ValueError:\n    pass\nrest = list(it)", ""),
    "A6, an external depends on unknown code": ("if ok(2):\n    lib.set_(5)\nr = read(1)", LIBRARY + """
@external(reads_state=False)
def read(x):
    record("read", x)
    return lib.get()
"""),
    "A8, two results are the same object": ("a, b = same(1), same(2)\na.append(1)\nn = len(b)\nb.append(2)\nm = len(a)", """
kept = []
@external(reads_state=False)
def same(x):
    record("same", x)
    return kept
"""),
}  # fmt: skip


def strict(task: Task) -> object:
    """The engine with `--strict`."""
    from poppy_nb.runtime.virtual import VirtualDriver
    from poppy_nb.session import Session

    options: dict[str, Any] = {"latency": task.order.latency(task.program), "when": task.order.when}
    if task.order.choices is not None:
        options["choose"] = task.order.choose
    driver = VirtualDriver(**options)
    task.now = lambda: driver.time
    session = Session(task.namespace, driver=driver, check=True)
    return asyncio.run(session.run(task.source, task.filename, limit=64, strict=True)).value


@pytest.mark.engine
@pytest.mark.parametrize("which", FALSE)
def test_right_without_the_assumption(which: str) -> None:
    """The same as plain Python with `--strict`."""
    source, setup = FALSE[which]
    check(source, setup=setup, engine=strict, orders=0 if which.startswith("A4") else "all")  # other orders have other times


@pytest.mark.engine
@pytest.mark.parametrize("which", FALSE)
def test_the_assumption_is_made(which: str) -> None:
    """Without `--strict` the program differs: it is one that the assumption is about."""
    source, setup = FALSE[which]
    with pytest.raises(Different):
        check(source, setup=setup, orders="all")


@pytest.mark.engine
def test_strict_still_overlaps() -> None:
    """Calls with plain arguments whose answers nobody touches."""
    check("for x in range(4):\n    f(x)", engine=strict, orders=2, expect_time=1)
