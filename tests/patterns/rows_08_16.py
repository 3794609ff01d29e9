"""Functions and objects with private state, caches, prints, failures, retries."""

from tests.patterns.pattern import table


FLAKY = """
    @external
    def flaky(x, k):
        record("flaky", x, k)
        if k < x:
            raise ValueError(f"{x} at attempt {k}")
        return f"flaky({x}, {k})"
"""  # the attempt k succeeds if k >= x: x + 1 attempts

ROW_8 = table(
    8,
    ("append", 3, """
        def solve(p):
            history = [p]
            for k in range(3):
                a = f(history)
                history.append(a)
            return history
        out = [solve(p) for p in ("a", "b", "c")]"""),
    ("list +", 3, """
        def solve(p):
            history = [p]
            for k in range(3):
                history = history + [f(history)]
            return history[-1]
        out = []
        for p in ("a", "b", "c"):
            out.append(solve(p))"""),
    ("messages", 2, """
        def solve(p):
            messages = [{"role": "system", "content": "be brief"}]
            for k in range(2):
                messages.append({"role": "user", "content": p})
                reply = f(messages)
                messages.append({"role": "assistant", "content": reply})
            return messages
        out = {p: solve(p) for p in ("a", "b")}"""),
    ("different rounds", 4, """
        def solve(p, r):
            history = []
            for k in range(r):
                history.append(f(p, history))
            return history
        out = [solve(p, r) for p, r in (("a", 1), ("b", 4), ("c", 2))]"""),
    ("text", 3, """
        def solve(p):
            text = p
            for k in range(3):
                text += f(text)
            return text
        out = list(map(solve, ["a", "b"]))"""),
    ("independent calls in each round", 4, """
        def solve(p):
            history = []
            for k in range(2):
                a, b = f(p, history), g(p, history)
                history.append(h(a, b))
            return history
        out = [solve(p) for p in ("a", "b")]"""),
    ("a helper that changes its argument", 3, """
        def step(history, q):
            history.append(q)
            history.append(f(history))
        def solve(p):
            history = [p]
            for q in range(3):
                step(history, q)
            return history
        out = [solve(p) for p in ("a", "b")]"""),
)  # fmt: skip

AGENT = """
    class Agent:
        total = 0
        def __init__(self, name):
            self.name, self.history, self.turns = name, [], 0
        def step(self):
            self.turns += 1
            a = f(self.name, self.history)
            self.history.append(a)
            return a
"""

ROW_9 = table(
    9,
    ("agents, rounds outside", 3, """
        agents = [Agent(n) for n in "abc"]
        for r in range(3):
            for a in agents:
                a.step()"""),
    ("agents, rounds inside", 3, """
        agents = [Agent(n) for n in "abc"]
        for a in agents:
            for r in range(3):
                a.step()"""),
    ("in a dict", 2, """
        agents = {n: Agent(n) for n in "ab"}
        log = []
        for r in range(2):
            for n, a in agents.items():
                log.append((n, a.step()))"""),
    ("class attribute", 2, """
        class Counted(Agent):
            def step(self):
                Counted.total += 1
                return super().step()
        agents = [Counted(n) for n in "abc"]
        for r in range(2):
            for a in agents:
                a.step()"""),
    ("with prints", 2, """
        agents = [Agent(n) for n in "ab"]
        for r in range(2):
            for a in agents:
                print(r, a.name, a.step(), a.turns)"""),
    ("shared log", 2, """
        log = []
        agents = [Agent(n) for n in "ab"]
        for r in range(2):
            for a in agents:
                log.append(a.step())"""),
    ("two methods", 4, """
        class Two(Agent):
            def think(self):
                self.thought = g(self.history)
            def act(self):
                self.history.append(f(self.thought))
        agents = [Two(n) for n in "ab"]
        for r in range(2):
            for a in agents:
                a.think()
                a.act()"""),
    ("one agent is a method's default", 2, """
        def step(a=Agent("z")):
            return a.step()
        out = [step(), step()]"""),
    ("agents that share a history", 4, """
        shared = []
        agents = [Agent(n) for n in "ab"]
        for a in agents:
            a.history = shared
        for r in range(2):
            for a in agents:
                a.step()"""),
    setup=AGENT,
)  # fmt: skip

ROW_10 = table(
    10,
    ("answers of the round before", 3, """
        answers = []
        for r in range(3):
            answers = [f(n, answers) for n in "abc"]"""),
    ("new list by append", 3, """
        answers = ["?"] * 3
        for r in range(3):
            new = []
            for n in range(3):
                others = [a for i, a in enumerate(answers) if i != n]
                new.append(f(n, others))
            answers = new"""),
    ("attributes", 3, """
        class Debater:
            def __init__(self, name):
                self.name, self.last = name, ""
        ds = [Debater(n) for n in "abc"]
        for r in range(3):
            said = [f(d.name, [o.last for o in ds if o is not d]) for d in ds]
            for d, s in zip(ds, said):
                d.last = s"""),
    ("dict of answers", 3, """
        answers = {n: "" for n in "ab"}
        for r in range(3):
            answers = {n: f(n, "; ".join(answers.values())) for n in answers}"""),
    ("then a judge", 4, """
        answers = []
        for r in range(3):
            answers = [f(n, answers) for n in "ab"]
        verdict = g(answers)"""),
    ("each hears who spoke before", 4, """
        last = {"a": "", "b": ""}
        for r in range(2):
            for n in last:
                last[n] = f(n, list(last.values()))"""),
)  # fmt: skip

ROW_11 = table(
    11,
    ("set", 1, """
        seen, out = set(), []
        for x in (1, 2, 1, 3, 2):
            if x in seen:
                continue
            seen.add(x)
            out.append(f(x))"""),
    ("dict", 1, """
        out = {}
        for x in (1, 2, 1, 3, 2):
            if x not in out:
                out[x] = f(x)"""),
    ("list", 1, """
        seen, out = [], []
        for x in (1, 2, 1):
            if x not in seen:
                seen.append(x)
                out.append(f(x))"""),
    ("in a function with return", 1, """
        seen = set()
        def once(x):
            if x in seen:
                return None
            seen.add(x)
            return f(x)
        out = [once(x) for x in (1, 2, 1)]"""),
    ("of texts", 1, """
        seen, out = set(), []
        for w in "a b a c".split():
            if w.upper() in seen:
                print("again", w)
                continue
            seen.add(w.upper())
            out.append(f(w))"""),
)  # fmt: skip

KEY = """
    @external
    def key(x):
        record("key", x)
        return "ab"[x % 2]
"""

ROW_12 = table(
    12,
    ("dict in a function", 1, """
        memo = {}
        def ask(x):
            if x not in memo:
                memo[x] = f(x)
            return memo[x]
        out = [ask(x) for x in (1, 2, 1, 3, 1)]"""),
    ("dict as default argument", 1, """
        def ask(x, memo={}):
            if x not in memo:
                memo[x] = f(x)
            return memo[x]
        out = [ask(x) for x in (1, 2, 1)]"""),
    ("get", 1, """
        memo = {}
        def ask(x):
            r = memo.get(x)
            if x in memo:
                return r
            memo[x] = r = f(x)
            return r
        out = [ask(x) for x in (1, 2, 1)]"""),
    ("pending keys", 2, """
        memo = {}
        def ask(k):
            if k not in memo:
                memo[k] = f(k)
            return memo[k]
        out = [ask(key(x)) for x in (1, 2, 3)]""", {"setup": KEY}),
    ("lru_cache", 1, """
        import functools
        @functools.lru_cache(maxsize=None)
        def ask(x):
            return f(x)
        out = [ask(x) for x in (1, 2, 1, 3, 1)]"""),
    ("bounded lru_cache", 1, """
        from functools import lru_cache
        @lru_cache(maxsize=2)
        def ask(x):
            return f(x)
        out = [ask(x) for x in (1, 2, 3, 1)]
        info = ask.cache_info()"""),
    ("cache around the external", 1, """
        from functools import cache
        ask = cache(f)
        out = [ask(x) for x in (1, 2, 1)]"""),
    ("cached_property", 1, """
        from functools import cached_property
        class Doc:
            def __init__(self, n):
                self.n = n
            @cached_property
            def summary(self):
                return f(self.n)
        docs = [Doc(n) for n in (1, 2)]
        out = [d.summary for d in docs] + [d.summary for d in docs]"""),
    ("cached recursion", 4, """
        from functools import cache
        @cache
        def path(n):
            if n < 2:
                return f(n)
            return g(path(n - 1), path(n - 2))
        out = path(4)"""),
    ("cached failure is not cached", 1, """
        from functools import cache
        @cache
        def ask(x):
            return fail(x)
        out = []
        for x in (1, 2, 1):
            try:
                out.append(ask(x))
            except ValueError as e:
                out.append(str(e))"""),
    ("failures in a bounded cache", 1, """
        from functools import lru_cache
        @lru_cache
        def ask(x):
            return fail(x)
        out = []
        for x in (1, 2, 3, 5, 4):
            try:
                out.append(ask(x))
            except ValueError as e:
                out.append(str(e))"""),
    ("a full cache of a recursion", 5, """
        from functools import lru_cache
        @lru_cache(maxsize=3)
        def path(n):
            if n < 2:
                return f(n)
            return g(path(n - 1), path(n - 2))
        out = path(5)
        info = path.cache_info()"""),
    ("attribute", 1, """
        class Doc:
            _summary = None
            def summary(self):
                if self._summary is None:
                    self._summary = f("doc")
                return self._summary
        d = Doc()
        out = [d.summary(), d.summary()]"""),
)  # fmt: skip

ROW_13 = table(
    13,
    ("print in a loop", 1, "for i in range(3):\n    print(i, f(i))"),
    ("each as soon as it can", 3, "for i in range(3):\n    print(i, f(i))", {"latencies": {"f": {0: 1, 1: 3, 2: 2}}, "shown": [1, 3, 3]}),
    ("in order of the program", 5, "for i in range(3):\n    print(f(i))", {"latencies": {"f": {0: 5, 1: 1, 2: 2}}, "shown": [5, 5, 5]}),
    ("before and after", 2, """
        for i in range(2):
            print("ask", i)
            print("answer", f(i))""", {"latencies": {"f": {0: 2, 1: 1}}, "shown": [0, 2, 2, 2]}),
    ("both streams", 1, """
        import sys
        for i in range(3):
            print(i, f(i))
            print("warning", i, file=sys.stderr)"""),
    ("stderr.write", 1, "import sys\nfor i in range(3):\n    sys.stderr.write(f(i))\n    sys.stdout.write(f'{i}\\n')"),
    ("end and sep", 1, "for i in range(3):\n    print(i, f(i), sep='|', end=', ')\nprint(flush=True)"),
    ("print of a list", 1, "print([f(i) for i in range(3)], {1: f(3)}, (f(4),))"),
    ("print of an object", 1, """
        class A:
            def __repr__(self):
                return "<" + self.x + ">"
        a = A()
        a.x = f(1)
        print(a, [a])"""),
    ("in a branch", 2, """
        for i in range(3):
            if ok(i):
                print("even", f(i))
            else:
                print("odd")
            print("next")"""),
    ("in a function", 1, """
        def say(x):
            print("say", f(x))
            return x
        out = [say(x) for x in (1, 2)]
        print("done")"""),
    ("pprint", 1, "from pprint import pprint\npprint({'a': f(1), 'b': [f(2)]})"),
)  # fmt: skip

ROW_14 = table(
    14,
    ("else None", 1, """
        out = []
        for x in range(5):
            try:
                r = fail(x)
            except ValueError:
                r = None
            out.append(r)"""),
    ("append inside", 1, """
        out = []
        for x in range(5):
            try:
                out.append(fail(x))
            except ValueError:
                out.append(None)"""),
    ("as e", 1, """
        out, errors = [], []
        for x in range(5):
            try:
                out.append(fail(x))
            except ValueError as e:
                errors.append((x, str(e)))"""),
    ("continue", 1, """
        out = []
        for x in range(5):
            try:
                r = fail(x)
            except ValueError as e:
                print("failed", x, e)
                continue
            out.append(r)"""),
    ("else", 1, """
        out = []
        for x in range(5):
            try:
                r = fail(x)
            except ValueError:
                out.append(None)
            else:
                out.append(r)"""),
    ("finally", 1, """
        out, n = [], 0
        for x in range(5):
            try:
                out.append(fail(x))
            except ValueError:
                pass
            finally:
                n += 1"""),
    ("in a function", 1, """
        def safe(x):
            try:
                return fail(x)
            except ValueError:
                return None
        out = [safe(x) for x in range(5)]"""),
    ("a call in the handler", 2, """
        out = []
        for x in range(5):
            try:
                r = fail(x)
            except ValueError:
                r = g(x)
            out.append(r)"""),
    ("unequal latencies", 6, """
        out = []
        for x in range(3):
            try:
                r = fail(x)
            except ValueError:
                r = g(x)
            out.append(r)""", {"latencies": {"fail": {0: 6, 1: 1, 2: 3}, "g": 2}}),
    ("two calls in the body", 1, """
        out = []
        for x in range(5):
            try:
                a, b = f(x), fail(x)
                out.append(a + b)
            except ValueError:
                out.append(None)"""),
    ("what was done before is kept", 1, """
        out = []
        for x in range(4):
            try:
                out.append(x)
                out.append(fail(x))
                out.append(-x)
            except ValueError:
                out.append(None)"""),
    ("several handlers", 1, """
        out = []
        for x in (1, 2, 3):
            try:
                r = {1: "a"}[x] + fail(x)
            except KeyError as e:
                r = e.args
            except (ValueError, TypeError):
                r = None
            out.append(r)"""),
    ("a value that does not fit", 1, """
        out = []
        for x in range(3):
            try:
                out.append(int(f(x)))
            except ValueError:
                out.append(-1)"""),
    ("behind the try", 1, """
        out = []
        try:
            a = fail(2)
        except ValueError:
            a = None
        b = g(1)"""),
    ("the value is used behind the try", 2, """
        out = []
        for x in range(4):
            try:
                r = fail(x)
            except ValueError:
                r = "none"
            out.append(g(r))"""),
)  # fmt: skip

ROW_15 = table(
    15,
    ("return inside", 3, """
        def ask(x):
            for k in range(5):
                try:
                    return flaky(x, k)
                except ValueError:
                    pass
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("with prints", 3, """
        def ask(x):
            for k in range(5):
                try:
                    return flaky(x, k)
                except ValueError as e:
                    print("retry", x, k, e)
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("break", 3, """
        def ask(x):
            r = None
            for k in range(5):
                try:
                    r = flaky(x, k)
                    break
                except ValueError:
                    continue
            return r, k
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("else break", 3, """
        def ask(x):
            for k in range(5):
                try:
                    r = flaky(x, k)
                except ValueError:
                    r = None
                else:
                    break
            return r
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("gives up", 3, """
        def ask(x):
            last = None
            for k in range(3):
                try:
                    return flaky(x, k)
                except ValueError as e:
                    last = e
            return f"gave up: {last}"
        out = [ask(x) for x in (0, 7, 1)]"""),
    ("gives up with the last error", 3, """
        def ask(x):
            for k in range(3):
                try:
                    return flaky(x, k)
                except ValueError as e:
                    last = e
            raise RuntimeError("gave up") from last
        out = [ask(x) for x in (0, 1, 7)]"""),
    ("re-raise at the end", 2, """
        def ask(x):
            for k in range(2):
                try:
                    return flaky(x, k)
                except ValueError:
                    if k == 1:
                        raise
        out = [ask(x) for x in (0, 1, 7)]"""),
    ("while", 3, """
        def ask(x):
            k = 0
            while True:
                try:
                    return flaky(x, k)
                except ValueError:
                    k += 1
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("decorator", 3, """
        import functools
        def retry(n):
            def wrap(fn):
                @functools.wraps(fn)
                def inner(*args):
                    for k in range(n):
                        try:
                            return fn(*args, k)
                        except ValueError as e:
                            last = e
                    raise last
                return inner
            return wrap
        @retry(5)
        def ask(x, k):
            return flaky(x, k)
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("until the answer is good", 4, """
        def ask(x):
            for k in range(5):
                r = inc(x + k)
                if r >= 4:
                    return r
            return None
        out = [ask(x) for x in (0, 2, 1)]"""),
    ("in a loop of the cell", 3, """
        out = {}
        for x in (0, 2, 1):
            for k in range(5):
                try:
                    out[x] = flaky(x, k)
                    break
                except ValueError:
                    pass"""),
    setup=FLAKY,
)  # fmt: skip

REFINE = """
    @external
    def score(d):
        record("score", d)
        return d.count("+")
    @external
    def improve(d):
        record("improve", d)
        return d + "+"
"""

ROW_16 = table(
    16,
    ("score, improve", 7, """
        def refine(d):
            n = 0
            while score(d) < 3 and n < 5:
                d = improve(d)
                n += 1
            return d, n
        out = [refine(d) for d in ("a", "b+", "c+++")]"""),
    ("score of an improvement", 8, """
        def refine(d):
            n = 0
            while score(improve(d)) < 3 and n < 5:
                d = improve(d)
                n += 1
            return d
        out = [refine(d) for d in ("a", "b+")]"""),
    ("number of rounds bounds it", 4, """
        def refine(d):
            n = 0
            while n < 2 and score(d) < 3:
                d = improve(d)
                n += 1
            return d
        out = list(map(refine, ["a", "b"]))"""),
    ("break", 7, """
        def refine(d):
            for n in range(5):
                if score(d) >= 3:
                    break
                d = improve(d)
            return d
        out = [refine(d) for d in ("a", "b+")]"""),
    ("in a loop of the cell", 7, """
        out = []
        for d in ("a", "b+"):
            while score(d) < 3:
                d = improve(d)
            out.append(d)"""),
    ("keeps all versions", 7, """
        class Draft:
            def __init__(self, d):
                self.versions = [d]
            def refine(self):
                while score(self.versions[-1]) < 3:
                    self.versions.append(improve(self.versions[-1]))
                    print(len(self.versions))
        drafts = [Draft(d) for d in ("a", "b++")]
        for d in drafts:
            d.refine()"""),
    setup=REFINE,
)  # fmt: skip

PATTERNS = [*ROW_8, *ROW_9, *ROW_10, *ROW_11, *ROW_12, *ROW_13, *ROW_14, *ROW_15, *ROW_16]
