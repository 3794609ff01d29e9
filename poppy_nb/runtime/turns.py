"""Turns of a walked loop in plain form, for as long as nothing is in flight and they reach no external call.

A loop that may reach an external call is walked turn by turn. Where a call stands in it that is rarely made, most turns are plain
Python: they run as such up to the segment that may reach the call, and from there on the turn is walked. As everywhere on the
plain path (`plainly.py`), it is no matter of meaning what is found to reach a call, but of what overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import length_hint
from typing import TYPE_CHECKING, Any

from . import control, current
from .iteration import ListItems, stepped
from .plainly import idle, outer_variables
from .reach import Reach, Reached


if TYPE_CHECKING:
    from poppy_nb.mentions import Mentions
    from poppy_nb.region import Turns

    from .engine import Engine

FIRST = 4  # turns of a loop that are walked before it is worth while
LONGEST = 1 << 10  # at most so many are walked, after plain turns have been too few, before they are tried again
FEW = 32
_NEVER = 1 << 62


class Turning:
    """A loop under way: an iterator over the items whose turns are to be walked."""

    __slots__ = ("__weakref__", "engine", "forms", "items", "left", "native", "pause", "scope", "source")

    def __init__(self, engine: Engine, forms: Turns, scope: Any, items: Any, native: Any, source: Any) -> None:
        self.engine = engine
        self.forms = forms
        self.scope = scope
        self.items = items
        self.native = native  # what plain code steps; of a list it is made each time, of `while` there is none
        self.source = source  # what the items come from
        self.left = self.pause = FIRST

    def __iter__(self) -> Turning:
        return self

    def __next__(self) -> Any:
        if self.left:
            self.left -= 1
        elif not self.plain_turns():
            raise StopIteration
        return next(self.items)

    def plain_turns(self) -> bool:
        """Run turns plainly for as long as that is possible; whether the loop goes on."""
        engine, forms, scope = self.engine, self.forms, self.scope
        while not self.left and idle(engine):
            stops = self._stops()
            if stops is None:
                self.left = _NEVER
                break
            items: Any = self.items
            native: Any = self.native
            if type(items) is ListItems:
                native = iter(items.items)
                native.__setstate__(items.index)
            counter = iter(range(1, _NEVER))
            plain = forms.form(stops).instance(scope.module.names, scope.cells)
            segment = run_turns(plain, scope, counter if items is None else compress(native, counter))
            if segment is None:
                return False
            if _NEVER - 1 - length_hint(counter) < FEW:
                self.left = self.pause = min(self.pause * 2, LONGEST)
            if type(items) is ListItems:
                state = native.__reduce__()
                items.index = state[2] if len(state) > 2 else -1
            control.spawn(forms.rest(segment), scope)
        return True

    def _stops(self) -> frozenset[int] | None:
        """The segments to stop at; None if one of them is the first of a turn.

        The others reach no external call together: what one makes, another may use.
        """
        if self.engine.slots.count or not _bound(self.scope):
            return None
        segments = self.forms.segments
        rest = [number for number, one in enumerate(segments) if self._clear((one,))]
        if not self._clear([segments[number] for number in rest]):
            found: list[int] = []
            for number in rest:
                if self._clear([segments[one] for one in (*found, number)]):
                    found.append(number)
            rest = found
        return frozenset(range(len(segments))).difference(rest) if rest and not rest[0] else None

    def _clear(self, segments: Sequence[Mentions]) -> bool:
        """Whether code of these segments reaches no external call, nor what looks at its callers."""
        scope = self.scope
        reach = Reach(self.engine)
        reach.value(self.source)
        try:
            for one in segments:
                if one.own_class:
                    return False
                reach.body(one, scope.module.names, () if scope.is_namespace else outer_variables(one, scope))
            reach.follow()
        except Reached:
            return False
        return not reach.looks


def turns(forms: Turns, scope: Any, items: Any) -> Any:
    """The items of a `for` loop whose turns may run plainly; of `while` (`items` is None) what `turn` asks."""
    if scope.parent is not None:
        return items
    if items is None:
        return Turning(current.engine, forms, scope, None, None, None)
    if type(items) is ListItems:
        return Turning(current.engine, forms, scope, items, None, items.items)
    found = stepped(items)
    return items if found is None else Turning(current.engine, forms, scope, items, *found)


def turn(loop: Turning | None) -> bool:
    """Before the test of a `while`: whether the loop goes on as far as plain turns can tell."""
    if loop is None:
        return True
    if loop.left:
        loop.left -= 1
        return True
    return loop.plain_turns()


def run_turns(function: Any, scope: Any, items: Any) -> Any:
    """Plain turns: the segment at which they stop, or None at the end of the loop."""
    return function(scope, items)


def _bound(scope: Any) -> bool:
    """Whether all captured variables have values: of one that has none Python says something else where it is free."""
    for cell in scope.cells.values():
        try:
            _ = cell.cell_contents
        except ValueError:
            return False
    return True


__all__ = ["turn", "turns"]
