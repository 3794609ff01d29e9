"""Which engine is running on this thread, if any: operations of generated code ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from .engine import Engine

engine: Engine = None  # type: ignore[assignment]
