"""What very many open writes of one location may put there, summed up: each write is looked at once, not by each who asks.

`if ask(x) > best: best = x` in a loop leaves one more open write of `best` in each turn. Writes that have happened since are not
taken out of the sum: it names too much rather than too little.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from typing import Any

from . import counters, families, links
from .chains import READ, WRITE, Chain, Chains, Entry, Key, Position, is_told
from .claims import Brought
from .placeholder import PendingFamily, is_ours, known
from .strands import Strand


MANY = 16  # open writes of a location that are looked at one by one


class _Sum:
    """Objects, of which the pending ones that nothing is known of are in a family."""

    __slots__ = ("chains", "family", "objects")

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.objects: dict[Any, Any] = {}
        self.family: PendingFamily | None = None

    def add(self, values: Iterable[Any], position: Position) -> None:
        for value in map(known, values):
            if not families.can_join(value):
                self.objects[type(value) if links.is_atom(value) else id(value)] = value  # of texts and numbers one will do
                continue
            if self.family is None:
                self.family = families.made(self.chains)
            if value is not self.family:
                families.join(self.chains, self.family, value, position)

    def values(self) -> list[Any]:
        found = list(map(known, self.objects.values()))
        return found if self.family is None else [self.family, *found]


class _News:
    """What is known of what is yet to be made, for several writers together."""

    __slots__ = ("classes", "objects", "ours")

    def __init__(self, chains: Chains) -> None:
        self.objects = _Sum(chains)
        self.classes: dict[type, None] | None = {}
        self.ours = True

    def add(self, one: Brought, position: Position) -> None:
        self.objects.add(one.objects, position)
        self.ours = self.ours and one.ours
        if one.classes is None or self.classes is None:
            self.classes = None
        else:
            self.classes.update(dict.fromkeys(one.classes))


class OpenValues:
    """The sum for one location. `new`: entries that are not in it yet."""

    __slots__ = (
        "_inner", "_made", "_there", "atoms", "classes", "count", "fresh", "new", "keys", "numbers", "ours", "partial",
        "writers",
    )  # fmt: skip

    def __init__(self, chains: Chains, chain: Chain) -> None:
        self.new: list[Entry] = [*chain.writes, *(entry for entry in chain.reads if is_told(entry))]
        self._there = _Sum(chains)
        self._made = _News(chains)
        self._inner = _News(chains)  # of those who touch what is there
        self.fresh = False  # whether something is yet to be made
        self.atoms = True
        self.numbers: frozenset[str] | None = frozenset()  # their kinds, if nothing else is put there
        self.keys: frozenset[object] | None = None  # of a dict, those that stay; None: all
        self.count = 0  # entries that are in it
        self.partial = False  # not all that has to be known of these writes can be summed up
        self.writers = False  # whether strands are among them, and what is said of the values of all of these
        self.classes: dict[type, None] | None = {}
        self.ours = True

    def values(self) -> list[Any]:
        """What the writes may put there."""
        return self._there.values()

    def news(self) -> Brought | None:
        """What they have yet to make."""
        if not self.fresh:
            return None
        both = (self._made, self._inner)
        every = [one.classes for one in both]
        classes = None if None in every else list(dict.fromkeys(cls for one in every for cls in one or ()))
        objects = {id(value): value for one in both for value in one.objects.values()}
        return Brought(list(objects.values()), True, classes, all(one.ours for one in both))

    def _add(self, key: Key, entry: Entry) -> None:
        holder, position = entry.holder, entry.position
        if entry.claim and type(holder) is not Strand:
            self.partial = True
            return
        if entry.claim and entry.inside == WRITE and holder.news is not None:
            self._inner.add(holder.news, position)
        if entry.access == READ:
            return
        values = links.brought(key, (entry,))
        if values is None:
            self.partial = True
            return
        self._there.add(values, position)
        self.atoms = self.atoms and links.only_atoms(key, (entry,))
        if self.numbers is not None:
            told = counters.put(key, entry)
            self.numbers = None if told is None else self.numbers | told
            if told is not None and type(entry.holder) is Strand:
                self.keys = entry.brings.keys if self.keys is None else self.keys & entry.brings.keys
        if not entry.claim:
            return
        if entry.brings is not None and entry.brings.fresh:
            self.fresh = True
            self._made.add(entry.brings, position)
        answer = holder.result
        self.writers = True
        self.ours = self.ours and answer is not None and is_ours(answer.shape)
        if answer is None or answer.classes is None or self.classes is None:
            self.classes = None
        else:
            self.classes.update(dict.fromkeys(answer.classes))

    def look(self, key: Key) -> None:
        """Add what is new."""
        for entry in self.new:
            self._add(key, entry)
        self.count += len(self.new)
        self.new.clear()


def of(chains: Chains, key: Key, position: Position, taken_back: Position | None = None) -> OpenValues | None:
    """The sum for a location that very many open writes before `position` may have filled; None: look at each.

    taken_back: as in `links.open_writes`.
    """
    chain = chains.of.get(key)
    if chain is None or chains.everything or chain.parents:
        return None
    if len(chain.writes) <= MANY:
        chain.told = None
        return None
    last = next((entry for entry in reversed(chain.writes) if entry.before(position)), None)
    if last is None or links.is_last_word(chains, last, position, taken_back):
        return None  # nothing before that counts
    told: OpenValues | None = chain.told
    if told is None or told.count > 2 * (len(chain.writes) + len(chain.reads)):
        told = chain.told = OpenValues(chains, chain)
    told.look(key)
    return None if told.partial else told


_KEYED = frozenset({list, dict, OrderedDict, Counter, defaultdict})
_GIVING_ATOMS = (None, int, float, str, bool)
_MOST = 1000  # elements of a container that are looked at


def holds_atoms(chains: Chains, container: Any, position: Position) -> bool:
    """Whether what one gets from a builtin container by key is a text or number, whatever the open writes before do."""
    kind = type(container)
    if kind not in _KEYED or len(container) > _MOST:
        return False
    if kind is defaultdict and container.default_factory not in _GIVING_ATOMS:
        return False
    if not all(map(links.is_atom, map(known, container if kind is list else container.values()))):
        return False
    told = of(chains, id(container), position)
    if told is not None:
        return told.atoms
    return links.only_atoms(id(container), links.open_writes(chains, id(container), position)[0])
