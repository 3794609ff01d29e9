"""`str`, `repr`, `format` and `len` of an object whose class says in Python what they are: the user's method, mediated."""

from __future__ import annotations

from functools import partial
from typing import Any

from poppy_nb import effects
from poppy_nb.looking import is_a

from . import calls
from .classes import find, method
from .engine import Engine
from .hazards import ATOMS
from .natives import perform
from .placeholder import KINDS, known


def ask(engine: Engine, function: Any, args: tuple[Any, ...]) -> Any:
    """`function(*args)`, where that calls a method of the user's; else NotImplemented. `function` is one of `ASKING`."""
    if not args or type(args[0]) in ATOMS or type(args[0]) in KINDS:
        return NotImplemented
    target, kind = args[0], type(args[0])
    name = ASKING[function]
    if len(args) > (2 if function is format else 1):
        return NotImplemented
    if len(args) == 2 and not is_a(spec := engine.force(args[1]), str):
        return NotImplemented  # an error
    if function is format and find(kind, name) is object.__format__ and (len(args) == 1 or spec == ""):
        function, name, args = str, "__str__", (target,)
    if function is str and find(kind, name) is object.__str__:
        function, name = repr, "__repr__"
    found = method(engine, target, name)
    if found is None:
        return NotImplemented
    answer = known(calls.invoke(found, (target, spec if len(args) == 2 else "") if function is format else (target,), {}))
    check = _length if function is len else partial(_text, name)
    if type(answer) in KINDS:
        return perform(_CHECKED, check, (answer,), None, lambda: check(engine.force(answer)))
    return check(answer)


ASKING: dict[Any, str] = {str: "__str__", repr: "__repr__", format: "__format__", len: "__len__"}
_CHECKED = effects.Effect("special method", (effects.VALUE,), returns="atom")


def _text(name: str, answer: Any) -> Any:
    if is_a(answer, str):
        return answer
    shown = type(answer).__name__
    if name == "__format__":
        raise TypeError(f"__format__ must return a str, not {shown}")
    raise TypeError(f"{name} returned non-string (type {shown})")


def _length(answer: Any) -> int:
    return answer if type(answer) is int and answer >= 0 else len(_Sized(answer))


class _Sized:
    def __init__(self, size: Any) -> None:
        self.size = size

    def __len__(self) -> int:
        return self.size  # type: ignore[no-any-return]
