"""What a `%%poppy` cell does in a kernel, the engine apart."""


def test_runs_and_names_persist(kernel):
    """The cell runs in the namespace of the notebook."""
    assert kernel.run("%%poppy\nx = 6\ny = x * 7").reply["status"] == "ok"
    assert "42" == kernel.run("y").value


def test_value_is_displayed_and_remembered(kernel):
    """The last expression becomes Out[n], `_` and an entry of `Out`."""
    result = kernel.run("%%poppy\n6 * 7")
    number = result.reply["execution_count"]
    assert "42" == result.value
    assert "(42, 42, 42)" == kernel.run(f"_, Out[{number}], _{number}").value


def test_semicolon_silences_the_value(kernel):
    """As in IPython, and `_` does not change."""
    kernel.run("'before'")
    assert None is kernel.run("%%poppy\n6 * 7;  # not shown").value
    assert "'before'" == kernel.run("_").value


def test_assignment_has_no_value(kernel):
    """Only a last expression is displayed."""
    assert [] == kernel.run("%%poppy\n5\nz = 1").texts("execute_result")


def test_queued_cells_run_in_order(kernel):
    """Run All: what was queued behind a cell that waits runs after it."""
    messages = [
        kernel.submit("order = []"),
        kernel.submit("%%poppy\nimport asyncio\nawait asyncio.sleep(0.3)\norder.append(1)"),
        kernel.submit("order.append(2)"),
        kernel.submit("%%poppy\norder.append(3)"),
        kernel.submit("order"),
    ]
    assert "[1, 2, 3]" == [kernel.result(message) for message in messages][-1].value


def test_output_keeps_its_order(kernel):
    """stdout, stderr and displays come in program order, the summary first of all."""
    result = kernel.run("%%poppy\nimport sys\nprint('a')\nprint('b', file=sys.stderr)\ndisplay('c')\nprint('d')\n'e'")
    shown = [(kind, content.get("text") or content["data"]["text/plain"]) for kind, content in result.outputs]
    assert ("display_data", "poppy: running") == shown[0]
    assert "a\nd\n" == result.stdout
    assert "b\n" == result.stderr
    assert ["poppy: running", "'c'"] == result.displays
    assert 1 == len(result.updates)
    assert ("execute_result", "'e'") == shown[-1]


def test_summary_is_one_output(kernel):
    """It is displayed once and filled in at the end, as text that says the same each time (nbval compares all of it)."""
    result = kernel.run("%%poppy\npass")
    (first,), (update,) = result.texts("display_data"), result.texts("update_display_data")
    assert first["transient"]["display_id"] == update["transient"]["display_id"]
    assert {"text/plain"} == set(first["data"]) == set(update["data"])
    assert "" == result.stdout + result.stderr


def test_quiet(kernel):
    """--quiet turns the summary off for a cell, the variable of the environment for all."""
    assert [] == kernel.run("%%poppy --quiet\npass").outputs
    kernel.run("import os; os.environ['POPPY_NB_QUIET'] = '1'")
    assert [] == kernel.run("%%poppy\npass").outputs
    kernel.run("os.environ['POPPY_NB_QUIET'] = '0'")
    assert [] != kernel.run("%%poppy\npass").outputs


def test_summary_comes_after_a_failure_too(kernel):
    """A run that ends in an exception has a report."""
    result = kernel.run("%%poppy\n1 / 0")
    assert 1 == len(result.updates)
    assert "ZeroDivisionError" == result.error["ename"]


def test_options_reach_the_engine(standin_kernel):
    """And are the defaults otherwise."""
    look = "get_ipython().magics_manager.registry['PoppyMagics'].runner._session.calls[-1]"
    standin_kernel.run("%%poppy --limit 3 --strict --quiet\npass")
    assert "{'limit': 3, 'strict': True}" == standin_kernel.run(look).value
    standin_kernel.run("%%poppy --limit=none\npass")
    assert "{'limit': None, 'strict': False}" == standin_kernel.run(look).value
    standin_kernel.run("n = 5")
    standin_kernel.run("%%poppy --limit $n\npass")
    assert "{'limit': 5, 'strict': False}" == standin_kernel.run(look).value


def test_wrong_option(kernel):
    """Refused with the name of the option, a suggestion and the usage; nothing runs."""
    result = kernel.run("%%poppy --limmit 3\nran = True")
    assert "UsageError: %%poppy: unknown option --limmit; did you mean '--limit'?" in result.stderr
    assert "usage: %%poppy [--limit N]" in result.stderr
    assert "error" == result.reply["status"]
    assert "False" == kernel.run("'ran' in globals()").value


def test_line_magic_says_how_to_write_it(kernel):
    """`%poppy` alone is not for running cells."""
    assert "write %%poppy (with two %) as its first line" in kernel.run("%poppy").stderr


def test_help(kernel):
    """`%%poppy?` shows the options with examples."""
    reply = kernel.run("%%poppy?").reply
    (payload,) = reply["payload"]
    assert "--limit N" in payload["data"]["text/plain"]
    assert "examples:" in payload["data"]["text/plain"]


def test_ipython_syntax(kernel):
    """Line magics, shell escapes and help work in the cell."""
    result = kernel.run("%%poppy\n\n%who_ls str\nfiles = !echo one; echo two\nprint(list(files))\nhere = %pwd\ntype(here)")
    assert "['one', 'two']\n" == result.stdout
    assert "str" == result.value


def test_source_of_a_function(kernel):
    """`inspect.getsource` finds functions of the cell, comments and blank lines above them or not."""
    kernel.run("%%poppy\n\n\n# about f\ndef f():\n    return 1  # here\n")
    assert r"'def f():\n    return 1  # here\n'" == kernel.run("import inspect; inspect.getsource(f)").value
    assert "5" == kernel.run("f.__code__.co_firstlineno").value


def test_file_name_is_the_cells(kernel):
    """The name in code objects is the one that the front end's debugger computes from the raw text."""
    raw = "%%poppy\ndef g(): pass"
    kernel.run(raw)
    name = kernel.run(f"g.__code__.co_filename == get_ipython().compile.get_code_name({raw!r}, '', 0)")
    assert "True" == name.value


def test_top_level_await(kernel):
    """It runs on the kernel's own loop."""
    kernel.run("import asyncio; loop = asyncio.get_running_loop()")
    assert "True" == kernel.run("%%poppy\nawait asyncio.sleep(0)\nasyncio.get_running_loop() is loop").value


def test_silent_request(kernel):
    """A front end's silent request shows nothing."""
    assert [] == kernel.run("%%poppy\n1", silent=True).outputs


def test_empty_body(kernel):
    """IPython's own refusal stands."""
    assert "cell body is empty" in kernel.run("%%poppy").stderr


def test_macro_and_rerun(kernel):
    """What IPython remembers of the cell can be run again."""
    kernel.run("%%poppy\nn_runs = globals().get('n_runs', 0) + 1", store_history=True)
    kernel.run("%rerun")
    assert "2" == kernel.run("n_runs").value


def test_functions_of_a_cell_that_imports(kernel):
    """IPython compiles each statement of a cell on its own: functions beside the imports that they use are found all the same."""
    kernel.run(
        "import json, threading\nfrom poppy_nb import external\nbarrier = threading.Barrier(3)\n\n"
        "@external\ndef model(x):\n    barrier.wait(20)\n    return json.dumps(x)\n\n"
        "def ask(x):\n    return json.loads(model(x))"
    )
    result = kernel.run("%%poppy\nprint([ask(x) for x in range(3)])")
    assert (None, "[0, 1, 2]\n") == (result.error, result.stdout)
