"""What a run can be told: limits, window, strictness, how it is shown; and the messages for values that these cannot have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from poppy_nb.errors import SettingsError, did_you_mean


VIEWS = ("graph", "timeline", "text", "none")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run.

    limit: at most so many external calls in flight, None for no limit.
    window: at most so many external calls that have not retired, and ten times as many operations; then the walk stops.
    strict: whether what the contract may assume (A1 to A8) is not assumed.
    threads: at most so many worker threads, None for as many as `limit` needs (512 at most).
    thread_idle: seconds after which a worker thread without work ends.
    view: what is shown of a run below its summary, one of VIEWS.
    quiet: whether nothing is shown, neither progress nor summary.
    save_values: whether shortened arguments and answers are kept with a run, and saved with its view in the notebook.
    """

    limit: int | None = 64
    window: int = 10_000
    strict: bool = False
    threads: int | None = None
    thread_idle: float = 10.0
    view: str = "none"
    quiet: bool = False
    save_values: bool = True

    def __post_init__(self) -> None:
        for name, check in _CHECKS.items():
            check(name, getattr(self, name))

    @property
    def pool_size(self) -> int | None:
        """How many threads a pool for these settings has, None for no limit of its own."""
        return self.threads if self.threads is not None else self.limit

    def with_texts(self, **texts: str) -> Settings:
        """These settings with some replaced by values as a user types them (`limit="none"`). Raises SettingsError."""
        return replace(self, **{name: parse(name, text) for name, text in texts.items()})

    def with_values(self, values: Mapping[str, object]) -> Settings:
        """These settings with some replaced by values of Python or TOML; texts are read as if typed. Raises SettingsError."""
        for name in values:
            check_name(name)
        read: dict[str, Any] = {name: parse(name, v) if isinstance(v, str) else v for name, v in values.items()}
        return replace(self, **read)


def check_name(name: str) -> None:
    """Raise SettingsError if there is no such setting."""
    if name not in NAMES:
        suggestion = did_you_mean(name, NAMES) or f"; there are {', '.join(NAMES)}"
        raise SettingsError(f"there is no setting {name!r}{suggestion}")


def parse(name: str, text: str) -> Any:
    """The value of the setting `name` that `text` says. Raises SettingsError, which names what is possible."""
    check_name(name)
    value = _PARSERS[name](name, text)
    _CHECKS[name](name, value)
    return value


def shown(value: object) -> str:
    """A value as a user would type it."""
    return {None: "none", True: "on", False: "off"}.get(value, str(value)) if value is None or type(value) is bool else str(value)


# ---- how each is read and checked

_ON_OFF = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


def _parse_count(name: str, text: str) -> int | None:
    word = text.strip().lower().replace("_", "").replace(",", "")
    can_be_none = name != "window"
    if word == "none" and can_be_none:
        return None
    if word.isascii() and word.isdigit() and int(word) > 0:
        return int(word)
    raise SettingsError(f"{name} is a whole number from 1{' or ' + repr('none') if can_be_none else ''}, not {text!r}")


def _parse_switch(name: str, text: str) -> bool:
    value = _ON_OFF.get(text.strip().lower())
    if value is None:
        raise SettingsError(f"{name} is on or off, not {text!r}")
    return value


def _parse_seconds(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise SettingsError(f"{name} is a number of seconds, not {text!r}") from None


def _parse_view(name: str, text: str) -> str:
    return text.strip().lower()


def _check_count(none: str = "") -> Callable[[str, object], None]:
    def check(name: str, value: object) -> None:
        if value is None and none:
            return
        if type(value) is not int or value < 1:
            alternative = f", or None for {none}" if none else ""
            raise SettingsError(f"{name} is a whole number from 1{alternative}, not {value!r}")

    return check


def _check_switch(name: str, value: object) -> None:
    if type(value) is not bool:
        raise SettingsError(f"{name} is True or False, not {value!r}")


def _check_seconds(name: str, value: object) -> None:
    if not isinstance(value, int | float) or type(value) is bool or not 0 <= value < float("inf"):
        raise SettingsError(f"{name} is a number of seconds, not {value!r}")


def _check_view(name: str, value: object) -> None:
    if value not in VIEWS:
        suggestion = did_you_mean(value, VIEWS) if isinstance(value, str) else ""
        raise SettingsError(f"{name} is one of {', '.join(VIEWS)}, not {value!r}{suggestion}")


_PARSERS: dict[str, Callable[[str, str], Any]] = {
    "limit": _parse_count,
    "window": _parse_count,
    "strict": _parse_switch,
    "threads": _parse_count,
    "thread_idle": _parse_seconds,
    "view": _parse_view,
    "quiet": _parse_switch,
    "save_values": _parse_switch,
}
_CHECKS: dict[str, Callable[[str, object], None]] = {
    "limit": _check_count("no limit"),
    "window": _check_count(),
    "strict": _check_switch,
    "threads": _check_count("as many as the limit needs"),
    "thread_idle": _check_seconds,
    "view": _check_view,
    "quiet": _check_switch,
    "save_values": _check_switch,
}
NAMES = tuple(field.name for field in fields(Settings))
