"""What of the runtime can still be reached from a namespace: nothing must be (M2).

Follows everything that code could follow: containers, attributes, closures, defaults, caches, frames of suspended generators, exceptions'
arguments, constants of code. Not: modules, what library modules define, tracebacks.
"""

from __future__ import annotations

import gc
import types
from collections import deque
from collections.abc import Iterator
from typing import Any

from tests.equivalence.world import is_of_the_runtime


MOST = 50_000  # objects: a bound against graphs of libraries
TEMPORARY = (
    "__poppy_"  # locals of generated code: a suspended generator may hold a scope there, of which only the variables count
)
CONSTANTS = (int, str, bytes, float, complex, tuple, frozenset, types.CodeType, type(None), type(...), slice)


def leaks(namespace: dict[str, Any], skip: frozenset[int] = frozenset()) -> list[str]:
    """The places at which something of the runtime was left, as readable paths. `skip`: ids of objects not to look into."""
    found: list[str] = []
    seen = {id(namespace), *skip}
    home = namespace.get("__name__")
    todo: deque[tuple[str, object]] = deque((name, value) for name, value in namespace.items() if name != "__builtins__")
    keep: list[object] = []
    while todo and len(seen) < MOST:
        path, value = todo.popleft()
        if id(value) in seen or type(value) in (int, str, bool, float, bytes, type(None)):
            continue
        seen.add(id(value))
        keep.append(value)
        if is_of_the_runtime(value):
            what = value if isinstance(value, (type, types.FunctionType)) else type(value)
            found.append(f"{path}: {what.__module__}.{what.__qualname__}")
            continue
        todo.extend(_below(path, value, namespace, home))
    return found


def _below(path: str, value: Any, namespace: dict[str, Any], home: object) -> Iterator[tuple[str, object]]:
    """What an object refers to, with paths."""
    if isinstance(value, types.ModuleType) or (isinstance(value, type) and value.__module__ != home):
        return
    if isinstance(value, dict):
        for key, item in dict.items(value):
            yield f"a key of {path}", key
            yield f"{path}[{key!r}]" if type(key) in (str, int) else f"{path}[...]", item
    elif isinstance(value, (list, tuple, deque)):
        base: Any = next(base for base in (list, tuple, deque) if isinstance(value, base))
        yield from ((f"{path}[{i}]", item) for i, item in enumerate(base.__iter__(value)))
    elif isinstance(value, types.FunctionType):
        for name in ("__code__", "__closure__", "__defaults__", "__kwdefaults__", "__dict__", "__annotations__"):
            yield f"{path}.{name}", getattr(value, name)
    elif isinstance(value, types.CodeType):
        yield from _constants(path, value)
    elif isinstance(value, type):
        yield from ((f"{path}.{name}", item) for name, item in vars(value).items())
        yield from ((f"a base of {path}", base) for base in value.__bases__)
    elif isinstance(value, (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)):
        frame = next((getattr(value, name) for name in ("gi_frame", "cr_frame", "ag_frame") if hasattr(value, name)), None)
        yield from _variables(path, frame)
    elif isinstance(value, BaseException):
        for name in ("args", "__dict__", "__cause__", "__context__"):
            yield f"{path}.{name}", getattr(value, name)
        if isinstance(value, BaseExceptionGroup):
            yield f"{path}.exceptions", value.exceptions
        if isinstance(value, StopIteration):
            yield f"{path}.value", value.value
    elif not isinstance(value, (types.TracebackType, types.FrameType)) and value is not namespace:
        for item in gc.get_referents(value):
            if not isinstance(item, (type, types.ModuleType)) or is_of_the_runtime(item):
                yield f"{path}.*", item


def _constants(path: str, code: types.CodeType) -> Iterator[tuple[str, object]]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _constants(f"{path} of {constant.co_name}", constant)
        elif type(constant) not in CONSTANTS:
            yield f"a constant of {path}", constant


def _variables(path: str, frame: types.FrameType | None) -> Iterator[tuple[str, object]]:
    """The user's variables in the frame of a suspended generator, whichever form of it is suspended."""
    if frame is None:
        return
    for name, value in frame.f_locals.items():
        if not name.startswith(TEMPORARY):
            yield f"{path}.{name}", value
        elif isinstance(value, dict):  # a scope: its items are the variables
            yield from ((f"{path}.{key}", item) for key, item in dict.items(value))
        elif not is_of_the_runtime(value):
            yield f"{path} (frame)", value
