"""A shell in this process, with the extension loaded and the engine itself below it."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


class Shell:
    """Runs cells and tells what they show."""

    def __init__(self, inner, capsys):
        self.inner = inner
        self.names = inner.user_ns
        self._capsys = capsys

    def run(self, cell):
        """What a cell prints on stdout; its own and poppy's displays included."""
        self.result = self.inner.run_cell(cell, store_history=True)
        out, self.stderr = self._capsys.readouterr()
        return out

    def error(self, cell):
        """What is said about a cell that is refused; whatever it prints first."""
        out = self.run(cell)
        assert not self.result.success
        return self.stderr + out

    @property
    def magics(self):
        return self.inner.magics_manager.registry["PoppyMagics"]


@pytest.fixture
def configuration():
    """IPython's, to be changed before the shell is asked for."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    return config


@pytest.fixture
def shell(configuration, capsys, monkeypatch, tmp_path):
    """A shell in an empty directory."""
    monkeypatch.delenv("POPPY_NB_QUIET", raising=False)
    monkeypatch.delattr("builtins._", raising=False)
    monkeypatch.chdir(tmp_path)
    made = InteractiveShell.instance(config=configuration)
    made.extension_manager.load_extension("poppy_nb")
    yield Shell(made, capsys)
    made.extension_manager.unload_extension("poppy_nb")
    InteractiveShell.clear_instance()
