"""What one run of a program did outside of its namespace: its external calls, in the order in which their bodies ran.

Exactly one world is current at a time; `record`, called first thing in the body of every external of the tests, writes into it.
"""

from __future__ import annotations

import re
import threading
import types
import zlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


def is_of_the_runtime(value: object) -> bool:
    """Whether an object is one that only the runtime may hold: a placeholder, a scope, an operation, a function of `ops`."""
    owner = value if isinstance(value, (type, types.FunctionType)) else type(value)
    module = getattr(owner, "__module__", None)
    return isinstance(module, str) and module.startswith(("poppy_nb.runtime", "poppy_nb.session", "poppy_nb.compiler"))


def render(value: object, _above: tuple[int, ...] = ()) -> str:
    """The structure of a value as text: equal text for equal structure, without addresses, with dict order, sets sorted."""
    kind = type(value)
    if kind in (str, int, float, bool, bytes, complex, type(None), type(...), range):
        return repr(value)
    if id(value) in _above:
        return f"<cycle {len(_above) - _above.index(id(value))}>"
    if is_of_the_runtime(value):
        return f"<runtime {kind.__module__}.{kind.__qualname__}>"
    above = (*_above, id(value))

    def parts(values: Iterable[object]) -> str:
        return ", ".join(render(v, above) for v in values)

    if isinstance(value, (types.FunctionType, type)):
        return f"<{value.__qualname__}>"
    if isinstance(value, types.MethodType):
        return f"<{value.__func__.__qualname__} of {render(value.__self__, above)}>"
    text = ""
    if isinstance(value, dict):
        text = "{" + ", ".join(f"{render(k, above)}: {render(v, above)}" for k, v in dict.items(value)) + "}"
    elif isinstance(value, list):
        text = f"[{parts(list.__iter__(value))}]"
    elif isinstance(value, tuple):
        text = f"({parts(tuple.__iter__(value))})"
    elif isinstance(value, deque):
        text = f"deque[{parts(deque.__iter__(value))}]"
    elif isinstance(value, (set, frozenset)):
        text = "{" + ", ".join(sorted(render(v, above) for v in value)) + "}"
    elif isinstance(value, BaseException):
        text = f"({parts(value.args)})"
    elif isinstance(value, bytearray):
        text = repr(bytes(value))
    elif isinstance(value, (str, int, float, bytes)):
        text = next(base.__repr__(value) for base in (str, int, float, bytes) if isinstance(value, base))
    if kind in (dict, list, tuple, deque, set, frozenset):
        return text
    state = getattr(value, "__dict__", None)
    if isinstance(state, dict):
        return f"{kind.__qualname__}{text}<{', '.join(f'{k}={render(v, above)}' for k, v in state.items())}>"
    return f"{kind.__qualname__}{text}" if text else ADDRESS.sub("0x", repr(value))


def digest(*values: object) -> int:
    """A number that depends on the structure of the values only: the same in every process."""
    return zlib.crc32(render(values).encode("utf-8", "backslashreplace"))


@dataclass(frozen=True)
class Call:
    """One external call: what was called with what, as it was when the body began."""

    name: str
    args: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()

    @property
    def ordered(self) -> bool:
        """Whether it is ordered against others on a resource."""
        return bool(self.reads or self.writes)

    def __str__(self) -> str:
        return f"{self.name}{self.args}"


@dataclass
class World:
    """The record of one run. Its clock is the sequential time: latencies and sleeps added up (the engine has its own)."""

    latency: Callable[[str, tuple[object, ...]], float] = lambda name, args: 1.0
    clock: float = 0.0
    calls: list[Call] = field(default_factory=list)
    database: list[object] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, name: str, args: tuple[object, ...], reads: tuple[str, ...], writes: tuple[str, ...]) -> None:
        """Note a call, and let the sequential clock go on by its latency."""
        with self.lock:
            self.calls.append(Call(name, f"({', '.join(render(a) for a in args)})", reads, writes))
            self.clock += self.latency(name, args)


_current = World()


def enter(world: World) -> World:
    """Make a world the current one; the one before is returned."""
    global _current
    before, _current = _current, world
    return before


def current() -> World:
    """The world of the run under way."""
    return _current


def record(name: str, *args: object, reads: str | tuple[str, ...] = (), writes: str | tuple[str, ...] = ()) -> None:
    """Note that an external has been called. Every external of the tests calls this first."""

    def names(resource: str | tuple[str, ...]) -> tuple[str, ...]:
        return (resource,) if isinstance(resource, str) else resource

    _current.call(name, args, names(reads), names(writes))
