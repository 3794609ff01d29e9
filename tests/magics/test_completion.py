"""What the Tab key offers."""

import warnings

import pytest

from poppy_nb.magics import completion
from poppy_nb.magics.options import NAMES
from poppy_nb.magics.subcommands import NAMES as SUBCOMMANDS


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("%poppy ", SUBCOMMANDS),
        ("%poppy st", ("status",)),
        ("%poppy ex", ("explain", "externals")),
        ("%poppy config th", ("threads=", "thread_idle=")),
        ("%poppy config view=", ("graph", "timeline", "text", "none")),
        ("%poppy config strict=o", ("on", "off")),
        ("%poppy status ", ()),
        ("%%poppy ", NAMES),
        ("%%poppy --s", ("--strict", "--sequential")),
        ("%%poppy --strict --s", ("--sequential",)),
        ("%%poppy --view ", ("graph", "timeline", "text", "none")),
        ("%%poppy --view=t", ("timeline", "text")),
        ("%%poppy --limit n", ("none",)),
    ],
)
def test_offered(shell, typed, offered):
    """By IPython's completer, as a front end asks it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)  # of IPython's older interface, which all versions have
        _, found = shell.inner.Completer.complete(line_buffer=typed, cursor_pos=len(typed))
    if offered:
        assert sorted(offered) == sorted(found)
    else:
        assert not set(found) & set(SUBCOMMANDS)


def test_nothing_typed():
    assert [] == completion.completions("")


def test_unloaded(shell):
    """Nothing is left of it."""
    shell.run("%unload_ext poppy_nb")
    try:
        assert {"%poppy", "%%poppy"}.isdisjoint(shell.inner.strdispatchers["complete_command"].strs)
    finally:
        shell.run("%load_ext poppy_nb")
