"""Calls over tables and columns of pandas: they overlap, and the library gets and gives what it does plainly."""

import asyncio

import pytest

from poppy_nb import external
from poppy_nb.runtime.virtual import VirtualDriver
from poppy_nb.session import Session


pd = pytest.importorskip("pandas", reason="needs pandas (the extra `test`)")

SETUP = "df = pd.DataFrame({'t': ['a', 'b', 'c'], 'n': [3, 1, 2]})\n"
PROGRAMS = (
    (1, "out = df['t'].apply(f).tolist()"),
    (1, "out = df['t'].map(lambda t: f(t) + '!').tolist()"),
    (1, "df['r'] = df.apply(lambda row: f(row['t']) * row['n'], axis=1)\nout = df['r'].tolist()"),
    (1, "out = df.apply(lambda column: f(column.name)).tolist()"),
    (2, "out = df['t'].apply(lambda t: f(f(t))).tolist()"),
    (1, "rows = []\nout = df.apply(lambda row: rows.append(row['t']) or f(row['t']), axis=1).tolist()"),
    (1, "out = df['t'].apply(lambda t, end: f(t) + end, end='.').tolist()"),
    (1, "try:\n    out = df['n'].apply(lambda n: f(str(n)) if n != 1 else 1 / 0).tolist()\nexcept ZeroDivisionError as e:\n    out = str(e)"),
    (0, "out = df['n'].apply('sum'), df['t'].map({'a': 1, 'b': 2, 'c': 0}).tolist(), df['n'].apply(abs).tolist()"),
    (1, "out = [f(t) for t in df['t']]"),
    (1, "out = [f(row['t']) for _, row in df.iterrows()]"),
    (1, "out = [f(row.t) for row in df.itertuples()]"),
    (1, "out = [f(t) for k, t in df['t'].items()]"),
    (1, "out = [f(df.loc[i, 't']) for i in df.index]"),
    (1, "out = [f(str(n)) for n in df['n'].values]"),
    (1, "out = [f(group.iloc[0]['t']) for _, group in df.groupby('n')]"),
    (2, "out = []\nfor _, row in df.iterrows():\n    if f(row['t']) != 'B':\n        out.append(f(row['t'] + str(row['n'])))"),
    (2, "xs = df['n'].to_numpy()\nout = []\nfor k in range(3):\n    out.append(f(str([t for t, n in zip('abc', xs) if n > k])))\n    print(out[-1])\nout.append(f(str(out)))"),
    (3, "xs = df['n'].to_numpy()\nit = iter(xs)\nout = []\nfor k in range(3):\n    try:\n        out.append(f('a' * next(it, 2)) * (2 // (k - 1)))\n    except ZeroDivisionError:\n        out.append(next(it, 9))"),
    (3, "xs = df['n'].to_numpy().copy()\nout = []\nfor i, n in enumerate(xs):\n    r = f(str(n))\n    if r == '3':\n        xs[i + 1] = 7\n    out.append(r)"),
    # a store waits in its place, and what reads the table later comes later
    (1, "for i, row in df.iterrows():\n    df.loc[i, 'r'] = f(row['t'])\nout = df['r'].tolist()"),
    (2, "df['r'] = df['t'].apply(f)\ndf['s'] = df['r'].apply(f)\nout = df.values.tolist()"),
    (3, "for i in range(3):\n    df.loc[2 - i, 't'] = f(df['t'][i])\nout = df['t'].tolist()"),
)


@external
def f(text):
    return text.upper()


def run(program, engine):
    names = {"f": f, "pd": pd}
    if engine is None:
        exec(SETUP + program, names)
    else:
        asyncio.run(Session(names, driver=engine, check=True).run(SETUP + program, "<cell>"))
    kinds = {name: type(value) for name, value in names.items() if name != "__builtins__"}
    return names["out"], names["df"].to_dict(), names.get("rows"), kinds


@pytest.mark.parametrize(("rounds", "program"), PROGRAMS, ids=[program for _, program in PROGRAMS])
def test_over_tables(rounds, program):
    """The same values, and the number of rounds of calls that the data needs."""
    engine = VirtualDriver(latency=lambda op: 1.0)
    assert run(program, None) == run(program, engine)
    assert rounds == engine.time
