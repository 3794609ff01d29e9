"""Events to pictures: the graph and the timeline of a run, why a line waited, and the plan of a cell.

The rest of the package needs four names, which are loaded when they are asked for: `Recording` follows a run, `Run` is what
came of it, `view` and `plan_view` are what a cell shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from .display import view as view
    from .plan import plan_view as plan_view
    from .recording import Recording as Recording
    from .run import Run as Run

_HOMES = {"view": "display", "plan_view": "plan", "Recording": "recording", "Run": "run"}
__all__ = ["Recording", "Run", "plan_view", "view"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
