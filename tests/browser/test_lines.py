"""Lines of a cell lead to its calls, wherever the view stood when it was drawn."""

import pytest

from poppy_nb.widgets import Run
from poppy_nb.widgets.calls import Call, Calls


expect = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra `test`)").expect

# The view is put into a cell after it has been drawn, as a widget is whose code was there before its place in the page
PUT = """() => {
    const cell = document.createElement("div");
    cell.className = "jp-Cell";
    for (let line = 1; line <= 3; line++) {
        const shown = document.createElement("div");
        shown.className = "cm-line";
        shown.textContent = `line ${line} of the cell`;
        cell.append(shown);
    }
    document.body.append(cell);
    cell.append(document.getElementById("poppy"));
}"""


def test_view_that_is_put_into_a_cell(page, tmp_path):
    """Which cell that is, is asked when somebody clicks; and what is no line of it is none."""
    calls = [
        Call(line, name, line, 4, "<cell>", "done", name, "", "", 0.0, 0.0, 0.0, 1.0, position=(line,))
        for line, name in ((1, "first"), (2, "second"), (3, "third"))
    ]
    (tmp_path / "run.html").write_text(Run(Calls(calls), (), wall=1.0).to_html(), encoding="utf-8")
    page.goto((tmp_path / "run.html").as_uri())
    page.wait_for_selector(".poppy-stack")
    page.evaluate(PUT)
    why = page.locator(".poppy-why")
    for line, name in ((2, "second"), (3, "third")):
        page.locator(".cm-line", has_text=f"line {line} of").click()
        expect(why.locator(".poppy-whyhead b")).to_have_text(name)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div class=\"cm-line\">of no cell</div>')")
    page.locator(".cm-line", has_text="of no cell").click()
    expect(why.locator(".poppy-whyhead b")).to_have_text("third")
