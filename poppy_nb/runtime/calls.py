"""Calls: what is called decides how. External, known by its effect, the user's own (mediated), a constructor, or unknown code."""

from __future__ import annotations

import builtins
import contextlib
import re
import types
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, final

from poppy_nb import effects, externals, parallels, retries, tables
from poppy_nb.looking import is_a
from poppy_nb.plain import has_only_fields

from . import (
    asking,
    attribute_stores,
    awaiting,
    callers,
    classes,
    clocks,
    construction,
    current,
    defaults,
    dispatch,
    files,
    frame_locals,
    generators,
    iteration,
    models_glue,
    operators,
    pending_methods,
    plainly,
    printing,
    pushing,
    quieting,
    sinks,
    waiting,
)
from .chains import READ
from .displays import UNPACK, Star, open_pairs, open_stars, spreadable
from .engine import Engine, here
from .hazards import ATOMS
from .natives import perform
from .natives_now import ready, run_now
from .placeholder import KINDS, PendingAtom, PendingAttribute, PendingChoice, known
from .strands import Kill, Strand
from .undo import EXCEPTIONS_BEGUN


_GENERATOR = 0x20
_COROUTINE = 0x80
_ASYNC_GENERATOR = 0x200
_LAZY = _GENERATOR | _COROUTINE | _ASYNC_GENERATOR
_MANAGING = contextlib.contextmanager(lambda: iter(())).__code__  # what it makes has a generator that outlives the call


@final
class Answer:
    """A call that has been taken care of: called by generated code, it gives its value."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self) -> Any:
        return self.value


def call(function: Any, /, *args: Any, **kwargs: Any) -> Callable[[], Any]:
    """A thunk for `function(*args, **kwargs)`: unknown code is called by the user's own frame, everything else has been done."""
    engine = current.engine
    if engine.killing:
        raise Kill
    plain = mediate(engine, function, args, kwargs)
    if type(plain) is Answer:
        return plain
    function, args, kwargs = plain
    if not callable(function):
        return lambda: function(*args, **kwargs)  # for Python's message
    return partial(function, *args, **kwargs)


def build_class(*args: Any, **kwargs: Any) -> Callable[[], Any]:
    """A thunk for a class statement: `builtins.__build_class__(*args, **kwargs)`."""
    return call(builtins.__build_class__, *args, **kwargs)


build_class.__module__, build_class.__qualname__ = "builtins", "__build_class__"  # so it is named in Python's messages


def call_unpacked(function: Any, items: tuple[Any, ...], pairs: tuple[tuple[Any, Any], ...]) -> Callable[[], Any]:
    """A thunk for a call with `*` or `**` in it."""
    engine = current.engine
    if engine.killing:
        raise Kill
    function = known(function)
    if open_stars(items) or open_pairs(pairs):
        function = engine.force(function)  # what the strand may touch hangs on it
        answer = engine.spawn_call(function, items, pairs, lambda: _unpacked(function, items, pairs)())
        return Answer(answer)
    return _unpacked(function, items, pairs)


def _unpacked(function: Any, items: tuple[Any, ...], pairs: tuple[tuple[Any, Any], ...]) -> Callable[[], Any]:
    engine = current.engine
    args: list[Any] = []
    for item in items:
        if type(item) is Star:
            what = f"{_shown(function)} argument" if len(items) == 1 else "Value"
            source = iteration.iterate(spreadable(item.value, what))
            iteration.hint(known(item.value))
            args.extend(source)
        else:
            args.append(item)
    kwargs: dict[str, Any] = {}
    for name, value in pairs:
        if name is UNPACK:
            mapping = engine.force(value)
            if not hasattr(type(mapping), "keys"):
                raise TypeError(f"{_shown(function)} argument after ** must be a mapping, not {type(mapping).__name__}")
            keys = mapping if is_a(mapping, dict) else invoke(classes.get_attribute(mapping, "keys"), (), {})
            for key in iteration.iterate(keys):
                _add(function, kwargs, engine.force(key), operators.getitem(mapping, key))
        else:
            _add(function, kwargs, name, value)
    if not all(is_a(name, str) for name in kwargs):
        raise TypeError("keywords must be strings")
    return call(function, *args, **kwargs)


def _add(function: Any, kwargs: dict[str, Any], name: Any, value: Any) -> None:
    if name in kwargs:
        raise TypeError(f"{_shown(function)} got multiple values for keyword argument '{name}'")
    kwargs[name] = value


def _shown(function: Any) -> str:
    """How Python names a callable in its messages about arguments."""
    function = current.engine.force(function)
    qualname = getattr(function, "__qualname__", None)
    if qualname is None:
        return str(function)
    module = getattr(function, "__module__", None)
    return f"{module}.{qualname}()" if module is not None and module != "builtins" else f"{qualname}()"


def invoke(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The value of a call that the runtime itself makes."""
    plain = mediate(current.engine, function, args, kwargs)
    if type(plain) is Answer:
        return plain.value
    function, args, kwargs = plain
    return function(*args, **kwargs)


_SET_ATTRIBUTE = object.__setattr__
Plain = tuple[Any, tuple[Any, ...], dict[str, Any]]


def mediate(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Answer | Plain:
    """Do a call, or say what plain call remains to be made now, everything before it having retired."""
    kind = type(function)
    if kind in KINDS:
        function = known(function)
        kind = type(function)
    for value in args:
        if type(value) in KINDS:
            args = tuple(known(v) if type(v) in KINDS else v for v in args)  # what became known since it was evaluated
            break
    if engine.resting:
        return engine.plain_call(function, args, kwargs)  # type: ignore[attr-defined, no-any-return]  # an engine at rest has it
    if kind is types.BuiltinFunctionType:
        return _builtin(engine, function, args, kwargs)
    if function is _SET_ATTRIBUTE and len(args) == 3 and type(args[1]) is str:
        target = engine.force(args[0])
        if target.__class__.__setattr__ is object.__setattr__ or not is_a(target, type):
            attribute_stores.store_attribute(engine, target, args[1], known(args[2]))
            return Answer(None)
    while type(function) in KINDS:
        if _is_choice(function) or type(function) is PendingAttribute and (
            pending_methods.is_own(function) or pending_methods.calls_back(function, args, kwargs)
        ):
            return Answer(engine.spawn_call(function, args, kwargs, _call_when_known, (function, args, kwargs)))
        if type(function) is PendingAttribute:
            method = pending_methods.of_class(engine, function)
            if method is not None:
                return mediate_function(engine, method, (known(function.receiver), *args), kwargs)
            answer = pending_methods.call(engine, function, args, kwargs)
            if answer is not NotImplemented:
                return Answer(answer)
        function = engine.force(function)
    kind = type(function)
    if kind is types.BuiltinFunctionType:
        return _builtin(engine, function, args, kwargs)
    if kind is types.MethodType:
        declared = externals.lookup(function)
        if declared is None and type(function.__func__) is types.FunctionType and effects.lookup(function) is None:
            return mediate_function(engine, function.__func__, (function.__self__, *args), kwargs)
    else:
        declared = externals.lookup(function)
    if declared is not None:
        answer = dispatch.external(engine, declared, function, args, kwargs)
        if answer is not NotImplemented:
            return Answer(answer)
        return unknown(engine, function, args, kwargs)
    if kind is types.FunctionType:
        return mediate_function(engine, function, args, kwargs)
    if kind is partial:
        return mediate(engine, function.func, (*function.args, *args), {**function.keywords, **kwargs})
    effect = effects.lookup(function)
    if effect is not None:
        answer = _with_effect(engine, effect, function, args, kwargs)
        return unknown(engine, function, args, kwargs) if answer is NotImplemented else Answer(answer)
    if is_a(function, type):
        return construction.construct(engine, function, args, kwargs)
    found = classes.find(kind, "__call__")
    if is_a(found, types.FunctionType):
        return mediate_function(engine, found, (function, *args), kwargs)
    return unknown(engine, function, args, kwargs)


def _call_when_known(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return invoke(current.engine.force(function), args, kwargs)


def _is_choice(callee: Any) -> bool:
    """Whether a pending callee is one of some objects, or a method of one: what the call may touch can be told."""
    chosen = known(callee.receiver) if type(callee) is PendingAttribute else callee
    return type(chosen) is PendingChoice


def _builtin(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Answer | Plain:
    """A function or bound method that is written in C."""
    if type(function.__self__) is types.GeneratorType:
        generator = function.__self__
        if "__poppy_L" in generator.gi_code.co_varnames:
            if iteration.guarded(engine):
                engine.in_order("a step of a generator that the program holds")
            quieting.quiet(engine, generator)  # send, throw, close: its body is mediated
            return Answer(function(*args, **kwargs))
    elif function is builtins.__build_class__:
        return construction.define(engine, args, kwargs)
    declared = externals.lookup(function)
    if declared is not None:
        answer = dispatch.external(engine, declared, function, args, kwargs)
    else:
        effect = effects.lookup(function)
        answer = _with_effect(engine, effect, function, args, kwargs) if effect is not None else NotImplemented
    return Answer(answer) if answer is not NotImplemented else unknown(engine, function, args, kwargs)


def _with_effect(engine: Engine, effect: effects.Effect, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if effect.name == "print" and "file" in kwargs and files.takes_print(kwargs["file"]):
        return printing.perform_print(engine, effect, args, kwargs)
    if effect.name in _ASKED and not kwargs and function in asking.ASKING:
        answer = asking.ask(engine, function, args)
        if answer is not NotImplemented:
            return answer
    if effect.unless and not effect.unless.isdisjoint(kwargs):
        return NotImplemented
    if effect.name in EXCEPTIONS_BEGUN:
        args = tuple(map(engine.force, args))  # a tuple keeps them, which cannot be filled later
    if effect.resource is not None:
        if sinks.calls_back(effect.resource):
            return NotImplemented
        waiting.effect(engine, effect, [*args, *kwargs.values()])
    receiver = effects.receiver(function)
    if effect.looks and not looks_at_data(engine, receiver, args, kwargs):
        return NotImplemented
    if effect.handle and not receiver and not files.is_handle(effect, args):
        return NotImplemented
    if effect.writes and effect.writes[-1] >= len(receiver) + len(args):
        effect = _without(effect, len(receiver) + len(args))
    if effect.most is not None and effect.model is None and len(receiver) + len(args) > effect.most:
        return NotImplemented
    if effect.caller and len(receiver) + len(args) >= effect.caller:
        native = callers.later(engine, function, bool(receiver))
        return perform(effect, native, (*receiver, *args), kwargs, lambda: native(*receiver, *args, **kwargs))
    if effect.model is not None and not (effect.direct and not kwargs and all(_settled(engine, v) for v in (*receiver, *args))):
        return models_glue.run(engine, effect, function, args, kwargs)
    if effect.consumes:
        args = models_glue.consume(effect, receiver, args)
    if effect.name == "print":
        return NotImplemented if printing.calls_the_program(engine) else printing.perform_print(engine, effect, args, kwargs)
    if effect.clock:
        return clocks.clock(engine, function, args, kwargs)
    if effect.external:
        return clocks.sleep(engine, args, kwargs)
    if effect.gives == "file":
        effect = files.opened(effect, args, kwargs, len(receiver))
    if receiver:
        owner = receiver[0]
        if not kwargs and ready(engine, effect, (owner, *args)):
            return run_now(engine, effect, function, (owner, *args), None, engine.unretired > 0, 1)
        name = function.__name__ if hasattr(function, "__name__") else "__call__"

        def native(target: Any, /, *rest: Any, **named: Any) -> Any:
            # a deferred operation may be given a copy of the owner, as it was here
            return function(*rest, **named) if target is owner else getattr(target, name)(*rest, **named)

        return perform(effect, native, (owner, *args), kwargs, lambda: invoke(function, args, kwargs))
    return perform(effect, function, args, kwargs, lambda: invoke(function, args, kwargs))


def looks_at_data(engine: Engine, receiver: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether what looks at attributes of its operands finds only data there. (A text that names none looks at no attributes.)"""
    operands = [*args, *kwargs.values()]
    if all(type(one) in ATOMS or type(one) is PendingAtom for one in operands):
        return True
    if receiver and type(receiver[0]) is str and not _ATTRIBUTES.search(receiver[0]):
        return True
    engine.whole(operands)
    return all(has_only_fields(known(one)) for one in operands)


_ATTRIBUTES = re.compile(r"\{[^{}]*[.\[]")
_ASKED = frozenset({"str", "repr", "format", "len"})


def _without(effect: effects.Effect, count: int) -> effects.Effect:
    """The effect of a call with only so many operands: `dataclass(frozen=True)` is given no class to write to."""
    returns = "part" if effect.returns == "self" and not count else effect.returns
    return replace(effect, writes=tuple(index for index in effect.writes if index < count), returns=returns)


def _settled(engine: Engine, value: Any) -> bool:
    """Whether a native reader can have `value` as it is: known, plain, and stepping it calls nothing of the user's."""
    kind = type(value)
    if kind in ATOMS:
        return True
    if kind in KINDS or not effects.plain_data(value) or (hasattr(kind, "__next__") and not effects.native_iterator(value)):
        return False
    if tables.own_memory(kind) and id(tables.ALL) in engine.chains.of:
        return False  # a native iterator over it would be one over an array
    return not (engine.slots.count and engine.slots.missing(value, deep=True))


def mediate_function(
    engine: Engine, function: types.FunctionType, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Answer | Plain:
    """A call of a Python function: external, of the user's (mediated), known, or unknown."""
    declared = externals.lookup(function)
    if declared is not None:
        answer = dispatch.external(engine, declared, function, args, kwargs)
        return Answer(answer) if answer is not NotImplemented else unknown(engine, function, args, kwargs)
    flags = function.__code__.co_flags
    if not flags & _LAZY and function.__code__ is not _MANAGING:
        native = plainly.call(engine, function, args, kwargs)
        if native is not None:
            return native, args, kwargs
    mediated = engine.compiler.function(function)
    if mediated is not None and flags & _GENERATOR and (generators.pauses(mediated.__code__) or generators.given_plain(args)):
        mediated = None
    if flags & _ASYNC_GENERATOR and engine.slots.count:
        for value in defaults.pending(function):
            engine.force(value)
    if flags & _ASYNC_GENERATOR and engine.compiler.pushed(function) is not None and not frame_locals.any_pending(args, kwargs):
        generator = function(*args, **kwargs)
        pushing.made(engine, function, args, kwargs, generator)
        return Answer(generator)
    if mediated is None and flags & _GENERATOR and engine.compiler.pushed(function) is not None:
        return Answer(_generator(engine, function, function, args, kwargs))
    if mediated is None:
        inner = parallels.inner(function)
        if inner is not None:
            return mediate_function(engine, inner, args, kwargs)
        if retries.look(function) is not None:
            return Answer(models_glue.retry(engine, function, args, kwargs))
        answer = awaiting.known_function(engine, function, args, kwargs)
        if answer is not NotImplemented:
            return Answer(answer)
        effect = effects.lookup(function)
        if effect is not None:
            answer = _with_effect(engine, effect, function, args, kwargs)
            if answer is not NotImplemented:
                return Answer(answer)
        return unknown(engine, function, args, kwargs)
    if flags & _COROUTINE:
        return Answer(awaiting.call(engine, function, args, kwargs))
    if flags & _GENERATOR:
        return Answer(_generator(engine, function, mediated, args, kwargs))
    strand = Strand(engine.current, engine.current.position(), "function")
    strand.function = function
    strand.site = here()
    strand.arguments = {"args": args, "kwargs": kwargs}
    return Answer(engine.spawn(strand, mediated, args, kwargs))


def _generator(engine: Engine, function: Any, mediated: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    # Its code may be plain: it is given what has become known by now
    args, kwargs = tuple(map(known, args)), {name: known(value) for name, value in kwargs.items()}
    generator = mediated(*args, **kwargs)
    engine.generator_functions[generator] = function
    if engine.unretired:
        for name, value in frame_locals.pending(generator):
            engine.slots.add(value, generator, name)
    pushing.made(engine, function, args, kwargs, generator)
    return generator


def managing(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A call of a function under `contextlib.contextmanager`: its generator takes its steps in strands of their own."""
    engine = current.engine
    if type(function) is types.FunctionType and function.__code__.co_flags & _GENERATOR and not engine.resting:
        mediated = engine.compiler.function(function)
        if mediated is not None:
            return _generator(engine, function, mediated, args, kwargs)
    return engine.force(invoke(function, args, kwargs))


_NOTEBOOK = ("IPython.", "ipykernel.")  # no declaration could free what a cell does there


def unknown(engine: Engine, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Plain:
    """Nothing is known of `function`: wait until everything before has retired; the user's frame calls it then."""
    name = engine.current.wait_for = getattr(function, "__qualname__", type(function).__name__)
    if str(getattr(function, "__module__", "")).startswith(_NOTEBOOK):
        engine.in_order("magics, shell commands and what else is IPython's run in order")
    else:
        module = str(getattr(function, "__module__", "")).partition(".")[0]
        if module == "asyncio":
            declare = "a plain loop or comprehension with `await` runs its calls at the same time, too"
        else:  # what is builtin may look at the program itself, as globals() does
            declare = "" if module == "builtins" else f"declare external({name}) if its calls may run at the same time"
        engine.in_order(f"it is not known what {name}() touches", declare)
    engine.whole([*args, *kwargs.values()])
    return callers.now(engine, function), tuple(_real(engine, v) for v in args), {k: _real(engine, v) for k, v in kwargs.items()}


def _real(engine: Engine, value: Any) -> Any:
    value = known(value)
    return engine.force(value) if type(value) in KINDS else value


__all__ = ["READ", "call", "invoke"]
