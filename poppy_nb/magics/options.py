"""The options of `%%poppy`: one parser, from which the help text comes too."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import dataclass
from typing import NoReturn

from poppy_nb import settings
from poppy_nb.errors import SettingsError, did_you_mean


DEFAULT_LIMIT = settings.Settings().limit

_EXAMPLES = """\
examples:
  %%poppy                    run the cell, independent external calls at once
  %%poppy --limit 8          at most eight calls at a time
  %%poppy --limit none       no bound on calls at a time
  %%poppy --sequential       run the cell as plain Python, to compare
"""


class OptionError(ValueError):
    """The user's options make no sense; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Options:
    """What stands behind `%%poppy`."""

    limit: int | None = DEFAULT_LIMIT
    strict: bool = False
    sequential: bool = False
    quiet: bool = False


class _Parser(argparse.ArgumentParser):
    """argparse that raises: the default prints to stderr and leaves the interpreter."""

    def error(self, message: str) -> NoReturn:
        raise OptionError(message)

    def options(self) -> list[str]:
        return [option for action in self._actions for option in action.option_strings]


def _limit(text: str) -> int | None:
    try:
        limit = settings.parse("limit", text)
    except SettingsError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    assert limit is None or isinstance(limit, int)
    return limit


def _make_parser() -> _Parser:
    parser = _Parser(
        prog="%%poppy",
        description="Run the cell with its independent external calls at once; everything else is as in plain Python.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,  # an abbreviation that works today is ambiguous tomorrow
        add_help=False,
    )
    parser.add_argument(
        "--limit",
        type=_limit,
        default=DEFAULT_LIMIT,
        metavar="N",
        help=f"at most N external calls at a time, or 'none' (default: {DEFAULT_LIMIT})",
    )
    parser.add_argument("--strict", action="store_true", help="switch the assumptions A1-A8 of the contract off")
    parser.add_argument("--sequential", action="store_true", help="run the cell as plain Python")
    parser.add_argument("--quiet", action="store_true", help="no summary (POPPY_NB_QUIET=1 in the environment: for all cells)")
    return parser


_parser = _make_parser()


def parse(line: str) -> Options:
    """The options on a `%%poppy` line. Raises OptionError, which names the offending option and suggests."""
    try:
        words = shlex.split(line, comments=True)
    except ValueError as error:
        raise OptionError(_with_usage(f"cannot read the options {line.strip()!r}: {error}")) from None
    try:
        found, unknown = _parser.parse_known_args(words)
    except OptionError as error:
        raise OptionError(_with_usage(str(error))) from None
    if unknown:
        raise OptionError(_with_usage(_complaint(unknown[0])))
    options = Options(limit=found.limit, strict=found.strict, sequential=found.sequential, quiet=found.quiet)
    if options.sequential and (options.strict or found.limit != DEFAULT_LIMIT):
        raise OptionError(_with_usage("--sequential runs plain Python: --limit and --strict mean nothing there, leave them out"))
    return options


def help_text() -> str:
    """What `%%poppy?` shows."""
    return _parser.format_help()


def _complaint(word: str) -> str:
    if not word.startswith("-"):
        return f"unexpected {word!r}: the code of the cell begins on the next line"
    name = word.split("=")[0]
    return f"unknown option {name}{did_you_mean(name, _parser.options())}"


def _with_usage(message: str) -> str:
    return f"%%poppy: {message}\n{_parser.format_usage().strip()}"
