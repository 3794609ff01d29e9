"""The timeline of a run as one picture: a bar for each call, as many rows as calls overlapped, the critical path marked."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .calls import Call
from .explain import seconds
from .shown import clean, markup
from .svg import COLOURS, FITS


if TYPE_CHECKING:
    from .run import Run

_WIDTH, _ROW, _MOST = 900.0, 18.0, 2_000
_STEPS = tuple(factor * 10.0**power for power in range(-4, 5) for factor in (1, 2, 5))  # between two marks of time, in seconds


def lanes(calls: tuple[Call, ...]) -> dict[int, int]:
    """The row of each call that began: the first that is free. By number."""
    free: list[tuple[float, int]] = []
    spare: list[int] = []
    found: dict[int, int] = {}
    count = 0
    for call in sorted((call for call in calls if call.started is not None), key=lambda call: (call.started, call.position)):
        start = call.started or 0.0
        end = call.ended if call.ended is not None else float("inf")
        while free and free[0][0] <= start:
            heappush(spare, heappop(free)[1])
        if spare:
            lane = heappop(spare)
        else:
            lane, count = count, count + 1
        heappush(free, (end, lane))
        found[call.number] = lane
    return found


def timeline(run: Run) -> str:
    """The picture."""
    shown = tuple(call for call in run.calls if call.started is not None)[:_MOST]
    rows = lanes(shown)
    critical = {call.number for call in run.critical_path}
    wall = run.wall or 1.0
    height = 56 + _ROW * (max(rows.values(), default=0) + 1)
    parts = []
    step = next((step for step in _STEPS if wall / step <= 9), wall)
    for tick in range(int(wall / step) + 1):
        x = 10 + _WIDTH * tick * step / wall
        parts.append(f'<path d="M{x:.1f} 34V{height:.1f}" stroke="#e5e7eb"/>')
        if x < _WIDTH - 30:  # else there is no room
            parts.append(_text(x + 2, 31, _mark(tick * step, step), 10))
    for call in shown:
        start = call.started or 0.0
        end = call.ended if call.ended is not None else run.wall
        x, y = 10 + _WIDTH * start / wall, 40 + _ROW * rows[call.number]
        width = max(_WIDTH * (end - start) / wall, 1.0)
        fill, line = COLOURS[call.state]
        mark = ' stroke-width="2.4"' if call.number in critical else ' stroke-width="0.7"'
        colour = "#111827" if call.number in critical else line
        told = f"{call.name}, line {call.line}, {call.state}: {seconds(start)} to {seconds(end)}"
        parts.append(
            f'<g><title>{markup(told)}</title><rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_ROW - 4:.1f}" rx="2"'
            f' fill="{fill}" stroke="{colour}"{mark}/>'
        )
        room = int(width / 6.2)
        if room > 3:
            parts.append(_text(x + 3, y + 11, clean(f"{call.name}:{call.line}", room), 10))
        parts.append("</g>")
    title = (
        f"{len(run.calls)} calls in {seconds(run.wall)}, one after the other {seconds(run.sequential)}; "
        f"framed: the critical path{'' if len(shown) == len(run.calls) else f'; the first {len(shown)} are shown'}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH + 20:.0f}" height="{height + 8:.0f}"'
        f' viewBox="0 0 {_WIDTH + 20:.0f} {height + 8:.0f}" {FITS} role="img"><title>{markup(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{_text(10, 15, title, 12)}' + "".join(parts) + "</svg>"
    )


def _mark(time: float, step: float) -> str:
    """A mark of the axis, with as many digits as tell it from the next."""
    if step < 0.1:
        return f"{time * 1000:.0f} ms" if step >= 0.001 else f"{time * 1000:.1f} ms"
    return f"{time:.{1 if step < 1 else 0}f} s" if time < 120 else f"{time // 60:.0f}:{round(time % 60):02d} min"


def _text(x: float, y: float, text: str, size: int) -> str:
    look = f'font-family="ui-monospace, monospace" font-size="{size}" fill="#374151"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{markup(text)}</text>'


__all__ = ["lanes", "timeline"]
