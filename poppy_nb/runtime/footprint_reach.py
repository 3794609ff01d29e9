"""What can be reached from a value: what unknown code may change, and what a strand hands out."""

from __future__ import annotations

import types
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from poppy_nb import tables
from poppy_nb.known import is_of_client
from poppy_nb.runtime.claims import Brought, Key, Mode
from poppy_nb.runtime.footprint_store import HOLDER, Store, own_names
from poppy_nb.runtime.footprint_values import ANYTHING, EMPTY, NEW, Atom, Kind, Value, kinds_of


FOLLOWS = "a value that may be any object"  # of a strand of which nothing is known
_NO_KINDS: frozenset[str] = frozenset()
_REACH = 10_000  # objects below one value
_LOOKS = 3  # in one round at what a foreign value reaches


# Of a new one of these nothing is known, or it can be called and binds what it is called with
_STRANGE = (Kind.FOREIGN, Kind.METHOD, Kind.BUILTIN, Kind.CLASS, Kind.SUPER)


class _Behind:
    """What foreign values reach: as of which round, after how many changes, and how often that was looked at in the round."""

    __slots__ = ("found", "grown", "looks", "round")

    def __init__(self, number: int) -> None:
        self.round = number
        self.grown = -1
        self.looks = 0
        self.found: set[Atom] = set()


class Reach(Store):
    """Going down from values."""

    lazy = False  # whether `surface` has seen a new iterator

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.behind: dict[Value, _Behind] = {}
        self.read: set[tuple[Value, int]] = set()  # values and rounds: what was read with everything below it

    def open(self, value: Value) -> Iterable[Atom]:
        """The atoms that operations have to look at: behind a foreign value stands all that it may be."""
        for atom in value:
            if atom.kind is Kind.FOREIGN:
                break
        else:
            return value
        for atom in value:
            if atom is ANYTHING:
                self.give_up(FOLLOWS)
        behind = [atom for atom in value if atom.kind is Kind.FOREIGN and atom.payload != HOLDER and self.content(atom)]
        return value | self._behind(frozenset(behind)) if behind else value

    def _behind(self, value: Value) -> set[Atom]:
        """What foreign values reach. What grows after it was looked at asks for another round, so it need not be the newest."""
        known = self.behind.get(value)
        if known is None or known.round != self.round:
            known = self.behind[value] = _Behind(self.round)
        elif known.grown == self.grown or known.looks == _LOOKS:
            return known.found
        known.grown = self.grown
        known.looks += 1
        known.found = self.reach(value)
        return known.found

    def reach(self, value: Value) -> set[Atom]:
        """All that can be reached from a value through containers, attributes, closures and iterators."""
        found: set[Atom] = set(value)
        stack = list(value)
        while stack:
            atom = stack.pop()
            if atom is ANYTHING:
                self.give_up(FOLLOWS)
            for below in self.below(atom):
                if not below <= found:
                    stack.extend(below - found)
                    found |= below
            if len(found) > _REACH:
                self.give_up(f"a value that reaches more than {_REACH} objects")
        self.spend(len(found) // 4)
        return found

    def below(self, atom: Atom) -> Iterator[Value]:
        """What stands directly below an atom."""
        kind = atom.kind
        if kind is Kind.SCALAR:
            return  # and its value is not looked at: it may be another in each turn
        obj = atom.obj
        if kind is Kind.BUILTIN or kind is Kind.MODULE or kind is Kind.CLASS:
            if (
                kind is Kind.BUILTIN
                and obj is not NEW
                and not isinstance(owner := getattr(obj, "__self__", None), (types.ModuleType, types.NoneType))
            ):
                yield self.atom(owner).single
            return
        if kind is Kind.OBJECT and obj is not NEW and is_of_client(obj):
            return  # what stands behind it is the library's own
        if kind is Kind.OBJECT and obj is not NEW and tables.has_readers(type(obj)):
            yield self.value([*tables.parts(obj)])
            return
        if atom.payload == "pending":
            yield self.held_by(obj)
        elif kind is Kind.FUNCTION and obj is not NEW:
            for cell in obj.__closure__ or ():
                yield self.look(self.variable(cell, "cell", ""))
            yield self.value([*(obj.__defaults__ or ()), *(obj.__kwdefaults__ or {}).values()])
        elif kind is Kind.METHOD and obj is not NEW:
            yield self.value(
                [obj.func, *obj.args, *obj.keywords.values()] if hasattr(obj, "func") else [obj.__func__, obj.__self__]
            )
        elif kind is Kind.METHOD or kind is Kind.SUPER:
            yield frozenset(a for a in atom.payload if isinstance(a, Atom)) if isinstance(atom.payload, tuple) else EMPTY
        else:
            yield self.content(atom)
            if kind is Kind.OBJECT and obj is not NEW:
                for name in self.looks(own_names, obj):
                    yield self.look(self.attribute_cell(atom, name))
        for cell in list((atom.attributes or {}).values()):
            yield self.look(cell)

    def touch_below(self, value: Value, mode: Mode) -> None:
        """Claim everything that can be reached from a value."""
        for atom in self.reach(value):
            self.touch(atom, mode)
            if atom.kind is Kind.FUNCTION and atom.obj is not NEW:
                for cell in atom.obj.__closure__ or ():
                    self.claim_variable(self.variable(cell, "cell", ""), mode)

    def publish(self, value: Value, key: Key) -> None:
        """What the strand stores at a location where others may find it."""
        brings = self.brings.setdefault(key, {})
        for atom in value:
            if atom.kind is not Kind.SCALAR:
                self.published[atom] = brings[atom] = None
        kinds = kinds_of(value)
        if kinds is None:
            self.changed.add(key)
        else:
            self.sums[key] = self.sums.get(key, _NO_KINDS) | kinds

    def surface(self, value: Iterable[Atom]) -> Brought:
        """The existing objects in a value, also inside of new ones, and what is known of the new ones."""
        objects: dict[int, object] = {}
        classes: dict[type, None] = {}
        unknown = strange = fresh = False
        seen: set[Atom] = set()
        stack = list(value)
        while stack:
            atom = stack.pop()
            if atom in seen:
                continue
            seen.add(atom)
            if atom is ANYTHING:
                self.give_up(FOLLOWS)
            if atom.kind is Kind.SCALAR:
                continue
            if atom.obj is not NEW:
                objects[id(atom.obj)] = atom.obj
                continue
            fresh = True
            strange = strange or atom.kind in _STRANGE
            if atom.kind is Kind.ITERATOR:
                self.lazy = True
            if atom.kind is Kind.FUNCTION or (atom.kind is Kind.OBJECT and atom.type is None):
                unknown = True
            elif atom.kind is Kind.OBJECT:
                classes[atom.type] = None
            elif atom.type is not None and issubclass(atom.type, defaultdict):
                classes[atom.type] = None  # a subscript may change it
            for below in self.below(atom):
                stack.extend(below)
        return Brought(list(objects.values()), fresh, None if unknown else list(classes), not strange)
