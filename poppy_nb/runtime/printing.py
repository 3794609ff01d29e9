"""`print`: the texts are made at its place in the program, and written when it retires."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

from poppy_nb import effects

from . import calls, classes, files
from .chains import READ, WRITE
from .claims import WORLD
from .engine import Engine, here
from .locations import location
from .natives import perform
from .placeholder import KINDS, known


def perform_print(engine: Engine, effect: effects.Effect, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`print`: the texts are made here, at its place in the program, and written when it retires."""
    engine.retire()
    if engine.unretired and _is_data(engine, args, kwargs):
        return _print_data(engine, effect, args, kwargs)
    file = known(kwargs.get("file"))
    named = {k: v if v is file and files.is_pending(v) else engine.force(v) for k, v in kwargs.items()}
    texts: list[Any] = []
    for index, value in enumerate(args):
        if index and type(value) not in KINDS and not effects.plain(value):
            # its text may not come about: what stands before it is written all the same
            _print_texts(engine, effect, texts, {**named, "end": " " if named.get("sep") is None else named["sep"]})
            texts = []
        texts.append(value if type(value) is str else calls.invoke(str, (value,), {}))
    return _print_texts(engine, effect, texts, named)


_DATA = frozenset({str, float, bool, type(None)})
_DIGITS = 1 << 64  # of larger numbers there may be no text


def _is_data(engine: Engine, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether nothing can fail or change until it is written: texts and numbers for the stream that was there before the run."""
    if "file" in kwargs or sys.stdout is None or sys.stdout is not engine.streams.get("stdout"):
        return False
    for value in (*args, *kwargs.values()) if kwargs else args:
        if type(value) not in _DATA and not (type(value) is int and -_DIGITS < value < _DIGITS):
            return False
    return True


def _print_data(engine: Engine, effect: effects.Effect, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """What `perform` would come to in the end."""
    file = sys.stdout
    op = engine.operation("effect", effect.name, here())
    op.final = op.ready = op.harmless = True
    op.keep = file
    for key, access in ((location(file), WRITE), ("stdout", WRITE), (WORLD, READ)):
        engine.enter(op, key, access)

    def run() -> None:
        try:
            print(*args, file=file, **kwargs)
        except BaseException as error:
            engine.fail_operation(op, error)
        else:
            engine.finish_operation(op, None)

    op.run = run
    _appears(engine)


def _appears(engine: Engine) -> None:
    """What has been printed is not behind what native code writes after it."""
    if engine.unretired and engine.front is engine.current:
        engine.retire()


def calls_the_program(engine: Engine) -> bool:
    """Whether what `print` writes to is an object of the program's, with a `write` of its own."""
    redirected(engine, "stdout")
    writes = classes.find(type(sys.stdout), "write")
    return sys.stdout is not engine.streams.get("stdout") and classes.user_function(engine, writes)


def redirected(engine: Engine, name: str) -> None:
    """A stream of `sys` is about to be looked at: if it is another one now, wait for what will have put it back by then."""
    if getattr(sys, name, None) is not engine.streams.get(name) and (engine.chains.of or engine.chains.everything):
        from .quieting import quiet_key  # which is built upon this module

        quiet_key(engine, WORLD, sys)  # the end of `redirect_stdout` is unknown code


def _print_texts(engine: Engine, effect: effects.Effect, texts: list[Any], named: dict[str, Any]) -> Any:
    named = dict(named)
    if named.get("file") is None:
        redirected(engine, "stdout")
        named["file"] = sys.stdout  # as it is here: it may be redirected by the time of writing
    file = named.pop("file")
    row = replace(files.printing(effect, file), needs=(effects.OBJECT, effects.DEEP), writes=(0,))

    def write(target: Any, *texts: Any) -> None:
        print(*texts, file=target, **named)

    answer = perform(row, write, (file, *texts), None, lambda: write(file, *[known(t) for t in texts]))
    _appears(engine)
    return answer
