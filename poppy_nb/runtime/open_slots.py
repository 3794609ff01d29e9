"""Open slots: the places in containers that hold a placeholder, and what is still missing below a value."""

from __future__ import annotations

from collections import deque
from types import CellType, FunctionType, GeneratorType, ModuleType
from typing import Any

from poppy_nb.looking import attributes, fields, parts_of, slots

from . import frame_locals
from .placeholder import KINDS, KNOWN, PENDING, Placeholder, known
from .views import SHOWING, shown


_CONTAINERS = (list, dict, tuple, set, frozenset, deque)
_ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex, range, type, type(Ellipsis)})


class OpenSlots:
    """Knows which containers may hold placeholders. `count` is the number of slots that are open in all."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, placeholder: Placeholder, container: Any, hint: Any, stored: bool = False) -> None:
        """`container` holds `placeholder` at `hint`: an index, a key, an attribute's name. `stored`: put there now."""
        slots = placeholder.slots
        if slots is None:
            placeholder.slots = (container, hint)
        else:
            held, place = slots if type(slots) is tuple else slots[-1]
            if held is container:  # which is looked at again whenever something is put into it
                sequence = issubclass(type(container), (list, deque))
                if (place is hint or type(hint) is int and place == hint) and not (stored and sequence):
                    return
                if sequence:
                    # it stands there more than once, or has moved, and what is put where it stood before is another one of it
                    anywhere = (container, None)
                    if type(slots) is list:
                        slots[-1] = anywhere
                    else:
                        placeholder.slots = anywhere
                    return
            if type(slots) is list:
                slots.append((container, hint))
            else:
                placeholder.slots = [slots, (container, hint)]
        self.count += 1

    def adopt(self, container: Any) -> None:
        """A native operation made or changed `container`: enter the placeholders it holds now."""
        kind = type(container)
        if issubclass(kind, (list, deque)):
            for index, item in enumerate(parts_of(container)):
                if type(item) in KINDS:
                    self.put(container, index, item)
            return
        own: Any = container if issubclass(kind, dict) else fields(container)
        if own is not None:
            for key, item in list(dict.items(own)):
                if type(item) in KINDS:
                    self.put(own, key, item)
        for slot in slots(kind):
            try:
                item = slot.__get__(container)
            except AttributeError:  # an empty slot
                continue
            if type(item) in KINDS:
                self.put(container, slot.__name__, item)

    def adopt_part(self, container: Any, part: Any, behind: bool) -> None:
        """An operation has put `part`, or all that this container holds, into `container` (`behind` all else): enter what is new.

        To look at all of it for each new one would be quadratic.
        """
        kind = type(container)
        if issubclass(kind, (list, deque)):
            base: Any = list if issubclass(kind, list) else deque
            new = (part,) if type(part) in KINDS else parts_of(part)
            first = base.__len__(container) - len(new)
            if behind and first >= 0 and all(base.__getitem__(container, index) is item for index, item in enumerate(new, first)):
                for index, item in enumerate(new, first):
                    if type(item) in KINDS:
                        self.put(container, index, item, stored=True)
                return
        elif issubclass(kind, dict) and issubclass(type(part), dict):
            new = [(key, item) for key, item in dict.items(part) if type(item) in KINDS]
            if all(dict.get(container, key) is item for key, item in new):
                for key, item in new:
                    self.put(container, key, item)
                return
        self.adopt(container)

    def put(self, container: Any, hint: Any, item: Placeholder, stored: bool = False) -> None:
        """Fill the slot if the value is known, else enter it. `stored`: it has just been put there."""
        if item.state == KNOWN:
            replace(container, hint, item, known(item))
            item = known(item)
            if type(item) not in KINDS:
                return
        self.add(item, container, hint, stored)

    def put_cell(self, cell: CellType, item: Placeholder) -> None:
        """The same for a captured variable."""
        if item.state == KNOWN:
            cell.cell_contents = known(item)
        else:
            self.add(item, cell, None)

    def fill(self, placeholder: Placeholder, value: Any) -> None:
        """`placeholder` is known to be `value`: put it where it belongs."""
        slots = placeholder.slots
        placeholder.slots = None
        if slots is None:
            return
        if type(slots) is tuple:
            self.count -= 1
            replace(*slots, placeholder, value)
            return
        self.count -= len(slots)
        for container, hint in slots:
            replace(container, hint, placeholder, value)

    def missing(self, value: Any, deep: bool, items: bool = True) -> list[Placeholder]:
        """The pending placeholders that `value` is or holds: in its elements (`items`), or everywhere below (`deep`)."""
        value = known(value)
        if type(value) in KINDS:
            return [value]
        if not self.count or not items or type(value) in _ATOMS:
            return []
        found: list[Placeholder] = []
        self._missing(value, deep, found, set())
        return found

    def _missing(self, value: Any, deep: bool, found: list[Placeholder], seen: set[int]) -> None:
        if id(value) in seen:
            return
        seen.add(id(value))
        if type(value) in SHOWING:
            value = shown(value)
        if issubclass(type(value), _CONTAINERS):
            parts = parts_of(value)
        elif deep and not issubclass(type(value), ModuleType):  # through modules everything can be reached
            parts = attributes(value)
            if type(value) is FunctionType:
                parts += [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        else:
            return
        for part in parts:
            if type(part) in KINDS:
                part = known(part)
                if type(part) in KINDS and part.state == PENDING:
                    found.append(part)
                    continue
            if deep and type(part) not in _ATOMS:
                self._missing(part, deep, found, seen)


def replace(container: Any, hint: Any, placeholder: Placeholder, value: Any) -> None:
    """Put `value` where `container` holds `placeholder`; `hint` is where it was put at first."""
    kind = type(container)
    if issubclass(kind, list):
        if type(hint) is int and hint < list.__len__(container) and list.__getitem__(container, hint) is placeholder:
            list.__setitem__(container, hint, value)
            return
        for index, item in enumerate(list.__iter__(container)):
            if item is placeholder:
                list.__setitem__(container, index, value)
    elif issubclass(kind, dict):
        if dict.get(container, hint) is placeholder:
            dict.__setitem__(container, hint, value)
            return
        for key, item in list(dict.items(container)):
            if item is placeholder:
                dict.__setitem__(container, key, value)
    elif issubclass(kind, deque):
        if type(hint) is int and hint < deque.__len__(container) and deque.__getitem__(container, hint) is placeholder:
            deque.__setitem__(container, hint, value)
            return
        for index, item in enumerate(deque.__iter__(container)):
            if item is placeholder:
                deque.__setitem__(container, index, value)
    elif kind is CellType:
        try:
            if container.cell_contents is placeholder:
                container.cell_contents = value
        except ValueError:
            pass
    elif kind is GeneratorType:
        frame_locals.fill(container, hint)
    elif kind is FunctionType:
        if container.__defaults__ is not None:
            container.__defaults__ = tuple([value if one is placeholder else one for one in container.__defaults__])
    else:
        try:
            held = object.__getattribute__(container, hint)
        except AttributeError:
            return
        if held is placeholder:
            object.__setattr__(container, hint, value)


__all__ = ["OpenSlots", "replace"]
