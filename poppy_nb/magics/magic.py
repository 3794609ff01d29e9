"""The magics themselves: they read what is written behind them and hand over."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.magic import line_cell_magic, magics_class

from poppy_nb.magics import configuration, options, subcommands
from poppy_nb.magics.configuration import Configured
from poppy_nb.magics.history import History
from poppy_nb.magics.options import Options
from poppy_nb.magics.runner import Runner


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@magics_class
class PoppyMagics(Configured):
    """`%%poppy` and `%poppy` for one shell. The methods that begin with `run_` are what `transform` writes into cells."""

    shell: InteractiveShell

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        configuration.apply_project(self)
        self.every_cell = False  # %poppy on
        self.runner = Runner(shell)
        self.history = History(shell)

    def close(self) -> None:
        """Leave the shell as it was."""
        self.runner.close()
        self.history.close()

    @line_cell_magic  # a cell-only magic answers `%poppy?` with "not found"
    @options.described
    def poppy(self, line: str = "", cell: str | None = None) -> object:
        __tracebackhide__ = True
        if cell is None:
            return subcommands.run(self, line)
        return self.runner.run_nested(line, cell, self._options(line))

    def run_awaited(self, line: str, text: str) -> Coroutine[Any, Any, None]:
        """A whole cell, prepared, to be awaited on the loop."""
        return self.runner.run(text, self._options(self.shell.var_expand(line, 1)))

    def run_synchronously(self, line: str, text: str) -> None:
        """A whole cell, prepared, without a loop."""
        __tracebackhide__ = True
        self.runner.run_synchronously(text, self._options(self.shell.var_expand(line, 1)))

    def run_unasked_awaited(self, text: str) -> Coroutine[Any, Any, None]:
        """The same under `%poppy on`."""
        return self.runner.run(text, Options(self.settings, tacit=True))

    def run_unasked_synchronously(self, text: str) -> None:
        """The same under `%poppy on`."""
        __tracebackhide__ = True
        self.runner.run_synchronously(text, Options(self.settings, tacit=True))

    async def run_bridged(self, text: str) -> object:
        """A whole cell that calls another magic, in which `%%poppy` can wait on the loop. The value of the call."""
        __tracebackhide__ = True
        return await self.runner.run_bridged(text)

    def _options(self, line: str) -> Options:
        try:
            return options.parse(line, self.settings)
        except options.OptionError as error:
            raise UsageError(str(error)) from None
