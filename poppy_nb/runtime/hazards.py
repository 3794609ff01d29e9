"""Hazards: which objects and resources an operation touches, what it needs to be known, and what stands in its way."""

from __future__ import annotations

import random
import sys
import types
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import EnumMeta
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import DEEP, ELEMENTS, VALUE, Effect, depth_of
from poppy_nb.looking import attributes, fields, is_a, parts_of
from poppy_nb.plain import reads_fields
from poppy_nb.tables import has_readers, locations

from . import current, files, sinks
from .chains import READ, WRITE
from .claims import DECIMALS
from .engine import Engine
from .locations import Attribute, location
from .placeholder import KINDS, PendingAtom, Placeholder, known
from .snapshot import IMMUTABLE
from .views import SHOWING, shown


ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex, range})
_UNCHANGING = frozenset({tuple, frozenset})  # what `+=` makes of them is another one
HOLDERS = (list, tuple, dict, set, frozenset, deque)
_FIXED = ATOMS | IMMUTABLE | {
    types.MethodDescriptorType, types.WrapperDescriptorType, types.ClassMethodDescriptorType, types.GetSetDescriptorType,
    types.MemberDescriptorType, types.CodeType,
}  # fmt: skip


def roots(value: Any) -> list[Any]:
    """A placeholder and what it may be part of: a change through one is a change of all."""
    found = [value]
    seen = {id(value)}
    for root in found:  # grows: a part of a part is a part
        collect(root.aliases or () if type(root) in KINDS else (), found, seen)
    return found


def collect(parts: Sequence[Any], found: list[Any], seen: set[int]) -> None:
    """Add what can change, or is pending, of `parts` to `found`."""
    for one in parts:
        kind = type(one)
        if kind in _FIXED:
            continue
        if kind in KINDS:
            one = known(one)
            kind = type(one)
        if id(one) in seen or kind in _FIXED or kind is PendingAtom or issubclass(kind, type):
            continue
        seen.add(id(one))
        if kind is tuple or kind is frozenset:
            collect([*one], found, seen)  # which cannot be changed itself
        else:
            found.append(one)


def may_be(value: Any) -> list[Any]:
    """The same, and what is in the containers among them: a pending value may be an element of what it comes from."""
    found = roots(value)
    seen = {id(one) for one in found}
    for one in tuple(found):
        if is_a(one, HOLDERS):
            found += [part for part, _ in below(one, [], seen)]
    return found


def classes_of(value: Any) -> list[type]:
    """The classes of the program's that a pending value may be an instance of."""
    found = {type(one): None for one in may_be(value) if type(one) not in KINDS and fields(one) is not None}
    return [*found, *(value.classes or ())]


def accesses(operands: Sequence[Any], effect: Effect | None, writes: tuple[int, ...]) -> list[tuple[Any, int]]:
    """Which objects an operation reads and writes: `(object, access)`."""
    found: list[tuple[Any, int]] = []
    looked_into = _nothing if effect is None else _has_attributes if effect.looks else reads_fields
    for index, value in enumerate(operands):
        kind = type(value)
        if kind in ATOMS or kind is PendingAtom or kind is object:  # which has nothing that can change
            continue
        access = WRITE if index in writes and kind not in _UNCHANGING else READ
        depth = DEEP if effect is None else depth_of(effect, index)
        if type(kind) is EnumMeta and access == READ and effect is not None and not effect.looks and is_constant(value):
            continue
        if kind in KINDS:
            found.extend((one, access) for one in (may_be(value) if depth >= VALUE else roots(value)))
            continue
        if access == READ and depth < VALUE:
            continue
        found.append((value, access))
        if kind is Decimal or depth == ELEMENTS and is_a(value, HOLDERS) and Decimal in map(type, parts_of(value)):
            found.append((DECIMALS, READ))
        if has_readers(kind):
            found.extend((one, access) for one in locations(value, write=access == WRITE))
        if kind in SHOWING:
            value = shown(value)
            found.append((value, access))
        if depth >= DEEP and is_a(value, HOLDERS):
            below(value, found, {id(value)}, looked_into)
        elif depth >= DEEP and looked_into(kind):
            _of_fields(value, found, {id(value)}, looked_into)
        elif depth >= DEEP and effect is not None and effect.looks and is_a(value, (type, types.FunctionType)):
            for one in value.__mro__ if is_a(value, type) else (value,):
                _to_come(one, found)
        elif depth >= VALUE and kind not in SHOWING and fields(value) is not None:
            _of_library(value, found, {id(value)})
    return found


def is_constant(member: Any) -> bool:
    """Whether a member of an enumeration is for native code a name and a text or number: it looks at no other attributes."""
    own = fields(member)
    return own is not None and type(own.get("_value_")) in ATOMS and effects.plain(member, VALUE)


def _nothing(kind: type) -> bool:
    return False


def _has_attributes(kind: type) -> bool:
    if issubclass(kind, (type, types.ModuleType, types.FunctionType)):
        return False
    return kind.__module__ != "builtins" or issubclass(kind, BaseException)


def below(value: Any, found: list[tuple[Any, int]], seen: set[int],
          looked_into: Callable[[type], bool] = _nothing) -> list[tuple[Any, int]]:  # fmt: skip
    """`found`, with the containers and objects below a container, as read.

    looked_into: the classes of which instances are looked into as well, such as dataclasses by `repr`.
    """
    for part in parts_of(value):
        kind = type(part)
        if kind in ATOMS or id(part) in seen:
            continue
        if type(kind) is EnumMeta and looked_into is not _has_attributes and is_constant(part):
            continue
        seen.add(id(part))
        if kind in KINDS:
            part = known(part)
            if type(part) is PendingAtom:
                continue
            if type(part) in KINDS:
                found.extend((one, READ) for one in roots(part))
                continue
        if kind in SHOWING:
            found.append((part, READ))
            part = shown(part)
        if type(part) is tuple or type(part) is frozenset:
            if not ATOMS.issuperset(map(type, part)):
                below(part, found, seen, looked_into)  # which cannot be changed itself
        elif type(part) is Decimal:
            found.append((DECIMALS, READ))
        elif has_readers(type(part)):
            found.append((part, READ))
            found.extend((one, READ) for one in locations(part, write=False))
        elif is_a(part, HOLDERS):
            found.append((part, READ))
            below(part, found, seen, looked_into)
        elif looked_into(type(part)):
            found.append((part, READ))
            _of_fields(part, found, seen, looked_into)
        elif type(part) is bytearray or type(part) is array:
            found.append((part, READ))
        elif fields(part) is not None:
            found.append((part, READ))
            _of_library(part, found, seen)
    return found


def _of_fields(value: Any, found: list[tuple[Any, int]], seen: set[int], looked_into: Callable[[type], bool]) -> None:
    """What stands in an object that is data, and the attributes that somebody has yet to write."""
    _to_come(value, found)
    parts = [value.args, *attributes(value)] if is_a(value, BaseException) else attributes(value)
    below(parts, found, seen, looked_into)


def _to_come(value: Any, found: list[tuple[Any, int]]) -> None:
    """The attributes of an object that somebody has yet to write."""
    chains = current.engine.chains if current.engine is not None else None
    for name in chains.attributes if chains is not None else ():
        chain = chains.of.get((id(value), name))
        if chain is not None and chain.writes:
            found.append((Attribute(value, name), READ))


def _of_library(value: Any, found: list[tuple[Any, int]], seen: set[int]) -> None:
    """What stands in an object of the standard library's, which native code reads as it reads a container: a ChainMap."""
    kind = type(value)
    if issubclass(kind, (type, types.ModuleType, types.FunctionType)):
        return  # used, not read: what stands in a module would be half the world
    if kind.__module__.partition(".")[0] in sys.stdlib_module_names and kind.__module__ != "__main__":
        below(attributes(value), found, seen)


def missing(engine: Engine, operands: Sequence[Any], effect: Effect | None) -> list[Placeholder]:
    """The placeholders whose values an operation needs before it can run."""
    found: list[Placeholder] = []
    for index, value in enumerate(operands):
        depth = VALUE if effect is None else depth_of(effect, index)
        if depth == 0:
            continue
        value = known(value)
        if type(value) in KINDS:
            found.append(value)
        elif depth >= ELEMENTS and engine.slots.count:
            found.extend(engine.slots.missing(value, deep=depth >= DEEP))
    return found


def hazard(engine: Engine, touched: Sequence[tuple[Any, int]], choosing: bool = False) -> bool:
    """Whether an earlier entry stands on one of these objects. choosing: asked to choose a way, which is no access."""
    chains = engine.chains
    if not chains.of and not chains.everything:
        return False
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    # of a pending operand only guesses stand here, which are no accesses
    guessing = engine.check and any(type(value) in KINDS for value, _ in touched)
    ask = chains.probe if guessing or choosing else chains.conflict
    for value, access in touched:  # noqa: SIM110  # a generator would cost a frame in a hot path
        if ask(location(value), access, position) is not None:
            return True
    return False


_RANDOM = getattr(random, "_inst", None)


def resources(effect: Effect, operands: Sequence[Any]) -> list[tuple[Any, int]]:
    """The resources that an operation is ordered on, as keys of chains."""
    if effect.resource is None:
        return []
    if effect.resource in files.RESOURCES:
        return [*files.keys(effect, operands), ("world", READ)]
    mode = READ if effect.resource_mode == effects.Mode.READ else WRITE
    if effect.resource == "context":
        return [(id(DECIMALS), mode), ("world", READ)]
    keys: list[tuple[Any, int]] = [(effect.resource, mode), ("world", READ)]
    if effect.resource == "random":
        keys.append((id(_RANDOM), WRITE))  # the module's functions are methods of one object: claims may name that instead
    return keys + sinks.keys(effect.resource)


def held_up(engine: Engine, keys: Sequence[tuple[Any, int]]) -> bool:
    """Whether an earlier entry stands on one of these resources."""
    if not keys or not (engine.chains.of or engine.chains.everything):
        return False
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    return any(engine.chains.conflict(key, access, position) is not None for key, access in keys)
