"""A JupyterLab server of one's own, and a notebook in a page of it."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat


ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "screenshots"
PATIENCE = 120_000  # ms: how slow a machine may be before a test fails; nothing waits that long where all is well

# The notebook is there, and its kernel has answered
READY = """async () => {
    const panel = window.jupyterapp?.shell.currentWidget;
    if (!panel?.sessionContext) return false;
    await panel.context.ready;
    await panel.sessionContext.ready;
    const kernel = panel.sessionContext.session?.kernel;
    if (!kernel) return false;
    await kernel.info;
    return kernel.status === "idle";
}"""


def until(test, page=None, seconds=PATIENCE / 1000):
    """Whether this became true in time; the page goes on meanwhile."""
    deadline = time.monotonic() + seconds
    while not test():
        if time.monotonic() > deadline:
            return False
        if page is not None:
            page.wait_for_timeout(50)
        else:
            time.sleep(0.05)
    return True


class Lab:
    """A server in a folder; ends with the `with`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._process = None
        self.url = ""

    def __enter__(self):
        settings = self.folder / "settings" / "@jupyterlab"
        for name, values in {
            "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
            "docmanager-extension/plugin": {"autosave": False},
        }.items():
            file = settings / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("POPPY_NB_", "PYTEST_", "JUPYTER"))}
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment["JUPYTER_CONFIG_DIR"] = str(self.folder / "config")
        environment["JUPYTER_RUNTIME_DIR"] = str(self.folder / "runtime")
        environment["IPYTHONDIR"] = str(self.folder / "ipython")
        environment["JUPYTERLAB_SETTINGS_DIR"] = str(self.folder / "settings")
        environment["JUPYTERLAB_WORKSPACES_DIR"] = str(self.folder / "workspaces")
        arguments = ["--no-browser", "--allow-root", "--port=0", "--IdentityProvider.token=", "--ServerApp.password=",
                     "--ServerApp.disable_check_xsrf=True", "--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={self.folder}"]  # fmt: skip
        self._log = open(self.folder / "lab.log", "w+")
        self._process = subprocess.Popen([sys.executable, "-m", "jupyterlab", *arguments], env=environment, cwd=self.folder,
                                         stdout=self._log, stderr=subprocess.STDOUT)  # fmt: skip
        deadline = time.monotonic() + 90
        while not self.url:
            text = (self.folder / "lab.log").read_text()
            found = re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)/", text)
            if found:
                url = f"http://127.0.0.1:{found[1]}"
                try:
                    urllib.request.urlopen(f"{url}/api", timeout=5).close()
                    self.url = url
                    break
                except OSError:
                    pass
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(text[-3000:])
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def notebook(self, name, *cells):
        """A new notebook with these cells of code; its file."""
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = self.folder / f"{name}.ipynb"
        nbformat.write(made, path)
        return path


class Notebook:
    """A notebook that is open in a page."""

    def __init__(self, lab, page, name):
        self.page = page
        self.name = name
        self.path = lab.folder / f"{name}.ipynb"
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{lab.url}/doc/tree/{name}.ipynb?reset")
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Until cells can be run: what is asked while the page and the kernel are still getting to know each other is lost."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
        self.page.wait_for_function(READY, timeout=PATIENCE)

    def cell(self, number):
        """A cell, from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def run(self, number, *, wait=True):
        """Run a cell, once."""
        editor = self.cell(number).locator(".cm-content")
        editor.click()
        self.page.wait_for_function("editor => editor === document.activeElement", arg=editor.element_handle())
        self.page.keyboard.press("Control+Enter")
        if wait:
            self.wait(number)

    def wait(self, number):
        """Until a cell has ended."""
        prompt = self.cell(number).locator(".jp-InputPrompt")
        if not until(lambda: re.search(r"\[\d+\]", prompt.inner_text()), self.page):
            self.shot(f"not-ended-{number}")
            raise AssertionError(f"cell {number} has not ended: {prompt.inner_text()!r}")

    def output(self, number):
        """What a cell shows, as text."""
        return self.cell(number).locator(".jp-OutputArea-output")

    def view(self, number):
        """The live view of a cell."""
        return self.cell(number).locator(".poppy-view")

    def save(self):
        """Write the notebook, and wait until it is written."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        assert until(lambda: self.path.stat().st_mtime_ns != before, self.page), "the notebook was not saved"
        self.page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=PATIENCE)

    def shot(self, name):
        """A picture to be looked at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("document.querySelector('.poppy-view')?.scrollIntoView()")
        self.page.wait_for_timeout(150)
        self.page.screenshot(path=SHOTS / f"{name}.png")
