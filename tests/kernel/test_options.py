"""The options of `%%poppy`, apart from any shell."""

import pytest

from poppy_nb.magics.options import OptionError, Options, help_text, parse


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Options()),
        ("   ", Options()),
        ("# a comment", Options()),
        ("--limit 8", Options(limit=8)),
        ("--limit=8", Options(limit=8)),
        ("--limit none", Options(limit=None)),
        ("--limit None --strict", Options(limit=None, strict=True)),
        ("--quiet --sequential", Options(quiet=True, sequential=True)),
    ],
)
def test_understood(line, expected):
    """What stands on the line is what is meant."""
    assert expected == parse(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--limit", "argument --limit: expected one argument"),
        ("--limit 0", "argument --limit: limit is a whole number from 1 or 'none', not '0'"),
        ("--limit -3", "argument --limit"),
        ("--limit many", "not 'many'"),
        ("--limit 2.5", "not '2.5'"),
        ("--lim 3", "unknown option --lim"),
        ("--sequental", "unknown option --sequental; did you mean '--sequential'?"),
        ("--verbose", "unknown option --verbose"),
        ("-q", "unknown option -q"),
        ("--strict=yes", "argument --strict: ignored explicit argument 'yes'"),
        ("x = 1", "unexpected 'x': the code of the cell begins on the next line"),
        ("--limit '3", "cannot read the options"),
        ("--sequential --strict", "--sequential runs plain Python"),
    ],
)
def test_refused(line, said):
    """The message names the option and shows the usage."""
    with pytest.raises(OptionError) as raised:
        parse(line)
    assert said in str(raised.value)
    assert "usage: %%poppy [--limit N] [--strict] [--sequential] [--quiet]" in str(raised.value)


def test_help_names_every_option():
    """With the default and with examples."""
    text = help_text()
    for word in ("--limit N", "--strict", "--sequential", "--quiet", "default: 64", "examples:", "POPPY_NB_QUIET"):
        assert word in text
