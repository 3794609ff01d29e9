"""IPython marks the expression that has raised, in colours: the same one as of a plain cell."""

import ast

import pytest
from executing import Source
from executing._position_node_finder import PositionNodeFinder, get_instructions


SETUP = """\
import asyncio
from poppy_nb import external
@external
def ask(x):
    if x == 'bad': raise LookupError(x)
    return x
@external
async def answer(x):
    if x == 'bad': raise LookupError(x)
    return x
def div(a): return (a + 1) / (a - a)
class Raises:
    def __bool__(self): raise ValueError('bool')
    def __enter__(self): raise ValueError('enter')
    def __iter__(self): raise ValueError('iter')
    def __exit__(self, *args): pass
    def __setattr__(self, name, value): raise ValueError('set')
    def __format__(self, how): raise ValueError('format')
    def __neg__(self): raise ValueError('neg')
    def __getattr__(self, name): raise AttributeError(name)
raises = Raises()
class A:
    def __init__(self): self.__n = {}
    def method(self, x): return [self.__n[x], 1]
class B(A):
    def __init__(self, x):
        super().__init__(); y = self.method(x) + 3
"""
CELLS = {
    "a call": "x = 1\ny = [x, ask(x) + ask('bad'), 3]",
    "a method": "x = ask('a').upper(3) + 'b'",
    "a call over lines": "x = [ask(\n    'bad',\n), 2]",
    "a method over lines": "x = (ask('a')\n     .strip()\n     .index('b') + 2)",
    "binary": "x = ask(1)\ny = (x + 1) / (x - 1) + 3",
    "unary": "x = ask(1), -ask('a') + 1",
    "unary of the user's": "x = ask(1)\ny = x + -raises",
    "compare": "x = ask(1)\nif 1 <= x < 'a' and x: pass",
    "subscript": "d = {'a': ask(1)}\nx = d['a'] + d['b'] * 2",
    "attribute": "x = ask('a').foo.bar",
    "name": "x = ask(1) + unknown_name",
    "store in an item": "x = (ask(1), 2)\nx[0] = x[1] + 2",
    "store in an attribute": "x = ask(1)\nraises.a = x",
    "del": "d = {}\ndel d[ask('a')]",
    "augmented": "x = ask('a')\nx += ask(1)",
    "unpacking": "a, b = ask([1])",
    "star": "x = [*ask(1), 2]",
    "a dict": "x = {'a': 1, [ask(1)]: 2}",
    "keywords": "x = ask(x=1, **{'x': ask(2)})",
    "f-string": "x = f'{ask(1)} {raises} {2}'",
    "a test": "x = ask(1)\nif raises: pass",
    "or": "x = ask(0) or raises or 2",
    "a loop": "for x in ask('bad'): pass",
    "the target of a loop": "for a, b in [ask([1, 2]), 3]: pass",
    "a comprehension": "x = [ask(i) + 'a' for i in (1, 2)]",
    "the source of a comprehension": "x = {i for i in ask(3)}",
    "a condition in a comprehension": "x = {i: 1 for i in (1, 2) if ask(i).foo}",
    "nested comprehensions": "x = [[ask(i) / j for j in (1, 0)] for i in (1, 2)]",
    "a generator expression": "x = sum(1 / ask(i) for i in (1, 0))",
    "a lambda": "f = lambda a: ask(a) / 0 + 1\nx = [f(1), 2]",
    "a function on one line": "x = ask(1)\ny = [1, div(x)]",
    "functions in functions": "def outer(a):\n    b = ask(a)\n    def inner(c):\n        nonlocal b\n        b = b / c + 1\n        return b\n    return [inner(0)]\nx = outer(2)",
    "private names": "a = A(); x = ask(1)\ny = a.method(x)",
    "super": "x = B(ask(1))",
    "with": "with raises as x, ask(1) as y: pass",
    "in with": "with open('a.txt', 'w') as h:\n    h.write(ask(1)); x = 2",
    "try": "try:\n    x = ask('bad') + 1\nexcept ZeroDivisionError: pass\nfinally:\n    y = 2",
    "a clause": "try:\n    ask('bad')\nexcept ask(3): pass",
    "in a clause": "try:\n    ask('bad')\nexcept LookupError as e:\n    x = [e.args[ask(3)], 1]",
    "a decorator": "@ask('bad')\ndef f(): pass",
    "a default": "def f(a=ask(1) / 0): pass",
    "a class": "class C(ask(3)):\n    pass",
    "in a class": "class C:\n    a = ask(3)\n    b = [a / 0, 1]",
    "while": "x = 3\nwhile ask(x) / x:\n    x -= 1",
    "match": "match ask(3):\n    case int() if ask('a') / 2: pass",
    "conditional": "x = 1 if ask(0) else ask(1) / 0",
    "assert": "assert ask(0), ask('a') / 0",
    "return": "def f(a):\n    for i in range(2):\n        if a: return [i, ask(a).foo]\nf(1)",
    "a generator": "def f():\n    for i in (1, 0):\n        yield 1 / ask(i) + 2\nx = list(f())",
    "a coroutine": "async def f(a):\n    return 1 / (await answer(a)) + 2\nx = await f(0)",
    "await": "x = [1, await answer('bad')]",
    "an import": "x = ask(1)\nfrom math import pi, nothing",
    "walrus": "print(y := ask(1), y / 0)",
    "not": "x = not raises",
    "not in": "x = ask(1) not in 3",
    "a slice": "x = ask(1)[2:3]",
    "two of a chain": "x = ask('a').lower().foo().bar",
    "letters of more than a byte": "x = ['äö', ask('bad'), 'ü']",
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_the_same_expression(shell, cell):
    """In each frame of the traceback."""
    shell.run(SETUP)
    shell.run("# %%poppy\n" + cell)
    plain = list(_marked(shell.result.error_in_exec))
    shell.run("%%poppy\n" + cell)
    assert plain == list(_marked(shell.result.error_in_exec))


@pytest.mark.parametrize("cell", ["y = ask(1) + ask('bad')", "x = ask(1)\ny = [div(x)]", "print([ask(x) for x in ['bad']])"])
def test_trees_of_others_stay_as_they_are(shell, cell):
    """Python makes each operator and context once for all trees: none of them gets a position, by which displays would find it."""
    shell.run(SETUP)
    shell.run("%%poppy\n" + cell)
    tree = ast.parse("a = b + c\ndel d\nnot e and f < g")
    assert [] == [node for node in ast.walk(tree) if not node._attributes and hasattr(node, "lineno")]


def _marked(error):
    """Function, line, and what the package that IPython asks finds in the source for the instruction that has raised."""
    get_instructions.cache_clear()  # it is by code, which on 3.11 is equal where only positions differ
    traceback = error.__traceback__
    while traceback is not None:
        frame, instruction = traceback.tb_frame, traceback.tb_lasti
        if frame.f_code.co_name != "run_code":
            source = Source.for_frame(frame)
            statements = source.statements_at_line(traceback.tb_lineno)
            try:
                node = PositionNodeFinder(frame, statements, source.tree, instruction, source).result
                found = type(node).__name__, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
            except Exception:
                found = None
            yield frame.f_code.co_name, traceback.tb_lineno, found
        traceback = traceback.tb_next

