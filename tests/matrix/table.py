"""The dimensions of the matrix: what a program does around its calls, what it changes with their results, and how calls fail."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent


# What comes before, what is done with the result `v` of the call for `x`, and what is read at the end
ACTIONS: dict[str, tuple[str, str, str]] = {
    "append": ("box = []", "box.append(v)", "box"),
    "plus list": ("box = []", "box += [v, x]", "box"),
    "rebind list": ("box = []", "box = box + [v]", "box"),
    "slice store": ("box = []", "box[:0] = [v]", "box"),
    "insert": ("box = [0]", "box.insert(1, v)", "box"),
    "item store": ("box = [0] * 9", "box[x] = v", "box"),
    "del item": ("box = list(range(9))", "box.append(v); del box[0]", "box"),
    "pop": ("box = list(range(9))", "box.append((v, box.pop()))", "box"),
    "sort": ("box = []", "box.append(v); box.sort()", "box"),
    "reverse": ("box = []", "box.append(v); box.reverse()", "box"),
    "dict store": ("box = {}", "box[x] = v", "box"),
    "dict by pending": ("box = {}", "box[v] = x", "box"),
    "setdefault": ("box = {}", "box.setdefault(x % 2, []).append(v)", "box"),
    "dict of lists": ("box = {0: [], 1: []}", "box[x % 2].append(v)", "box"),
    "update": ("box = {}", "box.update({x: v})", "box"),
    "or update": ("box = {}", "box |= {x: v}", "box"),
    "count": ("box = {}", "box[v[:3]] = box.get(v[:3], 0) + 1", "box"),
    "del key": ("box = {0: 0, 1: 1}", "box[x] = v; del box[x - x % 2]; box[x - x % 2] = 1", "box"),
    "set add": ("box = set()", "box.add(v)", "sorted(box)"),
    "set update": ("box = set()", "box |= {v, x}", "sorted(box, key=str)"),
    "discard": ("box = {0, 1, 2, 3}", "box.discard(x); box.add(v)", "sorted(box, key=str)"),
    "attribute": ("class Box: pass\nbox = Box()\nbox.last = None", "box.last = v", "box.last"),
    "attribute list": (
        "class Box:\n    def __init__(self): self.items = []\n    def add(self, v): self.items.append(v)\nbox = Box()",
        "box.add(v)",
        "box.items",
    ),
    "attribute count": ("class Box:\n    n = 0\nbox = Box()", "box.n += len(v)", "box.n"),
    "property": (
        "class Box:\n    def __init__(self): self._v = []\n    @property\n    def v(self): return self._v[-1]\n    @v.setter\n    def v(self, v): self._v.append(v)\nbox = Box()",
        "box.v = v",
        "box._v",
    ),
    "getitem of the user's": (
        "class Box:\n    def __init__(self): self.d = {}\n    def __setitem__(self, k, v): self.d[k] = v\n    def __getitem__(self, k): return self.d[k]\nbox = Box()",
        "box[x] = v",
        "box.d",
    ),
    "class attribute": ("class Box:\n    all = []\n    n = 0\nbox = Box", "Box.all.append(v); Box.n += 1", "(Box.all, Box.n)"),
    "slots": (
        "class Box:\n    __slots__ = ('a', 'b')\nbox = Box()\nbox.b = []",
        "box.a = v; box.b.append(box.a)",
        "(box.a, box.b)",
    ),
    "dataclass": (
        "from dataclasses import dataclass, field\n@dataclass\nclass Box:\n    items: list = field(default_factory=list)\n    n: int = 0\nbox = Box()",
        "box.items.append(v); box.n += 1",
        "(box.items, box.n)",
    ),
    "text": ("box = ''", "box += v", "box"),
    "text prefix": ("box = ''", "box = f'{v}|{box}'", "box"),
    "number": ("box = 0", "box += len(v)", "box"),
    "maximum": ("box = ''", "box = max(box, v)", "box"),
    "tuple": ("box = ()", "box += (v,)", "box"),
    "deque": ("from collections import deque\nbox = deque(maxlen=3)", "box.append(v)", "list(box)"),
    "defaultdict": ("from collections import defaultdict\nbox = defaultdict(list)", "box[x % 2].append(v)", "dict(box)"),
    "Counter": ("from collections import Counter\nbox = Counter()", "box[v[0]] += 1", "dict(box)"),
    "Counter update": ("from collections import Counter\nbox = Counter()", "box.update(v)", "dict(box)"),
    "heap": ("import heapq\nbox = []", "heapq.heappush(box, (v, x))", "box"),
    "bisect": ("import bisect\nbox = []", "bisect.insort(box, v)", "box"),
    "alias": ("box = []\nother = box", "other.append(v)", "box"),
    "nested": ("box = {'a': [{'b': []}]}", "box['a'][0]['b'].append(v)", "box"),
    "two lists": ("box = []\nrest = []", "(box if x % 2 else rest).append(v)", "(box, rest)"),
    "print": ("box = []", "print(x, v)", "box"),
    "print plain": ("box = []", "print('at', x); box.append(v)", "box"),
    "stderr": ("import sys\nbox = []", "print(v, file=sys.stderr); print(x)", "box"),
    "file": ("box = open('box.txt', 'w')", "box.write(v + '\\n')", "box.tell()"),
    "StringIO": ("import io\nbox = io.StringIO()", "box.write(v)", "box.getvalue()"),
    "random": ("import random\nrandom.seed(1)\nbox = []", "box.append((v, random.random()))", "box"),
    "logging": (
        "import logging, io\nbox = io.StringIO()\nlog = logging.getLogger('m')\nlog.handlers[:] = [logging.StreamHandler(box)]\nlog.setLevel(20)\nlog.propagate = False",
        "log.info('got %s', v)",
        "box.getvalue()",
    ),
    "closure": (
        "def make():\n    items = []\n    def add(v):\n        items.append(v)\n        return len(items)\n    return add, items\nadd, box = make()",
        "add(v)",
        "box",
    ),
    "nonlocal": (
        "def make():\n    n = 0\n    def add(v):\n        nonlocal n\n        n += len(v)\n        return n\n    return add\nadd = make()",
        "add(v)",
        "add('')",
    ),
    "default argument": ("def add(v, items=[]):\n    items.append(v)\n    return items", "add(v)", "add('end')"),
    "json": ("import json\nbox = []", "box.append(json.dumps({'v': v, 'x': x}))", "box"),
    "bytearray": ("box = bytearray()", "box += v.encode()", "bytes(box)"),
    "itertools": ("import itertools\nbox = []\nids = itertools.count()", "box.append((next(ids), v))", "box"),
    "cache": ("import functools\n@functools.lru_cache(None)\ndef up(v): return v.upper()\nbox = []", "box.append(up(v))", "box"),
    "iterator": ("box = iter(range(100))\nout = []", "out.append((v, next(box)))", "out"),
    "global": ("total = []\ndef add(v):\n    global total\n    total = total + [v]", "add(v)", "total"),
    "second call": ("box = []", "box.append(g(v))", "box"),
    "branch": ("box = []", "if 'f(1' in v:\n    box.append(v)\nelse:\n    box.append(x)", "box"),
    "branch store": ("box = {}\nlast = None", "if '1' in v:\n    last = v\n    box[x] = last", "(box, last)"),
}  # fmt: skip

# Where CALL and ACT stand; GLOBAL: what ACT assigns is declared there
STRUCTURES: dict[str, str] = {
    "for": """
        for x in range(4):
            v = CALL
            ACT
    """,
    "for enumerate": """
        for x, y in enumerate('abcd'):
            v = CALL
            ACT
    """,
    "for over answers": """
        for x, y in enumerate(lst(0)):
            v = CALL
            ACT
    """,
    "while": """
        x = 0
        while x < 4:
            v = CALL
            ACT
            x += 1
    """,
    "branch": """
        for x in range(4):
            v = CALL
            if ok(x):
                ACT
    """,
    "branch call": """
        for x in range(4):
            if ok(x):
                v = CALL
                ACT
    """,
    "continue": """
        for x in range(4):
            if not ok(x):
                continue
            v = CALL
            ACT
    """,
    "break": """
        for x in range(4):
            v = CALL
            ACT
            if num(x) == 9:
                break
        else:
            g('else')
    """,
    "function": """
        def work(x):
            GLOBAL
            v = CALL
            ACT
            return v
        r = [work(x) for x in range(4)]
    """,
    "early return": """
        def work(x):
            GLOBAL
            v = CALL
            if num(x) % 2:
                return v
            ACT
            return None
        r = []
        for x in range(4):
            r.append(work(x))
    """,
    "method": """
        class W:
            def __init__(self, x): self.x = x
            def run(self):
                GLOBAL
                x = self.x
                v = CALL
                ACT
                return self
        r = [W(x).run().x for x in range(4)]
    """,
    "recursion": """
        def work(x):
            GLOBAL
            if x == 4:
                return 0
            v = CALL
            ACT
            return work(x + 1)
        r = work(0)
    """,
    "map": """
        def work(x):
            GLOBAL
            v = CALL
            ACT
            return v
        r = list(map(work, range(4)))
    """,
    "sorted key": """
        def work(x):
            GLOBAL
            v = CALL
            ACT
            return v
        r = sorted(range(4), key=work)
    """,
    "generator": """
        def work():
            GLOBAL
            for x in range(4):
                v = CALL
                ACT
                yield v
        r = [y for y in work()]
    """,
    "with": """
        class M:
            def __enter__(self): print('in'); return self
            def __exit__(self, *e): print('out', e[0])
        for x in range(4):
            with M() as m:
                v = CALL
                ACT
    """,
    "with around": """
        class M:
            def __enter__(self): print('in'); return self
            def __exit__(self, *e): print('out', e[0])
        with M() as m:
            for x in range(4):
                v = CALL
                ACT
    """,
    "contextmanager": """
        from contextlib import contextmanager
        @contextmanager
        def m(x):
            print('in', x)
            try:
                yield x
            finally:
                print('out', x)
        for x in range(4):
            with m(x):
                v = CALL
                ACT
    """,
    "match": """
        for x in range(4):
            v = CALL
            match x % 2:
                case 0:
                    ACT
                case _:
                    g(v)
    """,
    "retry": """
        for x in range(4):
            for attempt in range(3):
                try:
                    v = CALL
                    break
                except ValueError:
                    v = g(x, attempt)
            ACT
    """,
    "nested": """
        for a in range(2):
            for b in range(2):
                x = 2 * a + b
                v = CALL
                ACT
    """,
    "decorator": """
        import functools
        def deco(fn):
            @functools.wraps(fn)
            def inner(*a, **k):
                print('call', *a)
                return fn(*a, **k)
            return inner
        @deco
        def work(x):
            GLOBAL
            v = CALL
            ACT
            return v
        r = {x: work(x) for x in range(4)}
    """,
    "gather": """
        import asyncio
        async def work(x):
            GLOBAL
            v = await ACALL
            ACT
            return v
        r = await asyncio.gather(*[work(x) for x in range(4)])
    """,
    "async for body": """
        async def work(x):
            GLOBAL
            v = await ACALL
            ACT
            return v
        r = []
        for x in range(4):
            r.append(await work(x))
    """,
    "zip": """
        for x, y in zip(range(4), lst(1)):
            v = CALL
            ACT
    """,
    "lambda": """
        do = lambda x: CALL
        for x in range(4):
            v = do(x)
            ACT
    """,
    "tuple target": """
        for x in range(4):
            v, w = CALL, g(x)
            ACT
    """,
    "walrus": """
        for x in range(4):
            if (v := CALL):
                ACT
    """,
    "comprehension then loop": """
        vs = [CALL for x in range(4)]
        for x, v in enumerate(vs):
            ACT
    """,
}

# How a program fails: the call, the awaited call, and what is put around
FAILURES: dict[str, tuple[str, str, str]] = {
    "not at all": ("f(x)", "af(x)", ""),
    "uncaught": ("fail(x)", "afail(x)", ""),
    "caught inside": ("f(x)", "af(x)", "inside"),
    "finally": ("f(x)", "af(x)", "finally"),
    "caught around": ("fail(x)", "afail(x)", "around"),
    "raised": ("f(x)", "af(x)", "raised"),
}

# Tasks that end at the same moment: which of them run before the one that waits for all hears of a failure is asyncio's to say
_LEFT_OUT = frozenset({("gather", "uncaught"), ("gather", "caught around"), ("gather", "raised")})


def cells() -> Iterator[tuple[str, str, str]]:
    """The names of all combinations."""
    for structure in STRUCTURES:
        for failure in FAILURES:
            if (structure, failure) not in _LEFT_OUT:
                for action in ACTIONS:
                    yield structure, action, failure


def program(structure: str, action: str, failure: str) -> str:
    """The program of one combination."""
    before, act, read = ACTIONS[action]
    call, awaited, how = FAILURES[failure]
    assigned = [name for name in ("box", "last", "total") if _assigns(act, name)]
    if how == "inside":
        act = f"try:\n    w = fail(x + 1)\n{indent(act, '    ')}\nexcept ValueError as e:\n    print('caught', e)\n    g('handled', x)"
    elif how == "finally":
        act = f"try:\n{indent(act, '    ')}\n    w = fail(x + 1)\nexcept ValueError:\n    print('no')\nfinally:\n    print('finally', x)"
    elif how == "raised":
        act = f"{act}\nif v.endswith('2)'):\n    raise KeyError(v)"
    lines = []
    for line in STRUCTURES[structure].strip("\n").rstrip(" ").splitlines():
        line = line[8:]
        margin = line[: len(line) - len(line.lstrip())]
        if line.strip() == "ACT":
            lines.append(indent(act, margin))
        elif line.strip() != "GLOBAL":
            lines.append(line.replace("ACALL", awaited).replace("CALL", call))
        elif assigned:
            lines.append(f"{margin}global {', '.join(assigned)}")
    body = "\n".join(lines)
    if how in ("around", "raised"):
        body = f"try:\n{indent(body, '    ')}\nexcept (ValueError, KeyError) as e:\n    print('caught', e)\n    g('handled')"
    return f"{before}\n{body}\nend = g({read})\nprint(end)\n"


def _assigns(act: str, name: str) -> bool:
    return any(part.strip().startswith((f"{name} ", f"{name} +", f"{name} |")) for part in act.replace(";", "\n").splitlines())
