"""`async with` and `async for`: their protocols, each call of which is awaited in its place, and when they may be mediated."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from poppy_nb import ir
from poppy_nb.known import constructs_client, is_of_client

from . import calls, classes, current, probing, pushing, variables
from .awaiting import await_
from .classes import MISSING, find
from .engine import Engine
from .placeholder import KINDS


if TYPE_CHECKING:
    from poppy_nb.region import Region

# Whoever mentions one of these may enter something that belongs to the task that enters it
_OF_TASKS = frozenset({
    "__aenter__", "__aexit__", "enter_async_context", "push_async_exit", "timeout", "timeout_at", "TaskGroup", "current_task",
    "create_task", "ensure_future", "create_task_group", "move_on_after", "move_on_at", "fail_after", "fail_at", "CancelScope",
    "shield", "wait_for", "wait", "cancel", "uncancel", "Lock", "Semaphore", "Condition", "acquire",
})  # fmt: skip


def asynchronously(scope: Any, demands: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether a statement of the cell with `async with` or `async for` in it may be mediated, by what its names mean now."""
    engine = current.engine
    return not engine.resting and all(_holds(engine, scope.module, what, path) for what, path in demands)


def may_run(engine: Engine, function: types.FunctionType, form: types.FunctionType) -> bool:
    """The same for a call of an `async def` of the user's, of which `form` is the mediated form."""
    demands = engine.compiler.demands(form.__code__)
    scope = variables.scope_of(engine, function.__globals__) if demands else None
    return all(_holds(engine, scope, what, path) for what, path in demands)


def _holds(engine: Engine, scope: Any, what: str, path: tuple[str, ...]) -> bool:
    try:
        value = variables.load(scope, path[0])
    except NameError:
        return False
    for name in path[1:]:
        if type(value) is not types.ModuleType:
            return False
        value = vars(value).get(name)
    kind = type(value)
    if kind in KINDS:
        return False
    if what == "generator":
        if kind is not types.FunctionType or not inspect.isasyncgenfunction(value):
            return False
        form = engine.compiler.pushing(value.__code__)
        return form.quiet and _demands_hold(engine, value, form.code) and not _of_tasks(engine, value)
    if what == "object":
        return is_of_client(value) or _is_own_manager(engine, kind)
    return constructs_client(value) or isinstance(value, type) and _is_own_manager(engine, value)


def _demands_hold(engine: Engine, function: types.FunctionType, code: types.CodeType) -> bool:
    demands = engine.compiler.demands(code)
    return not demands or all(_holds(engine, variables.scope_of(engine, function.__globals__), *one) for one in demands)


def _is_own_manager(engine: Engine, cls: type) -> bool:
    """Whether both methods are coroutine functions of the user's that enter nothing of asyncio's."""
    if type(cls) is not type or find(cls, "__new__") is not object.__new__:
        return False
    for name in ("__aenter__", "__aexit__"):
        method = find(cls, name)
        if type(method) is not types.FunctionType or not inspect.iscoroutinefunction(method):
            return False
        form = engine.compiler.function(method)
        if form is None or engine.compiler.demands(form.__code__) or _of_tasks(engine, method, cls):
            return False
    return True


def _of_tasks(engine: Engine, function: types.FunctionType, cls: type = object) -> bool:
    """Whether a function, or a method or function of the user's that it mentions, mentions what belongs to a task."""
    seen: set[types.FunctionType] = set()
    pending = [function]
    while pending:
        one = pending.pop()
        node = engine.compiler.ir_of(one.__code__)
        if node is None:
            return True
        seen.add(one)
        for below in ir.walk(node):
            name = below.id if isinstance(below, ir.Name) else below.attr if isinstance(below, ir.Attribute) else ""
            if name in _OF_TASKS:
                return True
            mentioned = find(cls, name) if isinstance(below, ir.Attribute) else one.__globals__.get(name)
            if type(mentioned) is types.FunctionType and mentioned not in seen and engine.compiler.ir_of(mentioned.__code__):
                pending.append(mentioned)
    return False


# --- the protocols


def enter(manager: Any) -> tuple[Any, Any]:
    """What `async with manager` binds, and the bound `__aexit__`."""
    manager = current.engine.force(manager)
    kind = type(manager)
    missing = next((name for name in ("__aenter__", "__aexit__") if find(kind, name) is MISSING), None)
    if missing is not None:
        extra = " (missed __aexit__ method)" if missing == "__aexit__" else ""
        raise TypeError(f"'{kind.__qualname__}' object does not support the asynchronous context manager protocol{extra}")
    leave, come = classes.bound(manager, "__aexit__"), classes.bound(manager, "__aenter__")
    return leave, await_(calls.invoke(come, (), {}))


def leave(leave: Any, error: BaseException | None) -> Any:
    """Call and await `__aexit__`."""
    args = (None, None, None) if error is None else (type(error), error, error.__traceback__)
    return await_(calls.invoke(leave, args, {}))


def each(region: Region, scope: Any, value: Any) -> Iterator[Any]:
    """What an `async for` loop iterates over: an asynchronous generator of the user's runs its turns here."""
    engine = current.engine
    if type(value) is types.AsyncGeneratorType and value in engine.unbegun and not engine.strict:
        function, args, kwargs = engine.unbegun.pop(value)
        form = engine.compiler.pushed(function)
        if form is not None:
            return pushing.run(region, scope, function, form, args, kwargs)
    return _steps(engine, engine.force(value))


def _steps(engine: Engine, value: Any) -> Iterator[Any]:
    if find(type(value), "__aiter__") is MISSING:
        raise TypeError(f"'async for' requires an object with __aiter__ method, got {type(value).__name__}")
    iterator = engine.force(calls.invoke(classes.bound(value, "__aiter__"), (), {}))
    if find(type(iterator), "__anext__") is MISSING:
        raise TypeError(
            f"'async for' received an object from __aiter__ that does not implement __anext__: {type(iterator).__name__}"
        )
    step = classes.bound(iterator, "__anext__")
    while True:
        try:
            item = probing.probe(step, (), StopAsyncIteration, lambda: await_(calls.invoke(step, (), {})))
        except StopAsyncIteration:
            return
        yield item


__all__ = ["asynchronously", "each", "enter", "leave", "may_run"]
