"""Strands and operations: what runs, and where in program order it stands. The tree of their logs is the program order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from types import FrameType

    from greenlet import greenlet

    from .chains import Entry, Position
    from .placeholder import Placeholder

SCOPE = "__poppy_L"  # how generated code calls its scope
# states of strands and operations
RUNNING, PARKED, WAITING, STARTED, DONE, FAILED, CANCELLED = range(7)
BLOCKED = 7  # a strand that stops and does not let its caller walk on

Site = tuple["FrameType", int, "Site | None"]  # frame, f_lasti, and what steps it if it is a generator's


_NOTHING: Mapping[str, Any] = {}


class Kill(BaseException):
    """Unwinds a strand that has been cancelled.

    No user code handles it: every mediated operation of a dead strand raises it again.
    """


class Undo:
    """A mutation of `target`, at the location `key`, that has happened and can be taken back, until it retires."""

    __slots__ = ("how", "key", "old", "target")

    def __init__(self, how: Callable[[], None] | None, target: Any, key: Any, old: Any = None) -> None:
        self.old = old  # what was there; None also if that is not told
        self.key = key
        self.how = how
        self.target = target

    def take_back(self) -> None:
        """Restore what was there before. Later mutations have been taken back already."""
        assert self.how is not None
        self.how()


class Strand:
    """One run of a cell, a mediated call or a region.

    It owns its position, its log and its claims; it does not know what it waits for in terms of events (the engine does) nor
    how its code was made. `log` holds `Operation`, `Undo` and `Strand` items in program order; `head` counts the retired ones in
    front, `scan` the ones of a `try` known to be settled.
    """

    __slots__ = (
        "claims", "clock", "count", "error", "greenlet", "guards", "head", "is_try", "kind", "log", "oldest", "on_failure",
        "operation", "parent", "parked", "path", "region", "result", "rewind", "scan", "scope", "arguments", "settle_waiters",
        "site", "spawner", "state", "value", "wake", "function", "everything", "published", "queued", "wait_for", "keep", "model",
        "level", "may_skip", "news", "outcome", "raised", "passed", "push", "turn",
    )  # fmt: skip

    keep: list[Any]  # what its claims are of: their keys are ids

    def __init__(self, parent: Strand | None, path: Position, kind: str) -> None:
        self.parent = parent
        self.path = path
        self.kind = kind
        self.count = 0
        self.log: list[Any] = []
        self.head = 0
        self.scan = 0
        self.state = RUNNING
        self.parked = False
        self.is_try = False
        self.guards = 0  # `try` bodies of its own that it is in
        self.on_failure: Callable[[], None] | None = None  # runs, when it retires, in the place of what comes after its failure
        self.oldest = False  # waits to be the oldest
        self.greenlet: greenlet | None = None
        self.level = 0  # how many greenlets lie between that and the hub
        self.spawner: greenlet | None = None
        self.result: Placeholder | None = None
        self.value: Any = None
        self.error: BaseException | None = None
        self.rewind: BaseException | None = None
        self.claims: Sequence[Entry] = ()
        self.everything = False
        self.published: Sequence[Any] = ()
        self.news: Any = None  # what is known of what it stores, a `Brought`
        self.raised: Sequence[Any] = ()  # what exceptions out of the rest of it may be or contain
        self.settle_waiters: list[Strand] | None = None
        self.site: Site | None = None
        self.region: Any = None
        self.function: Any = None
        self.scope: Any = None
        self.arguments: Mapping[str, Any] = _NOTHING
        self.clock: Any = parent.clock if parent is not None else None
        self.wake: Any = None
        self.operation: Operation | None = None
        self.queued = False
        self.model: Any = None
        self.wait_for: str = ""
        self.may_skip = False  # of an element of a comprehension: whether it may turn out that there is none
        self.push: Any = None  # of the run of a generator: the `Push` that takes its items
        self.turn: Any = None  # of a turn of a loop: the `Push` that has run it
        self.passed: Any = None  # the region of the turn that has failed, where the run of a generator hands on its failure
        self.outcome: tuple[Any] | None = None  # its value, if that is known before it has ended

    def let_go(self) -> None:
        """It has retired: hold nothing that the program may have dropped, such as a file that then has to be closed."""
        self.scope = self.site = self.operation = self.spawner = self.region = self.value = self.result = self.outcome = None
        self.error = self.rewind = self.on_failure = self.push = self.turn = self.passed = None
        self.arguments = _NOTHING

    @property
    def around(self) -> Strand | None:
        """The strand whose code this is a part of: of a turn that a generator runs, that of the loop."""
        return self.parent if self.turn is None else self.turn.strand

    def position(self) -> Position:
        """The next position in program order inside this strand."""
        self.count = count = self.count + 1
        return (*self.path, count)

    def __repr__(self) -> str:
        return f"<strand {self.kind} {self.path} state={self.state}>"


class Operation:
    """A step that could not be taken at once: an external call, a deferred native operation, an effect that waits to retire."""

    __slots__ = (
        "args", "context", "counts", "entries", "error", "external", "final", "function", "harmless", "id",
        "keep", "kind", "kwargs", "label", "mode",
        "missing", "position", "result", "run", "settle_waiters", "site", "span", "state", "strand", "take_back", "target",
        "captured", "guesses", "on_failure", "queued", "needs", "runner", "ready", "key", "handled", "output",
        "stored", "touches",
    )  # fmt: skip

    # of some kinds only
    args: Any
    context: Any
    handled: BaseException | None  # what was being handled when it was planned
    keep: Any  # the objects of its entries, whose keys are ids; of a task the future that its slot is waited for with
    kwargs: Any
    mode: str
    target: Any

    def __init__(self, id: int, kind: str, strand: Strand, position: Position, label: str) -> None:
        self.id = id
        self.kind = kind
        self.strand = strand
        self.position = position
        self.label = label
        self.state = WAITING
        self.final = False
        self.harmless = False  # cannot fail: no `try` waits for it
        self.counts: Any = None  # the kinds of the numbers that stood where it puts one
        self.on_failure: Callable[[], None] | None = None
        self.result: Placeholder | None = None
        self.entries: list[Entry] | tuple[()] = ()  # many operations have none, and each list is work for the garbage collection
        self.missing = 0
        self.error: BaseException | None = None
        self.take_back: tuple[tuple[Callable[[], None], Any], ...] = ()  # how to undo it, and the target
        self.settle_waiters: list[Strand] | None = None
        self.site: Site | None = None
        self.run: Callable[[], Any] | None = None
        self.external: Any = None
        self.captured: Any = None
        self.queued = False
        self.runner: Strand | None = None
        self.ready = False
        self.output: list[tuple[str, str]] | None = None  # what an external call has printed
        self.touches: Callable[[], Any] | None = None  # accesses of operands that were pending
        self.guesses: tuple[list[Any], set[int]] | None = None  # pending operands, keys of all that they may be
        self.key: Any = None  # of a store: the location that is taken back
        self.stored: Sequence[Any] = ()  # what it may put into what it changes
        self.needs: Callable[[], Any] | None = None

    def let_go(self) -> None:
        """It has retired: hold nothing that the program may have dropped, such as a file that then has to be closed."""
        self.site = self.result = self.captured = self.context = self.handled = self.error = self.on_failure = None
        self.args = self.kwargs = self.target = self.keep = None
        self.take_back = self.stored = ()

    def add(self, entry: Entry) -> None:
        """One more access of its own."""
        entries = self.entries
        if type(entries) is list:
            entries.append(entry)
        else:
            self.entries = [entry]

    def __repr__(self) -> str:
        return f"<{self.kind} {self.label} {self.position} state={self.state}>"
