"""Generators of the user's that the runtime steps: in generated code a step can be taken back, in plain code it is in order."""

from __future__ import annotations

import types
from collections.abc import Callable, Generator
from contextlib import suppress
from functools import partial
from typing import Any

from . import current
from .engine import Engine
from .placeholder import known
from .strands import CANCELLED, Kill, Strand


_HERE = __file__.rpartition("generators.py")[0]


def mediated(generator: types.GeneratorType[Any, Any, Any]) -> bool:
    """Whether the body of a generator is generated code or the runtime's own, and not that of a plain function."""
    return "__poppy_L" in generator.gi_code.co_varnames or generator.gi_code.co_filename.startswith(_HERE)


def given_plain(args: tuple[Any, ...]) -> bool:
    """Whether one of them is a generator of plain code: who holds it has to end, and to let go of it, as plain code does."""
    return any(type(one) is types.GeneratorType and not mediated(one) for one in args)


def pauses(code: types.CodeType) -> bool:
    """Whether mediated code yields inside of a `try` or `with`: each step of it has to have a strand of its own."""
    return "__poppy_paused" in code.co_varnames


def resume(generator: Any) -> None:
    """A generator is about to be resumed by code that is not mediated, in a strand of this step alone.

    It is kept until it ends, so that nothing of its code runs where a reference to it happens to be dropped. If the step is
    taken back, it ends where it stands.
    """
    engine = current.engine
    if not mediated(generator):
        engine.in_order("a step of a plain generator")
        return
    engine.stepping[generator] = engine.current
    if pauses(generator.gi_code) and not engine.resting:
        engine.kept[id(generator)] = generator
        if engine.unretired:
            engine.undoable(partial(_end, engine, generator), None, id(generator))


def stepped_to(generator: Any) -> None:
    """The step is over."""
    if generator.gi_frame is None:
        current.engine.kept.pop(id(generator), None)


def _end(engine: Engine, generator: types.GeneratorType[Any, Any, Any]) -> None:
    """Unwind a generator that should not have been begun: each operation of its code raises."""
    if generator.gi_running:
        return  # on the stack of a strand, which has been cancelled with it
    strand, killing = engine.current, engine.killing
    engine.current, engine.killing = Strand(None, (), "cell"), True
    engine.current.state = CANCELLED
    try:
        generator.throw(Kill)
    except BaseException:  # its variables are taken back already: it may end in another way
        pass
    finally:
        engine.current, engine.killing = strand, killing
    engine.kept.pop(id(generator), None)


def delegated(engine: Engine, generator: types.GeneratorType[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """What is delegated to a generator of plain code: its steps are unknown code, in order."""
    step: Callable[[], Any] = generator.__next__
    while True:
        engine.in_order("a step of a plain generator")
        try:
            item = step()
        except StopIteration as stop:
            return stop.value
        try:
            sent = yield item
        except GeneratorExit:
            with suppress(Kill):
                engine.in_order("the end of a plain generator")
            generator.close()
            raise
        except BaseException as error:
            step = partial(generator.throw, error)
        else:
            engine.whole([sent])
            step = generator.__next__ if sent is None else partial(generator.send, known(sent))


__all__ = ["delegated", "given_plain", "mediated", "pauses", "resume", "stepped_to"]
