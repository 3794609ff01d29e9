"""Known clients, used in the ways that programs use them: calls that do not depend on each other are under way together."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

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
