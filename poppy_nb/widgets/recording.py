"""Follows the events of a run and keeps them as calls, for views that look while it goes on and for what remains of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poppy_nb.events import CLAIMS, Event, EventStream, Within

from .calls import Call, Calls, Effect, Pause, State, Step, Wait


if TYPE_CHECKING:
    from .run import Run

SLOT = "a free slot"
MOST_EFFECTS = 500  # places in the program
_ENDS: dict[str, State] = {"done": "done", "failed": "failed", "cancelled": "cancelled"}


class Recording:
    """Subscribes to a stream before the run. Events are only noted while it goes on, and made into calls when somebody looks.

    It remembers the first `most` calls; later ones are counted in `left_out`.
    """

    def __init__(self, stream: EventStream, *, values: bool = True, most: int = 20_000) -> None:
        stream.detailed = True
        stream.values = values
        self.stream = stream
        self.values = values
        self.left_out = 0
        self.began: float | None = None
        self.last = 0.0
        self.finished = False
        self.error = ""
        self.changed: set[int] = set()  # numbers of calls that changed since a view has looked
        self.halts: list[tuple[int, str, Wait]] = []  # line, file, why: where the program itself waited
        self.claims: list[tuple[int, str, Wait]] = []  # the same of lines that are not understood: what is behind them waited
        self.effects: dict[tuple[object, ...], Effect] = {}  # between the calls, by place in the program
        self._most = most
        self._calls: dict[int, _Draft] = {}
        self._done: dict[int, Call] = {}  # of a run that had ended before
        self._steps: dict[tuple[int, ...], tuple[Step, ...]] = {}
        self._pause: Pause | None = None
        self._noted: list[Event] = []
        self._unsubscribe = stream.subscribe(self._note)

    def _note(self, event: Event) -> None:
        if event.kind != "retired":
            self._noted.append(event)
            if len(self._noted) > 50_000:
                self.look()

    def finish(self, error: BaseException | None = None) -> Run:
        """The run has ended, with an exception or without: nothing more is noted. What came of it."""
        self._unsubscribe()
        self.look()
        self.finished = True
        self.error = type(error).__name__ if error is not None else ""
        for draft in self._calls.values():
            if draft.state in ("planned", "queued", "running"):
                draft.state = "cancelled"
                self.changed.add(draft.number)
        self._steps.clear()
        return self.run()

    def resume(self, run: Run) -> None:
        """Stand where the recording of `run` ended."""
        self._unsubscribe()
        self._done = {call.number: call for call in run.calls}
        self.changed = set(self._done)
        self.halts, self.claims, self.left_out, self.error = list(run.halts), list(run.claims), run.left_out, run.error
        self.effects = dict(enumerate(run.effects))  # type: ignore[arg-type]
        self.began, self.last, self.finished = 0.0, run.wall, run.finished

    def run(self) -> Run:
        """The run so far."""
        from .run import Run

        self.look()
        known = [*(draft.call() for draft in self._calls.values()), *self._done.values()]
        calls = Calls(sorted(known, key=lambda call: call.position))
        wall = self.last - self.began if self.began is not None else 0.0
        effects = tuple(self.effects.values())
        return Run(
            calls, tuple(self.halts), tuple(self.claims), effects, wall, self.left_out, finished=self.finished, error=self.error
        )

    def call(self, number: int) -> Call | None:
        """One call as it is now."""
        draft = self._calls.get(number)
        return draft.call() if draft is not None else self._done.get(number)

    def __len__(self) -> int:
        return len(self._calls)

    def look(self) -> None:
        """Take in what was noted since the last look."""
        noted, self._noted = self._noted, []
        for event in noted:
            if self.began is None:
                self.began = event.t
            self.last = event.t
            if event.external:
                self._take(event)
            elif event.kind == "effect":
                self._effect(event)
            elif event.kind == "waits" and event.op == 0 and len(self.halts) < self._most:
                wait = Wait(event.reason, (), event.detail)
                self.halts.append((event.line or 0, event.file, wait))
                self._pause = Pause(event.line or 0, event.file, event.t - self.began, wait)
            elif event.kind == "waits" and event.op == CLAIMS and len(self.claims) < self._most:
                self.claims.append((event.line or 0, event.file, Wait(event.reason, (), event.detail)))

    def _effect(self, event: Event) -> None:
        within = self._around(event.within)
        column = event.span.column if event.span is not None else 0
        around = tuple((step.kind, step.name, step.line) for step in within if step.kind in ("function", "loop"))
        key = (around, event.label, event.file, event.line, column)
        found = self.effects.get(key)
        if found is None:
            if len(self.effects) >= MOST_EFFECTS:
                return
            found = self.effects[key] = Effect(
                event.label, event.reason, event.line or 0, column, event.file, within, event.position, {}
            )
        if len(found.needs) < self._most:
            found.needs.update(dict.fromkeys(event.waits_for))

    def _take(self, event: Event) -> None:
        kind = event.kind
        draft = self._calls.get(event.op)
        if draft is None:
            if kind != "planned":
                return
            if len(self._calls) >= self._most:
                self.left_out += 1
                return
            draft = self._calls[event.op] = _Draft(event, self._around(event.within))
            draft.planned = event.t - (self.began or 0.0)
            draft.pause = self._pause
        now = event.t - (self.began or 0.0)
        self.changed.add(event.op)
        if kind == "dispatched":
            draft.state = "running"
            draft.started = now
            draft.args = event.detail
            if event.waits_for:
                draft.after = event.waits_for[0]
        elif kind == "waits":
            if event.reason == SLOT:
                draft.state = "queued"
                draft.queued = now
            else:
                draft.waits += (Wait(event.reason, event.waits_for, event.detail),)
        elif kind in _ENDS:
            draft.state = _ENDS[kind]
            draft.ended = now
            if kind == "failed":
                draft.error = event.detail
            elif kind == "done":
                draft.result = event.detail

    def _around(self, within: Within | None) -> tuple[Step, ...]:
        if within is None:
            return ()
        found = self._steps.get(within.number)
        if found is None:
            line = within.span.line if within.span is not None else 0
            column = within.span.column if within.span is not None else 0
            step = Step(within.kind, within.name, line, within.file, within.number, column)
            found = self._steps[within.number] = (*self._around(within.outer), step)
        return found


class _Draft:
    """A call of which not everything is known yet."""

    __slots__ = (
        "number", "name", "line", "column", "file", "state", "args", "result", "error", "planned", "queued", "started", "ended",
        "needs", "after", "waits", "within", "position", "pause",
    )  # fmt: skip

    def __init__(self, event: Event, within: tuple[Step, ...]) -> None:
        self.number = event.op
        self.name = ".".join(event.label.split(".")[-2:])  # `Completions.create`: where it lies says little
        self.line = event.line or 0
        self.column = event.span.column if event.span is not None else 0
        self.file = event.file
        self.state: State = "planned"
        self.args = self.result = self.error = ""
        self.planned: float | None = None
        self.queued: float | None = None
        self.started: float | None = None
        self.ended: float | None = None
        self.needs = event.waits_for
        self.after: int | None = None
        self.waits: tuple[Wait, ...] = ()
        self.within = within
        self.position = event.position
        self.pause: Pause | None = None

    def call(self) -> Call:
        values: list[Any] = [getattr(self, name) for name in self.__slots__]
        return Call(*values)
