"""Whether reads are claimed: everything that a footprint does not mention is spoilt, and the program must not notice."""

from __future__ import annotations

import collections
import types
from collections.abc import Sequence
from typing import Any

from poppy_nb.runtime.claims import Activation, Claims, Key
from poppy_nb.runtime.footprint import footprint

from .parked import Run, Violation


class SpoiltError(BaseException):
    """The program used what its footprint does not mention."""


class Spoilt:
    """Every use of it fails."""

    def _use(self, *args: object, **kwargs: object) -> Any:
        raise SpoiltError

    __getattr__ = __call__ = __iter__ = __len__ = __bool__ = __getitem__ = __contains__ = __add__ = __radd__ = __iadd__ = (
        __lt__
    ) = __gt__ = _use
    __enter__ = __exit__ = __next__ = __int__ = __index__ = __str__ = __repr__ = __format__ = __setattr__ = __or__ = __ror__ = (
        __mod__
    ) = __setitem__ = _use
    __delitem__ = __reversed__ = __get__ = _use


SPOILT = Spoilt()


class SpoiltRun(Run):
    """Spoils at one park what is not claimed there; `number` 0 spoils nothing."""

    def __init__(self, source: str, number: int) -> None:
        super().__init__(source, lambda n: 0, limit=10_000)
        self.number = number
        self.spoilt = 0
        self.where = ""

    def footprint_of(self, activations: list[Activation], frame: types.FrameType, bottom: types.FrameType, at: Any) -> None:
        if self.parked != self.number or activations[0].node is not self.tree:
            return
        claims = footprint(activations, self.heap, budget=60_000)
        if claims.everything:
            return
        self.where = f"line {at.line} in {frame.f_code.co_name}, {len(activations)} frames"
        objects, _ = self.snapshot([frame, *self._outer(frame)])
        for obj in objects:
            self.spoil(obj, claims)

    def spoil(self, obj: Any, claims: Claims) -> None:
        def free(key: Key) -> bool:
            if key in claims.modes:
                return False
            self.spoilt += 1
            return True

        if obj is self.namespace:
            for name in list(obj):
                if not name.startswith(("__", "poppy__")) and name != "PARK" and free((id(obj), name)):
                    obj[name] = SPOILT
        elif isinstance(obj, types.CellType):
            try:
                if not isinstance(obj.cell_contents, type) and free((id(obj), "")):
                    obj.cell_contents = SPOILT
            except ValueError:
                pass
        elif isinstance(obj, type):
            for name, value in list(obj.__dict__.items()):
                if not name.startswith("_") and type(value) in (list, dict, int) and free((id(obj), name)):
                    setattr(obj, name, SPOILT)
        else:
            if isinstance(obj, list) and free(id(obj)):
                list.__setitem__(obj, slice(None), [SPOILT] * (len(obj) + 1))
            elif isinstance(obj, dict) and free(id(obj)):
                for key in obj:
                    dict.__setitem__(obj, key, SPOILT)
            elif isinstance(obj, set) and free(id(obj)):
                obj.clear()
                obj.add(SPOILT)
            elif isinstance(obj, collections.deque) and free(id(obj)):
                obj.append(SPOILT)
            if type(obj).__module__ == "__poppy_test__" and id(obj) not in claims.modes:
                for name in list(getattr(obj, "__dict__", ())):
                    if free((id(obj), name)):
                        obj.__dict__[name] = SPOILT
                for name in getattr(type(obj), "__slots__", ()):
                    if hasattr(obj, name) and free((id(obj), name)):
                        setattr(obj, name, SPOILT)

    def run(self) -> None:
        try:
            super().run()
        except SpoiltError as e:
            self.error = e


def check(source: str, numbers: Sequence[int]) -> int:
    """Spoil at each of these parks, and compare how the program ends; how many locations were spoilt."""
    plain = SpoiltRun(source, 0)
    plain.run()
    spoilt = 0
    for number in numbers:
        if number > plain.parked:
            break
        run = SpoiltRun(source, number)
        run.run()
        spoilt += run.spoilt
        if type(run.error) is not type(plain.error):
            raise Violation(f"{run.where}: ends with {type(run.error).__name__}, not {type(plain.error).__name__}")
        if run.spoilt and plain.error is None:
            different = compare(plain.namespace, run.namespace)
            if different:
                raise Violation(f"{run.where}: {different} is different")
    return spoilt


def compare(one: Any, other: Any) -> str:
    """Where two final namespaces differ, apart from what is spoilt."""
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[str, Any, Any]] = [
        (name, one[name], other[name]) for name in one if name in other and not name.startswith(("__", "poppy__"))
    ]
    while stack:
        path, a, b = stack.pop()
        if b is SPOILT or (id(a), id(b)) in seen:
            continue
        seen.add((id(a), id(b)))
        if type(a).__name__ != type(b).__name__:
            return f"{path} ({type(a).__name__}, {type(b).__name__})"
        if isinstance(a, (int, str)) and a != b:
            return path
        if isinstance(a, (list, tuple, collections.deque)):
            if any(x is SPOILT for x in list(b)):
                continue
            if len(a) != len(b):
                return f"{path} (length {len(a)}, {len(b)})"
            stack.extend((f"{path}[{i}]", x, y) for i, (x, y) in enumerate(zip(a, b, strict=True)))
        elif isinstance(a, dict):
            if any(x is SPOILT for x in b.values()):
                continue
            if len(a) != len(b):
                return f"{path} (length)"
            stack.extend((f"{path}[{k!r}]", x, y) for k, x, y in zip(a, a.values(), b.values(), strict=True))
        if type(a).__module__ == "__poppy_test__":
            stack.extend((f"{path}.{n}", v, b.__dict__[n]) for n, v in getattr(a, "__dict__", {}).items() if n in b.__dict__)
    return ""
