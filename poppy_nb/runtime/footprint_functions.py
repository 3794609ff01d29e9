"""Where values flow in the everyday builtin and library functions: what their answers may be or contain."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import types
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from poppy_nb.looking import asked_for, is_a
from poppy_nb.runtime.footprint_items import generated
from poppy_nb.runtime.footprint_store import READ, WRITE, own_names
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, Arguments, Kind, Value


if TYPE_CHECKING:
    from poppy_nb.runtime.footprint_natives import Natives


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
    given = [arguments.keywords, arguments.names, *map(run.keys, arguments.positional)]
    keys = frozenset().union(*map(run.texts, given))
    for value in arguments.positional:
        for atom in run.open(value):
            if issubclass(atom.type or object, dict):
                run.touch(atom, READ)
                content |= run.content(atom)
            else:
                pairs = run.iterate(atom.single, node)
                content |= run.iterate(pairs, node) | frozenset(a for a in pairs if a.kind is Kind.FOREIGN)
    return run.dict_of(node, content | A_PLAIN, keys, run.told_of(arguments))


def _defaultdict(run: Natives, arguments: Arguments, node: object) -> Value:
    rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.extra)
    content = frozenset().union(*(run.content(atom) for atom in _dict(run, rest, (node, "content"))))
    made = run.display(node, defaultdict, content | A_PLAIN)
    for atom in made:
        run.grow(run.attribute_cell(atom, "default_factory"), arguments.positional[0] if arguments.positional else A_PLAIN)
    return made


def _iterator(run: Natives, arguments: Arguments, node: object) -> Value:
    if len(arguments.positional) > 1:
        return run.calling_back("iter", [arguments.all()], node)
    own = frozenset(a for v in arguments.positional for a in v if a.kind is Kind.ITERATOR)
    elements = frozenset().union(*_elements(run, arguments, node))
    return run.new(node, Kind.ITERATOR, None, elements).single | own


def _enumerate(run: Natives, arguments: Arguments, node: object) -> Value:
    elements = frozenset().union(*(run.iterate(v, node) for v in arguments.positional[:1]))
    return run.new(node, Kind.ITERATOR, enumerate, run.tuple_of((node, "pair"), [A_PLAIN, elements])).single


def _zip(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.new(node, Kind.ITERATOR, zip, run.tuple_of((node, "item"), _elements(run, arguments, node))).single


def _map(run: Natives, arguments: Arguments, node: object) -> Value:
    results = (
        run.call(arguments.positional[0], Arguments(_elements(run, arguments, node, 1)), node) if arguments.positional else EMPTY
    )
    return run.new(node, Kind.ITERATOR, map, results).single


def _filter(run: Natives, arguments: Arguments, node: object) -> Value:
    elements = frozenset().union(*_elements(run, arguments, node, 1))
    run.truth(run.call(arguments.positional[0], Arguments([elements]), node) if arguments.positional else EMPTY, node)
    run.truth(elements, node)
    return run.new(node, Kind.ITERATOR, filter, elements).single


def ordered(run: Natives, arguments: Arguments, node: object) -> Value:
    """Compare elements by their keys, as sorting does; the elements."""
    values = arguments.positional
    elements = run.iterate(values[0], node) if len(values) == 1 else frozenset().union(*values)
    key = arguments.keywords.get("key", EMPTY)
    run.compare("<", keys := run.call(key, Arguments([elements]), node) if run.substantial(key) else elements, keys, node)
    return elements


def _sorted(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.display(node, list, ordered(run, arguments, node))


def _largest(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.display(node, list, ordered(run, Arguments(arguments.positional[1:], arguments.keywords), node))


def _extreme(run: Natives, arguments: Arguments, node: object) -> Value:
    return ordered(run, arguments, node) | arguments.keywords.get("default", EMPTY)


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
        if atom.kind is Kind.FOREIGN:
            run.touch(atom, WRITE)
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


def _isinstance(run: Natives, arguments: Arguments, node: object) -> Value:
    """A metaclass of the user's decides itself; a protocol looks for attributes."""
    classes = arguments.positional[1] if len(arguments.positional) > 1 else EMPTY
    for atom in classes | run.iterate(frozenset(a for a in classes if a.kind is Kind.TUPLE), node):
        if atom.kind is Kind.CLASS and atom.obj is not NEW:
            for hook in ("__instancecheck__", "__subclasscheck__"):
                found = run.static(type(atom.obj), hook)
                if is_a(found, types.FunctionType) and run.owned(type(atom.obj)):
                    run.call(run.atom(found).single, Arguments([atom.single, arguments.positional[0]]), node)
            for name in sorted(asked_for(atom.obj)):
                run.get_attribute(arguments.positional[0], name, node)
    return _nothing(run, arguments, node)


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


_HOOKS = tuple(f"__{name}__" for name in "copy deepcopy reduce reduce_ex getstate setstate getnewargs getnewargs_ex new".split())


def _copy(run: Natives, arguments: Arguments, node: object) -> Value:
    result = EMPTY
    for atom in run.open(arguments.positional[0] if arguments.positional else arguments.all()):
        if atom.kind is Kind.SCALAR or atom.kind in (Kind.FUNCTION, Kind.CLASS, Kind.MODULE, Kind.BUILTIN):
            result |= atom.single
        elif atom.kind is Kind.CONTAINER or atom.kind is Kind.TUPLE:
            run.touch(atom, READ)
            result |= run.display(node, atom.type, run.content(atom))
        elif atom.kind is Kind.OBJECT and atom.type is not None and run.owned(atom.type):
            made = run.new(node, Kind.OBJECT, atom.type, run.content(atom))
            for name in {*(run.looks(own_names, atom.obj) if atom.obj is not NEW else ()), *(atom.attributes or ())}:
                run.claim_attribute(atom, name, READ)
                run.grow(run.attribute_cell(made, name), run.look(run.attribute_cell(atom, name)))
            for hook in _HOOKS:
                found = run.static(atom.type, hook)
                if is_a(found, types.FunctionType) and not generated(found):
                    result |= run.special(atom, hook, Arguments([], rest=A_PLAIN), node) or EMPTY
            result |= made.single
        else:
            run.read_deep(atom.single, node)
            result |= run.foreign(node, atom.single)
    return result


def _deepcopy(run: Natives, arguments: Arguments, node: object) -> Value:
    if run.substantial(arguments.all()):
        run.read_deep(arguments.all(), node)
    return _copy(run, arguments, node)


def _replace(run: Natives, arguments: Arguments, node: object) -> Value:
    """A call of the class, with the fields of the object that are not given anew."""
    run.alone("a dataclass")
    result = EMPTY
    for atom in run.open(arguments.positional[0] if arguments.positional else EMPTY):
        if atom.kind is Kind.OBJECT and atom.type is not None and dataclasses.is_dataclass(atom.type):
            names = {field.name for field in dataclasses.fields(atom.type) if field.init}
            kept = {name: run.get_attribute(atom.single, name, node) for name in names - arguments.keywords.keys()}
            made = Arguments([], {**arguments.keywords, **kept}, extra=arguments.extra)
            result |= run.call(run.atom(atom.type).single, made, node)
        elif atom.kind is Kind.OBJECT:
            given = Arguments(arguments.positional[1:], arguments.keywords, extra=arguments.extra)
            result |= run.special(atom, "__replace__", given, node) or run.foreign(node, atom.single | arguments.all())
        else:
            result |= run.foreign(node, atom.single | arguments.all())
    return result | A_PLAIN


def _choice(run: Natives, arguments: Arguments, node: object) -> Value:
    run.resource("random", WRITE)
    return frozenset().union(*_elements(run, arguments, node))


def _sample(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.display(node, list, _choice(run, arguments, node))


def _field(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.new(node, Kind.OBJECT, dataclasses.Field, run.substantial(arguments.all())).single


def _memoryview(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.new(node, Kind.ITERATOR, memoryview, run.substantial(arguments.all())).single


def _cached_property(run: Natives, arguments: Arguments, node: object) -> Value:
    return run.new(node, Kind.OBJECT, functools.cached_property, run.substantial(arguments.all())).single


def _cast(run: Natives, arguments: Arguments, node: object) -> Value:
    return arguments.positional[-1]


_MANAGER: Any = contextlib._GeneratorContextManagerBase


def _manager_step(run: Natives, arguments: Arguments, node: object) -> Value:
    """`__enter__` and `__exit__` of what `contextlib.contextmanager` makes."""
    result = A_PLAIN
    run.throw(frozenset().union(*arguments.positional[1:], arguments.rest))
    for atom in run.open(arguments.positional[0] if arguments.positional else arguments.all()):
        run.touch(atom, WRITE)
        if is_a(atom.obj, _MANAGER):
            result |= run.iterate(run.atom(atom.obj.gen).single, node)
        else:
            result |= run.content(atom)  # its generator was run to the end when it was made
    return result


FUNCTIONS: dict[str, Callable[[Natives, Arguments, object], Value]] = {
    "list": _display(list), "tuple": _display(tuple), "set": _display(set), "frozenset": _display(frozenset), "dict": _dict,
    "collections.defaultdict": _defaultdict,
    "iter": _iterator, "reversed": _iterator, "enumerate": _enumerate, "zip": _zip, "map": _map, "filter": _filter,
    "sorted": _sorted, "heapq.nlargest": _largest, "heapq.nsmallest": _largest,
    "min": _extreme, "max": _extreme, "sum": _sum, "any": _any, "all": _any, "next": _next,
    "getattr": _getattr, "hasattr": _hasattr, "setattr": _setattr, "delattr": _setattr,
    "isinstance": _isinstance, "issubclass": _isinstance,
    "callable": _nothing, "id": _nothing, "type": _type, "functools.cache": _decorator, "functools.lru_cache": _decorator,
    "functools.wraps": _wraps, "functools.partial": _partial, "contextlib.contextmanager": _decorator,
    "dataclasses.dataclass": _decorator, "dataclasses.field": _field, "functools.cached_property": _cached_property,
    "memoryview": _memoryview, "_GeneratorContextManager.__enter__": _manager_step,
    "_GeneratorContextManager.__exit__": _manager_step,
    "copy.deepcopy": _deepcopy, "dataclasses.replace": _replace, "copy.replace": _replace,
    "copy.copy": _copy, "typing.cast": _cast, "random.choice": _choice, "random.choices": _sample, "random.sample": _sample,
}  # fmt: skip
