"""The check mode: an access that a parked strand has not claimed ends the run with an error."""

from __future__ import annotations

import pytest

from poppy_nb.runtime import claiming
from tests.equivalence import Different, check


CELL = """
notes, n, seen = [], 0, {}
class Box:
    count = 0
box = Box()
if ok(2):
    notes.append(n)
    n += 1
    seen[n] = notes
    box.count += 1
    print(n)
end = 1
"""


@pytest.mark.parametrize("lost", ["notes", "n", "seen", "box", "stdout"])
@pytest.mark.engine
def test_a_missing_claim_is_loud(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each claim of a branch is needed: without it the run ends with ClaimError."""
    original = claiming.footprint

    def forgetful(activations, heap, *rest):  # type: ignore[no-untyped-def]
        claims = original(activations, heap, *rest)
        names = heap.engine.root.scope.names
        lost_keys = {"n": (id(names), "n"), "stdout": "stdout", "box": (id(names["box"]), "count")} if "box" in names else {}
        key = lost_keys.get(lost) or id(names.get(lost))
        claims.modes.pop(key, None)
        return claims

    setup, cell = CELL.split("if ok", 1)
    check("if ok" + cell, setup=setup, orders=0)
    monkeypatch.setattr(claiming, "footprint", forgetful)
    with pytest.raises(Different, match="ClaimError"):
        check("if ok" + cell, setup=setup, orders=0)


@pytest.mark.engine
def test_what_is_born_needs_no_claim() -> None:
    """Objects that a strand makes itself, also in what it calls."""
    check(
        """
        def inner(x):
            made = [x]
            made.append({x: [x]})
            made[1][x].append(2)
            return made
        out = [inner(x) if ok(x) else 0 for x in (1, 2)]
        """.replace("\n        ", "\n"),
        orders=2,
    )
