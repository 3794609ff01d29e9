"""What is found for one turn of a loop is carried over to the others, and not where anything that the analysis sees differs.

In these tests every carried footprint is compared with that of an analysis (`check=True`), which fails if they differ.
"""

from __future__ import annotations

import pytest

from poppy_nb.runtime import footprint
from poppy_nb.runtime.footprint_replay import Recording
from tests.equivalence import check


LOOPS = {
    "a branch that appends": """
out = []
for i in range(8):
    s = f(i)
    if ok(s):
        out.append(s)
        continue
    out.append(i)
""",
    "a function with a retry": """
def ask(i):
    for k in range(3):
        r = f((i, k))
        if ok(r):
            return r
    return None
out = [ask(i) for i in range(8)]
""",
    "a handler": """
def ask(i):
    try:
        return num(i) + 1
    except (ValueError, KeyError) as error:
        return str(error)
out = [ask(i) for i in range(8)]
""",
    "a conversation in an object": """
class Agent:
    limit = 3
    def __init__(self, name):
        self.name, self.history = name, []
    @property
    def last(self):
        return self.history[-1]
    def turn(self, q):
        self.history.append(q)
        a = f(str(self.history))
        if not ok(a):
            return None
        self.history.append(a)
        return self.last
def talk(i):
    agent = Agent(f"a{i}")
    for q in ("x", "y"):
        if agent.turn(q) is None:
            break
    return agent.history
out = [talk(i) for i in range(8)]
""",
    "keys that differ": """
found, texts = {}, {"a": [1], "b": [2], "c": [3], "d": [4], "e": [5]}
for name in "abcde":
    s = f(name)
    if ok(s):
        texts[name].append(s)
        found[name] = len(texts[name])
        continue
    found[s] = name
""",
    "prints": """
for i in range(6):
    s = f(i)
    if ok(s):
        print(f"{s}: {i}")
        continue
    print("no", s)
""",
}


def _counted(patch: pytest.MonkeyPatch) -> dict[str, int]:
    counts = {"carried": 0, "analysed": 0}
    replay, analyse = Recording.replay, footprint.footprint

    def replaying(self, activation, heap):  # type: ignore[no-untyped-def]
        claims = replay(self, activation, heap)
        counts["carried"] += claims is not None
        return claims

    def analysing(*args, **kwargs):  # type: ignore[no-untyped-def]
        counts["analysed"] += 1
        return analyse(*args, **kwargs)

    patch.setattr(Recording, "replay", replaying)
    patch.setattr(footprint, "footprint", analysing)
    return counts


@pytest.mark.parametrize("name", LOOPS)
@pytest.mark.engine
def test_turns_share_an_analysis(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the turns of a loop most are not analysed (but for the comparison of each that is carried over)."""
    counts = _counted(monkeypatch)
    check(LOOPS[name], orders=3)
    assert counts["carried"] > (counts["analysed"] - counts["carried"]), counts


DIFFERING = {
    "a method is replaced": """
class A:
    def __init__(self): self.seen, self.other = [], []
    def note(self, x): self.seen.append(x)
def other(self, x): self.other.append(x)
a = A()
def go(i):
    r = f(i)
    if ok(r): a.note(r)
for i in range(8):
    if i == 4: A.note = other
    go(i)
print(a.seen, a.other)
""",
    "a function that is called is another one": """
xs, ys = [], []
def helper(r): xs.append(r)
def go(i):
    r = f(i)
    if ok(r): helper(r)
for i in range(4): go(i)
def helper(r): ys.append(r)
for i in range(4): go(i)
print(xs, ys)
""",
    "a default is another one": """
xs, ys = [], []
def go(i, to=xs):
    r = f(i)
    if ok(r): to.append(r)
for i in range(4): go(i)
go.__defaults__ = (ys,)
for i in range(4): go(i)
print(xs, ys)
""",
    "a function has other code": """
xs, ys = [], []
def helper(r): xs.append(r)
def second(r): ys.append(r)
def go(i):
    r = f(i)
    if ok(r): helper(r)
for i in range(4): go(i)
helper.__code__ = second.__code__
for i in range(4): go(i)
print(xs, ys)
""",
    "two names for one list": """
def go(i, a, b):
    r = f(i)
    if not ok(r):
        return 0
    a.append(r)
    return len(b)
one, other = [], []
print([go(i, *([one, one] if i > 3 else [one, other])) for i in range(8)], one, other)
""",
    "two names for two lists, that were for one": """
def go(i, a, b):
    r = f(i)
    if not ok(r):
        return 0
    a.append(r)
    b.append(r)
    return len(b)
one, other = [], []
print([go(i, *([one, other] if i > 3 else [one, one])) for i in range(8)], one, other)
""",
    "a name of an attribute": """
class Box: pass
box = Box(); box.a, box.b = [], []
def go(i, name):
    r = f(i)
    if not ok(r):
        return
    getattr(box, name).append(r)
for i in range(8): go(i, "a" if i < 4 else "b")
print(vars(box))
""",
    "a builtin is shadowed": """
seen = []
def counted(x):
    seen.append(x)
    return 1
def go(i):
    r = f(i)
    return len(r) if ok(r) else 0
print([go(i) for i in range(4)])
len = counted
print([go(i) for i in range(4)], seen)
""",
    "a captured variable holds something else": """
def make():
    to = []
    def put(r): to.append(r)
    def swap():
        nonlocal to
        to = []
        return to
    return put, swap
put, swap = make()
def go(i):
    r = f(i)
    if ok(r): put(r)
for i in range(4): go(i)
now = swap()
for i in range(4): go(i)
print(now)
""",
    "an attribute is there that was not": """
class Box: pass
box = Box(); box.a = []
def go(i):
    r = f(i)
    if ok(r): print(vars(box), r)
for i in range(4): go(i)
box.b = [1]
for i in range(4):
    go(i)
    box.b.append(i)
""",
    "what a module holds is another one": """
import types
m = types.ModuleType("m"); m.to = []
def go(i):
    r = f(i)
    if ok(r): m.to.append(r)
first = m.to
for i in range(4): go(i)
m.to = []
for i in range(4): go(i)
print(first, m.to)
""",
    "a handler has one more class to catch": """
caught = []
class Base(Exception): pass
def go(i):
    try:
        if ok(f(i)): raise Base(i)
    except Base as error:
        caught.append(error.args)
for i in range(4): go(i)
class More(Base):
    @property
    def args(self): return caught
Base = More
def go_on(): return [go(i) for i in range(4)]
print(go_on(), len(caught))
""",
    "containers of other types": """
def go(i, to):
    r = f(i)
    if not ok(r):
        return
    to[0] = i
a, b = [0], {0: 0}
for i in range(8): go(i, a if i < 4 else b)
print(a, b)
""",
    "class data of another type": """
class Config: to = []
kept = Config.to
def go(i):
    r = f(i)
    if ok(r): Config.to.append(r)
for i in range(4): go(i)
Config.to = bytearray()
try:
    for i in range(4): go(i)
except TypeError as error:
    print(error)
print(kept, Config.to)
""",
}


@pytest.mark.parametrize("name", DIFFERING)
@pytest.mark.engine
def test_turns_that_differ_are_told_apart(name: str) -> None:
    """As plain Python, and each footprint that was carried over is that of an analysis."""
    check(DIFFERING[name], orders=4)
