"""What `--plan` says of a cell before anything runs."""

import linecache

import pytest

from poppy_nb.externals import external
from poppy_nb.session import Session
from poppy_nb.widgets import plan_view
from tests.widgets import recorded


ran = []


@external
def ask(x):
    ran.append(x)


@external(writes="db")
def save(x):
    ran.append(x)


class Trap:
    """Says when somebody looks."""

    @property
    def part(self):
        ran.append("looked")
        return self

    def __getattr__(self, name):
        ran.append(name)
        return self


def plan(source, **names):
    name = f"<planned {len(linecache.cache)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    namespace = {"ask": ask, "save": save, **names}
    compiler = Session(namespace).compiler
    module = compiler.cell(source, name, namespace).module
    return plan_view(module, name, namespace, lambda function: compiler.ir_of(function.__code__))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = ask(1)", ["1  ▶ ask: a = ask(1)"]),
        ("for k in range(3):\n    ask(k)", ["1  for k in range(3):   ? how often", "2    ▶ ask: ask(k)"]),
        ("if ask(1):\n    ask(2)", ["1  if ask(1):   ? which way", "1    ▶ ask: if ask(1):", "2    ▶ ask: ask(2)"]),
        ("def f(x):\n    return ask(x)\nf(1)", ["3  f()", "2    ▶ ask: return ask(x)"]),
        ("save(1)", ["1  ▶ save, in order on 'db': save(1)"]),
        ("whatever(1)", ["1  whatever()   ? what this calls"]),
        ("def down(n):\n    ask(n)\n    down(n - 1)\ndown(3)", ["4  down()", "2    ▶ ask: ask(n)", "3    down()   ? how deep"]),
        ("@external\ndef mine(x): return x\nmine(1)", ["3  ▶ mine: mine(1)"]),
        ("x = 1\nfor k in range(3):\n    x += k", []),
        ("class A:\n    def say(self):\n        return ask(1)\na = A()\na.say()", ["5  say()   ? if it is one of A", "3    ▶ ask: return ask(1)"]),
        ("class A:\n    def __init__(self):\n        self.x = ask(1)\nA()", ["4  __init__()", "3    ▶ ask: self.x = ask(1)"]),
        ("try:\n    ask(1)\nexcept OSError:\n    ask(2)", ["2  ▶ ask: ask(1)", "3  except OSError:   ? whether it is reached", "4    ▶ ask: ask(2)"]),
        ("x = 1\nb = x and ask(1)", ["2  b = x and ask(1)   ? how far", "2    ▶ ask: b = x and ask(1)"]),
        ("x = 'a'.upper()\ny = x.strip()", []),
        ("out = []\nout.append(ask(1))", ["2  ▶ ask: out.append(ask(1))"]),
    ],
)
def test_plan(source, expected):
    """Calls, loops, branches and functions that lead to calls; what is open is marked."""
    found = plan(source, external=external)
    assert [line.strip() for line in expected] == [line.strip() for line in found.text().splitlines()[1:]]


def test_nothing_runs():
    """Not even what a property or `__getattr__` would."""
    ran.clear()
    found = plan("ask(1)\ntrap.part.go(ask(2))\ntrap.other(3)", trap=Trap())
    assert [] == ran
    assert 2 == len(found.calls)


def test_picture():
    """The calls that the run will make, in the same boxes."""
    source = recorded.CELL
    found = plan(source, check=recorded.check, bad=recorded.bad)
    run = recorded.recorded(source)
    assert set(run.graph.stacks) == set(_stacks(found))
    assert "planned" in found.to_svg()


def _stacks(found):
    from poppy_nb.widgets.structure import structure

    return structure(found.calls).stacks
