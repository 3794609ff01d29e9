"""A notebook with `%%poppy` cells, executed and saved, passes nbval again and again, with its summaries and pictures in it."""

import os
import subprocess
import sys

import pytest

from tests.kernel.client import ROOT


nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbval")

CELLS = [
    "%load_ext poppy_nb\nimport time\nfrom poppy_nb import external\n@external\ndef ask(x):\n    time.sleep(0.3)\n    return x",
    "%%poppy\nfor i in range(4):\n    print(ask(i))\n    display(i)\nask(9)",
    "%%poppy --limit 1 --view graph\nr = [ask(i) for i in range(4)]\ndisplay(r)\nlen(r)",
    "%%poppy --view text --explain\nr = [ask(i) for i in range(4)]\nprint(r)",
    "%%poppy --plan\nr = [ask(i) for i in range(4)]",
    "%poppy on",
    "x = [ask(i) for i in range(3)]\ndisplay(x)\nx",
    "x",
    "%poppy off\n%poppy status",
    "%%capture kept\n%%poppy\nprint(ask(3))",
]


@pytest.mark.slow
def test_a_saved_notebook(tmp_path):
    """As nbclient (nbconvert, papermill) saves it; nbval does not see that an output is updated."""
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    kept = {k: v for k, v in os.environ.items() if not k.startswith(("POPPY_NB_", "PYTEST_"))}
    environment = {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in CELLS], metadata={"kernelspec": kernel})
    NotebookClient(notebook, kernel_name="python3").execute(env=environment)
    texts = [output.data["text/plain"] for cell in notebook.cells for output in cell.outputs if "data" in output]
    assert 7 == len([text for text in texts if text.startswith("poppy: ")])
    assert "poppy: running" not in texts
    assert 2 == len([1 for cell in notebook.cells for output in cell.outputs if "image/svg+xml" in output.get("data", {})])
    nbformat.write(notebook, tmp_path / "saved.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q", "saved.ipynb"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert 0 == done.returncode, done.stdout
