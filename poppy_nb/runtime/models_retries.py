"""A model of functions under `tenacity.retry` and decorators of `backoff`.

The library's own code tries and waits, in the strand of the call. What it calls is mediated: the attempts, which are looked at
when they have ended, and the sleep. Code of the program's that it calls back, and random waits, come in order: the attempts of
other calls are under way meanwhile.
"""

from __future__ import annotations

import functools
import time
from types import CellType, FunctionType, SimpleNamespace
from typing import Any

from poppy_nb import retries

from .models_ops import Ops, model
from .strands import Kill


@model("retried", keywords=None)
def retried(ops: Ops, target: Any, *operands: Any, **named: Any) -> Any:
    """A call of a function under `retry`."""
    what = retries.look(target)
    if what is None:
        ops.barrier()
        return target(*map(ops.whole, operands), **{name: ops.whole(value) for name, value in named.items()})

    @functools.wraps(what.function)
    def attempt(*args: Any, **kwargs: Any) -> Any:
        try:
            return ops.whole(ops.probe(functools.partial(what.function, *args, **kwargs), errors=_ERRORS))
        except Kill:
            killed.append(True)
            raise

    def sleep(seconds: Any) -> None:
        if killed:
            raise Kill
        ops.force(ops.call(time.sleep, seconds))

    def in_order(function: Any) -> Any:
        @functools.wraps(function)
        def call(*args: Any) -> Any:
            if killed:
                raise Kill
            ops.barrier()
            return function(*args)

        return call

    killed: list[bool] = []
    if what.library == "backoff":
        return _backoff(target, what, attempt, sleep, in_order)(*operands, **named)
    mine = SimpleNamespace(statistics={})
    retrier = target.retry
    changed = [*what.hooks, *(("retry", "stop", "wait") if what.predicates else ("wait",) if what.draws else ())]
    private = retrier.copy(sleep=sleep, **{name: in_order(getattr(retrier, name)) for name in changed})

    def keep() -> None:
        told = retries.statistics(target)
        told.clear()
        told.update(private.statistics if told is retrier.statistics else mine.statistics)
        retrier._local.statistics = told

    ops.on_failure(keep)
    answer = _with(target, target.__globals__, f=attempt, self=private, wrapped_f=mine)(*operands, **named)
    ops.on_retire(keep)
    return answer


def _backoff(target: Any, what: retries.Retried, attempt: Any, sleep: Any, in_order: Any) -> FunctionType:
    given = retries.cells(target)
    deciding = [name for name in ("giveup", "predicate") if what.predicates and name in given]
    changed: dict[str, Any] = {name: in_order(given[name]) for name in deciding}
    changed |= {name: [in_order(one) for one in given[name]] for name in what.hooks}
    if what.draws:
        changed["jitter"] = in_order(given["jitter"])
    return _with(target, {**target.__globals__, "time": SimpleNamespace(sleep=sleep)}, **{**given, **changed, "target": attempt})


def _with(function: FunctionType, names: dict[str, Any], **values: Any) -> FunctionType:
    """The same function, with other globals and other values in its closure."""
    closure = tuple(CellType(values[name]) for name in function.__code__.co_freevars)
    return FunctionType(function.__code__, names, function.__name__, None, closure)


_ERRORS = (Exception, KeyboardInterrupt, SystemExit)
