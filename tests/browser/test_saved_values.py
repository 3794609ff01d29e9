"""What a saved notebook holds of prompts and answers where JupyterLab saves the state of widgets with it."""

import pytest

from tests.browser.lab import Lab, Notebook


SETUP = """\
%load_ext poppy_nb
from poppy_nb import external

@external
def ask(text):
    return "reply to " + text
"""
CELL = "%%poppy --view graph\nanswer = ask('priv' + 'ate')"


@pytest.mark.parametrize(("setting", "kept"), [("on", True), ("off", False)])
def test_saved_values(page, tmp_path, setting, kept):
    """Shortened ones, so that a page opened anew shows them; with save_values=off neither: only the source of the cell."""
    file = tmp_path / "settings" / "@jupyter-widgets" / "jupyterlab-manager" / "plugin.jupyterlab-settings"
    file.parent.mkdir(parents=True)
    file.write_text('{"saveState": true}')
    with Lab(tmp_path) as lab:
        lab.notebook("saved", f"{SETUP}%poppy config save_values={setting}", CELL)
        notebook = Notebook(lab, page, "saved")
        notebook.run(0)
        notebook.run(1)
        page.wait_for_selector(".poppy-over")
        notebook.save()
        text = notebook.path.read_text()
        assert "application/vnd.jupyter.widget-state+json" in text
        assert kept == ("private" in text)
        assert kept == ("reply to private" in text)
