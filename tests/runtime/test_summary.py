"""The report of a run, from events alone."""

from types import SimpleNamespace

import pytest

from poppy_nb.events import Event, EventStream
from poppy_nb.ir import Span
from poppy_nb.runtime.recorder import Recorder
from poppy_nb.runtime.summary import DATA, SLOT, RunReport, Summary


def call(number, start, end, *, needs=(), kind="done", detail=""):
    return [
        Event("dispatched", number, t=start, external=True, waits_for=tuple(needs)),
        Event(kind, number, t=end, external=True, detail=detail),
    ]


def report(*events, **options):
    stream = EventStream()
    summary = Summary(stream)
    for event in sorted((event for group in events for event in group), key=lambda e: e.t):
        stream.emit(event)
    return summary.report(**options)


def test_calls_at_once():
    found = report(call(1, 0, 2), call(2, 0, 3), call(3, 1, 2))
    assert (found.calls, found.most_at_once, found.wall) == (3, 3, 3)
    assert found.sequential == 6
    assert found.critical == 3


def test_a_chain_is_the_critical_path():
    found = report(call(1, 0, 2), call(2, 0, 1), call(3, 2, 5, needs=[1, 2]), call(4, 5, 6, needs=[3]))
    assert found.critical == 6
    assert found.sequential == 7


def test_chains_go_through_operations_that_are_no_calls():
    found = report(call(1, 0, 2), [Event("waits", 2, t=1, waits_for=(1,)), Event("done", 2, t=2)], call(3, 3, 4, needs=[2]))
    assert found.calls == 2
    assert found.critical == 3


def test_computing_counts_when_nothing_is_in_flight():
    found = report(call(1, 1, 2), call(2, 4, 5), began=0, now=6)
    assert found.wall == found.sequential == 6


def test_what_went_wrong_is_counted():
    found = report(
        call(1, 0, 1, kind="failed"),
        call(2, 0, 1, kind="cancelled"),
        call(3, 0, 1, kind="cancelled", detail="abandoned"),
        [Event("cancelled", 4, t=1)],
    )
    assert (found.calls, found.failed, found.cancelled, found.abandoned) == (3, 1, 2, 1)


def test_a_report_in_the_middle_of_the_run():
    found = report([Event("dispatched", 1, t=0, external=True)], now=5)
    assert (found.calls, found.wall, found.sequential, found.critical) == (1, 5, 5, 5)
    assert report() == RunReport()


def waits(line, reason, declare="", file="<cell>"):
    return [Event("waits", 1, t=0, span=Span(line, 0, line, 5), file=file, reason=reason, detail=declare)]


def test_lines_that_made_something_wait():
    found = report(
        waits(7, "it is not known what mystery() touches", "declare external(mystery)"),
        waits(3, "it writes <db>"),
        waits(3, "it writes <db>"),
        waits(4, DATA),
        waits(4, SLOT),
        waits(2, "unknown code", file="/home/x/mine.py"),
        call(1, 0, 1, kind="failed"),
    )
    assert found.slots == 1
    assert found.text() == (
        "poppy: 1 external call, 1 failed\n"
        "  mine.py, line 2 waited: unknown code\n"
        "  line 3 waited: it writes <db>\n"
        "  line 7 waited: it is not known what mystery() touches; declare external(mystery)"
    )
    html = found.html()
    assert "<db>" not in html
    assert "&lt;db&gt; <i>(2×)</i>" in html
    assert "1 waited for a free slot" in html


@pytest.mark.parametrize(("seconds", "text"), [(0.0123, "12 ms"), (1.26, "1.3 s"), (125, "2 min 5 s")])
def test_times_are_in_the_html_only(seconds, text):
    found = RunReport(calls=2, wall=seconds, sequential=99, critical=88, most_at_once=2)
    assert (
        f"<b>2 external calls</b> in {text} · one after the other 99.0 s · critical path 88.0 s · at most 2 at once"
        in found.html()
    )
    assert found.text() == "poppy: 2 external calls"
    assert RunReport().text() == "poppy: no external calls"


def test_memory_is_bounded():
    summary = Summary()
    summary.MEMORY = 10
    for number in range(100):
        for event in call(number, number, number + 1, needs=[number - 1]):
            summary(event)
    assert len(summary._chains) == 10
    assert not summary._needs
    assert summary.report().critical == 100


def test_the_recorder_writes_what_operations_do():
    import sys

    def place():
        frame = sys._getframe()
        return (frame, frame.f_lasti, frame.f_lineno)

    site = place()
    time = [0.0]
    stream = EventStream()
    recorder = Recorder(stream, lambda: time[0])
    op = SimpleNamespace(id=5, label="ask('x')", external=object(), site=site)
    recorder.planned(op)
    recorder.dispatched(op, [1, 2])
    time[0] = 2.0
    recorder.failed(op, KeyError("sk-secret-0123456789"))
    recorder.waits(
        SimpleNamespace(id=6, label="", external=None, site=None, strand=None), "because of sk-secret-0123456789", [5], "declare it"
    )
    recorder.cancelled(op, abandoned=True)
    recorder.retired(op)
    recorder.done(op)
    events = list(stream)
    assert [e.kind for e in events] == ["planned", "dispatched", "failed", "waits", "cancelled", "retired", "done"]
    assert events[0].line == site[2]
    assert events[0].file == __file__
    assert events[1].waits_for == (1, 2)
    assert (events[2].t, events[2].detail) == (2.0, "KeyError")
    assert "sk-secret" not in repr(events)
    assert not events[3].external
    assert events[3].line is None
    assert events[4].detail == "abandoned"
