"""Terminal IPython: a shell in this process, and the program on a pseudo-terminal."""

import asyncio
import os
import signal
import sys
import threading
import time

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import poppy_nb
from tests.kernel import standin
from tests.kernel.client import ROOT


@pytest.fixture
def shell(monkeypatch):
    """A shell as terminal IPython makes it, without a history file."""
    saved = sys.modules.get("poppy_nb.session")
    standin.install()
    monkeypatch.delenv("POPPY_NB_QUIET", raising=False)
    monkeypatch.delattr("builtins._", raising=False)  # IPython keeps its hands off `_` where a plain prompt has set it
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    made = InteractiveShell.instance(config=config)
    poppy_nb.load_ipython_extension(made)
    yield made
    poppy_nb.unload_ipython_extension(made)
    InteractiveShell.clear_instance()
    del sys.modules["poppy_nb.session"]
    if saved is not None:
        sys.modules["poppy_nb.session"] = saved


def run(shell, code):
    return shell.run_cell(code, store_history=True)


def test_value_and_summary(shell, capsys):
    """The value is shown and kept; the summary is shown once, before it."""
    result = run(shell, "%%poppy\nprint('a')\n6 * 7")
    assert result.success
    assert 42 == result.result == shell.user_ns["_"] == shell.user_ns["Out"][1]
    assert ["a", "poppy: cell 1", "Out[1]: 42"] == capsys.readouterr().out.split("\n")[:3]


def test_no_loop_needed(shell, capsys):
    """With autoawait off, under another magic and called as a function: a loop of our own runs it, in the main thread."""
    shell.autoawait = False
    assert run(shell, "%%poppy\nimport threading\nthread = threading.current_thread()").success
    assert threading.main_thread() is shell.user_ns["thread"]
    shell.autoawait = True
    assert run(shell, "%%capture\n%%poppy\nx = 1").success
    assert run(shell, "if 1: get_ipython().run_cell_magic('poppy', '', 'y = 2')").success
    assert (1, 2) == (shell.user_ns["x"], shell.user_ns["y"])
    assert "in order" not in capsys.readouterr().out


def test_await_needs_autoawait(shell):
    """As in plain IPython."""
    cell = "%%poppy\nimport asyncio\nawait asyncio.sleep(0)"
    assert run(shell, cell).success
    shell.autoawait = False
    result = run(shell, cell)
    assert isinstance(result.error_in_exec or result.error_before_exec, SyntaxError)
    assert isinstance(run(shell, "if 1: get_ipython().run_cell_magic('poppy', '', 'await 1')").error_in_exec, SyntaxError)


def test_inside_a_running_loop(shell):
    """A program that calls `run_cell` in a coroutine: in order, since its loop cannot be run again."""

    async def main():
        return run(shell, "%%poppy\nz = 3")

    assert asyncio.run(main()).success
    assert 3 == shell.user_ns["z"]


def test_traceback(shell, capsys):
    """As that of the plain cell."""
    run(shell, "# %%poppy\nx = 1\nx / 0")
    plain = capsys.readouterr().out
    run(shell, "%%poppy --quiet\nx = 1\nx / 0")
    assert plain.replace("In[1]", "In[2]") == capsys.readouterr().out.replace("%%poppy --quiet", "%%poppy")
    assert not shell.last_execution_succeeded


@pytest.mark.parametrize("cell", ["import asyncio\nawait asyncio.sleep(60)", "while True: pass"], ids=["waiting", "computing"])
def test_interrupt(shell, cell):
    """KeyboardInterrupt in time; the task does not go on in the next cell; the handler is restored."""
    before = signal.getsignal(signal.SIGINT)
    started = threading.Event()
    shell.user_ns["started"] = started
    sent = []

    def press():
        started.wait()
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    begin = "import asyncio\nasyncio.get_running_loop().call_soon(started.set)\nawait asyncio.sleep(0)\n"
    result = run(shell, "%%poppy\n" + begin + cell)
    assert isinstance(result.error_in_exec, KeyboardInterrupt)
    assert time.monotonic() - sent[0] < 30  # in a process that does much else; the bound is held by test_interrupts.py
    assert before == signal.getsignal(signal.SIGINT)
    assert run(shell, "%%poppy\nimport asyncio\nawait asyncio.sleep(0)\nassert len(asyncio.all_tasks()) <= 3").success


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_the_program(tmp_path):
    """`ipython`, as typed."""
    import pexpect

    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("POPPY_NB_")},
        "IPYTHONDIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
    }
    arguments = ["-m", "IPython", "--simple-prompt", "--no-banner", "--colors=nocolor", "--no-confirm-exit"]
    ipython = pexpect.spawn(sys.executable, arguments, env=environment, cwd=str(tmp_path), encoding="utf-8", timeout=120)
    try:
        ipython.expect(r"In \[1\]: ")
        ipython.sendline("from tests.kernel import standin; standin.install()")
        ipython.expect(r"In \[2\]: ")
        ipython.sendline("%load_ext poppy_nb")
        ipython.expect(r"In \[3\]: ")
        for line in ("%%poppy", "print('hel' + 'lo')", "6 * 7", "", ""):
            ipython.sendline(line)
        ipython.expect("hello\r\n")
        ipython.expect(r"Out\[3\]: 42")
        ipython.expect(r"In \[4\]: ")
        for line in ("%%poppy", "import asyncio", "print('star' + 'ted', flush=True)", "await asyncio.sleep(60)", "", ""):
            ipython.sendline(line)
        ipython.expect("started\r\n")
        ipython.expect("poppy: 0 done, 0 running, 0 queued · ")
        ipython.sendintr()
        ipython.expect("KeyboardInterrupt", timeout=50)
        ipython.expect(r"In \[5\]: ")
        ipython.sendline("exit")
        ipython.expect(pexpect.EOF)
    finally:
        ipython.close(force=True)
