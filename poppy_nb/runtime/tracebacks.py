"""Tracebacks as plain Python would have made them: no frame of the runtime's, and those that were walked past put back."""

from __future__ import annotations

from types import FrameType, TracebackType

from .strands import Operation, Strand


_OWN = __package__.partition(".")[0]
Step = tuple[FrameType, int, int]
NEXT = "__poppy_next__"  # the one name in the code of a stand-in, see `callers.py`


def is_own(frame: FrameType) -> bool:
    """Whether a frame is the runtime's, stand-ins for the user's included."""
    if NEXT in frame.f_code.co_names:
        return True
    name = frame.f_globals.get("__name__", "")
    return isinstance(name, str) and (name == _OWN or name.startswith(_OWN + ".")) and not name.startswith(_OWN + ".server")


# Functions of the runtime below which the same run of a function goes on in another frame: a region of it, or what `caught`
# raises.
_REGIONS = frozenset({"spawn", "branch", "_element"})
_RAISERS = frozenset({"caught", "settle"})


def steps(traceback: TracebackType | None) -> list[Step]:
    """The user's frames of a traceback, outermost first: `(frame, instruction, line)`.

    Of a function and its regions only the innermost.
    """
    found: list[Step] = []
    mark = ""
    while traceback is not None:
        frame = traceback.tb_frame
        if is_own(frame):
            name = frame.f_code.co_qualname
            if not mark and (name in _REGIONS or name in _RAISERS):
                mark = name
        else:
            if found and (goes_on(found[-1][0], frame) or mark and (mark in _RAISERS or same_function(found[-1][0], frame))):
                found.pop()
            found.append((frame, traceback.tb_lasti, traceback.tb_lineno))
            mark = ""
        traceback = traceback.tb_next
    return found


def same_function(one: FrameType, other: FrameType) -> bool:
    """Whether a frame may be that of a region of the other's function."""
    a, b = one.f_code, other.f_code
    return a.co_qualname == b.co_qualname and a.co_filename == b.co_filename


def goes_on(one: FrameType, other: FrameType) -> bool:
    """Whether the frames are those of a mediated cell and of a statement of it that runs natively.

    A mediated cell alone of all modules takes an argument.
    """
    a, b = one.f_code, other.f_code
    return a.co_name == b.co_name == "<module>" and a.co_argcount == 1 and a.co_filename == b.co_filename


def build(found: list[Step]) -> TracebackType | None:
    """A traceback of these frames."""
    result: TracebackType | None = None
    for frame, instruction, line in reversed(found):
        result = TracebackType(result, frame, instruction, line)
    return result


def clean(traceback: TracebackType | None) -> TracebackType | None:
    """The same traceback with the user's frames only."""
    return build(steps(traceback))


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


def complete(item: Operation | Strand, scope: Strand, error: BaseException) -> None:
    """Put the frames between `scope` and the failure in front of the traceback of `error`."""
    inner = steps(error.__traceback__)
    site = item.site
    strand = item.strand if type(item) is Operation else item.parent  # type: ignore[union-attr]
    region = type(item) is Strand and item.region is not None
    while True:
        if site is not None and not (inner and (region and same_function(site[0], inner[0][0]) or goes_on(site[0], inner[0][0]))):
            inner.insert(0, (site[0], site[1], line_of(site[0], site[1])))
        if strand is None or strand is scope:
            break
        if strand.operation is not None:
            site, region = strand.operation.site, False
        else:
            site, region = strand.site, strand.region is not None
        strand = strand.parent
    if type(item) is Operation and item.handled is not None:
        _attach(error, item.handled)
    error.__traceback__ = build(inner)


def _attach(error: BaseException, handled: BaseException) -> None:
    """The operation ran while `handled` was being handled: that is the context of the first exception it raised."""
    first = error
    seen = {id(error)}
    while first.__context__ is not None and id(first.__context__) not in seen:
        first = first.__context__
        seen.add(id(first))
    if first is not handled and id(handled) not in seen:
        first.__context__ = handled
