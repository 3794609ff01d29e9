"""The rows: they resolve, say of mutations what is true, and the lookup finds them under every form of a callable."""

from __future__ import annotations

import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import functools
import importlib
import itertools
import json
import operator
import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time
import typing
import uuid
import warnings
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from poppy_nb import effect_tables, effects
from poppy_nb.effects import DEEP, ELEMENTS, KEYS, NOTHING, OBJECT, VALUE, Effect, lookup
from poppy_nb.runtime.placeholder import Placeholder


NEWER = {
    "int.is_integer": (3, 12), "math.fma": (3, 13), "math.sumprod": (3, 12), "random.binomialvariate": (3, 12), "Random.binomialvariate": (3, 12),
    "itertools.batched": (3, 12), "copy.replace": (3, 13), "PurePath.with_segments": (3, 12), "Path.walk": (3, 12),
}  # fmt: skip


def rows() -> list[tuple[str, str, list[str]]]:
    return [
        (module, owner, lines) for module, found in effect_tables.sections().items() if module != "operators" for owner, lines in found
        if owner != "<locals>"
    ]  # fmt: skip


def test_every_row_is_of_something() -> None:
    """No row is misspelt: each name exists, from the version on that brings it."""
    for module, owner, lines in rows():
        home = functools.reduce(getattr, owner.split(".") if owner else [], importlib.import_module(module))
        for line in lines:
            for name in effects._parse(line)[0].split():
                full = f"{owner or module}.{name}"
                assert hasattr(home, name) == (sys.version_info >= NEWER.get(full, (3, 11))), full
                if not owner and hasattr(home, name):
                    assert lookup(getattr(home, name)) is not None, full


def test_no_two_rows_of_one_callable_differ() -> None:
    """A function that two modules offer has one effect."""
    seen: dict[int, tuple[str, Effect]] = {}
    for module, owner, lines in rows():
        if owner:
            continue
        for line in lines:
            names, effect = effects._parse(line)
            for name in names.split():
                target = getattr(importlib.import_module(module), name, None)
                if target is not None:
                    other = seen.setdefault(id(target), (f"{module}.{name}", effect))
                    assert other[1] == effect, (other[0], module, name)


def test_forms_of_one_callable() -> None:
    """Function, unbound, bound, method wrapper, class method, instance that is called."""
    effect = lookup(list.append)
    assert effect is not None
    assert effect.needs == (VALUE, NOTHING)
    assert effect.writes == (0,)
    items: list[int] = []
    assert lookup(items.append) == effect
    assert effects.method(list, "append") == effect
    assert effects.receiver(items.append) == (items,)
    assert effects.receiver(list.append) == ()
    assert lookup(items.__len__) == lookup(list.__len__) != None  # noqa: E711
    assert effects.receiver(items.__len__)[0] is items
    assert lookup(dict.fromkeys).name == "dict.fromkeys"  # type: ignore[union-attr]
    assert effects.receiver(dict.fromkeys) == ()
    getter = operator.itemgetter(1)
    assert lookup(getter).model == "itemgetter"  # type: ignore[union-attr]
    assert effects.receiver(getter) == (getter,)
    assert lookup(random.choice).resource == "random"  # type: ignore[union-attr]
    assert effects.receiver(random.choice) == ()
    own = random.Random(1)
    assert lookup(own.choice).writes == (0,)  # type: ignore[union-attr]
    assert effects.receiver(own.choice) == (own,)
    assert lookup(own.random).writes == (0,)  # type: ignore[union-attr]
    assert lookup(os.environ.get).resource == "environ"  # type: ignore[union-attr]
    assert lookup(pathlib.Path("a").exists).path == 0  # type: ignore[union-attr]
    assert lookup(datetime.datetime.now).clock  # type: ignore[union-attr]
    assert lookup(time.sleep).external  # type: ignore[union-attr]
    assert lookup(threading.Lock().acquire).writes == (0,)  # type: ignore[union-attr]
    assert lookup(functools.cache(len)).model == "cached_call"  # type: ignore[union-attr]
    assert lookup(functools.lru_cache(maxsize=3)) is not None
    assert lookup(dataclasses.dataclass(frozen=True)) is not None
    assert lookup(re.compile("a").match) is not None
    assert lookup(json.loads).unless  # type: ignore[union-attr]


class Quiet(list[int]):
    def total(self) -> int:
        return sum(self)


class Loud(list[int]):
    def append(self, item: int) -> None:
        super().append(item)


def test_subclasses() -> None:
    """What a subclass inherits has the row; what it overrides, and any function of the user's, has none."""
    assert lookup(Quiet().append) == lookup([].append)
    assert lookup(Loud().append) is None
    assert lookup(Loud.append) is None
    assert lookup(Quiet().total) is None
    assert lookup(Quiet) is None
    assert lookup(lambda: 1) is None
    assert lookup(test_subclasses) is None
    assert effects.method(Loud, "append") is None
    assert effects.operator("binary", "+", Quiet, list) is None


SAMPLES: dict[type, Callable[[], Any]] = {
    list: lambda: [3, 1, 2], dict: lambda: {1: 2, 3: 4}, set: lambda: {1, 2, 3}, frozenset: lambda: frozenset({1, 2}), tuple: lambda: (1, 2),
    str: lambda: "abc", bytes: lambda: b"abc", bytearray: lambda: bytearray(b"abc"), int: lambda: 5, float: lambda: 1.5,
    deque: lambda: deque([1, 2, 3]), OrderedDict: lambda: OrderedDict({1: 2, 3: 4}), Counter: lambda: Counter("aab"),
}  # fmt: skip
ARGUMENTS: list[tuple[Any, ...]] = [
    (), (0,), (1,), (5,), ("a",), (b"a",), ([1, 5],), ({1, 9},), ({1: 9, 7: 8},), (0, 9), (1, 7), ("a", "b"), (3, "x"), (-1,), (1, False), (98,), (0, 99),
    ("",), (["a"],), ([b"a"],), ("ff",), (b"a", b"b"), (bytes(range(256)),),
]  # fmt: skip


@pytest.mark.parametrize("kind", SAMPLES)
def test_writes_and_returns_are_true(kind: type) -> None:
    """Each method is run: a row without `writes` changes nothing, one with `writes` does; None, self and new results are what they are called."""
    for name in sorted({name for cls in kind.__mro__ for name in vars(cls)}):
        effect = effects.method(kind, name)
        if effect is None or name in ("__setattr__", "__delattr__", "__new__", "__init__"):
            continue
        changed = ran = False
        for arguments in ARGUMENTS:
            target = SAMPLES[kind]()
            arguments = copy.deepcopy(arguments)
            before = copy.deepcopy((target, arguments))
            try:
                result = getattr(target, name)(*arguments)
            except Exception:
                continue
            ran = True
            changed = changed or (target != before[0] or list(target) != list(before[0]) if hasattr(target, "__iter__") else target != before[0])
            assert arguments == before[1], (name, arguments)
            if effect.returns == "none":
                assert result is None, name
            elif effect.returns == "fresh" and type(result) in (list, dict, set, deque):
                assert result is not target, name
        assert ran, name
        assert changed == bool(effect.writes), name


BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
          "**": operator.pow, "&": operator.and_, "|": operator.or_, "^": operator.xor, "<<": operator.lshift, ">>": operator.rshift}  # fmt: skip
VALUES: list[Callable[[], Any]] = [
    *SAMPLES.values(), lambda: None, lambda: range(3), lambda: defaultdict(list, {1: []}), lambda: decimal.Decimal(1), lambda: {1: 2}.keys(),
    lambda: {1: 2}.values(), lambda: {1: 2}.items(), lambda: datetime.date(2020, 1, 1), lambda: datetime.timedelta(1), lambda: complex(1), lambda: True,
]  # fmt: skip


class Spy:
    """An element that notices being looked at."""

    looked = 0

    def _look(self, *_: Any) -> Any:
        Spy.looked += 1
        return False

    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _look  # type: ignore[assignment]

    def __hash__(self) -> int:
        Spy.looked += 1
        return 1

    def __repr__(self) -> str:
        Spy.looked += 1
        return "spy"


def spied(kind: type) -> Any:
    return {list: lambda: [Spy()], tuple: lambda: (Spy(),), deque: lambda: deque([Spy()]), dict: lambda: {1: Spy()}, OrderedDict: lambda: OrderedDict({1: Spy()}),
            defaultdict: lambda: defaultdict(list, {1: Spy()})}.get(kind, lambda: None)()  # fmt: skip


@pytest.mark.parametrize("symbol", BINARY)
@pytest.mark.parametrize("kind", ["binary", "inplace"])
def test_operators(kind: str, symbol: str) -> None:
    """A row that needs less than everything below does not look there; a row without `writes` changes nothing."""
    function = BINARY[symbol] if kind == "binary" else getattr(operator, "i" + BINARY[symbol].__name__.strip("_"))
    for one, other in itertools.product(VALUES, VALUES):
        left, right = one(), other()
        effect = effects.operator(kind, symbol, type(left), type(right))
        if effect is None:
            continue
        before = copy.deepcopy(left) if type(left).__name__ not in ("dict_keys", "dict_values", "dict_items") else left
        with_result = None
        try:
            with_result = function(left, right)
        except (TypeError, ArithmeticError, ValueError):
            pass
        assert bool(effect.writes) or left == before or type(left).__name__ == "dict_values", (symbol, left, right)
        if effect.returns == "self" and with_result is not None:
            assert with_result is left
        for index, kinds in enumerate((type(left), type(right))):
            if effects.depth_of(effect, index) < DEEP and spied(kinds) is not None:
                operands = [one(), other()]
                operands[index] = spied(kinds)
                Spy.looked = 0
                try:
                    function(*operands)
                except (TypeError, ArithmeticError, ValueError):
                    pass
                assert Spy.looked == 0, (symbol, kinds)


COMPARE = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
           "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}  # fmt: skip


@pytest.mark.parametrize("symbol", COMPARE)
def test_comparisons(symbol: str) -> None:
    """A row that needs less than everything below does not look there."""
    for one, other in itertools.product(VALUES, VALUES):
        effect = effects.operator("compare", symbol, type(one()), type(other()))
        assert effect is not None
        for index, make in enumerate((one, other)):
            if effects.depth_of(effect, index) < DEEP and spied(type(make())) is not None:
                operands = [one(), other()]
                operands[index] = spied(type(make()))
                Spy.looked = 0
                try:
                    COMPARE[symbol](*operands)
                except TypeError:
                    pass
                assert Spy.looked == 0, (symbol, type(one()), type(other()))


@pytest.mark.parametrize("kind", SAMPLES)
def test_methods_look_no_deeper_than_they_say(kind: type) -> None:
    """An element below the depth of a row is not looked at."""
    for name in sorted({name for cls in kind.__mro__ for name in vars(cls)}):
        effect = effects.method(kind, name)
        if effect is None or name in ("__setattr__", "__delattr__", "__new__", "__init__"):
            continue
        for arguments in ARGUMENTS:
            if spied(kind) is not None and effects.depth_of(effect, 0) < ELEMENTS:
                Spy.looked = 0
                try:
                    getattr(spied(kind), name)(*copy.deepcopy(arguments))
                except Exception:
                    continue
                assert Spy.looked == 0, name
            for index in range(len(arguments)):
                if effects.depth_of(effect, index + 1) == NOTHING:
                    Spy.looked = 0
                    try:
                        getattr(SAMPLES[kind](), name)(*[Spy() if at == index else one for at, one in enumerate(arguments)])
                    except Exception:
                        continue
                    assert Spy.looked == 0, name


@pytest.mark.parametrize(("kind", "symbol", "types", "needs"), [
    ("getitem", "", (list, int), (VALUE, DEEP)),
    ("getitem", "", (dict, str), (KEYS, DEEP)),
    ("setitem", "", (list, int), (VALUE, VALUE, NOTHING)),
    ("setitem", "", (list, slice), (VALUE, DEEP, VALUE)),
    ("setitem", "", (dict, str), (KEYS, DEEP, NOTHING)),
    ("delitem", "", (dict, str), (KEYS, DEEP)),
    ("binary", "%", (str, tuple), (VALUE, DEEP)),
    ("compare", "in", (str, list), (DEEP, DEEP)),
    ("compare", "not in", (str, dict), (DEEP, KEYS)),
    ("len", "", (list,), (VALUE,)),
    ("bool", "", (dict,), (VALUE,)),
    ("unary", "not", (list,), (VALUE,)),
    ("unary", "-", (int,), (VALUE,)),
])  # fmt: skip
def test_operator_rows(kind: str, symbol: str, types: tuple[type, ...], needs: tuple[Any, ...]) -> None:
    """The rows that the runtime meets all the time."""
    effect = effects.operator(kind, symbol, *types)
    assert effect is not None
    assert effect.needs == needs


class Default:
    pass


class Equal:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class Attributes:
    def __getattr__(self, name: str) -> Any:
        return 1


@dataclasses.dataclass
class Data:
    x: Any


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Slots:
    x: Any = 1


@dataclasses.dataclass
class OwnRepr:
    x: int = 1

    def __repr__(self) -> str:
        return "own"


class Colour(enum.Enum):
    RED = 1


class Text(str, enum.Enum):
    A = "a"


class OddColour(enum.Enum):
    RED = 1

    def __str__(self) -> str:
        return "odd"


class Pair(typing.NamedTuple):
    x: Any


class Failure(Exception):
    def __init__(self, code: Any) -> None:
        super().__init__(code)


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    pass


class Items(dict[str, int]):
    def items(self) -> Any:
        return []


class Zone(datetime.tzinfo):
    def utcoffset(self, _: Any) -> datetime.timedelta:
        return datetime.timedelta(0)


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(("value", "at_all", "below"), [
    (1, True, True), ("a", True, True), ([1, [2, (3,)], {"a": {4}}], True, True), (LOOP, True, True), ([LOOP, Equal()], True, False),
    (Default(), True, True), (Equal(), False, False), ([Equal()], True, False), ({1: [Equal()]}, True, False), (Attributes(), False, False),
    (Data(1), True, True), (Data([Equal()]), True, False), (Slots(Equal()), True, False), (Slots(), True, True), (OwnRepr(), False, False),
    (Colour.RED, True, True), (Text.A, True, True), (OddColour.RED, False, False), (Pair(1), True, True), (Pair(Equal()), True, False),
    (collections.namedtuple("N", "a")(1), True, True), (Quiet([1]), True, True), (Loud([1]), False, False), (Items(), False, False),  # noqa: PYI024
    (Failure(1), True, True), (Failure(Equal()), True, False), (WithMeta(), False, False), (Default, True, True), (len, True, True),
    (datetime.datetime.now(), True, True), (datetime.datetime.now(datetime.UTC), True, True), (datetime.datetime(2020, 1, 1, tzinfo=Zone()), False, False),
    (datetime.timedelta(1), True, True), (decimal.Decimal(1), True, True), (uuid.uuid4(), True, True), (pathlib.Path("a"), True, True),
    (re.compile("a"), True, True), (re.match("a", "a"), True, True), (slice(1, 2), True, True), (defaultdict(list, {1: Equal()}), True, False),
    (Counter("a"), True, True), ({1: Equal()}.items(), True, False), (SimpleNamespace(a=Equal()), True, False), (range(3), True, True),
    (iter([1]), True, False), (zip([1], [2]), True, False), (map(str, [1]), False, False), (filter(None, [1]), False, False),
    (functools.cmp_to_key(lambda a, b: 0)(1), False, False), (Placeholder(None), False, False), ([Placeholder(None)], True, False),
    (functools.partial(len, [Equal()]), True, False),
])  # fmt: skip
def test_plain(value: Any, at_all: bool, below: bool) -> None:
    """Whether native code can call back through a value."""
    assert effects.plain(value, NOTHING)
    assert effects.plain(value, OBJECT)
    assert effects.plain(value, VALUE) == at_all
    assert effects.plain_data(value) == below


def test_plain_forgets() -> None:
    """A class that is given a special method later is looked at again on request."""

    class Later:
        pass

    assert effects.plain(Later())
    Later.__eq__ = lambda self, other: True  # type: ignore[method-assign, assignment]
    effects.forget(Later)
    assert not effects.plain(Later())


def generator() -> Any:
    yield 1


@pytest.mark.filterwarnings("ignore:Pickle, copy:DeprecationWarning")
@pytest.mark.parametrize(("iterator", "native"), [
    (iter([1]), True), (iter({1: 2}.items()), True), (zip([1], "a"), True), (enumerate(iter([1])), True), (itertools.chain([1], (2,)), True),
    (itertools.chain([1], generator()), False), (itertools.chain([1], [[2]]), True), (itertools.islice(generator(), 2), False),
    (zip([1], generator()), False), (map(str, [1]), False), (enumerate(map(str, [1])), False), (generator(), False), (iter(int, 1), False),
    (re.finditer("a", "a"), True), (itertools.chain(iter([1]), Quiet([1])), True), (itertools.chain([1], Equal()), False),
    (itertools.product([1], [2]), True), (itertools.tee([1])[0], True), (itertools.tee(generator())[0], False), (itertools.count(), True),
    (itertools.takewhile(bool, [1]), False), (reversed([1]), True),
])  # fmt: skip
def test_native_iterator(iterator: Any, native: bool) -> None:
    """Whether a step calls back."""
    assert effects.native_iterator(iterator) == native


def test_directly() -> None:
    """A model is left out if the native call meets only plain values and makes no tuples of open elements."""
    make = lookup(list)
    assert make is not None
    assert effects.directly(make, ([Placeholder(None)],))
    assert not effects.directly(make, ({1: 2}.items(),))
    assert not effects.directly(make, (zip([1]),))
    assert not effects.directly(lookup(sorted), ([Equal()],))  # type: ignore[arg-type]
    assert effects.directly(lookup(sorted), ([1],))  # type: ignore[arg-type]
    assert effects.directly(lookup(dict), ([(1, 2)],))  # type: ignore[arg-type]
    assert not effects.directly(lookup(dict), ([(1, Placeholder(None))],))  # type: ignore[arg-type]
    assert not effects.directly(lookup(iter), (int, 1))  # type: ignore[arg-type]
    assert not effects.directly(lookup(map), (str, [1]))  # type: ignore[arg-type]


def test_import_is_light_and_resolves_what_is_imported() -> None:
    """No table is read before the first lookup, and none imports its module."""
    program = """
import sys, dataclasses, contextlib, re
before = set(sys.modules)
import poppy_nb.effects as effects
assert "poppy_nb.effect_tables" not in sys.modules
effects.lookup(len)
assert not {"statistics", "decimal", "fractions", "uuid", "calendar", "csv", "difflib"} & set(sys.modules), set(sys.modules) - before
import statistics
assert effects.lookup(statistics.mean) is not None
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True).stderr == ""


warnings.filterwarnings("ignore", "Pickle, copy", DeprecationWarning)


def test_a_module_that_comes_when_another_goes_is_found() -> None:
    """Rows are read for modules as they are imported, however many there are then."""
    code = """
import sys
from poppy_nb import effects
sys.modules["put away"] = sys
assert effects.lookup(lambda: 0) is None
assert "colorsys" not in sys.modules
del sys.modules["put away"]
import colorsys
assert effects.lookup(colorsys.rgb_to_hsv) is not None
"""
    subprocess.run([sys.executable, "-c", code], check=True)
