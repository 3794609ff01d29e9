"""Says whether a program means the same plainly and under an engine, on named axes, whatever the order in which its calls finish."""

from __future__ import annotations

import os
import types
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from tests.equivalence.externals import LIBRARY
from tests.equivalence.graph import Matching
from tests.equivalence.leaks import leaks
from tests.equivalence.program import Latency, Order, Program, random_orders
from tests.equivalence.run import SECONDS, Engine, Hang, Plain, Run, poppy, run
from tests.equivalence.world import ADDRESS, Call


AXES = (
    "namespace", "result", "output", "exception", "traceback", "calls", "ordered calls", "placeholders", "surroundings",
    "order of names", "time", "shown", "verify", "later", "end",
)  # fmt: skip
SMALL = 5  # so many calls, and every order is tried
MOST = 130  # orders of one small program (5! = 120 if all its calls overlap)
WITH_ANOTHER_DEPTH = (RecursionError, MemoryError)  # the depth at which they come is not promised
DRAIN = "drained = [[*zip(range(50), g)] for g in [v for v in globals().values() if type(v).__name__ == 'generator']]"
OF_THE_MODULE = frozenset(
    {"__builtins__", "__warningregistry__", "__name__", "__doc__", "__package__", "__loader__", "__spec__", "drained"}
    | LIBRARY.keys()
)


@dataclass(frozen=True)
class Difference:
    """What differs, on which axis and where."""

    axis: str
    where: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"[{self.axis}] {self.where}\n    expected: {self.expected}\n    actual:   {self.actual}"


class Different(AssertionError):
    """A program did not mean the same under the engine."""

    def __init__(self, program: Program, order: Order, differences: list[Difference]) -> None:
        self.program, self.order, self.differences = program, order, differences
        lines = "\n".join(f"{i:4} {line}" for i, line in enumerate(program.source.splitlines(), 1))
        super().__init__(f"order: {order}\n{lines}\n" + "\n".join(map(str, differences[:8])))


class NotAProgram(Exception):
    """The program does not end by itself in plain Python, so there is nothing to compare with."""


@dataclass(frozen=True)
class Axes:
    """What to compare besides what is always compared."""

    ignore: Collection[str] = ()  # names whose values may differ (times)
    verify: Collection[str] = ()  # expressions that must be true in both namespaces
    time: float | None = None  # the makespan
    shown: Collection[float] | None = None  # when each line of output appears
    but: Collection[str] = ()  # axes left out


def differences(program: Program, plain: Run, under: Run, axes: Axes) -> Iterator[Difference]:
    """Everything in which two runs differ."""
    yield from _graphs(plain, under, axes)
    yield from _output(plain, under)
    yield from _calls(plain, under)
    for path in leaks(under.namespace, frozenset(id(value) for value in under.inherited.values())):
        yield Difference("placeholders", path, "nothing of the runtime", "left there")
    for what in ("files", "random_state", "left_behind"):
        if getattr(plain, what) != getattr(under, what):
            yield Difference("surroundings", what, repr(getattr(plain, what))[:500], repr(getattr(under, what))[:500])
    for expression in axes.verify:
        for which in (plain, under):
            if not eval(expression, which.namespace):
                yield Difference("verify", expression, "true", f"false {'plainly' if which is plain else 'under the engine'}")
    names = [[name for name in which.namespace if _counts(name, which, axes)] for which in (plain, under)]
    if names[0] != names[1] and set(names[0]) == set(names[1]):
        yield Difference("order of names", "the namespace", repr(names[0]), repr(names[1]))
    if axes.time is not None and under.time != axes.time:
        yield Difference("time", "the makespan", repr(axes.time), repr(under.time))
    if axes.shown is not None and [at for at, _ in under.shown()] != list(axes.shown):
        yield Difference("shown", "when each line appears", repr(list(axes.shown)), repr(under.shown()))


def _graphs(plain: Run, under: Run, axes: Axes) -> Iterator[Difference]:
    matching = Matching((plain.traceback_of, under.traceback_of))
    matching.pair(plain.namespace, under.namespace)
    for a, b in zip(plain.clocks, under.clocks, strict=True):
        matching.pair(a, b)

    def found(axis: str) -> Iterator[Difference]:
        for one in matching.found:
            name = "traceback" if one.where.startswith("traceback") and axis == "exception" else axis
            yield Difference(name, one.where, one.expected, one.actual)
        matching.found.clear()

    names = [k for k in plain.namespace if _counts(k, plain, axes)]
    others = [k for k in under.namespace if _counts(k, under, axes)]
    if set(names) != set(others):
        yield Difference("namespace", "names", repr(sorted(names)), repr(sorted(others)))
    for name in names:
        if name in under.namespace:
            matching.match(plain.namespace[name], under.namespace[name], name)
    yield from found("namespace")
    matching.match(plain.world.database, under.world.database, "the database")
    yield from found("ordered calls")
    matching.match(plain.value, under.value, "the value of the last expression")
    yield from found("result")
    raised, instead = plain.exception, under.exception
    if type(raised).__qualname__ != type(instead).__qualname__:
        yield Difference("exception", "type", _told(plain), _told(under))
    elif raised is not None and not isinstance(raised, WITH_ANOTHER_DEPTH):
        matching.match(raised, instead, "the exception")
        yield from found("exception")


def _counts(name: str, this: Run, axes: Axes) -> bool:
    if name in axes.ignore:
        return False
    return name not in OF_THE_MODULE or (name in this.inherited and this.namespace[name] is not this.inherited[name])


def _told(this: Run) -> str:
    return "none" if this.exception is None else "".join(this.traceback_of(this.exception))


def _output(plain: Run, under: Run) -> Iterator[Difference]:
    expected, actual = ([(stream, ADDRESS.sub("0x", text)) for stream, text in which.streams()] for which in (plain, under))
    if expected != actual:
        k = next((i for i, (x, y) in enumerate(zip(expected, actual, strict=False)) if x != y), min(len(expected), len(actual)))
        yield Difference("output", f"piece {k}", repr(expected[k:][:3])[:1000], repr(actual[k:][:3])[:1000])


def _calls(plain: Run, under: Run) -> Iterator[Difference]:
    expected, actual = Counter(plain.calls), Counter(under.calls)
    missing, extra = expected - actual, actual - expected
    if missing:
        yield Difference("calls", "calls that were not made", *_list(missing), f"made instead: {_list(extra)[0]}")
    if plain.raised:  # what is behind the place that raised may have been called, if it is not ordered
        extra = Counter({call: n for call, n in extra.items() if call.ordered})
    if extra:
        yield Difference("calls", "calls too many", "none", *_list(extra))
    for resource in {r for call in chain(plain.calls, under.calls) for r in (*call.reads, *call.writes)}:
        x, y = _history(plain.calls, resource), _history(under.calls, resource)
        if x != y:
            yield Difference("ordered calls", resource, repr(x), repr(y))


def _list(calls: Counter[Call]) -> tuple[str]:
    return (", ".join(str(call) for call in calls.elements()) or "none",)


def _history(calls: Iterable[Call], resource: str) -> list[str | list[str]]:
    """The writes in order, and between them the reads, which have no order among themselves."""
    history: list[str | list[str]] = []
    reads: list[str] = []
    for call in calls:
        if resource in call.writes:
            history += [sorted(reads), str(call)]
            reads = []
        elif resource in call.reads:
            reads.append(str(call))
    return [*history, sorted(reads)]


def orders_per_program() -> int:
    """How many random orders are tried of a program that is not small: POPPY_ORDERS, or 20."""
    return int(os.environ.get("POPPY_ORDERS", "20"))


def every_order(most: int = MOST) -> Iterator[Order]:
    """Every order in which calls can finish. Each has to be run before the next is asked for."""
    order: Order | None = Order(choices=())
    while order is not None and most:
        yield order
        most -= 1
        order = order.next()


def check(
    source: str,
    *,
    setup: str = "",
    externals: Mapping[str, object] | None = None,
    latencies: Mapping[str, Latency] | None = None,
    orders: int | str | Iterable[Order] | None = None,
    expect_time: float | None = None,
    shown: Collection[float] | None = None,
    ignore: Collection[str] = (),
    but: Collection[str] = (),
    verify: Collection[str] | str = (),
    engine: Engine = poppy,
    steps: int | None = None,
    seconds: float = SECONDS,
    seed: int = 0,
) -> int:
    """Run a program plainly once and under the engine in many orders, and compare; the number of runs under the engine.

    externals: names for the program besides those of `externals.LIBRARY`. latencies: see `program.latency_of`.
    orders: a number of random ones, `"all"`, the orders themselves, or by default all if there are few calls, else random ones.
    expect_time, shown: makespan, and times at which lines of output appear, with `latencies` as given.
    ignore: names not compared. but: axes not compared. verify: expressions that must be true after both runs.
    steps: how many lines plain Python may execute before NotAProgram is raised.
    seconds: how long one run may take in real time.
    """
    program = Program(source, setup, latencies or {}, externals or {})
    axes = Axes(ignore, [e for e in ([verify] if isinstance(verify, str) else verify) if e], expect_time, shown, but)
    try:
        plain = run(program, Plain(steps))
    except Hang as hang:
        raise NotAProgram(str(hang)) from None
    _compare(program, plain, engine, Order(), axes, seconds)
    untimed = replace(axes, time=None, shown=None)
    count = 1
    for order in _orders(orders, len(plain.calls), seed):
        _compare(program, plain, engine, order, untimed, seconds)
        count += 1
    if any(isinstance(value, types.GeneratorType) for value in plain.namespace.values()):
        _compare(program, run(program, Plain(), then=DRAIN), engine, Order(), untimed, seconds, then=DRAIN)
    return count


def _orders(orders: int | str | Iterable[Order] | None, calls: int, seed: int) -> Iterable[Order]:
    if orders == "all" or (orders is None and calls <= SMALL):
        return every_order()
    if orders is None:
        return random_orders(orders_per_program(), seed)
    return random_orders(orders, seed) if isinstance(orders, int) else orders  # type: ignore[return-value]


def _compare(program: Program, plain: Run, engine: Engine, order: Order, axes: Axes, seconds: float, then: str = "") -> None:
    try:
        under = run(program, engine, order, then, seconds)
    except Hang as hang:
        raise Different(program, order, [Difference("end", "the run", "ends", str(hang))]) from hang
    found = [one for one in differences(program, plain, under, axes) if one.axis not in axes.but]
    if then and "drained" in plain.namespace:
        matching = Matching()
        matching.match(plain.namespace["drained"], under.namespace.get("drained"), "what the generators still yield")
        found += [Difference("later", one.where, one.expected, one.actual) for one in matching.found]
    if found:
        raise Different(program, order, found) from under.exception
