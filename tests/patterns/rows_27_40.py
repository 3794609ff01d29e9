"""Exceptions, files, databases, random draws, logs, text, await, clocks, plans, unknown code."""

from tests.patterns.pattern import table
from tests.patterns.rows_01_07 import PIPELINE


UNEQUAL = {"fail": {0: 3, 1: 1, 2: 2, 3: 10}}  # fail(2) is definite when fail(0) has ended; fail(3) is cancelled

ROW_27 = table(
    27,
    ("loop with prints and appends", 1, """
        out = []
        for x in range(4):
            print("ask", x)
            out.append(fail(x))
            print("got", out[-1])"""),
    ("unequal latencies", 3, "out = []\nfor x in range(4):\n    print(x)\n    out.append(fail(x))", {"latencies": UNEQUAL, "shown": [0, 3, 3]}),
    ("comprehension", 1, "n = 1\nout = [fail(x) for x in range(4)]\nn = 2"),
    ("dict comprehension, nested", 1, "out = {x: [fail(x + y) for y in (0, 3)] for x in range(4)}"),
    ("in functions", 1, """
        def ask(x):
            y = fail(x)
            return y
        def all_of(xs):
            return [
                ask(x)
                for x in xs
            ]
        out = all_of(range(4))"""),
    ("in a method", 1, """
        class A:
            n = 0
            def ask(self, x):
                self.n += 1
                self.last = fail(x)
                self.n += 1
        a = A()
        for x in range(4):
            a.ask(x)"""),
    ("in recursion", 1, "def down(n):\n    return down(n - 1) + fail(n) if n else ''\nr = down(5)"),
    ("in a callback", 1, "out = sorted(range(4), key=lambda x: fail(x))"),
    ("in a generator", 1, "def gen():\n    for x in range(4):\n        yield fail(x)\nout = []\nfor y in gen():\n    out.append(y)"),
    ("two that raise", 1, "out = []\nfor x in range(6):\n    out.append(fail(x))"),
    ("the later one first", 5, "out = []\nfor x in (2, 5):\n    out.append(fail(x))", {"latencies": {"fail": {2: 5, 5: 1}}}),
    ("mutations behind are undone", 1, """
        log, d, n = [3, 1, 2], {"a": 1, "b": 2}, 0
        class A: pass
        a = A()
        a.x = 1
        r = fail(2)
        log.sort()
        log.append(9)
        d["a"] = d.pop("b")
        d["c"] = 1
        a.x, a.y = 2, 3
        del log[0]
        n += 1"""),
    ("names behind do not exist", 1, "a = 1\nfail(2)\na = 2\nb = 3\ndef c(): pass\nimport math"),
    ("known error behind a call", 1, "a = f(1)\nb = 1 / 0\nc = f(2)"),
    ("error on a pending value", 1, "a = f(1)\nb = a.nothing\nc = f(2)"),
    ("subscript of a pending value", 1, "a = lst(1)\nb = a[7]"),
    ("key of a pending value", 1, "a = dct(1)\nb = a['no']"),
    ("operator on a pending value", 1, "a = f(1)\nb = 2\nc = a + b"),
    ("unpacking a pending value", 1, "a, b = lst(1)"),
    ("call of a pending value", 1, "a = f(1)\nb = a(1)"),
    ("iteration over a pending value", 1, "for x in inc(1):\n    pass"),
    ("known error in a loop", 1, "out = []\nfor x in (1, 2, 0, 4):\n    out.append(f(x))\n    out.append(1 // x)"),
    ("in an argument", 1, "r = f(g(1), fail(2), h(3))"),
    ("in a branch", 2, "if ok(2):\n    a = fail(2)\nb = 1"),
    ("undefined name behind a call", 1, "a = f(1)\nprint(nothing)\nb = 2"),
    ("in an f-string over several lines", 1, "a = (\n    f(1)\n    + f'{fail(2)}'\n    + f(3)\n)"),
)  # fmt: skip

ROW_28 = table(
    28,
    ("raise on a result", 1, "out = []\nfor x in range(4):\n    y = f(x)\n    if '9' in y:\n        raise ValueError(y)\n    out.append(y)"),
    ("raise on a result, raised", 1, "out = []\nfor x in range(4):\n    y = f(x)\n    if '2' in y:\n        raise ValueError(y)\n    out.append(y)"),
    ("assert", 1, "for x in range(4):\n    assert 'f' in f(x), x"),
    ("assert, failing", 1, "for x in range(4):\n    assert '2' not in f(x), f'{x}'"),
    ("raise else", 1, """
        out = []
        for x in range(4):
            r = inc(x)
            if r > 9:
                raise RuntimeError(r)
            else:
                out.append(r)"""),
    ("from", 1, "try:\n    fail(2)\nexcept ValueError as e:\n    raise KeyError('k') from e"),
    ("from None", 1, "try:\n    fail(2)\nexcept ValueError:\n    raise KeyError('k') from None"),
    ("while handling", 1, "try:\n    fail(2)\nexcept ValueError:\n    {}['k']"),
    ("re-raise", 1, "try:\n    fail(2)\nexcept ValueError as e:\n    e.add_note('seen')\n    raise"),
    ("raise e", 1, "def ask():\n    try:\n        fail(2)\n    except ValueError as e:\n        raise e\nask()"),
    ("caught and chained further up", 1, """
        def inner(x):
            try:
                return fail(x)
            except ValueError as e:
                raise RuntimeError(f"inner {x}") from e
        out = []
        for x in range(4):
            try:
                out.append(inner(x))
            except RuntimeError as e:
                out.append(repr(e.__cause__))"""),
    ("finally", 1, "log = []\nfor x in range(3):\n    try:\n        log.append(f(x))\n    finally:\n        log.append('done')"),
    ("finally while raising", 1, "log = []\ntry:\n    log.append(fail(2))\nfinally:\n    log.append('done')\n    print('done')"),
    ("finally in a function with return", 1, """
        log = []
        def ask(x):
            try:
                return fail(x)
            finally:
                log.append(x)
        out = []
        for x in range(4):
            try:
                out.append(ask(x))
            except ValueError:
                out.append(None)"""),
    ("return in finally", 1, "def ask():\n    try:\n        return fail(2)\n    finally:\n        return 'swallowed'\nr = ask()"),
    ("a call in finally", 1, "out = []\nfor x in range(3):\n    try:\n        out.append(f(x))\n    finally:\n        out.append(g(x))", {"beyond": True}),
    ("a call in else", 1, """
        out = []
        for x in (0, 1, 3):
            try:
                fail(x)
            except ValueError:
                pass
            else:
                out.append(g(x))""", {"beyond": True}),
    ("nested try", 1, """
        log = []
        for x in range(4):
            try:
                try:
                    log.append(fail(x))
                except KeyError:
                    log.append("wrong")
                finally:
                    log.append("inner")
            except ValueError as e:
                log.append(e.args)"""),
    ("try in a handler", 2, """
        log = []
        for x in (2, 3):
            try:
                log.append(fail(x))
            except ValueError:
                try:
                    log.append(fail(x + 3))
                except ValueError as e:
                    log.append(repr(e.__context__))"""),
    ("exception group", 1, """
        caught = []
        try:
            errors = []
            for x in (1, 2, 5):
                try:
                    fail(x)
                except ValueError as e:
                    errors.append(e)
            errors.append(KeyError(f(1)))
            raise ExceptionGroup("several", errors)
        except* ValueError as group:
            caught.extend(str(e) for e in group.exceptions)
        except* KeyError as group:
            caught.append(group.exceptions[0].args)"""),
    ("exception group, uncaught part", 1, "try:\n    raise ExceptionGroup('g', [ValueError(f(1)), KeyError(2)])\nexcept* ValueError as e:\n    print(e)"),
    ("pending argument of an exception", 1, "try:\n    raise ValueError(f(1), num(2))\nexcept ValueError as e:\n    args = e.args"),
    ("pending exception attribute", 1, """
        class Bad(Exception):
            def __init__(self, x):
                super().__init__(x)
                self.detail = f(x)
        try:
            raise Bad(1)
        except Bad as e:
            out = [e.detail, e.args]"""),
    ("exception kept", 1, "errors = []\nfor x in range(6):\n    try:\n        fail(x)\n    except ValueError as e:\n        errors.append(e)"),
    ("traceback in the handler", 1, """
        import traceback
        for x in range(4):
            try:
                fail(x)
            except ValueError:
                print(traceback.format_exc())"""),
    ("with that swallows", 1, """
        class Swallow:
            def __enter__(self):
                return self
            def __exit__(self, kind, e, tb):
                errors.append(str(e))
                return kind is ValueError
        errors, out = [], []
        for x in range(4):
            with Swallow():
                out.append(fail(x))"""),
    ("suppress", 1, "from contextlib import suppress\nout = []\nfor x in range(4):\n    with suppress(ValueError):\n        out.append(fail(x))"),
    ("contextmanager", 1, """
        from contextlib import contextmanager
        log = []
        @contextmanager
        def logged(x):
            log.append(("in", x))
            try:
                yield x
            except ValueError as e:
                log.append(str(e))
            finally:
                log.append(("out", x))
        for x in range(4):
            with logged(x) as y:
                log.append(fail(y))"""),
    ("writes in a try that fails", 1, """
        d, xs = {}, [1, 2, 3]
        ys = xs
        try:
            d["a"] = f(1)
            xs.append(f(2))
            xs.append(fail(2))
            xs.clear()
            d["b"] = 1
        except ValueError:
            n = len(ys)"""),
    ("loop in a try", 1, """
        out = []
        try:
            for x in range(4):
                out.append(fail(x))
        except ValueError as e:
            print("stopped", len(out), e)
        out.append("end")"""),
    ("else of the loop in a try", 1, "try:\n    for x in range(6):\n        fail(x)\n    else:\n        r = 'all'\nexcept ValueError as e:\n    r = x, str(e)"),
)  # fmt: skip

ROW_29 = table(
    29,
    ("write", 1, "with open('out.txt', 'w') as fh:\n    for x in (1, 2, 3):\n        fh.write(f(x))"),
    ("write lines", 1, "with open('out.txt', 'w') as fh:\n    for x in (1, 2, 3):\n        fh.write(f'{x}: {f(x)}\\n')\nlines = open('out.txt').read().split('\\n')"),
    ("print to a file", 1, "with open('out.txt', 'w') as fh:\n    for x in (1, 2):\n        print(x, f(x), file=fh)"),
    ("writelines", 1, "with open('out.txt', 'w') as fh:\n    fh.writelines(f(x) for x in (1, 2))"),
    ("two files", 1, "with open('a', 'w') as a, open('b', 'w') as b:\n    for x in (1, 2):\n        a.write(f(x))\n        b.write(g(x))"),
    ("a file per item", 1, "from pathlib import Path\nfor x in (1, 2):\n    Path(f'{x}.txt').write_text(f(x))"),
    ("append, then read", 1, """
        for x in (1, 2):
            with open("log", "a") as fh:
                fh.write(f(x))
        text = open("log").read()"""),
    ("StringIO", 1, "import io\nfh = io.StringIO()\nfor x in (1, 2):\n    fh.write(f(x))\ntext = fh.getvalue()"),
    ("json.dump", 1, "import json\nwith open('a.json', 'w') as fh:\n    json.dump({x: f(x) for x in 'ab'}, fh)"),
    ("read, call, write", 1, """
        open("in", "w").write("one\\ntwo\\n")
        with open("in") as src, open("out", "w") as dst:
            for line in src:
                dst.write(f(line.strip()) + "\\n")"""),
    ("a call that fails", 1, "with open('out', 'w') as fh:\n    for x in range(4):\n        fh.write(fail(x))"),
)  # fmt: skip

ROW_30 = table(
    30,
    ("insert what a call returns", 4, "for x in (1, 2, 3):\n    insert(f(x))"),
    ("unequal latencies", 6, "for x in (1, 2, 3):\n    insert(f(x))", {"latencies": {"f": {1: 3}}}),
    ("reads between writes", 5, "insert(f(1))\na = rows()\ninsert(f(2))\nb = rows()"),
    ("insert what is known", 3, "out = []\nfor x in (1, 2, 3):\n    insert(x)\n    out.append(f(x))"),
    ("insert behind slow calls", 7, "out = []\nfor x in (1, 2, 3):\n    insert(x)\n    out.append(f(x))", {"latencies": {"f": 5}}),
    ("reads together", 2, "a, b = rows(), rows()"),  # the first may raise, and a read is ordered: M5
    ("read, then write", 2, "a = rows()\ninsert(1)\nn = len(a)"),
    ("a write in a branch", 3, "if ok(2):\n    insert(1)\na = rows()"),
    ("result of a write", 2, "n = insert('a')\nr = f(n)"),
    ("calls between writes", 2, "insert(1)\na = f(1)\ninsert(2)\nb = f(2)"),
    ("in a function", 3, "def save(x):\n    r = f(x)\n    insert(r)\n    return r\nout = [save(x) for x in (1, 2)]"),
    ("a write that fails", 3, """
        errors = []
        for row in ("a", "bad", "c"):
            try:
                insert(row)
            except ValueError as e:
                errors.append(str(e))"""),
    ("nothing is written behind a failure", 1, "insert_me = fail(2)\ninsert(1)"),
    ("write, print", 2, "for x in (1, 2):\n    print('saved', insert(x), len(rows()) if False else '')"),
    ("two resources", 4, """
        for x in (1, 2):
            insert(x)
            note(x)""", {"setup": """
        @external(writes="log")
        def note(x):
            record("note", x, writes="log")
            return x
        """}),
    ("a worker's connection", 3, "for x in (1, 2):\n    put(f(x))", {"setup": """
        @external(writes="store", thread="worker")
        def put(x):
            record("put", x, writes="store")
        """}),
)  # fmt: skip

ROW_31 = table(
    31,
    (
        "a draw per item",
        1,
        "import random\nrandom.seed(0)\nout = []\nfor x in (1, 2, 3):\n    k = random.random()\n    out.append(f(x, k))",
    ),
    ("choice", 1, "import random\nrandom.seed(0)\nout = [f(x, random.choice('abc')) for x in (1, 2, 3)]"),
    (
        "shuffle and sample",
        1,
        "import random\nrandom.seed(0)\nxs = [1, 2, 3]\nrandom.shuffle(xs)\nout = [f(x, random.sample(xs, 2)) for x in xs]",
    ),
    ("choice among results", 2, "import random\nrandom.seed(0)\nys = [f(x) for x in (1, 2, 3)]\nout = g(random.choice(ys))"),
    ("own generator", 1, "import random\nrng = random.Random(3)\nout = [f(x, rng.randint(0, 9)) for x in (1, 2)]"),
    (
        "draws in branches",
        2,
        """
        import random
        random.seed(0)
        out = []
        for x in (2, 1, 4):
            if ok(x):
                out.append(f(x, random.randint(0, 99)))""",
    ),
    (
        "a draw behind a branch that draws",
        2,
        "import random\nrandom.seed(0)\nif ok(2):\n    a = random.random()\nb = f(random.random())",
    ),
    ("draws, then a failure", 1, "import random\nrandom.seed(0)\nfor x in range(5):\n    k = random.random()\n    fail(x)"),
)

LOGGING = """
    import logging, sys
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(lineno)d %(funcName)s %(message)s", force=True)
    log = logging.getLogger("cell")
"""

ROW_32 = table(
    32,
    ("logging", 1, "for x in (1, 2):\n    log.info('asked %s, got %s', x, f(x))", {"setup": LOGGING}),
    ("logging in a function", 1, "def ask(x):\n    r = f(x)\n    log.warning(f'{x} {r}')\n    return r\nout = [ask(x) for x in (1, 2)]", {"setup": LOGGING}),
    ("logging an exception", 1, """
        for x in range(4):
            try:
                fail(x)
            except ValueError:
                log.exception("failed at %s", x)""", {"setup": LOGGING}),
    ("stderr.write", 1, "import sys\nfor x in (1, 2):\n    sys.stderr.write(f(x) + '\\n')"),
    ("display", 1, "from IPython.display import display\nfor x in (1, 2):\n    display(f(x))\n    print(x)"),
    ("progress bar", 1, """
        import sys
        def bar(xs):
            for i, x in enumerate(xs):
                print(f"\\r{i}/{len(xs)}", end="", file=sys.stderr)
                yield x
            print(file=sys.stderr)
        out = []
        for x in bar([1, 2, 3]):
            out.append(f(x))"""),
    ignore=("log",),
)  # fmt: skip

JSON = """
    @external
    def js(x):
        record("js", x)
        return '{"k": "key%s", "n": [%s, 2]}' % (x, x)
"""

ROW_33 = table(
    33,
    ("json", 2, "import json\nout = [g(json.loads(js(x))['k']) for x in (1, 2)]", {"setup": JSON, "latencies": {}}),
    ("json deeper", 2, "import json\nd = json.loads(js(1))\nout = [g(n) for n in d['n']]", {"setup": JSON, "latencies": {}}),
    ("json.dumps", 2, "import json\nout = g(json.dumps({'a': f(1), 'b': [f(2)]}))", {"latencies": {}}),
    ("re.search", 2, "import re\nout = [g(re.search(r'\\d+', f(x)).group()) for x in (1, 2)]", {"latencies": {}}),
    (
        "re.sub and findall",
        2,
        "import re\nout = [g(re.sub('f', 'F', f(x)), re.findall('.', f(x))) for x in (1, 2)]",
        {"latencies": {}},
    ),
    (
        "a match that decides",
        2,
        "import re\nout = []\nfor x in (1, 2):\n    if m := re.match('f.2', f(x)):\n        out.append(g(m.group()))",
        {"latencies": {}},
    ),
    ("compiled pattern", 2, "import re\np = re.compile('[0-9]')\nout = [g(p.split(f(x))) for x in (1, 2)]", {"latencies": {}}),
    ("strip and lower", 6, "out = []\nfor x in (1, 2, 3):\n    y = f(x).strip().lower()\n    out.append(g(y))"),
    ("split", 6, "out = [g(f(x).split('!')[0]) for x in (1, 2, 3)]"),
    ("f-string", 6, "out = [g(f'{f(x)}') for x in (1, 2, 3)]"),
    ("%", 6, "out = [g('%s' % f(x)) for x in (1, 2, 3)]"),
    ("% with a tuple", 6, "out = [g('%s%s' % (f(x), '')) for x in (1, 2, 3)]"),
    ("format", 6, "out = [g('{}{y}'.format(f(x), y='')) for x in (1, 2, 3)]"),
    ("slices", 6, "out = [g(f(x)[:9]) for x in (1, 2, 3)]"),
    ("replace, partition, join", 6, "out = [g(''.join(f(x).replace('!', '?').partition('('))) for x in (1, 2, 3)]"),
    ("join", 5, "out = h(', '.join([f(x) for x in (1, 2, 3)]))"),
    ("int", 2, "out = [g(int(f(x)[2]) + 1) for x in (1, 2)]", {"latencies": {}}),
    ("startswith decides", 2, "out = [g(x) if f(x).startswith('f(1') else h(x) for x in (1, 2)]", {"latencies": {}}),
    (
        "numbers",
        2,
        "out = [g(round(num(x) / 3, 2), abs(-num(x)), divmod(num(x), 3), num(x) ** 2) for x in (1, 2)]",
        {"latencies": {}},
    ),
    (
        "dict of a result",
        2,
        "out = [g(dct(x)['text'].upper(), dct(x).get('none', 0), sorted(dct(x))) for x in (1, 2)]",
        {"latencies": {}},
    ),
    ("list of a result", 2, "out = [g(len(lst(x)), lst(x)[-1], lst(x)[1:], 'a' in lst(x)) for x in (1, 2)]", {"latencies": {}}),
    (
        "textwrap and string",
        2,
        "import textwrap, string\nout = [g(textwrap.dedent(f(x)), string.capwords(f(x))) for x in (1, 2)]",
        {"latencies": {}, "beyond": True},
    ),
    (
        "ast.literal_eval",
        2,
        "import ast\nout = [g(ast.literal_eval(f(x)[1:])) for x in (1, 2)]",
        {"latencies": {}, "beyond": True},
    ),
    (
        "datetime",
        2,
        "from datetime import date, timedelta\nout = [g(str(date(2024, 1, 1) + timedelta(days=num(x)))) for x in (1, 2)]",
        {"latencies": {}, "beyond": True},
    ),
    latencies=PIPELINE,
)

ROW_34 = table(
    34,
    (
        "apply",
        1,
        "df = pd.DataFrame({'t': ['a', 'b']})\ndf['r'] = df['t'].apply(f)\nout = df['r'].tolist()\ndel df",
        {"setup": "import pandas as pd", "needs": ["pandas"]},
    ),
    ("array", 1, "import numpy as np\nout = np.array([num(x) for x in (1, 2)]).tolist()", {"needs": ["numpy"]}),
)

ROW_35 = table(
    35,
    ("await in a loop", 1, "out = []\nfor x in (1, 2, 3):\n    out.append(await af(x))"),
    ("await in a comprehension", 1, "out = [await af(x) for x in (1, 2, 3)]"),
    ("await in a pipeline", 2, "out = []\nfor x in (1, 2):\n    y = await af(x)\n    out.append(await af(y))"),
    ("gather", 1, "import asyncio\nout = await asyncio.gather(*[af(x) for x in (1, 2, 3)])"),
    ("gather of named", 1, "import asyncio\na, b = await asyncio.gather(af(1), af(2))"),
    ("async def", 2, "async def ask(x):\n    y = await af(x)\n    return await af(y)\nout = [await ask(x) for x in (1, 2)]"),
    ("gather of async def", 2, "import asyncio\nasync def ask(x):\n    y = await af(x)\n    return await af(y)\nout = await asyncio.gather(*(ask(x) for x in (1, 2)))"),
    ("with a branch", 2, "out = []\nfor x in (1, 2):\n    if '2' in await af(x):\n        out.append(await af(x + 1))"),
    ("beside ordinary calls", 1, "a = await af(1)\nb = f(2)\nc = await af(3)"),
    ("failing", 1, "out = []\nfor x in range(4):\n    try:\n        out.append(await afail(x))\n    except ValueError as e:\n        out.append(str(e))"),
    ("failing, uncaught", 1, "async def ask(x):\n    return await afail(x)\nout = []\nfor x in range(4):\n    out.append(await ask(x))"),
    ("never awaited", 0, "c = af(1)\nc.close()\ndel c"),
    ("coroutine kept", 1, "c = af(1)\nx = f(2)\ny = await c\ndel c"),
    ("async generator", 1, "async def gen():\n    for x in (1, 2):\n        yield await af(x)\nout = [y async for y in gen()]", {"beyond": True}),
    ("async with", 1, """
        class Session:
            async def __aenter__(self):
                return self
            async def __aexit__(self, *exc):
                log.append("closed")
        log, out = [], []
        for x in (1, 2):
            async with Session() as s:
                out.append(await af(x))""", {"beyond": True}),
)  # fmt: skip

CLOCK = {"ignore": ("t0", "dt", "total", "out"), "orders": 10}

ROW_36 = table(
    36,
    ("perf_counter per item", 1, """
        import time
        dt = []
        for x in (1, 2, 3):
            t0 = time.perf_counter()
            r = f(x)
            dt.append(time.perf_counter() - t0)""", {"verify": "len(dt) == 3 and all(d >= 1 for d in dt)"}),
    ("unequal latencies", 3, """
        import time
        dt = []
        for x in (1, 2, 3):
            t0 = time.perf_counter()
            r = f(x)
            dt.append(time.perf_counter() - t0)""", {"latencies": {"f": {1: 3, 2: 1, 3: 2}}, "orders": 0, "verify": "dt == [3, 1, 2]"}),
    ("in a function", 1, """
        from time import perf_counter, time
        def timed(x):
            t0 = time()
            r = f(x)
            return r, time() - t0
        out = [timed(x) for x in (1, 2)]""", {"verify": "all(d >= 1 for r, d in out)"}),
    ("around the loop", 1, """
        import time
        t0 = time.monotonic()
        for x in (1, 2, 3):
            f(x)
        total = time.monotonic() - t0""", {"verify": "total >= 1"}),
    ("in a dict", 1, """
        import time
        dt = {}
        for x in (1, 2):
            t0 = time.time()
            f(x)
            dt[x] = round(time.time() - t0, 3)""", {"verify": "list(dt) == [1, 2] and min(dt.values()) >= 1"}),
    **CLOCK,
)  # fmt: skip

ROW_37 = table(
    37,
    ("plan, parts, whole", 3, "plan = lst('t')\nparts = [f(p) for p in plan]\nwhole = g(parts)"),
    ("loop", 3, "parts = []\nfor p in lst('t'):\n    parts.append(f(p))\nwhole = g('; '.join(parts))"),
    (
        "in a function, mapped",
        3,
        "def write(t):\n    parts = [f(p) for p in lst(t)]\n    return g(parts)\nout = [write(t) for t in 'ab']",
    ),
    ("plan of plans", 4, "out = []\nfor p in lst('t'):\n    for q in lst(p):\n        out.append(f(q))\nr = g(out)"),
    ("a dict as plan", 3, "plan = dct('t')\nparts = {k: f(k, v) for k, v in plan.items()}\nwhole = g(parts)"),
    ("part of a plan", 3, "plan = dct('t')\nparts = [f(t) for t in plan['tags']]\nwhole = g(parts)"),
    ("parts with numbers", 3, "out = {}\nfor i, p in enumerate(lst('t'), 1):\n    out[i] = f(i, p)\nr = g(out)"),
    ("plan as text", 3, "plan = f('a b c')\nparts = [g(p) for p in plan.split()]\nwhole = h(parts)"),
    ("zip with a plan", 2, "out = [f(a, b) for a, b in zip('xyz', lst('t'))]"),
    (
        "unequal parts",
        7,
        "parts = [g(f(p)) for p in lst(1)]\nr = h(parts)",
        {"latencies": {"f": {"lst(1).0": 4, "lst(1).1": 1}, "g": {"f('lst(1).0')": 1, "f('lst(1).1')": 3}}},
    ),
    ("plan, filter, parts", 4, "parts = [f(p) for p in lst('t') if ok(len(p) % 2 * 2)]\nr = g(parts)"),
)

ROW_38 = table(
    38,
    ("unknown function of the result", 1, "import colorsys\nout = []\nfor x in (1, 2):\n    r = num(x)\n    out.append(colorsys.rgb_to_hsv(r, 0, 0))"),
    ("unknown object", 1, "import string\nt = string.Template('$a!')\nout = [t.substitute(a=f(x)) for x in (1, 2)]"),
    ("csv", 1, "import csv\nwith open('a.csv', 'w', newline='') as fh:\n    w = csv.writer(fh)\n    for x in (1, 2):\n        w.writerow([x, f(x)])\ndel w"),
    ("statistics", 1, "import statistics\nm = statistics.mean([num(x) for x in (1, 2, 3)])"),
    ("difflib", 1, "import difflib\nout = [difflib.SequenceMatcher(None, f(x), 'f(1)').ratio() for x in (1, 2)]"),
    ("heapq", 1, "import heapq\nh2 = []\nfor x in (3, 1, 2):\n    heapq.heappush(h2, (num(x), x))\nbest = heapq.heappop(h2)"),
    ("groupby", None, "from itertools import groupby\nout = [(k, list(xs)) for k, xs in groupby([2, 4, 1, 6], key=ok)]"),
    ("bisect", 1, "import bisect\nxs = []\nfor x in (3, 1, 2):\n    bisect.insort(xs, num(x))"),
    ("shelve of a kind", 1, "import configparser\nc = configparser.ConfigParser()\nc['s'] = {}\nfor x in 'ab':\n    c['s'][x] = f(x)\nout = dict(c['s'])\ndel c"),
    ("sqlite", 1, """
        import sqlite3
        con = sqlite3.connect(":memory:")
        con.execute("create table t (x, y)")
        for x in (1, 2):
            con.execute("insert into t values (?, ?)", (x, f(x)))
        out = con.execute("select * from t").fetchall()
        con.close()
        del con"""),
)  # fmt: skip

ROW_39 = table(
    39,
    ("exec", 1, "exec('y = f(1)')\nz = y"),
    ("exec in a namespace", 1, "ns = {'f': f}\nexec('y = [f(x) for x in (1, 2)]', ns)\nout = ns['y']\ndel ns"),
    ("eval", 2, "x = f(1)\ny = eval('x + g(2)')"),
    ("locals", 1, "def ask():\n    a = f(1)\n    b = 2\n    return sorted(locals()), locals()['a']\nout = ask()"),
    ("globals", 1, "x = f(1)\nglobals()['y'] = globals()['x']\nz = sorted(k for k in globals() if len(k) == 1 and k in 'xyz')"),
    ("vars", 1, "class A: pass\na = A()\na.x = f(1)\nout = dict(vars(a))\nvars(a)['y'] = 2"),
    ("input", 2, "a = f(1)\nb = input('name? ')\nc = f(b)", {"setup": "import io, sys\nsys.stdin = io.StringIO('joe\\nann\\n')"}),
    (
        "input in a loop",
        2,
        "out = []\nfor k in range(2):\n    out.append(f(input()))\n    print(out[-1])",
        {"setup": "import io, sys\nsys.stdin = io.StringIO('joe\\nann\\n')"},
    ),
    ("star import", 1, "from math import *\nx = floor(num(1) / 2)"),
    (
        "dir and hasattr",
        1,
        "class A: pass\na = A()\na.x = f(1)\nout = [n for n in dir(a) if n == 'x'], hasattr(a, 'x'), getattr(a, 'y', None)",
    ),
    (
        "setattr by name",
        1,
        "class A: pass\na = A()\nfor n in 'xy':\n    setattr(a, n, f(n))\nout = [getattr(a, n) for n in 'xy']\ndelattr(a, 'x')",
    ),
    ("__import__ and compile", 1, "m = __import__('json')\nc = compile('f(1)', '<s>', 'eval')\nout = m.dumps(eval(c))\ndel m, c"),
    ("type with three arguments", 1, "A = type('A', (), {'k': 1, 'ask': lambda self: f(self.k)})\nout = A().ask()"),
    ("del and rebuild", 1, "x = f(1)\ny = x\ndel x\nx = 2"),
    ("breakpoint of a kind", 1, "import sys\nx = f(1)\nn = sys.getrefcount(None) > 0\nout = sys._getframe().f_code.co_name"),
)

ROW_40 = table(
    40,
    ("more items than the limit", 4, "for x in range(200):\n    f(x)", {"orders": 2}),
    ("counted", 4, "n = 0\nfor x in range(256):\n    n += len(f(x))", {"orders": 2}),
)

PATTERNS = [
    *ROW_27, *ROW_28, *ROW_29, *ROW_30, *ROW_31, *ROW_32, *ROW_33, *ROW_34, *ROW_35, *ROW_36, *ROW_37, *ROW_38, *ROW_39, *ROW_40,
]  # fmt: skip
