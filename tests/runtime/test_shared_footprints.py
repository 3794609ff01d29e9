"""What is found for one turn of a loop is carried over to the others, and not where anything that the analysis sees differs.

In these tests every carried footprint is compared with that of an analysis (`check=True`), which fails if they differ.
"""

from __future__ import annotations

import pytest

from poppy_nb.runtime import footprint
from poppy_nb.runtime.footprint_replay import Function, Match, Recording, named_defaults
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
    "defaults that are given by name": """
def ask(i, *, most=3, sep=None):
    r = f(i)
    if ok(r):
        return join(r, sep=sep)
    return most
def join(r, *, sep=None, end="!"):
    return (sep or "-").join([r, end])
out = [ask(i) for i in range(8)]
""",
    "nothing in several places": """
def ask(i):
    last = best = None
    for k in range(3):
        r = f((i, k))
        if ok(r):
            best = r
            break
        last = r
    return best, last
out = [ask(i) for i in range(8)]
""",
    "exceptions of the program's that call super()": """
class Bad(Exception):
    def __init__(self, text, value):
        super().__init__(text)
        self.value = value
def ask(i):
    try:
        if not ok(f(i)):
            raise Bad("no", i)
        return i
    except Bad as error:
        return error.value, str(error)
out = [ask(i) for i in range(8)]
""",
    "dataclasses": """
from dataclasses import dataclass, field
@dataclass
class Turn:
    text: str
    score: int = 0
    notes: list = field(default_factory=list)
def ask(i):
    r = f(i)
    turn = Turn(r, score=i)
    if ok(r):
        turn.notes.append(r)
    return turn
out = [ask(i) for i in range(8)]
""",
    "a dict that fills itself": """
from collections import defaultdict
def ask(i):
    groups = defaultdict(list)
    for k in range(2):
        r = f((i, k))
        if ok(r):
            groups[k].append(r)
    return dict(groups)
out = [ask(i) for i in range(8)]
""",
    "tuples in part pending": """
def ask(i):
    pair = (f(i), [i])
    if ok(pair[0]):
        text, own = pair
        own.append(text)
    return pair
out = [ask(i) for i in range(8)]
""",
    "elements of a comprehension in a function": """
def ask(names):
    found = [f(name) if ok(f((name, 0))) else names[0] for name in names]
    return found
out = [ask([i, -i]) for i in range(8)]
""",
    "the last ones": """
from collections import deque
def ask(i):
    window, all_ = deque(maxlen=2), []
    for k in range(3):
        r = f((i, k, list(window), all_[-2:]))
        if ok(r):
            window.append(r)
            all_.append(window[0])
    return list(window), all_[-2:]
out = [ask(i) for i in range(8)]
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
    "super() finds another method": """
xs, ys = [], []
class Base:
    def note(self, r): xs.append(r)
class Own(Base):
    def note(self, r): super().note(r)
def go(i):
    r = f(i)
    if ok(r): Own().note(r)
for i in range(4): go(i)
Base.note = lambda self, r: ys.append(r)
for i in range(4): go(i)
print(xs, ys)
""",
    "a field has another default": """
from dataclasses import dataclass, field
xs, ys = [], []
@dataclass
class Box:
    to: list = field(default_factory=lambda: xs)
def go(i):
    r = f(i)
    if ok(r): Box().to.append(r)
for i in range(4): go(i)
ys_of = lambda: ys
@dataclass
class Box:
    to: list = field(default_factory=ys_of)
for i in range(4): go(i)
print(xs, ys)
""",
    "parts of a tuple are one object, or two": """
def go(i, pair, own):
    if not ok(pair[0]):
        return 0
    pair[1].append(i)
    return len(own)
one, other = [], []
print([go(i, (f(i), one), one if i > 3 else other) for i in range(8)], one, other)
""",
    "None in one place": """
def go(i, a, b):
    r = f(i)
    if not ok(r):
        return 0
    if a is not None: a.append(r)
    if b is not None: b.append(r)
one = []
for i in range(8): go(i, None if i < 4 else one, None)
print(one)
""",
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


def test_a_function_is_the_same_with_the_same_defaults() -> None:
    """Those that are given by name, too, by identity."""

    def function(*, one: object = 1, other: object = None) -> None: ...

    told = Function(lambda: function, function.__code__, function.__qualname__, None, named_defaults(function))
    match = Match([])
    assert told.holds(match, function)
    function.__kwdefaults__["one"] = 1.0
    assert not told.holds(match, function)
    function.__kwdefaults__ = None
    assert not told.holds(match, function)
