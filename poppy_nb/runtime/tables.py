"""Reads of tables and arrays of pandas and numpy: they wait for open writes and unknown code, and for no call that is in flight.

Everything else that is done with such an object is unknown code, which runs in order: so none of its changes is ever put off, and
what stands before a read and could still change the object is a strand that claims it, or claims unknown code.
"""

from __future__ import annotations

import operator
import types
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .chains import READ
from .hazards import ATOMS


if TYPE_CHECKING:
    from .engine import Engine

_FIELD = type(vars(namedtuple("_Any", "field"))["field"])
_CLASSES = frozenset(
    {"Series", "DataFrame", "Index", "RangeIndex", "MultiIndex", "DatetimeIndex", "ndarray"}
    | {"_LocIndexer", "_iLocIndexer", "_AtIndexer", "_iAtIndexer", "DataFrameGroupBy", "SeriesGroupBy"}
)
_GENERATORS = frozenset({"iterrows", "items", "get_iterator", "__iter__"})
_METHODS = frozenset({"item", "tolist", "to_list", "copy", "head", "tail", "keys"})
_READING: tuple[Callable[..., Any], ...] = (operator.getitem, len, getattr)


def is_table(value: Any) -> bool:
    """Whether it is a table, a column, a row, an index or an array, of exactly the library's class."""
    return is_class(type(value))


def is_class(kind: type) -> bool:
    """Whether it is a class of such objects."""
    if kind.__module__.startswith(("pandas.core.arrays.", "pandas.arrays")):
        return True
    return kind.__name__ in _CLASSES and kind.__module__.partition(".")[0] in ("pandas", "numpy")


def walks_table(value: Any) -> bool:
    """Whether stepping through `value` only reads a table: the table itself, or what `iterrows` and the like give."""
    if type(value) is types.GeneratorType:
        return value.gi_code.co_name in _GENERATORS and _of_pandas(value.gi_frame)
    return is_table(value)


def _of_pandas(frame: types.FrameType | None) -> bool:
    return frame is not None and str(frame.f_globals.get("__name__", "")).startswith("pandas.core.")


def reads(function: Any, operands: Sequence[Any]) -> bool:
    """Whether `function(*operands)` reads a table and nothing else: a cell, a column, an attribute, the length."""
    if function not in _READING or not operands:
        return False
    if not is_table(operands[0]):  # a row of `itertuples`
        return function is getattr and isinstance(operands[0], tuple) and _is_field(type(operands[0]), operands[1])
    return all(type(one) in ATOMS or (type(one) is tuple and ATOMS.issuperset(map(type, one))) for one in operands[1:])


def reads_by_method(function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool:
    """The same for a call of a method."""
    if getattr(function, "__name__", "") not in _METHODS or kwargs or not ATOMS.issuperset(map(type, args)):
        return False
    return type(function) in (types.MethodType, types.BuiltinMethodType) and is_table(function.__self__)


def _is_field(kind: type, name: str) -> bool:
    return type(next((vars(base)[name] for base in kind.__mro__ if name in vars(base)), None)) is _FIELD


def held(value: Any) -> list[Any] | None:
    """The program's objects in a column, row or array; None for what has no such list, or too long a one."""
    if type(value).__name__ not in ("Series", "ndarray", "Index") or len(value) > 1000:
        return None
    return [] if value.dtype != object else [one for one in value.tolist() if type(one) not in ATOMS]


def settled(engine: Engine, value: Any) -> bool:
    """Whether nothing that stands before the current place may still change a table."""
    if engine.strict:
        return False
    if not engine.chains.of and not engine.chains.everything:
        return True
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    return all(engine.chains.conflict(key, READ, position) is None for key in ("world", id(value)))


def steps(engine: Engine, table: Any, native: Iterator[Any]) -> Iterator[Any]:
    """Step through a table."""
    while True:
        if not settled(engine, table):
            engine.in_order("iteration over a table that may still change")
        try:
            item = next(native)
        except StopIteration:
            return
        yield item
