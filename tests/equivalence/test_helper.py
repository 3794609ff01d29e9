"""The equivalence helper finds what it should: for each axis engines with one fault each, and none in an engine without."""

from __future__ import annotations

import functools
import gc
import os
import random
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.equivalence import AXES, Different, NotAProgram, Order, Task, check, every_order, execute
from tests.equivalence.world import World, current, enter, record, render


RUNTIME: Any = types.ModuleType("poppy_nb.runtime.stand_in")
exec("class P:\n    part = None\ndef operation(): pass", RUNTIME.__dict__)


def honest(task: Task) -> object:
    """An engine that runs the cell as plain Python does."""
    return execute(task.source, task.filename, task.namespace)


def ends_with(change: Callable[[dict[str, Any]], object]) -> Callable[[Task], object]:
    """An engine that runs the cell plainly and then changes the namespace."""

    def engine(task: Task) -> object:
        value = honest(task)
        change(task.namespace)
        return value

    return engine


def runs_instead(old: str, new: str) -> Callable[[Task], object]:
    """An engine that runs another cell than it was given."""

    def engine(task: Task) -> object:
        assert old in task.source
        return execute(task.source.replace(old, new), task.filename, task.namespace)

    return engine


def sets(name: str, value: Callable[[dict[str, Any]], object]) -> Callable[[Task], object]:
    """An engine that gives one name another value."""
    return ends_with(lambda ns: ns.__setitem__(name, value(ns)))


def attribute(name: str, attr: str, value: Callable[[dict[str, Any]], object]) -> Callable[[Task], object]:
    """An engine that gives one attribute another value."""
    return ends_with(lambda ns: setattr(ns[name], attr, value(ns)))


def placeholder(ns: dict[str, Any]) -> Any:
    """Something that must not be left behind."""
    return RUNTIME.P()


def mediated(function: Any) -> types.FunctionType:
    """A function with an operation of the runtime among its constants."""
    code = function.__code__
    return types.FunctionType(
        code.replace(co_consts=(*code.co_consts, RUNTIME.operation)), function.__globals__, function.__name__
    )


def raises_from(**changes: object) -> Callable[[Task], object]:
    """An engine that changes the exception which leaves the cell."""

    def engine(task: Task) -> object:
        try:
            return honest(task)
        except BaseException as e:
            for name, value in changes.items():
                if name == "note":
                    e.add_note(str(value))
                else:
                    setattr(e, name, value)
            raise

    return engine


def swallows(task: Task) -> object:
    """An engine that loses exceptions."""
    try:
        return honest(task)
    except Exception:
        return None


def raises_within_runtime(task: Task) -> object:
    """An engine that leaves a frame of its own between those of the program."""
    code = compile("def ask(x):\n    return call(x)\n", "poppy_nb/runtime/engine.py", "exec")
    hidden: dict[str, Any] = {"call": task.namespace["fail"]}
    exec(code, hidden)
    task.namespace["fail"] = hidden["ask"]
    try:
        return honest(task)
    finally:
        task.namespace["fail"] = hidden["call"]


def takes(time: float) -> Callable[[Task], object]:
    """An engine with a clock that stands still."""

    def engine(task: Task) -> object:
        task.now = lambda: time
        return honest(task)

    return engine


def twice_in_other_orders(task: Task) -> object:
    """An engine that is right until a call ends before one that was dispatched earlier."""
    if task.order.choices is None:
        return honest(task)
    if task.order.choose(["a", "b", "c"]) + task.order.choose(["b", "c"]) == 3:
        task.namespace["f"](9)
    return honest(task)


def runs_for_ever(task: Task) -> object:
    """An engine that waits for what never happens."""
    while True:
        pass


@dataclass(frozen=True)
class Fault:
    """A program, an engine with one fault that shows in it, and the axis on which it must be found."""

    axis: str
    title: str
    source: str
    engine: Callable[[Task], object]
    where: str = ""
    options: tuple[tuple[str, Any], ...] = ()


ALIASED = "xs = [[], []]\nys = [xs[0], xs[1]]\n"
CLASS = "class A:\n    n = 1\n    def m(self): return self.n\na = A()\na.items = [1]\n"
SLOTS = "class S:\n    __slots__ = ('x', 'y')\ns = S()\ns.x = 1\n"
COUNTER = "def counter():\n    n = 0\n    def tick(by=[1]):\n        nonlocal n\n        n += 1\n        return n\n    return tick\ntick = counter()\n"
RAISES = "def ask(x):\n    return fail(x)\nxs = [1]\nr = [ask(x) for x in (1, 2, 3)]\n"
CHAINED = "try:\n    fail(2)\nexcept ValueError as e:\n    raise KeyError('k') from e\n"
GENERATOR = "def gen():\n    x = [1]\n    yield x\n    yield 2\ng1 = gen()\nnext(g1)\n"

FAULTS = [
    Fault("namespace", "another value", "x = 1", sets("x", lambda ns: 2), "x"),
    Fault("namespace", "another type", "x = 1", sets("x", lambda ns: True), "x"),
    Fault("namespace", "minus zero", "x = 0.0", sets("x", lambda ns: -0.0), "x"),
    Fault("namespace", "a name more", "x = 1", sets("y", lambda ns: 2), "names"),
    Fault("namespace", "a name less", "x = 1\ny = 2", ends_with(lambda ns: ns.pop("x")), "names"),
    Fault("order of names", "another order", "x = 1\ny = 2", ends_with(lambda ns: ns.__setitem__("x", ns.pop("x"))), "the namespace"),
    Fault("namespace", "a library name rebound", "x = f(1)", sets("g", lambda ns: ns["h"]), "names"),
    Fault("namespace", "list element", "x = [1, [2]]", ends_with(lambda ns: ns["x"][1].append(3)), "x[1]"),
    Fault("namespace", "an alias lost", ALIASED, ends_with(lambda ns: ns["ys"].__setitem__(0, [])), "ys[0]"),
    Fault("namespace", "an alias too many", ALIASED, ends_with(lambda ns: ns["xs"].__setitem__(1, ns["xs"][0])), "xs[1]"),
    Fault("namespace", "aliases crossed", ALIASED, ends_with(lambda ns: ns["ys"].reverse()), "ys[0]"),
    Fault("namespace", "a cycle cut", "x = []\nx.append(x)", ends_with(lambda ns: ns["x"].__setitem__(0, [ns["x"]])), "x[0]"),
    Fault("namespace", "order of a dict", "d = {'a': 1, 'b': 2}", ends_with(lambda ns: ns["d"].update(a=ns["d"].pop("a"))), "d"),
    Fault("namespace", "dict value", "d = {'a': [1]}", ends_with(lambda ns: ns["d"]["a"].pop()), "d['a']"),
    Fault("namespace", "identity of a dict key", "k = (1, [])\nd = {id: k}", ends_with(lambda ns: ns["d"].update({id: (1, [])})), "d["),
    Fault("namespace", "a member of a set", "s = {1, 2}", ends_with(lambda ns: ns["s"].add(3)), "s"),
    Fault("namespace", "an object in a set", CLASS + "s = {a}", ends_with(lambda ns: ns.update(s={ns["A"]()})), "s"),
    Fault("namespace", "deque length", "import collections\nq = collections.deque([1], 3)",
          ends_with(lambda ns: ns.update(q=type(ns["q"])([1], 4))), "maxlen"),
    Fault("namespace", "default factory", "import collections\nd = collections.defaultdict(list)",
          attribute("d", "default_factory", lambda ns: dict), "default_factory"),
    Fault("namespace", "attribute", CLASS, ends_with(lambda ns: ns["a"].items.append(2)), "a.__dict__['items']"),
    Fault("namespace", "attribute too many", CLASS, attribute("a", "extra", lambda ns: 1), "a.__dict__"),
    Fault("namespace", "slot", SLOTS, attribute("s", "x", lambda ns: 2), "s.x"),
    Fault("namespace", "unset slot", SLOTS, attribute("s", "y", lambda ns: 2), "s.y"),
    Fault("namespace", "class attribute", CLASS, attribute("A", "n", lambda ns: 2), "'n'"),
    Fault("namespace", "another class of the same name", CLASS, ends_with(lambda ns: setattr(ns["a"], "__class__", type("A", (), {}))), "a"),
    Fault("namespace", "content of a closure", COUNTER, ends_with(lambda ns: ns["tick"]()), "cell_contents"),
    Fault("namespace", "cell not shared", "def pair():\n    n = 0\n    return (lambda: n), (lambda: n)\np, q = pair()",
          sets("q", lambda ns: types.FunctionType(ns["q"].__code__, ns, ns["q"].__name__, None, (types.CellType(0),))), "q"),
    Fault("namespace", "default argument", COUNTER, ends_with(lambda ns: ns["tick"].__defaults__[0].append(1)), "__defaults__"),
    Fault("namespace", "code of a function", COUNTER, runs_instead("n += 1", "n += 2"), "co_consts"),
    Fault("namespace", "line of a function", "def m():\n    pass\n", runs_instead("def", "\ndef"), "co_firstlineno"),
    Fault("namespace", "globals of a function", COUNTER,
          sets("counter", lambda ns: types.FunctionType(ns["counter"].__code__, dict(ns), "counter")), "__globals__"),
    Fault("namespace", "bound method", CLASS + "m = a.m", sets("m", lambda ns: ns["A"]().m), "__self__"),
    Fault("namespace", "bound builtin method", "x = []\nm = x.append", sets("m", lambda ns: [].append), "__self__"),
    Fault("namespace", "how far an iterator stands", "it = iter([1, 2, 3])", ends_with(lambda ns: next(ns["it"])), "it"),
    Fault("namespace", "how far a zip stands", "it = zip([1, 2], [3, 4])", ends_with(lambda ns: next(ns["it"])), "it"),
    Fault("namespace", "a cache", "import functools\n@functools.cache\ndef m(x): return x\nm(1)", ends_with(lambda ns: ns["m"](2)), "cache_info"),
    Fault("namespace", "a finished generator", GENERATOR, ends_with(lambda ns: ns["g1"].close()), "g1"),
    Fault("namespace", "partial", "import functools\np = functools.partial(max, 1)",
          sets("p", lambda ns: functools.partial(max, 2)), "p.args"),
    Fault("namespace", "stored exception", "try:\n    1 / 0\nexcept Exception as e:\n    x = e",
          sets("x", lambda ns: ZeroDivisionError("no")), "x"),
    Fault("namespace", "traceback of a stored exception", "try:\n    1 / 0\nexcept Exception as e:\n    x = e",
          ends_with(lambda ns: ns["x"].with_traceback(None)), "traceback"),
    Fault("result", "another result", "f(1)", lambda task: honest(task) and "f(2)", "last expression"),
    Fault("result", "a copy as result", "x = [1]\nx", lambda task: list(honest(task)), "last expression"),  # type: ignore[call-overload]
    Fault("output", "text", "print('a', 1)", runs_instead("'a'", "'b'"), "piece 0"),
    Fault("output", "text too much", "print('a')", ends_with(lambda ns: print("b")), "piece 0"),
    Fault("output", "order", "print('a')\nprint('b')", runs_instead("print('a')\nprint('b')", "print('b')\nprint('a')")),
    Fault("output", "stream", "import sys\nprint('a', file=sys.stderr)", runs_instead("stderr", "stdout")),
    Fault("output", "interleaving of the streams", "import sys\nprint('a')\nprint('b', file=sys.stderr)",
          runs_instead("print('a')\nprint('b', file=sys.stderr)", "print('b', file=sys.stderr)\nprint('a')")),
    Fault("exception", "type", RAISES, runs_instead("fail(x)", "fail(x).a if x < 2 else {}[x]"), "type"),
    Fault("exception", "none", RAISES, swallows, "type"),
    Fault("exception", "one too many", "x = 1", runs_instead("1", "1 / 0"), "type"),
    Fault("exception", "arguments", RAISES, raises_from(args=("another",)), "args"),
    Fault("exception", "note", RAISES, raises_from(note="a note"), "exception.__dict__"),
    Fault("exception", "cause", RAISES, raises_from(__cause__=KeyError()), "__cause__"),
    Fault("exception", "context lost", CHAINED, raises_from(__context__=None), "__context__"),
    Fault("exception", "in a group", "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])", runs_instead("KeyError(2)", "KeyError(3)")),
    Fault("traceback", "line", RAISES, runs_instead("r = [", "\nr = ["), "traceback"),
    Fault("traceback", "carets", "x = (1, 1 / 0)", runs_instead("1, 1 / 0", "1,1 / 0"), "traceback"),
    Fault("traceback", "a frame of the runtime", RAISES, raises_within_runtime, "traceback"),
    Fault("calls", "one less", "x = f(1)", runs_instead("f(1)", "'f(1)'"), "not made"),
    Fault("calls", "one more", "x = f(1)", ends_with(lambda ns: ns["g"](1)), "too many"),
    Fault("calls", "twice", "x = f(1)", ends_with(lambda ns: ns["f"](1)), "too many"),
    Fault("calls", "with later arguments", "m = ['a']\nx = num(m) * 0\nm.append('b')",
          runs_instead("x = num(m) * 0\nm.append('b')", "m.append('b')\nx = num(m) * 0"), "not made"),
    Fault("calls", "an ordered one after the failure", "insert(1)\nfail(2)", runs_instead("fail(2)", "insert(3); fail(2)"), "too many"),
    Fault("calls", "found only in one order", "x = [f(1), f(2), f(3)]", twice_in_other_orders, "too many"),
    Fault("ordered calls", "order of writes", "insert(1)\ninsert(2)", runs_instead("insert(1)\ninsert(2)", "insert(2)\ninsert(1)"), "db"),
    Fault("ordered calls", "a read too early", "insert(1)\nn = len(rows()) * 0",
          runs_instead("insert(1)\nn = len(rows()) * 0", "n = len(rows()) * 0\ninsert(1)"), "db"),
    Fault("placeholders", "in a list", "x = [[]]", ends_with(lambda ns: ns["x"][0].append(placeholder(ns))), "x[0][0]"),
    Fault("placeholders", "as a key", "d = {}", ends_with(lambda ns: ns["d"].update({placeholder(ns): 1})), "a key of d"),
    Fault("placeholders", "in a set in a tuple", "x = 1", sets("x", lambda ns: ({placeholder(ns)},)), "x[0]"),
    Fault("placeholders", "in an attribute", CLASS, attribute("a", "p", placeholder), "a"),
    Fault("placeholders", "in a slot", SLOTS, attribute("s", "y", placeholder), "s"),
    Fault("placeholders", "in a class", CLASS, attribute("A", "p", placeholder), "A"),
    Fault("placeholders", "in a closure", COUNTER,
          ends_with(lambda ns: setattr(ns["tick"].__closure__[0], "cell_contents", RUNTIME.P())), "tick"),
    Fault("placeholders", "in a default", COUNTER, ends_with(lambda ns: ns["tick"].__defaults__[0].append(RUNTIME.P())), "__defaults__"),
    Fault("placeholders", "in a deque", "import collections\nq = collections.deque()", ends_with(lambda ns: ns["q"].append(RUNTIME.P())), "q"),
    Fault("placeholders", "in a partial", "x = 1", sets("x", lambda ns: functools.partial(max, RUNTIME.P())), "x"),
    Fault("placeholders", "in a cache", "import functools\n@functools.cache\ndef m(x): return x\n", ends_with(lambda ns: ns["m"](RUNTIME.P()) and 0), "m"),
    Fault("placeholders", "in an iterator", "it = iter([1])", sets("it", lambda ns: iter([RUNTIME.P()])), "it"),
    Fault("placeholders", "in an exception", "x = ValueError(1)", sets("x", lambda ns: ValueError(RUNTIME.P())), "args"),
    Fault("placeholders", "in a generator's frame", GENERATOR, ends_with(lambda ns: ns["g1"].gi_frame.f_locals["x"].append(RUNTIME.P())), "g1.x"),
    Fault("placeholders", "a mediated function", "def m():\n    return 1\n", sets("m", lambda ns: mediated(ns["m"])), "constant"),
    Fault("placeholders", "a mediated method", CLASS, ends_with(lambda ns: setattr(ns["A"], "m", mediated(ns["A"].m))), "constant"),
    Fault("surroundings", "a file", "open('a.txt', 'w').close()", runs_instead("a.txt", "b.txt"), "files"),
    Fault("surroundings", "content of a file", "with open('a', 'w') as h: h.write('x')", runs_instead("'x'", "'y'"), "files"),
    Fault("surroundings", "random state", "import random\nx = random.random() * 0", ends_with(lambda ns: random.random()), "random_state"),
    Fault("surroundings", "stdout replaced", "x = 1", ends_with(lambda ns: setattr(sys, "stdout", sys.stderr)), "left_behind"),
    Fault("surroundings", "directory changed", "x = 1", ends_with(lambda ns: os.chdir("/")), "left_behind"),
    Fault("time", "too long", "x = f(1)", takes(2.0), "makespan", (("expect_time", 1.0),)),
    Fault("time", "too short", "x = f(1)", takes(0.0), "makespan", (("expect_time", 1.0),)),
    Fault("shown", "a line too late", "print('a')", takes(2.0), "line", (("shown", [1.0]),)),
    Fault("verify", "false under the engine", "x = 1", sets("x", lambda ns: 2), "x < 2", (("verify", "x < 2"), ("ignore", ["x"]))),
    Fault("later", "a generator that yields something else", GENERATOR,
          ends_with(lambda ns: ns.update(g1=another_generator())), "still yield"),
    Fault("end", "a wait without end", "x = 1", runs_for_ever, "the run"),
]  # fmt: skip


def another_generator() -> object:
    """A generator that looks like that of GENERATOR, but yields something else in the end."""
    replaced: dict[str, Any] = {}
    exec("def gen():\n    yield 0\n    yield 3\n", replaced)
    generator = replaced["gen"]()
    next(generator)
    return generator


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.axis}: {fault.title}")
def test_a_fault_is_found(fault: Fault) -> None:
    """An engine with one fault is found out, on the axis and at the place where the fault is; without the fault nothing is."""
    options = dict(fault.options)
    with pytest.raises(Different) as info:
        check(fault.source, engine=fault.engine, seconds=1 if fault.axis == "end" else 20, **options)
    found = [(d.axis, d.where) for d in info.value.differences]
    assert any(axis == fault.axis and fault.where in where for axis, where in found), str(info.value)
    check(fault.source, engine=takes(1.0) if "shown" in options or "expect_time" in options else honest, **options)


def test_every_axis_has_a_fault() -> None:
    """No axis goes unproved."""
    assert set(AXES) == {fault.axis for fault in FAULTS}


ALLOWED = [
    (
        "an unordered call behind a failure",
        RAISES,
        ends_with(lambda ns: None),
        runs_instead("for x in (1, 2, 3)", "for x in (1, 2, 3)"),
    ),
    (
        "an unordered call behind a caught failure",
        "try:\n    fail(2)\nexcept ValueError:\n    pass",
        None,
        runs_instead("fail(2)", "f(3); fail(2)"),
    ),
    ("reads in any order", "x = [rows(), rows()]", None, honest),
    ("equal tuples of constants", "x = (1, 2)\ny = x", None, sets("y", lambda ns: tuple([1, 2]))),
    (
        "clocks of the plain run",
        "from time import sleep, time as now\nclocks = [sleep, now]",
        None,
        runs_instead("import sleep", "import sleep"),
    ),
    ("writes joined or not", "print('a')\nprint('b')", None, runs_instead("print('a')\nprint('b')", "print('a\\nb')")),
]


@pytest.mark.parametrize(("source", "engine"), [(s, e) for _, s, _, e in ALLOWED], ids=[title for title, *_ in ALLOWED])
def test_what_the_contract_allows_is_no_difference(source: str, engine: Callable[[Task], object]) -> None:
    """What differs without being visible to the program passes."""
    assert check(source, engine=engine) > 0


def test_every_order_is_tried() -> None:
    """Three calls in flight finish in six orders, each tried once."""
    seen = []
    for order in every_order():
        left = ["a", "b", "c"]
        seen.append("".join(left.pop(order.choose(left)) for _ in range(3)))
    assert sorted(seen) == ["abc", "acb", "bac", "bca", "cab", "cba"]


def test_number_of_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than five calls: as many random orders as POPPY_ORDERS says, besides the ideal one."""
    monkeypatch.setenv("POPPY_ORDERS", "7")
    assert check("x = [f(k) for k in range(6)]", engine=honest) == 8


def test_random_orders_repeat() -> None:
    """The same seed gives the same latencies."""
    program = Task("", "", {}, None, Order(seed=3)).order  # type: ignore[arg-type]
    first, second = (program.latency(None) for _ in range(2))  # type: ignore[arg-type]
    assert [first(None) for _ in range(5)] == [second(None) for _ in range(5)]


@pytest.mark.parametrize("source", ["while True:\n    x = 1", "def r(): return r2()\ndef r2():\n    while 1: f(1)\nr()"])
def test_a_program_without_end_is_none(source: str) -> None:
    """Plain Python is stopped after so many lines."""
    with pytest.raises(NotAProgram):
        check(source, engine=honest, steps=1000)


def test_surroundings_are_put_back() -> None:
    """After a run streams, directory, random state, environment, modules and the current world are as before."""
    before = sys.stdout, sys.stderr, sys.stdin, os.getcwd(), random.getstate(), dict(os.environ), current()
    check("import os, sys, random\nos.environ['A_NAME'] = '1'\nrandom.random()\nprint(1)\nx = 1 / 0", engine=honest)
    assert before == (sys.stdout, sys.stderr, sys.stdin, os.getcwd(), random.getstate(), dict(os.environ), current())


def test_setup_is_an_earlier_cell() -> None:
    """The setup's calls, prints and time do not count; its functions have their source in tracebacks."""
    check("x = ask(2)", setup="print(f(0))\ndef ask(x):\n    return fail(x)", engine=honest)


def test_latencies_add_up_plainly() -> None:
    """Plain Python's clock: latencies by name, by argument and by function, and sleeps."""
    source = (
        "import time\nt = time.perf_counter()\nf(1), g(1), g(2), h(3), insert(1), time.sleep(0.5)\ntook = time.perf_counter() - t"
    )
    latencies: dict[str, Any] = {"f": 2.0, "g": {2: 4.0}, "h": lambda x: x * 8.0}
    with pytest.raises(Different, match="32.5"):
        check(source + "\nassert False, took", latencies=latencies, engine=swallows)


def test_arguments_are_noted_as_they_were() -> None:
    """A call's arguments are rendered when it is made, cycles and instances included, without addresses."""
    loop: list[object] = [1]
    loop.append(loop)
    before = enter(World())
    record("f", loop, object())
    loop.append(2)
    calls = [str(call) for call in enter(before).calls]
    assert calls == ["f([1, <cycle 1>], <object object at 0x>)"]


@pytest.mark.parametrize(("value", "text"), [
    ({"b": 1, "a": {2, 1}}, "{'b': 1, 'a': {1, 2}}"), ((1, "x", None), "(1, 'x', None)"), (ValueError("a"), "ValueError('a')<>"),
    (types.SimpleNamespace(a=[1]), "SimpleNamespace<a=[1]>"), (len, "<built-in function len>"),
])  # fmt: skip
def test_render(value: object, text: str) -> None:
    """Structure as text."""
    assert text == render(value)


def test_nothing_is_kept() -> None:
    """The helper holds on to no namespace of a run."""
    check("class Unlikely: pass\nx = [Unlikely()]", engine=honest)
    gc.collect()
    assert not [x for x in gc.get_objects() if type(x).__name__ == "Unlikely"]
