"""What all tests share: assertion messages of the equivalence helper, and the marker of tests that run the engine."""

from __future__ import annotations

import pytest


pytest.register_assert_rewrite("tests.equivalence")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "engine: runs cells under the engine")
