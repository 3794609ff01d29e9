"""Which files of CPython's tests are run, and the tests that may differ, each with its reason."""

from __future__ import annotations


FILES = """
test_grammar
""".split()

EXCEPTIONS: dict[str, dict[str, str]] = {}
