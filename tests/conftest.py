"""What all tests share: assertion messages of the equivalence helper, and the marker of tests that run the engine."""

from __future__ import annotations

import gc
import logging
import warnings

import pytest

from poppy_nb.runtime import footprint_statements


pytest.register_assert_rewrite("tests.equivalence")


# What starts kernels, servers or browsers, one after the other: their time limits are meant for a machine that does one thing
_ONE_BY_ONE = ("kernel", "browser", "applications", "notebooks")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.nodeid.split("/")[1] if item.nodeid.startswith("tests/") else "notebooks"
        if folder in _ONE_BY_ONE:
            item.add_marker(pytest.mark.xdist_group("kernels"))
        elif folder in ("magics", "library", "widgets"):
            item.add_marker(pytest.mark.xdist_group(folder))


@pytest.fixture(autouse=True, scope="module")
def _what_is_left_stays() -> None:
    """What the modules before have left for good is not looked at again by garbage collections: a gigabyte at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of files and coroutines that programs before have dropped
        gc.collect()
    gc.freeze()


@pytest.fixture
def nothing_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of other tests leave logging handlers, and classes of exceptions, that could be called and raised here."""
    with_subclasses = footprint_statements._with_subclasses
    left = set(with_subclasses(BaseException))
    monkeypatch.setattr(logging, "_handlerList", [])
    monkeypatch.setattr(
        footprint_statements, "_with_subclasses", lambda cls: [one for one in with_subclasses(cls) if one is cls or one not in left]
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "engine: runs cells under the engine")
