"""What a Python external reads besides its arguments has the value of its place in the program."""

import pytest

from tests.equivalence import check


SETUP = """
import os
T = 0
L = []
def helper(x):
    return (x, T)
TABLE = {"a": helper}
@external
def sample(x):
    record("sample", x, T)
    return f"{x} at {T}"
@external
def through(x):
    record("through", x, helper(x))
    return helper(x)
@external
def table(x):
    record("table", x, TABLE["a"](x))
    return x
@external
def sees(x):
    record("sees", x, list(L))
    return f"{x} {L}"
@external
def listing():
    record("listing")
    return L
@external
def model(x):
    record("model", os.environ["THE_MODEL"], x)
    return x
@external(reads_state=True)
def anything(x):
    record("anything", x, T, list(L))
    return x
class Agent:
    def __init__(self):
        self.turns, self.history, self.name = 0, [], "n"
    def title(self):
        return self.name.upper()
    @external
    def ask(self, x):
        record("ask", self.name, x)
        return f"{self.name} {x}"
    @external
    def titled(self, x):
        record("titled", self.title(), x)
        return x
    @external
    def recall(self, x):
        record("recall", list(self.history), x)
        return f"{self.history} {x}"
    def step(self, x):
        self.turns += 1
        return self.ask(x)
"""

LOCAL = "def run():\n    t = 0\n    def inner():\n        return t\n    @external\n    def ask(x):\n        record('ask', x, t, inner())\n        return x, t\n    out = []\n    for t in (0, 1, 2):\n        out.append(ask(5))\n    return out\nout = run()"

PROGRAMS = {
    "a global": ("out = []\nfor T in (0, 1, 2):\n    out.append(sample(7))", 1),
    "through a function": ("out = []\nfor T in (0, 1, 2):\n    out.append(through(7))", 1),
    "a pending global": ("T = 1\na = sample(1)\nT = 2\nb = sample(2)\nT = f(3)\nc = sample(3)\nT = 4", 2),
    "a global assigned in a pending branch": ("f(0)\nT = 1\nif ok(2):\n    T = 5\na = sample(1)", 2),
    "a global assigned in a function": ("def go(n):\n    global T\n    if ok(n):\n        T = n\n    return sample(n)\na = go(2)\nb = go(4)\nT = 9\nc = go(1)", None),
    "closure cells": (LOCAL, 1),
    "through a table": ("f(0)\nfor T in (1, 2):\n    table(T)", None),
    "a container": ("for i in range(3):\n    L.append(f(i))\n    print(sees(i))\nL.clear()", None),
    "another container": ("f(0)\nL = [1]\na = sees(1)\nL.append(2)\nb = sees(2)\nL = [f(1)]\nc = sees(3)\nL.append(4)", None),
    "an attribute": ("c = Agent()\nout = []\nfor c.name in 'ab':\n    out.append(c.ask(1))", None),
    "an attribute through a method": ("c = Agent()\nfor c.name in 'ab':\n    c.titled(1)", None),
    "a pending attribute": ("c = Agent()\nc.name = f(1)\na = c.ask(1)\nc.name = 'z'\nb = c.ask(2)", None),
    "another attribute waits for nothing": ("c = Agent()\nout = [c.step(n) for n in 'abc']\nt = c.turns", 1),
    "a container behind an attribute": ("c = Agent()\nfor n in 'ab':\n    c.history.append(c.recall(n))", 2),
    "the environment": ("for k in 'ab':\n    os.environ['THE_MODEL'] = k\n    model(1)", None),
    "any state": ("L.append(f(1))\nT = 3\na = anything(1)\nL.append(2)\nT = 4\nb = anything(2)", None),
    "returned": ("x = listing()\nL.append(4)\ny = g(x)\nx.append(5)\nz = f(L)", None),
}  # fmt: skip

RESULTS = {
    "written": "cands = [[1], [2]]\nbest = judge(cands)\nbest.append(9)\nz = str(cands)\ncands.remove(best)",
    "read before a write": "cands = [[1], [2]]\nbest = judge(cands)\ns = str(best)\ncands[1].append(5)\nt = str(best)",
    "a part of a part": "cands = [[1], [2]]\nr = pack(cands)\nr['b'].append(7)\nz = str(cands[1])\nr['all'].append(3)\nn = len(cands)\ncands.append(4)\nm = len(r['all'])",
    "of a result": "cands = [[1], [2]]\nbest = judge(cands)\nsame = judge([best, [0]])\nsame.append(1)\nz = str(cands)",
}  # fmt: skip

RETURN_PARTS = """
@external
def judge(c):
    record("judge", c)
    return max(c)
@external
def pack(c):
    record("pack", c)
    return {"b": c[1], "all": c}
"""


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_value_of_its_place(name):
    source, time = PROGRAMS[name]
    check(source, setup=SETUP, orders=3, expect_time=time)


@pytest.mark.parametrize("name", RESULTS)
def test_what_was_passed_in_comes_back(name):
    check(RESULTS[name], setup=RETURN_PARTS, orders=3)


def test_environment_of_the_program():
    check("import os\nos.environ['A'] = f(1)\nz = g(os.environ['A'], 'A' in os.environ)\ndel os.environ['A']\nw = 'A' in os.environ, os.environ.get('A')", orders=2)
    check("import os\nos.environ['A'] = '1'\ntry:\n    fail(2)\n    os.environ['A'] = '2'\n    os.environ['B'] = '2'\nexcept ValueError:\n    pass\nz = os.environ['A'], os.getenv('B')", orders=2)
