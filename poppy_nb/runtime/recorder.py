"""What the engine says about its operations, as events: the one place where objects of the runtime become text and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CodeType, FrameType
from typing import Any, Protocol

from poppy_nb.events import CLAIMS, EventStream, Kind, Within, hide_secrets, shorten, shorten_call
from poppy_nb.ir import Span
from poppy_nb.runtime.positions import position_of


Site = tuple[FrameType, int, Any]  # frame, f_lasti, what steps it


class RecordedOp(Protocol):
    """What is read of an operation."""

    @property
    def id(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def external(self) -> Any: ...  # None if it is not an external call
    @property
    def site(self) -> Any: ...  # a Site or None
    @property
    def strand(self) -> Any: ...  # the Strand that it stands in
    @property
    def position(self) -> tuple[int, ...]: ...
    @property
    def args(self) -> Any: ...  # once it is dispatched
    @property
    def kwargs(self) -> Any: ...


class Recorder:
    """Writes events about operations to a stream, with the time of `clock` (the driver's `now`)."""

    def __init__(self, stream: EventStream, clock: Callable[[], float]) -> None:
        self.stream = stream
        self._clock = clock
        self._around: dict[tuple[int, ...], Within] = {}
        self._nowhere = stream.place(None, "")
        # Span and the stream's number of a place, by code and instruction. The code is kept, so that its id stays its own
        self._places: dict[tuple[int, int], tuple[Span, int, CodeType]] = {}

    @property
    def detailed(self) -> bool:
        """Whether somebody wants to know where operations stand and what they wait for."""
        return self.stream.detailed

    def planned(self, op: RecordedOp, needed: Iterable[int] = ()) -> None:
        """It was issued. `needed`: operations whose answers it needs."""
        if not self.stream.detailed:
            self._emit("planned", op)
            return
        within = self._within(op.strand)
        self._emit("planned", op, waits_for=tuple(needed), within=within, position=op.position)

    def dispatched(self, op: RecordedOp, needed: Iterable[int] = ()) -> None:
        """Its call begins. `needed`: operations whose answers it needed or which decided whether it is reached."""
        detail = shorten_call("", op.args, op.kwargs, 160)[1:-1] if self.stream.values else ""
        self._emit("dispatched", op, waits_for=tuple(needed), detail=detail)

    def waits(self, op: RecordedOp, reason: str, waits_for: Iterable[int] = (), declare: str = "") -> None:
        """It waits; `declare` says what declaration would free it. See `summary` for the reasons that are not worth a line."""
        self._emit("waits", op, reason=reason, waits_for=tuple(waits_for), detail=declare)

    def program_waits(self, site: Site | None, reason: str, declare: str = "") -> None:
        """The program itself waits at `site`, until all before has ended."""
        place = self._place(site)[1] if site is not None else self._nowhere
        self.stream.tell("waits", 0, "", self._clock(), place, False, hide_secrets(reason), (), declare)

    def effect(
        self, name: str, resource: str, site: Site | None, strand: Any, position: tuple[int, ...], needed: Iterable[int]
    ) -> None:
        """The program has come to an effect on `resource`. `needed`: the calls in flight whose answers it shows or writes."""
        place = self._place(site)[1] if site is not None else self._nowhere
        within = self._within(strand)
        self.stream.tell("effect", 0, name, self._clock(), place, False, resource, tuple(needed), "", within, position)

    def claims_everything(self, file: str, line: int, reason: str, declare: str) -> None:
        """Nothing is known of what comes next at a line: all that stands behind it waits until that is through."""
        place = self.stream.place(Span(line, 0, line, 0), file)
        self.stream.tell("waits", CLAIMS, "", self._clock(), place, False, hide_secrets(reason), (), declare)

    def done(self, op: RecordedOp, value: object = None) -> None:
        """It has ended without failure; `value` is its answer."""
        self._emit("done", op, detail=shorten(value, 160) if self.stream.values else "")

    def failed(self, op: RecordedOp, error: BaseException) -> None:
        """It has raised. Only the type is told: messages of errors quote requests."""
        self._emit("failed", op, detail=type(error).__name__)

    def cancelled(self, op: RecordedOp, *, abandoned: bool = False) -> None:
        """Its outcome is not needed; `abandoned`: its call goes on, since a thread cannot be stopped."""
        self._emit("cancelled", op, detail="abandoned" if abandoned else "")

    def retired(self, op: RecordedOp) -> None:
        """All before it has ended too."""
        self._emit("retired", op)

    def line_of(self, site: Site | None) -> int:
        """The line of a site in the user's code, 0 if there is none."""
        return self._place(site)[0].line if site is not None else 0

    def _within(self, strand: Any) -> Within | None:
        if strand.parent is None:
            return None
        if strand.region is None and strand.kind != "function":
            return self._within(strand.around)
        found = self._around.get(strand.path)
        if found is None:
            outer = self._within(strand.around)
            site: Site | None = strand.site
            if strand.region is not None:
                name, span = "", strand.region.node.span
            else:
                site = _site_of(site, strand.parent)
                name, span = strand.function.__name__, self._place(site)[0] if site is not None else None
            file = site[0].f_code.co_filename if site is not None else ""
            if len(self._around) > 10_000:
                self._around.clear()  # it only saves making the same ones again
            found = self._around[strand.path] = Within(strand.kind, name, span, file, strand.path, outer)
        return found

    def _emit(
        self,
        kind: Kind,
        op: RecordedOp,
        *,
        reason: str = "",
        waits_for: tuple[int, ...] = (),
        detail: str = "",
        within: Within | None = None,
        position: tuple[int, ...] = (),
    ) -> None:
        site: Site | None = op.site or _site_of(None, op.strand)
        if site is None:
            place = self._nowhere
        else:
            place = (self._places.get((id(site[0].f_code), site[1])) or self._place(site))[1]
        if reason:
            reason = hide_secrets(reason)
        external = op.external is not None
        self.stream.tell(kind, op.id, op.label, self._clock(), place, external, reason, waits_for, detail, within, position)

    def _place(self, site: Site) -> tuple[Span, int, CodeType]:
        frame, instruction, _ = site
        code = frame.f_code
        line = code.co_firstlineno
        key = (id(code), instruction)
        found = self._places.get(key)
        if found is None:
            first, last, column, end_column = position_of(code, instruction)
            if first is None or last is None or column is None or end_column is None:
                first, last, column, end_column = line, line, 0, 0
            span = Span(first, column, last, end_column)
            found = self._places[key] = (span, self.stream.place(span, code.co_filename), code)
        return found


def _site_of(site: Site | None, strand: Any) -> Site | None:
    """The site; for what a builtin calls, as in `map(ask, words)`, that of the call of the builtin."""
    while site is None and strand is not None:
        site = strand.site if strand.operation is None else strand.operation.site
        strand = strand.parent
    return site
