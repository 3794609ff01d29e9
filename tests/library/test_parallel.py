"""`@parallel` and `run`: the meaning of plain Python, and calls that overlap. Externals meet at barriers: alone they would fail."""

import asyncio
import functools
import gc
import inspect
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
import weakref
from pathlib import Path

import pytest

from poppy_nb import external, parallel, run
from poppy_nb.errors import DeclarationError, SettingsError
from poppy_nb.runtime.drivers import AsyncioDriver
from poppy_nb.runtime.engine import Engine


ROOT = Path(__file__).resolve().parents[2]
meeting = None  # where calls of `meet` and `ameet` wait for each other


@pytest.fixture(autouse=True)
def _no_meeting_left():
    yield
    global meeting
    meeting = None


def together(count):
    """From now on so many calls of `meet` go on only together."""
    global meeting
    meeting = threading.Barrier(count, timeout=20)


@external
def meet(x):
    meeting.wait()
    return [x]


@external
def plain(x):
    if x == "bad":
        raise ValueError(x)
    return [x]


class Arrivals:
    """A barrier of coroutines."""

    def __init__(self, count):
        self.count, self.here, self.all = count, 0, asyncio.Event()

    async def wait(self):
        self.here += 1
        if self.here == self.count:
            self.all.set()
        await asyncio.wait_for(self.all.wait(), 20)


@external
async def ameet(x):
    await meeting.wait()
    return [x]


@parallel
def loop(n, *rest, k=1, **more):
    """Collects."""
    found = []
    for i in range(n):
        found.append(meet(i))
    print(len(found), rest, k, more)
    return found


@parallel(limit=8)
async def aloop(n):
    found = []
    for i in range(n):
        found.append(await ameet(i))
    return found


def test_a_function(capsys):
    """It blocks, needs no loop, and its calls overlap."""
    together(5)
    assert [[0], [1], [2], [3], [4]] == loop(5, 6, k=7, z=8)
    assert "5 (6,) 7 {'z': 8}\n" == capsys.readouterr().out


def test_under_a_running_loop():
    """Which stands still, as for any synchronous code."""

    async def main():
        return loop(4)

    together(4)
    assert [[0], [1], [2], [3]] == asyncio.run(main())


def test_methods():
    """Of every sort, and state of the object keeps its order."""

    class C:
        def __init__(self):
            self.seen = []

        @parallel
        def go(self, n):
            for i in range(n):
                self.seen.append(meet(i))
            return self

        @staticmethod
        @parallel
        def static(n):
            return [meet(i) for i in range(n)]

        @parallel
        @classmethod
        def made(cls, n):
            return cls, [meet(i) for i in range(n)]

    together(3)
    c = C()
    assert c is c.go(3)
    assert [[0], [1], [2]] == c.seen == C.static(3) == C().static(3)
    assert (C, c.seen) == C.made(3)


def test_a_coroutine_function():
    """It runs on the loop that awaits it."""

    async def main():
        global meeting
        meeting = Arrivals(4)
        return await aloop(4)

    assert [[0], [1], [2], [3]] == asyncio.run(main())
    assert inspect.iscoroutinefunction(aloop)


def test_runs_side_by_side():
    """Several on one loop overlap, however they end, and leave no trace on it."""

    async def main():
        global meeting
        meeting = Arrivals(7)
        found = await asyncio.gather(aloop(2), aloop(4), run(aloop, 1))
        assert asyncio.get_running_loop().get_task_factory() is None
        return found

    assert [2, 4, 1] == [len(one) for one in asyncio.run(main())]


def test_one_within_another():
    """The inner one is a part of the outer one's run: calls of both overlap."""

    @parallel
    def outer(n):
        return [loop(2) for _ in range(n)]

    together(6)
    assert [[[0], [1]]] * 3 == outer(3)


def test_run():
    """A function, a coroutine function, a coroutine, the text of a cell."""

    async def go(n, /, a=1, *rest, key, **more):
        return [await ameet(i) for i in range(n)], a, rest, key, more

    def several(n):
        return [meet(i) for i in range(n)]

    async def main():
        global meeting
        meeting = Arrivals(3)
        values = [[0], [1], [2]]
        assert (values, 2, (3,), 4, {"z": 5}) == await run(go(3, 2, 3, key=4, z=5))
        assert (values, 1, (), 4, {}) == await run(go, 3, key=4)
        assert (values, 1, (), 4, {}) == await run(functools.partial(go, 3, key=4))
        assert values == await run(aloop(3))
        together(3)
        assert values == await run(several, 3)
        assert values == await run(lambda: several(3), limit=None)
        names = {"meet": meet}
        assert 3 == await run("a = [meet(i) for i in range(3)]\nlen(a)", names)
        assert values == names["a"]
        assert 3 == await run("len([meet(i) for i in range(3)])")

    asyncio.run(main())


def test_limit():
    """At most so many calls at once: two meet, three never would."""
    together(2)

    @parallel(limit=2)
    def f():
        return [meet(i) for i in range(4)]

    assert 4 == len(f())


def raising():
    kept = plain(1)
    kept.append(plain("bad"))
    return kept


def frames(error):
    return [(f.name, f.lineno) for f in traceback.extract_tb(error.__traceback__)]


def test_exceptions():
    """The same exception with the same frames, behind the one of the wrapper."""
    with pytest.raises(ValueError, match="bad") as expected:
        raising()
    with pytest.raises(ValueError, match="bad") as found:
        parallel(raising)()
    (_, *rest), (_, wrapper, *behind) = frames(expected.value), frames(found.value)
    assert ("wrapper", rest) == (wrapper[0], behind)
    assert None is found.value.__context__


def test_context_of_exceptions():
    """What the caller is handling, and what the function was."""

    def handling():
        try:
            plain("bad")
        except ValueError:
            raise KeyError("k")

    def caller(f):
        try:
            1 / 0
        except ZeroDivisionError:
            f()

    for f in (handling, parallel(handling)):
        with pytest.raises(KeyError) as found:
            caller(f)
        context = found.value.__context__
        assert (ValueError, ZeroDivisionError) == (type(context), type(context.__context__))


def test_an_exception_is_freed():
    """Nothing keeps what the frames held."""

    class Big:
        pass

    @parallel
    def f(big):
        raise ValueError

    big = Big()
    gone = weakref.ref(big)
    try:
        f(big)
    except ValueError:
        pass
    del big
    gc.collect()
    assert None is gone()


def test_a_run_is_freed():
    """Its greenlets hold nothing when it is over."""

    @parallel
    def f(n):
        return [plain(i) for i in range(n)]

    f(3)
    gc.collect()
    before = sum(isinstance(o, Engine) for o in gc.get_objects())
    for _ in range(3):
        f(3)
    gc.collect()
    assert before == sum(isinstance(o, Engine) for o in gc.get_objects())


def test_on_other_threads():
    """One thread at a time runs under the engine, others as plain Python; all are right."""
    found = []

    @parallel
    def f(n):
        return [plain(i) for i in range(n)]

    threads = [threading.Thread(target=lambda: found.append(f(20))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [[[i] for i in range(20)]] * 8 == found


def test_called_by_an_external():
    """The body of an external call is plain Python."""

    @parallel
    def inner(n):
        return [plain(i) for i in range(n)]

    @external
    def around(n):
        return inner(n)

    @parallel
    def f():
        return [around(1), around(2)]

    assert [[[0]], [[0], [1]]] == f()


def test_it_looks_like_the_function():
    """Name, signature, docstring, pickling, `__wrapped__`."""
    assert ("loop", "Collects.") == (loop.__name__, loop.__doc__)
    assert "(n, *rest, k=1, **more)" == str(inspect.signature(loop))
    assert "found.append" in inspect.getsource(loop)
    assert pickle.loads(pickle.dumps(loop)) is loop


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill means something else there")
def test_interrupt():
    """Ctrl-C in a script: at the oldest call, through the function's own `finally`; the handler is as before."""
    begun, go = threading.Event(), threading.Event()
    kept = []

    @external
    def wait(x):
        begun.set()
        go.wait(20)

    @parallel
    def f():
        try:
            return wait(1)
        finally:
            kept.append("ended")

    def press():
        begun.wait(20)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt) as found:
        f()
    go.set()
    assert (["ended"], before) == (kept, signal.getsignal(signal.SIGINT))
    assert ["test_interrupt", "wrapper", "f", "wait"] == [name for name, _ in frames(found.value)][:4]


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill means something else there")
def test_interrupt_that_another_thread_gets():
    """The system may give the signal to any thread, or while the main one is just about to wait: it is heard of all the same."""
    go = threading.Event()

    @external
    def wait(x):
        go.wait(20)

    @parallel
    def f():
        return wait(1)

    def waits(thread):
        frame = sys._current_frames()[thread]
        return frame.f_code.co_name == "wait" and frame.f_code.co_filename.endswith("blocking.py")

    def press(main):
        seen = 0
        while seen < 100:
            seen = seen + 1 if waits(main) else 0
            threading.Event().wait(0.001)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    threading.Thread(target=press, args=(threading.get_ident(),)).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        f()
    assert time.monotonic() - begun < 10
    go.set()


class C:
    pass


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: parallel(3), "parallel() needs a function written in Python, not an object of type int: put @parallel above its `def`"),
        (lambda: parallel(C), "not the class C"),
        (lambda: parallel(len), "not an object of type builtin_function_or_method"),
        (lambda: parallel(g), "parallel() on the generator function g"),
        (lambda: run(3), "run() needs a function, a coroutine or the text of a cell, not an object of type int"),
        (lambda: run("x", 1), "run() of a text takes one dict"),
        (lambda: run(aloop(1), 3), "run() of a coroutine takes no arguments"),
    ],
)
def test_refused(wrong, said):
    """With a sentence that says what to do, at once."""
    with pytest.raises(DeclarationError) as raised:
        wrong()
    assert said in str(raised.value)


def g():
    yield 1


def test_refused_limit():
    with pytest.raises(SettingsError, match="limit is a whole number from 1, or None for no limit, not 0"):
        parallel(limit=0)
    with pytest.raises(SettingsError):
        run(loop, 1, limit="many")


def test_a_script(tmp_path):
    """Under plain `python`: no IPython, nothing left running, the value as without the decorator."""
    script = tmp_path / "script.py"
    script.write_text(
        "import asyncio, sys, threading\n"
        "from poppy_nb import external, parallel, run\n"
        "meeting = threading.Barrier(3, timeout=20)\n"
        "@external\n"
        "def meet(x):\n"
        "    meeting.wait()\n"
        "    return x\n"
        "@parallel\n"
        "def main(n):\n"
        "    return [meet(i) for i in range(n)]\n"
        "async def amain():\n"
        "    return main(3)\n"
        "if __name__ == '__main__':\n"
        "    print(main(3), asyncio.run(run(amain())))\n"
        "    print({'IPython', 'ipykernel', 'ipywidgets', 'graphviz'} & set(sys.modules))\n"
    )
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=tmp_path, timeout=60, env=environment)
    assert ("[0, 1, 2] [0, 1, 2]\nset()\n", "") == (done.stdout, done.stderr)


def test_an_installed_module(tmp_path, monkeypatch):
    """Where the decorator stands the source is the user's, wherever it is installed."""
    package = tmp_path / "site-packages"
    package.mkdir()
    (package / "installed_flow.py").write_text(
        "from poppy_nb import parallel\n@parallel\ndef flow(call, n):\n    return [call(i) for i in range(n)]\n"
    )
    monkeypatch.syspath_prepend(str(package))
    import installed_flow

    together(3)
    assert [[0], [1], [2]] == installed_flow.flow(meet, 3)


def test_a_loop_of_another_kind():
    """Nothing to run on: plain Python."""

    async def go(x):
        return x

    step = run(go, 5)
    with pytest.raises(StopIteration) as stop:
        step.send(None)
    assert 5 == stop.value.value


def test_drivers_agree():
    """What is measured on one loop holds without one: `AsyncioDriver` is not needed for synchronous functions."""
    made = []
    original = AsyncioDriver.__init__
    AsyncioDriver.__init__ = lambda self, *args: made.append(1) or original(self, *args)
    try:
        together(2)
        loop(2)
    finally:
        AsyncioDriver.__init__ = original
    assert [] == made
