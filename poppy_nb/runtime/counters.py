"""Counters: places that hold a number whatever the open writes before do, so that adding to them cannot fail.

`self.calls += 1` stands behind what others have yet to add. Where all of these put numbers there, and would leave a number if
they were taken back, loading it, adding to it and storing the sum wait, but cannot fail: no `try` has to wait for them.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from types import CellType
from typing import TYPE_CHECKING, Any

from poppy_nb.looking import fields
from poppy_nb.numbers import A_FLOAT, GONE, SIZE, Numbers, combined, kind_of

from . import links, open_values
from .chains import STORE, Chains, Entry, Key, Position
from .claims import Brought, Mode
from .placeholder import PendingAtom, known
from .strands import Operation, Strand


if TYPE_CHECKING:
    from .claims import Claims


KEYED = frozenset({dict, defaultdict, OrderedDict, Counter})
_MOST = 64  # open writes, or values of a dict, that are looked at
_ANY: Any = object()  # no key in particular


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


def after(key: Key, entries: Iterable[Entry], now: Any, surely: bool, wanted: Any = _ANY) -> Numbers | None:
    """What a location holds when these writes are through; None if that may be anything else than a number, or nothing.

    now: what is there; surely: one of the writes puts something there anyway. wanted: of a dict, a key that has to stay.
    """
    found: frozenset[str] = frozenset()
    if not surely:
        there = kinds(known(now))
        if there is None:
            return None
        found = there
    for count, entry in enumerate(entries):
        told = put(key, entry, wanted) if count < _MOST else None
        if told is None:
            return None
        found |= told
    return Numbers(found)


def put(key: Key, entry: Entry, wanted: Any = _ANY) -> Numbers | None:
    """What kinds of numbers an open write puts somewhere; None if it may do else, or take the wanted key of a dict back."""
    if entry.key != key:
        return None
    holder = entry.holder
    if type(holder) is Strand:
        brings = entry.brings
        return brings.numbers if brings is not None and (wanted is _ANY or wanted in brings.keys) else None
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
    """What `container[key]` of a dict gives, where the key is there and stays, or a missing one gives a number."""
    if type(container) not in KEYED or type(key) not in links.ATOMS:
        return None
    if key in container and (there := _in_dict(chains, container, position, key)) is not None:
        return there
    missing = _missing(chains, container)
    there = _in_dict(chains, container, position, _ANY) if missing is not None else None
    return None if there is None or missing is None else Numbers(there | missing)


def before(chains: Chains, container: Any, key: Any, position: Position) -> Numbers | None:
    """What stands in a dict where a number is put; GONE among it: maybe nothing."""
    if type(container) not in KEYED or type(key) not in links.ATOMS:
        return None
    if key in container and (there := _in_dict(chains, container, position, key)) is not None:
        return there
    there = _in_dict(chains, container, position, _ANY)
    return None if there is None else Numbers(there | {GONE})


def of_values(chains: Chains, container: Any, position: Position) -> Numbers | None:
    """The kinds of the values of a dict, of whatever keys they are."""
    return _in_dict(chains, container, position, _ANY) if type(container) in KEYED else None


def _missing(chains: Chains, container: Any) -> Numbers | None:
    """What such a dict gives for a missing key, if that is a number."""
    if type(container) is Counter:
        return SIZE
    if type(container) is defaultdict and (id(container), "default_factory") not in chains.of:
        return _FACTORIES.get(container.default_factory)
    return None


_FACTORIES: dict[Any, Numbers] = {int: SIZE, bool: SIZE, float: A_FLOAT}
ABSENT = PendingAtom(None, ())  # stands for what was there before, where nothing was
ABSENT.shape = Numbers({GONE})


def _in_dict(chains: Chains, container: Any, position: Position, wanted: Any) -> Numbers | None:
    """The kinds of its values. wanted: a key that must not be taken back; _ANY: none."""
    now = _every(container)
    told = open_values.of(chains, id(container), position) if now is not None else None
    if told is not None:
        kept = told.numbers is not None and (wanted is _ANY or told.keys is None or wanted in told.keys)
        return Numbers(now.shape | told.numbers) if kept else None
    writes, _ = links.open_writes(chains, id(container), position)
    return after(id(container), writes, now, False, wanted)


def examples(numbers: Numbers) -> list[PendingAtom]:
    """A value of each kind."""
    found = []
    for kind in numbers - {GONE}:
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


def checked(
    chains: Chains, claims: Claims, position: Position, undone: dict[Key, Any], places: Sequence[Any] = ()
) -> dict[Key, Brought]:
    """What a strand that parks may bring; that it counts holds only where there was a number before.

    undone: the kinds of the numbers that taking back what it has done puts somewhere, None: anything.
    places: objects that these are locations of.
    """
    brings = claims.brings | {key: Brought(numbers=told) for key, told in undone.items() if key not in claims.brings}
    if all(one.numbers is None for one in brings.values()):
        return brings
    kept = {id(one): one for one in map(_place, chain(places, claims.keep))}
    found = dict(brings)
    for key, told in brings.items():
        if told.numbers is None:
            continue
        place = kept.get(key[0] if type(key) is tuple else key)
        container = type(key) is not tuple and type(place) in KEYED
        back = undone.get(key, told.numbers)
        stay: Any = place if container and back is not None and GONE not in back else ()
        keys = frozenset(one for one in stay if type(one) in links.ATOMS)
        there = key in claims.brings
        if back is None or not there and claims.modes.get(key) == Mode.WRITE or type(key) is int and not container:
            sure = False
        elif container:
            sure = len(keys) <= _MOST and _in_dict(chains, place, position, _ANY) is not None
        else:
            whole = type(key) is tuple and links.open_writes(chains, key[0], position)[0]
            now = stands(place, key) if there else 0  # of what it has put there, what was there before is told
            sure = not whole and held(chains, key, position, now) is not None
        found[key] = replace(told, numbers=Numbers((told.numbers | back) - {GONE}) if sure else None, keys=keys)
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
