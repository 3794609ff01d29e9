"""External calls: captured when their arguments are there, queued for a slot in program order, started, and brought back."""

from __future__ import annotations

import contextvars
import types
from collections.abc import Sequence
from heapq import heappop, heappush
from time import perf_counter
from typing import Any

from poppy_nb import numbers, shapes
from poppy_nb.errors import CallStoppedError
from poppy_nb.externals import External
from poppy_nb.known import client_behind
from poppy_nb.plain import ITERATORS as NATIVE_ITERATORS

from . import external_reads, streams, waiting
from .adaptors import Stream
from .chains import FORWARDED, READ, WRITE
from .engine import Engine, here
from .handed_over import HandedOver, below, has_parts
from .hazards import ATOMS, accesses, hazard
from .placeholder import KINDS, PendingAtom, Placeholder, known
from .snapshot import IMMUTABLE as IMMUTABLE_LEAVES
from .snapshot import Captured, capture
from .strands import CANCELLED, STARTED, WAITING, Operation
from .views import SHOWING, shown


ITERATORS = NATIVE_ITERATORS | {Stream}
BREATH = 0.001  # seconds that the walk may go on before what it has started begins, if there is something in flight already


def external(engine: Engine, declared: External, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of an external: a placeholder for its answer, or NotImplemented if with these arguments it is unknown code."""
    if declared.in_order_if:
        for name in declared.in_order_if:
            if name in kwargs:
                engine.force(kwargs[name])
        if not declared.applies({k: known(v) for k, v in kwargs.items()}):
            return NotImplemented
    if any(type(v) in ITERATORS for v in args) or any(type(v) in ITERATORS for v in kwargs.values()):
        return NotImplemented  # it will be stepped: nobody else may, meanwhile
    if declared.is_async:
        from . import awaiting

        return awaiting.call(engine, function, args, kwargs)
    return begin(engine, declared, function, args, kwargs)


def begin(engine: Engine, declared: External, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Placeholder:
    """Plan the call; it is dispatched when its callee and arguments are known."""
    if engine.begins_by:
        engine.breathe()
    if declared.reads_state:
        engine.in_order(f"{declared.name}() may read any state")
    op = engine.operation("external", declared.name, here())
    engine.call_planned()
    op.external = declared
    op.target = function
    op.context = None
    op.mode = declared.mode
    result: Placeholder
    if _answers_an_atom(function) and not engine.strict:
        result = op.result = PendingAtom(op, ())
        result.shape = numbers.annotated(_annotated(function))
    else:
        result = op.result = Placeholder(op, ())
    if declared.fresh and not engine.strict:
        result.shape = shapes.of_answer(function.__func__ if type(function) is types.MethodType else function)
    atoms = ATOMS.issuperset(map(type, args)) and (not kwargs or ATOMS.issuperset(map(type, kwargs.values())))
    reads = external_reads.find(engine, op, declared, function, () if atoms else (*args, *kwargs.values()))
    client = client_behind(function) if declared.fresh and engine.chains.of else None
    if client is not None and engine.chains.conflict(id(client), READ, op.position) is None:
        client = None  # nobody is about to close it
    special = declared.ordered or declared.reads_state or op.strand.clock is not None or engine.strict
    if not atoms or reads is not None or client is not None or special:
        _plan(engine, op, function, args, kwargs, reads, client)
        return result
    # Nothing that could change is handed over or read: it can go at once
    op.captured = AS_IT_IS
    op.args = args
    op.kwargs = kwargs
    op.keep = ()
    if engine.events is not None:
        engine.events.planned(op)
    _launch(engine, op)
    return result


def _plan(engine: Engine, op: Operation, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any],
          reads: external_reads.Reads | None, client: object) -> None:  # fmt: skip
    """Enter what the call touches, and attempt it."""
    declared, result = op.external, op.result
    assert result is not None
    args = tuple(known(v) if type(v) in KINDS else v for v in args)
    kwargs = {k: known(v) for k, v in kwargs.items()}
    operands = (*args, *kwargs.values())
    touched = accesses(operands, None, ())
    # What it may change is handed over itself, and it has that for its own; without A2 that is everything
    changed = operands if engine.strict else declared.handed_over(function, args, kwargs) if declared.changes else ()
    written = {id(value) for value, _ in accesses(changed, None, ())}
    if written:
        touched = [(value, WRITE if id(value) in written else access) for value, access in touched]
        op.final = True  # it cannot be undone
    if client is not None:
        engine.enter(op, id(client), READ)
    if hazard(engine, touched):
        op.captured = None  # what it is given still changes: captured when that is through
        result.aliases = tuple(value for value, _ in touched)
    else:
        op.captured = _capture(changed, args, kwargs)
        stay = written | {id(leaf) for leaf in op.captured.leaves}
        stay.update(id(shown(leaf)) for leaf in op.captured.leaves if type(leaf) in SHOWING)
        if op.captured.open:
            # what a value that is not known may turn out to be or contain is read when it is known
            stay.update(id(value) for value, _ in accesses(op.captured.open, None, ()))
            stay.difference_update(map(id, op.captured.originals))
        touched = [(value, access) for value, access in touched if type(value) in KINDS or id(value) in stay]
        aliased = [leaf for leaf in op.captured.leaves if type(leaf) not in IMMUTABLE_LEAVES]
        pending = [v for v in op.captured.open if type(v) in KINDS]
        result.aliases = (*aliased, *op.captured.classes, *op.captured.originals, *pending)
    if op.captured is None or any(type(v) in KINDS for v in operands):
        op.touches = lambda: _touched(engine, [known(v) for v in operands])
    entered = set()
    for value, access in touched:
        if id(value) not in entered:
            entered.add(id(value))
            engine.enter(op, id(value), access)
    given = operands if op.captured is None else (*op.captured.leaves, *op.captured.open)
    state = HandedOver(engine, op) if any(map(has_parts, given)) else None
    if state is not None:
        entered |= state.look(given)
        state.fresh = op.captured is not None
    op.keep = (touched, reads, state)
    guesses = [v for v in operands if type(v) in KINDS and v.aliases]
    if guesses:
        op.guesses = guesses, entered - reads.held if reads is not None else entered
    if any(type(value) in KINDS and value.aliases is None for value, _ in touched):
        engine.enter_everything(op)
        result.aliases = None
    if declared.reads_state:
        engine.enter_everything(op)
        result.aliases = None
    for name in declared.reads:
        engine.enter(op, name, READ)
    for name in declared.writes:
        engine.enter(op, name, WRITE)
    if reads is not None and result.aliases is not None:
        result.aliases = (*result.aliases, *reads.objects)
    if engine.strict:
        engine.enter(op, "world", READ)  # without A6 unknown code before it may decide its answer
        result.aliases = None  # without A1 and A8 the answer may be anything, and operations on it do anything
    elif type(result) is PendingAtom or declared.fresh:
        result.aliases = ()
    clock = op.strand.clock

    def needs() -> list[Placeholder]:
        waits = known(clock)
        found = [waits] if type(waits) in KINDS else []
        is_new = op.captured is None
        if op.captured is None:
            if not engine.clear(op):
                return []  # what it is given contains something else by now, which others still change
            op.captured = _capture(changed, args, kwargs)
        for unknown in op.captured.open:
            now = known(unknown)
            if type(now) in KINDS:
                found.append(now)
            else:
                op.captured.fill(unknown, now)
                is_new = True
        if is_new and op.captured.open:
            _enter_open(engine, op)
        if not found and not op.captured.ready:
            return needs()
        if engine.slots.count:
            for leaf in op.captured.leaves:
                if type(leaf) in SHOWING:
                    found += engine.slots.missing(shown(leaf), deep=True)
        if reads is not None:
            found += reads.missing()
        if state is not None:
            found += state.missing(op.captured.leaves)
        return found

    op.needs = needs
    op.run = lambda: _dispatch(engine, op, reads, state)
    if engine.events is not None:
        if engine.events.detailed:
            waiting.planned(engine, op, operands)
        else:
            engine.events.planned(op)
    if declared.ordered:
        op.final = True  # never ahead of anything that may still raise
    engine.attempt(op)
    if reads is not None:
        reads.fresh = False
    if state is not None:
        state.fresh = False


def _enter_open(engine: Engine, op: Operation) -> None:
    """What has turned out to stand in an argument and is not known yet is read by the call, too, as it is at its place."""
    entered = {entry.key for entry in op.entries}
    for value, access in accesses(op.captured.open, None, ()):
        if id(value) not in entered:
            entered.add(id(value))
            engine.enter(op, id(value), access)
            op.keep = (op.keep, value)


def _touched(engine: Engine, operands: list[Any]) -> list[tuple[Any, int]]:
    """What a call reads that is given `operands`, of which some were pending."""
    found = accesses(operands, None, ())
    under = below(engine, operands) if any(map(has_parts, operands)) else None
    return found if under is None else [*found, *[(one, READ) for one in under[0]]]


def _of_answers(engine: Engine, op: Operation, reads: external_reads.Reads | None) -> HandedOver:
    """What is handed over in answers of other calls, which are objects as it turns out."""
    state = HandedOver(engine, op)
    needs = op.needs
    op.needs = lambda: [*(needs() if needs is not None else ()), *state.missing(op.captured.leaves)]
    op.run = lambda: _dispatch(engine, op, reads, state)
    op.keep = (op.keep, state)
    return state


_ATOMS = frozenset({str, int, float, bool, bytes, None, "str", "int", "float", "bool", "bytes", "None"})


def _answers_an_atom(function: Any) -> bool:
    """Whether the annotation of what it returns says that it is nothing that it was given."""
    answer = _annotated(function)
    return isinstance(answer, str | type | None) and answer in _ATOMS


def _annotated(function: Any) -> Any:
    annotations = getattr(function, "__annotations__", None)
    return annotations.get("return", function) if type(annotations) is dict else function


def _capture(changed: Sequence[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Captured:
    """The arguments as they are now, except for those that the call is there to change."""
    return capture(args, kwargs, is_open=_is_open, as_is=[known(value) for value in changed])


def _is_open(value: Any) -> bool:
    return type(value) in KINDS


def _dispatch(engine: Engine, op: Operation, reads: external_reads.Reads | None, state: HandedOver | None) -> None:
    """Hazards are gone and arguments known."""
    captured: Captured = op.captured
    if state is None and any(map(has_parts, captured.leaves)):
        state = _of_answers(engine, op, reads)
    if state is not None and not state.ready(captured.leaves) or reads is not None and not reads.ready():
        op.state = WAITING
        engine.attempt(op)
        return
    if reads is not None:
        op.target = reads.target()
    op.args = captured.args
    op.kwargs = captured.kwargs
    # Containers were copied: only what is handed over by reference is still read
    if op.entries:
        kept = {id(leaf) for leaf in captured.leaves}
        kept.update(entry.key for entry in op.entries if entry.access != READ)
        if reads is not None:
            kept |= reads.held
        if state is not None:
            kept |= state.held
        gone = [e for e in op.entries if e.value is FORWARDED or (type(e.key) is int and e.key not in kept)]
        if gone:
            op.entries = [e for e in op.entries if e.value is not FORWARDED and (type(e.key) is not int or e.key in kept)]
            engine.release(gone)
    _launch(engine, op)


def _launch(engine: Engine, op: Operation) -> None:
    """What it is called with is there: start it, or queue it for a slot."""
    op.context = contextvars.copy_context()
    streams.keep(op.context, op)
    if not engine.prints:
        engine.prints = True
        streams.enter()
    op.state = STARTED
    if has_slot(engine, op.external):
        start(engine, op)
    else:
        if engine.events is not None:
            engine.events.waits(op, "a free slot", ())
        heappush(engine.queue, (op.position, op.id, op))


def has_slot(engine: Engine, declared: External) -> bool:
    """Whether one more call may be in flight."""
    if engine.limit is not None and _flying(engine) >= engine.limit:
        return False
    return declared.limit is None or engine.per_external.get(declared, 0) < declared.limit


def _flying(engine: Engine) -> int:
    """How many calls are in flight; an `await` of something else takes no slot."""
    return len(engine.in_flight) - engine.awaiting


def start(engine: Engine, op: Operation) -> None:
    """It has a slot. A call in a task is made by the task."""
    engine.in_flight[op.id] = op
    declared = op.external
    if declared.limit is not None:
        engine.per_external[declared] = engine.per_external.get(declared, 0) + 1
    if engine.events is not None:
        engine.events.dispatched(op, () if engine.trigger is None else (engine.trigger,))
    if op.kind == "task":
        assert op.run is not None
        op.run()
        return
    if op.mode == "thread":
        streams.refresh()  # threads print while the walk goes on
    if not engine.begins_by and not engine.virtual:
        engine.begins_by = perf_counter() + (BREATH if len(engine.in_flight) > 1 else 0.0)
    engine.driver.start(op)


def _ended(engine: Engine, op: Operation) -> None:
    if engine.in_flight.pop(op.id, None) is None:
        return
    declared = op.external
    if declared.limit is not None:
        engine.per_external[declared] -= 1
    if engine.queue:
        _start_queued(engine)


def _start_queued(engine: Engine) -> None:
    held = []
    while engine.queue and (engine.limit is None or _flying(engine) < engine.limit):
        item = heappop(engine.queue)
        op = item[2]
        if op.state == CANCELLED or (op.kind == "task" and op.keep.done()):
            continue
        if has_slot(engine, op.external):
            start(engine, op)
        else:
            held.append(item)
    for item in held:
        heappush(engine.queue, item)


def cancel(engine: Engine, op: Operation) -> None:
    """The answer of `op` will not be needed."""
    if op.id in engine.in_flight:
        before = getattr(engine.driver, "abandoned", 0)
        engine.driver.cancel(op)
        _ended(engine, op)
        if engine.events is not None and op.kind != "await":
            engine.events.cancelled(op, abandoned=getattr(engine.driver, "abandoned", 0) > before)


def stop(engine: Engine, number: int) -> None:
    """The user stops a call in flight: it fails at its place in the program."""
    op = engine.in_flight.get(number)
    if op is None:
        return
    if op.kind != "task":
        engine.driver.cancel(op)
    engine.fail(op, CallStoppedError(op.label))


def returned(engine: Engine, op: Operation, value: Any) -> None:
    """The driver reports the answer of `op`."""
    if op.kind == "task":
        if not op.keep.done():
            op.keep.set_result(value)
        return
    if op.state == CANCELLED:
        _ended(engine, op)
        return
    changed = op.captured.changed(op.external.positional(op.target)) if op.captured.copied else None
    if changed is not None:
        from poppy_nb.errors import ArgumentChangedError

        raised(engine, op, ArgumentChangedError(op.external.name, changed))
        return
    value = op.captured.map_back(value)
    if engine.events is not None and op.kind != "await":
        engine.events.done(op, value)
    _ended(engine, op)
    op.captured = op.args = op.kwargs = op.context = None  # which holds it, for what it prints
    engine.finish_operation(op, value)


def raised(engine: Engine, op: Operation, error: BaseException) -> None:
    """The driver reports that `op` has raised."""
    if op.kind == "task":
        if not op.keep.done():
            op.keep.set_exception(error)
        return
    if op.state != CANCELLED and engine.events is not None and op.kind != "await":
        engine.events.failed(op, error)
    _ended(engine, op)
    if op.state == CANCELLED:
        return
    op.captured = op.context = None
    engine.fail_operation(op, error)


def task_ended(engine: Engine, op: Operation, error: BaseException | None) -> None:
    """A call that a task has made is over."""
    if engine.events is not None and not engine.finished:
        if error is None:
            engine.events.done(op)
        else:
            engine.events.failed(op, error)
    _ended(engine, op)


class _AsItIs:
    """Arguments that are handed over as they are, without copies that would have to be mapped back."""

    copied = False

    def map_back(self, value: Any) -> Any:
        """The answer itself."""
        return value


AS_IT_IS = _AsItIs()
__all__ = ["AS_IT_IS", "begin", "cancel", "external", "has_slot", "raised", "returned", "start", "stop", "task_ended"]
