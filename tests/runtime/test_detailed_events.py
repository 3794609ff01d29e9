"""What events tell a view: where a call stands, which calls it waits for and why, what it was given, and that it can be stopped."""

import asyncio
import threading
import time

import pytest

from poppy_nb.errors import CallStoppedError
from poppy_nb.events import EventStream
from poppy_nb.externals import external
from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session


@external
def f(x, *more):
    return f"f({x})"


@external
def ok(x):
    return True


@external(writes="db")
def save(x):
    return x


def run(source, values=False, subscriber=None):
    """The events of a run, by operation."""
    stream = EventStream()
    stream.detailed, stream.values = True, values
    if subscriber:
        stream.subscribe(lambda event: subscriber(stream, event))
    session = Session({"f": f, "ok": ok, "save": save}, driver=VirtualDriver(1.0))
    try:
        asyncio.run(session.run(source, "<cell>", events=stream))
    finally:
        assert [] == stream.errors
    return list(stream)


def planned(events):
    return [event for event in events if event.kind == "planned" and event.external]


def around(event):
    within, found = event.within, []
    while within is not None:
        found.append(f"{within.kind} {within.name}".strip() + f" {within.span.line}")
        within = within.outer
    return found[::-1]


def waits(events, op):
    """Reasons and the labels of the calls."""
    lines = {event.op: event.line for event in planned(events)}
    return {event.reason: [lines[n] for n in event.waits_for] for event in events if event.kind == "waits" and event.op == op}


def test_where_a_call_stands():
    """Functions by the line of their call, regions by their own."""
    events = run("def ask(x):\n    return f(x)\nfor k in 'ab':\n    ask(k)\nf(1)")
    assert [["loop 3", "iteration 3", "function ask 4"]] * 2 + [[]] == [around(event) for event in planned(events)]
    inner, other, last = planned(events)
    assert inner.within.outer.outer is not None
    assert inner.within.outer.number != other.within.outer.number
    assert inner.within.outer.outer.number == other.within.outer.outer.number
    assert inner.position < other.position < last.position


def test_data():
    """Also through operators, lists and functions."""
    events = run("a = f(1)\nb = [f(2).upper()]\nc = f(a + '!', b)")
    first, second, third = planned(events)
    assert (first.op, second.op) == third.waits_for


def test_same_list():
    """The list that a loop still writes."""
    events = run("out = []\nfor k in 'ab':\n    s = f(k)\n    if 'z' not in s:\n        out.append(s)\nr = f(''.join(out))")
    assert {"line 4 may change the same list": [3]} == waits(events, planned(events)[-1].op)


def test_resource():
    """Declared order."""
    events = run("a = save(1)\nb = save(2)")
    assert {"calls on 'db' run in order": [1]} == waits(events, planned(events)[-1].op)


def test_unknown_code():
    """The line, and what to declare."""
    events = run("import os\na = f(1)\nb = os.getloadavg()")
    (event,) = [event for event in events if event.kind == "waits"]
    assert (3, "it is not known what getloadavg() touches", "declare external(getloadavg) if its calls may run at the same time") == (event.line, event.reason, event.detail)


def test_values_only_when_asked_for():
    """Arguments and answers as short text, without secrets."""
    source = "a = f('sk-abcdefghijklmnopqrstuvwxyz')\nb = f(a, 'x' * 1000)"
    assert {""} == {event.detail for event in run(source)}
    told = [event.detail for event in run(source, values=True) if event.kind in ("dispatched", "done")]
    assert told[0] == "'•••'"
    assert "sk-" not in "".join(told)
    assert all(len(detail) < 170 for detail in told)


def test_stop():
    """A call that the user stops fails at its place; what does not depend on it goes on."""
    stopped = []

    def stop(stream, event):
        if event.kind == "dispatched" and not stopped:
            stopped.append(event.op)
            stream.stop(event.op)

    events = run("try:\n    a = f(1)\nexcept Exception as e:\n    a = type(e).__name__\nb = f(a)", subscriber=stop)
    assert [("failed", "CallStoppedError")] == [(e.kind, e.detail) for e in events if e.op == stopped[0] and e.kind in ("failed", "done")]
    stopped.clear()
    with pytest.raises(CallStoppedError, match=r"f\(\) was stopped"):
        run("a = f(1)", subscriber=stop)


@pytest.mark.parametrize("is_blocking", [False, True])
def test_stop_from_another_thread(is_blocking):
    """Messages of a page may come on one. Nothing else wakes the run then: it waits for a call that does not end."""
    done = threading.Event()
    names = {"hang": external(lambda: done.wait(40))}
    stream = EventStream()

    def stop_later(event):
        if event.kind == "dispatched":
            threading.Timer(0.3, stream.stop, [event.op]).start()

    stream.subscribe(stop_later)
    began = time.monotonic()
    source = "try:\n    a = hang()\nexcept Exception as e:\n    a = type(e).__name__"
    if is_blocking:
        Session(names).run_blocking(source, "<cell>", events=stream)
    else:
        asyncio.run(Session(names).run(source, "<cell>", events=stream))
    done.set()
    assert "CallStoppedError" == names["a"]
    assert time.monotonic() - began < 20
