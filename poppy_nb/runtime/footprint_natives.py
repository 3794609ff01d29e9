"""Builtin and library callables in the abstract interpretation: rows of the table of effects, and where values flow in the everyday ones."""

from __future__ import annotations

import collections
import functools
import io
import types
from collections.abc import Callable
from typing import Any

from poppy_nb.runtime.claims import Mode
from poppy_nb.runtime.footprint_calls import Calls
from poppy_nb.runtime.footprint_operators import generated
from poppy_nb.runtime.footprint_store import HOLDER, READ, WRITE, own_names
from poppy_nb.runtime.footprint_values import A_PLAIN, CONTAINERS, EMPTY, NEW, PLAIN, SCALARS, TUPLES, Arguments, Atom, Kind, Value, kind_of

_PLAIN_METHODS = frozenset(
    "strip lstrip rstrip lower upper title capitalize casefold swapcase replace join format format_map startswith endswith find rfind index count "
    "isdigit isalpha isalnum isspace isupper islower removeprefix removesuffix zfill center ljust rjust encode decode hex bit_length".split()
)
_BUILTIN_TYPES: tuple[type, ...] = (str, list, dict, set, tuple, bytes, int, float, collections.deque)
# pydantic's and the usual clients' methods that only read what they are called on
_READING = frozenset("model_dump model_dump_json model_copy dict json copy to_dict to_json raise_for_status parsed item tolist".split())
_SPREADING = frozenset("extend extendleft update __init__ union __ior__ __iadd__ symmetric_difference_update".split())
_PASSING = frozenset(
    f"itertools.{name}" for name in "chain islice compress repeat cycle takewhile dropwhile filterfalse accumulate starmap".split()
) | {"itertools.chain.from_iterable", "iter"}
_PAIRING = frozenset(f"itertools.{name}" for name in "pairwise product permutations combinations combinations_with_replacement zip_longest batched".split())


class Natives(Calls):
    """What natively running code does."""

    # ---- rows

    def call_native(self, callee: Atom, target: Any, effect: Any, arguments: Arguments, node: object) -> Value:
        """Call something that has a row."""
        operands = [self.value((o,)) for o in self.effects.receiver(target)]
        if type(target) in (types.MethodDescriptorType, types.WrapperDescriptorType) and arguments.positional:
            first = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
            return frozenset().union(*(self.call_method(target.__name__, r, first, node) for r in self.open(arguments.positional[0])))
        if len(operands) == 1 and type(target) is types.BuiltinMethodType:
            return self.call_method(target.__name__, next(iter(operands[0])), arguments, node)
        if effect.unless and (arguments.extra or not effect.unless.isdisjoint(arguments.keywords)):
            return self.unknown_call(EMPTY, arguments, node)
        handler = _FUNCTIONS.get(effect.name)
        if handler is not None and not arguments.rest:
            return handler(self, arguments, node)
        result = self.effect(effect, [*operands, *arguments.positional], arguments, node)
        if isinstance(target, type) and effect.returns == "fresh":
            return self._instance_of(target, node)
        if isinstance(target, type) and issubclass(target, BaseException):
            return self.construct(callee, arguments, node)
        if effect.model in ("dataclass", "namedtuple"):
            return self.construct(callee, arguments, node)
        if effect.name == "open":
            return self.new(node, Kind.OBJECT, io.TextIOWrapper).single
        return result

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
                stored = given if name not in _SPREADING else self.iterate(given, node) | self.iterate(self.iterate(given, node), node)
                if name in _SPREADING and others:
                    stored |= others
            for index in effect.writes:
                if index < len(operands):
                    for atom in self.open(operands[index]):
                        self.put(atom, stored)
        if effect.resource is not None:
            self.resource(effect.resource, Mode(int(effect.resource_mode)))
        if effect.model is not None and (effect.model not in ("dataclass", "namedtuple")):
            return self._calling_back(effect.name, every, node)
        if effect.returns == "part":
            return self.foreign(node, frozenset().union(*every)) | A_PLAIN
        if effect.returns == "self":
            return operands[0]
        return A_PLAIN if effect.returns == "none" else self.fresh(node)

    def _read(self, operand: Value, depth: str, node: object) -> None:
        if depth in ("NOTHING", "OBJECT"):
            return
        if depth == "DEEP":
            self.read_deep(operand, node)
        for atom in self.open(operand):
            if atom.kind is Kind.ITERATOR:
                self.iterate(atom.single, node)
            elif atom.kind in (Kind.CONTAINER, Kind.FOREIGN):
                self.touch(atom, READ)
                if depth == "ELEMENTS":
                    for element in self.content(atom):
                        self.touch(element, READ)
            elif atom.kind is Kind.OBJECT and depth != "DEEP":
                if self.holds(atom) or not (atom.type is not None and self.owned(atom.type)):
                    self.touch(atom, READ)
                self.passive(atom, node)

    def _calling_back(self, name: str, operands: list[Value], node: object) -> Value:
        everything = frozenset().union(*operands)
        functions = frozenset(a for a in everything if a.kind in (Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN, Kind.CLASS) or callable(a.obj))
        items = self.iterate(everything - functions, node)
        result = items
        for _ in range(2):  # what a callback returns may be given to it again
            result |= self.call(functions, Arguments([], rest=result | everything - functions), node) if functions else EMPTY
        for atom in self.substantial(items):
            if atom.kind is Kind.OBJECT:
                self.passive(atom, node)
        if name in _PASSING:
            return self.new(node, Kind.ITERATOR, None, result).single
        if name in _PAIRING:
            return self.new(node, Kind.ITERATOR, None, self.display((node, "item"), tuple, result)).single
        if name == "functools.reduce":
            return result | everything - functions
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
        handler = _METHODS.get(name)
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
                self._set_here(receiver, attribute.obj, arguments.positional[1] if len(arguments.positional) > 1 else EMPTY)
            return A_PLAIN
        if kind is Kind.CLASS:
            found = self.effects.lookup(getattr(receiver.obj, name, None)) if receiver.obj is not NEW else None
            return self.effect(found, arguments.positional, arguments, node) if found is not None else self.unknown_call(EMPTY, arguments, node)
        row = self.effects.method(type_, name)
        if row is None:
            return self._unlisted(name, receiver, arguments, node)
        return self.effect(row, [receiver.single, *arguments.positional], arguments, node)

    def _unlisted(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        if name in ("__str__", "__repr__", "__eq__", "__ne__", "__hash__", "__format__", "__sizeof__", "__init_subclass__", "__dir__"):
            self.read_deep(receiver.single | arguments.all(), node)
            return A_PLAIN
        return self.unknown_call(receiver.single, arguments, node)

    def _scalar_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        self.read_deep(arguments.all(), node)
        if name in _PLAIN_METHODS:
            return A_PLAIN
        for type_ in (receiver.type,) if receiver is not PLAIN else SCALARS:
            row = self.effects.method(type_, name)
            if row is not None and row.resource is not None:
                self.resource(row.resource, Mode(int(row.resource_mode)))
        return self.fresh(node)

    def _foreign_method(self, name: str, receiver: Atom, arguments: Arguments, node: object) -> Value:
        given = arguments.all()
        self.touch(receiver, READ)
        rows = [row for row in (self.effects.method(type_, name) for type_ in _BUILTIN_TYPES) if row is not None]
        if not rows and name not in _READING:
            if receiver.obj is not NEW or receiver.payload == "external":
                self.give_up(f"calls `{name}` of what is not known yet")
            return self.unknown_call(receiver.single, arguments, node)
        self.read_deep(given, node) if not all(row.stores for row in rows) else None
        for row in rows:
            if row.writes:
                stored = self.substantial(given)
                if stored and name in _SPREADING:
                    stored |= self.iterate(stored, node)
                self.put(receiver, stored)
        inside = self.content(receiver) if receiver.payload == HOLDER else EMPTY
        return receiver.single | A_PLAIN | given | inside | (self.fresh(node) if receiver.obj is NEW else EMPTY)


# ---- where values flow in builtin functions


def _elements(run: Natives, arguments: Arguments, node: object, first: int = 0) -> list[Value]:
    return [run.iterate(value, node) for value in arguments.positional[first:]]


def _display(type_: type) -> Callable[[Natives, Arguments, object], Value]:
    def handler(run: Natives, arguments: Arguments, node: object) -> Value:
        elements = frozenset().union(*_elements(run, arguments, node))
        if type_ in (set, frozenset):
            run.hash_key(run.substantial(elements), node)
        return run.display(node, type_, elements)

    return handler


def _dict(run: Natives, arguments: Arguments, node: object) -> Value:
    content = frozenset().union(*arguments.keywords.values(), arguments.extra)
    for value in arguments.positional:
        for atom in run.open(value):
            if issubclass(atom.type or object, dict):
                run.touch(atom, READ)
                content |= run.content(atom)
            else:
                pairs = run.iterate(atom.single, node)
                content |= run.iterate(pairs, node) | frozenset(a for a in pairs if a.kind is Kind.FOREIGN)
    return run.display(node, dict, content | A_PLAIN)


def _iterator(run: Natives, arguments: Arguments, node: object) -> Value:
    if len(arguments.positional) > 1:
        return run._calling_back("iter", [arguments.all()], node)
    own = frozenset(a for v in arguments.positional for a in v if a.kind is Kind.ITERATOR)
    elements = frozenset().union(*_elements(run, arguments, node))
    return run.new(node, Kind.ITERATOR, None, elements).single | own


def _enumerate(run: Natives, arguments: Arguments, node: object) -> Value:
    elements = frozenset().union(*(run.iterate(v, node) for v in arguments.positional[:1]))
    return run.new(node, Kind.ITERATOR, enumerate, run.tuple_of((node, "pair"), [A_PLAIN, elements])).single


def _zip(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.new(node, Kind.ITERATOR, zip, run.tuple_of((node, "item"), _elements(run, arguments, node))).single


def _map(run: Natives, arguments: Arguments, node: object) -> Value:
    results = run.call(arguments.positional[0], Arguments(_elements(run, arguments, node, 1)), node) if arguments.positional else EMPTY
    return run.new(node, Kind.ITERATOR, map, results).single


def _filter(run: Natives, arguments: Arguments, node: object) -> Value:
    elements = frozenset().union(*_elements(run, arguments, node, 1))
    run.truth(run.call(arguments.positional[0], Arguments([elements]), node) if arguments.positional else EMPTY, node)
    run.truth(elements, node)
    return run.new(node, Kind.ITERATOR, filter, elements).single


def _ordered(run: Natives, arguments: Arguments, node: object) -> Value:
    values = arguments.positional
    elements = run.iterate(values[0], node) if len(values) == 1 else frozenset().union(*values)
    key = arguments.keywords.get("key", EMPTY)
    run.compare("<", keys := run.call(key, Arguments([elements]), node) if run.substantial(key) else elements, keys, node)
    return elements


def _sorted(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.display(node, list, _ordered(run, arguments, node))


def _extreme(run: Natives, arguments: Arguments, node: object) -> Value:
    return _ordered(run, arguments, node) | arguments.keywords.get("default", EMPTY)


def _sum(run: Natives, arguments: Arguments, node: object) -> Value:
    elements = run.iterate(arguments.positional[0], node) if arguments.positional else EMPTY
    start = frozenset().union(*arguments.positional[1:], *arguments.keywords.values(), A_PLAIN)
    total = start | elements
    return total | run.binary("+", run.binary("+", total, elements, node) | total, elements, node)


def _any(run: Natives, arguments: Arguments, node: object) -> Value:
    for elements in _elements(run, arguments, node):
        run.truth(elements, node)
    return A_PLAIN


def _next(run: Natives, arguments: Arguments, node: object) -> Value:
    result = frozenset().union(*arguments.positional[1:])
    for atom in run.open(arguments.positional[0] if arguments.positional else EMPTY):
        made = run.special(atom, "__next__", Arguments([]), node) if atom.kind is Kind.OBJECT else None
        result |= made if made is not None else run.iterate(atom.single, node)
    return result


def _attribute_names(run: Natives, arguments: Arguments) -> list[str]:
    names = [a.obj for a in (arguments.positional[1] if len(arguments.positional) > 1 else EMPTY)]
    if not all(type(n) is str for n in names):
        run.give_up("an attribute whose name is computed")
    return names


def _getattr(run: Natives, arguments: Arguments, node: object) -> Value:
    found = [run.get_attribute(arguments.positional[0], name, node) for name in _attribute_names(run, arguments)]
    return frozenset().union(*found, *arguments.positional[2:])


def _hasattr(run: Natives, arguments: Arguments, node: object) -> Value:
    _getattr(run, arguments, node)
    return A_PLAIN


def _setattr(run: Natives, arguments: Arguments, node: object) -> Value:
    for name in _attribute_names(run, arguments):
        run.set_attribute(arguments.positional[0], name, frozenset().union(*arguments.positional[2:]), node)
    return A_PLAIN


def _nothing(run: Natives, arguments: Arguments, node: object) -> Value:
    for value in arguments.positional:
        for atom in run.open(value):
            if atom.kind is Kind.FOREIGN:
                run.touch(atom, READ)
    return A_PLAIN


def _type(run: Natives, arguments: Arguments, node: object) -> Value:
    if len(arguments.positional) != 1:
        run.give_up("makes a class with type()")
    return frozenset().union(A_PLAIN, *(run.atom(a.type).single for a in run.open(arguments.positional[0]) if a.type is not None))


def _decorator(run: Natives, arguments: Arguments, node: object) -> Value:
    # the decorated function stands for what the decorator makes of it
    given = frozenset(a for v in arguments.positional[:1] for a in v if a.kind is not Kind.SCALAR)
    return given or run.atom(functools.cache).single


def _wraps(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.atom(functools.cache).single


def _partial(run: Natives, arguments: Arguments, node: object) -> Value:
    made = EMPTY
    for function in arguments.positional[0] if arguments.positional else ():
        if function.kind is not Kind.SCALAR:
            atom = run.new((node, function), Kind.METHOD, functools.partial, EMPTY, ("partial", function))
            for index, value in enumerate(arguments.positional[1:]):
                run.grow(run.attribute_cell(atom, str(index)), value)
            for name, value in arguments.keywords.items():
                run.grow(run.attribute_cell(atom, f"={name}"), value)
            made |= atom.single
    return made


def _copy(run: Natives, arguments: Arguments, node: object) -> Value:
    result = EMPTY
    for atom in run.open(arguments.positional[0]):
        if atom.kind is Kind.SCALAR or atom.kind in (Kind.FUNCTION, Kind.CLASS, Kind.MODULE, Kind.BUILTIN):
            result |= atom.single
        elif atom.kind is Kind.CONTAINER or atom.kind is Kind.TUPLE:
            run.touch(atom, READ)
            result |= run.display(node, atom.type, run.content(atom))
        elif atom.kind is Kind.OBJECT and atom.type is not None and run.owned(atom.type):
            made = run.new(node, Kind.OBJECT, atom.type, run.content(atom))
            for name in {*(own_names(atom.obj) if atom.obj is not NEW else ()), *(atom.attributes or ())}:
                run.claim_attribute(atom, name, READ)
                run.grow(run.attribute_cell(made, name), run.look(run.attribute_cell(atom, name)))
            for hook in ("__copy__", "__deepcopy__", "__reduce__", "__getstate__"):
                found = run.static(atom.type, hook)
                if isinstance(found, types.FunctionType) and not generated(found):
                    result |= run.special(atom, hook, Arguments([], rest=A_PLAIN), node) or EMPTY
            result |= made.single
        else:
            result |= run.foreign(node, atom.single)
    return result


def _deepcopy(run: Natives, arguments: Arguments, node: object) -> Value:
    if run.substantial(arguments.all()):
        run.read_deep(arguments.all(), node)
    return _copy(run, arguments, node)


def _choice(run: Natives, arguments: Arguments, node: object) -> Value:
    run.resource("random", WRITE)
    return frozenset().union(*_elements(run, arguments, node))


def _sample(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.display(node, list, _choice(run, arguments, node))


def _cast(run: Natives, arguments: Arguments, node: object) -> Value:
    return arguments.positional[-1]


_FUNCTIONS: dict[str, Callable[[Natives, Arguments, object], Value]] = {
    "list": _display(list), "tuple": _display(tuple), "set": _display(set), "frozenset": _display(frozenset), "dict": _dict,
    "iter": _iterator, "reversed": _iterator, "enumerate": _enumerate, "zip": _zip, "map": _map, "filter": _filter,
    "sorted": _sorted, "min": _extreme, "max": _extreme, "sum": _sum, "any": _any, "all": _any, "next": _next,
    "getattr": _getattr, "hasattr": _hasattr, "setattr": _setattr, "delattr": _setattr, "isinstance": _nothing, "issubclass": _nothing,
    "callable": _nothing, "id": _nothing, "type": _type, "functools.cache": _decorator, "functools.lru_cache": _decorator,
    "functools.wraps": _wraps, "functools.partial": _partial, "contextlib.contextmanager": _decorator, "dataclasses.dataclass": _decorator,
    "copy.copy": _copy, "copy.deepcopy": _deepcopy, "typing.cast": _cast, "random.choice": _choice, "random.choices": _sample, "random.sample": _sample,
}  # fmt: skip


# ---- where values flow in methods of containers


def _adding(spread: bool) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        stored = arguments.all()
        if spread:
            pairs = run.iterate(frozenset().union(*arguments.positional, arguments.rest), node)
            stored = pairs | frozenset().union(*arguments.keywords.values(), arguments.extra)
            if issubclass(receiver.type, dict):
                mappings = EMPTY
                for atom in run.open(frozenset().union(*arguments.positional, arguments.rest)):
                    mappings |= run.content(atom) if issubclass(atom.type or object, dict) else EMPTY
                stored = stored | mappings | run.iterate(pairs - mappings, node)
        if issubclass(receiver.type, (set, dict)):
            run.hash_key(run.substantial(stored), node)
        run.put(receiver, stored)
        return A_PLAIN | (arguments.all() | run.content(receiver) if issubclass(receiver.type, dict) and not spread else EMPTY)

    return handler


def _taking(changes: bool) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        run.touch(receiver, WRITE if changes else READ)
        content = run.content(receiver)
        keys = arguments.positional
        if issubclass(receiver.type, dict) and keys:
            run.hash_key(keys[0], node)
            known = run._one_scalar(keys[0])
            if known is not None and receiver.obj is not NEW and (found := run.heap.item(receiver.obj, known.obj)) is not None:
                content = run.value(found) | run.look(receiver.content)
        if issubclass(receiver.type, dict) and not keys:
            return run.tuple_of((node, "item"), [content, content])  # popitem
        return content | frozenset().union(A_PLAIN, *keys[1:], *arguments.keywords.values())

    return handler


def _removing(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, WRITE)
    if arguments.positional and run.substantial(run.content(receiver) | arguments.all()):
        run.compare("==", arguments.all(), run.content(receiver), node)
    return A_PLAIN


def _looking(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    if run.substantial(run.content(receiver) | arguments.all()):
        run.compare("==", arguments.all(), run.content(receiver), node)
    return A_PLAIN


def _view(pairs: bool) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        run.touch(receiver, READ)
        content = run.content(receiver)
        return run.new((node, receiver), Kind.ITERATOR, None, run.tuple_of((node, receiver, "item"), [content, content]) if pairs else content).single

    return handler


def _copied(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    return run.display(node, receiver.type if receiver.type in CONTAINERS | TUPLES else list, run.content(receiver))


def _combined(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    content = run.content(receiver) | run.iterate(arguments.all(), node)
    run.hash_key(run.substantial(content), node)
    return run.display(node, set, content)


def _sort(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, WRITE)
    _ordered(run, Arguments([receiver.single], arguments.keywords), node)
    return A_PLAIN


def _send(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    if receiver.type is types.GeneratorType and receiver.obj is not NEW and arguments.all() - A_PLAIN:
        run.publish(arguments.all())
    run.grow_content(receiver, run.substantial(arguments.all()))
    return run.iterate(receiver.single, node)


_METHODS: dict[str, Callable[[Natives, Atom, Arguments, object], Value]] = {
    **dict.fromkeys(("append", "appendleft", "insert", "add", "setdefault"), _adding(False)),
    **dict.fromkeys(("extend", "extendleft", "update", "__ior__", "__iadd__"), _adding(True)),
    **dict.fromkeys(("pop", "popleft", "popitem"), _taking(True)),
    "get": _taking(False),
    **dict.fromkeys(("remove", "discard", "clear", "reverse", "rotate", "difference_update", "move_to_end"), _removing),
    **dict.fromkeys(("index", "count", "__len__"), _looking),
    "items": _view(True), "keys": _view(False), "values": _view(False), "copy": _copied, "sort": _sort,
    **dict.fromkeys(("union", "intersection", "difference", "symmetric_difference"), _combined),
    **dict.fromkeys(("send", "__next__", "throw"), _send),
}  # fmt: skip
