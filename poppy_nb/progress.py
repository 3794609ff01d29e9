"""Progress bars of tqdm: what may be known of them, which show themselves where the program prints."""

from __future__ import annotations

import sys
from typing import Any

from poppy_nb.looking import fields, is_a


_LIBRARY = "tqdm"
# What methods do besides showing the bar anew: nothing but change the bar
METHODS = frozenset({
    "update", "set_postfix", "set_postfix_str", "set_description", "set_description_str", "refresh", "reset", "clear", "close",
    "unpause", "__enter__", "__exit__",
})  # fmt: skip


def is_bar(value: object) -> bool:
    """Whether it is an instance of one of the library's classes, none of which is the program's, that shows itself on stdout or
    stderr, or not at all."""
    if not is_class(type(value)):
        return False
    own = fields(value) or {}
    if own.get("disable"):
        return True
    stream = own.get("fp")
    stream = (fields(stream) or {}).get("_wrapped", stream)
    return stream is not None and (stream is sys.stderr or stream is sys.stdout)


def writes_beside_bars(target: Any) -> bool:
    """Whether it is `tqdm.write`, bound to one of the library's classes, or to a bar."""
    owner = target.__self__
    return target.__func__.__name__ == "write" and is_class(owner if is_a(owner, type) else type(owner))


def iterable(value: Any) -> Any:
    """What a bar is over; None if it is told how far the program is, or the value is no bar."""
    return (fields(value) or {}).get("iterable") if is_bar(value) else None


def is_class(kind: type) -> bool:
    """Whether it is one of the library's classes of bars."""
    base = getattr(sys.modules.get("tqdm.std"), "tqdm", None)
    return base is not None and base in type.__dict__["__mro__"].__get__(kind) and kind.__module__.partition(".")[0] == _LIBRARY
