"""Tracebacks as plain Python would have made them: no frame of the runtime's, and those that were walked past put back."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from inspect import CO_COROUTINE
from types import CodeType, FrameType, TracebackType
from typing import Any

from poppy_nb import ir

from .positions import put
from .strands import Operation, Site, Strand


_OWN = __package__.partition(".")[0]
Step = tuple[FrameType, int, int]
GENERATOR = 0x20
COROUTINE = "coroutine"  # what Python calls it in messages
FRAMED = "framed"  # functions of the runtime that stand for a frame that plain Python has: their variable `place` gives it
NEXT = "__poppy_next__"  # the one name in the code of a stand-in, see `callers.py`


def is_own(frame: FrameType) -> bool:
    """Whether a frame is the runtime's, stand-ins for the user's included."""
    if NEXT in frame.f_code.co_names:
        return True
    name = frame.f_globals.get("__name__", "")
    return isinstance(name, str) and (name == _OWN or name.startswith(_OWN + ".")) and not name.startswith(_OWN + ".server")


# Functions of the runtime below which the same run of a function goes on in another frame: a region of it, a plain form, or what
# `caught` raises.
_REGIONS = frozenset({"spawn", "branch", "_element", "_passed"})
_RAISERS = frozenset({"caught", "entered", "settle", "settled", "pause", "run_in_place", "run_turns"})


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
            if not mark and (name in _REGIONS and in_frame_of(frame.f_locals["region"]) or name in _RAISERS):
                mark = name
        else:
            if found and (goes_on(found[-1][0], frame) or mark):
                found.pop()
            found.append((frame, traceback.tb_lasti, traceback.tb_lineno))
            mark = ""
        traceback = traceback.tb_next
    if mark in _REGIONS and found:
        found.pop()  # what `except*` raises has no frame of the region's either
    return found


def goes_on(one: FrameType, other: FrameType) -> bool:
    """Whether the frames are those of a mediated cell and of a statement of it that runs natively.

    A mediated cell, or a region of it, alone of all modules takes arguments. If both do, one raises again what left the other.
    """
    a, b = one.f_code, other.f_code
    return a.co_name == b.co_name == "<module>" and a.co_argcount == 1 and not b.co_argcount and a.co_filename == b.co_filename


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
    for one in chain(error):
        one.__traceback__ = clean(one.__traceback__)


def chain(error: BaseException) -> list[BaseException]:
    """An exception, its causes and contexts, and the members of groups."""
    pending: list[BaseException | None] = [error]
    found: dict[int, BaseException] = {}
    while pending:
        one = pending.pop()
        if one is None or id(one) in found:
            continue
        found[id(one)] = one
        pending += [one.__context__, one.__cause__]
        if isinstance(one, BaseExceptionGroup):
            pending += one.exceptions
    return list(found.values())


def line_of(frame: FrameType, instruction: int) -> int:
    """The line of an instruction."""
    line = frame.f_code.co_firstlineno
    for start, end, number in frame.f_code.co_lines():
        if start <= instruction < end:
            return number if number is not None else line
        if number is not None:
            line = number
    return line


def in_frame_of(region: Any) -> bool:
    """Whether the run of a region is in the frame that spawns it: elements of a comprehension may have a frame of their own."""
    return region.function is not region.node or (region.clause > 0 and type(region.node) is not ir.GeneratorExp)


def site() -> Site | None:
    """Where the caller's caller was called from, through generators and comprehensions: see `engine.here`."""
    found: list[tuple[FrameType, int]] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        code = frame.f_code
        if not is_own(frame):
            found.append((frame, frame.f_lasti))
            if not code.co_flags & GENERATOR:
                break
        elif code.co_name == FRAMED:
            found.append(frame.f_locals["place"]()[:2])
        frame = frame.f_back
    outer: Site | None = None
    for step in reversed(found):
        outer = (*step, outer)
    return outer


def add_frame(place: Callable[[], Step], error: BaseException) -> None:
    """`error` has passed through the frame that `place` gives."""
    error.__traceback__ = build([place(), *steps(error.__traceback__)])


def comprehension(region: Any, scope: Any) -> Step:
    """The frame of a comprehension while it steps what it iterates over."""
    span = region.node.span if sys.version_info < (3, 13) else region.node.generators[region.clause].iter.span
    return standing(region.code, span, scope.module.names)


def standing(code: CodeType, span: tuple[int, int, int, int], names: dict[str, Any]) -> Step:
    """A frame that stands at `span` and has name and file of `code`, for one that plain Python has and the runtime has not."""
    place = dict(zip(("lineno", "col_offset", "end_lineno", "end_col_offset"), span, strict=True))
    made = ast.parse("{0 for _ in 0}", mode="eval")  # what raises there is, in most cases, an iteration
    put(made, place)
    plain = compile(made, code.co_filename, "eval", dont_inherit=True)
    try:
        eval(plain.replace(co_name=code.co_name, co_qualname=code.co_qualname), names, {})
    except TypeError as error:
        found = error.__traceback__
    while found is not None and found.tb_next is not None:
        found = found.tb_next
    assert found is not None
    return (found.tb_frame, found.tb_lasti, span[0])


def complete(item: Operation | Strand, scope: Strand, error: BaseException) -> BaseException:
    """Put the frames between `scope` and the failure in front of the traceback of `error`.

    A StopIteration that would leave a generator becomes a RuntimeError there, which is answered instead.
    """
    inner = steps(error.__traceback__)
    site = item.site
    strand = item.strand if type(item) is Operation else item.parent  # type: ignore[union-attr]
    region = item.region if type(item) is Strand else None
    if type(item) is Strand and item.passed is not None:
        region = item.passed
    below: Any = item
    while True:
        if site is not None and (region is not None and in_frame_of(region) or inner and goes_on(site[0], inner[0][0])):
            site = site[2]
        while site is not None:
            inner.insert(0, (site[0], site[1], line_of(site[0], site[1])))
            if site[0].f_code.co_flags & GENERATOR and isinstance(error, StopIteration):
                error.__traceback__ = build(inner)
                error, inner = out_of_generator(error), []
            site = site[2]
        if type(below) is Strand and below.turn is not None:
            if inside(below, scope):
                break  # the generator hears of it in another way
            strand = below.turn.strand
        if strand is None or strand is scope:
            break
        below = strand
        ended = strand.push.ended_by(error) if strand.push is not None else None
        if ended is not None:
            # What has failed was a turn of the loop around the generator: that has ended, and this goes on
            error = ended
            inner, site, strand = steps(error.__traceback__), None, strand.push.strand
            continue
        if strand.push is not None and isinstance(error, strand.push.stops):
            error.__traceback__ = build(inner)
            error, inner = out_of_generator(error, strand.push.kind), []
        elif strand.kind == "function" and isinstance(error, StopIteration) and is_coroutine(strand.function):
            error.__traceback__ = build(inner)
            error, inner = out_of_generator(error, COROUTINE), []
        if strand.operation is not None:
            site, region = strand.operation.site, None
        else:
            site, region = strand.site, strand.region
        strand = strand.parent
    if type(item) is Operation and item.handled is not None:
        _attach(error, item.handled)
    error.__traceback__ = build(inner)
    return error


def out_of_generator(stop: BaseException, kind: str = "generator") -> RuntimeError:
    """What Python makes of a StopIteration that leaves a generator; that has no frame there."""
    error = RuntimeError(f"{kind} raised {'StopIteration' if isinstance(stop, StopIteration) else 'StopAsyncIteration'}")
    error.__cause__ = error.__context__ = stop
    return error


def left(stop: BaseException, kind: str) -> RuntimeError:
    """The same for an exception that has come through the frames of its traceback."""
    stop.__traceback__ = clean(stop.__traceback__)
    return out_of_generator(stop, kind)


def is_coroutine(function: Any) -> bool:
    """Whether it is an `async def`."""
    code = getattr(function, "__code__", None)
    return code is not None and bool(code.co_flags & CO_COROUTINE)


def inside(turn: Strand, scope: Strand) -> bool:
    """Whether `scope` is part of the generator that a turn of a loop is run in."""
    strand = turn.parent
    while strand is not None and strand is not turn.turn.strand:
        if strand is scope:
            return True
        strand = strand.parent
    return False


def _attach(error: BaseException, handled: BaseException) -> None:
    """The operation ran while `handled` was being handled: that is the context of the first exception it raised."""
    first = error
    seen = {id(error)}
    while first.__context__ is not None and id(first.__context__) not in seen:
        first = first.__context__
        seen.add(id(first))
    if first is not handled and id(handled) not in seen:
        first.__context__ = handled
