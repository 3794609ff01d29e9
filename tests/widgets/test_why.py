"""Why a call waited, in a sentence: it is true, and names the variable, the line, the object, and what to declare."""

import pytest

from tests.widgets.recorded import recorded


TRY = """\
try:
    r = ask("one")
    bad(r)
except ValueError:
    second = ask("fallback")
finally:
    third = ask("last")
"""
ATTEMPTS = """\
def attempt(q):
    try:
        return bad(q)
    except ValueError as error:
        return ask(q, str(error))
found = [attempt(q) for q in "ab"]
"""
RETRY = """\
for attempt in range(2):
    x = None
    try:
        x = flaky(attempt)
        break
    except ValueError:
        print("again")
"""
AGENTS = """\
class Agent:
    def __init__(self):
        self.history = []
    def say(self, text):
        self.history.append(text)
        answer = ask(self.history)
        self.history.append(answer)
        return answer
alice, bob = Agent(), Agent()
topic = "tea"
for turn in range(3):
    topic = alice.say(topic)
    topic = bob.say(topic)
"""
WHILE = 'q = "start"\nwhile len(q) < 14:\n    q = ask(q)\n'
WAYS = """\
a = ask("a")
if "z" in a:
    b = ask("left")
else:
    b = ask("right")
c = ask("c") if check(b) else ask("d")
d = check(c) and check(b)
"""
GLOBALS = """\
total = 0
def work(x):
    global total
    total += len(ask(x))
for x in "ab":
    work(x)
end = ask(total)
"""
UNKNOWN = 'import os\na = ask("a")\nos.getloadavg()\nb = ask("b")\n'
MUTATION = """\
items = []
for i in range(3):
    s = ask(i)
    if "2" in s:
        items.append(s)
n = ask(items)
"""

BRANCH = """\
x = ask(1)
if check(x):
    save(x)
y = ask(2)
save(y)
"""
GATHER = """\
import asyncio
async def two(q):
    return ask(ask(q))
first = ask(0)
found = await asyncio.gather(two(1), two(2))
"""

CASES = {
    "what fails leads to its handler": (TRY, 5, "is reached because bad in line 3 failed: the except in line 4 handles it"),
    "a handler in a function": (ATTEMPTS, 5, "is reached because bad in line 3 (called from line 6) failed: the except in line 4 handles it (2 times)"),
    "another try": (RETRY, 4, "is reached because flaky in line 4 failed: the try in line 3 handles it"),
    "finally": (TRY, 7, "comes after ask in line 5: the `try` in line 1 had to end first"),
    "the variable that carries it most directly": (AGENTS, 12, "needs the answer of ask in line 6 (called from line 12), through 'alice' (2 times)"),
    "the object, as its line writes it": (AGENTS, 12, "line 5 changes 'self.history'"),
    "the test of a loop": (WHILE, 3, "is reached only when ask in line 3 is known: the test in line 2 decides (2 times)"),
    "either way": (WAYS, 6, "needs the answer of ask in line 5, through 'b'"),
    "a test in an expression": (WAYS, 6, "is reached only when check in line 6 is known: the test in line 6 decides"),
    "what an expression gives": (WAYS, 7, "needs the answer of ask in line 6, through 'c'"),
    "and": (WAYS, 7, "is reached only when check in line 7 is known: the test in line 7 decides"),
    "a global that a function sets": (GLOBALS, 7, "needs the answer of ask in line 4 (called from line 6), through 'total'"),
    "where the program waited": (UNKNOWN, 4, "comes after ask in line 2: in line 3 the program waited for all before it: it is not known what getloadavg() touches"),
    "and what to declare there": (UNKNOWN, 4, "to let it begin earlier: declare external(getloadavg) if its calls may run at the same time"),
    "a branch that may change it": (MUTATION, 6, "waits for ask in line 3: line 4 may change 'items'"),
    "a branch that may use it": (BRANCH, 5, "comes after check in line 2: line 2 may call what is on 'db', and such calls run in order"),
    "and what was called there": (BRANCH, 5, "comes after save in line 3: line 2 may call what is on 'db', and such calls run in order"),
    "asyncio": (GATHER, 5, "a plain loop or comprehension with `await` runs its calls at the same time, too"),
    "a resource": ("save(1)\nsave(2)", 2, "comes after save in line 1: calls on 'db' run in order"),
    "what a resource needs no longer": ("save(1)\nsave(2)", 2, "to let it begin earlier: leave 'db' out of its `reads` and `writes`, if this order does not matter"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_why(name):
    program, line, sentence = CASES[name]
    told = recorded(program).explain(line)
    assert sentence in told, told


def test_what_had_not_ended_was_not_waited_for():
    """A change waits until the call before it has begun, not until it has ended: the critical path is no longer than the run."""
    run = recorded("items = []\nfor i in range(2):\n    items.append(ask(i))\nn = ask(items)\nitems.clear()\nm = ask(items)\n")
    assert "line 4" not in run.explain(6)
    assert sum(call.duration for call in run.critical_path) <= run.wall


def test_calls_of_one_line_are_told_apart():
    """By their own text."""
    run = recorded("r = ask(ask('x'))")
    assert ["ask('x')", "ask(ask('x'))"] == [stack.text for stack in run.graph.stacks.values()]


def test_what_is_written_to_a_file(tmp_path):
    """Each line that writes is a small node, with an edge from the call whose answer it writes; the end of the block, too."""
    run = recorded(f"x = ask(1)\nwith open({str(tmp_path / 'out')!r}, 'w') as f:\n    f.write('head')\n    f.write(x)\nprint(x)\n")
    assert {3, 4} <= {effect.line for effect in run.effects if effect.name == "TextIOWrapper.write"}
    (call,) = run.calls
    assert [(call.number,)] == [tuple(effect.needs) for effect in run.effects if effect.line == 4]
    assert "end of with open(" in run.to_svg()
