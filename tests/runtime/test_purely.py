"""Functions that change nothing that outlives them: which ones, and that they mean the same while other things are in flight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Any

import pytest

from poppy_nb.compiler.compiler import Compiler
from poppy_nb.runtime import purely
from poppy_nb.runtime.ops import OPS
from tests.equivalence import check


PURE = {
    "text": "def p(x):\n    return ' '.join(w.strip().lower() for w in x.split() if w)",
    "a dict of counts": "def p(x):\n    d = {}\n    for w in x.split():\n        d[w] = d.get(w, 0) + 1\n    return d",
    "counts in place": "def p(x):\n    d = {}\n    for w in x:\n        d.setdefault(w, 0)\n        d[w] += 1\n    return d, len(d)",
    "a default dict": "from collections import defaultdict\ndef p(x):\n    d = defaultdict(list)\n    for w in x:\n        d[w].append(w)\n"
    "    return dict(d)",
    "groups": "def p(x):\n    d = {}\n    for i, w in enumerate(x):\n        d.setdefault(w, []).append(i)\n    return d",
    "rows": "def p(x):\n    rows = [[0] * 3 for _ in range(3)]\n    for i in range(3):\n        rows[i][0] = x\n        rows[i][1] += 1\n    return rows",
    "a stack": "def p(x):\n    out, stack = [], [x]\n    while stack:\n        one = stack.pop()\n        if isinstance(one, list):\n"
    "            stack.extend(one)\n        else:\n            out.append(one)\n    return out",
    "numbers": "def p(x):\n    total = 0\n    for c in str(x):\n        total += ord(c)\n    return total",
    "errors": "def p(x):\n    try:\n        return int(x)\n    except ValueError as error:\n        return str(error)",
    "an error": "def p(x):\n    if not x:\n        raise ValueError('empty')\n    return x[0]",
    "recursion": "def p(x):\n    return [p(y) for y in x] if isinstance(x, list) else str(x)",
    "another function": "def q(x):\n    return x * 2\ndef p(x):\n    return max([q(x), q(x)], key=len)",
    "a callback": "def q(x):\n    return len(str(x))\ndef p(x):\n    return sorted([x, x * 2], key=q), sorted([x], key=lambda y: str(y))",
    "modules": "import re, json, math\ndef p(x):\n    return re.sub('a', 'b', str(x)), json.dumps(x), math.sqrt(4)",
    "global data": "STOP = {'a'}\nNAMES = {'a': [1]}\ndef p(x):\n    return [w for w in str(x) if w not in STOP], NAMES.get('a')",
    "a part of what is given": "def p(x):\n    return x[0]",
    "what is given": "def p(x):\n    return x",
}
IMPURE = {
    "a global": "N = 0\ndef p(x):\n    global N\n    N += 1\n    return N",
    "a global list": "L = []\ndef p(x):\n    L.append(x)",
    "a global dict": "D = {}\ndef p(x):\n    D[x] = 1",
    "what is given, changed": "def p(x):\n    x.append(1)",
    "what is given, by item": "def p(x):\n    x[0] = 1",
    "what is given, in place": "def p(x):\n    x += [1]",
    "another name of what is given": "def p(x):\n    y = x\n    y.append(1)",
    "perhaps what is given": "def p(x):\n    y = x or []\n    y.append(1)",
    "perhaps what is given, unpacked": "def p(x):\n    y, z = x, []\n    y.append(1)",
    "an element": "def p(x):\n    for y in x:\n        y.append(1)",
    "an element of a copy": "def p(x):\n    y = list(x)\n    y[0].append(1)",
    "an element of a comprehension": "def p(x):\n    y = [z for z in x]\n    y[0].append(1)",
    "an element of a display": "def p(x):\n    y = [x]\n    y[0].append(1)",
    "an element that was put": "def p(x):\n    d = {}\n    d['a'] = x\n    d['a'].append(1)",
    "an element that was put by default": "def p(x):\n    d = {}\n    d.setdefault('a', x).append(1)",
    "an element that was extended": "def p(x):\n    d = []\n    d.extend(x)\n    d[0].append(1)",
    "an element in place": "def p(x):\n    d = {}\n    d['a'] = x\n    d['a'] += [1]",
    "an element of an element": "def p(x):\n    d = [[0]]\n    d[0][0] = x\n    d[0][0] += [1]",
    "an element of an element, changed": "def p(x):\n    d = [[0]]\n    d[0][0] = x\n    d[0][0].append(1)",
    "an element multiplied": "def p(x):\n    d = [[0]]\n    d[0][0] = x\n    d[0][0] *= 2",
    "through another name": "def p(x):\n    a = []\n    d = [a]\n    a.append(x)\n    d[0][0].append(1)",
    "through another name below": "def p(x):\n    a = []\n    b = a\n    b.append(x)\n    a[0].append(1)",
    "through a name of both": "def p(x):\n    a = b = []\n    b.append(x)\n    a[0].append(1)",
    "through a walrus": "def p(x):\n    a = []\n    (b := a).append(x)\n    a[0].append(1)",
    "through a default": "def p(x, y=[]):\n    y.append(x)\n    return y",
    "through a function's answer": "def q(x):\n    return x\ndef p(x):\n    y = q(x)\n    y.append(1)",
    "through a function": "def q(x):\n    x.append(1)\ndef p(x):\n    q(x)",
    "through max": "def p(x):\n    y = max(x, [])\n    y.append(1)",
    "in a comprehension": "def p(x):\n    return [y.append(1) for y in x]",
    "with a lambda": "def p(x):\n    return sorted(x, key=lambda y: y.append(1) or 0)",
    "shadowed": "def list(x):\n    return x\ndef p(x):\n    y = list(x)\n    y.append(1)",
    "an attribute": "def p(x):\n    p.count = 1",
    "a print": "def p(x):\n    print(x)",
    "a file": "def p(x):\n    return open('/dev/null').read()",
    "the random stream": "import random\ndef p(x):\n    return random.random()",
    "the clock": "import time\ndef p(x):\n    return time.time()",
    "a sleep": "import time\ndef p(x):\n    time.sleep(0)",
    "a deletion": "def p(x):\n    del x[0]",
    "an iterator that is stepped": "it = iter([1])\ndef p(x):\n    return next(it)",
    "a generator": "def p(x):\n    yield x",
    "a closure": "def make():\n    seen = []\n    def p(x):\n        seen.append(x)\n        return len(seen)\n    return p\np = make()",
    "a cache": "import functools\n@functools.lru_cache\ndef q(x):\n    return x\ndef p(x):\n    return q(x)",
    "a called parameter": "def p(x):\n    return x()",
    "a lock": "import threading\nlock = threading.Lock()\ndef p(x):\n    with lock:\n        return x",
    "an import": "def p(x):\n    import math\n    return math",
    "eval": "def p(x):\n    return eval('x')",
}


class _Engine:
    """As much of one as is asked: nothing stands in the way."""

    def __init__(self) -> None:
        self.compiler = Compiler(OPS)
        self.chains = self

    def conflict(self, *args: Any) -> None:
        """None."""

    probe = conflict


def _function(source: str, name: str) -> Any:
    import linecache

    filename = f"<pure {name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    names: dict[str, Any] = {}
    exec(compile(source, filename, "exec"), names)
    return names["p"]


@pytest.mark.parametrize("name", PURE)
def test_pure(name: str) -> None:
    """It changes nothing that outlives it."""
    assert purely.Pure(_Engine(), ()).function(_function(PURE[name], name))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", IMPURE)
def test_impure(name: str) -> None:
    """It may change something, or is not known."""
    assert not purely.Pure(_Engine(), ()).function(_function(IMPURE[name], name))  # type: ignore[arg-type]


@contextmanager
def _counted() -> Iterator[list[bool]]:
    answers: list[bool] = []
    real = purely.may_call

    def may_call(*args: Any) -> bool:
        answers.append(real(*args))
        return answers[-1]

    purely.may_call = may_call
    try:
        yield answers
    finally:
        purely.may_call = real


@pytest.mark.engine
@pytest.mark.parametrize("name", PURE)
def test_in_flight(name: str) -> None:
    """Called while calls are in flight that feed it, are fed by it, and change what it was given."""
    arguments = "[[1, 2], 'b']" if name in ("a stack", "recursion", "a part of what is given", "what is given") else "'a b a'"
    cell = f"""
out, xs = [], [{arguments}]
for i in range(2):
    one = f(i)
    out.append(p({arguments}))
    out.append(p(xs[0]))
    if ok(i):
        xs[0] = xs[0] * 2
    out.append(p(xs[0]))
    out.append([one, g(str(out[-1]))])
"""
    with _counted() as answers:
        check(cell, setup=PURE[name])
    assert any(answers)


CELLS = {
    "what a call in flight changes": ("def p(x):\n    return [y for y in x]", "xs = []\nfor i in range(3):\n    xs.append(f(i))\n    n = p(xs)"),
    "a list that a pending branch changes": (
        "def p(x):\n    return len(x), sum(x)",
        "xs = [1]\nout = []\nfor i in range(3):\n    if ok(i):\n        xs.append(i)\n    out.append(p(xs))",
    ),
    "a global that a pending branch changes": (
        "N = 1\nS = {1}\ndef p(x):\n    return x + N, x in S",
        "out = []\nfor i in range(3):\n    if ok(i):\n        N = i * 2\n        S.add(i)\n    out.append(p(i))",
    ),
    "a helper that is rebound in a pending branch": (
        "def q(x):\n    return x\ndef p(x):\n    return q(x)",
        "out = []\nfor i in range(3):\n    if ok(i):\n        def q(x):\n            return x * 2\n    out.append(p(i))",
    ),
    "it fails in a try": (
        "def p(x):\n    return int(x)",
        "out = []\nfor x in '1a2':\n    a = f(x)\n    try:\n        out.append((a, p(x)))\n    except ValueError as error:\n        out.append(str(error))",
    ),
    "it fails": ("def p(x):\n    return q(x)\ndef q(x):\n    return 1 // x", "out = []\nfor x in (1, 0):\n    out.append(f(x))\n    out.append(p(x))"),
    "a call before it fails": (
        "def p(x):\n    return int(x)",
        "out = []\ntry:\n    a = bad(1)\n    out.append(p('1'))\n    out.append(p('a'))\nexcept Exception as error:\n    out.append(str(error))",
    ),
    "what it gives is what it was given": (
        "def p(x):\n    return x[0]",
        "xs = [[1], [2]]\nout = []\nfor i in range(2):\n    a = f(i)\n    p(xs).append(a)\n    out.append(len(p(xs)))",
    ),
}


@pytest.mark.engine
@pytest.mark.parametrize(("setup", "cell"), CELLS.values(), ids=CELLS)
def test_hazards(setup: str, cell: str) -> None:
    """What it reads may be changed by something before it that is not decided."""
    check(cleandoc(cell), setup=setup)
