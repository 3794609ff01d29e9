"""Models of what looks at objects or makes them: attributes by name, operators as functions, copies, generated constructors."""

from __future__ import annotations

import copy
import dataclasses
import dis
import enum
from abc import ABCMeta
from collections import OrderedDict, defaultdict, deque
from functools import partial
from typing import Any, Protocol

from poppy_nb.effects import OBJECT, VALUE, plain
from poppy_nb.looking import asked_for, attributes, is_a, parts_of

from . import tracebacks
from .models_ops import MISSING, Ops, model


_NATIVE_CHECKS = frozenset({type, ABCMeta, enum.EnumMeta, type(Protocol)})
_CLASSVAR: Any = dataclasses._FIELD_CLASSVAR  # type: ignore[attr-defined]
_INITVAR: Any = dataclasses._FIELD_INITVAR  # type: ignore[attr-defined]
_PICKLING = ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__", "__new__")
_SLOTS = "__slotnames__"
_FLAT = (list, dict, set, deque, bytearray, defaultdict, OrderedDict)


@model("isinstance", least=2, most=2)
def is_instance(ops: Ops, target: Any, value: Any, classes: Any) -> Any:
    """isinstance, issubclass. A metaclass of the user's decides itself."""
    classes = ops.whole(classes)
    hook = "__instancecheck__" if target is isinstance else "__subclasscheck__"
    for cls in classes if type(classes) is tuple else (classes,):
        own = isinstance(cls, type) and getattr(type(cls), hook) not in [getattr(one, hook) for one in _NATIVE_CHECKS]
        if not own and target is isinstance and (names := asked_for(cls)):
            value = ops.force(value)
            own = not all(hasattr(type(value), name) for name in names)  # what it has itself is looked for, or computed
        if own:
            if type(classes) is tuple:
                return any(ops.force(ops.truth(is_instance(ops, target, value, one))) for one in classes)
            return bool(ops.force(ops.truth(ops.call(getattr(type(cls), hook), cls, value))))
    return ops.defer(target, value, classes, depth=OBJECT)


# --- attributes


def _name(ops: Ops, target: Any, name: Any, *rest: Any) -> str:
    name = ops.force(name)
    if not isinstance(name, str):
        target(None, name, *rest)  # for its TypeError
    return name  # type: ignore[no-any-return]


@model("getattr", least=2, most=3)
def get_attribute(ops: Ops, target: Any, value: Any, name: Any, *default: Any) -> Any:
    """getattr. With a default it has to be known whether there is one."""
    name = _name(ops, target, name)
    if not default:
        return ops.getattr(value, name)
    try:
        return ops.attribute(ops.force(value), name)
    except AttributeError:
        return default[0]


@model("hasattr", least=2, most=2)
def has_attribute(ops: Ops, target: Any, value: Any, name: Any) -> bool:
    """hasattr."""
    name = _name(ops, target, name)
    try:
        ops.force(ops.attribute(ops.force(value), name))
    except AttributeError:
        return False
    return True


@model("setattr", least=3, most=3)
def set_attribute(ops: Ops, target: Any, value: Any, name: Any, item: Any) -> None:
    """setattr."""
    ops.setattr(value, _name(ops, target, name, None), item)


@model("delattr", least=2, most=2)
def delete_attribute(ops: Ops, target: Any, value: Any, name: Any) -> None:
    """delattr."""
    ops.delattr(value, _name(ops, target, name))


# --- the module operator

_BINARY = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@", "and_": "&",
    "or_": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}  # fmt: skip
_COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "is_": "is", "is_not": "is not"}
_UNARY = {"neg": "-", "pos": "+", "invert": "~", "inv": "~"}
_ARITY = {"setitem": 3, "not_": 1, "truth": 1, "neg": 1, "pos": 1, "invert": 1, "inv": 1}


@model("operator")
def as_function(ops: Ops, target: Any, *operands: Any) -> Any:
    """operator.add and the like."""
    name = target.__name__
    if len(operands) != _ARITY.get(name, 2):
        return target(*operands)
    if name in _BINARY:
        return ops.binary(_BINARY[name], *operands)
    if name in _COMPARE:
        return ops.compare(_COMPARE[name], *operands)
    if name in _UNARY:
        return ops.unary(_UNARY[name], *operands)
    if name == "concat" or name == "iconcat":
        first, second = (ops.force(operand) for operand in operands)
        if not hasattr(type(first), "__getitem__"):
            return target(first, second)
        return ops.binary("+", first, second) if name == "concat" else ops.inplace("+", first, second)
    if name[0] == "i" and name[1:] in {one.rstrip("_") for one in _BINARY}:
        return ops.inplace(_BINARY.get(name[1:]) or _BINARY[name[1:] + "_"], *operands)
    if name == "contains":
        return ops.compare("in", operands[1], operands[0])
    if name == "truth":
        return ops.truth(operands[0])
    if name == "not_":
        return ops.unary("not", operands[0])
    return getattr(ops, name)(*operands)  # getitem, setitem, delitem


@model("itemgetter", least=2, most=2)
def item_getter(ops: Ops, target: Any, getter: Any, value: Any) -> Any:
    """A call of an operator.itemgetter."""
    keys = getter.__reduce__()[1]
    found = [ops.getitem(value, key) for key in keys]
    return found[0] if len(found) == 1 else ops.build_tuple(found)


@model("attrgetter", least=2, most=2)
def attribute_getter(ops: Ops, target: Any, getter: Any, value: Any) -> Any:
    """A call of an operator.attrgetter."""
    found = []
    for path in getter.__reduce__()[1]:
        one = value
        for name in path.split("."):
            one = ops.getattr(one, name)
        found.append(one)
    return found[0] if len(found) == 1 else ops.build_tuple(found)


@model("methodcaller", least=2, most=2)
def method_caller(ops: Ops, target: Any, caller: Any, value: Any) -> Any:
    """A call of an operator.methodcaller."""
    make, args = caller.__reduce__()
    if make is type(caller):
        name, *args = args
        return ops.call(ops.getattr(value, name), *args)
    return ops.call(ops.getattr(value, make.args[0]), *args, **make.keywords)


@model("cast", least=2, most=2)
def cast(ops: Ops, target: Any, kind: Any, value: Any) -> Any:
    """typing.cast."""
    return value


# --- copies


def _copied_as_it_is(kind: type) -> bool:
    """Whether copying an instance calls nothing of its class's."""
    return all(getattr(kind, name, None) is getattr(object, name, None) for name in _PICKLING)


def _without_hooks(value: Any, seen: set[int]) -> bool:
    """Whether a deep copy calls nothing of the user's anywhere."""
    kind = type(value)
    if kind in _ATOMS or id(value) in seen:
        return True
    seen.add(id(value))
    if kind.__module__ == "builtins" or kind in _FLAT:
        return all(_without_hooks(part, seen) for part in (*(value if is_a(value, dict) else ()), *parts_of(value)))
    if hasattr(kind, "__deepcopy__") or not _copied_as_it_is(kind) or is_a(value, type):
        return False
    return all(_without_hooks(part, seen) for part in attributes(value))


@model("copy", least=1, most=1)
def shallow_copy(ops: Ops, target: Any, value: Any) -> Any:
    """copy.copy."""
    value = ops.force(value)
    if ops.pending(value):
        return value  # a tuple
    kind = type(value)
    if kind in _FLAT or kind in copy._copy_dispatch:  # type: ignore[attr-defined]
        return ops.defer(copy.copy, value, depth=VALUE)
    if isinstance(value, type):
        return value
    if hasattr(kind, "__copy__"):
        return ops.call(kind.__copy__, value)
    if _copied_as_it_is(kind):
        return _copied(ops, copy.copy, ops.settled(value))
    return _natively(ops, copy.copy, value)


@model("deepcopy", least=1, most=2, keywords="memo")
def deep_copy(ops: Ops, target: Any, value: Any, /, *memo: Any, **named: Any) -> Any:
    """copy.deepcopy: lists and dicts are copied as they are now, what is pending in them when it is known."""
    if memo or named:
        return _natively(ops, copy.deepcopy, value, *memo, *named.values())
    return _deep(ops, value, {})


_ATOMS = frozenset({int, float, str, bytes, bool, type(None)})


def _deep(ops: Ops, value: Any, memo: dict[int, Any]) -> Any:
    if id(value) in memo:
        return memo[id(value)]
    if not ops.pending(value):
        value = ops.force(value)
        if id(value) in memo:
            return memo[id(value)]
    elif not ops.apart(value):
        given, value = value, ops.whole(value)  # it may be what is copied elsewhere, too
        memo[id(given)] = made = _deep(ops, value, memo)
        memo.setdefault(id(memo), []).append(given)
        return made
    kind = type(value)
    if ops.pending(value):
        made = ops.defer(copy.deepcopy, value)
    elif kind is list:
        made = memo[id(value)] = ops.build_list([])
        for item in list(ops.iterate(value)):
            ops.call(list.append, made, _deep(ops, item, memo))
    elif kind is dict:
        made = memo[id(value)] = {}
        for key in list(ops.iterate(value)):
            ops.setitem(made, key if plain(key) else _deep(ops, key, memo), _deep(ops, ops.getitem(value, key), memo))
    elif hasattr(kind, "__deepcopy__") and not isinstance(value, type):
        made = ops.call(kind.__deepcopy__, value, {})
    elif kind in _ATOMS:
        return value
    else:
        value = ops.settled(value)
        if not _without_hooks(value, set()):
            ops.barrier()
        made = _copied(ops, copy.deepcopy, value, memo)
    memo[id(value)] = made
    memo.setdefault(id(memo), []).append(value)  # keeps the ids apart, as the native one does
    return made


def _copied(ops: Ops, function: Any, value: Any, *memo: Any) -> Any:
    """A copy of an object: a class remembers the names of its slots when the first instance is copied."""
    kind = type(value)
    first = _SLOTS not in vars(kind)
    made = function(value, *memo)
    if first and _SLOTS in vars(kind):
        ops.undoable(partial(type.__delattr__, kind, _SLOTS), kind)
    return made


def _natively(ops: Ops, function: Any, *operands: Any) -> Any:
    ops.barrier()
    return function(*[ops.whole(operand) for operand in operands])


@model("replace", least=1, keywords=None)
def replace(ops: Ops, target: Any, value: Any, /, **changes: Any) -> Any:
    """dataclasses.replace and copy.replace: a call of the class with the fields, changed."""
    value = ops.force(value)
    if isinstance(value, type) or not dataclasses.is_dataclass(value):
        own = getattr(type(value), "__replace__", None)
        return ops.call(own, value, **changes) if own is not None else _natively(ops, target, value)
    for field in dataclasses.fields(value):
        if not field.init:
            if field.name in changes:
                error = ValueError if target.__module__ == "dataclasses" and not hasattr(copy, "replace") else TypeError
                raise error(f"field {field.name} is declared with init=False, it cannot be specified with replace()")
        elif field.name not in changes:
            changes[field.name] = ops.getattr(value, field.name)
    every: dict[str, Any] = type(value).__dataclass_fields__  # type: ignore[union-attr]
    for name, field in every.items():
        if field._field_type is _INITVAR and field.default is dataclasses.MISSING and name not in changes:
            return target(value, **changes)  # for its error
    return ops.call(type(value), **changes)


@model("fields", least=1, most=1)
def as_data(ops: Ops, target: Any, value: Any) -> Any:
    """dataclasses.asdict, dataclasses.astuple: behind what has yet to be written to the fields, here and below."""
    value = ops.force(value)
    seen: set[int] = set()

    def look(one: Any) -> None:
        one = ops.force(one)
        if id(one) in seen or isinstance(one, type):
            return
        seen.add(id(one))
        if dataclasses.is_dataclass(one):
            for field in dataclasses.fields(one):
                look(ops.getattr(one, field.name))
        elif type(one) in (list, tuple):
            for part in ops.iterate(one):
                look(part)
        elif type(one) is dict:
            for part in ops.iterate(one.values()):
                look(part)

    look(value)
    return target(ops.whole(value))


# --- classes with a generated constructor


@model("namedtuple", keywords=None)
def make_namedtuple(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """An instance of a namedtuple class."""
    fields, defaults = target._fields, target._field_defaults
    values = dict(zip(fields, operands, strict=False))
    if len(operands) > len(fields) or values.keys() & named.keys() or named.keys() - set(fields):
        return target(*operands, **named)
    values = {**defaults, **values, **named}
    if len(values) < len(fields):
        return target(*operands, **named)
    return ops.build_tuple([values[name] for name in fields], target._make)


@model("dataclass", keywords=None)
def make_dataclass(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """An instance of a dataclass: what its generated `__init__` does, which has no source to mediate."""
    every = [field for field in target.__dataclass_fields__.values() if field._field_type is not _CLASSVAR]
    taken = [field for field in every if field.init]
    positional = [field.name for field in taken if not field.kw_only]
    given = dict(zip(positional, operands, strict=False))
    required = {field.name for field in taken if field.default is field.default_factory is dataclasses.MISSING}
    names = {field.name for field in taken}
    wrong = given.keys() & named.keys() or named.keys() - names or required - given.keys() - named.keys()
    if wrong or len(operands) > len(positional):
        return target(*operands, **named)  # for its TypeError
    given.update(named)
    made = object.__new__(target)
    store: Any = object.__setattr__ if target.__dataclass_params__.frozen else None
    extra = []
    for field in every:
        if field.name in given:
            value = given[field.name]
        elif field.default_factory is not dataclasses.MISSING:
            value = ops.framed(partial(_in_init, target, field.name), ops.call, field.default_factory)
        elif field.default is not dataclasses.MISSING and (field.init or "__slots__" in vars(target)):
            value = field.default
        else:
            value = MISSING
        if field._field_type is _INITVAR:
            extra.append(field.default if value is MISSING else value)
        elif value is not MISSING:
            if store is None:
                ops.framed(partial(_in_init, target, field.name), ops.setattr, made, field.name, value)
            else:
                ops.call(store, made, field.name, value)
    if hasattr(target, "__post_init__"):
        place = partial(_in_init, target, "__post_init__")
        ops.framed(place, ops.call, ops.framed(place, ops.getattr, made, "__post_init__"), *extra)
    return made


def _in_init(cls: type, name: str) -> tracebacks.Step:
    """The frame of the generated `__init__` of a dataclass where it stores or calls what has this name."""
    init: Any = vars(cls)["__init__"]
    line = init.__code__.co_firstlineno
    for instruction in dis.get_instructions(init):
        line = instruction.positions.lineno if instruction.positions and instruction.positions.lineno else line
        if instruction.argval == name:
            break
    return tracebacks.standing(init.__code__, (line, 0, line, 1), init.__globals__)
