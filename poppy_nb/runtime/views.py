"""Views and writers: what is done to one is done to what it shows, or writes to."""

from __future__ import annotations

import csv
import gc
import io
import types
from collections import OrderedDict
from typing import Any


_VIEWED: tuple[Any, ...] = ({}, OrderedDict())
_WRITER: type = type(csv.writer(io.StringIO()))
SHOWING: frozenset[type] = frozenset({
    _WRITER, csv.DictWriter, memoryview, types.MappingProxyType,
    *(type(view) for one in _VIEWED for view in (one.keys(), one.values(), one.items())),
})  # fmt: skip


def shown(view: Any) -> Any:
    """What a view, of a type in SHOWING, shows."""
    if type(view) is memoryview:
        return view.obj
    if type(view) is csv.DictWriter:
        view = view.writer
    if type(view) is _WRITER:
        return next((one.__self__ for one in gc.get_referents(view) if hasattr(one, "__self__")), view)  # what it writes to
    if type(view) is not types.MappingProxyType:
        view = view.mapping
    while type(view) is types.MappingProxyType:
        behind = gc.get_referents(view)
        if not behind:
            break
        view = behind[0]
    return view
