"""Elements in the abstract interpretation: displays, subscripts, iteration, and what C code reads below a value."""

from __future__ import annotations

import collections
import dataclasses
import enum
import itertools
import operator
import types
from collections.abc import Sequence
from typing import Any

from poppy_nb import numbers, shapes, tables
from poppy_nb.looking import is_a
from poppy_nb.runtime import files
from poppy_nb.runtime.adaptors import Stream
from poppy_nb.runtime.claims import WORLD, Mode
from poppy_nb.runtime.footprint_attributes import Attributes
from poppy_nb.runtime.footprint_store import HOLDER, READ, WRITE, own_names, referents, shape_of
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    EMPTY,
    KEYS,
    NEW,
    NUMBERS,
    TUPLES,
    UNSORTED,
    Arguments,
    Atom,
    Cell,
    Kind,
    Value,
    kinds_of,
    the_text,
)
from poppy_nb.runtime.placeholder import is_stepped
from poppy_nb.runtime.views import SHOWING


# what C code calls of an object that it reads, whatever it is that it does
PASSIVE = tuple(
    f"__{name}__"
    for name in (
        "str repr format len bool iter next contains hash eq ne lt le gt ge int float index fspath bytes reversed getitem abs "
        "round"
    ).split()
)


_TEE: type = type(itertools.tee(())[0])
_PAIRS: tuple[Any, ...] = ({}.items(), collections.OrderedDict[Any, Any]().items())
_GROUPING = frozenset(  # whose items are tuples
    {zip, enumerate, itertools.combinations, itertools.combinations_with_replacement, itertools.groupby, itertools.pairwise,
     itertools.permutations, itertools.product, itertools.zip_longest, getattr(itertools, "batched", zip),
     *(kind for view in _PAIRS for kind in (type(view), type(iter(view)), type(reversed(view))))}
)  # fmt: skip
# Of itertools, those that iterate what they hold, whatever else it may be, and call none of it
ITERATING = ("chain", "islice", "cycle", "zip_longest", "product", "compress", "pairwise", "batched")
_NOT_CALLING = frozenset({zip, enumerate, reversed, *(getattr(itertools, name, None) for name in ITERATING)})
_TESTING = frozenset({filter, itertools.filterfalse, itertools.takewhile, itertools.dropwhile, itertools.compress})
_COUNTING = (type(iter(range(0))), type(iter(range(1 << 70))))
_ITERABLE = (Kind.CONTAINER, Kind.TUPLE, Kind.ITERATOR, Kind.OBJECT)
_NO_KEYS = (Kind.CONTAINER, Kind.FOREIGN)


class Items(Attributes):
    """What is inside of containers and iterators."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.reading: set[Atom] = set()  # whose methods for reading are being looked at
        self.given: dict[Atom, Cell] = {}  # what objects give that are iterated
        self.iterated: dict[Atom, int] = {}  # in which round that was looked at

    def resume(self, generator: Atom) -> Value:
        """Run an existing generator to its end: what it yields and returns."""
        raise NotImplementedError

    def holds(self, atom: Atom) -> bool:
        """Whether elements are stored in it natively: a builtin container, or an instance of a class that inherits from one."""
        kind = atom.kind
        if kind is Kind.CONTAINER or kind is Kind.TUPLE:
            return True
        return (
            kind is Kind.OBJECT
            and atom.type is not None
            and issubclass(atom.type, (list, dict, set, tuple, frozenset, collections.deque))
        )

    def display(self, node: object, type_: type, content: Value) -> Value:
        """A new builtin container."""
        return self.new(node, Kind.TUPLE if type_ in TUPLES else Kind.CONTAINER, type_, content).single

    def tuple_of(self, node: object, parts: list[Value]) -> Value:
        """A new tuple whose elements are told apart."""
        atom = self.new(node, Kind.TUPLE, tuple, frozenset().union(*parts))
        if atom.members is None:
            atom.members = [Cell(part) for part in parts]
        elif len(atom.members) == len(parts):
            for cell, part in zip(atom.members, parts, strict=True):
                self.grow(cell, part)
        return atom.single

    def unpack(self, value: Value, count: int, node: object) -> list[Value]:
        """The values of `count` targets."""
        parts = [EMPTY] * count
        for atom in value:
            if atom.kind is Kind.TUPLE and atom.type is tuple and atom.members is not None and len(atom.members) == count:
                found = [self.look(cell) for cell in atom.members]
            elif atom.kind is Kind.TUPLE and atom.type is tuple and atom.obj is not NEW and len(atom.obj) == count:
                found = [self.value((item,)) for item in atom.obj]
            else:
                return [self.iterate(value, node)] * count
            parts = [part | more for part, more in zip(parts, found, strict=True)]
        return parts

    def iterate(self, value: Value, node: object) -> Value:
        """What iterating over a value gives."""
        result = EMPTY
        for atom in self.open(value):
            kind = atom.kind
            if kind is Kind.SCALAR:
                result |= NUMBERS[numbers.INT].single if atom.type is range else A_PLAIN
            elif kind is Kind.FOREIGN:
                self.touch(atom, WRITE if is_stepped(atom.obj) else READ)
                if files.is_pending(atom.obj):
                    self._lines(atom)
                elif files.may_read(atom.obj):
                    self.any_file(writes=False)
                shape = shapes.item(shape, 0) if (shape := shape_of(atom)) is not None else None
                if shape is not None:
                    result |= self.part_of_answer(atom, shape)
                else:
                    result |= atom.single | A_PLAIN | (self.content(atom) if atom.payload == HOLDER else EMPTY)
            elif kind is Kind.TUPLE or kind is Kind.CONTAINER:
                self.touch(atom, READ)
                result |= self.content(atom)
            elif kind is Kind.ITERATOR:
                result |= self._consume(atom, node)
            elif kind is Kind.OBJECT:
                result |= self._iterate_object(atom, node)
            elif kind is Kind.CLASS and is_a(atom.obj, enum.EnumMeta):
                result |= self.value(list(atom.obj.__members__.values()))
        return result

    def any_file(self, *, writes: bool) -> None:
        """Claim what looks at, or changes, a file of which nobody knows which one."""
        for key, mode in files.of_any(writes):
            self.resource(key, Mode(mode))

    def _lines(self, atom: Atom) -> None:
        """The lines of an open file that is still to come."""
        row = files.method("__next__")
        assert row is not None
        self.touch(atom, WRITE)
        for key, mode in files.keys(row, [atom.obj]):
            self.resource(key, Mode(mode))

    def _consume(self, atom: Atom, node: object) -> Value:
        self.touch(atom, READ if type(atom.obj) in SHOWING else WRITE)
        if self.strict and atom.type is not types.GeneratorType:
            self.give_up("an iterator is advanced")
        if atom.obj is NEW:
            return self.content(atom)
        if is_a(atom.obj, (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)):
            return self.resume(atom)
        if type(atom.obj) in _COUNTING:
            return NUMBERS[numbers.INT].single
        if self.consumed.get(atom) != self.round:
            self.consumed[atom] = self.round  # iterators may refer to each other
            behind = [self.atom(o) for o in referents(atom.obj)]
            elements = self.value(self.heap.elements(atom.obj))
            kind = _adaptor(atom)
            may_call = kind not in _NOT_CALLING
            for other in behind:
                if other.kind is Kind.FOREIGN or other.kind in _ITERABLE and not (may_call and callable(other.obj)):
                    elements |= self.iterate(other.single, node)
            if is_a(atom.obj, itertools.chain):
                elements |= self.iterate(elements, node)
            for other in behind:
                if may_call and callable(other.obj):
                    given = elements | self.iterate(elements, node) if type(atom.obj) is Stream else elements  # starmap
                    elements |= self.call(other.single, Arguments([], rest=given), node)
            if kind in _TESTING:
                self.truth(elements, node)
            if type(atom.obj) is Stream:
                elements |= self._behind_stream(atom.obj, behind, elements, node)
            elements |= self._grouped(atom, elements)
            self.grow_content(atom, elements)
        return self.content(atom)

    def _grouped(self, iterator: Atom, elements: Value) -> Value:
        """The tuples that an existing iterator makes of such elements."""
        kind = _adaptor(iterator)
        if kind is itertools.groupby:
            elements |= self.new(("group", iterator), Kind.ITERATOR, None, elements).single
        elif kind not in _GROUPING:
            return EMPTY
        return self.display(("of", iterator), tuple, elements)

    def _behind_stream(self, stream: Stream, behind: list[Atom], elements: Value, node: object) -> Value:
        if not behind:
            self.give_up(f"an iterator of {stream.kind.__name__} that has begun")
        if stream.kind is itertools.chain:
            return self.iterate(elements, node)  # from_iterable
        if stream.kind is _TEE:
            for other in behind:
                self.touch(other, WRITE)  # what the others have yet to see
        return EMPTY

    def _iterate_object(self, atom: Atom, node: object) -> Value:
        gives = self.given.setdefault(atom, Cell(EMPTY))
        if self.iterated.get(atom) != self.round:
            self.iterated[atom] = self.round  # what it gives may lead back here
            self.grow(gives, self._steps(atom, node))
        return self.look(gives)

    def _steps(self, atom: Atom, node: object) -> Value:
        made = self.special(atom, "__iter__", Arguments([]), node)
        for hint in ("__len__", "__length_hint__"):  # lists and the like ask for it
            self.special(atom, hint, Arguments([]), node)
        if made is None:
            made = self.special(atom, "__aiter__", Arguments([]), node)
        if made is None:
            if self.holds(atom):
                self.touch(atom, READ)
                return self.content(atom)
            item = self.special(atom, "__getitem__", Arguments([A_PLAIN]), node)
            return item if item is not None else self.unknown_operation("iter", "", atom.single, node)
        result = EMPTY
        for iterator in self.open(made):
            following = None
            if iterator.kind is Kind.OBJECT:
                following = self.special(iterator, "__next__", Arguments([]), node)
                if following is None:
                    following = self.special(iterator, "__anext__", Arguments([]), node)
            result |= following if following is not None else EMPTY if iterator is atom else self.iterate(iterator.single, node)
        return result

    def unknown_operation(self, kind: str, symbol: str, operands: Value, node: object) -> Value:
        """An operator on library objects: as its row says, else unknown code."""
        types_ = [a.type for a in operands if a.type is not None and a.kind is not Kind.SCALAR]
        if any(self.effects.operator(kind, symbol, t, t) is not None for t in types_):
            for atom in operands:
                self.touch(atom, WRITE if kind in ("inplace", "setitem", "delitem") else READ)
        elif any(self.owned(t) and not issubclass(t, (int, str, float, bytes, BaseException)) for t in types_) and kind != "bool":
            for atom in operands:
                self.touch(atom, READ)  # a class of the user's without the method: TypeError, maybe later
            return EMPTY
        else:
            self.touch_below(operands, WRITE)
            self.resource(WORLD, WRITE)
        return self.foreign(("operation", node), operands) | A_PLAIN

    def read_deep(self, value: Value, node: object) -> None:
        """C code reads a value and everything below it, and may call methods of the user's objects there that only read."""
        value = self.substantial(value)
        key = (value, self.round)
        if not value or key in self.read:
            return
        self.read.add(key)  # what grows after this asks for another round
        for atom in self.reach(value):
            self.touch(atom, READ)
            if atom.kind is Kind.OBJECT:
                if atom.obj is not NEW and atom.payload != "pending":
                    for name in self.looks(own_names, atom.obj):
                        self.claim_attribute(atom, name, READ)
                self.passive(atom, node)

    def passive(self, atom: Atom, node: object) -> None:
        """Whatever C code may call of an object that it reads."""
        if atom.type is not None and tables.has_readers(atom.type):
            return  # only methods of what is in it could be the program's, and that is read for itself
        if atom in self.reading:
            return  # a method of it that reads it
        self.reading.add(atom)
        try:
            self._passive(atom, node)
        finally:
            self.reading.discard(atom)

    def _passive(self, atom: Atom, node: object) -> None:
        if atom.type is None:
            for name in PASSIVE:
                self.special(atom, name, Arguments([], rest=A_PLAIN), node)
            return
        for name in PASSIVE:
            found = self.static(atom.type, name)
            if is_a(found, types.FunctionType) and not generated(found):
                needs = found.__code__.co_argcount > 1
                other = self.content(atom) | atom.single | A_PLAIN if needs else EMPTY
                self.special(atom, name, Arguments([other] if needs else []), node)

    def get_item(self, value: Value, key: Value, sliced: bool, node: object) -> Value:
        """`value[key]`."""
        result = EMPTY
        known = self.one_scalar(key)
        for atom in self.open(value):
            kind = atom.kind
            if kind is Kind.SCALAR:
                result |= A_PLAIN
            elif kind is Kind.FOREIGN:
                self.touch(atom, READ)
                if self._may_fill(atom):
                    self.touch(atom, WRITE)
                    factories = frozenset(a for a in self.content(atom) if a.kind in (Kind.FUNCTION, Kind.METHOD, Kind.CLASS))
                    result |= self.call(factories, Arguments([]), node)
                shape = shape_of(atom) if known is not None or sliced else None
                shape = shapes.item(shape, slice(0) if sliced else 0) if shape is not None else None
                if shape is not None:
                    result |= self.part_of_answer(atom, shape)
                else:
                    result |= atom.single | A_PLAIN | (self.content(atom) if atom.payload == HOLDER else EMPTY)
            elif kind is Kind.CLASS:
                result |= self._item_of_class(atom, key, node)
            elif kind is Kind.OBJECT and atom.type is not None and tables.has_readers(atom.type):
                result |= self.read_table(atom, operator.getitem, known.obj if known is not None else None, node)
            elif kind is Kind.OBJECT and (made := self.special(atom, "__getitem__", Arguments([key]), node)) is not None:
                result |= made
            elif self.holds(atom):
                self.touch(atom, READ)
                if sliced:
                    result |= self.display(node, atom.type if atom.type in (list, tuple) else list, self.content(atom))
                else:
                    result |= self._item(atom, known, node)
                    self.hash_key(key, node)
            elif kind is Kind.OBJECT:
                result |= self.unknown_operation("getitem", "", atom.single, node)
            elif kind is Kind.ITERATOR:
                self._view(atom, READ)
                result |= self.content(atom) | atom.single | A_PLAIN
        return result

    def _may_fill(self, atom: Atom) -> bool:
        classes = self.heap.types(atom.obj) if atom.obj is not NEW else None
        return any(issubclass(one, collections.defaultdict) for one in classes or ())

    def _item_of_class(self, atom: Atom, key: Value, node: object) -> Value:
        """`Class[key]`: a member of an enumeration, what the class or its metaclass says, else the class with parameters."""
        if is_a(atom.obj, enum.EnumMeta):
            return self.value(list(atom.obj.__members__.values()))
        if atom.obj is not NEW:
            made = self.special(atom, "__getitem__", Arguments([key]), node)
            if made is not None:
                return made
            hook = self.static(atom.obj, "__class_getitem__")
            hook = hook.__func__ if is_a(hook, classmethod) else hook
            if is_a(hook, types.FunctionType) and self.owned(atom.obj):
                return self.call(self.atom(hook).single, Arguments([atom.single, key]), node) | atom.single
        return atom.single | A_PLAIN

    def _item(self, atom: Atom, known: Atom | None, node: object) -> Value:
        type_ = atom.type
        if known is not None and type_ is tuple and known.type is int:
            index = known.obj
            if atom.members is not None and -len(atom.members) <= index < len(atom.members):
                return self.look(atom.members[index])
            if atom.obj is not NEW and -len(atom.obj) <= index < len(atom.obj):
                return self.value((atom.obj[index],))
        if known is not None and atom.obj is not NEW:
            grown = self.added(atom)
            found = self._at(atom, known)
            result = self.value(found) | grown if found is not None else self._values(atom)
        else:
            result = self._values(atom)
        if type_ is collections.Counter:
            result |= NUMBERS[numbers.SMALL].single  # of a missing key
        if type_ is not None and issubclass(type_, collections.defaultdict):
            factory = getattr(atom.obj, "default_factory", None) if atom.obj is not NEW else None
            made = self.call(self.atom(factory).single, Arguments([]), node) if factory is not None else EMPTY
            if atom.obj is NEW:
                made |= self.call(self.look(self.attribute_cell(atom, "default_factory")), Arguments([]), node)
            if kinds_of(made) is not None:
                self.put(atom, made)
            else:
                self.touch(atom, WRITE)
                self.grow_content(atom, made)
            return result | made
        if type_ is not None and atom.kind is Kind.OBJECT:
            result |= self.special(atom, "__missing__", Arguments([known.single if known else A_PLAIN]), node) or EMPTY
        return result

    def _at(self, atom: Atom, key: Atom) -> Sequence[object] | None:
        """What stands at one place of an existing container, whatever is put there besides; None: look at all of it."""
        if is_a(atom.obj, dict):
            return self.item(atom.obj, key)
        self.placed.add(id(atom.obj))
        return self.item(atom.obj, key) if id(atom.obj) not in self.moved else None

    def _values(self, atom: Atom) -> Value:
        """The elements of a container, the keys of an existing dict not among them."""
        if atom.obj is NEW or not is_a(atom.obj, dict):
            return self.content(atom)
        counts = self.heap.counts(atom.obj)
        return self.value(self.heap.values(atom.obj) if counts is None else counts) | self.added(atom)

    def one_scalar(self, value: Value) -> Atom | None:
        if len(value) == 1:
            (atom,) = value
            if atom.kind is Kind.SCALAR and atom.type is not None:  # the type of new ones is not known
                return atom
        return None

    def as_key(self, key: Value) -> Value:
        """What a key of a dict or member of a set may be or contain: it is hashable, so no list, dict or set is among that."""
        key = self.substantial(key)
        return frozenset(a for a in self.open(key) if not (a.kind in _NO_KEYS or a.kind is Kind.SCALAR)) if key else key

    def hash_key(self, key: Value, node: object) -> None:
        """A value is used as a key."""
        for atom in key:
            if atom.kind is Kind.TUPLE:
                self.read_deep(atom.single, node)
            elif atom.kind is Kind.FOREIGN:
                self.touch(atom, READ)
            elif atom.kind is Kind.OBJECT:
                self.special(atom, "__hash__", Arguments([]), node)
                self.special(atom, "__eq__", Arguments([atom.single]), node)

    def set_item(self, value: Value, key: Value, stored: Value, sliced: bool, node: object) -> None:
        """`value[key] = stored`."""
        for atom in self.open(value):
            if atom.kind is Kind.OBJECT and self.special(atom, "__setitem__", Arguments([key, stored]), node) is not None:
                continue
            if self.holds(atom) or atom.kind is Kind.FOREIGN:
                told = self.tell(atom, key, stored)
                put = self.iterate(stored, node) if sliced else stored | self.as_key(key)
                self.put(atom, put, moves=sliced, keys=key, told=told)
                self.hash_key(key, node)
            elif atom.kind is Kind.OBJECT:
                self.unknown_operation("setitem", "", atom.single | self.substantial(stored), node)
                self.put(atom, stored)
            elif atom.kind is Kind.ITERATOR:
                self._view(atom, WRITE)

    def tell(self, atom: Atom, key: Value, stored: Value) -> bool:
        """Whether it is known what stands at each key of a dict, and this store can be told, too."""
        name = the_text(key)
        if name is None or atom.attributes is None or UNSORTED not in atom.attributes:
            return False
        self.grow(atom.attributes.setdefault(KEYS + name, Cell(EMPTY)), stored)
        return True

    def _view(self, atom: Atom, mode: Mode) -> None:
        """An item of a memoryview is an item of what it shows."""
        self.touch(atom, mode)
        for behind in self.content(atom) if atom.obj is NEW else ():
            self.touch(behind, mode)

    def put(self, atom: Atom, stored: Value, moves: bool = True, keys: Value = A_PLAIN, told: bool = False) -> None:
        """Elements are put into a container. moves, keys, told: see `touch`."""
        moves = moves or is_a(atom.obj, collections.deque) and atom.obj.maxlen is not None  # it drops what stood first
        self.touch(atom, WRITE, atom.type in _KEEPING and kinds_of(stored) is not None, moves, keys, told)
        self.grow_content(atom, stored)
        if atom.obj is not NEW:
            self.publish(stored, id(atom.obj))

    def del_item(self, value: Value, key: Value, node: object) -> None:
        """`del value[key]`."""
        for atom in self.open(value):
            if atom.kind is Kind.OBJECT and self.special(atom, "__delitem__", Arguments([key]), node) is not None:
                continue
            self.touch(atom, WRITE)
            if atom.kind is Kind.OBJECT and not self.holds(atom):
                self.unknown_operation("delitem", "", atom.single, node)


def _adaptor(iterator: Atom) -> Any:
    """What an existing iterator is an instance of, or stands for."""
    return iterator.obj.kind if type(iterator.obj) is Stream else type(iterator.obj)


def generated(function: types.FunctionType) -> bool:
    """Whether dataclasses or namedtuples made the function."""
    if function.__code__ is _GUARD:
        return True
    return function.__code__.co_filename.startswith("<string") or "__create_fn__" in function.__qualname__


_KEEPING = frozenset({dict, collections.defaultdict, collections.OrderedDict, collections.Counter})  # putting takes nothing away
_GUARD = dataclasses.make_dataclass("_Any", ()).__repr__.__code__  # what stands around a `__repr__`, against recursion
