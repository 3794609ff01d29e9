"""Defaults from pyproject.toml and from IPython's configuration."""

import sys
import warnings

import pytest

import poppy_nb
from poppy_nb.magics.configuration import read_project


def reload(shell):
    """Load anew, and what is warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        poppy_nb.load_ipython_extension(shell.inner)
    return [str(warning.message) for warning in caught]


def write(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)


def test_project(shell, tmp_path, monkeypatch):
    """The nearest file with the table, upwards; all of it applies."""
    write(tmp_path, '[tool.poppy_nb]\nlimit = 5\nstrict = true\nview = "graph"\nthread_idle = 2\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nlimit = 1\n")
    monkeypatch.chdir(below)
    assert [] == reload(shell)
    settings = shell.magics.settings
    assert (5, True, "graph", 2) == (settings.limit, settings.strict, settings.view, settings.thread_idle)


def test_limit_none(shell, tmp_path):
    """TOML has no None: the word stands for it."""
    write(tmp_path, '[tool.poppy_nb]\nlimit = "none"\n')
    reload(shell)
    assert None is shell.magics.settings.limit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lmit = 3", "[tool.poppy_nb] has no key 'lmit'; did you mean 'limit'?"),
        ("limit = 0", "[tool.poppy_nb] limit is a whole number from 1"),
        ("limit = 2.5", "[tool.poppy_nb] limit is a whole number from 1"),
        ("strict = 1", "[tool.poppy_nb] strict is True or False, not 1"),
        ("view = 'x'", "view is one of graph, timeline, text, none, not 'x'"),
        ("externals = 3", "externals is a list of paths"),
        ("externals = ['nowhere_at_all.f']", "there is no module 'nowhere_at_all'"),
        ("externals = ['json.decorder.x']", "did you mean 'decoder'?"),
        ("limit = ", "cannot be read"),
    ],
)
def test_what_makes_no_sense(shell, tmp_path, text, said):
    """Is said in a warning that names the file; the rest applies."""
    write(tmp_path, f"[tool.poppy_nb]\nwindow = 99\n{text}\n")
    (message,) = reload(shell)
    assert said in message
    assert str(tmp_path / "pyproject.toml") in message
    assert (10_000 if "cannot be read" in said else 99) == shell.magics.settings.window


def test_externals_of_the_project(shell, tmp_path, monkeypatch):
    """Declared by path; nothing is imported for it."""
    (tmp_path / "asked_of_project.py").write_text("def ask(x):\n    return x\ndef tell(x):\n    return x\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    write(tmp_path, '[tool.poppy_nb.externals]\n"asked_of_project.ask" = {limit = 2}\n"asked_of_project.tell" = {writes = "db"}\n')
    assert [] == reload(shell)
    assert "asked_of_project" not in sys.modules
    text = shell.run("%poppy externals")
    assert "asked_of_project.ask  (limit=2)  (not imported yet)\n" in text
    assert "asked_of_project.tell  (writes=('db',))  (not imported yet)\n" in text
    shell.run("from asked_of_project import ask")
    assert "poppy: 2 external calls\n" == shell.run("%%poppy\na = [ask(1), ask(2)]")


def test_nothing_to_read(tmp_path, monkeypatch):
    """No file, one that is no text, one without the table."""
    assert None is read_project(tmp_path)
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    assert None is read_project(tmp_path)
    write(tmp_path, "[tool.ruff]\n# poppy_nb\n")
    assert None is read_project(tmp_path)


class TestIPythonsConfiguration:
    """`c.PoppyMagics.limit = 7`."""

    @pytest.fixture
    def configuration(self, configuration):
        configuration.PoppyMagics.limit = 7
        configuration.PoppyMagics.view = "timeline"
        return configuration

    def test_is_read(self, shell):
        assert (7, "timeline") == (shell.magics.settings.limit, shell.magics.settings.view)
        assert "limit = 7  (default: 64)" in shell.run("%poppy config")

    def test_a_project_wins(self, shell, tmp_path):
        """It is nearer to the notebook than the user's profile."""
        write(tmp_path, "[tool.poppy_nb]\nlimit = 5\n")
        reload(shell)
        assert (5, "timeline") == (shell.magics.settings.limit, shell.magics.settings.view)

    def test_config_magic(self, shell):
        """`%config` knows the class, and refuses what cannot be."""
        shell.run("%config PoppyMagics.limit = 9")
        assert 9 == shell.magics.settings.limit
        assert "At most so many external calls at a time" in shell.run("%config PoppyMagics")
        shell.run("%config PoppyMagics.limit = 'many'")
        assert 9 == shell.magics.settings.limit


class TestAWrongConfiguration:
    """`c.PoppyMagics.limit = 0`."""

    def test_is_refused(self, shell):
        shell.run("%unload_ext poppy_nb")
        shell.inner.config.PoppyMagics.limit = 0
        try:
            text = shell.error("%load_ext poppy_nb")
            assert "limit is a whole number from 1, or None for no limit, not 0" in text
        finally:
            del shell.inner.config.PoppyMagics
            shell.run("%load_ext poppy_nb")
