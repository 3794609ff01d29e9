"""`%poppy SUBCOMMAND`: what can be looked at and set on a line of its own."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from IPython.core.error import UsageError
from IPython.display import display

from poppy_nb import settings
from poppy_nb.errors import SettingsError, did_you_mean
from poppy_nb.magics import configuration
from poppy_nb.magics.engine import generated_code
from poppy_nb.magics.options import HELP


if TYPE_CHECKING:
    from poppy_nb.magics.magic import PoppyMagics
    from poppy_nb.magics.record import Record

NAMES = ("on", "off", "status", "config", "last", "explain", "externals", "code")
_LISTED = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"
_NO_RUN = "no cell has run under %%poppy yet: write %%poppy as the first line of one, or %poppy on"


def run(magics: PoppyMagics, line: str) -> object:
    """Do what a `%poppy` line says. Raises UsageError with a sentence that says what to write."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise UsageError(f"%poppy: cannot read {line.strip()!r}: {error}") from None
    if not words:
        raise UsageError(
            f"%poppy: a subcommand is needed: {_LISTED}. To run a cell, write %%poppy (with two %) as its first line, "
            "the code below it (%poppy? shows all)"
        )
    name, arguments = words[0], words[1:]
    command = _COMMANDS.get(name)
    if command is None:
        raise UsageError(f"%poppy: {_unknown(name)}")
    return command(magics, arguments)


def _unknown(name: str) -> str:
    if name in HELP:
        return f"%poppy? shows the help; there are {_LISTED}"
    if name.startswith("-"):
        return f"options such as {name} belong to cells: write %%poppy {name}, with two %, as the first line of one"
    return f"there is no subcommand {name!r}{did_you_mean(name, NAMES) or f'; there are {_LISTED}'}"


def _show(text: str) -> None:
    display({"text/plain": text}, raw=True)


def _no_arguments(name: str, arguments: list[str]) -> None:
    if arguments:
        raise UsageError(f"%poppy {name} takes nothing behind it, not {' '.join(arguments)!r}")


def _on(magics: PoppyMagics, arguments: list[str]) -> None:
    _no_arguments("on", arguments)
    magics.every_cell = True
    _show("poppy: on. Every following cell runs as if it began with %%poppy; %poppy off ends that")


def _off(magics: PoppyMagics, arguments: list[str]) -> None:
    _no_arguments("off", arguments)
    magics.every_cell = False
    _show("poppy: off. Only cells that begin with %%poppy run under it")


def _status(magics: PoppyMagics, arguments: list[str]) -> None:
    _no_arguments("status", arguments)
    runner = magics.runner
    lines = [
        f"poppy_nb {sys.modules['poppy_nb'].__version__}",
        "every cell runs under it (%poppy off ends that)"
        if magics.every_cell
        else "cells that begin with %%poppy run under it (%poppy on: all cells)",
        *[
            f"{name} = {settings.shown(getattr(magics.settings, name))}"
            for name in settings.NAMES
            if getattr(magics.settings, name) != getattr(settings.Settings(), name)
        ],
    ]
    if runner.is_running:
        lines.append("a cell is running")
    if runner.last is not None:
        lines.append(f"last run: {runner.last.summary()}")
    _show("\n".join(lines))


def _config(magics: PoppyMagics, arguments: list[str]) -> None:
    try:
        if any("=" in word for word in arguments):
            magics.configure(_assignments(arguments))
            return
        if arguments == ["reset"]:
            magics.configure({name: getattr(settings.Settings(), name) for name in settings.NAMES})
            return
        for word in arguments:
            settings.check_name(word)
    except SettingsError as error:
        raise UsageError(f"%poppy config: {error}") from None
    chosen = magics.settings
    if arguments:
        _show("\n".join(f"{name} = {settings.shown(getattr(chosen, name))}" for name in arguments))
    else:
        _show(configuration.table(chosen))


def _assignments(words: list[str]) -> dict[str, object]:
    """`limit=8 strict=on`, with or without blanks around the equals sign."""
    text = " ".join(words)
    while " =" in text or "= " in text:
        text = text.replace(" =", "=").replace("= ", "=")
    found: dict[str, object] = {}
    for word in text.split():
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            raise SettingsError(f"write key=value, not {word!r}")
        settings.check_name(name)
        found[name] = settings.parse(name, value)
    return found


def _last(magics: PoppyMagics, arguments: list[str]) -> object:
    _no_arguments("last", arguments)
    return _record("last", magics).run()


def _explain(magics: PoppyMagics, arguments: list[str]) -> None:
    if len(arguments) > 1 or not all(word.isdigit() and int(word) for word in arguments):
        given = " ".join(arguments)
        raise UsageError(f"%poppy explain takes the number of a line of the cell, or nothing for all, not {given!r}")
    _show(_record("explain", magics).explain(int(arguments[0]) if arguments else None))


def _externals(magics: PoppyMagics, arguments: list[str]) -> None:
    _no_arguments("externals", arguments)
    from poppy_nb.externals import declared, unresolved

    lines = [
        f"{item.name}{_declared_as(item.options)}{'' if item.is_found else '  (not imported yet)'}" for item in declared()
    ]
    lines += [f"not found: {message}" for message in unresolved()]
    _show("\n".join(lines))


def _declared_as(options: dict[str, object]) -> str:
    shown = [f"{name}={value!r}" for name, value in options.items()]
    return f"  ({', '.join(shown)})" if shown else ""


def _code(magics: PoppyMagics, arguments: list[str]) -> None:
    _no_arguments("code", arguments)
    record = _record("code", magics)
    _show(generated_code(record.source, record.name, magics.shell.user_ns))


def _record(name: str, magics: PoppyMagics) -> Record:
    record = magics.runner.last
    if record is None:
        raise UsageError(f"%poppy {name}: {_NO_RUN}")
    return record


_COMMANDS = dict(zip(NAMES, (_on, _off, _status, _config, _last, _explain, _externals, _code), strict=True))
