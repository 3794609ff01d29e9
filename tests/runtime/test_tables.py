"""numpy arrays and pandas objects: reading one holds nothing up, stores into one wait at their place, and the results are pandas' own."""

from __future__ import annotations

import inspect

import pytest

from tests.equivalence import check


FRAME = 'import pandas as pd\ndf = pd.DataFrame({"q": ["a", "b", "c"], "n": [1, 2, 3]})\n'

# name: (ideal makespan, or None where pandas calls the function itself, cell). What is not compared object by object is deleted at the end.
PROGRAMS: dict[str, tuple[float | None, str]] = {
    "a column": (1, "out = [f(q) for q in df['q']]\ndel df"),
    "rows": (2, """
        out = []
        for i, row in df.iterrows():
            a = f(row["q"])
            out.append({"i": i, "n": int(row.n), "a": a, "g": g(a)})
        made = pd.DataFrame(out).to_csv()
        del df, row"""),
    "rows as tuples": (1, "for row in df.itertuples():\n    print(row.q, f(row.q), row.n)\ndel df, row"),
    "new columns": (2, """
        df["a"] = [f(q) for q in df["q"]]
        df["ok"] = [ok(a, q) for a, q in zip(df["a"], df.q)]
        print(df.ok.sum())
        s = df.to_csv()
        del df"""),
    "a branch": (2, """
        good = []
        for i, row in df.iterrows():
            if ok(row["q"]):
                good.append(f(row["q"] + str(row["n"])))
            print(i, len(good))
        del df, row"""),
    "groups and masks": (1, """
        out = {}
        for n, part in df.groupby(df.n % 2):
            out[int(n)] = f(" ".join(part["q"].tolist()))
        sub = df[df["n"] > 1].reset_index(drop=True)
        for i in range(len(sub)):
            out[sub.loc[i, "q"]] = f(sub.iloc[i]["q"].upper())
        upper = sub["q"].str.upper().tolist()
        del df, part, sub"""),
    "apply a function": (1, 'df["a"] = df["q"].apply(f)\ndf["b"] = df["q"].map(lambda q: len(q))\ns = df.to_csv()\ndel df'),
    "apply to rows": (2, """
        def ask(row):
            a = f(row["q"])
            return "good" if ok(a, row["q"]) else a
        df["a"] = df.apply(ask, axis=1)
        s = df.to_csv()
        del df"""),
    "apply that fails": (1, """
        try:
            df["a"] = df["n"].map(lambda n: f(n) if n < 3 else 1 / 0)
        except ZeroDivisionError as e:
            err = str(e)
        s = df.to_csv()
        del df"""),
    "rows that are kept": (None, "kept = []\ndf.apply(lambda row: kept.append(row) or f(row['n']), axis=1)\nn = len(kept)\ndel df, kept"),
    "changed in place": (1, """
        for i, row in df.iterrows():
            df.loc[i, "a"] = f(row["q"])
        s = df.to_csv()
        del df, row"""),
    "functions for pandas": (1, """
        log = []
        log.append(f(1))
        a = df.assign(z=lambda d: log.append(len(log)) or d.n)
        b = df.loc[lambda d: d.n > len(log) - 1]
        c = df.sort_values("q", key=lambda s: log.append("k") or s)
        d = df.groupby(lambda i: log.append(i) or i % 2).size().tolist()
        e = df.agg({"n": lambda s: log.append("agg") or 3}).tolist()
        g1 = df.n.apply(["sum", "max"]).tolist(), df.q.map(str.upper).tolist(), df.n.apply(float).tolist()
        del df, a, b, c"""),
    "a changed cell": (1, """
        out = []
        try:
            for q in df.q:
                out.append(f(q))
                if q == "b":
                    raise ValueError(q)
        except ValueError as e:
            out.append(str(e))
        df.loc[0, "q"] = "changed"
        out.append(df.q.iloc[0])
        del df"""),
    "a frame of answers": (2, 'x = pd.DataFrame([{"q": q, "a": f(q)} for q in df.q])\nb = [g(a) for a in x["a"]]\ndel df, x'),
    "objects in cells": (1, """
        class Doc:
            def __init__(self, text):
                self.text = text
            def __eq__(self, other):
                print("eq", self.text)
                return self.text == other
            __hash__ = None
        s = pd.Series([Doc("a"), Doc("b")])
        x = f(1)
        print(x)
        same = (s == "a").tolist()
        del df, s"""),
    "arrays": (2, """
        import numpy as np
        m = np.array([[len(f(x)), x] for x in (1, 2, 3)])
        q = np.array([num(4), 1])
        s = m @ q / (np.linalg.norm(m, axis=1) * np.linalg.norm(q))
        best = int(np.argsort(-s)[0])
        z = g(best)
        mean = float(m.mean()), m.T.tolist(), m[0].tolist(), m.shape
        del np, m, q, s, df"""),
    "views of arrays": (1, """
        import numpy as np
        m = np.arange(6).reshape(2, 3)
        v = m[0]
        out = []
        for x in (1, 2):
            if ok(x):
                v[1] = 7
            else:
                v[1] += 1
            out.append(int(m.sum()))
        acc = np.zeros(2)
        acc += np.array([num(1), num(2)])
        same = acc
        same *= 2
        s = m.tolist(), acc.tolist(), same is acc
        del np, m, v, acc, same, df"""),
    "stores by row and column": (None, """
        df = pd.DataFrame({"t": ["a", "b", "c"], "n": [1, 2, 3]})
        for i, row in df.iterrows():
            df.loc[i, "s"] = f(row["t"])
            df.at[i, "n"] = i * 2
        for i, row in df.iterrows():
            print(i, row["s"], row.n, df.loc[i, "n"])
        out = df.to_dict("records"); df2 = df.to_string(); del df, row"""),
    "stores of columns": (None, """
        df = pd.DataFrame({"t": ["a", "b", "c"]})
        df["x"] = [f(t) for t in df["t"]]
        df["y"] = df["t"].apply(g)
        u = g(0)
        df.loc[df["t"] == "b", "x"] = f(9)
        df["z"] = df["x"] + df["y"]
        s = df["x"]
        df.loc[0, "x"] = "new"
        old = s[0], df["x"][0]
        out = df.to_dict("records"); del df, s"""),
    "stores into arrays and what views see": (None, """
        import numpy as np
        a = np.zeros(4)
        v = a[1:3]
        for i in range(4):
            a[i] = num(i)
        b = a.sum(), v.tolist(), a.max()
        w = a[:2]
        a[0] = num(7)
        w[1] = 100
        c = w.tolist(), a.tolist()
        k = np.array([[1, 2], [3, 4]])
        rows = [r for r in k]
        k[0, 0] = num(5)
        d = [r.tolist() for r in rows]
        f(k)
        k[1] = num(8)
        e = k.tolist(); del a, v, w, k, rows
        del np"""),
    "stores that fail": (None, """
        import numpy as np
        df = pd.DataFrame({"t": ["a", "b"], "n": [1, 2]})
        log = []
        for i in range(3):
            try:
                df.loc[i, ["t", "n"]] = [f(i)]
            except ValueError as e:
                log.append("err")
            print(len(df), log)
        a = np.zeros(2)
        try:
            a[5] = num(1)
        except IndexError as e:
            log.append(str(e))
        try:
            a[0] = f(1)
        except ValueError as e:
            log.append("value")
        out = df.to_dict("records"); z = a.tolist(); del df
        a[7] = num(2)
        del np"""),
    "stores in branches of methods": (None, """
        import numpy as np
        class Box:
            def __init__(self): self.df = pd.DataFrame({"n": [1, 2, 3], "s": ["", "", ""]}); self.a = np.zeros(3)
            def fill(self, i):
                x = num(i)
                if x > 1:
                    self.df.loc[i, "s"] = f(i)
                    self.a[i] = x
                return x
            def __len__(self): return int((self.df["s"] != "").sum())
        b = Box()
        xs = [b.fill(i) for i in range(3)]
        r = f(b.df), f(b.a), len(b)
        q = np.stack([b.a, b.a * 2]).tolist(), str([b.a, 1]), f"{b.a}"
        out = b.df.to_dict("records"); z = b.a.tolist(); del b
        del np"""),
    "stores in loops over rows as tuples": (None, """
        df = pd.DataFrame({"t": ["a", "b", "c"], "n": [1, 2, 3]})
        for row in df.itertuples():
            df.at[row.Index, "t"] = f(row.t)
            df.loc[2, "n"] = num(row.n)
            print(row.n)
        for name, col in df.items():
            print(name, list(col))
        for g_, part in df.groupby("n"):
            df.loc[part.index[0], "u"] = g(g_)
        out = df.to_dict("records"); del df, row, col, part"""),
    "stores of columns and reading others": (None, """
        df = pd.DataFrame({"t": ["a", "b", "c"], "n": [1, 2, 3]})
        df["k"] = df.apply(lambda r: f(r["t"]), axis=1)
        df["m"] = [g(t) for t, n in zip(df["t"], df["n"])]
        for i, t in enumerate(df["t"]):
            df.loc[i, "q"] = num(t)
            print(t)
        df["n"] = df["n"] + df["q"]
        df["t"] = [f(x) for x in df["t"]]
        u = [f(a, b) for a, b in zip(df["t"], df["n"])]
        z = zip(df["t"], df["n"])
        w = list(z)
        try:
            df["nope"]
        except KeyError as e:
            err = str(e)
        df["w"] = 1
        df["w"][0]
        out = df.to_dict("records"); del df, z"""),
}  # fmt: skip


@pytest.mark.engine
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    """The same meaning, and the time of the critical path."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    ideal, source = PROGRAMS[name]
    check(FRAME + inspect.cleandoc(source) + "\ndel pd\n", expect_time=ideal, orders=3)
