"""The live view in JupyterLab: nodes change while the cell runs, and all that a person can do with them."""

import re

import pytest

from tests.browser.lab import Notebook


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
try:
    bad(report)
except ValueError:
    pass
"""


def _contains(locator, text):
    """The page shows it with its next frame."""
    from playwright.sync_api import expect

    expect(locator).to_contain_text(text, timeout=10_000)


@pytest.fixture
def notebook(lab, page):
    lab.notebook("view", SETUP, CELL)
    opened = Notebook(lab, page, "view")
    opened.run(0)
    yield opened
    assert [] == opened.errors


def test_the_whole_story(notebook):
    """Run, watch, click, why, line, fold, unfold, search, timeline, table, keyboard, reload."""
    page = notebook.page
    notebook.run(1, wait=False)
    view = notebook.view(1)
    stack = view.locator(".poppy-stack")
    stack.first.wait_for()
    page.wait_for_selector('.poppy-stack[data-state="running"]')
    notebook.shot("1-running")
    page.wait_for_selector('.poppy-stack[data-state="done"]')
    assert re.search(r"[▶○] ", view.inner_text())  # the others are not done yet
    notebook.wait(1)
    page.wait_for_selector(".poppy-over")
    assert {"done", "failed"} == set(stack.evaluate_all("all => all.map(one => one.dataset.state)"))
    _contains(view.locator(".poppy-status"), "✗ 1 failed")
    notebook.shot("2-done")

    stack.nth(1).click()
    why = view.locator(".poppy-why")
    _contains(why, "waits for ask in line 3")
    assert "'answer to ANSWER TO A" in why.inner_text()
    assert view.locator(".poppy-edge").count() >= 2
    notebook.shot("3-why")
    why.locator("text=line 9").first.click()
    _contains(notebook.cell(1).locator(".poppy-flash"), "report = ask")

    label = view.locator(".poppy-grouplabel", has_text="summarise")
    label.click()
    _contains(view, "4 of 4 calls done")
    notebook.shot("4-folded")
    view.locator(".poppy-grouplabel", has_text="summarise").click()
    stack.first.locator(".poppy-toggle").click()
    cells = view.locator("canvas.poppy-calls")
    cells.wait_for()
    cells.click(position={"x": 4, "y": 4})
    _contains(why, "'a', 1.0")
    notebook.shot("5-unfolded")

    view.locator(".poppy-search").fill("bad")
    page.wait_for_selector(".poppy-stack.poppy-other")
    assert 1 == view.locator(".poppy-stack:not(.poppy-other)").count()
    view.locator(".poppy-search").fill("")

    view.locator('[data-view="timeline"]').click()
    canvas = view.locator(".poppy-canvas")
    page.wait_for_timeout(200)
    notebook.shot("6-timeline")
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + 72)
    _contains(why, "return ask(doc, 1.0)")

    view.locator('[data-view="table"]').click()
    rows = view.locator(".poppy-rows .poppy-row")
    _contains(rows.nth(5), "ValueError")
    assert 6 == rows.count()
    notebook.shot("7-table")

    view.locator('[data-view="graph"]').click()
    view.locator(".poppy-graph").focus()
    page.keyboard.press("Escape")
    why.wait_for(state="hidden")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".poppy-selected")
    _contains(why, "report = ask")
    page.keyboard.press("3")
    view.locator(".poppy-table").wait_for()
    page.keyboard.press("1")

    notebook.save()
    page.reload()
    notebook.wait_for_kernel()
    page.wait_for_selector(".poppy-over .poppy-stack")
    _contains(notebook.view(1).locator(".poppy-status"), "✗ 1 failed")
    notebook.shot("8-reloaded")


LONG = """\
%%poppy --view graph
try:
    a = ask("short of patience", 30)
except Exception as error:
    a = type(error).__name__
b = ask(a, 30)
"""


def test_stop_a_call_and_the_run(lab, page):
    """The call fails at its place and the program goes on; the run ends as by an interrupt."""
    lab.notebook("stop", SETUP, LONG, "a")
    notebook = Notebook(lab, page, "stop")
    notebook.run(0)
    notebook.run(1, wait=False)
    view = notebook.view(1)
    page.wait_for_selector('.poppy-stack[data-state="running"]')
    view.locator(".poppy-stack").first.click()
    view.locator("text=stop this call").click()
    page.wait_for_selector('.poppy-stack[data-state="failed"]')
    _contains(view.locator(".poppy-why"), "CallStoppedError")
    page.wait_for_selector('.poppy-stack[data-state="running"]')
    view.locator("text=stop the run").click()
    page.wait_for_selector(".poppy-over")
    notebook.wait(1)
    _contains(notebook.cell(1), "KeyboardInterrupt")
    notebook.run(2)
    _contains(notebook.output(2), "CallStoppedError")
    assert [] == notebook.errors


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
