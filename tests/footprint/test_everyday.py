"""Everyday programs around models keep their parallelism: the exact claims of what follows a park.

`+x` writes the variable x, `x` reads it; `[kept]` is the object that `kept` holds, `a.turns` one attribute, `<stdout>` a resource.
"""

from __future__ import annotations

import builtins
import timeit

import pytest

from poppy_nb.runtime.claims import Claims

from .heaps import Program


pytestmark = pytest.mark.usefixtures("nothing_of_others")

SETUP = """
import collections, contextlib, copy, dataclasses, functools, itertools, json, logging, math, os, random, re, sys, time
from poppy_nb.externals import external

@external
def ask(*args): return args
@external(writes="db")
def insert(row): pass
@external(reads="db")
def fetch(key): pass
T = 0.5
@external
def tuned(x): return T

kept, out, log, xs, x, flag, total, text, memo, results = [], [], [], ["a", "b"], "a", True, 0, "", {}, {}
seen, counts, groups = set(), collections.Counter(), collections.defaultdict(list)
plain = {"x": [], "y": []}
px, py, k = plain["x"], plain["y"], "x"
msgs = [{"role": "user"}]
first = msgs[0]

class Agent:
    shared = []
    limit = 3
    def __init__(self, name):
        self.name, self.history, self.turns, self.peer = name, [], 0, None
    def step(self, q):
        self.turns += 1
        self.history.append(q)
        r = ask(self.history)
        self.history.append(r)
        return r
    @property
    def last(self):
        return self.history[-1]
    def __call__(self, q):
        return self.step(q)
    def note(self, q):
        type(self).shared.append(q)
class Loud(Agent):
    def step(self, q):
        return super().step(q.upper())
a, b, c = Agent("a"), Agent("b"), Loud("c")
ha, hb, hc, shared, agents = a.history, b.history, c.history, Agent.shared, [a, b]

def solve(p, n=2):
    hist = []
    for r in range(n):
        hist.append(ask(hist))
    return hist
def cached(key):
    if key not in memo:
        memo[key] = ask(key)
    return memo[key]
@functools.lru_cache
def lru(key): return ask(key)
@dataclasses.dataclass
class Row:
    x: str
    tags: list = dataclasses.field(default_factory=list)
def retry(x):
    for n in range(3):
        try:
            return ask(x, n)
        except ValueError as e:
            log.append(str(e))
def counter():
    n = 0
    def bump():
        nonlocal n
        n += 1
        return n
    return bump
bump = counter()
cell = bump.__closure__[0]
table = {"s": solve, "c": cached}
def pick(l): return l[0] if l else l
@contextlib.contextmanager
def noted(l):
    l.append("in")
    yield l
    l.append("out")
def traced(f):
    @functools.wraps(f)
    def inner(*args):
        log.append(f.__name__)
        return f(*args)
    return inner
traced_solve = traced(solve)
inner_f = traced_solve.__closure__[0]
def numbers(l):
    for q in l:
        yield ask(q)
"""

# name: (the rest, writes, reads besides builtins)
CASES: dict[str, tuple[str, str, str]] = {
    "append in a branch": ("if flag: kept.append(ask(x))", "[kept]", "flag kept ask x"),
    "accumulate": ("total += len(ask(x))\ntext += ask(x)", "total text", "ask x"),
    "count": ("counts[ask(x)] += 1", "[counts]", "counts ask x"),
    "group": ("groups[ask(x)].append(x)", "[groups]", "groups ask x"),
    "group of a known key": ("plain[k].append(x)", "[px]", "[plain] plain k x"),
    "group of a constant key": ('plain["y"].append(x)', "[py]", "[plain] plain x"),
    "method of one agent": ('a.step("q")', "a.turns [ha]", "a ask a.history"),
    "callable agent": ('a("q")', "a.turns [ha]", "a ask a.history"),
    "super": ("c.step(x)", "c.turns [hc]", "c ask c.history x"),
    "all agents": ("for g in agents:\n    g.step(x)", "g a.turns b.turns [ha] [hb]", "agents [agents] ask a.history b.history x"),
    "private history": ("r = solve(x)\nkept.append(r)", "r [kept]", "solve ask x kept"),
    "memo": ("r = cached(x)", "r [memo]", "cached memo ask x"),
    "lru_cache": ("r = lru(x)", "r [lru]", "lru ask x"),
    "dataclass": ("out.append(Row(ask(x)))\nout[-1].tags.append(1)", "[out]", "out Row ask x"),
    "retry": ("r = retry(x)", "r [log]", "retry ask log x"),
    "nonlocal counter": ("bump()", "cell.", "bump"),
    "table of functions": ('out.append(table["s"](x))', "[out]", "table [table] out ask x"),
    "external that reads a global": ("out.append(tuned(x))", "[out]", "out tuned T x"),
    "deduplicate": ("if x not in seen:\n    seen.add(x)\n    out.append(ask(x))", "[seen] [out]", "seen out ask x"),
    "print": ("print(x, ask(x))", "<stdout>", "x ask"),
    "json": ('d = json.loads(ask(x))\nout.append(d["k"]["z"])', "d [out]", "json ask x out"),
    "ordered externals": ("insert(ask(x))", "<db>", "insert ask x"),
    "ordered reads": ("r = fetch(x)", "r", "<db> fetch x"),
    "comprehension": ("results[x] = [ask(q) for q in xs if q]", "[results]", "results ask xs [xs] x"),
    "best": ("best = max(xs, key=ask)", "best", "xs [xs] ask"),
    "sort by attribute": ("s = sorted(agents, key=lambda g: g.turns)", "s", "agents [agents] a.turns b.turns"),
    "conversation": ('msgs.append({"role": "user"})\nr = ask(msgs)', "r [msgs]", "msgs ask [first]"),
    "handler": ("try:\n    r = ask(x)\nexcept Exception as e:\n    r = None\n    log.append(str(e))", "r e [log]", "ask x log"),
    "class list": ("a.note(x)", "[shared]", "a Agent.shared x"),
    "class attribute": ("y = a.limit + 1", "y", "a a.limit Agent.limit"),
    "peer": ("a.peer = b\na.peer.step(x)", "a.peer b.turns [hb]", "a b ask b.history x"),
    "property": ("y = a.last", "y", "a a.history [ha]"),
    "map and enumerate": (
        "ys = list(map(ask, xs))\nfor i, q in enumerate(ys): out.append((i, q))",
        "ys i q [out]",
        "xs [xs] ask out",
    ),
    "partial": ("h = functools.partial(solve, x)\nout.append(h())", "h [out]", "functools solve x out ask"),
    "new class": (
        "class C:\n    def __init__(self, v): self.v = v\n    def go(self): kept.append(self.v)\nC(x).go()",
        "C [kept]",
        "kept x",
    ),
    "new function": ("def f(v):\n    kept.append(v)\n    return v\nout.append(f(x))", "f [kept] [out]", "kept out x"),
    "recursion": ("def rec(n):\n    return [rec(n - 1)] if n else [ask(n)]\nout.append(rec(3))", "rec [out]", "out ask"),
    "join of a generator": ('text = "".join(ask(q) for q in xs)', "text", "xs [xs] ask"),
    "while": ("while len(ask(x)) < 3 and total < 5:\n    total += 1", "total", "ask x"),
    "fields of an answer": ("out.append(ask(x).choices[0].message.content.strip())", "[out]", "out ask x"),
    "rebinding": ("a.history = a.history + [x]", "a.history", "a [ha] x"),
    "slices": ("out[0:1] = [ask(x)]\ndel results[x]", "[out] [results]", "out results ask x"),
    "match": ('match ask(x):\n    case {"k": v}: out.append(v)\n    case _: pass', "v [out]", "ask x out"),
    "function that returns a shared list": ("pick([px, py]).append(x)", "[px] [py]", "pick px py x"),
    "aliases through a tuple": ("t = (px, py)\nt[0].append(x)", "t [px]", "px py x"),
    "aliases through a list": ("l = [px, py]\nfor q in l: q.append(x)", "l q [px] [py]", "px py x"),
    "swap": ("u, w = px, py\nu, w = w, u\nu.append(x)", "u w [py]", "px py x"),
    "contextmanager": ("with noted(px) as l:\n    out.append(ask(l))", "l [px] [out]", "noted px out ask"),
    "decorator": ("out.append(traced_solve(x))", "[out] [log]", "traced_solve inner_f. out log x ask"),
    "generator": ("for r in numbers(xs): out.append(r)", "r [out]", "numbers xs [xs] ask out"),
    "pending alias": ("L = px\nL += [q for q in py]", "L [px]", "px py [py]"),
    "setdefault": ('plain.setdefault("x", []).append(ask(x))', "[plain] [px] [py]", "plain ask x"),
    "reading an unused global list": ("y = len(px)", "y", "px [px]"),
    "exception with a list": (
        "try:\n    raise ValueError(px)\nexcept ValueError as e:\n    e.args[0].append(x)",
        "e [px]",
        "px x",
    ),
    "finally": ("try:\n    out.append(ask(x))\nfinally:\n    log.append(x)", "[out] [log]", "out ask x log"),
    "logging": ('logging.info("%s", ask(x))', "<logging>", "logging ask x"),
    "file": ('with open(f"{x}", "w") as fh:\n    fh.write(ask(x))', "fh <file> <files> <listing>", "ask x <cwd>"),
}


def described(program: Program, claims: Claims) -> set[str]:
    hidden = {n for n in dir(builtins)}
    found = set()
    for each in program.describe(claims):
        if each.startswith("+") or each not in hidden:
            found.add(each)
    return {f for f in found if "?<" not in f}


def named(program: Program, writes: str, reads: str) -> set[str]:
    changed = set(writes.split())
    return {f"+{w}" for w in changed} | {r for r in reads.split() if r not in changed}


@pytest.mark.parametrize("name", CASES)
def test_claims(name: str) -> None:
    """Exactly these locations."""
    rest, writes, reads = CASES[name]
    program = Program(SETUP, rest)
    assert described(program, program.claims()) == named(program, writes, reads)


UNKNOWN = {
    "eval": ('eval("1")', "eval()"),
    "globals": ('globals()["x"] = 1', "globals()"),
    "unloaded module": ("import not_there_at_all", "imports a module that is not loaded"),
    "star import": ("from math import *", "star import"),
    "computed attribute": ("getattr(a, x + x)", "an attribute whose name is computed"),
    "instance dict": ("a.__dict__.clear()", "`__dict__` of an object"),
    "metaclass": ("class M(metaclass=type): pass", "a class with a metaclass"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_everything(name: str) -> None:
    """What cannot be analysed claims everything, and says which line and construct."""
    rest, reason = UNKNOWN[name]
    claims = Program(SETUP, f"pass\n{rest}").claims()
    assert (claims.everything, claims.reason) == (True, f"line 2: {reason}")


def test_published_and_result() -> None:
    """What is stored is published, also inside of new objects; what a function returns is its result."""
    program = Program(SETUP, "def f():\n    kept.append([px])\n    return (py, Row('x'))\nf")
    function = program.tree.body[0]
    claims = program.claims(node=function)
    assert [o is program["px"] for o in claims.published] == [True]
    assert [o is program["py"] for o in claims.result] == [True]
    assert claims.classes == [program["Row"]]


def test_covers() -> None:
    """The whole of an object covers its attributes, the world every resource."""
    program = Program(SETUP, 'a.step("q")\nprint(1)')
    claims = program.claims()
    a = program["a"]
    assert claims.covers((id(a), "turns"), claims.modes[(id(a), "turns")])
    assert not claims.covers((id(a), "peer"), claims.modes[(id(a), "turns")])
    claims.modes[id(a)] = claims.modes[(id(a), "turns")]
    assert claims.covers((id(a), "peer"), claims.modes[(id(a), "turns")])


def test_large_containers_are_not_looked_at() -> None:
    """Appending to a list costs nothing that grows with the list."""
    program = Program(SETUP, "if flag: kept.append(ask(x))")
    program["kept"].extend(object() for _ in range(5000))
    assert not program.claims().everything
    assert program["kept"] not in program.heap.elements_asked


def test_cost() -> None:
    """A small rest costs well below a millisecond."""
    program = Program(SETUP, "if flag:\n    kept.append(ask(x))\n    total += 1")
    program.claims()
    assert min(timeit.repeat(program.claims, number=20, repeat=5)) / 20 < 0.001
