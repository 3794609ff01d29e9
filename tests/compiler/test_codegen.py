"""Programs mean the same plainly and in mediated form, under operations that do everything at once."""

import ast
import collections
import contextlib
import functools
import gc
import inspect
import textwrap
import types

import pytest

from poppy_nb import ir
from poppy_nb.compiler.build import inner_codes
from poppy_nb.compiler.plain import from_ast
from poppy_nb.compiler.regions import Shape
from poppy_nb.region import Region
from poppy_nb.scopes import private_of, scopes
from tests.compiler.equal import check
from tests.compiler.programs import PROGRAMS
from tests.compiler.trivial_ops import Trivial


# A truth that is pending is asked for again when the value is there: seen only by a class that prints it.
ASKS_TWICE = {name for name in PROGRAMS if 'v("a") and v("b") or v("c")' in name}


@pytest.mark.parametrize("name", PROGRAMS)
def test_same(name):
    check(PROGRAMS[name], pending=name not in ASKS_TWICE)


SOURCE = """
def f(a, b=2, *, c=3):
    def inner(x: int = a) -> "r":
        return lambda: (x, b)
    return inner
class A:
    def m(self):
        return [k for k in range(3)]
g = lambda: 1
f(1)
"""


def run(source=SOURCE):
    namespace = {"__name__": "__main__", "__builtins__": __builtins__}
    trivial = Trivial()
    cell = trivial.compiler.cell(source, "<source>", namespace)
    return trivial, cell, namespace, trivial.run_cell(cell, namespace)


def test_inner_functions_are_those_of_the_plain_form():
    trivial, cell, namespace, inner = run()
    constants = [c for c in cell.plain.co_consts if isinstance(c, types.CodeType)]
    f, m = namespace["f"], namespace["A"].m
    assert f.__code__ in constants
    assert any(f.__code__ is c for c in constants)
    assert any(inner.__code__ is c for c in f.__code__.co_consts)
    assert any(inner().__code__ is c for c in inner.__code__.co_consts)
    assert inner.__qualname__ == "f.<locals>.inner"
    assert inner.__annotations__ == {"x": int, "return": "r"}
    for function in (f, m, inner, inner(), namespace["g"]):
        assert trivial.compiler.ir_of(function.__code__) is not None
    assert m.__code__.co_consts is not None
    assert isinstance(cell.run, types.FunctionType)


def test_mediated_form_is_called_like_the_plain_one():
    trivial, _, namespace, inner = run()
    for function in (namespace["f"], namespace["A"].m, inner, namespace["g"]):
        form = trivial.compiler.function(function)
        assert form.__code__ is trivial.compiler.function(function).__code__
        assert (form.__name__, form.__qualname__) == (function.__name__, function.__qualname__)
        assert form.__defaults__ is function.__defaults__
        assert form.__kwdefaults__ is function.__kwdefaults__
        assert form.__globals__ is function.__globals__
        code, plain = form.__code__, function.__code__
        for name in (
            "co_name",
            "co_qualname",
            "co_filename",
            "co_firstlineno",
            "co_argcount",
            "co_posonlyargcount",
            "co_kwonlyargcount",
        ):
            assert getattr(code, name) == getattr(plain, name)
        assert code.co_freevars == plain.co_freevars
        assert form.__closure__ is None or [*map(id, form.__closure__)] == [*map(id, function.__closure__)]


def test_forms_are_forgotten_with_their_code():
    trivial, cell, namespace, inner = run()
    trivial.compiler.function(inner)
    assert trivial.compiler._forms
    forms = trivial.compiler._forms
    namespace.clear()
    del cell, inner
    trivial.compiler.sources = None
    trivial.compiler._cells.clear()  # the latest cells are kept; this one is not one of them any more
    gc.collect()
    assert not forms


def test_regions_are_compiled_when_first_used():
    namespace = {"__builtins__": __builtins__}
    trivial = Trivial()
    cell = trivial.compiler.cell("for i in range(3):\n    print(i)", "<source>", namespace)
    (region,) = [c for c in cell.run.__code__.co_consts if isinstance(c, Region)]
    assert region._code is None
    assert region.kind == "loop"
    assert isinstance(region.node, ir.For)
    (iteration,) = {c for c in region.code.co_consts if isinstance(c, Region)}
    assert iteration.kind == "iteration"
    assert iteration._code is None
    assert region.code.co_name == region.code.co_qualname == "<module>"
    assert region.code.co_varnames[0] == "__poppy_L"


def test_unsupported_functions_say_why():
    trivial, _, namespace, _ = run("def f(): return locals()\nasync def g():\n    yield 1\nf")
    for name, reason in (("f", "locals"), ("g", "asynchronous generator")):
        assert trivial.compiler.function(namespace[name]) is None
        assert reason in trivial.compiler.reason(namespace[name].__code__)


@pytest.mark.parametrize(
    ("qualname", "private"),
    [
        ("f", None),
        ("A.f", "A"),
        ("A.f.<locals>.g", "A"),
        ("f.<locals>.B.m", "B"),
        ("f.<locals>.g", None),
        ("<listcomp>.<lambda>", None),
    ],
)
def test_private_of(qualname, private):
    assert private_of(qualname) == private


def test_scopes_agree_with_the_symbol_table():
    """On functions of the standard library: what is free and captured is what CPython says."""
    for module in (functools, collections, contextlib, textwrap):
        source = inspect.getsource(module)
        tree = from_ast(ast.parse(source))
        found = scopes(tree)
        stack = [(tree.body, compile(source, module.__file__, "exec", dont_inherit=True))]
        while stack:
            body, code = stack.pop()
            for node, inner in inner_codes(Shape(body).definitions, [code]):
                if not isinstance(node, ir.ClassDef):
                    assert found[node].names("free") == inner.co_freevars
                    assert set(found[node].names("cell")) <= set(inner.co_cellvars)
                    assert found[node].private == private_of(inner.co_qualname)
                stack.append(((node.body,) if isinstance(node, ir.Lambda) else node.body, inner))
