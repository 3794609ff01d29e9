"""Calls begin while the walk goes on: it stops now and then for those that wait for its thread, and for nothing else."""

import asyncio
import threading

import pytest

import poppy_nb.session
from poppy_nb import external
from poppy_nb.events import EventStream
from poppy_nb.runtime import dispatch
from poppy_nb.session import Session


@pytest.fixture(autouse=True)
def _always(monkeypatch):
    monkeypatch.setattr(dispatch, "BREATH", 0.0)


def ran(source, call, **names):
    """What will be dispatched and begun, in order, the session, and the run."""
    log = []
    events = EventStream()
    events.subscribe(lambda event: log.append(("dispatched", event.op)) if event.kind == "dispatched" else None)

    @external
    async def ask(x):
        log.append(("begun", x))
        return await call(x)

    names |= {"ask": ask, "__name__": "__main__"}
    session = Session(names, check=True)
    return log, session, session.run(source, "<cell>", events=events)


async def at_once(x):
    return x


def test_calls_begin_before_the_walk_is_through():
    """Each is begun before the next is dispatched."""
    log, session, run = ran("out = [await ask(i) for i in range(3)]", at_once)
    asyncio.run(run)
    assert ["dispatched", "begun"] * 3 == [what for what, _ in log]
    assert [0, 1, 2] == session.namespace["out"]


def test_what_they_answer_is_not_heard_of_meanwhile():
    """The order in which calls are dispatched is that of a walk that does not stop."""
    source = "out = []\nfor i in range(3):\n    x = await ask(i)\n    if x % 2:\n        out.append(await ask(x * 10))"
    log, session, run = ran(source, at_once)
    asyncio.run(run)
    assert [0, 1, 2, 10] == [x for what, x in log if what == "begun"]
    assert [10] == session.namespace["out"]


def test_the_first_begins_before_the_analysis_of_who_waits_for_it(monkeypatch):
    """What a parked function has yet to do is found out while its call is under way."""
    source = "async def one(x):\n    y = await ask(x)\n    if y:\n        return y\nout = [await one(i) for i in range(2)]"
    log, session, run = ran(source, at_once)
    claim = poppy_nb.session.claim
    monkeypatch.setattr(poppy_nb.session, "claim", lambda *given: (log.append(("analysed", None)), claim(*given)))
    asyncio.run(run)
    assert ["dispatched", "begun", "analysed"] == [what for what, _ in log[:3]]
    assert [None, 1] == session.namespace["out"]


def test_cancelled_while_it_stands_still():
    """As anywhere else: what has been done is undone."""

    async def main():
        async def call(x):
            task.cancel()
            await asyncio.Event().wait()

        log, session, run = ran("out.append(0)\nfor i in range(3):\n    out.append(await ask(i))", call, out=[])
        task = asyncio.ensure_future(run)
        with pytest.raises(asyncio.CancelledError):
            await task
        return log, session

    log, session = asyncio.run(main())
    assert [("begun", 0)] == [entry for entry in log if entry[0] == "begun"]
    assert [0] == session.namespace["out"]


def test_interrupted_while_it_stands_still():
    """KeyboardInterrupt stands at the oldest operation."""

    async def main():
        async def call(x):
            if not x:
                asyncio.get_running_loop().call_soon(session.interrupt, None)
            await asyncio.Event().wait()

        _, session, run = ran("out.append('before')\nfor i in range(3):\n    out.append(await ask(i))", call, out=[])
        with pytest.raises(KeyboardInterrupt):
            await run
        return session

    assert ["before"] == asyncio.run(main()).namespace["out"]


def test_threads_begin_without_an_event_loop():
    """A call on a thread gets the interpreter's lock, too."""
    begun = threading.Event()

    @external
    def first():
        begun.set()
        return 1

    @external
    def others(x):
        return begun.wait(60)

    names = {"first": first, "others": others, "__name__": "__main__"}
    Session(names, check=True).run_blocking("a = first()\nb = [others(i) for i in range(5)]", "<cell>")
    assert [True] * 5 == names["b"]


FAILING = {
    "a handler that asks again": "for i in range(6):\n    t = ask(i)\n    try:\n        out.append(int(t))\n    except ValueError:\n"
    "        t = ask(t)\n        try:\n            out.append(float(t))\n        except ValueError as e:\n            out.append(str(e))",
    "functions that try": "def go(i):\n    for k in range(3):\n        try:\n            t = ask(i)\n            return [ask(int(t)), k]\n"
    "        except ValueError as e:\n            if k == 1:\n                return ask(str(e))\nout += [go(i) for i in range(5)]",
    "a failure of all": "try:\n    for i in range(5):\n        t = ask(i)\n        if t:\n            out.append(ask(t))\n            int(t)\n"
    "except ValueError as e:\n    out.append(ask('end'))\nout += [ask(i) for i in range(3)]",
    "a finally": "def go(i):\n    try:\n        t = ask(i)\n        try:\n            return int(t)\n        finally:\n            out.append(ask(t))\n"
    "    except ValueError:\n        return ask('failed')\nout += [go(i) for i in range(5)]",
}


@pytest.mark.parametrize("where", ["on the loop", "without a loop"])
@pytest.mark.parametrize("source", FAILING.values(), ids=FAILING)
def test_who_stands_still_is_cancelled_by_a_failure(source, where):
    """It does not go on afterwards, nor does another strand in its place."""

    def ask(x):
        return f"<{x}>"

    plain = {"ask": ask, "out": []}
    exec(source, plain)
    for _ in range(10):
        names = {"ask": external(ask), "out": [], "__name__": "__main__"}
        session = Session(names, check=True)
        if where == "on the loop":
            asyncio.run(session.run(source, "<cell>"))
        else:
            session.run_blocking(source, "<cell>")
        assert plain["out"] == names["out"]
