"""External calls are made under frames that look like those of their place in the program, on whatever thread or task.

A library that warns names the line that called it (`warnings.warn(..., stacklevel=2)`), and by default what is deprecated is told
to the code of the cell alone; loggers name their callers. There is a stand-in for each of plain Python's frames, as in
`callers.py`. What it calls is its one local variable.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from inspect import CO_COROUTINE
from types import CodeType, FrameType, FunctionType
from typing import Any, Protocol

from .callers import at, called_from
from .tracebacks import NEXT


MOST = 30  # frames: a recursion may be deep, and each call pays for it

_Key = tuple[int, int, bool]
_codes: dict[_Key, tuple[CodeType, CodeType]] = {}  # the code that it stands in for is kept, so that its id stays its own


class Placed(Protocol):
    """What is read of an operation."""

    @property
    def target(self) -> Callable[..., Any]: ...
    @property
    def args(self) -> tuple[Any, ...]: ...
    @property
    def kwargs(self) -> Any: ...
    @property
    def site(self) -> Any: ...  # a Site, or None if it stands nowhere
    @property
    def strand(self) -> Any: ...  # the Strand that it stands in


def call(op: Placed) -> Any:
    """Make the call of `op`: what it answers."""
    made: Callable[[], Any] = partial(op.target, *op.args, **op.kwargs)
    for frame, instruction in _frames(op):
        made = partial(eval, _code(frame.f_code, instruction, False), frame.f_globals, {NEXT: made})
    return made()


async def awaited(op: Placed) -> Any:
    """The same of a function that answers an awaitable: what comes of that."""
    target = op.target
    is_coroutine = type(target) is FunctionType and target.__code__.co_flags & CO_COROUTINE  # whose code does not run yet
    made = target(*op.args, **op.kwargs) if is_coroutine else call(op)
    for frame, instruction in _frames(op):
        made = eval(_code(frame.f_code, instruction, True), frame.f_globals, {NEXT: made})
    return await made


def _frames(op: Placed) -> list[tuple[FrameType, int]]:
    """The frames of plain Python's stack above a call, innermost first."""
    found: list[tuple[FrameType, int]] = []
    site = op.site
    while site is not None:
        found.append((site[0], site[1]))
        site = site[2]
    strand = op.strand
    while strand is not None and len(found) < MOST:
        found += called_from(strand)
        strand = strand.around
    return found


def _code(code: CodeType, instruction: int, awaits: bool) -> CodeType:
    key = (id(code), instruction, awaits)
    found = _codes.get(key)
    if found is None:
        if len(_codes) > 10_000:
            _codes.clear()
        tree = ast.parse(f"await {NEXT}" if awaits else f"{NEXT}()", mode="eval")
        at(tree, code, instruction)
        made = compile(tree, code.co_filename, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if awaits else 0, dont_inherit=True)
        made = made.replace(co_name=code.co_name, co_qualname=code.co_qualname)
        found = _codes[key] = (made, code)
    return found[0]


__all__ = ["awaited", "call"]
