"""Cells that reach no external call, or reach one that is not called, against plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from poppy_nb.session import Session

from .figure import Figure, cell_seconds, interleaved, plain_seconds


SETUP = """
import io
import sys
from poppy_nb import external

@external
def call(n):
    return n

def work(n):
    words = {}
    total = 0
    for i in range(n):
        key = str(i % 97)
        words[key] = words.get(key, 0) + i
        if i % 3:
            total += len(key) * i
    return total, words

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

class Particle:
    def __init__(self, x, speed):
        self.x = x
        self.speed = speed
        self.path = []

    @property
    def far(self):
        return abs(self.x) > 10

    def step(self):
        self.x += self.speed
        if self.far:
            self.speed = -self.speed
        self.path.append(self.x)

class Machine:
    def __init__(self):
        self.table = {"work": work}

    def run(self, name, n):
        return self.table[name](n)

handlers = {"work": work}
machine = Machine()
text = "\\n".join(f"name{i};{i % 13};{i * 7 % 1000 / 10}" for i in range(5_000))
"""
PROVABLE = {
    "a function": "total, words = work(20_000)",
    "a loop": """
        total = 0
        for i in range(50_000):
            if i % 3:
                total += i * i % 7""",
    "nested loops of numbers": """
        rows = [[0] * 40 for _ in range(40)]
        for i in range(40):
            for j in range(40):
                for k in range(10):
                    rows[i][j] += i * k - j""",
    "parsing text": """
        sums = {}
        for line in text.split("\\n"):
            name, group, value = line.split(";")
            sums.setdefault(int(group), []).append(float(value))
        means = {k: sum(v) / len(v) for k, v in sorted(sums.items())}""",
    "comprehensions": """
        squares = [i * i for i in range(20_000) if i % 2]
        best = max(sum(int(d) for d in str(s)) for s in squares)""",
    "objects": """
        things = [Particle(i % 7, i % 3 + 1) for i in range(300)]
        for _ in range(20):
            for thing in things:
                thing.step()
        ends = sorted(things, key=lambda thing: thing.x)""",
    "recursion": "deep = fib(18)",
    "prints": """
        out, sys.stdout = sys.stdout, io.StringIO()
        for i in range(5_000):
            print(i, i * i)
        sys.stdout = out""",
}
# Which function is called is known only when it is called; or an external call stands beside, and is not made
UNKNOWN = {
    "a function that is given": """
        def apply(function, n):
            return function(n)
        done = apply(work, 20_000)""",
    "a table of functions": "done = [handler(20_000) for handler in list(handlers.values())]",
    "a table of an attribute": "done = machine.run('work', 20_000)",
    "a function beside a call": """
        def mixed(n):
            r = work(n)
            if r is None:
                call(n)
            return r
        done = mixed(20_000)""",
    "a loop beside a call": """
        def mixed(n):
            total = 0
            for i in range(n):
                total += i * i % 7
            if total < 0:
                call(n)
            return total
        done = mixed(50_000)""",
}
# Every turn of the loop is walked
WALKED = {
    "functions in a loop with a call": """
        done = 0
        for i in range(200):
            done += fib(12)
            if done < 0:
                call(i)""",
    "a loop with a call": """
        done = 0
        for i in range(2_000):
            done += i
            if done < 0:
                call(i)""",
}


def figures() -> Iterator[Figure]:
    """Ratios of the second and later runs, so that compiling is not in them."""
    for name, source in PROVABLE.items():
        yield _figure(f"no external, provably: {name}", source, 1.1)
    for name, source in UNKNOWN.items():
        yield _figure(f"no external, not known: {name}", source, 2.0)
    for name, source in WALKED.items():
        yield _figure(f"none in flight: {name}", source, 2.0)


def _figure(name: str, source: str, goal: float | None) -> Figure:
    namespace: dict[str, Any] = {}
    session = Session(namespace)
    source = cleandoc(source)
    cell_seconds(SETUP, namespace, session)
    cell_seconds(source, namespace, session)
    engine, plain = interleaved(
        lambda: cell_seconds(source, namespace, session),
        lambda: plain_seconds(source, namespace, session),
        repetitions=7,
        seconds=6,
    )
    return Figure(name, engine / plain, "x", goal, f"plain {plain * 1e3:.1f} ms, engine {engine * 1e3:.1f} ms")
