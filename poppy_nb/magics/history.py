"""What `In`, `%history`, `%save` and `%macro` know of a cell: what IPython had made of it, not what it has been rewritten to."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from IPython.core.interactiveshell import InteractiveShell

_METHOD = "store_inputs"


def timed_cells(shell: InteractiveShell, filename: str) -> Iterator[str]:
    """What has run under `%%time`, the latest first, if `filename` is what code from there names as its file."""
    if filename == "<timed exec>":
        for cell in reversed(shell.history_manager.input_hist_raw if shell.history_manager else []):
            if found := re.search(r"^%%time\b.*\n", cell, re.MULTILINE):
                yield shell.transform_cell(cell[found.end() :])


class History:
    """Stands before the method by which a shell notes what it is about to run, as an attribute of its history."""

    def __init__(self, shell: InteractiveShell) -> None:
        self._manager: Any = shell.history_manager
        self._rewritten: tuple[str, str] | None = None  # the last cell: as it runs and as it was
        if self._manager is not None:
            setattr(self._manager, _METHOD, partial(self._store, getattr(self._manager, _METHOD)))

    def close(self) -> None:
        """Leave the history as it was, unless somebody else has changed it since."""
        found = vars(self._manager).get(_METHOD) if self._manager is not None else None
        if isinstance(found, partial) and getattr(found.func, "__self__", None) is self:
            delattr(self._manager, _METHOD)

    def rewritten(self, now: list[str], before: list[str]) -> None:
        """Note that lines of a cell have been replaced."""
        self._rewritten = "".join(now), "".join(before)

    def _store(self, store: Callable[..., Any], number: int, source: str, *others: Any, **named: Any) -> Any:
        if self._rewritten is not None and source == self._rewritten[0]:
            source = self._rewritten[1]
        self._rewritten = None
        return store(number, source, *others, **named)
