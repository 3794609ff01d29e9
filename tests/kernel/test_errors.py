"""Exceptions are shown as the plain cell shows them."""

import re

import pytest


FUNCTION = """
import threading, time
import poppy_nb

@poppy_nb.external
def ask(x, wait=0.01):
    time.sleep(wait)
    if x == "bad":
        raise LookupError(x)
    return x

class Closed:
    def __enter__(self): return self
    def __exit__(self, *_): return False

def twice(x):
    doubled = ask(x)
    again = ask(doubled)
    return doubled, again

def raiser(n):
    if n:
        return raiser(n - 1)
    raise KeyError("k")  # here
"""

CELLS = {
    "in the cell": "x = 1\nraise ValueError('v')",
    "in an expression": "x = (1 +\n     2 / 0)\nprint('not reached')",
    "in a function of the cell": "def f(a):\n    return a.b\n\nf(1)",
    "in a function of another cell": "x = 0\nraiser(0)",
    "deep": "raiser(3)",
    "recursive": "def r(n): return r(n + 1)\ntry:\n    r(0)\nexcept RecursionError:\n    raise ValueError('deep') from None\n"
    "finally:\n    x = 1",
    "in a module": "import json\njson.loads('{')",
    "in a callback": "sorted([1, 2], key=lambda x: x / 0)",
    "cause": "try:\n    raiser(1)\nexcept KeyError as e:\n    raise ValueError('outer') from e",
    "context": "try:\n    raiser(1)\nexcept KeyError:\n    1 / 0",
    "notes": "e = ValueError('v')\ne.add_note('note')\nraise e",
    "in the last expression": "1\n2\n[\n  3 / 0\n]",
    "after blank lines": "\n\n\n1 / 0",
    "after await": "import asyncio\nawait asyncio.sleep(0)\n1 / 0",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "a call": "a = ask(1)\nb = ask('bad')\nc = ask(3)\nfor i in range(3):\n    c = ask(i)\nd = 1",
    "a call in a function": "out = []\nfor x in (1, 'bad', 2):\n    out.append(twice(x))\nprint(out)",
    "a call in a comprehension": "xs = [\n    ask(x)\n    for x in (1, 'bad', 2)\n]\ny = 1",
    "a callback of a model": "sorted([1, 2, 'bad'], key=lambda x: ask(x))\nprint('not reached')",
    "a call, no clause matches": "try:\n    ask('bad')\nexcept KeyError:\n    pass\nexcept ValueError:\n    pass",
    "a call, finally": "try:\n    a = ask('bad')\nfinally:\n    b = 1\n    print('at last')",
    "a call, with": "with Closed() as c:\n    a = ask(1)\n    b = ask('bad')\nprint('not reached')",
    "a call, from": "try:\n    ask('bad')\nexcept LookupError as e:\n    raise ValueError('outer') from e",
    "a call, while handled": "def g():\n    try:\n        ask('bad')\n    except LookupError:\n        return missing\n\nx = g()\ny = 2",
    "a call, from None": "try:\n    ask('bad')\nexcept LookupError:\n    raise ValueError('outer') from None",
    "a call, raised again": "try:\n    x = ask('bad')\nexcept LookupError:\n    print('seen')\n    raise",
    "a call, raised behind the try": "kept = None\ntry:\n    ask('bad')\nexcept LookupError as e:\n    kept = e\nraise kept",
    "one of several, raised at the end": "kept = []\nfor x in (1, 'bad', 'bad'):\n    try:\n        ask(x)\n    except LookupError as e:\n        kept.append(e)\nif kept:\n    raise kept[1]",
    "several, as a group's cause": "kept = []\nfor x in (1, 'bad', 'bad'):\n    try:\n        twice(x)\n    except LookupError as e:\n        kept.append(e)\nraise RuntimeError('failed') from kept[0]",
    "a call, raised behind the clauses": "kept = None\nif True:\n    x = 1\n    try:\n        ask(\n            'bad')\n    except KeyError as e:\n        pass\n    except (ValueError, LookupError) as e:\n        kept = e\n        y = 2\n    finally:\n        x = 3\nprint(x, y)\nraise kept",
    "a call, raised behind a loop": "kept = None\nfor x in 1, 2:\n    try:\n        ask('bad')\n    except LookupError as e:\n        kept = e\nelse:\n    y = 2\nraise kept",
    "a call, raised again from a clause with a name": "try:\n    ask('bad')\nexcept LookupError as e:\n    x = ask(1)\n    raise",
    "a call in a generator that is listed": "def items(xs, *, wait=0):\n    for x in xs:\n        yield ask(x)\nlist(items(['bad']))",
    "a name that cannot be imported": "x = ask(1)\nfrom os import nope",
    "on its answer": "a = ask({'k': 1})\nb = a['missing']\nprint(ask(2))",
    "in a branch on it": "if ask(1) == 1:\n    y = 2\n    z = ask('bad')\nelse:\n    z = 0\nw = 3",
    "in a generator": "def items():\n    for x in (1, 'bad'):\n        yield ask(x)\nfor item in items():\n    print(item)",
    "in a method": "class A:\n    def __init__(self):\n        self.n = 0\n    def ask(self, x):\n        self.n += 1\n        return ask(x)\na = A()\na.ask(1)\na.ask('bad')\na.ask(2)",
    "assert": "x = ask(1)\nassert ask(2) == 3, 'differs'\nprint(x)",
}


@pytest.fixture(scope="module", autouse=True)
def _function(kernel):
    kernel.run(FUNCTION)


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_traceback_is_the_plain_ones(kernel, cell):
    """Equal but for the cell's number, to the plain cell and to --sequential."""
    plain = kernel.run("# %%poppy\n" + cell)
    poppy = kernel.run("%%poppy\n" + cell)
    sequential = kernel.run("%%poppy --sequential\n" + cell)
    assert plain.traceback == poppy.traceback
    assert plain.colours == poppy.colours  # the expressions that have raised are marked
    assert (plain.error["ename"], plain.error["evalue"]) == (poppy.error["ename"], poppy.error["evalue"])
    assert plain.traceback == sequential.traceback.replace("# %%poppy --sequential", "# %%poppy")
    assert plain.stdout == poppy.stdout


STOPS = {
    "raised": "raise StopIteration(3)",
    "of an iterator": "it = iter([1])\nprint(next(it))\nnext(it)",
    "in a function": "def f():\n    return next(iter([]))\nf()",
    "a class of it": "class Stop(StopIteration): pass\nraise Stop(1)",
    "beside an await": "import asyncio\nawait asyncio.sleep(0)\nnext(iter([]))",
    "with a cause": "raise StopIteration from ValueError(1)",
    "in a statement that awaits": "import asyncio\nnext(iter([])) if await asyncio.sleep(0) is None else 1",
    "in a coroutine": "async def g(): return next(iter([]))\nawait g()",
    "in a generator": "def gen():\n    yield next(iter([]))\nlist(gen())",
}


@pytest.mark.parametrize("cell", STOPS.values(), ids=STOPS)
def test_stopiteration(kernel, cell):
    """Coroutines that run a cell make no RuntimeError of it; those of the cell do."""
    found = [kernel.run(first + cell) for first in ("# %%poppy\n", "%%poppy\n", "%%poppy --sequential\n")]
    after = [kernel.run(first + cell) and kernel.run("import sys; sys.last_value").value for first in ("", "%%poppy\n")]
    plain, poppy, sequential = found
    assert plain.traceback == poppy.traceback
    assert plain.traceback == sequential.traceback.replace("# %%poppy --sequential", "# %%poppy")
    assert plain.reply["ename"] == poppy.reply["ename"]
    assert plain.stdout == poppy.stdout
    assert after[0] == after[1]


def test_stopiteration_below_other_magics(kernel):
    """There it goes on as what it is."""
    cell = "try:\n    get_ipython().run_cell_magic('poppy', '', 'next(iter([]))')\nexcept StopIteration as error:\n    print(repr(error))"
    assert "StopIteration()\n" == kernel.run(cell).stdout
    for magic in ("%%time\n%%poppy\n", "%%time\n%%poppy --sequential\n", "%%prun -q\n%%poppy\n"):
        result = kernel.run(magic + "next(iter([]))")
        assert "StopIteration" == result.reply["ename"]
        assert "poppy_nb" not in result.traceback
        assert "RuntimeError" not in result.traceback


def test_a_failed_display_fails_its_own_cell_only(kernel):
    """The kernel forgets it at the beginning of cells that it does not await."""
    cell = "class Silent:\n    def __repr__(self): raise ValueError('no repr')\nSilent()"
    for first in ("", "%%poppy\n"):
        assert "error" == kernel.run(first + cell).reply["status"]
        assert "ok" == kernel.run("%%poppy\n1 + 1").reply["status"]


@pytest.mark.parametrize("mode", ["Plain", "Verbose", "Minimal", "Context"])
def test_other_modes(kernel, mode):
    """%xmode shows what it shows of a plain cell."""
    kernel.run(f"%xmode {mode}")
    try:
        for name in ("in a function of another cell", "a call", "a call in a function", "a call, from", "a call, finally", "context"):
            plain = kernel.run("# %%poppy\n" + CELLS[name])
            poppy = kernel.run("%%poppy\n" + CELLS[name])
            assert plain.traceback == poppy.traceback
            assert plain.colours == poppy.colours
    finally:
        kernel.run("%xmode Context")


PRINTED = {
    "group": "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])",
    "group of except*": "try:\n    ask('bad')\nexcept* LookupError:\n    raise",
    "group of tasks": "import asyncio\nasync def fail():\n    ask('bad')\nasync with asyncio.TaskGroup() as tasks:\n    tasks.create_task(fail())",
    "group in a statement that does not await": "import asyncio\nawait asyncio.sleep(0)\nraise ExceptionGroup('g', [ValueError(1)])",
    "syntax error": "exec('1 +')",
}


@pytest.mark.parametrize("cell", PRINTED.values(), ids=PRINTED)
def test_printed_tracebacks(kernel, cell):
    """IPython shows groups, and syntax errors while running, with its own frame: the same line of it."""
    plain = kernel.run("# %%poppy\n" + cell)
    poppy = kernel.run("%%poppy\n" + cell)

    def shown(result):
        return [text.replace(f"[{result.reply['execution_count']}]", "[n]") for text in (result.stdout, result.stderr)] + [
            line for line in (result.error or {"traceback": []})["traceback"] if "ipykernel_" not in line
        ]

    assert [hide_name(text) for text in shown(plain)] == [hide_name(text) for text in shown(poppy)]


def hide_name(text: str) -> str:
    """The hash of the cell's text is in its file name."""
    return re.sub(r"ipykernel_\d+.\d+\.py", "CELL", re.sub(r"In ?\[\d+\]", "In[n]", text))


@pytest.mark.parametrize(
    "cell", ["x = 1\ny = = 2\n", "if True:\nx = 2", "def f(:\n    pass", "'unclosed", "x = 1\nreturn 2", "(\n"]
)
def test_syntax_error_is_the_plain_ones(kernel, cell):
    """At the user's line, and nothing has run that would not have run."""
    plain = kernel.run("# %%poppy\n" + cell)
    poppy = kernel.run("%%poppy\n" + cell)
    assert plain.traceback == poppy.traceback
    assert [] == poppy.displays


def test_custom_exception_handlers_stay(kernel):
    """A handler that the user has set is called, with the clean traceback, and is set afterwards."""
    kernel.run(
        "def handler(shell, etype, value, tb, tb_offset=None):\n"
        "    import traceback\n"
        "    print('mine', [f.name for f in traceback.extract_tb(tb)][1:])\n"
        "get_ipython().set_custom_exc((ArithmeticError,), handler)"
    )
    try:
        expected = kernel.run("1 / 0").stdout
        assert "mine ['<module>']\n" == expected
        assert expected == kernel.run("%%poppy\n1 / 0").stdout
        assert expected == kernel.run("1 / 0").stdout
    finally:
        kernel.run("get_ipython().set_custom_exc((), None)")


def test_an_exception_that_cannot_be_shown(kernel):
    """IPython shows what has failed while it was shown, and the kernel answers."""
    cell = "class Silent(Exception):\n    def __str__(self): raise ValueError('no text')\nraise Silent"
    plain, poppy = kernel.run("# %%poppy\n" + cell), kernel.run("%%poppy\n" + cell, store_history=True)
    assert plain.reply["ename"] == poppy.reply["ename"]
    assert "ValueError" == poppy.texts("error")[0]["ename"]
    assert "1" == kernel.run("%%poppy\n1").value


def test_warnings_are_shown_once(kernel):
    """As in plain cells: whatever compiles a cell does not make Python forget which it has shown."""
    kernel.run(
        "import json.tool\n"
        "exec(compile('def warn():\\n    import warnings\\n    warnings.warn(\"careful\")', 'lib.py', 'exec'), vars(json.tool))"
    )
    cells = [f"{first}\njson.tool.warn()\nask(1)\n1 / 0" for first in ("%%poppy", "%%time\n%%poppy", "%%poppy", "%%poppy --sequential")]
    assert [1, 0, 0, 0] == [kernel.run(cell).stderr.count("careful") for cell in cells]


def test_exception_object_is_clean(kernel):
    """What `sys.last_value` keeps for %debug has the user's frames only, below IPython's own."""
    kernel.run("%%poppy\nraiser(1)")
    names = kernel.run("import sys, traceback; [f.name for f in traceback.extract_tb(sys.last_value.__traceback__)]").value
    assert "['run_code', '<module>', 'raiser', 'raiser']" == names


def test_debug_lands_in_the_users_frame(kernel):
    """%debug shows the line that failed."""
    kernel.run("%%poppy\nraiser(1)")
    shown = kernel.run(
        "import sys\nfrom IPython.core.debugger import Pdb\n"
        "p = Pdb(); p.reset(); p.setup(None, sys.last_traceback); (p.curframe.f_code.co_name, p.curframe.f_locals['n'])"
    )
    assert "('raiser', 0)" == shown.value


def test_error_stops_queued_cells(kernel):
    """As after a plain cell."""
    slow = "import asyncio\nawait asyncio.sleep(0.3)\n"  # so that both have come when it fails
    messages = [kernel.submit(f"%%poppy\n{slow}1 / 0", stop_on_error=True), kernel.submit("stopped = False")]
    assert ["error", "aborted"] == [kernel.result(message).reply["status"] for message in messages]


def test_system_exit(kernel):
    """IPython's advice, and the kernel lives."""
    assert "SystemExit" == kernel.run("%%poppy\nimport sys\nsys.exit(3)").reply["ename"]
    assert "1" == kernel.run("1").value
