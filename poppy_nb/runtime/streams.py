"""What external calls print is kept by context, and written when the call retires: at its place in the program."""

from __future__ import annotations

import sys
from contextvars import Context, ContextVar
from threading import Lock
from typing import Any, Protocol


Piece = tuple[str, str]  # "stdout" or "stderr", and the text

class Writer(Protocol):
    """An external call: what it prints is collected in `output`, a list from the first piece on."""

    output: list[Piece] | None


_FIRST = Lock()  # one call may print from several threads
_KEPT: ContextVar[Writer | None] = ContextVar("poppy_nb_output", default=None)


class Stream:
    """Stands for `sys.stdout` or `sys.stderr` while external calls run: writes of theirs are kept, others pass through."""

    def __init__(self, name: str, real: Any) -> None:
        self._name = name
        self._real = real

    def write(self, text: str) -> int:
        """Keep the text if an external call writes it."""
        writer = _KEPT.get()
        if writer is None:
            return self._real.write(text)  # type: ignore[no-any-return]
        if writer.output is None:
            with _FIRST:
                writer.output = writer.output or []
        writer.output.append((self._name, text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """What is kept is flushed when it is written."""
        if _KEPT.get() is None:
            self._real.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class Streams:
    """Puts the streams in place as long as somebody needs them."""

    def __init__(self) -> None:
        self.users = 0

    def begin(self) -> None:
        """External calls may run from now on."""
        self.users += 1
        if type(sys.stdout) is not Stream:
            sys.stdout = Stream("stdout", sys.stdout)
        if type(sys.stderr) is not Stream:
            sys.stderr = Stream("stderr", sys.stderr)

    def end(self) -> None:
        """One user less; after the last one the real streams are back, unless the program has put others there."""
        self.users -= 1
        if self.users == 0:
            self.lift()

    def lift(self) -> None:
        """Unknown code is about to run, and may keep what it finds: the real streams are back until the engine waits again."""
        sys.stdout = real(sys.stdout)
        sys.stderr = real(sys.stderr)


def real(stream: Any) -> Any:
    """The stream itself, which the program sees."""
    while type(stream) is Stream:
        stream = stream._real
    return stream


def keep(context: Context, writer: Writer) -> None:
    """What is written in `context` goes into the output of `writer`."""
    context.run(_KEPT.set, writer)


def write(pieces: list[Piece]) -> None:
    """Write what a call has printed, now that it is its turn."""
    for name, text in pieces:
        real(getattr(sys, name)).write(text)
