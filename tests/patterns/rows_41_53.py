"""Results used as values, keyed updates, sleeps, locks, files as caches, clients, surroundings, globals, nested externals, identity."""

from tests.patterns.pattern import table
from tests.patterns.rows_08_16 import FLAKY, KEY


ROW_41 = table(
    41,
    ("join of one", 2, "r = f(1)\nz = g(''.join([r]))"),
    ("re.search", 2, "import re\nr = f(1)\nz = g(re.search('f', r) is None)"),
    ("json.dumps", 2, "import json\nz = g(json.dumps(f(1)))"),
    ("replace by a result", 2, "z = g('abc'.replace(f(1), ''))"),
    ("is None", 2, "r = f(1)\nz = g(r is None, r is not None)"),
    ("type", 2, "r = f(1)\nz = g(type(r) is str, isinstance(r, (int, str)))"),
    ("dict display", 2, "r = f(1)\nd = {r: 1, 'k': r}\nz = g(d)"),
    ("set display", 2, "s = {f(1), f(2), f(1)}\nz = g(len(s))"),
    ("in a text", 2, "z = g(f(1) in 'f(1) f(2)', 'f' in f(2))"),
    ("in a list", 2, "z = g(f(1) in ['f(1)'], 'f(2)' in [f(1), f(2)])"),
    ("in a set and a dict", 2, "z = g(f(1) in {'f(1)'}, f(2) in {'f(1)': 0})"),
    ("int", 2, "z = g(int(num(1)), float(num(2)), str(num(3)), bool(num(4)), complex(num(5)).real)"),
    ("open", 1, "with open(f(1), 'w') as fh:\n    fh.write('x')"),
    ("pending format spec", 2, "n = num(1)\nz = g(f'{f(2):>{n}}')"),
    ("pending width", 2, "z = g(f'{num(1):0{inc(3)}d}', f'{f(1)!r:>20}')"),
    ("print starred", 1, "rs = [f(1), f(2)]\nprint(*rs)"),
    ("print starred, pending list", 1, "print(*lst(1), sep='\\n')"),
    ("raise with a result", 1, "class E(Exception): pass\ntry:\n    raise E(f(1))\nexcept E as e:\n    a = e.args"),
    ("raise with a result, uncaught", 1, "class E(Exception): pass\nraise E(f(1))"),
    ("yield", 2, "def gen():\n    yield f(1)\n    yield [f(2)]\nz = [g(y) for y in gen()]"),
    ("del", 1, "r = f(1)\ns = [r]\ndel r"),
    ("del item", 1, "d = {'a': f(1), 'b': f(2)}\ndel d['a']\nxs = [f(3), f(4)]\ndel xs[0]"),
    ("del pending key", 1, "d = {'f(1)': 1, 'f(2)': 2}\ndel d[f(1)]"),
    ("pickle", 2, "import pickle\nz = g(pickle.loads(pickle.dumps([f(1), {'a': f(2)}])))"),
    ("copy", 2, "import copy\na = [f(1), [f(2)]]\nb = copy.copy(a)\nc = copy.deepcopy(a)\nz = g(b, c)"),
    ("sorted", 2, "z = g(sorted([f(2), f(1)]), sorted(lst(1), reverse=True))"),
    ("comparisons", 2, "a, b = f(1), f(2)\nz = g(a == b, a != b, a < b, a >= b, not a)"),
    ("unpacked text", 2, "a, b, *c = f(1)\nz = g(c)"),
    ("unpacked list", 2, "a, (b, c) = lst(1)[0], lst(2)[1:]\nz = g(a, b, c)"),
    ("unpacked into attributes", 2, "class A: pass\na = A()\na.x, a.y, *d = lst(1)\nz = g(a.x)"),
    ("iterated", 2, "n = 0\nfor c in f(1):\n    n += 1\nz = g(n)"),
    ("length, slice, index", 2, "r = f(1)\nz = g(len(r), r[1:], r[0], r[-1], r[::-1])"),
    ("repetition and concatenation", 2, "z = g(f(1) * 2, [0] * num(1), f(2) + f(3), (f(4),) + (1,))"),
    ("arithmetic", 2, "a, b = num(1), num(2)\nz = g(a + b, a - b, a * b, a / (b + 1), a // (b + 1), a % (b + 1), -a, a ** 2, a << 1, a & b)"),
    ("builtins of numbers", 2, "a = num(1)\nz = g(abs(a), min(a, 3), max(a, num(2)), round(a / 3, 1), divmod(a, 3), pow(a, 2), sum([a, a]))"),
    ("builtins of texts", 2, "r = f(1)\nz = g(str(r), repr(r), ord(r[0]), list(r), tuple(r), sorted(set(r)))"),
    ("list(), dict(), set()", 2, "z = g(list(lst(1)), dict(dct(1)), len(set(lst(1))), tuple(lst(1)))"),
    ("dict merged", 2, "d = {'a': 1, **dct(1)}\ne = d | {'b': f(1)}\nz = g(d, e)"),
    ("list starred", 2, "xs = [0, *lst(1), *lst(2)]\nz = g(xs)"),
    ("call starred", 2, "z = g(*lst(1), *[f(1)])"),
    ("call double starred", 2, "def ask(text, n, tags):\n    return g(text, n, tags)\nz = ask(**dct(1))"),
    ("dict lookups by a result", 2, "d = {'f(1)': 'x'}\nz = g(d[f(1)], d.get(f(2), 0), d.get(f(2)))"),
    ("index by a result", 2, "xs = list('abcdefghijk')\nz = g(xs[num(1)], xs[:num(2)], xs.index('b', num(3) * 0))"),
    ("store by a result", 2, "d = {}\nd[f(1)] = f(2)\nd[f(1)] = 3\nxs = [0] * 10\nxs[num(1)] = 1\nz = g(d, xs)"),
    ("bytes", 2, "z = g(f(1).encode().decode(), bytes(num(1)), bytearray(f(2), 'utf8').hex())"),
    ("string methods", 2, "r = f(1)\nz = g(r.upper(), r.split('('), r.find('1'), r.count('f'), r.zfill(9), r.isdigit(), r.center(9, '-'))"),
    ("set operations", 2, "a = set(lst(1))\nb = a | {f(1)}\nz = g(len(a), len(b), a <= b, sorted(a & b))"),
    ("zip and enumerate over a result", 2, "z = g(list(zip(lst(1), lst(2))), list(enumerate(lst(3))), list(reversed(lst(4))))"),
    ("range by a result", 2, "z = [g(k) for k in range(inc(1))]"),
    ("augmented", 2, "n = num(1)\nn += num(2)\nn *= 2\ns = f(1)\ns += 'x'\nz = g(n, s)"),
    ("list result changed", 2, "xs = lst(1)\nxs.append(f(2))\nxs[0] = 'z'\nxs.reverse()\nz = g(xs)"),
    ("dict result changed", 2, "d = dct(1)\nd['new'] = f(2)\nd['tags'].append('c')\nn = d.pop('n')\nz = g(d, n)"),
    ("assert", 1, "r = f(1)\nassert r, 'empty'\nassert r == 'f(1)' and len(r) == 4"),
    ("with a pending branch for its value", 2, "r = f(1) or 'none'\ns = f(2) if f(3) else 0\nt = f(4) and 5"),
    ("namedtuple", 2, "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(f(1), f(2))\nz = g(p.a, p[1], p._replace(a=0))"),
    ("hash of a number", 2, "z = g(hash(num(1)), id is None)"),
    ("global of a function", 2, "def ask():\n    global r\n    r = f(1)\nask()\nz = g(r)"),
    ("Counter and defaultdict of results", 2, "from collections import Counter\nc = Counter(lst(1) + lst(1))\nz = g(c.most_common(1), sum(c.values()))"),
    ("string constants", 1, "r = f(1)\nt = (r, 'a', (r, [r]))\nu = t + (r,)"),
    ("getattr with a pending name", 1, "class A:\n    a0 = 'x'\na = A()\nr = getattr(a, 'a' + str(num(1) * 0))"),
)  # fmt: skip

ROW_42 = table(
    42,
    ("counts in a dict", 1, "counts = {'a': 0, 'b': 0}\nfor x in range(4):\n    counts[key(x)] += 1"),
    ("counts by get", 1, "counts = {}\nfor x in range(4):\n    k = key(x)\n    counts[k] = counts.get(k, 0) + 1"),
    (
        "defaultdict",
        1,
        "from collections import defaultdict\ncounts = defaultdict(int)\nfor x in range(4):\n    counts[key(x)] += 1",
    ),
    ("Counter", 1, "from collections import Counter\ncounts = Counter()\nfor x in range(4):\n    counts[key(x)] += 1"),
    ("Counter of results", 1, "from collections import Counter\ncounts = Counter(key(x) for x in range(4))"),
    (
        "groups",
        1,
        "from collections import defaultdict\ngroups = defaultdict(list)\nfor x in range(4):\n    groups[key(x)].append(x)",
    ),
    ("groups by setdefault", 1, "groups = {}\nfor x in range(4):\n    groups.setdefault(key(x), []).append(x)"),
    ("groups of results", 1, "groups = {}\nfor x in range(4):\n    groups.setdefault(key(x), []).append(f(x))"),
    (
        "seen",
        1,
        "seen, dups = set(), 0\nfor x in range(4):\n    k = key(x)\n    if k in seen:\n        dups += 1\n    else:\n        seen.add(k)",
    ),
    (
        "seen, continue",
        1,
        "seen, out = set(), []\nfor x in range(4):\n    k = key(x)\n    if k in seen:\n        continue\n    seen.add(k)\n    out.append(k)",
    ),
    (
        "seen, then a call",
        2,
        "seen, out = set(), []\nfor x in range(4):\n    k = key(x)\n    if k not in seen:\n        seen.add(k)\n        out.append(f(k))",
    ),
    ("pending key, pending value", 1, "d = {}\nfor x in range(4):\n    d[key(x)] = f(x)"),
    ("add to a set", 1, "s = set()\nfor x in range(4):\n    s.add(key(x))\nn = len(s)"),
    (
        "then over the groups",
        2,
        "groups = {}\nfor x in range(4):\n    groups.setdefault(key(x), []).append(x)\nout = {k: f(xs) for k, xs in groups.items()}",
    ),
    (
        "keys that raise",
        1,
        "d = {'f(0)': 0, 'f(1)': 1}\nout = []\nfor x in range(3):\n    try:\n        out.append(d[f(x)])\n    except KeyError as e:\n        out.append(e.args)",
    ),
    ("pop by a result", 1, "d = {'a': 1, 'b': 2}\nout = [d.pop(key(x), None) for x in range(3)]"),
    setup=KEY,
)

ROW_43 = table(
    43,
    ("retry with back-off", 6, """
        import time
        def ask(x):
            for k in range(4):
                try:
                    return flaky(x, k)
                except ValueError:
                    time.sleep(2 ** k)
        out = [ask(x) for x in (0, 2, 1)]""", {"setup": FLAKY}),
    ("sleep between the calls", 2, "import time\nfor x in (1, 2, 3):\n    f(x)\n    time.sleep(0.5)"),
    ("sleep before each call", 2.5, "import time\nout = []\nfor x in (1, 2, 3):\n    time.sleep(0.5)\n    out.append(f(x))"),
    ("sleep in a branch", 3, "import time\nif ok(2):\n    time.sleep(2)\na = f(1)"),
    ("asyncio.sleep", None, "import asyncio\nfor x in (1, 2, 3):\n    await af(x)\n    await asyncio.sleep(0.01)", {"orders": 0}),
)  # fmt: skip

ROW_44 = table(
    44,
    (
        "lock",
        3,
        "import threading\nlock = threading.Lock()\nout = []\nfor x in (1, 2, 3):\n    with lock:\n        out.append(f(x))",
    ),
    (
        "lock in a function",
        2,
        "import threading\nlock = threading.Lock()\ndef ask(x):\n    with lock:\n        return f(x)\nout = [ask(x) for x in (1, 2)]",
    ),
    (
        "reentrant lock",
        2,
        "import threading\nlock = threading.RLock()\nout = []\nfor x in (1, 2):\n    with lock:\n        with lock:\n            out.append(f(x))",
    ),
    (
        "semaphore",
        None,
        "import threading\nsem = threading.Semaphore(2)\nout = []\nfor x in (1, 2, 3):\n    with sem:\n        out.append(f(x))\ndel sem",
    ),
    (
        "acquire and release",
        2,
        "import threading\nlock = threading.Lock()\nout = []\nfor x in (1, 2):\n    lock.acquire()\n    try:\n        out.append(f(x))\n    finally:\n        lock.release()",
    ),
    ("lock around a failure", 1, "import threading\nlock = threading.Lock()\nwith lock:\n    fail(2)"),
)

ROW_45 = table(
    45,
    ("pathlib", 1, """
        from pathlib import Path
        def ask(x):
            p = Path(f"{x}.txt")
            if p.exists():
                return p.read_text()
            r = f(x)
            p.write_text(r)
            return r
        out = [ask(x) for x in (1, 2, 1)]"""),
    ("os.path and open", 1, """
        import os
        out = []
        for x in (1, 2, 1):
            p = f"{x}.txt"
            if os.path.exists(p):
                out.append(open(p).read())
            else:
                r = f(x)
                with open(p, "w") as fh:
                    fh.write(r)
                out.append(r)"""),
    ("json", 1, """
        import json
        from pathlib import Path
        def ask(x):
            p = Path("cache.json")
            cache = json.loads(p.read_text()) if p.exists() else {}
            if str(x) not in cache:
                cache[str(x)] = f(x)
                p.write_text(json.dumps(cache))
            return cache[str(x)]
        out = [ask(x) for x in (1, 1)]"""),
)  # fmt: skip

ROW_46 = table(
    46,
    ("client made anew", 1, "def ask(x):\n    client = Client('me')\n    return client.ask(x)\nout = [ask(x) for x in (1, 2, 3)]"),
    ("client made in the call", 1, "out = [Client(n).ask(n) for n in 'abc']"),
    ("os.environ", 1, "import os\ndef ask(x):\n    return f(os.environ['THE_MODEL'], os.getenv('NO_SUCH'), x)\nout = [ask(x) for x in (1, 2)]",
     {"setup": "import os\nos.environ['THE_MODEL'] = 'm'"}),
    ("os.environ written", 1, "import os\nout = []\nfor x in 'ab':\n    os.environ['THE_MODEL'] = x\n    out.append(f(os.environ['THE_MODEL']))"),
    ("a module of the user's", 1, "import their_module\nout = [their_module.ask(x) for x in (1, 2, 3)]\nn = their_module.asked", {"setup": """
        import sys
        with open("their_module.py", "w") as fh:
            fh.write("from tests.equivalence.externals import f\\nasked = 0\\n\\n\\ndef ask(x):\\n    global asked\\n    asked += 1\\n    return f(x)\\n")
        sys.path.insert(0, ".")
        """}),
    ("from a module of the user's", 2, "from their_other import Agent\nagents = [Agent(x) for x in (1, 2)]\nfor k in range(2):\n    for a in agents:\n        a.step()\nout = [a.history for a in agents]\ndel agents, a, Agent", {"setup": """
        import sys
        with open("their_other.py", "w") as fh:
            fh.write("from tests.equivalence.externals import f\\n\\n\\nclass Agent:\\n    def __init__(self, x):\\n        self.history = [x]\\n\\n"
                     "    def step(self):\\n        self.history.append(f(self.history))\\n")
        sys.path.insert(0, ".")
        """}),
    ("client with settings", 1, "class Settings:\n    model = 'm'\n    temperature = 0\ndef ask(x, s=Settings()):\n    return Client(s.model).ask(x, s.temperature)\nout = [ask(x) for x in (1, 2)]"),
)  # fmt: skip

ROW_47 = table(
    47,
    (
        "ThreadPoolExecutor.map",
        None,
        "from concurrent.futures import ThreadPoolExecutor\ndef ask(x):\n    return f(x)\nwith ThreadPoolExecutor(2) as pool:\n    out = list(pool.map(ask, [1, 2, 3]))\ndel pool",
    ),
    (
        "submit and result",
        None,
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    fs = [pool.submit(f, x) for x in (1, 2)]\n    out = [r.result() for r in fs]\ndel pool, fs",
    ),
    (
        "threads",
        None,
        "import threading\nout = []\nts = [threading.Thread(target=lambda x=x: out.append(f(x))) for x in (1, 2)]\nfor t in ts:\n    t.start()\n    t.join()\ndel t, ts",
    ),
    ("asyncio.timeout", None, "import asyncio\nasync with asyncio.timeout(60):\n    r = await af(1)"),
    (
        "asyncio.Semaphore",
        None,
        "import asyncio\nsem = asyncio.Semaphore(2)\nasync def ask(x):\n    async with sem:\n        return await af(x)\nout = await asyncio.gather(*[ask(x) for x in (1, 2, 3)])\ndel sem",
    ),
    (
        "TaskGroup",
        None,
        "import asyncio\nasync with asyncio.TaskGroup() as tg:\n    ts = [tg.create_task(af(x)) for x in (1, 2)]\nout = [t.result() for t in ts]\ndel tg, ts",
    ),
    ("create_task", None, "import asyncio\nt = asyncio.create_task(af(1))\na = f(2)\nout = await t\ndel t"),
    ("to_thread", None, "import asyncio\nout = await asyncio.to_thread(f, 1)"),
    (
        "queue and lock",
        None,
        "import queue\nq = queue.Queue()\nfor x in (1, 2):\n    q.put(f(x))\nout = [q.get(), q.get()]\ndel q",
    ),
)

ROW_48 = table(
    48,
    ("redirect_stdout", None, "import io, contextlib\nbuf = io.StringIO()\nprint('a', f(1))\nwith contextlib.redirect_stdout(buf):\n    print('b', f(2))\nprint('c', f(3))\ntext = buf.getvalue()"),
    ("redirect in a loop", None, "import io, contextlib\nout = []\nfor x in (1, 2):\n    with contextlib.redirect_stdout(io.StringIO()) as buf:\n        print(f(x))\n    out.append(buf.getvalue())"),
    ("sys.stdout replaced", None, "import io, sys\nold, sys.stdout = sys.stdout, io.StringIO()\nprint(f(1))\ntext = sys.stdout.getvalue()\nsys.stdout = old\nprint(text)\ndel old"),
    ("catch_warnings", None, "import warnings\nwith warnings.catch_warnings(record=True) as ws:\n    warnings.simplefilter('always', UserWarning)\n    warnings.warn(f(1))\nout = [str(w.message) for w in ws]\ndel ws"),
    ("warnings ignored", None, "import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    for x in (1, 2):\n        warnings.warn(f(x))\nwarnings.warn(f(3))"),
    ("chdir", None, "import os\nos.mkdir('d')\nos.chdir('d')\nwith open('a', 'w') as fh:\n    fh.write(f(1))\nos.chdir('..')\nnames = os.listdir('.')"),
    ("localcontext", None, "import decimal\nout = []\nfor p in (3, 5):\n    with decimal.localcontext() as ctx:\n        ctx.prec = p\n        out.append(str(decimal.Decimal(num(p) + 1) / 7))\ndel ctx"),
    ("contextvars", None, "import contextvars\nv = contextvars.ContextVar('v', default=0)\nt = v.set(1)\na = f(v.get())\nv.reset(t)\nb = f(v.get())\ndel v, t"),
    ("a context manager of the user's", 1, """
        from contextlib import contextmanager
        level = 0
        @contextmanager
        def deeper():
            global level
            level += 1
            yield level
            level -= 1
        out = []
        for x in (1, 2):
            with deeper() as n:
                out.append(f(x, n, level))"""),
)  # fmt: skip

ROW_49 = table(
    49,
    ("global read by a function", 1, "def ask(x):\n    return f(x, T)\nout = []\nfor T in (0, .5, 1):\n    out.append(ask(1))"),
    ("global assigned in the loop", 1, "T = None\ndef ask(x):\n    return f(x, T)\nout = []\nfor t in (0, 1):\n    T = t\n    out.append(ask(t))"),
    ("with a branch on the result", 2, "def ask(x):\n    r = f(x, T)\n    return g(r, T) if '1' in r else r\nout = []\nfor T in (0, 1, 2):\n    out.append(ask(T))"),
    ("attribute of a settings object", 1, "class S: pass\ns = S()\ndef ask(x):\n    return f(x, s.t)\nout = []\nfor s.t in (0, 1):\n    out.append(ask(1))"),
    ("dict of settings", 1, "s = {}\ndef ask(x):\n    return f(x, s['t'], s)\nout = []\nfor s['t'] in (0, 1):\n    out.append(ask(1))"),
    ("default and global", 1, "T = 0\ndef ask(x, t=T):\n    return f(x, t, T)\nT = 1\na = ask(1)\nT = 2\nb = ask(1)"),
    ("read by the external itself", None, "out = []\nfor T in (0, 1, 2):\n    out.append(sample(7))", {"setup": """
        T = 0
        @external
        def sample(x):
            record("sample", x, T)
            return f"{x} at {T}"
        """}),
    ("attribute read by an external method", None, "c = Client('a')\nout = []\nfor n in 'abc':\n    c.name = n\n    out.append(c.ask(1))"),
)  # fmt: skip

NESTED = """
    @external
    def outer(x):
        record("outer", x)
        return g(f(x), 1)
    @external
    def loud(x):
        record("loud", x)
        print("loud", x)
        return f"loud({x})"
    @external
    def several(xs):
        record("several", xs)
        out = []
        for x in xs:
            if ok(x):
                out.append(f(x))
            else:
                break
        return out
    @external
    def deep(x):
        record("deep", x)
        return fail(x)
"""

ROW_50 = table(
    50,
    ("external in an external", 1, "out = [outer(x) for x in (1, 2, 3)]"),
    ("plain inside", 1, "out = [several([2, 4, 5, 6]), several([1])]"),
    ("an external that prints", 1, "for x in (1, 2):\n    print('before', x)\n    r = loud(x)\n    print('after', r)"),
    ("one that prints, in a branch", 2, "for x in (1, 2):\n    if ok(x):\n        loud(x)\n    print('next')"),
    ("one that raises from within", 1, "out = []\nfor x in (1, 2):\n    out.append(deep(x))"),
    ("one that raises from within, caught", 1, "out = []\nfor x in (1, 2, 3):\n    try:\n        out.append(deep(x))\n    except ValueError as e:\n        out.append(str(e))"),
    ("a function that is also called plainly", 2, "def helper(x):\n    return f(x)\nout = [outer(helper(x)) for x in (1, 2)]"),
    ("one that prints and writes", 3, "for x in (1, 2):\n    print(x)\n    save(f(x))", {"setup": NESTED + """
    @external(writes="db")
    def save(x):
        record("save", x, writes="db")
        print("saved", x)
    """}),
    setup=NESTED,
)  # fmt: skip

ROW_51 = table(
    51,
    (
        "namedtuple",
        1,
        "from collections import namedtuple\nP = namedtuple('P', ['a', 'b'])\nps = [P(x, f(x)) for x in (1, 2)]\nmod = P.__module__",
    ),
    (
        "NamedTuple class",
        1,
        "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: str = ''\nps = [P(x, f(x)) for x in (1, 2)]\nr = ps[0]._asdict()",
    ),
    (
        "Enum",
        1,
        "from enum import Enum, auto\nclass C(Enum):\n    RED = auto()\n    BLUE = f(1)\nr = C(f(1)).name, [c.value for c in C]",
    ),
    (
        "warnings.warn",
        1,
        "import warnings\ndef ask(x):\n    r = f(x)\n    warnings.warn('old', DeprecationWarning, stacklevel=2)\n    return r\na = ask(1)\nb = ask(2)",
    ),
    (
        "logging's line numbers",
        1,
        "import logging, sys\nlogging.basicConfig(stream=sys.stderr, format='%(lineno)d %(funcName)s %(message)s', force=True)\ndef ask(x):\n    logging.warning('%s', f(x))\nask(1)\nlogging.error('end')",
    ),
    (
        "caller's line",
        1,
        "import inspect\ndef where():\n    fr = inspect.currentframe().f_back\n    return fr.f_code.co_name, fr.f_lineno\ndef ask(x):\n    y = f(x)\n    return where(), y\nout = [ask(1), ask(2)]",
    ),
    (
        "super and __class__",
        2,
        "class A:\n    def ask(self, x):\n        return f(x)\nclass B(A):\n    def ask(self, x):\n        return __class__.__name__, g(super(B, self).ask(x))\nout = B().ask(1)",
    ),
    (
        "inspect.getsource",
        1,
        "import inspect\ndef ask(x):\n    return f(x)\na = ask(1)\nsrc = inspect.getsource(ask)\nsig = str(inspect.signature(ask))",
    ),
    (
        "pickle of a function",
        1,
        "import pickle\ndef ask(x):\n    return f(x)\na = ask(1)\nsame = pickle.loads(pickle.dumps(ask)) is ask",
    ),
    (
        "dataclass with defaults",
        1,
        "from dataclasses import dataclass, asdict, replace\n@dataclass(order=True)\nclass D:\n    a: int\n    b: str = 'x'\nd = D(1, f(1))\ne = asdict(d), replace(d, a=2), d < D(2), repr(d)",
    ),
    (
        "metaclass",
        1,
        "class M(type):\n    def __new__(m, name, bases, ns, **kw):\n        ns['made'] = f(name)\n        return super().__new__(m, name, bases, ns)\nclass A(metaclass=M):\n    x = 1\nout = A.made",
    ),
    (
        "__init_subclass__ and __set_name__",
        1,
        "log = []\nclass A:\n    def __init_subclass__(cls, **kw):\n        log.append((cls.__name__, f(kw)))\nclass B(A, k=1): pass\nclass C(A): pass",
    ),
    (
        "stack depth",
        1,
        "import traceback\ndef ask(x):\n    r = f(x)\n    return [s.name for s in traceback.extract_stack()][-2:]\nout = ask(1)",
    ),
    (
        "typing and annotations",
        1,
        "x: int = num(1)\ny: 'str'\ndef ask(a: int, b: str = 'q') -> str:\n    z: list[int] = []\n    return f(a, b)\nout = ask(1)\nann = dict(__annotations__)",
    ),
)

ROW_52 = table(
    52,
    ("judge and remove", 1, "cands = [['a'], ['b'], ['c']]\nbest = pick(cands)\ncands.remove(best)"),
    ("then a call", 2, "cands = [['a'], ['b'], ['c']]\nbest = pick(cands)\ncands.remove(best)\nr = g(cands, best)"),
    ("what was passed in", 1, "xs = [1]\nys = ident(xs)\nys.append(2)\nsame = xs is ys"),
    (
        "a list of what was passed in",
        1,
        "a, b = [1], {'k': 2}\nr = pack(a, b, a)\nr[0].append(3)\nsame = r[0] is r[2] is a, r[1] is b",
    ),
    (
        "instances",
        1,
        "class D:\n    def __init__(self, n):\n        self.n = n\nds = [D(n) for n in (1, 2, 3)]\nbest = pick(ds)\nbest.won = True\nwins = [hasattr(d, 'won') for d in ds]",
    ),
    ("dicts", 1, "rows_ = [{'id': k} for k in range(3)]\nbest = pick(rows_)\nbest['best'] = True\ni = rows_.index(best)"),
    ("nested", 1, "xs = [[1], [2]]\nr = pack(xs, {'in': xs[0]})\nr[1]['in'].append(9)\nsame = r[0][0] is xs[0]"),
    (
        "several rounds",
        3,
        "cands, won = [['a'], ['b'], ['c'], ['d']], []\nwhile len(cands) > 1:\n    best = pick(cands)\n    cands.remove(best)\n    won.append(best)",
    ),
    ("changed meanwhile", 1, "xs = [1]\nr = ident(xs)\nxs.append(2)\nn = len(r)"),
    ("by index", 2, "cands = ['a', 'b', 'c']\nk = num(cands) % 3\nbest = cands.pop(k)\nr = g(best, cands)"),
    ("max by score", 2, "cands = [['a'], ['b'], ['c']]\nbest = max(cands, key=num)\ncands.remove(best)\nr = g(best)"),
    (
        "with scores",
        2,
        "cands = ['a', 'b', 'c']\nscores = {c: num(c) for c in cands}\nranked = sorted(cands, key=scores.get)\nr = g(ranked)",
    ),
)

ROW_53 = table(
    53,
    (
        "time budget",
        3,
        "import time\nout = []\nt0 = time.time()\nwhile time.time() - t0 < 3:\n    out.append(f(len(out)))",
        {"ignore": ["t0"], "orders": 0},
    ),
    (
        "break at a deadline",
        3,
        "import time\nout = []\nend = time.monotonic() + 2.5\nfor x in range(9):\n    if time.monotonic() > end:\n        break\n    out.append(f(x))",
        {"ignore": ["end"], "orders": 0},
    ),
)

CROSSED = [
    *table(6, ("and a message list", 2, """
        msgs, out = [], []
        for x in (1, 2, 4):
            msgs.append(x)
            if ok(x):
                out.append(f(msgs))
            msgs.append("next")""")),
    *table(8, ("with try and print", 2, """
        def solve(p):
            history = [p]
            for k in range(2):
                try:
                    history.append(f(history))
                finally:
                    print(p, k)
            return history
        out = [solve(p) for p in "ab"]""", {"beyond": True})),
    *table(9, ("with retry", 3, """
        class Agent:
            def __init__(self, x):
                self.x, self.tries, self.log = x, 0, []
            def ask(self):
                for k in range(5):
                    self.tries += 1
                    try:
                        return flaky(self.x, k)
                    except ValueError as e:
                        self.log.append(str(e))
        agents = [Agent(x) for x in (0, 2, 1)]
        out = [a.ask() for a in agents]""", {"setup": FLAKY})),
    *table(12, ("memo and failures", 1, """
        memo = {}
        def ask(x):
            if x in memo:
                return memo[x]
            try:
                memo[x] = fail(x)
            except ValueError:
                memo[x] = None
            return memo[x]
        out = [ask(x) for x in (1, 2, 1, 2)]""")),
    *table(14, ("in a generator", 1, """
        def safe(xs):
            for x in xs:
                try:
                    y = fail(x)
                except ValueError:
                    y = None
                yield y
        out = list(safe(range(4)))""")),
    *table(21, ("closures over a pending branch", 2, """
        def make(x):
            k = 0
            if ok(x):
                k = f(x)
            def get():
                return k
            return get
        out = [make(x)() for x in (1, 2)]""")),
    *table(25, ("aliases and failures", 2, """
        a = [1]
        b = a
        try:
            if ok(2):
                a.append(fail(2))
            a.append("not reached")
        except ValueError:
            b.append("caught")""")),
    *table(27, ("in nested data", 1, "d = {'rows': []}\nalias = d['rows']\nfor x in range(4):\n    d['rows'].append({'x': x, 'y': fail(x)})\n    alias[-1]['z'] = x")),
    *table(30, ("with failures between", 3, """
        for x in range(3):
            try:
                insert(fail(x))
            except ValueError as e:
                print("not inserted", e)""")),
    *table(37, ("with failures", 3, """
        parts = []
        for i, p in enumerate(lst("t")):
            try:
                parts.append(fail(i) + f(p))
            except ValueError as e:
                parts.append(str(e))
        whole = g(parts)""")),
]  # fmt: skip

PATTERNS = [
    *ROW_41, *ROW_42, *ROW_43, *ROW_44, *ROW_45, *ROW_46, *ROW_47, *ROW_48, *ROW_49, *ROW_50, *ROW_51, *ROW_52, *ROW_53, *CROSSED,
]  # fmt: skip
