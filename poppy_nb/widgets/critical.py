"""Times of a run: the longest chain of calls, how long they would have taken in order, and how many were in flight when."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .calls import Call


def path(calls: Sequence[Call]) -> tuple[Call, ...]:
    """The longest chain, by the sum of durations, of calls that each waited for the one before."""
    by_number = {call.number: call for call in calls}
    length: dict[int, float] = {}
    came_from: dict[int, int] = {}
    for call in sorted((call for call in calls if call.started is not None), key=_start):
        best = 0.0
        for number in call.before:
            if length.get(number, -1.0) > best and call.began_behind(by_number[number]):
                best = length[number]
                came_from[call.number] = number
        if call.state != "cancelled":
            length[call.number] = best + (call.duration or 0.0)
    if not length:
        return ()
    at: int | None = max(length, key=lambda number: length[number])
    chain = []
    while at is not None:
        chain.append(by_number[at])
        at = came_from.get(at)
    return tuple(reversed(chain))


def _start(call: Call) -> float:
    return call.started if call.started is not None else 0.0


def sequential(calls: Sequence[Call], wall: float) -> float:
    """Seconds of all calls one after the other, and of what was computed while none was in flight."""
    busy = sum(end - start for start, end, count in in_flight(calls, wall) if count)
    return sum(_end(call, wall) - _start(call) for call in calls if call.started is not None) + max(wall - busy, 0.0)


def in_flight(calls: Sequence[Call], wall: float) -> list[tuple[float, float, int]]:
    """From when to when how many calls were in flight."""
    changes: dict[float, int] = {}
    for call in calls:
        if call.started is not None:
            changes[call.started] = changes.get(call.started, 0) + 1
            end = _end(call, wall)
            changes[end] = changes.get(end, 0) - 1
    spans, count = [], 0
    for start, end in pairwise(sorted(changes)):
        count += changes[start]
        spans.append((start, end, count))
    return spans


def _end(call: Call, wall: float) -> float:
    return call.ended if call.ended is not None else wall
