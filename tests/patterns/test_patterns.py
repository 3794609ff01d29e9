"""Every pattern has the meaning of plain Python in every order, and takes exactly its ideal time where that is promised."""

from __future__ import annotations

import importlib.util
import itertools

import pytest

from tests.equivalence import Different, Plain, Program, check, run
from tests.patterns import rows_01_07, rows_08_16, rows_17_26, rows_27_40, rows_41_53, rows_54
from tests.patterns.known import DIFFERENT, SLOWER
from tests.patterns.pattern import Pattern


PATTERNS: list[Pattern] = [
    *rows_01_07.PATTERNS,
    *rows_08_16.PATTERNS,
    *rows_17_26.PATTERNS,
    *rows_27_40.PATTERNS,
    *rows_41_53.PATTERNS,
    *rows_54.PATTERNS,
]
EXACT_TIMES = {*range(1, 32), 33, 35, 36, 37, 41, 42, 46, 49, 50, 52, 54}  # rows


def present(pattern: Pattern) -> None:
    """Skip where a package is missing that the pattern is about."""
    for package in pattern.needs:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")


@pytest.mark.engine
@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_pattern(pattern: Pattern, request: pytest.FixtureRequest) -> None:
    """Meaning, makespan, and the times at which lines appear."""
    present(pattern)
    if str(pattern) in DIFFERENT:
        request.applymarker(pytest.mark.xfail(reason=DIFFERENT[str(pattern)], strict=True))
    exact = pattern.row in EXACT_TIMES and not pattern.beyond and str(pattern) not in SLOWER
    check(
        pattern.source,
        setup=pattern.setup,
        latencies=pattern.latencies,
        orders=pattern.orders,
        expect_time=pattern.ideal if exact else None,
        shown=pattern.shown if exact else None,
        ignore=pattern.ignore,
        verify=pattern.verify,
    )


@pytest.mark.engine
@pytest.mark.parametrize("pattern", [p for p in PATTERNS if str(p) in SLOWER and p.row in EXACT_TIMES], ids=str)
def test_known_slower_patterns_are_slower(pattern: Pattern) -> None:
    """Whoever brings one to its ideal takes it off the list."""
    with pytest.raises(Different, match="makespan"):
        check(pattern.source, setup=pattern.setup, latencies=pattern.latencies, orders=0, expect_time=pattern.ideal)


def test_known_patterns_exist() -> None:
    """The list names patterns that there are."""
    names = {str(pattern) for pattern in PATTERNS}
    assert set() == {*SLOWER, *DIFFERENT} - names


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_pattern_is_a_program(pattern: Pattern) -> None:
    """Plain Python means the same twice; it ends, and its critical path is not longer than one call after the other."""
    present(pattern)
    check(
        pattern.source,
        setup=pattern.setup,
        latencies=pattern.latencies,
        orders=1,
        ignore=pattern.ignore,
        verify=pattern.verify,
        engine=Plain(),
        steps=20_000,
    )
    plain = run(Program(pattern.source, pattern.setup, pattern.latencies), Plain())
    assert pattern.ideal is None or pattern.ideal <= plain.time or not plain.calls or pattern.row in (43, 50)


def test_every_row_has_patterns() -> None:
    """Rows 1 to 53, and 54 of everyday programs, each with several programs; titles are unique within a row."""
    rows = {row: list(some) for row, some in itertools.groupby(sorted(PATTERNS, key=lambda p: p.row), key=lambda p: p.row)}
    assert list(range(1, 55)) == list(rows)
    assert all(len(some) > 1 and len({p.title for p in some}) == len(some) for some in rows.values())
