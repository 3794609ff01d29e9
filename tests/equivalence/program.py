"""A program to run both ways, and the orders in which its external calls can finish."""

from __future__ import annotations

import linecache
import random
import types
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


Latency = float | Mapping[Any, float] | Callable[..., float]


def latency_of(latencies: Mapping[str, Latency], name: str, args: tuple[object, ...]) -> float:
    """How long a call takes: 1, unless `latencies` has a number for its name, a table by first argument, or a function of the arguments."""
    latency = latencies.get(name, latencies.get("*", 1.0))
    if isinstance(latency, Mapping):
        try:
            return float(latency.get(args[0] if args else None, 1.0))
        except TypeError:  # not hashable
            return 1.0
    return float(latency(*args)) if callable(latency) else float(latency)


@dataclass(frozen=True)
class Program:
    """A cell, what an earlier cell has defined, and how long its external calls take."""

    source: str
    setup: str = ""
    latencies: Mapping[str, Latency] = field(default_factory=dict)
    externals: Mapping[str, object] = field(default_factory=dict)  # names besides those of externals.LIBRARY

    def _filename(self, what: str, source: str) -> str:
        name = f"<{what} {zlib.crc32(source.encode()):08x}>"
        linecache.cache[name] = (len(source), None, [line + "\n" for line in source.splitlines()], name)
        return name

    @property
    def filename(self) -> str:
        """The file name of the cell; its lines are where tracebacks look for them."""
        return self._filename("cell", self.source)

    @property
    def setup_filename(self) -> str:
        """The file name of the earlier cell."""
        return self._filename("setup", self.setup)

    def latency(self, name: str, args: tuple[object, ...]) -> float:
        """How long one call takes."""
        return latency_of(self.latencies, name, args)


@dataclass(eq=False)
class Order:
    """One order in which the calls in flight finish.

    With `choices` the k-th time that several calls are in flight, the one with this number finishes next (the first, behind the end
    of `choices`); else by latency: the program's own, or with `seed` random ones. `when`: whether bodies run when dispatched or when done.
    """

    when: str = "start"
    seed: int | None = None
    choices: tuple[int, ...] | None = None
    asked: list[int] = field(default_factory=list)  # how many there were to choose from, each time

    def choose(self, waiting: list[Any]) -> int:
        """What the driver asks when something has to finish."""
        assert self.choices is not None
        k = len(self.asked)
        self.asked.append(len(waiting))
        return self.choices[k] if k < len(self.choices) and self.choices[k] < len(waiting) else 0

    def latency(self, program: Program) -> Callable[[Any], float]:
        """The latency of an operation of the driver's."""
        if self.choices is not None:
            return lambda op: 0.0  # so that all calls in flight end at once, and `choose` says which is first
        if self.seed is None:
            return lambda op: program.latency(*called(op))
        chance = random.Random(self.seed)
        return lambda op: chance.choice((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 16.0)) + chance.random()

    def next(self) -> Order | None:
        """The order to try after this one has been run, when all are tried."""
        assert self.choices is not None
        taken = [self.choices[k] if k < len(self.choices) else 0 for k in range(len(self.asked))]
        for k in reversed(range(len(taken))):
            if taken[k] + 1 < self.asked[k]:
                return Order(when="end" if self.when == "start" else "start", choices=(*taken[:k], taken[k] + 1))
        return None

    def __str__(self) -> str:
        how = f"choices={self.choices}" if self.choices is not None else "ideal" if self.seed is None else f"seed={self.seed}"
        return f"{how}, when={self.when}"


def called(op: Any) -> tuple[str, tuple[object, ...]]:
    """Name and arguments of an operation of the driver's, without the receiver of a method."""
    target, args = op.target, tuple(op.args)
    if isinstance(target, types.MethodType):
        target = target.__func__
    elif args and "." in getattr(target, "__qualname__", "") and hasattr(type(args[0]), getattr(target, "__name__", "?")):
        args = args[1:]
    return getattr(target, "__name__", type(target).__name__), args


def random_orders(count: int, seed: int = 0) -> Iterator[Order]:
    """Orders by random latencies."""
    for k in range(count):
        yield Order(when="end" if k % 2 else "start", seed=seed * 1_000_003 + k)
