"""numpy arrays and pandas objects: reading one holds nothing up, changing one stays in order, and the results are pandas' own."""

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
    "changed in place, rows in order": (3, """
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
}  # fmt: skip


@pytest.mark.engine
@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    """The same meaning, and the time of the critical path."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    ideal, source = PROGRAMS[name]
    check(FRAME + inspect.cleandoc(source) + "\ndel pd\n", expect_time=ideal, orders=3)
