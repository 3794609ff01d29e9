"""Kernels come to their end in time, and many cells leave nothing behind."""

import socket
import time

import psutil
import pytest

from tests.kernel.client import TIMEOUT, Kernel


SETUP = """
import asyncio, gc, linecache, os, sys, threading, time
import poppy_nb

@poppy_nb.external
def slow(x, seconds=60):
    time.sleep(seconds)
    return x

@poppy_nb.external
async def slow_async(x):
    await asyncio.sleep(60)

@poppy_nb.external
def fast(x):
    return x

@poppy_nb.external
async def fast_async(x):
    return x
"""

RUNNING = {
    "threads": "xs = [slow(i) for i in range(50)]",
    "on the loop": "xs = [await slow_async(i) for i in range(50)]",
    "computing": "x = slow(1)\nwhile True: pass",
}


@pytest.mark.parametrize("cell", RUNNING.values(), ids=RUNNING)
@pytest.mark.parametrize("way", ["shutdown", "restart"])
def test_gone_in_time(tmp_path, cell, way):
    """In the middle of a cell: two seconds, and no process of it is left."""
    times, idle = [], 0.0
    while not times or (times[-1] >= max(2, 2 * idle) and len(times) < 3):
        times.append(ended(tmp_path, cell, way))
        if times[-1] >= 2:  # on a machine on which one that has nothing to do takes long
            idle = ended(tmp_path, "x = 1", way)
    assert times[-1] < max(2, 2 * idle)


def answers(port):
    """Whether somebody listens there."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def ended(directory, cell, way):
    """Seconds until the process of a kernel that runs this cell is gone."""
    with Kernel(directory) as kernel:
        kernel.run(SETUP)
        pid = kernel.manager.provisioner.pid
        process = psutil.Process(pid)
        kernel.submit("%%poppy\nprint('started', flush=True)\n" + cell)
        kernel.wait_for_output("started")
        children = process.children(recursive=True)
        manager = kernel.manager
        ports = [manager.shell_port, manager.iopub_port, manager.stdin_port, manager.hb_port, manager.control_port]
        assert all(map(answers, ports))
        began = time.monotonic()
        if way == "restart":
            kernel.client.stop_channels()
            kernel.manager.shutdown_kernel(now=cell.endswith("pass"), restart=True)
        else:
            kernel.manager.shutdown_kernel(now=cell.endswith("pass"))
        took = time.monotonic() - began
        assert [] == [p for p in (process, *children) if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        assert not any(map(answers, ports))
        if way == "restart":
            kernel.manager.start_kernel(cwd=str(directory))
            kernel.client = kernel.manager.blocking_client()
            kernel.client.start_channels()
            kernel.client.wait_for_ready(timeout=TIMEOUT)
            assert "2" == kernel.run("1 + 1").value
        return took


COUNTS = """
gc.collect()
shell = get_ipython()
import os, psutil
me = psutil.Process()

def open_files():
    found = []
    for name in os.listdir('/proc/self/fd'):
        try:
            found.append(os.readlink('/proc/self/fd/' + name))
        except OSError:  # of the listing itself
            pass
    return found

print(repr({
    'threads': threading.active_count(), 'tasks': len(asyncio.all_tasks()),
    # IPython's history is written now and then, by a journal beside it
    'files': sum('profile_default' not in name for name in open_files()),
    'lines': len(linecache.cache), 'transformers': len(shell.input_transformers_post), 'callbacks': sum(map(len, shell.events.callbacks.values())),
    'memory': me.memory_info().rss,
}))
"""

CELLS = [
    "xs = [fast(i) for i in range(10)]",
    "ys = [await fast_async(i) for i in range(10)]",
    "def f(x):\n    return fast(x) + 1\nzs = [f(i) for i in range(5)]",
    "try:\n    fast(1) / 0\nexcept ZeroDivisionError:\n    pass",
    "fast(1) / 0",
]


def counts(kernel):
    return eval(kernel.run(COUNTS).stdout)


@pytest.mark.slow
def test_two_hundred_cells(tmp_path):
    """One after the other, failing ones among them: nothing grows with their number."""
    with Kernel(tmp_path, POPPY_NB_QUIET="1") as kernel:
        kernel.run(SETUP)

        def run(number):
            for index in range(number):
                kernel.run(f"%%poppy\nn = {index}\n" + CELLS[index % len(CELLS)])
                plain.append(kernel.run(f"n = {index}\nn"))

        plain = []
        run(50)
        before = counts(kernel)
        run(200)
        after = counts(kernel)
        for name in ("tasks", "files", "transformers", "callbacks"):
            assert after[name] <= before[name] + 1, (name, before, after)
        assert after["threads"] <= before["threads"] + 2
        assert after["memory"] - before["memory"] < 30_000_000
        # IPython itself keeps the lines of every cell
        assert after["lines"] - before["lines"] <= 400


@pytest.mark.slow
def test_ten_thousand_calls(kernel):
    """In one cell, on threads and on the loop."""
    kernel.run(SETUP)
    result = kernel.run("%%poppy --quiet\nxs = [fast(i) for i in range(10_000)]\nlen(xs), xs[-1]", timeout=280)
    assert "(10000, 9999)" == result.value
    result = kernel.run("%%poppy --quiet\nout = []\nfor i in range(10_000):\n    out.append(await fast_async(i))\nlen(out), out[-1]", timeout=280)
    assert "(10000, 9999)" == result.value


@pytest.mark.slow
def test_a_cell_of_two_thousand_lines(kernel):
    """Compiled and run in a few seconds."""
    kernel.run(SETUP)
    lines = [f"v{i} = fast({i})" if i % 2 else f"w{i} = {i} + len(str({i}))" for i in range(2_000)]
    began = time.monotonic()
    result = kernel.run("%%poppy --quiet\n" + "\n".join(lines) + "\nv1999", timeout=280)
    assert "1999" == result.value
    assert time.monotonic() - began < 20


@pytest.mark.slow
def test_a_hundred_thousand_lines_of_output(kernel):
    """All of them, in order."""
    kernel.run(SETUP)
    result = kernel.run("%%poppy --quiet\ny = fast(1)\nfor i in range(100_000):\n    print(y, i)", timeout=280)
    assert [f"1 {i}" for i in range(100_000)] == result.stdout.splitlines()


def test_two_kernels_at_once(tmp_path):
    """Neither knows of the other."""
    with Kernel(tmp_path) as one, Kernel(tmp_path) as other:
        for kernel in (one, other):
            kernel.run(SETUP)
        messages = [(kernel, kernel.submit(f"%%poppy --quiet\nsum([slow(i + {n}, 0.05) for i in range(20)])")) for n, kernel in enumerate((one, other))]
        assert ["190", "210"] == [kernel.result(message).value for kernel, message in messages]
