"""Where boxes stand: each group is laid out in layers by a library, on its own; a box is as large as what it holds.

So folding a group, or a change of a number in a stack, only moves boxes and needs no new layout: `place` is repeated by the page
(`place.js`) with other sizes.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fast_sugiyama import from_edges

from .structure import Group, Structure


# It tells each of its steps to `logging`, and what a notebook logs is the output of its cells
for _name in ("rust-sugiyama", "rust_sugiyama", "fast_sugiyama", "connected_components"):
    logging.getLogger(_name).setLevel(logging.WARNING)

GAP, LAYER_GAP, PADDING, HEADER = 22.0, 34.0, 14.0, 22.0
HEIGHT, SMALL = 46.0, 26.0
MOST_WIDE = 1100.0  # a layer that is wider is broken

Rows = dict[str, list[list[str]]]  # group -> its layers, each with the parts in it from left to right


@dataclass(slots=True)
class Box:
    """Where a stack, effect or group stands, in pixels."""

    x: float
    y: float
    width: float
    height: float


def rows(graph: Structure) -> Rows:
    """The layers of every group."""
    inner: dict[str, set[tuple[str, str]]] = {}
    for edge in graph.drawn:
        if edge.source == edge.target or graph.first[edge.source] > graph.first[edge.target]:
            continue  # to the next turn of a loop
        lifted = _lifted(graph, edge.source, edge.target)
        if lifted is not None:
            inner.setdefault(lifted[0], set()).add(lifted[1:])
    return {group.id: _layers(group, inner.get(group.id, set())) for group in graph.groups.values()}


def _lifted(graph: Structure, source: str, target: str) -> tuple[str, str, str] | None:
    """The innermost group that holds both, and the parts of it that hold the one and the other."""
    around = [source, *graph.ancestors(source)]
    before = target
    for group in graph.ancestors(target):
        if group in around:
            part = around[around.index(group) - 1]
            return (group, part, before) if part != before else None
        before = group
    return None


def _layers(group: Group, edges: set[tuple[str, str]]) -> list[list[str]]:
    """The library gives layers and the order in them; what no edge joins stands in the first layer."""
    order = {part: number for number, part in enumerate(group.parts)}
    joined = sorted({order[part] for edge in edges for part in edge})
    index = {number: i for i, number in enumerate(joined)}  # the library's own vertices have numbers from len(joined) on
    forward = sorted({(index[order[a]], index[order[b]]) for a, b in edges if order[a] < order[b]})
    found: dict[int, list[tuple[int, float, int]]] = {}
    components = [_of_numbers(positions) for positions, *_ in from_edges(forward)] if forward else []
    for shift, positions in enumerate(sorted(components, key=lambda positions: min(positions)[0])):
        top = max(y for _, (_, y) in positions)
        heights = sorted({round(top - y) for _, (_, y) in positions})
        for i, (x, y) in positions:
            if i < len(joined):
                found.setdefault(heights.index(round(top - y)), []).append((shift, x, joined[i]))
    layers = [[number for _, _, number in sorted(found[depth])] for depth in sorted(found)]
    placed = {number for layer in layers for number in layer}
    alone = [number for number in range(len(group.parts)) if number not in placed]
    if alone:
        layers[:1] = [sorted([*(layers[0] if layers else []), *alone])]
    return [[group.parts[number] for number in layer] for layer in layers]


def _of_numbers(positions: Iterable[tuple[int | str, tuple[float, float]]]) -> list[tuple[int, tuple[float, float]]]:
    return [(int(number), at) for number, at in positions]


def place(
    layers: Rows, widths: dict[str, float], folded: frozenset[str] = frozenset(), small: Collection[str] = ()
) -> dict[str, Box]:
    """The box of every part that is seen, for the widths of stacks, of effects (`small`) and of the headers of groups."""
    boxes: dict[str, Box] = {}

    def size(part: str) -> tuple[float, float]:
        if part not in layers or part in folded:
            return widths[part], SMALL if part in small else HEIGHT
        wide, high = 0.0, 0.0
        for row in _broken(layers[part], sizes):
            wide = max(wide, sum(sizes[one][0] for one in row) + GAP * (len(row) - 1))
            high += max(sizes[one][1] for one in row) + LAYER_GAP
        high = max(high - LAYER_GAP, 0.0)
        if part == "":
            return wide, high
        return max(wide + 2 * PADDING, widths[part]), high + HEADER + 2 * PADDING

    sizes: dict[str, tuple[float, float]] = {}

    def measure(part: str) -> None:
        if part in layers and part not in folded:
            for row in layers[part]:
                for one in row:
                    measure(one)
        sizes[part] = size(part)

    def put(part: str, x: float, y: float) -> None:
        width, height = sizes[part]
        if part:
            boxes[part] = Box(x, y, width, height)
        if part not in layers or part in folded:
            return
        top = y if part == "" else y + HEADER + PADDING
        for row in _broken(layers[part], sizes):
            left = x + (width - sum(sizes[one][0] for one in row) - GAP * (len(row) - 1)) / 2
            high = max(sizes[one][1] for one in row)
            for one in row:
                put(one, left, top + (high - sizes[one][1]) / 2)
                left += sizes[one][0] + GAP
            top += high + LAYER_GAP

    measure("")
    put("", 0.0, 0.0)
    return boxes


def _broken(layers: list[list[str]], sizes: dict[str, tuple[float, float]]) -> list[list[str]]:
    """Layers of which none is too wide."""
    found: list[list[str]] = []
    for layer in layers:
        row: list[str] = []
        wide = 0.0
        for part in layer:
            if row and wide + sizes[part][0] > MOST_WIDE:
                found.append(row)
                row, wide = [], 0.0
            row.append(part)
            wide += sizes[part][0] + GAP
        if row:
            found.append(row)
    return found
