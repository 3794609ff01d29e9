"""Instances and classes: `__init__` of the user's runs mediated on the new object; a class statement is no barrier."""

from __future__ import annotations

import builtins
import types
from typing import Any

from poppy_nb import effects, progress
from poppy_nb.looking import is_a

from . import calls, classes, control, enums, plainly, progress_bars
from .engine import Engine
from .natives import perform
from .placeholder import KINDS, known


def define(engine: Engine, args: tuple[Any, ...], kwargs: dict[str, Any]) -> calls.Plain:
    """A class statement is no barrier, unless making the class calls the user's code."""
    bases = args[2:]
    metaclass = kwargs.get("metaclass", type)
    every = [b for base in bases if is_a(base, type) for b in base.__mro__]
    hooks = any("__init_subclass__" in b.__dict__ and _has_methods(b) for b in every)
    if hooks or _has_methods(metaclass) or any(_has_methods(type(base)) for base in bases):
        engine.in_order("a class with hooks")
    return builtins.__build_class__, args, kwargs


def _has_methods(cls: Any) -> bool:
    if not any(is_a(value, (types.FunctionType, classmethod, staticmethod)) for value in vars(cls).values()):
        return False
    return getattr(cls, "__module__", "") not in ("abc", "enum", "typing", "builtins")


def construct(engine: Engine, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> calls.Answer | calls.Plain:
    """An instance of a class of the user's: `__init__` runs mediated on the new object."""
    if enums.finds(cls, args, kwargs):
        return calls.Answer(enums.find(engine, cls, args[0], lambda: calls.invoke(cls, args, kwargs)))
    if type(cls).__call__ is dict:
        return calls.mediate(engine, dict, args, kwargs)  # a TypedDict
    if type(cls).__call__ is not type.__call__:
        return calls.unknown(engine, cls, args, kwargs)
    if issubclass(cls, BaseException):
        return _exception(engine, cls, args, kwargs)
    bar = progress_bars.make(engine, cls, args, kwargs) if progress.is_class(cls) else None
    if bar is not None:
        return calls.Answer(bar)
    init = classes.find(cls, "__init__")
    if cls.__new__ in _NEWS and not (args or kwargs) and init in _INITS:
        return calls.Answer(cls())
    fill = _FILLING.get(init) if cls.__new__ in _NEWS and len(args) <= 1 else None
    if fill is not None and not (kwargs and fill is not dict.update) and _setters(cls) == _setters(fill.__objclass__):
        made = cls()
        calls.invoke(fill, (made, *args), kwargs)
        return calls.Answer(made)
    if cls.__new__ is not object.__new__ and not (cls.__new__ in _NEWS and is_a(init, types.FunctionType)):
        return calls.unknown(engine, cls, args, kwargs)
    if init is object.__init__:
        if args or kwargs:
            return cls, args, kwargs
        return calls.Answer(cls())
    if is_a(init, types.FunctionType) and engine.compiler.function(init) is not None:
        native = plainly.call(engine, cls, args, kwargs)
        if native is not None:
            return native, args, kwargs
        made = cls.__new__(cls)
        answer = calls.invoke(init, (made, *args), kwargs)
        if answer is not None and type(answer) not in KINDS:
            raise TypeError(f"__init__() should return None, not '{type(answer).__name__}'")
        return calls.Answer(made)
    return calls.unknown(engine, cls, args, kwargs)


# Of builtin containers: the first makes an empty one, whatever it is given
_NEWS = frozenset(base.__new__ for base in (list, dict, set))
_INITS = frozenset(base.__init__ for base in (list, dict, set))

_FILLING: dict[Any, Any] = {list.__init__: list.extend, dict.__init__: dict.update, set.__init__: set.update}


def _setters(cls: type) -> list[Any]:
    """What a class looks its attributes up with."""
    return [classes.find(cls, name) for name in ("__setitem__", "extend", "update")]


def _exception(engine: Engine, cls: type, args: tuple[Any, ...], kwargs: dict[str, Any]) -> calls.Answer | calls.Plain:
    init, new = classes.find(cls, "__init__"), classes.find(cls, "__new__")
    if issubclass(cls, BaseExceptionGroup):
        args = tuple(control.whole(v) for v in args)
    own_new = is_a(new, (types.FunctionType, staticmethod))
    if is_a(init, types.FunctionType) and engine.compiler.function(init) is not None and not own_new:
        for value in args:
            engine.force(value)
        plain = tuple(known(v) for v in args)
        named = {k: engine.force(v) for k, v in kwargs.items()}
        made = cls.__new__(cls, *plain, **named)
        calls.invoke(init, (made, *plain), named)
        return calls.Answer(made)
    if is_a(init, types.FunctionType) or own_new:
        return calls.unknown(engine, cls, args, kwargs)
    return calls.Answer(perform(_EXCEPTION, cls, args, kwargs, lambda: calls.invoke(cls, args, kwargs)))


_EXCEPTION = effects.Effect("exception", (effects.OBJECT,), returns="part")
