"""The notebooks: each, run cell by cell in a real kernel against the local server, shows what is saved in it."""

import os
import subprocess
import sys

import nbformat
import pytest

from poppy_nb.server import Server
from tests.kernel.client import ROOT


pytest.importorskip("openai")
pytestmark = pytest.mark.engine

NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem != "quickstart")  # that has its own test


@pytest.fixture(scope="module")
def environment():
    """Of a client of the local server, without a summary."""
    with Server(latency=0.02) as server:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("POPPY_NB_", "PYTEST_", "OPENAI_"))}
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        yield {**kept, **server.environment(), "POPPY_NB_QUIET": "1", "PYTHONPATH": path}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nbval(path, environment):
    """All outputs are the saved ones; pictures and times are not compared."""
    pytest.importorskip("nbval")
    if path.stem == "retrieval":
        pytest.importorskip("wordllama")
    if path.stem in ("evaluation", "graph_and_timeline"):
        pytest.importorskip("pandas")
        pytest.importorskip("networkx")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q", str(path)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
    )
    assert 0 == done.returncode, done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_saved_pictures(path):
    """A reader without a kernel sees the views: as a picture and as text."""
    book = nbformat.read(path, as_version=4)
    shown = [
        output.data
        for cell in book.cells
        if cell.cell_type == "code" and "--view graph" in cell.source
        for output in cell.outputs
        if output.output_type == "display_data"
    ]
    assert all({"text/plain", "image/svg+xml"} <= data.keys() for data in shown)
    assert "widgets" not in book.metadata  # no state of a page: what was said stays in the outputs
