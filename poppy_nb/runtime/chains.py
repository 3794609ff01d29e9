"""Locations and chains: for everything that can change, who may still read or write it, in program order."""

from __future__ import annotations

from bisect import bisect_left, insort
from enum import IntEnum
from typing import Any


Position = tuple[int, ...]
Key = Any


class Access(IntEnum):
    """How an entry of a chain touches its location. A STORE is a write whose value is known before it happens."""

    READ = 1
    WRITE = 2
    STORE = 3


READ, WRITE, STORE = Access.READ, Access.WRITE, Access.STORE


FORWARDED = object()  # the value of a READ entry that takes what was stored before it, and does not wait until that has happened


class Entry:
    """One access that has not happened yet: of an operation, or (`claim`) of the rest of a parked strand."""

    __slots__ = ("access", "claim", "holder", "key", "position", "value", "waiters")

    def __init__(self, key: Key, access: int, position: Position, holder: Any, claim: bool = False, value: Any = None) -> None:
        self.key = key
        self.access = access
        self.position = position
        self.holder = holder
        self.claim = claim
        self.value = value
        self.waiters: Any = None  # what looks again when it is gone: one (mostly), a list of several, or None

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


def contains(outer: Position, inner: Position) -> bool:
    """Whether the position `inner` lies within the strand at `outer`."""
    return inner[: len(outer)] == outer


class Chain:
    """The entries of one location. Readers are kept apart from writers, so that a load does not look at the readers before it."""

    __slots__ = ("reads", "writes")

    def __init__(self) -> None:
        self.reads: list[Entry] = []
        self.writes: list[Entry] = []

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
        if entry.claim and entry.access != READ:
            self.claimed[entry.key, entry.position] = entry

    def remove(self, entry: Entry) -> None:
        """Take `entry` out. Whoever waited for it is the caller's to wake."""
        chain = self.of.get(entry.key)
        if chain is None:
            return
        side = chain.side(entry)
        if side and side[0] is entry:
            del side[0]
        else:
            index = bisect_left(side, entry.position, key=_position)
            while index < len(side):
                if side[index] is entry:
                    del side[index]
                    break
                index += 1
        if entry.claim:
            self.claimed.pop((entry.key, entry.position), None)
        if not chain.reads and not chain.writes:
            del self.of[entry.key]

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
        if self.everything:
            claim = _last(self.everything, position, mine)
            if claim is not None and (found is None or found.position < claim.position):
                return claim
        return found

    def probe(self, key: Key, access: int, position: Position) -> Entry | None:
        """`conflict`, asked to choose a way and not for an access (the check mode tells them apart)."""
        return self.conflict(key, access, position)

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

    def claim_everything(self, entry: Entry) -> None:
        """Enter the claim of a strand whose rest could not be analysed."""
        insort(self.everything, entry)

    def move(self, old: Key, new: Key) -> None:
        """What was entered for `old` holds for `new`: a placeholder has turned out to be an object."""
        chain = self.of.pop(old, None)
        if chain is None:
            return
        for entry in [*chain.reads, *chain.writes]:
            entry.key = new
            if entry.claim and self.claimed.pop((old, entry.position), None) is not None:
                self.claimed[new, entry.position] = entry
        other = self.of.get(new)
        if other is None:
            self.of[new] = chain
        else:
            other.reads = sorted([*other.reads, *chain.reads])
            other.writes = sorted([*other.writes, *chain.writes])


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
