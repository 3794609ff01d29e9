"""A StopIteration that a cell raises: no coroutine can raise it, so it is carried to where it can be raised or shown.

Python turns it into a RuntimeError when it leaves a coroutine, and a cell that is none runs on our coroutines all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from poppy_nb.magics.tracebacks import Carried, users_line


def unturned(error: BaseException, awaits: Callable[[int | None], bool]) -> BaseException:
    """What the cell has raised, where `error` has come through coroutines and no frame of the cell's.

    awaits: whether the statement at a line of the cell awaits: then it is a coroutine itself, and raises just that RuntimeError.
    """
    stop = error.__cause__
    if type(error) is not RuntimeError or not isinstance(stop, StopIteration):
        return error
    return error.with_traceback(None) if awaits(users_line(stop)) else stop


def raise_through(error: BaseException) -> NoReturn:
    """Raise an exception from a coroutine."""
    __tracebackhide__ = True
    if isinstance(error, StopIteration):
        raise Carried(error) from None
    raise error
