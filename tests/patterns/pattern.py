"""One program of the table of patterns, with its ideal time."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.equivalence.program import Latency


@dataclass(frozen=True)
class Pattern:
    """A cell. `ideal`: its critical path, in latencies (1 per call unless `latencies` says otherwise); None: not fixed by the contract."""

    row: int
    title: str
    ideal: float | None
    source: str
    setup: str = ""
    latencies: Mapping[str, Latency] = field(default_factory=dict)
    ignore: Sequence[str] = ()  # names whose values may differ
    verify: str = ""  # must be true afterwards in both runs
    shown: Sequence[float] | None = None  # when each line of output appears
    orders: int | None = None  # so many random orders instead of the usual ones
    needs: Sequence[str] = ()  # packages
    beyond: bool = False  # more than the row says: the time follows from the contract, but is only recorded

    def __str__(self) -> str:
        return f"{self.row:02}-{self.title.replace(' ', '-')}"


def table(row: int, *patterns: tuple[object, ...], **common: object) -> list[Pattern]:
    """Patterns of one row from `(title, ideal, source)` or `(title, ideal, source, options)`; `common` options hold for all."""
    made = []
    for title, ideal, source, *options in patterns:
        more: dict[str, object] = {**common, **(options[0] if options else {})}  # type: ignore[dict-item]
        more["setup"] = inspect.cleandoc(str(more.get("setup", "")))
        made.append(Pattern(row, str(title), ideal, _source(str(source)), **more))  # type: ignore[arg-type]
    return made


def _source(text: str) -> str:
    """A source as it is, or without the indentation of the table."""
    try:
        compile(text, "pattern", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        return inspect.cleandoc(text)
    return text
