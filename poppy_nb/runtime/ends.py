"""Whether a call may raise StopIteration and so end the iteration it is made for: then what is behind waits until it is done."""

from __future__ import annotations

import dis
import inspect
import types
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from poppy_nb import externals
from poppy_nb.mentions import Mentions

from .reach import Reach, Reached


if TYPE_CHECKING:
    from .engine import Engine


def may_stop(engine: Engine, function: Any, receiver: Any = None) -> bool:
    """Whether a call of `function` (on `receiver`) may raise StopIteration: in doubt, it may.

    What library code raises is not asked: it is called natively, and does not go on before it is done.
    """
    search = _Ends(engine)
    search.value(receiver)
    search.value(function)
    try:
        search.follow()
    except Reached:
        return True
    return False


def raises(function: Any) -> bool:
    """Whether a function raises something in its own code: a `__next__` that does ends an iteration, one way or the other."""
    code = getattr(function, "__code__", None)
    return code is None or any(step.opname == "RAISE_VARARGS" for step in dis.get_instructions(code))


class _Ends(Reach):
    """Follows the names in code as `Reach` does, for another question: only the end of an iterator is an answer."""

    def refuse(self, reason: str) -> None:
        if self.left < 0:
            raise Reached(reason)

    def body(self, mentions: Mentions, names: Mapping[str, Any], outer: Iterable[tuple[str, Any]] = ()) -> None:
        if mentions.ends:
            raise Reached("the end of an iterator")
        super().body(mentions, names, outer)

    def function(self, function: types.FunctionType, name: str) -> None:
        # What a generator raises is no StopIteration; whoever calls __next__ without naming it handles its end
        hidden = function.__code__.co_flags & inspect.CO_GENERATOR or name == "__next__"
        if not hidden and externals.lookup(function) is None and self.engine.compiler.mentions(function.__code__) is not None:
            super().function(function, name)
