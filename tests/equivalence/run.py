"""Runs a program once, plainly or under an engine, in surroundings of its own, and notes everything that can be compared."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import functools
import gc
import inspect
import io
import logging
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.equivalence.externals import LIBRARY
from tests.equivalence.program import Order, Program
from tests.equivalence.world import Call, World, current, enter


MODULE = "the_cell"  # what `__name__` is in the program
_monotonic = time.monotonic
SECONDS = 20.0  # real time that one run may take


class Hang(BaseException):
    """A run took too long: a wait without end, or a program that does not end."""


@dataclass
class Task:
    """What an engine is asked to do. It sets `now` to its clock before it begins."""

    source: str
    filename: str
    namespace: dict[str, Any]
    program: Program
    order: Order
    now: Callable[[], float] = lambda: 0.0


Engine = Callable[[Task], object]  # returns the value of the last expression, raises what the cell raises


@dataclass
class Run:
    """What was seen of one run."""

    namespace: dict[str, Any]
    world: World
    filename: str
    inherited: dict[str, object]  # the names that were there before the cell and its setup
    value: object = None
    exception: BaseException | None = None
    output: list[tuple[float, str, str]] = field(default_factory=list)  # (time, stream, text)
    raised: bool = False  # whether any operation raised, caught or not (known for plain runs)
    time: float = 0.0
    files: dict[str, str] = field(default_factory=dict)
    random_state: object = None
    clocks: list[object] = field(default_factory=list)  # the functions of `time` that it sees
    left_behind: list[str] = field(default_factory=list)  # what of the surroundings was not put back

    @property
    def calls(self) -> list[Call]:
        """The external calls in the order in which their bodies began."""
        return self.world.calls

    def streams(self) -> list[tuple[str, str]]:
        """What was written, writes to the same stream one after the other joined."""
        joined: list[tuple[str, str]] = []
        for _, stream, text in self.output:
            if joined and joined[-1][0] == stream:
                text = joined.pop()[1] + text
            joined.append((stream, text))
        return joined

    def shown(self) -> list[tuple[float, str]]:
        """The lines that were written, each with the time at which its end was."""
        lines, part = [], ""
        for at, _, text in self.output:
            for piece in text.splitlines(keepends=True):
                part += piece
                if part.endswith("\n"):
                    lines.append((at, part[:-1]))
                    part = ""
        return lines

    def traceback_of(self, e: BaseException) -> list[str]:
        """The formatted traceback. What led to the cell is cut off from the exception that left it, from nothing else."""
        tb = e.__traceback__
        if e is self.exception:
            while tb is not None and tb.tb_frame.f_code.co_filename != self.filename:
                tb = tb.tb_next
        return list(traceback.TracebackException(type(e), e, tb, compact=True).format())


class _Sink(io.RawIOBase):
    """Where the text of one stream goes."""

    def __init__(self, stream: str, output: list[tuple[float, str, str]], task: Task) -> None:
        self._stream, self._output, self._task = stream, output, task

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._output.append((self._task.now(), self._stream, bytes(data).decode("utf-8", "backslashreplace")))
        return len(data)


def _stream(name: str, run: Run, task: Task) -> io.TextIOWrapper:
    sink: Any = _Sink(name, run.output, task)
    return io.TextIOWrapper(sink, "utf-8", errors="backslashreplace", newline="\n", write_through=True)


_directory: str | None = None


@contextlib.contextmanager
def _surroundings(run: Run, task: Task) -> Iterator[None]:
    """An empty directory, streams of our own, a seeded random state, a module; all put back at the end."""
    global _directory
    if _directory is None or not os.path.isdir(_directory):
        _directory = tempfile.mkdtemp(prefix="poppy-cell-")
    cwd, streams, environment, path, root = (
        os.getcwd(),
        (sys.stdin, sys.stdout, sys.stderr),
        dict(os.environ),
        list(sys.path),
        logging.root,
    )
    modules, handlers, level, state = set(sys.modules), list(root.handlers), root.level, random.getstate()
    module = types.ModuleType(MODULE)
    module.__dict__.update(run.inherited)
    run.namespace = module.__dict__
    before = enter(run.world)
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, SyntaxWarning):
            warnings.simplefilter("ignore", category)
        warnings.showwarning = _show  # a test runner's would not write to stderr
        try:
            os.chdir(_directory)
            sys.modules[MODULE] = module
            sys.stdin, sys.stdout, sys.stderr = io.StringIO(""), _stream("stdout", run, task), _stream("stderr", run, task)
            ours = sys.stdout, sys.stderr
            random.seed(1)
            yield
            sys.stdout.flush()
            run.random_state = random.getstate()
            run.left_behind = [
                name for name, mine in zip(("stdout", "stderr"), ours, strict=True) if getattr(sys, name) is not mine
            ]
            run.left_behind += [] if os.path.realpath(os.getcwd()) == os.path.realpath(_directory) else ["current directory"]
            run.files = _files(_directory)
        finally:
            enter(before)
            os.chdir(cwd)
            sys.stdin, sys.stdout, sys.stderr = streams
            random.setstate(state)
            root.handlers[:], root.level, sys.path[:] = handlers, level, path
            os.environ.clear()
            os.environ.update(environment)
            sys.modules.pop(MODULE, None)
            for name in set(sys.modules) - modules:
                if (getattr(sys.modules[name], "__file__", None) or "").startswith(_directory):
                    del sys.modules[name]
            for entry in os.scandir(_directory):
                shutil.rmtree(entry.path) if entry.is_dir() else os.unlink(entry.path)


def _show(message: Any, category: Any, filename: str, lineno: int, file: Any = None, line: str | None = None) -> None:
    if "was never awaited" in str(message) and "poppy_nb" in filename:
        return  # garbage of a run before, collected in the middle of this one
    (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))


def _files(directory: str) -> dict[str, str]:
    files = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            if not folder.endswith("__pycache__"):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8", errors="backslashreplace") as file:
                    files[os.path.relpath(path, directory)] = file.read()
    return files


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise Hang when what is inside takes longer (on the main thread; elsewhere nothing happens)."""

    def ring(signum: int, frame: types.FrameType | None) -> None:
        if frame is not None and frame.f_code.co_name == "gc_callback":
            return  # of a test library: what is raised in there is lost. It rings again
        raise Hang(f"no end after {seconds} s")

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except ValueError:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(program: Program, engine: Engine, order: Order | None = None, then: str = "", seconds: float = SECONDS) -> Run:
    """Run the setup plainly, the cell under the engine, and `then`, a later cell, plainly."""
    order = order or Order()
    if "warnings" in program.source or "async " in program.source:
        _drop_what_is_left()
    world = World(latency=program.latency)
    inherited = {**LIBRARY, **program.externals}
    this = Run({}, world, program.filename, inherited)
    task = Task(program.source, program.filename, this.namespace, program, order)
    with _surroundings(this, task), alarm(seconds):
        task.namespace = this.namespace
        if program.setup:
            exec(compile(program.setup, program.setup_filename, "exec", dont_inherit=True), this.namespace)
            world.calls.clear()
            world.clock = 0.0
            this.output.clear()
        try:
            this.value = engine(task)
        except Hang:
            raise
        except BaseException as e:
            this.exception = e
        this.time = task.now()
        this.clocks = list(CLOCKS.values()) if isinstance(engine, Plain) else [getattr(time, name) for name in CLOCKS]
        this.raised = isinstance(engine, Plain) and engine.raised
        if then:
            exec(compile(then, "<later cell>", "exec", dont_inherit=True), this.namespace)
    return this


def _drop_what_is_left() -> None:
    """A program hears of no file that one before it has left open, and of no coroutine that it has not awaited."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


class Plain:
    """Plain Python, with a virtual clock on which calls come one after the other. Counts events, so that programs without end do end."""

    def __init__(self, steps: int | None = None) -> None:
        self._steps = steps
        self.raised = False
        self.events = 0

    def __call__(self, task: Task) -> object:
        world = current()
        task.now = lambda: world.clock
        names = {task.filename, task.program.setup_filename, inspect.getfile(LIBRARY["f"])}  # type: ignore[arg-type]
        self.raised, self.events = False, 0

        def trace(frame: types.FrameType, event: str, arg: object) -> Any:
            if frame.f_code.co_filename not in names:
                return None
            if event == "exception":
                self.raised = True
            self.events += 1
            if self._steps is not None and self.events > self._steps:
                raise Hang(f"no end after {self._steps} steps")
            return trace

        with _clock():
            try:
                return execute(task.source, task.filename, task.namespace, trace)
            finally:
                if self._steps is not None and self.events > self._steps:  # the program may have raised something else instead
                    raise Hang(f"no end after {self._steps} steps")


def _sleep(seconds: float) -> None:
    current().clock += seconds


def _now() -> float:
    return current().clock


CLOCKS: dict[str, Callable[..., Any]] = {  # what stands in for functions of `time` in plain runs, each another object
    "sleep": _sleep,
    **{name: functools.partial(_now) for name in ("time", "perf_counter", "monotonic", "process_time")},
}


@contextlib.contextmanager
def _clock() -> Iterator[None]:
    """Let the clocks of `time` show the sequential virtual time."""
    before = {name: getattr(time, name) for name in CLOCKS}
    for name, function in CLOCKS.items():
        setattr(time, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(time, name, function)


def execute(source: str, filename: str, namespace: dict[str, Any], trace: Any = None) -> object:
    """What IPython does with a cell: run it, on a running event loop, and give the value of its last expression."""
    tree = ast.parse(source, filename)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    codes = [compile(tree, filename, "exec", flags, dont_inherit=True)]
    if isinstance(last, ast.Expr):
        codes.append(compile(ast.Expression(last.value), filename, "eval", flags, dont_inherit=True))

    async def main() -> object:
        value = None
        asyncio.get_running_loop().time = _monotonic  # type: ignore[method-assign]  # timers of the program are real ones
        before = sys.gettrace()
        sys.settrace(trace or before)
        try:
            for code in codes:
                value = eval(code, namespace)
                if code.co_flags & inspect.CO_COROUTINE:
                    value = await value
        finally:
            sys.settrace(before)
        return value

    return asyncio.run(main())


def _again(program: Program, compiler: Any) -> Any:
    """The compiler of the run before if that was of the same program: as when a cell is run again, unchanged."""
    if _latest[0] is not program:
        _latest[:] = program, compiler
    return _latest[1]


_latest: list[Any] = [None, None]  # a program and its compiler. (Not in the program, which the analysis may come to.)


def poppy(task: Task, window: int = 10_000) -> object:
    """The engine, on the virtual clock, with its assertions on.

    window: how far it walks ahead. Its clock stands while it walks: a loop that only a failure ends is walked so far.
    """
    from poppy_nb.runtime.virtual import VirtualDriver
    from poppy_nb.session import Session

    options: dict[str, Any] = {"latency": task.order.latency(task.program), "when": task.order.when}
    if task.order.choices is not None:
        options["choose"] = task.order.choose
    driver = VirtualDriver(**options)
    task.now = lambda: driver.time
    session = Session(task.namespace, driver=driver, check=True)
    session.compiler = _again(task.program, session.compiler)
    return asyncio.run(session.run(task.source, task.filename, limit=64, window=window)).value
