"""Runs a file of CPython's tests both ways and tells in which tests they differ."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.cpython.known import EXCEPTIONS


Outcome = list[str]


@dataclass
class Compared:
    """How a file came out."""

    name: str
    tests: int = 0
    passed: int = 0  # plainly
    calls: int = 0  # external ones under the engine
    seconds: tuple[float, float] = (0.0, 0.0)
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        plain, engine = self.seconds
        line = f"{self.name}: {self.tests} tests, {self.passed} pass plainly, {self.calls} calls, {plain:.1f} and {engine:.1f} s"
        return "\n    ".join([line, *self.differences])


def compare(name: str, seed: int = 1, share: float = 0.1, expressions: float = 0.0, only: str = "", seconds: float = 900) -> Compared:
    """Both runs of a file, each in a process of its own."""
    begun = time.monotonic()
    plain = _run(name, "plain", seed, share, expressions, only, seconds)
    middle = time.monotonic()
    engine = _run(name, "engine", seed, share, expressions, only, seconds)
    result = Compared(name, seconds=(middle - begun, time.monotonic() - middle))
    result.calls = int(engine.pop("the end", ["0"])[0])
    plain.pop("the end", None)
    known = EXCEPTIONS.get(name, {})
    for test in plain | engine:
        expected, actual = plain.get(test, ["absent"]), engine.get(test, ["absent"])
        result.tests += 1
        result.passed += expected == ["passed"] or test.startswith("doctest")
        if not _same(test, expected, actual) and test not in known and "*" not in known:
            result.differences.append(f"{test}: {_told(expected, actual)}")
    return result


def _same(test: str, expected: Outcome, actual: Outcome) -> bool:
    return expected == actual if test.startswith("doctest") else expected[0] == actual[0]


def _told(expected: Outcome, actual: Outcome) -> str:
    """The first place in which two outcomes differ."""
    if len(expected) != len(actual) or len(expected) < 3:
        return f"{expected} but {actual}"[:700]
    return next((f"{a} but {b}" for a, b in zip(expected, actual, strict=True) if a != b), "the same")[:700]


def _run(name: str, way: str, seed: int, share: float, expressions: float, only: str, seconds: float) -> dict[str, Outcome]:
    here = Path(__file__).parents[2]
    path = os.pathsep.join([str(here), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results"
        work = Path(folder) / "work"
        work.mkdir()
        command = [sys.executable, "-m", "tests.cpython.inside", name, way, str(seed), str(share), str(expressions), str(results)]
        ended = ""
        try:
            done = subprocess.run([*command, *([only] if only else [])], cwd=work, env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="backslashreplace", timeout=seconds)  # fmt: skip
            if done.returncode:
                ended = f"exit {done.returncode}: {done.stderr[-1500:]}"
        except subprocess.TimeoutExpired:
            ended = f"no end after {seconds} s"
        outcomes = dict(map(json.loads, results.read_text().splitlines())) if results.exists() else {}
    if ended:
        outcomes["the process"] = [ended]
    return outcomes
