"""Known clients, used in the ways that programs use them: calls that do not depend on each other are under way together."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from poppy_nb.server import Server
from poppy_nb.session import Session


openai = pytest.importorskip("openai")
anthropic = pytest.importorskip("anthropic")

PROGRAMS = {
    "in the cell": """
        out = []
        for d in docs:
            r = client.chat.completions.create(model="m", messages=[{"role": "user", "content": d}])
            out.append(r.choices[0].message.content)
    """,
    "behind a branch on an answer": """
        out = []
        for d in docs:
            r = client.chat.completions.create(model="m", messages=[{"role": "user", "content": d}])
            t = r.choices[0].message.content
            if "no such text" not in t:
                r = client.chat.completions.create(model="m", messages=[{"role": "user", "content": t}])
                out.append(r.choices[0].message.content)
    """,
    "a function, and a continue": """
        def ask(p):
            return client.chat.completions.create(model="m", messages=[{"role": "user", "content": p}]).choices[0].message.content
        out = []
        for d in docs:
            t = ask(d)
            if "no such text" in t:
                continue
            out.append(ask(t))
    """,
    "kept by objects": """
        class Agent:
            def __init__(self, client):
                self.client, self.history = client, []
            def ask(self, p):
                self.history.append({"role": "user", "content": p})
                r = self.client.chat.completions.create(model="m", messages=self.history)
                self.history.append({"role": "assistant", "content": r.choices[0].message.content})
                return self.history[-1]["content"]
        agents = [Agent(client) for _ in docs]
        out = []
        for agent, d in zip(agents, docs):
            t = agent.ask(d)
            if t:
                out.append(agent.ask(t))
    """,
    "a resource with a name": """
        chat = client.chat.completions
        out = [chat.create(model="m", messages=[{"role": "user", "content": d}]).choices[0].message.content for d in docs]
    """,
    "another library": """
        out = []
        for d in docs:
            m = other.messages.create(model="m", max_tokens=10, messages=[{"role": "user", "content": d}])
            if m.content:
                m = other.messages.create(model="m", max_tokens=10, messages=[{"role": "user", "content": m.content[0].text}])
            out.append(m.content[0].text)
    """,
    "a client made at every call": """
        def ask(d):
            for k in range(2):
                c = openai.OpenAI(base_url=url + "/v1", api_key="local", max_retries=0)
                t = c.chat.completions.create(model="m", messages=[{"role": "user", "content": d}]).choices[0].message.content
                c.close()
                if "no such text" not in t:
                    return t
        out = [ask(d) for d in docs]
    """,
    "a client with other options": """
        out = []
        for d in docs:
            r = client.with_options(timeout=20).chat.completions.create(model="m", messages=[{"role": "user", "content": d}])
            if r.choices[0].message.content:
                r = client.copy(timeout=30).responses.create(model="m", input=r.choices[0].message.content)
                out.append(r.output_text)
    """,
    "options handed on by a function": """
        used = {"calls": 0}
        def ask(p, system=None, **kw):
            messages = [{"role": "system", "content": system}] if system else []
            messages.append({"role": "user", "content": p})
            r = client.chat.completions.create(model="m", messages=messages, **kw)
            used["calls"] += 1
            return r.choices[0].message.content
        def refine(d, n=3):
            draft = ask(d, temperature=0.5)
            for i in range(n):
                critique = ask(draft, "a critic", temperature=0, max_tokens=10)
                if "no such text" in critique.lower():
                    break
                draft = ask(draft[:20] + critique[:20])
            return draft
        out = [refine(d) for d in docs] + [used]
    """,
    "options of the notebook": """
        options = {"model": "m", "temperature": 0.2}
        out = []
        for d in docs:
            t = client.chat.completions.create(messages=[{"role": "user", "content": d}], **options).choices[0].message.content
            if "no such text" not in t:
                given = dict(options, messages=[{"role": "user", "content": t}])
                out.append(client.chat.completions.create(**given, user="u").choices[0].message.content)
    """,
    "options put together": """
        options = {"model": "m"}
        out = []
        for d in docs:
            t = client.responses.create(input=d, **options).output_text
            if t:
                given = {**options, "input": t}
                if len(t) % 2:
                    given["temperature"] = 0.5
                t = client.responses.create(**given).output_text
            out.append(t)
    """,
    "options of an object": """
        class Model:
            def __init__(self, **options):
                self.options = options
            def ask(self, d, **more):
                return client.responses.create(input=d, **self.options, **more).output_text
        model = Model(model="m", temperature=0.1)
        out = []
        for d in docs:
            t = model.ask(d)
            if "no such text" not in t:
                t = model.ask(t, user="u")
            out.append(t)
    """,
    "answers as models": """
        import pydantic
        class Fact(pydantic.BaseModel):
            answer: str
            score: int = 0
        out = []
        for d in docs:
            r = client.chat.completions.parse(model="m", messages=[{"role": "user", "content": d}], response_format=Fact)
            fact = r.choices[0].message.parsed
            if fact.score < 1000:
                r = client.responses.create(model="m", input=fact.answer)
                out.append((fact.answer, fact.score, r.output_text, type(fact).__name__))
        out.append(None)
        try:
            client.responses.parse(model="m", input="a", text_format=Fact)
        except pydantic.ValidationError as e:
            out.append(e.title)
    """,
    "the client of the module": """
        openai.base_url, openai.api_key, openai.max_retries = url + "/v1/", "local", 0
        out = []
        for d in docs:
            r = openai.chat.completions.create(model="m", messages=[{"role": "user", "content": d}])
            if r.choices[0].message.content:
                out.append(openai.responses.create(model="m", input=d).output_text)
        out += [openai.chat.completions.create(model="m", messages=[{"role": "user", "content": t}]).model for t in out]
        openai._reset_client()
        openai.base_url = openai.api_key = None
    """,
    "a client in a with": """
        out = []
        for d in docs:
            with openai.OpenAI(base_url=url + "/v1", api_key="local", max_retries=0) as c:
                t = c.chat.completions.create(model="m", messages=[{"role": "user", "content": d}]).choices[0].message.content
                if "a" in t:
                    out.append(c.responses.create(model="m", input=t).output_text)
            out.append(t)
            with anthropic.Anthropic(base_url=url, api_key="local", max_retries=0) as o:
                m = o.messages.create(model="m", max_tokens=10, messages=[{"role": "user", "content": d}])
            out.append(m.content[0].text)
    """,
    "a client that is closed": """
        out = []
        with openai.OpenAI(base_url=url + "/v1", api_key="local", max_retries=0) as c:
            for d in docs:
                out.append(c.responses.create(model="m", input=d).output_text)
        try:
            out.append(c.responses.create(model="m", input="too late").output_text)
        except Exception as e:
            out.append(type(e).__name__)
        if "a" in out[0]:
            try:
                out.append(c.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}]).id)
            except Exception as e:
                out.append(type(e).__name__)
    """,
    "clients that objects make": """
        class Bot:
            def __init__(self, name):
                self.name, self.client = name, openai.OpenAI(base_url=url + "/v1", api_key="local", max_retries=0)
            def ask(self, d):
                return self.client.responses.create(model="m", input=self.name + d).output_text
        out = []
        for bot in [Bot(name) for name in "xy"]:
            for d in docs:
                t = bot.ask(d)
                if "a" in t:
                    t = bot.ask(t)
                out.append(t)
            bot.client.close()
    """,
    "options in a dict, one of which says that it is no stream": """
        def complete(p, stream=False, tools=None, **more):
            given = {"model": "m", "messages": [{"role": "user", "content": p}], "stream": stream, "stop": tools or None, **more}
            if tools:
                given["user"] = "x"
            given.setdefault("temperature", 0)
            given.update({"top_p": 1}, seed=1)
            return client.chat.completions.create(**given)
        out = []
        for d in docs:
            t = complete(d, temperature=0).choices[0].message.content
            if "no such text" not in t:
                out.append(complete(t, tools=["x"]).choices[0].message.content)
    """,
    "options handed on by a decorator": """
        def logged(function):
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner
        @logged
        def create(**options):
            return client.chat.completions.create(**options)
        out = []
        for d in docs:
            options = dict(model="m", stream=False)
            t = create(messages=[{"role": "user", "content": d}], **options).choices[0].message.content
            if "no such text" not in t:
                out.append(create(messages=[{"role": "user", "content": t}], **options).choices[0].message.content)
    """,
    "tried again by backoff, and what it took added up": """
        import backoff
        tokens = 0
        @backoff.on_exception(backoff.expo, openai.OpenAIError)
        def create(**options):
            return client.chat.completions.create(**options)
        def ask(p):
            global tokens
            r = create(model="m", messages=[{"role": "user", "content": p}])
            tokens += r.usage.total_tokens
            return [choice.message.content for choice in r.choices]
        out = []
        for d in docs:
            for t in ask(d):
                if "no such text" not in t:
                    out += ask(t)
        out.append(tokens)
    """,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(latency=0.05) as started:
        yield started


def names(server: Server) -> dict[str, Any]:
    """What a notebook would have defined before."""
    return {
        "__name__": "__main__",
        "docs": ["a", "b", "c", "d"],
        "openai": openai,
        "anthropic": anthropic,
        "url": server.url,
        "client": openai.OpenAI(base_url=server.url + "/v1", api_key="local", max_retries=0),
        "other": anthropic.Anthropic(base_url=server.url, api_key="local", max_retries=0),
    }


@pytest.mark.engine
@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_calls_overlap(server: Server, source: str) -> None:
    """All first calls are in flight at once, and the answers are those of plain Python."""
    source = textwrap.dedent(source)
    under, plain = names(server), names(server)
    report = asyncio.run(Session(under).run(source, "<cell>")).report
    exec(source, plain)
    assert plain["out"] == under["out"]
    assert report.most_at_once >= 4
    for made in (under, plain):
        made["client"].close()
        made["other"].close()


STREAMS = {
    "handed on": "def ask(p, **kw):\n    return client.chat.completions.create(model='m', messages=[{'role': 'user', 'content': p}], **kw)",
    "an option that is added": "def ask(p, **kw):\n    given = {'model': 'm', **kw}\n    given['messages'] = [{'role': 'user', 'content': p}]\n"
    "    return client.chat.completions.create(**given)",
    "an option put in before": "options = {'model': 'm'}\ndef ask(p, **kw):\n    options.update(kw)\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **options)",
    "in a dict of options": "def ask(p, stream):\n    given = {'model': 'm', 'stream': stream}\n"
    "    given['messages'] = [{'role': 'user', 'content': p}]\n    return client.chat.completions.create(**given)",
    "set in a dict that said no": "def ask(p, stream):\n    given = {'model': 'm', 'stream': False}\n    given['stream'] = stream\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "put over it": "def ask(p, stream):\n    given = {'model': 'm', 'stream': False}\n    given |= {'stream': stream}\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "by default": "def ask(p, stream):\n    given = dict(model='m')\n    given.setdefault('stream', stream)\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "in a dict of two": "def ask(p, **kw):\n    given = dict({'model': 'm', 'stream': False}, **kw)\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **{**given, 'n': 1})",
    "put in by update": "def ask(p, stream):\n    given = {'model': 'm', 'stream': False}\n    given.update(stream=stream)\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "put in by the update of a dict": "def ask(p, **kw):\n    given = {'model': 'm'}\n    given.update(dict(kw, n=1))\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "in pairs": "def ask(p, **kw):\n    given = {'model': 'm', 'stream': False}\n    given.update(list(kw.items()))\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given)",
    "in a list of dicts": "def ask(p, stream):\n    given = [{'model': 'm', 'stream': False}]\n    given[0].update(stream=stream)\n"
    "    return client.chat.completions.create(messages=[{'role': 'user', 'content': p}], **given[0])",
    "by a name that is computed": "def ask(p, stream):\n    return client.chat.completions.create(**{'model': 'm', 'messages': [{'role': 'user', "
    "'content': p}], 'str' + 'eam': stream})",
}


class _Gate(httpx.HTTPTransport):
    """Holds the first question back until the others are answered, and notes for which questions a stream is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Semaphore(0)
        self.streams: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        if asked.get("stream"):
            self.streams.append(asked["messages"][0]["content"])
        elif asked["input"] == "a":
            for _ in range(3):
                self.answered.acquire(timeout=5)
        response = super().handle_request(request)
        response.read()
        self.answered.release()
        return response


@pytest.mark.engine
@pytest.mark.parametrize("function", STREAMS.values(), ids=STREAMS)
def test_streams_stay_in_order(server: Server, function: str) -> None:
    """However a stream is asked for, it is asked for where plain Python would, though what decides about it is known late."""
    source = function + textwrap.dedent("""
        for d in docs:
            if "no such text" not in client.responses.create(model="m", input=d).output_text:
                ask(d, stream=True)
    """)
    gate = _Gate()
    client = openai.OpenAI(base_url=server.url + "/v1", api_key="local", max_retries=0, http_client=httpx.Client(transport=gate))
    asyncio.run(Session(names(server) | {"client": client}, check=True).run(source, "<cell>"))
    assert ["a", "b", "c", "d"] == gate.streams
    client.close()


@pytest.mark.engine
def test_a_client_that_has_not_been_used(server: Server) -> None:
    """The library imports the modules of its calls when they are first used: they are external calls all the same."""
    program = f"""
        import asyncio, openai
        from poppy_nb.session import Session
        client = openai.OpenAI(base_url={server.url + "/v1"!r}, api_key="local", max_retries=0)
        names = {{"__name__": "__main__", "client": client, "docs": list("abcd")}}
        report = asyncio.run(Session(names).run({textwrap.dedent(PROGRAMS["in the cell"])!r}, "<cell>")).report
        print(report.most_at_once)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=120)
    assert "4" == done.stdout.strip(), done.stderr
