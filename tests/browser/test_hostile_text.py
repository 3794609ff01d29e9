"""Whatever a program or a model says is text in the page, and nothing of it runs."""

import json
import re

import pytest

from poppy_nb.widgets import Run
from poppy_nb.widgets.calls import Call, Calls, Wait


expect = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra `test`)").expect

WORDS = [
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 2">',
    "<svg onload='window.hit = 3'><g/></svg>",
    "javascript:window.hit=4",
    "</script><script>window.hit = 5</script>",
    "<style>* { display: none }</style>",
    "{{constructor.constructor('window.hit=6')()}}",
    "\u202egnp.exe",
    "a\x00b\x07c\x1b[31m",
    "]]><!--",
    "&lt;b&gt;",
    "x" * 1_000_000,
    "`${window.hit = 7}`",
    "' onmouseover='window.hit = 8",
]


def hostile():
    """A run in which everything is hostile."""
    calls = [
        Call(number, word, number, 0, f"{word}.py", "failed" if number % 2 else "done", word, word, word, 0.0, None, 0.0, 1.0,
             needs=(number - 1,) if number > 1 else (), waits=(Wait(word, (), word),), position=(number,))
        for number, word in enumerate(WORDS, 1)
    ]  # fmt: skip
    return Run(Calls(calls), ((1, "<b>.py", Wait(WORDS[0], (), WORDS[1])),), wall=1.0, error=WORDS[0])


@pytest.fixture
def shown(page, tmp_path):
    """Its page."""
    (tmp_path / "run.html").write_text(hostile().to_html(), encoding="utf-8")
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "run.html").as_uri())
    page.wait_for_selector(".poppy-stack")
    yield page
    assert [] == said
    assert 1 == len(requests)  # the page itself


def test_nothing_runs(shown):
    """In no view, and with no click."""
    assert len(WORDS) == shown.locator(".poppy-stack").count()
    for number in range(len(WORDS)):
        stack = shown.locator(".poppy-stack").nth(number)
        stack.dispatch_event("click")
        expect(stack).to_have_class(re.compile("poppy-selected"))
        assert shown.locator(".poppy-why").is_visible()
    shown.locator(".poppy-halts summary").click()
    shown.locator('[data-view="timeline"]').click()
    shown.wait_for_function("document.querySelector('.poppy-canvas').width > 400")  # it is painted
    shown.locator('[data-view="table"]').click()
    rows = shown.locator(".poppy-rows .poppy-row")
    assert "<script>window.hit = 1</script>" in rows.first.inner_text()
    shown.locator(".poppy-search").fill("<img")
    expect(rows).to_have_count(1)
    assert shown.evaluate("window.hit === undefined")
    assert 0 == shown.locator("#poppy img, #poppy script, #poppy style, #poppy svg svg").count()
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 4")


def test_messages_that_are_none(page, tmp_path):
    """What is not of the form of a message is left out, and the view goes on."""
    text = hostile().to_html()
    before, rest = text.split('id="data">')
    data, after = rest.split("</script>", 1)
    good = json.loads(data)
    broken = {**good, "calls": [None, 1, [], [1] * 12, {"a": 1}, *good["calls"]], "now": "soon", "leftOut": "many", "critical": None}
    changed = json.dumps(broken).replace("<", "\\u003c")
    (tmp_path / "broken.html").write_text(f'{before}id="data">{changed}</script>{after}', encoding="utf-8")
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "broken.html").as_uri())
    page.wait_for_selector(".poppy-stack")
    assert [] == errors
    assert len(WORDS) == page.locator(".poppy-stack").count()
