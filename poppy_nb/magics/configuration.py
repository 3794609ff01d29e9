"""Where the defaults of a shell's runs come from: built in, IPython's configuration, pyproject.toml, `%poppy config`.

The later ones win. From pyproject.toml only data is taken: nothing is imported from it or because of it.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics
from traitlets import Any as AnyTrait
from traitlets import TraitError, validate

from poppy_nb import settings
from poppy_nb.errors import DeclarationError, SettingsError, did_you_mean
from poppy_nb.settings import NAMES, Settings


_EXTERNALS = "externals"
_DEFAULTS = Settings()


class Configured(Magics):
    """Magics with the settings as traits: `c.PoppyMagics.limit = 8` in IPython's configuration, or `%config`."""

    limit = AnyTrait(_DEFAULTS.limit, help="At most so many external calls at a time, None for no bound.").tag(config=True)
    window = AnyTrait(_DEFAULTS.window, help="At most so many operations that are not final yet.").tag(config=True)
    strict = AnyTrait(_DEFAULTS.strict, help="Whether the assumptions A1-A8 of the contract are off.").tag(config=True)
    threads = AnyTrait(_DEFAULTS.threads, help="At most so many worker threads, None for as many as needed.").tag(config=True)
    thread_idle = AnyTrait(_DEFAULTS.thread_idle, help="Seconds after which an idle worker thread ends.").tag(config=True)
    view = AnyTrait(_DEFAULTS.view, help="What is shown of a run: graph, timeline, text or none.").tag(config=True)
    quiet = AnyTrait(_DEFAULTS.quiet, help="Whether neither progress nor summary is shown.").tag(config=True)
    save_values = AnyTrait(_DEFAULTS.save_values, help="Whether shortened arguments and answers are kept.").tag(config=True)

    @validate(*NAMES)
    def _validate(self, proposal: Mapping[str, Any]) -> Any:
        name, value = proposal["trait"].name, proposal["value"]
        try:
            return getattr(_DEFAULTS.with_values({name: value}), name)
        except SettingsError as error:
            raise TraitError(f"PoppyMagics: {error}") from None

    @property
    def settings(self) -> Settings:
        """What applies to a cell that says nothing else."""
        return Settings(**{name: getattr(self, name) for name in NAMES})

    def configure(self, values: Mapping[str, object]) -> None:
        """Set some. Raises SettingsError, and then has set none."""
        changed = self.settings.with_values(values)
        for name in values:
            setattr(self, name, getattr(changed, name))


def read_project(start: Path | None = None) -> tuple[Path, dict[str, object]] | None:
    """The table `[tool.poppy_nb]` of the nearest pyproject.toml that has one, upwards from `start` (the current directory).

    A file that cannot be read as TOML is said in a warning.
    """
    try:
        folder = (start or Path.cwd()).resolve()
    except OSError:  # the current directory is gone
        return None
    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if "poppy_nb" not in text:
            continue
        try:
            table = tomllib.loads(text).get("tool", {}).get("poppy_nb")
        except (tomllib.TOMLDecodeError, AttributeError) as error:
            _warn(path, f"cannot be read: {error}")
            return None
        if isinstance(table, dict):
            return path, table
    return None


def apply_project(magics: Configured) -> None:
    """Take over what pyproject.toml says. What makes no sense is said in a warning, and the rest applies."""
    found = read_project()
    if found is None:
        return
    path, table = found
    for name, value in table.items():
        if name == _EXTERNALS:
            _declare(path, value)
            continue
        if name not in NAMES:
            suggestion = did_you_mean(name, (*NAMES, _EXTERNALS)) or f"; there are {', '.join((*NAMES, _EXTERNALS))}"
            _warn(path, f"[tool.poppy_nb] has no key {name!r}{suggestion}")
            continue
        try:
            magics.configure({name: value})
        except SettingsError as error:
            _warn(path, f"[tool.poppy_nb] {error}")


def _declare(path: Path, value: object) -> None:
    """`externals = ["package.function"]`, or a table of options by path."""
    from poppy_nb.externals import external

    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        table: dict[str, Any] = {item: {} for item in value}
    elif isinstance(value, dict) and all(isinstance(options, dict) for options in value.values()):
        table = value
    else:
        _warn(path, "[tool.poppy_nb] externals is a list of paths like 'package.module.function', or a table of options by path")
        return
    for name, options in table.items():
        try:
            external(name, **options)
        except DeclarationError as error:
            _warn(path, f"[tool.poppy_nb] {error}")


def _warn(path: Path, message: str) -> None:
    warnings.warn(f"poppy_nb: {path}: {message}", UserWarning, stacklevel=2)


def table(chosen: Settings) -> str:
    """All settings, as `%poppy config` shows them."""
    lines = []
    for name in NAMES:
        value, default = getattr(chosen, name), getattr(_DEFAULTS, name)
        line = f"{name} = {settings.shown(value)}"
        lines.append(line if value == default else f"{line}  (default: {settings.shown(default)})")
    return "\n".join(lines)
