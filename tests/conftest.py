"""What all tests share: assertion messages of the equivalence helper, and the engine tests that wait for the engine to exist."""

from __future__ import annotations

import importlib.util

import pytest


pytest.register_assert_rewrite("tests.equivalence")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "engine: runs cells under the engine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if importlib.util.find_spec("poppy_nb.session") is None:  # absent; one that is there and cannot be imported is a failure
        for item in items:
            if item.get_closest_marker("engine"):
                item.add_marker(pytest.mark.skip(reason="poppy_nb.session does not exist"))
