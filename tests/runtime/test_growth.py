"""An item of a long loop costs what one of a short loop does: counted in calls of Python functions, which no load of the machine changes."""

import sys

import pytest

from benchmarks.shapes import SHAPES, cell


SMALL, LARGE = 60, 360
MOST = 1.6  # an item of the larger one over an item of the smaller one; quadratic would be 6
GROWS = {"heap": "each push looks at all that is in the heap"}


def calls(source, count):
    """How many calls a run makes, those of C functions included."""
    found = 0

    def hear(frame, event, argument):
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(hear)
    try:
        cell(source, count)
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_an_item_costs_the_same(name):
    """Where the number of items is six times as large, the number of calls is hardly more than that."""
    cell(SHAPES[name], 10)  # what is read and compiled once
    grown = (calls(SHAPES[name], LARGE) / LARGE) / (calls(SHAPES[name], SMALL) / SMALL)
    if name in GROWS:
        assert grown < LARGE / SMALL, GROWS[name]
    else:
        assert grown < MOST
