"""A run that was recorded: its calls, its graph and its times, as data and in the forms that other tools read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import critical
from .calls import Call, Calls, Effect, Wait
from .structure import Structure, structure


if TYPE_CHECKING:
    import graphviz
    import networkx


@dataclass(frozen=True)
class Run:
    """What `%poppy last` gives.

    calls: the external calls in program order. halts: where the program itself waited, as (line, file, why). claims: the same
    of lines that are not understood, so that what stood behind them waited. effects: what happens in order between the calls,
    such as a `print`, each line once, if it was reached while calls were in flight. wall: seconds from the first event to the
    last. left_out: calls that were too many to be kept. error: the type of the exception that ended it.
    """

    calls: Calls
    halts: tuple[tuple[int, str, Wait], ...] = ()
    claims: tuple[tuple[int, str, Wait], ...] = ()
    effects: tuple[Effect, ...] = ()
    wall: float = 0.0
    left_out: int = 0
    finished: bool = True
    error: str = ""

    @cached_property
    def graph(self) -> Structure:
        """The calls of one line as one stack, in the functions and loops around them."""
        return structure(self.calls, self.halts, self.effects)

    @cached_property
    def sequential(self) -> float:
        """Seconds that the calls would have taken one after the other, with what was computed while none was in flight."""
        return critical.sequential(self.calls, self.wall)

    @property
    def speedup(self) -> float:
        """How many times as fast it was as one call after the other. 1.0 without calls."""
        return self.sequential / self.wall if self.wall > 0 else 1.0

    @cached_property
    def critical_path(self) -> tuple[Call, ...]:
        """The chain of calls, each of which waited for the one before, that took longest: no run can be shorter."""
        return critical.path(self.calls)

    def explain(self, line: int | None = None, *, times: bool = True) -> str:
        """What waited for what and why, and what to declare so that it need not; of one line of the cell, or of all.

        Without times it is the same for the same program, but for what depends on who is faster.
        """
        from .explain import explain

        return explain(self, line, times=times)

    def table(self) -> str:
        """A row of text for each line that called: no times, so that runs can be compared."""
        from .explain import table

        return table(self)

    def to_networkx(self) -> networkx.DiGraph[int]:
        """A node for each call (by its number), an edge from each call to those that waited for it. Needs networkx."""
        from .exports import to_networkx

        return to_networkx(self)

    def to_graphviz(self) -> graphviz.Digraph:
        """The graph of stacks; drawing it needs the program `dot`, see `to_svg` for what does not."""
        from .exports import to_graphviz

        return to_graphviz(self)

    def to_chrome_trace(self) -> dict[str, Any]:
        """The timeline in Chrome's trace format: as JSON in a file it opens in Perfetto. Times are microseconds."""
        from .exports import to_chrome_trace

        return to_chrome_trace(self)

    def to_svg(self, kind: str = "graph") -> str:
        """A picture that needs no script: of the `graph` (the same for the same program) or of the `timeline`."""
        from . import svg, svg_timeline

        if kind not in ("graph", "timeline"):
            raise ValueError(f"to_svg('graph') or to_svg('timeline'), not {kind!r}")
        return svg.graph(self) if kind == "graph" else svg_timeline.timeline(self)

    def to_html(self, path: str | None = None) -> str:
        """One page that works offline, with the graph, the timeline and the table; also written to `path` if that is given."""
        from .page import page

        text = page(self)
        if path is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": self.table(), "image/svg+xml": self.to_svg()}

    def __repr__(self) -> str:
        state = f"failed with {self.error}" if self.error else "done" if self.finished else "running"
        return f"<poppy run: {len(self.calls)} calls, {state}, {self.wall:.2f} s>"


__all__ = ["Run"]
