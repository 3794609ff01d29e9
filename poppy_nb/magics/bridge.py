"""Synchronous code that waits on the loop that called it: how `%%poppy` below `%%time` runs on the kernel's own loop.

The synchronous code runs on a greenlet. When something in it has to wait, the greenlet hands the awaitable to the coroutine that
started it, which awaits it and comes back with the result. No loop is run inside of a loop, and asyncio is not patched.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from weakref import WeakSet

from greenlet import getcurrent, greenlet


_T = TypeVar("_T")


_bridges: WeakSet[greenlet] = WeakSet()  # each runs synchronous code; its parent is the coroutine's


async def synchronous(call: Callable[[], _T]) -> _T:
    """The result of `call`, in which `wait_for` can be used."""
    __tracebackhide__ = True
    here = getcurrent()
    runner = greenlet(call, here)
    _bridges.add(runner)
    runner.gr_context = here.gr_context  # the same context variables
    got: Any = runner.switch()
    while not runner.dead:
        runner.parent = getcurrent()
        try:
            value = await got
        except BaseException as error:
            got = runner.throw(type(error), error, error.__traceback__)
        else:
            got = runner.switch(value)
    result: _T = got
    return result


def is_open() -> bool:
    """Whether this is code that `synchronous` runs, so that it can wait."""
    return getcurrent() in _bridges


def wait_for(run: Coroutine[Any, Any, _T]) -> _T:
    """The result of a coroutine, awaited on the loop."""
    __tracebackhide__ = True
    current = getcurrent()
    assert current.parent is not None, "not on a bridge"
    result: _T = current.parent.switch(run)
    return result
