"""Native operations in program order: at once if the operands are there and no hazard stands on them, else deferred."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import getitem
from typing import Any, NamedTuple

from poppy_nb import effects, numbers, validated
from poppy_nb.effects import DEEP, ELEMENTS, KEYS, VALIDATED, VALUE, Effect, depth_of
from poppy_nb.looking import is_a

from . import callbacks, counters, current, families, files, links, open_values, undo
from .chains import READ, WRITE, Key
from .engine import Engine, here
from .hazards import ATOMS, HOLDERS, accesses, classes_of, hazard, held_up, missing, resources, roots
from .locations import location
from .natives_now import NO_NAMES, OPEN, SET_ITEM, adopt_stored, changing, frozen, in_order, ready, run_now
from .placeholder import KINDS, KNOWN, Among, Exactly, PendingAtom, PendingChoice, Placeholder, known
from .strands import PARKED, STARTED, Kill, Operation, Strand


Again = Callable[[], Any]




def perform(effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None,
            again: Again) -> Any:  # fmt: skip
    """Run `function(*operands, **kwargs)`, of which `effect` holds, at the current place in the program.

    `again` does the same as an operation of generated code, for operands that turn out not to be plain when they are known.
    """
    engine = current.engine
    if engine.killing:
        raise Kill
    if not kwargs and ready(engine, effect, operands):
        return run_now(engine, effect, function, operands, None, engine.unretired > 0)
    operands = [known(v) if type(v) in KINDS else v for v in operands]  # what became known since it was evaluated
    if kwargs:
        kwargs = {k: known(v) for k, v in kwargs.items()}
    every = [*operands, *kwargs.values()] if kwargs else operands
    if effect.handle:
        effect = files.stepped(effect, operands[0])
    keys = resources(effect, operands)
    if keys and engine.written.open(effect, operands):
        effect = replace(effect, final=True)
    wanted = missing(engine, every, effect) if engine.unretired else ()
    if not wanted:
        if not all(effects.plain(known(value), depth_of(effect, i)) for i, value in enumerate(every)):
            return in_order(engine, function, operands, kwargs)
        if not engine.unretired:
            return run_now(engine, effect, function, operands, kwargs, False)
        if not effect.final and not held_up(engine, keys) and not hazard(engine, accesses(every, effect, effect.writes)):
            return run_now(engine, effect, function, operands, kwargs, True)
    elif any(callbacks.may(value, depth_of(effect, i)) for i, value in enumerate(every)):
        if all(any(value is one for one in every) for value in wanted):
            for value in wanted:
                engine.force(value)
        else:
            engine.in_order(effect.name)  # a value that a container holds now may be taken out of it
        return again()
    if effect.final:
        return final(engine, effect, function, operands, kwargs or {}, keys)
    if effect.returns == "part" or effect.writes or hazard(engine, accesses(every, effect, ())):
        held: Sequence[Any] = operands
    else:
        # The operands as they are now: what comes later may change the originals without waiting
        held = [frozen(engine, value, depth_of(effect, i)) for i, value in enumerate(operands)]
        kwargs = {k: frozen(engine, v, DEEP) for k, v in kwargs.items()} if kwargs else kwargs
    return defer(engine, effect, effect.writes, function, held, kwargs, again, effect.name, keys)


_OUTPUT = frozenset({"stdout", "logging"})  # printing does not fail where the texts are there and the stream is the cell's


def final(engine: Engine, effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any],
          keys: Sequence[tuple[Any, int]]) -> Any:  # fmt: skip
    """What cannot be undone happens when it retires; with its operands as they are now."""
    engine.retire()
    if not engine.unretired:
        return run_now(engine, effect, function, operands, kwargs, False)
    every = [*operands, *kwargs.values()]
    op = engine.operation("effect", effect.name, here())
    op.final = True
    op.harmless = effect.resource in _OUTPUT and (not effect.writes or files.is_standard(operands[0]))
    if not hazard(engine, accesses(every, effect, ())):
        operands = [frozen(engine, v, depth_of(effect, i)) for i, v in enumerate(operands)]
        kwargs = {k: frozen(engine, v, DEEP) for k, v in kwargs.items()}
        every = [*operands, *kwargs.values()]
    answer: Any = None
    if effect.returns != "none":
        answer = op.result = Placeholder(op, ())
        answer.row = effect
    if any(type(v) in KINDS for v in every):
        op.touches = lambda: accesses([known(v) for v in every], effect, effect.writes)
    op.keep = []
    for value, access in accesses(every, effect, effect.writes):
        op.keep.append(value)
        engine.enter(op, location(value), access)
    for key, access in keys:
        engine.enter(op, key, access)
    if effect.writes and effect.stores:
        _link_stored(engine, op, every, effect.writes)
    op.ready = True  # when it retires, everything before it is known

    def run() -> None:
        values = [known(v) for v in operands]
        named = {k: known(v) for k, v in kwargs.items()}
        engine.written.close_dropped(effect, values)
        if effect.writes and effect.resource in files.RESOURCES:
            engine.written.add(values[effect.writes[0]])
        try:
            result = function(*values, **named)
        except BaseException as error:
            engine.fail_operation(op, error)
        else:
            if effect.gives == "file":
                engine.written.add(result)
            engine.finish_operation(op, result)

    op.run = run
    return answer


def defer(engine: Engine, effect: Effect | None, writes: tuple[int, ...], function: Callable[..., Any], operands: Sequence[Any],
          kwargs: dict[str, Any] | None, again: Again, label: str, keys: Sequence[tuple[Any, int]] = (),
          effect_of: Callable[[Sequence[Any]], Effect | None] | None = None, atom: bool = False,
          puts: Sequence[Any] = ()) -> Any:  # fmt: skip
    """A native operation that waits for values or hazards; what it answers with now: a text or number if `atom`.

    `puts` is what it stores besides its operands, and need not be known for that.
    """
    if any(type(v) in KINDS and v.state == KNOWN for v in operands):
        operands = [known(v) for v in operands]  # while the operands behind them were made: entries are of what they are
    every = [*operands, *map(known, kwargs.values())] if kwargs else operands
    op = engine.operation("native", label, here())
    op.harmless = not kwargs and effect is not None and _certain(effect, operands)
    returns = effect.returns if effect is not None else "part"
    held = links.at_key(engine.chains, operands[0], operands[1], op.position) if function is getitem else None
    if returns == "part" and _by_key(effect, function, operands):
        atom = open_values.holds_atoms(engine.chains, operands[0], op.position)
        atom = atom or held is not None and all(map(links.is_atom, held))
    elif effect is not None and effect.name == SET_ITEM and counters.kinds(operands[2]) is not None:
        op.counts = counters.before(engine.chains, operands[0], operands[1], op.position)
    if returns == "none":
        answer: Any = None
    elif returns == "self":
        answer = operands[0]
    elif atom or returns == "atom":
        answer = op.result = PendingAtom(op, ())
        if returns == "atom":
            answer.shape = numbers.given_by(label)
        elif function is getitem:
            answer.shape = counters.at_key(engine.chains, operands[0], operands[1], op.position)
            op.harmless = answer.shape is not None
            if writes and op.harmless:
                op.counts = counters.before(engine.chains, operands[0], operands[1], op.position)
        elif effect is not None and effect.name == "dict.get" and len(operands) == 3 and type(operands[1]) in ATOMS:
            there, otherwise = counters.of_values(engine.chains, operands[0], op.position), counters.kinds(operands[2])
            if there is not None and otherwise is not None:
                answer.shape = numbers.Numbers(there | otherwise)
                op.harmless = True
    else:
        aliases: tuple[Any, ...] = tuple(v for v in every if type(v) not in ATOMS) if returns == "part" else ()
        if held is not None:
            aliases = tuple(v for v in held if type(v) not in ATOMS) or aliases
        if function is type and type(operands[0]) in KINDS:
            aliases = tuple(classes_of(operands[0]))
        options = _choices(engine, effect, function, operands) if returns == "part" else None
        if options is None:
            answer = op.result = Placeholder(op, aliases)
            families.widen(engine.chains, answer, op.position)
        else:
            answer = op.result = PendingChoice(op, tuple(v for v in options if type(v) not in ATOMS), options)
        if not aliases:
            answer.row = effect
        if effect is VALIDATED:
            answer.classes = validated.made(function)
            cls = validated.exactly(function)
            answer.shape = Exactly(cls) if cls is not None else None
    waiting = _Deferred(engine, op, effect, writes, function, operands, kwargs, every, again, returns, effect_of)
    kinds = set(map(type, every))
    pending = not _ATOMS.issuperset(kinds) and not KINDS.isdisjoint(kinds)
    deep = effect is not None and any(is_a(v, HOLDERS) and depth_of(effect, i) >= ELEMENTS for i, v in enumerate(operands))
    if pending or deep:
        op.touches = waiting.touches  # what stands in a container may be another object by then
    if writes:
        for index in writes:
            for one in roots(operands[index]) if type(operands[index]) in KINDS else ():
                if type(one) in KINDS and not (type(one.shape) is Among and function is setattr and operands[1] != "__class__"):
                    one.shape = None  # what is known of it may end here
    touched = accesses(every, effect, writes)
    seen: set[tuple[Key, int]] = set()
    keep = []
    unknown = False
    # what only adds to a container does not look at what is in it, and what changes one does not change that
    adds = returns == "none" and effect is not None and all(depth_of(effect, index) <= KEYS for index in writes)
    for value, access in touched:
        if (key := location(value), access) not in seen:
            seen.add((key, access))
            keep.append(value)
            inside = None
            if access == WRITE and (adds or effect is not None and type(value) in _CONTAINERS):
                inside = 0 if adds else READ
            engine.enter(op, key, access, None, inside)
        if type(value) in KINDS and value.aliases is None and not unknown:
            unknown = True
            engine.enter_everything(op)
    if pending:
        needed = [v for v in every if type(v) in KINDS and v.aliases] if effect is None else missing(engine, every, effect)
        guesses = [v for v in needed if v.aliases and any(v is one for one in every)]
        if guesses and not unknown:
            op.guesses = guesses, {key for key, _ in seen}
    for key, mode in keys:
        engine.enter(op, key, mode)
    op.keep = keep
    if writes and (effect is None or effect.stores):
        _link_stored(engine, op, [*every, *puts], writes)
    op.needs = waiting.needs
    op.run = waiting.run
    engine.attempt(op)
    return known(answer)


_ATOMS = ATOMS | {PendingAtom}
_CONTAINERS = counters.KEYED | {list, set, deque}


def _certain(effect: Effect, operands: Sequence[Any]) -> bool:
    """Whether an operation that waits for others only cannot fail: no `try` has to wait for it."""
    certain = _CERTAIN.get(effect.name)
    if certain is None or type(operands[0]) not in certain.kinds or len(operands) not in certain.operands:
        return False
    return not certain.by_key or type(operands[1]) in ATOMS


class _Certain(NamedTuple):
    """When it cannot fail: of these containers, with so many operands, and if `by_key` with a key that has a hash."""

    kinds: Sequence[type]
    operands: Sequence[int]
    by_key: bool = True


_DICTS = (dict, defaultdict, Counter)  # an OrderedDict has methods of its own
_CERTAIN = {
    "list.append": _Certain((list,), (2,), by_key=False),
    "deque.append": _Certain((deque,), (2,), by_key=False),
    "deque.appendleft": _Certain((deque,), (2,), by_key=False),
    SET_ITEM: _Certain(tuple(counters.KEYED), (3,)),
    "dict.setdefault": _Certain(_DICTS, (2, 3)),
    "dict.get": _Certain(_DICTS, (2, 3)),
    "dict.pop": _Certain(_DICTS, (3,)),
    "set.add": _Certain((set,), (2,)),
    "set.discard": _Certain((set,), (2,)),
}

_MOST = 64  # values among which one is chosen


def _choices(engine: Engine, effect: Effect | None, function: Any, operands: Sequence[Any]) -> tuple[Any, ...] | None:
    """What `d[key]` or `d.get(key)`, which wait for the key, may give: any of the values, if these are there and not too many."""
    if function is not getitem and (effect is None or effect.name != "dict.get"):
        return None
    container = operands[0]
    if type(container) is not dict or not 0 < len(container) <= _MOST:
        return None
    found = (*container.values(), *operands[2:])
    if any(type(one) in KINDS for one in found) or hazard(engine, [(container, READ)]):
        return None
    return found


def _by_key(effect: Effect | None, function: Any, operands: Sequence[Any]) -> bool:
    """Whether it gives what one key of a container holds, or another text or number."""
    if function is getitem:
        return type(operands[0]) is not list or type(operands[1]) is int
    return effect is not None and effect.name == "dict.get" and all(map(links.is_atom, operands[2:]))


_UNHASHABLE = frozenset({list, dict, set, deque, bytearray})


def _mere_key(value: Any) -> bool:
    """Whether a pending key can be nothing that can change: it is hashable, so no list, dict or set."""
    if type(value) not in KINDS:
        return False
    may = [one for one in roots(value) if type(one) not in _UNHASHABLE]
    return all(type(one) in KINDS and one.classes == () and one.aliases is not None for one in may)


def _link_stored(engine: Engine, op: Operation, operands: Sequence[Any], writes: tuple[int, ...]) -> None:
    """What an operation that waits will put into what it changes."""
    keyed = op.label == SET_ITEM and _mere_key(operands[1])
    op.stored = links.stored(value for index, value in enumerate(operands) if index not in writes and not (keyed and index == 1))
    if op.stored:
        changed = [known(operands[index]) for index in writes]
        links.link(engine, {id(one): None for value in changed for one in roots(value)}, op.stored, op.position)


class _Deferred:
    """What a deferred operation will do. (Closures would make ten objects more, each of them work for the garbage collection.)"""

    __slots__ = (
        "again", "effect", "effect_of", "engine", "every", "function", "issued", "kwargs", "op", "operands", "returns", "writes",
    )  # fmt: skip

    def __init__(self, engine: Engine, op: Operation, effect: Effect | None, writes: tuple[int, ...],
                 function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None, every: Sequence[Any],
                 again: Again, returns: str, effect_of: Callable[[Sequence[Any]], Effect | None] | None) -> None:  # fmt: skip
        self.engine = engine
        self.op = op
        self.effect = self.issued = effect
        self.effect_of = effect_of
        self.writes = writes
        self.function = function
        self.operands = operands
        self.kwargs = kwargs
        self.every = every
        self.again = again
        self.returns = returns

    def needs(self) -> list[Placeholder]:
        """The placeholders that it waits for."""
        found = missing(self.engine, self.every, self.effect)
        if not found and self.effect is None and self.effect_of is not None:
            self.effect = self.effect_of([known(v) for v in self.every])
            if self.effect is not None:
                found = missing(self.engine, self.every, self.effect)
        return found

    def touches(self) -> list[tuple[Any, int]]:
        """What it touches, now that its operands are known."""
        return accesses([known(v) for v in self.every], self.effect, self.writes)

    def run(self) -> None:
        """Do it."""
        engine, op, effect = self.engine, self.op, self.effect
        now = [known(v) for v in self.every]
        if (
            effect is None
            or effect.model
            or effect.final
            or engine.written.open(effect, now)
            or not ATOMS.issuperset(map(type, now))
            and not all(effects.plain(v, depth_of(effect, i)) for i, v in enumerate(now))
        ):
            run_as_strand(engine, op, self.again)
            return
        try:
            values = [known(v) for v in self.operands] if self.kwargs else now
            named = {k: known(v) for k, v in self.kwargs.items()} if self.kwargs else NO_NAMES
            take_back = undo.before(effect.name, values, named) if changing(effect) else None
            result = self.function(*values, **named)
        except BaseException as error:
            engine.fail_operation(op, error)
            return
        if take_back is not None:
            op.take_back = ((take_back, values[effect.writes[0]] if effect.writes else None),)
            if effect.writes:
                adopt_stored(engine, effect, values, effect.writes[0])
        if self.issued is None and self.returns != "none" and effect.returns == "self":
            result = values[0]
        if effect.gives == "file":
            engine.written.add(result)
        if issubclass(type(result), OPEN) and self.returns != "self":
            engine.slots.adopt(result)
        if type(result) is tuple and any(type(part) in KINDS for part in result):
            _finish_when_whole(engine, op, result)
        else:
            engine.finish_operation(op, result)


def _finish_when_whole(engine: Engine, op: Operation, parts: tuple[Any, ...]) -> None:
    """A tuple of what a container holds, made natively: it cannot be filled later."""
    pending = [part for part in parts if type(part) in KINDS]

    def one_known() -> None:
        if not any(type(known(part)) in KINDS for part in pending) and op.state == STARTED:
            engine.finish_operation(op, tuple(map(known, parts)))

    for part in pending:
        part.when_known(one_known)


def run_as_strand(engine: Engine, op: Operation, again: Again) -> None:
    """The operation calls the user's code, or what it does is known only now: do it again, mediated, at its place."""
    for entry in op.entries:
        engine.chains.remove(entry)
        entry.claim = True  # what the strand itself does inside does not wait for it
        engine.chains.add(entry)
    runner = Strand(op.strand, op.position, "operation")
    runner.operation = op
    op.runner = runner
    runner.parked = True
    runner.state = PARKED
    runner.wake = (again, (), {})
    engine.wake(runner)


def perform_list(values: list[Any], function: Callable[[Sequence[Any]], Any], label: str) -> Any:
    """`function(values)` when the values themselves are known."""
    row = Effect(label, (VALUE,), returns="part", model="mediated")  # deferred, it runs in a strand: it may iterate what is given
    return perform(row, lambda *now: function(now), values, None, lambda: function([known(v) for v in values]))


_IDENTITY = Effect("read", (DEEP,), returns="part")
