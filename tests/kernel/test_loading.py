"""%load_ext, %unload_ext, %reload_ext."""

import subprocess
import sys

from tests.kernel.client import ROOT


TRANSFORMERS = "[type(t).__name__ for t in get_ipython().input_transformers_post].count('AwaitPoppy')"
MAGICS = "[n for kind in get_ipython().magics_manager.magics.values() for n in kind if 'poppy' in n]"


def test_loading_twice_adds_nothing(kernel):
    """Neither through IPython nor by hand."""
    kernel.run("%load_ext poppy_nb\nimport poppy_nb\npoppy_nb.load_ipython_extension(get_ipython())")
    assert "1" == kernel.run(TRANSFORMERS).value


def test_unload_leaves_no_trace(kernel):
    """And load brings all back."""
    callbacks = "sum(len(c) for c in get_ipython().events.callbacks.values())"
    before = int(kernel.run(callbacks).value)
    kernel.run("%unload_ext poppy_nb")
    assert ("0", "[]") == (kernel.run(TRANSFORMERS).value, kernel.run(MAGICS).value)
    assert before - 1 == int(kernel.run(callbacks).value)
    assert "poppy" in kernel.run("%%poppy\n1").stderr
    kernel.run("%load_ext poppy_nb")
    assert "1" == kernel.run("%%poppy\n1").value
    assert before == int(kernel.run(callbacks).value)


def test_reload(kernel):
    """Works again and again."""
    for _ in range(3):
        assert "ok" == kernel.run("%reload_ext poppy_nb").reply["status"]
    assert "1" == kernel.run(TRANSFORMERS).value
    assert "1" == kernel.run("%%poppy\n1").value


def test_reload_inside_a_cell(kernel):
    """While a `%%poppy` cell runs."""
    assert "2" == kernel.run("%%poppy\n%reload_ext poppy_nb\n2").value
    assert "3" == kernel.run("%%poppy\n3").value


def test_other_transformers_stay(kernel):
    """Only our own entry goes."""
    kernel.run("def mine(lines): return lines\nget_ipython().input_transformers_post.append(mine)")
    kernel.run("%reload_ext poppy_nb")
    assert "True" == kernel.run("mine in get_ipython().input_transformers_post").value


def test_many_cells_leave_nothing(kernel):
    """Tasks, handlers, transformers and exception handlers do not pile up."""
    import_ = "import asyncio, threading\n"
    counts = (
        "shell = get_ipython()\n"
        "(len(asyncio.all_tasks()), threading.active_count(), len(shell.input_transformers_post), shell.custom_exceptions)"
    )
    kernel.run("%%poppy\n1")
    before = kernel.run(import_ + counts).value
    for number in range(50):
        kernel.run(f"%%poppy\n{number}" if number % 2 else "%%poppy\n1 / 0")
    assert before == kernel.run(import_ + counts).value


PRELOAD = """
import asyncio, sys
from poppy_nb.magics import engine

async def main():
    engine.IDLE = 0
    engine.preload()
    before = "poppy_nb.session" in sys.modules
    await asyncio.sleep(0)  # the loop takes what is due
    await asyncio.sleep(0)
    print(before, "poppy_nb.session" in sys.modules)

engine.preload()  # without a loop: nothing happens
asyncio.run(main())
"""


def test_the_engine_is_imported_when_the_kernel_is_idle():
    """Loading itself is quick, and the first cell does not wait for the import."""
    done = subprocess.run([sys.executable, "-c", PRELOAD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "False True\n" == done.stdout
