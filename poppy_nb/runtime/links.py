"""Links: what an open write brings to a location belongs to whoever may touch what is there.

An object can be reached in two ways: by a name of its own, and through a container, attribute or variable in which something
that has not happened yet will put it. An operation on "what will be there" stands on the chain of the location, one on the name
on the chain of the object. The link from the object to the location lets the second see the first. A write that is deferred
links what it stores when it is issued; a strand what it may store when it parks, and what it makes and stores behind the back of
those who are waiting, when it does.
"""

from __future__ import annotations

import types
from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from poppy_nb.known import is_of_client
from poppy_nb.looking import attributes, fields, is_a, parts_of

from .chains import STORE, WRITE, Chains, Entry, Key, Position, contains
from .claims import Brought
from .placeholder import KINDS, PendingAtom, PendingIterator, PendingNewcomer, known
from .strands import Operation, Strand
from .views import SHOWING, shown


if TYPE_CHECKING:
    from .operations import Operations

DELETED = object()  # the value of a store that unbinds its location
_MOST = 64  # attributes of objects that are followed
ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex})
_HOLDERS: tuple[Any, ...] = (list, tuple, dict, set, frozenset, deque, bytearray)
_LASTING = (type, types.FunctionType, types.ModuleType, types.BuiltinFunctionType)


def link(engine: Operations, keys: Iterable[Key], values: Iterable[Any], position: Position, claim: bool = False) -> None:
    """An open write at `position` brings these values to these locations, or if `claim` the strand that stands there may."""
    objects: dict[int, Any] = {}
    for value in values:
        _collect(known(value), objects)
    if objects:
        for key in keys:
            for value in objects.values():
                engine.chains.link(key, value, position, claim)


def link_behind(engine: Operations, key: Key, value: Any) -> None:
    """`value` has just been put there, or will be: those who stand behind on the same location have not seen it."""
    chains = engine.chains
    chain = chains.of.get(key)
    if chain is None or type(value) is str or type(value) is int:
        return
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    for side in (chain.reads, chain.writes):
        if side and side[-1].position > position:
            link(engine, (key,), (value,), position)
            return
    if chain.parents:
        link(engine, (key,), (value,), position)


def stored(operands: Iterable[Any]) -> list[Any]:
    """What an operation with these operands may store: they themselves, or what is in them."""
    found: list[Any] = []
    for value in operands:
        value = known(value)
        if type(value) is not str:
            found.append(value)
            if is_a(value, _HOLDERS) and not is_a(value, bytearray):
                found += map(known, parts_of(value))
    return found


def _collect(value: Any, found: dict[int, Any]) -> None:
    """The objects in `value` that can change, and those that are pending."""
    work = [value]
    followed = 0
    for one in work:  # grows
        kind = type(one)
        if kind in SHOWING:
            one = shown(one)
            kind = type(one)
        if id(one) in found:
            continue
        if kind in KINDS:
            if kind is not PendingIterator and kind is not PendingAtom:
                found[id(one)] = one
                work += [known(part) for part in getattr(one, "parts", ())]
                if type(one.origin) is Operation and one.origin.kind == "load":
                    work += [known(alias) for alias in one.aliases or ()]  # what a variable may hold: it is one of these itself
        elif is_a(one, _HOLDERS):
            found[id(one)] = one
            work += map(known, parts_of(one))
        elif not is_a(one, _LASTING) and fields(one) is not None and not is_of_client(one):
            found[id(one)] = one
            own = attributes(one)
            followed += len(own)
            if followed <= _MOST:
                work += map(known, own)


# --- what open writes may put at a location


def open_writes(chains: Chains, key: Key, position: Position, taken_back: Position | None = None) -> tuple[list[Entry], bool]:
    """The writes before `position` that are still open, newest first.

    And whether the oldest of them surely puts a value of its own there: what the location holds now does not count then.
    taken_back: of a `try`, whose handlers see what was there before the writes in it.
    """
    found, certain = own_writes(chains, key, position, taken_back)
    chain = chains.of.get(key)
    if not certain and chain is not None and chain.parents:
        found += [entry for key in chain.parents if key in chains.of for entry in chains.of[key].inner if entry.before(position)]
    return found, certain


def own_writes(chains: Chains, key: Key, position: Position, taken_back: Position | None = None) -> tuple[list[Entry], bool]:
    """The same without those who may get at what is there through a location that it is brought to (`Above`)."""
    found: list[Entry] = []
    chain = chains.of.get(key)
    everything = [entry for entry in chains.everything if entry.before(position)] if chains.everything else []
    for entry in reversed(chain.writes) if chain is not None else ():
        if not entry.before(position):
            continue
        found.append(entry)
        if type(key) is tuple and is_last_word(chains, entry, position, taken_back):
            place = entry.position
            everything = [claim for claim in everything if place < claim.position or contains(claim.position, place)]
            if not any(contains(claim.position, place) for claim in everything):
                return [*everything, *found], True
    return [*everything, *found], False


class Above:
    """What the open entries before a position that touch what is at a location may put there, all that is brought to it alike."""

    __slots__ = ("only_stores", "told", "values")

    def __init__(self, chains: Chains, key: Key, position: Position) -> None:
        chain = chains.of.get(key)
        entries = [entry for entry in chain.inner if entry.before(position)] if chain is not None else []
        found = brought(None, entries)
        self.values = None if found is None else {id(value): value for value in found}
        self.only_stores = all(entry.access == STORE and not entry.claim for entry in entries)
        self.told = _made(None, entries)


def is_last_word(chains: Chains, entry: Entry, position: Position, taken_back: Position | None = None) -> bool:
    """Whether a write surely puts a value of its own there, and no strand around it may write there once more.

    taken_back: as in `open_writes`.
    """
    if entry.access != STORE or entry.claim:
        return False
    key, place = entry.key, entry.position
    if type(key) is not tuple:
        return True
    return (taken_back is None or not contains(taken_back, place)) and not _claimed_around(chains, key, place, position)


def _claimed_around(chains: Chains, key: Key, place: Position, position: Position) -> bool:
    """Whether a strand around `place`, and before `position`, may write the location once more."""
    around = (chains.claimed.get((key, place[:length])) for length in range(1, len(place)))
    return any(claim is not None and claim.before(position) for claim in around)


def _made(key: Key, entries: Iterable[Entry]) -> dict[int, Brought]:
    told: dict[int, Brought] = {}
    for entry in entries:
        if entry.claim and type(entry.holder) is Strand:
            one = entry.brings if entry.key == key else entry.holder.news
            if one is not None and one.fresh:
                told[id(one)] = one
    return told


def is_news(key: Key, entries: Iterable[Entry], above: Iterable[Above]) -> bool:
    """Whether there is anything that `news` tells of."""
    return any(one.told for one in above) or bool(_made(key, entries))


def news(chains: Chains, key: Key, position: Position, entries: Iterable[Entry], above: Iterable[Above] = ()) -> Brought | None:
    """What these open writes, and who touches what is there, have yet to make and may put at `key` or below it; None: nothing."""
    told = _made(key, entries)
    for one in above:
        told |= one.told
    if not told:
        return None
    chain = chains.of.get(key)
    for entry in chain.inner if chain is not None else ():
        if entry.claim and entry.inside == WRITE and entry.before(position):
            told[id(entry.holder.news)] = entry.holder.news
    found = told.values()
    objects = {id(value): value for one in found for value in map(known, one.objects)}
    every = [one.classes for one in found]
    classes = None if None in every else list(dict.fromkeys(one for each in every for one in each or ()))
    return Brought(list(objects.values()), True, classes, all(one.ours for one in found))


def newcomer(chains: Chains, key: Key) -> PendingNewcomer:
    """What stands for that."""
    chain = chains.of[key]
    if not chain.newcomers:
        chain.newcomers = (PendingNewcomer(key),)
    found: PendingNewcomer = chain.newcomers[0]
    return found


def brought(key: Key, entries: Iterable[Entry]) -> list[Any] | None:
    """The existing objects that these writes may put at `key`; None if one of them may put anything."""
    found: dict[int, Any] = {}
    for entry in entries:
        holder = entry.holder
        if entry.key is None:
            return None
        if entry.access == STORE and not entry.claim:
            if entry.value is not DELETED:
                value = known(entry.value)
                found[id(value)] = value
        elif type(holder) is Operation:
            found |= {id(value): value for value in holder.stored if type(value) in KINDS or type(value) is not tuple}
        elif holder.everything:
            return None
        elif entry.key != key:
            found |= {id(value): value for value in holder.published}  # into what is there
        elif entry.brings is not None:
            found |= {id(value): value for value in entry.brings.objects}
    return list(found.values())


def at_key(chains: Chains, container: Any, key: Any, position: Position) -> list[Any] | None:
    """The objects one of which stands at a key of a dict, whatever the open writes before do; None if that cannot be told."""
    chain = chains.of.get(id(container))
    if type(container) not in _DICTS or type(key) not in ATOMS or _is_hard(chain):
        return None
    now = dict.get(container, key, DELETED)
    entries, _ = open_writes(chains, id(container), position)
    values = brought(id(container), entries) if now is not DELETED else None
    return None if values is None or is_news(id(container), entries, ()) else [known(now), *values]


def _is_hard(chain: Any) -> bool:
    return chain is not None and (bool(chain.parents) or len(chain.writes) > _MANY)


_DICTS = frozenset({dict, OrderedDict})
_MANY = 16  # open writes that are looked at one by one


def is_atom(value: Any) -> bool:
    """Whether it is a text, a number or the like, known or not."""
    return type(value) in ATOMS or type(value) is PendingAtom


def only_atoms(key: Key, entries: Iterable[Entry]) -> bool:
    """Whether these writes put nothing but texts and numbers at `key`: a variable, an attribute, the values of a container."""
    for entry in entries:
        if entry.key != key:
            return False
        if type(entry.holder) is Strand:
            if entry.brings is not None and (entry.brings.fresh or entry.brings.objects):
                return False
        elif entry.claim:
            return False
        elif entry.access == STORE:
            if not is_atom(known(entry.value)):
                return False
        elif type(key) is tuple or not all(map(is_atom, map(known, entry.holder.stored))):
            return False
    return True
