"""Native operations in program order: at once if the operands are there and no hazard stands on them, else deferred."""

from __future__ import annotations

import operator as native_operator
import random
import sys
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import DEEP, ELEMENTS, VALUE, Effect, depth_of

from . import current, undo
from .chains import READ, WRITE
from .engine import Engine, here
from .placeholder import KINDS, PendingTuple, Placeholder, known
from .strands import PARKED, Kill, Operation, Strand


ATOMS = frozenset({str, int, float, bool, bytes, type(None), complex, range})
_PLAIN = frozenset({str, int, float, bool, bytes, type(None), complex})
MUTABLE = (list, dict, set, deque, bytearray)

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": native_operator.add, "-": native_operator.sub, "*": native_operator.mul, "/": native_operator.truediv,
    "//": native_operator.floordiv, "%": native_operator.mod, "**": native_operator.pow, "@": native_operator.matmul,
    "<<": native_operator.lshift, ">>": native_operator.rshift, "&": native_operator.and_, "|": native_operator.or_,
    "^": native_operator.xor,
}  # fmt: skip
INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": native_operator.iadd, "-": native_operator.isub, "*": native_operator.imul, "/": native_operator.itruediv,
    "//": native_operator.ifloordiv, "%": native_operator.imod, "**": native_operator.ipow, "@": native_operator.imatmul,
    "<<": native_operator.ilshift, ">>": native_operator.irshift, "&": native_operator.iand, "|": native_operator.ior,
    "^": native_operator.ixor,
}  # fmt: skip
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": native_operator.eq, "!=": native_operator.ne, "<": native_operator.lt, "<=": native_operator.le,
    ">": native_operator.gt, ">=": native_operator.ge, "is": native_operator.is_, "is not": native_operator.is_not,
    "in": lambda a, b: a in b, "not in": lambda a, b: a not in b,
}  # fmt: skip
UNARY: dict[str, Callable[[Any], Any]] = {
    "-": native_operator.neg, "+": native_operator.pos, "~": native_operator.invert, "not": native_operator.not_,
}  # fmt: skip

_SIMPLE = _PLAIN | {list, dict, tuple, slice}
Again = Callable[[], Any]


def roots(value: Any) -> list[Any]:
    """A placeholder and what it may be part of: a change through one is a change of all."""
    found = [value]
    seen = {id(value)}
    for root in found:  # grows: a part of a part is a part
        for one in root.aliases or () if type(root) in KINDS else ():
            one = known(one)
            if id(one) not in seen and (type(one) in KINDS or isinstance(one, MUTABLE) or hasattr(one, "__dict__")):
                seen.add(id(one))
                found.append(one)
    return found


def accesses(operands: Sequence[Any], effect: Effect | None, writes: tuple[int, ...]) -> list[tuple[Any, int]]:
    """Which objects an operation reads and writes: `(object, access)`."""
    found: list[tuple[Any, int]] = []
    for index, value in enumerate(operands):
        access = WRITE if index in writes else READ
        kind = type(value)
        if kind in ATOMS:
            continue
        depth = DEEP if effect is None else depth_of(effect, index)
        if kind in KINDS:
            found.extend((one, access) for one in roots(value))
            if depth == DEEP:
                seen = {id(one) for one, _ in found}
                for one in roots(value):
                    if isinstance(one, list | tuple | dict | set | frozenset | deque):
                        below(one, found, seen)
            continue
        if access == READ and depth < VALUE:
            continue
        found.append((value, access))
        if depth == DEEP and isinstance(value, list | tuple | dict | set | frozenset | deque):
            below(value, found, {id(value)})
    return found


def below(value: Any, found: list[tuple[Any, int]], seen: set[int]) -> None:
    """The containers below a container, as read."""
    for part in list(dict.values(value)) if isinstance(value, dict) else list(value):
        kind = type(part)
        if kind in ATOMS or id(part) in seen:
            continue
        seen.add(id(part))
        if kind in KINDS:
            part = known(part)
            if type(part) in KINDS:
                found.extend((one, READ) for one in roots(part))
                continue
        if isinstance(part, list | tuple | dict | set | frozenset | deque):
            found.append((part, READ))
            below(part, found, seen)
        elif hasattr(part, "__dict__"):
            found.append((part, READ))


def missing(engine: Engine, operands: Sequence[Any], effect: Effect | None) -> list[Placeholder]:
    """The placeholders whose values an operation needs before it can run."""
    found: list[Placeholder] = []
    for index, value in enumerate(operands):
        depth = VALUE if effect is None else depth_of(effect, index)
        if depth == 0:
            continue
        value = known(value)
        if type(value) in KINDS:
            found.append(value)
        elif depth >= ELEMENTS and engine.slots.count:
            found.extend(engine.slots.missing(value, deep=depth >= DEEP))
    return found


def hazard(engine: Engine, touched: Sequence[tuple[Any, int]]) -> bool:
    """Whether an earlier entry stands on one of these objects."""
    chains = engine.chains
    if not chains.of and not chains.everything:
        return False
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    for value, access in touched:  # noqa: SIM110  # a generator would cost a frame in a hot path
        if chains.conflict(id(value), access, position) is not None:
            return True
    return False


_RANDOM = getattr(random, "_inst", None)


def resources(effect: Effect) -> list[tuple[Any, int]]:
    """The resources that an operation is ordered on, as keys of chains."""
    if effect.resource is None:
        return []
    mode = READ if effect.resource_mode == effects.Mode.READ else WRITE
    keys: list[tuple[Any, int]] = [(effect.resource, mode), ("world", READ)]
    if effect.resource == "random":
        keys.append((id(_RANDOM), WRITE))  # the module's functions are methods of one object: claims may name that instead
    kept = kept_in(effect.resource)
    if kept is not None:
        keys.append((id(kept), WRITE))
    return keys


def kept_in(resource: str) -> list[Any] | None:
    """The list of the program's into which what goes to a resource is put: `warnings.catch_warnings(record=True)`."""
    if resource != "warnings":
        return None
    put = getattr(sys.modules.get("warnings"), "_showwarnmsg_impl", None)
    kept = getattr(put, "__self__", None)
    return kept if type(kept) is list else None


def held_up(engine: Engine, keys: Sequence[tuple[Any, int]]) -> bool:
    """Whether an earlier entry stands on one of these resources."""
    if not keys or not (engine.chains.of or engine.chains.everything):
        return False
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    return any(engine.chains.conflict(key, access, position) is not None for key, access in keys)


def perform(effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None,
            again: Again) -> Any:  # fmt: skip
    """Run `function(*operands, **kwargs)`, of which `effect` holds, at the current place in the program.

    `again` does the same as an operation of generated code, for operands that turn out not to be plain when they are known.
    """
    engine = current.engine
    if engine.killing:
        raise Kill
    operands = [known(v) if type(v) in KINDS else v for v in operands]  # what became known since it was evaluated
    if kwargs:
        kwargs = {k: known(v) for k, v in kwargs.items()}
    every = [*operands, *kwargs.values()] if kwargs else operands
    keys = resources(effect)
    wanted = missing(engine, every, effect) if engine.unretired else ()
    if not wanted:
        if not all(effects.plain(known(value), depth_of(effect, i)) for i, value in enumerate(every)):
            return in_order(engine, function, operands, kwargs)
        if not engine.unretired:
            return run_now(engine, effect, function, operands, kwargs, False)
        if not effect.final and not held_up(engine, keys) and not hazard(engine, accesses(every, effect, effect.writes)):
            return run_now(engine, effect, function, operands, kwargs, True)
    if effect.final:
        return final(engine, effect, function, operands, kwargs or {}, keys)
    if effect.returns == "part" or effect.writes or hazard(engine, accesses(every, effect, ())):
        held: Sequence[Any] = operands
    else:
        # The operands as they are now: what comes later may change the originals without waiting
        held = [frozen(engine, value, depth_of(effect, i)) for i, value in enumerate(operands)]
        kwargs = {k: frozen(engine, v, DEEP) for k, v in kwargs.items()} if kwargs else kwargs
    return defer(engine, effect, effect.writes, function, held, kwargs, again, effect.name, keys)


def final(engine: Engine, effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any],
          keys: Sequence[tuple[Any, int]]) -> Any:  # fmt: skip
    """What cannot be undone happens when it retires; with its operands as they are now."""
    engine.retire()
    if not engine.unretired:
        return run_now(engine, effect, function, operands, kwargs, False)
    every = [*operands, *kwargs.values()]
    op = engine.operation("effect", effect.name, here())
    op.final = True
    if not hazard(engine, accesses(every, effect, ())):
        operands = [frozen(engine, v, depth_of(effect, i)) for i, v in enumerate(operands)]
        kwargs = {k: frozen(engine, v, DEEP) for k, v in kwargs.items()}
        every = [*operands, *kwargs.values()]
    answer: Any = None
    if effect.returns != "none":
        answer = op.result = Placeholder(op, ())
    op.keep = [value for value, _ in accesses(every, effect, effect.writes)]
    for value, access in accesses(every, effect, effect.writes):
        engine.enter(op, id(value), access)
    for key, access in keys:
        engine.enter(op, key, access)
    op.ready = True  # when it retires, everything before it is known

    def run() -> None:
        values = [known(v) for v in operands]
        named = {k: known(v) for k, v in kwargs.items()}
        try:
            result = function(*values, **named)
        except BaseException as error:
            engine.fail_operation(op, error)
        else:
            engine.finish_operation(op, result)

    op.run = run
    return answer


def frozen(engine: Engine, value: Any, depth: int) -> Any:
    """A copy of an exact builtin container, as deep as it will be read; other things as they are."""
    kind = type(value)
    if depth < VALUE or kind not in (list, dict, set):
        return value
    if kind is set:
        return set(value)
    if depth == DEEP:
        copy: Any = _deep(value, {})
        _adopt_deep(engine, copy, set())
        return copy
    copy = value.copy()
    engine.slots.adopt(copy)
    return copy


def _deep(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind is not list and kind is not dict:
        return value
    if id(value) in memo:
        return memo[id(value)]
    if kind is list:
        made: Any = []
        memo[id(value)] = made
        made.extend(_deep(v, memo) for v in value)
    else:
        made = {}
        memo[id(value)] = made
        for key, item in value.items():
            made[key] = _deep(item, memo)
    return made


def _adopt_deep(engine: Engine, value: Any, seen: set[int]) -> None:
    if type(value) not in (list, dict) or id(value) in seen:
        return
    seen.add(id(value))
    engine.slots.adopt(value)
    for part in value if type(value) is list else value.values():
        if type(part) in (list, dict):
            _adopt_deep(engine, part, seen)


def run_now(engine: Engine, effect: Effect, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None,
            log: bool) -> Any:  # fmt: skip
    """Everything is there: run it, remember how to undo it, and enter what it left open."""
    values = [known(v) if type(v) in KINDS else v for v in operands]
    changes = log and changing(effect)
    take_back = undo.before(effect.name, values) if changes else None
    named = {k: known(v) for k, v in kwargs.items()} if kwargs else {}
    result = function(*values, **named) if named else function(*values)
    if take_back is not None:
        target = values[effect.writes[0]] if effect.writes else None
        engine.undoable(take_back, target, id(target) if effect.writes else effect.resource)
    if engine.slots.count or log:
        for index in effect.writes:
            if type(values[index]) not in ATOMS:
                _adopt_stored(engine, values, index)
        if isinstance(result, list | dict | deque) and effect.returns != "self":
            engine.slots.adopt(result)
    return known(result) if type(result) in KINDS else result


def changing(effect: Effect) -> bool:
    """Whether an operation changes something that has to be taken back."""
    return bool(effect.writes) or (effect.resource is not None and effect.resource_mode == effects.Mode.WRITE)


def _adopt_stored(engine: Engine, values: Sequence[Any], index: int) -> None:
    """What was stored is among the operands: look at the container only if one of them is or holds a placeholder."""
    container = values[index]
    for other in values:
        if other is container:
            continue
        if type(other) in KINDS:
            if type(container) is list and container and container[-1] is other:
                engine.slots.put(container, len(container) - 1, other)
            elif isinstance(container, dict) and len(values) == 3:
                engine.slots.put(container, values[1], other)
            else:
                engine.slots.adopt(container)
            return
        if engine.slots.count and isinstance(other, list | dict | deque):
            engine.slots.adopt(container)
            return


def in_order(engine: Engine, function: Callable[..., Any], operands: Sequence[Any], kwargs: dict[str, Any] | None) -> Any:
    """Unknown code: when everything before has retired, natively."""
    engine.in_order("unknown code")
    engine.whole([*operands, *(kwargs or {}).values()])
    from . import callers

    return callers.now(engine, function)(*[known(v) for v in operands], **{k: known(v) for k, v in (kwargs or {}).items()})


def defer(engine: Engine, effect: Effect | None, writes: tuple[int, ...], function: Callable[..., Any], operands: Sequence[Any],
          kwargs: dict[str, Any] | None, again: Again, label: str, keys: Sequence[tuple[Any, int]] = (),
          effect_of: Callable[[Sequence[Any]], Effect | None] | None = None) -> Any:  # fmt: skip
    """A native operation that waits for values or hazards; what it answers with now."""
    every = [*operands, *kwargs.values()] if kwargs else operands
    issued = effect
    op = engine.operation("native", label, here())
    returns = effect.returns if effect is not None else "part"
    if returns == "none":
        answer: Any = None
    elif returns == "self":
        answer = operands[0]
    else:
        aliases = tuple(v for v in every if type(v) not in ATOMS) if returns == "part" else ()
        answer = op.result = Placeholder(op, aliases)
    touched = accesses(every, effect, writes)
    seen: set[tuple[int, int]] = set()
    keep = []
    unknown = False
    for value, access in touched:
        if (id(value), access) not in seen:
            seen.add((id(value), access))
            keep.append(value)
            engine.enter(op, id(value), access)
        if type(value) in KINDS and value.aliases is None and not unknown:
            unknown = True
            engine.enter_everything(op)
    for key, mode in keys:
        engine.enter(op, key, mode)
    op.keep = keep

    def needs() -> list[Placeholder]:
        nonlocal effect
        found = missing(engine, every, effect)
        if not found and effect is None and effect_of is not None:
            effect = effect_of([known(v) for v in every])
            if effect is not None:
                found = missing(engine, every, effect)
        return found

    op.needs = needs
    if any(type(v) in KINDS for v in every):
        op.touches = lambda: accesses([known(v) for v in every], effect, writes)

    def run() -> None:
        if (
            effect is None
            or effect.model
            or effect.final
            or not all(effects.plain(known(v), depth_of(effect, i)) for i, v in enumerate(every))
        ):
            run_as_strand(engine, op, again)
            return
        try:
            values = [known(v) for v in operands]
            named = {k: known(v) for k, v in kwargs.items()} if kwargs else None
            take_back = undo.before(effect.name, values) if changing(effect) else None
            result = function(*values, **named) if named else function(*values)
        except BaseException as error:
            engine.fail_operation(op, error)
            return
        if take_back is not None:
            op.take_back.append((take_back, values[effect.writes[0]] if effect.writes else None))
            if effect.writes:
                _adopt_stored(engine, values, effect.writes[0])
        if issued is None and returns != "none" and effect.returns == "self":
            result = values[0]
        if isinstance(result, list | dict | deque) and returns != "self":
            engine.slots.adopt(result)
        engine.finish_operation(op, result)

    op.run = run
    engine.attempt(op)
    return known(answer)


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


# --- operators


def _operator(kind: str, symbol: str, function: Callable[..., Any], operands: tuple[Any, ...], again: Again) -> Any:
    """An operator on operands of which at least one is not a plain number or string."""
    engine = current.engine
    if not engine.unretired and not engine.chains.of and all(map(_SIMPLE.__contains__, map(type, operands))):
        effect = effects.operator(kind, symbol, *map(type, operands))
        if effect is not None and effect.model is None and depth_of(effect, 0) <= VALUE and depth_of(effect, 1) <= VALUE:
            return function(*operands)  # nothing is in flight, and nothing of the user's can be called
    if engine.killing:
        raise Kill
    operands = tuple(known(v) if type(v) in KINDS else v for v in operands)
    if any(type(v) in KINDS for v in operands[:2]):
        writes = (0,) if kind in ("inplace", "setitem", "delitem") else ()
        return defer(engine, None, writes, function, operands, None, again, f"{kind} {symbol}", (),
                     lambda now: effects.operator(kind, symbol, *map(type, now)))  # fmt: skip
    effect = effects.operator(kind, symbol, *map(type, operands))
    if effect is not None:
        if effect.model is not None:
            from . import models_glue

            return models_glue.operator(engine, effect, function, operands, again)
        return perform(effect, function, operands, None, again)
    from . import classes

    return classes.special(kind, symbol, function, operands)


def binary(symbol: str, a: Any, b: Any) -> Any:
    """`a + b` and the like."""
    function = BINARY[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    return _operator("binary", symbol, function, (a, b), lambda: binary(symbol, a, b))


def inplace(symbol: str, a: Any, b: Any) -> Any:
    """`a += b` and the like: the value to be stored."""
    function = INPLACE[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    return _operator("inplace", symbol, function, (a, b), lambda: inplace(symbol, a, b))


def compare(symbol: str, a: Any, b: Any) -> Any:
    """One comparison, `in` and `is` included."""
    function = COMPARE[symbol]
    if type(a) in _PLAIN and type(b) in _PLAIN:
        return function(a, b)
    if symbol in ("is", "is not"):
        a, b = known(a), known(b)
        if type(a) in KINDS or type(b) in KINDS:
            return perform(_IS, function, (a, b), None, lambda: compare(symbol, a, b))
        return function(a, b)
    return _operator("compare", symbol, function, (a, b), lambda: compare(symbol, a, b))


def unary(symbol: str, a: Any) -> Any:
    """`-a`, `+a`, `~a`; `not a` is `not_`."""
    function = UNARY[symbol]
    if type(a) in _PLAIN:
        return function(a)
    if symbol == "not":
        return not_(a)
    return _operator("unary", symbol, function, (a,), lambda: unary(symbol, a))


def truth(value: Any) -> Any:
    """`bool(value)`: True, False, or a placeholder of that."""
    if value is True or value is False:
        return value
    if type(value) in _PLAIN:
        return bool(value)
    if type(value) in KINDS and current.engine.clocks:
        from . import dispatch

        dispatch.demand(value)
    return _operator("bool", "", bool, (value,), lambda: truth(value))


def not_(value: Any) -> Any:
    """`not value`."""
    result = truth(value)
    if result is True or result is False:
        return not result
    return perform(_NOT, native_operator.not_, (result,), None, lambda: not_(result))


def getitem(container: Any, key: Any) -> Any:
    """`container[key]`."""
    if type(container) is PendingTuple and type(key) is int:
        try:
            return known(container.parts[key])
        except IndexError:
            raise IndexError("tuple index out of range") from None
    return _operator("getitem", "", native_operator.getitem, (container, key), lambda: getitem(container, key))


def setitem(container: Any, key: Any, value: Any) -> None:
    """`container[key] = value`."""
    _operator("setitem", "", native_operator.setitem, (container, key, value), lambda: setitem(container, key, value))


def delitem(container: Any, key: Any) -> None:
    """`del container[key]`."""
    _operator("delitem", "", native_operator.delitem, (container, key), lambda: delitem(container, key))


def make_slice(start: Any, stop: Any, step: Any) -> Any:
    """The slice object of `a[start:stop:step]`."""
    parts = (known(start), known(stop), known(step))
    if any(type(p) in KINDS for p in parts):
        return perform(_SLICE, slice, parts, None, lambda: make_slice(start, stop, step))
    return slice(*parts)


def perform_list(values: list[Any], function: Callable[[Sequence[Any]], Any], label: str) -> Any:
    """`function(values)` when the values themselves are known."""
    row = Effect(label, (VALUE,), returns="part", model="mediated")  # deferred, it runs in a strand: it may iterate what is given
    return perform(row, lambda *now: function(now), values, None, lambda: function([known(v) for v in values]))


_IDENTITY = Effect("read", (DEEP,), returns="part")
_IS = Effect("is", (effects.OBJECT,))  # never of copies
_NOT = Effect("not", (VALUE,))
_SLICE = Effect("slice", (VALUE,))
