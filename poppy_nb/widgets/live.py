"""What a page is told of a run: a snapshot, then what has changed, at most ten times a second; and what it may ask for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .calls import Call
from .critical import path
from .explain import place, why
from .layout import rows
from .recording import Recording
from .shown import clean
from .structure import Structure, halted
from .svg import edge_label, effect_title, group_title, widths


STATES = ("planned", "queued", "running", "done", "failed", "cancelled")
_VERSION = 1
_MOST_WITH_VALUES = 5_000  # in what is saved with the notebook
_TEXT = 300

Message = dict[str, Any]


class Feed:
    """Turns a recording into messages for pages. `send` sends one to all pages that look."""

    def __init__(self, recording: Recording, send: Callable[[Message], None]) -> None:
        self._recording = recording
        self._send = send
        self._structure = Structure()
        self._calls: dict[int, Call] = {}
        self._begun: set[int] = set()
        self._index: dict[str, int] = {}  # stack -> its number in messages
        self._unlinked: set[int] = set()  # planned only just: what they wait for is told after that
        self._shape = (0, 0)
        self._next = 0.0

    def tick(self, now: float | None = None) -> float:
        """Tell what has changed, if it is time to, and 0; else in how many seconds it is. It may take a twentieth of the time."""
        begun = time.perf_counter() if now is None else now
        if begun < self._next:
            return self._next - begun
        delta = self.delta()
        if delta is not None:
            self._send(delta)
        spent = (time.perf_counter() if now is None else now) - begun
        self._next = begun + max(0.1, 20 * spent)
        return 0.0

    def delta(self) -> Message | None:
        """What has changed since the last time; None if nothing."""
        recording = self._recording
        recording.look()
        changed, recording.changed = recording.changed, set()
        calls = [call for number in sorted(changed) if (call := recording.call(number)) is not None]
        self._take(calls)
        made = self._structure
        made.halts = halted(recording.halts)
        for effect in recording.effects.values():
            made.show(effect, self._calls)
        shape = (len(made.stacks) + len(made.effects), len(made.drawn) + len(made.halts))
        if not calls and shape == self._shape and not recording.finished:
            return None
        message: Message = {"type": "delta", "calls": [self._row(call) for call in calls], **self._times()}
        if shape != self._shape:
            self._shape = shape
            message["graph"] = self._graph()
        return message

    def snapshot(self, *, values: bool = True) -> Message:
        """Everything, for a page that has just been opened."""
        delta = self.delta()
        if delta is not None:
            self._send(delta)
        in_order = sorted(self._calls.values(), key=lambda call: call.position)
        calls = [self._row(call, values=values) for call in in_order]
        return {"type": "snapshot", "version": _VERSION, "calls": calls, "graph": self._graph(), **self._times()}

    def last(self) -> Message:
        """What is kept with the notebook when the run has ended."""
        return self.snapshot(values=len(self._calls) <= _MOST_WITH_VALUES)

    def _take(self, calls: list[Call]) -> None:
        for call in calls:
            if call.number not in self._calls:
                stack = self._structure.add(call)
                self._index.setdefault(stack.id, len(self._index))
            self._calls[call.number] = call
        ready, self._unlinked = self._unlinked, {call.number for call in calls if call.started is None}
        for call in calls:
            if call.started is not None and call.number not in self._begun:
                self._begun.add(call.number)
                ready.add(call.number)
        for number in sorted(ready):
            self._structure.link(self._calls[number], self._calls)

    def _row(self, call: Call, *, values: bool = True) -> list[Any]:
        made = self._structure
        texts = [clean(text, _TEXT) if values else "" for text in (call.args, call.result)]
        return [
            call.number,
            self._index[made.stack_of[call.number]],
            STATES.index(call.state),
            call.planned,
            call.queued,
            call.started,
            call.ended,
            *texts,
            clean(call.error, _TEXT),
            [clean(text, _TEXT) for text in why(call, self._calls, made.linked)],
            list(call.before),
        ]

    def _graph(self) -> Message:
        made = self._structure
        sizes = widths(made)
        layers = rows(made)
        return {
            "groups": [
                {"id": g.id, "kind": g.kind, "title": group_title(g), "line": g.line, "width": sizes[g.id], "rows": layers[g.id]}
                for g in made.groups.values()
            ],
            "stacks": [
                {"id": s.id, "name": clean(s.name, 80), "line": s.line, "place": place(s.file, s.line), "group": s.group,
                 "cell": s.cell, "text": clean(s.text, 200), "width": max(sizes[s.id], 150)}
                for s in made.stacks.values()
            ],
            "effects": [
                {"id": s.id, "name": clean(s.effect.name, 80), "resource": clean(s.effect.resource, 80), "line": s.effect.line,
                 "place": place(s.effect.file, s.effect.line), "group": s.group, "text": clean(s.text, 200),
                 "title": effect_title(s), "width": sizes[s.id]}
                for s in made.effects.values()
            ],
            "edges": [
                {"source": e.source, "target": e.target, "kind": e.kind, "reason": clean(e.reason, 120), "label": edge_label(e)}
                for e in made.drawn
            ],
            "halts": [
                {"line": h.line, "place": place(h.file, h.line), "text": clean(h.text, 200), "reason": clean(h.wait.reason, 200),
                 "declare": clean(h.wait.declare, 200), "count": h.count}
                for h in made.halts[:100]
            ],
        }  # fmt: skip

    def _times(self) -> Message:
        recording = self._recording
        now = recording.last - recording.began if recording.began is not None else 0.0
        error = clean(recording.error, 100)
        times: Message = {"now": now, "finished": recording.finished, "error": error, "leftOut": recording.left_out}
        if recording.finished:
            times["critical"] = [call.number for call in path(list(self._calls.values()))]
        return times


def asked(content: object) -> tuple[str, int | None] | None:
    """What a message of a page asks for: `("hello", None)`, `("stop", number of a call or None for the run)`; None for others."""
    if not isinstance(content, dict) or set(content) - {"type", "call"}:
        return None
    kind, call = content.get("type"), content.get("call")
    if kind == "hello" and call is None:
        return "hello", None
    if kind == "stop" and (call is None or (type(call) is int and call >= 0)):
        return "stop", call
    return None
