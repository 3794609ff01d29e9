"""Views: objects that show what another one holds. Reading a view is reading what it shows."""

from __future__ import annotations

import gc
import types
from collections import OrderedDict
from typing import Any


_VIEWED: tuple[Any, ...] = ({}, OrderedDict())
SHOWING: frozenset[type] = frozenset({
    memoryview, types.MappingProxyType, *(type(view) for one in _VIEWED for view in (one.keys(), one.values(), one.items())),
})  # fmt: skip


def shown(view: Any) -> Any:
    """What a view, of a type in SHOWING, shows."""
    if type(view) is memoryview:
        return view.obj
    if type(view) is not types.MappingProxyType:
        view = view.mapping
    while type(view) is types.MappingProxyType:
        behind = gc.get_referents(view)
        if not behind:
            break
        view = behind[0]
    return view
