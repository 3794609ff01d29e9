"""What a model may use: the operations of the runtime, as models see them, and the register that models enter themselves in.

A model is a builtin or library function written once more in terms of mediated operations, because the native one calls back,
is lazy, or would look at placeholders. It is called as `model(ops, target, *operands, **keywords)`, any of which but `target`
may be a placeholder, and never reads a container of the program natively: what stands in the way of a read is known to `ops`
only.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from poppy_nb.effects import DEEP, Depth, receiver


class Ops(Protocol):
    """The mediated operations. P below is a placeholder. After its run has ended all of them work as plain Python does."""

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The value of a call, already made, or P."""

    def framed(self, place: Callable[[], Any], function: Any, /, *args: Any) -> Any:
        """`function(*args)`, one of these operations, in a frame that plain Python has: `place` gives it, see `tracebacks`."""

    def manage(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The generator that a call of a function under `contextlib.contextmanager` gives."""

    def resumed(self, generator: Any, /) -> None:
        """It has come to the next `yield`, or its end."""

    def settle(self) -> None:
        """All that the model has done so far has ended, or the first failure in it is raised; parks."""

    def resume(self, generator: Any, /) -> None:
        """A generator of `manage` is about to be resumed, in this model; parks if its code is plain."""

    def iterate(self, value: Any, /) -> Iterator[Any]:
        """A native iterator over the items, which may be P; TypeError at once, as of `iter`. A pending tuple gives its parts."""

    def steps(self, value: Any, /) -> Iterator[Any]:
        """The same for an iterator that the program holds: its steps are taken back if something before them fails."""

    def next(self, value: Any, /) -> Any:
        """One step of an iterator, or StopIteration."""

    def attribute(self, value: Any, name: str, /) -> Any:
        """`value.name`, or AttributeError here."""

    def probe(self, function: Any, /, *args: Any, errors: Any) -> Any:
        """The value of a call whose `errors` are handled by the caller: raised here, also if what is pending raises them."""

    def may_stop(self, function: Any, /) -> bool:
        """Whether a call of it may raise StopIteration."""

    def hint(self, value: Any, /) -> None:
        """What `operator.length_hint` asks a class of the program's: `__len__`, or `__length_hint__`."""

    def drain(self, value: Any, /) -> list[Any] | None:
        """All items of a generator expression that was not stepped yet; None for anything else."""

    def parts(self, value: Any, /) -> Iterator[Any] | None:
        """The elements of such a generator expression as they come, each made by a strand of its own; None for anything else."""

    def unfolded(self, part: Any, /) -> Iterable[Any]:
        """The items that such an element is; parks."""

    def unsure(self, part: Any, /) -> bool:
        """Whether it is not known yet if there is such an element."""

    def kept(self, part: Any, test: Any, wanted: bool, /) -> Any:
        """`part`, which there is if its test, which may be P, turns out as `wanted`."""

    def call_if_there(self, function: Any, part: Any, /) -> Any:
        """`function(part)`, which there is if there is such a part, in a strand of its own."""

    def apart_as(self, function: Any, operands: tuple[Any, ...], body: Callable[..., Any], /, *args: Any) -> None:
        """`body(*args)` in a strand of its own, which touches what `function(*operands)` would."""

    def force(self, value: Any, /) -> Any:
        """The value itself; parks."""

    def whole(self, value: Any, /) -> Any:
        """The value itself, everything below it known; parks."""

    def settled(self, value: Any, /) -> Any:
        """The value itself, as it is here: nobody before has yet to write what it consists of; parks."""

    def pending(self, value: Any, /) -> bool:
        """Whether it is P, by now."""

    def apart(self, value: Any, /) -> bool:
        """Whether P stands for something new that is nothing else's part."""

    def undoable(self, take_back: Callable[[], None], target: Any, /) -> None:
        """`target` has just been changed here; if something before fails, `take_back` is called."""

    def left(self, stream: Any, /) -> None:
        """A stream that a native adaptor is to take the place of, if it is left when the run is over."""

    def barrier(self) -> None:
        """Everything before has retired; parks. Then native code may run that could do anything."""

    def truth(self, value: Any, /) -> Any: ...
    def unary(self, symbol: str, a: Any, /) -> Any: ...
    def binary(self, symbol: str, a: Any, b: Any, /) -> Any: ...
    def inplace(self, symbol: str, a: Any, b: Any, /) -> Any: ...
    def compare(self, symbol: str, a: Any, b: Any, /) -> Any: ...
    def getitem(self, container: Any, key: Any, /) -> Any: ...
    def setitem(self, container: Any, key: Any, value: Any, /) -> None: ...
    def delitem(self, container: Any, key: Any, /) -> None: ...
    def getattr(self, value: Any, name: str, /) -> Any: ...
    def setattr(self, value: Any, name: str, item: Any, /) -> None: ...
    def delattr(self, value: Any, name: str, /) -> None: ...

    def defer(self, function: Callable[..., Any], /, *operands: Any, depth: Depth | tuple[Depth, ...] = DEEP,
              again: Callable[[], Any] | None = None) -> Any:  # fmt: skip
        """`function(*operands)`, pure and native, once the operands are known to `depth` (one for all, or one each): value or P.

        `again` does the same with mediated steps, for operands that turn out not to be plain.
        What it returns may hold P's that were open elements of its operands: they are registered.
        """

    def list_of(self, items: Sequence[Any], value: Any, /) -> Any:
        """`value`, which is a new list of some of `items` and nothing else: said of it if it is P."""

    def on_failure(self, function: Callable[[], None], /) -> None:
        """If something fails that the model has called, run `function` when everything before the failure has retired."""

    def on_retire(self, function: Callable[..., Any], /, *operands: Any) -> None:
        """Run `function(*operands)` when everything before has retired and the operands are known. Not undone."""

    def build_list(self, items: Iterable[Any], /) -> Any:
        """A list with open slots where items are P."""

    def build_tuple(self, items: Iterable[Any], /, make: Callable[[Iterable[Any]], Any] = tuple) -> Any:
        """A tuple (or what `make` makes of the items: a namedtuple's `_make`), or P with these parts."""

    def build_dict(self, pairs: Iterable[tuple[Any, Any]], /) -> Any: ...
    def build_set(self, items: Iterable[Any], /) -> Any: ...


Model = Callable[..., Any]
MODELS: dict[str, Model] = {}
MISSING: Any = object()


def model(*names: str, least: int = 0, most: int | None = None, keywords: str | None = "") -> Callable[[Model], Model]:
    """Enter a model under `names`, which rows refer to. Calls that the native function refuses are left to it, for the message.

    `least` and `most` count the operands; `keywords` are the ones it takes, None for any.
    """
    allowed = None if keywords is None else frozenset(keywords.split())

    def register(function: Model) -> Model:
        @functools.wraps(function)
        def checked(ops: Ops, target: Any, /, *operands: Any, **named: Any) -> Any:
            count = len(operands)
            refused = named and allowed is not None and not allowed.issuperset(named)
            if refused or count < least or (most is not None and count > most):
                ops.barrier()
                rest = map(ops.whole, operands[len(receiver(target)) :])
                return target(*rest, **{name: ops.whole(value) for name, value in named.items()})
            return function(ops, target, *operands, **named)

        for name in names:
            MODELS[name] = checked
        return checked

    return register
