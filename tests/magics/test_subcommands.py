"""`%poppy SUBCOMMAND` and the options of `%%poppy` that show and keep something."""

import pytest


CALLS = "from poppy_nb import external\n@external\ndef f(x):\n    return [x]\n"


@pytest.fixture
def ran(shell):
    """A shell in which a cell has made three calls in line 2."""
    shell.run(CALLS)
    shell.run("%%poppy\nr = [f(i) for i in range(3)]\n1")
    return shell


def test_on_and_off(shell):
    """Every cell in between runs under the engine; text and lines are those of the plain cell."""
    shell.run(CALLS)
    assert "Every following cell runs as if it began with %%poppy" in shell.run("%poppy on")
    assert "poppy: 2 external calls\nOut[3]: 2\n" == shell.run("\n\nr = [f(i) for i in range(2)]\nlen(r)").rstrip("\n") + "\n"
    assert "line 2" in shell.error("x = 1\n1 / 0").replace(", line", " line").replace("----> 2", "line 2")
    assert "Only cells that begin with %%poppy" in shell.run("%poppy off")
    assert "" == shell.run("r = f(1)")


@pytest.mark.parametrize(
    "cell",
    ["%poppy on", "x = 5", "!true", "%who_ls", "f?", "%%capture c\nprint(f(1))", "%%python_or_not\nx", "", "# nothing\n"],
)
def test_left_alone(shell, cell):
    """Cells that begin with another cell magic, and those with nothing but magics, help and shell commands in them."""
    shell.run(CALLS + "%poppy on")
    before = shell.magics.runner.last
    assert "external call" not in shell.run(cell)
    if cell != "x = 5":
        assert before is shell.magics.runner.last


def test_on_and_no_calls(shell):
    """A cell that makes none has nothing to say; one of which that cannot be seen before says it when they come."""
    shell.run(CALLS + "%poppy on")
    assert "a\n" == shell.run("print('a')")
    assert "poppy: 1 external call" in shell.run("[f][0](1)\nNone")
    assert "a\npoppy: 1 external call\n" == shell.run("print('a')\nv = f(1)")


def test_on_and_an_explicit_cell(shell):
    """Options of a cell hold; `--sequential` is plain."""
    shell.run(CALLS + "%poppy on")
    assert "" == shell.run("%%poppy --quiet\nf(1)\nNone")
    before = shell.magics.runner.last
    assert "" == shell.run("%%poppy --sequential\nf(1)\nNone")
    assert before is shell.magics.runner.last


def test_on_with_what_is_no_python(shell):
    """The error is IPython's."""
    shell.run("%poppy on")
    assert "Cell In[2], line 2\n    x = )\n" in (text := shell.error("1\nx = )"))
    assert "SyntaxError: unmatched ')'" in text


def test_on_keeps_asyncio_run(shell):
    """No loop runs around a cell that awaits nothing, as in plain IPython; and one around a cell that does."""
    shell.run("%poppy on")
    shell.run("import asyncio\nasync def g(): return 4\nv = asyncio.run(g())")
    shell.run("w = await g()")
    assert (4, 4) == (shell.names["v"], shell.names["w"])


def test_status(ran):
    """What is on, what is configured, what was."""
    text = ran.run("%poppy status")
    assert "cells that begin with %%poppy run under it" in text
    assert "last run: 3 external calls" in text
    ran.run("%poppy on\n%poppy config limit=3")
    text = ran.run("%poppy status")
    assert "every cell runs under it" in text
    assert "limit = 3" in text


def test_status_within_a_run(ran):
    """It tells that one is under way."""
    assert "a cell is running" in ran.run("%%poppy\n%poppy status")


def test_config(shell):
    """Shows, sets, several at once, with blanks, all or nothing."""
    assert "limit = 64\n" in shell.run("%poppy config")
    assert "" == shell.run("%poppy config limit=8 strict = on view= graph")
    text = shell.run("%poppy config")
    assert all(line in text for line in ("limit = 8  (default: 64)", "strict = on  (default: off)", "view = graph"))
    assert "limit = 8\n" == shell.run("%poppy config limit")
    assert "did you mean 'limit'?" in shell.error("%poppy config strict=off lmit=9")
    assert "strict = on" in shell.run("%poppy config strict")
    shell.run("%poppy config reset")
    assert "default:" not in shell.run("%poppy config")


def test_config_is_used(shell):
    """By cells that say nothing else."""
    shell.run(CALLS)
    shell.run("%poppy config quiet=on")
    assert "" == shell.run("%%poppy\nf(1)\nNone")
    shell.run("%config PoppyMagics.quiet = False")
    assert "poppy: 1 external call" in shell.run("%%poppy\nf(1)\nNone")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "a subcommand is needed: on, off, status, config, last, explain, externals or code"),
        ("", "write %%poppy (with two %) as its first line"),
        ("stats", "there is no subcommand 'stats'; did you mean 'status'?"),
        ("help", "%poppy? shows the help"),
        ("--help", "%poppy? shows the help"),
        ("xyz", "there is no subcommand 'xyz'; there are on, off"),
        ("--limit 3", "options such as --limit belong to cells: write %%poppy --limit, with two %"),
        ("on now", "%poppy on takes nothing behind it, not 'now'"),
        ("config lmit=3", "%poppy config: there is no setting 'lmit'; did you mean 'limit'?"),
        ("config lmit", "did you mean 'limit'?"),
        ("config limit=many", "limit is a whole number from 1 or 'none', not 'many'"),
        ("config strict=maybe", "strict is on or off, not 'maybe'"),
        ("config view=graf", "view is one of graph, timeline, text, none, not 'graf'; did you mean 'graph'?"),
        ("config limit=3 4", "write key=value, not '4'"),
        ("config limit=", "write key=value"),
        ("config 'x", "cannot read"),
        ("explain two", "takes the number of a line of the cell, or nothing for all, not 'two'"),
        ("explain 0", "takes the number of a line"),
        ("last", "no cell has run under %%poppy yet"),
        ("explain", "no cell has run under %%poppy yet"),
        ("code", "no cell has run under %%poppy yet"),
    ],
)
def test_refused(shell, line, said):
    """A sentence that says what is wrong and what to write; no traceback."""
    text = shell.error(f"%poppy {line}")
    assert "UsageError: %poppy" in text
    assert said in text
    assert "Traceback" not in text


def test_last(ran):
    """The run object, as the value of the line."""
    ran.run("run = %poppy last")
    run = ran.names["run"]
    assert [("f", 2, "done")] * 3 == [(call.name, call.line, call.state) for call in run.calls]
    assert "poppy: 3 external calls" in ran.run("%poppy last")


def test_last_after_a_failure(shell):
    """What had finished, and what ended it."""
    shell.run(CALLS)
    shell.error("%%poppy\na = f(1)\nlen(a) / 0")
    run = shell.magics.runner.last.run()
    assert ("ZeroDivisionError", ["done"]) == (run.error, [call.state for call in run.calls])


def test_last_within_a_run(shell):
    """Of the run that is under way."""
    shell.run(CALLS)
    shell.run("%%poppy\na = f(1)\nprint(a)\nrun = %poppy last\nstate = run.finished")
    assert False is shell.names["state"]


def test_explain(ran):
    """All lines, or one."""
    assert "3 external calls in" in ran.run("%poppy explain")
    assert "3 calls" in ran.run("%poppy explain 2")
    assert "line 3: no external call was made there" in ran.run("%poppy explain 3")


def test_explain_after_the_run(ran):
    """`--explain`: the same below the summary, without times."""
    text = ran.run("%%poppy --explain\nr = [f(i) for i in range(3)]")
    assert text.startswith("poppy: 3 external calls\n\nline 2: r = [f(i) for i in range(3)]\n  3 calls of f: ✓ 3 done\n  waited for nothing")


def test_views(ran):
    """`text` is a table, `none` the summary alone; pictures have a text for where there is none."""
    cell = "r = [f(i) for i in range(3)]"
    assert "poppy: 3 external calls\n" == ran.run(f"%%poppy --view none\n{cell}")
    for kind in ("text", "graph", "timeline"):
        assert "2     f     3      ✓ 3 done" in ran.run(f"%%poppy --view {kind}\n{cell}")


def test_out(ran):
    """The run object in a variable, also if the cell fails; silent together with --quiet."""
    assert "" == ran.run("%%poppy --out kept --quiet\nr = [f(i) for i in range(4)]")
    assert 4 == len(ran.names["kept"].calls)
    ran.error("%%poppy --out kept\nf(1) / 0")
    assert "TypeError" == ran.names["kept"].error


def test_plan(ran):
    """Shown, and nothing runs."""
    text = ran.run("%%poppy --plan\nfor i in range(3):\n    made = f(i)")
    assert "poppy: plan: 1 place with external calls; nothing has run" in text
    assert "made = f(i)" in text
    assert "made" not in ran.names
    assert "3 external calls" in ran.magics.runner.last.summary()


def test_externals(ran):
    """Those of the user and those of known libraries."""
    ran.run("external(f, limit=3)")
    text = ran.run("%poppy externals")
    assert "f  (limit=3)\n" in text
    assert "openai.resources.chat.completions.Completions.create" in text


def test_code(ran):
    """The generated code of the last cell."""
    text = ran.run("%poppy code")
    assert "# the cell\ndef __poppy_function(__poppy_L):" in text
    assert "# region 1_element_line_2" in text
    assert "call(load(__poppy_L1, 'f'), load(__poppy_L, 'i'))()" in text


def test_names_in_options(shell):
    """`$n` is the value of a variable of the notebook, whatever ours are called."""
    shell.run(CALLS)
    for name in ("n", "line", "text", "self"):
        shell.names[name] = 2
        shell.run(f"%%poppy --limit ${name}\n[f(i) for i in range(9)]")
        assert 2 == shell.magics.runner.last.report.most_at_once
