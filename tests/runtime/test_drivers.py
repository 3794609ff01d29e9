"""The driver on a real loop and real threads. Nothing sleeps: gates decide who goes first."""

import asyncio
import subprocess
import sys
import threading
import time
from contextvars import ContextVar, copy_context
from types import SimpleNamespace

import pytest

from poppy_nb.runtime.drivers import AsyncioDriver
from poppy_nb.runtime.pool import Pool


LONG = 30  # seconds after which a gate that is never opened fails the test


class Log:
    """An engine that only writes down what it is told, and by whom."""

    def __init__(self, driver):
        self.news = {}
        self.order = []
        self.threads = set()
        driver.bind(self)

    def finish(self, op, value):
        self._note(op, value)

    def fail(self, op, error):
        self._note(op, error)

    def _note(self, op, what):
        assert op.id not in self.news
        self.news[op.id] = what
        self.order.append(op.id)
        self.threads.add(threading.get_ident())


def op(number, target, *args, mode="thread", context=None, **kwargs):
    return SimpleNamespace(id=number, target=target, args=args, kwargs=kwargs, mode=mode, context=context, site=None, strand=None)


async def until(driver, log, number):
    while len(log.news) < number:
        await asyncio.wait_for(driver.wait(), LONG)


def run(body):
    """Run `body(driver, log)` on a loop; the log."""

    async def main():
        driver = AsyncioDriver()
        log = Log(driver)
        try:
            await body(driver, log)
        finally:
            driver.close()
        return log

    log = asyncio.run(main())
    assert log.threads <= {threading.get_ident()}
    return log


@pytest.mark.parametrize("mode", ["thread", "main"])
def test_a_synchronous_call(mode):
    async def body(driver, log):
        driver.start(op(1, lambda x, y: (x, y, threading.get_ident()), 1, mode=mode, y=2))
        assert log.news == {}
        await until(driver, log, 1)

    x, y, thread = run(body).news[1]
    assert (x, y) == (1, 2)
    assert (thread == threading.get_ident()) is (mode == "main")


def test_threads_run_at_the_same_time():
    barrier = threading.Barrier(10)

    async def body(driver, log):
        for number in range(10):
            driver.start(op(number, barrier.wait, LONG))
        await until(driver, log, 10)

    assert sorted(run(body).news.values()) == list(range(10))


def test_tasks_run_at_the_same_time_and_in_the_background_of_waits():
    async def body(driver, log):
        gate = asyncio.Event()

        async def first():
            await gate.wait()
            return "first"

        async def second():
            gate.set()
            return "second"

        driver.start(op(1, first, mode="async"))
        driver.start(op(2, second, mode="async"))
        await until(driver, log, 2)

    assert run(body).news == {1: "first", 2: "second"}


@pytest.mark.parametrize("mode", ["thread", "main", "async"])
@pytest.mark.parametrize("error", [KeyError("k"), SystemExit(2), KeyboardInterrupt(), StopIteration(3), GeneratorExit()])
def test_whatever_is_raised_is_delivered_and_begins_in_the_callee(mode, error):
    error.__traceback__ = None

    def call():
        raise error

    async def awaited():
        raise error

    async def body(driver, log):
        driver.start(op(1, awaited if mode == "async" else call, mode=mode))
        await until(driver, log, 1)

    raised = run(body).news[1]
    if mode == "async" and isinstance(error, StopIteration):  # as plain Python does
        assert isinstance(raised, RuntimeError)
        assert raised.__cause__ is error
    else:
        assert raised is error
    assert error.__traceback__.tb_frame.f_code.co_name in ("call", "awaited")


@pytest.mark.parametrize("mode", ["thread", "main", "async"])
def test_the_call_runs_in_its_context(mode):
    variable = ContextVar("variable", default=0)
    context = copy_context()
    context.run(variable.set, 7)

    def call():
        return variable.get()

    async def awaited():
        return variable.get()

    async def body(driver, log):
        variable.set(1)
        for number, given in ((1, context), (2, None)):
            driver.start(op(number, awaited if mode == "async" else call, mode=mode, context=given))
        await until(driver, log, 2)

    assert run(body).news == {1: 7, 2: 1}


def test_answers_of_threads_come_in_bursts_without_loss():
    async def body(driver, log):
        for number in range(2000):
            driver.start(op(number, lambda n: n, number))
        await until(driver, log, 2000)

    assert run(body).news == {n: n for n in range(2000)}


def test_a_task_that_is_cancelled_is_dropped():
    ended = []

    async def body(driver, log):
        async def forever():
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                ended.append("cancelled")
                raise

        slow, never = op(1, forever, mode="async"), op(2, forever, mode="async")
        driver.start(slow)
        await asyncio.sleep(0)
        driver.start(never)  # cancelled before it has begun
        driver.cancel(slow)
        driver.cancel(never)
        driver.start(op(3, lambda: "other"))
        await until(driver, log, 1)
        assert driver.abandoned == 0

    assert run(body).news == {3: "other"}
    assert ended == ["cancelled"]


def test_a_running_thread_is_abandoned_and_counted_a_queued_one_is_not_begun():
    gate, begun = threading.Event(), threading.Event()
    ran = []

    def hang():
        begun.set()
        gate.wait(LONG)
        return "late"

    async def body(driver, log):
        driver._pool = Pool(1)
        running, queued = op(1, hang), op(2, ran.append, 2)
        driver.start(running)
        driver.start(queued)
        begun.wait(LONG)
        driver.cancel(queued)
        driver.cancel(running)
        assert driver.abandoned == 1
        driver.start(op(3, lambda: "goes on"))  # the abandoned thread does not hold its place
        await until(driver, log, 1)
        gate.set()
        driver.start(op(4, lambda: "and on"))
        await until(driver, log, 2)

    assert run(body).news == {3: "goes on", 4: "and on"}
    assert ran == []


def test_a_cancelled_main_call_does_not_run():
    ran = []

    async def body(driver, log):
        first, second = op(1, ran.append, 1, mode="main"), op(2, ran.append, 2, mode="main")
        driver.start(first)
        driver.start(second)
        driver.cancel(first)
        await until(driver, log, 1)

    run(body)
    assert ran == [2]


def test_the_loop_gets_a_turn_between_main_calls():
    turns = []

    async def body(driver, log):
        for number in (1, 2):
            driver.start(op(number, lambda n=number: turns.append(n), mode="main"))
        asyncio.get_running_loop().call_soon(turns.append, "loop")
        await until(driver, log, 2)

    run(body)
    assert turns == ["loop", 1, 2]


def test_a_late_answer_of_an_earlier_run_is_not_taken_for_one_of_now():
    gate = threading.Event()

    async def body(driver, log):
        driver.start(op(1, lambda: gate.wait(LONG)))
        driver.close()
        driver.start(op(1, lambda: "new"))
        gate.set()
        await until(driver, log, 1)

    assert run(body).news == {1: "new"}


def test_timers_ring_within_wait():
    async def body(driver, log):
        rang = []
        driver.timer(0, lambda: rang.append(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert rang == []
        await driver.wait()
        assert rang == [1]
        assert driver.now() == pytest.approx(asyncio.get_running_loop().time(), abs=LONG)

    run(body)


def test_cancelling_wait_passes_through_and_loses_nothing():
    async def body(driver, log):
        gate = threading.Event()
        driver.start(op(1, lambda: gate.wait(LONG)))
        waiting = asyncio.ensure_future(driver.wait())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        gate.set()
        await until(driver, log, 1)

    assert run(body).news == {1: True}


def test_waiting_for_nothing_is_an_error():
    async def body(driver, log):
        with pytest.raises(RuntimeError, match="nothing is in flight"):
            await driver.wait()

    run(body)


# --- the pool


def test_threads_are_daemons_reused_and_end_when_idle():
    pool = Pool(4, idle=0.0)
    seen, gate = [], threading.Barrier(2)
    for _ in range(2):
        pool.submit(lambda: (seen.append(threading.current_thread()), gate.wait(LONG)))
        gate.wait(LONG)
    assert all(thread.daemon for thread in seen)
    for thread in seen:
        thread.join(LONG)
    assert pool.threads == 0


def test_a_thread_is_used_again():
    pool = Pool(4)
    for _ in range(20):
        done = threading.Event()
        pool.submit(done.set)
        assert done.wait(LONG)
        while not pool._idle:  # the thread has said so, it only has to lie down
            time.sleep(0)
    assert pool._made == 1


def test_no_more_threads_than_its_size():
    pool = Pool(3)
    gate, all_in = threading.Event(), threading.Semaphore(0)
    running, most, lock = [0], [0], threading.Lock()

    def job():
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        gate.wait(LONG)
        with lock:
            running[0] -= 1
        all_in.release()

    for _ in range(10):
        pool.submit(job)
    gate.set()
    for _ in range(10):
        assert all_in.acquire(timeout=LONG)
    assert most[0] <= 3
    assert Pool(None).size == Pool.MOST


def test_without_threads_it_makes_do_with_those_it_has(monkeypatch):
    pool = Pool(4)
    gate, done = threading.Event(), threading.Semaphore(0)
    pool.submit(lambda: gate.wait(LONG) and done.release())

    def no_more(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_more)
    pool.submit(done.release)
    gate.set()
    for _ in range(2):
        assert done.acquire(timeout=LONG)
    with pytest.raises(RuntimeError):
        Pool(4).submit(done.release)


def test_a_hanging_call_delays_no_exit():
    program = (
        "import threading\n"
        "from poppy_nb.runtime.pool import Pool\n"
        "begun = threading.Event()\n"
        "Pool().submit(lambda: (begun.set(), threading.Event().wait()))\n"
        "begun.wait()\n"
        "print('leaving')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=LONG, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "leaving\n", "")
