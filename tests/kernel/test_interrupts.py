"""Ctrl-C: KeyboardInterrupt within half a second, and the next cell works."""

import time

import pytest

from tests.kernel.client import Kernel


BOUND = 0.5

CELLS = {
    "waiting": "import asyncio\nprint('started', flush=True)\nawait asyncio.sleep(60)",
    "computing": "print('started', flush=True)\nwhile True:\n    pass",
    "in a native call": "import time\nprint('started', flush=True)\ntime.sleep(60)",
    "in a function": "def f():\n    print('started', flush=True)\n    while True:\n        sum(range(1000))\nf()",
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@pytest.mark.parametrize("option", ["", " --sequential"])
def test_interrupt(kernel, cell, option):
    """In time, at the user's line, and the handler is the kernel's again."""
    if option and "await" in cell:
        pytest.skip("the kernel's own way, which is slow")
    times = []
    while not times or (times[-1] >= BOUND and len(times) < 3):  # a busy machine is late now and then, a wrong handler always
        message = kernel.submit(f"%%poppy{option}\nkept = 'kept'\n{cell}\nprint('not reached')")
        kernel.wait_for_output("started")
        sent = kernel.interrupt()
        result = kernel.result(message)
        times.append(time.monotonic() - sent)
        assert "KeyboardInterrupt" == result.error["ename"]
        assert "poppy_nb" not in result.traceback
    assert times[-1] < BOUND
    after = kernel.run("import signal; print(signal.getsignal(signal.SIGINT)); kept")
    assert "default_int_handler" in after.stdout
    assert "'kept'" == after.value


def test_twice_in_a_row(kernel):
    """A second one while the first is dealt with does no harm."""
    message = kernel.submit("%%poppy\n" + CELLS["waiting"])
    kernel.wait_for_output("started")
    kernel.interrupt()
    kernel.interrupt()
    assert "KeyboardInterrupt" == kernel.result(message).error["ename"]
    assert "1" == kernel.run("%%poppy\n1").value


def test_caught_by_the_cell(kernel):
    """`except KeyboardInterrupt` in code that computes works as in plain Python; the rest of the cell is still broken off."""
    message = kernel.submit(
        "%%poppy\ntry:\n    print('started', flush=True)\n    while True: pass\nexcept KeyboardInterrupt:\n    print('caught')"
    )
    kernel.wait_for_output("started")
    kernel.interrupt()
    assert "caught\n" in kernel.result(message).stdout


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A kernel in which the engine itself runs the cells."""
    with Kernel(tmp_path_factory.mktemp("real"), standin=False) as started:
        yield started


PLAIN = {
    "a loop": "while True:\n    pass",
    "a loop in a function": "def run():\n    while True:\n        sum(range(1000))\nrun()",
    "a comprehension": "import itertools\n[n for n in itertools.count() if n < 0]",
    "a loop in a walked function": (
        "from poppy_nb import external\n@external\ndef f(x):\n    return x\ndef run():\n    while True:\n        pass\n    f(1)\nrun()"
    ),
}


@pytest.mark.engine
@pytest.mark.parametrize("cell", PLAIN.values(), ids=PLAIN)
def test_plain_code(real, cell):
    """Code that runs in plain form is broken off as fast, what came before is there, and what comes behind has not happened."""
    times = []
    while not times or (times[-1] >= BOUND and len(times) < 3):
        real.run("kept = 'old'")
        message = real.submit(f"%%poppy\nkept = [str(i) for i in range(3)]\nprint('started', flush=True)\n{cell}\nkept = 'not reached'")
        real.wait_for_output("started")
        sent = real.interrupt()
        result = real.result(message)
        times.append(time.monotonic() - sent)
        assert "KeyboardInterrupt" == result.error["ename"]
        assert "poppy_nb" not in result.traceback
    assert times[-1] < BOUND
    assert "['0', '1', '2']" == real.run("kept").value
    assert "3" == real.run("%%poppy\nlen(kept)").value
