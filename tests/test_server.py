"""The local server, through the clients that people use and as bytes."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from poppy_nb.server import Server


openai = pytest.importorskip("openai")

DOC = "Solar panels now supply a fifth of the power. More will follow."


@pytest.fixture(scope="module")
def server():
    with Server(latency=0.0) as started:
        yield started


@pytest.fixture(scope="module")
def client(server):
    with openai.OpenAI(base_url=server.url + "/v1", api_key="local", max_retries=0) as made:
        yield made


def ask(client, text, **options):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": text}], **options)


def test_chat(client):
    """An answer made from the request, the same every time."""
    first, second = ask(client, DOC), ask(client, DOC)
    assert "In short: Solar panels now supply a fifth of the power." == first.choices[0].message.content
    assert first == second
    assert first.id != ask(client, "Other text").id
    assert first.usage.total_tokens == first.usage.prompt_tokens + first.usage.completion_tokens


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("Win the lottery! Unsubscribe here.", "Irrelevant."),
        ("First point here is this one.\nSecond point.", "2 points: First point here is; Second point."),
        ("", "Nothing to summarise."),
        ("Is this an advertisement? Answer yes or no.", "no"),
    ],
)
def test_answers(client, prompt, reply):
    """Sensible enough to act on."""
    assert reply == ask(client, prompt).choices[0].message.content


def test_json_mode_and_scores(client):
    """Formats are followed."""
    found = json.loads(ask(client, DOC, response_format={"type": "json_object"}).choices[0].message.content)
    assert {"answer", "score", "relevant"} == set(found)
    assert 1 <= int(ask(client, "Rate this from 1 to 10: " + DOC).choices[0].message.content) <= 10


def test_chat_stream(client):
    """The pieces add up to the answer."""
    with ask(client, DOC, stream=True) as stream:
        pieces = [chunk.choices[0].delta.content or "" for chunk in stream]
    assert len(pieces) > 3
    assert ask(client, DOC).choices[0].message.content == "".join(pieces)


def test_responses(client):
    """Plain and streamed."""
    response = client.responses.create(model="gpt-4o-mini", input=DOC)
    assert response.output_text.startswith("In short: Solar")
    with client.responses.create(model="gpt-4o-mini", input=[{"role": "user", "content": DOC}], stream=True) as stream:
        events = list(stream)
    assert response.output_text == "".join(e.delta for e in events if e.type == "response.output_text.delta")
    assert response.output_text == events[-1].response.output_text


def test_embeddings(client):
    """Vectors of length one; what shares words is nearer. (The client asks for base64.)"""
    found = client.embeddings.create(
        model="text-embedding-3-small", input=["red apple", "red apples and an apple", "bank account"]
    )
    a, b, c = (item.embedding for item in found.data)
    assert 64 == len(a)
    assert abs(1 - sum(x * x for x in a)) < 1e-6
    assert sum(x * y for x, y in zip(a, b)) > sum(x * y for x, y in zip(a, c))
    plain = client.embeddings.create(model="m", input="red apple", encoding_format="float", dimensions=8)
    assert 8 == len(plain.data[0].embedding)


def test_models(client):
    """The list."""
    assert "gpt-4o-mini" in [model.id for model in client.models.list()]


def test_anthropic(server):
    """Messages, plain and streamed."""
    anthropic = pytest.importorskip("anthropic")
    question = {"model": "claude-sonnet", "max_tokens": 100, "messages": [{"role": "user", "content": DOC}]}
    with anthropic.Anthropic(base_url=server.url, api_key="local", max_retries=0) as client:
        text = client.messages.create(**question).content[0].text
        assert text.startswith("In short: Solar")
        with client.messages.stream(**question) as stream:
            assert text == "".join(stream.text_stream)


def test_async_client(server):
    """Many at once on one connection pool."""

    async def main():
        async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key="local") as client:
            return await asyncio.gather(*(ask(client, f"Text {n}") for n in range(20)))

    assert [f"In short: Text {n}." for n in range(20)] == [r.choices[0].message.content for r in asyncio.run(main())]


def test_latency_and_counts():
    """Requests overlap, each takes its time, and the server knows how many there were at once."""
    with Server(latency=0.2) as server, openai.OpenAI(base_url=server.url + "/v1", api_key="local") as client:
        begin = time.perf_counter()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: ask(client, f"Text {n}"), range(8)))
        assert time.perf_counter() - begin >= 0.2
        assert 8 == server.counts.requests == server.counts.most_at_once
        assert 0 == server.counts.running
        assert {"/v1/chat/completions": 8} == server.counts.by_path
        begin = time.perf_counter()
        ask(client, "quick", extra_headers={"x-latency": "0"})
        assert time.perf_counter() - begin < 0.2


def test_jitter_is_decided_by_the_request():
    """The same request always takes the same time."""
    from poppy_nb.server.http import _Request

    server = Server(latency=1.0, jitter=0.5)
    times = [server._latency_of(_Request("POST", "/", {}, f"{n}".encode())) for n in range(50)]
    assert times == [server._latency_of(_Request("POST", "/", {}, f"{n}".encode())) for n in range(50)]
    assert 0.5 <= min(times) < 0.7
    assert 1.3 < max(times) <= 1.5


def test_settings_of_the_environment(monkeypatch):
    """Used where the caller says nothing."""
    monkeypatch.setenv("POPPY_NB_SERVER_LATENCY", "1.5")
    assert (1.5, 0.1) == (Server().latency, Server(latency=0.1).latency)
    monkeypatch.setenv("POPPY_NB_SERVER_LATENCY", "soon")
    with pytest.raises(ValueError, match="POPPY_NB_SERVER_LATENCY must be a number"):
        Server()


def test_errors(client):
    """Clients raise what they raise against the real thing."""
    with pytest.raises(openai.RateLimitError):
        ask(client, DOC, extra_headers={"x-status": "429"})
    with pytest.raises(openai.BadRequestError, match="at least one message"):
        client.chat.completions.create(model="m", messages=[])
    with pytest.raises(openai.NotFoundError):
        client.files.list()


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"\xff\xfe", b'{"messages": "x"}', b'{"messages": [{"content": 3}]}', b'{"messages": [3]}']
)
def test_bad_bodies(server, body):
    """Status 400, and the server lives."""
    request = urllib.request.Request(server.url + "/v1/chat/completions", body)
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request)
    with raised.value as response:
        assert 400 == response.status
        assert "error" in json.load(response)


@pytest.mark.parametrize(
    "sent", [b"", b"\r\n\r\n", b"HELLO\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"GET", b"a" * 200_000]
)
def test_bad_bytes(server, client, sent):
    """Anything may come in on a port."""
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=10) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1000)
        except OSError:  # hung up on us
            pass
    assert ask(client, DOC).choices


def test_port_in_use(server):
    """Said at the start."""
    with pytest.raises(OSError, match="address already in use|in use"):
        Server(port=int(server.url.rsplit(":", 1)[1])).start()


def test_environment(server):
    """Enough for clients without arguments; a proxy is not asked."""
    environment = server.environment()
    assert server.url + "/v1" == environment["OPENAI_BASE_URL"]
    assert "127.0.0.1" in environment["NO_PROXY"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_command_line():
    """It prints what to export, serves, and stops at Ctrl-C."""
    command = [sys.executable, "-m", "poppy_nb.server", "--port", "0", "--latency", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        line = process.stdout.readline()
        assert line.startswith("export OPENAI_BASE_URL=http://127.0.0.1:")
        with urllib.request.urlopen(line.split("=", 1)[1].strip() + "/models") as response:
            assert 200 == response.status
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(10)
