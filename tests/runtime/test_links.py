"""Chains and links by themselves."""

from __future__ import annotations

from typing import Any

from poppy_nb.runtime.chains import WRITE, Chains, Entry


def test_a_circle_of_links_goes_with_the_last_entry() -> None:
    """One list is brought to another, and that to it: nothing is left, and nothing is taken out twice."""
    chains = Chains()
    one: list[Any] = []
    other: list[Any] = []
    entry = Entry(id(one), WRITE, (1,), None)
    chains.add(entry)
    chains.link(id(one), other, (1,))
    chains.link(id(other), one, (2,))
    chains.remove(entry)
    assert chains.of == {}
