"""Abstract values: what a variable, an element or an attribute may hold while the rest of a strand runs.

A value is a set of atoms. An atom is one existing object, all objects that one place of the program makes, or `PLAIN`: something
immutable that refers to nothing mutable; of numbers it is known that they are. Existing objects are told apart because claims
name them; new ones only by the place that makes them, since nobody else can reach them before the strand stores them somewhere.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import fractions
import functools
import pathlib
import re
import sys
import types
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from poppy_nb import numbers
from poppy_nb.runtime.adaptors import Stream
from poppy_nb.runtime.placeholder import KINDS


if TYPE_CHECKING:
    from poppy_nb.runtime.claims import Key
    from poppy_nb.runtime.footprint_frames import Frame


PLACEHOLDERS = KINDS


class Kind(enum.IntEnum):
    """How operations treat an atom."""

    SCALAR = 0  # immutable, refers to nothing: needs no claims
    FOREIGN = 1  # of unknown type: a placeholder, what an external or a library function returned, a part of such
    TUPLE = 2  # immutable, but its elements count
    CONTAINER = 3  # an exact builtin container
    OBJECT = 4  # anything else; its class says what operations do
    FUNCTION = 5  # a Python function, existing or made by the rest
    METHOD = 6  # something bound to a receiver
    BUILTIN = 7  # a function in C
    CLASS = 8
    MODULE = 9
    ITERATOR = 10  # builtin iterators, generators, coroutines, views
    SUPER = 11


SCALARS: frozenset[type] = frozenset(
    {
        int,
        str,
        float,
        bool,
        type(None),
        bytes,
        complex,
        type(...),
        type(NotImplemented),
        range,
        slice,
        re.Pattern,
        re.Match,
        uuid.UUID,
    }
    | {
        datetime.date,
        datetime.datetime,
        datetime.time,
        datetime.timedelta,
        datetime.timezone,
        decimal.Decimal,
        fractions.Fraction,
    }
    | {pathlib.PurePosixPath, pathlib.PureWindowsPath, pathlib.PosixPath, pathlib.WindowsPath}
    | {types.CodeType, types.GenericAlias, types.UnionType, type(list[int] | None), type(re.compile("").sub)}
    - {types.BuiltinFunctionType}
)
CONTAINERS: frozenset[type] = frozenset(
    {list, dict, set, bytearray, collections.deque, collections.defaultdict, collections.OrderedDict, collections.Counter}
)
TUPLES: frozenset[type] = frozenset({tuple, frozenset, types.MappingProxyType})
BUILTINS: frozenset[type] = frozenset(
    {
        types.BuiltinFunctionType,
        types.MethodDescriptorType,
        types.WrapperDescriptorType,
        types.MethodWrapperType,
        types.ClassMethodDescriptorType,
    }
    | {types.GetSetDescriptorType, types.MemberDescriptorType}
)
_ORDERED: collections.OrderedDict[Any, Any] = collections.OrderedDict()
_ITERABLES: tuple[Any, ...] = (
    [], (), {}, _ORDERED, set(), frozenset(), "", "é", b"", bytearray(), memoryview(b""), range(0), range(1 << 70),
    collections.deque(),
)  # fmt: skip
_MAPPINGS: tuple[dict[Any, Any], ...] = ({}, _ORDERED)
ITERATORS: frozenset[type] = frozenset(
    {type(iter(x)) for x in _ITERABLES}
    | {type(reversed(x)) for x in _ITERABLES if hasattr(type(x), "__reversed__")}
    | {
        type(iter(lambda: 0, 0)),
        type(iter(type("", (), {"__getitem__": None})())),
        type(iter({}.values())),
        type(iter({}.items())),
        type(reversed({}.values())),
        type(reversed({}.items())),
    }
    | {enumerate, zip, map, filter, reversed, types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType}
    | {type(view) for one in _MAPPINGS for view in (one.keys(), one.values(), one.items())}
    | {memoryview, Stream}
)
_KINDS: dict[type, Kind] = {
    types.FunctionType: Kind.FUNCTION,
    types.MethodType: Kind.METHOD,
    functools.partial: Kind.METHOD,
    types.ModuleType: Kind.MODULE,
    super: Kind.SUPER,
    **dict.fromkeys(SCALARS, Kind.SCALAR),
    **dict.fromkeys(CONTAINERS, Kind.CONTAINER),
    **dict.fromkeys(TUPLES, Kind.TUPLE),
    **dict.fromkeys(BUILTINS, Kind.BUILTIN),
    **dict.fromkeys(ITERATORS, Kind.ITERATOR),
    **dict.fromkeys(PLACEHOLDERS, Kind.FOREIGN),
}


def kind_of(type_: type) -> Kind:
    """The kind of the existing objects of a type."""
    kind = _KINDS.get(type_)
    if kind is not None:
        return kind
    if issubclass(type_, type):
        return Kind.CLASS
    if issubclass(type_, types.ModuleType):
        return Kind.MODULE
    if type_.__module__ == "itertools":
        return Kind.ITERATOR
    if issubclass(type_, enum.Enum) and type_.__module__ in sys.stdlib_module_names:
        return Kind.SCALAR  # such as the flags of `re`
    return Kind.OBJECT


_FORWARDING = (types.GenericAlias, types.UnionType)
_SCALAR_NAMES = frozenset(name for type_ in SCALARS for name in dir(type_))


def has_attribute(scalar: Atom, name: str) -> bool:
    """Whether a scalar may have an attribute of that name."""
    type_ = scalar.type
    return name in _SCALAR_NAMES or (type_ is not None and (type_ not in SCALARS or type_ in _FORWARDING))


class Cell:
    """A set of atoms that only grows. Growing after it was read in the same round asks for another round."""

    __slots__ = ("read", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        self.read = 0


EMPTY: Value = frozenset()


class _New:
    def __repr__(self) -> str:
        return "<new>"


NEW: Any = _New()  # stands in `Atom.obj` for objects that the rest makes


class Answer:
    """Payload of an answer of a known client, or of a part of one, which then has `root`: what is stored in a part is in all."""

    __slots__ = ("root", "shape")

    def __init__(self, shape: Any, root: Atom | None = None) -> None:
        self.shape = shape
        self.root = root


class Atom:
    """One existing object (`obj`), or all the new ones of one place (`obj is NEW`)."""

    __slots__ = ("attributes", "grown", "initial", "kind", "members", "obj", "outer", "payload", "read", "single", "type")

    def __init__(self, obj: Any, kind: Kind, type_: Any, payload: Any = None) -> None:
        self.obj = obj
        self.kind = kind
        self.type = type_  # None if it is not known
        self.payload = payload  # of a new function its node, of a bound method (callee, receiver), ...
        self.outer: Frame | None = None  # of a new function: where it was defined
        self.initial: Value | None = None  # the elements that an existing object has, once they were asked for
        self.grown = EMPTY  # elements that the rest adds
        self.read = 0  # the round in which elements were looked at
        self.members: list[Cell] | None = None  # of a new tuple: its elements one by one
        self.attributes: dict[str, Cell] | None = None
        self.single: Value = frozenset((self,))

    def __repr__(self) -> str:
        return f"<{self.kind.name.lower()} {self.obj!r} {getattr(self.type, '__name__', '')}>"


KEYS = "**"  # of the dicts whose keys are known: stands among their attributes for these
UNSORTED = "**?"  # of those of which it is told what stands at a key: something that may stand at any

Value = frozenset[Atom]
NO_NAMES: frozenset[str] = frozenset()
PLAIN = Atom(NEW, Kind.SCALAR, None)
NUMBERS = {kind: Atom(NEW, Kind.SCALAR, None, kind) for kind in (numbers.INT, numbers.SMALL, numbers.FLOAT)}
RANGE = Atom(NEW, Kind.SCALAR, range)
ANYTHING = Atom(NEW, Kind.FOREIGN, None)
A_PLAIN: Value = PLAIN.single


def numbers_of(kinds: Iterable[str] | None) -> Value:
    """A number of one of these kinds, or anything plain."""
    return frozenset(NUMBERS[kind] for kind in kinds) if kinds else A_PLAIN


def is_simple(value: Value) -> bool:
    """Whether it is one of some numbers and constants."""
    return bool(value) and all(atom.type in _CONSTANTS or atom in NUMBERS.values() for atom in value)


_CONSTANTS = frozenset({str, int, float, bool, bytes, complex, type(None)})


def kinds_of(value: Value) -> numbers.Numbers | None:
    """The kinds of numbers that a value may be; None if it may be anything else, or nothing."""
    kinds: set[str] = set()
    for atom in value:
        if atom.type is str:
            return None
        if atom.obj is not NEW:
            told = numbers.kind_of(atom.obj)
            if told is None:
                return None
            kinds |= told
        elif type(atom.payload) is str and NUMBERS.get(atom.payload) is atom:
            kinds.add(atom.payload)
        else:
            return None
    return numbers.Numbers(kinds) if kinds else None


class Variable(Cell):
    """A variable that exists or that inner functions share: all that it may ever hold.

    `foreign` is what frames other than the one that follows it may store.
    """

    __slots__ = ("claimed", "foreign", "foreign_read", "initial", "keep", "key")

    def __init__(self, key: Key | None, keep: object, initial: Value) -> None:
        self.value = self.initial = initial
        self.read = 0
        self.key = key  # None: it belongs to the rest, no claims
        self.keep = keep
        self.foreign = EMPTY
        self.foreign_read = 0
        self.claimed = 0


class Arguments:
    """What a call passes: `rest` and `extra` are what starred arguments may add.

    names: which keywords `extra` may stand for; None if it may be any. told: what they may be, one by one; None if that is not
    known.
    """

    __slots__ = ("extra", "keywords", "names", "positional", "rest", "told")

    def __init__(
        self,
        positional: list[Value],
        keywords: dict[str, Value] | None = None,
        rest: Value = EMPTY,
        extra: Value = EMPTY,
        names: frozenset[str] | None = None,
        told: Mapping[str, Value] | None = None,
    ) -> None:
        self.positional = positional
        self.keywords = keywords or {}
        self.rest = rest
        self.extra = extra
        self.names = names if extra else NO_NAMES
        self.told = told if extra else {}

    def all(self) -> Value:
        """The union of all."""
        return frozenset().union(*self.positional, *self.keywords.values(), self.rest, self.extra)

    def bound(self, receiver: Value) -> Arguments:
        """The same behind one more first argument."""
        return Arguments([receiver, *self.positional], self.keywords, self.rest, self.extra, self.names, self.told)

    def may_have(self, name: str) -> Value:
        """What a keyword may be that starred arguments may add."""
        if self.told is not None:
            return self.told.get(name, EMPTY)
        return self.extra if self.names is None or name in self.names else EMPTY


def joined(one: dict[str, Value] | None, other: Mapping[str, Value] | None) -> dict[str, Value] | None:
    """What may stand at each key where two mappings are put into one; None if it is not known of either."""
    if one is None or other is None:
        return None
    return {name: one.get(name, EMPTY) | other.get(name, EMPTY) for name in {**one, **other}}


def the_text(value: Value) -> str | None:
    """The one text that a value is; None if it may be another, or anything else, or should not be asked for."""
    texts = [atom.obj for atom in value if type(atom) is Atom]
    return texts[0] if len(texts) == len(value) == 1 and type(texts[0]) is str else None


class UnboundedError(Exception):
    """The rest cannot be analysed: it claims everything."""
