"""Calls, comprehensions, loops, pipelines, branches."""

from tests.patterns.pattern import table


# Two stages whose latencies differ per item: 1+5, 4+1, 2+2. The critical path is 6; stage after stage it would be 4 + 5.
PIPELINE = {"f": {1: 1, 2: 4, 3: 2}, "g": {"f(1)": 5, "f(2)": 1, "f(3)": 2}}

ROW_1 = table(
    1,
    ("two then one", 2, "a = f(1); b = f(2); c = g(a, b)"),
    ("chain", 3, "a = f(1)\nb = g(a)\nc = h(b)"),
    ("nested expression", 2, "c = g(f(1), f(2))"),
    ("tuple assignment", 2, "a, b = f(1), f(2)\nc = g(b, a)"),
    ("independent, unequal", 3, "f(1)\ng(2)\nh(3)", {"latencies": {"f": 1, "g": 3, "h": 2}}),
    ("diamond", 6, "a = f(1)\nb = g(a)\nc = h(a)\nd = f(b, c)", {"latencies": {"g": 2, "h": 4}}),
    ("result of the cell", 2, "a = f(1)\ng(a)"),
    ("result of the cell is a list", 1, "x = [f(1), f(2)]\nx"),
    ("starred arguments", 2, "args = [f(1), f(2)]\nc = g(*args, 3)"),
    ("argument of an operator", 2, "c = g(f(1) + f(2))"),
    ("rebound name", 2, "a = f(1)\nb = g(a)\na = f(2)\nc = g(a)"),
    ("self-update", 3, "a = f(1)\na = g(a)\na = h(a)"),
    ("shared argument", 2, "a = f(1)\nb = g(a)\nc = h(a)\nd = g(a, a)"),
)

ROW_2 = table(
    2,
    ("list", 1, "xs = [1, 2, 3]\nys = [f(x) for x in xs]"),
    ("set", 1, "xs = [1, 2, 3]\nys = {f(x) for x in xs}"),
    ("dict values", 1, "ys = {x: f(x) for x in (1, 2, 3)}"),
    ("dict keys", 1, "ys = {f(x): x for x in (1, 2, 3)}"),
    ("dict both", 1, "ys = {f(x): g(x) for x in (1, 2, 3)}"),
    ("dict, equal keys", 1, "ys = {ok(x): f(x) for x in (1, 2, 3, 4)}"),
    ("generator in list", 1, "ys = list(f(x) for x in (1, 2, 3))"),
    ("generator in tuple", 1, "ys = tuple(f(x) for x in (1, 2, 3))"),
    ("generator in join", 1, "ys = ', '.join(f(x) for x in (1, 2, 3))"),
    ("nested", 1, "ys = [[f(x, y) for y in (1, 2)] for x in (1, 2)]"),
    ("two clauses", 1, "ys = [f(x, y) for x in (1, 2) for y in range(x)]"),
    ("filtered", 1, "ys = [f(x) for x in range(5) if x % 2 if x > 0]"),
    ("dict filtered", 1, "ys = {x: f(x) for x in range(5) if x % 2 == 0}"),
    ("inside out", 2, "ys = [g(y) for y in [f(x) for x in (1, 2, 3)]]"),
    ("filtered on a pending value", 2, "ys = [f(x) for x in (1, 2, 4) if ok(x)]"),
    ("over a pending list", 2, "ys = [f(x) for x in lst(1)]"),
    ("walrus", 2, "ys = [(y, g(y)) for x in (1, 2) if (y := f(x))]"),
    ("unused", 1, "[f(x) for x in (1, 2, 3)]"),
    ("in a function", 1, "def run(xs):\n    return [f(x) for x in xs]\nys = run([1, 2, 3])"),
    ("with unpacking", 1, "ys = [f(a, b) for a, (b, *c) in [(1, (2, 3)), (4, (5,))]]"),
)

ROW_3 = table(
    3,
    ("append", 1, "out = []\nfor x in (1, 2, 3):\n    out.append(f(x))"),
    ("setitem", 1, "out = {}\nfor k in ('a', 'b'):\n    out[k] = f(k)"),
    ("setitem of a list", 1, "out = [None] * 3\nfor k in range(3):\n    out[k] = f(k)"),
    ("list +=", 1, "out = []\nfor x in (1, 2, 3):\n    out += [f(x)]"),
    ("list = list +", 1, "out = []\nfor x in (1, 2, 3):\n    out = out + [f(x)]"),
    ("text +=", 1, "text = ''\nfor x in (1, 2, 3):\n    text += f(x)"),
    ("n += len", 1, "n = 0\nfor x in (1, 2, 3):\n    n += len(f(x))"),
    ("n += number", 2, "n = 0\nfor x in (1, 2, 3):\n    n += num(x)\nr = f(n)"),
    ("insert", 1, "out = []\nfor x in (1, 2, 3):\n    out.insert(0, f(x))"),
    ("extend", 1, "out = []\nfor x in (1, 2, 3):\n    out.extend([f(x), g(x)])"),
    ("extend by a pending list", 1, "out = []\nfor x in (1, 2, 3):\n    out.extend(lst(x))"),
    ("update", 1, "out = {}\nfor k in (1, 2, 3):\n    out.update({k: f(k)})"),
    ("setdefault, known keys", 1, "out = {}\nfor k in (1, 2, 1):\n    out.setdefault(k, []).append(f(k))"),
    ("attribute +=", 1, "class A: pass\na = A()\na.n = 0\nfor x in (1, 2, 3):\n    a.n += num(x)"),
    ("slice store", 1, "out = [0] * 4\nfor x in (0, 2):\n    out[x:x + 2] = [f(x), g(x)]"),
    ("deque", 1, "from collections import deque\nq = deque(maxlen=2)\nfor x in (1, 2, 3):\n    q.append(f(x))"),
    ("while", 1, "out = []\nk = 0\nwhile k < 3:\n    out.append(f(k))\n    k += 1"),
    ("nested loops", 1, "out = []\nfor x in (1, 2):\n    for y in (1, 2):\n        out.append(f(x, y))"),
    ("then a call of all", 2, "out = []\nfor x in (1, 2, 3):\n    out.append(f(x))\nr = g(out)"),
    ("append two in one turn", 2, "out = []\nfor x in (1, 2, 3):\n    out.append(f(x))\n    out.append(g(out[-1]))"),
)

ROW_4 = table(
    4,
    ("two comprehensions", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in ys]"),
    ("three stages", 7, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in ys]\nws = [h(z) for z in zs]"),
    ("loop then comprehension", 6, "ys = []\nfor x in (1, 2, 3):\n    ys.append(f(x))\nzs = [g(y) for y in ys]"),
    ("both in one loop", 6, "zs = []\nfor x in (1, 2, 3):\n    y = f(x)\n    zs.append(g(y))"),
    ("with an operator between", 6, "ys = [f(x) for x in (1, 2, 3)]\nts = [y + '' for y in ys]\nzs = [g(t) for t in ts]"),
    ("functions", 6, "def one(xs): return [f(x) for x in xs]\ndef two(ys): return [g(y) for y in ys]\nzs = two(one([1, 2, 3]))"),
    ("then all", 7, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in ys]\nr = h(zs)"),
    latencies=PIPELINE,
)

ROW_5 = table(
    5,
    ("append and append", 6, """
        ys = []
        for x in (1, 2, 3):
            ys.append(f(x))
        zs = []
        for y in ys:
            zs.append(g(y))"""),
    ("list +=", 6, "ys = []\nfor x in (1, 2, 3):\n    ys += [f(x)]\nzs = [g(y) for y in ys]"),
    ("dict by key", 6, "d = {x: f(x) for x in (1, 2, 3)}\nzs = [g(d[x]) for x in (1, 2, 3)]"),
    ("dict values()", 6, "d = {x: f(x) for x in (1, 2, 3)}\nzs = [g(v) for v in d.values()]"),
    ("dict items()", 6, "d = {x: f(x) for x in (1, 2, 3)}\nout = {}\nfor k, v in d.items():\n    out[k] = g(v)"),
    ("dict keys", 6, "d = {x: f(x) for x in (1, 2, 3)}\nout = {}\nfor k in d:\n    out[k] = g(d[k])"),
    ("dict get", 6, "d = {}\nfor x in (1, 2, 3):\n    d[x] = f(x)\nzs = [g(d.get(x)) for x in (1, 2, 3)]"),
    ("pairs", 6, "ps = [(x, f(x)) for x in (1, 2, 3)]\nzs = [g(y) for x, y in ps]"),
    ("pairs by index", 6, "ps = [(x, f(x)) for x in (1, 2, 3)]\nzs = [g(p[1]) for p in ps]"),
    ("lists in a list", 6, "ps = [[x, f(x)] for x in (1, 2, 3)]\nzs = [g(p[-1]) for p in ps]"),
    ("dicts in a list", 6, "ps = [{'x': x, 'y': f(x)} for x in (1, 2, 3)]\nfor p in ps:\n    p['z'] = g(p['y'])"),
    ("zip", 6, "xs = [1, 2, 3]\nys = [f(x) for x in xs]\nout = []\nfor x, y in zip(xs, ys):\n    out.append((x, g(y)))"),
    ("enumerate", 6, "ys = [f(x) for x in (1, 2, 3)]\nout = [None] * 3\nfor i, y in enumerate(ys):\n    out[i] = g(y)"),
    ("slices", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in ys[:2]] + [g(y) for y in ys[2:]]"),
    ("reversed slice", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in ys[::-1]]"),
    ("reversed()", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in reversed(ys)]"),
    ("copies", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(y) for y in list(tuple(ys.copy()))]"),
    ("indices", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = [g(ys[i]) for i in range(len(ys))]"),
    ("starred target", 6, "ys = [f(x) for x in (1, 2, 3)]\nfirst, *rest = ys\nzs = [g(first), *[g(r) for r in rest]]"),
    ("unpacked", 6, "ys = [f(x) for x in (1, 2, 3)]\na, b, c = ys\nzs = (g(c), g(b), g(a))"),
    ("starred display", 6, "ys = [f(x) for x in (1, 2)]\nzs = [g(y) for y in [*ys, f(3)]]"),
    ("sorted by what is known", 6, "ps = [(-x, f(x)) for x in (1, 2, 3)]\nps.sort(key=lambda p: p[0])\nzs = [g(y) for _, y in ps]"),
    ("attributes", 6, """
        class Doc:
            def __init__(self, x):
                self.x = x
        docs = [Doc(x) for x in (1, 2, 3)]
        for d in docs:
            d.y = f(d.x)
        for d in docs:
            d.z = g(d.y)"""),
    ("attributes set in __init__", 6, """
        class Doc:
            def __init__(self, x):
                self.y = f(x)
            def go(self):
                return g(self.y)
        zs = [d.go() for d in [Doc(x) for x in (1, 2, 3)]]"""),
    ("dataclass", 6, """
        from dataclasses import dataclass, field
        @dataclass
        class Doc:
            x: int
            y: str = ""
            tags: list = field(default_factory=list)
        docs = [Doc(x, f(x)) for x in (1, 2, 3)]
        zs = []
        for d in docs:
            z = g(d.y)
            d.tags.append(z)
            zs.append(z)"""),
    ("frozen dataclass", 6, """
        from dataclasses import dataclass
        @dataclass(frozen=True)
        class Doc:
            x: int
            y: str
        zs = [g(d.y) for d in [Doc(x, f(x)) for x in (1, 2, 3)]]"""),
    ("slots", 6, """
        class Doc:
            __slots__ = ("y", "z")
        docs = []
        for x in (1, 2, 3):
            d = Doc()
            d.y = f(x)
            docs.append(d)
        for d in docs:
            d.z = g(d.y)"""),
    ("deque", 6, "from collections import deque\nq = deque(f(x) for x in (1, 2, 3))\nzs = []\nwhile q:\n    zs.append(g(q.popleft()))"),
    ("pop", 6, "ys = [f(x) for x in (1, 2, 3)]\nzs = []\nwhile ys:\n    zs.append(g(ys.pop()))"),
    latencies=PIPELINE,
)  # fmt: skip

ROW_6 = table(
    6,
    ("kept and skipped", 2, """
        kept = []
        skipped = 0
        for x in (1, 2, 11):
            if "1" in f(x):
                kept.append(g(x))
            else:
                skipped += 1"""),
    ("then a report", 3, """
        kept = []
        skipped = 0
        for x in (1, 2, 11):
            if "1" in f(x):
                kept.append(g(x))
            else:
                skipped += 1
        report = h(kept, skipped)"""),
    ("the report needs only the number", 2.5, """
        kept = []
        skipped = 0
        for x in (1, 2, 11):
            if "1" in f(x):
                kept.append(g(x))
            else:
                skipped += 1
        report = h(skipped)""", {"latencies": {"g": 1.5, "h": 1}}),
    ("pipeline", 6, """
        kept = []
        for x in (1, 12, 3):
            if "1" in f(x):
                kept.append(g(x))""", {"latencies": {"f": {1: 1, 12: 4, 3: 2}, "g": {1: 5, 12: 1}}}),
    ("continue", 2, """
        kept = []
        for x in (1, 2, 11):
            s = f(x)
            if "1" not in s:
                print("skip", x)
                continue
            kept.append(g(s))"""),
    ("summaries", 2, """
        def summarise(doc):
            return f(doc)
        summaries = []
        for doc in ["one", "two", "three"]:
            s = summarise(doc)
            if "two" in s.lower():
                print("skip", doc[:20]); continue
            summaries.append(s)
        report = summarise("; ".join(summaries))"""),
    ("in a function", 2, """
        def run(xs):
            kept, n = [], 0
            for x in xs:
                if ok(x):
                    kept.append(f(x))
                else:
                    n += 1
            return kept, n
        r = run([1, 2, 4])"""),
    ("dict and set", 2, """
        kept, rest = {}, set()
        for x in (1, 2, 4):
            if ok(x):
                kept[x] = f(x)
            else:
                rest.add(x)"""),
    ("nested branches", 3, """
        out = []
        for x in (1, 2, 4):
            if ok(x):
                if "2" in f(x):
                    out.append(g(x))
                else:
                    out.append(None)"""),
    ("appended on both paths", 2, """
        out = []
        for x in (1, 2, 4):
            if ok(x):
                out.append(f(x))
            else:
                out.append(g(x))"""),
)  # fmt: skip

ROW_7 = table(
    7,
    ("elif", 3, "if ok(1):\n    r = f(1)\nelif ok(2):\n    r = g(1)\nelse:\n    r = h(1)"),
    ("elif, first taken", 2, "if ok(2):\n    r = f(1)\nelif ok(4):\n    r = g(1)\nelse:\n    r = h(1)"),
    ("else", 3, "if ok(1):\n    r = f(1)\nelif ok(3):\n    r = g(1)\nelse:\n    r = h(1)"),
    ("elif in a loop", 3, """
        out = []
        for x in (2, 1, 4):
            if ok(x):
                out.append(f(x))
            elif ok(x + 1):
                out.append(g(x))
            else:
                out.append(h(x))"""),
    ("value of a branch", 3, "if ok(2):\n    y = f(1)\nelse:\n    y = g(1)\nz = h(y)"),
    ("value kept or replaced", 2, "x = f(0)\nif ok(2):\n    x = g(x)"),
    ("constant chosen by a branch", 2, "y = 'b'\nif ok(2):\n    y = 'a'\nz = f(y)"),
    ("call behind a branch", 2, "if ok(2):\n    a = f(1)\nb = g(2)", {"latencies": {"g": 2}}),
    ("conditional expression", 2, "a = f(1) if ok(2) else g(1)"),
    ("conditional expression as argument", 2, "a = f('a' if ok(2) else 'b')"),
    ("and, true", 2, "r = ok(2) and f(1)"),
    ("and, false", 1, "r = ok(1) and f(1)"),
    ("or, true", 1, "r = ok(2) or f(1)"),
    ("or, false", 2, "r = ok(1) or f(1)"),
    ("or of three", 3, "r = ok(1) or ok(3) or f(1)"),
    ("not", 2, "r = not ok(1)\nif not r:\n    s = f(1)\nelse:\n    s = g(1)"),
    ("and as a test", 3, "if ok(2) and not ok(1):\n    r = f(1)"),
    ("and of known and pending", 1, "r = [x and ok(x) for x in (0, 1, 2)]"),
    ("chained comparison, goes on", 2, "r = inc(1) < inc(2) < inc(3)"),
    ("chained comparison, ends", 1, "r = inc(2) < inc(1) < inc(3)"),
    ("chained comparison with constants", 1, "r = 0 <= inc(1) < 10"),
    ("match a value", 2, "match ok(2):\n    case True:\n        r = f(1)\n    case _:\n        r = g(1)"),
    ("match a text", 2, "match f(1):\n    case 'f(0)' | 'f(2)':\n        r = 0\n    case str() as s:\n        r = g(s)"),
    ("match a list", 2, "match lst(1):\n    case []:\n        r = 0\n    case [a, *rest]:\n        r = g(a)"),
    ("match a dict", 2, "match dct(1):\n    case {'none': x}:\n        r = 0\n    case {'text': t, **rest}:\n        r = g(t)"),
    ("match with guard", 3, "match inc(1):\n    case n if ok(n + 1):\n        r = f(1)\n    case n:\n        r = g(n)"),
    ("match in a loop", 2, """
        out = []
        for x in (1, 2, 3):
            match inc(x):
                case 2 | 4:
                    out.append(f(x))
                case n:
                    out.append(g(n))"""),
    ("branches one after the other", 2, "if ok(2):\n    a = f(1)\nif ok(4):\n    b = f(2)\nif ok(1):\n    c = f(3)"),
    ("branches on one value", 2, "y = ok(2)\nif y:\n    a = f(1)\nif y:\n    b = f(2)"),
    ("comparisons of pending values", 2, "r = f(1) == f(2), f(1) < g(1), inc(1) is None\ns = h(inc(1) > 1)"),
    ("walrus", 2, "if (y := f(1)) and 'f' in y:\n    z = g(y)\nw = h(y)"),
)  # fmt: skip

PATTERNS = [*ROW_1, *ROW_2, *ROW_3, *ROW_4, *ROW_5, *ROW_6, *ROW_7]
