"""Waiting until nobody before is to change what the steps of an iterator read."""

from __future__ import annotations

import csv
import gc
import types
from array import array
from collections import deque
from typing import Any

from poppy_nb import effects, tables
from poppy_nb.looking import is_a
from poppy_nb.plain import FILES, IN_MEMORY

from . import classes, files
from .chains import READ
from .engine import Engine, here
from .placeholder import Placeholder


def quiet(engine: Engine, target: Any) -> None:
    """Wait until no earlier write stands on `target`."""
    quiet_key(engine, id(target), target)
    if type(target) in FILES:
        path = files.path_of(target)
        strand = engine.current
        written = engine.written.open(_LINE, (target,))
        if written or path and engine.chains.conflict(f"file:{path}", READ, (*strand.path, strand.count + 1)) is not None:
            engine.in_order("a line of a file that is being written")
            if written:
                engine.written.close_dropped(_LINE, (target,))


_LINE = effects.Effect("a line", (effects.OBJECT,), (0,), resource="file", resource_mode=effects.Mode.READ, path=0, handle=True)


def quiet_key(engine: Engine, key: Any, keep: Any) -> None:
    """Wait until no earlier write stands on a location, of `keep`."""
    while True:
        strand = engine.current
        entry = engine.chains.conflict(key, READ, (*strand.path, strand.count + 1))
        if entry is None:
            return
        op = engine.operation("read", "iteration", here())
        op.result = Placeholder(op, ())
        op.keep = keep
        engine.enter(op, key, READ)
        op.run = lambda op=op: engine.finish_operation(op, None)
        engine.attempt(op)
        engine.force(op.result)


_READER = type(csv.reader(()))


def behind(iterator: Any) -> list[Any]:
    """The containers, arrays, files and iterators that the steps of a native iterator read or step."""
    if type(iterator) in FILES:
        return [iterator]
    found: list[Any] = []
    pending, seen = [iterator], {id(iterator)}
    while pending:
        one = pending.pop()
        for part in gc.get_referents(one):
            if id(part) in seen or type(part) is list and type(one) is _READER:  # the fields of a line
                continue
            seen.add(id(part))
            if type(part) is types.GeneratorType or type(part) in IN_MEMORY:
                continue  # its steps read what they need themselves; what it has besides is no item
            if is_a(part, (list, dict, set, deque, bytearray, array)) or type(part) in FILES:
                found.append(part)
            elif tables.has_readers(type(part)):
                found += [part, *tables.locations(part, write=False)]
            elif leads_on(part):
                pending.append(part)
                if type(part) is not tuple:
                    found.append(part)
    return found


def leads_on(part: Any) -> bool:
    """Whether steps go on to what this part of an iterator holds. Not so of the program's iterators: their methods read that."""
    return type(part) is tuple or type(classes.find(type(part), "__next__")) is types.WrapperDescriptorType
