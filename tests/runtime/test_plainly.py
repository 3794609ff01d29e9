"""The plain path: what reaches an external call is mediated, however it is reached, and overlaps; what reaches none runs plainly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Any

import pytest

from poppy_nb.runtime import plainly
from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session
from tests.equivalence import check


# An external call that is reached in some way, beside loops and functions that reach none: (title, makespan, setup, cell)
REACHING = [
    ("a property", 1, """
        class Doc:
            def __init__(self, n):
                self.n = n
            @property
            def summary(self):
                return f(self.n)
        docs = [Doc(n) for n in range(3)]""", "out = []\nfor doc in docs:\n    out.append(doc.summary)\nout.append(sum(range(9)))"),
    ("an operator", 2, """
        class Text:
            def __init__(self, n):
                self.n = n
            def __add__(self, other):
                return Text(f(self.n) + other.n)
        texts = [Text(n) for n in "abc"]""", ("out = [(text + text).n for text in texts]\nmore = [(t + u).n for t, u in zip(texts, texts)]\n"
     "end = f(out[0])")),
    ("an item", 1, """
        class Answers:
            def __getitem__(self, key):
                return f(key)
        answers = Answers()""", "out = {}\nfor key in 'abc':\n    out[key] = answers[key]"),
    ("a context manager", 2, """
        class Opened:
            def __enter__(self):
                self.value = f(1)
                return self
            def __exit__(self, *error):
                g(2)""", "with Opened() as opened:\n    squares = [i * i for i in range(5)]\nwith Opened() as other:\n    pass"),
    ("a missing attribute", 1, """
        class Lazy:
            def __getattr__(self, name):
                if name.startswith("__"):
                    raise AttributeError(name)
                return f(name)
        lazy = Lazy()""", "out = []\nfor _ in range(2):\n    out += [lazy.first, lazy.second]"),
    ("a callback", 1, """
        def each(function, values):
            return [function(value) for value in values]""", "out = each(f, 'abc')\nmore = each(str.upper, 'abc')\nlast = each(g, 'ab')"),
    ("a callback of a callback", 1, """
        def each(function, values):
            return [function(value) for value in values]
        def twice(function):
            def run(value):
                return function(value)
            return run""", "out = each(twice(f), 'abc')\nmore = each(twice(len), 'abc')"),
    ("an attribute that holds a function", 1, """
        class Agent:
            def __init__(self, ask):
                self.ask = ask
            def answer(self, question):
                words = [word.upper() for word in question.split()]
                return self.ask(" ".join(words))
        agents = [Agent(len), Agent(f), Agent(g)]""", "out = []\nfor agent in agents:\n    out.append(agent.answer('a b'))"),
    ("a table", 1, "handlers = {'upper': str.upper, 'ask': f, 'other': lambda x: g(x)}",
     "out = {}\nfor name, handler in handlers.items():\n    out[name] = handler('a')"),
    ("a table of an attribute", 1, """
        class Tool:
            def __init__(self):
                self.table = {"ask": [f]}
            def run(self, name):
                return self.table[name][0](name)
        tool = Tool()""", "out = [tool.run('ask') for _ in range(3)]"),
    ("a default argument", 1, "def ask(x, how=f):\n    return how(x)", "out = []\nfor x in 'abc':\n    out.append(ask(x))"),
    ("a closure", 1, """
        def make(how):
            def ask(x):
                return [how(x + i) for i in '12']
            return ask
        ask = make(f)""", "out = []\nfor x in 'abc':\n    out.append(ask(x))"),
    ("a global of a function of a function", 1, """
        def inner(x):
            return CALL(x)
        def outer(x):
            return inner(x)
        CALL = f""", "out = []\nfor x in 'abc':\n    out.append(outer(x))"),
    ("a name that is rebound", 1, "def ask(x):\n    return CALL(x)\nCALL = str.upper",
     "out = [ask(x) for x in 'abc']\nCALL = f\nout += [ask(x) for x in 'abc']\nCALL = len\nout += [ask(x) for x in 'abc']"),
    ("a method that is rebound", 1, """
        class Agent:
            def ask(self, x):
                return x
        agent = Agent()""", "out = [agent.ask(x) for x in 'abc']\nAgent.ask = lambda self, x: f(x)\nout += [agent.ask(x) for x in 'abc']"),
    ("a subclass", 1, """
        class Base:
            def run(self, x):
                return self.step(x)
            def step(self, x):
                return x
        class Asking(Base):
            def step(self, x):
                return f(super().step(x))""", "out = []\nfor one in (Base(), Asking(), Asking()):\n    out.append(one.run('a'))"),
    ("a class method and a static one", 1, """
        class Agent:
            @classmethod
            def make(cls, x):
                return cls.ask(x)
            @staticmethod
            def ask(x):
                return f(x)""", "out = []\nfor x in 'abc':\n    out.append(Agent.make(x))"),
    ("a constructor", 1, "class Answer:\n    def __init__(self, x):\n        self.text = f(x)", "out = [Answer(x).text for x in 'abc']"),
    ("a generator", 1, "def answers(xs):\n    for x in xs:\n        yield f(x)", "out = []\nfor answer in answers('abc'):\n    out.append(answer)"),
    ("a plain generator before calls", 1, "def lines(n):\n    for i in range(n):\n        yield str(i)",
     "out = []\nfor line in lines(3):\n    out.append(f(line))"),
    ("a function that gives a generator", 1, "def clean(xs):\n    return (x.upper() for x in xs)",
     "out = []\nfor text in clean('abc'):\n    out.append(f(text))"),
    ("a function that gives a lazy map", 1, "def shout(x):\n    return x.upper()\ndef clean(xs):\n    return map(shout, xs)",
     "out = []\nfor text in clean('abc'):\n    out.append(f(text))"),
    ("a partial", 1, "import functools\nask = functools.partial(f, 1)\ndef run(x):\n    return ask(x)", "out = [run(x) for x in 'abc']"),
    ("a decorator", 1, """
        import functools
        def logged(function):
            @functools.wraps(function)
            def run(*args):
                seen.append(args)
                return function(*args)
            return run
        @logged
        def ask(x):
            return f(x)
        seen = []""", "out = []\nfor x in 'abc':\n    out.append(ask(x))"),
    ("a cache", 1, "import functools\n@functools.lru_cache\ndef ask(x):\n    return f(x)", "out = []\nfor x in 'abca':\n    out.append(ask(x))"),
    ("a branch", 1, "def ask(x):\n    return f(x) if x > 1 else x", "out = []\nfor x in range(5):\n    out.append(ask(x))"),
    ("recursion", 1, "def ask(n):\n    return [f(n)] if n < 1 else ask(n - 1) + ask(n - 2)", "out = ask(4)"),
    ("an attribute by name", 1, """
        class Agent:
            def ask(self, x):
                return f(x)
        agent = Agent()
        def run(name, x):
            return getattr(agent, name)(x)""", "out = []\nfor x in 'abc':\n    out.append(run('ask', x))"),
    ("a sleep", 1, "import time\ndef nap(x):\n    time.sleep(1)\n    return x", "a = f(1)\nb = nap(2)"),
    ("a module's function", 1, "import types\ntools = types.ModuleType('tools')\ntools.ask = f\ndef run(x):\n    return tools.ask(x)",
     "out = []\nfor x in 'abc':\n    out.append(run(x))"),
    ("slots", 1, """
        class Agent:
            __slots__ = ("ask",)
        agent = Agent()
        agent.ask = f""", "out = []\nfor x in 'abc':\n    out.append(agent.ask(x))"),
]  # fmt: skip


@pytest.mark.engine
@pytest.mark.parametrize(("setup", "cell", "time"), [(s, c, t) for _, t, s, c in REACHING], ids=[one[0] for one in REACHING])
def test_what_is_reached_overlaps(setup: str, cell: str, time: float) -> None:
    """A call is found however it is reached, with its neighbours that reach none before and behind it."""
    check(_text(cell), setup=_text(setup), expect_time=time)
    neighbours = "before = [i * i for i in range(9)]\n" + cell + "\nafter = 0\nfor i in range(9):\n    after += i"
    check(_text(neighbours), setup=_text(setup), expect_time=time)


# Cells that reach no external call: they run plainly. (title, setup, cell)
PLAIN = [
    ("numbers", "", "total = 0\nfor i in range(9):\n    if i % 2:\n        continue\n    total += i\nelse:\n    done = True"),
    ("prints", "", "for i in range(3):\n    print(i, end=' ')\nprint('after', [i for i in 'ab'])"),
    ("while", "", "n = 5\nwhile n:\n    n -= 1\n    if n == 2:\n        break"),
    ("a name that is deleted", "", "for i in range(3):\n    kept = i\n    del kept"),
    ("text", "text = 'a;1\\nb;2\\na;3'", ("sums = {}\nfor line in text.split('\\n'):\n    name, value = line.split(';')\n"
     "    sums.setdefault(name, []).append(int(value))\nmeans = {k: sum(v) / len(v) for k, v in sums.items()}")),
    ("recursion", "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)", "a = fib(9)\nb = [fib(i) for i in range(5)]"),
    ("objects", """
        class P:
            count = 0
            def __init__(self, x):
                self.x = x
                P.count += 1
            @property
            def double(self):
                return self.x * 2
            def __lt__(self, other):
                return self.x < other.x
            def step(self):
                self.x += self.double""", "ps = [P(i) for i in (3, 1, 2)]\nfor p in ps:\n    p.step()\nfirst = min(ps).x\nps.sort()"),
    ("super", """
        class Base:
            def __init__(self, x):
                self.x = x
            def go(self):
                return [self.x]
        class Derived(Base):
            def __init__(self, x):
                super().__init__(x)
                self.y = 1
            def go(self):
                for _ in range(2):
                    found = super().go()
                return found + [__class__.__name__]""", "out = []\nfor x in range(3):\n    out.append(Derived(x).go())"),
    ("closures", "def counter():\n    n = 0\n    def up():\n        nonlocal n\n        n += 1\n        return n\n    return up\nup = counter()",
     "out = [up() for _ in range(3)]\nfor _ in range(2):\n    up()\nlast = up()"),
    ("globals", "TOTAL = 0\ndef add(n):\n    global TOTAL\n    TOTAL += n", "for i in range(4):\n    add(i)\nout = [TOTAL for _ in 'ab']"),
    ("generators read to their end", "def gen(n):\n    for i in range(n):\n        yield i * i",
     "out = sum(gen(4))\nmore = [x for x in gen(3)]\nthird = sorted(x for x in gen(5) if x % 2)"),
    ("comprehensions", "", "out = [(i, j) for i in range(3) for j in range(i) if (last := i + j)]\nd = {k: {v} for k, v in zip('ab', 'cd')}"),
    ("functions in a loop", "", ("made = []\nfor i in range(3):\n    def double(x, i=i):\n        return [x * i for _ in 'ab']\n    made.append(double)\n"
     "out = [one(2) for one in made]")),
    ("match", "", ("out = []\nfor x in (1, 'a', [1, 2], {'k': 3}):\n    match x:\n        case int(n):\n            out.append(n)\n"
     "        case [a, *rest]:\n            out.append(rest)\n        case {'k': v}:\n            out.append(v)\n        case _:\n            out.append(None)")),
    ("an exception that is caught", "", ("out = []\nfor x in ('1', 'a'):\n    try:\n        out.append(int(x))\n    except ValueError as error:\n"
     "        out.append(str(error))\n    finally:\n        out.append('end')")),
]  # fmt: skip

# They raise
FAILING = [
    ("in a loop", "", "out = []\nfor x in ('1', 'a', '2'):\n    out.append(int(x))"),
    ("in a comprehension", "", "seen = []\nout = [seen.append(x) or int(x) for x in ('1', 'a', '2')]"),
    ("in a function", "def parse(x):\n    return int(x)\ndef parsed(xs):\n    for x in xs:\n        print(x)\n        parse(x)",
     "parsed(['1', 'b'])"),
    ("in a value", "", "[1 // x for x in (1, 0)]"),
    ("in a function in a walked loop", "def parse(x):\n    return 1 // x", "for x in (2, 1, 0):\n    parse(x)\n    if x > 2:\n        f(x)"),
    ("in a loop of a function with a call", "def run(xs):\n    n = 0\n    for x in xs:\n        n += 1 // x\n    return f(n)", "run([1, 0])"),
    ("in a comprehension of a function with a call", "def run(xs):\n    xs = [1 // x for x in xs]\n    return f(xs)", "run([1, 0])"),
    ("in a method, chained", """
        class A:
            def go(self, x):
                try:
                    return int(x)
                except ValueError as error:
                    raise KeyError(x) from error""", "for x in '1a':\n    A().go(x)"),
    ("an undefined name", "def run(n):\n    for i in range(n):\n        pass\n    return i", "run(0)"),
]  # fmt: skip


def _text(source: str) -> str:
    return cleandoc(source) if source.startswith("\n") else source


@contextmanager
def _counted() -> Iterator[list[Any]]:
    """What has been asked about, and the answers."""
    answers: list[Any] = []
    real = plainly._clear

    def clear(engine: Any, reach: Any, key: Any) -> bool:
        answer = real(engine, reach, key)
        answers.append(answer)
        return answer

    plainly._clear = clear
    try:
        yield answers
    finally:
        plainly._clear = real


@pytest.mark.engine
@pytest.mark.parametrize(("setup", "cell"), [one[1:] for one in PLAIN], ids=[one[0] for one in PLAIN])
def test_what_reaches_nothing_runs_plainly(setup: str, cell: str) -> None:
    """Every statement that is asked about is run plainly, and means the same; also before, behind and between calls."""
    setup, cell = _text(setup), _text(cell)
    with _counted() as answers:
        namespace: dict[str, Any] = {}
        exec(setup, namespace)
        asyncio.run(Session(namespace, driver=VirtualDriver(1.0)).run(cell, "<cell>"))
    assert answers
    assert all(answers)
    check(cell, setup=setup, expect_time=0)
    check(f"one = f(1)\n{cell}\ntwo = f(2)", setup=setup, expect_time=1)
    check(f"one = f(1)\nif one:\n    print(one)\n{cell}\ntwo = f(2)", setup=setup, expect_time=1)


@pytest.mark.engine
@pytest.mark.parametrize(("setup", "cell"), [one[1:] for one in FAILING], ids=[one[0] for one in FAILING])
def test_failures(setup: str, cell: str) -> None:
    """The same exception, traceback, state and output, with nothing in flight and with a call before."""
    setup, cell = _text(setup), _text(cell)
    check(cell, setup=setup)
    check(f"one = f(1)\n{cell}\ntwo = f(2)", setup=setup)
    check(f"try:\n    one = f(1)\n{_indented(cell)}\nexcept Exception as error:\n    print(type(error))", setup=setup)


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))


def test_loops_of_functions_share_variables() -> None:
    """A loop that runs plainly in a function that is walked reads and writes its variables: local, captured, unbound, deleted."""
    check(
        """
def run(xs, text="x"):
    total, gone = 0, 1
    def show():
        return total, last
    for x in xs:
        total += x
        last = [x for _ in text]
        found = lambda: (total, x)
        if x == 2:
            del gone
            unset = 1
            del unset
    try:
        gone
    except UnboundLocalError as error:
        text = str(error)
    try:
        unset
    except UnboundLocalError as error:
        text += str(error)
    y = f(total)
    return y, show(), found(), text, x
out = run([1, 2, 3])
""",
        expect_time=1,
    )


def test_a_loop_of_a_function_returns() -> None:
    """`return` out of a plain loop of a walked function."""
    check(
        """
def first(xs):
    while True:
        for x in xs:
            if x > 2:
                return x
        return f(0)
out = [first([1, 2, 3]), first([1])]
""",
        expect_time=1,
    )


def test_what_looks_at_its_caller() -> None:
    """Library code that looks at the frames around it finds those of plain Python, under a plain function too."""
    check(
        """
import warnings, sys
def deep():
    warnings.warn("here", stacklevel=3)
    return [sys._getframe(i).f_code.co_name for i in range(3)]
def middle():
    return deep()
def outer(x):
    names = middle()
    if x > 1:
        f(x)
    return names
out = [outer(1), outer(0)]
"""
    )


HOSTILE = """
class Watched(type):
    def __getattribute__(cls, name):
        if not name.startswith("__"):
            log.append(name)
        return super().__getattribute__(name)
log = []
class Proxy:
    __class__ = property(lambda self: log.append("class") or Proxy)
    __dict__ = property(lambda self: log.append("dict") or {})
    def __getattr__(self, name):
        log.append(name)
        raise AttributeError(name)
class Items(list):
    def __len__(self):
        log.append("len")
        return 1
    def __iter__(self):
        log.append("iter")
        return iter(())
    def __getitem__(self, key):
        log.append("item")
        return 0
class Names(dict):
    def __len__(self):
        log.append("size")
        return 1
    keys = values = items = __iter__ = lambda self: log.append("names") or iter(())
class Plain(metaclass=Watched):
    size = 1
things = [Proxy(), Items([1] * 100), Names(a=1), Plain()]
"""


def test_nothing_of_the_users_is_called() -> None:
    """Looking at objects runs none of their code."""
    check("for thing in things:\n    pass\nseen = [name for name in log]", setup=HOSTILE, ignore=["log", "things", "thing"])
