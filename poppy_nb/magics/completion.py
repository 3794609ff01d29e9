"""What can be typed behind `%%poppy` and `%poppy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from poppy_nb.magics import options, subcommands
from poppy_nb.settings import NAMES, VIEWS, Settings


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_KEYS = ("%%poppy", "%poppy")
_HOOK = "complete_command"
_SWITCHES = ("on", "off")


def load(shell: InteractiveShell) -> None:
    """Hook into IPython's completion."""
    for key in _KEYS:
        shell.set_hook(_HOOK, _complete, str_key=key)


def unload(shell: InteractiveShell) -> None:
    """Take out what `load` has put in."""
    dispatch: Any = shell.strdispatchers.get(_HOOK)
    for key in _KEYS if dispatch is not None else ():
        dispatch.strs.pop(key, None)


def _complete(shell: InteractiveShell, event: Any) -> list[str]:
    typed = getattr(event, "text_until_cursor", event.line)
    return completions(typed.rpartition("\n")[2])


def completions(typed: str) -> list[str]:
    """All words that can stand where `typed`, a line up to the cursor, ends."""
    words = typed.split()
    if not words:
        return []
    before = words[1:] if typed[-1:].isspace() else words[1:-1]
    if words[0] == "%%poppy":
        return _of_cell(before, words[-1])
    if not before:
        return list(subcommands.NAMES)
    if before[0] == "config":
        return _of_config(words[-1])
    return []


def _of_cell(before: list[str], word: str) -> list[str]:
    last = before[-1] if before else ""
    if word.startswith("--view="):  # `=` ends a word for IPython
        return list(VIEWS)
    match last:
        case "--view":
            return list(VIEWS)
        case "--limit":
            return ["none", str(Settings().limit)]
        case "--out":
            return []
    return [name for name in options.NAMES if name not in before]


def _of_config(word: str) -> list[str]:
    name, equals, _ = word.partition("=")
    if not equals:
        return [f"{name}=" for name in NAMES]
    default = getattr(Settings(), name, None)
    if name == "view":
        return list(VIEWS)
    if type(default) is bool:
        return list(_SWITCHES)
    return ["none", str(Settings().limit)] if name in ("limit", "threads") else []
