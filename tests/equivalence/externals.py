"""The external calls that programs in tests may make: deterministic in their arguments, recorded, known to the engine.

All have latency 1 unless the program says otherwise. `bad(x)` says for which arguments `fail` and `afail` raise.
"""

from __future__ import annotations

from typing import Any

from poppy_nb.externals import external
from tests.equivalence.world import current, digest, record, render


def _text(name: str, args: tuple[object, ...]) -> str:
    """`name(args)` while that is short, else a digest in place of the arguments."""
    inner = ", ".join(render(a) for a in args)
    return f"{name}({inner})" if len(inner) <= 30 else f"{name}(~{digest(args):08x})"


def bad(x: object) -> bool:
    """Whether `fail(x)` raises: the integers 2, 5, 8, ... and a third of everything else."""
    return (x if type(x) is int else digest(x)) % 3 == 2


@external
def f(*args: Any) -> str:
    """A text that shows the arguments: `f(1)` is `'f(1)'`."""
    record("f", *args)
    return _text("f", args)


@external
def g(*args: Any) -> str:
    """As `f`, under another name."""
    record("g", *args)
    return _text("g", args)


@external
def h(*args: Any) -> str:
    """As `f`, under another name."""
    record("h", *args)
    return _text("h", args)


@external
def num(*args: Any) -> int:
    """A number from 0 to 9."""
    record("num", *args)
    return digest(args) % 10


@external
def inc(x: int) -> int:
    """`x + 1`."""
    record("inc", x)
    return x + 1


@external
def ok(*args: Any) -> bool:
    """Whether an integer is even; for anything else, half of them."""
    record("ok", *args)
    return (args[0] if len(args) == 1 and type(args[0]) is int else digest(args)) % 2 == 0


@external
def lst(*args: Any) -> list[str]:
    """A new list of three texts."""
    record("lst", *args)
    return [f"{_text('lst', args)}.{i}" for i in range(3)]


@external
def dct(*args: Any) -> dict[str, Any]:
    """A new dict of a text, a number and a list."""
    record("dct", *args)
    return {"text": _text("dct", args), "n": digest(args) % 10, "tags": ["a", "b"]}


@external
def fail(x: Any) -> str:
    """As `f`, but raises ValueError where `bad(x)`."""
    record("fail", x)
    if bad(x):
        raise ValueError(f"bad {render(x)[:30]}")
    return _text("fail", (x,))


@external
def ident(x: Any) -> Any:
    """What was passed in."""
    record("ident", x)
    return x


@external
def pick(xs: Any) -> Any:
    """One of the elements that were passed in."""
    record("pick", xs)
    return xs[digest(xs) % len(xs)]


@external
def pack(*args: Any) -> list[Any]:
    """A new list of what was passed in."""
    record("pack", *args)
    return list(args)


@external
async def af(*args: Any) -> str:
    """As `f`, awaited."""
    record("af", *args)
    return _text("af", args)


@external
async def afail(x: Any) -> str:
    """As `fail`, awaited."""
    record("afail", x)
    if bad(x):
        raise ValueError(f"bad {render(x)[:30]}")
    return _text("afail", (x,))


@external(writes="db")
def insert(row: Any) -> int:
    """Append a row to the database; its number. The row `"bad"` raises."""
    record("insert", row, writes="db")
    if row == "bad":
        raise ValueError("bad row")
    current().database.append(row)
    return len(current().database)


@external(reads="db")
def rows() -> list[Any]:
    """The rows of the database, a new list."""
    record("rows", reads="db")
    return list(current().database)


class Client:
    """A client whose methods are external calls."""

    def __init__(self, name: str = "c") -> None:
        self.name = name

    @external
    def ask(self, *args: Any) -> str:
        """A text that shows the client's name and the arguments."""
        record("ask", self.name, *args)
        return _text(self.name, args)


LIBRARY: dict[str, object] = {
    "external": external, "record": record, "bad": bad, "f": f, "g": g, "h": h, "num": num, "inc": inc, "ok": ok, "lst": lst,
    "dct": dct, "fail": fail, "ident": ident, "pick": pick, "pack": pack, "af": af, "afail": afail, "insert": insert,
    "rows": rows, "Client": Client,
}  # fmt: skip
