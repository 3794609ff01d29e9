"""Operators of generated code: arithmetic, comparison, truth and subscripts; those on plain numbers and texts run at once."""

from __future__ import annotations

import operator as native_operator
import types
from abc import ABCMeta
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from poppy_nb import effects, shapes, tables
from poppy_nb.effects import VALUE, Effect, depth_of
from poppy_nb.looking import is_a

from . import callbacks, counters, current, enums, links
from .chains import READ
from .hazards import ATOMS, hazard, may_be
from .natives import Again, defer, perform
from .placeholder import ELEMENTS, KINDS, OURS, Among, Parts, PendingAtom, PendingTuple, Placeholder, is_ours, known
from .strands import Kill, Operation


_PLAIN = frozenset({str, int, float, bool, bytes, type(None), complex})
_SIMPLE = _PLAIN | {list, dict, tuple, slice}

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": native_operator.add, "-": native_operator.sub, "*": native_operator.mul, "/": native_operator.truediv,
    "//": native_operator.floordiv, "%": native_operator.mod, "**": native_operator.pow, "@": native_operator.matmul,
    "<<": native_operator.lshift, ">>": native_operator.rshift, "&": native_operator.and_, "|": native_operator.or_,
    "^": native_operator.xor,
}  # fmt: skip
INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": native_operator.iadd, "-": native_operator.isub, "*": native_operator.imul, "/": native_operator.itruediv,
    "//": native_operator.ifloordiv, "%": native_operator.imod, "**": native_operator.ipow, "@": native_operator.imatmul,
    "<<": native_operator.ilshift, ">>": native_operator.irshift, "&": native_operator.iand, "|": native_operator.ior,
    "^": native_operator.ixor,
}  # fmt: skip
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": native_operator.eq, "!=": native_operator.ne, "<": native_operator.lt, "<=": native_operator.le,
    ">": native_operator.gt, ">=": native_operator.ge, "is": native_operator.is_, "is not": native_operator.is_not,
    "in": lambda a, b: a in b, "not in": lambda a, b: a not in b,
}  # fmt: skip
UNARY: dict[str, Callable[[Any], Any]] = {
    "-": native_operator.neg, "+": native_operator.pos, "~": native_operator.invert, "not": native_operator.not_,
}  # fmt: skip


def _operator(kind: str, symbol: str, function: Callable[..., Any], operands: tuple[Any, ...], again: Again) -> Any:
    """An operator on operands of which at least one is not a plain number or string."""
    engine = current.engine
    if not engine.unretired and not engine.chains.of and all(map(_SIMPLE.__contains__, map(type, operands))):
        effect = effects.operator(kind, symbol, *map(type, operands))
        if effect is not None and effect.model is None and depth_of(effect, 0) <= VALUE and depth_of(effect, 1) <= VALUE:
            return function(*operands)  # nothing is in flight, and nothing of the user's can be called
    if engine.killing:
        raise Kill
    operands = tuple(known(v) if type(v) in KINDS else v for v in operands)
    if any(type(v) in KINDS for v in operands[:2]) and callbacks.operator_may(kind, symbol, operands):
        from . import special

        if special.can_begin(kind, symbol, operands):
            return special.special(kind, symbol, function, operands)
        operands = (*map(engine.force, operands[:2]), *operands[2:])
    if any(type(v) in KINDS for v in operands[:2]):
        if kind in _OF_ATOMS and all(map(_is_atom, operands)):
            result = defer(engine, _ATOM, (), function, operands, None, again, f"{kind} {symbol}", (), _effect_of(kind, symbol))
            counters.operator(kind, symbol, operands, result)
            return result
        if kind == "getitem" and type(operands[0]) is dict and operands[1].classes == ():
            # whatever builtin value the key is: only the dict itself is looked at, and not what is in it
            effect = effects.operator(kind, symbol, dict, str)
            return defer(engine, effect, (), function, operands, None, again, "getitem")
        fills = kind == "getitem" and _may_fill(operands[0])
        if fills and not (type(operands[0]) is defaultdict and operands[0].default_factory in _NATIVE_FACTORIES):
            from . import models_glue

            return models_glue.subscript(engine, function, operands)
        writes = (0,) if fills or kind in ("inplace", "setitem", "delitem") else ()
        return defer(engine, None, writes, function, operands, None, again, f"{kind} {symbol}", (), _effect_of(kind, symbol),
                     atom=kind == "bool")  # fmt: skip
    effect = _effect(kind, symbol, operands)
    if effect is not None:
        if kind == "getitem" and type(operands[0]) is defaultdict and _gives_a_number(engine, *operands):
            return defer(engine, effect, (0,), function, operands, None, again, "getitem", atom=True)
        if effect.model is not None:
            from . import models_glue

            return models_glue.operator(engine, effect, function, operands, again)
        return perform(effect, function, operands, None, again)
    if _annotates(kind, symbol, operands):
        return function(*operands)
    from . import special

    return special.special(kind, symbol, function, operands)


_OF_ATOMS = frozenset({"binary", "inplace", "compare", "unary", "getitem", "bool"})  # give texts and numbers of texts and numbers
_ATOM = Effect("operator", (VALUE,), returns="atom")


def _gives_a_number(engine: Any, container: Any, key: Any) -> bool:
    """Whether a subscript of a defaultdict that others may write before gives a number, or puts one there, whatever they do."""
    if id(container) not in engine.chains.of or not hazard(engine, [(container, READ)]):
        return False
    position = (*engine.current.path, engine.current.count + 1)
    return counters.at_key(engine.chains, container, key, position) is not None


_NATIVE_FACTORIES = (None, int, float, str, bool, list, dict, set)


def _may_fill(container: Any) -> bool:
    """Whether a subscript of it may store something there: a defaultdict's."""
    if type(container) not in KINDS:
        return is_a(container, defaultdict)
    if container.aliases == () and container.classes == ():
        return False
    found = any(is_a(one, defaultdict) for one in may_be(container))
    return found or any(issubclass(cls, defaultdict) for cls in container.classes or ())


def _is_atom(value: Any) -> bool:
    return type(value) in ATOMS or type(value) is PendingAtom


@cache
def _effect_of(kind: str, symbol: str) -> Callable[[Sequence[Any]], Effect | None]:
    return lambda operands: effects.operator(kind, symbol, *map(type, operands))


_builtin: dict[tuple[Any, ...], Effect | None] = {}  # effects of operators on builtin types


def _effect(kind: str, symbol: str, operands: tuple[Any, ...]) -> Effect | None:
    types = tuple(map(type, operands[:2]))
    if not _SIMPLE.issuperset(types):
        return effects.operator(kind, symbol, *types)
    key = (kind, symbol, types)
    found = _builtin.get(key)
    if found is None:
        found = _builtin[key] = effects.operator(kind, symbol, *types)
    return found


def _annotates(kind: str, symbol: str, operands: tuple[Any, ...]) -> bool:
    """Whether it makes a type of types: `dict[str, int]`, `Optional[Doc]`, `int | None`."""
    if kind == "getitem":
        of = operands[0]
        if type(of) in (type, ABCMeta):
            made = getattr(of, "__class_getitem__", None)
            return isinstance(made, types.BuiltinMethodType) or getattr(made, "__module__", "") == "typing"
        return type(of).__module__ == "typing"
    return kind == "binary" and symbol == "|" and all(type(v).__module__ == "typing" or type(v) in _TYPES for v in operands)


_TYPES = frozenset({type, ABCMeta, types.UnionType, types.GenericAlias, types.NoneType})


def binary(symbol: str, a: Any, b: Any) -> Any:
    """`a + b` and the like."""
    function = BINARY[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    return _operator("binary", symbol, function, (a, b), partial(binary, symbol, a, b))


def inplace(symbol: str, a: Any, b: Any) -> Any:
    """`a += b` and the like: the value to be stored."""
    function = INPLACE[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    return _operator("inplace", symbol, function, (a, b), partial(inplace, symbol, a, b))


def compare(symbol: str, a: Any, b: Any) -> Any:
    """One comparison, `in` and `is` included."""
    function = COMPARE[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    if symbol in ("is", "is not"):
        a, b = known(a), known(b)
        if type(a) in KINDS or type(b) in KINDS:
            return perform(_IS, function, (a, b), None, partial(compare, symbol, a, b))
        return function(a, b)
    return _operator("compare", symbol, function, (a, b), partial(compare, symbol, a, b))


def unary(symbol: str, a: Any) -> Any:
    """`-a`, `+a`, `~a`; `not a` is `not_`."""
    function = UNARY[symbol]
    if type(a) in _PLAIN:
        return function(a)
    if symbol == "not":
        return not_(a)
    return _operator("unary", symbol, function, (a,), partial(unary, symbol, a))


def truth(value: Any) -> Any:
    """`bool(value)`: True, False, or a placeholder of that."""
    if value is True or value is False:
        return value
    if type(value) in _PLAIN:
        return bool(value)
    if type(value) in KINDS and current.engine.clocks:
        from . import clocks

        clocks.demand(value)
    return _operator("bool", "", bool, (value,), partial(truth, value))


def not_(value: Any) -> Any:
    """`not value`."""
    result = truth(value)
    if result is True or result is False:
        return not result
    return perform(_NOT, native_operator.not_, (result,), None, partial(not_, result))


def getitem(container: Any, key: Any) -> Any:
    """`container[key]`."""
    if type(container) is PendingTuple and type(key) is int:
        try:
            return known(container.parts[key])
        except IndexError:
            raise IndexError("tuple index out of range") from None
    if type(key) is str and tables.is_column(container, key) and _other_columns(container, key):
        return container[key]
    if enums.is_listed(container):
        return enums.named(container, key, partial(getitem, container, key))
    result = _operator("getitem", "", native_operator.getitem, (container, key), partial(getitem, container, key))
    if type(result) is Placeholder and type(container) in KINDS and container.shape is not None:
        if type(container.shape) is Parts:
            container.shape.part(result, key)
        elif is_ours(container.shape):
            result.shape = OURS
        elif container.shape is not ELEMENTS and type(container.shape) is not Among:
            result.shape = shapes.item(container.shape, key)
        elif container.shape is ELEMENTS and type(key) is slice:
            result.shape, result.aliases = ELEMENTS, container.aliases
    return result


def _other_columns(table: Any, key: str) -> bool:
    """Whether stores into other columns are all that `table` waits for: then this one is what it will be."""
    engine = current.engine
    position = (*engine.current.path, engine.current.count + 1)
    writes, _ = links.open_writes(engine.chains, id(table), position)
    return bool(writes) and all(
        type(one.holder) is Operation and not one.claim and one.holder.label.startswith("column ")
        and one.holder.label != f"column {key!r}" for one in writes
    ) and engine.chains.conflict(id(tables.ARRAYS), READ, position) is None  # fmt: skip


def setitem(container: Any, key: Any, value: Any) -> None:
    """`container[key] = value`."""
    _operator("setitem", "", native_operator.setitem, (container, key, value), partial(setitem, container, key, value))


def delitem(container: Any, key: Any) -> None:
    """`del container[key]`."""
    _operator("delitem", "", native_operator.delitem, (container, key), partial(delitem, container, key))


def make_slice(start: Any, stop: Any, step: Any) -> Any:
    """The slice object of `a[start:stop:step]`."""
    parts = (known(start), known(stop), known(step))
    if any(type(p) in KINDS for p in parts):
        return perform(_SLICE, slice, parts, None, lambda: make_slice(start, stop, step))
    return slice(*parts)


_IS = Effect("is", (effects.OBJECT,), returns="atom")  # never of copies
_NOT = Effect("not", (VALUE,), returns="atom")
_SLICE = Effect("slice", (VALUE,))
