"""The live view in JupyterLab: nodes change while the cell runs, and all that a person can do with them."""

import re

import pytest

from tests.browser.lab import PATIENCE, Notebook, until


expect = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra `test`)").expect


SETUP = """\
%load_ext poppy_nb
import time
from poppy_nb import external

@external
def ask(text, seconds=0.5):
    time.sleep(seconds)
    return f"answer to {text}"

@external
def bad(text):
    raise ValueError(text)
"""

CELL = """\
%%poppy --view graph
def summarise(doc):
    return ask(doc, 1.0).upper()
found = []
for doc in ["a", "b", "c", "d"]:
    s = summarise(doc)
    if "B" not in s:
        found.append(s)
report = ask("".join(found), 1.5)
print(report)
try:
    bad(report)
except ValueError:
    pass
"""


# The call that gets the answers of others waits until the test has seen that it waits
GATED = SETUP.replace("time.sleep(seconds)", """time.sleep(seconds)
    while "ANSWER" in text and not os.path.exists("go"):
        time.sleep(0.02)""").replace("import time", "import os, time")

# Tells what line of the cell lights up: it does so for a moment only
WATCH_FLASH = """() => {
    window.flashed = new Promise((resolve) => new MutationObserver((_, observer) => {
        const line = document.querySelector(".poppy-flash");
        if (line) { observer.disconnect(); resolve(line.innerText); }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] }));
}"""


def _contains(locator, text):
    """The page shows it with one of its next frames."""
    expect(locator).to_contain_text(text, timeout=PATIENCE)


def _click_until(click, locator, text):
    """A click on something that is painted when the page comes to it."""
    assert until(lambda: click() or text in locator.inner_text(), locator.page), f"{locator.inner_text()!r} without {text!r}"


@pytest.fixture
def notebook(lab, page):
    (lab.folder / "go").unlink(missing_ok=True)
    lab.notebook("view", GATED, CELL)
    opened = Notebook(lab, page, "view")
    opened.run(0)
    yield opened
    (lab.folder / "go").touch()
    assert [] == opened.errors


def test_the_whole_story(notebook):
    """Run, watch, click, why, line, fold, unfold, search, timeline, table, keyboard, reload."""
    page = notebook.page
    notebook.run(1, wait=False)
    view = notebook.view(1)
    stack = view.locator(".poppy-stack")
    view.locator('.poppy-stack[data-state="running"]').first.wait_for()
    view.locator('.poppy-stack[data-state="done"]').wait_for()  # the summaries; what is made of them runs
    view.locator('.poppy-stack[data-state="running"]').wait_for()
    assert re.search(r"[▶○] ", view.inner_text())
    notebook.shot("1-running")
    (notebook.path.parent / "go").touch()
    notebook.wait(1)
    page.wait_for_selector(".poppy-over")
    expect(view.locator('.poppy-stack[data-state="done"]')).to_have_count(2)
    expect(view.locator('.poppy-stack[data-state="failed"]')).to_have_count(1)
    _contains(view.locator(".poppy-status"), "✗ 1 failed")
    notebook.shot("2-done")

    stack.filter(has_text="report = ask").click()
    why = view.locator(".poppy-why")
    _contains(why, "waits for ask in line 3")
    _contains(why, "'answer to ANSWER TO A")
    assert view.locator(".poppy-edge").count() >= 2
    notebook.shot("3-why")
    page.evaluate(WATCH_FLASH)
    why.locator("text=line 9").first.click()
    assert "report = ask" in page.evaluate("flashed")

    view.locator(".poppy-effect", has_text="print(report)").click()
    _contains(why, "the answer of ask in line 9")
    _contains(why, "on stdout, in the order of the program")

    label = view.locator(".poppy-grouplabel", has_text="summarise")
    label.click()
    _contains(view, "4 of 4 calls done")
    notebook.shot("4-folded")
    label.click()
    view.locator(".poppy-toggle", has_text="⊞").click()
    cells = view.locator("canvas.poppy-calls")
    cells.wait_for()
    _click_until(lambda: cells.click(position={"x": 4, "y": 4}), why, "'a', 1.0")
    notebook.shot("5-unfolded")

    view.locator(".poppy-search").fill("bad")
    expect(view.locator(".poppy-stack:not(.poppy-other)")).to_have_count(1)
    view.locator(".poppy-search").fill("")
    expect(view.locator(".poppy-stack.poppy-other")).to_have_count(0)

    view.locator('[data-view="timeline"]').click()
    canvas = view.locator(".poppy-canvas")
    wide = canvas.bounding_box()["width"]
    _click_until(lambda: canvas.click(position={"x": wide * 0.1, "y": 72}), why, "return ask(doc, 1.0)")
    notebook.shot("6-timeline")

    view.locator('[data-view="table"]').click()
    rows = view.locator(".poppy-rows .poppy-row")
    expect(rows).to_have_count(6)
    _contains(rows.nth(5), "ValueError")
    notebook.shot("7-table")

    notebook.save()
    page.reload()
    notebook.wait_for_kernel()
    page.wait_for_selector(".poppy-over .poppy-stack")
    _contains(notebook.view(1).locator(".poppy-status"), "✗ 1 failed")
    notebook.shot("8-reloaded")


def test_what_a_reader_has_done_stays(notebook):
    """The notebook shows the output anew at the end of the run: zoomed, selected and with the focus as before."""
    page = notebook.page
    notebook.run(1, wait=False)
    view = notebook.view(1)
    view.locator('.poppy-stack[data-state="running"]').first.wait_for()
    view.locator(".poppy-stack").first.click()
    page.keyboard.press("+")
    page.keyboard.press("+")
    _contains(view.locator(".poppy-why"), "return ask(doc")
    seen = "() => document.querySelector('.poppy-picture > g').getAttribute('transform')"
    before = page.evaluate(seen)
    (notebook.path.parent / "go").touch()
    notebook.wait(1)
    page.wait_for_selector(".poppy-over")
    assert until(lambda: page.evaluate("document.activeElement.closest('.poppy-view') !== null"), page)
    expect(view.locator(".poppy-selected")).to_have_count(1)
    assert before == page.evaluate(seen)


def test_keys(notebook):
    """Everything by keys, none of which is lost between two views or taken by JupyterLab, and the way back to the cell."""
    page = notebook.page
    (notebook.path.parent / "go").touch()
    notebook.run(1)
    page.wait_for_selector(".poppy-over")
    view = notebook.view(1)
    why = view.locator(".poppy-why")
    selected = view.locator(".poppy-stack.poppy-selected")

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    view.locator('[data-view="graph"]').focus()
    press("ArrowDown", "ArrowDown", "ArrowDown")  # into the view, to the first call, to the second
    _contains(why, "report = ask")
    expect(selected).to_have_count(1)
    press("3", "Home")
    _contains(view.locator(".poppy-row.poppy-selected"), "'a', 1.0")
    press("ArrowDown")
    _contains(view.locator(".poppy-row.poppy-selected"), "'b', 1.0")
    press("1", "ArrowDown")
    _contains(why, "report = ask")
    press("2", "ArrowRight")  # from no call of the timeline: to the first
    _contains(why, "'a', 1.0")
    press("1", "f")
    _contains(view, "4 of 4 calls done")
    press("a", "m", "d", "d", "x")  # commands of the notebook, where nobody asked for them
    press("Escape")
    why.wait_for(state="hidden")
    assert 2 == page.locator(".jp-Notebook .jp-CodeCell").count()
    press("Escape")  # to the cell, of which they are commands
    press("b")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(3)


LONG = """\
%%poppy --view graph
try:
    a = ask("short of patience", 600)
except Exception as error:
    a = type(error).__name__
b = ask(a, 600)
"""


def test_stop_a_call_and_the_run(lab, page):
    """The call fails at its place and the program goes on; the run ends as by an interrupt."""
    lab.notebook("stop", SETUP, LONG, "a")
    notebook = Notebook(lab, page, "stop")
    notebook.run(0)
    notebook.run(1, wait=False)
    view = notebook.view(1)
    page.wait_for_selector('.poppy-stack[data-state="running"]')
    view.locator('.poppy-stack[data-state="running"]').click()
    button, failed = view.locator("text=stop this call"), view.locator('.poppy-stack[data-state="failed"]')
    button.click()
    failed.wait_for()
    _contains(view.locator(".poppy-why"), "CallStoppedError")
    page.wait_for_selector('.poppy-stack[data-state="running"]')
    view.locator("text=stop the run").click()
    page.wait_for_selector(".poppy-over")
    notebook.wait(1)
    _contains(notebook.cell(1), "KeyboardInterrupt")
    notebook.run(2)
    _contains(notebook.output(2), "CallStoppedError")
    assert [] == notebook.errors


LONG_CELL = "%%poppy --view graph\n" + "\n".join(f"x{k} = {k}" for k in range(200)) + "\nr = ask('far', 0)\ns = ask('below', 0)"


def test_lines_that_are_out_of_sight(lab, page):
    """From a call to its line, and from a line to its call, in a cell of which only a part is in the page."""
    lab.notebook("long", SETUP, LONG_CELL)
    notebook = Notebook(lab, page, "long")
    notebook.run(0)
    notebook.run(1)
    view = notebook.view(1)
    page.wait_for_selector(".poppy-over")
    view.locator(".poppy-stack", has_text="far").click()
    page.evaluate(WATCH_FLASH)
    view.locator(".poppy-why").locator("text=line 202").first.click()
    assert "r = ask('far', 0)" in page.evaluate("flashed")
    # What has just been scrolled to may still move, and a click be lost
    _click_until(notebook.cell(1).locator(".cm-line", has_text="below").click, view.locator(".poppy-why"), "s = ask('below', 0)")
    assert [] == notebook.errors


def test_two_views(lab, page):
    """Each has its own arrow heads: those of a hidden graph are not drawn."""
    lab.notebook("two", SETUP, "%%poppy --view timeline\na = ask(ask('x', 0))", "%%poppy --view graph\nb = ask(ask('y', 0))")
    notebook = Notebook(lab, page, "two")
    for number in range(3):
        notebook.run(number)
    expect(page.locator(".poppy-over")).to_have_count(2)
    ids = page.evaluate("[...document.querySelectorAll('.poppy-view marker')].map((marker) => marker.id)")
    assert len(ids) == len(set(ids)) == 8
    notebook.shot("11-two-views")


def test_dark(lab, page):
    """The colours follow the theme of JupyterLab."""
    lab.notebook("dark", SETUP, CELL)
    notebook = Notebook(lab, page, "dark")
    notebook.run(0)
    notebook.run(1)
    page.wait_for_selector(".poppy-over")
    light = page.evaluate("getComputedStyle(document.querySelector('.poppy-done .poppy-box')).fill")
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    dark = page.evaluate("getComputedStyle(document.querySelector('.poppy-done .poppy-box')).fill")
    assert light != dark
