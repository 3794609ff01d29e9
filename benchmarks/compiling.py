"""Compiling a cell of 200 lines, and running it again unchanged: what its run costs over plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from poppy_nb.session import Session

from .figure import Figure, cell_seconds, interleaved, plain_seconds


BLOCK = """
def function_{i}(x, y={i}):
    found = [z + y for z in range(x) if z % 2]
    for z in found:
        if z > 1000:
            print("large", z)
    return len(found)
class Class_{i}:
    value = function_{i}(1)
    def method(self, n):
        return {{"n": n, "text": f"{{n}} of {{self.value}}"}}
counter_{i} = 0
for item in (1, 2):
    counter_{i} += item
text_{i} = ", ".join(str(one) for one in range(3))
try:
    first_{i} = Class_{i}().method(counter_{i})["n"]
except KeyError as error:
    first_{i} = None
pair_{i} = (first_{i}, text_{i}.upper())
"""  # 20 lines with the empty one


def figures() -> Iterator[Figure]:
    """Differences: every first run is of a text that was never seen."""
    namespace: dict[str, Any] = {}
    session = Session(namespace)
    names = count()
    cell_seconds("pass", namespace, session)

    def first() -> float:
        return cell_seconds(_text(next(names)), namespace, session)

    def plain_first() -> float:
        return plain_seconds(_text(next(names)), namespace, session)

    def again() -> float:
        return cell_seconds(_text(-1), namespace, session)

    def plain_again() -> float:
        return plain_seconds(_text(-1), namespace, session)

    again()
    new, new_plain, same, same_plain = interleaved(first, plain_first, again, plain_again, repetitions=9, seconds=15)
    yield Figure("200 lines, first run", (new - new_plain) * 1e3, "ms", 150, f"plain {new_plain * 1e3:.1f} ms")
    yield Figure("200 lines, again unchanged", (same - same_plain) * 1e3, "ms", 5, f"plain {same_plain * 1e3:.1f} ms")


def _text(version: int) -> str:
    text = "".join(BLOCK.format(i=i) for i in range(10)).strip()
    return f"version = {version}\n{text}"
