"""Where values flow in the methods of builtin containers and iterators."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import TYPE_CHECKING

from poppy_nb.runtime.footprint_functions import ordered
from poppy_nb.runtime.footprint_store import CONTAINERS, READ, WRITE
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, TUPLES, UNSORTED, Arguments, Atom, Kind, Value


if TYPE_CHECKING:
    from poppy_nb.runtime.footprint_natives import Natives


def _adding(spread: bool, moves: bool = False) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        stored = arguments.all()
        if spread:
            pairs = run.iterate(frozenset().union(*arguments.positional, arguments.rest), node)
            stored = pairs | frozenset().union(*arguments.keywords.values(), arguments.extra)
            if issubclass(receiver.type, dict):
                mappings = EMPTY
                for atom in run.open(frozenset().union(*arguments.positional, arguments.rest)):
                    mappings |= run.content(atom) if issubclass(atom.type or object, dict) else EMPTY
                stored = stored | mappings | run.iterate(pairs - mappings, node)
        if issubclass(receiver.type, (set, dict)):
            run.hash_key(run.substantial(stored), node)
        if issubclass(receiver.type, dict) and not spread and arguments.positional:
            others = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest)
            stored = run.as_key(arguments.positional[0]) | others.all()
        elif issubclass(receiver.type, set) and not spread:
            stored = run.as_key(stored)
        keys = _told(run, receiver, spread, arguments) if issubclass(receiver.type, dict) else None
        run.put(receiver, stored, moves, A_PLAIN if keys is None else keys, keys is not None)
        return A_PLAIN | (arguments.all() | run.content(receiver) if issubclass(receiver.type, dict) and not spread else EMPTY)

    return handler


def _told(run: Natives, receiver: Atom, spread: bool, arguments: Arguments) -> Value | None:
    """The keys that are put into a dict of which it is known what stands at each, which they are told of; None if it is not."""
    if arguments.rest or receiver.attributes is None or UNSORTED not in receiver.attributes:
        return None
    given = arguments.positional
    if not spread:
        key, default = (given[0], A_PLAIN.union(*given[1:])) if given else (EMPTY, EMPTY)
        return key if run.tell(receiver, key, default) else None
    told = run.told_of(arguments)
    if told is None:
        return None
    for name, value in told.items():
        run.tell(receiver, run.texts((name,)), value)
    return run.texts(told)


def _taking(changes: bool) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        run.touch(receiver, WRITE if changes else READ)
        content = run.content(receiver)
        keys = arguments.positional
        if issubclass(receiver.type, dict) and keys:
            run.hash_key(keys[0], node)
            counts = run.heap.counts(receiver.obj) if receiver.obj is not NEW and not changes and len(keys) == 2 else None
            if counts is not None:
                return run.value(counts) | run.added(receiver) | keys[1]
            known = run.one_scalar(keys[0])
            if known is not None and receiver.obj is not NEW and (found := run.item(receiver.obj, known)) is not None:
                content = run.value(found) | run.added(receiver)
        if issubclass(receiver.type, dict) and not keys:
            return run.tuple_of((node, "item"), [content, content])  # popitem
        return content | frozenset().union(A_PLAIN, *keys[1:], *arguments.keywords.values())

    return handler


def _removing(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, WRITE)
    if arguments.positional and run.substantial(run.content(receiver) | arguments.all()):
        run.compare("==", arguments.all(), run.content(receiver), node)
    return A_PLAIN


def _looking(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    if run.substantial(run.content(receiver) | arguments.all()):
        run.compare("==", arguments.all(), run.content(receiver), node)
    return A_PLAIN


def _view(pairs: bool) -> Callable[[Natives, Atom, Arguments, object], Value]:
    def handler(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
        run.touch(receiver, READ)
        content = run.content(receiver)
        return run.new(
            (node, receiver),
            Kind.ITERATOR,
            None,
            run.tuple_of((node, receiver, "item"), [content, content]) if pairs else content,
        ).single

    return handler


def _copied(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    return run.display(node, receiver.type if receiver.type in CONTAINERS | TUPLES else list, run.content(receiver))


def _combined(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, READ)
    content = run.content(receiver) | run.iterate(arguments.all(), node)
    run.hash_key(run.substantial(content), node)
    return run.display(node, set, content)


def _sort(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    run.touch(receiver, WRITE)
    ordered(run, Arguments([receiver.single], arguments.keywords), node)
    return A_PLAIN


def _send(run: Natives, receiver: Atom, arguments: Arguments, node: object) -> Value:
    if receiver.type is types.GeneratorType and receiver.obj is not NEW and arguments.all() - A_PLAIN:
        run.publish(arguments.all(), id(receiver.obj))
    run.grow_content(receiver, run.substantial(arguments.all()))
    return run.iterate(receiver.single, node)


METHODS: dict[str, Callable[[Natives, Atom, Arguments, object], Value]] = {
    **dict.fromkeys(("append", "add", "setdefault"), _adding(False)),
    **dict.fromkeys(("appendleft", "insert"), _adding(False, moves=True)),
    **dict.fromkeys(("extend", "update", "__ior__", "__iadd__"), _adding(True)),
    "extendleft": _adding(True, moves=True),
    **dict.fromkeys(("pop", "popleft", "popitem"), _taking(True)),
    "get": _taking(False),
    **dict.fromkeys(("remove", "discard", "clear", "reverse", "rotate", "difference_update", "move_to_end"), _removing),
    **dict.fromkeys(("index", "count", "__len__"), _looking),
    "items": _view(True), "keys": _view(False), "values": _view(False), "copy": _copied, "sort": _sort,
    **dict.fromkeys(("union", "intersection", "difference", "symmetric_difference"), _combined),
    **dict.fromkeys(("send", "__next__", "throw"), _send),
}  # fmt: skip
