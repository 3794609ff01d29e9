"""What cells show, where and in which order: displays, figures, widgets, values, tasks, threads, logging."""

import ipykernel
import IPython
import pytest


SETUP = """
import asyncio, logging, sys, threading, time
import poppy_nb
from IPython.display import clear_output, display, HTML, update_display

@poppy_nb.external
def ask(x):
    time.sleep(max(0.01 * (3 - x), 0.2 * (x > 3)))
    print("asked", x)
    print("warned", x, file=sys.stderr)
    logging.getLogger("calls").warning("logged %s", x)
    display(f"shown {x}")
    return x
"""

CELLS = {
    "calls": "import logging\nlogging.basicConfig(force=True, format='%(message)s')\nfor i in range(3):\n    print('before', i)\n    y = ask(i)\n    print('after', y)",
    "display": "for i in range(3):\n    display(ask(i))\n    display(HTML(f'<b>{i}</b>'))",
    "display_id": "h = display('waiting', display_id='one')\nfor i in range(3):\n    h.update(f'got {ask(i)}')\nupdate_display('done', display_id='one')",
    "clear_output": "for i in range(3):\n    clear_output(wait=True)\n    print('progress', ask(i))",
    "value": "x = [ask(i) for i in range(3)]\nx",
    "no value": "ask(1);",
    "rich value": "HTML(f'<i>{ask(2)}</i>')",
    "threads": "def talk(n):\n    print('thread', n)\nfor n in range(2):\n    t = threading.Thread(target=talk, args=(ask(n),))\n    t.start(); t.join()",
    "tasks": "async def talk(n):\n    print('task', n)\n    await asyncio.sleep(0)\n    print('again', n)\n    return n\nawait asyncio.gather(talk(1), talk(2))",
    "logging": "log = logging.getLogger('cell')\nfor i in range(3):\n    log.warning('before %s', i)\n    log.warning('got %s', ask(i))",
    "magics": "files = !echo one\nprint(files, ask(1))\n%who_ls function",
    "mixed": "sys.stdout.write('a\\n')\nprint(ask(1))\nsys.stderr.write('b\\n')\ndisplay('c')\nprint(ask(0), file=sys.stderr)\nsys.stdout.flush()",
}


@pytest.fixture(scope="module", autouse=True)
def _setup(kernel):
    kernel.run(SETUP)


def shown(result):
    """Outputs in order; text that is written in several pieces is one."""
    found = []
    for kind, content in result.outputs:
        if kind == "stream":
            if found and found[-1][0] == content["name"]:
                found[-1] = (content["name"], found[-1][1] + content["text"])
            else:
                found.append((content["name"], content["text"]))
        elif kind == "error":
            found.append((kind, content["ename"]))
        else:
            found.append((kind, content.get("data"), content.get("wait"), bool(content.get("transient"))))
    return found


def texts(result, name):
    return "".join(text for kind, text, *_ in shown(result) if kind == name)


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_as_in_plain_python(kernel, cell):
    """The same outputs, in the same order, in the same cell."""
    kernel.others.clear()
    plain = kernel.run("# %%poppy\n" + cell)
    poppy = kernel.run("%%poppy --quiet\n" + cell)
    assert [] == [content for kind, content in kernel.others if kind not in ("status", "execute_input")]
    assert [o for o in shown(plain) if o[0] not in ("stdout", "stderr")] == [o for o in shown(poppy) if o[0] not in ("stdout", "stderr")]
    assert texts(plain, "stdout") == texts(poppy, "stdout")
    assert texts(plain, "stderr") == texts(poppy, "stderr")
    assert plain.error == poppy.error


def test_displays_keep_no_call_back(kernel):
    """Displays and prints in a loop come in order, and the calls overlap."""
    loop = "for i in range(4):\n    print('before', i)\n    display(HTML(f'<b>{ask(i)}</b>'))\n    display(ask(i + 4), i)\n"
    plain, poppy = kernel.run("# %%poppy\n" + loop), kernel.run("%%poppy --quiet\n" + loop)

    def in_order(result):
        result.outputs = [one for one in result.outputs if one[1].get("name") != "stderr"]
        return shown(result)

    assert in_order(plain) == in_order(poppy)
    result = kernel.run("%%poppy --quiet --out run\n" + loop)
    assert "True" == kernel.run("max(c.started for c in run.calls) < min(c.ended for c in run.calls)").value, result.outputs


def test_underscore_out_in_history(kernel):
    """`_`, `Out`, `In` and %history are those of any cell."""
    cell = "%%poppy --quiet\nask(2) * 21"
    number = kernel.run(cell, store_history=True).reply["execution_count"]
    assert "42" == kernel.run("_").value
    assert "(42, True)" == kernel.run(f"Out[{number}], 'ask(2) * 21' in In[{number}]").value
    assert cell in kernel.run(f"%history {number}").stdout


def test_in_is_what_ipython_makes_of_it(kernel, tmp_path):
    """Not what runs on the loop instead: `%save` writes a file that others can read, `%macro` keeps the code."""
    cell = "asked = ask(1)"
    kernel.run("%%poppy --quiet\n" + cell, store_history=True)
    assert repr(f"get_ipython().run_cell_magic('poppy', '--quiet', {cell + chr(10)!r})") == kernel.run("In[-2]").value
    number = kernel.run("%poppy on", store_history=True).reply["execution_count"] + 1
    try:
        kernel.run(cell, store_history=True)
        assert repr(cell) == kernel.run(f"In[{number}]").value
        assert cell + "\n" == kernel.run(f"%history -t {number}").stdout
        kernel.run(f"%save -f {tmp_path}/saved {number}")
        assert cell in (tmp_path / "saved.py").read_text()
        kernel.run(f"%macro again {number}\ndel asked")
        result = kernel.run("again")
        assert ["poppy: 1 external call"] == result.updates
        assert "1" == kernel.run("asked").value
    finally:
        kernel.run("%poppy off")


def test_output_of_what_outlives_an_error(kernel):
    """A thread and a task of the cell that go on after it has failed print where they do in plain Python."""
    cell = (
        "go, through = threading.Event(), threading.Event()\n"
        "def talk():\n    go.wait(); print('thread'); through.set()\n"
        "async def tell():\n    while not go.is_set(): await asyncio.sleep(0.01)\n    print('task')\n"
        "threading.Thread(target=talk).start(); telling = asyncio.create_task(tell())\nx = ask(1)\n1 / 0"
    )
    found = []
    for first in ("# %%poppy\n", "%%poppy --quiet\n"):
        kernel.others.clear()
        assert "ZeroDivisionError" == kernel.run(first + cell).error["ename"]
        after = kernel.run("go.set(); through.wait(100); await telling; print('mine', flush=True)")
        late = sorted("".join(c["text"] for k, c in kernel.others if k == "stream").split())
        found.append((late, sorted(after.stdout.split())))
    assert found[0] == found[1]
    assert {"thread", "task", "mine"} == {*found[1][0], *found[1][1]}


def test_figures(kernel):
    """Inline figures appear where plain Python shows them: at the end of the cell, and at show()."""
    pytest.importorskip("matplotlib")
    kernel.run("%matplotlib inline\nimport matplotlib.pyplot as plt")
    cell = "fig, ax = plt.subplots()\nax.plot([ask(i) for i in range(3)])\nplt.show()\nprint('between')\nplt.plot([1, 2]);"
    plain, poppy = kernel.run("# %%poppy\n" + cell), kernel.run("%%poppy --quiet\n" + cell)
    kinds = [(kind, *sorted(c.get("data", ()))) for kind, c in plain.outputs if "image/png" in c.get("data", ())]
    assert 2 == len(kinds)
    assert kinds == [(kind, *sorted(c.get("data", ()))) for kind, c in poppy.outputs if "image/png" in c.get("data", ())]
    assert texts(plain, "stdout") == texts(poppy, "stdout")


def test_widgets_in_the_cell(kernel):
    """They are made, shown and changed in order; a widget takes what is printed in its context."""
    cell = (
        "import ipywidgets\nbar = ipywidgets.IntProgress(max=3)\ndisplay(bar)\n"
        "for i in range(3):\n    y = ask(i)\n    bar.value += 1\nbar.value"
    )
    plain, poppy = kernel.run("# %%poppy\n" + cell), kernel.run("%%poppy --quiet\n" + cell)
    assert "3" == plain.value == poppy.value
    assert [k for k, c in plain.outputs if k.startswith("comm")] == [k for k, c in poppy.outputs if k.startswith("comm")]


def test_handlers_and_background_tasks_in_the_middle(kernel):
    """What runs on the loop while the cell waits: a task of an earlier cell, with its output in its own cell."""
    kernel.run("ticks, went = [], threading.Event()\nasync def tick():\n    while len(ticks) < 5:\n        ticks.append(len(ticks)); went.set() if len(ticks) == 5 else None; await asyncio.sleep(0.01)\nticking = asyncio.create_task(tick())")
    kernel.run("@poppy_nb.external\ndef slow(x):\n    assert went.wait(100)\n    return x")
    assert "[1, 2]" == kernel.run("%%poppy --quiet\n[slow(1), slow(2)]").value
    assert "5" == kernel.run("await ticking; len(ticks)").value


def test_a_widget_that_is_moved_in_the_middle(kernel):
    """Its handler runs while the cell waits for a call, as while a plain cell awaits, and the call goes on by it."""
    if ipykernel.version_info < (7, 4):
        pytest.skip("what a page sends is kept until the cell has ended, also in plain cells")
    kernel.run("import ipywidgets\nslider = ipywidgets.IntSlider()\nmoved, seen = threading.Event(), []")
    kernel.run("slider.observe(lambda change: (seen.append(change.new), moved.set()), 'value')")
    kernel.run("@poppy_nb.external\ndef until_moved(x):\n    assert moved.wait(100)\n    return x")
    model = kernel.run("print(slider.model_id)").stdout.strip()
    message = kernel.submit("%%poppy --quiet\nprint('begun', flush=True)\nx = until_moved(1)\n(x, slider.value, seen)")
    kernel.wait_for_output("begun")
    content = {"comm_id": model, "data": {"method": "update", "state": {"value": 7}, "buffer_paths": []}}
    kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", content))
    assert "(1, 7, [7])" == kernel.result(message).value


def test_computing_beside_calls_with_timeouts(kernel):
    """An answer that came in time is no timeout because the cell has computed."""
    kernel.run("@poppy_nb.external\nasync def timed(x):\n    return await asyncio.wait_for(asyncio.sleep(0.05, x), 0.4)")
    cell = "%%poppy --quiet\na = timed(1)\nb = [timed(i) for i in range(3)]\nend = time.perf_counter() + 1\nwhile time.perf_counter() < end: pass\n"
    result = kernel.run(cell.replace("= timed(1)", "= await timed(1)").replace("[timed(i)", "[await timed(i)") + "a, b")
    assert "(1, [0, 1, 2])" == result.value, result.outputs


def test_autoreload(kernel, tmp_path):
    """A module that has changed is the new one in the next cell, in mediated code too."""
    module = tmp_path / "changing.py"
    module.write_text("def f(x):\n    return x + 1\n")
    kernel.run(f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n%load_ext autoreload\n%autoreload 2")
    try:
        assert "2" == kernel.run("%%poppy --quiet\nimport changing\nchanging.f(ask(1))").value
        module.write_text("def f(x):\n    return x + 100\n")
        import os

        os.utime(module, (2_000_000_000, 2_000_000_000))
        assert "101" == kernel.run("%%poppy --quiet\nchanging.f(ask(1))").value
    finally:
        kernel.run("%autoreload 0")


def test_autoreload_of_functions_with_calls(kernel, tmp_path):
    """What the new definition calls runs at once, too: functions, methods and decorated ones, on whatever lines their code says."""
    module = tmp_path / "calling.py"
    text = (
        "import functools, json, threading\nfrom poppy_nb import external\n\nbarrier = threading.Barrier(3)\n\n\n"
        "@external\ndef model(x):\n    barrier.wait(20)\n    return json.dumps(x)\n\n\n"
        "def wrapped(f):\n    @functools.wraps(f)\n    def inner(*args):\n        return f(*args)\n    return inner\n\n\n"
        "class A:\n    def ask(self, x):  # old\n        return json.loads(model(x)) + OLD\n\n\n"
        "def ask(x):  # old\n    return json.loads(model(x)) + OLD\n\n\n"
        "@wrapped\ndef other(x):  # old\n    return json.loads(model(x)) + OLD\n"
    )
    module.write_text(text.replace("OLD", "100"))
    kernel.run(f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n%load_ext autoreload\n%autoreload 2\nimport calling")
    try:
        module.write_text(text.replace("OLD", "1").replace("  # old\n", "\n        # new\n"))
        import os

        os.utime(module, (2_000_000_000, 2_000_000_000))
        for called in ("ask", "A().ask", "other"):
            assert "[1, 2, 3]" == kernel.run(f"%%poppy --quiet\n[calling.{called}(i) for i in range(3)]").value, called
    finally:
        kernel.run("%autoreload 0")


def test_store(kernel):
    """%store keeps what a cell has made: plain values."""
    if IPython.version_info < (8, 24):
        pytest.importorskip("pickleshare", reason="%store of this IPython needs it")
    kernel.run("%%poppy --quiet\nkept = {'answers': [ask(i) for i in range(2)]}")
    kernel.run("%load_ext storemagic")
    kernel.run("%store kept")
    kernel.run("del kept")
    kernel.run("%store -r kept")
    assert "{'answers': [0, 1]}" == kernel.run("kept").value


def test_breakpoint_and_debug(kernel):
    """The post-mortem debugger stands in the user's frame with its variables, and can go up."""
    kernel.run("%%poppy --quiet\ndef work(item):\n    local = item * 2\n    answer = ask(1)\n    raise ValueError(answer + local)\nout = [work(5)]")
    commands = r"p local, item, answer\nup\np 7, len(SETUP_DONE)\nq\n"
    kernel.run("SETUP_DONE = [1, 2]")
    result = kernel.run(
        "import io\nfrom pdb import Pdb\nout = io.StringIO()\n"
        f"p = Pdb(stdin=io.StringIO('{commands}'), stdout=out, nosigint=True); p.use_rawinput = False\n"
        "p.reset(); p.interaction(None, sys.last_value.__traceback__)\nprint(out.getvalue())"
    )
    assert "(10, 5, 1)" in result.stdout, result.outputs
    assert "(7, 2)" in result.stdout


def test_streams_in_order(kernel):
    """Of two streams, what is written before, by and after a call appears in this order, as if the call had taken its time."""
    kernel.run("@poppy_nb.external\ndef told(x):\n    time.sleep(0.3)\n    print('told', x, file=sys.stderr)\n    time.sleep(0.3)\n    return x")
    cell = "for i in range(2):\n    print('before', i)\n    print('after', told(i))"
    expected = shown(kernel.run(cell))
    assert ["stdout", "stderr"] * 2 + ["stdout"] == [name for name, _ in expected]
    assert expected == shown(kernel.run("%%poppy --quiet\n" + cell))
