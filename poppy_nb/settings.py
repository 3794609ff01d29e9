"""What a run can be told: limits, window, strictness; and the messages for values that they cannot have."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from poppy_nb.errors import SettingsError, did_you_mean


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a run.

    limit: at most so many external calls in flight, None for no limit.
    window: at most so many operations that have not retired; the walk stops when there are more.
    strict: whether what the contract may assume (A1 to A8) is not assumed.
    threads: at most so many worker threads, None for as many as `limit` needs (512 at most).
    thread_idle: seconds after which a worker thread without work ends.
    """

    limit: int | None = 64
    window: int = 10_000
    strict: bool = False
    threads: int | None = None
    thread_idle: float = 10.0

    def __post_init__(self) -> None:
        _check_count("limit", self.limit, none="no limit")
        _check_count("window", self.window)
        _check_count("threads", self.threads, none="as many as the limit needs")
        if type(self.strict) is not bool:
            raise SettingsError(f"strict is True or False, not {self.strict!r}")
        if type(self.thread_idle) not in (int, float) or not self.thread_idle >= 0:
            raise SettingsError(f"thread_idle is a number of seconds, not {self.thread_idle!r}")

    @property
    def pool_size(self) -> int | None:
        """How many threads a pool for these settings has, None for no limit of its own."""
        return self.threads if self.threads is not None else self.limit

    def with_texts(self, **texts: str) -> Settings:
        """These settings with some replaced by values as a user types them (`limit="none"`). Raises SettingsError."""
        return replace(self, **{name: parse(name, text) for name, text in texts.items()})  # type: ignore[arg-type]


_NAMES = tuple(field.name for field in fields(Settings))


def parse(name: str, text: str) -> int | float | bool | None:
    """The value of the setting `name` that `text` says. Raises SettingsError, which names what is possible."""
    if name not in _NAMES:
        suggestion = did_you_mean(name, _NAMES) or f"; there are {', '.join(_NAMES)}"
        raise SettingsError(f"there is no setting {name!r}{suggestion}")
    word = text.strip().lower().replace("_", "").replace(",", "")
    if name == "strict":
        if word in ("true", "on", "yes", "1"):
            return True
        if word in ("false", "off", "no", "0"):
            return False
        raise SettingsError(f"strict is on or off, not {text!r}")
    if name == "thread_idle":
        try:
            return float(word)
        except ValueError:
            raise SettingsError(f"thread_idle is a number of seconds, not {text!r}") from None
    if word == "none" and name != "window":
        return None
    if word.isascii() and word.isdigit() and int(word) > 0:
        return int(word)
    alternative = "" if name == "window" else " or 'none'"
    raise SettingsError(f"{name} is a whole number from 1{alternative}, not {text!r}")


def _check_count(name: str, value: object, none: str = "") -> None:
    if value is None and none:
        return
    if type(value) is not int or value < 1:
        alternative = f", or None for {none}" if none else ""
        raise SettingsError(f"{name} is a whole number from 1{alternative}, not {value!r}")
