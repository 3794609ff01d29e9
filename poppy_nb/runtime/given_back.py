"""What a `try` has taken from its place stands there again if it fails: who comes behind, and its handlers, may meet it.

What the body of a `try` stores at once hides what was there before. Of those who are told what a location may hold, the claims
of the `try` tell this as well.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from .chains import Key
from .claims import Brought
from .links import ATOMS, link
from .placeholder import PendingAtom, known
from .strands import Operation, Strand, Undo


if TYPE_CHECKING:
    from .operations import Operations

_PLAIN = ATOMS | {slice, type, types.CellType, types.BuiltinFunctionType, types.WrapperDescriptorType, PendingAtom}
_OURS = __name__.partition(".")[0] + "."
_SNAPSHOTS = (list, tuple, dict)


def of(strand: Strand) -> dict[Key, list[Any]]:
    """By location, what the body of a `try` has taken away so far."""
    found: dict[Key, list[Any]] = {}
    _collect(strand, found)
    return found


def _collect(strand: Strand, found: dict[Key, list[Any]]) -> None:
    for item in strand.log[strand.head :]:
        if isinstance(item, Undo):
            _add(found, item.key, _of_undo(item))
        elif type(item) is Operation:
            for key, how in of_operation(item):
                _add(found, key, _kept(how, key))
            if item.runner is not None:
                _collect(item.runner, found)
        elif type(item) is Strand:
            _collect(item, found)


def _add(found: dict[Key, list[Any]], key: Key, values: list[Any]) -> None:
    if values:
        found.setdefault(key, []).extend(values)


def of_operation(op: Operation) -> list[tuple[Key, Callable[[], None]]]:
    """What takes back what a deferred operation has done, each with its location."""
    return [(op.key if op.key is not None else id(target), how) for how, target in op.take_back]


def told(engine: Operations, strand: Strand | None, key: Key, undo: Undo | Callable[[], None]) -> None:
    """Something has been stored at `key`: the claims of each `try` around `strand` that has parked tell what was there before."""
    claimed = engine.chains.claimed
    while strand is not None:
        if strand.is_try:
            claim = claimed.get((key, strand.path))
            values = () if claim is None else _of_undo(undo) if isinstance(undo, Undo) else _kept(undo, key)
            if values:
                _enter(engine, claim, values)
        strand = strand.parent


def _enter(engine: Operations, claim: Any, values: Sequence[Any]) -> None:
    if claim.brings is None:
        claim.brings = Brought()
    if claim.brings.numbers is not None:
        claim.brings = replace(claim.brings, numbers=None)
    before = set(map(id, claim.brings.objects))
    new = [value for value in values if id(value) not in before]
    claim.brings.objects.extend(new)
    chain = engine.chains.of.get(claim.key)
    if chain is not None and chain.told is not None:
        chain.told.new.append(claim)  # it is looked at again
    link(engine, (claim.key,), new, claim.position)


def _of_undo(undo: Undo) -> list[Any]:
    return _kept(undo.how, undo.key) if undo.how is not None else _several([undo.old], undo.key)


def _kept(how: Callable[[], None], key: Key) -> list[Any]:
    """The values that a function which takes something back holds, besides what it puts them into."""
    found: list[Any] = []
    work: list[Any] = [how]
    for one in work:  # grows
        kind = type(one)
        if kind is partial:
            work += [one.func, *one.args]
        elif kind is types.FunctionType and one.__module__.startswith(_OURS):
            for cell in one.__closure__ or ():
                try:
                    work.append(cell.cell_contents)
                except ValueError:
                    continue
        else:
            found.append(one)
    return _several(found, key)


def _several(values: list[Any], key: Key) -> list[Any]:
    place = key[0] if type(key) is tuple else key
    found: dict[int, Any] = {}
    for value in values:
        parts = dict.values(value) if type(value) is dict else value if type(value) in _SNAPSHOTS else ()
        for one in map(known, (value, *parts)):
            if type(one) not in _PLAIN and id(one) != place and not _is_of_the_engine(one):
                found[id(one)] = one
    return list(found.values())


def _is_of_the_engine(value: Any) -> bool:
    module = str(type.__getattribute__(type(value), "__module__"))
    return module.startswith(_OURS) and not module.endswith(".placeholder") or type(value) is object


__all__ = ["of", "of_operation", "told"]
