"""Builtin and library callables in the abstract interpretation: what the rows of the table of effects claim and answer."""

from __future__ import annotations

import collections
import io
import types
from dataclasses import replace
from typing import Any

from poppy_nb import known, numbers
from poppy_nb.looking import is_a
from poppy_nb.runtime import files, sinks
from poppy_nb.runtime.claims import Mode
from poppy_nb.runtime.footprint_functions import FUNCTIONS
from poppy_nb.runtime.footprint_items import ITERATING
from poppy_nb.runtime.footprint_looks import stdout
from poppy_nb.runtime.footprint_methods import METHODS
from poppy_nb.runtime.footprint_store import HOLDER, READ, WRITE, shape_of
from poppy_nb.runtime.footprint_unknown import Unknown
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    EMPTY,
    NEW,
    RANGE,
    SCALARS,
    Answer,
    Arguments,
    Atom,
    Kind,
    Value,
    has_attribute,
    kind_of,
    numbers_of,
)
from poppy_nb.runtime.placeholder import is_ours, of_client


_PLAIN_METHODS = frozenset(
    (
        "strip lstrip rstrip lower upper title capitalize casefold swapcase replace join format format_map startswith endswith "
        "find rfind index count isdigit isalpha isalnum isspace isupper islower removeprefix removesuffix zfill center ljust "
        "rjust encode decode hex bit_length"
    ).split()
)
_BUILTIN_TYPES: tuple[type, ...] = (str, list, dict, set, tuple, bytes, int, float, collections.deque,
                                    collections.Counter, collections.OrderedDict, collections.defaultdict)  # fmt: skip
_BUILTIN_KINDS = (Kind.CONTAINER, Kind.TUPLE, Kind.ITERATOR)
_PATHS, _WRITES = "**paths", "**writes"  # of open files: what they were opened by, and something if that may change by them
_CALLED = (Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN, Kind.CLASS, Kind.OBJECT)
# pydantic's and the usual clients' methods that only read what they are called on
_READING = frozenset(
    "model_dump model_dump_json model_copy dict json copy to_dict to_json raise_for_status parsed item tolist".split()
)
_SPREADING = frozenset("extend extendleft update __init__ union __ior__ __iadd__ symmetric_difference_update".split())
_PASSING = frozenset(
    f"itertools.{name}"
    for name in "chain islice compress repeat cycle takewhile dropwhile filterfalse accumulate starmap".split()
) | {"itertools.chain.from_iterable", "iter"}
_PAIRING = frozenset(
    f"itertools.{name}"
    for name in "pairwise product permutations combinations combinations_with_replacement zip_longest batched".split()
)
_NOT_CALLING = _PAIRING | {"itertools.chain.from_iterable", *(f"itertools.{name}" for name in ITERATING)}


class Natives(Unknown):
    """What natively running code does."""

    def throw(self, exceptions: Value) -> None:
        """These exceptions are raised somewhere in the rest."""
        raise NotImplementedError

    # ---- rows

    def call_native(self, callee: Atom, target: Any, effect: Any, arguments: Arguments, node: object) -> Value:
        """Call something that has a row."""
        operands = [self.value((o,)) for o in self.effects.receiver(target)]
        if type(target) in (types.MethodDescriptorType, types.WrapperDescriptorType) and arguments.positional:
            first = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
            return frozenset().union(
                *(self.call_method(target.__name__, r, first, node) for r in self.open(arguments.positional[0]))
            )
        if len(operands) == 1 and type(target) is types.BuiltinMethodType:
            return self.call_method(target.__name__, next(iter(operands[0])), arguments, node)
        if effect.name == "print":
            if "file" in arguments.keywords:
                return self._print_to(arguments, effect, node)
            stream = self.atom(self.looks(stdout))
            self.touch(stream, WRITE)  # the program may hold it, too
            if stream.type is not None and self.owned(stream.type):
                self.call(self.get_method(stream.single, "write", node), Arguments([A_PLAIN]), node)
        named = effect.unless and (arguments.extra or not effect.unless.isdisjoint(arguments.keywords))
        if named or effect.resource is not None and self.looks(sinks.calls_back, effect.resource):
            return self.unknown_call(EMPTY, arguments, node)
        if effect.handle and effect.path is not None:
            if effect.path >= len(arguments.positional):
                return self.unknown_call(EMPTY, arguments, node)
            self._through(arguments.positional[effect.path], "write" if effect.resource_mode == Mode.WRITE else "read", node)
        handler = FUNCTIONS.get(effect.name)
        if handler is not None and not arguments.rest:
            return handler(self, arguments, node)
        if effect.name == "open":
            return self._open(effect, arguments, node)
        result = self.effect(effect, [*operands, *arguments.positional], arguments, node)
        if effect.gives == "client":
            return self.atom(known.sample(target)).single
        if is_a(target, type) and effect.returns == "fresh":
            return self._instance_of(target, node)
        if is_a(target, type) and issubclass(target, BaseException):
            return self.construct(callee, arguments, node)
        if effect.model in ("dataclass", "namedtuple") or effect is self.effects.VALIDATED and is_a(target, type):
            return self.construct(callee, arguments, node)
        return result

    def _open(self, effect: Any, arguments: Arguments, node: object) -> Value:
        """`open`: the handle is told by what it opens, and whether that stays as it is."""
        given = arguments.positional
        mode = given[1] if len(given) > 1 else arguments.keywords.get("mode", EMPTY)
        paths = self.open(given[0]) if given else EMPTY
        reads = bool(paths) and not arguments.rest and not arguments.extra and all(files.only_reads(one.obj) for one in mode)
        reads = reads and not any(one.obj is NEW or self.looks(files.is_special, one.obj) for one in paths)
        if reads:
            effect = replace(effect, resource_mode=Mode.READ)
        self.effect(effect, given, arguments, node)
        made = self.new(node, Kind.OBJECT, io.TextIOWrapper)
        for name, told in ((_PATHS, frozenset(paths)), (_WRITES, EMPTY if reads else A_PLAIN)):
            self.grow(self.attribute_cell(made, name), told)
        return made.single

    def _print_to(self, arguments: Arguments, effect: Any, node: object) -> Value:
        keywords = dict(arguments.keywords)
        self._through(keywords.pop("file"), "write", node)
        return self.effect(effect, arguments.positional, Arguments([], keywords, arguments.rest, arguments.extra), node)

    def _through(self, handles: Value, method: str, node: object) -> None:
        """A file, or what stands in its place, is read or written."""
        for file in self.open(handles):
            if file.kind is not Kind.SCALAR:
                self.call(self.get_method(file.single, method, node), Arguments([A_PLAIN]), node)

    def _instance_of(self, type_: type, node: object) -> Value:
        return A_PLAIN if type_ in SCALARS else self.new(node, kind_of(type_), type_).single

    def effect(self, effect: Any, operands: list[Value], arguments: Arguments, node: object) -> Value:
        """What a row says about its operands."""
        others = frozenset().union(*arguments.keywords.values(), arguments.rest, arguments.extra)
        every = [*operands, others] if others else operands
        for index, operand in enumerate(every):
            if self.substantial(operand):
                depth = effect.needs[index] if index < len(effect.needs) else effect.needs[-1]
                self._read(operand, depth.name, node)
        if effect.writes:
            stored = EMPTY
            if effect.stores:
                given = frozenset().union(*(o for i, o in enumerate(every) if i not in effect.writes))
                name = effect.name.rpartition(".")[2]
                stored = (
                    given if name not in _SPREADING else self.iterate(given, node) | self.iterate(self.iterate(given, node), node)
                )
                if name in _SPREADING and others:
                    stored |= others
            for index in effect.writes:
                if index < len(operands):
                    for atom in self.open(operands[index]):
                        self.put(atom, stored)
        self._order(effect, operands)
        if effect.clock and self.strict:
            self.give_up("a clock read")
        if effect.model is not None and (effect.model not in ("dataclass", "namedtuple")):
            return self.calling_back(effect.name, every, node)
        if effect.returns == "part":
            return self.foreign(node, frozenset().union(*every)) | A_PLAIN
        if effect.returns == "self":
            return operands[0]
        if effect.returns == "atom":
            return RANGE.single if effect.name == "range" else numbers_of(numbers.given_by(effect.name))
        return A_PLAIN if effect.returns == "none" else self.fresh(node)

    def _order(self, effect: Any, operands: list[Value]) -> None:
        if effect.resource in files.RESOURCES:
            at = effect.path if effect.path is not None and effect.path < len(operands) else None
            for atom in (None,) if at is None else operands[at]:
                for key, mode in self._files(effect, atom):
                    self.resource(key, Mode(mode))
            self.resource("cwd", Mode.READ)
        elif effect.resource is not None:
            self.resource(effect.resource, Mode(int(effect.resource_mode)))
            if effect.resource == "cwd" and effect.resource_mode == Mode.WRITE:
                self.any_file(writes=True)  # what comes behind may mean other files

    def _files(self, effect: Any, atom: Atom | None) -> list[tuple[Any, int]]:
        """The keys of an operation on what is opened, or on a file that is open; None: nobody knows which one."""
        cells = (atom.attributes or {}) if atom is not None and atom.obj is NEW else {}
        if effect.handle and _PATHS in cells:
            paths = self.look(cells[_PATHS])
            if files.is_step(effect) and not self.look(cells[_WRITES]):
                effect = replace(effect, resource_mode=Mode.READ)
            if paths:
                return [key for path in paths for key in self._files(replace(effect, handle=False), path)]
        if atom is None or atom.obj is NEW or effect.handle is (atom.kind is Kind.SCALAR):
            return files.of_any(effect.resource_mode == Mode.WRITE)
        self.alone("a path")
        row = files.stepped(effect, atom.obj) if effect.handle else effect
        return files.keys(replace(row, path=0), [atom.obj])

    def _read(self, operand: Value, depth: str, node: object) -> None:
        if depth in ("NOTHING", "OBJECT"):
            return
        if depth in ("DEEP", "DATA"):
            self.read_deep(operand, node)
        for atom in self.open(operand):
            if atom.kind is Kind.ITERATOR:
                self.iterate(atom.single, node)
            elif atom.kind in (Kind.CONTAINER, Kind.FOREIGN):
                self.touch(atom, READ)
                if depth == "ELEMENTS":
                    for element in self.content(atom):
                        self.touch(element, READ)
            elif atom.kind is Kind.OBJECT and depth not in ("DEEP", "DATA"):
                if self.holds(atom) or not (atom.type is not None and self.owned(atom.type)):
                    self.touch(atom, READ)
                self.passive(atom, node)

    def calling_back(self, name: str, operands: list[Value], node: object) -> Value:
        everything = frozenset().union(*operands)
        functions = EMPTY if name in _NOT_CALLING else frozenset(
            a for a in everything if a.kind in (Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN, Kind.CLASS) or callable(a.obj)
        )
        data = frozenset(a for a in everything if a.kind is Kind.FOREIGN or a not in functions)  # what is pending may be either
        items = self.iterate(data, node)
        result = items
        for _ in range(2):  # what a callback returns may be given to it again
            result |= self.call(functions, Arguments([], rest=result | data), node) if functions else EMPTY
        for atom in self.substantial(items):
            if atom.kind is Kind.OBJECT:
                self.passive(atom, node)
        if name in _PASSING:
            return self.new(node, Kind.ITERATOR, None, result).single
        if name in _PAIRING:
            return self.new(node, Kind.ITERATOR, None, self.display((node, "item"), tuple, result)).single
        if name == "itertools.groupby":
            pair = result | self.new((node, "group"), Kind.ITERATOR, None, result).single
            return self.new(node, Kind.ITERATOR, None, self.display((node, "item"), tuple, pair)).single
        if name == "functools.reduce":
            return result | data
        return self.foreign(node, result | everything) | A_PLAIN

    # ---- methods of builtin and unknown types

    def call_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        """Call a method that the class of the receiver has natively, or that an unknown value may have."""
        kind = receiver.kind
        if kind is Kind.SCALAR:
            return self._scalar_method(name, receiver, arguments, node)
        if kind is Kind.FOREIGN:
            return self._foreign_method(name, receiver, arguments, node)
        type_ = receiver.type
        if type_ is None:
            return self.unknown_call(receiver.single, arguments, node)
        if kind in _BUILTIN_KINDS and not hasattr(type_, name):
            return EMPTY  # raises AttributeError
        handler = METHODS.get(name)
        if handler is not None and (self.holds(receiver) or kind is Kind.ITERATOR):
            return handler(self, receiver, arguments, node)
        if name == "__init__" and kind is Kind.OBJECT:
            if self.holds(receiver):
                self.put(receiver, self.iterate(arguments.all(), node) | self.iterate(self.iterate(arguments.all(), node), node))
            elif issubclass(type_, BaseException):
                self.grow_content(receiver, self.substantial(arguments.all()))
            return A_PLAIN
        if name == "__new__" or name == "__enter__":
            return receiver.single
        if name in ("__setattr__", "__delattr__") and arguments.positional:
            for attribute in arguments.positional[0]:
                if type(attribute.obj) is not str:
                    self.give_up("sets an attribute whose name is computed")
                stored = arguments.positional[1] if len(arguments.positional) > 1 else EMPTY
                self.set_past_hooks(receiver, attribute.obj, stored, node)
            return A_PLAIN
        if kind is Kind.CLASS:
            found = self.effects.lookup(getattr(receiver.obj, name, None)) if receiver.obj is not NEW else None
            return (
                self.effect(found, arguments.positional, arguments, node)
                if found is not None
                else self.unknown_call(EMPTY, arguments, node)
            )
        row = self.effects.method(type_, name)
        if row is None:
            return self._unlisted(name, receiver, arguments, node)
        return self.effect(row, [receiver.single, *arguments.positional], arguments, node)

    def _unlisted(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        if name in (
            "__str__",
            "__repr__",
            "__eq__",
            "__ne__",
            "__hash__",
            "__format__",
            "__sizeof__",
            "__init_subclass__",
            "__dir__",
        ):
            self.read_deep(receiver.single | arguments.all(), node)
            return A_PLAIN
        return self.unknown_call(receiver.single, arguments, node)

    def _scalar_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        if not has_attribute(receiver, name):
            return EMPTY  # raises AttributeError
        if self.substantial(arguments.all()):
            self._read(arguments.all(), "DEEP", node)
        if name in _PLAIN_METHODS:
            return A_PLAIN
        for type_ in (receiver.type,) if receiver.type is not None else SCALARS:
            row = self.effects.method(type_, name)
            if row is not None:
                self._order(row, [receiver.single])
        return self.fresh(node)

    def _of_library(self, receiver: Atom) -> bool:
        """Whether a value that is not known yet is one that a builtin or library function makes."""
        if receiver.obj is NEW:
            return receiver.payload != "external" and type(receiver.payload) is not Answer and not self.content(receiver)
        return getattr(receiver.obj, "row", None) is not None and not self.content(receiver)

    def _of_path(self, name: str, receiver: Atom, node: object) -> Value:
        """What a method of this name does to files: paths count as plain values."""
        rows = [row for row in self.effects.methods_named(name) if row.resource in files.RESOURCES]
        for row in rows:
            self._order(row, [receiver.single])
        opened = any(row.gives == "file" for row in rows)
        return (A_PLAIN if rows else EMPTY) | (self.new(node, Kind.OBJECT, io.TextIOWrapper).single if opened else EMPTY)

    def _foreign_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        given = arguments.all()
        self.touch(receiver, READ)
        rows = [row for row in (self.effects.method(type_, name) for type_ in _BUILTIN_TYPES) if row is not None]
        if not rows and self._of_library(receiver):
            rows = list(self.effects.methods_named(name))
            for row in rows:
                self._order(row, [receiver.single])
        if not rows and name not in _READING:
            if type(receiver.payload) is Answer or of_client(receiver.obj):
                return receiver.single | A_PLAIN | given  # a model's method (A1)
            if is_ours(shape_of(receiver)):
                return self._of_path(name, receiver, node)  # builtins have no such method; what else it may be, others look at
            if receiver.obj is not NEW or receiver.payload == "external":
                self.give_up(f"calls `{name}` of what is not known yet")
            return self.unknown_call(receiver.single, arguments, node)
        if not all(row.stores for row in rows):
            self._read(given, "DEEP", node)
        for row in rows:
            if row.writes:
                stored = self.substantial(given)
                if stored and name in _SPREADING:
                    stored |= self.iterate(stored, node)
                self.put(receiver, stored)
        inside = self.content(receiver) if receiver.payload == HOLDER else EMPTY
        if any(row.model is not None for row in rows):  # `xs.sort(key=...)`
            functions = frozenset(a for a in given if a.kind in _CALLED)
            self.call(functions, Arguments([], rest=receiver.single | A_PLAIN | inside), node)
        return receiver.single | A_PLAIN | given | inside | (self.fresh(node) if receiver.obj is NEW else EMPTY)
