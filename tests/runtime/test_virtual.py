"""The virtual clock: exact times, chosen orders."""

import asyncio
import random
from contextvars import ContextVar, copy_context
from types import SimpleNamespace

import pytest

from poppy_nb.runtime.virtual import VirtualDriver, every_order


class Log:
    """An engine that only writes down what it is told."""

    def __init__(self, driver):
        self.news = []
        self.driver = driver
        driver.bind(self)

    def finish(self, op, value):
        self.news.append((op.id, value))

    def fail(self, op, error):
        self.news.append((op.id, error))

    def run(self):
        async def main():
            while True:
                try:
                    await self.driver.wait()
                except RuntimeError:
                    return

        asyncio.run(main())
        return self.news


def op(number, target=lambda *a: a, *args, mode="thread", context=None, **kwargs):
    return SimpleNamespace(id=number, target=target, args=args, kwargs=kwargs, mode=mode, context=context, site=None, strand=None)


def f(x):
    return x * 10


def g(x):
    return x * 100


def test_calls_end_after_their_latency():
    driver = VirtualDriver({"f": 3, "*": 1})
    log = Log(driver)
    driver.start(op(1, f, 1))
    driver.start(op(2, g, 2))
    assert log.run() == [(2, 200), (1, 10)]
    assert driver.log == [(0, 1, "g", (2,), {}), (0, 3, "f", (1,), {})]
    assert driver.time == driver.now() == 3
    assert driver.peak == 2


def test_nothing_is_delivered_from_start_and_one_thing_from_each_wait():
    driver = VirtualDriver(0)
    log = Log(driver)
    driver.start(op(1, f, 1))
    driver.start(op(2, f, 2))
    assert log.news == []
    asyncio.run(driver.wait())
    assert log.news == [(1, 10)]


@pytest.mark.parametrize(("when", "seen"), [("start", [1]), ("end", [1, 2])])
def test_when_the_body_runs(when, seen):
    items = [1]
    driver = VirtualDriver(when=when)
    log = Log(driver)
    driver.start(op(1, lambda xs: list(xs), items))
    items.append(2)
    assert log.run() == [(1, seen)]


def test_errors_of_all_kinds_are_delivered_and_begin_in_the_callee():
    def stop():
        raise StopIteration

    def leave():
        raise SystemExit(3)

    async def broken():
        raise KeyError("k")

    driver = VirtualDriver()
    log = Log(driver)
    driver.start(op(1, stop))
    driver.start(op(2, leave))
    driver.start(op(3, broken, mode="async"))
    driver.start(op(4, f))
    errors = [error for _, error in log.run()]
    assert [type(e) for e in errors] == [StopIteration, SystemExit, KeyError, TypeError]
    assert [e.__traceback__.tb_frame.f_code.co_name for e in errors[:3]] == ["stop", "leave", "broken"]
    assert errors[3].__traceback__ is None


def test_coroutines_are_driven_but_must_not_wait():
    async def good(x):
        await asyncio.sleep(0)
        return x

    async def bad():
        await asyncio.get_running_loop().create_future()

    async def main():
        driver = VirtualDriver()
        log = Log(driver)
        driver.start(op(1, good, 5, mode="async"))
        driver.start(op(2, bad, mode="async"))
        await driver.wait()
        await driver.wait()
        return log.news

    news = asyncio.run(main())
    assert news[0] == (1, 5)
    assert "must not wait" in str(news[1][1])


def test_the_call_runs_in_its_context():
    variable = ContextVar("variable", default=0)
    context = copy_context()
    context.run(variable.set, 7)
    driver = VirtualDriver()
    log = Log(driver)
    driver.start(op(1, variable.get, context=context))
    driver.start(op(2, variable.get))
    assert log.run() == [(1, 7), (2, 0)]


def test_timers_come_after_the_answers_of_the_same_time():
    driver = VirtualDriver()
    log = Log(driver)
    driver.timer(1, lambda: log.news.append("timer"))
    driver.timer(0.5, lambda: log.news.append("early"))
    driver.start(op(1, f, 1))
    assert log.run() == ["early", (1, 10), "timer"]


def test_a_cancelled_call_is_dropped():
    driver = VirtualDriver(when="end")
    log = Log(driver)
    ran = []
    first, second = op(1, ran.append, 1), op(2, f, 2)
    driver.start(first)
    driver.start(second)
    driver.cancel(first)
    driver.cancel(first)
    assert log.run() == [(2, 20)]
    assert ran == []
    assert driver.cancelled == [first]


@pytest.mark.parametrize(("order", "expected"), [("fifo", [1, 2, 3]), ("lifo", [3, 2, 1])])
def test_ties(order, expected):
    driver = VirtualDriver(order=order)
    log = Log(driver)
    for number in (1, 2, 3):
        driver.start(op(number, f, 1))
    assert [number for number, _ in log.run()] == expected


def test_random_ties_are_reproducible():
    def orders(seed):
        driver = VirtualDriver(order=random.Random(seed))
        log = Log(driver)
        for number in range(10):
            driver.start(op(number, f, 1))
        return [number for number, _ in log.run()]

    assert orders(1) == orders(1)
    assert len({tuple(orders(seed)) for seed in range(5)}) > 1


def test_every_order_of_completion():
    def run(choose):
        driver = VirtualDriver(0, choose=choose)
        log = Log(driver)
        for number in range(3):
            driver.start(op(number, f, 1))
        return tuple(number for number, _ in log.run())

    results = list(every_order(run))
    assert len(results) == len(set(results)) == 6


def test_every_order_of_a_program_whose_calls_depend_on_choices():
    def run(choose):
        driver = VirtualDriver(0, choose=choose)
        log = Log(driver)

        def finish(done, value):
            log.news.append(done.id)
            if done.id == 0:
                driver.start(op(2, f, 1))

        log.finish = finish
        driver.start(op(0, f, 1))
        driver.start(op(1, f, 1))
        return tuple(log.run())

    assert sorted(every_order(run)) == [(0, 1, 2), (0, 2, 1), (1, 0, 2)]
