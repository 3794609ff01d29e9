"""Lazy adaptors that are left when the run is over: native ones take the place of streams, as far as these can be made."""

from __future__ import annotations

import gc
import inspect
import itertools
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .adaptors import Stream
from .placeholder import known


_GROUPER = type(next(itertools.groupby("a"))[1])
_BEGUN: dict[Any, Callable[[Iterator[Any]], Any]] = {  # native adaptors that pass on whatever comes
    itertools.islice: lambda steps: itertools.islice(steps, None),
    itertools.chain: itertools.chain,
    itertools.accumulate: lambda steps: itertools.accumulate(steps, _second),
    itertools.starmap: lambda steps: map(_itself, steps),
    itertools.takewhile: lambda steps: itertools.takewhile(_true, steps),
    itertools.dropwhile: lambda steps: itertools.dropwhile(_false, steps),
    itertools.filterfalse: lambda steps: itertools.filterfalse(_false, steps),
    itertools.compress: lambda steps: itertools.compress(steps, itertools.repeat(True)),
    type(itertools.tee(())[0]): lambda steps: itertools.tee(steps, 1)[0],
}


def _second(first: Any, second: Any) -> Any:
    return second


def _itself(value: Any) -> Any:
    return value


def _true(value: Any) -> bool:
    return True


def _false(value: Any) -> bool:
    return False


def replace(streams: Iterable[Stream]) -> None:
    """The run is over: put native adaptors where streams have been left, as far as there are such."""
    for stream in list(streams):
        native = _native(stream)
        if native is not None:
            for holder in gc.get_referrers(stream):
                _put(holder, stream, native)


def _native(stream: Stream) -> Any:
    if stream.kind is _GROUPER:
        return _spent_group() if stream.stale is not None and stream.stale() else None
    steps = stream.steps
    made = stream.native
    if made is not None and type(steps) is types.GeneratorType and inspect.getgeneratorstate(steps) == inspect.GEN_CREATED:
        return made.func(*map(known, made.args), **{name: known(value) for name, value in made.keywords.items()})
    passing = _BEGUN.get(stream.kind)
    return passing(steps) if passing is not None else None


def _spent_group() -> Any:
    groups = itertools.groupby((0,))
    group = next(groups)[1]
    next(groups, None)
    return group


def _put(holder: Any, stream: Stream, native: Any) -> None:
    if type(holder) is dict:
        for key, value in list(holder.items()):
            if value is stream:
                holder[key] = native
    elif type(holder) is list:
        holder[:] = [native if value is stream else value for value in holder]
    elif type(holder) is types.CellType:
        holder.cell_contents = native


__all__ = ["replace"]
