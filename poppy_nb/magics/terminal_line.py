"""One line at the end of a terminal's output that can be drawn anew and taken away, while the program goes on printing."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Any


_ERASE = "\r\x1b[2K"


class TerminalLine:
    """Drawn only where the cursor stands at the beginning of a line, and erased before anything else is written.

    For that, `write` of the terminal's streams is watched for as long as it is there.
    """

    def __init__(self) -> None:
        can_erase = os.environ.get("TERM", "") != "dumb"
        self._streams: list[Any] = [stream for stream in (sys.stdout, sys.stderr) if can_erase and _is_terminal(stream)]
        self._lock = threading.RLock()  # the line is drawn on another thread than the program prints on
        self._at_line_start = True
        self._is_drawn = False
        # IPython may have put a `write` of its own there, which remembers what the cell prints: the line is no part of that
        self._before = [vars(stream).get("write") for stream in self._streams]
        self._write = type(self._streams[0]).write.__get__(self._streams[0]) if self._streams else None
        for stream in self._streams:
            stream.write = self._watched(stream.write)

    @property
    def is_possible(self) -> bool:
        """Whether there is a terminal."""
        return bool(self._streams)

    def draw(self, text: str) -> None:
        """Show this instead of what was drawn before."""
        with self._lock:
            if self._write is not None and (self._is_drawn or self._at_line_start):
                self._is_drawn = True
                self._write(f"{_ERASE}\x1b[2m{text}\x1b[0m")
                self._streams[0].flush()

    def close(self) -> None:
        """Erase it, and leave the streams as they were."""
        self._erase()
        for stream, before in zip(self._streams, self._before, strict=True):
            if before is None:
                del stream.write
            else:
                stream.write = before
        self._streams.clear()
        self._write = None

    def _erase(self) -> None:
        with self._lock:
            if self._is_drawn and self._write is not None:
                self._is_drawn = False
                self._write(_ERASE)
                self._streams[0].flush()

    def _watched(self, write: Callable[[str], int]) -> Callable[[str], int]:
        def watched(text: str) -> int:
            self._erase()
            if text:
                self._at_line_start = text.endswith("\n")
            return write(text)

        return watched


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty()) and hasattr(stream, "__dict__")
    except (AttributeError, ValueError):
        return False
