"""Models answer what the native functions answer, results and exceptions, for known values and for promises."""

from __future__ import annotations

import collections
import contextlib
import copy
import dataclasses
import functools
import itertools
import operator
import re
import typing
import warnings
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poppy_nb import effects
from poppy_nb.runtime.models import MODELS

from .plain_ops import Promise, SimpleOps


warnings.filterwarnings("ignore", "Pickle, copy", DeprecationWarning)
ITEMS = st.one_of(st.integers(-3, 3), st.text("ab", max_size=2), st.floats(-1, 1), st.booleans(), st.none())
NUMBERS = st.one_of(st.integers(-3, 3), st.floats(-9, 9))
LISTS = st.one_of(st.lists(st.integers(-3, 3), max_size=5), st.lists(ITEMS, max_size=4), st.lists(NUMBERS, max_size=5))
SOURCES = st.sampled_from(["list", "tuple", "iter", "generator", "map", "dict", "user", "sequence"])


class Iterable:
    """Of the user's."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        yield from self.items


class Sequence:
    """Of the user's, the old way."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Any:
        return self.items[index]


def source(kind: str, items: list[Any]) -> Any:
    return {
        "list": lambda: list(items), "tuple": lambda: tuple(items), "iter": lambda: iter(items), "generator": lambda: (x for x in items),
        "map": lambda: map(same, items), "dict": lambda: dict.fromkeys(items), "user": lambda: Iterable(items), "sequence": lambda: Sequence(items),
    }[kind]()  # fmt: skip


def same(x: Any) -> Any:
    return x


def double(x: Any) -> Any:
    return x * 2


def positive(x: Any) -> Any:
    return x > 0


def plus(a: Any, b: Any = 1) -> Any:
    return a + b


def outcome(run: Callable[[], Any], log: list[Any]) -> Any:
    log.clear()
    try:
        return "value", shown(run()), list(log)
    except Exception as error:
        return "error", type(error), str(error)


def shown(value: Any, depth: int = 0) -> Any:
    """A value as something to compare: types, items of iterators and below."""
    if isinstance(value, Shown):
        return value.found
    if isinstance(value, (list, tuple, deque, set, frozenset)):
        items = [shown(item) for item in value]
        return type(value), sorted(items, key=repr) if isinstance(value, (set, frozenset)) else items
    if isinstance(value, dict):
        return type(value), [(shown(key), shown(item)) for key, item in value.items()]
    if hasattr(value, "__next__"):
        return value.__class__, [shown(item) for item in itertools.islice(value, 12)]
    return type(value), repr(value) if isinstance(value, float) else value


LOG: list[Any] = []


def logged(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def wrapper(*args: Any) -> Any:
        LOG.append((function.__name__, args))
        return function(*args)

    return wrapper


FUNCTIONS = [logged(function) for function in (same, double, positive)]
FUNCTION = st.sampled_from(FUNCTIONS)
PLUS = logged(plus)


def check(target: Any, make: Callable[[], tuple[tuple[Any, ...], dict[str, Any]]], *, slow: bool, calls: bool = True) -> None:
    """Native and mediated agree: outcome and, if no call is pending, the calls made."""
    args, kwargs = make()
    expected = outcome(lambda: target(*args, **kwargs), LOG)
    args, kwargs = make()
    ops = SimpleOps([*FUNCTIONS, PLUS] if slow else [])

    def run() -> Any:
        result = ops.call(target, *args, **kwargs)
        if not isinstance(result, (list, dict, Promise)) and hasattr(type(result), "__next__"):
            result = unfolded(ops, result)
        result = settled(ops, result)
        found = shown(result)
        for call in ops.calls:
            call.keep()
        return Shown(found)

    actual = outcome(run, LOG)
    if expected[0] == "error" or not calls or slow:
        assert actual[:2] == expected[:2]
        if expected[0] == "error":
            assert actual[2] == expected[2]
    else:
        assert actual == expected


class Shown:
    """What was shown already."""

    def __init__(self, found: Any) -> None:
        self.found = found


class Unfolded:
    """An iterator of settled items that shows as what it came from."""

    def __init__(self, ops: SimpleOps, value: Any) -> None:
        self.ops, self.items, self.kind = ops, ops.iterate(value), value.__class__

    @property
    def __class__(self) -> Any:  # type: ignore[override]
        return self.kind

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return settled(self.ops, next(self.items))


def unfolded(ops: SimpleOps, value: Any) -> Any:
    return Unfolded(ops, value)


def settled(ops: SimpleOps, value: Any) -> Any:
    value = ops.whole(value)
    if type(value) is tuple and any(hasattr(type(item), "__next__") for item in value):
        return tuple(unfolded(ops, item) if hasattr(type(item), "__next__") else settled(ops, item) for item in value)
    return value


@given(st.data(), st.booleans())
@settings(deadline=None)
def test_of_one_iterable(data: st.DataObject, slow: bool) -> None:
    """Functions of one iterable, every kind of source, with promises among the items."""
    target = data.draw(st.sampled_from([
        list, tuple, set, frozenset, deque, sorted, sum, min, max, any, all, enumerate, zip, reversed, itertools.chain, itertools.cycle,
        itertools.pairwise, itertools.accumulate, itertools.product, itertools.tee, iter, Counter_, next, "".join, itertools.zip_longest,
    ]))  # fmt: skip
    items, kind = data.draw(LISTS), data.draw(SOURCES)
    through = data.draw(FUNCTION) if slow and kind != "dict" else None

    def make() -> tuple[tuple[Any, ...], dict[str, Any]]:
        made = source(kind, items)
        return ((map(through, made) if through and kind in ("iter", "generator") else made),), {}

    check(target, make, slow=slow, calls=target is not itertools.tee)


Counter_ = collections.Counter


@given(st.data(), st.booleans())
@settings(deadline=None)
def test_with_functions(data: st.DataObject, slow: bool) -> None:
    """Functions that call back."""
    items, kind, function = data.draw(LISTS), data.draw(SOURCES), data.draw(FUNCTION)
    more = data.draw(st.lists(st.integers(-2, 2), max_size=4))
    n = data.draw(st.integers(-1, 4))
    reverse = data.draw(st.booleans())
    cases: dict[str, Callable[[], tuple[Any, tuple[Any, ...], dict[str, Any]]]] = {
        "map": lambda: (map, (function, source(kind, items)), {}),
        "map2": lambda: (map, (PLUS, source(kind, items), more), {}),
        "filter": lambda: (filter, (function, source(kind, items)), {}),
        "filter none": lambda: (filter, (None, map(function, source(kind, items))), {}),
        "list filter": lambda: (list, (filter(function, source(kind, items)),), {}),
        "list map": lambda: (list, (map(function, source(kind, items)),), {}),
        "tuple map": lambda: (tuple, (map(function, source(kind, items)),), {}),
        "set map": lambda: (set, (map(function, source(kind, items)),), {}),
        "sum map": lambda: (sum, (map(function, source(kind, items)),), {}),
        "sum start": lambda: (sum, ([[x] for x in items], []), {}),
        "sum strings": lambda: (sum, (items, ""), {}),
        "any map": lambda: (any, (map(function, source(kind, items)),), {}),
        "all map": lambda: (all, (map(function, source(kind, items)),), {}),
        "sorted": lambda: (sorted, (source(kind, items),), {"key": function, "reverse": reverse}),
        "sorted map": lambda: (sorted, (map(function, source(kind, items)),), {"reverse": reverse}),
        "min": lambda: (min, (source(kind, items),), {"key": function}),
        "max": lambda: (max, (source(kind, items),), {"key": function, "default": 7}),
        "max many": lambda: (max, tuple(more), {"key": function}),
        "max both": lambda: (max, tuple(more), {"default": 7}),
        "reduce": lambda: (functools.reduce, (PLUS, source(kind, items)), {}),
        "reduce from": lambda: (functools.reduce, (PLUS, source(kind, items), n), {}),
        "starmap": lambda: (itertools.starmap, (PLUS, [(x, 1) for x in items]), {}),
        "takewhile": lambda: (itertools.takewhile, (function, source(kind, items)), {}),
        "dropwhile": lambda: (itertools.dropwhile, (function, source(kind, items)), {}),
        "filterfalse": lambda: (itertools.filterfalse, (function, source(kind, items)), {}),
        "list filterfalse": lambda: (list, (itertools.filterfalse(function, source(kind, items)),), {}),
        "accumulate": lambda: (itertools.accumulate, (source(kind, items), PLUS), {}),
        "accumulate from": lambda: (itertools.accumulate, (map(function, source(kind, items)),), {"initial": n}),
        "groupby": lambda: (itertools.groupby, (source(kind, items), function), {}),
        "islice": lambda: (itertools.islice, (map(function, source(kind, items)), n), {}),
        "islice3": lambda: (itertools.islice, (map(function, source(kind, items)), 1, 4, n), {}),
        "chain": lambda: (itertools.chain, (map(function, source(kind, items)), more), {}),
        "chain.from_iterable": lambda: (itertools.chain.from_iterable, (map(function, [[1], more]),), {}),
        "zip": lambda: (zip, (map(function, source(kind, items)), more), {}),
        "zip strict": lambda: (zip, (map(function, source(kind, items)), more, more[:n]), {"strict": True}),
        "zip_longest": lambda: (itertools.zip_longest, (map(function, source(kind, items)), more), {"fillvalue": n}),
        "compress": lambda: (itertools.compress, (items, map(function, more)), {}),
        "product": lambda: (itertools.product, (map(function, items), more[:2]), {"repeat": 1}),
        "product3": lambda: (itertools.product, (map(function, more[:2]),), {"repeat": n}),
        "permutations": lambda: (itertools.permutations, (map(function, more),), {}),
        "combinations": lambda: (itertools.combinations, (map(function, more), n), {}),
        "cwr": lambda: (itertools.combinations_with_replacement, (map(function, more), n), {}),
        "enumerate": lambda: (enumerate, (map(function, source(kind, items)), n), {}),
        "dict zip": lambda: (dict, (zip(range(9), map(function, source(kind, items))),), {}),
        "dict pairs": lambda: (dict, ([*((x, 1) for x in more), (1, 2, 3)[: n + 1]],), {"a": 1}),
        "dict odd": lambda: (dict, ([1],), {}),
        "defaultdict": lambda: (defaultdict, (list, zip(range(9), map(function, items))), {}),
        "OrderedDict": lambda: (OrderedDict, (zip(range(9), map(function, items)),), {"a": 1}),
        "deque": lambda: (deque, (map(function, source(kind, items)), 2), {}),
        "iter call": lambda: (iter, (functools.partial(next, iter([*more, 99])), 99), {}),
        "next map": lambda: (next, (map(function, source(kind, items)),), {}),
        "next filter": lambda: (next, (filter(function, source(kind, items)), "none"), {}),
        "join": lambda: ("-".join, (map(function, source(kind, items)),), {}),
        "isinstance": lambda: (isinstance, (items, (list, int)), {}),
        "partial": lambda: (functools.partial(function, 1), (), {}),
        "map stop": lambda: (list, (map(next, [iter([1]), iter([])]),), {}),
    }  # fmt: skip
    if hasattr(itertools, "batched"):
        cases["batched"] = lambda: (itertools.batched, (map(function, source(kind, items)), n), {})
    name = data.draw(st.sampled_from(sorted(cases)))
    target = cases[name]()[0]
    check(target, lambda: cases[name]()[1:], slow=slow)


@given(st.lists(st.integers(-2, 2)), st.booleans(), st.booleans())
def test_changes_of_lists(items: list[int], slow: bool, reverse: bool) -> None:
    """list.sort, extend, +=, deque and set."""
    key = FUNCTIONS[1]
    ops = SimpleOps([key] if slow else [])
    target = list(items)
    ops.call(target.sort, key=key, reverse=reverse)
    assert target == sorted(items, key=key, reverse=reverse)
    ops.call(target.extend, map(key, items))
    ops.call(list.extend, target, (x for x in items))
    assert ops.whole(target) == [*sorted(items, key=key, reverse=reverse), *map(key, items), *items]
    bag: set[int] = set()
    ops.call(bag.update, [1], (x for x in items))
    assert bag == {1, *items}
    ends: deque[int] = deque()
    ops.call(ends.extendleft, (x for x in items))
    assert list(ends) == items[::-1]
    table: dict[Any, Any] = {9: 9}
    ops.call(table.update, zip(items, map(key, items)), k=1)
    ops.whole(table)
    assert list(table.items()) == list({9: 9, **dict(zip(items, map(key, items))), "k": 1}.items())


def test_unconsumed_calls_nothing() -> None:
    """Lazy objects stay lazy, and keep being what they are."""
    LOG.clear()
    ops = SimpleOps(FUNCTIONS)
    made = [ops.call(map, FUNCTIONS[0], [1]), ops.call(filter, FUNCTIONS[0], [1]), ops.call(itertools.takewhile, FUNCTIONS[0], [1])]
    assert LOG == []
    assert [type(one) for one in made[:2]] == [map, filter]
    assert isinstance(made[2], itertools.takewhile)
    assert type(ops.call(zip, [1], [2])) is zip
    assert type(ops.call(enumerate, [1])) is enumerate
    assert type(ops.call(itertools.chain, [1])) is itertools.chain
    assert next(made[0]) == 1


def test_steps_are_shared() -> None:
    """A map that was stepped goes on where it stands, mediated or not."""
    ops = SimpleOps()
    one = ops.call(map, double, iter([1, 2, 3, 4]))
    assert next(ops.iterate(one)) == 2
    assert next(one) == 4
    assert list(ops.iterate(one)) == [6, 8]
    numbered = ops.call(enumerate, map(double, [1, 2, 3]))
    assert ops.call(next, numbered) == (0, 2)
    assert ops.call(list, numbered) == [(1, 4), (2, 6)]


def test_groups_are_lazy() -> None:
    """A group that is not read is passed over; one that is kept is empty."""
    ops = SimpleOps()
    kept = [group for _, group in ops.iterate(ops.call(itertools.groupby, "aabbb", same))]
    assert [list(ops.iterate(group)) for group in kept] == [[], []]
    assert [key for key, _ in ops.iterate(ops.call(itertools.groupby, [1, 1, 2, 1], same))] == [1, 2, 1]


def test_all_tests_of_a_filter_are_under_way_at_once() -> None:
    """A reader of everything makes all calls before it waits for the first."""
    made: list[int] = []
    waits: list[int] = []

    def test(x: int) -> bool:
        made.append(x)
        return x > 1

    class Watching(SimpleOps):
        def force(self, value: Any, /) -> Any:
            if self.pending(value):
                waits.append(len(made))
            return super().force(value)

    ops = Watching([test])
    assert ops.call(list, filter(test, [1, 2, 3])) == [2, 3]
    assert set(waits) == {3}


@dataclasses.dataclass
class Point:
    x: int
    y: list[int] = dataclasses.field(default_factory=list)
    z: int = dataclasses.field(default=3, init=False)
    w: int = dataclasses.field(default=4, kw_only=True)
    shared: typing.ClassVar[int] = 5
    extra: dataclasses.InitVar[int] = 6

    def __post_init__(self, extra: int) -> None:
        self.sum = self.x + extra


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    x: int
    y: int = 2


class Named(typing.NamedTuple):
    x: int
    y: int = 2


PAIR = collections.namedtuple("PAIR", "a b")  # noqa: PYI024


@pytest.mark.parametrize("cls", [Point, Frozen, Named, PAIR])
@given(st.data())
def test_generated_constructors(cls: Any, data: st.DataObject) -> None:
    """dataclasses and namedtuples, with every mistake in the arguments."""
    args = tuple(data.draw(st.lists(st.integers(0, 3), max_size=4)))
    kwargs = {name: 1 for name in data.draw(st.sets(st.sampled_from(["x", "y", "a", "b", "w", "z", "extra", "q"]), max_size=3))}
    check(lambda *a, **k: cls(*a, **k), lambda: (args, kwargs), slow=False)
    expected, actual = outcome(lambda: cls(*args, **kwargs), LOG), outcome(lambda: SimpleOps().call(cls, *args, **kwargs), LOG)
    assert actual == expected
    if expected[0] == "value":
        one, other = SimpleOps().call(cls, *args, **kwargs), cls(*args, **kwargs)
        assert getattr(one, "__dict__", None) == getattr(other, "__dict__", None)
        assert list(getattr(one, "__dict__", ())) == list(getattr(other, "__dict__", ()))


def test_replace() -> None:
    """dataclasses.replace."""
    one = Point(1, extra=2)
    ops = SimpleOps()
    assert ops.call(dataclasses.replace, one, x=5, extra=1) == dataclasses.replace(one, x=5, extra=1)
    assert ops.call(dataclasses.replace, Frozen(1), y=3) == Frozen(1, 3)
    for changes in ({"z": 1}, {"q": 1, "extra": 1}):
        assert outcome(lambda c=changes: ops.call(dataclasses.replace, one, **c), LOG) == outcome(lambda c=changes: dataclasses.replace(one, **c), LOG)


OPERANDS = st.sampled_from([1, 2, 0, "a", [1], 2.5])


@given(st.sampled_from([name for name in dir(operator) if not name.startswith("_")]), st.lists(OPERANDS, min_size=1, max_size=3))
def test_operator_functions(name: str, operands: list[Any]) -> None:
    """Every function of the module that has a row."""
    target = getattr(operator, name)
    if effects.lookup(target) is None or isinstance(target, type):
        return
    check(target, lambda: (tuple(copy.deepcopy(operands)), {}), slow=False)


def test_getters() -> None:
    """itemgetter, attrgetter, methodcaller, getattr and the like."""
    ops = SimpleOps()
    assert ops.call(operator.itemgetter(1), [1, 2]) == 2
    assert ops.call(operator.itemgetter(1, 0), [1, 2]) == (2, 1)
    assert ops.call(operator.attrgetter("x.real", "x"), Point(1)) == (1, 1)
    assert ops.call(operator.methodcaller("split", ","), "a,b") == ["a", "b"]
    assert ops.call(operator.methodcaller("split", sep=","), "a,b") == ["a", "b"]
    one = Point(1)
    assert ops.call(getattr, one, "x") == 1
    assert ops.call(getattr, one, "none", 5) == 5
    assert ops.call(hasattr, one, "x")
    assert not ops.call(hasattr, one, "q")
    ops.call(setattr, one, "q", 5)
    assert one.q == 5  # type: ignore[attr-defined]
    ops.call(delattr, one, "q")
    assert not hasattr(one, "q")
    for wrong in ((one, 1), (one, "nothing")):
        assert outcome(lambda w=wrong: ops.call(getattr, *w), LOG) == outcome(lambda w=wrong: getattr(*w), LOG)
    assert ops.call(typing.cast, int, "a") == "a"


class Meta(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return value == 1


class Odd(metaclass=Meta):
    pass


def test_isinstance() -> None:
    """Metaclasses of the user's decide."""
    ops = SimpleOps()
    assert ops.call(isinstance, 1, Odd)
    assert not ops.call(isinstance, 2, Odd)
    assert ops.call(isinstance, 1, (str, Odd))
    assert ops.call(issubclass, bool, int)
    assert outcome(lambda: ops.call(isinstance, 1, 2), LOG) == outcome(lambda: isinstance(1, 2), LOG)  # type: ignore[arg-type]


class Custom:
    def __init__(self, items: Any) -> None:
        self.items = items

    def __deepcopy__(self, memo: Any) -> Any:
        return Custom(copy.deepcopy(self.items, memo))


def test_copies() -> None:
    """Aliasing inside a copy, promises inside a copy, hooks."""
    ops = SimpleOps()
    inner = [1]
    one = {"a": inner, "b": [inner, (inner,)], "p": Point(1)}
    twin = ops.call(copy.deepcopy, one)
    assert twin == one
    assert twin["a"] is twin["b"][0] is twin["b"][1][0] is not inner
    assert twin["p"] is not one["p"]
    loop: list[Any] = []
    loop.append(loop)
    again = ops.call(copy.deepcopy, loop)
    assert again[0] is again
    assert ops.call(copy.deepcopy, Custom([1])).items == [1]
    pending = SimpleOps([double])
    items = pending.build_list([pending.call(double, 2), [3]])
    made = pending.call(copy.deepcopy, items)
    assert pending.pending(made[0])
    assert pending.whole(made) == [4, [3]]
    assert ops.call(copy.copy, one) == one
    assert ops.call(copy.copy, one)["a"] is inner
    assert ops.call(copy.copy, Point(1)) == Point(1)


@given(st.sampled_from(["a+", "", "b|", "(a)(b)?"]), st.text("abc", max_size=8), st.integers(0, 3), st.booleans())
def test_substitution(pattern: str, text: str, count: int, slow: bool) -> None:
    """re.sub and subn with functions and strings."""

    def upper(match: re.Match[str]) -> str:
        return match.group().upper() + str(match.start())

    ops = SimpleOps([upper] if slow else [])
    for name in ("sub", "subn"):
        native: Any = getattr(re, name)
        assert ops.whole(ops.call(native, pattern, upper, text, count=count)) == native(pattern, upper, text, count=count)
        compiled: Any = getattr(re.compile(pattern), name)
        assert ops.whole(ops.call(compiled, upper, text, count)) == compiled(upper, text, count)
        assert ops.whole(ops.call(native, pattern, "<>", text)) == native(pattern, "<>", text)
    wrong = outcome(lambda: ops.whole(ops.call(re.sub, "a", lambda m: 1, "a")), LOG)
    assert wrong == outcome(lambda: re.sub("a", lambda m: 1, "a"), LOG)  # type: ignore[arg-type, return-value]


def cached(make: Callable[[Any], Any]) -> tuple[Any, list[Any]]:
    calls: list[Any] = []
    captured = 10

    def function(x: Any, y: Any = 1, *, k: Any = 0) -> Any:
        calls.append((x, y, k))
        if x == 13:
            raise ValueError(x)
        return {"sum": x + y + captured + k}

    return make(function), calls


@pytest.mark.parametrize("make", [functools.cache, functools.lru_cache, functools.lru_cache(maxsize=2), functools.lru_cache(maxsize=0),
                                  functools.lru_cache(maxsize=None, typed=True)])  # fmt: skip
@given(st.lists(st.tuples(st.lists(st.sampled_from([1, 2, 3, 1.0]), min_size=1, max_size=2), st.sampled_from([{}, {"k": 1}]))), st.booleans())
def test_caches(make: Callable[[Any], Any], uses: list[tuple[list[Any], dict[str, Any]]], slow: bool) -> None:
    """Results, calls made, counts, and what is in the cache afterwards."""
    native, native_calls = cached(make)
    wrapper, calls = cached(make)
    ops = SimpleOps([wrapper.__wrapped__] if slow else [])
    for args, kwargs in uses:
        assert ops.whole(ops.call(wrapper, *args, **kwargs)) == native(*args, **kwargs)
    ops.retire()
    assert calls == native_calls
    assert wrapper.cache_info() == native.cache_info()
    for args, kwargs in uses:
        assert wrapper(*args, **kwargs) == native(*args, **kwargs)
    assert calls == native_calls
    with pytest.raises(ValueError, match="13"):
        wrapper(13)
    assert outcome(lambda: ops.call(wrapper, []), LOG)[1] is TypeError


def test_contextmanager() -> None:
    """The generator is the mediated one, the manager the real class."""
    seen: list[Any] = []

    @contextlib.contextmanager
    def managed(x: int) -> Iterator[int]:
        """Doc."""
        try:
            yield x + 1
        except KeyError:
            seen.append("key")
        finally:
            seen.append("end")

    ops = SimpleOps()
    manager = ops.call(managed, 1)
    assert type(manager) is type(managed(1))
    assert manager.__doc__ == "Doc."
    assert ops.call(manager.__enter__) == 2
    error = KeyError(1)
    assert ops.call(manager.__exit__, KeyError, error, None) is True
    assert seen == ["key", "end"]
    assert not hasattr(manager, "args")


def test_cached_property() -> None:
    """The value is stored where the native one stores it."""

    class Lazy:
        count = 0

        @functools.cached_property
        def value(self) -> int:
            self.count += 1
            return 5

    one = Lazy()
    assert SimpleOps().call(Lazy.__dict__["value"].__get__, one, Lazy) == 5
    assert vars(one) == {"count": 1, "value": 5}


def test_default_of_defaultdict() -> None:
    """A missing key calls the factory and stores."""
    ops = SimpleOps()
    table: defaultdict[str, list[int]] = defaultdict(list)
    model = MODELS["defaultdict_getitem"]
    model(ops, operator.getitem, table, "a").append(1)
    assert model(ops, operator.getitem, table, "a") == [1]
    assert table == {"a": [1]}
    with pytest.raises(KeyError):
        model(ops, operator.getitem, defaultdict(None), "a")


def test_every_model_has_a_row_and_the_other_way_round() -> None:
    """Rows and models name each other."""
    tables = Path(effects.__file__).parent / "effect_tables"
    rows = {model for path in tables.glob("[!_]*.py") for model in re.findall(r"\bmodel (\w+)", path.read_text())}
    rows |= {"namedtuple", "dataclass", "contextmanager", "subscript", "retried"}  # found by what they make or are done to
    assert rows == set(MODELS)
