"""Statements of several lines, each a small piece of a program with names of its own: what single expressions do not reach.

In a text `$x` is a new name, `<kind>` an expression, `<kind!v>` a variable of the program.
"""

from __future__ import annotations

import re

from tests.random_programs.grammar import Base, Env, statement


FRESH = re.compile(r"\$([A-Za-z]+)")


def snippet(name: str, *texts: str, weight: float = 0.35) -> None:
    """Lines with fresh names and holes."""

    @statement(name, 5, weight)
    def make(g: Base, env: Env) -> list[str] | None:
        if env.calls > 1:
            return None
        inner = env.inner(own=set(), top=False)  # neither walrus nor await in functions and classes
        return lines_of(g, inner, g.pick(texts))


def lines_of(g: Base, env: Env, text: str) -> list[str] | None:
    """The lines of a text with its names and holes filled; None if there is no variable for one."""
    names: dict[str, str] = {}
    text = FRESH.sub(lambda match: names.setdefault(match[1], g.name(f"z{match[1]}")), text)
    lines = []
    for line in text.strip("\n").splitlines():
        filled = g.fill(line, env, 2)
        if filled is None:
            return None
        lines.append(filled)
    return lines


snippet("generator with send", """
def $g(p):
    while True:
        p = yield f(p)
        if p is None or ok(p): return g(p)
$i = $g(<s>)
$a = next($i)
try:
    print($a, $i.send(<s>), $i.send(<n>), $i.send(1))
except StopIteration as $e:
    <ls!v>.append($e.value)
""", """
def $g():
    try:
        yield <s>
        yield <s>
    except ValueError as e:
        yield f(str(e))
    finally:
        <ls!v>.append('closed')
$i = $g()
next($i)
$b = $i.throw(ValueError(<s>))
$i.close()
print($b)
""")  # fmt: skip
snippet("nonlocal", """
def $m():
    n, log = <n>, []
    def put(v):
        nonlocal n
        if ok(v): n += num(v)
        log.append(f(v, n))
        return n
    return put, log
$p, $l = $m()
$r = [$p(<n>), $p(<n>), $p(1)]
print($r, $l)
""")  # fmt: skip
snippet("descriptor", """
class $D:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, o, t=None): return f(getattr(o, self.name, None))
    def __set__(self, o, v): setattr(o, self.name, v)
class $C:
    x = $D()
$o = $C()
$o.x = <s>
if <b>: $o.x = <n>
print($o.x, vars($o))
""")  # fmt: skip
snippet("__eq__ and __hash__ of keys", """
class $K:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 2
    def __eq__(self, o): return self.n == o.n
$d = {$K(1): <s>, $K(3): <s>}
$d[$K(<n>)] = <s>
print([k.n for k in $d], $K(3) in $d, $d.get($K(1)))
""")  # fmt: skip
snippet("exception in __exit__", """
class $M:
    def __enter__(self): return <s>
    def __exit__(self, t, e, tb):
        if ok(<n>): raise KeyError(f(str(e)))
        return <b>
try:
    with $M() as $v:
        fail(<n>)
except (KeyError, ValueError) as $e:
    print(type($e).__name__, $e.args, repr($e.__context__))
""")  # fmt: skip
snippet("sys.exc_info and format_exc", """
import sys, traceback
try:
    fail(<n>)
    fail(2)
except ValueError:
    print(sys.exc_info()[0].__name__, str(sys.exc_info()[1])[:20], f(<s>))
    <ls!v>.append(traceback.format_exc())
""")  # fmt: skip
snippet("bare raise in a function", """
def $a():
    f(<s>)
    raise
try:
    try:
        fail(<n>)
        fail(2)
    except ValueError:
        $a()
except ValueError as $e:
    print($e)
""")  # fmt: skip
snippet("views and iterators that are kept", """
$d = {'a': <s>, 'b': <s>}
$k, $v, $i = $d.keys(), $d.items(), iter(<ls!v>)
if <b>: $d[<s>] = <s>
$f = next($i, 'none')
<ls!v>.append('later')
print(len($k), sorted($v), $f, list($i)[:3])
""", """
$b = bytearray(b'abc')
$m = memoryview($b)
if <b>: $m[0] = 65 + num(<n>)
print(bytes($m), $b[0])
""")  # fmt: skip
snippet("bound method that is kept", """
$p = <ls!v>.append
$p(<s>)
if <b>: $p(<s>)
print(<ls!v>[-1:])
""")  # fmt: skip
snippet("lru_cache", """
from functools import lru_cache
@lru_cache(maxsize=None)
def $c(x): return f(x, <n>)
print($c(1), $c(<n>), $c(1))
$i = $c.cache_info()
""")  # fmt: skip
snippet("dataclass", """
from dataclasses import dataclass, field, replace
@dataclass(order=True)
class $P:
    n: int
    s: str = <s>
    xs: list = field(default_factory=lambda: [<s>])
$p = $P(<n>)
$q = replace($p, s=<s>)
$q.xs.append(<s>)
print($p == $q, $p < $q, $p)
""")  # fmt: skip
snippet("namedtuple", """
from collections import namedtuple
$N = namedtuple('$N', 'a b')
$p = $N(<s>, <n>)
$q = $p._replace(b=<s>)
print($p.a, $q, $q[1:], $p == $q)
""")  # fmt: skip
snippet("collections", """
from collections import defaultdict, Counter, deque
$d, $c, $q = defaultdict(list), Counter(), deque(maxlen=2)
for $x in [<s>, <s>, 'a']:
    $d[$x[:2]].append($x)
    $c[$x] += 1
    $q.append(f($x))
print(dict($d), $c.most_common(1), list($q))
""", """
from collections import OrderedDict, ChainMap
$o = OrderedDict(a=<s>, b=<s>)
$o.move_to_end('a')
$m = ChainMap({}, $o)
$m['c'] = <s>
if <b>: $o.popitem(last=False)
print(list($o), sorted($m))
""")  # fmt: skip
snippet("external method", """
class $C:
    def __init__(self, name): self.name = name
    @external
    def ask(self, *a):
        record('ask', self.name, *a)
        return f'{self.name}{a}'[:30]
$c = $C(<s>)
$r = [$c.ask(x) for x in (1, 2)]
$c.name = 'new'
print($r, $c.ask(<ls>))
""")  # fmt: skip
snippet("interrupts raised by the program", """
try:
    f(<s>)
    if <b>: raise KeyboardInterrupt(<s>)
    raise SystemExit(<n>)
except (KeyboardInterrupt, SystemExit) as $e:
    print(type($e).__name__, $e.args)
finally:
    g(<s>)
""")  # fmt: skip
snippet("iterator class", """
class $I:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0 or num(self.n) > 8: raise StopIteration
        return f(self.n)
print(list($I(3)), [g(x) for x in $I(2)])
""")  # fmt: skip
snippet("attribute that may be missing", """
class $A:
    def __init__(self, s): self.s = s
    def __getattr__(self, name):
        if ok(self.s): raise AttributeError(f(name))
        return g(name)
$a = $A(<s>)
print(getattr($a, 'other', 'none'), hasattr($a, 'more'), $a.s)
""")  # fmt: skip
snippet("comprehension over what fails", """
try:
    <ls!v>.extend([fail(x) for x in (0, 1, <n>, 5)])
except ValueError:
    <ls!v>.append('failed')
""", """
try:
    $d = {f(x): fail(x) for x in (<n>, 2)}
except ValueError as $e:
    print($e)
""")  # fmt: skip
