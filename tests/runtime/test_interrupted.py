"""Ctrl-C while the runtime is at work: at the next place where a strand can stop, once, and with the handlers of the program."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import os
import signal
import sys
import threading
from typing import Any

import pytest

import poppy_nb
from poppy_nb.magics.interrupt import interruptible
from poppy_nb.runtime import interrupts
from poppy_nb.runtime.scheduler import Scheduler
from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session


LOOP = """
n = 0
try:
    x = slow(1)
    while True: n += 1
except KeyboardInterrupt:
    print('caught', n)
print('after')
"""


@poppy_nb.external
def slow(x: int) -> int:
    """Takes its time: nothing that is written behind it is the oldest thing."""
    return x


def ran(source: str) -> str:
    """What the cell prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        asyncio.run(Session({"slow": slow}, driver=VirtualDriver()).run(source, "<cell>"))
    return out.getvalue()


def at_the_end_of_strand(monkeypatch: pytest.MonkeyPatch, number: int, what: Any) -> None:
    """Call `what` with the engine when so many strands have run: no frame of the program is on this stack then."""
    ended, count = Scheduler.ended, itertools.count(1)

    def then(self: Any, *arguments: Any) -> Any:
        if (so_far := next(count)) == number:
            what(self)
        assert so_far < 1_000, "nothing has come of it"
        return ended(self, *arguments)

    monkeypatch.setattr(Scheduler, "ended", then)


@pytest.mark.engine
def test_between_two_strands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that goes on and on by new strands stops before the next one."""
    at_the_end_of_strand(monkeypatch, 5, lambda engine: interrupts.request(engine, None))
    monkeypatch.setattr(interrupts, "_is_users", lambda frame: False)
    assert ran(LOOP) == "caught 0\nafter\n"


@pytest.mark.engine
def test_what_comes_late_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is raised in the midst of the runtime, a repeated signal does not tear what that unwinds."""
    raised = []

    def twice(engine: Any) -> None:
        engine.interrupted = True
        engine.interrupt_due = (0.0, 0.0)
        for _ in range(2):
            try:
                interrupts.request(engine, None)
            except KeyboardInterrupt as error:
                raised.append(error)

    at_the_end_of_strand(monkeypatch, 5, twice)
    monkeypatch.setattr(interrupts, "_is_users", lambda frame: False)
    assert ran(LOOP) == "caught 0\nafter\n"
    assert 1 == len(raised)


def test_an_echo_is_not_a_second_one() -> None:
    """A repeated signal that arrives when the first has had its effect interrupts nothing."""

    class Engine:
        interrupted = False
        signalled = True

    interrupts.request(Engine(), None)  # type: ignore[arg-type]
    assert not Engine().interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="no signals from other threads")
def test_code_that_has_computed_for_long() -> None:
    """It would soon have stood still for the call beside it to begin: the interrupt comes first, and waits for no call."""
    begun, over, ended = threading.Event(), threading.Event(), []

    @poppy_nb.external
    def call() -> None:
        begun.set()
        over.wait(10)
        ended.append(True)

    def send() -> None:
        begun.wait()
        over.wait(0.05)  # by now it computes
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=send, daemon=True).start()
    session = Session({"call": call})
    cell = "def compute():\n    n = 0\n    while True: n += 1\nx = call()\ncompute()"
    outcome = asyncio.run(interruptible(session.run(cell, "<cell>"), session.interrupt))
    assert [] == ended
    assert isinstance(outcome.error, KeyboardInterrupt)
    over.set()
