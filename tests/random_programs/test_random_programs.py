"""Random programs mean the same under the engine; the generator and the shrinker do what they should."""

from __future__ import annotations

import ast
import os
from collections import Counter

import pytest

from tests.equivalence import Hang, Plain, Program, Task, execute, run
from tests.random_programs.campaign import Failure, Options, campaign, differs, examine, write
from tests.random_programs.generator import constructs, generate
from tests.random_programs.shrinker import shrink


COUNT = int(os.environ.get("POPPY_PROGRAMS", "500"))  # in every run of the tests
GROUP = 20  # programs per test
LEVELS = {1: 0.1, 2: 0.1, 3: 0.15, 4: 0.2, 5: 0.15, 6: 0.15, 7: 0.15}  # shares


# Differences that are not mended yet, see docs/status.md
KNOWN: dict[int, str] = {}


def groups() -> list[tuple[int, int, int]]:
    """Level, first seed and number of programs of each test."""
    made = []
    for level, share in LEVELS.items():
        count = round(COUNT * share)
        made += [(level, level * 1_000_000 + first, min(GROUP, count - first)) for first in range(0, count, GROUP)]
    return made


@pytest.mark.engine
@pytest.mark.parametrize(("level", "seed", "count"), groups())
def test_same_meaning(level: int, seed: int, count: int) -> None:
    """A group of programs; the first that differs is shown shrunk. One that is known to differ and does so no longer is told, too."""
    for k in range(seed, seed + count):
        result = examine(k, Options(level=level, orders=4, shrink_seconds=0 if k in KNOWN else 20))
        if k in KNOWN:
            assert result.failure is not None, f"seed {k} has no difference any more: {KNOWN[k]}"
        else:
            assert result.failure is None, f"seed {k}, level {level}\n{result.failure.message}"


def test_programs_are_the_same_every_time() -> None:
    """A seed makes one program."""
    for level in LEVELS:
        assert generate(7, level).source == generate(7, level).source
        assert generate(7, level).source != generate(8, level).source


@pytest.mark.parametrize("level", LEVELS)
def test_programs_run(level: int) -> None:
    """Nearly all end, most without raising; none is refused by the compiler, or raises what only a mistake of the generator can."""
    ends: Counter[str] = Counter()
    count = 150 if level < 6 else 50  # which are three times as long
    for seed in range(count):
        source = generate(seed, level).source
        try:
            plain = run(Program(source), Plain(3000))
        except Hang:
            ends["no end"] += 1
            continue
        ends[type(plain.exception).__name__] += 1
        assert not isinstance(plain.exception, (SyntaxError, TypeError, AttributeError)), f"{plain.exception!r}\n{source}"
    assert ends["no end"] <= count / 10
    assert ends["NoneType"] >= count / 2
    assert ends["NameError"] + ends["UnboundLocalError"] <= 3


def test_programs_mean_the_same_twice() -> None:
    """Plain Python against itself: no difference that the engine is not to blame for."""
    for seed in range(60):
        assert examine(seed, Options(orders=1, engine=honest, shrink_seconds=0)).failure is None


def test_every_construct_is_made() -> None:
    """Within a few hundred programs of the highest level."""
    used: Counter[str] = Counter()
    for seed in range(1500):
        used.update(generate(seed, 5).used)
    for level in (6, 7):
        for seed in range(150):
            used.update(generate(seed, level).used)
    assert [] == [name for name in constructs() if not used[name]]


def test_only() -> None:
    """A selection of constructs leaves out the others, but for those of level 1."""
    used = generate(3, 5, ["while", "continue"], 40).used
    known = constructs()
    assert {name for name in used if known.get(name, 1) > 1} <= {"while"}


def honest(task: Task) -> object:
    """An engine that runs the cell as plain Python does."""
    return execute(task.source, task.filename, task.namespace)


def loses_appends_in_handlers(task: Task) -> object:
    """An engine with a fault: an append in a handler is lost."""

    class Lose(ast.NodeTransformer):
        def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
            node.body = [
                s if ".append(" not in ast.unparse(s) or "\n" in ast.unparse(s) else ast.Expr(ast.Constant(0)) for s in node.body
            ]
            return node

    return execute(ast.unparse(ast.fix_missing_locations(Lose().visit(ast.parse(task.source)))), task.filename, task.namespace)


def test_a_fault_is_found_and_shrunk() -> None:
    """A fault in an engine is found within some hundred programs and shrunk to a few lines."""
    options = Options(level=3, orders=0, engine=loses_appends_in_handlers, shrink_seconds=60)
    failure = next(r.failure for r in (examine(seed, options) for seed in range(400)) if r.failure is not None)
    assert failure.kind == "namespace"
    assert differs(failure.shrunk, options, []) is not None
    assert "except" in failure.shrunk
    assert len(failure.shrunk.splitlines()) <= 8, failure.shrunk


@pytest.mark.parametrize(("source", "needle", "shrunk"), [
    ("a = 1\nb = f(2)\nfor x in [1, 2]:\n    if x:\n        b = g(b, 3)\n    else:\n        h(1)\n", "g(", "g()\n"),
    ("try:\n    a = 1\nexcept E as e:\n    c = {1: [x for x in f(1)]}\nfinally:\n    d = 2\n", "for x in", "[x for x in 1]\n"),
    ("def q(a, b=1):\n    with c(a) as d, e:\n        return [1, 2, d.z]\n", "d.z", "d.z\n"),
])  # fmt: skip
def test_shrink(source: str, needle: str, shrunk: str) -> None:
    """What does not matter goes: statements, blocks, parts, wholes."""
    result = shrink(source, lambda text: needle in text, 10)
    assert needle in result
    assert len(result) <= len(shrunk) + (30 if "def" in result else 0)


def test_campaign_survives_its_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies is reported with the program that it was at, and the rest is still run."""

    def dies(task: Task) -> object:
        if task.program.source == generate(3, 1).source:
            os._exit(1)
        return honest(task)

    results = list(campaign(range(6), Options(level=1, orders=0, engine=dies), jobs=2))
    assert sorted(r.seed for r in results) == list(range(6))
    assert [(r.seed, r.failure.kind) for r in results if r.failure] == [(3, "the process died")]


def test_failures_are_written(tmp_path: os.PathLike[str]) -> None:
    """A file for tests/regressions: a header, then the cell."""
    from pathlib import Path

    path = write(Failure(5, "a = 1\n", "namespace", "", "a = 2\n"), Options(level=2), Path(tmp_path))
    assert path.name == "namespace_2_5.py"
    assert path.read_text() == '"""namespace (found by random program 5 of level 2)"""\n\na = 2\n'
