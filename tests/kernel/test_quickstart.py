"""The quickstart notebook: its outputs are what it says, as plain Python and under `%%poppy`, and the demo runs."""

import os
import subprocess
import sys

import pytest

from poppy_nb.server import Server
from tests.kernel.client import ROOT


pytest.importorskip("openai")
pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def environment():
    """Of a client of the local server, without a summary."""
    with Server(latency=0.02) as server:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("POPPY_NB_", "PYTEST_", "OPENAI_"))}
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        yield {**kept, **server.environment(), "POPPY_NB_QUIET": "1", "PYTHONPATH": path}


def run(arguments, environment):
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
    )


def test_nbval(environment):
    """Run cell by cell in a real kernel, every output is the saved one."""
    pytest.importorskip("nbval")
    arguments = ["-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q", "notebooks/quickstart.ipynb"]
    done = run(arguments, environment)
    assert 0 == done.returncode, done.stdout


def test_demo(environment):
    """Both runs show the same, and the times of both are printed."""
    kept = {k: v for k, v in environment.items() if not k.startswith("OPENAI_")}
    done = run(["-m", "poppy_nb.demo", "--latency", "0.1"], kept)
    assert 0 == done.returncode, done.stdout
    assert "outputs equal to those of plain Python: yes" in done.stdout
    assert "critical path" in done.stdout
