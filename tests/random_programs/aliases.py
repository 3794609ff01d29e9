"""One list under many names: in lists, dicts, attributes, closures, iterators, written through one and read through another.

These are the constructs of level 6. The kind `nd` is a node, an object of the class below; every list of a node may be the list of
another, of a variable, or an element of something.
"""

from __future__ import annotations

from tests.random_programs.functions import body_env, shape
from tests.random_programs.grammar import Base, Env, Function, indent, statement, templates
from tests.random_programs.snippets import lines_of
from tests.random_programs.statements import bind, block, deeper


NODES = """
class N:
    made = []
    def __init__(self, xs, d=None):
        self.xs, self.kids, self.peer = xs, [], self
        self.d = {'a': xs} if d is None else d
    def add(self, s):
        self.xs.append(f(s))
        return self
    def take(self, other):
        if ok(len(other.xs)):
            self.xs = other.xs
        self.kids.append(other)
        return self.xs
    def swap(self, other):
        self.peer, other.peer = other.peer, self.peer
        return self.peer
    def each(self):
        return [f(x) for k in self.kids[:2] for x in k.xs[:2]]
    def under(self, s):
        return self.d.setdefault(s, self.xs)
    def cut(self):
        del self.xs[2:], self.kids[2:]
        return self.xs
    @property
    def last(self):
        return (self.kids or [self])[-1]
    def lists(self):
        yield self.xs
        if ok(len(self.xs)):
            yield self.peer.xs
""".strip().split("\n")


def place(kind: str, name: str, *texts: str, weight: float = 2.0) -> None:
    """Expressions of level 6."""
    templates(kind, name, *texts, level=6, weight=weight)


templates("nd", "new node", "N([])", level=6, weight=0.3, atom=True)
place("nd", "node", "N(<ls>)", "N(<ls!v>)", "N(<ls!v>, <dl!v>)", weight=1.5)
place("nd", "node of a node", "<nd!v>.peer", "<nd!v>.last", "(<nd!v>.kids or [<nd!v>])[0]", "<nd!v>.add(<s>)", "<nd!v>.swap(<nd!v>)")
place("nd", "one of some nodes", "(<nd!v>, <nd!v>)[<n> % 2]", "{'a': <nd!v>, 'b': <nd!v>}['ab'[<n> % 2]]", "min(<nd!v>, <nd!v>, key=lambda y: len(y.xs))")
place("ls", "list of a node", "<nd!v>.xs", "<nd>.xs", "<nd!v>.peer.xs", "<nd!v>.d['a']", "<nd!v>.last.xs", weight=4.0)
place("ls", "list that a node gives", "<nd!v>.take(<nd!v>)", "<nd!v>.each()", "<nd!v>.under(<s>)", "<nd!v>.cut()", "getattr(<nd!v>, 'xs')")
place("ls", "one of some lists", "(<ls!v>, <ls!v>)[<n> % 2]", "{'a': <ls!v>, 'b': <ls!v>}['ab'[<n> % 2]]", "{<s>: <ls!v>}.get(<s>, <ls!v>)",
      "(<ls!v> if <b> else <nd!v>.xs)", "dict(zip('ab', [<ls!v>, *<ll!v>]))['a']", "pick([<ls!v>, <nd!v>.xs])")  # fmt: skip
place("ls", "list in a list", "max(<ll!v>, key=len, default=<ls!v>)", "sorted(<ll!v> + [<ls!v>], key=len)[0]", "next(iter(<ll!v>), <ls!v>)",
      "next((y for y in <ll!v> if ok(len(y))), <ls!v>)", "[*<ll!v>, <ls!v>][<n> % 2]", "([y for y in <ll!v> if <b>] or [<ls!v>])[-1]",
      "(<ll!v>[1:] or <ll!v> or [<ls!v>])[0]", "next(reversed(<ll!v>), <ls!v>)")  # fmt: skip
place("ls", "list in a dict", "next(iter(<dl!v>.values()), <ls!v>)", "<dl>.get(<s>, <ls!v>)", "max(<dl!v>.values(), key=len, default=<ls!v>)",
      "dict(<dl>).setdefault('a', <ls!v>)", "(<dl!v> | {'a': <ls!v>})['a']")  # fmt: skip
place("ls", "list through a function", "(lambda y: y)(<ls!v>)", "(lambda y=<ls!v>: y)()", "ident([<ls!v>])[0]", "ident({'a': <ls!v>})['a']")
place("ll", "lists of nodes", "[<nd!v>.xs, <ls!v>]", "[y.xs for y in <nd!v>.kids[:3]]", "list(<nd!v>.lists())", "([<ls!v>] * 2)", "[*<ll>, <nd!v>.xs][:4]")
place("ll", "lists in another order", "sorted(<ll>, key=len)", "list(map(ident, <ll!v>))[:3]", "[y for y in <ll!v> if ok(len(y))]",
      "[<ll!v>[:1], <ll!v>][<n> % 2]", "(<ll!v>[:0] or <ll!v>)")  # fmt: skip
place("dl", "dict of a node", "<nd!v>.d", "{'a': <nd!v>.xs, <s>: <ls!v>}", "{y: <ls!v> for y in <ls>}", "dict(zip('ab', <ll!v>))", "dict.fromkeys(<ls>, <ls!v>)")
place("n", "how long something is", "len(<nd!v>.xs)", "len(<nd!v>.kids)", "sum(map(len, <ll!v>))", "sum(len(y) for y in <dl!v>.values())", weight=1.0)
place("b", "the same list", "(<ls> is <ls!v>)", "(<nd!v>.xs is <nd!v>.peer.xs)", "(<nd!v> is <nd!v>)", "any(y is <ls!v> for y in <ll!v>)", weight=0.7)
place("s", "what is in a list of lists", "str(<ll!v>)[:25]", "str(<dl!v>)[:25]", "str([<nd!v>.xs, <ls!v>])[:25]", "f'{<ll!v>}'[:25]", weight=1.0)
place("s", "call of what shares", "f(<ll!v>)", "f(<nd!v>.xs, <ls!v>)", "g({'a': <ls!v>, 'b': <nd!v>.xs})", "h([<ls!v>, <ls!v>])", weight=1.0)


def many(name: str, *texts: str, weight: float = 2.0) -> None:
    """Statements of level 6, of one or more lines."""

    @statement(name, 6, weight)
    def make(g: Base, env: Env) -> list[str] | None:
        return lines_of(g, env.inner(own=set(), top=False), g.pick(texts))


many("write through a place", "<ls>.append(<s>)", "<ls>.append(<s>)", "<ls>[:1] = [<s>]", "<ls>.insert(0, <s>)", "<ls>.clear()", "<ls>.extend(<ls>[:2])",
     "del <ls>[1:]", "<ls>.reverse()", "<ls>.sort()", "<nd>.xs.append(<s>)", "<nd!v>.d['a'].append(<s>)", "<dl>.setdefault(<s>, <ls!v>).append(<s>)",
     weight=7.0)  # fmt: skip
many("augmented through a place", "<nd!v>.xs += [<s>]", "<nd!v>.d['a'] += [<s>]", "<nd!v>.peer.xs += <ls>[:2]", "<nd!v>.xs[:1] += [<s>]", "<nd!v>.kids += [<nd!v>]")
many("list into a place", "<nd!v>.xs = <ls>", "<nd>.xs = <ls!v>", "<nd!v>.d['a'] = <ls!v>", "<nd!v>.d[<s>] = <ls!v>", "<ll!v>[:1] = [<ls!v>]", "<ll!v>.append(<ls!v>)",
     "<dl!v>['a'] = <ls!v>", "<dl!v>[<s>] = <ls!v>", "<nd!v>.d = <dl!v>", "<nd!v>.peer = <nd!v>", "<nd!v>.kids.append(<nd>)", "<ll>[:] = [<ls!v>, <ls!v>]",
     "N.made = <ls!v>", "N.made.append(<s>)", "<nd!v>.made = <ls!v>", weight=6.0)  # fmt: skip
many("list into a place in a branch", "if <b>:\n    <nd!v>.xs = <ls!v>", "if <b>:\n    <ll!v>[:1] = [<ls!v>]\nelse:\n    <ll!v>.append(<ls!v>)",
     "if <b>:\n    <dl!v>['a'] = <ls!v>", "if <b>:\n    <nd!v>.peer = <nd!v>\n    <nd!v>.peer.xs = <ls!v>", "if <b>:\n    <nd!v>.d['a'] = $new = [<s>]\n    <ll!v>.append($new)",
     "if <b>:\n    <nd!v>.kids.append(N(<ls!v>))\nfor $k in <nd!v>.kids[:2]:\n    $k.xs.append(<s>)", weight=4.0)  # fmt: skip
many("places that change places", "<nd!v>.xs, <nd!v>.xs = <nd!v>.xs, <nd!v>.xs", "<nd!v>.xs, $old = <ls!v>, <nd!v>.xs\n$old.append(<s>)", "<ll!v>.reverse()",
     "<ll!v>.sort(key=len)", "if <ll!v>: <ll!v>.append(<ll!v>.pop(0))", "<nd!v>.swap(<nd!v>).xs.append(<s>)", "<nd!v>.__dict__.update(xs=<ls!v>)",
     "setattr(<nd!v>, 'xs', <ls!v>)", "$p = <dl!v>.pop('a', <ls!v>)\n$p.append(<s>)", "del <ll!v>[:1]")  # fmt: skip
many("loop over lists", "for $y in <ll!v>[:3]: $y.append(<s>)", "for $y in <nd!v>.lists(): $y.append(<s>)", "for $k, $y in <dl!v>.items(): $y.append($k)",
     "for $y, $z in zip(<ll!v>[:2], [<ls!v>, <nd!v>.xs]):\n    if ok(len($y)): $z.append(<s>)", "for $i, $y in enumerate(<ll!v>[:3]): $y[:1] = [f($i)]",
     "for $k in <nd!v>.kids[:2]: $k.take(<nd!v>)", "[$y.append(<s>) for $y in <ll!v>[:2]]", "$t = [$y.pop() for $y in <ll!v> if $y]", weight=3.0)  # fmt: skip
many("holders of lists", "$t = (<ls!v>, <nd!v>.xs)\nif <b>: $t = $t[::-1]\n$t[0].append(<s>)", "$i = iter(<ll!v>)\nif <b>: next($i, None)\nnext($i, <ls!v>).append(<s>)",
     "from collections import deque\n$q = deque([<ls!v>, <nd!v>.xs])\nif <b>: $q.rotate()\n$q[0].append(<s>)\n$q.popleft()",
     "$v = <dl!v>.values()\nif <b>: <dl!v>['b'] = <ls!v>\nfor $y in $v: $y.append('v')", "$a = [<ls!v>.append, <nd!v>.xs.append]\nif <b>: $a.reverse()\n$a[0](<s>)",
     "$g = (y for y in <ll!v>)\nif <b>: <ll!v>.append(<ls!v>)\nfor $y in $g: $y.append('g')", "def $c(y, to=<ls!v>):\n    if ok(y): to = <nd!v>.xs\n    to.append(y)\n    return to\n$c(<s>).append($c(<s>)[-1:] and 'c')",
     "def $m(y):\n    def put(v):\n        nonlocal y\n        y.append(v)\n        if ok(v): y = <ls!v>\n        return y\n    return put\n$p = $m(<ls!v>)\n$p(<s>)\n$p(<s>).append('n')",
     "import copy\n$k = copy.copy(<nd!v>)\n$k.xs.append(<s>)\n$k.kids = <ll!v>", "import copy\n$k = copy.deepcopy(<ll!v>)\nif $k: $k[0].append(<s>)",
     "from functools import partial\n$p = partial(max, <ls!v>, key=len)\n$p(<nd!v>.xs).append(<s>)", "$a, *$r = <ll!v> + [<ls!v>]\n$r.append($a)\n$a.append(<s>)",
     "from collections import namedtuple\n$T = namedtuple('$T', 'xs ys')\n$t = $T(<ls!v>, <nd!v>.xs)\nif <b>: $t = $t._replace(xs=<ls!v>)\n$t.xs.append(<s>)",
     "from dataclasses import dataclass\n@dataclass\nclass $D:\n    xs: list\n    ys: list\n$o = $D(<ls!v>, <nd!v>.xs)\nif <b>: $o.xs = $o.ys\n$o.xs.append(<s>)",
     "from collections import defaultdict\n$d = defaultdict(lambda: <ls!v>)\n$d[<s>].append(<s>)\n$d['a'] = <nd!v>.xs\n$d[<s>].append('d')",
     "try:\n    <nd!v>.xs = <ls!v>\n    <ls!v>.append(fail(<n>))\nexcept ValueError:\n    <nd!v>.xs.append('x')\n    <ll!v>.append(<nd!v>.xs)", weight=4.0)  # fmt: skip


@statement("block that fills a place", 6, 2.0)
def fills(g: Base, env: Env) -> list[str] | None:
    """A loop or branch that puts lists somewhere at its end."""
    if not deeper(g, env) or env.calls > 1:
        return None
    x = g.name("e")
    inner = env.inner(loop=True, calls=env.calls + 1)
    inner.names[x] = "s"
    target = g.fill(g.pick(["<nd!v>.xs = {}", "<nd!v>.d['a'] = {}", "<ll!v>.append({})", "<dl!v>[{x}] = {}", "<nd!v>.kids.append(N({}))"]), inner, 1)
    if target is None:
        return None
    made = g.fill(g.pick(["<ls!v>", "[<s>]", "lst(<s>)", "<nd!v>.xs", "<ls>"]), inner, 2)
    over = g.expr("ls", env, 1)
    return [f"for {x} in {over}[:3]:", *indent([*block(g, inner, 1), target.format(made, x=x)])]


@statement("node", 6, 4.0)
def node(g: Base, env: Env) -> list[str]:
    """name = node"""
    value = g.expr("nd", env, 2)
    return [f"{bind(g, env, 'nd')} = {value}"]


@shape("function that fills a place", 6, 2.0)
def fills_place(g: Base, env: Env, name: str) -> tuple[list[str], Function]:
    """Puts a list into what it is given, and gives one that is there"""
    p, q, r = g.name("p"), g.name("p"), g.name("p")
    kind = g.pick(["nd", "ll", "dl"])
    inner = body_env(g, env, {p: kind, q: "ls", r: "s"}, "ls")
    put, found = {"nd": ("{p}.xs = {q}", "{p}.peer.xs"), "ll": ("{p}[:1] = [{q}]", "{p}[-1]"), "dl": ("{p}['a'] = {q}", "{p}['a']")}[kind]
    lines = [*block(g, inner, 1), f"if {g.expr('b', inner, 2)}:", "    " + put.format(p=p, q=q), *block(g, inner, 1)]
    last = found.format(p=p) if kind == "nd" else f"({p} and {found.format(p=p)} or {q})" if kind == "ll" else f"{p}.get('a', {q})"
    return [f"def {name}({p}, {q}, {r}):", *indent([*lines, f"return {last}"])], Function(name, (kind, "ls", "s"), "ls")

