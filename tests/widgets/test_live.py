"""What a page is told while a run goes on, and what it may ask for."""

import asyncio
import json
import re
import time
from pathlib import Path

import pytest

from poppy_nb.events import Event, EventStream
from poppy_nb.widgets import Recording, assets, view
from poppy_nb.widgets.live import STATES, Feed, asked
from tests.widgets.recorded import CELL, recorded


class Page:
    """Keeps what a page would know."""

    def __init__(self):
        self.rows = {}
        self.graph = None
        self.messages = 0
        self.layouts = 0

    def take(self, message):
        message = json.loads(json.dumps(message))
        self.messages += 1
        self.last = message
        if message.get("graph"):
            self.graph = message["graph"]
            self.layouts += 1
        for row in message["calls"]:
            self.rows[row[0]] = row

    def states(self):
        return [STATES[row[2]] for _, row in sorted(self.rows.items())]


def watched(source, **options):
    """A page that was told after every event."""
    page = Page()
    feeds = []
    seen = []

    def tell(recording, event):
        if not feeds:
            feeds.append(Feed(recording, page.take))
        delta = feeds[0].delta()
        if delta is not None:
            page.take(delta)
        seen.append(page.states())

    run = recorded(source, subscriber=tell, **options)
    delta = feeds[0].delta()
    page.take(delta)
    return run, page, seen, feeds[0]


def test_states_while_it_runs():
    """Planned, running, done, one after the other."""
    _, _, seen, _ = watched("a = ask(1)\nb = ask(a)")
    for expected in (["running"], ["running", "planned"], ["done", "running"], ["done", "done"]):
        assert expected in seen


def test_in_the_end_a_page_knows_what_the_run_knows():
    """Told bit by bit or at once."""
    run, page, _, feed = watched(CELL)
    other = Page()
    other.take(feed.snapshot())
    assert other.rows == page.rows
    assert {call.number: call.state for call in run.calls} == {number: STATES[row[2]] for number, row in page.rows.items()}
    assert [call.number for call in run.critical_path] == page.last["critical"]
    assert {stack["id"] for stack in page.graph["stacks"]} == set(run.graph.stacks)


def test_states_lay_out_nothing():
    """The graph is told when it has grown, not when a state has changed."""
    _, page, _, _ = watched("for k in range(50):\n    ask(k)", limit=5)
    assert page.messages > 50
    assert 1 == page.layouts


def test_parts_stand_in_program_order():
    """Also if a later line is planned first."""
    _, page, _, _ = watched("ok = check(1)\nif ok:\n    ask(2)\nask(3)")
    assert [1, 4, 3] == [stack["line"] for stack in page.graph["stacks"]]
    assert [["/check:1.5", "/ask:4.0"], ["/ask:3.4"]] == page.graph["groups"][0]["rows"]


def test_a_tick_is_not_sooner_than_its_cost_allows():
    """At most ten a second."""
    sent = []
    recording = Recording(EventStream())
    feed = Feed(recording, sent.append)
    recording.finished = True
    for now in (0.0, 0.01, 0.05, 0.11, 0.12, 0.25):
        feed.tick(now)
    assert 3 == len(sent)
    assert feed.tick(0.3) == pytest.approx(0.05)


def test_what_happened_last_is_told():
    """Also if a tick took so long that the next one is due only after the last event."""
    told = asyncio.Event()
    stream = EventStream()
    recording = Recording(stream)
    feed = view(recording, "graph")._widget._feed

    def send(message):
        if message["calls"][0][2] == STATES.index("done"):
            told.set()

    feed._send = send

    async def run():
        for kind in ("planned", "dispatched"):
            stream.emit(Event(kind, 1, "ask", external=True, position=(1,)))
        feed._next = time.perf_counter() + 0.4
        stream.emit(Event("done", 1, "ask", external=True))
        await asyncio.wait_for(told.wait(), 60)

    asyncio.run(run())
    assert told.is_set()


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"type": "hello"}, ("hello", None)),
        ({"type": "stop", "call": 3}, ("stop", 3)),
        ({"type": "stop", "call": None}, ("stop", None)),
        ({"type": "stop", "call": True}, None),
        ({"type": "stop", "call": "3"}, None),
        ({"type": "stop", "call": -1}, None),
        ({"type": "stop", "call": 1, "code": "x"}, None),
        ({"type": "eval"}, None),
        ({"type": ["stop"]}, None),
        ("stop", None),
        (None, None),
        ([], None),
    ],
)
def test_what_a_page_may_ask(message, expected):
    """Nothing else is done."""
    assert expected == asked(message)


def test_a_page_cancels():
    """The run by its button, a call by its number; nothing after the end."""
    cancelled, stopped = [], []
    stream = EventStream()
    recording = Recording(stream)
    shown = view(recording, "graph", cancel=lambda: cancelled.append(1))
    stream.stop = stopped.append
    widget = shown._widget
    for message in ({"type": "stop", "call": None}, {"type": "stop", "call": 7}, {"type": "stop", "call": "x"}):
        widget._asked(widget, message, [])
    recording.finish()
    shown.finish()
    widget._asked(widget, {"type": "stop", "call": None}, [])
    widget._asked(widget, {"type": "stop", "call": 8}, [])
    assert ([1], [7]) == (cancelled, stopped)


def test_output_has_all_forms():
    """Live where there are widgets, a picture and a table elsewhere."""
    run = recorded(CELL)
    bundle = view(run, "graph")._repr_mimebundle_()
    assert {"text/plain", "image/svg+xml", "application/vnd.jupyter.widget-view+json"} == bundle.keys()


def test_page_modules():
    """Each module is small and says what it is for; none makes markup out of text or runs text; imports are of those before it."""
    folder = Path(assets.__file__).parent / "static"
    assert {path.stem for path in folder.glob("*.js")} == set(assets.MODULES)
    for number, name in enumerate(assets.MODULES):
        text = (folder / f"{name}.js").read_text(encoding="utf-8")
        assert text.startswith("// ")
        assert len(text.splitlines()) <= 400
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\(\"style", text)
        assert set(re.findall(r'from "\./(\w+)\.js"', text)) <= set(assets.MODULES[:number])
    assert "import " not in assets.module()


def test_widget_lives_on_a_loop():
    """Without a loop, too."""
    run = recorded("ask(1)")
    asyncio.run(_shown(run))
    assert view(run, "timeline").run is run


async def _shown(run):
    view(run, "graph")
