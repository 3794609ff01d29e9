"""Loading into a shell and unloading from it, without a trace and as often as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from poppy_nb.magics.engine import RunReport
from poppy_nb.magics.magic import PoppyMagics
from poppy_nb.magics.transform import AwaitPoppy


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load(shell: InteractiveShell) -> None:
    """Register the magics and the transformer; if they are there already, anew."""
    unload(shell)
    shell.register_magics(PoppyMagics(shell))
    shell.input_transformers_post.append(AwaitPoppy(shell))


def unload(shell: InteractiveShell) -> None:
    """Take out what `load` has put in."""
    # By name: after a reload of this package the classes are others than those that were loaded
    shell.input_transformers_post[:] = [t for t in shell.input_transformers_post if type(t).__name__ != AwaitPoppy.__name__]
    loaded = shell.magics_manager.registry.pop(PoppyMagics.__name__, None)
    if loaded is None:
        return
    loaded.runner.close()
    for kind, names in PoppyMagics.magics.items():
        for name in names:
            shell.magics_manager.magics[kind].pop(name, None)


def last_report(shell: InteractiveShell) -> RunReport | None:
    """The report of the latest run in a shell."""
    loaded = shell.magics_manager.registry.get(PoppyMagics.__name__)
    return loaded.runner.last_report if loaded is not None else None
