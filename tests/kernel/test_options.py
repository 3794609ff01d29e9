"""The options of `%%poppy`, apart from any shell."""

import pytest

from poppy_nb.magics.options import OptionError, Options, help_text, parse
from poppy_nb.settings import Settings


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Options()),
        ("   ", Options()),
        ("# a comment", Options()),
        ("--limit 8", Options(Settings(limit=8))),
        ("--limit=8", Options(Settings(limit=8))),
        ("--limit none", Options(Settings(limit=None))),
        ("--limit None --strict", Options(Settings(limit=None, strict=True))),
        ("--quiet --sequential", Options(Settings(quiet=True), sequential=True)),
        ("--view timeline --out r", Options(Settings(view="timeline"), out="r")),
        ("--view=none --explain", Options(Settings(view="none"), explain=True)),
        ("--plan --view graph", Options(Settings(view="graph"), plan=True)),
    ],
)
def test_understood(line, expected):
    """What stands on the line is what is meant."""
    assert expected == parse(line)


def test_defaults():
    """What does not stand there is as configured."""
    configured = Settings(limit=3, strict=True, view="graph", quiet=True)
    assert Options(configured) == parse("", configured)
    assert Options(Settings(limit=None, strict=True, view="none", quiet=True)) == parse("--limit none --view none", configured)
    assert configured == parse("--sequential", configured).settings


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--help", "%poppy? shows the help"),
        ("--limit", "argument --limit: expected one argument"),
        ("--limit 0", "argument --limit: limit is a whole number from 1 or 'none', not '0'"),
        ("--limit -3", "argument --limit"),
        ("--limit many", "not 'many'"),
        ("--limit 2.5", "not '2.5'"),
        ("--lim 3", "unknown option --lim; did you mean '--limit'?"),
        ("--sequental", "unknown option --sequental; did you mean '--sequential'?"),
        ("--verbose", "unknown option --verbose"),
        ("-q", "unknown option -q"),
        ("--strict=yes", "argument --strict: ignored explicit argument 'yes'"),
        ("x = 1", "unexpected 'x': the code of the cell begins on the next line"),
        ("status", "'status' is a subcommand: write %poppy status, with one %, on a line of its own"),
        ("--limit '3", "cannot read the options"),
        ("--view grapf", "view is one of graph, timeline, text, none, not 'grapf'; did you mean 'graph'?"),
        ("--out 3", "the name of a variable is needed, not '3'"),
        ("--out class", "the name of a variable is needed, not 'class'"),
        ("--sequential --strict", "--sequential runs plain Python: --strict means nothing there"),
        ("--sequential --limit none --plan", "--limit and --plan mean nothing there"),
        ("--sequential --view text --out r --explain", "--explain, --view and --out mean nothing there"),
        ("--plan --out r", "--plan runs nothing: --out means nothing there"),
    ],
)
def test_refused(line, said):
    """The message names the option and shows the usage."""
    with pytest.raises(OptionError) as raised:
        parse(line)
    assert said in str(raised.value)
    usage = "usage: %%poppy [--limit N] [--strict] [--sequential] [--plan] [--explain] [--view graph|timeline|text|none]"
    assert f"{usage} [--out NAME] [--quiet]" in str(raised.value)


def test_help_names_everything():
    """Each option and subcommand, the defaults and examples."""
    text = help_text()
    for word in (
        "--limit N --strict --sequential --plan --explain --view --out NAME --quiet on off status config last explain externals code"
    ).split():
        assert word in text
    for word in ("%%poppy [--limit N]", "%poppy on|off|status", "default: 64", "examples:", "POPPY_NB_QUIET", "pyproject.toml"):
        assert word in text
