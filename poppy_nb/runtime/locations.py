"""Locations in lists of accesses: an object stands for what it holds, and an attribute that somebody writes for itself."""

from __future__ import annotations

from typing import Any

from .chains import Key


class Attribute:
    """An attribute of an object."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: Any, name: str) -> None:
        self.owner = owner
        self.name = name


def location(value: Any) -> Key:
    """The key of what stands in a list of accesses."""
    return (id(value.owner), value.name) if type(value) is Attribute else id(value)


__all__ = ["Attribute", "location"]
