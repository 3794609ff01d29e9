"""A short selection of CPython's own tests of the language: the same passes and failures as plain Python, with a part of the values pending.

`python -m tests.cpython` runs all of them, and so does this with `POPPY_CPYTHON=all`.
"""

from __future__ import annotations

import importlib.util
import os

import pytest

from tests.cpython.compare import Outcome, _same, _told, compare
from tests.cpython.known import EXCEPTIONS, FILES, SHORT


_HAS_TESTS = importlib.util.find_spec("test") is not None and importlib.util.find_spec("test.test_grammar") is not None


@pytest.mark.engine
@pytest.mark.skipif(not _HAS_TESTS, reason="this Python comes without its `test` package (Debian: libpython3-testsuite)")
@pytest.mark.parametrize("name", FILES if os.environ.get("POPPY_CPYTHON") == "all" else SHORT)
def test_file(name: str) -> None:
    """Every test of a file, each in both ways."""
    result = compare(name, seconds=120)
    assert not result.differences, str(result)
    assert result.tests > 0
    assert result.calls > 0


def test_lists() -> None:
    """At least forty files; what is excepted is of one of them."""
    assert len(set(FILES)) >= 40
    assert set(SHORT) <= set(FILES)
    assert EXCEPTIONS.keys() <= set(FILES)


@pytest.mark.parametrize(
    ("test", "plain", "engine", "same"),
    [
        ("T.a", ["passed"], ["passed"], True),
        ("T.a", ["ValueError", "x"], ["ValueError", "y"], True),
        ("T.a", ["passed"], ["ValueError", ""], False),
        ("doctest d", ["1 -> 1", "2 -> 2"], ["1 -> 1", "2 -> 3"], False),
    ],
)
def test_comparison(test: str, plain: Outcome, engine: Outcome, same: bool) -> None:
    """What counts as the same outcome; differences are told."""
    assert _same(test, plain, engine) == same
    assert _told(plain, engine)
