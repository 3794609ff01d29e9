"""Faults that can be put into the engine, by name. Each takes pytest's `MonkeyPatch` and breaks one rule."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest

from poppy_nb.runtime import chains as chains_module
from poppy_nb.runtime import (
    claiming,
    dispatch,
    failures,
    footprint_items,
    iteration,
    late_loads,
    natives,
    operations,
    scheduler,
    variables,
)
from poppy_nb.runtime import undo as undo_module
from poppy_nb.runtime.chains import READ, STORE, Chains
from poppy_nb.runtime.footprint import _Rest
from poppy_nb.runtime.open_slots import OpenSlots
from poppy_nb.runtime.snapshot import Captured
from poppy_nb.runtime.strands import WAITING, Operation
from poppy_nb.runtime.variables import LocalScope


Patch = pytest.MonkeyPatch
FAULTS: dict[str, Callable[[Patch], None]] = {}


def fault(put: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Enter a fault under the name of its function."""
    FAULTS[put.__name__] = put
    return put


# --- hazards


@fault
def natives_do_not_look_at_hazards(patch: Patch) -> None:
    """An operation runs at once whatever stands before it."""
    patch.setattr(natives, "hazard", lambda *args: False)


@fault
def externals_do_not_look_at_hazards(patch: Patch) -> None:
    """An external is given a container that an earlier operation has yet to change."""
    patch.setattr(dispatch, "hazard", lambda *args: False)


@fault
def writes_do_not_wait_for_reads(patch: Patch) -> None:
    """A write overtakes an earlier read."""
    original = Chains.conflict
    patch.setattr(Chains, "conflict", lambda self, key, access, *rest: original(self, key, READ, *rest))


@fault
def reads_do_not_wait(patch: Patch) -> None:
    """A read overtakes an earlier write."""
    original = Chains.conflict

    def conflict(self: Chains, key: Any, access: int, *rest: Any) -> Any:
        return None if access == READ else original(self, key, access, *rest)

    patch.setattr(Chains, "conflict", conflict)


@fault
def resources_have_no_order(patch: Patch) -> None:
    """Operations on stdout, the random stream or a file do not look at each other."""
    patch.setattr(natives, "held_up", lambda *args: False)
    patch.setattr(natives, "resources", lambda effect: [])


@fault
def iteration_does_not_look_at_hazards(patch: Patch) -> None:
    """A loop over a list overtakes an earlier change of it."""
    patch.setattr(iteration, "quiet", lambda *args: None)


@fault
def stores_are_forwarded_from_the_first(patch: Patch) -> None:
    """A load takes the value of the oldest store instead of the latest."""
    original = variables.read

    def read(engine: Any, key: Any, *rest: Any) -> Any:
        chain = engine.chains.of.get(key)
        if chain is not None and chain.writes and all(e.access == STORE for e in chain.writes) and len(chain.writes) > 1:
            return chain.writes[0].value if chain.writes[0].value is not variables._DELETED else None
        return original(engine, key, *rest)

    patch.setattr(variables, "read", read)


@fault
def aliases_are_forgotten(patch: Patch) -> None:
    """A change through a pending value is not one of what it may be."""
    for module in (natives, claiming, dispatch):
        if hasattr(module, "roots"):
            patch.setattr(module, "roots", lambda value: [value])
    from poppy_nb.runtime import hazards

    patch.setattr(hazards, "roots", lambda value: [value])


@fault
def the_last_writer_is_the_first(patch: Patch) -> None:
    """An access waits for the first conflicting entry and not for the last."""

    def first(side: Any, position: Any, mine: Any) -> Any:
        return next((e for e in side if e.holder is not mine and e.before(position) and not e.claim), None)

    patch.setattr(chains_module, "_last", first)


# --- undo and failures


@fault
def immediate_changes_are_not_undone(patch: Patch) -> None:
    """What ran at once stays when it is cancelled."""
    original = operations.Operations.undoable
    patch.setattr(operations.Operations, "undoable", lambda self, back, *rest: original(self, lambda: None, *rest))


@fault
def deferred_changes_are_not_undone(patch: Patch) -> None:
    """What was deferred and has run stays when it is cancelled."""
    patch.setattr(undo_module, "before", lambda name, operands, named=None: lambda: None)


@fault
def failures_go_to_the_outermost_try(patch: Patch) -> None:
    """The scope of a `try` is wrong."""

    def failed(engine: Any, item: Any) -> None:
        strand = item.strand if type(item) is Operation else item.parent
        found = None
        while strand is not None:
            found = strand if strand.is_try else found
            strand = strand.parent
        if found is not None:
            engine.to_check.append(found)

    patch.setattr(failures, "failed", failed)
    settle = failures.settle

    def settle_outermost(engine: Any) -> None:
        strand = engine.current.parent
        while strand is not None and not strand.is_try:
            strand = strand.parent
        if strand is None:
            settle(engine)

    patch.setattr(failures, "settle", settle_outermost)


@fault
def a_failure_does_not_cancel_effects(patch: Patch) -> None:
    """Prints behind a failure stay."""
    original = failures._cancel

    def cancel(engine: Any, item: Any, touched: Any) -> None:
        if type(item) is Operation and item.final and item.external is None and item.state == WAITING and item.label == "print":
            item.run()  # type: ignore[misc]
        original(engine, item, touched)

    patch.setattr(failures, "_cancel", cancel)


@fault
def a_try_does_not_wait_for_its_body(patch: Patch) -> None:
    """The end of a `try` body does not wait until all of it has ended."""
    patch.setattr(failures, "settle", lambda engine: None)


@fault
def cancelled_operations_hold_what_they_held(patch: Patch) -> None:
    """What is cancelled does not release its entries."""
    original = failures._cancel

    def cancel(engine: Any, item: Any, touched: Any) -> None:
        release, engine.release = engine.release, lambda entries: None
        try:
            original(engine, item, touched)
        finally:
            engine.release = release

    patch.setattr(failures, "_cancel", cancel)


@fault
def what_a_try_has_changed_is_not_claimed(patch: Patch) -> None:
    """Others read what the body of a `try` has changed, before it is settled."""
    patch.setattr(claiming, "_written", lambda engine, strand, undone, places: undone)


@fault
def effects_do_not_wait_to_retire(patch: Patch) -> None:
    """What cannot be undone happens as soon as it can, not in order."""
    original = operations.Operations.attempt

    def attempt(self: Any, op: Any) -> None:
        original(self, op)
        if op.final and op.external is None and op.state == WAITING and op.ready:
            op.state = 3
            op.run()

    patch.setattr(operations.Operations, "attempt", attempt)
    originally = natives.final

    def final(engine: Any, *rest: Any) -> Any:
        answer = originally(engine, *rest)
        log = engine.current.log
        op = log[-1] if log else None
        if type(op) is Operation and op.final and op.state == WAITING and op.external is None:
            entries = [entry for entry in op.entries if entry.key is not None]
            if all(engine.chains.conflict(entry.key, entry.access, op.position, op) is None for entry in entries):
                op.state = 3
                op.run()  # type: ignore[misc]
        return answer

    patch.setattr(natives, "final", final)


# --- values


@fault
def arguments_are_not_copied(patch: Patch) -> None:
    """An external sees later changes of what it was given."""

    def args(self: Captured) -> tuple[Any, ...]:
        return tuple(self._originals.get(id(value), (value, value))[1] for value in self._args.items)

    patch.setattr(Captured, "args", property(args))


@fault
def copies_are_not_mapped_back(patch: Patch) -> None:
    """An answer holds the copy of what was passed in."""
    patch.setattr(Captured, "map_back", lambda self, value: value)


@fault
def operands_of_deferred_reads_are_not_kept(patch: Patch) -> None:
    """A deferred read sees changes that came later."""
    patch.setattr(natives, "frozen", lambda engine, value, depth: value)


@fault
def operands_are_not_waited_for(patch: Patch) -> None:
    """An operation runs before its operands are known."""
    patch.setattr(natives, "missing", lambda *args: [])


@fault
def open_slots_are_not_filled(patch: Patch) -> None:
    """Placeholders stay in containers."""
    patch.setattr(OpenSlots, "fill", lambda self, placeholder, value: None)


@fault
def what_a_variable_may_hold_is_not_told(patch: Patch) -> None:
    """A variable that a parked strand may store holds nothing that exists."""
    patch.setattr(late_loads, "_may_hold", lambda *args: ((), [], False))


# --- footprints


def _without(patch: Patch, lost: Callable[[Any, Any], bool]) -> None:
    original = claiming.footprint

    def footprint(activations: Any, heap: Any, *rest: Any) -> Any:
        claims = original(activations, heap, *rest)
        kept = {id(one): one for one in claims.keep}
        for key in list(claims.modes):
            if lost(key, kept.get(key[0] if type(key) is tuple else key)):
                del claims.modes[key]
        return claims

    patch.setattr(claiming, "footprint", footprint)


@fault
def strands_claim_nothing(patch: Patch) -> None:
    """A parked strand holds up nobody."""
    patch.setattr(scheduler.Scheduler, "claim", lambda self, strand: None)


@fault
def claims_lack_captured_variables(patch: Patch) -> None:
    """The variables of closures."""
    _without(patch, lambda key, owner: type(key) is tuple and key[1] == "")


@fault
def claims_lack_attributes(patch: Patch) -> None:
    """The attributes of objects."""
    _without(patch, lambda key, owner: type(key) is tuple and not isinstance(owner, dict | LocalScope | types.CellType))


@fault
def claims_lack_containers(patch: Patch) -> None:
    """The contents of containers."""
    _without(patch, lambda key, owner: type(key) is int)


@fault
def claims_lack_variables(patch: Patch) -> None:
    """Global variables."""
    _without(patch, lambda key, owner: type(key) is tuple and type(owner) is dict)


@fault
def claims_lack_resources(patch: Patch) -> None:
    """The standard streams and other resources."""
    _without(patch, lambda key, owner: type(key) is str)


@fault
def claims_lack_what_iterators_read(patch: Patch) -> None:
    """The container behind an iterator."""
    patch.setattr(footprint_items, "referents", lambda iterator: [])


@fault
def claims_lack_what_handlers_do(patch: Patch) -> None:
    """The handlers of a `try` that is under way."""
    patch.setattr(_Rest, "handlers", lambda self, frame, node, body: body())


@fault
def what_a_strand_publishes_is_not_told(patch: Patch) -> None:
    """Objects that a parked strand may store elsewhere."""
    original = claiming.footprint

    def footprint(*args: Any) -> Any:
        claims = original(*args)
        claims.published = []
        claims.result = []
        return claims

    patch.setattr(claiming, "footprint", footprint)


@fault
def mutating_operations_claim_only_reads(patch: Patch) -> None:
    """A branch that appends says that it reads."""
    original = claiming.footprint

    def footprint(*args: Any) -> Any:
        claims = original(*args)
        claims.modes = dict.fromkeys(claims.modes, type(next(iter(claims.modes.values()), 1))(1))
        return claims

    patch.setattr(claiming, "footprint", footprint)
