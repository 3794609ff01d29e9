"""Models of what calls a function for each element, row or column of a table: the calls come first, in pandas's order."""

from __future__ import annotations

import types
from typing import Any

from poppy_nb.effects import lookup

from .models_ops import Ops, model


@model("elementwise", least=2, keywords=None)
def elementwise(ops: Ops, target: Any, table: Any, function: Any, /, *rest: Any, **named: Any) -> Any:
    """Series.apply and map, DataFrame.apply, map and applymap.

    pandas is asked twice: once to learn with what it calls the function, and once with the answers. For names of functions,
    dicts and the like, and for functions of libraries, it is unknown code.
    """
    table, function = ops.force(table), ops.force(function)
    given = [ops.whole(one) for one in rest], {name: ops.whole(one) for name, one in named.items()}
    ops.barrier()
    method = target.__name__
    if not _is_mediated(function) or named.get("raw") or named.get("engine") not in (None, "python"):
        return getattr(table, method)(function, *given[0], **given[1])
    asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def ask(*args: Any, **kwargs: Any) -> None:
        asked.append((tuple(_kept(one) for one in args), kwargs))

    getattr(table, method)(ask, *given[0], **given[1])
    answers = [ops.call(function, *args, **kwargs) for args, kwargs in asked]
    known = ops.whole(ops.build_list(answers))
    ops.barrier()
    results = iter(known)
    return getattr(table, method)(lambda *args, **kwargs: next(results), *given[0], **given[1])


def _is_mediated(function: Any) -> bool:
    return isinstance(function, types.FunctionType | types.MethodType) and lookup(function) is None


def _kept(value: Any) -> Any:
    """A row as it is now: pandas puts the next one into the same object."""
    return value.copy() if type(value).__name__ in ("Series", "DataFrame") else value
