"""Calls in the abstract interpretation: what is called, how arguments bind, and what is remembered of a call."""

from __future__ import annotations

import contextlib
import functools
import gc
import types
from collections.abc import Iterable, Mapping
from typing import Any

from poppy_nb import externals, ir, known, parallels, retries, validated
from poppy_nb.looking import is_a
from poppy_nb.runtime.footprint_frames import Frame, is_generator, scope_of_function
from poppy_nb.runtime.footprint_items import generated
from poppy_nb.runtime.footprint_operators import Operators
from poppy_nb.runtime.footprint_store import MISSING, WRITE, shape_of
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    EMPTY,
    KEYS,
    NEW,
    UNSORTED,
    Answer,
    Arguments,
    Atom,
    Cell,
    Kind,
    Value,
    Variable,
    joined,
)
from poppy_nb.runtime.placeholder import PendingAttribute, is_ours, of_client
from poppy_nb.scopes import Scope


Definition = ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda
_CONTEXTS = 6  # calls of one function that are told apart
_DEPTH = 24
_MANAGER_CODE = contextlib.contextmanager(lambda: iter(())).__code__


class _Remembered:
    """What one function does with arguments within `bound`."""

    __slots__ = ("active", "bound", "cell", "round")

    def __init__(self) -> None:
        self.bound: dict[str, Value] = {}
        self.cell = Cell(EMPTY)
        self.round = 0
        self.active = False


class Defined:
    """Payload of a function that the rest defines."""

    __slots__ = ("defaults", "elements", "kw_defaults", "names", "node")

    def __init__(self, node: Definition, names: Scope) -> None:
        self.node = node
        self.names = names
        self.defaults: list[Value] = []
        self.kw_defaults: dict[str, Value] = {}
        self.elements: dict[str, Variable] = {}


class Calls(Operators):
    """Calling anything."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.depth = 0
        self.remembered: dict[Any, _Remembered] = {}
        self.contexts: dict[Atom, int] = {}
        self.skip: tuple[ir.Node, Value] | None = (
            None  # the call that is under way: the function, and what the rest of it answers
        )

    def run_body(self, frame: Frame) -> None:
        """Interpret the body of a call."""
        raise NotImplementedError

    def effect(self, effect: Any, operands: list[Value], arguments: Arguments, node: object) -> Value:
        """What a row says about its operands."""
        raise NotImplementedError

    def call_native(self, callee: Atom, target: Any, effect: Any, arguments: Arguments, node: object) -> Value:
        """Call something that has a row in the table of effects."""
        raise NotImplementedError

    def call_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        """Call a method of a builtin or unknown type."""
        raise NotImplementedError

    def construct(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of an existing class."""
        raise NotImplementedError

    def construct_new(self, cls: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of a class that the rest defines."""
        raise NotImplementedError

    def unknown_call(self, callee: Value, arguments: Arguments, node: object, native_name: str = "") -> Value:
        """Code that nobody knows."""
        raise NotImplementedError

    def model_method(self, name: str, arguments: Arguments, node: object) -> Value | None:
        """A method of pydantic's that makes or reads a model; None if it runs nothing of the program's."""
        raise NotImplementedError

    def external(self, external: Any, target: Any, arguments: Arguments, node: object) -> Value:
        """An external call."""
        raise NotImplementedError

    def call(self, callee: Value, arguments: Arguments, node: object) -> Value:
        """`callee(*arguments)`."""
        self.budget -= 5
        result = EMPTY
        for atom in callee:
            if type(atom.obj) is PendingAttribute:
                method = self.get_method(self.atom(atom.obj.receiver).single, atom.obj.name, node)
                result |= self.call((callee - atom.single) | method, arguments, node)
                return result
        for atom in self.open(callee):
            kind = atom.kind
            if kind is Kind.SCALAR:
                continue
            if kind is Kind.FOREIGN:
                result |= self.call_foreign(atom, arguments, node)
            elif atom.obj is NEW:
                result |= self._call_new(atom, arguments, node)
            elif kind is not Kind.TUPLE and kind is not Kind.CONTAINER and kind is not Kind.MODULE:
                result |= self._call_existing(atom, arguments, node)
        return result

    def call_foreign(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        """Call something that is not known."""
        if type(atom.payload) is Answer or of_client(atom.obj):
            return atom.single | A_PLAIN | arguments.all()
        if is_ours(shape_of(atom)):
            return EMPTY  # new containers and texts, which cannot be called; what else it may be, others look at
        if atom.obj is not NEW or atom.payload == "external":
            self.give_up("calls what is not known yet")
        return self.unknown_call(atom.single, arguments, node)

    def _call_new(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        if atom.kind is Kind.FUNCTION:
            return self._call_python(atom, atom.payload.node, arguments, node)
        if atom.kind is Kind.METHOD:
            first, receiver = atom.payload
            if first == "partial":
                return self.call(receiver.single, self._partial_arguments(atom, arguments), node)
            if is_a(first, str):
                return self.call_method(first, receiver, arguments, node)
            return self.call(first.single, arguments.bound(receiver.single), node)
        if atom.kind is Kind.CLASS:
            return self.construct_new(atom, arguments, node)
        if atom.kind is Kind.OBJECT:
            return self._call_object(atom, arguments, node)
        return EMPTY

    def _call_object(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        if atom.obj is NEW and isinstance(atom.payload, tuple):
            return self.extend_descriptor(atom, arguments.all())
        made = self.special(atom, "__call__", arguments, node)
        if made is not None:
            return made
        if atom.type is None or self.static(atom.type, "__call__") is MISSING:
            return EMPTY  # cannot be called
        row = self.effects.method(atom.type, "__call__")
        if row is not None:
            return self.effect(row, [atom.single, *arguments.positional], arguments, node)
        return self.unknown_call(atom.single, arguments, node)

    def _partial_arguments(self, atom: Atom, arguments: Arguments) -> Arguments:
        cells = (atom.attributes or {}).items()
        positional = [self.look(cell) for name, cell in cells if name[0] != "="]
        keywords = {name[1:]: self.look(cell) for name, cell in cells if name[0] == "="} | arguments.keywords
        return Arguments(positional + arguments.positional, keywords, arguments.rest, arguments.extra)

    def _call_existing(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        obj, kind = atom.obj, atom.kind
        if kind is Kind.METHOD and is_a(obj, types.MethodType):
            is_native = type(obj.__func__) is not types.FunctionType or known.method_of_client(obj) in self.effects.OF_CLIENTS
            effect = self.effects.lookup(obj) if is_native else None
            if effect is not None:
                return self.call_native(atom, obj, effect, arguments, node)
            function, receiver = self.parts(atom)
            return self.call(function.single, arguments.bound(receiver.single), node)
        if kind is Kind.METHOD and is_a(obj, functools.partial):
            keywords = {name: self.value((value,)) for name, value in obj.keywords.items()} | arguments.keywords
            positional = [*(self.value((value,)) for value in obj.args), *arguments.positional]
            return self.call(self.atom(obj.func).single, Arguments(positional, keywords, arguments.rest, arguments.extra), node)
        if kind is Kind.OBJECT and is_a(obj, functools._lru_cache_wrapper):
            return self._call_cached(atom, arguments, node)
        external = self.looks(externals.lookup, obj)
        if external is not None:
            return self.external(external, obj, arguments, node)
        managing = kind is Kind.FUNCTION and obj.__code__ is _MANAGER_CODE
        effect = self.effects.lookup(obj) if not managing else None
        if effect is not None:
            return self.call_native(atom, obj, effect, arguments, node)
        if kind is Kind.FUNCTION:
            return self._call_function(atom, arguments, node)
        if kind is Kind.CLASS:
            return self.construct(atom, arguments, node)
        if kind is Kind.BUILTIN:
            return self._call_builtin(atom, arguments, node)
        if kind is Kind.OBJECT:
            return self._call_object(atom, arguments, node)
        return EMPTY

    def _call_cached(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        # lru_cache: the cache is one location, what it holds may be answered again
        self.touch(atom, WRITE)
        for value in (*arguments.positional, *arguments.keywords.values()):
            self.hash_key(value, node)
        result = self.call(self.atom(atom.obj.__wrapped__).single, arguments, node)
        self.publish(result, id(atom.obj))
        return result | self.value(_cached(atom.obj))

    def _call_builtin(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        obj = atom.obj
        owner = getattr(obj, "__self__", None)
        if owner is not None and not is_a(owner, (types.ModuleType, type)):
            return self.call_method(obj.__name__, self.atom(owner), arguments, node)
        if arguments.positional and getattr(obj, "__objclass__", None) is not None:
            result = EMPTY
            for receiver in self.open(arguments.positional[0]):
                rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
                result |= self.call_method(obj.__name__, receiver, rest, node)
            return result
        return self.unknown_call(EMPTY, arguments, node, native_name=getattr(obj, "__name__", ""))

    def _call_function(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        function: types.FunctionType = atom.obj
        if function.__code__ is _MANAGER_CODE:  # made by @contextmanager
            inner = function.__closure__[0].cell_contents if function.__closure__ else None
            if inner is not None and is_a(inner, types.FunctionType):
                managing = self.heap.managing(inner)
                made = self.atom(inner)
                yielded = self.call(made.single, arguments, node) if managing is None else self._call_python(
                    made, managing, arguments, node)  # fmt: skip
                return self.new(node, Kind.OBJECT, contextlib._GeneratorContextManager, self.iterate(yielded, node)).single
        definition = self.heap.pushed(function) if self.pushing else self.heap.function(function)
        if definition is not None:
            return self._call_python(atom, definition, arguments, node)
        if not generated(function):
            self.alone("a function that is not mediated")
        made_of = parallels.inner(function)
        if made_of is not None:
            return self.call(self.atom(made_of).single, arguments, node)
        retried = retries.look(function)
        if retried is not None and not retried.is_open:
            return self._call_retried(function, retried, arguments, node)
        if generated(function):
            self.read_deep(arguments.all(), node)
            return self.fresh(node) | arguments.all()
        if self.heap.owns(function.__globals__):
            self.give_up(f"calls {function.__qualname__}, which cannot be analysed")
        name = validated.method_of(function)
        model = self.model_method(name, arguments, node) if name else None
        if model is not None:
            return model
        return self.unknown_call(EMPTY, arguments, node)

    def _call_retried(self, function: types.FunctionType, retried: retries.Retried, arguments: Arguments, node: object) -> Value:
        result = self.call(self.atom(retried.function).single, arguments, node)
        if retried.library == "tenacity":
            self.touch(self.atom(retries.statistics(function)), WRITE)
        if retried.draws:
            self.resource("random", WRITE)
        if retried.hooks:
            self.resource("logging", WRITE)
        for predicate in retried.predicates:  # of the answer, or of an exception
            self.call(self.atom(predicate).single, Arguments([result | self.fresh(node)]), node)
        return result

    def keys(self, value: Value) -> frozenset[str] | None:
        """The keys that mappings may have; None if they may be any."""
        found: set[str] = set()
        for atom in value:
            if atom.kind is not Kind.CONTAINER:
                return None
            cell = (atom.attributes or {}).get(KEYS)
            if cell is None:
                if atom.obj is NEW or type(atom.obj) is not dict or self.modes.get(id(atom.obj)) == WRITE:
                    return None
                keys = self.heap.keys(atom.obj)
                if keys is None:
                    return None
                cell = self._keep_keys(atom, self.texts(keys))
            for key in self.look(cell):
                if type(key.obj) is not str:
                    return None
                found.add(key.obj)
        return frozenset(found)

    def told(self, value: Value, names: Iterable[str] | None) -> dict[str, Value] | None:
        """What these mappings may have at these keys, all that they have; None if that is not known of each."""
        found: dict[str, Value] = {}
        for name in names or ():
            here = EMPTY
            for atom in value:
                cells = atom.attributes or {}
                if UNSORTED not in cells or self.look(cells[UNSORTED]):
                    return None
                here |= self.look(cells.setdefault(KEYS + name, Cell(EMPTY)))
            found[name] = here
        return found if names is not None else None

    def told_of(self, arguments: Arguments) -> dict[str, Value] | None:
        """What stands at each key of a dict that is made, or updated, from these arguments; None if that is not known."""
        told = None if arguments.told is None else {**arguments.told, **arguments.keywords}
        for value in arguments.positional:
            told = joined(told, self.told(value, self.keys(value)))
        return told

    def dict_of(self, node: object, content: Value, keys: Value, told: Mapping[str, Value] | None = None) -> Value:
        """A new dict with keys that are among these; with anything but texts among them they may be any.

        told: what stands at each, if that is known.
        """
        made = self.display(node, dict, content)
        for atom in made:
            self._keep_keys(atom, keys)
            self.grow(self.attribute_cell(atom, UNSORTED), A_PLAIN if told is None else EMPTY)
            for name, value in (told or {}).items():
                self.grow(self.attribute_cell(atom, KEYS + name), value)
        return made

    def texts(self, names: Iterable[str] | None) -> Value:
        """These texts; any for None."""
        return A_PLAIN if names is None else frozenset(map(self.atom, names))

    def _keep_keys(self, atom: Atom, keys: Value) -> Cell:
        """Remember which keys a dict has, until it is changed."""
        if atom.attributes is None:
            atom.attributes = {}
        cell = atom.attributes.setdefault(KEYS, Cell(EMPTY))
        self.grow(cell, keys)
        return cell

    def _call_python(self, callee: Atom, definition: Definition, arguments: Arguments, node: object) -> Value:
        if self.skip is not None and self.skip[0] is definition:
            result, self.skip = self.skip[1], None
            return result
        bound = self._bind(callee, definition, arguments)
        key: Any = (callee, *bound.values())
        memory = self.remembered.get(key)
        if memory is None:
            count = self.contexts.get(callee, 0)
            if count < _CONTEXTS:
                self.contexts[callee] = count + 1
                memory = self.remembered[key] = _Remembered()
                memory.bound = bound
            else:
                memory = self.remembered.get((callee, "any"))
                if memory is None:
                    memory = self.remembered[callee, "any"] = _Remembered()
                    memory.bound = bound
                elif not all(value <= memory.bound[name] for name, value in bound.items()):
                    memory.bound = {name: value | memory.bound[name] for name, value in bound.items()}
                    memory.round = 0
                    if memory.active:
                        self.again = True
        if memory.round != self.round and not memory.active:
            memory.round = self.round
            self._interpret(callee, definition, memory)
        return self.look(memory.cell)

    def _interpret(self, callee: Atom, definition: Definition, memory: _Remembered) -> None:
        if self.depth >= _DEPTH:
            self.give_up("calls nested too deeply")
        if callee.obj is NEW:
            frame = Frame(definition, callee.payload.names)
            frame.outer = callee.outer
            frame.elements = callee.payload.elements
        else:
            code = callee.obj.__code__
            frame = Frame(definition, scope_of_function(definition, code.co_freevars, callee.obj.__qualname__))
            frame.function = callee.obj
        frame.origin = callee
        for name, value in memory.bound.items():
            self.store(frame, frame.names.mangle(name), value)
        line, skip = self.line, self.skip
        self.skip = None
        self.depth += 1
        memory.active = True
        try:
            self.run_body(frame)
        finally:
            memory.active = False
            self.depth -= 1
            self.line, self.skip = line, skip
        if is_generator(definition):
            made = self.new(definition, Kind.ITERATOR, types.GeneratorType, frame.yielded)
            self.grow(self.attribute_cell(made, "return"), frame.result)
            self.grow(memory.cell, made.single)
        else:
            self.grow(memory.cell, frame.result)

    def _bind(self, callee: Atom, definition: Definition, arguments: Arguments) -> dict[str, Value]:
        args = definition.args
        if callee.obj is NEW:
            defaults, kw_defaults = callee.payload.defaults, callee.payload.kw_defaults
        else:
            function = callee.obj
            defaults = [self.value((d,)) for d in function.__defaults__ or ()]
            kw_defaults = {name: self.value((d,)) for name, d in (function.__kwdefaults__ or {}).items()}
        names = [a.arg for a in (*args.posonlyargs, *args.args)]
        keywords = dict(arguments.keywords)
        bound: dict[str, Value] = {}
        given = arguments.positional
        for index, name in enumerate(names):
            if index < len(given):
                bound[name] = given[index]
            elif name in keywords and index >= len(args.posonlyargs):
                bound[name] = keywords.pop(name)
            else:
                at = index - len(names) + len(defaults)
                default = defaults[at] if at >= 0 else EMPTY
                bound[name] = default | arguments.rest | arguments.may_have(name)
        for arg in args.kwonlyargs:
            default = kw_defaults.get(arg.arg, EMPTY)
            bound[arg.arg] = keywords.pop(arg.arg) if arg.arg in keywords else default | arguments.may_have(arg.arg)
        if args.vararg is not None:
            parts = given[len(names) :]
            if arguments.rest:
                bound[args.vararg.arg] = self.display(args.vararg, tuple, frozenset().union(*parts, arguments.rest))
            else:
                bound[args.vararg.arg] = self.tuple_of((args.vararg, len(parts)), parts)
        if args.kwarg is not None:
            content = frozenset().union(A_PLAIN, *keywords.values(), arguments.extra)
            names_given = None if arguments.names is None else arguments.names.union(keywords)
            told = None if arguments.told is None else {**arguments.told, **keywords}
            bound[args.kwarg.arg] = self.dict_of(args.kwarg, content, self.texts(names_given), told)
        return bound


def _cached(wrapper: Any) -> list[object]:
    # what an lru_cache holds: the garbage collector is told keys and results first, then the dict from keys to results or links
    found: list[object] = []
    for held in gc.get_referents(wrapper):
        if type(held) is dict and held is not wrapper.__dict__:
            found.extend(held.values())
            break
        found.append(held)
    return [o for o in found if not is_a(o, type) and type(o).__name__ != "_lru_list_elem"]
