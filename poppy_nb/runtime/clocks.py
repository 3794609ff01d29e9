"""Clock reads and sleeps: where in the program they happen, relative to the external calls around them (A4)."""

from __future__ import annotations

from typing import Any

from .engine import Engine, here
from .placeholder import KINDS, PENDING, Placeholder, known
from .strands import CANCELLED, STARTED, WAITING, Operation, Strand


def clock(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A clock read: after the calls before it in the same block, before the calls after it (A4).

    It is not made before the walk stops, so that a condition that needs it can still say so, see `demand`.
    """
    if engine.strict:
        engine.in_order("a clock read")
    if not engine.unretired or engine.is_oldest(engine.current):
        return _read(engine, function, args, kwargs)
    op = engine.operation("clock", function.__name__, here())
    result = op.result = Placeholder(op, ())
    before = op.strand.clock
    operands = [v for v in (before, *args, *kwargs.values()) if type(v) in KINDS]

    def needs() -> list[Placeholder]:
        found = [now for v in operands if type(now := known(v)) in KINDS]
        return found or _calls_in(op.strand, op)

    def run() -> None:
        try:
            answer = _read(engine, function, tuple(known(v) for v in args), {name: known(v) for name, v in kwargs.items()})
        except BaseException as error:
            engine.fail_operation(op, error)
        else:
            engine.finish_operation(op, answer)

    op.needs = needs
    op.run = run
    op.strand.clock = result
    engine.clocks = True
    engine.wake(op)
    return result


_SECONDS = frozenset({"time", "perf_counter", "monotonic", "process_time", "thread_time"})


def _read(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if engine.virtual and getattr(function, "__module__", None) == "time":
        name = function.__name__
        if name in _SECONDS:
            return float(engine.driver.now())
        if name.endswith("_ns"):
            return int(engine.driver.now() * 1e9)
    return function(*args, **kwargs)


def _calls_in(strand: Strand, end: Operation | None) -> list[Placeholder]:
    """What the calls in the log of `strand` before `end` will answer."""
    found: list[Placeholder] = []
    for item in strand.log[strand.head :]:
        if item is end:
            break
        if type(item) is Operation:
            if item.runner is not None:
                found += _calls_in(item.runner, None)
            elif item.external is None or item.state not in (WAITING, STARTED):
                continue
        elif type(item) is Strand:
            found += _calls_in(item, None)
        else:
            continue
        if item.result is not None and item.result.state == PENDING and item.state != CANCELLED:
            found.append(item.result)
    return found


def demand(value: Any) -> None:
    """A condition needs `value`: the clock reads that it was computed from are ordered after every earlier call."""
    pending, seen = [value], set()
    while pending:
        one = known(pending.pop())
        if type(one) not in KINDS or id(one) in seen:
            continue
        seen.add(id(one))
        op = one.origin
        if type(op) is Operation and op.state == WAITING:
            if op.kind == "clock":
                op.final = op.harmless = True
            elif op.kind == "native":
                pending += op.keep


def sleep(engine: Engine, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`time.sleep`: delays its own parked region; on the main walk, all that follows."""
    values = [engine.force(v) for v in (*args, *kwargs.values())]
    if len(values) != 1 or not isinstance(values[0], int | float) or values[0] < 0:
        return NotImplemented
    strand = engine.current
    engine.driver.timer(values[0], lambda: engine.wake(strand))
    engine.block("sleep")
    return None
