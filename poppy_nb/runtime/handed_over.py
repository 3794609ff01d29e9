"""What stands below the arguments that an external call is given by reference: it may look at all of it.

Builtin containers are copied at dispatch (snapshot.py). An object is not: what its attributes hold, and so on down, is read by
the call at its place in the program. Earlier writes come first, what is pending is waited for, later writes wait for the call.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from poppy_nb.known import is_of_client
from poppy_nb.looking import attributes, fields, parts_of, slots

from .chains import GUESSED, READ, Key
from .hazards import ATOMS, HOLDERS, roots
from .placeholder import KINDS, known
from .snapshot import IMMUTABLE
from .views import SHOWING, shown


if TYPE_CHECKING:
    from .engine import Engine
    from .strands import Operation

MOST = 10_000  # objects that are looked at for one call
_ATOMS = frozenset(ATOMS | IMMUTABLE)
_CODE = frozenset({types.FunctionType, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType})


def has_parts(value: Any) -> bool:
    """Whether something that can change stands below `value`, which is given by reference, or may do so when it is known."""
    kind = type(value)
    if kind in KINDS:
        return bool(value.aliases != ())
    if kind in _ATOMS or kind in _CODE or issubclass(kind, type):
        return False
    if kind in SHOWING or issubclass(kind, HOLDERS) or kind is types.MethodType or kind is partial:
        return True
    return (fields(value) is not None or bool(slots(kind))) and not is_of_client(value)


def below(engine: Engine, given: Iterable[Any]) -> tuple[list[Any], list[Any], int] | None:
    """What can change below `given`, itself included, and what is pending there. None: that is too much to look at.

    Of the former so many, the first, are certain; what follows is what the pending ones may turn out to be.
    """
    found: dict[int, Any] = {}
    pending: list[Any] = []
    guesses: list[Any] = []  # what a pending value may turn out to be or contain: what is pending there is not waited for now
    _follow(engine, list(given), found, pending, guesses)
    certain = len(found)
    for one in guesses:  # grows
        _follow(engine, [one], found, [], guesses)
    return None if len(found) > MOST else (list(found.values()), pending, certain)


def _follow(engine: Engine, work: list[Any], found: dict[int, Any], pending: list[Any], guesses: list[Any]) -> None:
    while work and len(found) <= MOST:
        value = known(work.pop())
        kind = type(value)
        if kind in _ATOMS or kind in _CODE or id(value) in found or issubclass(kind, type):
            continue
        found[id(value)] = value
        if kind in KINDS:
            pending.append(value)
            guesses += roots(value)
        elif kind in SHOWING:
            work.append(shown(value))
        elif issubclass(kind, HOLDERS):
            work += [part for part in parts_of(value) if type(part) not in _ATOMS]
        elif kind is types.MethodType:
            work.append(value.__self__)
        elif kind is partial:
            work += [value.func, *value.args, *value.keywords.values()]
        elif issubclass(kind, BaseException):
            work += [part for part in (*value.args, *attributes(value)) if type(part) not in _ATOMS]
        elif is_of_client(value):
            continue
        elif _is_of_program(engine, kind):
            work += [part for part in attributes(value) if type(part) not in _ATOMS]
        elif engine.slots.count:  # of a library's: nobody but the library changes what is further below (A3)
            pending += [one for part in attributes(value) for one in engine.slots.missing(part, deep=False)]


def _is_of_program(engine: Engine, kind: type) -> bool:
    module = getattr(kind, "__module__", None)
    return any(scope.names.get("__name__") == module for scope in engine.namespaces.values())


class HandedOver:
    """What one call is given. `look` follows the objects, as far as they are known by now."""

    __slots__ = ("engine", "everything", "fresh", "guessed", "held", "keep", "op", "pending")

    def __init__(self, engine: Engine, op: Operation) -> None:
        self.engine = engine
        self.op = op
        self.keep: list[Any] = []  # the objects of the entries, whose keys are ids
        self.pending: list[Any] = []
        self.held: set[int] = set()  # what must not change while the call runs
        self.guessed: set[Key] = set()  # locations of what a pending value may turn out to be
        self.everything = False
        self.fresh = False  # nothing has happened since the last look

    def look(self, given: Iterable[Any]) -> set[Key]:
        """Enter what stands below `given`; the keys that are new."""
        engine, op = self.engine, self.op
        seen = below(engine, given)
        if seen is None:
            if not self.everything:
                self.everything = True
                engine.enter_everything(op)
            return set()
        found, self.pending, certain = seen
        self.held = set(map(id, found))
        entered = {entry.key for entry in op.entries}
        new: set[Key] = set()
        for index, value in enumerate(found):
            holds = type(value) not in KINDS and (fields(value) is not None or slots(type(value)))
            names = engine.chains.attributes if holds else ()
            for key in (id(value), *[(id(value), name) for name in names if (id(value), name) in engine.chains.of]):
                if key not in entered:
                    new.add(key)
                    engine.enter(op, key, READ, None if index < certain else GUESSED)
                    self.keep.append(value)
                    if index >= certain:
                        self.guessed.add(key)
                elif index < certain and key in self.guessed:
                    self.guessed.remove(key)
                    engine.chains.actual(key, READ, op.position, op)  # its entry stands there: this is for the check
        return new

    def missing(self, given: Iterable[Any]) -> list[Any]:
        """The placeholders that the call waits for, of those that stand there now: some may have been taken out again."""
        new = not self.fresh and self.look(given)
        waits = [now for now in map(known, self.pending) if type(now) in KINDS]
        self.fresh = not new and not waits
        return waits

    def ready(self, given: Iterable[Any]) -> bool:
        """Whether all that stands below `given` by now has been looked at, and is known."""
        return self.fresh or not self.look(given) and not self.pending
