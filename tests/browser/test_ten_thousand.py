"""Ten thousand calls: the view opens at once, and stays fluent while they change."""

import pytest

from poppy_nb.widgets import Run
from poppy_nb.widgets.calls import Call, Calls
from tests.browser.lab import Notebook


# frames in each half second, while something happens
FRAMES = """
(seconds) => new Promise((resolve) => {
  const begun = performance.now();
  const windows = [];
  const step = () => {
    const at = Math.floor((performance.now() - begun) / 500);
    if (at >= seconds * 2) { resolve(windows.slice(0, seconds * 2).map((count) => (count ?? 0) * 2)); return; }
    windows[at] = (windows[at] ?? 0) + 1;
    requestAnimationFrame(step);
  };
  step();
})
"""


def fluent(measure):
    """Frames a second: the best of some rounds, since what else the machine does meanwhile is no fault of the view."""
    best = 0
    for _ in range(4):
        numbers = sorted(measure())
        best = max(best, numbers[len(numbers) // 2])
        if best > 20:
            break
    return best


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A page of a run with 10,000 calls at a limit of 64."""
    calls = [
        Call(k, "ask", 2, 4, "<cell>", "done", f"{k}", f"answer {k}", "", 0.0, 0.0, k // 64 + 0.0, k // 64 + 1.0, position=(k,))
        for k in range(10_000)
    ]
    path = tmp_path_factory.mktemp("page") / "run.html"
    Run(Calls(calls), wall=157.0).to_html(str(path))
    return path


def test_opens(page, saved):
    """Graph, every call of the stack, timeline and table of 10,000 calls."""
    page.goto("about:blank")
    page.goto(saved.as_uri(), wait_until="commit")
    page.wait_for_selector(".poppy-stack")
    assert page.evaluate("performance.now()") < 2000
    page.locator(".poppy-toggle").click()
    page.wait_for_selector("canvas.poppy-calls")
    page.locator('[data-view="timeline"]').click()
    zooming = f"""async () => {{
        const view = document.querySelector(".poppy-timeline");
        const timer = setInterval(() => view.dispatchEvent(new KeyboardEvent("keydown", {{key: Math.random() < 0.5 ? "+" : "-", bubbles: true}})), 16);
        const frames = await ({FRAMES})(2);
        clearInterval(timer);
        return frames;
    }}"""
    assert fluent(lambda: page.evaluate(zooming)) > 20
    page.locator('[data-view="table"]').click()
    page.wait_for_selector(".poppy-rows .poppy-row")
    assert page.locator(".poppy-rows .poppy-row").count() < 60
    page.locator(".poppy-table").evaluate("table => { table.scrollTop = 9000 * 24 }")
    page.wait_for_function("document.querySelector('.poppy-rows').innerText.includes('answer 9000')")


LIVE = """\
%%poppy --view graph --limit 1000
out = []
for k in range(10_000):
    out.append(await wait(k))
"""
SETUP = """\
%load_ext poppy_nb
import asyncio
from poppy_nb import external

@external
async def wait(k):
    await asyncio.sleep(1)
    return k
"""


def test_live(lab, page):
    """While 10,000 calls of a second run, a thousand at a time."""
    lab.notebook("many", SETUP, LIVE)
    notebook = Notebook(lab, page, "many")
    notebook.run(0)
    notebook.run(1, wait=False)
    page.wait_for_selector(".poppy-stack")
    page.locator(".poppy-toggle").click()
    assert fluent(lambda: page.evaluate(FRAMES, 2)) > 20
    assert page.locator(".poppy-over").count() == 0  # it was measured while calls changed
    notebook.shot("9-ten-thousand")
    page.wait_for_selector(".poppy-over", timeout=150_000)  # ten rounds of a second, and what else a machine of two cores does
    assert "10000 done" in notebook.view(1).locator(".poppy-status").inner_text()
    assert [] == notebook.errors
