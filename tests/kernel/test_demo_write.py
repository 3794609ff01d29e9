"""`python -m poppy_nb.demo --write` saves a notebook as its readers and nbval want it."""

import os
import subprocess
import sys

import nbformat
import pytest

from tests.kernel.client import ROOT


pytestmark = pytest.mark.engine

SETUP = "%load_ext poppy_nb\nfrom poppy_nb import external\n@external\ndef ask(x):\n    return x"


def test_views_stay_where_outputs_are_not_compared(tmp_path):
    """And what is compared holds the program's outputs only."""
    cell = nbformat.v4.new_code_cell
    shown = cell("%%poppy --view graph\nprint(ask(1))", metadata={"tags": ["nbval-ignore-output"]})
    book = nbformat.v4.new_notebook(cells=[cell(SETUP), shown, cell("%%poppy --view graph\nprint(ask(2))")])
    path = tmp_path / "book.ipynb"
    nbformat.write(book, path)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    arguments = [sys.executable, "-m", "poppy_nb.demo", "--notebook", str(path), "--write"]
    done = subprocess.run(arguments, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert 0 == done.returncode, done.stderr
    _, first, second = nbformat.read(path, as_version=4).cells
    (view,) = [output.data for output in first.outputs if output.output_type == "display_data"]
    assert {"text/plain", "image/svg+xml"} == set(view)
    assert ["stream"] == [output.output_type for output in second.outputs]
