"""Which external calls an operation waits for, and why: read off placeholders and chains, when somebody watches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from poppy_nb.effects import Effect, Mode

from .chains import READ, Entry
from .engine import here
from .placeholder import KINDS, PendingAttribute, PendingCall, PendingTuple, known
from .strands import STARTED, WAITING, Operation, Strand


if TYPE_CHECKING:
    from .engine import Engine

MOST = 200  # so many steps are looked back, so that a long history does not make a run slow
DATA = ""


def planned(engine: Engine, op: Operation, values: Iterable[Any]) -> None:
    """Tell that the external call `op` with these arguments was issued, and what stands before it."""
    search = _Search(engine)
    for value in values:
        search.value(value, DATA)
    search.chains_of(op)
    events = engine.events
    events.planned(op, sorted(search.found.pop(DATA, ())))
    for reason, numbers in search.found.items():
        events.waits(op, reason, sorted(numbers), search.declare.get(reason, ""))


def effect(engine: Engine, row: Effect, values: Iterable[Any]) -> None:
    """Tell that the program has come to something that changes a resource in its order, and whose answers that needs."""
    if row.resource is None or row.resource_mode is not Mode.WRITE or engine.events is None or not engine.events.detailed:
        return
    search = _Search(engine)
    for value in values:
        search.value(value, DATA)
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    engine.events.effect(row.name, row.resource, here(), strand, position, sorted(search.found.get(DATA, ())))


class _Search:
    """From a value or an operation back to the external calls in flight that it needs; `found`: reason -> their numbers."""

    def __init__(self, engine: Engine) -> None:
        self.found: dict[str, set[int]] = {}
        self.declare: dict[str, str] = {}  # reason -> what would free it
        self._engine = engine
        self._seen: set[int] = set()

    def value(self, value: Any, reason: str) -> None:
        """What a value still lacks."""
        value = known(value)
        if type(value) not in KINDS:
            if self._engine.slots.count and issubclass(type(value), (list, tuple, dict, set)) and len(value) <= MOST:
                for missing in self._engine.slots.missing(value, deep=True):
                    self.value(missing, reason)
            return
        if not self._first(value):
            return
        if type(value) is PendingTuple:
            for part in value.parts:
                self.value(part, reason)
        elif type(value) is PendingAttribute:
            self.value(value.receiver, reason)
        elif isinstance(value, PendingCall):
            for part in (*value.args, *value.kwargs.values()):
                self.value(part, reason)
        self._holder(value.origin, reason)

    def chains_of(self, op: Operation) -> None:
        """The earlier accesses that stand in the way of those of `op`."""
        for entry in op.entries:
            before = self._engine.chains.conflict(entry.key, entry.access, op.position, op) if entry.key is not None else None
            if before is not None:
                self._holder(before.holder, self._reason(entry, before))

    def _reason(self, entry: Entry, before: Entry) -> str:
        key = entry.key
        if before.key is None:
            return f"{self._line(before)} may touch anything"
        if isinstance(key, str):
            if isinstance(before.holder, Strand):
                reason = f"{self._line(before)} may call what is on {key!r}, and such calls run in order"
            else:
                reason = f"calls on {key!r} run in order"
            self.declare[reason] = f"leave {key!r} out of its `reads` and `writes`, if this order does not matter"
            return reason
        does = "reads" if before.access == READ else "may set" if isinstance(before.holder, Strand) else "sets"
        if isinstance(key, tuple):
            return f"{self._line(before)} {does} {key[1]!r}" if key[1] else f"{self._line(before)} {does} a captured variable"
        does = "reads" if before.access == READ else "may change" if isinstance(before.holder, Strand) else "changes"
        held = entry.holder.keep if isinstance(entry.holder, Operation) and hasattr(entry.holder, "keep") else ()
        for one in held if isinstance(held, list) else ():
            value = one[0] if isinstance(one, tuple) and len(one) == 2 else one
            if id(value) == key and type(value) not in KINDS:
                return f"{self._line(before)} {does} the same {type(value).__name__}"
        return f"{self._line(before)} {does} the same object"

    def _line(self, entry: Entry) -> str:
        holder = entry.holder
        line = self._engine.events.line_of(holder.site)
        if isinstance(holder, Strand) and holder.region is not None:
            line = holder.region.node.span.line
        return f"line {line}" if line else "an earlier line"

    def _holder(self, holder: Any, reason: str) -> None:
        if holder is None or not self._first(holder):
            return
        if isinstance(holder, Strand):
            if not self._strand(holder, reason) and "test" in holder.arguments:
                self.value(holder.arguments["test"], reason)
        elif holder.external is not None:
            self.found.setdefault(reason, set()).add(holder.id)
        elif holder.state == WAITING:
            for missing in (holder.needs() or ()) if holder.needs is not None else ():
                self.value(missing, reason)
            for entry in holder.entries:
                chains = self._engine.chains
                before = chains.conflict(entry.key, entry.access, holder.position, holder) if entry.key is not None else None
                if before is not None:
                    self._holder(before.holder, reason or self._reason(entry, before))
        elif holder.runner is not None:
            self._strand(holder.runner, reason)

    def _strand(self, strand: Strand, reason: str) -> bool:
        """The last call in a strand that has not ended."""
        for item in reversed(strand.log[strand.head :][-MOST:]):
            if isinstance(item, Operation):
                if item.external is not None and item.state in (WAITING, STARTED):
                    self.found.setdefault(reason, set()).add(item.id)
                    return True
                if item.runner is not None and self._strand(item.runner, reason):
                    return True
            elif isinstance(item, Strand) and self._strand(item, reason):
                return True
        return False

    def _first(self, one: Any) -> bool:
        if id(one) in self._seen or len(self._seen) >= MOST:
            return False
        self._seen.add(id(one))
        return True


__all__ = ["effect", "planned"]
