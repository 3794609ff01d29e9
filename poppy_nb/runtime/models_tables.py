"""Models of what calls a function for each element, row or column of a pandas object."""

from __future__ import annotations

import dis
from functools import partial
from types import FunctionType, MethodType
from typing import Any

from poppy_nb.effects import DEEP, VALUE

from .models_ops import Ops, model


@model("applied", least=2, keywords=None)
def applied(ops: Ops, target: Any, table: Any, function: Any, /, *rest: Any, **named: Any) -> Any:
    """map and apply: pandas says what the function is called with, the calls are made, then pandas gets their results."""
    table, function = ops.force(table), ops.force(function)
    rest = tuple(map(ops.whole, rest))
    named = {name: ops.whole(value) for name, value in named.items()}
    native = getattr(type(table), target.__name__)
    by_row = target.__name__ == "apply" and type(table).__name__ == "DataFrame"
    if type(function) not in (FunctionType, MethodType, partial) or not len(table) or (by_row and not _only_reads(function)):
        ops.barrier()
        return native(table, function, *rest, **named)
    calls: list[Any] = []

    def collect(*args: Any, **kwargs: Any) -> None:
        calls.append(((args[0].copy(), *args[1:]) if by_row else args, kwargs))  # pandas may give one row object again and again

    native(table, collect, *rest, **named)
    results = [ops.call(function, *args, **kwargs) for args, kwargs in calls]

    def put(table: Any, results: list[Any]) -> Any:
        given = iter(results)
        return native(table, lambda *args, **kwargs: next(given), *rest, **named)

    return ops.defer(put, table, ops.build_list(results), depth=(VALUE, DEEP))


_READS = ("LOAD_ATTR", "LOAD_METHOD")


def _only_reads(function: Any) -> bool:
    """Whether a function only takes fields and attributes of its first argument: then nobody can tell a copy of it."""
    if type(function) is not FunctionType or not function.__code__.co_argcount:
        return False
    code = function.__code__
    row = code.co_varnames[0]
    if row in code.co_cellvars:
        return False
    steps = list(dis.get_instructions(code))
    for step, following, second in zip(steps, [*steps[1:], None], [*steps[2:], None, None], strict=False):
        names = step.argval if type(step.argval) is tuple else (step.argval,)
        if "LOAD_FAST" not in step.opname or row not in names:
            continue
        if names.index(row) != len(names) - 1 or following is None:
            return False
        fields = following.opname.startswith("LOAD_") and second is not None and second.opname.startswith("BINARY_SUBSCR")
        if not fields and following.opname not in _READS:
            return False
    return True
