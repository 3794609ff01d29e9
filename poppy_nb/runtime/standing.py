"""In what operation a frame of the user's stands, and with what operands."""

from __future__ import annotations

from inspect import CO_VARARGS, CO_VARKEYWORDS
from typing import TYPE_CHECKING, Any

from .calls import call, call_unpacked
from .comprehensions import gather
from .control import force, tested, whole
from .displays import Star
from .for_loops import each
from .frame_locals import locals_of
from .iteration import iterate
from .placeholder import KINDS


if TYPE_CHECKING:
    from types import FrameType

    from .strands import Strand


def given_above(frame: FrameType, strand: Strand | None) -> dict[str, Any] | None:
    """The operands of the operation that `frame` waits in, on the stack of a strand that is parked; None if it is not there."""
    above: FrameType | None = None
    one: FrameType | None = strand.greenlet.gr_frame if strand is not None and strand.greenlet is not None else None
    while one is not None and one is not frame:
        above, one = one, one.f_back
    if one is None:
        return None
    return operands_of(above) if above is not None else {}


def operands_of(frame: FrameType) -> dict[str, Any]:
    """What the operation of the runtime that the user's code waits in was given."""
    code = frame.f_code
    if id(code) in _WAITING:
        return {"awaited": locals_of(frame).get(code.co_varnames[code.co_argcount - 1])}
    if code is gather.__code__:
        return {"iterated": locals_of(frame).get(code.co_varnames[code.co_argcount - 1])}
    count = code.co_argcount + code.co_kwonlyargcount
    extra = bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
    found: list[Any] = []
    names = locals_of(frame)
    for name in code.co_varnames[: count + extra]:
        value = names.get(name)
        if type(value) is tuple:
            found += [part.value if type(part) is Star else part for part in value]
        elif name == "kwargs":
            found += value.values() if type(value) is dict else ()
        else:
            found.append(value)
    called = {"__poppy_callee": found.pop(0)} if id(code) in _CALLING else {}
    return called | {
        f"__poppy_operand_{i}": value
        for i, value in enumerate(found)
        if type(value) in KINDS or not str(type(value).__module__).startswith("poppy_nb.")
    }


_CALLING = frozenset(id(function.__code__) for function in (call, call_unpacked))  # whose first operand is what is called
# operations whose last positional operand is the value that comes, or is iterated over by a statement
_WAITING = frozenset(id(function.__code__) for function in (force, tested, whole, iterate, each))
