"""Notebooks that run without anybody: papermill and `nbconvert --execute`; and the debuggers, with somebody who answers."""

import os
import subprocess
import sys
import time

import nbformat
import pytest

from tests.kernel.client import COLOURS, ROOT, TIMEOUT


CELLS = (
    "%load_ext poppy_nb\nimport time\nfrom poppy_nb import external\n@external\ndef ask(x):\n    time.sleep(0.05)\n    return x * 2\n",
    "n = 3",
    "%%poppy\nout = []\nfor i in range(n):\n    out.append(ask(i))\n    print(i, out[-1])\nout",
    "%%poppy\ndef half(x):\n    return ask(x) / 4\nhalf(3)",
)
COMMANDS = {
    "papermill": ("-m", "papermill", "in.ipynb", "out.ipynb", "-p", "n", "5", "--no-progress-bar"),
    "nbconvert": ("-m", "nbconvert", "--to", "notebook", "--execute", "in.ipynb", "--output", "out.ipynb"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_without_anybody(tmp_path, command):
    """The outputs of the cells are saved, and parameters are known to them."""
    pytest.importorskip(command, reason="needs papermill and nbconvert (the extra `test`)")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.cells[1].metadata["tags"] = ["parameters"]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path / "ipython")}
    environment.pop("POPPY_NB_QUIET", None)  # the summary is looked at
    done = subprocess.run(
        [sys.executable, *COMMANDS[command]], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=280
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *_, loop, last = nbformat.read(tmp_path / "out.ipynb", 4).cells
    n = 5 if command == "papermill" else 3
    texts = [output.get("text") or output["data"]["text/plain"] for output in loop.outputs]
    assert [f"poppy: {n} external calls", "".join(f"{i} {2 * i}\n" for i in range(n)), str([2 * i for i in range(n)])] == texts
    assert "1.5" == last.outputs[-1]["data"]["text/plain"]


def conversation(kernel, code, answers):
    """Run a cell and answer what it asks; all that it wrote."""
    message = kernel.client.execute(code, allow_stdin=True)
    answers, written = list(answers), ""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        if kernel.client.stdin_channel.msg_ready():
            kernel.client.stdin_channel.get_msg()
            kernel.client.input(answers.pop(0))
        if not kernel.client.iopub_channel.msg_ready():
            time.sleep(0.01)
            continue
        got = kernel.client.get_iopub_msg(timeout=TIMEOUT)
        if got["parent_header"].get("msg_id") != message:
            continue
        if got["msg_type"] == "stream":
            written += got["content"]["text"]
        if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
            kernel.client.get_shell_msg(timeout=TIMEOUT)
            return COLOURS.sub("", written)
    raise AssertionError(f"no end, only {written!r}")


SETUP = "import time, poppy_nb\n@poppy_nb.external\ndef ask(x):\n    return x * 2"


def test_debug(kernel):
    """`%debug` after a cell that failed stands in the user's function, and sees its variables and those of its caller."""
    kernel.run(SETUP)
    kernel.run("%%poppy\ndef work(item):\n    local = ask(item)\n    return local / 0\nwork(21)")
    written = conversation(kernel, "%debug", ["p local", "up", "p __name__", "q"])
    assert "return local / 0" in written
    assert "42" in written
    assert "'__main__'" in written


def test_breakpoint(kernel):
    """A debugger in a function stops in the user's frame, and the cell goes on afterwards.

    `breakpoint()` itself is nothing in a kernel without an attached debugger: the same as in a plain cell.
    """
    kernel.run(SETUP)
    cell = "def work(item):\n    local = ask(item)\n    import pdb; pdb.set_trace()\n    return local + 1\nprint('result', work(20))"
    written = conversation(kernel, f"%%poppy --quiet\n{cell}", ["p local", "c"])
    assert "work()" in written
    assert "\n40\n" in written
    assert "result 41" in written
    stepped = conversation(kernel, f"%%poppy --quiet\n{cell}", ["n", "p local + 2", "n", "c"])
    assert "\n42\n" in stepped
    assert "/poppy_nb/" not in stepped
    hooked = cell.replace("import pdb; pdb.set_trace()", "breakpoint()")
    assert conversation(kernel, hooked, ["c"]) == conversation(kernel, f"%%poppy --quiet\n{hooked}", ["c"])
