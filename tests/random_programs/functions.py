"""The generator's functions and classes: shapes of `def`, calls of what was defined, the classes of a program."""

from __future__ import annotations

from collections.abc import Callable

from tests.random_programs.expressions import arguments
from tests.random_programs.grammar import Base, Env, Function, Production, T, indent, statement
from tests.random_programs.statements import bind, block, leave


@statement("function", level=2, weight=5.0)
def function(g: Base, env: Env) -> list[str] | None:
    """def, of one of several shapes, and a call of it"""
    if env.depth > 1 or g.left <= 2 or env.generator:
        return None
    name = g.name("fn")
    shape = g.choose(SHAPES, env, name)  # the plain one is always possible
    lines: list[str]
    lines, made = shape
    env.functions.append(made)
    return lines + (call_of(g, env, made) if g.chance(0.7) else [])


def call_of(g: Base, env: Env, fn: Function) -> list[str]:
    """A statement that calls a function, or maps it over a list."""
    call = f"{fn.name}({arguments(g, env, 2, fn.parameters)})"
    if fn.generator:
        return [f"{bind(g, env, 'ls')} = list({call})"]
    if g.chance(0.5) and env.calls < 2 and fn.parameters and fn.parameters[0] == "s" and fn.result == "s":
        rest = "".join(", " + g.expr(kind, env, 1) for kind in fn.parameters[1:])
        x = g.name("v")
        over = g.expr("ls", env, 1)
        return [f"{bind(g, env, 'ls')} = [{fn.name}({x}{rest}) for {x} in {over}]"]
    return [f"{bind(g, env, fn.result)} = {call}" if fn.result else call]


def body_env(g: Base, env: Env, parameters: dict[str, str], result: str | None, **changes: object) -> Env:
    """What is visible in a function: its parameters, and to read what is visible around it."""
    return env.inner(names={**env.names, **parameters}, own=set(parameters), loop=False, result=result, handler=False, top=False,
                     calls=env.calls + 1, depth=min(env.depth + 1, 2), **changes)  # fmt: skip


def signature(g: Base, most: int = 3, first: str | None = None) -> tuple[dict[str, str], tuple[str, ...], str]:
    """Parameters, their kinds, and how they are written."""
    others = ["s", "n", "ls", "d", "ll", *(["ls", "dl", "nd"] if g.aliases else [])]
    kinds = [first or g.pick(["s", "n", "ls"])] + [g.pick(others) for _ in range(g.random.randrange(most))]
    names = {g.name("p"): kind for kind in kinds}
    return names, tuple(kinds), ", ".join(names)


SHAPES: list[Production] = []


def shape(name: str, level: int = 2, weight: float = 1.0) -> Callable[[T], T]:
    """Add a function `(generator, env, name) -> (lines, Function) | None` as a shape of functions."""

    def add(make: T) -> T:
        SHAPES.append(Production(name, level, weight, make))  # type: ignore[arg-type]
        return make

    return add


@shape("plain function", weight=3.0)
def plain_function(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """def f(p, q): ...; return value"""
    names, kinds, text = signature(g)
    result = g.pick(["s", "s", "n", "ls", "b", "d"])
    inner = body_env(g, env, names, result)
    if g.level >= 3 and g.chance(0.3) and (outer := [n for n in env.own if env.names.get(n) in ("n", "s", "ls")]) and env.top:
        declared = g.pick(sorted(outer))
        g.used["global"] += 1
        inner.own.add(declared)
        start = [f"global {declared}"]
    else:
        start = []
    default = ""
    if g.chance(0.3):
        kind = g.pick(["s", "n", "ls"])
        extra = g.name("q")
        inner.names[extra] = kind
        inner.own.add(extra)
        g.used["default argument"] += 1
        default = f", {extra}={g.expr(kind, env, 1)}"
    lines = [*start, *block(g, inner, 3), f"return {g.expr(result, inner, 2)}"]
    decorator = []
    if g.level >= 5 and g.chance(0.2):
        decorator = [
            g.pick(
                ["@logged", "@logged", "@functools.wraps(len)"]
                + ["@functools.lru_cache(maxsize=None)"] * (set(kinds) <= {"s", "n"} and result in "snb")
            )
        ]
        g.used[f"decorator {decorator[0]}"] += 1
    return [*decorator, f"def {name}({text}{default}):", *indent(lines)], Function(name, kinds, result)


@shape("function that returns a shared list", weight=1.5)
def shared_list(g: Base, env: Env, name: str) -> tuple[list[str], Function] | None:
    """Returns an argument, a global list, or an attribute"""
    names, kinds, text = signature(g, first="ls")
    inner = body_env(g, env, names, "ls")
    value = g.pick([next(iter(names)), *inner.of("ls"), *[f"{o}.xs" for o in inner.of("o")]])
    return [f"def {name}({text}):", *indent([*block(g, inner, 2), f"return {value}"])], Function(name, kinds, "ls")


@shape("function that changes its argument", weight=1.5)
def changes_argument(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """No result, but an effect"""
    p, q = g.name("p"), g.name("p")
    inner = body_env(g, env, {p: "ls", q: "s"}, None)
    lines = [f"{p}.{g.pick(['append({})', 'insert(0, {})', 'extend([{}])'])}".format(g.expr("s", inner, 2)), *block(g, inner, 2)]
    return [f"def {name}({p}, {q}):", *indent(lines)], Function(name, ("ls", "s"), None)


@shape("recursion", level=3)
def recursion(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """By a number that goes down, or over halves of a list"""
    p, q = g.name("p"), g.name("p")
    inner = body_env(g, env, {p: "s", q: "n"}, "s")
    base = g.expr("s", inner, 1)
    if g.chance(0.5):
        lines = [f"if {q} <= 0:", f"    return {base}", *block(g, inner, 2), f"return f({name}({p}, {q} - 1))"]
        return [f"def {name}({p}, {q}):", *indent([f"{q} = min({q}, 3)", *lines])], Function(name, ("s", "n"), "s")
    lines = [f"if len({p}) < 2:", f"    return {base}", f"{q} = len({p}) // 2", *block(g, inner, 1)]
    lines += [f"return g({name}({p}[:len({p}) // 2], 0), {name}({p}[len({p}) // 2:], 1))"]
    return [f"def {name}({p}, {q}):", *indent([f"{p} = {p}[:4]", *lines])], Function(name, ("s", "n"), "s")


@shape("retry", level=3)
def retry(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """for / try / return / except"""
    p, k = g.name("p"), g.name("k")
    inner = body_env(g, env, {p: "s", k: "n"}, "s")
    lines = [f"for {k} in range({g.pick('23')}):"]
    lines += indent(["try:", *indent([*(block(g, inner, 1) if g.chance(0.4) else []), f"return fail({p} + str({k}))"]),
                     "except ValueError:", *indent(block(g, inner, 1) if g.chance(0.6) else ["continue"])])  # fmt: skip
    return [f"def {name}({p}):", *indent([*lines, f"return {g.expr('s', inner, 1)}"])], Function(name, ("s",), "s")


@shape("closure", level=3, weight=1.5)
def closure(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """A function made by a function, that assigns a variable of the outer one"""
    p, c, xs, inside = g.name("p"), g.name("c"), g.name("cx"), g.name("in")
    inner = body_env(g, env, {p: "s", c: "n", xs: "ls"}, "s")
    inner.own = {c}
    lines = [f"nonlocal {c}", f"{c} += {g.expr('n', inner, 1)}", f"{xs}.append({g.expr('s', inner, 1)})", *block(g, inner, 2)]
    lines += [f"return {g.pick([f'f({p}, {c})', f'f({c}, {xs})', f'{xs}[-1]', f'str({c})'])}"]
    made = [f"def make_{name}():", *indent([f"{c} = {g.expr('n', env.inner(own=set(), top=False), 1)}", f"{xs} = []", f"def {inside}({p}):", *indent(lines), f"return {inside}"]),
            f"{name} = make_{name}()"]  # fmt: skip
    return made, Function(name, ("s",), "s")


@shape("mutable default", level=3)
def mutable_default(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """A default list that grows from call to call"""
    p, q = g.name("p"), g.name("q")
    inner = body_env(g, env, {p: "s", q: "ls"}, "s")
    return [f"def {name}({p}, {q}=[]):", *indent([f"{q}.append({p})", *block(g, inner, 2), f"return f({q}[-3:])"])], Function(
        name, ("s",), "s"
    )


@shape("memo", level=3)
def memo(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """A dict filled from call to call"""
    p = g.name("p")
    lines = [
        f"if {p} not in memo_{name}:",
        f"    memo_{name}[{p}] = {g.pick(['f', 'f', 'fail'])}({p})",
        f"return memo_{name}[{p}]",
    ]
    return [f"memo_{name} = {{}}", f"def {name}({p}):", *indent(lines)], Function(name, ("s",), "s")


@shape("generator function", level=3, weight=2.0)
def generator_function(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """Yields texts, in a loop and elsewhere"""
    p, e = g.name("p"), g.name("e")
    inner = body_env(g, env, {p: "ls"}, "s", generator=True)
    loop = inner.inner(loop=True)
    loop.names[e] = "s"
    lines = [f"for {e} in {p}:", *indent([*block(g, loop, 1), f"yield {g.expr('s', loop, 2)}", *leave(g, loop)])]
    if g.chance(0.3):
        lines = ["try:", *indent(lines), "finally:", *indent(block(g, inner.inner(generator=False, result=None, loop=False), 1))]
    lines += [f"yield {g.expr('s', inner, 1)}"] if g.chance(0.3) else []
    return [f"def {name}({p}):", *indent(lines)], Function(name, ("ls",), None, generator=True)


@shape("partial", level=5, weight=0.4)
def partial(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """functools.partial"""
    return [f"{name} = functools.partial({g.pick('fgh')}, {g.expr('s', env, 1)})"], Function(name, ("n",), "s")


@statement("call of a function", level=2, weight=7.0)
def call_statement(g: Base, env: Env) -> list[str] | None:
    """A call of a function made earlier"""
    found = [fn for fn in env.functions if not fn.method]
    return call_of(g, env, g.pick(found)) if found and env.calls < 3 else None


@statement("call of a method", level=3, weight=6.0)
def method_statement(g: Base, env: Env) -> list[str] | None:
    """A call of a method of an object"""
    found = [fn for fn in env.functions if fn.method]
    objects = env.of("o")
    if not found or not objects or env.calls > 2:
        return None
    fn = g.pick(found)
    call = f"{g.pick(objects)}.{fn.name}({arguments(g, env, 2, fn.parameters)})"
    return [f"{bind(g, env, fn.result)} = {call}" if fn.result else call]


def classes(g: Base, env: Env) -> list[str]:
    """The root class of the program and maybe one derived from it; their methods are callable from now on."""
    lines = [
        "class A:",
        *indent(["total = 0", "shared = []", "def __init__(self, s, xs):", *indent(["self.s, self.n = s, 0", "self.xs = xs"])]),
    ]
    g.classes.append("A")
    me = {"self": "o"}
    methods = []
    for _ in range(g.random.randint(1, 3)):
        name = g.name("me")
        p = g.name("p")
        result = g.pick(["s", "n", None, "ls"])
        inner = body_env(g, env, {**me, p: "s"}, result)
        inner.own = {p}
        start = g.pick(
            [
                ["self.n += 1"],
                [f"self.xs.append({p})"],
                ["A.total += 1"],
                [f"self.s = f({p}, self.s)"],
                ["self.shared.append(self.n)"],
                [],
            ]
        )
        body = [*start, *block(g, inner, 2), *([f"return {g.expr(result, inner, 2)}"] if result else [])]
        lines += indent([f"def {name}(self, {p}):", *indent(body)])
        methods.append(Function(name, ("s",), result, method=True))
    inner = body_env(g, env, me, "s")
    inner.own = set()
    special = [
        ("property", ["@property", "def prop(self):", *indent([f"return {g.expr('s', inner, 2)}"])]),
        ("__call__", ["def __call__(self, y):", *indent(["self.n += 1", "return f(y, self.n)"])]),
        ("__getitem__", ["def __getitem__(self, k):", *indent(["return f(self.s, k)"])]),
        ("__add__", ["def __add__(self, other):", *indent(["return A(f(self.s, other.s), self.xs + other.xs)"])]),
        ("__bool__", ["def __bool__(self):", *indent(["return ok(self.s)"])]),
        ("__eq__", ["def __eq__(self, other):", *indent(["return isinstance(other, A) and self.n == other.n"]), "__hash__ = object.__hash__"]),
    ]  # fmt: skip
    if g.level >= 5:
        for name, text in g.random.sample(special, 2):
            g.used[name] += 1
            lines += indent(text)
    env.names["A"] = "class"
    if g.level >= 5 and g.chance(0.5):
        g.used["super"] += 1
        first = methods[0]
        call = f"super().{first.name}(p0 + '!')"
        lines += ["class B(A):", *indent([f"def {first.name}(self, p0):", *indent(["self.n += 10", f"return {call}"])])]
        g.classes.append("B")
        env.names["B"] = "class"
    env.functions += methods
    return lines
