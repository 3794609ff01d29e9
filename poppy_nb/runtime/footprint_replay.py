"""A footprint that was found before, carried over to another turn: what the analysis had asked is asked again, and that is all.

The analysis of the rest of a strand is a function of the code, of where it stands, and of what it is told of the live program. Of
the turns of one loop the first two are the same, and what is told differs mostly in *which* objects it is about. So a recording
(`footprint_recorder.py` makes it) holds every question of an analysis and, in place of the objects in its answers, numbers in the
order in which they were met. It holds for another turn if all answers, asked for anew, are the same but for the objects, if the
objects correspond one to one, and if two that correspond are alike in all that the analysis may see of them without asking
(`ALIKE` and the other checks). Then its claims are those of the recording, with the one objects in the place of the others.
"""

from __future__ import annotations

import functools
import operator
import types
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from poppy_nb import numbers
from poppy_nb.looking import is_a
from poppy_nb.runtime.claims import Activation, Brought, Claims, Heap, Key, Mode
from poppy_nb.runtime.footprint_values import NUMBERS, PLAIN, Atom
from poppy_nb.runtime.placeholder import KINDS, PENDING, PendingAtom, PendingAttribute, is_stepped, known, of_client


Check = Callable[["Match", Any], bool]
Entry = Any  # in the place of an object: its number, or the atom of what has no identity (a number, a pending text)


def without_identity(obj: Any) -> Atom | None:
    """The atom of a value of which only the kind is told; None of others. (What `Store.atom` makes of it.)"""
    kind = type(obj)
    if kind is int or kind is float:
        (told,) = numbers.kind_of(obj) or (numbers.INT,)
        return NUMBERS[told]
    if kind is PendingAtom:
        kinds = obj.shape
        return NUMBERS[min(kinds)] if type(kinds) is numbers.Numbers and len(kinds) == 1 else PLAIN
    return None


# --- what the analysis may see of an object without asking


@dataclass(frozen=True, slots=True)
class Alike:
    """Of this very type: a builtin container, of which all else is asked for, or a scope."""

    kind: type
    most: int | None = None  # elements of a deque

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        kind: Any = type(obj)
        return kind is self.kind and (kind is not deque or obj.maxlen == self.most)


@dataclass(frozen=True, slots=True)
class Filled:
    """A defaultdict with the same factory, a builtin that stays as it is: of all else it is asked."""

    factory: Any

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        return type(obj) is defaultdict and obj.default_factory is self.factory


@dataclass(slots=True)
class Scalar:
    """The same if its value was looked at, else of the same type."""

    value: Any
    seen: bool = True

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        kind = type(self.value)
        if type(obj) is not kind:
            return False
        return not self.seen or obj is self.value or kind in _COMPARED and obj == self.value


_COMPARED = frozenset({str, bytes, slice})


@dataclass(frozen=True, slots=True)
class Same:
    """The very same object: a function or class of the interpreter's, a module, a namespace."""

    obj: Any

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        return obj is self.obj


@dataclass(frozen=True, slots=True)
class Function:
    """The same function, with the same code, name and defaults. It is not kept alive."""

    reference: Callable[[], Any]
    code: Any
    qualname: str
    defaults: Any
    named: tuple[Any, ...]

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        if self.reference() is not obj:
            return False
        same = obj.__code__ is self.code and obj.__defaults__ is self.defaults and obj.__qualname__ == self.qualname
        if not same or not obj.__kwdefaults__ and not self.named:
            return bool(same)
        named = named_defaults(obj)
        return len(named) == len(self.named) and all(map(operator.is_, named, self.named))


def named_defaults(function: types.FunctionType) -> tuple[Any, ...]:
    """The names and values of the defaults of parameters that are given by name."""
    return tuple(part for pair in (function.__kwdefaults__ or {}).items() for part in pair)


@dataclass(frozen=True, slots=True)
class Tuple:
    """A tuple with alike elements."""

    elements: list[Entry]

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        return type(obj) is tuple and match.take_all(self.elements, obj)


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the program's, or (`one`) the class itself. What it says under a name is asked for."""

    kind: type
    bases: tuple[type, ...]
    one: bool = False

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        return (obj if self.one else type(obj)) is self.kind and self.kind.__mro__ is self.bases


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound method: of an alike object, and with a name if it is a builtin's."""

    name: str | None
    parts: list[Entry]

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        if self.name is None:
            return type(obj) is types.MethodType and match.take_all(self.parts, [obj.__self__, obj.__func__])
        return type(obj) is types.BuiltinFunctionType and obj.__name__ == self.name and match.take_all(self.parts, [obj.__self__])


@dataclass(frozen=True, slots=True)
class Pending:
    """A value to come of which the same is known."""

    kind: type
    facts: tuple[Any, ...]

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        return type(obj) is self.kind and all(map(operator.is_, facts_of(obj), self.facts))


@dataclass(frozen=True, slots=True)
class Method:
    """What has the same name in an alike value to come."""

    name: str
    facts: tuple[Any, ...]
    receiver: Entry

    def holds(self, match: Match, obj: Any) -> bool:
        """Whether `obj` can stand in the place of what was recorded."""
        if type(obj) is not PendingAttribute or obj.name != self.name:
            return False
        return all(map(operator.is_, facts_of(obj), self.facts)) and match.take(self.receiver, obj.receiver)


def facts_of(placeholder: Any) -> tuple[Any, ...]:
    """What is known of a value to come besides what it may be or contain. Compared by identity: nothing of it is a value."""
    aliases = bool(placeholder.aliases)
    return (
        placeholder.state == PENDING, placeholder.shape, placeholder.row, placeholder.aliases is None,
        placeholder.classes == (), aliases and is_stepped(placeholder), of_client(placeholder),
    )  # fmt: skip


def facts_of_news(told: Brought) -> list[Any]:
    """The same of what is yet to be made."""
    return [told.fresh, told.ours, *([None] if told.classes is None else told.classes)]


# --- the recording


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is the same each time: a name, a namespace, a builtin. A namespace or cell has a number as well."""

    obj: Any
    number: int | None = None


HEAP = Fixed(None)  # as an argument


@dataclass(frozen=True, slots=True)
class CellOf:
    """A cell of the closure of a function."""

    function: int
    index: int
    number: int


@dataclass(frozen=True)
class Question:
    """What the analysis asked, and what it was told: objects, a location, or (`tells`) something that has to be the same."""

    ask: str | Callable[..., Any]  # a method of the heap, or a function that looks at the program
    arguments: tuple[Entry, ...]
    answer: list[Entry] | None = None
    location: tuple[int, str] | None = None
    told: Any = None
    tells: bool = False

    @functools.cached_property
    def easy(self) -> bool:
        """Whether its arguments are objects that have a number already, and what is the same each time."""
        return all(type(one) is int or type(one) is Fixed and one.number is None and one is not HEAP for one in self.arguments)


@dataclass(frozen=True, slots=True)
class Told:
    """A `Brought`, with numbers in the place of objects."""

    objects: list[Entry]
    rest: Brought

    def of(self, match: Match) -> Brought:
        """With the objects that correspond."""
        rest = self.rest
        return Brought(match.objects(self.objects), rest.fresh, rest.classes, rest.ours, rest.numbers, rest.keys)


@dataclass(frozen=True, slots=True)
class Recording:
    """One analysis: what it was given and asked, and its claims."""

    scope: Entry
    arguments: list[Entry]
    checks: list[Check]
    questions: list[Question]
    modes: list[tuple[Any, Mode]]
    looked: list[Any]
    keep: list[Entry]
    result: list[Entry]
    raised: list[Entry]
    news: Told
    brings: list[tuple[Any, Told]]
    rest: Claims  # all that is not about single objects

    def replay(self, activation: Activation, heap: Heap) -> Claims | None:
        """The claims of an activation of the same code at the same place; None if it has to be analysed."""
        match = Match(self.checks)
        if not match.take(self.scope, activation.scope) or not match.take_all(self.arguments, [*activation.arguments.values()]):
            return None
        asked = match.asked
        for question in self.questions:
            if not asked(question, heap):
                return None
        location, rest, news = match.location, self.rest, self.news.of(match)
        return Claims(
            {location(key): mode for key, mode in self.modes}, match.objects(self.keep), published=news.objects,
            result=match.objects(self.result), raised=match.objects(self.raised), ours=rest.ours, simple=rest.simple,
            numbers=rest.numbers, instances=rest.instances,
            brings={location(key): told.of(match) for key, told in self.brings}, news=news,
            looked={location(key) for key in self.looked}, lazy=rest.lazy,
            classes=rest.classes if rest.classes is None else [*rest.classes],
        )  # fmt: skip


class Match:
    """The correspondence of one replay: by number, the objects that were met, or what their ids are."""

    __slots__ = ("checks", "found", "ids", "seen")

    def __init__(self, checks: list[Check]) -> None:
        self.checks = checks
        self.found: list[Any] = []
        self.ids: list[int] = []
        self.seen: set[int] = set()

    def take(self, entry: Entry, obj: Any) -> bool:
        """Whether `obj` stands where `entry` was recorded."""
        kind = type(obj)
        if kind in KINDS:
            obj = known(obj)
        if type(entry) is not int:
            return without_identity(obj) is entry
        ids = self.ids
        if entry < len(ids):
            return ids[entry] == id(obj)
        if not self._new(id(obj)):
            return False
        self.found.append(obj)
        return self.checks[entry](self, obj)

    def take_all(self, entries: list[Entry], objects: Sequence[Any]) -> bool:
        """The same of several."""
        return len(entries) == len(objects) and all(map(self.take, entries, objects))

    def _new(self, identity: int) -> bool:
        if identity in self.seen:
            return False
        self.seen.add(identity)
        self.ids.append(identity)
        return True

    def _at(self, number: int, obj: Any) -> bool:
        """Whether a namespace or cell has its number."""
        if number < len(self.ids):
            self.found[number] = obj
            return self.ids[number] == id(obj)
        self.found.append(obj)
        return self._new(id(obj))

    def asked(self, question: Question, heap: Heap) -> bool:
        """Ask again: whether the answer corresponds."""
        ask, found = question.ask, self.found
        if question.easy:
            arguments = [found[one] if type(one) is int else one.obj for one in question.arguments]
        else:
            arguments = []
            for one in question.arguments:
                obj = heap if one is HEAP else self._argument(one)
                if type(one) is not int and one.number is not None and not self._at(one.number, obj):
                    return False
                arguments.append(obj)
        answer = (getattr(heap, ask) if type(ask) is str else ask)(*arguments)  # type: ignore[operator]
        if question.tells:
            return answer is question.told or _is_told(answer, question.told)
        if question.location is not None:
            return self._is_location(question.location, answer)
        if type(answer) is Brought:
            if not _is_told(facts_of_news(answer), question.told):
                return False
            answer = answer.objects
        if answer is None or question.answer is None:
            return answer is question.answer
        return self.take_all(question.answer, answer)

    def _argument(self, one: Entry) -> Any:
        if type(one) is int:
            return self.found[one]
        return one.obj if type(one) is Fixed else self.found[one.function].__closure__[one.index]

    def _is_location(self, location: tuple[int, str], answer: Any) -> bool:
        number, name = location
        identity, now = answer
        if name != now:
            return False
        if number < len(self.ids):
            return bool(self.ids[number] == identity)
        self.found.append(None)
        return self._new(identity)

    def location(self, key: Any) -> Key:
        """The location that corresponds."""
        if type(key) is int:
            return self.ids[key]
        if type(key) is tuple:
            return self.ids[key[0]] if type(key[0]) is int else id(key[0].obj), key[1]
        return id(key.obj) if type(key) is Fixed else key

    def objects(self, entries: list[Entry]) -> list[Any]:
        """The objects that correspond."""
        found = self.found
        return [found[one] if type(one) is int else one.obj for one in entries]


def _is_told(answer: Any, told: Any) -> bool:
    if type(told) is list and is_a(answer, (list, tuple)):
        return len(told) == len(answer) and all(map(operator.is_, told, answer))
    return answer is told
