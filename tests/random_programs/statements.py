"""The generator's statements. Loops end by construction: over a list, or with a counter that nothing else assigns."""

from __future__ import annotations

from tests.random_programs.expressions import arguments
from tests.random_programs.grammar import KINDS, STATEMENTS, Base, Env, indent, statement, templates


DEEPEST = 3  # blocks in blocks


def block(g: Base, env: Env, most: int = 3) -> list[str]:
    """One or more statements, as long as the budget lasts."""
    lines: list[str] = []
    for _ in range(g.random.randint(1, most)):
        if lines and g.left <= 0:
            break
        g.left -= 1
        lines += g.choose(STATEMENTS, env)
    return lines


def deeper(g: Base, env: Env) -> bool:
    """Whether another block may be opened here."""
    return env.depth < DEEPEST and g.left > 0


def bind(g: Base, env: Env, kind: str) -> str:
    """A name to assign a value of this kind to, and visible from now on."""
    names = env.of(kind, own=True)
    name = g.pick(names) if names and g.chance(0.5) else g.name(KINDS[kind])
    env.names[name] = kind
    env.own.add(name)
    return name


def simple(name: str, *texts: str, level: int = 1, weight: float = 1.0) -> None:
    """Statements of one line from templates."""

    @statement(name, level, weight)
    def make(g: Base, env: Env) -> list[str] | None:
        template = g.pick(texts)
        if "A." in template and not g.classes:
            return None
        text = g.fill(template, env, g.pick((1, 2, 2, 3)))
        return [text] if text is not None else None


@statement("assignment", weight=8.0)
def assignment(g: Base, env: Env) -> list[str]:
    """name = expression"""
    kinds = ["s", "s", "n", "n", "b", "ls", "ls", "ln", "d", "t", "ll", "dl"]
    kinds += ["set"] * (g.level >= 4) + ["o"] * (2 * bool(g.classes))
    kinds += ["ls", "ll", "dl"] * (g.aliases)
    kind = g.pick(kinds)
    value = g.expr(kind, env, g.pick((1, 2, 2, 3)))
    return [f"{bind(g, env, kind)} = {value}"]


@statement("alias", weight=2.0)
def alias(g: Base, env: Env) -> list[str] | None:
    """A second name for a list, dict or object."""
    kind = g.pick(["ls", "ls", "ln", "d", "ll", "dl", "o", *(["nd", "nd"] if g.aliases else [])])
    names = env.of(kind)
    if not names:
        return None
    value = g.pick(names)
    return [f"{bind(g, env, kind)} = {value}"]


simple(
    "print",
    "print(<s>)",
    "print(<n>, <s>)",
    "print(<ls>, <d>)",
    "print('p', <s>, sep='-', end='!\\n')",
    "print(*<ls>)",
    weight=4.0,
)
simple("print to stderr", "print(<s>, file=sys.stderr)", "sys.stderr.write(<s> + '\\n')", level=2)
simple("append", "<ls!v>.append(<s>)", "<ls!v>.append(<s>)", "<ln!v>.append(<n>)", "<ll!v>.append(<ls>)", weight=5.0)
simple("list method", "<ls!v>.insert(<n>, <s>)", "<ls!v>.extend(<ls>[:3])", "<ls!v>.reverse()", "<ls!v>.sort()", "<ls!v>.clear()",
       "<ln!v>.sort(reverse=True)", "<ls!v>[:] and <ls!v>.pop()", level=2, weight=2.0)  # fmt: skip
simple("list method that may fail", "<ls!v>.remove(<s>)", "<ls!v>.pop(<n>)", "<ls!v>.pop()", level=3, weight=0.5)
simple("sort with a callback", "<ls!v>.sort(key=f)", "<ls!v>.sort(key=lambda y: num(y))", level=4, weight=0.5)
simple("store in a dict", "<d!v>[<s>] = <n>", "<d!v>[<s>] = <n>", "<dl!v>[<s>] = <ls>", weight=3.0)
simple("store in a list", "<ls!v>[-1:] = [<s>]", "if <ls!v>: <ls!v>.insert(0, <s>)", "<ls!v>[0] = <s>", weight=1.0)
simple("store in a list of lists", "<ll!v>[0] = <ls>", "<ll!v>[-1].append(<s>)", "<ll!v>[0][:1] = [<s>]", level=2)
simple(
    "slice store",
    "<ls!v>[<n>:] = <ls>[:3]",
    "<ls!v>[:1] = [<s>, <s>]",
    "<ls!v>[1:1] = <ls>[:2]",
    "<ls!v>[:] = <ls>",
    "<ln!v>[::2] = <ln!v>[::2]",
    level=2,
    weight=1.5,
)
simple("delete a part", "del <ls!v>[:1]", "del <ls!v>[1:]", "del <ln!v>[:]", "<d!v>.pop('a', None)", level=2)
simple("delete that may fail", "del <d!v>[<s>]", "del <ls!v>[<n>]", level=3, weight=0.4)
simple("dict method", "<d!v>.update({<s>: <n>})", "<d!v>.update(<d>)", "<d!v>.clear()", "<d!v>.setdefault(<s>, <n>)", "<d!v> and <d!v>.popitem()",
       "<dl!v>.setdefault(<s>, []).append(<s>)", level=4, weight=2.0)  # fmt: skip
simple("count in a dict", "<d!v>[<s>] = <d!v>.get(<s>, 0) + 1", "<d!v>[<s>] = <d!v>.setdefault(<s>, <n>) + <n>", level=2)
simple("set method", "<set!v>.add(<s>)", "<set!v>.discard(<s>)", "<set!v>.update(<ls>)", "<set!v>.clear()", level=4, weight=2.0)
simple(
    "augmented subscript",
    "<ls!v>[-1:] += [<s>]",
    "<ls!v>[0] += <s>[:9]",
    "<d!v>['a'] += <n>",
    "<ln!v>[0] -= <n>",
    "<dl!v>['a'] += [<s>]",
    level=3,
)
simple("attribute store", "<o!v>.s = <s>", "<o!v>.n = <n>", "<o!v>.xs = <ls>", "<o!v>.xs.append(<s>)", "<o!v>.n += <n>", "<o!v>.s += <s>[:9]",
       "<o!v>.xs += [<s>]", level=3, weight=4.0)  # fmt: skip
simple(
    "class attribute",
    "A.total += <n>",
    "A.total = <n>",
    "A.shared.append(<s>)",
    "<o!v>.shared.append(<s>)",
    "<o!v>.total = <n>",
    level=4,
)
simple("ordered external", "insert(<s>)", "insert(<s>)", "print(len(rows()))", level=4)
simple("expression", "f(<s>)", "g(<ls>)", "<b>", "h(<d!v>)", "f(<ll!v>)", weight=1.5)
simple("assert", "assert <b> or True, <s>", "assert <n> != 99", level=3, weight=0.5)
simple("assert that may fail", "assert <b>, <s>", level=3, weight=0.3)
simple("raise", "raise ValueError(<s>)", "raise KeyError(<s>, <n>)", "raise Own(<s>)", level=3, weight=0.2)
simple("raise on a condition", "if <b>: raise ValueError(<s>)", "if <s>.endswith('9)'): raise Own(<s>)", level=3, weight=0.7)
simple(
    "unused comprehension", "[<ls!v>.append(y) for y in <ls>[:3]]", "{y: <d!v>.update({y: 1}) for y in <ls>}", level=4, weight=0.5
)
simple("exec-free globals", "globals()['made'] = <s>", level=5, weight=0.1)
templates("s", "text of a name", "str(sorted(<d!v>))[:25]", level=2, weight=0.2)


@statement("augmented assignment", weight=3.0)
def augmented(g: Base, env: Env) -> list[str] | None:
    """name += expression"""
    kind = g.pick(["n", "n", "s", "ls", "ln"])
    names = env.of(kind, own=True)
    if not names:
        return None
    value = g.expr(kind, env, 2)
    if kind == "n":
        return [f"{g.pick(names)} {g.pick(['+=', '-=', '+='])} {value}"]
    return [f"{g.pick(names)} += {value}[:{3 if kind != 's' else 9}]"]


@statement("unpacking", level=2, weight=1.5)
def unpacking(g: Base, env: Env) -> list[str]:
    """a, b = ...; a, *b = ...; (a, b), c = ..."""
    form = g.random.randrange(6)
    if form == 0:
        value = f"{g.expr('s', env, 2)}, {g.expr('n', env, 2)}"
        return [f"{bind(g, env, 's')}, {bind(g, env, 'n')} = {value}"]
    if form == 1:
        value = g.expr("t", env, 2)
        return [f"{bind(g, env, 's')}, {bind(g, env, 'n')} = {value}"]
    if form == 2:
        value = g.expr("ls", env, 2)
        first, rest = g.name("s"), g.name("xs")
        env.names |= {first: "s", rest: "ls"}
        env.own |= {first, rest}
        return [f"{first}, *{rest} = {value} or ['e']"]
    if form == 3:
        value = f"({g.expr('t', env, 2)}, {g.expr('ls', env, 2)})"
        a, b, c = g.name("s"), g.name("n"), g.name("xs")
        env.names |= {a: "s", b: "n", c: "ls"}
        env.own |= {a, b, c}
        return [f"({a}, {b}), {c} = {value}"]
    if form == 4 and len(names := env.of("s", own=True)) > 1:
        return [f"{names[0]}, {names[-1]} = {names[-1]}, {names[0]}"]
    value = g.expr("n", env, 2)
    return [f"{bind(g, env, 'n')} = {bind(g, env, 'n')} = {value}"]


@statement("unpacking that may fail", level=3, weight=0.3)
def unpacking_failing(g: Base, env: Env) -> list[str]:
    """a, b = a list of any length"""
    value = g.expr("ls", env, 2)
    a, b = g.name("s"), g.name("s")
    env.names |= {a: "s", b: "s"}
    env.own |= {a, b}
    return [f"{a}, {b} = {value}"]


@statement("delete a name", level=4, weight=0.4)
def delete_name(g: Base, env: Env) -> list[str] | None:
    """del name"""
    kind = g.pick(["s", "n", "ls"])
    names = env.of(kind, own=True)
    if len(names) < 2 or env.depth or not env.top:
        return None
    name = g.pick(names)
    del env.names[name]
    env.own.discard(name)
    return [f"del {name}"]


# ---- control


@statement("if", weight=4.0)
def if_(g: Base, env: Env) -> list[str] | None:
    """if / elif / else"""
    if not deeper(g, env):
        return None
    lines = [f"if {g.expr('b', env, 2)}:", *indent(block(g, env.inner()))]
    if g.chance(0.25):
        lines += [f"elif {g.expr('b', env, 2)}:", *indent(block(g, env.inner(), 2))]
    if g.chance(0.5):
        lines += ["else:", *indent(block(g, env.inner(), 2))]
    return lines


def leave(g: Base, env: Env) -> list[str]:
    """What may stand at the end of a loop's body under a condition."""
    if g.level < 2 or not g.chance(0.45):
        return []
    word = g.pick(["continue", "break", "continue"])
    g.used[word] += 1
    before = block(g, env.inner(), 1) if g.chance(0.3) and deeper(g, env) else []
    return [f"if {g.expr('b', env, 2)}:", *indent([*before, word])]


def _loop_body(g: Base, env: Env) -> list[str]:
    lines = block(g, env, 2) + leave(g, env)
    if g.chance(0.6):
        lines += block(g, env, 2)
    return lines


@statement("for", weight=5.0)
def for_(g: Base, env: Env) -> list[str] | None:
    """for / else over a list, numbers, a dict's items or pairs"""
    if not deeper(g, env) or env.calls > 1:
        return None
    inner = env.inner(loop=True, calls=env.calls + 1)
    form = g.pick(
        ["ls", "ls", "ls", "ln", "range"] + ["enumerate", "zip", "items", "ll"] * (g.level >= 2) + ["gen"] * (g.level >= 3)
    )
    x, y = g.name("e"), g.name("i")
    if form == "range":
        head, names = f"for {y} in range({g.pick('234')}):", {y: "n"}
    elif form == "enumerate":
        head, names = f"for {y}, {x} in enumerate({g.expr('ls', env, 2)}):", {x: "s", y: "n"}
    elif form == "zip":
        head, names = f"for {x}, {y} in zip({g.expr('ls', env, 2)}, {g.expr('ln', env, 2)}):", {x: "s", y: "n"}
    elif form == "items":
        head, names = (
            f"for {x}, {y} in {g.pick(['list({}.items())', '{}.items()']).format(g.expr('d', env, 1))}:",
            {x: "s", y: "n"},
        )
    elif form == "gen":
        found = [fn for fn in env.functions if fn.generator]
        if not found:
            return None
        fn = g.pick(found)
        head, names = f"for {x} in {fn.name}({arguments(g, env, 2, fn.parameters)}):", {x: "s"}
    elif form == "ll":
        head, names = f"for {x} in {g.expr('ll', env, 2)}:", {x: "ls"}
    else:
        head, names = f"for {x} in {g.expr(form, env, 2)}{g.pick(['', '', '[:3]'])}:", {x: form[1]}
    g.used[f"for over {form}"] += 1
    inner.names |= names
    if g.chance(0.8):
        inner.own |= set(names)
    lines = [head, *indent(_loop_body(g, inner))]
    if g.level >= 2 and g.chance(0.15):
        g.used["else of a loop"] += 1
        lines += ["else:", *indent(block(g, env.inner(), 1))]
    return lines


@statement("while", level=2, weight=1.5)
def while_(g: Base, env: Env) -> list[str] | None:
    """A loop with a counter, maybe a condition too"""
    if not deeper(g, env) or env.calls > 1:
        return None
    k = g.name("k")
    condition = f"{k} < {g.pick('234')}" + (f" and {g.expr('b', env, 2)}" if g.chance(0.6) else "")
    inner = env.inner(loop=True, calls=env.calls + 1)
    inner.names[k] = "n"
    lines = [f"{k} = 0", f"while {condition}:", *indent([f"{k} += 1", *_loop_body(g, inner)])]
    if g.chance(0.15):
        lines += ["else:", *indent(block(g, env.inner(), 1))]
    return lines


@statement("list changed while iterated", level=2, weight=1.0)
def mutated_while_iterated(g: Base, env: Env) -> list[str] | None:
    """The loop's list grows or shrinks in its body"""
    names = env.of("ls")
    if not names or not deeper(g, env):
        return None
    xs, x = g.pick(names), g.name("e")
    inner = env.inner(loop=True, calls=env.calls + 1)
    inner.names[x] = "s"
    change = g.pick([
        [f"if len({xs}) < 5:", f"    {xs}.append({g.expr('s', inner, 2)})"],
        [f"if {g.expr('b', inner, 2)}:", f"    {xs}.remove({x})"],
        [f"if len({xs}) > 2:", f"    del {xs}[0]"],
        [f"{xs}[-1:] = []"],
        [f"if len({xs}) < 6:", f"    {xs}.insert(0, {x})", "    break"],
    ])  # fmt: skip
    return [f"for {x} in {xs}:", *indent([*change, *block(g, inner, 1)])]


@statement("match", level=5, weight=0.7)
def match(g: Base, env: Env) -> list[str] | None:
    """match with values, captures, sequences and guards"""
    if not deeper(g, env):
        return None
    a, rest = g.name("m"), g.name("mr")
    lines = [f"match {g.expr(g.pick(['ls', 's', 'n', 't']), env, 2)}:"]
    cases = [
        ("case []:", {}), ("case [str() as {a}]:", {a: "s"}), ("case [{a}, *{rest}]:", {a: "s", rest: "ls"}), ("case 'a' | 'b':", {}),
        ("case (str({a}), int({rest})):", {a: "s", rest: "n"}), ("case 0 | 1 | 2:", {}), ("case str({a}):", {a: "s"}), ("case int({a}):", {a: "n"}),
    ]  # fmt: skip
    g.random.shuffle(cases)
    for text, names in cases[:3]:
        inner = env.inner()
        inner.names |= names
        guard = f" if {g.expr('b', inner, 1)}" if g.chance(0.3) else ""
        lines += indent([text.format(a=a, rest=rest)[:-1] + guard + ":", *indent(block(g, inner, 2))])
    return [*lines, *indent(["case _:", *indent(block(g, env.inner(), 1))])]


# ---- failures

HANDLED = (
    "ValueError",
    "(ValueError, KeyError)",
    "Exception",
    "KeyError",
    "LookupError",
    "(IndexError, TypeError)",
    "Own",
    "ZeroDivisionError",
)


@statement("try", level=3, weight=4.0)
def try_(g: Base, env: Env) -> list[str] | None:
    """try with handlers, else, finally; something in it usually fails"""
    if not deeper(g, env):
        return None
    body = block(g, env.inner(), 3)
    if g.chance(0.6):
        body += [
            g.fill(g.pick(["<ls!v>.append(fail(<n>))", "fail(<s>)", "<d!v>[fail(<n>)] = <n>", "fail(<n!v>)"]), env, 2)
            or "fail(2)"
        ]
        if g.chance(0.5):
            body += block(g, env.inner(), 2)
    lines = ["try:", *indent(body)]
    handlers = g.random.choice((0, 1, 1, 1, 2))
    for k in range(handlers):
        inner = env.inner(handler=True)
        e = g.name("exc")
        named = g.chance(0.5)
        g.used["except as" if named else "except"] += 1
        handler = [g.fill(g.pick([f"print(str({e})[:25])", f"<ls!v>.append(str({e}))", f"f({e}.args)", f"<ls!v>.append(type({e}).__name__)"]), env, 1)
                   or f"print({e})"] if named else []  # fmt: skip
        handler += block(g, inner, 2)
        if g.chance(0.15):
            g.used["raise in a handler"] += 1
            handler += [
                g.pick(
                    ["raise", "raise KeyError('h')", "raise Own('h') from None"] + ([f"raise Own('h') from {e}"] if named else [])
                )
            ]
        which = g.pick(HANDLED[:3] if k == 0 else HANDLED)
        lines += [f"except {which}{f' as {e}' if named else ''}:", *indent(handler)]
    if handlers and g.chance(0.25):
        g.used["else of a try"] += 1
        lines += ["else:", *indent(block(g, env.inner(), 2))]
    if not handlers or g.chance(0.3):
        g.used["finally"] += 1
        lines += ["finally:", *indent(block(g, env.inner(loop=False, result=None), 2))]
    return lines


@statement("exception group", level=5, weight=0.3)
def exception_group(g: Base, env: Env) -> list[str] | None:
    """A group raised and handled in parts"""
    if not deeper(g, env):
        return None
    group = f"ExceptionGroup({g.expr('s', env, 1)}, [ValueError({g.expr('s', env, 1)}), {g.pick(['KeyError(1)', 'Own(2)', 'ValueError(3)'])}])"
    e = g.name("exc")
    lines = ["try:", *indent([*block(g, env.inner(), 1), f"raise {group}"]), f"except* ValueError as {e}:"]
    lines += indent([f"print(len({e}.exceptions))", *block(g, env.inner(loop=False, result=None), 1)])
    return [
        *lines,
        *(["except* (KeyError, Own):", *indent(block(g, env.inner(loop=False, result=None), 1))] if g.chance(0.7) else []),
    ]


@statement("with", level=4, weight=1.5)
def with_(g: Base, env: Env) -> list[str] | None:
    """A context manager of the program's: one that notes, and maybe swallows; or one made of a generator"""
    names = env.of("ls")
    if not deeper(g, env) or not names or not g.managers:
        return None
    form = g.pick(["Manager", "Manager", "managed", "suppress"])
    inner = env.inner()
    target = ""
    if form == "suppress":
        head = f"suppress({g.pick(['ValueError', 'LookupError', 'Exception'])})"
    else:
        t = g.name("s")
        inner.names[t] = "s"
        target = f" as {t}"
        head = f"{form}({g.pick(names)}, {g.expr('s', env, 1)}" + (
            f", {g.pick(['ValueError', 'Exception', '()'])})" if form == "Manager" else ")"
        )
    return [f"with {head}{target}:", *indent(block(g, inner, 3))]


@statement("return", level=2, weight=1.0)
def return_(g: Base, env: Env) -> list[str] | None:
    """return, under a condition"""
    if env.result is None or not env.depth:
        return None
    return [f"if {g.expr('b', env, 2)}:", f"    return{'' if env.generator else ' ' + g.expr(env.result, env, 2)}"]


@statement("yield", level=3, weight=4.0)
def yield_(g: Base, env: Env) -> list[str] | None:
    """yield in a generator function"""
    if not env.generator:
        return None
    return [g.pick(["yield {}", "yield {}", "yield {}"]).format(g.expr("s", env, 2))]
