"""Statements as programs around models have them: files, records, hierarchies of classes, pipelines of generators, tables of functions.

These are the constructs of level 7. In a text `$x` is a new name, `<kind>` an expression, `<kind!v>` a variable of the program. A line
`<block ...>` stands for a block of any statements, with `kind=$x` for each name that is bound there, and with what may stand in it:
`loop` (break and continue), `def` (it is the body of a function: it assigns only these names), `return=kind` (of such a body), `yield`.
The last line may be `-> kind=$x ...`: names that can be relied on behind it.
"""

from __future__ import annotations

import re
from typing import Any

from tests.random_programs.grammar import Base, Env, statement, templates
from tests.random_programs.snippets import FRESH
from tests.random_programs.statements import block, deeper


BLOCK = re.compile(r"( *)<block([^>]*)>")


def everyday(name: str, *texts: str, weight: float = 3.0) -> None:
    """Statements of level 7."""

    @statement(name, 7, weight)
    def make(g: Base, env: Env) -> list[str] | None:
        return lines_of(g, env, g.pick(texts)) if deeper(g, env) and env.calls <= 1 and not env.generator else None


def lines_of(g: Base, env: Env, text: str) -> list[str] | None:
    """The lines of a text with its names, holes and blocks filled; None if there is no variable for a hole."""
    names: dict[str, str] = {}
    text = FRESH.sub(lambda match: names.setdefault(match[1], g.name(f"z{match[1]}")), text)
    quiet = env.inner(own=set(), top=False)  # neither walrus nor await: a hole may stand in a function
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.startswith("-> "):
            for one in line[3:].split():
                kind, _, name = one.partition("=")
                env.names[name] = kind
                env.own.add(name)
            continue
        found = BLOCK.match(line)
        if found is not None:
            lines += [found[1] + one for one in block(g, _inside(env, found[2].split()), 2)]
            continue
        filled = g.fill(line, quiet, 2)
        if filled is None:
            return None
        lines.append(filled)
    return lines


def _inside(env: Env, words: list[str]) -> Env:
    bound = dict(word.split("=")[::-1] for word in words if "=" in word and not word.startswith("return="))
    result = next((word.partition("=")[2] for word in words if word.startswith("return=")), None)
    changes: dict[str, Any] = {"names": {**env.names, **bound}}
    if "def" in words:
        changes |= {"own": set(bound), "loop": False, "handler": False, "result": result, "top": False, "generator": "yield" in words}
        changes |= {"calls": env.calls + 1, "depth": min(env.depth + 1, 2)}
    if "loop" in words:
        changes |= {"loop": True, "calls": env.calls + 1}
    if "handler" in words:
        changes |= {"handler": True}
    return env.inner(**changes)


def values(kind: str, name: str, *texts: str, weight: float = 1.0) -> None:
    """Expressions of level 7."""
    templates(kind, name, *texts, level=7, weight=weight)


# ---- expressions

values("s", "layout of text", "f'{<s!v>:>{<n!v> % 9}}|'[:25]", "f'{<n!v>:03d}:{<s!v>:.4}'", "'{:<6}|{:^7}'.format(<s>, <n>)[:25]", "'%-5s%3d' % (<s>, <n>)",
       "f'{<n!v>=}'[:25]", "f'{<t!v>!s:>9}'[:25]", "<s>.center(<n> % 9, '*')[:25]", "<s>.ljust(4, '.')[:25]", "'{0[0]}{1}'.format(<t!v>, <n>)[:25]",
       "'{x!r:>6}'.format(x=<s>)[:25]", "<s>.zfill(5)[:25]", "'{:{w}}'.format(<n>, w=<n> % 9)", weight=1.5)  # fmt: skip
values("s", "parts of a text", "<s>.split('(')[0]", "(<s>.split() or ['e'])[-1]", "<s>.rpartition('.')[2]", "<s>.removeprefix('f')", "''.join(reversed(<s>))",
       "''.join(c for c in <s> if c.isalnum())", "<s>.translate(str.maketrans('f', 'F'))", "<s>.encode().decode()", "<s>.casefold().capitalize()")  # fmt: skip
values("s", "pattern in a text", "re.sub('[0-9]', lambda m: str(num(m[0])), <s>)", "(re.search('[a-z]+', <s>) or ['none'])[0]", "re.sub('f', <s>[:2].replace('\\\\', ''), <s>)[:25]",
       "''.join(re.findall('[a-z]', <s>))[:9]", "re.split('[(]', <s>)[0]")  # fmt: skip
values("s", "result of a table", "{'a': f, 'b': g}.get(<s>, h)(<n>)", "[f, g, h][<n> % 3](<s>)", "(lambda *a, **k: f(*a, *k.values()))(<s>, x=<n>)",
       "{True: lambda y: f(y), False: lambda y: y}[<b>](<s>)", "(f if <b> else g)(<s>)", "getattr(<s>, 'upper' if <b> else 'lower')()")  # fmt: skip
values("s", "smallest and largest by key", "min(<ls> + ['z'], key=lambda y: (num(y), y))", "max(<d!v>, key=<d!v>.get, default='z')", "min(<ls>, key=f, default='z')",
       "sorted(<d!v>.items(), key=lambda kv: (-kv[1], kv[0]))[:1] and 'top'", "max(zip(<ln> + [0], <ls> + ['z']))[1]")  # fmt: skip
values("s", "data as text", "json.dumps(<d>, sort_keys=True)[:25]", "json.dumps([<s>, <n>, <b>])[:25]", "json.loads(json.dumps({'k': <s>}))['k']", "str(<t>)[:25]", "repr(<dl!v>)[:25]")
values("n", "numbers of a library", "math.floor(<n> / 2)", "statistics.mean(<ln> + [1]) // 1", "math.gcd(<n>, 6)", "round(<n> * 1.5)", "divmod(<n>, 3)[1]", "pow(2, <n> % 5)",
       "operator.add(<n>, <n>)", "functools.reduce(operator.add, <ln>, 0) % 97", "bisect.bisect(sorted(<ln>), <n>)", "sum(x * y for x, y in zip(<ln>, <ln>)) % 97",
       "sum(1 for y in <ls> if ok(y))", "int(f'{<n!v> % 10}')", "len({*<ls>})", "len(set(map(f, <ls>)))", "random.randint(0, 5)", weight=1.5)  # fmt: skip
values("b", "conditions", "(<n> < <n> <= 5)", "(<s> in {<s>, 'a'})", "(not <ls> or <b>)", "isinstance(<t>[1], int)", "callable(f)", "all(map(ok, <ls>))", "any(map(ok, <ln>))",
       "(<ls>[:1] == <ls>[-1:])", "(<s> == <s> or <s> != 'a')", "(<n> in range(3))", "bool(<d> or <ls>)", "({*<ls>} <= {*<ls>, 'a'})", "(<d> == <d>)", "(<set> > {'a'})")  # fmt: skip
values("ls", "lists of a library", "list(itertools.chain(<ls>, <ls>))[:6]", "list(itertools.islice(<ls>, 2))", "[f(a, b) for a, b in itertools.pairwise(<ls>)]",
       "[a + b[:3] for a, b in itertools.zip_longest(<ls>, <ls>[:2], fillvalue='-')]", "[f(*p) for p in itertools.product(<ls>[:2], <ln>[:2])]", "list(itertools.starmap(f, zip(<ls>, <ln>)))",
       "[k for k, _ in itertools.groupby(sorted(<ls>), key=len) for k in [str(k)]]", "list(itertools.compress(<ls>, [ok(y) for y in <ls>]))", "list(itertools.dropwhile(ok, <ls>))",
       "list(itertools.filterfalse(ok, <ls>))", "list(dict.fromkeys(<ls>))", "[y for _, y in sorted(zip(<ln>, <ls>))]", "heapq.nsmallest(2, <ls>)", "heapq.nlargest(2, <ls>, key=lambda y: (num(y), y))",
       "list(itertools.accumulate(<ls>[:3], lambda a, b: f(a, b)[:9]))", "random.sample(<ls>, min(2, len(<ls!v>[:0])))", weight=1.5)  # fmt: skip
values("ls", "lists by conditions", "[y if ok(y) else f(y) for y in <ls>]", "[y for i, y in enumerate(<ls>) if i % 2 == 0]", "[z for y in <ls> if (z := f(y)) != 'a']", "[*map(f, <ls>), *<ls>[:1]]",
       "[f'{k}={v}' for k, v in sorted(<d>.items())]", "sorted({f(y) for y in <ls>})", "[y for ys in <ll> for y in ys if ok(y)][:6]", "sorted(<ls>, key=lambda y: num(y))[::-1]",
       "[w for y in <ls> for w in y.split('(')][:5]", "[a for a, *_ in zip(<ls>, <ls>)]", "sum(<ll!v>, [])[:6]", weight=1.5)  # fmt: skip
values("ls", "deep and shallow copies", "copy.copy(<ls!v>)", "copy.deepcopy(<ll!v> + [<ls!v>])[0]", "copy.deepcopy(<dl!v>).get('a', [])", "[*<ls!v>]", "copy.copy(<ll!v> + [<ls!v>])[-1]")
values("ln", "numbers by conditions", "[y * 2 % 97 for y in <ln> if y > 1]", "[num(k) + v for k, v in <d>.items()]", "sorted(<ln>, key=lambda y: -y)", "list(map(operator.neg, <ln>))", "[len(y) for y in <ll>]",
       "list(map(lambda a, b: a + b, <ln>, <ln>))", "[int(y) for y in map(ok, <ls>)]", "list(itertools.accumulate(<ln>))")  # fmt: skip
values("d", "dicts by conditions", "{k: v for k, v in <d!v>.items() if v > 1}", "{y: i for i, y in enumerate(<ls>)}", "dict(sorted(<d>.items()))", "dict(collections.Counter(<ls>))", "{f(y): len(y) for y in <ls> if ok(y)}",
       "{**<d>, **{k: num(k) for k in <ls>}}", "dict(collections.Counter(f(y)[:2] for y in <ls>))", "{k: sum(map(len, v)) for k, v in <dl!v>.items()}", "json.loads(json.dumps(<d>))", weight=1.5)  # fmt: skip
values("dl", "grouped lists", "{k: sorted(v) for k, v in <dl!v>.items()}", "copy.deepcopy(<dl!v>)", "{k: [*v, f(k)][:4] for k, v in <dl!v>.items()}", "{y[:1]: [z for z in <ls> if z[:1] == y[:1]] for y in <ls>}",
       "{len(y) and 'b' or 'a': list(<ls!v>) for y in <ls>}", "json.loads(json.dumps(<dl>))")  # fmt: skip
values("set", "sets by conditions", "{y[:2] for y in <ls> if ok(y)}", "set().union(<ls>, <set>)", "frozenset(<ls>) | set()", "set(map(f, <ls>))", "{*<ls>, <s>}")
values("t", "pairs", "max(<d>.items(), default=('z', 0))", "next(((y, i) for i, y in enumerate(<ls>) if ok(y)), ('none', 0))", "min([<t>, <t>], key=lambda p: (p[1], p[0]))", "(<t>[0], <t>[1])", "tuple([<s>, <n>])")

# ---- files

everyday("file written in a loop", """
with open('$p', <b> and 'w' or 'a') as $fh:
    for $x in <ls>[:3]:
        <block s=$x loop>
        $fh.write($x + <s> + '\\n')
    print(<s>, file=$fh)
with open('$p') as $fh:
    $out = [y.strip() for y in $fh][:4]
-> ls=$out
""", """
with open('$p', 'w') as $fh:
    $fh.writelines(y + '\\n' for y in <ls>)
    $n = $fh.write(<s>)
with open('$p') as $fh:
    for $line in $fh:
        $line = $line.rstrip()
        <block s=$line loop>
-> n=$n
""", """
from pathlib import Path
$p = Path('$f')
if not $p.exists() or <b>:
    $p.write_text('\\n'.join(<ls>))
$out = $p.read_text().split('\\n')[:4]
<block ls=$out>
-> ls=$out
""")  # fmt: skip
everyday("data in a file", """
with open('$p.json', 'w') as $fh:
    json.dump(<d>, $fh)
<block>
with open('$p.json') as $fh:
    $d = json.load($fh)
-> d=$d
""", """
with open('$p.json', 'w') as $fh:
    json.dump({'xs': <ls>, 'n': <n>}, $fh, indent=1)
with open('$p.json') as $fh:
    $data = json.loads($fh.read())
$xs, $n = $data['xs'], $data['n']
-> ls=$xs n=$n
""", """
with open('$p.csv', 'w', newline='') as $fh:
    $w = csv.writer($fh)
    for $x in <ls>[:3]:
        $w.writerow([$x, <n>, f($x)])
with open('$p.csv', newline='') as $fh:
    $xs = [row[2] for row in csv.reader($fh)]
-> ls=$xs
""")  # fmt: skip

# ---- classes

everyday("class and its subclass", """
class $A:
    made = 0
    def __init__(self, s, xs=None):
        self.s, self.xs, self.n = s, xs if xs is not None else [], <n>
        $A.made += 1
    def run(self, p):
        <block def s=p return=s>
        self.xs.append(f(p, self.s))
        return self.step(p)
    def step(self, p):
        self.n += 1
        return p + <s>[:9]
    @property
    def last(self):
        return (self.xs or [self.s])[-1]
    @last.setter
    def last(self, v):
        self.xs[-1:] = [v]
    @classmethod
    def of(cls, s):
        return cls(f(s))
    @staticmethod
    def clean(s):
        return s.strip('f()')
    def __repr__(self):
        return f'<{self.s} {self.n}>'
class $B($A):
    def __init__(self, s, xs=None):
        super().__init__(s + '!', xs)
        self.log = []
    def step(self, p):
        <block def s=p return=s>
        self.log.append(p)
        return super().step(g(p))
$o = ($A if <b> else $B)(<s>, <ls!v>)
$q = $B.of(<s>)
$r = [$o.run(x) for x in <ls>[:2]]
$q.last = $q.run(<s>)
if <b>:
    $o.last = <s>
$t = $A.clean($o.last + repr($q)[:20])
$n = $A.made
-> ls=$r s=$t n=$n
""", """
class $S:
    def __init__(self, items):
        self.items = items
    def __len__(self):
        return len(self.items)
    def __iter__(self):
        for item in self.items:
            yield f(item)
    def __getitem__(self, k):
        return self.items[k]
    def __contains__(self, x):
        return x in self.items
    def __setitem__(self, k, v):
        self.items[k] = v
    def __add__(self, other):
        return $S(self.items + other.items[:2])
    def __lt__(self, other):
        return num(*self.items[:1]) < num(*other.items[:1])
    def __eq__(self, other):
        return isinstance(other, $S) and self.items == other.items
    def __bool__(self):
        return ok(len(self.items))
    def __str__(self):
        return '/'.join(self.items)[:25]
    __hash__ = None
$a, $b = $S(<ls>), $S(<ls!v>)
$c = $a + $b
if $a and len($b) < 9:
    $b[len($b):] = [<s>]
for $x in $c:
    <block s=$x loop>
$t = str($c) + f'{$a}'
$n = len($b) + ($a < $b) + (<s> in $c) + ($a == $b)
$xs = [y for y in $c][:3] + sorted($a, key=len)[:2]
-> s=$t n=$n ls=$xs
""", """
class $M:
    depth = 0
    def __init__(self, name, log):
        self.name, self.log = name, log
    def __enter__(self):
        $M.depth += 1
        self.log.append('+' + f(self.name))
        return self
    def __exit__(self, kind, error, tb):
        self.log.append('-' + (kind.__name__ if kind else self.name)[:9])
        $M.depth -= 1
        return kind is not None and issubclass(kind, <b> and LookupError or ValueError)
    def note(self, s):
        self.log.append(f(s, $M.depth))
        return len(self.log)
with $M(<s>, <ls!v>) as $m:
    $m.note(<s>)
    <block>
    if <b>:
        raise KeyError(<s>)
    with $M(<s>, <ls!v>) as $q:
        <block>
        $q.note(fail(<n>))
""")  # fmt: skip
everyday("records", """
from dataclasses import dataclass, field, replace, asdict
@dataclass
class $R:
    s: str
    n: int = 0
    xs: list = field(default_factory=list)
    def grow(self, x):
        self.xs.append(f(x, self.n))
        self.n += len(self.xs)
        return self
$rs = [$R(y, num(y)) for y in <ls>[:3]]
for $r in $rs:
    <block>
    $r.grow(<s>).xs.append($r.s)
$rs.sort(key=lambda r: (r.n, r.s))
if $rs and <b>:
    $rs[0] = replace($rs[0], s=<s>)
$out = [asdict(r)['s'] for r in $rs]
$n = sum(r.n for r in $rs)
-> ls=$out n=$n
""", """
from typing import NamedTuple
class $P(NamedTuple):
    s: str
    n: int = 1
    @property
    def double(self):
        return f(self.s) * 2
$ps = [$P(<s>), $P(<s>, <n>), *map($P, <ls>[:1])]
$best = max($ps, key=lambda p: (p.n, p.s))
$s, $n = $best._replace(n=<n>)
$xs = [p.double[:9] for p in sorted($ps)]
-> s=$s n=$n ls=$xs
""", """
from enum import Enum, IntEnum, auto
class $E(Enum):
    LOW = 'a'
    HIGH = 'b'
    def ask(self):
        return f(self.value)
class $L(IntEnum):
    ONE = auto()
    TWO = auto()
$e = $E('a' if <b> else 'b')
$s = {$E.LOW: <s>, $E.HIGH: <s>}[$e] + $e.name
$n = $L(1 + <n> % 2) + len($E)
$xs = [m.ask() for m in $E if m is not $e]
-> s=$s n=$n ls=$xs
""")  # fmt: skip
everyday("exceptions of its own", """
class $E(Exception):
    def __init__(self, text, code=0):
        super().__init__(text)
        self.code = code
class $F($E):
    pass
try:
    <block>
    if <b>:
        raise $F(<s>, code=<n>)
    fail(<n>)
    <block>
except $E as $e:
    print($e.code, str($e)[:20], isinstance($e, $F))
    <block handler>
except ValueError as $e:
    $e.add_note(f(1))
    <ls!v>.append(str($e) + $e.__notes__[0])
else:
    <block>
""", """
class $E(LookupError):
    pass
def $f(p):
    try:
        <block def s=p return=s>
        return fail(p)
    except ValueError as e:
        raise $E(f(p)) from e
    finally:
        <ls!v>.append('done')
for $x in <ls>[:2]:
    try:
        print($f($x))
    except $E as $e:
        print(repr($e.__cause__)[:25], $e.args)
        <block handler s=$x>
""", """
try:
    try:
        <block>
        fail(<n>)
    except ValueError:
        <d!v>[<s>]
    finally:
        <block>
except (KeyError, ValueError) as $e:
    <ls!v>.append(type($e).__name__ + type($e.__context__).__name__)
""")  # fmt: skip

everyday("places that a try takes away", """
try:
    <ls!v>.append(fail(<n>))
    <dl!v>['a'] = [<s>]
    <d!v>[<s>] = <n>
    <block>
except ValueError:
    <block handler>
<dl!v>.setdefault('a', []).append(<s>)
$n = len(<d!v>)
-> n=$n
""", """
$o = {'xs': <ls!v>, 'n': <n>}
def $f(p):
    try:
        $o['n'] += num(fail(p))
        $o['xs'] = [p]
        <block def s=p>
    except ValueError:
        $o['xs'].append(p)
    return $o['n']
$r = [$f(y) for y in <ls>[:3]]
$o['xs'].append(<s>)
-> ln=$r
""")  # fmt: skip
everyday("one of two lists", """
def $f(p, q):
    r = p
    if ok(len(q)):
        r = q
    r.append(<s>)
    q.append(f(len(p)))
    p.append(<s>)
    return r
$xs = $f(<ls!v>, [<s>])
$f(<ls!v>, <ls!v>).append(<s>)
-> ls=$xs
""", """
$now, $old = <ls!v>, []
for $x in <ls>[:3]:
    if ok($x):
        $now, $old = $old, $now
    $now.append($x)
    <block s=$x loop>
    $old.append(f($x, len($now)))
-> ls=$now ls=$old
""")  # fmt: skip

# ---- functions and generators

everyday("function with inner functions", """
def $f(xs):
    total, seen = 0, []
    def put(y):
        nonlocal total
        <block def s=y return=n>
        total += num(y)
        seen.append(f(y, total))
        return total
    return [put(y) for y in xs], seen, lambda: total
$a, $b, $c = $f(<ls>[:3])
$n = $c() + sum($a)
-> ln=$a ls=$b n=$n
""", """
def $counter(start=<n>):
    count = start
    def up(by=1):
        nonlocal count
        count += by if ok(count) else num(by)
        return count
    def get():
        return count
    return up, get
$up, $get = $counter()
for $x in <ls>[:3]:
    <block s=$x loop>
    $up(len($x))
$n = $get()
-> n=$n
""", """
def $f(first, *rest, sep='-', **more):
    <block def s=first return=s>
    return sep.join([first, *rest])[:20] + f(*sorted(more))
$s = $f(<s>, *<ls>[:2], sep=<s>[:2], k=<n>)
$t = $f(*(<ls> or ['e']), **{'a': <n>, 'b': <s>})
-> s=$s s=$t
""")  # fmt: skip
everyday("pipeline of generators", """
def $g(xs):
    for x in xs:
        <block def s=x>
        yield f(x)
def $h(it, least):
    for k, y in enumerate(it):
        if num(y) < least: continue
        yield y + str(k)
    yield 'end'
$out = []
for $y in $h($g(<ls>), <n> % 5):
    <block s=$y loop>
    $out.append($y)
-> ls=$out
""", """
def $g(xs):
    n = 0
    try:
        while n < len(xs[:3]):
            yield g(xs[n])
            n += 1
    finally:
        <ls!v>.append('left')
def $h(xs):
    yield from $g(xs)
    yield <s>
for $y in $h(<ls>):
    <block s=$y>
    if ok($y): break
else:
    <block>
""", """
def $p(xs):
    it = (f(y) for y in xs if ok(y))
    a = next(it, 'none')
    <block def s=a return=s>
    return a + str(list(it))[:20]
$a = $p(<ls>)
-> s=$a
""", """
def $walk(tree, depth=0):
    for k, sub in tree.items():
        yield f(k, depth)
        if sub:
            yield from $walk(sub, depth + 1)
$xs = [y for y in $walk({'a': {'b': {}, 'c': {}}, <s>: {}})]
-> ls=$xs
""")  # fmt: skip
everyday("table of functions", """
def $f(y):
    <block def s=y return=s>
    return f(y)
$table = {'a': $f, 'b': lambda y: g(y)[::-1], 'c': functools.partial(f, <n>)}
$xs = [$table.get(k, h)(k) for k in <ls>]
for $k, $fn in sorted($table.items()):
    <ls!v>.append($fn($k))
    <block s=$k loop>
-> ls=$xs
""", """
$log = []
def $on(y):
    $log.append(y)
    <block def s=y>
$handlers = [$on, $log.append, lambda y: $log.insert(0, f(y))]
for $h in $handlers:
    $h(<s>)
    if <b>:
        $handlers = $handlers[:1]
-> ls=$log
""", """
def $twice(fn):
    @functools.wraps(fn)
    def inner(*args):
        <ls!v>.append(fn.__name__)
        return fn(fn(*args))
    return inner
@$twice
def $f(y):
    <block def s=y return=s>
    return f(y)[:12]
$s = $f(<s>)
$xs = list(map($f, <ls>[:2]))
-> s=$s ls=$xs
""", """
@functools.singledispatch
def $f(x): return f(x)
@$f.register
def _(x: int): return f(x + 1)
@$f.register
def _(x: list): return g(*x[:2])
$xs = [$f(<n>), $f(<s>), $f(<ls>)]
-> ls=$xs
""")  # fmt: skip
everyday("cached answers", """
class $C:
    def __init__(self, s): self.s = s
    @functools.cached_property
    def answer(self): return f(self.s)
    @functools.lru_cache(maxsize=None)
    def ask(self, k): return g(self.s, k)
$c = $C(<s>)
$xs = [$c.answer, $c.answer, $c.ask(1), $c.ask(<n> % 2), $c.ask(1)]
if <b>:
    del $c.answer
$s = $c.answer
-> ls=$xs s=$s
""", """
$cache = {}
def $ask(y):
    if y in $cache:
        return $cache[y]
    <block def s=y return=s>
    return $cache.setdefault(y, f(y))
$xs = [$ask(y) for y in <ls> + <ls>[:2]]
-> ls=$xs
""")  # fmt: skip

# ---- loops and data

everyday("work list", """
$queue, $seen, $k = collections.deque(<ls>[:3]), set(), 0
while $queue and $k < 5:
    $k += 1
    $x = $queue.popleft()
    if $x in $seen:
        continue
    $seen.add($x)
    <block s=$x loop>
    if ok($x, $k):
        $queue.append(f($x)[:6])
-> n=$k set=$seen
""", """
$heap = []
for $k, $x in enumerate(<ls>[:4]):
    heapq.heappush($heap, (num($x), $k, $x))
    <block n=$k s=$x loop>
$xs = [heapq.heappop($heap)[2] for _ in range(len($heap))]
-> ls=$xs
""")  # fmt: skip
everyday("counts and groups", """
$counts, $groups = collections.Counter(), collections.defaultdict(list)
for $x in <ls>:
    $counts[f($x)[:3]] += 1
    $groups[num($x) % 2].append($x)
    <block s=$x loop>
$xs = [k for k, _ in $counts.most_common(2)] + $groups[1]
$n = sum($counts.values()) + len($groups)
-> ls=$xs n=$n
""", """
$xs = []
for $k, $same in itertools.groupby(sorted(<ls>, key=len), key=len):
    $ys = list($same)
    <block n=$k ls=$ys loop>
    $xs.append(f($k, $ys))
-> ls=$xs
""", """
$chain = collections.ChainMap({}, <d!v>)
$chain['new'] = <n>
if <b>:
    $chain[<s>] = <n>
$order = collections.OrderedDict((y, num(y)) for y in <ls>)
if $order:
    $order.move_to_end(next(iter($order)))
$n = sum($chain.values()) + len($order)
$xs = list($order)
-> n=$n ls=$xs
""")  # fmt: skip
everyday("search with else", """
for $x in <ls>:
    <block s=$x>
    if ok($x):
        $found = f($x)
        break
else:
    $found = <s>
    <block>
-> s=$found
""", """
for $k in range(3):
    try:
        $r = fail(<s> + str($k))
    except ValueError as $e:
        <ls!v>.append(str($e)[:9])
        <block handler n=$k>
    else:
        <block s=$r>
        break
    finally:
        print('try', $k)
else:
    $r = 'none'
-> s=$r
""", """
$k = 0
while ($n := num(<s>, $k)) > 2 and $k < 3:
    $k += 1
    <block n=$k loop>
else:
    <block>
-> n=$k n=$n
""")  # fmt: skip
everyday("nested data", """
$state = {'xs': [<s>], 'n': 0, 'sub': {'k': []}, 'done': False}
for $x in <ls>[:3]:
    $state['n'] += num($x)
    $state['xs'].append(f($x, $state['n']))
    $state['sub'].setdefault($x[:1], []).append($x)
    <block s=$x loop>
    if $state['n'] > 12:
        $state['done'] = True
        break
$xs, $n = $state['xs'], $state['n']
$dl = $state['sub']
-> ls=$xs n=$n dl=$dl
""", """
$rows = [{'id': i, 'text': y, 'tags': []} for i, y in enumerate(<ls>[:3])]
for $row in $rows:
    if ok($row['text']):
        $row['text'] = f($row['text'])
        $row['tags'].append('ok')
    else:
        $row.pop('tags', None)
    $row.update(n=num($row['id']))
$xs = [r['text'] for r in sorted($rows, key=lambda r: (r['n'], -r['id']))]
$d = {r['text']: r['n'] for r in $rows if 'tags' in r}
-> ls=$xs d=$d
""", """
$first, *$mid, $last = [<s>, *<ls>, <s>]
($a, $b), *$rest = zip(<ls> + ['y'], <ln> + [0])
$s, $n = ($last, $b) if <b> else ($first, len($mid))
<block s=$a>
-> ls=$mid s=$s n=$n
""", """
$text, $parts = '', []
for $i, $x in enumerate(<ls>, 1):
    $text += f'{$i}. {f($x)[:5]}; '
    $parts += [$x.upper(), *<ls>[:1]]
    <block n=$i s=$x loop>
$text = $text[:25]
-> s=$text
""")  # fmt: skip
everyday("match on data", """
for $x in (<d>, <t>, <ls>, <n>, {'kind': 'add', 'by': <n>}, None):
    match $x:
        case {'kind': 'add', 'by': int($k)}:
            <block n=$k>
        case {'a': $k, **$more}:
            print('a', $k, sorted($more))
        case [str($s), *$r] if ok($s):
            <block s=$s>
        case (str($s), int($k)):
            <block s=$s n=$k>
        case 0 | 1 | None:
            <block>
        case _:
            print('other')
""", """
class $P:
    __match_args__ = ('s', 'n')
    def __init__(self, s, n): self.s, self.n = s, n
match $P(<s>, <n>):
    case $P('a', $k) | $P($k, 0):
        print('first', $k)
    case $P(s=$s, n=int($k)) if $k > 3:
        <block s=$s n=$k>
    case $P($s):
        <block s=$s>
""")  # fmt: skip
everyday("managers of the library", """
with contextlib.ExitStack() as $stack:
    $stack.callback(<ls!v>.append, f(<n>))
    $stack.push(lambda kind, e, tb: <ls!v>.append('exit') or ok(len(<ls!v>)))
    <block>
    if <b>:
        raise ValueError(<s>)
""", """
$buffer = io.StringIO()
with contextlib.redirect_stdout($buffer):
    print(<s>)
    <block>
$s = $buffer.getvalue()[:20]
-> s=$s
""", """
@contextlib.contextmanager
def $m(log):
    log.append(f('in'))
    try:
        yield len(log)
    except LookupError as e:
        log.append(type(e).__name__)
    else:
        log.append('else')
    finally:
        log.append('out')
with $m(<ls!v>) as $n, contextlib.suppress(ValueError):
    <block n=$n>
    if <b>:
        raise KeyError(<s>)
    fail(<n>)
""")  # fmt: skip
