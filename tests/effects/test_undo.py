"""State after undo equals state before, for every mutating operation; the object is the same one."""

from __future__ import annotations

import io
import operator
import random
import threading
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poppy_nb import effects
from poppy_nb.runtime import undo


ITEMS = st.one_of(st.integers(-3, 3), st.text("ab", max_size=2), st.tuples(st.integers(0, 2)), st.booleans(), st.floats(0, 1))
INDEX = st.integers(-7, 7)
SLICE = st.builds(slice, st.none() | INDEX, st.none() | INDEX, st.none() | st.sampled_from([-2, -1, 1, 2]))


def method(owner: Any, name: str) -> tuple[str, Callable[..., Any]]:
    function = getattr(owner, name)
    effect = effects.lookup(function)
    assert effect is not None, name
    return effect.name, function


LIST: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
    (*method(list, "append"), (ITEMS,)),
    (*method(list, "insert"), (INDEX, ITEMS)),
    (*method(list, "extend"), (st.lists(ITEMS),)),
    (*method(list, "pop"), ()),
    (*method(list, "pop"), (INDEX,)),
    (*method(list, "remove"), (ITEMS,)),
    (*method(list, "clear"), ()),
    (*method(list, "reverse"), ()),
    (*method(list, "sort"), ()),
    ("setitem list", operator.setitem, (INDEX, ITEMS)),
    ("setitem list", operator.setitem, (SLICE, st.lists(ITEMS))),
    ("delitem list", operator.delitem, (INDEX,)),
    ("delitem list", operator.delitem, (SLICE,)),
    ("inplace + list", operator.iadd, (st.lists(ITEMS),)),
    ("inplace * list", operator.imul, (st.integers(-1, 3),)),
]
DEQUE: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
    (*method(deque, "append"), (ITEMS,)),
    (*method(deque, "appendleft"), (ITEMS,)),
    (*method(deque, "insert"), (INDEX, ITEMS)),
    (*method(deque, "extend"), (st.lists(ITEMS),)),
    (*method(deque, "extendleft"), (st.lists(ITEMS),)),
    (*method(deque, "pop"), ()),
    (*method(deque, "popleft"), ()),
    (*method(deque, "remove"), (ITEMS,)),
    (*method(deque, "clear"), ()),
    (*method(deque, "reverse"), ()),
    (*method(deque, "rotate"), (INDEX,)),
    ("setitem deque", operator.setitem, (INDEX, ITEMS)),
    ("delitem deque", operator.delitem, (INDEX,)),
    ("inplace + deque", operator.iadd, (st.lists(ITEMS),)),
    ("inplace * deque", operator.imul, (st.integers(-1, 3),)),
]
DICT: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
    ("setitem dict", operator.setitem, (ITEMS, ITEMS)),
    ("delitem dict", operator.delitem, (ITEMS,)),
    (*method(dict, "pop"), (ITEMS,)),
    (*method(dict, "pop"), (ITEMS, ITEMS)),
    (*method(dict, "popitem"), ()),
    (*method(dict, "setdefault"), (ITEMS, ITEMS)),
    (*method(dict, "update"), (st.dictionaries(ITEMS, ITEMS),)),
    (*method(dict, "clear"), ()),
    ("inplace | dict", operator.ior, (st.dictionaries(ITEMS, ITEMS),)),
    ("getitem defaultdict", operator.getitem, (ITEMS,)),
]
ORDERED = [
    *((name, operation, operands) for name, operation, operands in DICT if not name.startswith("dict.")),
    (*method(OrderedDict, "pop"), (ITEMS,)),
    (*method(OrderedDict, "popitem"), ()),
    (*method(OrderedDict, "popitem"), (st.booleans(),)),
    (*method(OrderedDict, "setdefault"), (ITEMS, ITEMS)),
    (*method(OrderedDict, "move_to_end"), (ITEMS, st.booleans())),
    (*method(OrderedDict, "update"), (st.dictionaries(ITEMS, ITEMS),)),
    (*method(OrderedDict, "clear"), ()),
]
SET: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
    (*method(set, "add"), (ITEMS,)),
    (*method(set, "discard"), (ITEMS,)),
    (*method(set, "remove"), (ITEMS,)),
    (*method(set, "pop"), ()),
    (*method(set, "clear"), ()),
    (*method(set, "update"), (st.lists(ITEMS), st.sets(ITEMS))),
    (*method(set, "difference_update"), (st.lists(ITEMS),)),
    (*method(set, "intersection_update"), (st.lists(ITEMS),)),
    (*method(set, "symmetric_difference_update"), (st.lists(ITEMS),)),
    *((f"inplace {symbol} set", function, (st.sets(ITEMS),)) for symbol, function in
      {"|": operator.ior, "&": operator.iand, "-": operator.isub, "^": operator.ixor}.items()),
]  # fmt: skip
BYTE = st.integers(0, 257)
BYTEARRAY: list[tuple[str, Callable[..., Any], tuple[Any, ...]]] = [
    (*method(bytearray, "append"), (BYTE,)),
    (*method(bytearray, "insert"), (INDEX, BYTE)),
    (*method(bytearray, "extend"), (st.binary(),)),
    (*method(bytearray, "pop"), (INDEX,)),
    (*method(bytearray, "remove"), (BYTE,)),
    (*method(bytearray, "clear"), ()),
    (*method(bytearray, "reverse"), ()),
    ("setitem bytearray", operator.setitem, (INDEX, BYTE)),
    ("setitem bytearray", operator.setitem, (SLICE, st.binary())),
    ("delitem bytearray", operator.delitem, (INDEX,)),
    ("inplace + bytearray", operator.iadd, (st.binary(),)),
    ("inplace * bytearray", operator.imul, (st.integers(-1, 3),)),
]
CASES: list[tuple[str, Any, list[tuple[str, Callable[..., Any], tuple[Any, ...]]]]] = [
    ("list", st.lists(ITEMS), LIST),
    ("deque", st.builds(deque, st.lists(ITEMS), st.none() | st.integers(0, 4)), DEQUE),
    ("dict", st.dictionaries(ITEMS, ITEMS), DICT),
    ("defaultdict", st.builds(lambda d: defaultdict(list, d), st.dictionaries(ITEMS, ITEMS)), DICT),
    ("OrderedDict", st.builds(OrderedDict, st.dictionaries(ITEMS, ITEMS)), ORDERED),
    ("Counter", st.builds(Counter, st.lists(ITEMS)), [
        *DICT[:6],
        (*method(Counter, "update"), (st.lists(ITEMS),)),
        (*method(Counter, "subtract"), (st.lists(ITEMS),)),
        ("inplace + Counter", operator.iadd, (st.builds(Counter, st.lists(ITEMS)),)),
    ]),
    ("set", st.sets(ITEMS), SET),
    ("bytearray", st.builds(bytearray, st.binary()), BYTEARRAY),
]  # fmt: skip


def state(target: Any) -> list[tuple[int, ...]]:
    """What a container holds, by identity and in order; of a set without the order."""
    if isinstance(target, dict):
        assert list(reversed(target)) == list(target)[::-1]
        return [(id(key), id(value)) for key, value in target.items()]
    if isinstance(target, bytearray):
        return [(byte,) for byte in target]
    items = [(id(item),) for item in target]
    return sorted(items) if isinstance(target, set) else items


@pytest.mark.parametrize("kind", [name for name, _, _ in CASES])
@given(data=st.data())
def test_containers(kind: str, data: st.DataObject) -> None:
    """A sequence of operations, taken back newest first, state by state."""
    _, strategy, operations = next(case for case in CASES if case[0] == kind)
    target = data.draw(strategy)
    done = []
    kept: list[Any] = [target.copy()]  # ids stay unique
    for _ in range(data.draw(st.integers(1, 5))):
        name, operation, operands = data.draw(st.sampled_from(operations))
        values = [data.draw(operand) for operand in operands]
        kept.append(values)
        was = state(target)
        take_back = undo.before(name, [target, *values])
        try:
            kept.append(operation(target, *values))
        except (LookupError, ValueError, TypeError):
            pass
        kept.append(list(target))
        done.append((was, take_back))
    for was, take_back in reversed(done):
        take_back()
        assert state(target) == was


class Plain:
    shared = 1


class Slotted:
    __slots__ = ("a", "b")


@dataclass
class Record:
    a: int = 1
    b: int = 2


@pytest.mark.parametrize("target", [Plain(), Slotted(), Record(), Plain, ValueError("x"), lambda: None])
@given(data=st.data())
def test_attributes(target: Any, data: st.DataObject) -> None:
    """Values, absence and order of attributes."""

    def look() -> list[tuple[str, Any]]:
        found = [(name, getattr(target, name)) for name in ("a", "b") if hasattr(target, name)]
        return found if isinstance(target, type) else found + list(getattr(target, "__dict__", {}).items())

    done = []
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from(["a", "b"]))
        was = look()
        if data.draw(st.booleans()):
            take_back = undo.before("setattr", (target, name, 5))
            setattr(target, name, data.draw(st.integers()))
        else:
            take_back = undo.before("delattr", (target, name))
            try:
                delattr(target, name)
            except AttributeError:
                pass
        done.append((was, take_back))
    for was, take_back in reversed(done):
        take_back()
        assert look() == was


def test_function_and_exception_attributes() -> None:
    """Attributes that are not in the instance's dict."""

    def function() -> None: ...

    for name in ("__name__", "__doc__", "__defaults__"):
        old = getattr(function, name)
        take_back = undo.before("setattr", (function, name, "x"))
        setattr(function, name, ("x",) if name == "__defaults__" else "x")
        take_back()
        assert getattr(function, name) == old
    error = ValueError("x")
    take_back = undo.before("BaseException.add_note", (error, "n"))
    if hasattr(error, "add_note"):
        error.add_note("n")
    take_back()
    assert not hasattr(error, "__notes__")


@given(st.sampled_from(["random", "getrandbits", "choice", "shuffle", "seed", "gauss"]), st.booleans())
def test_random(name: str, own: bool) -> None:
    """The stream goes on as before, of the module and of a generator of one's own."""
    source: Any = random.Random(3) if own else random
    items = [1, 2, 3, 4]
    operands: list[Any] = {"getrandbits": [8], "choice": [items], "shuffle": [items], "seed": [1], "gauss": [0, 1]}.get(name, [])
    state = source.getstate()
    effect = effects.lookup(getattr(source, name))
    assert effect is not None
    take_back = undo.before(effect.name, [source, *operands] if own else operands)
    getattr(source, name)(*operands)
    take_back()
    assert source.getstate() == state
    assert items == [1, 2, 3, 4]


@given(st.text("ab\n"), st.integers(0, 4), st.sampled_from(["write", "read", "readline", "truncate", "seek", "getvalue"]))
def test_streams(text: str, at: int, name: str) -> None:
    """Content and position, whether at the end or not."""
    for stream in (io.StringIO(text), io.BytesIO(text.encode())):
        stream.seek(at)
        was = stream.getvalue(), stream.tell()
        operands: list[Any] = {"write": ["xy" if isinstance(stream, io.StringIO) else b"xy"], "seek": [1]}.get(name, [])
        take_back = undo.before(f"{type(stream).__name__}.{name}", [stream, *operands])
        getattr(stream, name)(*operands)
        take_back()
        assert (stream.getvalue(), stream.tell()) == was


ITERATORS: list[Callable[[], Any]] = [
    lambda: iter([1, 2, 3]), lambda: reversed([1, 2, 3]), lambda: iter((1, 2, 3)), lambda: iter("abc"), lambda: iter("éab"), lambda: iter(b"abc"),
    lambda: zip([1, 2, 3], "abc"), lambda: map(str, [1, 2, 3]), lambda: iter(range(3)), lambda: iter({1: 2, 3: 4}), lambda: enumerate("abc"),
    lambda: filter(None, [1, 0, 2]),
]  # fmt: skip


@pytest.mark.parametrize("make", ITERATORS)
@given(st.integers(0, 2))
def test_iterators(make: Callable[[], Any], steps: int) -> None:
    """Those that can be set back are; the others say so."""
    iterator, twin = make(), make()
    for _ in range(min(steps, 1)):
        next(iterator), next(twin)
    if not undo.restorable("next", (iterator,)):
        assert type(iterator).__name__ in ("range_iterator", "dict_keyiterator", "enumerate")
        return
    take_back = undo.before("next", (iterator,))
    next(iterator)
    take_back()
    assert list(iterator) == list(twin)


@pytest.mark.parametrize("make", [threading.Lock, threading.RLock])
def test_locks(make: Callable[[], Any]) -> None:
    """Acquired is released and the other way round; an attempt that fails stays without effect."""
    lock = make()
    take_back = undo.before("LockType.acquire", (lock,))
    lock.acquire()
    release = undo.before("LockType.release", (lock,))
    lock.release()
    release()
    if make is threading.Lock:
        again = undo.before("LockType.acquire", (lock, False))
        assert not lock.acquire(False)
        again()
        assert lock.locked()
    take_back()
    assert lock.acquire(False)


def test_every_written_row_can_be_taken_back() -> None:
    """No row that writes an operand and is not final lacks a way back."""
    import copy, datetime, functools, heapq, itertools, os, bisect  # noqa: E401, F401, PLC0415, I001

    numpy_random = pytest.importorskip("numpy", reason="needs numpy (the extra `test`)").random
    samples: dict[str, Any] = {
        "list": [1], "dict": {1: 2}, "set": {1}, "bytearray": bytearray(b"a"), "deque": deque([1]), "OrderedDict": OrderedDict({1: 2}),
        "Counter": Counter("a"), "Random": random.Random(), "StringIO": io.StringIO(), "BytesIO": io.BytesIO(), "LockType": threading.Lock(),
        "RLock": threading.RLock(), "BaseException": ValueError(), "object": Plain(), "heapq": [1], "bisect": [1], "random": [1],
        "Generator": numpy_random.default_rng(0), "RandomState": numpy_random.RandomState(0),
    }  # fmt: skip
    effects.lookup(len)
    rows = [effect for _, effect in effects._rows.by_id.values()]
    with open(__file__) as text, open(__file__, "rb") as data:
        samples |= {"TextIOWrapper": text, "BufferedReader": data}
        _taken_back(rows, samples)


def _taken_back(rows: list[effects.Effect], samples: dict[str, Any]) -> None:
    for effect in rows:
        if effect.writes and not effect.final and effect.model is None:
            owner = effect.name.partition(".")[0]
            operands = [samples.get(owner, Plain()), *([[1]] if effect.name.endswith(".shuffle") else [0, 1])]
            if owner == "object":
                operands[1] = "name"
            if effect.name == "set.update":
                operands = [samples["set"], [1]]
            assert callable(undo.before(effect.name, operands)), effect.name
