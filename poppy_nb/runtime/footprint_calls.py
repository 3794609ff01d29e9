"""Calls in the abstract interpretation: what is called, how arguments bind, and what is remembered of a call."""

from __future__ import annotations

import contextlib
import enum
import functools
import gc
import types
from collections.abc import Sequence
from typing import Any

from poppy_nb import externals, ir
from poppy_nb.codereads import code_reads
from poppy_nb.runtime.claims import WORLD
from poppy_nb.runtime.footprint_frames import Frame, is_generator, scope_of_function
from poppy_nb.runtime.footprint_operators import Operators, generated
from poppy_nb.runtime.footprint_store import MISSING, READ, WRITE
from poppy_nb.runtime.footprint_values import A_PLAIN, BUILTINS, EMPTY, NEW, Arguments, Atom, Cell, Kind, Value
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

    __slots__ = ("defaults", "element_names", "kw_defaults", "names", "node")

    def __init__(self, node: Definition, names: Scope) -> None:
        self.node = node
        self.names = names
        self.defaults: list[Value] = []
        self.kw_defaults: dict[str, Value] = {}
        self.element_names: frozenset[str] = frozenset()


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

    # ---- of the layers above

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

    # ---- dispatch

    def call(self, callee: Value, arguments: Arguments, node: object) -> Value:
        """`callee(*arguments)`."""
        self.budget -= 5
        result = EMPTY
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
            if isinstance(first, str):
                return self.call_method(first, receiver, arguments, node)
            return self.call(first.single, arguments.bound(receiver.single), node)
        if atom.kind is Kind.CLASS:
            return self.construct_new(atom, arguments, node)
        if atom.kind is Kind.OBJECT:
            return self._call_object(atom, arguments, node)
        return EMPTY

    def _call_object(self, atom: Atom, arguments: Arguments, node: object) -> Value:
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
        if kind is Kind.METHOD and isinstance(obj, types.MethodType):
            function, receiver = self.parts(atom)
            return self.call(function.single, arguments.bound(receiver.single), node)
        if kind is Kind.METHOD and isinstance(obj, functools.partial):
            keywords = {name: self.value((value,)) for name, value in obj.keywords.items()} | arguments.keywords
            positional = [*(self.value((value,)) for value in obj.args), *arguments.positional]
            return self.call(self.atom(obj.func).single, Arguments(positional, keywords, arguments.rest, arguments.extra), node)
        if kind is Kind.OBJECT and isinstance(obj, functools._lru_cache_wrapper):
            return self._call_cached(atom, arguments, node)
        external = externals.lookup(obj)
        if external is not None:
            return self.external(external, obj, arguments, node)
        effect = self.effects.lookup(obj)
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
        self.publish(result)
        return result | self.value(_cached(atom.obj))

    def _call_builtin(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        obj = atom.obj
        owner = getattr(obj, "__self__", None)
        if owner is not None and not isinstance(owner, (types.ModuleType, type)):
            return self.call_method(obj.__name__, self.atom(owner), arguments, node)
        if arguments.positional and getattr(obj, "__objclass__", None) is not None:
            result = EMPTY
            for receiver in self.open(arguments.positional[0]):
                rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
                result |= self.call_method(obj.__name__, receiver, rest, node)
            return result
        return self.unknown_call(EMPTY, arguments, node, native_name=getattr(obj, "__name__", ""))

    # ---- Python functions

    def _call_function(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        function: types.FunctionType = atom.obj
        if function.__code__ is _MANAGER_CODE:  # made by @contextmanager
            inner = function.__closure__[0].cell_contents if function.__closure__ else None
            if isinstance(inner, types.FunctionType):
                yielded = self.call(self.atom(inner).single, arguments, node)
                return self.new(node, Kind.OBJECT, contextlib._GeneratorContextManager, self.iterate(yielded, node)).single
        definition = self.heap.function(function)
        if definition is not None:
            return self._call_python(atom, definition, arguments, node)
        if not self.heap.owns(function.__globals__) and not generated(function):
            return self.unknown_call(EMPTY, arguments, node)
        if generated(function):
            self.read_deep(arguments.all(), node)
            return self.fresh(node) | arguments.all()
        self.give_up(f"calls {function.__qualname__}, which cannot be analysed")

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
            frame.element_names = callee.payload.element_names
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
                bound[name] = (defaults[at] if at >= 0 else EMPTY) | arguments.rest | arguments.extra
        for arg in args.kwonlyargs:
            bound[arg.arg] = keywords.pop(arg.arg) if arg.arg in keywords else kw_defaults.get(arg.arg, EMPTY) | arguments.extra
        if args.vararg is not None:
            parts = given[len(names) :]
            if arguments.rest:
                bound[args.vararg.arg] = self.display(args.vararg, tuple, frozenset().union(*parts, arguments.rest))
            else:
                bound[args.vararg.arg] = self.tuple_of((args.vararg, len(parts)), parts)
        if args.kwarg is not None:
            bound[args.kwarg.arg] = self.display(
                args.kwarg, dict, frozenset().union(A_PLAIN, *keywords.values(), arguments.extra)
            )
        return bound

    # ---- classes

    def construct(self, atom: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of an existing class."""
        cls: type = atom.obj
        if isinstance(cls, enum.EnumMeta):
            return self.value(list(cls.__members__.values()))
        meta = self.static(type(cls), "__call__")
        if isinstance(meta, types.FunctionType) and self.owned(type(cls)):
            return self.call(self.atom(meta).single, arguments.bound(atom.single), node)
        maker, init = self.static(cls, "__new__"), self.static(cls, "__init__")
        maker = maker.__func__ if isinstance(maker, staticmethod) else maker
        plain_maker = type(maker) in BUILTINS
        if plain_maker and type(init) in BUILTINS and not self.owned(cls) and not issubclass(cls, BaseException):
            return (
                self.unknown_call(EMPTY, arguments, node)
                | self.new(node, Kind.OBJECT, cls, self.substantial(arguments.all())).single
            )
        instance = self.new(node, Kind.OBJECT, cls)
        made = instance.single
        if isinstance(maker, types.FunctionType) and not generated(maker):
            made = self.call(self.atom(maker).single, arguments.bound(atom.single), node)
        if isinstance(init, types.FunctionType):
            if generated(init) and "__dataclass_fields__" in cls.__dict__:
                self._dataclass(instance, cls, arguments, node)
            elif self.static(cls, "__pydantic_core_schema__") is not MISSING:
                self._model(instance, cls, arguments, node)
            else:
                for each in self.open(made):
                    self.call(self.atom(init).single, arguments.bound(each.single), node)
        elif issubclass(cls, BaseException):
            self.grow_content(instance, self.substantial(arguments.all()))
            self.grow(self.attribute_cell(instance, "args"), self.display((node, "args"), tuple, arguments.all()))
        elif type(init) in BUILTINS:
            stored = self.substantial(arguments.all())
            if stored and self.holds(instance):
                self.grow_content(
                    instance,
                    stored
                    if hasattr(cls, "_fields")
                    else self.iterate(stored, node) | self.iterate(self.iterate(stored, node), node),
                )
        elif init is not MISSING:
            self.call(self.atom(init).single, arguments.bound(instance.single), node)
        if hasattr(cls, "_fields") and issubclass(cls, tuple):
            self._fields(instance, getattr(cls, "_fields", ()), arguments)
        return made

    def _fields(self, instance: Atom, names: Sequence[str], arguments: Arguments) -> None:
        for name, value in [*zip(names, arguments.positional), *arguments.keywords.items()]:  # noqa: B905 (too many is an error there)
            self.grow(self.attribute_cell(instance, name), value)
        other = arguments.rest | arguments.extra
        for name in names if other else ():
            self.grow(self.attribute_cell(instance, name), other)

    def _dataclass(self, instance: Atom, cls: Any, arguments: Arguments, node: object) -> None:
        fields = [f for f in cls.__dataclass_fields__.values() if f.init]
        self._fields(instance, [f.name for f in fields if not f.kw_only], arguments)
        for each in cls.__dataclass_fields__.values():
            if each.default_factory is not _NO_DEFAULT:
                self.grow(
                    self.attribute_cell(instance, each.name),
                    self.call(self.atom(each.default_factory).single, Arguments([]), (node, each.name)),
                )
            elif each.default is not _NO_DEFAULT:
                self.grow(self.attribute_cell(instance, each.name), self.value((each.default,)))
        self.special(instance, "__post_init__", Arguments([], rest=arguments.all()), node)

    def _model(self, instance: Atom, cls: Any, arguments: Arguments, node: object) -> None:
        # pydantic: fields are validated, and may be taken over as they are
        self.read_deep(arguments.all(), node)
        inside = self.foreign((node, "field"), arguments.all()) | A_PLAIN
        for name in self.static(cls, "__pydantic_fields__") or ():
            self.grow(self.attribute_cell(instance, name), inside)
        decorators = self.static(cls, "__pydantic_decorators__")
        for kind in ("validators", "field_validators", "root_validators", "model_validators"):
            for each in getattr(decorators, kind, {}).values():
                self.call(self.atom(each.func).single, Arguments([], rest=inside | instance.single), node)

    def construct_new(self, cls: Atom, arguments: Arguments, node: object) -> Value:
        """Make an instance of a class that the rest defines."""
        key = (node, cls)
        instance = self.atoms.get(key)
        if instance is None:
            instance = self.atoms[key] = Atom(NEW, Kind.OBJECT, None, cls)
        self.grow_content(instance, self.substantial(arguments.all()))
        if self.special(instance, "__init__", arguments, node) is None:
            for name, value in arguments.keywords.items():
                self.grow(self.attribute_cell(instance, name), value)
        return instance.single

    # ---- unknown code

    def unknown_call(self, callee: Value, arguments: Arguments, node: object, native_name: str = "") -> Value:
        """Code that nobody knows: it changes all that it is given, and calls what it is given."""
        if native_name in _FORBIDDEN:
            self.give_up(f"{native_name}()")
        given = self.substantial(arguments.all() | callee)
        called = next((f"{getattr(a.obj, '__qualname__', a.payload)} " for a in callee), f"{native_name} ")
        self.resource(WORLD, WRITE)
        key = ("unknown", given, self.round)
        if key in self.remembered:
            return self.foreign(node, given) | A_PLAIN
        self.remembered[key] = _Remembered()
        self.touch_below(given, WRITE)
        for atom in self.reach(given):
            if atom.kind is Kind.OBJECT and atom.type is not None and self.owned(atom.type) and not atom.single <= callee:
                for cls in atom.type.__mro__:
                    if self.owned(cls) and any(
                        isinstance(f, (types.FunctionType, property, classmethod)) for f in cls.__dict__.values()
                    ):
                        self.give_up(f"unknown code {called}gets an object of class {cls.__name__}")
            elif atom.kind is Kind.FUNCTION or (atom.kind is Kind.METHOD and not atom.single <= callee):
                if atom.obj is NEW or atom.kind is Kind.METHOD or self.heap.function(atom.obj) is not None:
                    anything = self.foreign((node, "callback"), given) | A_PLAIN
                    self.call(atom.single, Arguments([], rest=anything), node)
        return self.foreign(node, given) | A_PLAIN

    # ---- externals

    def external(self, external: Any, target: Any, arguments: Arguments, node: object) -> Value:
        """An external call reads what it is given and its resources; it answers with something new that may contain what it was given."""
        given = self.substantial(arguments.all())
        if isinstance(target, types.MethodType):
            given |= self.atom(target.__self__).single
        elif not isinstance(target, types.FunctionType) and not isinstance(target, type) and type(target) not in BUILTINS:
            given |= self.atom(target).single
        if given:
            self.touch_below(given, READ)
        for name in external.reads:
            self.resource(name, READ)
        for name in external.writes:
            self.resource(name, WRITE)
        if external.changes:
            self.touch_below(given, WRITE)
        if external.in_order_if and (arguments.extra or any(name in arguments.keywords for name in external.in_order_if)):
            self.unknown_call(EMPTY, arguments, node)
        self._external_state(external, target)
        made = self.new(node, Kind.FOREIGN, None, given, "external")
        return made.single | A_PLAIN

    def _external_state(self, external: Any, target: Any) -> None:
        if external.reads_state is False:
            return
        if external.reads_state:
            self.give_up(f"{external.name} may read any state")
        function = target.__func__ if isinstance(target, types.MethodType) else target
        if not isinstance(function, types.FunctionType):
            function = self.static(type(target), "__call__")
        if isinstance(function, types.FunctionType) and external.code_reads is not None and self.heap.owns(function.__globals__):
            self._state(function, external.code_reads, set())

    def _state(self, function: types.FunctionType, reads: Any, seen: set[object]) -> None:
        if function in seen:
            return
        seen.add(function)
        namespace = function.__globals__
        used: list[Value] = []
        for name in (*reads.globals, *reads.global_writes):
            if name in namespace:
                variable = self.variable(namespace, "global", name)
                self.claim_variable(variable, WRITE if name in reads.global_writes else READ)
                used.append(self.look(variable))
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
            variable = self.variable(cell, "cell", "")
            self.claim_variable(variable, WRITE if name in reads.free_writes else READ)
            used.append(self.look(variable))
        for atom in self.reach(frozenset().union(*used)):
            if atom.kind is Kind.FUNCTION and atom.obj is not NEW:
                if self.heap.owns(atom.obj.__globals__):
                    self._state(atom.obj, code_reads(atom.obj.__code__), seen)
            elif atom.kind is not Kind.MODULE and atom.kind is not Kind.CLASS:
                self.touch(atom, READ)


_NO_DEFAULT: Any = __import__("dataclasses").MISSING
_FORBIDDEN = frozenset(
    {"exec", "eval", "locals", "globals", "vars", "dir", "compile", "__import__", "breakpoint", "setattr", "delattr"}
)


def _cached(wrapper: Any) -> list[object]:
    # what an lru_cache holds: the garbage collector is told keys and results first, then the dict from keys to results or links
    found: list[object] = []
    for held in gc.get_referents(wrapper):
        if type(held) is dict and held is not wrapper.__dict__:
            found.extend(held.values())
            break
        found.append(held)
    return [o for o in found if not isinstance(o, type) and type(o).__name__ != "_lru_list_elem"]
