"""Files as resources: which keys an operation on one takes, so that different files are not ordered against each other.

An operation on one file reads "files"; one that looks at many (a listing) or is not known to stay with one takes the two general
keys, so that it stands against every change of a single one. A path stands for its parents too: what is below waits for `mkdir`.
"""

from __future__ import annotations

import gc
import io
import os
import pathlib
import sys
import types
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import OBJECT, Effect, Mode

from . import current
from .chains import READ, WRITE
from .placeholder import KINDS, known
from .strands import Operation


RESOURCES = frozenset({"file", "files"})
_DIRECTORY = "cwd"
_CHANGED = "files"  # written by what may change any file
_LISTED = "listing"  # written by what may look at any file, read by what changes one
_READING = {frozenset("r"), frozenset("rt"), frozenset("rb")}
_STEPS = frozenset({"read", "readline", "readlines", "seek", "close", "__exit__"})  # of a file that is only read

Keys = list[tuple[Any, int]]


def of_any(writes: bool) -> Keys:
    """Keys of an operation that may look at, or change, any file."""
    return [(_CHANGED, WRITE if writes else READ), (_LISTED, WRITE)]


def keys(effect: Effect, operands: Sequence[Any]) -> Keys:
    """Keys of an operation whose row names the resource "file" or "files"."""
    found = _keys(effect, operands)
    subject = operands[effect.path] if effect.path is not None and effect.path < len(operands) else None
    return found if effect.handle or _is_absolute(subject) else [*found, (_DIRECTORY, READ)]


def _is_absolute(subject: Any) -> bool:
    return (type(subject) is str or isinstance(subject, pathlib.PurePath)) and os.path.isabs(subject)


def _moves() -> bool:
    """Whether somebody has yet to change the directory that relative paths go by."""
    engine = current.engine
    chain = engine.chains.of.get(_DIRECTORY) if engine is not None else None
    return chain is not None and bool(chain.writes)


def _keys(effect: Effect, operands: Sequence[Any]) -> Keys:
    writes = effect.resource_mode == Mode.WRITE
    if effect.resource == "files" or effect.path is None or effect.path >= len(operands):
        return of_any(writes)
    subject = operands[effect.path]
    if type(subject) in KINDS:
        origin = subject.origin
        if isinstance(origin, Operation) and effect.handle:
            found = [(entry.key, entry.access) for entry in origin.entries if _is_file_key(entry.key)]
            if found:
                return found
        return of_any(writes)
    path = path_of(subject, effect.handle)
    if path is None or _moves() and not effect.handle and not _is_absolute(subject):
        return of_any(writes)
    found = [(f"file:{path}", WRITE if writes else READ), (_CHANGED, READ)]
    if writes:
        found.append((_LISTED, READ))
    parent = os.path.dirname(path)
    while parent != path:
        made = writes and not effect.handle and not os.path.isdir(parent)  # makedirs makes it, or the operation will fail
        found.append((f"file:{parent}", WRITE if made else READ))
        path, parent = parent, os.path.dirname(parent)
    return found


def _is_file_key(key: Any) -> bool:
    return type(key) is str and (key in (_CHANGED, _LISTED) or key.startswith("file:"))


def path_of(subject: Any, handle: bool = True) -> str | None:
    """The file that a path or an open file means, links followed; None: not known."""
    try:
        if handle:
            subject = subject.name
        if type(subject) not in (str, bytes) and not isinstance(subject, os.PathLike):
            return None
        return os.path.realpath(os.fsdecode(subject))
    except (AttributeError, OSError, TypeError, ValueError):
        return None


_WRITERS = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)
_CSV = ("csv", "_csv")


def is_held(value: Any) -> bool:
    """Whether it is an open file or a writer through one: of what the program holds, that which it may drop to have it closed."""
    return type(value) in _WRITERS or type(value).__module__ in _CSV


def let_go(held: Any) -> Any:
    """A weak reference to what `is_held` says yes to; None where there can be none."""
    try:
        return weakref.ref(held)
    except TypeError:
        return None


class Written:
    """Files that a run has opened to write. Python closes one when nobody holds it any more, and only then all of it is there.

    So what looks at such a file before it is closed has to be the oldest operation: by then the program holds what it holds in
    plain Python.
    """

    def __init__(self) -> None:
        self.handles: dict[int, weakref.ref[Any]] = {}
        # What stands below each. A garbage collection that finds both would close it first, and what the upper one still has
        # to write would be lost
        self._below: dict[int, Any] = {}
        self._held: dict[int, int] = {}  # how many references there were to those that the last whole collection has left

    def add(self, handle: Any) -> None:
        """`open` has given `handle`, or it has been written to, or through it as by a writer of `csv`."""
        if type(handle).__module__ in _CSV:
            for part in gc.get_referents(handle):
                self.add(part.__self__ if type(part) is types.BuiltinMethodType else part)
            return
        key = id(handle)
        if type(handle) in _WRITERS and key not in self.handles and _may_write(handle):
            self.handles[key] = weakref.ref(handle, lambda _: self._forget(key))
            self._below[key] = handle.buffer if type(handle) is io.TextIOWrapper else getattr(handle, "raw", None)

    def _forget(self, key: int) -> None:
        self.handles.pop(key, None)
        self._below.pop(key, None)

    def open(self, effect: Effect, operands: Sequence[Any]) -> bool:
        """Whether one of them that is not closed is looked at by an operation with this row, other than through itself."""
        if not self.handles or effect.resource not in RESOURCES or effect.writes and effect.resource_mode == Mode.WRITE:
            return False  # who writes through an object looks at no other file
        return any(self._looked_at(effect, operands))

    def close_dropped(self, effect: Effect, operands: Sequence[Any]) -> None:
        """Let go of those of these that nobody holds; everything before the operation has retired."""
        if self.open(effect, operands):
            self._collect(self._standing(), 1)
            # A whole collection takes long, and is in vain where the program holds the file
            if any(sys.getrefcount(handle) != self._held.get(id(handle)) for handle in self._standing()):
                self._collect(self._standing(), 2)
                self._held = {id(handle): sys.getrefcount(handle) for handle in self._standing()}

    def close_young(self) -> None:
        """The same before code that runs plainly or is not known: what was dropped of late, which is quick."""
        if self.handles and (handles := self._standing()):
            self._collect(handles, 1)

    def end(self) -> None:
        """The same for all of them, when the run is over."""
        if self.handles and (handles := self._standing()):
            self._collect(handles, 2)

    def _standing(self) -> list[Any]:
        found = [handle for ref in list(self.handles.values()) if (handle := ref()) is not None]
        for handle in found:
            if not _may_write(handle):
                self._forget(id(handle))
        return [handle for handle in found if id(handle) in self.handles]

    def _collect(self, handles: list[Any], generation: int) -> None:
        """What the runtime held of them has retired, but may be in a cycle."""
        handles.clear()
        gc.collect(generation)

    def _looked_at(self, effect: Effect, operands: Sequence[Any]) -> Iterator[bool]:
        subject = None
        if effect.resource == "file" and effect.path is not None and effect.path < len(operands):
            subject = known(operands[effect.path])
        path = path_of(subject, effect.handle)
        for handle in self._standing():
            yield handle is not subject and (path is None or path_of(handle) in (path, None))


def _may_write(handle: Any) -> bool:
    try:
        return not handle.closed and bool(handle.writable())
    except ValueError:  # detached
        return False


def opened(effect: Effect, args: Sequence[Any], kwargs: dict[str, Any], receivers: int) -> Effect:
    """The row of this call of `open`: only reading changes nothing, so that it need not be the oldest."""
    at = effect.path + 1 - receivers if effect.path is not None else 1  # where `mode` stands among the arguments
    mode = kwargs["mode"] if "mode" in kwargs else args[at] if len(args) > at else "r"
    if only_reads(mode):
        return replace(effect, final=False, resource_mode=Mode.READ)
    return effect


def only_reads(mode: Any) -> bool:
    """Whether a file that is opened in this mode stays as it is."""
    return type(mode) is str and frozenset(mode) in _READING


def is_step(effect: Effect) -> bool:
    """Whether this method leaves a file as it is that was opened to be read."""
    return effect.name.rpartition(".")[2] in _STEPS


def is_special(path: Any) -> bool:
    """Whether reading from it takes away what others would read: it is there, and is no regular file."""
    try:
        return os.path.exists(path) and not os.path.isfile(path)
    except (TypeError, ValueError):
        return True


def stepped(effect: Effect, handle: Any) -> Effect:
    """The row of a method of an open file: reading, even closing, can be taken back where the file can be wound back."""
    if effect.final and is_step(effect) and type(handle) not in KINDS:
        try:
            if handle.seekable() and not handle.writable():
                effect = replace(effect, resource_mode=Mode.READ)  # the file stays as it is
                handle.tell()  # not while its lines are being read
                return replace(effect, final=False)
        except (AttributeError, OSError, ValueError):
            pass
    return effect


def method(name: str) -> Effect | None:
    """The row of a method of an open file of any sort."""
    return effects.method(io.TextIOWrapper, name)


def takes_print(file: Any) -> bool:
    """Whether writing to it is known: not an object of the user's with a `write` of its own."""
    file = known(file)
    return file is None or is_pending(file) or is_standard(file) or type(file) in (io.StringIO, io.TextIOWrapper)


_HANDLES = (io.StringIO, io.BytesIO, io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom)


def is_handle(effect: Effect, args: Sequence[Any]) -> bool:
    """Whether a function that reads or writes through an open file is given one, not an object of the user's."""
    if effect.path is None or effect.path >= len(args):
        return False
    file = known(args[effect.path])
    return is_pending(file) or is_standard(file) or type(file) in _HANDLES


def is_standard(file: Any) -> bool:
    """Whether it is stdout or stderr, as they are now."""
    return file is sys.stdout or file is sys.stderr


def printing(effect: Effect, file: Any) -> Effect:
    """The row of `print` to this file."""
    if is_standard(file):
        return effect
    if type(file) is io.StringIO:
        return replace(effect, name="StringIO.write", resource=None, final=False)
    return replace(effect, resource="file", path=0, handle=True)


def place(handle: Any) -> Callable[[], None]:
    """How to set a file that is only read back to where it stands now, open again if it has been closed by then."""
    at, name = handle.tell(), handle.name
    raw = handle.buffer if type(handle) is io.TextIOWrapper else handle
    settings = {s: getattr(handle, s) for s in ("encoding", "errors")} if handle is not raw else {}

    def undo() -> None:
        if handle.closed:
            raw.__init__(io.FileIO(name))
            if handle is not raw:
                handle.__init__(raw, **settings)
        handle.seek(at)

    return undo


def is_pending(value: Any) -> bool:
    """Whether a value is an open file to come: `open` waits for its place in the program, what uses it need not."""
    return type(value) in KINDS and value.row is not None and value.row.gives == "file"


def may_read(value: Any) -> bool:
    """Whether a value to come may be an open file, an iterator over one, such as a reader of `csv`, or over a directory."""
    if is_pending(value) or type(value) in KINDS and any(map(is_pending, value.aliases or ())):
        return True
    return type(value) in KINDS and value.row is not None and value.row.gives == "listing"


@dataclass(slots=True)
class Leave:
    """Leaving a `with` on an open file that is still to come: it is closed, and swallows no exception."""

    handle: Any


CLOSE = Effect("file.__exit__", (OBJECT,), (0,), resource="file", resource_mode=Mode.WRITE, path=0, handle=True, final=True)
