"""Models of functions under functools.cache and lru_cache.

The program must see one call per key, shared while it is pending, and afterwards the real cache, filled, with the right counts.
So the decision is taken on a shadow (what will be in the cache, in program order), and each call is made once more on the real
wrapper when it retires, with the wrapped function answering what is known by then.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any
from weakref import WeakKeyDictionary

from .models_ops import Ops, model
from .strands import Kill


class Answer:
    """What a call of a cached function that has not retired gives, which may be pending."""

    __slots__ = ("result",)

    def __init__(self, result: Any) -> None:
        self.result = result


class Shadow:
    """The calls of a cached function that have not retired: a location that whoever may call it writes.

    A call touches no more of it than its attribute for the key, an `Answer` or None: what becomes of another call, which may yet
    fail, does not matter to it. If the cache may be full by then, which keys stay hangs on all calls before: that is `recent`,
    pairs of keys and answers, the one first that goes first.
    """

    def __init__(self) -> None:
        self.names: dict[Any, str] = {}
        self.recent: tuple[tuple[Any, Answer], ...] = ()
        self.open = 0  # how many calls there are

    def name(self, key: Any) -> str:
        """The attribute for a key."""
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = f"answer_{len(self.names)}"
            self.__dict__[name] = None
        return name

    def opened(self) -> None:
        """One call more."""
        self.open += 1

    def closed(self) -> None:
        """One less. What is not needed any more goes."""
        self.open -= 1
        if not self.open:
            self.recent = ()


_NEAR = 64  # a cache that has room for fewer calls than this counts as full
_shadows: WeakKeyDictionary[Any, Shadow] = WeakKeyDictionary()


def shadow(wrapper: Any) -> Shadow:
    """What is under way of a cached function."""
    found = _shadows.get(wrapper)
    if found is None:
        found = _shadows[wrapper] = Shadow()
    return found


@model("cached_call", least=1, keywords=None)
def cached_call(ops: Ops, target: Any, wrapper: Any, /, *operands: Any, **named: Any) -> Any:
    """A call of a function under functools.cache or lru_cache."""
    function = wrapper.__wrapped__
    size, cache = wrapper.cache_parameters()["maxsize"], _cache(wrapper)
    if type(function) is not FunctionType or cache is None or size == 0:
        ops.barrier()
        return wrapper(*map(ops.whole, operands), **{name: ops.whole(value) for name, value in named.items()})
    operands = tuple(map(ops.whole, operands))
    named = {name: ops.whole(value) for name, value in named.items()}
    key = _key(wrapper, operands, named)
    try:
        hash(key)
    except TypeError:
        return wrapper(*operands, **named)
    call = _Call(ops, wrapper, function, key, operands, named)
    calls = call.calls
    if size is not None and (calls.recent if calls.open else len(cache) + _NEAR > size):
        return call.in_turn(size)
    name = calls.name(key)
    answer = ops.force(ops.getattr(calls, name))
    if answer is None:
        if key in cache:
            if not calls.open:
                return wrapper(*operands, **named)
            answer = Answer(dict(_held(wrapper))[key])
        elif size is not None and len(cache) + calls.open >= size:
            ops.barrier()  # something may be thrown out
            return wrapper(*operands, **named)
        else:
            answer = Answer(call.made())
            ops.setattr(calls, name, answer)
    return call.entered(answer, name)


class _Call:
    """One call of a cached function."""

    def __init__(self, ops: Ops, wrapper: Any, function: FunctionType, key: Any, operands: tuple[Any, ...],
                 named: dict[str, Any]) -> None:  # fmt: skip
        self.ops = ops
        self.wrapper = wrapper
        self.function = function
        self.key = key
        self.operands = operands
        self.named = named
        self.calls = shadow(wrapper)

    def again(self) -> Any:
        """The call of the real wrapper."""
        return self.wrapper(*self.operands, **self.named)

    def made(self) -> Any:
        """What the function gives. If it fails, now or later, the wrapper counts that, and keeps nothing."""
        ops = self.ops

        def missed() -> None:
            _answering(self.function, None, self.again, fails=True)

        try:
            result = ops.call(self.function, *self.operands, **self.named)
        except Kill:
            raise
        except BaseException:
            ops.on_retire(missed)
            raise
        ops.on_failure(missed)
        return result

    def in_turn(self, size: int) -> Any:
        """A call of which it hangs on the calls before what it throws out."""
        ops, calls, key = self.ops, self.calls, self.key
        recent = ops.force(ops.getattr(calls, "recent"))
        if not calls.open:
            recent = tuple((key, Answer(value)) for key, value in _held(self.wrapper))
        answer = dict(recent).get(key)
        if answer is not None:
            recent = (*(pair for pair in recent if pair[1] is not answer), (key, answer))
        else:
            answer = Answer(self.made())
            if calls.open:
                recent = ops.force(ops.getattr(calls, "recent"))  # the function may have called itself
            if key not in dict(recent):
                recent = (*recent[max(0, len(recent) + 1 - size) :], (key, answer))
        ops.setattr(calls, "recent", recent)
        return self.entered(answer)

    def entered(self, answer: Answer, name: str = "") -> Any:
        """The answer, which the real cache gets when it retires."""
        ops, calls = self.ops, self.calls

        def enter(value: Any) -> None:
            calls.closed()
            if name and calls.__dict__[name] is answer:
                calls.__dict__[name] = None
            _answering(self.function, value, self.again)

        calls.opened()
        ops.undoable(calls.closed, answer)
        ops.on_retire(enter, answer.result)
        return answer.result


def _cache(wrapper: Any) -> dict[Any, Any] | None:
    for part in reversed(gc.get_referents(wrapper)):  # results, which may be dicts, come first
        if type(part) is dict and part is not wrapper.__dict__:
            return part
    return {} if wrapper.cache_parameters()["maxsize"] == 0 else None


def _held(wrapper: Any) -> list[tuple[Any, Any]]:
    """The keys and results of a cache, the one first that goes first."""
    if wrapper.cache_parameters()["maxsize"] is None:
        return list((_cache(wrapper) or {}).items())
    parts = gc.get_referents(wrapper)  # its class; key, result and the class of what holds them, in this order; the rest
    return [(parts[3 * index + 1], parts[3 * index + 2]) for index in range(len(_cache(wrapper) or ()))]


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
