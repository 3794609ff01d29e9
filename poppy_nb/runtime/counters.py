"""Counters: places that hold a number whatever the open writes before do, so that adding to them cannot fail.

`self.calls += 1` stands behind what others have yet to add. Where all of these put numbers there, and would leave a number if
they were taken back, loading it, adding to it and storing the sum wait, but cannot fail: no `try` has to wait for them.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from types import CellType
from typing import TYPE_CHECKING, Any

from poppy_nb.looking import fields
from poppy_nb.numbers import SIZE, Numbers, combined, kind_of

from . import links, open_values
from .chains import STORE, Chains, Entry, Key, Position
from .claims import Brought, Mode
from .placeholder import PendingAtom, known
from .strands import Operation, Strand


if TYPE_CHECKING:
    from .claims import Claims


KEYED = frozenset({dict, defaultdict, OrderedDict, Counter})
_MOST = 64  # open writes, or values of a dict, that are looked at


def kinds(value: Any) -> Numbers | None:
    """The kinds of numbers that a value, known or not, may be."""
    if type(value) is PendingAtom:
        return value.shape if type(value.shape) is Numbers else None
    return kind_of(value)


def operator(kind: str, symbol: str, operands: tuple[Any, ...], result: Any) -> None:
    """An operator has been deferred: say what is known of its result, and whether it can fail."""
    if type(result) is not PendingAtom or type(result.origin) is not Operation:
        return
    told = list(map(kinds, operands))
    if None in told:
        return
    if kind in ("binary", "inplace"):
        result.shape, fails = combined(symbol, *told)
        result.origin.harmless = not fails
    elif kind == "bool" or (kind == "compare" and symbol in _ORDER):
        result.shape = SIZE
        result.origin.harmless = True


_ORDER = frozenset({"<", "<=", ">", ">=", "==", "!="})


def held(chains: Chains, key: Key, position: Position, now: Any) -> Numbers | None:
    """What a variable or attribute, in which `now` stands, holds at `position`; None if that may be anything else, or nothing."""
    told = open_values.of(chains, key, position)
    if told is not None:
        there = kinds(known(now))
        return None if there is None or told.numbers is None else Numbers(there | told.numbers)
    writes, surely = links.open_writes(chains, key, position)
    return after(key, writes, now, surely)


def after(key: Key, entries: Iterable[Entry], now: Any, surely: bool, size: int = 0) -> Numbers | None:
    """What a location holds when these writes are through; None if that may be anything else than a number, or nothing.

    now: what is there; surely: one of the writes puts something there anyway. size: of a dict, how many keys there are.
    """
    found: frozenset[str] = frozenset()
    if not surely:
        there = kinds(known(now))
        if there is None:
            return None
        found = there
    for count, entry in enumerate(entries):
        told = put(key, entry, size) if count < _MOST else None
        if told is None:
            return None
        found |= told
    return Numbers(found)


def put(key: Key, entry: Entry, size: int | None) -> Numbers | None:
    """What kinds of numbers an open write puts somewhere; None if it may do anything else, or the size of a dict has changed."""
    if entry.key != key:
        return None
    holder = entry.holder
    if type(holder) is Strand:
        brings = entry.brings
        return brings.numbers if brings is not None and (size is None or brings.size == size) else None
    if entry.claim:
        return None
    if entry.access == STORE:
        return kinds(known(entry.value))
    if type(key) is tuple or not holder.counts:
        return None
    return _all(holder.stored)


def _all(values: Iterable[Any]) -> Numbers | None:
    found: frozenset[str] = frozenset()
    for value in values:
        told = kinds(known(value))
        if told is None:
            return None
        found |= told
    return Numbers(found)


def at_key(chains: Chains, container: Any, key: Any, position: Position) -> Numbers | None:
    """What `container[key]` of a dict gives, where the key is there and stays."""
    if type(container) not in KEYED or type(key) not in links.ATOMS or key not in container:
        return None
    return _in_dict(chains, container, position)


def _in_dict(chains: Chains, container: Any, position: Position) -> Numbers | None:
    now = _every(container)
    told = open_values.of(chains, id(container), position) if now is not None else None
    if told is not None:
        return Numbers(now.shape | told.numbers) if told.numbers is not None and told.sizes <= {len(container)} else None
    writes, _ = links.open_writes(chains, id(container), position)
    return after(id(container), writes, now, False, len(container))


def examples(numbers: Numbers) -> list[PendingAtom]:
    """A value of each kind."""
    found = []
    for kind in numbers:
        found.append(PendingAtom(None, ()))
        found[-1].shape = Numbers({kind})
    return found


def _every(container: Any) -> Any:
    """A value that stands for those of a dict: all its open writes may be of any key."""
    found = _all(container.values()) if len(container) <= _MOST else None
    if found is None:
        return None
    value = PendingAtom(None, ())
    value.shape = found
    return value


def checked(chains: Chains, claims: Claims, position: Position, undone: dict[Key, Any]) -> dict[Key, Brought]:
    """What a strand that parks may bring; that it counts holds only where there was a number before.

    undone: the kinds of the numbers that taking back what it has done puts somewhere, None: anything.
    """
    brings = claims.brings | {key: Brought(numbers=told) for key, told in undone.items() if key not in claims.brings}
    if all(one.numbers is None for one in brings.values()):
        return brings
    kept = {id(one): one for one in map(_place, claims.keep)}
    found = dict(brings)
    for key, told in brings.items():
        if told.numbers is None:
            continue
        place = kept.get(key[0] if type(key) is tuple else key)
        container = type(key) is not tuple and type(place) in KEYED
        size = len(place) if type(place) in KEYED and container else 0  # type: ignore[arg-type]
        back = undone.get(key, told.numbers)
        there = key in claims.brings
        if back is None or not there and claims.modes.get(key) == Mode.WRITE:
            sure = False
        elif container:
            sure = _in_dict(chains, place, position) is not None
        else:
            whole = type(key) is tuple and links.open_writes(chains, key[0], position)[0]
            now = stands(place, key) if there else 0  # of what it has put there, what was there before is told
            sure = not whole and held(chains, key, position, now) is not None
        found[key] = replace(told, numbers=Numbers(told.numbers | back) if sure else None, size=size)
    return found


_SCOPES = "poppy_nb.runtime.variables"


def _place(kept: Any) -> Any:
    """Where the variables of a scope stand; other objects as they are."""
    return kept.names if type(kept).__module__ == _SCOPES and kept.is_namespace else kept


def stands(place: Any, key: Any) -> Any:
    """What stands at the location of a variable or an attribute; None if nothing does."""
    if type(place) is CellType:
        try:
            return place.cell_contents
        except ValueError:
            return None
    if type(place) is dict or type(place).__module__ == _SCOPES:
        return dict.get(place, key[1])
    own = fields(place)
    return own.get(key[1]) if own is not None else None
