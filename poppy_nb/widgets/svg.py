"""The graph of a run as one picture: no script, no style sheet, no time, and the same ids for the same program."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from .calls import SIGNS
from .explain import place
from .layout import PADDING, Box, rows
from .layout import place as place_boxes
from .routes import label_at, route
from .shown import clean, markup
from .structure import Edge, Group, Small, Stack, Structure


if TYPE_CHECKING:
    from .run import Run

FITS = 'style="max-width: 100%; height: auto"'  # pages are narrower than some pictures, and cut them off
# state -> fill, line. On white, so that it can be read in dark themes too; the contrast of the lines is at least 3 to 1.
COLOURS = {
    "planned": ("#f3f4f6", "#6b7280"),
    "queued": ("#fef3c7", "#b45309"),
    "running": ("#dbeafe", "#2563eb"),
    "done": ("#dcfce7", "#15803d"),
    "failed": ("#fee2e2", "#dc2626"),
    "cancelled": ("#f3f4f6", "#6b7280"),
}
# kind of an edge -> colour, dashes
LINES = {"data": ("#374151", ""), "branch": ("#7c3aed", "6 3"), "order": ("#b45309", "2 3"), "mutation": ("#be185d", "8 3 2 3")}
_FONT = 'font-family="ui-monospace, Menlo, Consolas, monospace"'
_CHARACTER = 7.3  # pixels of a character of 12 px
_SMALL_CHARACTER = 6.1  # of one of 10 px
_HALO = ' paint-order="stroke" stroke="#ffffff" stroke-width="3"'  # what is drawn over a line can be read
_OWN = "\x00"  # where what makes ids those of this picture will stand; no text has it
_WORST = ("failed", "cancelled", "running", "queued", "planned", "done")
_MOST_STACKS = 300
_QUOTED = re.compile(r"'([^']+)'")  # the object or resource of a reason


def graph(run: Run) -> str:
    """The picture."""
    made = run.graph
    if not made.stacks:
        return _page(300, 60, [_text(20, 36, "no external calls", 12)], "no external calls")
    folded = frozenset(group.id for group in made.groups.values() if group.id) if len(made.stacks) > _MOST_STACKS else frozenset()
    boxes = place_boxes(rows(made), widths(made), folded, made.effects)
    parts: list[str] = []
    for group in made.groups.values():
        if group.id in boxes:
            parts += _group(group, boxes[group.id], group.id in folded)
    drawn = [edge for edge in made.drawn if edge.source in boxes and edge.target in boxes]
    others = {part: box for part, box in boxes.items() if part not in made.groups or part in folded}
    labels: list[Box] = []
    for edge in drawn:
        parts += _edge(edge, boxes, others, labels)
    for stack in made.stacks.values():
        if stack.id in boxes:
            parts += _stack(stack, boxes[stack.id])
    for small in made.effects.values():
        if small.id in boxes:
            parts += _effect(small, boxes[small.id])
    width = max(box.x + box.width for box in (*boxes.values(), *labels))
    height = max(box.y + box.height for box in boxes.values())
    for halt in made.halts[:20]:
        height += 22
        said = f"‖ {place(halt.file, halt.line)}: the program waited here: {halt.wait.reason}"
        parts.append(_text(0, height, clean(said, 110), 11, "#b45309"))
        width = max(width, len(clean(said, 110)) * _CHARACTER * 11 / 12)
    moved = [f'<g transform="translate({PADDING:g} {PADDING:g})">', *parts, "</g>"]
    return _page(width + 2 * PADDING, height + 2 * PADDING, moved, run.table().splitlines()[0])


def widths(made: Structure) -> dict[str, float]:
    """How wide the text of each stack, effect and group is."""
    found = {stack.id: _wide(*title(stack)) for stack in made.stacks.values()}
    found.update({small.id: _wide(effect_title(small)) for small in made.effects.values()})
    found.update({group.id: _wide(group_title(group)) for group in made.groups.values()})
    return found


def title(stack: Stack) -> tuple[str, str]:
    """The two lines of text in a stack; the first is long enough for any state."""
    count = f" ×{len(stack.calls)}" if len(stack.calls) > 1 else ""
    return clean(f"{SIGNS[worst(stack)]} {stack.name}{count}", 40), clean(f"{place(stack.file, stack.line)}: {stack.text}", 38)


def effect_title(small: Small) -> str:
    """The one line of text in an effect."""
    text = small.text or small.effect.name
    if small.effect.name.endswith("__exit__"):  # it stands where the block begins
        text = f"end of {text}"
    return clean(f"≡ {place(small.effect.file, small.effect.line)}: {text}", 38)


def group_title(group: Group) -> str:
    """What stands above a group."""
    if not group.id:
        return ""
    return clean(f"{group.name}() · line {group.line}" if group.kind == "function" else f"loop · line {group.line}", 40)


def worst(stack: Stack) -> str:
    """The state that matters most."""
    states = stack.states
    return next((state for state in _WORST if states.get(state)), "planned")


def _wide(*lines: str) -> float:
    return max(len(line) for line in lines) * _CHARACTER + 2 * PADDING


def _group(group: Group, box: Box, is_folded: bool) -> list[str]:
    dash = "" if group.kind == "function" else ' stroke-dasharray="4 3"'
    sign = "▸" if is_folded else "▾"
    frame = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="8"'
    return [
        f'<rect {frame} fill="#f9fafb" fill-opacity="0.6" stroke="#9ca3af"{dash}/>',
        _text(box.x + 10, box.y + 17, f"{sign} {group_title(group)}", 11, "#4b5563"),
    ]


def _stack(stack: Stack, box: Box) -> list[str]:
    state = worst(stack)
    fill, line = COLOURS[state]
    first, second = title(stack)
    parts = [f"<g><title>{markup(_told(stack))}</title>"]
    if len(stack.calls) > 1:
        parts.append(_rect(box, 4, "#ffffff", line))
    parts.append(_rect(box, 0, fill, line, ' stroke-dasharray="4 2"' if state == "cancelled" else ""))
    parts.append(_text(box.x + PADDING, box.y + 19, first, 12, "#111827", ' font-weight="600"'))
    parts.append(_text(box.x + PADDING, box.y + 36, second, 11, "#4b5563"))
    parts.append("</g>")
    return parts


def _effect(small: Small, box: Box) -> list[str]:
    told = f"{small.effect.name}, line {small.effect.line}: in order on {small.effect.resource}"
    frame = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="13"'
    return [
        f'<g><title>{markup(told)}</title><rect {frame} fill="#ffffff" stroke="#9ca3af"/>',
        _text(box.x + PADDING, box.y + 17, effect_title(small), 11, "#4b5563"),
        "</g>",
    ]


def _told(stack: Stack) -> str:
    return f"{stack.name}, line {stack.line}: " + ", ".join(f"{count} {state}" for state, count in sorted(stack.states.items()))


def _rect(box: Box, shift: float, fill: str, line: str, more: str = "") -> str:
    return (
        f'<rect x="{box.x + shift:.1f}" y="{box.y + shift:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="6"'
        f' fill="{fill}" stroke="{line}" stroke-width="1.3"{more}/>'
    )


def _edge(edge: Edge, boxes: dict[str, Box], others: dict[str, Box], labels: list[Box]) -> list[str]:
    colour, dash = LINES.get(edge.kind, LINES["order"])
    source, target = boxes[edge.source], boxes[edge.target]
    passed = [box for part, box in others.items() if part not in (edge.source, edge.target)]
    path, at = route(source, target, passed)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    label = edge_label(edge)
    if label:
        at = label_at(*at, len(label) * _SMALL_CHARACTER, others.values(), labels)
    told = f"{edge.kind}: {edge.reason}" + (f", {edge.count} times" if edge.count > 1 else "")
    line = f'fill="none" stroke="{colour}" stroke-width="1.4"{dashes} marker-end="url(#poppy-{edge.kind}{_OWN})"'
    return [
        f'<g><title>{markup(told)}</title><path d="{path}" {line}/>',
        *([_text(*at, label, 10, colour, _HALO)] if label else []),
        "</g>",
    ]


def edge_label(edge: Edge) -> str:
    """The few words that stand at an edge."""
    if edge.kind in ("data", "branch"):
        return clean(edge.reason, 20)
    named = _QUOTED.search(edge.reason)
    return clean(named[1], 20) if named is not None else ""


def _text(x: float, y: float, text: str, size: int, fill: str = "#111827", more: str = "") -> str:
    look = f'{_FONT} font-size="{size}" fill="{fill}"{more} xml:space="preserve"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{markup(text)}</text>'


def _page(width: float, height: float, parts: list[str], title: str) -> str:
    drawn = "".join(parts)
    own = f"_{sha256(drawn.encode()).hexdigest()[:8]}"  # ids are those of the page that it stands in
    markers = "".join(
        f'<marker id="poppy-{kind}{own}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        for kind, (colour, _) in LINES.items()
    )
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
        f' {FITS} role="img"><title>{markup(title)}</title><defs>{markers}</defs>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>' + drawn.replace(_OWN, own) + "</svg>"
    )
