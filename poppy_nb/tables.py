"""numpy arrays and pandas objects: which classes these are, what is in them, and whether functions are among operands.

Reading one calls back nothing but methods of the objects that it holds; what changes one has no row in the effect tables, and so
happens in program order. Nothing is imported here: a library that nobody has imported has no objects either.
"""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary


ALL = type("Tables", (), {})()  # stands for the memory of all of them: who writes into one may write into what others look at

_CLASSES = {
    "numpy": ("ndarray",),
    "pandas": (
        "DataFrame", "Series", "Index", "RangeIndex", "DatetimeIndex", "TimedeltaIndex", "PeriodIndex", "MultiIndex",
        "CategoricalIndex", "IntervalIndex",
    ),
}  # fmt: skip
_SCALARS = {"pandas": ("Timestamp", "Timedelta", "Period", "Interval")}
# `df.loc`, `s.str`, `s.dt`, `df.groupby(...)`
_PARTS = (
    "pandas.core.indexing", "pandas.core.strings.accessor", "pandas.core.indexes.accessors", "pandas.core.groupby.generic",
)  # fmt: skip
_READERS = ("iterrows", "itertuples", "items", "__iter__", "get_iterator", "<genexpr>")  # generators that only read
_kinds: WeakKeyDictionary[type, bool] = WeakKeyDictionary()


def is_table(kind: type) -> bool:
    """Whether instances of exactly this class are arrays, series or tables."""
    found = _kinds.get(kind)
    if found is None:
        found = _kinds[kind] = _one_of(kind, _CLASSES) or kind.__module__.startswith(("pandas.arrays", "pandas.core.arrays."))
    return found


def is_scalar(kind: type) -> bool:
    """Whether instances are immutable values of such a library."""
    if kind.__name__ in ("NAType", "NaTType"):
        return kind.__module__.partition(".")[0] == "pandas"
    return _one_of(kind, _SCALARS)


def _one_of(kind: type, classes: Mapping[str, tuple[str, ...]]) -> bool:
    library = kind.__module__.partition(".")[0]
    names = classes.get(library)
    return names is not None and kind.__name__ in names and getattr(sys.modules.get(library), kind.__name__, None) is kind


def has_readers(kind: type) -> bool:
    """Whether all attributes of instances only read: of a table, or of `df.loc`, `s.str` and the like."""
    if kind.__module__ == "pandas.api.typing":
        return kind.__name__.endswith("GroupBy")
    return is_table(kind) or kind.__module__ in _PARTS


def parts(table: Any) -> Iterable[object]:
    """The objects in an array or table that are the program's: elements of the ones that hold objects."""
    kind = type(table).__name__
    if not is_table(type(table)):
        return [of for of in (getattr(table, "obj", None), getattr(table, "_data", None)) if is_table(type(of))]
    if kind == "DataFrame":
        return [part for position in range(table.shape[1]) for part in parts(table.iloc[:, position])]
    dtype: Any = getattr(table, "dtype", None)
    if kind == "MultiIndex":
        return [part for level in table.levels for part in parts(level)]
    if getattr(dtype, "name", "") == "category":
        return parts(dtype.categories)
    return table.tolist() if getattr(dtype, "hasobject", False) else ()


def reads_only(generator: types.GeneratorType[Any, Any, Any]) -> bool:
    """Whether a generator is one of pandas' that steps over a table: `df.iterrows()`."""
    code = generator.gi_code
    if code.co_name not in _READERS:
        return False
    module = sys.modules.get("pandas")
    home = getattr(module, "__file__", None)
    return home is not None and code.co_filename.startswith(home.rpartition("__init__")[0])


def only_makes_rows(steps: map[Any]) -> bool:
    """Whether a `map` is one that pandas makes: of rows (`df.itertuples()`) or of elements of an array."""
    function = steps.__reduce__()[1][0]
    owner = getattr(function, "__self__", None)
    if is_table(type(owner)):
        return getattr(function, "__name__", "") == "item"
    return isinstance(owner, type) and issubclass(owner, tuple) and function == getattr(owner, "_make", None)


def calls_user(value: object) -> bool:
    """Whether a function or class of the user's is among the parts of an operand: pandas would call it."""
    kind = type(value)
    if kind is types.FunctionType or kind is types.MethodType or kind is functools.partial:
        return True
    if isinstance(value, type):
        return value.__module__.partition(".")[0] not in ("builtins", "numpy", "pandas", "datetime", "decimal")
    if kind is list or kind is tuple:
        return any(map(calls_user, value))  # type: ignore[call-overload]
    if kind is dict:
        return any(map(calls_user, value.values()))  # type: ignore[attr-defined]
    return False
