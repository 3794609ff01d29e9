"""Claims: what the rest of a parked strand may touch, and the interfaces between the footprint analysis and the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import FunctionType, GeneratorType, MappingProxyType
from typing import Any, Protocol

from poppy_nb import ir
from poppy_nb.numbers import Numbers
from poppy_nb.runtime.placeholder import PendingNewcomer
from poppy_nb.scopes import Scope


class Mode(IntEnum):
    """How a location is touched. A write conflicts with everything, reads do not conflict with each other."""

    READ = 1
    WRITE = 2


Key = int | tuple[int, str] | str
#   id(obj)          the content of a container, or the whole of any object: every attribute of it as well
#   (id(obj), name)  one attribute of an object; one variable of a scope or namespace; (id(cell), "") the content of a cell
#   "stdout"         a resource; "world" is the one of unknown code and conflicts with every resource

WORLD = "world"
ORDER = "__dict__"  # in the place of an attribute: in which order the attributes of an object stand
OF_DECIMALS = frozenset({"prec", "rounding", "Emin", "Emax", "capitals", "clamp"})  # attributes of their context
DECIMALS = object()  # a location: the context that arithmetic of decimals goes by; who may do anything to the world may change it


@dataclass
class Activation:
    """One mediated frame on the stack of a strand."""

    node: ir.Node  # the function, region or module being run
    kind: str  # "function", or the kind of the region
    at: ir.Span | None  # the instruction where it stands; None: everything is still to come
    scope: object  # its L
    arguments: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    #   "item": what an iteration or element was given; "test": of a branch; parameters that the scope does not hold yet;
    #   "__poppy_...": live temporaries, and the operands of the instruction `at` (the value it waits for, the arguments of the
    #   native call it runs): they are not among the values that evaluating the statement again would give
    #   "awaited": the operand of the instruction `at` whose value it waits for and gives; "iterated": what the comprehension that
    #   is `at` iterates over
    names: Scope | None = None  # of the function, comprehension or module that the code stands in; None: told from the node
    clause: int = 0  # of the element of a comprehension: of which `for` the item is
    ended: bool = False  # the block in which `at` stands has been run: it only waits for all of it to have ended
    spawned: ir.Node | None = None  # the statement at `at`, if a strand of its own runs it: how control leaves it is waited for


class Heap(Protocol):
    """What the engine tells the analysis, as of the position of the strand. No answer runs code of the user's.

    Answers may contain placeholders. Where the strand's own predecessors still have writes to do, the answers contain what those
    may store. A `scope` is the L of an activation, or the globals dict of a function. The methods with bodies may be left as they
    are: their answers are the careful ones.
    """

    def variable(self, scope: object, kind: str, name: str) -> Sequence[object]:
        """What a variable may hold; kind "local", "cell", "global" (builtins not included); () if it is unbound.

        A captured variable of a live function is asked for with its cell as the scope, "cell" and the name "".
        """

    def scope_key(self, scope: object, kind: str, name: str) -> Key:
        """The location of a variable."""

    def attribute(self, obj: object, name: str) -> Sequence[object]:
        """What stands in the instance dict or the slot, or for a class or module in its own namespace; () if nothing does."""

    def elements(self, obj: object) -> Sequence[object]:
        """What an exact builtin container, or one that a class inherits from it, holds (dicts: keys and values); what an iterator
        is known to have left."""

    def values(self, obj: dict[object, object]) -> Sequence[object]:
        """The values of a dict, or of what inherits from it; the keys are none of them."""
        return self.elements(obj)

    def aliases(self, placeholder: object) -> Sequence[object] | None:
        """Existing objects that the value may turn out to be or contain; None if that is unknown."""

    def newcomer(self, newcomer: PendingNewcomer) -> Brought:
        """What is known of that which it stands for."""
        raise NotImplementedError

    def function(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The representation of a function that would run mediated, else None."""

    def managing(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The same of a generator function that `contextlib.contextmanager` calls."""
        return self.function(function)

    def pushed(self, function: FunctionType) -> ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda | None:
        """The same of a generator function all items of which a loop takes."""
        return self.function(function)

    def item(self, container: object, key: object) -> Sequence[object] | None:
        """What one key or index (a plain value) of a list or dict may hold; None to have all elements looked at."""
        return None

    def keys(self, container: dict[object, object]) -> Sequence[str] | None:
        """The keys of a dict, if they stay what they are and are texts; else None."""
        return None

    def counts(self, container: object) -> Sequence[object] | None:
        """What the values of an existing dict may be if all are numbers, else None."""
        return None

    def types(self, placeholder: object) -> Sequence[type] | None:
        """Classes of the user's of which the value may be, or contain, a new instance; None if that is unknown."""
        return ()

    def collected(self, generator: object) -> list[object] | None:
        """Of a generator that is being run into what takes all its items: where those stand that there were so far."""
        return None

    def has_ended(self, generator: object) -> bool:
        """Whether nothing of a generator or coroutine is left to do."""
        return getattr(generator, "gi_frame", generator) is None

    def generator(self, generator: GeneratorType[object, object, object]) -> Activation | None:
        """Where a suspended generator stands, if its code is mediated."""
        return None

    def handled(self) -> BaseException | None:
        """The exception that the strand is handling."""
        return None

    def raising(self) -> Sequence[object] | None:
        """Existing objects that what a `try` body has begun may raise, or raise in other objects; None if that is unknown."""
        return ()

    def owns(self, namespace: Mapping[str, object]) -> bool:
        """Whether code with these globals is the user's: its functions and modules can have state that the program changes."""
        return namespace.get("__name__") == "__main__"


@dataclass(frozen=True)
class Brought:
    """What a strand may store somewhere: existing objects and placeholders, and new objects of its own."""

    objects: list[object] = field(default_factory=list)
    fresh: bool = False  # something new is among it, or below it
    classes: list[type] | None = field(default_factory=list)  # of the user's, of the new ones; None: unknown
    ours: bool = True  # nothing new of a library's classes is among it
    numbers: Numbers | None = None  # it puts nothing but numbers there, of these kinds, and takes nothing away
    keys: frozenset[object] = frozenset()  # then, of a dict, those that stay there whatever of it is taken back


@dataclass
class Claims:
    """What a strand may still touch."""

    modes: dict[Key, Mode] = field(default_factory=dict)
    keep: list[object] = field(default_factory=list)  # objects whose ids are keys, kept alive
    everything: bool = False  # it conflicts with every location
    reason: str = ""  # why everything: the construct and its line
    published: list[object] = field(
        default_factory=list
    )  # existing objects that it may store into other existing objects or variables
    result: list[object] = field(default_factory=list)  # existing objects and placeholders that its value may be or contain
    instances: Any = None  # its value is a new instance of one of these classes (`Among`), or a client's answer of this shape
    ours: bool = False  # nothing new of a library's classes is in its value, nor in what it publishes
    simple: bool = False  # its value is a text, a number or None, and if that is known a number of these kinds
    numbers: Numbers | None = None
    brings: dict[Key, Brought] = field(default_factory=dict)  # the same by the location that it may store them at
    news: Brought = field(default_factory=Brought)  # the same for all locations together
    raised: list[object] = field(default_factory=list)  # existing objects that exceptions which it raises may be or contain
    looked: set[Key] = field(default_factory=set)  # locations whose elements or values it may touch
    lazy: bool = False  # its value, or what it publishes, may contain a new iterator, whose steps touch what is claimed here
    classes: list[type] | None = field(
        default_factory=list
    )  # the user's classes of which its value may be or contain new instances; None: unknown

    def covers(self, key: Key, mode: Mode) -> bool:
        """Whether an access stays within the claims: the assertion of the check mode."""
        if self.everything or self.modes.get(key, 0) >= mode:
            return True
        if type(key) is tuple:
            return self.modes.get(key[0], 0) >= mode
        if type(key) is not str:
            return False
        if key.startswith("file:") and self.modes.get("listing", 0) >= mode:  # of files.py: which one is not known
            return True
        return key != WORLD and WORLD in self.modes
