"""Settings and the messages for what they cannot be."""

import pytest

from poppy_nb.errors import SettingsError
from poppy_nb.settings import Settings, parse


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("limit", "8", 8), ("limit", "none", None), ("limit", " None ", None), ("window", "10_000", 10_000), ("strict", "on", True),
     ("strict", "false", False), ("threads", "none", None), ("thread_idle", "2.5", 2.5)],
)  # fmt: skip
def test_parse(name, text, value):
    assert parse(name, text) == value
    assert getattr(Settings().with_texts(**{name: text}), name) == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("limit", "many", "limit is a whole number from 1 or 'none', not 'many'"),
        ("limit", "0", "from 1"),
        ("limit", "-3", "from 1"),
        ("window", "none", "window is a whole number from 1, not 'none'"),
        ("strict", "perhaps", "strict is on or off"),
        ("thread_idle", "long", "number of seconds"),
        ("thread_idle", "nan", "number of seconds"),
        ("limits", "3", "no setting 'limits'; did you mean 'limit'?"),
        ("xyz", "3", "there are limit, window"),
    ],
)
def test_what_cannot_be(name, text, message):
    with pytest.raises(SettingsError) as caught:
        Settings().with_texts(**{name: text})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": True}, {"window": None}, {"strict": 1}, {"thread_idle": -1}, {"threads": 1.5}]
)
def test_wrong_values(wrong):
    with pytest.raises(SettingsError):
        Settings(**wrong)


def test_the_pool_is_as_large_as_the_limit():
    assert Settings().pool_size == 64
    assert Settings(limit=None).pool_size is None
    assert Settings(threads=3).pool_size == 3
