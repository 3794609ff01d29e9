"""With `check=True`: whatever a parked strand goes on to touch must be covered by what it claimed when it parked.

A missing claim races silently with what was walked past; here it is noted when it happens, and the run ends with `ClaimError`
(not where it happens: a handler of the program's would take it). What is born after a strand has parked cannot be among its
claims, so "existing" objects are collected at that moment, by a walk over all that the program holds.
"""

from __future__ import annotations

import ast
import gc
import sys
import traceback
import types
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poppy_nb.known import is_of_client
from poppy_nb.looking import is_a

from . import files
from .chains import GUESSED, READ, WRITE, Chain, Chains, Entry, Key, Position
from .claims import DECIMALS
from .footprint_values import SCALARS, TUPLES
from .placeholder import KINDS, KNOWN, PendingAtom, PendingChoice
from .strands import Operation, Strand


if TYPE_CHECKING:
    from .engine import Engine

MOST = 50_000  # objects of a program that are looked at; of a larger one the rest counts as new
_ATOMS = SCALARS | {types.BuiltinFunctionType}
_OWN_SCOPE = ("function", "element")  # strands whose local variables nobody else sees
_METHODS = (types.FunctionType, staticmethod, classmethod, types.WrapperDescriptorType, types.MethodDescriptorType)
_OTHERS = (types.ModuleType, types.FrameType, types.TracebackType)


class ClaimError(AssertionError):
    """A strand touched what its footprint does not mention: a bug of poppy_nb, never of the user's."""


@dataclass(slots=True)
class Parked:
    """A strand that was walked past, as it was then. `after`: its positions up to this one are of before."""

    strand: Strand
    after: int
    modes: dict[Key, int]
    existing: dict[int, Any]

    def find(self, identity: int) -> Any:
        """The existing object with this `id`, or None."""
        found = self.existing.get(identity)
        return found() if type(found) is weakref.ref else found

    def covers(self, key: Key, access: int) -> bool:
        """Whether an access stays within the claims, or is of something that did not exist yet.

        Who touches one attribute of an object asks for the whole if others stand on that.
        """
        wanted = READ if access == READ else WRITE
        modes = self.modes
        if key == id(DECIMALS) and wanted == READ:
            return True  # who changes it waits until all before it is done
        if type(key) is int and any(type(one) is tuple and one[0] == key and mode >= wanted for one, mode in modes.items()):
            return True
        if modes.get(key, 0) >= wanted:
            return True
        if type(key) is tuple:
            owner = self.find(key[0])
            if owner is None or modes.get(key[0], 0) >= wanted:
                return True
            if owner is self.strand.scope:
                return self.strand.kind in _OWN_SCOPE
            if is_of_client(owner):
                return True  # the library's own
            return access == READ and _lasting(owner, key[1])
        if type(key) is int:
            owner = self.find(key)
            if type(owner) is PendingAtom or key == _generator() and "random" in modes:
                return True
            if type(owner) is PendingChoice:
                return all(self.covers(id(option), access) for option in owner.options)
            if access == READ and is_of_client(owner):
                return True  # it is closed by what is the oldest
            # of a class or function only the attributes change
            return owner is None or (access == READ and (is_a(owner, (type, types.FunctionType)) or type(owner) in TUPLES))
        if key == "world":
            return access == READ  # whoever uses a resource stands behind unknown code
        if key.startswith("file:") and (modes.get("files", 0) >= WRITE or access == READ and modes.get("listing", 0) >= WRITE):
            return True  # whoever uses one file stands behind who may use any
        return "world" in modes or (key == "random" and _generator() in modes)


def _is_guess(entry: Entry) -> bool:
    op = entry.holder
    return entry.value is GUESSED or op.touches is not None and (type(entry.key) is int or op.kind == "attribute")


def _never_changes(target: Any) -> bool:
    """Whether it is a number or truth value of numpy: some are one object for all, and no analysis has to tell them apart."""
    generic = getattr(sys.modules.get("numpy"), "generic", None)
    return generic is not None and is_a(target, generic)


def _lasting(owner: Any, name: str) -> bool:
    """Whether nobody behind a strand changes a variable or attribute that it may read without a claim."""
    if type(owner) is dict:
        return name not in owner  # a builtin; a later store of the name is not visible before it retires
    if is_a(owner, type):
        return any(hasattr(type(cls.__dict__.get(name)), "__get__") for cls in owner.__mro__)  # methods are replaced in order
    return any(isinstance(cls.__dict__.get(name), _METHODS) for cls in type(owner).__mro__)  # and shadowed


def _generator() -> int:
    import random

    return id(getattr(random, "_inst", None))


class _Watched(dict[Key, Chain]):
    """Chains by location. While a strand is parked every location counts as one with a chain, so that no fast path passes by."""

    __slots__ = ("chains",)

    chains: CheckedChains

    def __contains__(self, key: object) -> bool:
        return bool(self.chains.parked) or super().__contains__(key)


class CheckedChains(Chains):
    """Chains that see every access, and compare it with the claims of the strands that it happens in."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine
        self.of = _Watched()
        self.of.chains = self
        self.parked: dict[Position, Parked] = {}
        self.violations: list[str] = []
        self.asking = False

    def park(self, strand: Strand) -> None:
        """`strand` has just claimed what its rest may touch."""
        modes: dict[Key, int] = {}
        for entry in strand.claims:
            access = READ if entry.access == READ else WRITE
            modes[entry.key] = max(modes.get(entry.key, 0), access)
            for member in self._members(entry.key):
                modes[member] = max(modes.get(member, 0), access)
        found = existing(self.engine, strand)
        if self.engine.written.handles:  # if the program drops one, it has to be closed
            found = {key: files.let_go(one) if files.is_held(one) else one for key, one in found.items()}
        self.parked[strand.path] = Parked(strand, strand.count, modes, found)
        # a chain of its own, so that no fast path takes the strand for one that touches nothing
        sentinel = Entry(("parked", strand.path), READ, strand.path, strand, True)
        strand.claims = [*strand.claims, sentinel]
        self.add(sentinel)

    def _members(self, key: Key) -> list[Key]:
        """The members of a family: a claim of that is one of them all."""
        found: dict[Key, None] = {}
        work = [key]
        for one in work:  # grows: families may be members of families
            chain = self.of.get(one)
            if chain is not None and chain.family is not None:
                new = (chain.children or {}).keys() - found.keys()
                found.update(dict.fromkeys(new))
                work += new
        return list(found)

    def conflict(self, key: Key, access: int, position: Position, mine: Any = None) -> Entry | None:
        """See `Chains`; an access of what is under way in a strand."""
        if mine is None:
            self._check(key, access, position)
        return super().conflict(key, access, position, mine)

    def actual(self, key: Key, access: int, position: Position, mine: Any) -> Entry | None:
        """See `Chains`; an access of an operation whose operands were pending."""
        self._check(key, access, position)
        return super().conflict(key, access, position, mine)

    def probe(self, key: Key, access: int, position: Position) -> Entry | None:
        """See `Chains`: no access."""
        return super().conflict(key, access, position)

    def last_write(self, key: Key, position: Position) -> Entry | None:
        """See `Chains`; an access, too."""
        self._check(key, READ, position)
        return super().last_write(key, position)

    def latest(self, key: Key, position: Position) -> Entry | None:
        """See `Chains`; no access."""
        self.asking = True
        try:
            return super().last_write(key, position)
        finally:
            self.asking = False

    def add(self, entry: Entry) -> None:
        """See `Chains`; the entry of an operation is an access that is going to happen.

        For a pending operand entries stand for all that it might be: what it is will be asked for when it is known.
        """
        if not entry.claim and not _is_guess(entry):
            self._check(entry.key, entry.access, entry.position)
        super().add(entry)

    def remove(self, entry: Entry) -> None:
        """See `Chains`. A strand gives up its claims when it has ended."""
        super().remove(entry)
        if entry.claim and type(entry.key) is tuple and entry.key[0] == "parked":
            self.parked.pop(entry.key[1], None)

    def move(self, old: Key, value: Any) -> Sequence[Entry]:
        """See `Chains`."""
        gone = super().move(old, value)
        new = id(value)
        for parked in self.parked.values():
            mode = parked.modes.pop(old, None)
            if mode is not None:
                parked.modes[new] = max(mode, parked.modes.get(new, 0))
        return gone

    def _check(self, key: Key, access: int, position: Position) -> None:
        if not self.parked or self.asking or self.engine.killing:
            return
        for length in range(len(position)):
            parked = self.parked.get(position[:length])
            if parked is None or position[length] <= parked.after or parked.covers(key, access):
                continue
            if not self._brought(parked.strand, key, access):
                self._violation(parked, key, access)

    def _brought(self, strand: Strand, key: Key, access: int) -> bool:
        """Whether an open write has brought an object to where `strand` claims to touch whatever will be there."""
        work = [key[0] if type(key) is tuple else key]
        for one in work:  # grows
            chain = self.of.get(one)
            for parent in (chain.parents or ()) if chain is not None else ():
                above = self.of.get(parent)
                if above is None or parent in work:
                    continue
                if any(entry.holder is strand and (access == READ or entry.inside == WRITE) for entry in above.inner):
                    return True
                work.append(parent)
        return False

    def _violation(self, parked: Parked, key: Key, access: int) -> None:
        if len(self.violations) >= 5:
            return
        target = parked.find(key[0] if type(key) is tuple else key) if type(key) is not str else key
        if access == READ and _never_changes(target):
            return
        told = f"{type(target).__name__} {_shown(target)}" + (f", name {key[1]!r}" if type(key) is tuple else "")
        how = "read" if access == READ else "changed"
        claims = ", ".join(f"{_shown_key(k, parked)}: {'read' if m == READ else 'write'}" for k, m in parked.modes.items())
        where = "".join(traceback.format_stack(limit=14)[:-3])
        self.violations.append(f"\n{where}  {parked.strand} claimed {claims}\n{how} without a claim: {told}")


def _shown(value: Any) -> str:
    if type(value) in KINDS:
        return f"of {value.origin!r}"
    try:
        return repr(value)[:80]
    except BaseException:
        return "?"


def _shown_key(key: Key, parked: Parked) -> str:
    if type(key) is str:
        return key
    identity = key[0] if type(key) is tuple else key
    name = f".{key[1]}" if type(key) is tuple else ""
    found = parked.find(identity)
    return f"{type(found).__name__ if found is not None else '?'}@{identity % 100_000}{name}"


def existing(engine: Engine, strand: Strand) -> dict[int, Any]:
    """All that others than `strand` can reach now: namespaces, scopes of live strands, what is under way in them, and below.

    What `strand` has made and not yet stored anywhere is its own, on its stack or as what an operation in it has answered.
    """
    found: dict[int, Any] = {}
    work: list[Any] = []
    for scope in engine.namespaces.values():
        found[id(scope.names)] = scope.names
        work += [value for name, value in scope.names.items() if not name.startswith("__")]
    _strands(engine.root, strand, found, work)
    if strand.model is None:  # else its scope is that of the first code that it has called
        _scopes(strand, found, work)
    work += [strand.arguments, *(strand.model or ())[:2]]
    coming: dict[Any, list[Any]] = {}
    _stored(strand, coming)
    while work and len(found) < MOST:
        _look(engine, work.pop(), found, work)
        if not work:  # what is on its way to where others may find it
            work += [value for owner in coming.keys() & found.keys() for value in coming.pop(owner)]
    return found


def _strands(strand: Strand, but: Strand, found: dict[int, Any], work: list[Any]) -> None:
    if strand is but:
        return
    _scopes(strand, found, work)
    work += [strand.arguments, strand.result]
    for item in strand.log[strand.head :]:
        if type(item) is Strand:
            _strands(item, but, found, work)
        elif type(item) is Operation:
            if item.runner is not None:
                _strands(item.runner, but, found, work)
            work += [entry.value for entry in item.entries if entry.value is not None]
            work.append(item.result)


def _scopes(strand: Strand, found: dict[int, Any], work: list[Any]) -> None:
    scope = strand.scope
    while scope is not None and id(scope) not in found:
        found[id(scope)] = scope
        if not scope.is_namespace:
            work += scope.values()
        for cell in scope.cells.values():
            work.append(cell)
        scope = scope.parent


def _stored(strand: Strand, coming: dict[Any, list[Any]]) -> None:
    """What open writes in a strand will put where, by the object that it is put into."""
    for item in strand.log[strand.head :]:
        if type(item) is Strand:
            for entry in item.claims:
                if entry.access != READ:
                    coming.setdefault(_owner(entry.key), []).extend(item.published)
            _stored(item, coming)
        elif type(item) is Operation:
            if item.runner is not None:
                _stored(item.runner, coming)
            for entry in item.entries:
                if entry.access != READ:
                    coming.setdefault(_owner(entry.key), []).extend((entry.value,) if entry.value is not None else item.stored)


def _owner(key: Key) -> Any:
    return key[0] if type(key) is tuple else key


def _look(engine: Engine, value: Any, found: dict[int, Any], work: list[Any]) -> None:
    kind = type(value)
    if kind in _ATOMS or id(value) in found or issubclass(kind, _OTHERS) or issubclass(kind, ast.AST) and not kind._fields:
        return  # all trees share one `ast.Load()`
    if kind in KINDS:
        found[id(value)] = value
        if value.state == KNOWN:
            work.append(value.value)
        work += value.aliases or ()
        work += getattr(value, "parts", ())
        return
    module = getattr(value if issubclass(kind, type) else kind, "__module__", None)
    if isinstance(module, str) and module.startswith("poppy_nb"):
        return
    if kind is types.FunctionType:
        if id(value.__globals__) not in engine.namespaces:
            return
        found[id(value)] = value
        work += [*(value.__closure__ or ()), value.__defaults__, value.__kwdefaults__, *value.__dict__.values()]
        return
    if issubclass(kind, type) and not any(scope.names.get("__name__") == module for scope in engine.namespaces.values()):
        return
    found[id(value)] = value
    work += gc.get_referents(value)


__all__ = ["CheckedChains", "ClaimError"]
