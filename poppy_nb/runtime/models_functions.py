"""Models of what wraps or takes functions: partial, cached properties, context managers, substitution by a function."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import contextmanager
from types import GeneratorType, SimpleNamespace
from typing import Any

from .models_ops import Ops, model


@model("partial_call", least=1, keywords=None)
def partial_call(ops: Ops, target: Any, part: Any, /, *operands: Any, **named: Any) -> Any:
    """A call of a functools.partial."""
    return ops.call(part.func, *part.args, *operands, **{**part.keywords, **named})


@model("trange", keywords=None)
def progress_range(ops: Ops, target: Any, *bounds: Any, **named: Any) -> Any:
    """tqdm.trange: a progress bar over a range."""
    kind = target.__globals__.get("tqdm" if target.__name__ == "trange" else "tqdm_notebook")
    return ops.call(kind, ops.call(range, *bounds), **named)


@model("sub", least=3, most=5, keywords="count flags")
def substitute(ops: Ops, target: Any, pattern: Any, replacement: Any, text: Any, /, *rest: Any, **named: Any) -> Any:
    """re.sub, re.subn and the methods: a function is called for each match in order, then the results are put in."""
    replacement = ops.force(replacement)
    bound = getattr(target, "__self__", None)
    native = type(bound).__dict__[target.__name__] if isinstance(bound, re.Pattern) else target
    rest = tuple(ops.force(one) for one in rest)
    named = {name: ops.force(value) for name, value in named.items()}
    if not callable(replacement):
        return ops.defer(lambda *three: native(*three, *rest, **named), pattern, replacement, text)
    pattern, text = ops.force(pattern), ops.force(text)
    matches: list[Any] = []
    empty = text[:0] if isinstance(text, (str, bytes)) else ""

    def collect(match: Any) -> Any:
        matches.append(match)
        return empty

    native(pattern, collect, text, *rest, **named)
    results = [ops.call(replacement, match) for match in matches]

    def put(results: list[Any]) -> Any:
        given = iter(results)
        return native(pattern, lambda _: next(given), text, *rest, **named)

    return ops.defer(put, ops.build_list(results))


@model("cached_property", least=2, most=3)
def cached_property(ops: Ops, target: Any, prop: Any, instance: Any, owner: Any = None) -> Any:
    """The first read of a functools.cached_property; later ones find the attribute."""
    instance = ops.force(instance)
    if instance is None:
        return prop
    if prop.attrname is None or type(getattr(instance, "__dict__", None)) is not dict:
        return prop.__get__(instance, owner)
    value = ops.call(prop.func, instance)
    ops.call(object.__setattr__, instance, prop.attrname, value)
    return value


# --- contextlib.contextmanager: the manager is the real one, around the mediated generator

_MANAGER: Any = type(contextmanager(lambda: iter(()))())


@model("contextmanager", keywords=None)
def make_manager(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
    """A call of a function under contextlib.contextmanager."""
    function = target.__closure__[target.__code__.co_freevars.index("func")].cell_contents
    generator = ops.manage(function, *operands, **named)
    manager = object.__new__(_MANAGER)
    manager.gen, manager.func = generator, function
    ops.call(object.__setattr__, manager, "args", ops.build_tuple(operands))
    ops.call(object.__setattr__, manager, "kwds", ops.build_dict(named.items()))
    doc = getattr(function, "__doc__", None)
    manager.__doc__ = type(manager).__doc__ if doc is None else doc
    return manager


class _Steps:
    """The generator of a manager, as contextlib's code sees it: a step raises what plain Python would raise."""

    def __init__(self, ops: Ops, generator: Any) -> None:
        self.ops = ops
        self.generator = generator

    def __next__(self) -> Any:
        return self._step(self.generator.__next__)

    def throw(self, *failure: Any) -> Any:
        """Throw into it where it stands."""
        return self._step(self.generator.throw, *failure)

    def close(self) -> None:
        """End it."""
        self._step(self.generator.close)

    def _step(self, step: Callable[..., Any], *failure: Any) -> Any:
        self.ops.resume(self.generator)
        try:
            return step(*failure)
        except StopIteration:
            raise
        except BaseException:
            self.ops.settle()
            raise
        finally:
            self.ops.resumed(self.generator)


class _Entered:
    """The manager, as `__enter__` sees it: that deletes what it was made with, which may not be stored yet."""

    def __init__(self, ops: Ops, manager: Any) -> None:
        self.ops = ops
        self.manager = manager
        self.gen = _Steps(ops, manager.gen)

    def __delattr__(self, name: str) -> None:
        self.ops.delattr(self.manager, name)


@model("manager_enter", least=1, most=1)
def enter_manager(ops: Ops, target: Any, manager: Any) -> Any:
    """`__enter__` steps the generator; what runs in it is mediated."""
    manager = ops.force(manager)
    if type(manager.gen) is not GeneratorType:
        return _MANAGER.__enter__(manager)
    return _MANAGER.__enter__(_Entered(ops, manager))


@model("manager_exit", least=4, most=4)
def exit_manager(ops: Ops, target: Any, manager: Any, *failure: Any) -> Any:
    """`__exit__` resumes the generator or throws into it."""
    manager, failure = ops.force(manager), tuple(map(ops.force, failure))
    if type(manager.gen) is not GeneratorType:
        return _MANAGER.__exit__(manager, *failure)
    return _MANAGER.__exit__(SimpleNamespace(gen=_Steps(ops, manager.gen)), *failure)
