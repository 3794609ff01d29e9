"""One list, reached through a place where something open may have put it and by another name: every way against every way."""

from __future__ import annotations

from itertools import product

import pytest

from tests.equivalence import check


# what stands before, what a branch puts there (`{v}`), and how the place is reached
PLACES = {
    "element": ("a = [K, 0]", "a[0] = {v}", "a[0]"),
    "value": ("a = {'k': K}", "a['k'] = {v}", "a['k']"),
    "value by get": ("a = {'k': K}", "a['k'] = {v}", "a.get('k')"),
    "attribute": ("class A: pass\na = A()\na.x = K", "a.x = {v}", "a.x"),
    "element's attribute": ("class A: pass\na = [A()]\na[0].x = K", "a[0] = A(); a[0].x = {v}", "a[0].x"),
    "variable": ("a = K", "a = {v}", "a"),
    "deeper": ("a = [[K]]", "a[0][0] = {v}", "a[0][0]"),
    "default": ("def fn(v=None, a=[K]):\n    if v is not None: a[0] = v\n    return a[0]", "fn({v})", "fn()"),
}
WRITERS = {"another": "['new']", "the other": "L", "a newborn with two names": "N['n'] = ['new']"}
FIRST = ("{p}.append(1)", "n = len({p}), str({p})", "if g(2): {p}.append(1)", "if g(2): n = {p}[-1:]")
SECOND = ("{o}.append(2)", "m = len({o}), str({o})", "{o}[:1] = [3]")


def program(place: str, writer: str, first: str, second: str) -> str:
    """A cell in which the branch has been walked past, and may or may not have done anything."""
    before, store, reached = PLACES[place]
    value, other = WRITERS[writer], {"another": "K", "the other": "L"}.get(writer, "N['n']")
    stored = store.format(v="N['n']") if writer.startswith("a newborn") else store.format(v=value)
    lines = [value, stored] if writer.startswith("a newborn") else [stored]
    branch = "".join(f"    {line}\n" for line in "; ".join(lines).split("; "))
    return (
        f"K, L, N = ['k'], ['l'], {{'n': ['old']}}\n{before}\nif f(1):\n{branch}"
        f"if num(1) < 0:\n{branch}{first.format(p=reached)}\n{second.format(o=other)}\nend = str([K, L, N])\n"
    )


@pytest.mark.engine
@pytest.mark.parametrize(("place", "writer"), list(product(PLACES, WRITERS)))
def test_alias(place: str, writer: str) -> None:
    """The two accesses happen in their order."""
    for first, second in product(FIRST, SECOND):
        check(program(place, writer, first, second), latencies={"f": 2, "g": 5, "num": 9}, orders=1)
