"""Small applications as people write them around the clients of models: the same as in plain Python, and as fast as by hand.

The programs are in `programs/`: ordinary sequential Python, run as the text of a cell. Each is run plainly and on the virtual clock,
where a request takes one unit of time, so that its time is the number of rounds of requests: `IDEAL` is how many the best
hand-written asyncio needs. Some are also run on the real clock beside the hand-written form, in `by_hand.py`.
"""

import asyncio
import io
import linecache
import re
import sys
import time
from pathlib import Path

import pytest

from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session
from tests.applications import by_hand
from tests.equivalence.leaks import leaks


pytest.importorskip("openai", reason="needs openai and anthropic (the extra `test`)")
pytest.importorskip("anthropic", reason="needs anthropic (the extra `test`)")
pytest.importorskip("pandas", reason="needs pandas (the extra `test`)")

pytestmark = pytest.mark.usefixtures("nothing_of_others")

PROGRAMS = Path(__file__).with_name("programs")
IDEAL = {
    "agents": 8,  # the longest conversation
    "backoff": 3,  # attempts of the item that fails most; the waits fall between the rounds of others
    "consistency": 2,
    "debate": 6,  # opening, three rounds, the last judgement, the verdict
    "evaluation": 3,  # each prompt, since a column is set in between; the explanations
    "extraction": 4,
    "retrieval": 4,  # rewriting beside the index, embedding of the query, reranking, the answer
    "summary": 5,  # the pieces, three levels of summaries of six, the title
    "tree_of_thoughts": 6,  # two for each of three levels
}
SLOWER = {
    "consistency": "counting by a key that is not known yet claims more than it touches",
}
NAMES = sorted(path.stem for path in PROGRAMS.glob("*.py"))


class Ran:
    """One run of a program: what it printed, its names, how many requests it made."""

    def __init__(self, name, server, run):
        source = (PROGRAMS / f"{name}.py").read_text()
        filename = f"<{name}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        self.names = {"__name__": "__main__"}
        before, raw, stdout = dict(server.counts.by_path), io.BytesIO(), sys.stdout
        sys.stdout = stream = io.TextIOWrapper(raw, "utf-8", write_through=True)
        began = time.perf_counter()
        try:
            run(source, filename, self.names)
        finally:
            sys.stdout = stdout
            self.time = time.perf_counter() - began
        self.output = raw.getvalue().decode()
        stream.detach()
        self.names["client"].close()
        self.requests = {path: count - before.get(path, 0) for path, count in server.counts.by_path.items()}

    @property
    def values(self):
        """The data among the names, as text."""
        found = {name: value for name, value in self.names.items() if name[0] != "_" and name not in _TIMES and type(value) in _KINDS}
        return {name: re.sub(" at 0x[0-9a-f]+", "", repr(value)) for name, value in found.items()}


_KINDS = (str, int, float, bool, list, dict, tuple, set)
_TIMES = ("began", "seconds")


def plainly(source, filename, names):
    exec(compile(source, filename, "exec"), names)


@pytest.mark.parametrize("name", NAMES)
def test_meaning_and_rounds(server, name):
    """The same output, values and requests as plainly; as many rounds of requests as the data needs."""
    drivers = []

    def virtually(source, filename, names):
        drivers.append(VirtualDriver(latency=lambda op: 1.0))
        asyncio.run(Session(names, driver=drivers[0], check=True).run(source, filename))

    expected, actual = Ran(name, server, plainly), Ran(name, server, virtually)
    assert expected.output == actual.output
    assert expected.values == actual.values
    assert expected.requests == actual.requests
    assert [] == leaks(actual.names)
    if name not in SLOWER:
        assert IDEAL[name] <= drivers[0].time < IDEAL[name] + 0.5  # sleeps of `backoff`


@pytest.mark.parametrize("name", sorted(set(by_hand.PROGRAMS) - set(SLOWER)))
def test_beside_hand_written(server, name):
    """On the real clock, not much slower than asyncio by hand; the best of three, since machines have other things to do."""

    def under_poppy(source, filename, names):
        asyncio.run(Session(names).run(source, filename))

    server.latency = 0.3
    try:
        ratios = []
        for _ in range(3):
            ran = Ran(name, server, under_poppy)
            began = time.perf_counter()
            result = asyncio.run(by_hand.run(name, ran.names))
            ratios.append(ran.time / (time.perf_counter() - began))
            assert result == by_hand.RESULTS[name](ran.names)
            if ratios[-1] < 1.3:
                break
    finally:
        server.latency = 0.0
    assert min(ratios) < 1.5, ratios
