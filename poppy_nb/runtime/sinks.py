"""Where log records and warnings end up: files, objects that the program may look into, and code that it has written for them."""

from __future__ import annotations

import io
import sys
import types
from collections.abc import Iterator
from typing import Any

from poppy_nb import effects
from poppy_nb.looking import fields, is_a

from . import current, files
from .chains import READ, WRITE


_STREAMS = (io.StringIO, io.BytesIO)
_TO_FILE = effects.Effect("logging", (effects.OBJECT,), resource="file", resource_mode=effects.Mode.WRITE, path=0)


def kept_in(resource: str | None) -> list[Any]:
    """Objects that change with what goes to a resource, like the list of `warnings.catch_warnings(record=True)`."""
    if resource == "warnings":
        kept = getattr(getattr(sys.modules.get("warnings"), "_showwarnmsg_impl", None), "__self__", None)
        return [kept] if type(kept) is list else []
    if resource != "logging":
        return []
    own = [fields(handler) or {} for handler in _handlers()]
    return [value for named in own for name, value in named.items() if is_a(value, _STREAMS) or name == "buffer"]


def keys(resource: str | None) -> list[tuple[Any, int]]:
    """What an operation on a resource enters besides the resource."""
    found: list[tuple[Any, int]] = [(id(one), WRITE) for one in kept_in(resource)]
    if resource == "logging":
        for handler in _handlers():
            path = (fields(handler) or {}).get("baseFilename")
            if type(path) is str:
                found += files.keys(_TO_FILE, [path])
        for logger in _loggers():
            found += [(id(logger), READ), (id(logger.handlers), READ)]
    return found


def calls_back(resource: str | None) -> bool:
    """Whether code of the program's runs for what goes to a resource: handlers, formatters and filters of its own."""
    if resource == "warnings":
        return _is_owned(getattr(sys.modules.get("warnings"), "showwarning", None))
    if resource != "logging":
        return False
    parts: list[Any] = []
    for handler in _handlers():
        own = fields(handler) or {}
        parts += [handler, own.get("formatter"), *own.get("filters", ())]
    for logger in _loggers():
        parts += logger.filters
    return any(_is_owned(part) for part in parts)


def _handlers() -> Iterator[Any]:
    """All handlers that there are, of whatever logger."""
    for reference in list(getattr(sys.modules.get("logging"), "_handlerList", ())):
        handler = reference()
        if handler is not None:
            yield handler


def _loggers() -> list[Any]:
    """The root logger and those that have handlers or filters of their own."""
    root = sys.modules["logging"].root
    every = [root, *list(root.manager.loggerDict.values())]
    return [one for one in every if getattr(one, "handlers", None) or getattr(one, "filters", None) or one is root]


_GONE = {"__name__": "__main__"}  # the class of a cell


def _is_owned(value: Any) -> bool:
    function = value.__func__ if is_a(value, types.MethodType) else value
    if is_a(function, types.FunctionType):
        modules = [function.__globals__]
    else:
        modules = [getattr(sys.modules.get(base.__module__), "__dict__", _GONE) for base in type(value).__mro__]
    return any(_is_the_programs(names) for names in modules)


def _is_the_programs(names: dict[str, Any]) -> bool:
    engine: Any = current.engine
    file = names.get("__file__")
    if engine is None:  # only in tests of the analysis
        return names.get("__name__") == "__main__"
    return id(names) in engine.namespaces or names.get("__name__") == "__main__" or (
        type(file) is str and engine.compiler.sources.is_user_code(file)
    )  # fmt: skip
