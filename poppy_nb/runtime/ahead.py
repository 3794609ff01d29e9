"""Steps of `count` and `cycle` (of ranges, since Python 3.12) ahead of what may still fail, on a copy.

Such an iterator cannot be set back, and numbers of requests, or clients taken in turn, come from one: so its steps must neither
wait nor be lost. It follows itself when they retire; whoever else touches it stands behind the steps that have not.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from poppy_nb.unwarned import quiet

from . import undo
from .chains import READ, WRITE


if TYPE_CHECKING:
    from .engine import Engine
    from .strands import Operation

_RANGES = (type(iter(range(0))), type(iter(range(1 << 70))))
KINDS = (itertools.count, itertools.cycle, *(() if undo.RANGE_GOES_BACK else _RANGES))


class Ahead:
    """How far an iterator of the program's has been stepped."""

    __slots__ = ("copy", "iterator", "open")

    def __init__(self, iterator: Iterator[Any], copy: Iterator[Any]) -> None:
        self.iterator = iterator
        self.copy: Iterator[Any] | None = copy  # as it will be when all steps have retired; None: to be made anew
        self.open: set[Operation] = set()  # the steps that have not retired

    def next(self) -> Any:
        """The next item."""
        if self.copy is None:
            self.copy = copied(self.iterator)
            assert self.copy is not None
            for _ in self.open:
                next(self.copy)
        return next(self.copy)

    def lose(self, op: Operation) -> None:
        """A step has been cancelled."""
        self.open.discard(op)
        self.copy = None


def can_step(engine: Engine, iterator: Any) -> bool:
    """Whether an iterator can be copied. The copy is made when the step is: until then others may step the iterator."""
    return id(iterator) in engine.ahead or copied(iterator) is not None


def _of(engine: Engine, iterator: Any) -> Ahead:
    """The steps ahead of an iterator that can be copied."""
    found = engine.ahead.get(id(iterator))
    if found is None:
        made = copied(iterator)
        assert made is not None
        found = engine.ahead[id(iterator)] = Ahead(iterator, made)
    return found


def waits(engine: Engine, iterator: Any) -> bool:
    """Whether a step here has to wait for something before it, other than steps."""
    strand, key = engine.current, id(iterator)
    position = (*strand.path, strand.count + 1)
    found = engine.chains.conflict(key, READ, position)
    if found is None:
        return False
    ahead = engine.ahead.get(key)
    if ahead is None or found.holder not in ahead.open:
        return True
    writes, everything = engine.chains.of[key].writes, engine.chains.everything
    if len(writes) == len(ahead.open) and not everything:
        return False  # each step has one entry there: these are all
    return any(entry.before(position) and entry.holder not in ahead.open for entry in (*everything, *writes))


def step(engine: Engine, iterator: Any, containers: Sequence[Any]) -> Any:
    """The next item, now; the step itself is made when it retires. `containers` are what steps read."""
    ahead = _of(engine, iterator)
    item = ahead.next()
    op = engine.operation("effect", "next", None)
    op.final = op.ready = op.harmless = True
    op.keep = ahead.iterator
    engine.enter(op, id(ahead.iterator), WRITE)
    for container in containers:
        engine.enter(op, id(container), READ)
    ahead.open.add(op)
    op.take_back = ((lambda: ahead.lose(op), None),)

    def run() -> None:
        next(ahead.iterator)
        ahead.open.discard(op)
        if not ahead.open:
            engine.ahead.pop(id(ahead.iterator), None)
        engine.finish_operation(op, None)

    op.run = run
    return item


def copied(iterator: Any) -> Iterator[Any] | None:
    """A copy that goes on from where an iterator stands, and shares nothing with it that steps change; None: there is none."""
    if type(iterator) is itertools.count:
        try:
            numbers = ast.literal_eval(repr(iterator).removeprefix("count").replace(")", ",)"))
        except ValueError:
            return None
        return itertools.count(*numbers)
    if type(iterator) in _RANGES:
        return copy.copy(iterator)  # type: ignore[no-any-return]
    with quiet():  # copies are deprecated since Python 3.12
        _, (source,), (seen, complete) = iterator.__reduce__()
        if type(source) not in undo.BY_INDEX:
            return None
        made: Any = itertools.cycle(copy.copy(source))
        made.__setstate__((list(seen), complete))
    return made  # type: ignore[no-any-return]
