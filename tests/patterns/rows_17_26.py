"""Early exits, recursion, callbacks, generators, closures, special methods, changed arguments, aliases, globals."""

from tests.patterns.pattern import table
from tests.patterns.rows_01_07 import PIPELINE


ROW_17 = table(
    17,
    ("break", 3, "for x in (1, 3, 4, 5, 6):\n    if ok(x):\n        break"),
    ("break on a text", 2, "out = []\nfor x in (1, 2, 3):\n    y = f(x)\n    out.append(y)\n    if '2' in y:\n        break"),
    ("break with else", 3, "for x in (1, 3, 5):\n    if ok(x):\n        break\nelse:\n    x = None"),
    ("break, then a call", 3, "for x in (1, 2, 3):\n    if ok(x):\n        break\nr = f(x)"),
    ("return", 3, "def find(xs):\n    for x in xs:\n        if ok(x):\n            return x\nr = find([1, 3, 4, 5])"),
    ("return, mapped", 4, """
        def find(xs):
            for x in xs:
                if ok(x):
                    return x
        rs = [find(xs) for xs in ([2, 3], [1, 3, 5, 6], [1, 4])]"""),
    ("any", 3, "r = any(ok(x) for x in (1, 3, 4, 5))"),
    ("any, none", 3, "r = any(ok(x) for x in (1, 3, 5))"),
    ("any of a list", 1, "r = any([ok(x) for x in (1, 3, 4, 5)])"),
    ("all", 2, "r = all(ok(x) for x in (2, 3, 4))"),
    ("next", 3, "r = next(x for x in (1, 3, 4, 5) if ok(x))"),
    ("next with default", 2, "r = next((x for x in (1, 3) if ok(x)), None)"),
    ("a call beside the test", 3, "out = []\nfor x in (1, 3, 4, 5):\n    out.append(f(x))\n    if ok(x):\n        break"),
    ("a call behind the test", 6, "out = []\nfor x in (1, 3, 5):\n    if ok(x):\n        break\n    out.append(f(x))\nelse:\n    r = g(out)",
     {"latencies": {"ok": 1, "f": 2}}),
    ("in", 3, """
        class Words:
            def __contains__(self, x):
                for k in (1, 3, 4, 5):
                    if ok(k):
                        return True
                return False
        r = 1 in Words()"""),
    ("while True", 3, "x = 0\nwhile True:\n    y = f(x)\n    x += 1\n    if '2' in y:\n        break"),
    ("loops in a loop", 3, "hits = []\nfor xs in ([1, 2], [2], [1, 3, 4]):\n    for x in xs:\n        if ok(x):\n            hits.append(x)\n            break"),
    ("outer loop ended from within", 3, """
        def find(rows):
            for row in rows:
                for x in row:
                    if ok(x):
                        return row
        r = find([[1, 3], [4, 5], [6]])"""),
)  # fmt: skip

ROW_18 = table(
    18,
    ("four leaves", 3, """
        def solve(xs):
            if len(xs) == 1:
                return f(xs[0])
            m = len(xs) // 2
            return g(solve(xs[:m]), solve(xs[m:]))
        r = solve([1, 2, 3, 4])"""),
    ("five leaves", 4, """
        def solve(xs):
            if len(xs) < 2:
                return f(*xs)
            m = len(xs) // 2
            left, right = solve(xs[:m]), solve(xs[m:])
            return g(left + right)
        r = solve([1, 2, 3, 4, 5])"""),
    ("parts from a call", 5, """
        def solve(task, depth):
            if depth == 0:
                return f(task)
            return g([solve(p, depth - 1) for p in lst(task)])
        r = solve("t", 2)"""),
    ("depth from a call", 6, """
        def solve(n):
            if n < 2 or ok(n):
                return f(n)
            return g(solve(n // 2), solve(n // 2 + 1))
        r = solve(7)"""),
    ("tree of objects", 3, """
        class Node:
            def __init__(self, n):
                self.n = n
                self.kids = [Node(n - 1), Node(n - 1)] if n else []
            def visit(self):
                self.value = f(self.n, [k.visit() for k in self.kids])
                return self.value
        root = Node(2)
        r = root.visit()"""),
    ("with an accumulator", 1, """
        def walk(tree, out):
            if isinstance(tree, list):
                for t in tree:
                    walk(t, out)
            else:
                out.append(f(tree))
            return out
        r = walk([1, [2, [3]], 4], [])"""),
    ("tail", 3, "def down(n, text):\n    return text if n == 0 else down(n - 1, f(text))\nr = down(3, 'x')"),
)  # fmt: skip

ROW_19 = table(
    19,
    ("map", 1, "ys = list(map(f, [1, 2, 3]))"),
    ("map of two lists", 1, "ys = list(map(f, [1, 2], [3, 4]))"),
    ("map lambda", 1, "ys = list(map(lambda x: f(x) + '!', [1, 2]))"),
    ("map of map", 6, "ys = list(map(g, map(f, [1, 2, 3])))", {"latencies": PIPELINE}),
    ("map unconsumed", 0, "ys = map(f, [1, 2, 3])"),
    ("loop over map", 1, "out = []\nfor y in map(f, [1, 2, 3]):\n    out.append(y)"),
    ("filter", 1, "ys = list(filter(ok, [1, 2, 3, 4]))"),
    ("filter lambda", 1, "ys = list(filter(lambda x: num(x) > 4, range(5)))"),
    ("filter then map", 2, "ys = list(map(f, filter(ok, [1, 2, 4])))"),
    ("map over nested filters, sorted", 3, "ys = sorted(map(f, filter(ok, filter(lambda x: num(x) > 2, range(6)))))"),
    ("filterfalse then map", 2, "from itertools import filterfalse\nys = list(map(f, filterfalse(ok, range(5))))"),
    ("loop over filter", 2, "out = []\nfor x in filter(ok, range(5)):\n    out.append(f(x))"),
    ("loop over map over filter", 3, "out = []\nfor y in map(f, filter(ok, range(5))):\n    out.append(g(y))"),
    ("comprehension over filter", 2, "ys = [f(x) for x in filter(ok, range(5))]"),
    ("comprehension over map over filter", 3, "ys = {x: f(x) for x in map(g, filter(ok, range(5))) if x != 'g(0)'}"),
    ("filter and map into a list", 2, "out = []\nout.extend(map(f, filter(ok, range(5))))\nout += filter(ok, (1, 2))"),
    ("join of map over filter", 2, "s = ', '.join(map(f, filter(ok, range(5))))"),
    ("map over a generator expression with a test", 2, "ys = list(map(f, (x for x in range(5) if ok(x))))"),
    ("filter of a held filter", 2, "some = filter(ok, range(5))\nys = list(map(f, some))\nrest = list(some)"),
    ("filter of pending items by what is known", 3, """
        pairs = [(x, f(x)) for x in range(4)]
        some = list(filter(lambda p: ok(p[0]), pairs))
        n = g(len(some))""", {"latencies": {"f": 3}}),
    ("next filter", 3, "y = next(filter(ok, [1, 3, 4, 5]))"),
    ("sorted", 1, "ys = sorted([3, 1, 2], key=f)"),
    ("sorted by number, reverse", 1, "ys = sorted(range(5), key=lambda x: (num(x), -x), reverse=True)"),
    ("sorted then call", 2, "ys = sorted([f(x) for x in (3, 1, 2)])\nr = g(ys)"),
    ("list.sort", 1, "xs = [3, 1, 2]\nxs.sort(key=num)"),
    ("max and min", 1, "a = max([3, 1, 2], key=num)\nb = min([3, 1, 2], key=f, default=None)"),
    ("max of calls", 1, "a = max(f(x) for x in (1, 2, 3))\nb = max(num(1), num(2))"),
    ("sum", 1, "n = sum(num(x) for x in range(4))"),
    ("sum of lengths", 1, "n = sum(map(len, map(f, range(4))), 10)"),
    ("reduce", 3, "from functools import reduce\nr = reduce(f, [1, 2, 3, 4])"),
    ("reduce with start", 3, "from functools import reduce\nr = reduce(f, [1, 2, 3], 'start')"),
    ("reduce that only adds", 1, "from functools import reduce\nr = reduce(lambda a, x: a + f(x), [1, 2, 3], '')"),
    ("accumulate", 3, "from itertools import accumulate\nr = list(accumulate([1, 2, 3, 4], f))"),
    ("accumulate sums", 1, "from itertools import accumulate\nr = list(accumulate(num(x) for x in (1, 2, 3)))"),
    ("takewhile", 3, "from itertools import takewhile\nr = list(takewhile(ok, [2, 4, 5, 6]))"),
    ("dropwhile", 3, "from itertools import dropwhile\nr = list(dropwhile(ok, [2, 4, 5, 6]))"),
    ("filterfalse", 1, "from itertools import filterfalse\nr = list(filterfalse(ok, [2, 3, 4]))"),
    ("starmap", 1, "from itertools import starmap\nr = list(starmap(f, [(1, 2), (3, 4)]))"),
    ("chain", 1, "from itertools import chain\nr = list(chain(map(f, [1]), (g(x) for x in [2]), [h(3)]))"),
    ("chain.from_iterable", 1, "from itertools import chain\nr = list(chain.from_iterable(lst(x) for x in (1, 2)))"),
    ("islice", 1, "from itertools import islice\nr = list(islice(map(f, [1, 2, 3, 4]), 2))"),
    ("product", 1, "from itertools import product\nr = [f(a, b) for a, b in product('ab', [1, 2])]"),
    ("zip of maps", 1, "r = list(zip(map(f, [1, 2]), map(g, [3, 4])))"),
    ("dict of zip", 1, "xs = [1, 2]\nr = dict(zip(xs, map(f, xs)))"),
    ("enumerate of map", 2, "r = [g(i, y) for i, y in enumerate(map(f, [1, 2]))]"),
    ("a lambda that has state", 1, "seen = []\nr = list(map(lambda x: (seen.append(x), f(x))[1], [1, 2]))"),
)

ROW_20 = table(
    20,
    ("one generator", 6, "def ask(xs):\n    for x in xs:\n        yield f(x)\nzs = [g(y) for y in ask([1, 2, 3])]"),
    ("two generators", 6, """
        def ask(xs):
            for x in xs:
                yield f(x)
        def again(ys):
            for y in ys:
                yield g(y)
        zs = list(again(ask([1, 2, 3])))"""),
    ("yield from", 6, "def ask(xs):\n    yield from (f(x) for x in xs)\nzs = [g(y) for y in ask([1, 2, 3])]"),
    ("generator expressions", 6, "ys = (f(x) for x in (1, 2, 3))\nzs = (g(y) for y in ys)\nout = list(zs)"),
    ("with state", 6, """
        def ask(xs):
            seen = []
            for x in xs:
                seen.append(x)
                yield len(seen), f(x)
        zs = {n: g(y) for n, y in ask([1, 2, 3])}"""),
    ("with a pending branch", 6, """
        def ask(xs):
            for x in xs:
                y = f(x)
                if "4" not in y:
                    yield y
        zs = [g(y) for y in ask([1, 2, 3])]""", {"beyond": True}),
    ("with a pending branch that skips", 6, """
        def ask(xs):
            for x in xs:
                y = f(x)
                if "3" not in y:
                    yield y
        zs = [g(y) for y in ask([1, 2, 3])]""", {"beyond": True}),
    ("next", 6, "def ask(xs):\n    for x in xs:\n        yield f(x)\nit = ask([1, 2])\nzs = [g(next(it)), g(next(it))]"),
    ("unpacked", 6, "def ask(xs):\n    for x in xs:\n        yield f(x)\na, b, *c = ask([1, 2, 3])\nzs = [g(a), g(b), g(*c)]"),
    ("ended early", 5, """
        def ask(xs):
            for x in xs:
                yield f(x)
        for y in ask([1, 2, 3]):
            if "2" in y:
                break"""),
    ("left unfinished", 1, """
        def ask(xs):
            for x in xs:
                yield f(x)
        it = ask([1, 2, 3])
        first = next(it)"""),
    ("with prints", 6, """
        def ask(xs):
            for x in xs:
                print("ask", x)
                yield f(x)
        for y in ask([1, 2, 3]):
            print(g(y))"""),
    ("send", 5, """
        def talk():
            q = yield
            while q is not None:
                q = yield f(q)
        t = talk()
        next(t)
        out = [t.send(1), t.send(2), t.send(3)]""", {"latencies": {"f": {1: 5, 2: 4, 3: 1}}}),
    ("return value", 6, """
        def ask(xs):
            ys = []
            for x in xs:
                ys.append(f(x))
                yield x
            return ys
        def all_of(xs):
            ys = yield from ask(xs)
            for y in ys:
                yield g(y)
        out = list(all_of([1, 2, 3]))"""),
    ("iterator class", 6, """
        class Asks:
            def __init__(self, xs):
                self.xs = list(xs)
            def __iter__(self):
                return self
            def __next__(self):
                if not self.xs:
                    raise StopIteration
                return f(self.xs.pop(0))
        zs = [g(y) for y in Asks([1, 2, 3])]"""),
    ("iterator class, in a loop and zipped", 6, """
        class Asks:
            def __init__(self, n):
                self.n = n
            def __iter__(self):
                return self
            def __next__(self):
                self.n -= 1
                if self.n < 0:
                    raise StopIteration
                return f(self.n + 1)
        out = []
        for y in Asks(3):
            out.append(g(y))
        zs = [g(y) for _, y in zip(Asks(4), Asks(3))]"""),
    latencies=PIPELINE,
)  # fmt: skip

ROW_21 = table(
    21,
    ("nonlocal counter", 1, """
        def make():
            n = 0
            def ask(x):
                nonlocal n
                n += 1
                return f(n, x)
            return ask
        ask = make()
        out = [ask(x) for x in "abc"]"""),
    ("nonlocal text", 1, """
        def make():
            text = ""
            def add(x):
                nonlocal text
                text += f(x)
                return len(text)
            return add
        add = make()
        out = [add(x) for x in "abc"]"""),
    ("global counter", 1, """
        n = 0
        def ask(x):
            global n
            n += 1
            return f(x, n)
        out = [ask(x) for x in "abc"]"""),
    ("global total of pending", 1, """
        total = 0
        def ask(x):
            global total
            total += num(x)
        for x in "abc":
            ask(x)"""),
    ("default arguments", 1, "def ask(x, y=f(0), *, z=2):\n    return f(x, z)\nout = [ask(1), ask(2, z=3), ask(x=4)]"),
    ("pending default argument", 2, "def ask(x, y=f(0)):\n    return g(x, y)\nout = [ask(1), ask(2)]"),
    ("pending defaults by name only", 2, "def ask(x, *, y=f(0), z=f(1)):\n    return g(x, y, z)\nout = [ask(1), ask(2, z=3)]"),
    ("pending default of a lambda", 2, "asks = [lambda x, y=f(i): g(x, y) for i in range(3)]\nout = [ask(1) for ask in asks]"),
    ("pending default that is not used", 1, "def ask(x, y=f(0)):\n    return g(x)\nout = ask(1)"),
    ("pending default of an inner function", 2, """
        def outer(x):
            def inner(y=f(x)):
                return g(y)
            return inner()
        out = [outer(x) for x in range(3)]"""),
    ("pending default of a generator and a coroutine", 2, """
        def rows(n, y=f(0)):
            for i in range(n):
                yield g(i, y)
        async def later(x, y=f(1)):
            return g(x, y)
        out = [list(rows(2)), await later(1)]"""),
    ("mutable default", 1, "def ask(x, log=[]):\n    log.append(x)\n    return f(x, len(log))\nout = [ask(1), ask(2)]"),
    ("decorator", 1, """
        import functools
        log = []
        def logged(fn):
            @functools.wraps(fn)
            def inner(*args, **kw):
                log.append(args)
                r = fn(*args, **kw)
                log.append(r)
                return r
            return inner
        @logged
        def ask(x):
            return f(x)
        out = [ask(x) for x in (1, 2, 3)]"""),
    ("decorator class", 1, """
        class Counted:
            def __init__(self, fn):
                self.fn, self.n = fn, 0
            def __call__(self, *args):
                self.n += 1
                return self.fn(*args)
        @Counted
        def ask(x):
            return f(x)
        out = [ask(x) for x in (1, 2)]"""),
    ("partial", 1, "from functools import partial\nask = partial(f, 'a')\nout = [ask(x) for x in (1, 2)] + [partial(ask, 3)()]"),
    ("lambda", 1, "ask = lambda x, y=2: f(x, y)\nout = [ask(x) for x in (1, 2)]"),
    ("lambdas made in a loop", 1, "fs = [lambda: f(x) for x in (1, 2)] + [lambda x=x: g(x) for x in (1, 2)]\nout = [fn() for fn in fs]"),
    ("table of functions", 1, "table = {'f': f, 'g': g, 'l': lambda x: h(x)}\nout = {k: fn(k) for k, fn in table.items()}"),
    ("function as argument", 2, "def twice(fn, x):\n    return fn(fn(x))\nout = [twice(f, x) for x in (1, 2)]"),
    ("composed", 2, "def compose(a, b):\n    return lambda *xs: a(b(*xs))\nfg = compose(f, g)\nout = [fg(x) for x in (1, 2)]"),
    ("function that returns a function", 1, "def of(k):\n    def ask(x):\n        return f(k, x)\n    return ask\nout = [of(k)(k) for k in (1, 2)]"),
    ("captured and changed later", 1, """
        def run():
            k = 1
            def ask():
                return f(k)
            a = ask()
            k = 2
            return a, ask()
        out = run()"""),
    ("chosen by a pending value", 2, "fn = f if ok(2) else g\nout = fn(1)"),
    ("returned by a pending branch", 2, "def choose(x):\n    if ok(x):\n        return f\n    return g\nout = [choose(x)(x) for x in (1, 2)]"),
    ("star args", 2, "def ask(*args, **kw):\n    return g(args, kw)\nout = ask(f(1), *lst(2), a=f(3), **{'b': f(4)})"),
    ("keyword only", 1, "def ask(x, /, y, *, z):\n    return f(x, y, z)\nout = [ask(1, y=2, z=z) for z in (3, 4)]"),
)  # fmt: skip

ROW_22 = table(
    22,
    ("property", 1, """
        class Doc:
            def __init__(self, t):
                self.t = t
            @property
            def summary(self):
                return f(self.t)
        out = [d.summary for d in (Doc(1), Doc(2))]"""),
    ("property setter", 2, """
        class Doc:
            @property
            def text(self):
                return self._text
            @text.setter
            def text(self, value):
                self._text = f(value)
        d = Doc()
        d.text = 1
        out = g(d.text)"""),
    ("__call__", 1, "class Ask:\n    def __call__(self, x):\n        return f(x)\nask = Ask()\nout = [ask(x) for x in (1, 2)]"),
    ("__getitem__", 1, "class Ask:\n    def __getitem__(self, k):\n        return f(k)\nask = Ask()\nout = ask[1], ask['a'], ask[1:2]"),
    ("__setitem__", 1, "class Box:\n    def __init__(self):\n        self.d = {}\n    def __setitem__(self, k, v):\n        self.d[k] = f(v)\nb = Box()\nb[1] = 2\nb[2] = 3"),
    ("__add__", 2, """
        class T:
            def __init__(self, v):
                self.v = v
            def __add__(self, other):
                return T(f(self.v, other.v))
        a = T(1) + T(2)
        b = T(3) + T(4)
        c = a + b"""),
    ("__iadd__ and __eq__", 1, """
        class T:
            def __init__(self):
                self.vs = []
            def __iadd__(self, v):
                self.vs.append(f(v))
                return self
            def __eq__(self, other):
                return ok(len(self.vs))
        t = T()
        for v in (1, 2):
            t += v
        r = t == 1"""),
    ("__enter__", 2, """
        class Session:
            def __init__(self, n):
                self.n = n
            def __enter__(self):
                return f(self.n)
            def __exit__(self, *exc):
                closed.append(self.n)
        closed, out = [], []
        for n in (1, 2, 3):
            with Session(n) as s:
                out.append(g(s))"""),
    ("__bool__ and __len__", 2, """
        class B:
            def __init__(self, n):
                self.n = n
            def __bool__(self):
                return ok(self.n)
        out = [f(n) if B(n) else g(n) for n in (1, 2)]"""),
    ("__contains__", 1, "class W:\n    def __contains__(self, x):\n        return ok(x)\nw = W()\nout = [x in w for x in (1, 2)]"),
    ("__iter__", 2, "class W:\n    def __iter__(self):\n        for x in (1, 2):\n            yield f(x)\nout = [g(y) for y in W()]\nzs = list(W())"),
    ("__getattr__", 1, "class W:\n    def __getattr__(self, name):\n        return f(name)\nw = W()\nout = w.a, w.b"),
    ("__str__ and __format__", 1, """
        class W:
            def __init__(self, x):
                self.x = x
            def __str__(self):
                return f(self.x)
            def __format__(self, spec):
                return g(self.x, spec)
        out = [str(W(1)), f"{W(2)!s}", f"{W(3):x}", "%s" % W(4)]"""),
    ("__lt__", 1, """
        class W:
            def __init__(self, x):
                self.x = x
            def __lt__(self, other):
                return num(self.x) < num(other.x)
        out = W(1) < W(2), W(3) > W(4)"""),
    ("descriptor", 1, """
        class Ask:
            def __set_name__(self, owner, name):
                self.name = name
            def __get__(self, obj, owner):
                return f(self.name, obj.x)
        class Doc:
            title = Ask()
            body = Ask()
        d = Doc()
        d.x = 1
        out = d.title, d.body"""),
    ("super", 2, """
        class A:
            def ask(self, x):
                return f(x)
        class B(A):
            def ask(self, x):
                return g(super().ask(x))
        out = [B().ask(x) for x in (1, 2)]"""),
    ("super in __init__", 2, """
        class A:
            def __init__(self, x):
                self.y = f(x)
        class B(A):
            def __init__(self, x):
                super().__init__(x)
                self.z = g(self.y)
        out = [B(x) for x in (1, 2)]"""),
    ("class and static methods", 1, """
        class A:
            k = 1
            @classmethod
            def ask(cls, x):
                return f(cls.k, x)
            @staticmethod
            def say(x):
                return g(x)
        class B(A):
            k = 2
        out = A.ask(1), B.ask(1), A().say(2), B.say(3)"""),
    ("alternative constructor", 1, """
        class Doc:
            def __init__(self, text):
                self.text = text
            @classmethod
            def load(cls, x):
                return cls(f(x))
        docs = [Doc.load(x) for x in (1, 2)]"""),
    ("external method", 2, "c = Client('me')\nout = [c.ask(c.ask(x)) for x in (1, 2)]"),
    ("calls in a class body", 2, "class Config:\n    a = f(1)\n    b = [f(x) for x in (2, 3)]\n    c = g(a)\nd = Config.c"),
    ("abstract base class", 1, """
        from abc import ABC, abstractmethod
        class Base(ABC):
            @abstractmethod
            def prompt(self, x): ...
            def run(self, x):
                return f(self.prompt(x))
        class Impl(Base):
            def prompt(self, x):
                return f"q{x}"
        out = [Impl().run(x) for x in (1, 2)]"""),
)  # fmt: skip

ROW_23 = table(
    23,
    ("append, call, pop", 1, "msgs, out = ['s'], []\nfor q in (1, 2, 3):\n    msgs.append(q)\n    out.append(f(msgs))\n    msgs.pop()"),
    ("never popped", 1, "msgs, out = [], []\nfor q in (1, 2, 3):\n    msgs.append(q)\n    out.append(f(msgs))"),
    ("item replaced", 1, "msgs, out = ['s', None], []\nfor q in (1, 2):\n    msgs[1] = q\n    out.append(f(msgs))"),
    ("dict inside changed", 1, """
        msgs, out = [{"role": "user", "content": ""}], []
        for q in ("a", "b"):
            msgs[0]["content"] = q
            out.append(f(msgs))"""),
    ("slice store and del", 1, """
        msgs, out = ["s"], []
        for q in (1, 2):
            msgs[1:] = [q, q]
            out.append(f(msgs))
            del msgs[-1]"""),
    ("+= and clear", 1, "msgs, out = [], []\nfor q in (1, 2):\n    msgs += [q, 's']\n    out.append(f(msgs))\n    msgs.clear()"),
    ("dict", 1, "d, out = {}, []\nfor q in (1, 2):\n    d['q'] = q\n    d[q] = 1\n    out.append(f(d))\n    d.pop(q)"),
    ("set", 1, "s, out = set(), []\nfor q in (1, 2):\n    s.add(q)\n    out.append(f(s))\n    s.discard(q - 1)"),
    ("in a function", 1, """
        def ask(msgs, q):
            msgs.append(q)
            r = f(msgs)
            msgs.pop()
            return r
        msgs = []
        out = [ask(msgs, q) for q in (1, 2)]"""),
    ("through an alias", 1, "a = []\nb = {'m': a}\nout = []\nfor q in (1, 2):\n    a.append(q)\n    out.append(f(b))"),
)  # fmt: skip

ROW_24 = table(
    24,
    ("function", 3, """
        def talk(name):
            msgs = [name]
            for q in (1, 2, 3):
                msgs.append(q)
                a = f(msgs)
                msgs.append(a)
            return msgs
        out = [talk(n) for n in "ab"]"""),
    ("turns outside", 2, """
        hist = {n: [n] for n in "abc"}
        for q in (1, 2):
            for n in hist:
                h = hist[n]
                h.append(q)
                h.append(f(h))"""),
    ("messages with print", 2, """
        for n in "ab":
            msgs = [{"role": "system", "content": n}]
            for q in (1, 2):
                msgs.append({"role": "user", "content": q})
                a = f(msgs)
                print(n, q, a)
                msgs.append({"role": "assistant", "content": a})"""),
    ("class", 3, """
        class Chat:
            def __init__(self, name):
                self.msgs = [name]
            def say(self, q):
                self.msgs.append(q)
                self.msgs.append(f(self.msgs))
                return self.msgs[-1]
        chats = [Chat(n) for n in "ab"]
        out = [[c.say(q) for q in (1, 2, 3)] for c in chats]"""),
    ("trimmed", 3, """
        def talk(name):
            msgs = [name]
            for q in (1, 2, 3):
                msgs.append(q)
                msgs.append(f(msgs))
                del msgs[:-2]
            return msgs
        out = [talk(n) for n in "ab"]"""),
    ("two that talk to each other", 4, """
        a, b = ["a"], ["b"]
        for k in range(2):
            x = f(a)
            b.append(x)
            y = g(b)
            a.append(y)"""),
)  # fmt: skip

ROW_25 = table(
    25,
    ("written in a branch, read behind", 3, "a = [1]\nb = a\nif ok(2):\n    a.append(f(1))\nr = g(b)"),
    ("branch not taken", 2, "a = [1]\nb = a\nif ok(1):\n    a.append(f(1))\nr = g(b)"),
    ("length read behind", 6, "a = [1]\nb = a\nif ok(2):\n    a.append(f(1))\nr = g(len(b))", {"latencies": {"f": 5}}),
    ("another list read", 2, "a = [1]\nb = [2]\nif ok(2):\n    a.append(1)\nr = g(b)", {"latencies": {"g": 2}}),
    ("read in a branch, written behind", 2, "a = [1]\nb = a\nif ok(2):\n    r = f(a)\nb.append(2)\ns = g(3)"),
    ("through an attribute", 3, """
        class A: pass
        o = A()
        o.items = xs = [1]
        if ok(2):
            o.items.append(f(1))
        r = g(xs)"""),
    ("through a dict", 3, "xs = [1]\nd = {'k': xs}\nif ok(2):\n    d['k'].append(f(1))\nr = g(xs)"),
    ("through a function", 3, "xs = [1]\ndef add(v, to=xs):\n    to.append(v)\nif ok(2):\n    add(f(1))\nr = g(xs)"),
    ("alias made in a branch", 2, "a, b = [1], [2]\nc = a\nif ok(2):\n    c = b\nc.append(f(1))\nr = g(a), g(b)"),
    ("alias chosen by a pending value", 2, "a, b = [1], [2]\nc = a if ok(2) else b\nc.append(3)\nr = g(a), g(b)"),
    ("rebound, not written", 2, "a = [1]\nb = a\nif ok(2):\n    a = [f(1)]\nr = g(b)"),
    ("function that returns the shared list", 3, "xs = [1]\ndef shared():\n    return xs\nif ok(2):\n    shared().append(f(1))\nr = g(xs)"),
    ("in a loop", 3, """
        xs = []
        ys = xs
        for x in (1, 2, 4):
            if ok(x):
                xs.append(f(x))
        r = g(ys)"""),
    ("iterated while a branch may append", 2, """
        xs = [1]
        ys = xs
        if ok(2):
            xs.append(2)
        out = [f(y) for y in ys]"""),
)  # fmt: skip

ROW_26 = table(
    26,
    ("overwritten behind a branch", 2, "G = 'old'\nif ok(2):\n    r = f(G)\nG = 'new'\ns = g(G)"),
    ("in a loop", 2, "G = 0\nout = []\nfor x in (1, 2, 4):\n    if ok(x):\n        out.append(f(x, G))\n    G = G + 1"),
    ("read by a function", 2, "G = 'old'\ndef ask(x):\n    return f(x, G)\nif ok(2):\n    r = ask(1)\nG = 'new'\ns = ask(2)"),
    ("written in a branch, read behind", 3, "G = 'old'\nif ok(2):\n    G = f(1)\ns = g(G)"),
    ("written by a function in a branch", 2, """
        G = "old"
        def change():
            global G
            G = "new"
        if ok(2):
            change()
        s = g(G)"""),
    ("deleted behind a branch", 2, "G = 'old'\nif ok(2):\n    r = f(G)\ndel G"),
    ("loop variable reused", 2, "out = []\nfor x in (1, 2):\n    if ok(x):\n        out.append(f(x))\nfor x in (3, 4):\n    out.append(g(x))"),
    ("function redefined behind a branch", 2, """
        def ask(x):
            return f(x)
        if ok(2):
            r = ask(1)
        def ask(x):
            return g(x)
        s = ask(1)"""),
    ("attribute overwritten behind a branch", 2, """
        class C: pass
        c = C()
        c.t = "old"
        if ok(2):
            r = f(c.t)
        c.t = "new"
        s = g(c.t)"""),
    ("class attribute overwritten behind a branch", 2, "class C:\n    t = 'old'\nc = C()\nif ok(2):\n    r = f(c.t)\nC.t = 'new'\ns = g(c.t)"),
)  # fmt: skip

PATTERNS = [*ROW_17, *ROW_18, *ROW_19, *ROW_20, *ROW_21, *ROW_22, *ROW_23, *ROW_24, *ROW_25, *ROW_26]
