"""Runs many random programs both ways, in worker processes, and shrinks what differs."""

from __future__ import annotations

import functools
import multiprocessing
import multiprocessing.connection
import os
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tests.equivalence import Different, Engine, NotAProgram, Order, check, poppy, random_orders
from tests.random_programs.generator import generate
from tests.random_programs.shrinker import shrink


STEPS = 3000  # lines that a program may execute plainly
SECONDS = 30.0  # that one run may take: on a machine with much else to do it takes long
SILENCE = 180.0  # seconds without a word after which a worker is given up


@dataclass(frozen=True)
class Options:
    """What programs to make and how to run them."""

    level: int = 5
    only: Collection[str] = ()
    size: int = 25
    orders: int = 6
    but: Collection[str] = ()  # axes not compared
    shrink_seconds: float = 45.0
    engine: Engine = functools.partial(poppy, window=300)


@dataclass
class Failure:
    """A program that differs, as it was made and shrunk."""

    seed: int
    source: str
    kind: str
    message: str
    shrunk: str = ""

    def file(self, options: Options) -> str:
        """The text of a file for tests/regressions."""
        title = f"{self.kind} (found by random program {self.seed} of level {options.level})"
        return f'"""{title}"""\n\n{self.shrunk or self.source}'


@dataclass
class Result:
    """What became of one program."""

    seed: int
    used: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    failure: Failure | None = None


def kind_of(different: Different) -> str:
    """What a difference is like, so that shrinking stays with one bug: a wrong exception by its type, else the axis."""
    for one in different.differences:
        if one.axis == "exception" and one.where == "type":
            last = one.actual.strip().splitlines()[-1] if one.actual.strip() else ""
            return f"exception {last.partition(':')[0]}"
    return different.differences[0].axis


def differs(source: str, options: Options, orders: Sequence[Order]) -> Different | None:
    """How a program differs in the ideal order or one of these; None also if it is no program."""
    try:
        check(source, orders=orders, but=options.but, engine=options.engine, steps=STEPS, seconds=SECONDS)
    except Different as different:
        return different
    except NotAProgram:
        return None
    return None


def examine(seed: int, options: Options) -> Result:
    """Make the program of a seed, run it both ways, and shrink it if it differs."""
    made = generate(seed, options.level, options.only, options.size)
    orders = list(random_orders(options.orders, seed))
    try:
        runs = check(made.source, orders=orders, but=options.but, engine=options.engine, steps=STEPS, seconds=SECONDS)
        return Result(seed, made.used, runs)
    except NotAProgram:
        return Result(seed)
    except Different as different:
        failure = Failure(seed, made.source, kind_of(different), str(different))
        first = different.order

    ideal = first.seed is None and first.choices is None  # then no other order has to be tried
    others = [] if ideal else list(random_orders(min(options.orders, 3), seed))

    def fails(source: str) -> bool:
        found = differs(source, options, others if ideal else [again(first), *map(again, others)])
        if found is not None and kind_of(found) == failure.kind:
            failure.message = str(found)
            return True
        return False

    if options.shrink_seconds:
        failure.shrunk = shrink(made.source, fails, options.shrink_seconds)
    return Result(seed, made.used, 1, failure)


def again(order: Order) -> Order:
    """The same order, to be run once more."""
    return Order(order.when, order.seed, order.choices)


def _work(seeds: list[int], options: Options, pipe: Any) -> None:
    for seed in seeds:
        pipe.send(seed)
        pipe.send(examine(seed, options))
    pipe.send(None)


class _Worker:
    """One process with its share of the seeds; replaced when it dies or falls silent."""

    def __init__(self, seeds: list[int], options: Options) -> None:
        self.seeds, self.options = seeds, options
        self.current: int | None = None
        self.start()

    def start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=_work, args=(self.seeds, self.options, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.heard = time.monotonic()

    def listen(self) -> Iterator[Result | None]:
        """Results that have come; None when all is done."""
        try:
            while self.pipe.poll():
                message = self.pipe.recv()
                self.heard = time.monotonic()
                if isinstance(message, int):
                    self.current = message
                else:
                    if message is not None:
                        self.seeds = self.seeds[self.seeds.index(message.seed) + 1 :]
                    yield message
        except EOFError:
            yield from self.replace("the process died")
        if time.monotonic() - self.heard > SILENCE:
            yield from self.replace(f"no answer for {SILENCE} s")

    def replace(self, why: str) -> Iterator[Result | None]:
        self.process.kill()
        self.process.join()
        if not self.seeds:
            yield None
            return
        seed = self.current if self.current in self.seeds else self.seeds[0]
        assert seed is not None
        made = generate(seed, self.options.level, self.options.only, self.options.size)
        yield Result(seed, made.used, 1, Failure(seed, made.source, why, why))
        self.seeds = self.seeds[self.seeds.index(seed) + 1 :]
        self.start()


def campaign(seeds: Sequence[int], options: Options, jobs: int = 1) -> Iterator[Result]:
    """The results of all programs, in the order in which they come."""
    workers = [_Worker(list(islice(seeds, k, None, jobs)), options) for k in range(min(jobs, len(seeds)))]
    try:
        while workers:
            multiprocessing.connection.wait([worker.pipe for worker in workers], timeout=5.0)
            for worker in list(workers):
                for result in worker.listen():
                    if result is None:
                        worker.process.join()
                        workers.remove(worker)
                        break
                    yield result
    finally:
        for worker in workers:
            worker.process.kill()


def write(failure: Failure, options: Options, folder: Path) -> Path:
    """Write a failure as a file that can be moved to tests/regressions."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    path = folder / f"{failure.kind.split('.')[-1].replace(' ', '_')[:40]}_{options.level}_{failure.seed}.py"
    path.write_text(failure.file(options))
    return path


PROCESSORS = os.cpu_count() or 1
