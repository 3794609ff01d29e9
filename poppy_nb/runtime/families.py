"""Families: one location for the very many pending values that one value may be part of.

An operation on a pending value enters itself at all that the value may turn out to be, or be part of. `total += ask(x)` in a loop
makes that one more in each turn. From some number on they are members of a family: the operation enters itself there only, and
who touches a member by a name of its own finds that through the link to the family (`links.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .hazards import collect, roots
from .placeholder import KINDS, PendingFamily, Placeholder, known


if TYPE_CHECKING:
    from .chains import Chains, Position

MOST = 12  # pending values that are entered one by one


def widen(chains: Chains, value: Placeholder, position: Position) -> None:
    """An operation at `position` makes `value`: if it may be part of very many, a family is among its aliases in their place."""
    aliases = value.aliases
    if aliases and (len(aliases) > MOST or any(type(one) in KINDS and one.aliases for one in aliases)):
        wide = _widened(chains, aliases, position)
        if wide is not aliases:
            value.aliases, value.near = wide, aliases


def _widened(chains: Chains, aliases: tuple[Any, ...], position: Position) -> tuple[Any, ...]:
    every = roots(Placeholder(None, aliases))[1:]
    families = [one for one in every if type(one) is PendingFamily]
    family = max(families, key=lambda one: _size(chains, one)) if families else None
    if family is not None and _size(chains, family) > family.most:
        every, family = _one_by_one(aliases), None
    members = [one for one in every if can_join(one)]
    if family is None:
        if len(members) <= MOST:
            return tuple(every) if families else aliases
        family = made(chains)
        family.most = max(family.most, 2 * len(every))
    for one in members:
        if one is not family:
            join(chains, family, one, position)
    brought = set(map(id, family.aliases))
    return (family, *(one for one in every if not can_join(one) and id(one) not in brought))


def _size(chains: Chains, family: PendingFamily) -> int:
    return len(chains.of[id(family)].children or ()) + len(family.aliases)


def _one_by_one(aliases: tuple[Any, ...]) -> list[Any]:
    """What they may be part of by now, without families: of what is known already nothing further is asked."""
    found: list[Any] = []
    seen: set[int] = set()
    work = list(aliases)
    for one in work:  # grows
        one = known(one)
        if type(one) not in KINDS:
            collect((one,), found, seen)
        elif type(one) is not PendingFamily and id(one) not in seen:
            seen.add(id(one))
            found.append(one)
            work += (one.aliases or ()) if one.near is None else one.near
    return found


def can_join(value: Any) -> bool:
    """Whether a pending value is one of which nothing is known: what is known of others is asked for one by one."""
    kind = type(value)
    if kind is PendingFamily:
        return True
    return kind is Placeholder and value.classes == () and value.shape is None and value.aliases is not None


def made(chains: Chains) -> PendingFamily:
    """A new family."""
    if len(chains.families) >= chains.most_families:
        chains.dissolve_unused()
        chains.most_families = max(64, 2 * len(chains.families))
    family = PendingFamily()
    chains.found(family)
    return family


def join(chains: Chains, family: PendingFamily, member: Any, position: Position) -> None:
    """From `position` on, who touches the family may touch `member`."""
    if type(member) is PendingFamily and all(one is not family for one in member.outer):
        member.outer.append(family)
        for value in member.aliases:
            family.found(value)
    chains.link(id(family), member, position)


def but_members(chains: Chains, values: Iterable[Any], among: Iterable[Any]) -> list[Any]:
    """`values` without the members of the families that are `among` others: these stand for them."""
    members: set[int] = set()
    for one in among:
        if type(one) is PendingFamily:
            members.update(chains.of[id(one)].children or ())
    return [one for one in values if id(one) not in members or not can_join(one)]
