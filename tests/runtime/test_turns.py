"""Turns of a walked loop in plain form: the same meaning wherever they stop, and calls of later turns overlap as ever."""

from __future__ import annotations

from typing import Any

import pytest

from poppy_nb.runtime import turns
from tests.equivalence import check


# Name of a cell: its text, and how long it takes
CELLS: dict[str, tuple[str, float]] = {
    "never called": (
        """
total = 0
for i in range(60):
    total += i
    if i < 0:
        f(i)
""",
        0,
    ),
    "called now and then, in a function": (
        """
def work(n):
    found, last, skipped = [], None, 0
    for i in range(n):
        last = i * i
        if i % 20 == 13:
            last = f(i)
            found.append(last)
        elif i % 3:
            skipped += 1
            continue
        found.append(last)
    else:
        found.append("end")
    return found, last, skipped
r = work(70)
""",
        1,
    ),
    "called now and then, in a cell": (
        """
seen = {}
for i, word in enumerate("abcdefghijklmnopqrstuvwxyz" * 3):
    seen[word] = seen.get(word, 0) + 1
    if i % 25 == 24:
        seen[word] = f(word)
        print(i, seen[word])
print(i, word, len(seen))
""",
        1,
    ),
    "while": (
        """
def work(n):
    i, got = 0, []
    while i < n:
        i += 1
        if i % 16 == 0:
            got.append(f(i))
            continue
        got.append(i)
    else:
        got.append("else")
    return got
r = work(60)
""",
        1,
    ),
    "a list that grows and shrinks while it is iterated": (
        """
xs = list(range(30))
out = []
for x in xs:
    out.append(x)
    if x == 7:
        xs.extend(range(100, 112))
    if x == 104:
        out.append(f(x))
        xs.pop()
    if x == 20:
        del xs[0]
print(out, xs)
""",
        1,
    ),
    "a dict that changes its size": (
        """
d = {i: i for i in range(30)}
try:
    for k, v in d.items():
        if k == 20:
            d["new"] = 1
        if k == 50:
            f(k)
except RuntimeError as e:
    print(e, k)
for k in {i: 0 for i in range(12)}:
    if k < 0:
        g(k)
""",
        0,
    ),
    "an error in a plain turn": (
        """
def work(xs):
    total = 0
    for x in xs:
        total += 10 // x
        if x < 0:
            f(x)
    return total
try:
    work([3] * 20 + [0])
except ZeroDivisionError:
    print("divided")
n = 0
for x in [3] * 20 + [0]:
    n += 10 % x
    if x < 0:
        f(x)
""",
        0,
    ),
    "an error behind a call": (
        """
def work(xs):
    out = []
    for x in xs:
        if x % 14 == 13:
            out.append(fail(x))
        out.append(x)
    return out
try:
    r = work(range(60))
except ValueError as e:
    r = str(e)
work(range(30, 60))
""",
        1,
    ),
    "variables without a value": (
        """
def work(n):
    for i in range(n):
        if i == 20:
            del x
        if i < 0:
            x = f(i)
        elif i != 20:
            x = i
        if i == 21:
            del x
            return_ = x
    return 1
try:
    work(30)
except UnboundLocalError as e:
    print(e)
for i in range(30):
    if i < 0:
        unbound = f(i)
    if i == 25:
        unbound
""",
        0,
    ),
    "captured and global variables": (
        """
count = 0
def outer(n):
    best, calls = None, []
    def note(x):
        nonlocal best
        best = x
    def run():
        global count
        for i in range(n):
            count += 1
            note(i)
            if i % 22 == 21:
                calls.append(f(best, count))
        return best
    return run(), calls, best
r = outer(50)
""",
        1,
    ),
    "nested": (
        """
def work():
    out = []
    for i in range(12):
        row = []
        for j in range(12):
            if i * j == 110:
                row.append(f(i, j))
            else:
                row.append(i * j)
        if i == 11:
            row = [g(x) for x in row[:3]]
        out.append(row)
    return out
r = work()
""",
        1,
    ),
    "a function that becomes an external one": (
        """
def plain(x):
    return x
h1, out = plain, []
for i in range(30):
    out.append(h1(i))
    if i == 20:
        h1 = f
    if i < 0:
        f(i)
""",
        1,
    ),
    "objects": (
        """
class Node:
    def __init__(self, x):
        self.x, self.kids = x, []
    @property
    def asked(self):
        return f(self.x) if self.x == 25 else self.x
    def add(self, other):
        self.kids.append(other)
        return self
top = Node(0)
for i in range(1, 30):
    node = Node(i)
    top.add(node)
    node.name = node.asked
print([k.name for k in top.kids])
""",
        1,
    ),
    "try and with inside": (
        """
import contextlib
out = []
def work():
    for i in range(40):
        a = i
        try:
            if i % 4 == 0:
                continue
            with contextlib.suppress(KeyError):
                {}[i]
            if i == 33:
                int("x")
            out.append(i)
        except ValueError as e:
            out.append(str(e))
        finally:
            out.append(-i)
        if i == 30:
            out.append(f(a))
work()
""",
        1,
    ),
    "iterators that are held": (
        """
rest = iter(range(50))
z = zip(range(40), "x" * 45)
got = []
for a, b in z:
    got.append(a)
    if a == 30:
        got.append(f(next(rest)))
print(list(rest)[:2], list(z))
""",
        1,
    ),
}


@pytest.mark.engine
@pytest.mark.parametrize("first", [0, turns.FIRST])
@pytest.mark.parametrize("name", CELLS)
def test_same(name: str, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cell means the same, and turns have been run plainly."""
    source, seconds = CELLS[name]
    ran: list[Any] = []
    stops = turns.Turning._stops

    def noted(loop: turns.Turning) -> frozenset[int] | None:
        ran.append(found := stops(loop))
        return found

    monkeypatch.setattr(turns.Turning, "_stops", noted)
    monkeypatch.setattr(turns, "FIRST", first)
    monkeypatch.setattr(turns, "FEW", first * 8)
    check(source, expect_time=seconds)
    assert any(found is not None for found in ran)
