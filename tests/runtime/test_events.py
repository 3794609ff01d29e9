"""The stream of events, and text that gives nothing away."""

import pytest

from poppy_nb.events import Event, EventStream, hide_secrets, shorten, shorten_call


class Hostile:
    def __getattribute__(self, name):
        raise AssertionError(name)

    def __repr__(self):
        raise AssertionError

    def __hash__(self):
        raise AssertionError


class Text(str):
    def __repr__(self):
        raise AssertionError

    def __getitem__(self, index):
        raise AssertionError


def test_subscribers_hear_everything_from_when_they_come_until_they_go():
    stream = EventStream(memory=2)
    heard: list[int] = []
    stream.emit(Event("planned", 0))
    leave = stream.subscribe(lambda event: heard.append(event.op))
    for number in (1, 2, 3):
        stream.emit(Event("planned", number))
    leave()
    stream.emit(Event("planned", 4))
    assert heard == [1, 2, 3]
    assert [event.op for event in stream] == [3, 4]
    assert (len(stream), stream.count, stream.forgotten) == (2, 5, 3)


def test_a_subscriber_that_fails_is_dropped():
    stream = EventStream()
    heard: list[int] = []

    def bad(event):
        raise ValueError(event.op)

    stream.subscribe(bad)
    stream.subscribe(lambda event: heard.append(event.op))
    stream.emit(Event("planned", 1))
    stream.emit(Event("planned", 2))
    assert heard == [1, 2]
    assert [str(error) for error in stream.errors] == ["1"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("short", "'short'"),
        ("x" * 100, "'" + "x" * 57 + "…'"),
        (12, "12"),
        (10**100, "int of 333 bits"),
        (1.5, "1.5"),
        (None, "None"),
        (b"abc", "bytes of 3"),
        ([1, "a", None, 4], "[1, 'a', None, …]"),
        ((1,), "(1,)"),
        ({"a": 1, "b": [1, [2, [3]]]}, "{'a': 1, 'b': [1, [2, …]]}"),
        ({1, 2}, "set of 2"),
        (Hostile, "Hostile"),
        (len, "len"),
        (test_subscribers_hear_everything_from_when_they_come_until_they_go.__class__, "function"),
    ],
)
def test_shorten(value, expected):
    assert shorten(value)[:60] == expected[:60]


def test_shorten_runs_no_code_of_the_users():
    for value in (Hostile(), [Hostile()], {"k": Hostile()}):
        assert "<Hostile>" in shorten(value)
    for value in (Text("x"), (Text("x"),), {"k": Text("a")}):
        assert "<Text>" in shorten(value)


SECRETS = [
    "sk-proj-abcdefGHIJKL0123456789",
    "sk-ant-api03-abcdefghijkl",
    "Bearer abcdefghijklmnop",
    "hf_abcdefghijklmnop",
    "ghp_0123456789abcdef",
    "AKIAABCDEFGHIJKLMNOP",
    "AIzaSyA0123456789abcdefghijklmnop",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
    "api_key=verysecret",
    "https://example.com/?sig=verysecretsignature",
    "https://example.com/?a=b&key=verysecretsignature",
    "password is verysecret",
    "password: hunter2222",
    "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_a_secret_is_hidden(secret):
    core = secret.split("=")[-1].split(": ")[-1].split(" ")[-1]
    for value in (secret, f"use {secret} here", [secret], {"x": {"y": secret}}, {secret: 1}):
        assert core[:12] not in shorten(value, 200)
    assert core not in hide_secrets(f"(it was {secret})")
    assert core[:12] not in shorten("x" * 30 + " " + secret, 45)
    assert core[:6] not in shorten_call("ask", (secret,), {"header": secret})


def test_a_pair_that_names_a_secret():
    """As in a list of headers."""
    assert "verysecret" not in shorten([("Authorization", "verysecret")], 200)
    assert "verysecret" not in shorten(("x-api-key", "verysecret"), 200)
    assert shorten(("author", "Dickens"), 200) == "('author', 'Dickens')"


def test_what_is_called_a_secret_is_hidden():
    for name in ("api_key", "apikey", "OPENAI_API_KEY", "token", "hf_token", "password", "Authorization", "client_secret",
                 "auth", "basic_auth", "pwd", "AccessKey", "session_id", "passphrase"):  # fmt: skip
        assert "abc" not in shorten({name: "abc"})
        assert "abc" not in shorten_call("f", (), {name: "abc"})
        assert "abc" not in shorten({"headers": {name: ["abc"]}})
    assert shorten({"max_tokens": 5, "role": "user"}) == "{'max_tokens': 5, 'role': 'user'}"


def test_ordinary_text_stays():
    for text in ("What is the capital of France?", "task-based", "risk-averse sketch", "a" * 32, "https://example.org/a/b"):
        assert hide_secrets(text) == text


def test_shorten_call():
    assert shorten_call("ask", ("hi", 1), {"model": "gpt"}) == "ask('hi', 1, model='gpt')"
    assert shorten_call("f", (1, 2, 3, 4)) == "f(1, 2, 3, …)"
    assert len(shorten_call("f", ("x" * 100,) * 3)) <= 80
