"""Noting what one analysis of the rest of a strand asks, so that its answer can be carried over (`footprint_replay.py`).

A `Recorder` stands between an analysis and the heap. What the analysis may see without asking is fixed for the kinds of objects
that are listed here; where it meets another one, or looks at the program in a way that is not noted, the recording is of no use.
"""

from __future__ import annotations

import io
import sys
import types
import weakref
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import FunctionType
from typing import Any

from poppy_nb import tables
from poppy_nb.looking import is_a
from poppy_nb.runtime import files
from poppy_nb.runtime.claims import DECIMALS, Activation, Brought, Claims, Heap, Key
from poppy_nb.runtime.footprint_looks import CHANGES, behind, lasts, newcomer_of, on_class, stored_on
from poppy_nb.runtime.footprint_replay import (
    HEAP,
    Alike,
    Bound,
    CellOf,
    Check,
    Entry,
    Filled,
    Fixed,
    Function,
    Instance,
    Method,
    Pending,
    Question,
    Recording,
    Same,
    Scalar,
    Told,
    Tuple,
    facts_of,
    facts_of_news,
    named_defaults,
    without_identity,
)
from poppy_nb.runtime.footprint_values import SCALARS, Atom, Kind, kind_of
from poppy_nb.runtime.placeholder import (
    KINDS,
    PENDING,
    PendingAttribute,
    PendingFamily,
    PendingNewcomer,
    PendingTuple,
    Placeholder,
    known,
)
from poppy_nb.runtime.variables import LocalScope, NamespaceScope


# what is in them is asked for
_ALIKE = frozenset({list, dict, set, deque, OrderedDict, Counter, type(iter(range(0))), LocalScope, NamespaceScope})
_OTHERWISE = (tuple, frozenset, BaseException, str, bytes, int, float, complex, defaultdict, types.ModuleType, io.IOBase)
_BOUNDS = {int, type(None)}
_FEW = 200  # objects in one answer
_LASTING = (DECIMALS, tables.ALL, tables.ARRAYS)


class Watched(Atom):
    """The atom of a text or the like of the program's. `seen`: the analysis has looked at its value, not only at its type."""

    __slots__ = ("seen", "value")

    def __init__(self, value: Any, kind: Kind, type_: Any) -> None:
        super().__init__(value, kind, type_)
        self.seen = False

    @property
    def obj(self) -> Any:
        """The value."""
        self.seen = True
        return self.value

    @obj.setter
    def obj(self, value: Any) -> None:
        self.value = value


class Recorder:
    """The heap of an analysis that is recorded."""

    def __init__(self, heap: Heap) -> None:
        self.heap = heap
        self.strict = getattr(heap, "strict", False)
        self.reason = ""  # why the recording is of no use
        self.numbers: dict[int, int] = {}  # by id
        self.objects: list[Any] = []  # by number; None: only its id was told
        self.checks: list[Check] = []
        self.scalars: list[tuple[Scalar, int]] = []
        self.atoms: dict[int, Watched] = {}  # of scalars, by number
        self.cells: dict[int, tuple[int, int]] = {}  # by id: of which function, and where in its closure
        self.fixed: dict[int, Any] = {id(one): one for one in _LASTING}  # by id, what has no number
        self.questions: list[Question] = []

    def give_up(self, reason: str) -> None:
        """It cannot be carried over."""
        self.reason = self.reason or reason

    # --- objects

    def entry(self, obj: Any) -> Entry:
        """What stands for an object that the analysis is told of."""
        if type(obj) in KINDS:
            obj = known(obj)
        atom = without_identity(obj)
        if atom is not None:
            return atom
        number = self.numbers.get(id(obj))
        if number is None:
            number = self._number(obj)
            self.checks[number] = self._check(obj, number)
        elif self.objects[number] is None and obj is not None:
            self.give_up("an object whose id was told before")
        return number

    def scope(self, scope: object) -> Entry:
        """The scope of the code: what it holds is asked for."""
        number = self._number(scope)
        self.checks[number] = Alike(type(scope)).holds
        return number

    def _number(self, obj: Any, identity: int | None = None) -> int:
        number = len(self.objects)
        self.numbers[id(obj) if identity is None else identity] = number
        self.objects.append(obj)
        self.checks.append(Same(None).holds)
        return number

    def _check(self, obj: Any, number: int) -> Check:
        kind = type(obj)
        if kind in _ALIKE:
            return Alike(kind, obj.maxlen if kind is deque else None).holds
        if kind in SCALARS and (kind is not slice or {type(obj.start), type(obj.stop), type(obj.step)} <= _BOUNDS):
            scalar = Scalar(obj)
            self.scalars.append((scalar, number))
            return scalar.holds
        if kind is tuple:
            return Tuple([self.entry(one) for one in obj]).holds
        if kind is defaultdict and (obj.default_factory is None or lasts(obj.default_factory)):
            return Filled(obj.default_factory).holds
        if kind not in SCALARS and kind_of(kind) is Kind.SCALAR:
            return Same(obj).holds  # a flag of the standard library's
        if kind is Placeholder or kind is PendingTuple or kind is PendingFamily or kind is PendingNewcomer:
            if obj.state != PENDING or files.may_read(obj):
                self.give_up("a value to come of which more is known")
            return Pending(kind, facts_of(obj)).holds
        if kind is PendingAttribute:
            return Method(obj.name, facts_of(obj), self.entry(obj.receiver)).holds
        if kind is types.FunctionType:
            self.cells.update((id(cell), (number, index)) for index, cell in enumerate(obj.__closure__ or ()))
            named = named_defaults(obj)
            if any(type(one) not in SCALARS for one in (*(obj.__defaults__ or ()), *named)):
                self.give_up("a function with defaults that can change")
            return Function(weakref.ref(obj), obj.__code__, obj.__qualname__, obj.__defaults__, named).holds
        if kind is types.MethodType:
            return Bound(None, [self.entry(obj.__self__), self.entry(obj.__func__)]).holds
        if lasts(obj):
            return Same(obj).holds
        if kind is types.BuiltinFunctionType:
            return Bound(obj.__name__, [self.entry(obj.__self__)]).holds
        if issubclass(kind, type):
            return Instance(obj, obj.__mro__, True).holds
        if not self._is_the_programs(kind):
            self.give_up(f"an object of {kind}")
        return Instance(kind, kind.__mro__).holds

    def _is_the_programs(self, kind: type) -> bool:
        """Whether all that is seen of objects of a class is what stands in their attributes and in classes."""
        if not kind.__flags__ & CHANGES or issubclass(kind, _OTHERWISE) or tables.has_readers(kind):
            return False
        if any("__pydantic_core_schema__" in cls.__dict__ for cls in kind.__mro__):
            return False
        namespace = getattr(sys.modules.get(kind.__module__), "__dict__", None)
        return namespace is None or kind.__module__ == "__main__" or self.owns(namespace)

    def met(self, obj: Any, kind: Kind, type_: type) -> Atom:
        """The atom of an existing object."""
        number = self.numbers.get(id(obj))
        if kind is Kind.SCALAR and number is not None:
            atom = self.atoms[number] = Watched(obj, kind, type_)
            return atom
        if number is None and kind is not Kind.SCALAR:
            if not lasts(obj) and id(obj) not in self.fixed and kind is not Kind.CLASS:  # that of an object it was told of
                self.give_up(f"an object of {type_} that it was not told of")
            self.fixed[id(obj)] = obj
        return Atom(obj, kind, type_)

    # --- questions

    def _argument(self, obj: Any) -> Entry:
        number = self.numbers.get(id(obj))
        if number is not None and self.objects[number] is obj and type(obj) is not dict:
            return number
        if type(obj) is types.CellType and id(obj) in self.cells:
            return CellOf(*self.cells[id(obj)], self._number(obj) if number is None else number)
        if type(obj) is dict and "__name__" in obj:
            if number is not None:
                self.objects[number] = obj  # that its id was told before does no harm
            return Fixed(obj, self._number(obj) if number is None else number)  # the namespace of a module
        if number is not None and self.objects[number] is obj:
            return number
        if id(obj) in self.fixed or lasts(obj) or is_a(obj, type):
            return Fixed(obj, self._number(obj) if type(obj) is types.CellType else None)
        self.give_up(f"a question about an object of {type(obj)} that it was not told of")
        return Fixed(None)

    def _objects(self, ask: str | Callable[..., Any], arguments: tuple[Any, ...], answer: Sequence[object] | None,
                 told: Any = None) -> Any:  # fmt: skip
        if answer is not None and len(answer) > _FEW:
            self.give_up("a long answer")
        elif not self.reason:
            entries = None if answer is None else [self.entry(one) for one in answer]
            self.questions.append(Question(ask, arguments, entries, told=told))
        return answer

    def _told(self, ask: str | Callable[..., Any], arguments: tuple[Any, ...], answer: Any) -> Any:
        self.questions.append(Question(ask, arguments, told=answer, tells=True))
        if not is_a(answer, list):
            self.fixed[id(answer)] = answer
        return answer

    def look(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function`, which looks at the program, gives: the same object, or a list of the same ones, each time."""
        return self._told(function, tuple(Fixed(one) if type(one) is str else self._argument(one) for one in arguments),
                          function(*arguments))  # fmt: skip

    def look_for(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The same of a function that gives existing objects, which may be others each time."""
        return self._objects(function, tuple(Fixed(one) if type(one) is str else self._argument(one) for one in arguments),
                             function(*arguments))  # fmt: skip

    def found_on(self, cls: type, name: str) -> None:
        """The analysis looks at what a class says under a name."""
        self._found(on_class, (cls,), name)

    def found_behind(self, cls: type, one: type, name: str) -> None:
        """The analysis looks at what `super(one, ...)` finds in an instance of a class."""
        self._found(behind, (cls, one), name)

    def _found(self, look: Callable[..., list[Any]], classes: tuple[type, ...], name: str) -> None:
        parts = look(*classes, name)
        self.fixed.update((id(one), one) for one in parts)
        for one in parts:
            if type(one) is types.FunctionType:
                self.fixed.update((id(cell), cell) for cell in one.__closure__ or ())
        self._told(look, (*map(self._argument, classes), Fixed(name)), parts)

    def stored_on(self, cls: type, name: str) -> Any:
        """See `stored_on`."""
        return self._objects(stored_on, (HEAP, self._argument(cls), Fixed(name)), stored_on(self.heap, cls, name))

    def variable(self, scope: object, kind: str, name: str) -> Sequence[object]:
        """As of the heap."""
        argument = self._argument(scope)
        return self._objects("variable", (argument, Fixed(kind), Fixed(name)), self.heap.variable(scope, kind, name))  # type: ignore[no-any-return]

    def scope_key(self, scope: object, kind: str, name: str) -> Key:
        """As of the heap."""
        key = self.heap.scope_key(scope, kind, name)
        argument = self._argument(scope)
        if type(key) is tuple:
            number = self.numbers.get(key[0])
            if number is None:
                number = self._number(None, key[0])
            self.questions.append(Question("scope_key", (argument, Fixed(kind), Fixed(name)), location=(number, key[1])))
        else:
            self.give_up("a variable without a location")
        return key

    def attribute(self, obj: object, name: str) -> Sequence[object]:
        """As of the heap."""
        return self._objects("attribute", (self._argument(obj), Fixed(name)), self.heap.attribute(obj, name))  # type: ignore[no-any-return]

    def elements(self, obj: object) -> Sequence[object]:
        """As of the heap."""
        return self._objects("elements", (self._argument(obj),), self.heap.elements(obj))  # type: ignore[no-any-return]

    def values(self, obj: dict[object, object]) -> Sequence[object]:
        """As of the heap."""
        return self._objects("values", (self._argument(obj),), self.heap.values(obj))  # type: ignore[no-any-return]

    def keys(self, container: dict[object, object]) -> Sequence[str] | None:
        """As of the heap."""
        answer = self.heap.keys(container)
        return self._told("keys", (self._argument(container),), None if answer is None else [*answer])  # type: ignore[no-any-return]

    def counts(self, container: object) -> Sequence[object] | None:
        """As of the heap."""
        return self._objects("counts", (self._argument(container),), self.heap.counts(container))  # type: ignore[no-any-return]

    def aliases(self, placeholder: object) -> Sequence[object] | None:
        """As of the heap."""
        return self._objects("aliases", (self._argument(placeholder),), self.heap.aliases(placeholder))  # type: ignore[no-any-return]

    def item_at(self, container: object, key: Atom) -> Sequence[object] | None:
        """What stands at the key that an atom is of: its value need not be the same."""
        if type(key) is not Watched:
            return self._objects("item", (self._argument(container), Fixed(key.obj)), self.heap.item(container, key.obj))  # type: ignore[no-any-return]
        arguments = (self._argument(container), self.numbers[id(key.value)])
        return self._objects("item", arguments, self.heap.item(container, key.value))  # type: ignore[no-any-return]

    def item(self, container: object, key: object) -> Sequence[object] | None:
        """As of the heap."""
        self.give_up("an item by a key that is not watched")
        return self.heap.item(container, key)

    def types(self, placeholder: object) -> Sequence[type] | None:
        """As of the heap."""
        answer = self.heap.types(placeholder)
        return self._told("types", (self._argument(placeholder),), None if answer is None else [*answer])  # type: ignore[no-any-return]

    def function(self, function: FunctionType) -> Any:
        """As of the heap."""
        return self._told("function", (self._argument(function),), self.heap.function(function))

    def managing(self, function: FunctionType) -> Any:
        """As of the heap."""
        return self._told("managing", (self._argument(function),), self.heap.managing(function))

    def pushed(self, function: FunctionType) -> Any:
        """As of the heap."""
        return self._told("pushed", (self._argument(function),), self.heap.pushed(function))

    def owns(self, namespace: Mapping[str, object]) -> bool:
        """As of the heap."""
        return bool(self._told("owns", (Fixed(namespace),), self.heap.owns(namespace)))

    def handled(self) -> BaseException | None:
        """As of the heap."""
        error = self._told("handled", (), self.heap.handled())
        if error is not None:
            self.give_up("an exception that is being handled")
        return error  # type: ignore[no-any-return]

    def raising(self) -> Sequence[object] | None:
        """As of the heap."""
        return self._objects("raising", (), self.heap.raising())  # type: ignore[no-any-return]

    def newcomer(self, newcomer: Any) -> Brought:
        """As of the heap."""
        told = self.heap.newcomer(newcomer)
        self._objects(newcomer_of, (HEAP, self._argument(newcomer)), told.objects, facts_of_news(told))
        return told

    def has_ended(self, generator: object) -> bool:
        """As of the heap; not recorded."""
        self.give_up("a generator")
        return self.heap.has_ended(generator)

    def generator(self, generator: Any) -> Activation | None:
        """As of the heap; not recorded."""
        self.give_up("a generator")
        return self.heap.generator(generator)

    def collected(self, generator: object) -> list[object] | None:
        """As of the heap; not recorded."""
        self.give_up("a generator")
        return self.heap.collected(generator)

    # --- the end

    def recording(self, scope: Entry, arguments: list[Entry], claims: Claims) -> Recording | None:
        """The recording of an analysis that has ended with these claims; None if it is of no use."""
        if claims.everything:
            self.give_up(claims.reason)
        for scalar, number in self.scalars:
            atom = self.atoms.get(number)
            scalar.seen = atom is not None and atom.seen
            if not scalar.seen and type(scalar.value) in (str, bytes):
                scalar.value = type(scalar.value)()  # do not keep it
        modes = [(self._location(key), mode) for key, mode in claims.modes.items()]
        looked = [self._location(key) for key in claims.looked]
        brings = [(self._location(key), self._brought(told)) for key, told in claims.brings.items()]
        keep, result, news = self._all(claims.keep), self._all(claims.result), self._brought(claims.news)
        raised = self._all(claims.raised)
        if self.reason:
            return None
        rest = Claims(instances=claims.instances, ours=claims.ours, simple=claims.simple, numbers=claims.numbers,
                      lazy=claims.lazy, classes=None if claims.classes is None else [*claims.classes])  # fmt: skip
        return Recording(scope, arguments, self.checks, self.questions, modes, looked, keep, result, raised, news, brings, rest)

    def _brought(self, told: Brought) -> Told:
        return Told(self._all(told.objects), replace(told, objects=[]))

    def _all(self, objects: Sequence[object]) -> list[Entry]:
        return [self._place_of(one) for one in objects]

    def _place_of(self, obj: object) -> Entry:
        number = self.numbers.get(id(obj))
        if number is not None and self.objects[number] is obj:
            return number
        if obj is None or id(obj) in self.fixed:
            return Fixed(obj)
        self.give_up(f"claims of an object of {type(obj)} that it was not told of")
        return Fixed(None)

    def _location(self, key: Key) -> Any:
        if type(key) is str:
            return key
        identity = key[0] if type(key) is tuple else key
        number = self.numbers.get(identity)  # type: ignore[arg-type]
        if number is None:
            if identity not in self.fixed:
                self.give_up("claims of an object that it was not told of")
            place: Any = Fixed(self.fixed.get(identity))  # type: ignore[arg-type]
        else:
            place = number
        return (place, key[1]) if type(key) is tuple else place
