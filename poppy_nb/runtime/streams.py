"""What external calls print is kept by context, and written when the call retires: at its place in the program.

`sys.stdout` and `sys.stderr` stay the objects that they are, whoever holds them: a handler of `logging` has kept its stream since
long ago. Their `write` is another while calls are in flight that may print.
"""

from __future__ import annotations

import sys
from contextvars import Context, ContextVar
from threading import Lock
from typing import Any, Protocol


Piece = tuple[Any, Any]  # "stdout", "stderr" or a stream, and the text; or a callable and its arguments


class Writer(Protocol):
    """An external call: what it prints is collected in `output`, a list from the first piece on."""

    output: list[Piece] | None


_FIRST = Lock()  # one call may print from several threads
_KEPT: ContextVar[Writer | None] = ContextVar("poppy_nb_output", default=None)
_NONE = object()


class Hooked:
    """A method of a stream as long as it is another; the main program still has the original, see `hooked`."""

    __slots__ = ("function", "original")

    def __init__(self, function: Any, original: Any) -> None:
        self.function = function
        self.original = original

    def __call__(self, *args: Any) -> Any:
        return self.function(*args)


class _Hook:
    """`write` and `flush` of one stream, in place as attributes of the instance."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        fields = vars(stream)
        self._before = {name: fields.get(name, _NONE) for name in ("write", "flush")}
        self._write = stream.write
        self._flush = stream.flush
        stream.write = Hooked(self.write, self._write)
        stream.flush = Hooked(self.flush, self._flush)

    def write(self, text: str) -> Any:
        """Keep the text if an external call writes it."""
        writer = _KEPT.get()
        if writer is None:
            if _order.last is not self:
                _order.come(self)
            return self._write(text)
        stream = self.stream
        # By name, if it is the one of that name just now: it may be redirected by the time of writing
        _add(writer, ("stdout" if stream is sys.stdout else "stderr" if stream is sys.stderr else stream, text))
        return len(text)

    def flush(self) -> Any:
        """Of what is kept when it is written."""
        writer = _KEPT.get()
        if writer is None:
            return self._flush()
        if writer.output:
            _add(writer, (self._flush, ()))
        return None

    def remove(self) -> None:
        """The stream as it was, unless somebody else has changed it since."""
        fields = vars(self.stream)
        for name, before in self._before.items():
            if type(fields.get(name)) is Hooked:
                if before is _NONE:
                    del fields[name]
                else:
                    fields[name] = before


class _Order:
    """Which streams were written and which of them last, so that stdout and stderr appear in the order of the program.

    A kernel collects what is written to each for a while. In plain Python a call lasts longer than that; here what stands before
    and behind it is written at the same moment.
    """

    def __init__(self) -> None:
        self.last: _Hook | None = None
        self.is_of_call = False
        self._written: list[_Hook] = []  # since the last flush, the first first

    def come(self, hook: _Hook | None) -> None:
        """Another stream is written now."""
        if self.is_of_call or hook is None:
            for written in self._written if self.is_of_call else ():
                written.flush()
            self._written.clear()
        if hook is not None and hook not in self._written:
            self._written.append(hook)
        self.last = hook
        self.is_of_call = False


_order = _Order()


def hooked(fields: Any, name: str) -> bool:
    """Whether an attribute of an instance is none of the program's, but one of these."""
    return (name == "write" or name == "flush") and type(fields.get(name)) is Hooked


_lock = Lock()
_hooks: list[_Hook] = []
_users = 0


def enter() -> None:
    """Calls that may print are in flight from now on, until `leave`. From any thread."""
    global _users
    with _lock:
        _users += 1
    refresh()


def leave() -> None:
    """As often as `enter`."""
    global _users
    with _lock:
        _users -= 1
        if not _users:
            _order.come(None)
            while _hooks:
                _hooks.pop().remove()


def refresh() -> None:
    """The program may have put other streams in place."""
    for stream in (sys.stdout, sys.stderr):
        if all(hook.stream is not stream for hook in _hooks):
            with _lock:
                try:
                    _hooks.append(_Hook(stream))
                except (AttributeError, TypeError):  # None, or it takes no attributes: what is printed there appears at once
                    pass


def keep(context: Context, writer: Writer) -> None:
    """What is written in `context` goes into the output of `writer`."""
    context.run(_KEPT.set, writer)


def put_off(function: Any, *arguments: Any) -> bool:
    """Whether an external call asks for this effect: it is done when the call retires."""
    writer = _KEPT.get()
    if writer is None:
        return False
    _add(writer, (function, arguments))
    return True


def _add(writer: Writer, piece: Piece) -> None:
    if writer.output is None:
        with _FIRST:
            writer.output = writer.output or []
    writer.output.append(piece)


def write(pieces: list[Piece]) -> None:
    """Write what a call has printed, now that it is its turn."""
    _order.is_of_call = True  # what was written before it has long been shown
    for where, what in pieces:
        if type(what) is tuple:
            where(*what)
        else:
            (getattr(sys, where) if type(where) is str else where).write(what)
    _order.is_of_call = True
