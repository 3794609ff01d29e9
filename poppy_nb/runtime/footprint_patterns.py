"""Context managers and patterns in the abstract interpretation: what they bind, and what runs when they are used."""

from __future__ import annotations

import contextlib
from typing import Any

from poppy_nb import ir
from poppy_nb.looking import is_a
from poppy_nb.runtime import files
from poppy_nb.runtime.claims import Mode
from poppy_nb.runtime.footprint_expressions import Expressions
from poppy_nb.runtime.footprint_frames import Frame
from poppy_nb.runtime.footprint_store import READ
from poppy_nb.runtime.footprint_values import A_PLAIN, ANYTHING, EMPTY, NEW, SCALARS, Arguments, Atom, Kind, Value


class Patterns(Expressions):
    """What `with` and `match` do besides running their blocks."""

    def raised(self) -> Any:
        """The variable of all exceptions that the rest raises: what any handler may catch."""
        return self.shared("exceptions", "")

    def throw(self, exceptions: Value) -> None:
        """These exceptions are raised somewhere in the rest."""
        self.grow(self.raised(), exceptions)

    def raising(self) -> Value:
        """What may come out of what a `try` body has begun: who does that has claims of its own, so the rest does not show it."""
        told = self.heap.raising()
        if told is None:
            return ANYTHING.single
        return self.foreign("exceptions", self.value(told)) if told else EMPTY

    def enter_manager(self, managers: Value, node: object, is_async: bool = False) -> Value:
        """What `as` binds."""
        value = EMPTY
        for atom in self.open(managers):
            if atom.kind is Kind.FOREIGN:
                self._foreign_manager(atom, node)
                value |= atom.single | A_PLAIN
            elif is_a(atom.obj, _GENERATED):
                value |= self.iterate(self.atom(atom.obj.gen).single, node)
            elif atom.kind is Kind.ITERATOR or _is_generated(atom):
                value |= self.content(atom)  # its generator was run to the end when it was made
            elif atom.kind is Kind.OBJECT:
                made = self.special(atom, "__aenter__" if is_async else "__enter__", Arguments([]), node)
                value |= made if made is not None else self.call_method("__enter__", atom, Arguments([]), node)
                if made is None:
                    self._library_manager(atom, node)
        return value

    def _foreign_manager(self, atom: Atom, node: object) -> None:
        self.touch(atom, READ)
        if files.is_pending(atom.obj):
            for key, mode in files.keys(files.CLOSE, [atom.obj]):
                self.resource(key, Mode(mode))
        else:
            self.call_foreign(atom, Arguments([]), node)

    def _library_manager(self, atom: Atom, node: object) -> None:
        row = self.effects.method(atom.type, "__exit__") if atom.type is not None else None
        if row is not None:
            self.effect(row, [atom.single], Arguments([]), node)
        else:
            self.unknown_call(atom.single, Arguments([]), node)

    def leave_manager(self, managers: Value, node: object, is_async: bool = False) -> None:
        """The exit of a `with` statement."""
        exception = self.look(self.raised()) | self.raising() | A_PLAIN
        for atom in self.open(managers):
            if is_a(atom.obj, _GENERATED):
                self.iterate(self.atom(atom.obj.gen).single, node)
            elif atom.kind is Kind.FOREIGN:
                self._foreign_manager(atom, node)
            elif is_a(atom.obj, files.Leave):
                handle = self.atom(atom.obj.handle)
                (self._foreign_manager if handle.kind is Kind.FOREIGN else self._library_manager)(handle, node)
            elif atom.kind is Kind.OBJECT and not _is_generated(atom):
                self.special(atom, "__aexit__" if is_async else "__exit__", Arguments([A_PLAIN, exception, A_PLAIN]), node)

    def pattern(self, frame: Frame, pattern: ir.Pattern, subject: Value) -> None:
        """Match a pattern."""
        if isinstance(pattern, ir.MatchValue):
            self.compare("==", subject, self.evaluate(frame, pattern.value), pattern)
        elif isinstance(pattern, ir.MatchSequence):
            containers = frozenset(a for a in self.open(subject) if _may_match(a, _SEQUENCE))
            elements = self.iterate(containers, pattern) if containers else EMPTY
            for each in pattern.patterns:
                if isinstance(each, ir.MatchStar):
                    if each.name is not None:
                        self.store(frame, frame.names.mangle(each.name), self.display(each, list, elements))
                else:
                    self.pattern(frame, each, elements)
        elif isinstance(pattern, ir.MatchMapping):
            content = self.in_mappings([a for a in self.open(subject) if _may_match(a, _MAPPING)], pattern) | A_PLAIN
            for key, each in zip(pattern.keys, pattern.patterns, strict=True):
                self.evaluate(frame, key)
                self.pattern(frame, each, content)
            if pattern.rest is not None:
                self.store(frame, frame.names.mangle(pattern.rest), self.display(pattern, dict, content))
        elif isinstance(pattern, ir.MatchClass):
            self._match_class(frame, pattern, subject)
        elif isinstance(pattern, ir.MatchAs):
            if pattern.pattern is not None:
                self.pattern(frame, pattern.pattern, subject)
            if pattern.name is not None:
                self.store(frame, frame.names.mangle(pattern.name), subject)
        elif isinstance(pattern, ir.MatchOr):
            for each in pattern.patterns:
                self.pattern(frame, each, subject)

    def _match_class(self, frame: Frame, pattern: ir.MatchClass, subject: Value) -> None:
        classes = self.evaluate(frame, pattern.cls)
        if any(cls.obj is NEW for cls in classes):
            self.give_up("a match against a new class")
        subject = frozenset(a for a in subject if any(_may_be_of(a, cls.obj) for cls in classes))
        for index, each in enumerate(pattern.patterns):
            found = EMPTY
            for cls in classes:
                self.alone("a class pattern")
                names = getattr(cls.obj, "__match_args__", None)
                if names is None:
                    found |= subject  # a builtin: its only position is the value itself
                elif index < len(names):
                    found |= self.get_attribute(subject, names[index], pattern)
            self.pattern(frame, each, found)
        for name, each in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            self.pattern(frame, each, self.get_attribute(subject, self.mangled(frame, name), pattern))


_GENERATED: Any = contextlib._GeneratorContextManagerBase


def _is_generated(atom: Atom) -> bool:
    return atom.type is not None and isinstance(atom.type, type) and issubclass(atom.type, _GENERATED)


# what the class of a value says: patterns of sequences and mappings look at nothing else (Py_TPFLAGS_SEQUENCE, _MAPPING)
_SEQUENCE, _MAPPING = 1 << 5, 1 << 6


def _may_match(atom: Atom, flag: int) -> bool:
    """Whether a value may be a sequence or mapping for a pattern."""
    if atom.kind is Kind.FOREIGN or atom.type is None:
        return atom.kind in (Kind.FOREIGN, Kind.OBJECT, Kind.TUPLE, Kind.CONTAINER)
    return bool(atom.type.__flags__ & flag)


def _may_be_of(atom: Atom, cls: Any) -> bool:
    """Whether a value may be an instance of a class, as far as that can be said without asking the class."""
    if atom.kind is Kind.FOREIGN or atom.type is None and atom.kind is not Kind.SCALAR or type(cls) is not type:
        return True
    return cls in (atom.type.__mro__ if atom.type is not None else _OF_SCALARS)


_OF_SCALARS = frozenset(cls for type_ in SCALARS for cls in type_.__mro__)
