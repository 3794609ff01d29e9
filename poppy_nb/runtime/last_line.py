"""In which line a frame comes to its end when an exception leaves it: not always the one that has raised.

Clauses of `except` that do not match, `finally` and `with` have lines of their own, which `frame.f_lineno` says afterwards, and
IPython's displays with it. Read off the bytecode of the plain function: it re-raises in the handlers that cover the place.
"""

from __future__ import annotations

import dis
from collections.abc import Sequence
from types import CodeType

from .positions import Place, position_of


_ENDS = frozenset(
    "RETURN_VALUE RETURN_CONST RAISE_VARARGS RERAISE JUMP_FORWARD JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT".split()
)
_RAISE_AGAIN = bytes([dis.opmap["RAISE_VARARGS"], 0])
_JUMPS = frozenset(dis.hasjrel) | frozenset(dis.hasjabs)


def last_line(codes: Sequence[CodeType], place: Place, stands: Place) -> int | None:
    """The line, for an exception that was raised at a place in one of these; None if it cannot be told.

    stands: where the generated code has ended, which tells whether it was in a `raise` that raises again.
    """
    for code in codes:
        index = _find(code, place)
        if index is not None:
            again = None if _within(place, stands) and place != stands else _raises_in(code, stands)
            return _ends(code, (index if again is None else again) * 2)
    return None


def _raises_in(code: CodeType, around: Place) -> int | None:
    """The instruction of the last `raise` in a place that raises again: a clause that unbinds its name ends at all of its own."""
    found = None
    for index, position in enumerate(code.co_positions()):
        if code.co_code[index * 2 : index * 2 + 2] == _RAISE_AGAIN and None not in position:
            place = dict(zip(("lineno", "end_lineno", "col_offset", "end_col_offset"), position, strict=True))
            found = index if _within(place, around) else found  # type: ignore[arg-type]
    return found


def _within(place: Place, around: Place) -> bool:
    start, end = (place["lineno"], place["col_offset"]), (place["end_lineno"], place["end_col_offset"])
    return (around["lineno"], around["col_offset"]) <= start and end <= (around["end_lineno"], around["end_col_offset"])


def holds(code: CodeType, place: Place) -> bool:
    """Whether an instruction of the code stands at the place."""
    return _find(code, place) is not None


def _find(code: CodeType, place: Place) -> int | None:
    wanted = (place["lineno"], place["end_lineno"], place["col_offset"], place["end_col_offset"])
    return next((index for index, position in enumerate(code.co_positions()) if position == wanted), None)


def _ends(code: CodeType, raised: int) -> int | None:
    entries = dis.Bytecode(code).exception_entries  # type: ignore[attr-defined]
    at = shown = raised  # where the exception is raised (anew), and where the frame says that it is
    for _ in range(100):
        handler = next((e for e in entries if e.start <= at < e.end), None)
        again = _raises_again(code, handler.target) if handler is not None else None
        if again is None:
            return position_of(code, shown)[0]
        at = again.offset
        if not again.arg:  # else it is said to be where it was
            shown = at
    return None


def _raises_again(code: CodeType, start: int) -> dis.Instruction | None:
    """The instruction by which a handler ends that has done nothing about the exception."""
    instructions = list(dis.get_instructions(code))
    index_of = {instruction.offset: index for index, instruction in enumerate(instructions)}
    pending, seen = [index_of[start]], set()
    while pending:
        index = pending.pop(0)
        if index in seen or index >= len(instructions):
            continue
        seen.add(index)
        instruction = instructions[index]
        if instruction.opname == "RERAISE":
            return instruction
        if instruction.opcode in _JUMPS and instruction.argval in index_of:
            pending.append(index_of[instruction.argval])
        if instruction.opname not in _ENDS:
            pending.append(index + 1)
    return None


__all__ = ["holds", "last_line"]
