"""The one stream that tells what happened in a run: graph, timeline, summary, progress and tests read it and nothing else.

Events hold text that was shortened and numbers, never objects of the user's, so that keeping them keeps nothing else, and showing
them runs no code and gives away no secret.
"""

from __future__ import annotations

import re
import types
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args


if TYPE_CHECKING:
    from poppy_nb.ir import Span


CLAIMS = -1  # the number of the operation of events that tell which line is not understood, so that all behind it waits
Kind = Literal["planned", "dispatched", "waits", "done", "failed", "cancelled", "retired", "effect"]


class Within(NamedTuple):
    """What an operation stands in: one run of a function or region, and, `outer`, what that stands in (None: the cell itself).

    kind: `function`, or that of a region: `loop`, `iteration`, `branch`, `try`... name: of the function. span: of a function
        where it was called, else where it is written. number: its place in program order, unique in the run.
    """

    kind: str
    name: str
    span: Span | None
    file: str
    number: tuple[int, ...]
    outer: Within | None


class Event(NamedTuple):
    """One thing that happened to one operation.

    kind: `planned` it was issued, in program order; `dispatched` its external call began; `waits` it, or the program at it,
        waits for the operations `waits_for` because of `reason`; `done`, `failed`, `cancelled` how it ended; `retired` all
        before it has ended too; `effect` the program has come to something that happens in its order, such as a `print`, on the
        resource `reason`, and `waits_for` are the calls whose answers it needs (with `EventStream.detailed` only).
    op: number of the operation, unique in the run. 0: the program itself; CLAIMS: a line that is not understood.
    label: the call or operation as short text. t: seconds on the driver's clock.
    span, file: the place in the user's code. external: whether it is an external call.
    waits_for: numbers of operations. For `dispatched`: whose answers it needed, and which decided whether it is reached.
    detail: more, as short text: what to declare (`waits`), the type of the exception (`failed`), `"abandoned"` (`cancelled`: the
        call could not be stopped); with `EventStream.values` the arguments (`dispatched`) and the answer (`done`).
    within, position: with `EventStream.detailed`, of `planned` and `effect`: what it stands in, and its place in program order.
    """

    kind: Kind
    op: int
    label: str = ""
    t: float = 0.0
    span: Span | None = None
    file: str = ""
    external: bool = False
    reason: str = ""
    waits_for: tuple[int, ...] = ()
    detail: str = ""
    within: Within | None = None
    position: tuple[int, ...] = ()

    @property
    def line(self) -> int | None:
        """The line in the user's code."""
        return self.span.line if self.span is not None else None


_event: Callable[[tuple[object, ...]], Event] = partial(tuple.__new__, Event)  # a third of the time that `Event(...)` takes
_KINDS: frozenset[Kind] = frozenset(get_args(Kind))


class EventStream:
    """Hands every event to its subscribers, in order, and remembers the last `memory` ones.

    A subscriber that raises is dropped and its error kept in `errors`: who only watches must not change how the program runs.
    Remembered events are plain tuples of texts and numbers: the garbage collection passes over those, however many there are.

    detailed: whether somebody wants to know where operations stand and what they wait for, values: what they are given and
    answer. Both cost time, so they are off until asked for, before the run. stop: set by who runs; it fails the
    external call of that number.
    """

    def __init__(self, memory: int = 100_000) -> None:
        self.detailed = False
        self.values = False
        self.stop: Callable[[int], None] | None = None
        self.errors: list[BaseException] = []
        self.count = 0
        self._remembered: deque[tuple[Any, ...]] = deque(maxlen=memory)
        self._places: list[tuple[Span | None, str]] = []
        self._numbers: dict[tuple[Span | None, str], int] = {}
        self._subscribers: tuple[tuple[Callable[[Event], None], frozenset[Kind]], ...] = ()

    def subscribe(self, subscriber: Callable[[Event], None], kinds: frozenset[Kind] = _KINDS) -> Callable[[], None]:
        """Call `subscriber` with every event of these kinds from now on; the result ends that."""
        self._subscribers += ((subscriber, kinds),)

        def unsubscribe() -> None:
            self._subscribers = tuple(s for s in self._subscribers if s[0] is not subscriber)

        return unsubscribe

    def place(self, span: Span | None, file: str) -> int:
        """A number for a place in the user's code, for `tell`."""
        number = self._numbers.get((span, file))
        if number is None:
            number = self._numbers[span, file] = len(self._places)
            self._places.append((span, file))
        return number

    def emit(self, event: Event) -> None:
        """Tell everybody. Called on the engine's thread only."""
        place = self.place(event.span, event.file)
        self.tell(event.kind, event.op, event.label, event.t, place, *event[6:])

    def tell(self, kind: Kind, op: int, label: str, t: float, place: int, external: bool = False, reason: str = "",
             waits_for: tuple[int, ...] = (), detail: str = "", within: Within | None = None,
             position: tuple[int, ...] = ()) -> None:  # fmt: skip
        """The same for an event in parts: the fields of `Event`, with the number that `place` gave for span and file."""
        self.count += 1
        self._remembered.append((kind, op, label, t, place, external, reason, waits_for, detail, within, position))
        for subscriber, kinds in self._subscribers:
            if kind in kinds:
                try:
                    span, file = self._places[place]
                    subscriber(_event((kind, op, label, t, span, file, external, reason, waits_for, detail, within, position)))
                except Exception as error:
                    self.errors.append(error)
                    self._subscribers = tuple(s for s in self._subscribers if s[0] is not subscriber)

    def __iter__(self) -> Iterator[Event]:
        """The remembered events, oldest first."""
        for kind, op, label, t, place, *rest in tuple(self._remembered):
            yield _event((kind, op, label, t, *self._places[place], *rest))

    def __len__(self) -> int:
        return len(self._remembered)

    @property
    def forgotten(self) -> int:
        """How many events are no longer remembered."""
        return self.count - len(self._remembered)


# ---- short text that gives nothing away

_SECRET_NAME = re.compile(
    r"""(?i) api[-_]?key | token$ | passw(or)?d | passphrase | \bpwd | secret | authorization | \bauth$ | _auth$
    | credential | cookie | (private | access | account | signing)[-_]?key | bearer | session[-_]?(id | key) | \bsignature$
    | connection[-_]?string""",
    re.VERBOSE,
)
_SECRET_VALUE = re.compile(
    r"""(?x)
    (?: \b(?: sk | rk | pk )[-_] (?: [A-Za-z]+[-_] )* [A-Za-z0-9_-]{8,}       # OpenAI, Anthropic, Stripe
      | \b(?: gh[pousr] | hf | glpat | github_pat | xox[abprs] | npm | pypi | gsk | r8 | nvapi | xai | pplx | tvly ) [-_]
           [A-Za-z0-9_-]{8,}
      | \bAKIA[A-Z0-9]{12,} | \bAIza[A-Za-z0-9_-]{20,}                         # AWS, Google
      | \beyJ[A-Za-z0-9_-]{8,} (?: \.[A-Za-z0-9_-]* )*                          # JWT
      | (?i: \b(?: bearer | basic ) \s+ [A-Za-z0-9._~+/=-]{8,} )
      | (?i: (?: api[-_]?key | access[-_]?key | token | passw(?: or )?d | pwd | secret | \bauth | session[-_]?id ) ["']?
             (?: \s* [=:] | \s+ is \b ) \s* ["']? [^\s"'&,;]{4,} )
      | (?<=[?&]) (?i: (?: key | sig | signature | auth | code | x-amz-[a-z-]+ ) ) = [^\s"'&,;]{4,}  # of signed addresses
      | (?<=://) [^/\s:@]+ : [^/\s@]+ (?=@)                                     # user:password@host
      | \b(?= [A-Za-z0-9_-]*[a-z] )(?= [A-Za-z0-9_-]*[A-Z] )(?= [A-Za-z0-9_-]*[0-9] ) [A-Za-z0-9_-]{32,}   # anything like a key
      | -----BEGIN [^-]*PRIVATE\ KEY .*
    )""",
    re.DOTALL,
)
# The pattern is slow. Whatever it finds has so many characters of a key in a row, or one of these words.
_LONG_TOKEN = re.compile(r"[A-Za-z0-9_-]{11}")
_SECRET_WORDS = ("key", "token", "passw", "pwd", "secret", "bearer", "basic", "auth", "session", "://", "sig", "code=", "x-amz")
_HIDDEN = "•••"
_ITEMS = 3
_TYPE_NAME = type.__dict__["__name__"].__get__


def shorten(value: object, length: int = 60, *, name: str = "") -> str:
    """A value as text of at most `length` characters. Runs no code of the user's: of objects only the type is told.

    What looks like a secret, or is called like one (`name`, the key in a dict), is hidden.
    """
    text = _HIDDEN if name and value is not None and _SECRET_NAME.search(name) else _text(value, length, 2)
    return text if len(text) <= length else text[: max(length - 1, 0)] + "…"


def shorten_call(
    function: str, args: tuple[object, ...] = (), kwargs: Mapping[str, object] | None = None, length: int = 80
) -> str:
    """A call as text: `ask('What is…', model='gpt')`."""
    inner = [shorten(value, 30) for value in args[:_ITEMS]]
    inner += [f"{key}={shorten(value, 30, name=key)}" for key, value in list((kwargs or {}).items())[: _ITEMS + 1]]
    if len(args) + len(kwargs or ()) > len(inner):
        inner.append("…")
    text = f"{function}({', '.join(inner)})"
    return text if len(text) <= length else text[: length - 2] + "…)"


def hide_secrets(text: str) -> str:
    """Text with everything that looks like a secret replaced."""
    if _LONG_TOKEN.search(text) is None:
        lower = text.lower()
        if not any(word in lower for word in _SECRET_WORDS):
            return text
    return _SECRET_VALUE.sub(_HIDDEN, text)


def _text(value: object, length: int, depth: int) -> str:
    kind = type(value)
    if kind is str:
        # A secret that begins within what is shown is seen whole, or at least long enough to be known as one
        hidden = hide_secrets(value[: length + 60])  # type: ignore[index]
        return repr(hidden if len(hidden) <= length else hidden[: max(length - 3, 0)] + "…")
    if kind is int:
        return repr(value) if int.bit_length(value) <= 200 else f"int of {int.bit_length(value)} bits"  # type: ignore[arg-type]
    if value is None or kind in (bool, float, complex) or value is Ellipsis:
        return repr(value)
    if kind in (bytes, bytearray):
        return f"{kind.__name__} of {len(value)}"  # type: ignore[arg-type]
    if kind in (list, tuple):
        items = list(value) if len(value) <= _ITEMS else list(value[:_ITEMS])  # type: ignore[call-overload, arg-type, index]
        name = items[0] if kind is tuple and len(items) == 2 and type(items[0]) is str else ""  # as in a list of headers
        inner = [_inner(v, length, depth, name if at else "") for at, v in enumerate(items)]
        return _container("[]" if kind is list else "()", inner, len(value))  # type: ignore[arg-type]
    if kind is dict:
        return _container("{}", _pairs(value, length, depth), len(value))  # type: ignore[arg-type]
    if kind in (set, frozenset):
        return f"{kind.__name__} of {len(value)}"  # type: ignore[arg-type]
    if kind in (types.FunctionType, types.BuiltinFunctionType):
        return value.__name__  # type: ignore[attr-defined, no-any-return]
    if issubclass(kind, type):
        return str(_TYPE_NAME(value))
    return f"<{_TYPE_NAME(kind)}>"


def _inner(value: object, length: int, depth: int, name: str = "") -> str:
    if name and _SECRET_NAME.search(name):
        return _HIDDEN
    if depth == 0 and type(value) in (list, tuple, dict):
        return "…"
    return _text(value, max(length // 2, 12), depth - 1)


def _pairs(value: dict[object, object], length: int, depth: int) -> list[str]:
    pairs = []
    for key in list(value)[:_ITEMS] if len(value) < 1000 else ():
        name = key if type(key) is str else ""
        pairs.append(f"{_inner(key, length, 0)}: {_inner(value[key], length, depth, name)}")
    return pairs


def _container(brackets: str, items: list[str], count: int) -> str:
    more = ["…"] if count > len(items) else []
    comma = "," if brackets == "()" and count == 1 else ""
    return f"{brackets[0]}{', '.join(items + more)}{comma}{brackets[1]}"
