"""Tracebacks as plain Python would have made them: no frame of the runtime's, and those that were walked past put back."""

from __future__ import annotations

from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from .strands import Operation, Strand

if TYPE_CHECKING:
    from .engine import Engine

_OWN = __package__.partition(".")[0]
Step = tuple[FrameType, int, int]


def _own(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__", "")
    return isinstance(name, str) and (name == _OWN or name.startswith(_OWN + ".")) and not name.startswith(_OWN + ".server")


def steps(traceback: TracebackType | None) -> list[Step]:
    """The user's frames of a traceback, outermost first: `(frame, instruction, line)`."""
    found: list[Step] = []
    while traceback is not None:
        if not _own(traceback.tb_frame):
            found.append((traceback.tb_frame, traceback.tb_lasti, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def _activation(frame: FrameType) -> Any:
    """What frames of the regions of one run of a function have in common: its scope object; else the frame itself."""
    code = frame.f_code
    if "__poppy_L" in code.co_varnames:
        scope = frame.f_locals.get("__poppy_L")
        home = getattr(scope, "home", None)
        if home is not None:
            return id(home), code.co_name
    return id(frame)


def merged(found: list[Step]) -> list[Step]:
    """Of consecutive frames of one run of a function (its regions) only the innermost is shown."""
    kept: list[Step] = []
    last: Any = None
    for step in found:
        activation = _activation(step[0])
        if kept and activation == last:
            kept.pop()
        kept.append(step)
        last = activation
    return kept


def build(found: list[Step]) -> TracebackType | None:
    """A traceback of these frames."""
    result: TracebackType | None = None
    for frame, instruction, line in reversed(found):
        result = TracebackType(result, frame, instruction, line)
    return result


def clean(traceback: TracebackType | None) -> TracebackType | None:
    if __import__("os").environ.get("POPPY_RAW"):
        return traceback
    """The same traceback with the user's frames only."""
    return build(merged(steps(traceback)))


def clean_chain(error: BaseException) -> None:
    """Clean the traceback of an exception and of those that it came from."""
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = clean(one.__traceback__)
        pending += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            pending += one.exceptions


def line_of(frame: FrameType, instruction: int) -> int:
    """The line of an instruction."""
    line = frame.f_code.co_firstlineno
    for start, end, number in frame.f_code.co_lines():
        if start <= instruction < end:
            return number if number is not None else line
        if number is not None:
            line = number
    return line


def complete(engine: Engine, item: Operation | Strand, scope: Strand, error: BaseException) -> None:
    """Put the frames between `scope` and the failure in front of the traceback of `error`."""
    found: list[Step] = []
    site = item.site
    strand = item.strand if type(item) is Operation else item.parent  # type: ignore[union-attr]
    if type(item) is Operation and item.runner is not None:
        site = item.site
    while True:
        if site is not None:
            frame, instruction = site[0], site[1]
            found.append((frame, instruction, line_of(frame, instruction)))
        if strand is None or strand is scope:
            break
        site = strand.site if strand.operation is None else strand.operation.site
        strand = strand.parent
    if type(item) is Operation and item.handled is not None:
        _attach(error, item.handled)
    found.reverse()
    error.__traceback__ = build(merged([*found, *steps(error.__traceback__)]))


def _attach(error: BaseException, handled: BaseException) -> None:
    """The operation ran while `handled` was being handled: that is the context of the first exception it raised."""
    first = error
    seen = {id(error)}
    while first.__context__ is not None and id(first.__context__) not in seen:
        first = first.__context__
        seen.add(id(first))
    if first is not handled and id(handled) not in seen:
        first.__context__ = handled
