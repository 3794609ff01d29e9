"""The line of an edge between two boxes: past the boxes between them, not behind. `place.js` does the same in a page."""

from __future__ import annotations

from collections.abc import Iterable

from .layout import GAP, Box


NEAR = 5.0  # pixels between a line and a box that it passes

Route = tuple[str, tuple[float, float]]  # the path, and where its label stands


def route(source: Box, target: Box, others: Iterable[Box]) -> Route:
    """others: the boxes that it is not to cross."""
    if source is target:
        x, y = source.x + source.width, source.y + source.height / 2
        return f"M{x:.1f} {y - 8:.1f}c16 -8 16 24 0 16", (x + 12, y)
    if target.y < source.y + source.height - 1:  # to the next turn of a loop, or to the side
        x, y = source.x + source.width, source.y + source.height / 2
        to_x, to_y = target.x + target.width, target.y + target.height / 2
        out = max(x, to_x) + GAP
        return f"M{x:.1f} {y:.1f}C{out:.1f} {y:.1f} {out:.1f} {to_y:.1f} {to_x + 2:.1f} {to_y:.1f}", (out - 6, (y + to_y) / 2)
    x, y = source.x + source.width / 2, source.y + source.height
    to_x, to_y = target.x + target.width / 2, target.y - 2
    bend = max((to_y - y) / 2, 12)
    between = [box for box in others if box.y + box.height > y and box.y < to_y]
    if not any(_hits(x, y, to_x, to_y, bend, box) for box in between):
        path = f"M{x:.1f} {y:.1f}C{x:.1f} {y + bend:.1f} {to_x:.1f} {to_y - bend:.1f} {to_x:.1f} {to_y:.1f}"
        return path, ((x + to_x) / 2, (y + to_y) / 2)
    top, bottom = min(box.y for box in between), max(box.y + box.height for box in between)
    sides = [side for box in between for side in (box.x - 2 * NEAR, box.x + box.width + 2 * NEAR)]
    free = [side for side in sides if not any(box.x - NEAR < side < box.x + box.width + NEAR for box in between)]
    past = min(free, key=lambda side: (abs(side - x) + abs(side - to_x), side))
    down, up = max((top - y) / 2, 8), max((to_y - bottom) / 2, 8)
    path = (
        f"M{x:.1f} {y:.1f}C{x:.1f} {y + down:.1f} {past:.1f} {top - down:.1f} {past:.1f} {top:.1f}L{past:.1f} {bottom:.1f}"
        f"C{past:.1f} {bottom + up:.1f} {to_x:.1f} {to_y - up:.1f} {to_x:.1f} {to_y:.1f}"
    )
    return path, (past, (top + bottom) / 2)


def label_at(x: float, y: float, width: float, others: Iterable[Box], taken: list[Box]) -> tuple[float, float]:
    """Where a label beside the point of a line begins: where it covers no box and no other label, which are `taken`."""
    obstacles = [*others, *taken]
    best: tuple[int, Box] | None = None
    for down in (0.0, 12.0, -12.0, 24.0, -24.0):
        for left in (x + 4, x - 4 - width):
            box = Box(left, y + down - 6, width, 12)
            covered = sum(_overlap(box, one) for one in obstacles)
            if best is None or covered < best[0]:
                best = covered, box
    assert best is not None
    taken.append(best[1])
    return best[1].x, best[1].y + 9


def _overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def _hits(x: float, y: float, to_x: float, to_y: float, bend: float, box: Box) -> bool:
    """Whether the curve, at one of some of its points, is in a box."""
    for step in range(1, 16):
        t = step / 16
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        at_x, at_y = (a + b) * x + (c + d) * to_x, a * y + b * (y + bend) + c * (to_y - bend) + d * to_y
        if box.x - NEAR < at_x < box.x + box.width + NEAR and box.y < at_y < box.y + box.height:
            return True
    return False


__all__ = ["label_at", "route"]
