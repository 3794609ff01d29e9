"""The driver that needs no loop: calls on threads, on the own thread, timers; and random programs under it, on real threads."""

import threading
import time
from types import SimpleNamespace

import pytest

from poppy_nb.runtime.blocking import BlockingDriver, drive
from poppy_nb.runtime.pool import Pool
from poppy_nb.session import Session
from tests.equivalence import NotAProgram, Order, check
from tests.random_programs.generator import generate


class Told:
    """Stands for the engine."""

    def __init__(self):
        self.news = []

    def finish(self, op, value):
        self.news.append((op.id, value))

    def fail(self, op, error):
        self.news.append((op.id, type(error)))


@pytest.fixture
def driver():
    made = BlockingDriver(Pool(4))
    made.told = Told()
    made.bind(made.told)
    yield made
    made.close()


def op(number, target, *args, mode="thread"):
    return SimpleNamespace(id=number, target=target, args=args, kwargs={}, mode=mode, context=None, site=None, strand=None)


def wait(driver):
    drive(driver.wait())
    return driver.told.news


def test_threads(driver):
    """They run at once, and failures are outcomes, SystemExit too."""
    both = threading.Barrier(2, timeout=20)
    driver.start(op(1, both.wait))
    driver.start(op(2, both.wait))
    while len(driver.told.news) < 2:
        wait(driver)
    assert {1, 2} == {number for number, _ in driver.told.news}
    driver.start(op(3, lambda: 1 / 0))
    assert (3, ZeroDivisionError) == wait(driver)[-1]
    driver.start(op(4, exit))
    assert (4, SystemExit) == wait(driver)[-1]


def test_the_own_thread(driver):
    """Not before somebody waits."""
    driver.start(op(1, threading.get_ident, mode="main"))
    assert [] == driver.told.news
    assert [(1, threading.get_ident())] == wait(driver)


def test_timers(driver):
    """In the order of their times, not before them."""
    begin, rung = time.monotonic(), []
    for seconds in (0.03, 0.01, 0.02):
        driver.timer(seconds, lambda seconds=seconds: rung.append((seconds, time.monotonic() - begin >= seconds)))
    while len(rung) < 3:
        wait(driver)
    assert [(0.01, True), (0.02, True), (0.03, True)] == rung


def test_cancelled_calls(driver):
    """Their outcome is dropped; one that runs is counted."""
    go = threading.Event()
    started = threading.Event()
    slow = op(1, lambda: (started.set(), go.wait(20)))
    driver.start(slow)
    assert started.wait(20)
    driver.start(mine := op(2, lambda: 5, mode="main"))
    driver.cancel(slow)
    driver.cancel(mine)
    go.set()
    driver.start(op(3, lambda: 7))
    assert [(3, 7)] == wait(driver)
    assert 1 == driver.abandoned


def test_nothing_to_wait_for(driver):
    """An error of ours, not a wait without end."""
    with pytest.raises(RuntimeError, match="nothing is in flight"):
        drive(driver.wait())
    with pytest.raises(RuntimeError, match="without an event loop"):
        driver.start(op(1, None, mode="await"))


def blocking(task):
    task.now = time.monotonic
    return Session(task.namespace, check=True).run_blocking(task.source, task.filename, limit=64).value


def test_random_programs():
    """The same meaning as on the virtual clock and as in plain Python."""
    ran = 0
    for seed in range(88_000, 88_012):
        source = generate(seed, level=4, size=20)
        source = getattr(source, "source", source)
        if "await" in source or "async " in source:
            continue
        try:
            check(source, orders=[Order()], engine=blocking, steps=3000, seconds=20.0)
            ran += 1
        except NotAProgram:
            pass
    assert 8 < ran
