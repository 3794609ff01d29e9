"""Loading into a shell and unloading from it, without a trace and as often as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from IPython.core.error import UsageError

from poppy_nb.magics import completion, engine, versions
from poppy_nb.magics.engine import RunReport
from poppy_nb.magics.magic import PoppyMagics
from poppy_nb.magics.transform import AwaitPoppy, called_by


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load(shell: InteractiveShell) -> None:
    """Register the magics, the transformer and the completions; if they are there already, anew."""
    versions.check(shell)
    _take_out(shell)
    magics = PoppyMagics(shell)
    shell.register_magics(magics)
    shell.input_transformers_post.append(AwaitPoppy(magics))
    completion.load(shell)
    engine.preload()


def unload(shell: InteractiveShell) -> None:
    """Take out what `load` has put in. Refused while a cell runs under it, unless it is loaded again at once."""
    loaded = _loaded(shell)
    if loaded is not None and loaded.runner.is_running and not called_by("reload_extension"):
        raise UsageError(
            "poppy_nb: this cell runs under %%poppy, so it cannot be unloaded here. Write %unload_ext poppy_nb in a cell of its "
            "own, after %poppy off if that is on"
        )
    _take_out(shell)


def _take_out(shell: InteractiveShell) -> None:
    # By name: after a reload of this package the classes are others than those that were loaded
    shell.input_transformers_post[:] = [t for t in shell.input_transformers_post if type(t).__name__ != AwaitPoppy.__name__]
    completion.unload(shell)
    loaded = shell.magics_manager.registry.pop(PoppyMagics.__name__, None)
    if loaded is None:
        return
    loaded.close()
    shell.configurables[:] = [configurable for configurable in shell.configurables if configurable is not loaded]
    for kind, names in PoppyMagics.magics.items():
        for name in names:
            shell.magics_manager.magics[kind].pop(name, None)


def last_report(shell: InteractiveShell) -> RunReport | None:
    """The report of the latest run in a shell."""
    loaded = _loaded(shell)
    return loaded.runner.last_report if loaded is not None else None


def _loaded(shell: InteractiveShell) -> PoppyMagics | None:
    loaded: PoppyMagics | None = shell.magics_manager.registry.get(PoppyMagics.__name__)
    return loaded
