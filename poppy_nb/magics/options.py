"""The options of `%%poppy`: one table, from which the parser, the help text and the completions come."""

from __future__ import annotations

import argparse
import keyword
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from IPython.core.error import UsageError
from IPython.core.magic_arguments import MagicArgumentParser, argument, kwds, magic_arguments

from poppy_nb import settings
from poppy_nb.errors import SettingsError, did_you_mean
from poppy_nb.settings import VIEWS, Settings


_F = TypeVar("_F", bound=Callable[..., Any])

_ABOUT = """\
Run the cell with its independent external calls (models, tools, services) at once; everything else is as in plain Python:
the same values, prints and exceptions, in the same order.

%poppy SUBCOMMAND, as a line, looks and sets:

  on | off             every following cell runs as if it began with %%poppy
  status               what is on, and what the last run did
  config [KEY[=VALUE]] show or set defaults; also read from [tool.poppy_nb] of pyproject.toml and c.PoppyMagics of IPython
  last                 the run object of the last run
  explain [LINE]       what waited for what in the last run
  externals            which calls are known to be external
  code                 the generated code of the last cell
"""

_EXAMPLES = """\
examples:
  %%poppy                    run the cell, independent external calls at once
  %%poppy --limit 8          at most eight calls at a time
  %%poppy --limit none       no bound on calls at a time
  %%poppy --view timeline    a bar for each call
  %%poppy --out r --quiet    show nothing, keep the run object as r
  %%poppy --plan             show what would run at once, run nothing
  %%poppy --explain          run, then say what waited for what
  %%poppy --sequential       run the cell as plain Python, to compare
  %poppy on                  from here on all cells, without a first line
  %poppy config limit=8      a default for all cells
  run = %poppy last          calls, times and speed-up of the last run
"""


_DEFAULTS = Settings()
HELP = ("-h", "--help", "help")  # what people write who look for it


class OptionError(ValueError):
    """The user's options make no sense; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Options:
    """What stands behind `%%poppy`, and the defaults for what does not."""

    settings: Settings = _DEFAULTS
    sequential: bool = False
    plan: bool = False
    explain: bool = False
    out: str | None = None
    tacit: bool = False  # without calls there is nothing to say: a cell under `%poppy on`


def _setting(name: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        try:
            return settings.parse(name, text)
        except SettingsError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read


def _variable(text: str) -> str:
    if not text.isidentifier() or keyword.iskeyword(text):
        raise argparse.ArgumentTypeError(f"the name of a variable is needed, not {text!r}")
    return text


_ARGUMENTS = (
    argument("--limit", type=_setting("limit"), metavar="N", help="at most N external calls at a time, or 'none' (default: 64)"),
    argument("--strict", action="store_true", default=None, help="switch the assumptions A1-A8 of the contract off"),
    argument("--sequential", action="store_true", help="run the cell as plain Python"),
    argument("--plan", action="store_true", help="analyse and show, run nothing"),
    argument("--explain", action="store_true", help="after the run: what waited for what, line by line"),
    argument("--view", type=_setting("view"), metavar="|".join(VIEWS), help="what to show below the summary (default: none)"),
    argument("--out", type=_variable, metavar="NAME", help="keep the run object in the variable NAME"),
    argument("--quiet", action="store_true", default=None, help="show nothing (POPPY_NB_QUIET=1 in the environment: for all)"),
)

_CELL_USAGE = (
    "[--limit N] [--strict] [--sequential] [--plan] [--explain] [--view " + "|".join(VIEWS) + "] [--out NAME] [--quiet]"
)
# argparse makes one % of two, and IPython puts one before the whole
_USAGE = f"%%poppy {_CELL_USAGE}\n  %%poppy on|off|status|config|last|explain|externals|code"


def described(magic: _F) -> _F:
    """Give a magic function these options, as IPython knows them: a parser, and the help text for its docstring."""
    magic.__doc__ = _ABOUT
    for one in reversed(_ARGUMENTS):
        magic = one(magic)
    magic = kwds(description=_ABOUT, epilog=_EXAMPLES, usage=_USAGE)(magic)
    magic = magic_arguments("poppy")(magic)
    parser: Any = magic.parser  # type: ignore[attr-defined]
    parser.allow_abbrev = False  # an abbreviation that works today is ambiguous tomorrow
    return magic


@described
def _poppy() -> None:
    pass


_parser: MagicArgumentParser = _poppy.parser  # type: ignore[attr-defined]
NAMES = tuple(option for one in _ARGUMENTS for option in one.args)


def parse(line: str, defaults: Settings | None = None) -> Options:
    """The options on a `%%poppy` line. Raises OptionError, which names the offending option and suggests."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise OptionError(_with_usage(f"cannot read the options {line.strip()!r}: {error}")) from None
    try:
        found, unknown = _parser.parse_known_args(words)
    except UsageError as error:
        raise OptionError(_with_usage(str(error))) from None
    if unknown:
        raise OptionError(_with_usage(_complaint(unknown[0])))
    given = {name: getattr(found, name) for name in ("strict", "view", "quiet") if getattr(found, name) is not None}
    if any(word.split("=")[0] == "--limit" for word in words):  # 'none' is None, too
        given["limit"] = found.limit
    _check_combination(found, given)
    chosen = (defaults or _DEFAULTS).with_values(given)
    return Options(chosen, found.sequential, found.plan, found.explain, found.out)


def help_text() -> str:
    """What `%%poppy?` shows."""
    return str(_poppy.__doc__)


def _check_combination(found: argparse.Namespace, given: dict[str, object]) -> None:
    def refuse(option: str, why: str, others: tuple[str, ...]) -> None:
        senseless = [f"--{name}" for name in others if name in given or getattr(found, name) not in (None, False)]
        if senseless:
            be = "means" if len(senseless) == 1 else "mean"
            listed = " and ".join([", ".join(senseless[:-1]), senseless[-1]] if len(senseless) > 1 else senseless)
            raise OptionError(_with_usage(f"--{option} {why}: {listed} {be} nothing there, leave out one or the other"))

    if found.sequential:
        refuse("sequential", "runs plain Python", ("limit", "strict", "plan", "explain", "view", "out"))
    if found.plan:
        refuse("plan", "runs nothing", ("explain", "out"))


def _complaint(word: str) -> str:
    from poppy_nb.magics.subcommands import NAMES as SUBCOMMANDS

    if word in SUBCOMMANDS:
        return f"{word!r} is a subcommand: write %poppy {word}, with one %, on a line of its own"
    if not word.startswith("-"):
        return f"unexpected {word!r}: the code of the cell begins on the next line"
    name = word.split("=")[0]
    if name in HELP:
        return "%poppy? shows the help"
    return f"unknown option {name}{did_you_mean(name, NAMES)}"


def _with_usage(message: str) -> str:
    return f"%%poppy: {message}\nusage: %%poppy {_CELL_USAGE}"
