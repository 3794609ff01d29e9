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
ARRAYS = type("Arrays", (), {})()  # the same of arrays: what is written into a table that is copied on write is no other's

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


def own_memory(kind: type) -> bool:
    """Whether what is written into others never shows in an object of this class: pandas copies on write."""
    if kind.__module__.partition(".")[0] != "pandas" or not is_table(kind):
        return False
    return int(str(getattr(sys.modules.get("pandas"), "__version__", "0")).partition(".")[0]) >= 3


def locations(table: Any, *, write: bool) -> list[object]:
    """What stands for the memory that reading or writing an array, a table or one of its accessors touches, besides itself."""
    if own_memory(type(table)):
        return [ALL] if write else [ARRAYS]
    if not is_table(type(table)):
        of = [one for one in (getattr(table, "obj", None), getattr(table, "_data", None)) if is_table(type(one))]
        return [ALL, *of] if of and all(own_memory(type(one)) for one in of) else [ALL, ARRAYS, *of]
    return [ALL, ARRAYS]


def takes_items(table: Any) -> bool:
    """Whether `table[key] = value` with plain data does no more than to write into it."""
    kind = type(table)
    if kind.__module__ == "pandas.core.indexing":
        return own_memory(type(getattr(table, "obj", None)))
    return kind.__name__ == "ndarray" and is_table(kind) and not table.dtype.hasobject or own_memory(kind)


def is_column(table: Any, key: Any) -> bool:
    """Whether `table[key]` is a column of that name, and storing it leaves the other columns as they are."""
    if type(key) is not str or not own_memory(type(table)) or type(table).__name__ != "DataFrame":
        return False
    return type(table.columns).__name__ == "Index" and bool(len(table))


ACCESSORS = frozenset({"loc", "iloc", "at", "iat"})  # making one reads nothing


def copied_rows(generator: types.GeneratorType[Any, Any, Any]) -> Any:
    """The table of `df.iterrows()` if all that it gives is copied when it begins; else None."""
    frame = generator.gi_frame
    if generator.gi_code.co_name != "iterrows" or frame is None or not reads_only(generator):
        return None
    table = frame.f_locals.get("self")
    if not own_memory(type(table)) or getattr(getattr(table, "_mgr", None), "is_single_block", True):
        return None  # rows of one block are that block
    return table


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
