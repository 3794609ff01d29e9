"""What poppy itself has to complain about; errors of the user's program are never of these classes.

Each message says what was wrong and what to write instead. Positions are data (`span`, `source`), and rendered only when shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from poppy_nb.ir import Span


class PoppyError(Exception):
    """Anything that poppy raises on its own account."""


class DeclarationError(PoppyError, TypeError):
    """`external(...)` was given something that it cannot declare. Raised at the declaration, never during a run."""


class SettingsError(PoppyError, ValueError):
    """A setting has a value that it cannot have, or there is no such setting."""


class ArgumentChangedError(PoppyError):
    """An unordered external call changed an argument that it had been given a copy of (A2 of the contract).

    Without this error the change would be lost, since the call worked on a copy.
    """

    def __init__(self, function: str, path: str, parameter: str | None = None) -> None:
        super().__init__(function, path, parameter)
        self.function = function
        self.path = path
        self.parameter = parameter

    def __str__(self) -> str:
        name = self.parameter or "..."
        return (
            f"{self.function}() changed its argument at {self.path}, but an external call works on a copy of the containers "
            f'that it is given. If it is meant to change them, declare it: @external(changes="{name}")'
        )


class CallStoppedError(PoppyError):
    """The user has stopped this external call from the view of the run; for the program it has failed."""

    def __init__(self, function: str) -> None:
        super().__init__(function)
        self.function = function

    def __str__(self) -> str:
        return f"{self.function}() was stopped from the view of the run"


class Unsupported(PoppyError):
    """The compiler cannot treat a construct. Never seen by users: what is unsupported runs in order, as plain Python."""

    def __init__(self, reason: str, span: Span | None = None, source: str | None = None) -> None:
        super().__init__(reason, span, source)
        self.reason = reason
        self.span = span
        self.source = source

    def __str__(self) -> str:
        if self.span is None:
            return self.reason
        place = f"line {self.span.line}: {self.reason}"
        lines = self.source.splitlines() if self.source else []
        if not 0 < self.span.line <= len(lines):
            return place
        line = lines[self.span.line - 1]
        before = line.encode()[: self.span.column].decode(errors="replace")
        return f"{place}\n    {line}\n    {' ' * len(before)}^"


class InvariantError(PoppyError, AssertionError):
    """Poppy broke one of its own rules (a dependency that points forwards, an access outside of the claims): a bug in poppy."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean 'writes'?"`, or an empty string if nothing that is known is near `word`."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
