"""Models of what wraps or takes functions: partial, caches, cached properties, context managers, substitution by a function."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager
from types import CodeType, FunctionType, GeneratorType, SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from .models_ops import Ops, model
from .strands import Kill


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


# --- functools.cache and lru_cache
#
# The program must see one call per key, shared while it is pending, and afterwards the real cache, filled, with the right counts.
# So the decision is taken on a shadow (what will be in the cache, in program order), and each call is made once more on the real
# wrapper when it retires, with the wrapped function answering what is known by then.

_shadows: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()


def shadow(wrapper: Any) -> dict[Any, Any]:
    """The results of calls of a cached function that have not retired, by key: a location that its calls read and write."""
    found = _shadows.get(wrapper)
    if found is None:
        found = _shadows[wrapper] = {}
    return found


@model("cached_call", least=1, keywords=None)
def cached_call(ops: Ops, target: Any, wrapper: Any, /, *operands: Any, **named: Any) -> Any:
    """A call of a function under functools.cache or lru_cache."""
    function = wrapper.__wrapped__
    size, cache = wrapper.cache_parameters()["maxsize"], _cache(wrapper)
    if type(function) is not FunctionType or cache is None:
        ops.barrier()
        return wrapper(*map(ops.whole, operands), **{name: ops.whole(value) for name, value in named.items()})
    operands = tuple(map(ops.whole, operands))
    named = {name: ops.whole(value) for name, value in named.items()}
    waiting = shadow(wrapper)
    key = _key(wrapper, operands, named)
    try:
        hash(key)
    except TypeError:
        return wrapper(*operands, **named)
    if size == 0 or size is not None and len(cache) + len(waiting) >= size and key not in waiting:
        ops.barrier()  # something may be thrown out: one after the other, as the real cache does it
        return wrapper(*operands, **named)
    if ops.force(ops.compare("in", key, waiting)):
        result = ops.getitem(waiting, key)
    else:
        if key in cache:
            return wrapper(*operands, **named)

        def missed() -> None:
            _answering(function, None, lambda: wrapper(*operands, **named), fails=True)

        try:
            result = ops.call(function, *operands, **named)
        except Kill:
            raise
        except BaseException:
            ops.on_retire(missed)
            raise
        ops.on_failure(missed)
        ops.setitem(waiting, key, result)

    def enter(value: Any) -> None:
        waiting.pop(key, None)
        _answering(function, value, lambda: wrapper(*operands, **named))

    ops.on_retire(enter, result)
    return result


def _cache(wrapper: Any) -> dict[Any, Any] | None:
    for part in reversed(gc.get_referents(wrapper)):  # results, which may be dicts, come first
        if type(part) is dict and part is not wrapper.__dict__:
            return part
    return {} if wrapper.cache_parameters()["maxsize"] == 0 else None


def _key(wrapper: Any, operands: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """The key as the C implementation makes it."""
    typed = wrapper.cache_parameters()["typed"]
    if not named and not typed:
        return operands[0] if len(operands) == 1 and type(operands[0]) in (int, str) else operands
    key = operands
    if named:
        marks = [part for part in reversed(gc.get_referents(wrapper)) if type(part) is object]
        key = (*key, *marks[:1], *(part for item in named.items() for part in item))
    if typed:
        key = (*key, *map(type, operands), *map(type, named.values()))
    return key[0] if len(key) == 1 and type(key[0]) in (int, str) else key


_stubs: dict[int, CodeType] = {}


class _FailedError(Exception):
    """What the wrapped function of a cache raises for it to count a call that has failed."""


def _answering(function: FunctionType, value: Any, use: Callable[[], Any], *, fails: bool = False) -> Any:
    """`use()`, while `function` answers `value` (`fails`: or fails) instead of running: the wrapper in C cannot be given another.

    Only to this thread: a worker that begins to run `function` right now gets its own code.
    """
    code = function.__code__
    mine = threading.get_ident()

    def answer(*args: Any, **kwargs: Any) -> Any:
        if threading.get_ident() == mine:
            if fails:
                raise _FailedError
            return value
        again = FunctionType(code, function.__globals__, function.__name__, function.__defaults__, function.__closure__)
        again.__kwdefaults__ = function.__kwdefaults__
        return again(*args, **kwargs)

    stub = _stub(len(code.co_freevars))
    function.__code__ = stub.replace(co_consts=tuple(answer if one == "answer" else one for one in stub.co_consts))
    try:
        return use()
    except _FailedError:
        return None
    finally:
        function.__code__ = code


def _stub(free: int) -> CodeType:
    """The code of a function with so many captured variables that passes its arguments to a constant."""
    if free not in _stubs:
        names = [f"v{index}" for index in range(free)]
        captured = " = ".join([*names, "None"]) if names else "pass"
        source = f"""
def make():
    {captured}
    def stub(*args, **kwargs):
        answer = "answer"
        return answer(*args, **kwargs)
        {", ".join(names)}
    return stub
"""
        scope: dict[str, Any] = {}
        exec(source, scope)
        _stubs[free] = scope["make"]().__code__
    return _stubs[free]


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
