"""`external(...)`: what it returns, what is found again, and what it refuses."""

import copy
import functools
import gc
import importlib
import inspect
import pickle
import sqlite3
import sys
import time
import types

import pytest

from poppy_nb import externals
from poppy_nb.errors import DeclarationError
from poppy_nb.externals import external, lookup


@external
def plain(x):
    return x


@external(writes="db", limit=3)
def write(row):
    return row


@external
async def awaited(x):
    return x


class Client:
    @external
    def method(self, q):
        return q

    @external
    @staticmethod
    def static(q):
        return q

    @staticmethod
    @external
    def static_inside(q):
        return q

    @external
    @classmethod
    def of_class(cls, q):
        return q

    def other(self):
        return None


class Callable_:
    @external
    def __call__(self, q):
        return q


class Slots:
    __slots__ = ()

    def __call__(self):
        return 1


def test_a_decorated_function_is_the_same_object_without_a_trace():
    def f(x: int = 1) -> int:
        return x

    before = (dict(vars(f)), inspect.signature(f), dir(f))
    assert external(f) is f
    assert external(limit=2)(f) is f
    assert (dict(vars(f)), inspect.signature(f), dir(f)) == before
    assert pickle.loads(pickle.dumps(plain)) is plain
    assert copy.deepcopy(plain) is plain
    assert plain(3) == 3


def test_options_are_kept():
    found = lookup(write)
    assert (found.name, found.writes, found.reads, found.limit, found.thread) == ("write", ("db",), (), 3, None)
    assert found.ordered
    assert not lookup(plain).ordered

    @external(reads=["a", "b"], changes="x", thread="worker", reads_state=False)
    def f(x):
        return x

    assert (lookup(f).reads, lookup(f).changes, lookup(f).mode, lookup(f).reads_state) == (("a", "b"), ("x",), "thread", False)


def test_modes():
    assert lookup(plain).mode == "thread"
    assert lookup(write).mode == "main"
    assert lookup(awaited).mode == "async"
    main = external(lambda: 1, thread="main")
    assert lookup(main).mode == "main"


@pytest.mark.parametrize("name", ["method", "static", "static_inside", "of_class"])
def test_methods_are_found_on_instances_and_classes(name):
    assert lookup(getattr(Client(), name)).name == f"Client.{name}"
    assert lookup(getattr(Client, name)).name == f"Client.{name}"
    assert getattr(Client(), name)(1) == 1


def test_arguments_that_a_call_may_change_are_told():
    class Table:
        @external(changes=("rows", "more"))
        def fill(self, key, rows, *more):
            return None

    found, call = lookup(Table().fill), Table().fill
    assert found.positional(call) == ("key", "rows")
    assert found.positional(Table.fill) == ("self", "key", "rows")
    assert found.handed_over(call, (1, [2], [3], [4]), {}) == [[2], [3], [4]]
    assert found.handed_over(call, (1,), {"rows": [2]}) == [[2]]
    assert found.handed_over(Table.fill, (Table(), 1, [2]), {}) == [[2]]
    assert lookup(plain).handed_over(plain, ([1],), {}) == []

    @external(changes="rows")
    def wrapped(*args, **kwargs):
        return None

    assert lookup(wrapped).handed_over(wrapped, (1, [2]), {}) == [1, [2]]


def test_what_is_not_declared_is_not_found():
    for target in (Client().other, Client, len, [].append, functools.partial(plain, 1), print, 3, None, lambda: 1, Client()):
        assert lookup(target) is None


def test_wrappers_are_not_external_though_wraps_copies_everything_it_finds():
    @functools.wraps(plain)
    def wrapper(x):
        return plain(x)

    assert lookup(wrapper) is None


def test_callable_instances():
    assert lookup(Callable_()).name == "Callable_.__call__"
    instance = Slots()
    external(instance)
    assert lookup(instance) is not None
    assert lookup(Slots()) is None
    part = functools.partial(plain, 1)
    assert external(part) is part
    assert lookup(part) is not None


def test_a_bound_method_stands_for_the_method_on_all_instances():
    class Other:
        def send(self):
            return 1

    external(Other().send)
    assert lookup(Other().send) is not None
    connection = sqlite3.connect(":memory:")
    external(connection.cursor)
    assert lookup(sqlite3.Connection.cursor) is lookup(connection.cursor) is not None
    assert lookup(connection.execute) is None
    connection.close()


def test_builtin_functions_and_classes():
    external(time.monotonic_ns)
    assert lookup(time.monotonic_ns) is not None

    class Model:
        pass

    external(Model)
    assert lookup(Model) is not None
    assert lookup(Model()) is None


def test_a_redefinition_is_another_function():
    space: dict[str, types.FunctionType] = {}
    exec("def f(): return 1", space)
    external(space["f"])
    assert lookup(space["f"]) is not None
    exec("def f(): return 2", space)
    assert lookup(space["f"]) is None


def test_the_table_keeps_nothing_alive():
    size = len(externals._table)

    def local():
        def f():
            return 1

        external(f)
        return len(externals._table)

    assert local() == size + 1
    gc.collect()
    assert len(externals._table) <= size


def test_lookup_runs_no_code_of_the_users():
    class Hostile:
        def __getattribute__(self, name):
            raise AssertionError(name)

        def __eq__(self, other):
            raise AssertionError

        def __hash__(self):
            raise AssertionError

        def __call__(self):
            return 1

    hostile = Hostile()
    assert lookup(hostile) is None
    external(Hostile.__dict__["__call__"])
    assert lookup(hostile) is not None


# --- declarations of others' code by path


@pytest.fixture
def package(tmp_path, monkeypatch):
    root = tmp_path / "their_package"
    (root / "inner").mkdir(parents=True)
    (root / "__init__.py").write_text("")
    (root / "inner" / "__init__.py").write_text("")
    (root / "inner" / "code.py").write_text(
        "class Sender:\n    def send(self, x):\n        return x\n    @classmethod\n    def make(cls):\n        return cls()\n"
        "async def fetch(x):\n    return x\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield root
    for name in [name for name in sys.modules if name.partition(".")[0] == "their_package"]:
        del sys.modules[name]


def test_a_path_is_found_when_its_module_is_imported(package):
    external("their_package.inner.code.Sender.send", limit=4)
    external("their_package.inner.code.fetch")
    assert "their_package" not in sys.modules
    assert lookup(plain) is not None
    from their_package.inner import code

    assert lookup(code.Sender().send).limit == 4
    assert lookup(code.fetch).is_async
    external("their_package.inner.code.Sender.make")
    assert lookup(code.Sender.make) is not None


def test_a_path_is_found_again_after_a_reload(package):
    from their_package.inner import code

    external("their_package.inner.code.fetch")
    old = lookup(code.fetch)
    importlib.reload(code)
    assert lookup(code.fetch) is not None
    assert lookup(code.fetch).name == old.name


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("their_packag.inner.code.fetch", "no module 'their_packag' here; did you mean 'their_package'?"),
        ("their_package.inner.code.fetsh", "their_package.inner.code has no 'fetsh'; did you mean 'fetch'?"),
        ("their_package.inner.code.Sender.sent", "their_package.inner.code.Sender has no 'sent'; did you mean 'send'?"),
        ("their_package.iner.code.fetch", "their_package has no 'iner'; did you mean 'inner'?"),
        ("their_package.inner.code", ": name the function"),
        ("db", "external(writes='db')"),
        ("a b.c", "is not a path"),
    ],
)
@pytest.mark.parametrize("imported", [False, True])
def test_a_wrong_path_is_an_error_at_the_declaration(package, path, message, imported):
    if imported:
        importlib.import_module("their_package.inner.code")
    pending = list(externals._pending)
    with pytest.raises(DeclarationError) as caught:
        external(path)
    assert message in str(caught.value)
    assert externals._pending == pending
    assert imported or "their_package" not in sys.modules


def test_a_path_that_only_its_import_shows_to_be_wrong_is_reported(package):
    (package / "lazy.py").write_text("def __getattr__(name): raise AttributeError(name)\n")
    external("their_package.lazy.thing")
    importlib.import_module("their_package.lazy")
    lookup(plain)
    assert any("their_package.lazy has no 'thing'" in message for message in externals.unresolved())


def test_a_path_whose_attributes_cannot_be_read_does_no_harm_to_lookups(package):
    (package / "lazy.py").write_text("def __getattr__(name): raise KeyError('no key')\n")
    external("their_package.lazy.client.create")
    importlib.import_module("their_package.lazy")
    assert lookup(plain) is not None
    assert any("their_package.lazy.client raises KeyError" in message for message in externals.unresolved())


# --- what it refuses


def generator():
    yield 1


async def async_generator():
    yield 1


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (3, "without calling it"),
        (None, "NoneType"),
        (property(lambda self: 1), "below @property"),
        (sys, "external(sys.function)"),
        (generator, "generator function"),
        (async_generator, "generator function"),
    ],
)
def test_it_refuses_what_cannot_be_called_as_an_external(target, message):
    with pytest.raises(DeclarationError) as caught:
        external(target)
    assert isinstance(caught.value, TypeError)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"write": "db"}, "no option 'write'; did you mean 'writes'?"),
        ({"xyz": 1}, "it takes reads, writes"),
        ({"limit": 0}, "whole number"),
        ({"limit": True}, "whole number"),
        ({"limit": "8"}, "whole number"),
        ({"thread": "workr"}, "did you mean 'worker'?"),
        ({"thread": 3}, "not 3"),
        ({"reads": 3}, "a name or several"),
        ({"writes": [""]}, "a name or several"),
        ({"changes": "rw"}, "no such parameter; did you mean 'row'?"),
        ({"changes": "zzz"}, "its parameters are row"),
        ({"reads_state": "x"}, "reads_state"),
    ],
)
def test_it_refuses_wrong_options(options, message):
    def f(row):
        return row

    with pytest.raises(DeclarationError) as caught:
        external(**options)(f)
    assert message in str(caught.value)
    assert lookup(f) is None


def test_a_coroutine_function_cannot_be_sent_to_a_worker():
    async def f():
        return 1

    with pytest.raises(DeclarationError, match="event loop"):
        external(f, thread="worker")
