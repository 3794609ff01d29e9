"""Runs the mediated implementations of builtins (`models_*.py`) as strands of their own; gives them the operations they use."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from greenlet import getcurrent

from poppy_nb import effects
from poppy_nb.effects import DEEP, Depth, Effect

from . import coroutines, current, displays, hazards, models_lazy, models_parts, natives, operators, pushing, tracebacks
from .engine import Engine, here
from .hazards import ATOMS
from .models import MODELS  # all of them
from .placeholder import ELEMENTS, KINDS, PendingTuple, Placeholder, known
from .strands import STARTED, Kill, Strand


class ModelOps:
    """The operations of the runtime as models see them: `models_ops.Ops`."""

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The value of a call, already made."""
        from .calls import invoke

        return invoke(function, args, kwargs)

    def framed(self, place: Callable[[], tracebacks.Step], function: Any, /, *args: Any) -> Any:
        """`function(*args)` in the frame that `place` gives."""
        engine = current.engine
        engine.framed += 1
        try:
            return function(*args)
        except Kill:
            raise
        except BaseException as error:
            tracebacks.add_frame(place, error)
            raise
        finally:
            engine.framed -= 1

    def manage(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The generator of a context manager."""
        from .calls import managing

        return managing(function, args, kwargs)

    def resumed(self, generator: Any, /) -> None:
        """It has been."""
        from .generators import stepped_to

        stepped_to(generator)

    def settle(self) -> None:
        """All that was done so far has ended."""
        from .control import settled

        settled()

    def resume(self, generator: Any, /) -> None:
        """It is about to be resumed."""
        from .generators import resume

        resume(generator)

    def iterate(self, value: Any, /) -> Iterator[Any]:
        """A native iterator over the items."""
        from .iteration import items

        return items(value)

    def steps(self, value: Any, /) -> Iterator[Any]:
        """The same for an iterator that the program holds."""
        from .iteration import held_items

        return held_items(value)

    def next(self, value: Any, /) -> Any:
        """One step of an iterator."""
        from .iteration import one_step

        return one_step(value)

    def attribute(self, value: Any, name: str, /) -> Any:
        """`value.name`, or AttributeError here."""
        from .classes import attribute_or_error

        return attribute_or_error(value, name)

    def probe(self, function: Any, /, *args: Any, errors: Any) -> Any:
        """The value of a call of which the caller handles `errors`."""
        from .probing import probe

        return probe(function, args, errors)

    def may_stop(self, function: Any, /) -> bool:
        """Whether a call of it may raise StopIteration."""
        from .ends import may_stop

        return may_stop(current.engine, function)

    def hint(self, value: Any, /) -> None:
        """Ask how many items there will be."""
        from .iteration import hint

        hint(value)

    def drain(self, value: Any, /) -> list[Any] | None:
        """All items of a generator expression that was not stepped yet."""
        from .comprehensions import drain

        return drain(value)

    def parts(self, value: Any, /) -> Iterator[Any] | None:
        """The elements of a generator expression that was not stepped yet."""
        from .comprehensions import expressed

        return expressed(value)

    def unfolded(self, part: Any, /) -> Iterable[Any]:
        """The items that such an element is."""
        from .comprehensions import unfolded

        return unfolded(part)

    def unsure(self, part: Any, /) -> bool:
        """Whether it is not known yet if there is such an element."""
        from .comprehensions import is_unsure

        return is_unsure(known(part))

    def kept(self, part: Any, test: Any, wanted: bool, /) -> Any:
        """`part`, if its test turns out as wanted."""
        from .comprehensions import kept

        return kept(part, test, wanted)

    def call_if_there(self, function: Any, part: Any, /) -> Any:
        """`function(part)`, if there is such a part."""
        from .comprehensions import call_if_there

        return call_if_there(function, part)

    def apart_as(self, function: Any, operands: tuple[Any, ...], body: Callable[..., Any], /, *args: Any) -> None:
        """`body(*args)` in a strand of its own."""
        current.engine.spawn_call(function, operands, {}, body, args)

    def force(self, value: Any, /) -> Any:
        """The value itself; a tuple of which parts are pending stays one."""
        value = known(value)
        return value if type(value) is PendingTuple else current.engine.force(value)

    def whole(self, value: Any, /) -> Any:
        """The value itself, everything below it known."""
        from .control import whole

        return whole(value)

    def settled(self, value: Any, /) -> Any:
        """The value itself, as it is here."""
        engine = current.engine
        value = self.whole(value)
        if hazards.hazard(engine, hazards.accesses([value], _LOOK, ()), choosing=True):
            engine.in_order("an object that is still being changed")
        return value

    def pending(self, value: Any, /) -> bool:
        """Whether it is a placeholder, by now."""
        return type(known(value)) in KINDS

    def apart(self, value: Any, /) -> bool:
        """Whether a placeholder has no aliases, nor have its parts."""
        value = known(value)
        return value.aliases == () and all(type(part) not in KINDS or self.apart(part) for part in getattr(value, "parts", ()))

    def undoable(self, take_back: Callable[[], None], target: Any, /) -> None:
        """`target` has just been changed."""
        if current.engine.unretired:
            current.engine.undoable(take_back, target, id(target))

    def left(self, stream: Any, /) -> None:
        """A stream has been made."""
        current.engine.adaptors.add(stream)

    def barrier(self) -> None:
        """Everything before has retired."""
        current.engine.in_order("a builtin that calls unknown code")

    def truth(self, value: Any, /) -> Any:
        """`bool(value)`."""
        return operators.truth(value)

    def unary(self, symbol: str, a: Any, /) -> Any:
        """A unary operator."""
        return operators.unary(symbol, a)

    def binary(self, symbol: str, a: Any, b: Any, /) -> Any:
        """A binary operator."""
        return operators.binary(symbol, a, b)

    def inplace(self, symbol: str, a: Any, b: Any, /) -> Any:
        """An augmented assignment."""
        return operators.inplace(symbol, a, b)

    def compare(self, symbol: str, a: Any, b: Any, /) -> Any:
        """A comparison."""
        return operators.compare(symbol, a, b)

    def getitem(self, container: Any, key: Any, /) -> Any:
        """`container[key]`."""
        return operators.getitem(container, key)

    def setitem(self, container: Any, key: Any, value: Any, /) -> None:
        """`container[key] = value`."""
        operators.setitem(container, key, value)

    def delitem(self, container: Any, key: Any, /) -> None:
        """`del container[key]`."""
        operators.delitem(container, key)

    def getattr(self, value: Any, name: str, /) -> Any:
        """`value.name`."""
        from .classes import get_attribute

        return get_attribute(value, name)

    def setattr(self, value: Any, name: str, item: Any, /) -> None:
        """`value.name = item`."""
        from .attribute_stores import set_attribute

        set_attribute(value, name, item)

    def delattr(self, value: Any, name: str, /) -> None:
        """`del value.name`."""
        from .attribute_stores import delete_attribute

        delete_attribute(value, name)

    def defer(self, function: Callable[..., Any], /, *operands: Any, depth: Depth | tuple[Depth, ...] = DEEP,
              again: Callable[[], Any] | None = None) -> Any:  # fmt: skip
        """`function(*operands)` once the operands are known to `depth`; `again()` if they turn out not to be plain."""
        needs = depth if isinstance(depth, tuple) else (depth,)
        name = getattr(function, "__name__", "builtin")
        effect = Effect(name, needs, returns="part")
        return natives.perform(effect, function, operands, None, again or (lambda: function(*map(known, operands))))

    def list_of(self, items: Sequence[Any], value: Any, /) -> Any:
        """Note what a pending list holds."""
        if type(value) is Placeholder:
            value.shape = ELEMENTS
            value.aliases = tuple(item for item in items if type(item) not in ATOMS)
        return value

    def on_failure(self, function: Callable[[], None], /) -> None:
        """Run `function`, when it retires, if something fails in the strand of the model, or below it."""
        current.engine.current.on_failure = function

    def on_retire(self, function: Callable[..., Any], /, *operands: Any) -> None:
        """Run `function(*operands)` when everything before has retired."""
        engine = current.engine
        if not engine.unretired:
            function(*operands)
            return
        op = engine.operation("effect", getattr(function, "__name__", "effect"), None)
        op.final = op.ready = op.harmless = True
        op.run = lambda: engine.finish_operation(op, function(*[known(v) for v in operands]))

    def build_list(self, items: Iterable[Any], /) -> Any:
        """A list with open slots where items are pending."""
        return displays.make_list(*items)

    def build_tuple(self, items: Iterable[Any], /, make: Callable[[Iterable[Any]], Any] = tuple) -> Any:
        """A tuple, or a placeholder with these parts."""
        return displays.build_tuple(tuple(items), make)

    def build_dict(self, pairs: Iterable[tuple[Any, Any]], /) -> Any:
        """A dict."""
        return displays.make_dict(*pairs)

    def build_set(self, items: Iterable[Any], /) -> Any:
        """A set."""
        return displays.make_set(*items)


OPS = ModelOps()


_LOOK = Effect("look", looks=True)


def run(engine: Engine, effect: Effect, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of a builtin with a model, NotImplemented if there is none."""
    model = MODELS.get(effect.model or "")
    if model is None:
        return NotImplemented
    if effect.model in _DRAINING:
        pushing.alone(engine, args)
    operands = (*effects.receiver(function), *args)
    return _spawn(engine, model, function, operands, kwargs)


def _spawn(engine: Engine, model: Callable[..., Any], function: Any, operands: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    operands = tuple(map(known, operands))
    kwargs = {name: known(value) for name, value in kwargs.items()}
    return engine.spawn_call(function, operands, kwargs, model, (OPS, function, *operands), kwargs)


_DRAINING = frozenset({"listed", "sorted", "largest"})  # they look at no item before they have all


def retry(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of a function under `tenacity.retry`."""
    return _spawn(engine, MODELS["retried"], function, args, kwargs)


def operator(engine: Engine, effect: Effect, function: Any, operands: tuple[Any, ...], again: Any) -> Any:
    """An operator with a model."""
    plain = effect.direct and all(effects.plain(v) for v in operands)
    if plain and not (engine.slots.count and hazards.missing(engine, operands, None)):
        return natives.perform(effect, function, operands, None, again)
    return _spawn(engine, MODELS[effect.model or ""], function, operands, {})


def subscript(engine: Engine, function: Any, operands: tuple[Any, ...]) -> Any:
    """`container[key]`, one of which is pending, where a missing key may be a call and a store."""
    return _spawn(engine, MODELS["subscript"], function, operands, {})


def consume(effect: Effect, receiver: tuple[Any, ...], args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments with lazy iterables that the callable reads to their end made lists."""
    pushing.alone(current.engine, args)
    return models_lazy.consumed(OPS, effect.consumes, (*receiver, *args))[len(receiver) :]


def steps(value: Any) -> Iterator[Any] | None:
    """Mediated steps of a lazy builtin object, None if it has none."""
    return models_lazy.steps(OPS, value)


def parts(value: Any) -> Iterator[Any] | None:
    """What comes of the items of a lazy iterator, some of which may turn out not to be there; None if all are."""
    return models_parts.parts(OPS, value)


def cached_property(engine: Engine, target: Any, found: Any) -> Any:
    """A read of a `functools.cached_property`."""
    return _spawn(engine, MODELS["cached_property"], found.__get__, (found, target, type(target)), {})


def run_coroutine(engine: Engine, mediated: Callable[..., Any], call: Any) -> Any:
    """`await` of the call of an `async def` of the user's: its mediated form runs like a function."""
    strand = Strand(engine.current, engine.current.position(), "function")
    strand.function = call.function
    strand.site = here()
    strand.arguments = {"args": call.args, "kwargs": call.kwargs}
    return engine.spawn(strand, coroutines.body, (mediated, call.args, call.kwargs), {})


def await_plain(engine: Engine, awaitable: Any) -> Any:
    """Await something on the loop, in order."""
    from . import dispatch, tasks

    op = engine.operation("await", "await", here())
    result = op.result = Placeholder(op, None)
    op.external = _AWAIT
    op.target = tasks.resolve
    op.args = (engine, awaitable)
    op.kwargs = {}
    op.mode = "await"
    op.context = getcurrent().gr_context  # what is awaited shares the context of the cell
    op.captured = dispatch.AS_IT_IS
    op.state = STARTED
    engine.in_flight[op.id] = op
    engine.driver.start(op)
    return engine.force(result)


_AWAIT = types.SimpleNamespace(name="await", limit=None, changes=(), reads=(), writes=(), code_reads=None)
