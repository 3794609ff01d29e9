"""The generator's expressions, by kind of their value. What joins several texts or lists is cut short, so that nothing grows without end.

In templates `<kind>` is an expression of a kind, `<kind!v>` a variable of it.
"""

from __future__ import annotations

from tests.random_programs.grammar import KINDS, Base, Env, expression, templates


LITERALS = {
    "s": ("'a'", "'b'", "'cd'", "''", "'f(1)'"), "n": ("0", "1", "2", "3", "7", "-1"), "b": ("True", "False"),
    "ls": ("[]", "['a']", "['a', 'b']", "['b', 'a', 'c']"), "ln": ("[]", "[1]", "[2, 1]", "[3, 1, 2]"), "ll": ("[]", "[[], ['a']]"),
    "d": ("{}", "{'a': 1}", "{'b': 2, 'a': 1}"), "dl": ("{}", "{'a': []}", "{'a': ['x'], 'b': []}"), "t": ("('a', 1)", "('', 0)"),
    "set": ("set()", "{'a'}", "{'a', 'b'}"),
}  # fmt: skip


def _literal(kind: str) -> None:
    @expression(kind, "literal", weight=0.8, atom=True)
    def make(g: Base, env: Env, depth: int) -> str | None:
        return g.pick(LITERALS[kind]) if g.chance(0.4) or kind == "b" or not env.of(kind) else None


def _variable(kind: str) -> None:
    @expression(kind, "variable", weight=4.0, atom=True)
    def make(g: Base, env: Env, depth: int) -> str | None:
        names = env.of(kind)
        return g.pick(names[-6:] if g.chance(0.7) else names) if names else None


for _kind in KINDS:
    _variable(_kind)
    if _kind in LITERALS:
        _literal(_kind)


def arguments(g: Base, env: Env, depth: int, kinds: tuple[str, ...]) -> str:
    """Arguments for parameters of these kinds."""
    return ", ".join(g.expr(kind, env, depth - 1) for kind in kinds)


def _call(kind: str) -> None:
    @expression(kind, "function call", level=2, weight=4.0)
    def make(g: Base, env: Env, depth: int) -> str | None:
        found = [fn for fn in env.functions if fn.result == kind and not fn.generator and (not fn.method or env.of("o"))]
        if not found:
            return None
        fn = g.pick(found)
        callee = f"{g.pick(env.of('o'))}.{fn.name}" if fn.method else fn.name
        return f"{callee}({arguments(g, env, depth, fn.parameters)})"

    @expression(kind, "conditional expression", level=2, weight=0.5)
    def conditional(g: Base, env: Env, depth: int) -> str:
        return f"({g.expr(kind, env, depth - 1)} if {g.expr('b', env, depth - 1)} else {g.expr(kind, env, depth - 1)})"

    if kind in ("s", "n", "ls", "ln"):

        @expression(kind, "lambda", level=4, weight=0.3)
        def called_lambda(g: Base, env: Env, depth: int) -> str:
            x = g.name("x")
            inner = env.inner(names={**env.names, x: "n"}, own=set(), top=False)
            return f"(lambda {x}: {g.expr(kind, inner, depth - 1)})({g.expr('n', env, depth - 1)})"

        @expression(kind, "walrus", level=5, weight=0.2)
        def walrus(g: Base, env: Env, depth: int) -> str | None:
            names = env.of(kind, own=True)
            return f"({g.pick(names)} := {g.expr(kind, env, depth - 1)})" if names else None

        @expression(kind, "default of next", level=5, weight=0.2)
        def next_default(g: Base, env: Env, depth: int) -> str | None:
            plural = {"s": "ls", "n": "ln"}.get(kind)
            return f"next(iter({g.expr(plural, env, depth - 1)}), {g.expr(kind, env, depth - 1)})" if plural else None


for _kind in KINDS:
    if _kind not in ("o", "nd"):
        _call(_kind)


@expression("s", "external call", weight=6.0)
def external_text(g: Base, env: Env, depth: int) -> str:
    """A call that answers with a text, of one or two values of any kind."""
    kinds = ["s", "n", "s", "n"] if g.level < 2 else ["s", "n", "s", "n", "ls", "d", "ln", "t", "dl"]
    args = ", ".join(g.expr(g.pick(kinds), env, depth - 1) for _ in range(g.pick((1, 1, 1, 2))))
    return f"{g.pick('ffgh')}({args})"


@expression("s", "external call that may fail", level=3, weight=1.0)
def external_failing(g: Base, env: Env, depth: int) -> str:
    """A call that may raise ValueError."""
    return f"fail({g.expr(g.pick(['s', 'n']), env, depth - 1)})"


@expression("s", "await", level=5, weight=0.4)
def awaited(g: Base, env: Env, depth: int) -> str | None:
    """An awaited call; only in the cell itself."""
    return f"(await {g.pick(['af', 'af', 'afail'])}({g.expr('s', env, depth - 1)}))" if env.top and g.top_level_await else None


def comprehension(g: Base, env: Env, depth: int, element: str) -> tuple[str, str]:
    """An element of a kind and the clauses that go with it."""
    over = g.pick(["ls", "ls", "ln"])
    x = g.name("v")
    env = env.inner(own=set(), top=False)  # no walrus in what is iterated, no await
    inner = env.inner(names={**env.names, x: over[1]})
    clauses = f"for {x} in {g.expr(over, env, depth - 1)}"
    if g.level >= 2 and g.chance(0.3):
        clauses += f" if {g.expr('b', inner, depth - 1)}"
    if g.level >= 4 and g.chance(0.15):
        y = g.name("w")
        clauses += f" for {y} in {g.expr('ls', inner, depth - 2)}[:2]"
        inner = inner.inner(names={**inner.names, y: "s"})
    return g.expr(element, inner, depth - 1), clauses


@expression("ls", "list comprehension", weight=2.0)
def list_comprehension(g: Base, env: Env, depth: int) -> str:
    """[text for ...]"""
    return "[{} {}]".format(*comprehension(g, env, depth, "s"))


@expression("ln", "list comprehension", weight=2.0)
def number_comprehension(g: Base, env: Env, depth: int) -> str:
    """[number for ...]"""
    return "[{} {}]".format(*comprehension(g, env, depth, "n"))


@expression("ll", "nested comprehension", level=2)
def nested_comprehension(g: Base, env: Env, depth: int) -> str:
    """[list for ...]"""
    return "[{} {}]".format(*comprehension(g, env, depth, "ls"))


@expression("set", "set comprehension", level=4)
def set_comprehension(g: Base, env: Env, depth: int) -> str:
    """{text for ...}"""
    return "{{{} {}}}".format(*comprehension(g, env, depth, "s"))


@expression("d", "dict comprehension", level=2, weight=2.0)
def dict_comprehension(g: Base, env: Env, depth: int) -> str:
    """{text: number for ...}"""
    key, clauses = comprehension(g, env, depth, "s")
    return f"{{{key}: {g.expr('n', env.inner(own=set(), top=False), depth - 1)} {clauses}}}"


@expression("dl", "dict comprehension", level=2, weight=1.0)
def dict_of_lists_comprehension(g: Base, env: Env, depth: int) -> str:
    """{text: list for ...}"""
    key, clauses = comprehension(g, env, depth, "s")
    return f"{{{key}: {g.expr('ls', env.inner(own=set(), top=False), depth - 1)} {clauses}}}"


@expression("ls", "generator expression", level=4)
def generator_expression(g: Base, env: Env, depth: int) -> str:
    """A list or tuple of a generator expression."""
    return "{}({} {})".format(g.pick(["list", "sorted"]), *comprehension(g, env, depth, "s"))


@expression("n", "sum of a generator", level=4)
def sum_of_generator(g: Base, env: Env, depth: int) -> str:
    """sum, max or min over a generator."""
    element, clauses = comprehension(g, env, depth, "n")
    return f"{g.pick(['sum({})', 'max(({}), default=0)', 'min(({}), default=0)'])}".format(f"{element} {clauses}")


@expression("b", "any and all", level=2)
def any_all(g: Base, env: Env, depth: int) -> str:
    """any or all, over a generator or a list."""
    element, clauses = comprehension(g, env, depth, "b")
    return g.pick(["any({})", "all({})", "any([{}])", "all([{}])"]).format(f"{element} {clauses}")


@expression("ls", "generator function", level=3, weight=1.0)
def from_generator(g: Base, env: Env, depth: int) -> str | None:
    """The list of what a generator function yields."""
    found = [fn for fn in env.functions if fn.generator]
    if not found:
        return None
    fn = g.pick(found)
    call = f"{fn.name}({arguments(g, env, depth, fn.parameters)})"
    return g.pick(["list({})", "[f(y) for y in {}]", "sorted({})", "[*{}]"]).format(call)


@expression("b", "chained comparison", level=2)
def chained(g: Base, env: Env, depth: int) -> str:
    """a < b <= c"""
    a, b, c = (g.expr("n", env, depth - 1) for _ in range(3))
    return f"({a} {g.pick(['<', '<=', '!='])} {b} {g.pick(['<', '>', '=='])} {c})"


@expression("b", "comparison", weight=2.0)
def comparison(g: Base, env: Env, depth: int) -> str:
    """Of two values of one kind."""
    kind = g.pick(["n", "n", "s", "s", "ls", "ln", "d"])
    operator = g.pick(["==", "!="] if kind == "d" else ["<", "<=", ">", "==", "!="])
    return f"({g.expr(kind, env, depth - 1)} {operator} {g.expr(kind, env, depth - 1)})"


templates("s", "external call of a variable", "f(<n!v>)", "g(<s!v>)", "f(<ls!v>)", weight=1.0, atom=True)
templates("n", "external number of a variable", "num(<s!v>)", "inc(<n!v>)", weight=0.8, atom=True)
templates("b", "predicate of a variable", "ok(<n!v>)", "ok(<s!v>)", "('1' in f(<n!v>))", weight=4.0, atom=True)
templates("b", "comparison of a variable", "(<n!v> > 2)", "(len(<ls!v>) < 3)", "('a' in <ls!v>)", weight=1.0, atom=True)
templates("s", "text operator", "(<s> + 'x')", "('y' + <s>)", "(<s> + f(<n>))", "(<s> + <s>)[:25]", "(<s> * 2)[:20]")
templates("s", "text slice", "<s>[:3]", "<s>[1:]", "<s>[-2:]", "<s>[::-1]", weight=0.5)
templates(
    "s",
    "text method",
    "<s>.upper()",
    "<s>.replace('a', <s>)[:25]",
    "<s>.strip('f')",
    "<s>.partition('(')[0]",
    "<s>.title()",
    weight=0.7,
)
templates("s", "str()", "str(<n>)", "str(<b>)", "repr(<s>)[:25]", weight=0.5)
templates(
    "s", "f-string", "f'{<s!v>}'", "f'{f(<n!v>)}-{<n!v>}'[:25]", "f'{<n!v>:>3}'", "f'{<s!v>!r:>5}'[:25]", "f'{<ls!v>}'[:25]"
)
templates(
    "s", "pending format spec", "f'{<s!v>:>{<n!v> % 9}}'[:25]", "f'{num(<s!v>):0{inc(<n!v>) % 9}d}'[:25]", level=2, weight=0.4
)
templates("s", "join", "', '.join(<ls>)[:25]", "'-'.join([<s>, <s>])[:25]", "''.join(sorted(<s>))[:9]")
templates(
    "s",
    "% and format",
    "('%s' % <s>)",
    "('%s:%s' % (<s>, <n>))[:25]",
    "'{}'.format(<s>)",
    "'{0}{x}'.format(<s>, x=<n>)[:25]",
    level=2,
)
templates("s", "subscript", "(<ls> or ['z'])[0]", "(<ls!v> or ['z'])[0]", "<t!v>[0]", "(<ls> + ['z'])[-1]", weight=2.0)
templates("s", "subscript that may fail", "<ls!v>[0]", "<ls!v>[-1]", "<ls!v>[<n> % 3]", level=2, weight=0.4)
templates("s", "or and and of texts", "(<s> or <s>)", "(<s> and <s>)", level=2)
templates("s", "attribute", "<o!v>.s", level=3, weight=2.0)
templates("s", "method that pops", "(<ls!v>.pop() if <ls!v> else 'none')", "(<ls!v> or ['q']).pop(0)", level=2, weight=0.5)
templates(
    "s",
    "min and max",
    "min(<ls>, default='z')",
    "max(<ls>, key=len, default='z')",
    "max(<ls>, key=num, default='z')",
    level=2,
    weight=0.5,
)
templates("s", "pick", "pick(<ls> + ['p'])", "ident(<s>)", level=4)
templates("s", "json", "__import__('json').loads(__import__('json').dumps([<s>]))[0]", level=5, weight=0.2)
templates("s", "reduce", "__import__('functools').reduce(f, <ls>, <s>)", level=5, weight=0.3)
templates("s", "star arguments", "f(*<ls>)", "g(*<ls!v>, <s>)", "h(*[<s>, <n>])", level=4)
templates("n", "external number", "num(<s>)", "num(<n>)", "num(<ls>)", "inc(<n>)", "inc(<n>)", weight=5.0)
templates("n", "length", "len(<ls>)", "len(<s>)", "len(<d!v>)", "len(<ln>)", weight=1.5)
templates("n", "arithmetic", "(<n> + <n>)", "(<n> - <n>)", "(<n> * <n> % 97)", "(<n> % 5)", "(<n> // 2)", "-<n>", weight=2.0)
templates("n", "division that may fail", "(<n> // <n>)", "(7 % <n>)", level=3, weight=0.2)
templates("n", "aggregate", "sum(<ln>)", "max(<ln>, default=0)", "min([<n>, <n>])", "max(<n>, <n>)", "abs(<n>)")
templates("n", "count and index", "<ls>.count(<s>)", "<s>.count('a')", "<s>.find('(')", "<ls!v>.index(<s>)", level=2, weight=0.4)
templates("n", "number from a dict", "<d!v>.get(<s>, 0)", "<d!v>.get(<s>, <n>)", "sum(<d!v>.values())", "<t!v>[1]")
templates("n", "key that may be missing", "<d!v>[<s>]", "<d!v>['a']", level=3, weight=0.4)
templates("n", "dict method", "<d!v>.setdefault(<s>, <n>)", "<d!v>.pop(<s>, <n>)", level=4)
templates("n", "number attribute", "<o!v>.n", "<o!v>.total", level=3, weight=2.0)
templates("n", "and and or of numbers", "(<n> or <n>)", "(<n> and <n>)", "(<b> or <n>)", level=2, weight=0.5)
templates("n", "int()", "int(<b>)", "int(str(<n>))", "int('0' + <s>[2:3])", level=2, weight=0.4)
templates("n", "ordered external", "insert(<s>)", "len(rows())", level=4, weight=0.8)
templates("n", "callback that counts", "sum(map(num, <ls>))", "len(list(filter(ok, <ls>)))", level=4)
templates("b", "predicate", "ok(<s>)", "ok(<n>)", "ok(<n>)", "ok(<ls>)", weight=5.0)
templates("b", "membership", "(<s> in <ls>)", "(<s> not in <ls>)", "('a' in <s>)", "(<s> in <d!v>)", "(<n> in <ln>)")
templates("b", "membership of a set", "(<s> in <set>)", "(<set> <= <set>)", level=4)
templates("b", "boolean operator", "(<b> and <b>)", "(<b> or <b>)", "(not <b>)", "(<b> and not <b>)", level=2, weight=2.0)
templates("b", "text predicate", "<s>.startswith('f')", "<s>.isdigit()", "bool(<ls>)", "bool(<s>)", "isinstance(<s>, str)")
templates(
    "b",
    "identity",
    "(<ls!v> is <ls!v>)",
    "(<s> is None)",
    "(<d!v> is not <d!v>)",
    "(<ll!v>[:1] and <ll!v>[0] is <ls!v>)",
    level=2,
)
templates("ls", "list display", "[<s>]", "[<s>, <s>]", "[<s>, f(<n>), <s>]", weight=1.5)
templates("ls", "external list", "lst(<s>)", "lst(<n>)", weight=2.0)
templates("ls", "list operator", "(<ls> + <ls>)[:6]", "(<ls> + [<s>])[-6:]", "(<ls> * 2)[:5]")
templates("ls", "slice", "<ls>[1:]", "<ls>[:2]", "<ls>[::-1]", "<ls>[:]", "<ls!v>[-2:]")
templates("ls", "copy", "list(<ls>)", "<ls>.copy()", "list(tuple(<ls>))", "list(<d!v>)", "<s>.split('(')")
templates("ls", "sorted", "sorted(<ls>)", "list(reversed(<ls>))", "sorted(<ls>, reverse=True)", level=2)
templates(
    "ls",
    "sorted with a callback",
    "sorted(<ls>, key=f)",
    "sorted(<ls>, key=lambda y: (num(y), y))",
    "sorted(<ls>, key=len)",
    level=4,
)
templates(
    "ls",
    "map and filter",
    "list(map(f, <ls>))",
    "list(filter(ok, <ls>))",
    "list(map(lambda y: y + 'm', <ls>))",
    "list(map(str, map(num, <ls>)))",
    level=4,
)
templates("ls", "starred display", "[*<ls>, <s>][:7]", "[<s>, *<ls>[:3]]", level=2)
templates(
    "ls", "element that is a list", "<ll!v>[0]", "<ll!v>[-1]", "(<ll> or [[]])[0]", "<dl!v>.get(<s>, [])", "<dl!v>['a']", level=2
)
templates("ls", "setdefault", "<dl!v>.setdefault(<s>, [])", "<dl!v>.setdefault(<s>, <ls!v>)", level=4, weight=1.5)
templates("ls", "list attribute", "<o!v>.xs", level=3, weight=3.0)
templates(
    "ls",
    "what was passed in",
    "ident(<ls!v>)",
    "pick([<ls!v>, <ls!v>])",
    "pack(<s>, <s>)",
    "pick(<ll!v> + [[]])",
    level=4,
    weight=1.5,
)
templates("ls", "or and and of lists", "(<ls> or <ls>)", "(<ls> and <ls>)", level=2, weight=0.7)
templates("ls", "from a set", "sorted(<set>)", level=4)
templates("ls", "zip and enumerate", "[a + b[:9] for a, b in zip(<ls>, <ls>)]", "[f(i, y) for i, y in enumerate(<ls>)]", level=2)
templates(
    "ls",
    "items and values",
    "[f(k, v) for k, v in <d!v>.items()]",
    "[y for ys in <dl!v>.values() for y in ys][:6]",
    "list(<dl!v>.keys())",
    level=2,
)
templates(
    "ls",
    "accumulate",
    "list(__import__('itertools').accumulate(<ls>[:3], f))",
    "list(__import__('itertools').takewhile(ok, <ls>))",
    level=5,
    weight=0.3,
)
templates("ls", "rows", "rows()", level=4, weight=0.4)
templates("ln", "number list", "[<n>, <n>]", "[num(<s>), <n>]", "list(range(<n> % 4))", "[len(y) for y in <ls>]", weight=2.0)
templates("ln", "number list operator", "(<ln> + <ln>)[:5]", "sorted(<ln>)", "<ln>[1:]", "<ln>[::-1]", "list(<d!v>.values())")
templates("ln", "map of numbers", "list(map(num, <ls>))", "sorted(<ln>, key=inc)", "list(map(inc, <ln>))", level=4)
templates("ll", "list of lists", "[<ls>, <ls>]", "[<ls!v>]", "[<ls!v>, <ls!v>, <ls>]", level=1, weight=2.0)
templates("ll", "packed", "pack(<ls!v>, <ls!v>)", "ident(<ll!v>)", "list(<dl!v>.values())", level=4)
templates("ll", "list of lists, shallow copy", "list(<ll>)", "<ll>[::-1]", "(<ll> + <ll>)[:4]", level=2)
templates("d", "dict display", "{<s>: <n>}", "{'a': <n>, <s>: <n>}", "{<s>: <n>, <s>: <n>, 'b': <n>}", weight=2.0)
templates(
    "d",
    "dict copy and merge",
    "dict(<d>)",
    "{**<d>, <s>: <n>}",
    "(<d> | <d>)",
    "<d>.copy()",
    "{y: num(y) for y in <ls>}",
    level=2,
)
templates("d", "dict of zip", "dict(zip(<ls>, <ln>))", "dict([(<s>, <n>)])", "dict.fromkeys(<ls>, <n>)", level=2)
templates("d", "external dict", "{k: len(str(v)) for k, v in dct(<s>).items()}", "{'n': dct(<n>)['n']}", level=2)
templates("dl", "dict of lists display", "{<s>: <ls!v>}", "{'a': <ls>, <s>: <ls>}", "{'a': <ls!v>, 'b': <ls!v>}", weight=2.0)
templates("dl", "dict of lists copy", "dict(<dl>)", "{**<dl>, 'c': <ls>}", level=2)
templates("t", "tuple display", "(<s>, <n>)", "(f(<n>), <n>)", weight=3.0)
templates("t", "extremum of tuples", "max([<t>, <t>])", "sorted([<t>, <t>])[0]", level=4, weight=0.5)
templates("set", "set display", "{<s>, <s>}", "set(<ls>)", "{f(<n>), 'a'}", level=4, weight=2.0)
templates("set", "set operator", "(<set> | <set>)", "(<set> & <set>)", "(<set> - {<s>})", "(<set> ^ {<s>})", level=4)


@expression("o", "object", level=3, weight=2.0, atom=True)
def new_object(g: Base, env: Env, depth: int) -> str | None:
    """A new object of a class of the program."""
    visible = [c for c in g.classes if c in env.names]
    return f"{g.pick(visible)}({g.expr('s', env, depth - 1)}, {g.expr('ls', env, depth - 1)})" if visible else None
