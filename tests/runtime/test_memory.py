"""What a run leaves behind: nothing; and how much of a program is in flight at once."""

import asyncio
import gc

import pytest

from poppy_nb import external
from poppy_nb.runtime.engine import Engine
from poppy_nb.session import Session


@external
async def call(x):
    """An external call."""
    await asyncio.sleep(0)
    return x


CELLS = {
    "comprehension": "result = [await call(i) for i in range(count)]",
    "append": "result = []\nfor i in range(count):\n    result.append(await call(i))",
    "pending if": "result = []\nfor i in range(count):\n    x = await call(i)\n    if x >= 0:\n        result.append(x)",
    "function": "async def ask(i):\n    return [await call(i)][0]\nresult = []\nfor i in range(count):\n    result.append(await ask(i))",
}


def run(source, count):
    """The namespace and the report."""
    namespace = {"call": call, "count": count}
    session = Session(namespace)
    asyncio.run(session.run(source, "<cell>", limit=None))
    return namespace, session.report


@pytest.mark.parametrize("name", CELLS)
def test_nothing_keeps_the_engine(name):
    """Pooled greenlets have frames that refer to the engine, and the garbage collection does not see them."""
    gc.collect()
    before = sum(type(one) is Engine for one in gc.get_objects())
    run(CELLS[name], 20)
    gc.collect()
    assert sum(type(one) is Engine for one in gc.get_objects()) == before


@pytest.mark.parametrize("name", CELLS)
def test_ten_thousand_calls_are_in_flight(name):
    """The window counts calls: what a loop does around each does not shorten it."""
    count = 10_000 if name == "comprehension" else 3_000
    namespace, report = run(CELLS[name], count)
    assert namespace["result"] == list(range(count))
    assert report.most_at_once == count


def test_the_window_bounds_what_is_in_flight():
    """More calls than the window holds wait until others have retired (L5)."""
    namespace, report = run(CELLS["comprehension"], 10_500)
    assert namespace["result"] == list(range(10_500))
    assert report.most_at_once == 10_000


def test_the_thresholds_of_the_garbage_collection_are_as_before():
    """For code of the cell that asks, and after the run; a program's own setting holds."""
    before = gc.get_threshold()
    namespace, _ = run("import gc\n" + CELLS["comprehension"] + "\nseen = gc.get_threshold()", 1_500)
    assert (namespace["seen"], gc.get_threshold()) == (before, before)
    try:
        run("import gc\n" + CELLS["comprehension"] + "\ngc.set_threshold(701, 11, 12)", 1_500)
        assert gc.get_threshold() == (701, 11, 12)
    finally:
        gc.set_threshold(*before)
