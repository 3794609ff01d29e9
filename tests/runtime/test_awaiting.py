"""`await`, coroutine objects, tasks and clocks in a cell: what asyncio code means stays what it was, and its calls overlap."""

from __future__ import annotations

import asyncio
import gc
import inspect
import time
import traceback
import types

import pytest

from poppy_nb.externals import external
from poppy_nb.session import Session
from tests.equivalence import check


pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _no_garbage():
    """Coroutines that other tests have dropped warn when they are collected: not into the output of these programs."""
    gc.collect()


PROGRAMS = {
    "gather in batches": (1, """
        import asyncio
        out = []
        for batch in ([1, 2], [3, 4]):
            rs = await asyncio.gather(*[af(x) for x in batch])
            out.extend(rs)"""),
    "gather of pending arguments": (2, "import asyncio\nys = [f(x) for x in (1, 2)]\nout = await asyncio.gather(*[af(y) for y in ys])"),
    "gather awaited later": (1, """
        import asyncio
        gs = []
        for x in (1, 2):
            gs.append(asyncio.gather(af(x), af(x + 1)))
        out = [await g for g in gs]
        del gs"""),
    "gather looked at": (None, """
        import asyncio
        fut = asyncio.gather(af(1), af(2))
        kind, done = type(fut).__name__, fut.done()
        r = await fut
        del fut"""),
    "gather with exceptions as results": (1, """
        import asyncio
        out = await asyncio.gather(*[afail(x) for x in range(4)], return_exceptions=True)
        out = [str(o) for o in out]"""),
    "gather that fails": (1, "import asyncio\nout = await asyncio.gather(*[afail(x) for x in range(4)])"),
    "gather of functions with calls in them": (3, """
        import asyncio
        async def ask(x):
            y = await af(x)
            for k in range(2):
                y += await af(k)
            return y
        out = await asyncio.gather(*[ask(x) for x in (1, 2)])"""),
    "gather of methods": (1, """
        import asyncio
        class Agent:
            def __init__(self):
                self.history = []
            async def ask(self, x):
                self.history.append(x)
                self.history.append(await af(x))
        agents = [Agent(), Agent()]
        out = await asyncio.gather(*[a.ask(k) for k, a in enumerate(agents)])"""),
    "a failure in a task": (None, """
        import asyncio
        async def ask(x):
            try:
                return await afail(x)
            except ValueError as e:
                raise RuntimeError("no") from e
        out = await asyncio.gather(*[ask(x) for x in range(3)])"""),
    "a coroutine kept in a list": (1, "cs = [af(x) for x in (1, 2)]\nout = []\nfor c in cs:\n    out.append(await c)\ndel c, cs"),
    "a coroutine kept, of a pending argument": (2, "y = f(1)\nc = af(y)\nx = g(2)\nz = await c\ndel c"),
    "a coroutine awaited twice": (1, "c = af(1)\na = await c\ntry:\n    b = await c\nexcept RuntimeError as e:\n    b = str(e)\ndel c"),
    "coroutines left over": (1, "cs = [af(f(2)), af(2)]\nk = {'a': af(f(1))}\nasync def ask(x): pass\nd = ask(f(1))"),
    "an argument changed before the await": (1, "msgs = ['a']\nc = af(msgs)\nmsgs.append('b')\nr = await c\ndel c"),
    "wrong arguments": (0, "async def ask(x): pass\ntry:\n    ask()\nexcept TypeError as e:\n    message = str(e)"),
    "a task runs only at an await": (None, """
        import asyncio
        log = []
        async def t(x):
            log.append("task")
            log.append(await af(x))
        k = asyncio.create_task(t(1))
        log.append(f(1))
        if "f" in log[-1]:
            log.append("main")
        await k
        del k"""),
    "workers at a queue": (None, """
        import asyncio
        q, out = asyncio.Queue(), []
        async def worker():
            while True:
                out.append(await af(await q.get()))
                q.task_done()
        for x in (1, 2, 3):
            q.put_nowait(x)
        ws = [asyncio.create_task(worker()) for _ in range(2)]
        await q.join()
        for w in ws:
            w.cancel()
        out.sort()
        del q, ws, w"""),
    "a cancelled task": (None, """
        import asyncio
        async def t():
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                print("cancelled")
                raise
        k = asyncio.create_task(t())
        await asyncio.sleep(0)
        k.cancel()
        try:
            await k
        except asyncio.CancelledError:
            print("seen")
        del k"""),
    "sleep delays what follows": (2, "import asyncio\nfor x in (1, 2, 3):\n    await af(x)\n    await asyncio.sleep(0.5)"),
    "a timeout": (None, "import asyncio\ntry:\n    async with asyncio.timeout(0.01):\n        await asyncio.sleep(10)\nexcept TimeoutError:\n    r = 'late'"),
    "async for": (None, "async def gen():\n    yield await af(1)\nout = []\nasync for y in gen():\n    out.append(y)\nz = f(1)"),
    "async for that fails": (None, "async def gen():\n    yield 1\n    1 / 0\nx = f(1)\nfor k in range(2):\n    async for y in gen():\n        z = y"),
    "a context variable set by what is awaited": (None, """
        import contextvars
        v = contextvars.ContextVar("v")
        class C:
            async def __aenter__(self): pass
            async def __aexit__(self, *error): pass
        async def set_it():
            async with C():
                v.set(6)
        await set_it()
        b = v.get()
        del v"""),
    "no awaitable": (0, "try:\n    await 5\nexcept TypeError as e:\n    m = str(e)"),
    "recursion": (1, "async def fib(n):\n    return await af(n) if n < 2 else await fib(n - 1) + await fib(n - 2)\nr = await fib(4)"),
    "clocks of another kind": (1, "import time, datetime\na = f(1)\nkinds = type(time.time_ns()), type(datetime.datetime.now()).__name__"),
}  # fmt: skip

# Their meaning depends on how long calls take: compared in the ideal order only
TIMED = {
    "a deadline in a helper": (3, """
        import time
        t0 = time.time()
        def elapsed():
            return time.time() - t0
        out = []
        for x in range(9):
            if elapsed() > 2.5:
                break
            out.append(f(x))"""),
    "a deadline that skips": (3, """
        import time
        t0 = time.time()
        out, skipped = [], 0
        for x in range(5):
            if time.time() - t0 > 2.5:
                skipped += 1
            else:
                out.append(f(x))"""),
    "what is left": (3, """
        import time
        start, x = time.monotonic(), 0
        def left():
            return 2.5 - (time.monotonic() - start)
        while left() > 0:
            f(x)
            x += 1"""),
    "two calls in the block": (2, """
        import time
        dt = []
        for x in range(3):
            t = time.time()
            y = g(f(x))
            dt.append(time.time() - t)
        del t"""),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    ideal, source = PROGRAMS[name]
    check(inspect.cleandoc(source), expect_time=ideal, orders=3)
    gc.collect()  # coroutines left over complain here, where that is expected


@pytest.mark.parametrize("name", TIMED)
def test_timed(name):
    ideal, source = TIMED[name]
    check(inspect.cleandoc(source), expect_time=ideal, orders=0)


# ---- the session, on the real loop


@external
async def ask(x):
    await asyncio.sleep(0.05)
    return x


@external(limit=2)
async def ask_few(x):
    await asyncio.sleep(0.05)
    return x


@external
def think(x):
    time.sleep(0.05)
    return x


@external
def divide(x):
    time.sleep(0.02)
    return 1 / x


def session():
    return Session({"__name__": "__main__", "divide": divide, "ask": ask, "ask_few": ask_few, "think": think, "asyncio": asyncio})


def run(source, this=None, **options):
    this = this or session()
    return asyncio.run(this.run(source, "<a cell>", **options))


def test_gather_overlaps_and_is_reported():
    began = time.perf_counter()
    result = run("async def twice(x):\n    return await ask(await ask(x))\nawait asyncio.gather(*[twice(x) for x in range(20)])")
    assert time.perf_counter() - began < 0.5
    assert result.value == list(range(20))
    assert (result.report.calls, result.report.most_at_once) == (40, 20)


def test_limits_hold_in_tasks():
    source = "async def one(x):\n    return await {}(x)\nawait asyncio.gather(*[one(x) for x in range(4)])"
    assert run(source.format("ask_few")).report.most_at_once == 2
    assert run(source.format("ask"), limit=3).report.most_at_once == 3


def test_a_task_outlives_its_run():
    this = session()

    async def main():
        first = "log = []\nasync def t():\n    log.append(1)\n    await asyncio.sleep(0.01)\n    log.append(await ask(2))\nk = asyncio.create_task(t())\nlog.append(0)"
        await this.run(first, "<one>")
        await this.run("await k", "<two>")
        assert asyncio.get_running_loop().get_task_factory() is None

    asyncio.run(main())
    assert this.namespace["log"] == [0, 1, 2]


def test_what_is_left_is_a_coroutine():
    result = run("c = ask(1)\nd = ask(think(1))\n[c, d]")
    assert [type(c) for c in result.value] == [types.CoroutineType] * 2
    assert all(c.cr_code is ask.__code__ for c in result.value)
    for c in result.value:
        c.close()


def test_never_awaited_is_warned_of():
    with pytest.warns(RuntimeWarning, match="coroutine 'ask' was never awaited"):
        run("ask(1)\nx = think(1)")


def test_the_report_of_a_failed_run():
    this = session()
    with pytest.raises(ZeroDivisionError):
        run("think(1)\nthink(2)\n1 / 0", this)
    assert this.report.calls == 2


def test_a_thread_that_cannot_be_stopped_is_counted():
    this = session()
    with pytest.raises(ZeroDivisionError):
        run("divide(0)\nthink(2)", this)
    assert this.report.abandoned == 1


def test_threads_are_kept_between_runs():
    this = session()
    run("[think(x) for x in range(3)]", this)
    run("[think(x) for x in range(3)]", this)
    assert this._pool.threads < 6


def test_run_plainly():
    this = session()
    result = asyncio.run(this.run_plainly("x = await ask(1)\nx + 1", "<a cell>"))
    assert (result.value, this.namespace["x"], result.report.calls) == (2, 1, 0)
    with pytest.raises(ZeroDivisionError) as caught:
        asyncio.run(this.run_plainly("\n1 / 0", "<a cell>", first_line=3))
    assert [(s.filename, s.lineno) for s in traceback.extract_tb(caught.value.__traceback__) if "session" not in s.filename][-1] == ("<a cell>", 4)


def test_future_statements_hold_in_later_cells():
    this = session()
    run("from __future__ import annotations", this)
    run("def f(x: int): pass", this)
    assert this.namespace["f"].__annotations__ == {"x": "int"}
