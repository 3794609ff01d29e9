"""Calls of `async def` functions and what `await` does with them.

Such a call is a real coroutine object as soon as its arguments are known; the engine remembers what it stands for. The call
happens when it is awaited: an external call is then begun, a function of the user's runs mediated, anything else is awaited on
the loop, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import ref

from poppy_nb import externals

from . import clocks, current, defaults, dispatch, displays, models_glue, tasks
from .engine import Engine, here
from .placeholder import KINDS, PendingCall, PendingGather, known
from .tasks import Call


_Function = Callable[..., Any]


def call(engine: Engine, function: _Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The coroutine object of a call, pending as long as an argument, or what stands for one, is."""
    coming = defaults.pending(function) if engine.slots.count else []
    if not coming and KINDS.isdisjoint(map(type, args)) and (not kwargs or KINDS.isdisjoint(map(type, kwargs.values()))):
        return _coroutine(engine, function, args, kwargs)
    args = tuple(known(v) for v in args)
    kwargs = {name: known(v) for name, v in kwargs.items()}
    unknown = [*coming, *(v for v in (*args, *kwargs.values()) if type(v) in KINDS)]
    if not unknown:
        return _coroutine(engine, function, args, kwargs)
    pending = PendingCall(function, args, kwargs)
    left = len(unknown)

    def one_known() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            made = _coroutine(engine, function, tuple(known(v) for v in args), {name: known(v) for name, v in kwargs.items()})
            if pending.consumed:
                made.close()
            engine.resolve(pending, made)

    for value in unknown:
        value.when_known(one_known)
    return pending


def _coroutine(engine: Engine, function: _Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    made = function(*args, **kwargs)
    engine.coroutines[made] = Call(function, args, kwargs, (*engine.current.path, engine.current.count + 1))
    return made


def take(engine: Engine, value: Any) -> Call | None:
    """What a coroutine object or a pending one stands for, which from now on counts as awaited. None for everything else."""
    found = _stands_for(engine, value)
    if found is not None:
        _close(value)
    return found


def _close(value: Any) -> None:
    if type(value) is PendingCall:
        value.consumed = True
    else:
        value.close()


def _stands_for(engine: Engine, value: Any) -> Call | None:
    if type(value) is PendingCall and not value.consumed:
        return Call(value.target, value.args, value.kwargs, ())
    return tasks.unstarted(engine, value)


def await_(value: Any) -> Any:
    """`await value`."""
    engine = current.engine
    if engine.resting:
        return engine.await_(value)  # type: ignore[attr-defined]  # only an engine at rest has it
    value = known(value)
    if type(value) in KINDS and not isinstance(value, PendingCall):
        value = engine.force(value)
    if not tasks.alive(engine):
        if type(value) is PendingGather:
            return _gathered(engine, value)
        taken = _stands_for(engine, value)
        if taken is not None and (answer := _perform(engine, value, taken)) is not NotImplemented:
            return answer
    value = engine.force(value)
    engine.in_order("await")
    with tasks.awaiting(engine):
        return models_glue.await_plain(engine, value)


def _perform(engine: Engine, value: Any, taken: Call) -> Any:
    if taken.function is asyncio.sleep:
        return _sleep(engine, value, *taken.args, **taken.kwargs)
    declared = externals.lookup(taken.function)
    if declared is not None:
        _close(value)
        return dispatch.begin(engine, declared, taken.function, taken.args, taken.kwargs)
    from . import asynchronous  # which is built upon this module

    mediated = engine.compiler.function(taken.function)
    if mediated is None or not asynchronous.may_run(engine, taken.function, mediated):
        return NotImplemented
    _close(value)
    return models_glue.run_coroutine(engine, mediated, taken)


def _begin(engine: Engine, taken: Call) -> Any:
    declared = externals.lookup(taken.function)
    assert declared is not None
    return dispatch.begin(engine, declared, taken.function, taken.args, taken.kwargs)


def _sleep(engine: Engine, value: Any, delay: Any, result: Any = None) -> Any:
    """Like `time.sleep`: nothing else of the program could run meanwhile."""
    delay = engine.force(delay)
    if type(delay) not in (int, float):
        return NotImplemented
    take(engine, value)
    clocks.sleep(engine, (max(delay, 0),), {})
    return result


def known_function(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of a function of asyncio that is no unknown code; NotImplemented for all others."""
    if function is asyncio.sleep and len(args) in (1, 2) and not kwargs:
        return call(engine, function, args, kwargs)
    if function is asyncio.gather and args and not kwargs and not tasks.alive(engine):
        args = tuple(known(v) for v in args)
        if len({id(v) for v in args}) == len(args) and all(_unordered(_stands_for(engine, v)) for v in args):
            return _gather(engine, function, args)
    return NotImplemented


def _unordered(found: Call | None) -> bool:
    declared = externals.lookup(found.function) if found is not None else None
    return declared is not None and not declared.ordered


def _gather(engine: Engine, function: _Function, args: tuple[Any, ...]) -> PendingGather:
    op = engine.operation("gather", "gather", here())
    op.final = op.ready = op.harmless = True
    pending = PendingGather(function, args, op)
    held: Any = pending
    op.keep = held  # dropped without being awaited, it makes its calls nevertheless

    def run() -> None:
        known_as = op.keep() if type(op.keep) is ref else op.keep
        if known_as is not None:
            engine.resolve(known_as, _future(known_as))
        op.keep = None
        engine.finish_operation(op, None)

    op.run = run
    return pending


def _future(pending: PendingGather) -> Any:
    """The future: that of the tasks, or if it was awaited before it came to that, one of the calls that are made already."""
    if pending.answer is None:
        return pending.target(*[known(v) for v in pending.args])
    loop = asyncio.get_running_loop()
    futures = []
    for value in pending.args:
        future = loop.create_future()
        futures.append(future)
        if type(known(value)) in KINDS:
            value.when_known(partial(_answer, value, future))
        else:
            future.set_result(known(value))
    return asyncio.gather(*futures)


def _answer(value: Any, future: asyncio.Future[Any]) -> None:
    future.set_result(known(value))


def _gathered(engine: Engine, pending: PendingGather) -> list[Any]:
    """`await asyncio.gather(...)`: its calls begin, and it gives a list with open slots."""
    if pending.answer is None:
        if pending.operation.keep is pending:
            pending.operation.keep = ref(pending)
        calls = [take(engine, known(one)) for one in pending.args]
        pending.args = tuple(_begin(engine, taken) for taken in calls if taken is not None)
        pending.answer = displays.make_list(*pending.args)
    return pending.answer


__all__ = ["await_", "call", "known_function"]
