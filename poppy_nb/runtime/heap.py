"""What the footprint analysis is told of the live program: variables, attributes, elements as of the place of a parked strand."""

from __future__ import annotations

import sys
import types
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import FunctionType, GeneratorType
from typing import TYPE_CHECKING, Any

from poppy_nb import ir
from poppy_nb.looking import fields, is_a, parts_of
from poppy_nb.numbers import GONE, Numbers

from . import classes, counters, families, links, open_values, variables
from .adaptors import Stream
from .chains import READ, STORE, Key
from .claims import Activation, Brought
from .frame_locals import locals_of
from .generators import pauses
from .hazards import HOLDERS
from .iteration import NATIVE_ITERATORS, ListItems
from .loops import iterated, spread
from .placeholder import KINDS, PendingAtom, PendingCall, PendingFamily, PendingNewcomer, PendingTuple, Placeholder, known
from .positions import position_of
from .standing import given_above
from .strands import CANCELLED, DONE, FAILED, SCOPE, Operation, Strand
from .streams import hooked
from .variables import LocalScope, NamespaceScope


if TYPE_CHECKING:
    from .chains import Entry, Position
    from .engine import Engine

_TEXT = PendingAtom(None, ())
UNKNOWN = Placeholder("an object that an unknown writer may store", None)


class EngineHeap:
    """Reads at one position. What earlier writers that are still open may store is among the answers."""

    def __init__(self, engine: Engine, position: Position, strand: Strand | None = None) -> None:
        self.engine = engine
        self.strand = strand  # that has parked, and may be stepping generators
        self.position = position
        self.taken_back = strand.path if strand is not None and strand.kind == "try" else None  # what its body did may be
        self.taken: dict[Key, list[Any]] = {}  # and then this stands there again
        self.undone: dict[Key, Any] = {}  # or a number of these kinds, None: anything
        self.strict: bool = engine.strict
        self._of: dict[Key, links.Above] = {}  # by location: it is asked for everything that is brought there

    def variable(self, scope: object, kind: str, name: str) -> Sequence[object]:
        """What a variable may hold."""
        if is_a(scope, types.CellType) or kind == "cell":
            cell: Any = scope if is_a(scope, types.CellType) else _cell(scope, name)
            if cell is None:
                return (UNKNOWN,)
            try:
                now: tuple[object, ...] = (known(cell.cell_contents),)
            except ValueError:
                now = ()
            return self._with_open((id(cell), ""), now)
        home = self._home(scope, kind, name)
        if is_a(home, NamespaceScope):
            value = home.names.get(name, _MISSING)
        else:
            value = dict.get(home, name, _MISSING)
        return self._with_open(variables.key_of(home, name), () if value is _MISSING else (known(value),))

    def scope_key(self, scope: object, kind: str, name: str) -> Key:
        """The location of a variable."""
        if is_a(scope, types.CellType):
            return (id(scope), "")
        if kind == "cell":
            return (id(_cell(scope, name)), "")
        return variables.key_of(self._home(scope, kind, name), name)

    def _home(self, scope: Any, kind: str, name: str) -> Any:
        if is_a(scope, LocalScope):
            if kind == "global":
                return scope.module
            while scope.parent is not None and name not in scope:
                scope = scope.parent
            return scope
        if is_a(scope, dict):
            return variables.scope_of(self.engine, scope)
        return scope

    def _with_open(self, key: Key, now: tuple[object, ...]) -> Sequence[object]:
        chains = self.engine.chains
        if key in self.undone:  # what stood there before
            kinds = self.undone[key]
            now = (*now, *((_TEXT,) if kinds is None else counters.examples(kinds)), *self.taken.get(key, ()))
        if key not in chains.of and not chains.everything:
            return now
        told = open_values.of(chains, key, self.position, self.taken_back)
        if told is not None:
            return [*now, *told.values(), *([links.newcomer(chains, key)] if told.fresh else ()), *self._plain(key, now)]
        entries, certain = links.own_writes(chains, key, self.position, self.taken_back)
        above = self._above(key) if not certain else []
        values = self._brought(key, entries, above)
        if values is None:
            values = [UNKNOWN]
        elif links.is_news(key, entries, above):
            values.append(links.newcomer(chains, key))
        if certain and key not in self.taken:
            now = ()
        if all(entry.access == STORE and not entry.claim for entry in entries) and all(one.only_stores for one in above):
            return [*now, *values]  # these are all
        return [*now, *values, *self._plain(key, now)]

    def _above(self, key: Key) -> list[links.Above]:
        """What those may put there who touch a location that `key` is brought to."""
        chains = self.engine.chains
        chain = chains.of.get(key)
        found = []
        for parent in (chain.parents or ()) if chain is not None else ():
            above = self._of.get(parent)
            if above is None:
                above = self._of[parent] = links.Above(chains, parent, self.position)
            found.append(above)
        return found

    def _brought(self, key: Key, entries: list[Entry], above: list[links.Above]) -> list[Any] | None:
        values = links.brought(key, entries)
        if values is None or not above:
            return values
        found = {id(value): value for value in values}
        for one in above:
            if one.values is None:
                return None
            found |= one.values
        return list(found.values())

    def _plain(self, key: Key, now: Sequence[object]) -> Sequence[object]:
        """What texts and numbers those may store that stand there still: of these nothing else is told."""
        first = now[0] if len(now) == 1 else None
        if key in self.undone:
            first = now[0] if now and self.undone[key] is not None else None
        number = counters.held(self.engine.chains, key, self.position, first) if type(key) is tuple else None
        return (_TEXT,) if number is None else counters.examples(number)

    def newcomer(self, newcomer: PendingNewcomer) -> Brought:
        """What is known of that which `newcomer` stands for: of what has come by now, and of what is still to come."""
        chains, key = self.engine.chains, newcomer.key
        made = chains.of.get(id(newcomer))
        come = list(map(known, (made.children or {}).values())) if made is not None else []
        summed = open_values.of(chains, key, self.position)
        if summed is not None:
            told = summed.news() or Brought()
            come = families.but_members(chains, come, told.objects)
        else:
            entries, certain = links.own_writes(chains, key, self.position)
            above = self._above(key) if not certain else []
            if self._brought(key, entries, above) is None:
                return Brought([UNKNOWN], True, None, False)
            told = links.news(chains, key, self.position, entries, above) or Brought()
        return Brought([*told.objects, *come], True, told.classes, told.ours)

    def attribute(self, obj: object, name: str) -> Sequence[object]:
        """What stands in the instance dict, the slot, or a class's own namespace."""
        now: tuple[object, ...] = ()
        if is_a(obj, type):
            value = vars(obj).get(name, _MISSING)
            now = () if value is _MISSING else (known(value),)
        else:
            own = fields(obj)
            if own is not None and name in own and not hooked(own, name):
                now = (known(own[name]),)
            else:
                found = classes.find(type(obj), name)
                if is_a(found, types.MemberDescriptorType):
                    try:
                        now = (known(found.__get__(obj)),)
                    except AttributeError:
                        now = ()
        answers = self._with_open((id(obj), name), now)
        if self.engine.chains.of.get(id(obj)) is not None and not _is_method(obj, name):
            return [*answers, *self._with_open(id(obj), ())]
        return answers

    def counts(self, container: object) -> Sequence[object] | None:
        """What the values of a dict are if all are numbers, whatever the open writes before do; else None."""
        number = counters.of_values(self.engine.chains, container, self.position)
        before = self.undone.get(id(container), number)
        return None if number is None or before is None else counters.examples(Numbers(number | before))

    def keys(self, container: dict[Any, Any]) -> Sequence[str] | None:
        """The keys of a dict, if they are texts and nobody has yet to change it; else None."""
        key = id(container)
        if key in self.undone or self.engine.chains.conflict(key, READ, self.position) is not None:
            return None
        keys = [*container]
        return keys if all(type(one) is str for one in keys) else None

    def values(self, obj: dict[Any, Any]) -> Sequence[object]:
        """The values of a dict."""
        return self._with_open(id(obj), tuple(map(known, dict.values(obj))))

    def elements(self, obj: Any) -> Sequence[object]:
        """What a builtin container holds."""
        if type(obj) is PendingTuple:
            return [known(p) for p in obj.parts]
        if is_a(obj, dict):
            now: tuple[object, ...] = (*dict.keys(obj), *map(known, dict.values(obj)))
        elif is_a(obj, HOLDERS):
            now = tuple(map(known, parts_of(obj)))
        else:
            return self._of_iterator(obj)
        return self._with_open(id(obj), now)

    def _of_iterator(self, obj: Any) -> Sequence[object]:
        if type(obj) is ListItems:
            return self.elements(obj.items)
        if type(obj) is Stream or type(obj) is GeneratorType:
            return ()  # what its parts give; what the rest of it yields
        import gc

        found: list[object] = []
        for one in gc.get_referents(obj):
            if is_a(one, HOLDERS):
                found.extend(self.elements(one))
        return found

    def item(self, container: object, key: object) -> Sequence[object] | None:
        """What one key of a container may hold, None to look at all."""
        if type(container) in KINDS:
            return None
        if self.engine.chains.of.get(id(container)) is not None or id(container) in self.undone:
            number = counters.at_key(self.engine.chains, container, key, self.position)
            before = self.undone.get(id(container), number)
            if number is None or before is None or GONE in before and type(container) not in _FILLED:
                return self._at_key(container, key)
            return counters.examples(Numbers(number | before))
        try:
            if is_a(container, dict):
                found: object = dict.get(container, key, links.DELETED)  # type: ignore[call-overload]  # not what a defaultdict makes
                if found is not links.DELETED:
                    return (known(found),)
                number = counters.at_key(self.engine.chains, container, key, self.position)
                return None if number is None else counters.examples(number)
            return (known(container[key]),)  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None

    def _at_key(self, container: Any, key: object) -> Sequence[object] | None:
        """What stands at a key of a dict, and what open writes may put there: those say what they store, whatever its key is."""
        if type(container) not in counters.KEYED or id(container) in self.undone:
            return None
        found = dict.get(container, key, links.DELETED)
        return None if found is links.DELETED else self._with_open(id(container), (known(found),))

    def aliases(self, placeholder: Any) -> Sequence[object] | None:
        """Existing objects that the value of a placeholder may be or contain."""
        if is_a(placeholder, PendingCall):
            return (*placeholder.args, *placeholder.kwargs.values())
        assert is_a(placeholder, Placeholder)
        if placeholder.state == 1:
            return (known(placeholder),)
        if is_a(placeholder, PendingTuple):
            return [known(p) for p in placeholder.parts]
        if placeholder.aliases is None:
            return None
        found = self._with_open(id(placeholder), tuple(map(known, placeholder.aliases)))  # and what is put into it
        found = [one for one in found if one is not _TEXT]
        if type(placeholder) is PendingFamily:
            return families.but_members(self.engine.chains, found, (placeholder,))
        return found

    def types(self, placeholder: object) -> Sequence[type] | None:
        """Classes of the user's of which the value may be a new instance."""
        return getattr(placeholder, "classes", None)

    def function(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The representation of a function that would run mediated."""
        mediated = self.engine.compiler.function(function)
        if mediated is None or pauses(mediated.__code__) or self.engine.compiler.demands(mediated.__code__):
            return None
        return self.engine.compiler.ir_of(function.__code__)  # type: ignore[no-any-return]

    def managing(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The same of a generator function under `contextlib.contextmanager`."""
        if self.engine.compiler.function(function) is None:
            return None
        return self.engine.compiler.ir_of(function.__code__)  # type: ignore[no-any-return]

    def pushed(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The same of a generator function all items of which a loop takes."""
        if self.engine.compiler.pushed(function) is None:
            return self.function(function)
        return self.engine.compiler.ir_of(function.__code__)  # type: ignore[no-any-return]

    def has_ended(self, generator: object) -> bool:
        """Whether nothing of a generator or coroutine is left to do."""
        if generator in self.engine.collecting:
            return False
        return getattr(generator, "gi_frame", generator) is None and generator not in self.engine.drained

    def collected(self, generator: object) -> list[object] | None:
        """Of a generator that is being run into what takes all its items: where those stand that there were so far."""
        run = self.engine.collecting.get(generator)
        return run[2] if run is not None else None

    def generator(self, generator: GeneratorType[object, object, object]) -> Activation | None:
        """Where a generator of the user's stands."""
        made = self.engine.generators.get(generator)
        if made is not None:
            return self._of_expression(*made)
        function = self.engine.generator_functions.get(generator)
        if function is None:
            return None  # a coroutine, or not the user's
        node = self.engine.compiler.ir_of(function.__code__)
        if node is None:
            return None
        if generator in self.engine.collecting:
            return self._unbegun(node, *self.engine.collecting[generator][:2])
        frame = generator.gi_frame
        if frame is None:
            return None
        names = locals_of(frame)
        scope = names.get(SCOPE)
        if scope is None and frame.f_code is function.__code__:
            return None  # in plain form: what is claimed of it is kept, and it has to end as soon as plain code lets go of it
        if scope is not None:
            scope.function = function  # and not who steps it: its free names are looked for among those of the function
            temporaries = {name: value for name, value in names.items() if name.startswith("__poppy_") and name != SCOPE}
            if generator.gi_yieldfrom is not None:
                temporaries["__poppy_delegated"] = iterated(generator.gi_yieldfrom)
            if generator.gi_running:
                strand = self.engine.stepping.get(generator, self.strand)
                given = given_above(frame, strand) if strand is not None else None
                if given is None:
                    return None
                temporaries |= given
            spread(temporaries)
            return Activation(node, "function", instruction(frame), scope, temporaries)
        return self._unbegun(node, function, names)

    def _of_expression(self, region: Any, _: Any, scope: object, cells: Any, items: object) -> Activation | None:
        """A generator expression over what `items` gives; the elements that are under way have strands of their own."""
        source: object = items if type(items) in NATIVE_ITERATORS else None
        if type(items) is ListItems or type(items) is GeneratorType:
            found = iterated(items)
            source = found if found is not items else None
        if source is None or region.cells or cells is not scope.cells or type(region.node) is not ir.GeneratorExp:  # type: ignore[attr-defined]
            return None
        return Activation(region.node, "expression", None, scope, {"source": source}, region.names)

    def _unbegun(self, node: ir.Node, function: FunctionType, names: dict[str, Any]) -> Activation:
        """A generator with these arguments that is still to begin."""
        scope = LocalScope(names)
        scope.module = variables.scope_of(self.engine, function.__globals__)
        scope.cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        scope.function, scope.inside, scope.parent, scope.birth = function, None, None, self.position
        return Activation(node, "function", None, scope, dict(names))

    def handled(self) -> BaseException | None:
        """The exception that the strand, which has just parked here, is handling."""
        return sys.exception() if sys.version_info >= (3, 11) else sys.exc_info()[1]

    def raising(self) -> Sequence[object] | None:
        """What may come out of what the `try` body of the strand has begun."""
        found: dict[int, object] = {}
        if self.strand is None or not self.strand.is_try:
            return ()
        return list(found.values()) if _raised(self.strand, found) else None

    def owns(self, namespace: Mapping[str, object]) -> bool:
        """Whether code with these globals is the user's."""
        return id(namespace) in self.engine.namespaces or namespace.get("__name__") == "__main__"


_MISSING = object()
_FILLED = (Counter, defaultdict)  # of which a missing key gives a number, too


_METHODS = (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)


def _is_method(obj: object, name: str) -> bool:
    """Whether it is a method, which writes of the whole do not hide; what is put into a container is among its elements."""
    found = classes.find(type(obj), name)
    return is_a(found, _METHODS) or is_a(obj, HOLDERS) and found is not classes.MISSING


def _raised(strand: Strand, found: dict[int, object]) -> bool:
    """Collect what exceptions out of the parts of a strand may be or contain; False: of one of them nothing is known."""
    for item in strand.log[strand.head :]:
        if type(item) is not Operation and type(item) is not Strand:
            continue
        if item.error is not None:
            found[id(item.error)] = item.error
        inner: Strand | None = item if type(item) is Strand else item.runner  # type: ignore[union-attr]
        if inner is not None:
            if inner.state not in (DONE, FAILED, CANCELLED):
                if inner.everything:
                    return False
                found.update((id(one), one) for one in map(known, inner.raised))
            if not _raised(inner, found):
                return False
    return True


def _cell(scope: Any, name: str) -> Any:
    while scope is not None:
        if name in scope.cells:
            return scope.cells[name]
        scope = scope.parent
    return None


def instruction(frame: types.FrameType) -> ir.Span | None:
    """Where a suspended frame stands in the user's code."""
    line, end_line, column, end_column = position_of(frame.f_code, frame.f_lasti)
    if line is None or column is None or end_line is None or end_column is None:
        return None
    return ir.Span(line, column, end_line, end_column)
