"""The window bounds what is walked ahead, also where a loop that only a failure ends has been walked past."""

from __future__ import annotations

from functools import partial

import pytest

from tests.equivalence import check, poppy


ENDED_BY_A_FAILURE = """
xs = ['a', 'b', 'c']
if len(f(1)) > 2:
    for x in xs:
        xs.append(x)
        fail(len(xs))
print(1)
"""
ENDED_AND_HANDLED = """
from itertools import count
rows = []
def pages(k):
    try:
        for i in count():
            rows.append((k, fail(i)))
    except ValueError as e:
        rows.append(str(e))
for k in (1, 2):
    if ok(4):
        pages(k)
    print(len(rows))
for i in range(60):
    rows.append(f(i))
"""
FILLED_BEHIND = """
rows = []
if ok(2):
    for i in range(40):
        rows.append(f(i))
others = [g(i) for i in range(60)]
"""


@pytest.mark.engine
@pytest.mark.parametrize("source", [ENDED_BY_A_FAILURE, ENDED_AND_HANDLED, FILLED_BEHIND])
def test_loops_that_were_walked_past(source: str) -> None:
    """They end, and mean the same, also when those behind them fill the window."""
    check(source, engine=partial(poppy, window=20), orders=3, seconds=60)
