"""Operators on objects of classes: the special methods of the user's in their mediated form, tried in Python's order."""

from __future__ import annotations

import collections
import enum
import types
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from poppy_nb import effects, tables
from poppy_nb.looking import is_a
from poppy_nb.plain import DATA

from . import callbacks, callers, current
from .classes import HEAP_TYPE, MISSING, NATIVE, find, method, user_function
from .engine import Engine
from .hazards import ATOMS
from .natives import perform
from .natives_now import in_order
from .placeholder import KINDS, known


SPECIAL = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "<<": "lshift",
    ">>": "rshift", "&": "and", "|": "or", "^": "xor", "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
_REFLECTED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


def special(kind: str, symbol: str, function: Callable[..., Any], operands: tuple[Any, ...]) -> Any:
    """An operator on operands of classes of the user's or of libraries."""
    engine = current.engine
    from . import calls

    first = operands[0]
    if kind in ("getitem", "setitem", "delitem"):
        found = method(engine, first, f"__{kind}__")
        if found is not None:
            return calls.invoke(found, operands, {})
        row = effects.method(type(first), f"__{kind}__")
        if row is not None and row.model is None:
            return perform(row, function, operands, None, lambda: function(*operands))
        if kind == "setitem" and tables.takes_items(first):
            native = callers.later(engine, function, False)
            row = replace(_INTO_TABLE, name=f"column {operands[1]!r}") if tables.is_column(first, operands[1]) else _INTO_TABLE
            return perform(row, native, operands, None, lambda: special(kind, symbol, function, operands))
        if is_a(first, type) and kind == "getitem":
            of_class = find(first, "__class_getitem__")
            of_class = of_class.__func__ if is_a(of_class, classmethod) else of_class
            if user_function(engine, of_class):
                return calls.invoke(of_class, operands, {})
            if first.__module__ != "builtins" and getattr(of_class, "__module__", "") != "typing":
                return in_order(engine, function, operands, None)
            return perform(_GENERIC, function, operands, None, lambda: function(*operands))
    elif kind == "bool":
        found = method(engine, first, "__bool__")
        if found is not None:
            return check_bool(calls.invoke(found, (first,), {}))
        found = method(engine, first, "__len__")
        if found is not None:
            from .operators import truth

            return truth(calls.invoke(found, (first,), {}))
        if find(type(first), "__bool__") is MISSING and find(type(first), "__len__") is MISSING:
            return True
    elif kind == "unary":
        found = method(engine, first, _UNARY[symbol])
        if found is not None:
            return calls.invoke(found, (first,), {})
    elif kind == "compare" and symbol in ("in", "not in"):
        found = method(engine, operands[1], "__contains__")
        if found is not None:
            from .operators import not_, truth

            result = truth(calls.invoke(found, (operands[1], first), {}))
            return not_(result) if symbol == "not in" else result
        row = _GENERIC if is_a(operands[1], enum.EnumMeta) else effects.method(type(operands[1]), "__contains__")
        if row is not None and row.model is None:
            swapped = operands[1], first
            return perform(row, lambda container, item: function(item, container), swapped, None, lambda: function(*operands))
    elif kind in ("binary", "inplace", "compare"):
        result = _binary(engine, kind, symbol, operands)
        if result is not NotImplemented:
            return result
        name = SPECIAL[symbol]
        row = effects.method(type(first), f"__{name}__") or effects.method(type(operands[1]), f"__r{name}__")
        if row is not None and row.model is None:
            return perform(row, function, operands, None, lambda: function(*operands))
    if kind in ("binary", "inplace") and _of_flags(SPECIAL[symbol], operands):
        return perform(_FLAGS, function, operands, None, lambda: function(*operands))
    return in_order(engine, function, operands, None)


def _of_flags(name: str, operands: tuple[Any, ...]) -> bool:
    """Whether it combines members of an enumeration with the standard library's own methods."""
    members = [one for one in operands if is_a(one, enum.Enum)]
    others = all(is_a(one, enum.Enum) or type(one) in ATOMS for one in operands)
    return others and all(getattr(find(type(one), f"__{name}__"), "__module__", "") == "enum" for one in members)


_FLAGS = effects.Effect("flags", (effects.VALUE,))


def can_begin(kind: str, symbol: str, operands: tuple[Any, ...]) -> bool:
    """Whether the first method to be called is known, though an operand is pending: it is passed on as it is."""
    engine = current.engine
    first, second = operands[0], operands[1] if len(operands) > 1 else None
    if kind in ("getitem", "setitem", "delitem"):
        return type(first) not in KINDS and method(engine, first, f"__{kind}__") is not None
    if symbol in ("in", "not in"):
        return type(second) not in KINDS and method(engine, second, "__contains__") is not None
    if kind not in ("binary", "inplace", "compare") or type(first) in KINDS or callbacks.may(second, effects.VALUE):
        return False  # the other may be of a class derived from this one, and would come first
    _, name, _ = _tries(kind, SPECIAL[symbol], first, second)[0]
    return method(engine, first, name) is not None


_INTO_TABLE = effects.Effect(
    "setitem table", (effects.OBJECT, DATA), writes=(0,), returns="none", final=True
)  # what a table was before cannot be had back
_GENERIC = effects.Effect("generic", (effects.OBJECT,))


def check_bool(value: Any) -> Any:
    """`__bool__` has to answer with a bool."""
    engine = current.engine
    value = engine.force(value)
    if not is_a(value, bool):
        raise TypeError(f"__bool__ should return bool, returned {type(value).__name__}")
    return value


def _binary(engine: Engine, kind: str, symbol: str, operands: tuple[Any, ...]) -> Any:
    """The methods for a binary operator, tried in Python's order. NotImplemented: none of them is the user's."""
    from . import calls

    a, b = operands
    tries = _tries(kind, SPECIAL[symbol], a, b)
    if all(type(target) in KINDS or method(engine, target, name) is None for target, name, _ in tries):
        return NotImplemented
    last: tuple[Any, Any, Any] | None = None  # `+` and `*` of sequences come when nobody else has answered
    for target, name, other in tries:
        target = engine.force(target)
        found = find(type(target), name)
        if found is MISSING:
            continue
        function = method(engine, target, name)
        if function is not None:
            result = calls.invoke(function, (target, other), {})
            if type(result) in KINDS and not _answers(function):
                result = engine.force(result)
        elif found is find(object, name):
            same = target is other and name == "__eq__"
            result = _not_of(engine, target, other) if name == "__ne__" else True if same else NotImplemented
        elif symbol in "+*" and getattr(found, "__objclass__", None) in _JOINED:
            last = last or (found, target, other)
            continue
        elif type(target) in ATOMS:
            result = found(target, other)
        elif found is None:
            raise TypeError("'NoneType' object is not callable")
        else:
            result = in_order(engine, found.__get__(target, type(target)), (other,), None)
        if known(result) is not NotImplemented:
            return result
    if last is not None:
        found, target, other = last
        if symbol == "*" and not hasattr(type(other), "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{_shown(type(other))}'")
        return in_order(engine, found, (target, other), None)
    b = engine.force(b)
    if kind == "compare" and symbol in ("==", "!="):
        return (a is b) is (symbol == "==")
    left, right = _shown(type(a)), _shown(type(b))
    if kind == "compare":
        raise TypeError(f"'{symbol}' not supported between instances of '{left}' and '{right}'")
    shown = {"**": "** or pow()"}.get(symbol, symbol) if kind == "binary" else f"{symbol}="
    raise TypeError(f"unsupported operand type(s) for {shown}: '{left}' and '{right}'")


_JOINED = (list, tuple, str, bytes, bytearray, collections.deque)


def _tries(kind: str, name: str, a: Any, b: Any) -> list[tuple[Any, str, Any]]:
    """Which method of which operand is asked, in this order."""
    subclass = type(a) is not type(b) and type(a) in type(b).__mro__
    forward = (a, f"__{name}__", b)
    if kind == "compare":
        backward = (b, f"__{_REFLECTED[name]}__", a)
        return [backward, forward] if subclass else [forward, backward]
    backward = (b, f"__r{name}__", a)
    if type(a) is type(b):
        tries = [forward]
    elif subclass and (
        find(type(a), f"__r{name}__") is not find(type(b), f"__r{name}__") or is_a(find(type(a), f"__{name}__"), NATIVE)
    ):
        tries = [backward, forward]  # unless it has inherited the method from the class of the other
    else:
        tries = [forward, backward]
    return [(a, f"__i{name}__", b), *tries] if kind == "inplace" else tries


def _shown(cls: type) -> str:
    """How Python names a class in messages about operands."""
    return cls.__name__ if cls.__flags__ & HEAP_TYPE or cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def _not_of(engine: Engine, target: Any, other: Any) -> Any:
    """`object.__ne__` asks `__eq__`."""
    from . import calls
    from .operators import not_

    function = method(engine, target, "__eq__")
    if function is None:
        found = find(type(target), "__eq__")
        if found is find(object, "__eq__"):
            return False if target is other else NotImplemented
        result = in_order(engine, found.__get__(target, type(target)), (other,), None)
        return NotImplemented if result is NotImplemented else not_(result)
    result = calls.invoke(function, (target, other), {})
    result = engine.force(result)
    return NotImplemented if result is NotImplemented else not_(result)


def _answers(function: types.FunctionType) -> bool:
    """Whether a special method can never answer NotImplemented, so that its result need not be known."""
    code = function.__code__
    return "NotImplemented" not in code.co_names
