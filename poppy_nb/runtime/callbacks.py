"""Whether an operation that would be put off may run code of the user's: a special method, of an operand or of an element.

What such code touches is not known to a deferred operation. So the strand waits for the values instead, and its footprint holds.
"""

from __future__ import annotations

import enum
from types import FunctionType
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import ELEMENTS, OBJECT, VALUE, Depth
from poppy_nb.looking import fields, is_a, parts_of

from .hazards import ATOMS, HOLDERS, roots
from .placeholder import KINDS, PendingTuple, known


_HASHED = "__hash__ __eq__"
_OF_KIND = {
    "getitem": f"__getitem__ __missing__ __index__ {_HASHED}", "setitem": f"__setitem__ __index__ {_HASHED}",
    "delitem": f"__delitem__ __index__ {_HASHED}", "bool": "__bool__ __len__", "len": "__len__", "iter": "__iter__ __getitem__",
}  # fmt: skip
_NAMES = {kind: tuple(names.split()) for kind, names in _OF_KIND.items()}
_SPECIAL = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "<<": "lshift",
    ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
for _symbol, _name in _SPECIAL.items():
    _methods = [f"__{_name}__", f"__r{_name}__", f"__i{_name}__", *(("__str__", "__repr__") if _symbol == "%" else ())]
    for _kind in ("binary", "inplace"):
        _NAMES[_kind + _symbol] = tuple(_methods)
_COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
_MEMBERSHIP = ("__contains__", "__iter__", "__getitem__", "__hash__", "__eq__")
_UNARY = ("__neg__", "__pos__", "__invert__")


def operator_may(kind: str, symbol: str, operands: tuple[Any, ...]) -> bool:
    """Whether an operator on these operands, of which one is pending, may run a special method of the user's."""
    if all(map(_quiet, operands[:2])):
        return False
    if kind == "compare":
        compared: tuple[str, ...] = _MEMBERSHIP if symbol in ("in", "not in") else _COMPARISONS
        return any(may(value, effects.DEEP, compared) for value in operands)
    if kind in _KEYED and is_a(operands[0], dict) and not _plain_keys(operands[0]):
        return True
    names = _NAMES.get(kind + symbol, _UNARY)
    return any(may(value, VALUE, names) for value in operands[:2])


_KEYED = ("getitem", "setitem", "delitem")


def _plain_keys(container: dict[Any, Any]) -> bool:
    """Whether comparing keys calls nothing of the user's."""
    return ATOMS.issuperset(map(type, container)) or effects.plain(list(container), effects.DEEP)


def may(value: Any, depth: Depth, names: tuple[str, ...] = ()) -> bool:
    """Whether reading `value` so deep may run code of the user's; `names`: the only methods that could be called."""
    return not _quiet(value) and _may(value, depth, names, set())


def _quiet(value: Any) -> bool:
    """A quick look, for the usual operands: it cannot be an object of the user's, nor hold one."""
    kind = type(value)
    return kind in ATOMS or kind in KINDS and kind is not PendingTuple and value.aliases == () and value.classes == ()


def _may(value: Any, depth: Depth, names: tuple[str, ...], seen: set[int]) -> bool:
    if depth <= OBJECT:
        return False
    value = known(value)
    if type(value) not in KINDS:
        return _of_known(value, depth, names, seen)
    if type(value) is PendingTuple:
        return depth >= ELEMENTS and any(_may(part, depth, names, seen) for part in value.parts)
    if value.aliases is None:
        return False  # whoever waits for it holds up everything behind it
    if value.classes is None or any(_has(cls, names) for cls in value.classes):
        return True
    return any(_of_known(one, depth, names, seen) for one in roots(value) if type(one) not in KINDS)


def _of_known(value: Any, depth: Depth, names: tuple[str, ...], seen: set[int]) -> bool:
    if id(value) in seen or effects.plain(value, depth):
        return False
    if not effects.plain(value, VALUE):
        return not names or _has(type(value), names)
    seen.add(id(value))  # what is not plain is below it, or it is only a placeholder
    parts = parts_of(value)
    if is_a(value, dict):
        parts += dict.keys(value)
    elif not is_a(value, HOLDERS):
        own = fields(value)
        if own is None:
            return True
        parts = list(own.values())
    return any(_may(part, depth if depth == effects.DEEP else VALUE, names, seen) for part in parts)


def _has(cls: type, names: tuple[str, ...]) -> bool:
    if not names:
        return True
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if type(base.__dict__[name]) is FunctionType and base is not enum.Enum:  # whose `__hash__` asks the name's
                    return True
                break
    return False
