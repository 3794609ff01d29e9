"""Which variable carries an answer from one call to another, or which test or handler decides: read off the source text."""

from __future__ import annotations

import linecache
from dataclasses import dataclass

from poppy_nb.events import hide_secrets

from .calls import Call, Effect
from .flow import Flow, Spot, flow


@dataclass(frozen=True, slots=True)
class Link:
    """How one call leads to another, by the text. Lines are 0 for what does not join them.

    variable: what carries the answer, "" if one stands within the other, None for nothing. test: where the answer decides whether
    the other is reached. loop: that goes over the answer, around the other. handler: the `except` that leads to the other when
    the one fails. attempt: the `try` that ends before. caught: the `try` that handles it when the one fails.
    """

    variable: str | None = None
    test: int = 0
    loop: int = 0
    handler: int = 0
    attempt: int = 0
    caught: int = 0


def link(call: Call, other: Call | Effect) -> Link:
    """How `call` leads to `other`."""
    pairs, found = _pairs(call, other)
    variable = next((found.carried[pair] for pair in pairs if pair in found.carried), None)
    test, loop, handler, attempt = (
        _first(known, pairs) for known in (found.decided, found.repeated, found.handled, found.ended)
    )
    if variable is None and not test and pairs and pairs[0][0][0] == pairs[0][1][0] and call.within[-1:] == other.within[-1:]:
        variable = ""  # in one line
    caught = next((found.caught[source] for source, _ in pairs if source in found.caught), 0)
    return Link(variable, test, loop, handler, attempt, caught)


def changed(file: str, line: int) -> list[str]:
    """What the statement in a line changes, as it is written there."""
    return _of_file(file).changed(line)


def source_line(file: str, line: int) -> str:
    """A line of the source, without the space around it; empty if it is not to be had."""
    lines = _text_lines(file)
    return hide_secrets(lines[line - 1].strip()) if 0 < line <= len(lines) else ""


def source_of(file: str, line: int, column: int) -> str:
    """The call that begins there, without what stands around it; else the line."""
    return hide_secrets(_of_file(file).source(line, column)) or source_line(file, line)


def _pairs(call: Call, other: Call | Effect) -> tuple[list[tuple[Spot, Spot]], Flow]:
    """Where two calls stand in the innermost run of a function that both stand in, as spots of its text."""
    mine = [step for step in call.within if step.kind == "function"]
    theirs = [step for step in other.within if step.kind == "function"]
    shared = 0
    while shared < min(len(mine), len(theirs)) and mine[shared].number == theirs[shared].number:
        shared += 1
    here = mine[shared] if shared < len(mine) else call
    there = theirs[shared] if shared < len(theirs) else other
    found = _of_file(here.file)
    targets = found.spots(there.line, there.column)
    return [(a, b) for a in found.spots(here.line, here.column) for b in targets], found


def _first(known: dict[tuple[Spot, Spot], int], pairs: list[tuple[Spot, Spot]]) -> int:
    return next((known[pair] for pair in pairs if pair in known), 0)


def _of_file(file: str) -> Flow:
    return flow("".join(_text_lines(file)))


def _text_lines(file: str) -> list[str]:
    try:
        return linecache.getlines(file)
    except ValueError:  # a name that no file can have
        return []
