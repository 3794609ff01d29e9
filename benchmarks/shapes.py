"""What an item costs in a long loop compared with a short one, for the usual shapes of programs: it should not grow."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import Iterator
from time import process_time
from typing import Any

from poppy_nb import external
from poppy_nb.session import Session

from .figure import Figure


SIZES = (250, 1_000, 4_000)
GOAL = 1.5
LONGEST = 6.0  # seconds of CPU; a run that may take longer is left out


@external
async def f(x: Any) -> Any:
    """Of its answer nothing is known."""
    await asyncio.sleep(0)
    return x


@external
async def text(x: Any) -> str:
    """Gives a text."""
    await asyncio.sleep(0)
    return str(x)


@external
async def pair(x: Any) -> Any:
    """Gives a list."""
    await asyncio.sleep(0)
    return [x, x + 1]


@external
def g(x: Any) -> Any:
    """For programs that cannot `await`: lambdas, generators."""
    return x


SHAPES = {
    "append": "r = []\nfor i in range(n):\n    r.append(await f(i))",
    "comprehension": "r = [await f(i) for i in range(n)]",
    "dict comprehension": "r = {i: await f(i) for i in range(n)}",
    "set comprehension": "r = {await f(i) for i in range(n)}",
    "dict store": "d = {}\nfor i in range(n):\n    d[i] = await f(i)",
    "dict update": "d = {}\nfor i in range(n):\n    d.update({i: await f(i)})",
    "total +=": "t = 0\nfor i in range(n):\n    t += await f(i)",
    "attribute +=": "class O: pass\no = O()\no.t = 0\nfor i in range(n):\n    o.t += await f(i)",
    "item +=": "d = {}\nfor i in range(n):\n    d[i % 7] = d.get(i % 7, 0) + await f(i)",
    "pending item +=": "from collections import Counter\nc = Counter()\nfor i in range(n):\n    c[await f(i % 7)] += 1",
    "setdefault": "d = {}\nfor i in range(n):\n    d.setdefault(i % 10, []).append(await f(i))",
    "setdefault of a pending key": "d = {}\nfor i in range(n):\n    d.setdefault(await f(i % 10), []).append(i)",
    "defaultdict": "from collections import defaultdict\nd = defaultdict(list)\n"
    "for i in range(n):\n    d[i % 10].append(await f(i))",
    "sum of a list": "t = sum([await f(i) for i in range(n)])",
    "sum of a generator": "t = sum(g(i) for i in range(n))",
    "max of a generator": "t = max(g(i) for i in range(n))",
    "all": "t = all(g(i) >= 0 for i in range(n))",
    "best = max(best, x)": "best = -1\nfor i in range(n):\n    best = max(best, await f(i))",
    "if x > best": "best = -1\nfor i in range(n):\n    x = await f(i)\n    if x > best:\n        best = x",
    "count in an if": "k = 0\nfor i in range(n):\n    if await f(i) % 2:\n        k += 1",
    "flag in an if": "found = False\nfor i in range(n):\n    if await f(i) == -1:\n        found = True",
    "append in an if": "r = []\nfor i in range(n):\n    x = await f(i)\n    if x % 2:\n        r.append(x)",
    "call in an if": "r = []\nfor i in range(n):\n    x = await f(i)\n    if x % 2:\n        y = await f(x)\n        r.append(y)",
    "filter": "r = [i for i in range(n) if g(i) % 2]",
    "sorted": "r = sorted([await f(i) for i in range(n)])",
    "sorted by a call": "r = sorted(range(n), key=g)",
    "text +=": "s = ''\nfor i in range(n):\n    s += f'{i}: {await text(i)}'",
    "join": "s = ','.join([str(await f(i)) for i in range(n)])",
    "print": "for i in range(n):\n    print(i, await f(i))",
    "nested loops": "r = []\nfor i in range(n // 10):\n    for j in range(10):\n        r.append(await f(i * j))",
    "while": "i = 0\nr = []\nwhile i < n:\n    r.append(await f(i))\n    i += 1",
    "try": "r = []\nfor i in range(n):\n    try:\n        r.append(await f(i))\n    except ValueError:\n        r.append(None)",
    "try with what goes on": "r = []\nfor i in range(n):\n    try:\n        t = await text(i)\n        if not t:\n"
    "            continue\n        r.append(t.strip())\n    except ValueError as e:\n        print(e)",
    "with": "import contextlib\nr = []\nfor i in range(n):\n    with contextlib.nullcontext():\n        r.append(g(i))",
    "function": "async def h(x):\n    y = await f(x)\n    if y % 2:\n        return y\n    return -y\n"
    "r = [await h(i) for i in range(n)]",
    "method": "class A:\n    def __init__(self):\n        self.k, self.h = 0, []\n    def m(self, x):\n        self.k += 1\n"
    "        self.h.append(g(x))\na = A()\nfor i in range(n):\n    a.m(i)",
    "closure": "r = []\ndef add(x):\n    r.append(g(x))\nfor i in range(n):\n    add(i)",
    "dataclass": "import dataclasses\n@dataclasses.dataclass\nclass D:\n    a: int\n    b: object\nr = []\nfor i in range(n):\n"
    "    r.append(D(i, await f(i)))",
    "generator": "def items(n):\n    for i in range(n):\n        yield g(i)\nr = []\nfor x in items(n):\n    r.append(x)",
    "extend": "r = []\nfor i in range(n):\n    r.extend(await pair(i))",
    "+= of a list": "r = []\nfor i in range(n):\n    r += [await f(i)]",
    "deque": "from collections import deque\nq = deque()\nfor i in range(n):\n    q.append(await f(i))",
    "queue": "from collections import deque\nq = deque(range(n))\nr = []\nwhile q:\n    r.append(await f(q.popleft()))",
    "set add": "s = set()\nfor i in range(n):\n    s.add(await f(i))",
    "heap": "import heapq\nh = []\nfor i in range(n):\n    heapq.heappush(h, (await f(i), i))",
    "zip": "xs = [await f(i) for i in range(n)]\nr = []\nfor a, b in zip(xs, range(n)):\n    r.append((a, b))",
    "slices": "xs = [await f(i) for i in range(n)]\nr = []\nfor i in range(0, n, 10):\n    r.append(sum(xs[i:i + 10]))",
    "unpacking": "r = []\nfor i in range(n):\n    a, b = await pair(i)\n    r.append(a)",
}


def cell(source: str, n: int) -> float:
    """Seconds of CPU that a shape takes with `n` items."""
    namespace: dict[str, Any] = {"f": f, "g": g, "text": text, "pair": pair, "n": n, "__name__": "__main__"}

    async def run() -> float:
        session = Session(namespace)
        began = process_time()
        await session.run(source, "<benchmark>", limit=None)
        return process_time() - began

    with contextlib.redirect_stdout(io.StringIO()):
        return asyncio.run(run())


def figures() -> Iterator[Figure]:
    """The cost of an item in the largest run over that in the smallest."""
    cell(SHAPES["append"], 10)
    for name, source in SHAPES.items():
        costs: dict[int, float] = {}
        for size in SIZES:
            if costs and max(costs.values()) * size * (size / max(costs)) > LONGEST * 1e6:
                break  # even if it only grows with the square
            costs[size] = cell(source, size) / size * 1e6
        note = ", ".join(f"{size:,}: {cost:.0f} us" for size, cost in costs.items())
        yield Figure(f"growth, {name}", costs[max(costs)] / costs[min(costs)], "x", GOAL, note)
