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
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, Arguments, Atom, Kind, Value


class Patterns(Expressions):
    """What `with` and `match` do besides running their blocks."""

    def raised(self) -> Any:
        """The variable of all exceptions that the rest raises: what any handler may catch."""
        return self.shared("exceptions", "")

    def throw(self, exceptions: Value) -> None:
        """These exceptions are raised somewhere in the rest."""
        self.grow(self.raised(), exceptions)

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
        exception = self.look(self.raised()) | A_PLAIN
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
            containers = frozenset(
                a for a in self.open(subject) if a.kind in (Kind.TUPLE, Kind.CONTAINER, Kind.FOREIGN, Kind.OBJECT)
            )
            elements = self.iterate(containers, pattern) if containers else EMPTY
            for each in pattern.patterns:
                if isinstance(each, ir.MatchStar):
                    if each.name is not None:
                        self.store(frame, frame.names.mangle(each.name), self.display(each, list, elements))
                else:
                    self.pattern(frame, each, elements)
        elif isinstance(pattern, ir.MatchMapping):
            content = self.mapping(frozenset(a for a in self.open(subject) if a.kind is not Kind.SCALAR), pattern) | A_PLAIN
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
        names: set[str] = set()
        for cls in classes:
            if cls.obj is NEW:
                self.give_up("a match against a new class")
            names.update(getattr(cls.obj, "__match_args__", ()))
        positional = frozenset(a for a in subject) | frozenset().union(
            *(self.get_attribute(subject, n, pattern) for n in sorted(names))
        )
        for each in pattern.patterns:
            self.pattern(frame, each, positional)
        for name, each in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            self.pattern(frame, each, self.get_attribute(subject, self.mangled(frame, name), pattern))


_GENERATED: Any = contextlib._GeneratorContextManagerBase


def _is_generated(atom: Atom) -> bool:
    return atom.type is not None and isinstance(atom.type, type) and issubclass(atom.type, _GENERATED)
