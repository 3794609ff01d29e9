"""Placeholders: what stands for a value that is not known yet. No code outside the runtime may ever see one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NoReturn

from poppy_nb import shapes


if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from poppy_nb.effects import Effect

PENDING = 0
KNOWN = 1
DEAD = 2


class LeakError(AssertionError):
    """Code that the runtime does not mediate has touched a placeholder: a bug of poppy_nb, never of the user's."""


ELEMENTS = "a list of its aliases"
OURS = "one of its aliases, an instance of its classes, or builtin: nothing of a library"


class Exactly:
    """A shape: an instance of this class, and of none below it."""

    __slots__ = ("cls",)

    def __init__(self, cls: type) -> None:
        self.cls = cls


class Among:
    """A shape: a new instance of one of these classes of the program's, or a text or number if they are `several`.

    ours: nothing new that it holds is of a library. There is one of each kind: they are told apart by identity, see `among`.
    """

    __slots__ = ("classes", "ours", "several")

    def __init__(self, classes: tuple[type, ...], several: bool, ours: bool) -> None:
        self.classes = classes
        self.several = several
        self.ours = ours


among = functools.lru_cache(maxsize=256)(Among)


class Parts:
    """A shape: a new tuple of values of these shapes (None: not known).

    simple: which of them are texts or numbers. ours: as in `Among`. There is one of each kind, see `parts_of`.
    """

    __slots__ = ("ours", "shapes", "simple")

    def __init__(self, shapes: tuple[Any, ...], simple: tuple[bool, ...], ours: bool) -> None:
        self.shapes = shapes
        self.simple = simple
        self.ours = ours

    def part(self, value: Any, index: Any) -> None:
        """`value` is what stands at `index`."""
        if type(value) is not Placeholder or type(index) is not int or not -len(self.shapes) <= index < len(self.shapes):
            return
        value.shape = self.shapes[index] or (OURS if self.ours and not self.simple[index] else None)
        if self.simple[index]:
            value.__class__ = PendingAtom


parts_of = functools.lru_cache(maxsize=256)(Parts)


def shared(several: Sequence[Parts], ours: bool, alone: bool) -> Parts | None:
    """What is known of one of several tuples, or of a text or number if they are not `alone`; None if their lengths differ."""
    if len({len(one.shapes) for one in several}) != 1:
        return None
    columns = zip(*(zip(one.shapes, one.simple, strict=True) for one in several), strict=True)
    shapes, simple = zip(*(_either(column, alone) for column in columns), strict=True)
    return parts_of(shapes, simple, ours)


def _either(column: Sequence[tuple[Any, bool]], alone: bool) -> tuple[Any, bool]:
    """What is known of one of several values, by their shapes and whether they are texts or numbers."""
    shapes = [shape for shape, simple in column if not simple]
    if not shapes:
        first = column[0][0]
        return first if alone and all(shape == first for shape, _ in column) else None, True
    if not all(type(shape) is Among for shape in shapes):
        return None, False
    classes = sorted({class_ for shape in shapes for class_ in shape.classes}, key=id)
    several = len(classes) > 1 or len(shapes) < len(column) or not alone or any(shape.several for shape in shapes)
    return among(tuple(classes), several, all(shape.ours for shape in shapes)), False


def is_ours(shape: Any) -> bool:
    """Whether nothing new of a library's can be in a value of this shape."""
    return shape is OURS or type(shape) in (Among, Parts) and shape.ours

class Placeholder:
    """A value to come.

    `slots` are the places in containers that hold it and are filled when it is known; `waiters` are called then. `aliases` are
    the existing objects that it may turn out to be or contain (None: unknown); a value made by an external call is fresh.
    Every operation of Python on it raises `LeakError`, so that a leak is found at once.
    """

    __slots__ = ("__weakref__", "aliases", "classes", "near", "origin", "row", "shape", "slots", "state", "value", "waiters")

    def __init__(self, origin: Any, aliases: tuple[Any, ...] | None = ()) -> None:
        self.origin = origin
        self.state = PENDING
        self.value: Any = None
        self.slots: tuple[Any, Any] | list[Any] | None = None  # mostly one
        self.waiters: Callable[[], None] | list[Callable[[], None]] | None = None  # mostly one
        self.aliases = aliases
        self.near: tuple[Any, ...] | None = None  # if a family is among the aliases: those that it stands for, without theirs
        self.row: Effect | None = None  # of the builtin or library callable that makes a new value
        self.shape: Any = None  # of a client's answer or a part of it, see `shapes`; or ELEMENTS, OURS, Exactly, Among, Parts
        self.classes: tuple[type, ...] | None = ()  # of the user's, or a defaultdict: its value may be a new one; None: unknown

    def when_known(self, callback: Callable[[], None]) -> None:
        """Call `callback` once, when the value is known."""
        waiters = self.waiters
        if waiters is None:
            self.waiters = callback
        elif type(waiters) is list:
            waiters.append(callback)
        else:
            self.waiters = [waiters, callback]  # type: ignore[list-item]


class PendingAtom(Placeholder):
    """The answer of an external call that is declared to give text, a number or the like: no object that can change."""

    __slots__ = ()


class PendingIterator(Placeholder):
    """Stands among the aliases of a value that may be a new iterator: its steps touch `claims`, as `(key, mode, kept object)`."""

    __slots__ = ("claims",)

    def __init__(self, origin: Any, aliases: tuple[Any, ...], claims: tuple[Any, ...]) -> None:
        super().__init__(origin, aliases)
        self.claims = claims


class PendingNewcomer(Placeholder):
    """Stands for what open writes have yet to make and put at the location `key`, for those who look there before.

    It is never a value of the program. Accesses of it are accesses of whatever is linked to `key` (`links.py`).
    """

    __slots__ = ("key",)

    def __init__(self, key: Any) -> None:
        super().__init__(f"what will be put at {key}")
        self.key = key


class PendingFamily(Placeholder):
    """Stands among the aliases of a value for very many others that are pending, see `families.py`; it is never a value itself.

    Its own aliases are those of its members that have become known and can change.
    """

    __slots__ = ("most", "outer")

    aliases: list[Any]  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__("one of many")
        self.aliases = []
        self.most = 64  # members and aliases: with more it is looked who still belongs to it
        self.outer: list[PendingFamily] = []  # families that this one is a member of

    def found(self, value: Any) -> None:
        """A member has turned out to be `value`."""
        if all(one is not value for one in self.aliases):
            self.aliases.append(value)
            for family in self.outer:
                family.found(value)


class PendingAttribute(Placeholder):
    """`receiver.name` where the receiver is pending: a call of it is one deferred method call."""

    __slots__ = ("name", "receiver")

    def __init__(self, origin: Any, receiver: Placeholder, name: str) -> None:
        super().__init__(origin, receiver.aliases)
        self.receiver = receiver
        self.name = name


class PendingChoice(Placeholder):
    """One of some existing objects: `TOOLS[name]` where the name is pending."""

    __slots__ = ("options",)

    def __init__(self, origin: Any, aliases: tuple[Any, ...], options: tuple[Any, ...]) -> None:
        super().__init__(origin, aliases)
        self.options = options


class PendingTuple(Placeholder):
    """A tuple of which some parts are pending: a real tuple cannot be filled later."""

    __slots__ = ("parts",)

    def __init__(self, origin: Any, parts: tuple[Any, ...]) -> None:
        super().__init__(origin)
        self.parts = parts


class PendingCall(Placeholder):
    """The call of an `async def` of which an argument is pending; then it is the coroutine object. `consumed`: it was awaited."""

    __slots__ = ("args", "consumed", "kwargs", "target")

    def __init__(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        super().__init__(None)
        self.target = target
        self.args = args
        self.kwargs = kwargs
        self.consumed = False


class PendingGather(PendingCall):
    """`asyncio.gather` of external calls before it is awaited: until its place in the program retires, then it is the future."""

    __slots__ = ("answer", "operation")

    def __init__(self, target: Any, args: tuple[Any, ...], operation: Any) -> None:
        super().__init__(target, args, {})
        self.operation = operation
        self.answer: list[Any] | None = None  # what awaiting it has given


KINDS = frozenset(
    {
        Placeholder, PendingAtom, PendingIterator, PendingNewcomer, PendingAttribute, PendingChoice, PendingTuple, PendingCall,
        PendingGather, PendingFamily,
    }
)


def known(value: Any) -> Any:
    """`value`, or what it stands for when that is known by now."""
    while type(value) in KINDS and value.state == KNOWN:
        value = value.value
    return value


def of_client(value: Any) -> bool:
    """Whether `value` stands for the answer of a known library's client or a part of one: nothing of the program's is in it."""
    while type(value) is PendingAttribute:
        value = value.receiver
    if type(value) not in KINDS:
        return False
    if value.aliases:
        return value.classes == () and all(of_client(part) for part in value.aliases)
    external = getattr(value.origin, "external", None)
    return shapes.is_answer(value.shape) if external is None else external.fresh


def is_stepped(value: Any) -> bool:
    """Whether what is pending may be a new iterator: a step changes it. (What an external call answers counts as none.)"""
    seen: dict[int, Any] = {}
    left = [value]
    while left:
        one = left.pop()
        if type(one) is PendingIterator:
            return True
        if type(one) in KINDS and id(one) not in seen:
            seen[id(one)] = one
            left += one.aliases or ()
    return False


def pending(value: Any) -> bool:
    """Whether `value` is a placeholder whose value is not known."""
    return type(value) in KINDS


def _leak(name: str) -> Any:
    def method(self: Placeholder, *args: object, **kwargs: object) -> NoReturn:
        raise LeakError(f"{name} on a placeholder of {self.origin!r}")

    return method


_DUNDERS = """
    add radd iadd sub rsub isub mul rmul imul truediv rtruediv floordiv rfloordiv mod rmod divmod pow rpow matmul lshift rshift
    and rand or ror xor rxor neg pos abs invert int float complex index round bool len iter next getitem setitem delitem contains
    call str format eq ne lt le gt ge enter exit await aiter anext reversed missing bytes fspath length_hint copy deepcopy
    reduce_ex hash
""".split()
for _name in _DUNDERS:
    setattr(Placeholder, f"__{_name}__", _leak(f"__{_name}__"))
