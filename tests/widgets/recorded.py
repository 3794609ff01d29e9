"""Runs that were recorded on the virtual clock."""

import asyncio
import linecache
from itertools import count

from poppy_nb.events import EventStream
from poppy_nb.externals import external
from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session
from poppy_nb.widgets import Recording


_numbers = count(1)


@external
def ask(x, *more):
    return f"a({x})"


@external
def check(x):
    return True


@external(writes="db")
def save(x):
    return x


@external
def bad(x):
    raise ValueError(x)


@external
def flaky(x):
    if not x:
        raise ValueError(x)
    return x


def recorded(source, *, values=True, subscriber=None, most=20_000, latency=1.0, **options):
    """The run of a cell."""
    name = f"<shown {next(_numbers)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    stream = EventStream()
    recording = Recording(stream, values=values, most=most)
    if subscriber is not None:
        stream.subscribe(lambda event: subscriber(recording, event))
    names = {"__name__": "__main__", "ask": ask, "check": check, "save": save, "bad": bad, "flaky": flaky}
    session = Session(names, driver=VirtualDriver(latency))
    error = None
    try:
        asyncio.run(session.run(source, name, events=stream, **options))
    except Exception as raised:
        error = raised
    assert [] == stream.errors
    return recording.finish(error)


CELL = """\
def summarise(doc):
    r = ask(doc)
    return r.upper()
summaries = []
for doc in ["a", "b", "c"]:
    s = summarise(doc)
    if "B" in s:
        continue
    summaries.append(s)
report = summarise("\\n".join(summaries))
ok = check(report)
if ok:
    final = ask(report, 1)
import os
os.getloadavg()
for k in range(3):
    save(k)
try:
    bad(1)
except ValueError:
    pass
"""
