"""Variables of frames: a look at them, and arguments of a suspended generator that are placeholders, which it keeps."""

from __future__ import annotations

import ctypes
import sys
from inspect import CO_OPTIMIZED
from types import FrameType, GeneratorType
from typing import Any

from .placeholder import KINDS, Placeholder, known


def locals_of(frame: FrameType) -> dict[str, Any]:
    """The variables of a function's frame, as they are now.

    Before Python 3.13 a frame keeps the dict in which they were shown last, and with it what it holds: an exception whose
    traceback leads to the frame, and so all that is in it, would stay until the next garbage collection.
    """
    shown: Any = frame.f_locals
    found = dict(shown)
    if _KEEPS and frame.f_code.co_flags & CO_OPTIMIZED and all(one is not frame for one in traced):
        shown.clear()
    return found


_KEEPS = sys.version_info < (3, 13)
traced: list[FrameType] = []  # in these a trace function runs: what is in the dict then becomes what is in the variables


def pending(generator: GeneratorType[Any, Any, Any]) -> list[tuple[str, Placeholder]]:
    """Which placeholders stand in which arguments."""
    found: list[tuple[str, Placeholder]] = []
    if generator.gi_frame is None:
        return found
    for name, value in generator.gi_frame.f_locals.items():
        parts = value if type(value) is tuple else value.values() if type(value) is dict else (value,)
        found += [(name, part) for part in parts if type(part) in KINDS]
    return found


def any_pending(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether an argument is a placeholder."""
    return any(type(value) in KINDS for value in (*args, *kwargs.values()))


def fill(generator: GeneratorType[Any, Any, Any], name: str) -> None:
    """Put what is known by now into an argument, if the generator is still there to be stepped."""
    frame = generator.gi_frame
    if frame is None:
        return
    names: Any = frame.f_locals
    value = names.get(name)
    if type(value) is tuple:
        now: Any = tuple(known(part) for part in value)
    elif type(value) is dict:
        value.update({key: known(part) for key, part in value.items()})  # in place: it is a variable of the body, too
        return
    else:
        now = known(value)
    names[name] = now
    if sys.version_info < (3, 13):
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
