"""A loop over a progress bar gets its items ahead, and the bar counts those that are through.

`for x in tqdm(xs)` runs a generator of the library's, which gives the items of `xs` and shows between them how far the loop has
come. The walk takes the items from `xs` itself. The generator makes its steps when they retire, so that each comes after what the
program did with the item before; what it iterates over is a feed that only says whether there was one more.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from greenlet import getcurrent

from poppy_nb.effects import DEEP, OBJECT, Effect, Mode, native_iterator

from . import calls
from .adaptors import Stream
from .chains import WRITE
from .models_lazy import CONTAINERS
from .natives import perform


if TYPE_CHECKING:
    from .engine import Engine

_POSITIONAL = 3  # what it is over, description, total
_MADE = Effect("tqdm", (OBJECT, OBJECT, DEEP), (0,), returns="none", resource="stdout", resource_mode=Mode.WRITE, final=True)


def make(engine: Engine, kind: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A bar that is there at once and shows itself at its place; None if what it is over or writes to is unknown."""
    engine.retire()
    file = kwargs.get("file")
    if not engine.unretired or len(args) > _POSITIONAL or not (file is None or file is sys.stdout or file is sys.stderr):
        return None
    named = {name: value for name, value in kwargs.items() if name not in ("iterable", "file")}
    over = engine.force(args[0] if args else kwargs.get("iterable"))
    if type(over) in CONTAINERS:
        if len(args) < _POSITIONAL and named.get("total") is None:
            named["total"] = calls.invoke(len, (over,), {})  # as many as there are here
    elif over is not None and not native_iterator(over):
        return None
    bar = kind.__new__(kind)
    bar.iterable, bar.disable = over, True  # which it sets itself when it is its turn; if that never comes, it shows nothing
    begin = partial(_begin, file=file) if "file" in kwargs else _begin
    perform(_MADE, begin, (bar, over, *args[1:]), named, lambda: begin(bar, over, *args[1:], **named))
    return bar


def _begin(bar: Any, /, *args: Any, **kwargs: Any) -> None:
    bar.__init__(*args, **kwargs)


def steps(engine: Engine, bar: Any, iterate: Callable[[], Iterator[Any]]) -> Iterator[Any]:
    """The items that `iterate` gives, which are those of what `bar` is over, as the bar would give them."""
    feed = _Feed(bar)
    items = None
    while True:
        try:
            items = iterate() if items is None else items
            item = next(items)
        except StopIteration:
            _later(engine, feed, feed.end)
            return
        except Exception as error:
            engine.in_order("a progress bar over something that fails")
            feed.fail(error)
            raise
        _later(engine, feed, feed.step)
        try:
            yield item
        except GeneratorExit:
            if engine.killing or engine.finished or getcurrent() is not engine.current.greenlet:
                feed.leave()  # what was dropped when something failed: this is its place
            else:
                _later(engine, feed, feed.leave)
            raise


def steps_of(value: Any, items: Iterator[Any]) -> Iterator[Any]:
    """`items` of an `enumerate` or `zip` that only the loop holds: bars behind it are left with the loop."""
    try:
        yield from items
    except GeneratorExit:
        for part in value.parts if type(value) is Stream else value.__reduce__()[1]:
            if type(part) is Stream and part.kind is types.GeneratorType:
                inner: Any = part.steps
                inner.close()
        raise


class _Feed:
    """What the library's generator iterates over: it is asked when a step is made, and has one more item then."""

    def __init__(self, bar: Any) -> None:
        self.bar = bar
        self._shown: Any = None
        self._over: Any = None
        self._error: BaseException | None = None
        self._is_over = False

    def step(self) -> None:
        """Let the bar come to the next item."""
        if self._shown is None:
            self._over, self.bar.iterable = self.bar.iterable, self
            self._shown = type(self.bar).__iter__(self.bar)
        next(self._shown, None)

    def end(self) -> None:
        """Let it find that there is none."""
        self._is_over = True
        self.step()

    def fail(self, error: BaseException) -> None:
        """Let `error` be raised through the library's generator, as the program would see it come."""
        self._error = error
        self.step()

    def leave(self) -> None:
        """The loop is left."""
        if self._shown is not None:
            self._shown.close()

    def __iter__(self) -> _Feed:
        self.bar.iterable = self._over
        return self

    def __next__(self) -> None:
        if self._error is not None:
            error, self._error = self._error, None
            raise error
        if self._is_over:
            raise StopIteration


def _later(engine: Engine, feed: _Feed, step: Callable[[], None]) -> None:
    """At its place: when everything before it has retired."""
    engine.retire()
    if not engine.unretired:
        step()
        return
    op = engine.operation("effect", "a progress bar", None)
    op.final = op.ready = op.harmless = True
    op.keep = feed.bar
    engine.enter(op, id(feed.bar), WRITE)
    engine.enter(op, "stdout", WRITE)

    def run() -> None:
        step()
        engine.finish_operation(op, None)

    op.run = run


__all__ = ["make", "steps", "steps_of"]
