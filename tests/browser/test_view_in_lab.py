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
    assert "✗ 1 failed" in view.locator(".poppy-status").inner_text()
    notebook.shot("2-done")

    stack.nth(1).click()
    why = view.locator(".poppy-why")
    assert "waits for ask in line 3" in why.inner_text()
    assert "'answer to ANSWER TO A" in why.inner_text()
    assert view.locator(".poppy-edge").count() >= 2
    notebook.shot("3-why")
    why.locator("text=line 9").first.click()
    assert "report = ask" in notebook.cell(1).locator(".poppy-flash").inner_text()

    label = view.locator(".poppy-grouplabel", has_text="summarise")
    label.click()
    assert "4 of 4 calls done" in view.inner_text()
    notebook.shot("4-folded")
    view.locator(".poppy-grouplabel", has_text="summarise").click()
    stack.first.locator(".poppy-toggle").click()
    cells = view.locator("canvas.poppy-calls")
    cells.wait_for()
    cells.click(position={"x": 4, "y": 4})
    assert "'a', 1.0" in why.inner_text()
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
    assert "summarise" not in why.inner_text()
    assert "ask" in why.inner_text()

    view.locator('[data-view="table"]').click()
    rows = view.locator(".poppy-rows .poppy-row")
    assert 6 == rows.count()
    assert "ValueError" in rows.nth(5).inner_text()
    notebook.shot("7-table")

    view.locator('[data-view="graph"]').click()
    view.locator(".poppy-graph").focus()
    page.keyboard.press("Escape")
    assert why.is_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".poppy-selected")
    assert "report = ask" in why.inner_text()
    page.keyboard.press("3")
    assert view.locator(".poppy-table").is_visible()
    page.keyboard.press("1")

    notebook.save()
    page.reload()
    notebook.wait_for_kernel()
    page.wait_for_selector(".poppy-over .poppy-stack")
    assert "✗ 1 failed" in notebook.view(1).locator(".poppy-status").inner_text()
    notebook.shot("8-reloaded")
