"""Directories that are listed lazily, as by `Path.glob`: iterators of the library whose steps only read the file system."""

from __future__ import annotations

import glob
import inspect
import os
import pathlib
import types
from collections.abc import Iterator
from typing import Any

from poppy_nb.effects import OBJECT, Effect, Mode

from .engine import Engine
from .natives import perform
from .quieting import quiet


_STEP = Effect("a directory", (OBJECT,), resource="files", resource_mode=Mode.READ)
_END = object()
_MAKERS = [getattr(pathlib.Path, name, None) for name in ("iterdir", "glob", "rglob", "walk")] + [
    getattr(module, name, None) for module, names in ((os, "walk _walk fwalk"), (glob, "_iglob")) for name in names.split()
]
_PATH_OF = getattr(pathlib.Path, "_from_parsed_string", _END)
_CODES = frozenset(maker.__code__ for maker in _MAKERS if inspect.isgeneratorfunction(maker))


def is_listing(value: Any) -> bool:
    """Whether it is such an iterator: a generator, or since Python 3.13 a `map` that makes paths of texts."""
    if type(value) is types.GeneratorType:
        return value.gi_code in _CODES
    return type(value) is map and getattr(value.__reduce__()[1][0], "__func__", None) is _PATH_OF


def gives_paths(value: Any) -> bool:
    """Whether it is such an iterator, and its items are paths."""
    return is_listing(value) and (type(value) is map or value.__name__ in ("iterdir", "glob", "rglob"))


def steps(engine: Engine, listing: Any) -> Iterator[Any]:
    """Its items, each step after the changes of files before it."""
    item: Any = None
    while True:
        if type(item) is tuple:
            quiet(engine, item[1])  # which directories are looked at next: the program may have changed that
        item = engine.force(perform(_STEP, _next, (listing,), None, lambda: _next(listing)))
        if item is _END:
            return
        yield item


def _next(listing: Any) -> Any:
    return next(listing, _END)
