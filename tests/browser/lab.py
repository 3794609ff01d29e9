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
                     "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={self.folder}"]  # fmt: skip
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
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{lab.url}/doc/tree/{name}.ipynb?reset")
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Until cells can be run."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.wait_for_selector('.jp-NotebookPanel-toolbar [data-status="idle"]', timeout=60_000)

    def cell(self, number):
        """A cell, from 0."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def run(self, number, *, wait=True):
        """Run a cell."""
        prompt = self.cell(number).locator(".jp-InputPrompt")
        before = prompt.inner_text()
        for _ in range(6):  # what is asked while the page and the kernel are still getting to know each other is lost
            self.cell(number).locator(".cm-content").click()
            self.page.keyboard.press("Control+Enter")
            if self._until(lambda: prompt.inner_text() != before, 3) and (number or self._until(lambda: self._has_run(prompt), 15)):
                break
        if wait:
            self.wait(number)

    def wait(self, number):
        """Until a cell has ended."""
        prompt = self.cell(number).locator(".jp-InputPrompt")
        if not self._until(lambda: self._has_run(prompt), 60):
            self.shot(f"not-ended-{number}")
            raise AssertionError(f"cell {number} has not ended: {prompt.inner_text()!r}")

    def _has_run(self, prompt):
        return re.search(r"\[\d+\]", prompt.inner_text())

    def _until(self, test, seconds):
        deadline = time.monotonic() + seconds
        while not test():
            if time.monotonic() > deadline:
                return False
            self.page.wait_for_timeout(50)
        return True

    def output(self, number):
        """What a cell shows, as text."""
        return self.cell(number).locator(".jp-OutputArea-output")

    def view(self, number):
        """The live view of a cell."""
        return self.cell(number).locator(".poppy-view")

    def save(self):
        """Write the notebook."""
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(800)

    def shot(self, name):
        """A picture to be looked at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("document.querySelector('.poppy-view')?.scrollIntoView()")
        self.page.wait_for_timeout(150)
        self.page.screenshot(path=SHOTS / f"{name}.png")
