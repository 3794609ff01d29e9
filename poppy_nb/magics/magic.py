"""The magics themselves: they read the options and hand over."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, line_cell_magic, magics_class

from poppy_nb.magics import options
from poppy_nb.magics.runner import Runner


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@magics_class
class PoppyMagics(Magics):
    """`%%poppy` for one shell."""

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self.runner = Runner(shell)

    @line_cell_magic  # a cell-only magic answers `%poppy?` with "not found"
    def poppy(self, line: str = "", cell: str | None = None) -> None:
        __tracebackhide__ = True
        wanted = _options(line)
        if cell is None:
            raise UsageError("%poppy: write %%poppy as the first line of a cell, the code below it (%%poppy? shows the options)")
        self.runner.run_nested(line, cell, wanted)

    @cell_magic
    def poppy_awaited(self, line: str, cell: str) -> Coroutine[Any, Any, None]:
        """What a `%%poppy` cell is turned into, to be awaited; not for use by hand."""
        return self.runner.run(cell, _options(line))


PoppyMagics.poppy.__doc__ = options.help_text()


def _options(line: str) -> options.Options:
    try:
        return options.parse(line)
    except options.OptionError as error:
        raise UsageError(str(error)) from None
