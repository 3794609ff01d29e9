"""The rest of an activation: what follows the place where it stands, and what may come round again."""

from __future__ import annotations

import pytest

from poppy_nb import ir
from poppy_nb.runtime.claims import Activation, Mode
from poppy_nb.runtime.footprint import footprint, footprint_of_call
from poppy_nb.runtime.footprint_places import under_way
from poppy_nb.runtime.placeholder import Placeholder

from .from_ast import parse
from .heaps import Program


pytestmark = pytest.mark.usefixtures("nothing_of_others")

SETUP = """
from poppy_nb.externals import external
@external
def ask(*args): return args
a, b, c, d, e, xs, flag = [], [], [], [], [], [1], True
class Manager:
    def __enter__(self): return self
    def __exit__(self, *exc): d.append(1)
manager = Manager()
def put(l, v):
    l.append(v)
    return l
"""

# name: (program, where it stands, writes from there on)
PLACES: dict[str, tuple[str, str, str]] = {
    "statements before are done": ("a.append(1)\nb.append(ask())\nc.append(1)", "ask()", "[b] [c]"),
    "branch": ("if flag:\n    a.append(1)\n    b.append(ask())\nelse:\n    c.append(1)\nd.append(1)", "ask()", "[b] [d]"),
    "test of a branch": ("if ask():\n    a.append(1)\nelse:\n    b.append(1)", "ask()", "[a] [b]"),
    "loop comes round": (
        "a.append(1)\nfor x in xs:\n    b.append(1)\n    c.append(ask())\nd.append(1)",
        "ask()",
        "[b] [c] [d] x",
    ),
    "while comes round": ("while flag:\n    b.append(1)\n    c.append(ask())", "ask()", "[b] [c]"),
    "else of a loop": ("for x in xs:\n    a.append(1)\nelse:\n    b.append(ask())", "ask()", "[b]"),
    "try": (
        "try:\n    a.append(1)\n    b.append(ask())\nexcept E:\n    c.append(1)\nelse:\n    d.append(1)\nfinally:\n    e.append(1)",
        "ask()",
        "[b] [c] [d] [e]",
    ),
    "handler": (
        "try:\n    a.append(1)\nexcept E:\n    b.append(ask())\nelse:\n    c.append(1)\nfinally:\n    e.append(1)",
        "ask()",
        "[b] [e]",
    ),
    "finally": ("try:\n    a.append(1)\nfinally:\n    b.append(ask())", "ask()", "[b]"),
    "with": ("with manager as m:\n    a.append(1)\n    b.append(ask())", "ask()", "[b] [d]"),
    "earlier operands are done": ("t = [put(a, 1), put(b, ask())]", "ask()", "t [b]"),
    "later operands are not": ("t = [put(a, ask()), put(b, 1)]", "ask()", "t [a] [b]"),
    "the value of an assignment is done": ("b[put(a, ask())] = put(c, 1)", "ask()", "[a] [b]"),
    "nested": (
        "for x in xs:\n    try:\n        if flag:\n            a.append(ask())\n        b.append(1)\n    finally:\n        c.append(1)",
        "ask()",
        "[a] [b] [c] x",
    ),
    "case": (
        "match xs:\n    case [x]:\n        a.append(ask())\n    case _:\n        b.append(1)\nc.append(1)",
        "ask()",
        "[a] [c]",
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_place(name: str) -> None:
    """Exactly these writes."""
    rest, at, writes = PLACES[name]
    program = Program(SETUP, rest)
    assert program.written(program.claims(at=at)) == {f"+{w}" for w in writes.split()}


def test_temporaries_stand_for_operands() -> None:
    """What the interrupted statement holds may be an operand that was evaluated before."""
    program = Program(SETUP, "put(pop(), ask())", pop=lambda: None)
    assert program.written(program.claims(at="ask()", __poppy_1=program["a"])) == {"+[a]"}


def test_iterator_of_an_interrupted_loop() -> None:
    """A loop goes on over what its iterator has left, whatever the variable holds by now."""
    program = Program(SETUP + "ls = [a]\nit = iter(ls)\nls = [b]\n", "for l in [ls][0]:\n    l.append(ask())")
    iterator = program["it"]
    program.heap.elements = lambda obj: [program["a"]] if obj is iterator else type(program.heap).elements(program.heap, obj)  # type: ignore[method-assign]
    assert "+[a]" in program.written(program.claims(at="ask()", __poppy_1=iterator))


def test_regions() -> None:
    """An iteration stores its item and runs the body once; a branch runs either block; an element evaluates one value."""
    program = Program(SETUP, "for x in xs:\n    x.append(1)\nelse:\n    b.append(1)")
    loop = program.tree.body[0]
    assert program.written(program.claims("iteration", node=loop, item=program["a"])) == {"+[a]", "+x"}
    program = Program(SETUP, "if xs:\n    a.append(1)\nelse:\n    b.append(1)")
    assert program.describe(program.claims("branch", node=program.tree.body[0])) == {"a", "+[a]", "b", "+[b]"}
    program = Program(SETUP, "[put(q, 1) for q in xs]")
    element = program.tree.body[0].value  # type: ignore[attr-defined]
    claims = program.claims("element", node=element, item=program["a"])
    assert program.written(claims) == {"+[a]"}
    assert [o is program["a"] for o in claims.result] == [True]


def test_inner_activation_answers_the_call() -> None:
    """The function that the interrupted call runs is not interpreted a second time from its start."""
    program = Program(SETUP + "def f(l):\n    b.append(1)\n    ask()\n    return l\n", "c.append(1)\nf(a).append(2)")
    call = next(n for n in ir.walk(program.tree) if isinstance(n, ir.Call) and isinstance(n.func, ir.Name))
    node = program.heap.function(program["f"])
    inside = next(n for n in ir.walk(node) if isinstance(n, ir.Call) and isinstance(n.func, ir.Name))
    scope = {"l": program["a"]}
    activations = [
        Activation(program.tree, "function", call.span, program.namespace),
        Activation(node, "function", inside.span, scope),
    ]
    claims = footprint(activations, program.heap)
    assert program.written(claims) == {"+[a]"}


def test_call_of_a_builtin() -> None:
    """The footprint of one call, as of a builtin that calls back."""
    program = Program(SETUP + "def grow(l):\n    b.append(1)\n    return 1\n")
    claims = footprint_of_call(sorted, [[program["a"]]], {"key": program["grow"]}, program.heap, parse("f").body[0])
    assert program.written(claims) == {"+[b]"}
    claims = footprint_of_call(program["put"], [program["a"], 1], {}, program.heap, parse("f").body[0])
    assert program.written(claims) == {"+[a]"}


class TestPending:
    """Placeholders stand for what they may turn out to be."""

    def test_write(self) -> None:
        """A write claims the placeholder and all its aliases."""
        program = Program(SETUP, "p.append(1)")
        program.namespace["p"] = p = Placeholder(None, (program["a"],))
        claims = program.claims()
        assert claims.modes[id(p)] == claims.modes[id(program["a"])] == Mode.WRITE

    def test_read(self) -> None:
        """A read of a fresh value claims nothing but it."""
        program = Program(SETUP, "t = p.strip().lower() + p[0]")
        program.namespace["p"] = p = Placeholder(None)
        claims = program.claims()
        assert claims.modes[id(p)] == Mode.READ
        assert program.written(claims) == {"+t"}

    def test_unknown_aliases(self) -> None:
        """Nothing is known of what it may be."""
        program = Program(SETUP, "p.append(1)")
        program.namespace["p"] = Placeholder(None, None)
        assert program.claims().everything

    def test_unknown_aliases_that_nobody_looks_at(self) -> None:
        """It is only stored."""
        program = Program(SETUP, "a.append(p)")
        program.namespace["p"] = p = Placeholder(None, None)
        claims = program.claims()
        assert program.written(claims) == {"+[a]"}
        assert claims.published == [p]

    def test_parts(self) -> None:
        """A part of an alias may come out of it."""
        program = Program(SETUP + "a.append(b)\n", "p['k'][0].append(1)")
        program.namespace["p"] = Placeholder(None, (program["a"],))
        assert {"+[b]", "+[a]"} <= program.written(program.claims())

    def test_new_instances(self) -> None:
        """It may be a new object of a class of the user's, whose methods then run."""
        program = Program(SETUP + "class C:\n    def go(self): a.append(self.v)\n", "p.go()")
        program.namespace["p"] = p = Placeholder(None)
        assert program.claims().everything
        program.heap.made[id(p)] = [program["C"]]
        assert program.claims().everything  # it may be something else as well


def test_what_is_under_way() -> None:
    """Parts evaluated before the place, those with calls apart."""
    call = parse("f(g(a), b, h(c), d)").body[0]
    place = next(n for n in ir.walk(call) if isinstance(n, ir.Name) and n.id == "c").span
    done, held = under_way(call, place)
    assert {n.func.id for n in done if isinstance(n, ir.Call) and isinstance(n.func, ir.Name)} == {"g"}
    assert {n.id for n in held if isinstance(n, ir.Name)} == {"f", "b", "h", "c"}


def test_names_of_a_running_function() -> None:
    """Without being told, what is free and how names are mangled comes from the function that the scope belongs to."""
    setup = "class C:\n    def go(self):\n        l = []\n        def inner(v):\n            self.__kept = v\n            l.append(v)\n        return inner, l\n"
    program = Program(setup + "c = C()\ninner, held = c.go()\ncell = inner.__closure__[0]\n")

    class Scope(dict):  # type: ignore[type-arg]
        function = program["inner"]

    node = program.heap.function(program["inner"])
    scope = Scope(v=1)
    cells = dict(zip(program["inner"].__code__.co_freevars, program["inner"].__closure__, strict=True))
    variable = program.heap.variable
    program.heap.variable = lambda s, kind, name: variable(cells[name] if kind == "cell" and s is scope else s, kind, name)  # type: ignore[assignment,method-assign]
    claims = footprint([Activation(node, "function", None, scope)], program.heap)
    assert claims.modes[id(program["held"])] == Mode.WRITE
    assert claims.modes[(id(program["c"]), "_C__kept")] == Mode.WRITE
