"""Locations and chains: for everything that can change, who may still read or write it, in program order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from enum import IntEnum
from heapq import heappop, heappush
from sys import getrefcount
from typing import Any


Position = tuple[int, ...]
Key = Any


class Access(IntEnum):
    """How an entry of a chain touches its location. A STORE is a write whose value is known before it happens."""

    READ = 1
    WRITE = 2
    STORE = 3


READ, WRITE, STORE = Access.READ, Access.WRITE, Access.STORE

_ATOMS = frozenset({str, int, float, bool, bytes, complex, type(None), object})
_UNUSED = 3  # references to a family that no value has: of its chain, of a variable here, of who counts
FORWARDED = object()  # the value of a READ entry that takes what was stored before it, and does not wait until that has happened
GUESSED = object()  # the value of a READ entry of what a pending value may turn out to be: nothing is read before it does


class Entry:
    """One access that has not happened yet: of an operation, or (`claim`) of the rest of a parked strand."""

    __slots__ = ("access", "brings", "claim", "holder", "inside", "key", "position", "value", "waiters")

    def __init__(self, key: Key, access: int, position: Position, holder: Any, claim: bool = False, value: Any = None,
                 inside: int | None = None, brings: Any = None) -> None:  # fmt: skip
        self.key = key
        self.access = access
        self.position = position
        self.holder = holder
        self.claim = claim
        self.value = value
        self.brings = brings  # of a claim: what is known of what it may put there, a `Brought`
        self.waiters: Any = None  # what looks again when it is gone: one (mostly), a list of several, or None
        # how it may touch what earlier writes bring to the location, see `links.py`; 0: not at all
        self.inside = inside if inside is not None else 0 if access == STORE else access

    def __lt__(self, other: Entry) -> bool:
        return self.position < other.position

    def when_gone(self, waiter: Any) -> None:
        """Have `waiter`, an operation or a strand, look again when this access has happened."""
        waiters = self.waiters
        if waiters is None:
            self.waiters = waiter
        elif type(waiters) is list:
            waiters.append(waiter)
        else:
            self.waiters = [waiters, waiter]

    def before(self, position: Position) -> bool:
        """Whether this entry is of something that precedes `position` and does not contain it."""
        mine = self.position
        return mine < position and not (self.claim and position[: len(mine)] == mine)


def is_told(entry: Entry) -> bool:
    """Whether an entry says something of what a location will hold."""
    return bool(entry.access != READ or entry.claim and entry.inside == WRITE)


def contains(outer: Position, inner: Position) -> bool:
    """Whether the position `inner` lies within the strand at `outer`."""
    return inner[: len(outer)] == outer


Since = tuple[Position | None, tuple[Position, ...]]
#   from where on an object is brought to a location: by the first operation that does, and by strands that may
_FEW_CLAIMS = 3  # strands that are told apart; a chain of links has to stay short


def _from(since: Since, position: Position) -> Position | None:
    """From where on that holds for who stands at `position`; None if it does not.

    What a strand may bring is nothing to those who stand in it: they see what it has done by then, or that has a link of its own.
    """
    first, claims = since
    for claim in claims:
        if (first is None or claim < first) and not contains(claim, position):
            first = claim
    return first


def _joined(one: Since | None, position: Position, claim: bool) -> Since:
    """The same with what is brought at `position`, by a strand that may bring it if `claim`."""
    first, claims = one if one is not None else (None, ())
    if claim and len(claims) < _FEW_CLAIMS:
        return (first, claims if position in claims else (*claims, position))
    return (position if first is None or position < first else first, claims)


class Chain:
    """The entries of one location. Readers are kept apart from writers, so that a load does not look at the readers before it.

    `children`: objects that open writes bring to this location, by id, and then `inner` are the entries that may touch them;
    `parents`: the locations that this object is brought to, and from where on in program order (`Since`). `newcomers` stand for
    what open writes have yet to make and bring here, once somebody has asked. `family`: what the location stands for, see
    `families.py`; its members stay linked also while nobody has an entry here.
    """

    __slots__ = ("children", "family", "inner", "newcomers", "parents", "reads", "told", "writes")

    def __init__(self) -> None:
        self.reads: list[Entry] = []
        self.writes: list[Entry] = []
        self.children: dict[int, Any] | None = None
        self.inner: list[Entry] = []
        self.parents: dict[Key, Since] | None = None
        self.newcomers: tuple[Any, ...] = ()
        self.family: Any = None
        self.told: Any = None  # what very many writes may put here, see `open_values.py`

    def side(self, entry: Entry) -> list[Entry]:
        """The list that `entry` belongs into."""
        return self.reads if entry.access == READ else self.writes


class Chains:
    """All chains. An access waits for the last conflicting entry before it, and then looks again."""

    def __init__(self) -> None:
        self.of: dict[Key, Chain] = {}
        self.claimed: dict[tuple[Key, Position], Entry] = {}  # write claims by location and strand
        self.attributes: set[str] = set()  # what strands and operations that waited have written, by name
        self.everything: list[Entry] = []  # claims of strands whose rest could not be analysed
        self.families: list[Any] = []
        self.most_families = 64  # at so many it is looked which of them are in use

    def add(self, entry: Entry) -> None:
        """Enter `entry` at its place in program order."""
        chain = self.of.get(entry.key)
        if chain is None:
            chain = self.of[entry.key] = Chain()
        side = chain.side(entry)
        if not side or side[-1].position <= entry.position:
            side.append(entry)
        else:
            insort(side, entry)
        if chain.family is not None:
            entry.inside = READ if entry.access == READ else WRITE  # who touches a family touches its members
        if chain.children is not None and entry.inside:
            insort(chain.inner, entry)
        if chain.told is not None and is_told(entry):
            chain.told.new.append(entry)
        if entry.claim and entry.access != READ:
            self.claimed[entry.key, entry.position] = entry

    def remove(self, entry: Entry) -> None:
        """Take `entry` out. Whoever waited for it is the caller's to wake."""
        chain = self.of.get(entry.key)
        if chain is None:
            return
        _take(chain.side(entry), entry)
        if chain.children is not None:
            _take(chain.inner, entry)
        if entry.claim:
            self.claimed.pop((entry.key, entry.position), None)
        if not chain.reads and not chain.writes and chain.family is None:
            if chain.children is not None:
                self._disown(entry.key, chain)
            if not chain.parents:
                self.of.pop(entry.key, None)  # unless a circle of links has led back here

    def link(self, key: Key, value: Any, position: Position, claim: bool = False) -> None:
        """An open write brings the object `value` to the location `key`: who touches what is there then may touch it.

        claim: the strand at `position` may bring it.
        """
        chain = self.of.get(key)
        if chain is None or id(value) == key:
            return
        if chain.children is None:
            chain.children = {}
            chain.inner = sorted(entry for entry in (*chain.reads, *chain.writes) if entry.inside)
        chain.children[id(value)] = value
        child = self.of.get(id(value))
        if child is None:
            child = self.of[id(value)] = Chain()
        if child.parents is None:
            child.parents = {}
        child.parents[key] = _joined(child.parents.get(key), position, claim)
        for newcomer in chain.newcomers:
            if newcomer is not value:
                self.link(id(newcomer), value, position, claim)

    def _link_again(self, key: Key, value: Any, since: Since) -> None:
        first, claims = since
        for claim in claims:
            self.link(key, value, claim, True)
        if first is not None:
            self.link(key, value, first)

    def _disown(self, key: Key, chain: Chain) -> None:
        children, chain.children, chain.inner = chain.children, None, []
        for identity in children or ():
            child = self.of.get(identity)
            if child is not None and child.parents is not None:
                child.parents.pop(key, None)
                if not child.parents and not child.reads and not child.writes and child.family is None:
                    if child.children is not None:
                        self._disown(identity, child)
                    self.of.pop(identity, None)

    def _inherited(self, chain: Chain, access: int, position: Position, mine: Any) -> Entry | None:
        """The last entry before `position` that may touch the object through a location that it is brought to."""
        found: Entry | None = None
        places = _Places(position)
        places.add(chain, ())
        while places.work:
            since, _, key = heappop(places.work)
            parent = self.of.get(key)
            if parent is None or since != places.since[key]:  # another way has led there earlier
                continue
            index = bisect_left(parent.inner, position, key=_position)
            while index:
                index -= 1
                entry = parent.inner[index]
                if entry.position <= since or found is not None and entry.position <= found.position:
                    break
                if entry.holder is not mine and entry.before(position) and (access != READ or entry.inside != READ):
                    found = entry
                    break
            places.add(parent, since)
        return found

    def conflict(self, key: Key, access: int, position: Position, mine: Any = None) -> Entry | None:
        """The last entry before `position` that an access to `key` has to wait for, or None."""
        found: Entry | None = None
        chain = self.of.get(key)
        if chain is not None:
            found = _last(chain.writes, position, mine)
            if access != READ and chain.reads:
                reader = _last(chain.reads, position, mine)
                if reader is not None and (found is None or found.position < reader.position):
                    found = reader
            if chain.parents:
                inner = self._inherited(chain, access, position, mine)
                if inner is not None and (found is None or found.position < inner.position):
                    found = inner
        if self.everything:
            claim = _last(self.everything, position, mine)
            if claim is not None and (found is None or found.position < claim.position):
                return claim
        return found

    def probe(self, key: Key, access: int, position: Position) -> Entry | None:
        """`conflict`, asked to choose a way and not for an access (the check mode tells them apart)."""
        return self.conflict(key, access, position)

    def actual(self, key: Key, access: int, position: Position, mine: Any) -> Entry | None:
        """`conflict`, of an operation whose operands are known by now: what it entered before were guesses."""
        return self.conflict(key, access, position, mine)

    def last_write(self, key: Key, position: Position) -> Entry | None:
        """The last write or store before `position`: what a load there has to take its value from, or None.

        A store inside a strand that is still open and may write the location again is not the last word: then it is that
        strand's claim.
        """
        entry = self.conflict(key, READ, position)
        if entry is None or entry.access != STORE:
            return entry
        stored = entry.position
        for length in range(1, len(stored)):
            outer = self.claimed.get((key, stored[:length]))
            if outer is not None and outer.before(position):
                return outer
        for claim in self.everything:
            if contains(claim.position, stored) and claim.before(position):
                return claim
        return entry

    def latest(self, key: Key, position: Position) -> Entry | None:
        """`last_write`, asked to find claims and not for an access."""
        return self.last_write(key, position)

    def found(self, family: Any) -> None:
        """Begin a family: a location that stands for its members."""
        chain = self.of[id(family)] = Chain()
        chain.family = family
        self.families.append(family)

    def dissolve_unused(self) -> None:
        """Forget the families that no value has among its aliases any more."""
        left, self.families = self.families, []
        while left:
            family = left.pop()
            chain = self.of[id(family)]
            if chain.reads or chain.writes or chain.parents or getrefcount(family) > _UNUSED:
                self.families.append(family)
            else:
                self._disown(id(family), chain)
                self.of.pop(id(family), None)
                chain.family = None

    def claim_everything(self, entry: Entry) -> None:
        """Enter the claim of a strand whose rest could not be analysed."""
        insort(self.everything, entry)

    def move(self, old: Key, value: Any) -> Sequence[Entry]:
        """What was entered for `old` holds for `value`: a placeholder has turned out to be an object.

        A number or text cannot change, and others may have the same one: then the entries are gone, and are answered.
        """
        new = id(value)
        chain = self.of.pop(old, None)
        if chain is None:
            return ()
        if type(value) in _ATOMS:
            if chain.children is not None:
                self._disown(old, chain)
            for key in chain.parents or ():
                parent = self.of.get(key)
                if parent is not None and parent.children is not None:
                    parent.children.pop(old, None)
            gone = [*chain.reads, *chain.writes]
            for entry in gone:
                self.claimed.pop((old, entry.position), None)
            return gone
        for entry in [*chain.reads, *chain.writes]:
            entry.key = new
            if entry.claim and self.claimed.pop((old, entry.position), None) is not None:
                self.claimed[new, entry.position] = entry
        other = self.of.get(new)
        if other is None:
            other = self.of[new] = Chain()
        other.reads = sorted([*other.reads, *chain.reads])
        other.writes = sorted([*other.writes, *chain.writes])
        other.told = None
        if other.children is not None:
            other.inner = sorted(entry for entry in (*other.reads, *other.writes) if entry.inside)
        other.newcomers += chain.newcomers
        for newcomer in chain.newcomers:
            newcomer.key = new
        children, chain.children = chain.children, None
        for child in (children or {}).values():
            of = self.of.get(id(child))
            since = of.parents.pop(old, None) if of is not None and of.parents is not None else None
            if since is not None:
                self._link_again(new, child, since)
        for key, since in (chain.parents or {}).items():
            parent = self.of.get(key)
            if parent is not None and parent.children is not None:
                parent.children.pop(old, None)
                if parent.family is not None:
                    parent.family.found(value)
            self._link_again(key, value, since)
        if not other.reads and not other.writes and not other.parents:
            self.of.pop(new, None)
        return ()


class _Places:
    """Locations that an object is brought to, and those that what is there is brought to, for who stands at `position`.

    since: from where on it may be there; work: those to be looked at, the earliest first.
    """

    __slots__ = ("position", "pushed", "since", "work")

    def __init__(self, position: Position) -> None:
        self.position = position
        self.since: dict[Key, Position] = {}
        self.work: list[tuple[Position, int, Key]] = []
        self.pushed = 0

    def add(self, chain: Chain, begun: Position) -> None:
        """What is at this location from `begun` on is brought to others."""
        since = self.since
        for key, brought in (chain.parents or {}).items():
            known = since.get(key)
            if known is not None and known <= begun:
                continue
            first = _from(brought, self.position)
            if first is not None:
                first = max(first, begun)
                if known is None or first < known:
                    since[key] = first
                    self.pushed += 1
                    heappush(self.work, (first, self.pushed, key))


def _take(side: list[Entry], entry: Entry) -> None:
    if side and side[0] is entry:
        del side[0]
        return
    position = entry.position
    for index in range(bisect_left(side, position, key=_position), len(side)):
        one = side[index]
        if one is entry:
            del side[index]
            return
        if one.position != position:
            return  # it is not there


def _last(side: list[Entry], position: Position, mine: Any) -> Entry | None:
    if not side:
        return None
    index = len(side)
    if side[-1].position >= position:
        index = bisect_left(side, position, key=_position)
    while index:
        index -= 1
        entry = side[index]
        if entry.holder is not mine and entry.before(position):
            return entry
    return None


def _position(entry: Entry) -> Position:
    return entry.position
