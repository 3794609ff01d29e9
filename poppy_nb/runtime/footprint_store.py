"""The memory of the abstract interpretation: atoms for objects, what they may hold, and the claims made on them.

Everything in it only grows. A round of the interpretation in which something grew after it had been read is repeated, so that the
order in which the rest is visited does not matter.
"""

from __future__ import annotations

import gc
import sys
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NoReturn

from poppy_nb import numbers, shapes, tables
from poppy_nb.looking import is_a
from poppy_nb.runtime.adaptors import Stream
from poppy_nb.runtime.claims import DECIMALS, ORDER, WORLD, Claims, Heap, Key, Mode
from poppy_nb.runtime.footprint_looks import CHANGES, NOTHING, builtin, is_new
from poppy_nb.runtime.footprint_recorder import Recorder
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    ANYTHING,
    CONTAINERS,
    EMPTY,
    KEYS,
    NEW,
    NUMBERS,
    PLACEHOLDERS,
    PLAIN,
    SCALARS,
    UNSORTED,
    Answer,
    Atom,
    Cell,
    Kind,
    UnboundedError,
    Value,
    Variable,
    kind_of,
)
from poppy_nb.runtime.placeholder import (
    ELEMENTS,
    KINDS,
    OURS,
    Among,
    PendingAtom,
    PendingChoice,
    PendingIterator,
    PendingNewcomer,
    PendingTuple,
    known,
)
from poppy_nb.runtime.views import SHOWING, shown


READ, WRITE = Mode.READ, Mode.WRITE
_MISSING = object()
_FEW = 8  # scalars in one container that are told apart
_MANY = 5000  # objects in one container
CAUGHT = "caught"  # payload of a new exception: what its attributes may hold is its content
HOLDER = "holder"  # payload of a foreign value that is new: its content is what parts of it may be, not what it may be


TOO_MUCH = "too much code to analyse"


class Store:
    """Atoms, cells, variables and claims of one analysis. Knows nothing of what code does."""

    def __init__(self, heap: Heap, effects: Any, budget: int) -> None:
        self.pushing = False  # what is called is iterated over by a loop that takes all items
        self.heap = heap
        self.recorder = heap if type(heap) is Recorder else None
        self.strict = getattr(heap, "strict", False)  # nothing of A1 to A8 of the contract is assumed
        self.effects = effects
        self.budget = budget
        self.line = 0
        self.round = 1
        self.again = False  # something grew after it had been read
        self.grown = 0  # how often something has grown
        self.claims = Claims()
        self.modes = self.claims.modes
        self.looked = self.claims.looked
        self.atoms: dict[Any, Atom] = {}
        self.variables: dict[Any, Variable] = {}
        self.published: dict[Atom, None] = {}
        self.brings: dict[Key, dict[Atom, None]] = {}
        self.sums: dict[Key, frozenset[str]] = {}  # the kinds of the numbers that it puts somewhere
        self.changed: set[Key] = set()  # of what it writes: where it may put anything but a number, or take something away
        self.moved: set[int] = set()  # existing lists in which elements may come to stand at other places
        self.placed: set[int] = set()  # those of which one place was read, for what stands there now
        self.consumed: dict[Atom, int] = {}  # existing iterators that were run to their end, and in which round
        self._infos: dict[type, dict[str, Any]] = {}
        self._owned: dict[str, bool] = {}

    def give_up(self, construct: str) -> NoReturn:
        """The rest cannot be analysed."""
        raise UnboundedError(f"line {self.line}: {construct}")

    def looks(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function`, which looks at the program past the heap, gives: an object, or a list of them."""
        return function(*arguments) if self.recorder is None else self.recorder.look(function, *arguments)

    def alone(self, reason: str) -> None:
        """The program is looked at in a way that cannot be repeated for another turn."""
        if self.recorder is not None:
            self.recorder.give_up(reason)

    def item(self, container: Any, key: Atom) -> Sequence[object] | None:
        """What one key of an existing container may hold; None to look at all."""
        return self.heap.item(container, key.obj) if self.recorder is None else self.recorder.item_at(container, key)

    def spend(self, steps: int) -> None:
        """Take steps off the budget."""
        self.budget -= steps
        if self.budget < 0:
            self.give_up(TOO_MUCH)

    def atom(self, obj: Any) -> Atom:
        """The atom of an existing object."""
        found = self.atoms.get(id(obj))
        if found is not None:
            return found
        type_ = type(obj)
        if type_ is int or type_ is float:
            (kind,) = numbers.kind_of(obj) or (numbers.INT,)
            return NUMBERS[kind]
        if type_ in PLACEHOLDERS:
            value = known(obj)
            if value is not obj:
                return self.atom(value)
            if type_ is PendingAtom:
                kinds = obj.shape
                return NUMBERS[min(kinds)] if type(kinds) is numbers.Numbers and len(kinds) == 1 else PLAIN
            if obj.shape is ELEMENTS:
                found = self.atoms[id(obj)] = Atom(obj, Kind.CONTAINER, list)
                return found
            if type(obj.shape) is Among:
                return self._one_of(obj, obj.shape)
        how = kind_of(type_)
        found = Atom(obj, how, type_) if self.recorder is None else self.recorder.met(obj, how, type_)
        self.atoms[id(obj)] = found
        if type_ is super:
            found.payload = self.atom(obj.__thisclass__), self.atom(obj.__self__)
        if type_ is PendingChoice:
            found.single = self.value(obj.options)
        return found

    def _one_of(self, placeholder: Any, shape: Among) -> Atom:
        # an object of the program's to come: what stands in its attributes is another value than itself
        instances = [self._instance(placeholder, class_) for class_ in shape.classes]
        if not shape.several:
            (found,) = instances[0]
        else:
            found = Atom(placeholder, Kind.FOREIGN, type(placeholder))
            found.single = A_PLAIN.union(*instances)
        self.atoms[id(placeholder)] = found
        return found

    def held_by(self, placeholder: Any) -> Value:
        """What a value to come may hold, if it is an object."""
        key = (id(placeholder), "inside")
        found = self.atoms.get(key)
        if found is None:
            kind, type_ = Kind.FOREIGN, type(placeholder)
            found = Atom(placeholder, kind, type_) if self.recorder is None else self.recorder.met(placeholder, kind, type_)
            self.atoms[key] = found
        return found.single

    def dissolve(self) -> None:
        """The analysis is over: its atoms, which hold themselves, are no work for the garbage collection."""
        for atom in self.atoms.values():
            atom.single = EMPTY

    def value(self, objects: Sequence[object]) -> Value:
        """The value that is one of `objects`."""
        if len(objects) == 1:
            return self.atom(objects[0]).single
        if not objects:
            return EMPTY
        if len(objects) > _FEW:
            kinds = set(map(type, objects))
            if kinds <= SCALARS:
                return A_PLAIN
            scalars = sum(1 for o in objects if type(o) in SCALARS) if kinds & SCALARS else 0
            found = {self.atom(o) for o in objects if scalars <= _FEW or type(o) not in SCALARS}
            if len(found) > _MANY:
                self.give_up(f"more than {_MANY} objects in one container")
            self.spend(len(objects) // 8)
            return frozenset(found | {PLAIN} if scalars > _FEW else found)
        return frozenset().union(*[self.atom(o).single for o in objects])

    def new(self, node: object, kind: Kind, type_: Any, content: Value = EMPTY, payload: Any = None) -> Atom:
        """The atom of what `node` makes."""
        key = (node, kind, type_)
        found = self.atoms.get(key)
        if found is None:
            found = self.atoms[key] = Atom(NEW, kind, type_, payload)
        if content:
            self.grow_content(found, content)
        return found

    def foreign(self, node: object, content: Value) -> Value:
        """A new value of unknown type that may be, or contain parts of, `content`: of a library or an external."""
        return self.new(node, Kind.FOREIGN, None, self.substantial(content)).single

    def read_table(self, atom: Atom, read: Callable[[Any, Any], Any], key: Any, node: object) -> Value:
        """A part of an array or table, which reading it finds out where table and key are known."""
        self.touch(atom, Mode.READ)
        if atom.obj is not NEW and key is not None:
            try:
                return self.value((read(atom.obj, key),))
            except Exception:  # there is none: that will be an error of the program's
                return A_PLAIN
        return self.foreign((node, "of a table"), atom.single) | A_PLAIN

    def fresh(self, node: object) -> Value:
        """Something immutable or new, of unknown type."""
        return self.new(node, Kind.FOREIGN, None).single | A_PLAIN

    def substantial(self, value: Value) -> Value:
        """Without the scalars."""
        for atom in value:
            if atom.kind is Kind.SCALAR:
                return frozenset([a for a in value if a.kind is not Kind.SCALAR])
        return value

    def grow(self, cell: Cell, value: Value) -> None:
        """Add to a cell."""
        if not value <= cell.value:
            cell.value |= value
            self.grown += 1
            if cell.read == self.round:
                self.again = True

    def grow_foreign(self, variable: Variable, value: Value) -> None:
        """A frame stores to a variable that another one follows."""
        if not value <= variable.foreign:
            variable.foreign |= value
            self.grown += 1
            if variable.foreign_read == self.round:
                self.again = True

    def look(self, cell: Cell) -> Value:
        """What a cell holds by now."""
        cell.read = self.round
        return cell.value

    def content(self, atom: Atom) -> Value:
        """The elements of a container or iterator; what a foreign value may be or contain."""
        if atom.kind is Kind.SCALAR:
            return EMPTY
        atom = root_of(atom)
        initial = atom.initial
        if initial is None:
            initial = atom.initial = EMPTY if atom.obj is NEW else self._initial_content(atom)
        atom.read = self.round
        if atom.obj is not NEW:
            self.looked.add(id(atom.obj))
        return initial | atom.grown if atom.grown else initial

    def added(self, atom: Atom) -> Value:
        """The elements that the rest puts into a container."""
        atom = root_of(atom)
        atom.read = self.round
        if atom.obj is not NEW:
            self.looked.add(id(atom.obj))
        return atom.grown

    def grow_content(self, atom: Atom, value: Value) -> None:
        """Something is put into a container."""
        atom = root_of(atom)
        if not value <= atom.grown and atom.kind is not Kind.SCALAR:  # scalars are shared by all analyses
            atom.grown |= value
            self.grown += 1
            if atom.read == self.round:
                self.again = True

    def _initial_content(self, atom: Atom) -> Value:
        obj = atom.obj
        if type(obj) in PLACEHOLDERS:
            if type(obj) is PendingTuple:
                return self.value(self.heap.elements(obj))
            if hasattr(obj, "receiver"):
                return self.atom(obj.receiver).single
            if type(obj) is PendingNewcomer:
                told = self.heap.newcomer(obj)
                obj.shape = OURS if told.ours else None
                aliases: Sequence[object] | None = told.objects
                classes: Sequence[type] | None = told.classes
            else:
                aliases, classes = self.heap.aliases(obj), self.heap.types(obj)
            if aliases is None:
                return ANYTHING.single
            value = self.value(aliases)
            if classes is None:
                return value | ANYTHING.single
            for class_ in classes:
                if not issubclass(class_, defaultdict):
                    value |= self._instance(obj, class_)
            return value
        if atom.kind is Kind.OBJECT and issubclass(type(obj), BaseException):
            parts = [*BaseException.__dict__["args"].__get__(obj), obj.__cause__, obj.__context__]
            return self.value([part for part in parts if part is not None])
        if atom.kind is Kind.ITERATOR:
            return self.value(self.heap.elements(obj)) | self.value(referents(obj))
        return self.value(self.heap.elements(obj))

    def _instance(self, placeholder: object, class_: type) -> Value:
        # `placeholder` may stand for a new instance of `class_`: its attributes have keys, but nobody knows their values
        key = (id(placeholder), class_)
        found = self.atoms.get(key)
        if found is None:
            found = self.atoms[key] = Atom(placeholder, Kind.OBJECT, class_, payload="pending")
        return found.single

    def part_of_answer(self, atom: Atom, shape: Any) -> Value:
        """A part of an answer of a known client."""
        root = root_of(atom)
        if shapes.is_atom(shape):
            return A_PLAIN | self.content(root)  # what the program stored there
        key = ("answer", id(root), shape)
        found = self.atoms.get(key)
        if found is None:
            found = self.atoms[key] = Atom(atom.obj, Kind.FOREIGN, atom.type, Answer(shape, root))
        return found.single

    def attribute_cell(self, atom: Atom, name: str) -> Cell:
        """The cell of one attribute, the object's own ones only."""
        attributes = atom.attributes
        if attributes is None:
            attributes = atom.attributes = {}
        cell = attributes.get(name)
        if cell is None:
            initial = self.content(atom) if atom.payload is CAUGHT else EMPTY
            if atom.obj is not NEW:
                initial = (
                    self._of_pending(atom, name) if atom.payload == "pending" else self.value(self.heap.attribute(atom.obj, name))
                )
            cell = attributes[name] = Cell(initial)
        return cell

    def _of_pending(self, atom: Atom, name: str) -> Value:
        # pydantic has looked at what stands in the fields of a model, unless somebody puts something else there
        inside = self.held_by(atom.obj)
        if not shapes.is_atom(shapes.attribute(atom.type, name)):
            return inside
        self.alone("fields of a model to come")
        return inside if any(map(self.is_changed, inside)) else A_PLAIN

    def is_changed(self, atom: Atom) -> bool:
        """Whether the program may put something into a pending value."""
        self.content(atom)
        there = self.heap.aliases(atom.obj)
        return bool(atom.grown) or there is None or len(there) != len(getattr(atom.obj, "aliases", None) or ())

    def variable(self, scope: object, kind: str, name: str) -> Variable:
        """The variable of an existing scope, cell or namespace."""
        if isinstance(scope, types.CellType):
            key: Key = (id(scope), "")
        else:
            key = self.heap.scope_key(scope, kind, name)
        found = self.variables.get(key)
        if found is None:
            initial = self.value(self.heap.variable(scope, kind, name))
            if not initial and kind == "global":
                native = self.looks(builtin, name)
                initial = EMPTY if native is NOTHING else self.atom(native).single
            # nobody stores to `__class__`
            found = self.variables[key] = Variable(None if name == "__class__" else key, scope, initial)
        return found

    def shared(self, node: object, name: str) -> Variable:
        """A variable of a call that the rest makes, which inner functions share."""
        found = self.variables.get((node, name))
        if found is None:
            found = self.variables[node, name] = Variable(None, None, EMPTY)
        return found

    def claim(self, key: Key, mode: Mode, keep: object, number: bool = False) -> None:
        """Claim a location; number: a number is put there, or added to what a dict has."""
        modes = self.modes
        if mode == WRITE and not number:
            self.changed.add(key)
        old = modes.get(key)
        if old is None:
            modes[key] = mode
            self.claims.keep.append(keep)
        elif old < mode:
            modes[key] = mode

    def touch(self, atom: Atom, mode: Mode, number: bool = False, moves: bool = True, keys: Value = A_PLAIN,
              told: bool = False) -> None:  # fmt: skip
        """Claim the content, or the whole, of an object.

        moves: what is in it may come to stand at another index. keys: what is put there stands at one of these. told: it has
        been told what that is.
        """
        if atom.kind is Kind.SCALAR:
            return
        if mode == WRITE and atom.attributes is not None and KEYS in atom.attributes:
            self.grow(atom.attributes[KEYS], keys)
            if not told and UNSORTED in atom.attributes:
                self.grow(atom.attributes[UNSORTED], A_PLAIN)
        if atom.obj is not NEW:
            if moves and mode == WRITE and id(atom.obj) not in self.moved:
                self.moved.add(id(atom.obj))
                self.again |= id(atom.obj) in self.placed
            if atom.kind > Kind.TUPLE or atom.kind is Kind.FOREIGN or atom.type is types.MappingProxyType:
                self.claim(id(atom.obj), mode, atom.obj, number)
                if atom.kind is not Kind.CONTAINER:
                    self.looked.add(id(atom.obj))
                if atom.kind is Kind.OBJECT and tables.has_readers(atom.type):
                    self.claim(id(tables.ALL), mode, tables.ALL)
                    others = Mode.READ if tables.own_memory(atom.type) else mode
                    self.claim(id(tables.ARRAYS), others, tables.ARRAYS)
                for key, also, keep in atom.obj.claims if type(atom.obj) is PendingIterator else ():
                    now = known(keep) if type(keep) in KINDS else keep
                    self.claim(key if now is keep else id(now), also, now)
                if type(atom.obj) in SHOWING:
                    behind = shown(atom.obj)
                    self.claim(id(behind), mode, behind)
        elif atom is ANYTHING:
            self.give_up("a value that may be any object")

    def claim_attribute(self, atom: Atom, name: str, mode: Mode, number: bool = False) -> None:
        """Claim one attribute of an object."""
        if atom.obj is not NEW:
            self.claim((id(atom.obj), name), mode, atom.obj, number)
            if mode == READ:
                self.looked.add((id(atom.obj), name))
            elif (
                atom.kind in (Kind.OBJECT, Kind.FUNCTION)
                and atom.payload != "pending"
                and (id(atom.obj), ORDER) not in self.modes
                and self.looks(is_new, atom.obj, name)
            ):
                self.claim((id(atom.obj), ORDER), WRITE, atom.obj)
        elif atom is ANYTHING:
            self.give_up("a value that may be any object")

    def resource(self, name: str, mode: Mode) -> None:
        """Claim a resource, and those that go with it."""
        self.claim(name, mode, None)
        if name == WORLD:
            self.claim(id(DECIMALS), mode, DECIMALS)
        if name == "file" or name == "files":
            self.claim("cwd", READ, None)
        if name == "files":
            self.claim("file", mode, None)

    def claim_variable(self, variable: Variable, mode: Mode, number: bool = False) -> None:
        """Claim a variable."""
        if variable.claimed < mode:
            variable.claimed = mode
            if variable.key is not None:
                self.claim(variable.key, mode, variable.keep, number)
        elif mode == WRITE and not number and variable.key is not None:
            self.changed.add(variable.key)

    def static(self, type_: type, name: str) -> Any:
        """What a class says an attribute is, without running descriptors; `MISSING` if nothing."""
        table = self._infos.get(type_)
        if table is None:
            table = self._infos[type_] = {}
        try:
            return table[name]
        except KeyError:
            if self.recorder is not None and type_.__flags__ & CHANGES:
                self.recorder.found_on(type_, name)
            table[name] = found = lookup_in(type_.__mro__, name)
            return found

    def owned(self, type_: type) -> bool:
        """Whether a class is the user's."""
        module = type_.__module__
        found = self._owned.get(module)
        if found is None:
            namespace = getattr(sys.modules.get(module), "__dict__", None)
            found = self._owned[module] = namespace is None or module == "__main__" or self.heap.owns(namespace)
        return found


def root_of(atom: Atom) -> Atom:
    """The answer that a part of an answer belongs to; else the atom itself."""
    payload = atom.payload
    return payload.root if type(payload) is Answer and payload.root is not None else atom


def shape_of(atom: Atom) -> Any:
    """What is known of a foreign value."""
    if type(atom.payload) is Answer:
        return atom.payload.shape
    return getattr(atom.obj, "shape", None) if type(atom.obj) in PLACEHOLDERS else None


MISSING: Any = _MISSING


def lookup_in(classes: Iterable[type], name: str) -> Any:
    """The first of `classes` whose namespace has `name` decides."""
    for cls in classes:
        namespace: Mapping[str, Any] = cls.__dict__
        if name in namespace:
            return namespace[name]
    return _MISSING


def own_names(obj: Any) -> list[str]:
    """Names of the attributes that an instance has of its own."""
    names: list[str] = []
    try:
        names.extend(object.__getattribute__(obj, "__dict__"))
    except AttributeError:
        pass
    for cls in type(obj).__mro__:
        slots = cls.__dict__.get("__slots__", ())
        names.extend((slots,) if isinstance(slots, str) else slots)
    return names


def referents(iterator: object) -> list[object]:
    """What a builtin iterator or view refers to: the container behind it, callables of `map`, other iterators."""
    if is_a(iterator, (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)):
        return []
    if type(iterator) is Stream:
        return list(iterator.parts)
    found = [o for o in gc.get_referents(iterator) if not is_a(o, type)]
    if is_a(iterator, (map, zip)):  # they hold their iterators in a tuple
        found += [inner for o in found if type(o) is tuple for inner in o]
    return found


Interpret = Callable[..., Value]
__all__ = ["CONTAINERS", "HOLDER", "MISSING", "READ", "WRITE", "Store", "own_names"]
