"""Tracebacks as the plain cell has them: no frame of this package, and not the `await` that a cell was turned into.

Entries of a traceback are added while an exception passes through frames, so what lies between the cell and IPython can only be
taken out when IPython has caught it, just before it is shown. `__tracebackhide__` is not enough: IPython then says that it has
skipped frames.
"""

from __future__ import annotations

import asyncio
import dis
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, MethodType, TracebackType
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_ASYNCIO = str(Path(asyncio.__file__).parent) + os.sep
_PACKAGE = str(Path(__file__).resolve().parents[1]) + os.sep
_SHOW_ALL = "POPPY_NB_DEBUG"  # for work on this package: keep its frames


def without_own_frames(error: BaseException, traceback: TracebackType | None) -> TracebackType | None:
    """The traceback of an error less the frames of this package. If nothing else is in it, the error is our own: it stays.

    A group that `except*` puts together of what it does not handle has no line of its own.
    """
    if os.environ.get(_SHOW_ALL):
        return traceback
    kept = _linked(_foreign(traceback))
    return kept if kept is not None or isinstance(error, BaseExceptionGroup) else traceback


def users_line(error: BaseException) -> int | None:
    """The line of the outermost frame that is not of this package; None if the exception has come through no other."""
    kept = _foreign(error.__traceback__)
    return kept[0].tb_lineno if kept else None


def of_user(traceback: TracebackType | None) -> TracebackType | None:
    """The user's part of where a wait was broken off; None if it was in a wait of our own."""
    if os.environ.get(_SHOW_ALL):
        return traceback
    kept = _foreign(traceback)
    if kept and kept[0].tb_frame.f_code.co_filename.startswith(_ASYNCIO):
        return None
    return _linked(kept)


class Carried(Exception):
    """Stands for a StopIteration while it passes through coroutines, which cannot raise one; shown as what it stands for."""

    def __init__(self, error: StopIteration) -> None:
        super().__init__(error)
        self.error = error


class ShownClean:
    """Lets IPython catch an exception as always, and takes our frames out before it is shown.

    The hook is IPython's own for custom exception handlers, taken for this one exception and given back at once.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._saved: tuple[tuple[type[BaseException], ...], Any] | None = None
        self._error: BaseException | None = None
        self._user: TracebackType | None = None
        self._whole_cell = False
        self._awaits = False

    def arm(self, error: BaseException, *, whole_cell: bool, awaits: bool = False) -> None:
        """`whole_cell`: the user's part begins where the error is now; else with the cell that called the magic.

        awaits: whether the statement that has raised awaits.
        """
        self.disarm()
        for other in _chain(error):
            other.__traceback__ = without_own_frames(other, other.__traceback__)
        self._error = error
        self._user = error.__traceback__
        self._whole_cell = whole_cell
        self._awaits = awaits
        shell = self._shell
        self._saved = (shell.custom_exceptions, shell.CustomTB)
        kinds = (type(error), Carried) if isinstance(error, StopIteration) else (type(error),)
        # Not by `set_custom_exc`: what fails while the error is shown would be kept from IPython
        shell.custom_exceptions, shell.CustomTB = kinds, MethodType(self._handler(), shell)

    def disarm(self) -> None:
        """Back to what was, whether or not the exception came."""
        if self._saved is not None:
            self._shell.custom_exceptions, self._shell.CustomTB = self._saved
        self._saved = self._error = self._user = None

    def _handler(self) -> Callable[..., None]:
        def show(
            shell: InteractiveShell,
            kind: type[BaseException],
            value: BaseException,
            traceback: TracebackType,
            tb_offset: int | None = None,
        ) -> None:
            if isinstance(value, Carried) and value.error is self._error:
                value = value.error
                kind = type(value)
                if shell.displayhook.exec_result is not None:
                    shell.displayhook.exec_result.error_in_exec = value
            if value is self._error:
                # The entry of IPython's own frame stays: IPython counts on one to leave out
                if self._whole_cell:
                    value.__traceback__ = _as_if_plain(traceback, self._user, self._awaits)
                else:
                    value.__traceback__ = without_own_frames(value, traceback)
            self.disarm()
            try:
                if isinstance(value, shell.custom_exceptions):
                    shell.CustomTB(kind, value, value.__traceback__, tb_offset=tb_offset)
                else:
                    shell.showtraceback((kind, value, value.__traceback__), tb_offset=tb_offset, running_compiled_code=True)
            except BaseException:
                if shell.displayhook.exec_result is not None:
                    # It cannot be shown. A history that keeps it would fail once more, and the kernel would not answer
                    shell.displayhook.exec_result.error_in_exec = None
                raise

        return show


def _as_if_plain(head: TracebackType, user: TracebackType | None, awaits: bool) -> TracebackType:
    """IPython's entry followed by the user's, at the place where IPython runs plain cells: some displays show it."""
    code = head.tb_frame.f_code
    place = _place_of(code, "eval", "SEND") if awaits else _place_of(code, "exec", "CALL")
    offset, line = place or (head.tb_lasti, head.tb_lineno)
    return TracebackType(user, head.tb_frame, offset, line)


def _place_of(code: CodeType, name: str, step: str) -> tuple[int, int] | None:
    """Offset and line of a call of a function of that name, or of the `await` of what it gives."""
    line = None
    for instruction in dis.get_instructions(code):
        here = instruction.positions.lineno if instruction.positions is not None else None
        if instruction.argval == name:
            line = here
        elif line is not None and here == line and instruction.opname.startswith(step):
            return instruction.offset, line
    return None


def _foreign(traceback: TracebackType | None) -> list[TracebackType]:
    return [entry for entry in _entries(traceback) if not entry.tb_frame.f_code.co_filename.startswith(_PACKAGE)]


def _linked(entries: list[TracebackType]) -> TracebackType | None:
    result: TracebackType | None = None
    for entry in reversed(entries):
        result = TracebackType(result, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return result


def _entries(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, its causes and contexts, and the members of groups."""
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        current = pending.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        pending += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            pending += current.exceptions
