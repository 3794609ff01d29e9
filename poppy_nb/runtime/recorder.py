"""What the engine says about its operations, as events: the one place where objects of the runtime become text and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CodeType, FrameType
from typing import Any, Protocol

from poppy_nb.events import Event, EventStream, Kind, hide_secrets
from poppy_nb.ir import Span


Site = tuple[FrameType, int, int]  # frame, f_lasti, line


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


class Recorder:
    """Writes events about operations to a stream, with the time of `clock` (the driver's `now`)."""

    def __init__(self, stream: EventStream, clock: Callable[[], float]) -> None:
        self.stream = stream
        self._clock = clock
        self._places: dict[tuple[int, int], tuple[CodeType, Span | None]] = {}  # the code is kept, so that its id stays its own

    def planned(self, op: RecordedOp) -> None:
        """It was issued."""
        self._emit("planned", op)

    def dispatched(self, op: RecordedOp, needed: Iterable[int] = ()) -> None:
        """Its call begins. `needed`: operations whose answers it needed or which decided whether it is reached."""
        self._emit("dispatched", op, waits_for=tuple(needed))

    def waits(self, op: RecordedOp, reason: str, waits_for: Iterable[int] = (), declare: str = "") -> None:
        """It waits; `declare` says what declaration would free it. See `summary` for the reasons that are not worth a line."""
        self._emit("waits", op, reason=reason, waits_for=tuple(waits_for), detail=declare)

    def done(self, op: RecordedOp) -> None:
        """It has ended without failure."""
        self._emit("done", op)

    def failed(self, op: RecordedOp, error: BaseException) -> None:
        """It has raised. Only the type is told: messages of errors quote requests."""
        self._emit("failed", op, detail=type(error).__name__)

    def cancelled(self, op: RecordedOp, *, abandoned: bool = False) -> None:
        """Its outcome is not needed; `abandoned`: its call goes on, since a thread cannot be stopped."""
        self._emit("cancelled", op, detail="abandoned" if abandoned else "")

    def retired(self, op: RecordedOp) -> None:
        """All before it has ended too."""
        self._emit("retired", op)

    def _emit(self, kind: Kind, op: RecordedOp, *, reason: str = "", waits_for: tuple[int, ...] = (), detail: str = "") -> None:
        site: Site | None = op.site
        span, file = (self._place(site), site[0].f_code.co_filename) if site is not None else (None, "")
        external = op.external is not None
        reason = hide_secrets(reason) if reason else ""
        self.stream.emit(Event(kind, op.id, op.label, self._clock(), span, file, external, reason, waits_for, detail))

    def _place(self, site: Site) -> Span | None:
        frame, instruction, line = site
        code = frame.f_code
        key = (id(code), instruction)
        found = self._places.get(key)
        if found is None:
            place = (line, line, 0, 0)
            for at, positions in enumerate(code.co_positions()):
                if at == instruction // 2 and None not in positions:
                    place = positions  # type: ignore[assignment]
                    break
            first, last, column, end_column = place
            found = self._places[key] = (code, Span(first, column, last, end_column))
        return found[1]
