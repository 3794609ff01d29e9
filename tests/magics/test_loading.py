"""Where the extension cannot be loaded or unloaded, a sentence says so."""

import sys
import types

import IPython
import pytest
from IPython.core.error import UsageError

import poppy_nb
from poppy_nb.magics import versions


@pytest.mark.parametrize("place", [None, object()])
def test_no_shell(place):
    """A script, for one: `load_ipython_extension(get_ipython())` outside of IPython."""
    with pytest.raises(UsageError, match=r"no IPython shell .* @poppy_nb.parallel above a function"):
        poppy_nb.load_ipython_extension(place)


def test_old_ipython(monkeypatch, shell):
    monkeypatch.setattr(versions, "version_info", (7, 34, 0, ""))
    with pytest.raises(UsageError, match="poppy_nb needs IPython 8.18 or later, and this is 7.34: pip install --upgrade ipython"):
        poppy_nb.load_ipython_extension(shell.inner)


def test_old_ipykernel(monkeypatch, shell):
    old = types.ModuleType("ipykernel")
    old.__version__ = "5.5.6"
    monkeypatch.setitem(sys.modules, "ipykernel", old)
    text = shell.error("%reload_ext poppy_nb")
    assert "poppy_nb needs ipykernel 6.29 or later, and this is 5.5: pip install --upgrade ipykernel, then restart" in text
    monkeypatch.undo()
    shell.run("%load_ext poppy_nb")


def test_the_bounds_are_those_of_the_package():
    from pathlib import Path

    text = (Path(poppy_nb.__file__).parents[1] / "pyproject.toml").read_text()
    assert f'"ipython>={".".join(map(str, versions.IPYTHON))}"' in text
    assert f'"ipykernel>={".".join(map(str, versions.IPYKERNEL))}"' in text


def test_unloading_while_a_cell_runs(shell):
    """Refused; loading anew is not."""
    assert "this cell runs under %%poppy, so it cannot be unloaded here" in shell.error("%%poppy\n%unload_ext poppy_nb")
    shell.run("%%poppy\n%reload_ext poppy_nb\nx = 2")
    assert 2 == shell.names["x"]
    assert "poppy: no external calls" in shell.run("%%poppy\nx")


def test_unloading_leaves_nothing(shell):
    """Magics, transformers, hooks, configurables, callbacks."""

    def count():
        inner = shell.inner
        return (
            len(inner.input_transformers_post),
            len(inner.configurables),
            sum(len(callbacks) for callbacks in inner.events.callbacks.values()),
            [name for kind in inner.magics_manager.magics.values() for name in kind if "poppy" in name],
        )

    shell.run("%unload_ext poppy_nb")
    before = count()
    assert [] == before[3]
    for _ in range(3):
        shell.run("%load_ext poppy_nb\n%reload_ext poppy_nb")
        shell.run("%%poppy\n1")
        shell.run("%unload_ext poppy_nb")
    assert before == count()
    shell.run("%load_ext poppy_nb")


def test_help(shell):
    """`%poppy?` and `%%poppy?` show all options and subcommands, with examples; tools find a parser."""
    text = shell.inner.inspector.info(shell.magics.poppy)["docstring"]
    for question in ("%poppy?", "%%poppy?", "?%poppy"):
        assert "--limit N" in shell.run(question) + text
    assert "%%poppy --limit 8          at most eight calls at a time" in text
    assert shell.magics.poppy.has_arguments
    assert "--limit" in shell.magics.poppy.parser.format_help()
    assert "IPython" in IPython.__name__
