"""Runs one file of CPython's `test` package, plainly or under the engine, and writes down how each of its tests ends.

`python -m tests.cpython.inside FILE plain|engine SEED SHARE EXPRESSIONS RESULTS`, in a process of its own: tests may crash, hang and leave things behind.
The source of the file is one cell; `setUp`, the test method and `tearDown` of each test are cells after it. Of a doctest every example is one.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import doctest
import faulthandler
import importlib.util
import inspect
import io
import json
import linecache
import random
import re
import signal
import sys
import types
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from poppy_nb import session
from poppy_nb.runtime.virtual import VirtualDriver
from tests.equivalence.pending import NAME, pending, poppy_test_later


SECONDS = 20  # for one cell
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")
_TOP_LEVEL = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Hang(BaseException):
    """A cell took too long."""


class Cells:
    """Runs cells, each way as a notebook would."""

    def __init__(self, engine: bool, seed: int) -> None:
        self.engine = engine
        self.calls = 0
        self._random = random.Random(seed)
        self._count = 0
        self._sessions: dict[int, session.Session] = {}  # by namespace

    def run(self, source: str, namespace: dict[str, Any], filename: str = "") -> Any:
        """The value of the last expression, or raises what the cell raises."""
        if not filename:
            self._count += 1
            filename = f"<cell {self._count}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        return _drive(self._engine(source, filename, namespace) if self.engine else self._plain(source, filename, namespace))

    async def _plain(self, source: str, filename: str, namespace: dict[str, Any]) -> Any:
        tree = ast.parse(source, filename)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        codes = [compile(tree, filename, "exec", _TOP_LEVEL, dont_inherit=True)]
        if isinstance(last, ast.Expr):
            codes.append(compile(ast.Expression(last.value), filename, "eval", _TOP_LEVEL, dont_inherit=True))
        value = None
        for code in codes:
            value = eval(code, namespace)
            if code.co_flags & inspect.CO_COROUTINE:
                value = await value
        return value

    async def _engine(self, source: str, filename: str, namespace: dict[str, Any]) -> Any:
        driver = VirtualDriver(1.0, self._random)
        notebook = self._sessions.get(id(namespace))
        if notebook is None:
            notebook = self._sessions[id(namespace)] = session.Session(namespace, check=True)
        notebook._driver = driver
        try:
            return (await notebook.run(source, filename)).value
        finally:
            self.calls += len(driver.log)


def _drive(coroutine: Any) -> Any:
    """Without a running loop, since many of the tests run one of their own; with one if the cell awaits something real."""
    previous = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1.0)
    try:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        raise RuntimeError("the cell awaits something real")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _ring(signum: int, frame: object) -> None:
    raise Hang(f"no end after {SECONDS} s")


def told(run: Callable[[], object]) -> list[str]:
    """How a test ends."""
    try:
        run()
    except unittest.SkipTest:
        return ["skipped"]
    except BaseException as error:
        return [type(error).__qualname__, ADDRESS.sub("0x", str(error))[:2000]]
    return ["passed"]


def tests_of(module: types.ModuleType) -> Iterator[tuple[str, type[unittest.TestCase], str]]:
    """Name, class and method of every test."""
    for name, case in vars(module).copy().items():
        if isinstance(case, type) and issubclass(case, unittest.TestCase) and case.__module__ == module.__name__:
            for method in unittest.defaultTestLoader.getTestCaseNames(case):
                yield f"{name}.{method}", case, method


def doctests_of(module: types.ModuleType) -> Iterator[doctest.DocTest]:
    """Those that the file itself holds."""
    texts = dict(getattr(module, "__test__", {}))
    if module.__doc__:
        texts["__doc__"] = module.__doc__
    parser = doctest.DocTestParser()
    for name, text in texts.items():
        if isinstance(text, str):
            with contextlib.suppress(ValueError):
                made = parser.get_doctest(text, {}, f"doctest {name}", None, 0)
                if made.examples:
                    yield made


class File:
    """One file of tests."""

    def __init__(self, name: str, cells: Cells, seed: int, share: float, expressions: float, note: Callable[[str, list[str]], None]) -> None:
        self.cells, self.seed, self.share, self.expressions, self.note = cells, seed, share, expressions, note
        spec = importlib.util.find_spec(f"test.{name}")
        assert spec is not None
        assert spec.origin is not None
        self.module = module = types.ModuleType(spec.name)
        module.__file__ = spec.origin
        module.__package__ = "test"
        module.__spec__ = spec
        module.__loader__ = spec.loader
        module.__dict__[NAME] = poppy_test_later
        sys.modules[spec.name] = module
        self.source = self.later(Path(spec.origin).read_text(encoding="utf-8"))

    def later(self, source: str) -> str:
        return pending(source, self.seed, self.share, self.expressions)

    def run(self, only: str = "") -> None:
        """All tests, or those whose names contain `only`."""
        namespace = self.module.__dict__
        self.note("the file", told(lambda: self.cells.run(self.source, namespace, f"<cells of {self.module.__name__}>")))
        ready = told(lambda: self.cells.run("setUpModule()", namespace)) if "setUpModule" in namespace else ["passed"]
        if ready != ["passed"]:
            self.note("setUpModule", ready)
            return
        current: type[unittest.TestCase] | None = None
        for name, case, method in tests_of(self.module):
            if only not in name:
                continue
            if case is not current:
                self.leave(current)
                current = case
                namespace["poppy_class"] = case
                ready = told(lambda: self.cells.run("poppy_class.setUpClass()", namespace))
            self.note(name, ["begun"])
            self.note(name, told(lambda: self.test(case, method)) if ready == ["passed"] else ready)
        self.leave(current)
        for test in doctests_of(self.module):
            if only in test.name:
                self.note(test.name, ["begun"])
                self.note(test.name, self.examples(test))

    def leave(self, case: type[unittest.TestCase] | None) -> None:
        if case is not None:
            told(case.tearDownClass)
            told(case.doClassCleanups)

    def test(self, case: type[unittest.TestCase], method: str) -> None:
        made = case(method)
        function = getattr(made, method)
        for marked in (case, function):
            if getattr(marked, "__unittest_skip__", False):
                raise unittest.SkipTest
        run, namespace = self.cells.run, self.module.__dict__
        namespace["poppy_case"] = made
        wait = "await " if inspect.iscoroutinefunction(function) else ""
        sink = io.StringIO()
        with contextlib.redirect_stdout(sink):
            try:
                run("poppy_case.setUp()", namespace)
                try:
                    run(f"{wait}poppy_case.{method}()", namespace)
                finally:
                    run("poppy_case.tearDown()", namespace)
            finally:
                made.doCleanups()

    def examples(self, test: doctest.DocTest) -> list[str]:
        """What the examples print, one text each."""
        seen = []
        namespace = dict(self.module.__dict__)
        for example in test.examples:
            sink = io.StringIO()
            with contextlib.redirect_stdout(sink):
                try:
                    source = self.later(example.source)
                except SyntaxError:
                    source = example.source
                try:
                    value = self.cells.run(source, namespace)
                    if value is not None:
                        print(repr(value))
                except BaseException as error:
                    print(type(error).__qualname__, error)
            seen.append(ADDRESS.sub("0x", f"{example.source.strip()} -> {sink.getvalue()}"))
        return seen


def main() -> None:
    name, way, seed, share, expressions, results, *only = sys.argv[1:]
    import test.support

    test.support.use_resources = []  # type: ignore[attr-defined]
    test.support.verbose = 0  # type: ignore[attr-defined]
    faulthandler.enable()
    session.tasks_of = contextlib.nullcontext  # type: ignore[assignment]  # there is no loop whose tasks it could watch
    with open(results, "w", encoding="utf-8", errors="backslashreplace") as file:

        def note(test: str, outcome: list[str]) -> None:
            print(json.dumps([test, outcome]), file=file, flush=True)

        cells = Cells(way == "engine", int(seed))
        File(name, cells, int(seed), float(share), float(expressions), note).run(*only)
        note("the end", [str(cells.calls)])


if __name__ == "__main__":
    asyncio.set_event_loop(None)
    main()
