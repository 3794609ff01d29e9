"""What a recorded run says of itself, as data, text and pictures."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from poppy_nb.widgets import Run, view
from poppy_nb.widgets.calls import Call, Calls
from tests.widgets.recorded import CELL, recorded


@pytest.fixture(scope="module")
def run():
    """Of a cell with everything in it."""
    return recorded(CELL)


def edges(run):
    """Source and target by line, kind and reason."""
    stacks = run.graph.stacks
    return {(stacks[e.source].line, stacks[e.target].line, e.kind, e.reason) for e in run.graph.edges if e.source != e.target}


def test_calls(run):
    """In program order, with times, arguments and answers."""
    assert ["ask"] * 4 + ["check", "ask", "save", "save", "save", "bad"] == [call.name for call in run.calls]
    first, last = run.calls[0], run.calls[-1]
    assert ("done", "'a'", "'a(a)'", 0.0, 1.0, 1.0) == (first.state, first.args, first.result, first.started, first.ended, first.duration)
    assert ("failed", "ValueError", "") == (last.state, last.error, last.result)
    assert ["loop", "iteration", "function"] == [step.kind for step in first.within]


def test_frozen(run):
    """Nobody changes what happened."""
    with pytest.raises(AttributeError):
        run.calls[0].state = "failed"
    with pytest.raises(AttributeError):
        run.wall = 0


def test_graph(run):
    """One stack for a line in its function and loop; edges say why."""
    assert [3, 1, 1, 1, 3, 1] == [len(stack.calls) for stack in run.graph.stacks.values()]
    assert ["loop", "summarise", "summarise", "loop"] == [g.name or g.kind for g in run.graph.groups.values() if g.id]
    found = edges(run)
    assert (2, 11, "data", "report") in found
    assert (11, 13, "branch", "line 12") in found
    assert any(edge[:3] == (2, 2, "mutation") and "summaries" in edge[3] for edge in found)
    assert [(15, "declare external(getloadavg) if its calls may run at the same time")] == [(halt.line, halt.wait.declare) for halt in run.graph.halts]


def test_nothing_depends_on_what_it_does_not(run):
    """Calls of the loop wait for nothing."""
    assert [()] * 3 == [call.before for call in run.calls[:3]]


NOT_UNDERSTOOD = """\
def grade(x):
    answer = ask(x)
    if check(x):
        return answer.of_some_class()
    return 0
try:
    grades = [grade(x) for x in range(3)]
except AttributeError:
    pass
"""


def test_lines_that_are_not_understood():
    """What made everything behind it wait is told, once for each line, with what would free it; the table does not depend on it."""
    run = recorded(NOT_UNDERSTOOD)
    assert {4} == {line for line, _, _ in run.claims}
    told = run.explain(4)
    assert "return answer.of_some_class()" in told
    assert "what comes after waited until it was done" in told
    assert "calls `of_some_class` of what is not known yet" in told
    assert "`-> str`" in told
    assert "of_some_class" not in run.table()


def test_times(run):
    """Ten seconds of calls, each in its second."""
    assert run.sequential == 10.0
    assert run.wall == max(call.ended for call in run.calls)
    assert run.speedup == pytest.approx(10.0 / run.wall)
    path = run.critical_path
    assert sum(call.duration for call in path) == run.wall
    assert all(one.number in other.before for one, other in zip(path, path[1:]))


def test_slots():
    """What only the limit held back depends on nothing, and says so."""
    run = recorded("for k in range(4):\n    ask(k)", limit=2)
    assert [0.0, 0.0, 1.0, 1.0] == [call.for_slot for call in run.calls]
    assert not run.graph.edges
    assert "2 calls waited for a free slot" in run.explain()
    assert (4.0, 2.0, 1) == (run.sequential, run.wall, len(run.critical_path))


def test_recursion_does_not_nest():
    """A stack for the line, however deep."""
    run = recorded("def down(n):\n    ask(n)\n    for k in range(n > 0):\n        down(n - 1)\ndown(20)")
    assert [21] == [len(stack.calls) for stack in run.graph.stacks.values()]
    assert {"", "/down@5"} == set(run.graph.groups)


def test_explain(run):
    """All, one line, and a line where nothing was."""
    text = run.explain()
    assert "10 external calls in" in text
    assert "critical path" in text
    assert "needs the answer of ask in line 2 (called from line 10), through 'report'" in run.explain(11)
    assert "the test in line 12 decides" in run.explain(13)
    assert "to let it go on: declare external(getloadavg)" in run.explain(15)
    assert "comes after save in line 17: calls on 'db' run in order (2 times)" in run.explain(17)
    assert run.explain(3) == "line 3: no external call was made there, and nothing waited there"


def test_table_is_the_same_for_the_same_program(run):
    """No times, no numbers that depend on the run."""
    again = recorded(CELL, latency=0.25)
    assert run.table() == again.table()
    assert "6     summarise:2 > ask  3      ✓ 3 done" in run.table()


def test_picture_is_the_same_for_the_same_program(run):
    """And is well-formed, without script, style sheet or reference to elsewhere."""
    assert run.to_svg() == recorded(CELL, latency=0.25).to_svg()
    for kind in ("graph", "timeline"):
        root = ElementTree.fromstring(run.to_svg(kind))
        tags = {element.tag.split("}")[1] for element in root.iter()}
        assert tags <= {"svg", "title", "defs", "marker", "path", "rect", "g", "text"}
        links = [value for element in root.iter() for name, value in element.attrib.items() if "url(" in value]
        assert all(re.fullmatch(r"url\(#poppy-\w+\)", value) for value in links)
    with pytest.raises(ValueError, match="to_svg"):
        run.to_svg("nonsense")


def test_to_graphviz(run):
    """Groups are clusters."""
    source = run.to_graphviz().source
    assert source.count("subgraph cluster") == 4
    assert "summaries" in source


def test_to_networkx(run):
    """The calls with their dependences, acyclic."""
    networkx = pytest.importorskip("networkx")
    graph = run.to_networkx()
    assert networkx.is_directed_acyclic_graph(graph)
    assert len(run.calls) == graph.number_of_nodes()
    assert graph.nodes[run.calls[0].number]["name"] == "ask"


def test_to_pandas(run):
    """A row a call."""
    pytest.importorskip("pandas")
    table = run.calls.to_pandas()
    assert list(table.index) == [call.number for call in run.calls]
    assert table["duration"].sum() == 10.0


def test_to_chrome_trace(run):
    """A complete event a call, in microseconds; rows do not overlap."""
    events = json.loads(json.dumps(run.to_chrome_trace()))["traceEvents"]
    bars = [event for event in events if event["ph"] == "X"]
    assert 10 == len(bars)
    assert {1_000_000} == {bar["dur"] for bar in bars}
    taken = [(bar["tid"], bar["ts"]) for bar in bars]
    assert len(taken) == len(set(taken))


def test_to_html(run, tmp_path):
    """One file, and nothing that it would load."""
    text = run.to_html(str(tmp_path / "run.html"))
    assert (tmp_path / "run.html").read_text(encoding="utf-8") == text
    assert not re.search(r"""(src|href)=["']|https?://(?!www\.w3\.org)|import\s*\(""", text)


def test_more_calls_than_are_kept():
    """Counted, and said."""
    run = recorded("for k in range(30):\n    ask(k)", most=10)
    assert (10, 20) == (len(run.calls), run.left_out)
    assert run.table().startswith("poppy: 30 external calls")


def test_no_calls():
    """All forms exist."""
    run = recorded("a = 1")
    assert (1.0, (), "poppy: no external calls") == (run.speedup, run.critical_path, run.table())
    assert "no external calls" in run.to_svg()
    assert all([run.to_svg("timeline"), run.to_html(), run.explain()])


def test_secrets_in_the_source():
    """The text of a line is shown without them, too."""
    run = recorded("x = ask('use sk-proj-AbCdEfGh1234567890abcdef')\ny = ask(ask('sk-proj-AbCdEfGh1234567890abcdef'))")
    for text in (run.to_svg(), run.explain(), run.to_html(), run.to_graphviz().source):
        assert "AbCdEfGh" not in text


def test_ids_are_those_of_one_picture():
    """Two pictures in a page have different ones, so that a hidden one takes no arrow heads from another."""
    one, other = (set(re.findall(r'id="([^"]+)"', recorded(text).to_svg())) for text in ("b = ask(ask(1))", "c = ask(ask(2))"))
    assert one.isdisjoint(other)


def test_the_view_that_was_asked_for_is_kept():
    """A saved notebook shows the timeline of a cell with `--view timeline`."""
    run = recorded("ask(1)")
    assert view(run, "timeline", live=False).bundle()["image/svg+xml"] == run.to_svg("timeline")


def test_marks_of_time_differ():
    """With as many digits as tell them apart."""
    calls = [Call(1, "ask", 1, 0, "", "done", planned=0.0, started=0.0, ended=0.45, position=(1,))]
    for wall in (0.0045, 0.45, 4.5, 157.0, 7000.0):
        marks = re.findall(r">([\d.:]+ (?:ms|s|min))<", Run(Calls(calls), wall=wall).to_svg("timeline"))
        assert len(marks) > 3
        assert len(marks) == len(set(marks))


def test_values_off():
    """No argument and no answer is in anything that is kept."""
    run = recorded("words = 'private' + ' words'\nask(words)", values=False)
    assert {("", "")} == {(call.args, call.result) for call in run.calls}
    assert "private words" not in run.to_html()


def test_error_ends_run():
    """What was in flight counts as cancelled."""
    run = recorded("a = bad(1)\nb = ask(2)\nc = ask(b)")
    assert run.error == "ValueError"
    assert {"failed", "cancelled"} == {call.state for call in run.calls}


def test_ten_thousand():
    """Stacks, so that the picture stays small."""
    run = recorded("out = [ask(k) for k in range(10_000)]\nr = ask(''.join(out))", limit=1000)
    assert 2 == len(run.graph.stacks)
    assert len(run.to_svg()) < 20_000
    assert "×10000" in run.to_svg()


HOSTILE = ["<script>alert(1)</script>", "a\x00b\x1bc", "\u202eabc", '"><img src=x onerror=alert(1)>', "]]>", "&amp;", "\ud800", "x" * 1_000_000]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text(text):
    """Names, sources and values of whatever kind make well-formed pictures without foreign elements."""
    calls = Calls([Call(1, text, 1, 0, text, "failed", text, text, text, 0.0, None, 0.0, 1.0)])
    run = Run(calls, wall=1.0)
    for kind in ("graph", "timeline"):
        picture = run.to_svg(kind)
        root = ElementTree.fromstring(picture)
        assert not {"script", "img", "image"} & {element.tag.split("}")[1] for element in root.iter()}
        assert len(picture) < 20_000
        assert "\u202e" not in picture
    page = run.to_html()
    assert "<script>alert" not in page
    assert "<img" not in page
    page.encode()
    assert len(page) < 300_000


def test_view_kinds(run):
    """Text and pictures; another kind is an error."""
    assert {"text/plain"} == view(run, "text")._repr_mimebundle_().keys()
    with pytest.raises(ValueError, match="graph, timeline, text"):
        view(run, "pie")


EFFECTS = """\
import random
def note(x):
    print("note", x)
    return ask(x)
for d in "abc":
    a = note(d)
    print(d, a)
n = random.random()
print("all", a)
"""


def test_effects_are_small_nodes():
    """Prints and the like stand in the groups that they stand in, each line once; edges from the calls that they need."""
    run = recorded(EFFECTS)
    graph = run.graph
    assert [(3, "stdout"), (7, "stdout"), (8, "random"), (9, "stdout")] == [(e.line, e.resource) for e in run.effects]
    assert ["/loop@5/note@6", "/loop@5", "", ""] == [small.group for small in graph.effects.values()]
    ask, (note, each, number, last) = next(iter(graph.stacks)), graph.effects
    assert [(ask, each, "a", 3), (ask, last, "a", 1)] == [(e.source, e.target, e.reason, e.count) for e in graph.edges]
    assert note in graph.groups["/loop@5/note@6"].parts
    assert number in graph.groups[""].parts
    for text in (run.to_svg(), run.to_graphviz().source, run.to_html()):
        assert "≡ 7: print(d, a)" in text
    assert 1 == len(run.graph.stacks), "effects are no calls"
    assert recorded(EFFECTS).to_svg() == run.to_svg()
    assert 1 < recorded(EFFECTS, latency=0.01).to_svg().count("≡")


def test_effects_are_few():
    """However many are printed, a line is one node."""
    run = recorded("x = ask(1)\nfor i in range(500):\n    print(i, x)\n")
    assert 1 == len(run.effects)
    assert [1] == [edge.count for edge in run.graph.edges]
