"""What a notebook shows where no kernel is: converted to HTML and Markdown, and opened offline."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

from tests.browser.lab import SHOTS
from tests.browser.test_view_in_lab import CELL, SETUP


@pytest.fixture(scope="module")
def executed():
    """A notebook with a view, as `nbconvert --execute` leaves it."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(CELL)])
    NotebookClient(book, timeout=60).execute()
    return book


@pytest.mark.parametrize("scripts", [False, True])
def test_html(executed, browser, tmp_path, scripts):
    """The picture is there without any network, and readable."""
    path = tmp_path / "view.html"
    path.write_text(HTMLExporter().from_notebook_node(executed)[0], encoding="utf-8")
    context = browser.new_context(offline=True, java_script_enabled=scripts, viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    picture = page.locator(".jp-OutputArea-output svg, .jp-OutputArea-output img[src^='data:image/svg']").first
    assert picture.is_visible()
    assert picture.bounding_box()["width"] > 200
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "10-converted.png")
    context.close()


def test_markdown(executed):
    """A picture beside the text, and no widget."""
    text, resources = MarkdownExporter().from_notebook_node(executed)
    (picture,) = [name for name in resources["outputs"] if name.endswith(".svg")]
    assert picture in text
    assert b"ask" in resources["outputs"][picture]
    assert "model_id" not in text


def test_saved_twice_the_same(executed):
    """Another run of the same notebook leaves the same picture and text."""
    again = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(CELL)])
    NotebookClient(again, timeout=60).execute()

    def shown(book):
        (data,) = [output.data for output in book.cells[1].outputs if output.output_type == "display_data"]
        return data["text/plain"], data["image/svg+xml"]

    assert shown(executed) == shown(again)
