"""Loads of variables and attributes that wait for an earlier write: what they may give, and when they can."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from poppy_nb.numbers import Numbers

from . import counters, families, links, open_values
from .chains import READ, STORE, WRITE, Key, Position
from .engine import Engine, here
from .links import DELETED
from .placeholder import OURS, PendingAtom, Placeholder, is_ours, known
from .strands import WAITING, Strand


if TYPE_CHECKING:
    from .open_values import OpenValues
    from .strands import Operation

ABSENT = object()  # what a deferred read of an attribute finds if the instance has none


def read_later(engine: Engine, key: Key, get: Callable[[], Any], label: str, again: Callable[[], Any] | None,
               whole: int | None = None, waits: Key = None) -> Any:  # fmt: skip
    """A placeholder for the value of a location behind a write that is still open.

    Of an attribute, `whole` is the location of the object, which may be written as well; `waits` the one on which it waits first.
    """
    told = open_values.of(engine.chains, key, _here(engine)) if whole is None else None
    if told is None:
        held, writers, atom, number = _may_hold(engine, [key] if whole is None else [key, whole], get)
    else:
        held, atom, number = _may_be_of_many(told, get)
    op = engine.operation("load", label, here())
    engine.enter(op, key if waits is None else waits, READ, inside=WRITE)  # what is done to its answer is told to nobody else
    op.result = PendingAtom(op, ()) if atom else Placeholder(op, held)
    if number is not None and atom:
        op.result.shape = number
        op.harmless = True
    families.widen(engine.chains, op.result, op.position)
    if told is not None and told.writers and not atom:
        op.result.classes = None if told.classes is None else tuple(told.classes)
        op.result.shape = OURS if told.ours else None
    elif told is None and held is not None and not atom:
        _of_writers(op.result, writers)

    def run() -> None:
        if whole is not None and _waits_on(engine, op, key, whole):
            return
        last = engine.chains.last_write(key, op.position)
        try:
            value = get() if last is None else known(last.value) if last.value is not DELETED else deleted(label)
            if value is ABSENT and again is not None:
                from . import natives

                natives.run_as_strand(engine, op, again)
                return
        except BaseException as error:
            engine.fail_operation(op, error)
        else:
            engine.finish_operation(op, value)

    op.run = run
    engine.attempt(op)
    return known(op.result)


def _waits_on(engine: Engine, op: Operation, key: Key, whole: int) -> bool:
    """Whether the load of an attribute has to wait once more: what it waited for may have brought other writes before it."""
    last = engine.chains.last_write(key, op.position)
    around = engine.chains.conflict(whole, READ, op.position, op)
    if around is not None and (last is None or last.position < around.position):
        wait: Key = whole
    elif last is not None and last.access != STORE:
        wait = key
    else:
        return False
    if all(entry.key != wait for entry in op.entries):
        engine.enter(op, wait, READ, inside=WRITE)
    op.state = WAITING
    engine.attempt(op)
    return True


def deleted(label: str) -> Any:
    """The value of a variable that an open write unbinds."""
    raise NameError(f"name '{label}' is not defined", name=label)


def _here(engine: Engine) -> Position:
    return (*engine.current.path, engine.current.count + 1)


def _may_be_of_many(told: OpenValues, get: Callable[[], Any]) -> tuple[tuple[Any, ...], bool, Numbers | None]:
    """What a location may hold, of which very many writes have been summed up; whether that is an atom, which number it is."""
    found, atom = told.values(), told.atoms
    number = None
    try:
        found.append(get())
        atom = atom and links.is_atom(found[-1])
        there = counters.kinds(known(found[-1]))
        number = Numbers(there | told.numbers) if there is not None and told.numbers is not None else None
    except BaseException:  # nothing is there, or what is there is nobody's to see
        atom = False
    return tuple({id(value): value for value in found}.values()), atom, number


def _may_hold(engine: Engine, keys: list[Key],
              get: Callable[[], Any]) -> tuple[tuple[Any, ...] | None, list[Any], bool, Numbers | None]:  # fmt: skip
    """The existing objects that a location may hold once the writes before the current place are through, None: unknown.

    And the strands that may put something new there, whether it can be nothing but a text or number, and if it is there and a
    number, of which kinds.
    """
    position = _here(engine)
    opened = [links.open_writes(engine.chains, key, position) for key in keys]
    writers = [entry.holder for entries, _ in opened for entry in entries if entry.claim]
    found: list[Any] = []
    for key, (entries, _) in zip(keys, opened, strict=True):
        values = links.brought(key, entries)
        if values is None:
            return None, writers, False, None
        found += values
    atom = links.only_atoms(keys[0], opened[0][0]) and not any(entries for entries, _ in opened[1:])
    now = None
    if not opened[0][1]:
        try:
            now = get()
            found.append(now)
            atom = atom and links.is_atom(now)
        except BaseException:  # nothing is there, or what is there is nobody's to see
            atom = False
    number = counters.after(keys[0], opened[0][0], now, opened[0][1]) if atom else None
    return tuple({id(value): value for value in found}.values()), writers, atom, number


def _of_writers(result: Placeholder, writers: list[Any]) -> None:
    """What is said of the values of strands holds of what they store, too."""
    answers = [getattr(writer, "result", None) for writer in writers if type(writer) is Strand]
    if not answers:
        return
    classes = [None if answer is None else answer.classes for answer in answers]
    result.classes = None if None in classes else tuple(dict.fromkeys(one for each in classes for one in each or ()))
    result.shape = OURS if all(answer is not None and is_ours(answer.shape) for answer in answers) else None
