"""Which engine is running on this thread, if any: operations of generated code ask here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from .engine import Engine

engine: Engine = None  # type: ignore[assignment]

_lock = threading.Lock()
_owner = 0  # the thread on which engines run just now
_runs = 0  # how many


@contextmanager
def claimed() -> Iterator[bool]:
    """For the time of one run: whether it may be one. While engines run on one thread, code on others is plain Python."""
    global _owner, _runs
    me = threading.get_ident()
    with _lock:
        is_mine = not _runs or _owner == me
        if is_mine:
            _owner = me
            _runs += 1
    try:
        yield is_mine
    finally:
        if is_mine:
            with _lock:
                _runs -= 1
