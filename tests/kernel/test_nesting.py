"""`%%poppy` from synchronous code, and as plain Python."""

import pytest


def test_sequential_is_plain_python(kernel):
    """IPython itself runs the cell: no summary, the value shown."""
    result = kernel.run("%%poppy --sequential\nprint(1)\n2")
    assert [("stream", {"name": "stdout", "text": "1\n"})] == result.outputs[:1]
    assert "2" == result.value
    assert [] == result.displays


def test_sequential_refuses_what_means_nothing_there(kernel):
    """Options that would be ignored are errors."""
    assert "--limit means nothing" in kernel.run("%%poppy --sequential --limit 2\n1").stderr


def test_under_time_and_capture(kernel):
    """On the kernel's own loop, on which it can await."""
    kernel.run("import asyncio; loop = asyncio.get_running_loop()")
    result = kernel.run("%%time\n%%poppy\nawait asyncio.sleep(0)\nt = asyncio.get_running_loop() is loop\nprint('in')")
    assert result.stdout.startswith("in\n")
    assert "Wall time" in result.stdout
    assert "in order" not in result.updates[0]
    assert "True" == kernel.run("t").value
    kernel.run("%%capture captured\n%%poppy --quiet\nprint('held')")
    assert r"'held\n'" == kernel.run("captured.stdout").value


def test_run_cell_magic(kernel):
    """Called as a function; alone in a cell it is what IPython makes of `%%poppy`."""
    result = kernel.run("get_ipython().run_cell_magic('poppy', '', 'u = 5\\nu')")
    assert "5" == result.value
    assert "in order" not in result.updates[0]
    result = kernel.run("if 1: v = get_ipython().run_cell_magic('poppy', '', 'u = 4\\nu')\nv, u")
    assert "(4, 4)" == result.value  # it has a value, as other magics have
    assert "in order" not in result.updates[0]
    kernel.run("import asyncio\nawait asyncio.sleep(0)\nget_ipython().run_cell_magic('poppy', '', 'u = 6')")
    assert "6" == kernel.run("u").value


@pytest.mark.parametrize("options", ["", " --sequential"])
def test_the_value_is_shown_by_who_shows_values(kernel, options):
    """%%time shows that of a cell, %%timeit and %%prun do not; a `;` hides it."""
    cell = f"%%poppy{options}\n6 * 7"
    shown = {above: len(kernel.run(f"{above}\n{cell}").texts("execute_result")) for above in ("%%time", "%%timeit -n2 -r2", "%%prun -q")}
    assert {"%%time": 1, "%%timeit -n2 -r2": 0, "%%prun -q": 0} == shown
    assert [] == kernel.run(f"%%time\n{cell};").texts("execute_result")


def test_poppy_in_poppy(kernel):
    """The inner one is nested."""
    assert "inner\n" == kernel.run("%%poppy\n%%poppy\nprint('inner')").stdout


def test_run_cell(kernel):
    """`run_cell` on the running loop cannot await: without it."""
    assert "True" == kernel.run("get_ipython().run_cell('%%poppy --quiet\\nv = 7').success").value
    assert "7" == kernel.run("v").value


def test_autoawait_off(kernel):
    """Without the loop."""
    kernel.run("%autoawait off")
    try:
        result = kernel.run("%%poppy\nw = 8\nw")
        assert "8" == result.value
        assert "in order" not in result.updates[0]
        assert "SyntaxError" == kernel.run("%%poppy\nawait x").error["ename"]
    finally:
        kernel.run("%autoawait on")


def test_errors_can_be_caught(kernel):
    """By code that calls the magic; what is raised later is shown as ever."""
    result = kernel.run(
        "try:\n"
        "    get_ipython().run_cell_magic('poppy', '--quiet', '1 / 0')\n"
        "except ZeroDivisionError:\n"
        "    print('caught')\n"
        "raise ZeroDivisionError('later')"
    )
    assert "caught\n" == result.stdout
    assert "later" == result.error["evalue"]
    assert "poppy" not in result.traceback.replace("run_cell_magic('poppy', '--quiet'", "")


def test_nested_traceback_has_no_own_frame(kernel):
    """Under another magic, too."""
    result = kernel.run("%%time\n%%poppy --quiet\ndef f():\n    1 / 0\nf()")
    assert "ZeroDivisionError" == result.error["ename"]
    assert "poppy_nb" not in result.traceback


def test_syntax_tree_transformers(kernel):
    """Somebody else's transformers of the tree are respected: in order."""
    kernel.run(
        "import ast\n"
        "class Double(ast.NodeTransformer):\n"
        "    def visit_Constant(self, node):\n"
        "        return ast.copy_location(ast.Constant(node.value * 2), node) if type(node.value) is int else node\n"
        "double = Double()"
    )
    kernel.run("get_ipython().ast_transformers.append(double)")
    try:
        result = kernel.run("%%poppy\n21")
        assert "42" == result.value
        assert "transformers of the syntax tree" in result.updates[0]
    finally:
        kernel.run("get_ipython().ast_transformers.remove(double)")


def test_interactivity_settings(kernel):
    """What the user has set to be displayed is displayed."""
    try:
        kernel.run("get_ipython().ast_node_interactivity = 'last_expr_or_assign'")
        assert "9" == kernel.run("%%poppy\nq = 9").value
        kernel.run("get_ipython().ast_node_interactivity = 'all'")
        assert ["1", "2"] == [c["data"]["text/plain"] for c in kernel.run("%%poppy\n1\n2").texts("execute_result")]
        kernel.run("get_ipython().ast_node_interactivity = 'none'")
        assert None is kernel.run("%%poppy\n1").value
    finally:
        kernel.run("get_ipython().ast_node_interactivity = 'last_expr'")
