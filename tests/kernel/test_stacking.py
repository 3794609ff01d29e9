"""Other magics, files and settings around `%%poppy`, with the engine: calls meet at a barrier wherever they can run at once."""

import re

import pytest

from tests.kernel.client import Kernel


SETUP = """
import asyncio, threading
from poppy_nb import external
meeting = threading.Barrier(3, timeout=100)
@external
def meet(x):
    meeting.wait()
    return x
@external
async def ameet(x, here=[]):
    here.append(x)
    while len(here) % 3:
        await asyncio.sleep(0.001)
    return x
"""
TOGETHER = "%%poppy\nr = [meet(i) for i in range(3)]\nprint(r)"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A kernel with the engine in an empty directory, and `meet`, three calls of which go on only together."""
    directory = tmp_path_factory.mktemp("stacking")
    with Kernel(directory, standin=False) as kernel:
        kernel.directory = directory
        kernel.run(SETUP)
        yield kernel


@pytest.mark.parametrize("above", ["%%time", "%%timeit -n1 -r2", "%%prun -q", "%%time\n%%prun -q"])
def test_below_other_magics(engine, above):
    """In parallel; one output, whatever the number of runs."""
    result = engine.run(f"{above}\n{TOGETHER}")
    assert "[0, 1, 2]\n" in result.stdout
    assert ["poppy: running"] == result.displays
    assert {"poppy: 3 external calls"} == set(result.updates)
    assert len(result.updates) == (2 if "timeit" in above else 1)


def test_below_capture(engine):
    """What poppy says is captured, too, once."""
    assert [] == engine.run(f"%%capture kept\n{TOGETHER}").outputs
    result = engine.run("print(kept.stdout, len(kept.outputs))\nkept.outputs[0]")
    assert "[0, 1, 2]\n 1\n" == result.stdout
    assert "poppy: 3 external calls" in [result.value, *result.displays]


def test_awaiting_below_other_magics(engine):
    """On the kernel's own loop."""
    engine.run("loop = asyncio.get_running_loop()")
    result = engine.run("%%time\n%%capture kept\n%%poppy\nr = [await ameet(i) for i in range(3)]\nasyncio.get_running_loop() is loop")
    assert "ok" == result.reply["status"]
    assert "True" == engine.run("kept.outputs[-1]").value
    assert "[0, 1, 2]" == engine.run("r").value


@pytest.mark.parametrize(
    "cell",
    [
        "get_ipython().run_cell_magic('poppy', '', 'r = [meet(i) for i in range(3)]')",
        "for _ in '1':\n    get_ipython().run_cell_magic('poppy', '', 'r = [meet(i) for i in range(3)]')",
        "get_ipython().run_cell('%%poppy\\nr = [meet(i) for i in range(3)]')\nNone",
        "def f():\n    get_ipython().run_cell_magic('poppy', '--quiet', 'r = [meet(i) for i in range(3)]')\nf()",
    ],
)
def test_called_by_code(engine, cell):
    """As a function, wherever."""
    engine.run("r = None")
    assert "ok" == engine.run(cell).reply["status"]
    assert "[0, 1, 2]" == engine.run("r").value


def test_files_of_cells(engine):
    """`%%poppy` in a `.ipy` file; a notebook; `%run -i`."""
    (engine.directory / "cell.ipy").write_text(TOGETHER)
    assert "[0, 1, 2]\n" == engine.run("%run -i cell.ipy").stdout
    assert "[0, 1, 2]\n" == engine.run("%%poppy\n%run -i cell.ipy").stdout
    (engine.directory / "plain.py").write_text("s = len(r)\nprint(s)")
    assert "3\n" == engine.run("%%poppy\n%run -i plain.py").stdout


def test_without_autoawait(engine):
    """A cell that awaits nothing needs none."""
    engine.run("%autoawait off")
    try:
        assert "[0, 1, 2]\n" == engine.run(TOGETHER).stdout
        assert "[0, 1, 2]\n" in engine.run(f"%%time\n{TOGETHER}").stdout
        assert "SyntaxError" == engine.run("%%poppy\nawait ameet(1)").error["ename"]
    finally:
        engine.run("%autoawait on")


def test_under_on(engine):
    """Every cell; what is IPython's in it works, and names of shell commands meet."""
    engine.run("%poppy on")
    try:
        result = engine.run("words = !echo a; echo b; echo c\nr = [meet(w) for w in words]\nprint(r)\n%time 1\nr")
        assert result.stdout.startswith("['a', 'b', 'c']\n")
        assert "['a', 'b', 'c']" == result.value
        (update,) = result.updates
        assert "poppy: 3 external calls\n  line 4 waited: magics, shell commands and what else is IPython's run in order" == update
        assert [] == engine.run("r").updates
        result = engine.run("await asyncio.sleep(0)\nr = [meet(i) for i in range(3)]\n1 / 0")
        assert "ZeroDivisionError" == result.error["ename"]
        assert "----> 3 1 / 0" in result.traceback
        assert "1\n" == engine.run("%%time\nprint(1)").stdout[:2]
    finally:
        engine.run("%poppy off")
    assert [] == engine.run("r").displays


def test_files(engine):
    """`open` is a function of IPython's in a kernel: files are written in a loop whose calls meet."""
    write = "for i in range(3):\n    with open(f'{i}.txt', 'w') as out:\n        print(meet(i), file=out)"
    result = engine.run(f"%%poppy\n{write}\n[open(f'{{i}}.txt').read() for i in range(3)]")
    assert r"['0\n', '1\n', '2\n']" == result.value
    assert ["poppy: 3 external calls"] == result.updates


def test_run_object(engine):
    """`run = %poppy last`, in a cell of its own or among other code."""
    engine.run(TOGETHER)
    assert "(3, [2, 2, 2])" == engine.run("run = %poppy last\nlen(run.calls), [c.line for c in run.calls]").value


def test_progress(engine):
    """After a second: how many are done, running and queued; then the summary. No tick comes later."""
    engine.run("import time\n@external\ndef slow(x):\n    time.sleep(x)\n    return x")
    result = engine.run("%%poppy --limit 2\nr = [slow(x) for x in (0, 0.1, 1.4, 0.2, 0.1)] + [slow(1.4)]\nsum(r)")
    assert " done, " in result.progress[0]
    assert ["poppy: 6 external calls"] == result.updates
    assert ["poppy: running"] == result.displays
    assert [] == engine.run("%%poppy --quiet\nslow(1.2);").outputs


def test_progress_while_it_computes(engine):
    """The line lives although the loop stands still."""
    result = engine.run("%%poppy\nimport time\nend = time.monotonic() + 2.5\nwhile time.monotonic() < end:\n    sum(range(1000))")
    assert re.fullmatch(r"poppy: running · 0 done, 0 running, 0 queued · \d+ s", result.progress[0])


def test_views_in_a_notebook(engine):
    """A live view from the beginning, the same with a picture and a table at the end."""
    result = engine.run("%%poppy --view graph\nr = [meet(i) for i in range(3)]", allow_stdin=True)
    (first,), update = result.texts("display_data"), result.texts("update_display_data")[-1]
    widget = "application/vnd.jupyter.widget-view+json"
    assert first["data"][widget]["model_id"] == update["data"][widget]["model_id"]
    assert "<svg" in update["data"]["image/svg+xml"]
    assert update["data"]["text/plain"].startswith("poppy: 3 external calls\nline  call")


def test_views_in_a_batch(engine):
    """Where a notebook is executed for others to read, no widget stands before the picture."""
    result = engine.run("%%poppy --view graph\nr = [meet(i) for i in range(3)]")
    (first,), update = result.texts("display_data"), result.texts("update_display_data")[-1]
    assert {"text/plain"} == set(first["data"])
    assert {"text/plain", "image/svg+xml"} == set(update["data"])


def test_functions_of_a_timed_cell(kernel):
    """What stands under `%%time` names a file without a text: its functions are found in the history."""
    kernel.run(
        "from threading import Barrier\nfrom poppy_nb import external\nbarrier = Barrier(3)\n"
        "@external\ndef model(x):\n    barrier.wait(20)\n    return x"
    )
    kernel.run("%%time\nimport json\ndef timed(x):\n    return json.loads(json.dumps(model(x)))")
    result = kernel.run("%%poppy --quiet\n[timed(x) for x in range(3)]")
    assert (None, "[0, 1, 2]") == (result.error, result.value)
