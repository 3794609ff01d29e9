"""Programs over the whole language, by name. Each runs plainly and in mediated form (`equal.check`)."""

TRACER = '''
class Log:
    """Prints every operation on it."""
    def __init__(self, name): self.__dict__["name"] = name
    def __repr__(self): return f"<{self.name}>"
    def __getattr__(self, attr):
        if attr.startswith("__"): raise AttributeError(attr)
        print("get", self, attr); return Log(f"{self.name}.{attr}")
    def __setattr__(self, attr, value): print("set", self, attr, value)
    def __delattr__(self, attr): print("del", self, attr)
    def __getitem__(self, key): print("item", self, key); return Log(f"{self.name}[{key}]")
    def __setitem__(self, key, value): print("setitem", self, key, value)
    def __delitem__(self, key): print("delitem", self, key)
    def __call__(self, *args, **kwargs): print("call", self, args, kwargs); return Log(f"{self.name}()")
    def __add__(self, other): print("add", self, other); return Log(f"({self.name}+)")
    def __iadd__(self, other): print("iadd", self, other); return self
    def __lt__(self, other): print("lt", self, other); return Log(f"({self.name}<)")
    def __bool__(self): print("bool", self); return len(self.name) % 2 == 0
    def __hash__(self): print("hash", self); return sum(map(ord, self.name))
    def __eq__(self, other): print("eq", self, other); return self.name == getattr(other, "name", None)
    def __neg__(self): print("neg", self); return self
    def __contains__(self, x): print("contains", self, x); return True
    def __iter__(self): print("iter", self); return iter([Log(self.name + "0"), Log(self.name + "1")])
    def __format__(self, spec): print("format", self, spec); return "F"
    def __enter__(self): print("enter", self); return Log(self.name + "!")
    def __exit__(self, *exc): print("exit", self, exc[0]); return False
def v(name): print("v", name); return Log(name)
'''

PROGRAMS: dict[str, str] = {}


def program(name: str, source: str, tracer: bool = False) -> None:
    assert name not in PROGRAMS, name
    PROGRAMS[name] = (TRACER if tracer else "") + source


def in_function(name: str, source: str, tracer: bool = False) -> None:
    """The same statements in the cell and in a function."""
    program(name, source, tracer)
    body = "".join(f"    {line}\n" if line else "\n" for line in source.strip("\n").split("\n"))
    program(name + " in a function", f"def around():\n{body}\n    return 'end'\nprint(around())\n", tracer)


# --- order of evaluation

ORDER = [
    'v("a").b = v("c")',
    'v("a")[v("k")] = v("c")',
    'v("a").b[v("k"):v("l"):v("m")] = v("x"), v("y")',
    'p = v("a")[v("k")] = v("b").q = v("c")',
    'x, v("a").b, (y, *v("d")[v("e")]) = v("1"), v("2"), [v("3"), v("4"), v("5")]',
    'v("a").b += v("c")',
    'v("a")[v("k")] += v("c")',
    'v("a")[v("k"):v("l")] += v("c")',
    'x = v("x"); x += v("y"); x -= 1 if not x else 0' if False else 'x = v("x"); x += v("y")',
    'r = v("a") < v("b") < v("c") < v("d")',
    'r = v("aa") < v("b")',
    'r = v("a") and v("bb") and v("c")',
    'r = v("aa") and v("bb") and v("cc")',
    'r = v("a") or v("bb") or v("c")',
    'r = v("a") or v("b") or v("c")',
    'r = (v("a") or v("bb")) and v("cc")',
    'r = v("a") and v("b") or v("c")',
    'r = not v("a")',
    'r = not (v("a") and not v("b"))',
    'r = v("x") if v("a") else v("y")',
    'r = v("x") if v("aa") else v("y")',
    'r = v("x") if v("a") and v("bb") or not v("c") else v("y")',
    'if v("a") and v("bb"): print(1)\nelse: print(2)',
    'if v("aa") and v("bb"): print(1)\nelif v("cc") or v("d"): print(3)\nelse: print(2)',
    'if not (v("aa") or v("b")) if v("cc") else v("d"): print(1)',
    'if v("a") < v("b") < v("cc"): print(1)',
    'n = 0\nwhile v("a" * n) or v("b" * n):\n    n += 1\n    if n > 5: break\nelse: print("else")',
    'r = v("f")(v("a"), *v("b"), v("c"), k=v("d"), **{"x": v("e")}, l=v("g"))',
    'r = v("f").g(v("a"), k=v("b"))(v("c"))[v("d")]',
    'r = {v("a"): v("b"), v("c"): v("d"), **{v("e"): v("f")}, v("g"): v("h")}',
    'r = {v("a"), v("b"), *v("c")}',
    'r = [v("a"), *v("b"), v("c")]',
    'r = (v("a"), *v("b"), v("c"))',
    "r = f\"{v('a')}{v('b')!r:>{v('w').x}} {v('c'):{v('y')}}\"",
    'xs = [1]; r = f"{xs}{xs.append(2)}{xs}"',
    "xs = [1]; r = [*xs, xs.append(2), *xs]",
    "d = {1: 2}; r = {**d, 3: d.update({4: 5}), **d}",
    "xs = [1]\ndef f(*a): return a\nr = f(*xs, xs.append(2), *xs)",
    'd = {"a": 2}\ndef f(**a): return a\nr = f(**d, c=d.update({"b": 5}))',
    'r = v("a")[v("b"), v("c"):v("d")]',
    'r = (y := v("a")) + (z := v("b")); print(y, z)',
    'r = v("a") in v("b")',
    'r = v("a") is v("b")',
    'r = -v("a") + v("b").c + v("d")[v("e")]',
    'del v("a").b, v("c")[v("d")], (v("e").f,)',
    'assert v("aa"), v("b")',
    'with v("a") as v("b").c, v("d") as (x, y): print(x, y)',
    'for v("a").b in v("c"): print("body")\nelse: print("else")',
    'for v("a")[v("k")], x in [v("c"), v("d")]: print("body", x)',
    'r = [v("e") for x in v("xs") if v("a") or x]',
    'r = {v("k"): v("w") for x in v("xs") for y in v("ys") if x < y if v("bb")}',
    'r = {v("e") for x in v("xs")}',
    'r = list(v("e") for x in v("xs") for y in v("yy"))',
    'g = (v("e") for x in v("xs"))\nprint("made")\nprint(next(g))\nprint("next")\nr = list(g)',
    'def f(a=v("d"), *, k=v("k")) -> v("r"): pass\nprint(f.__annotations__)',
    'def f(a: v("ann") = v("d"), *b: v("bn"), c: v("cn") = v("e"), **d: v("dn")) -> v("r"): pass\nprint(f.__annotations__)',
    '@v("dec")\n@v("dec2").x(v("arg"))\ndef f(a=v("d")): pass',
    '@v("dec")\nclass C(*[object], metaclass=(v("m"), type)[1]):\n    x = v("x")\n    @v("dec2")\n    def m(self, a=v("d")): pass',
    'f = lambda a=v("d"), *b, c=v("c"): (a, b, c)\nprint(f())',
    'r = v("a") if v("bb") and (q := v("cc")) else v("d"); print(q)',
    'print(v("a"), end=v("b").c and "\\n")',
    'raise ValueError(v("a")) from TypeError(v("b"))',
    'x = y = z = v("a")',
    '[a, [b, *c]] = v("a"), "xyz"; print(a, b, c)',
    "import os.path as p, sys; from os import path as q, sep; print(p is q, sep)",
    'match v("a"):\n    case Log(name="b"): print("b")\n    case Log(name="a") as q if v("gg"): print("a", q)',
]
for number, source in enumerate(ORDER):
    in_function(f"order {number}: {source[:40]}", source, tracer=True)

# --- control flow and exits

in_function(
    "loops",
    """
for i in range(10):
    if i == 3: continue
    if i == 6: break
    print(i)
else:
    print("never")
for i in range(3): pass
else: print("else", i)
while i < 20:
    i += 5
    if i % 2: continue
    print("even", i)
else: print("done")
for i in range(3):
    for j in range(3):
        if j == 2: break
        if i == 1: continue
        print(i, j)
    else:
        print("inner else")
while True:
    break
for i, (j, *k) in [(1, "abc"), (2, "de")]: print(i, j, k)
for x in (): pass
""",
)

program(
    "returns everywhere",
    """
def f(n):
    for i in range(10):
        with open("/dev/null") as fh:
            try:
                if i == n: return ("try", i)
                for j in range(2):
                    try:
                        if i + j == n + 20: return "never"
                        if j: continue
                        if i == 5: break
                    finally:
                        print("finally", i, j)
                if i == 7: raise KeyError(i)
                if i == 2: continue
                if i == 8: break
            except KeyError as e:
                if n == 9: return ("handler", e.args)
            else:
                if n == -1: return "else"
            finally:
                if n == -2: return "overrides"
                if n == -3: break
                if n == -4: continue
    return "end"
for n in (0, 3, 9, 20, -1, -2, -3, -4, 100): print(n, f(n))
""",
)

program(
    "finally overrides",
    """
def a():
    try: return 1
    finally: return 2
def b():
    while True:
        try: 1/0
        finally: break
    return "swallowed"
def c():
    for i in range(3):
        try: return i
        finally: continue
    return "c"
def d():
    try:
        try: raise KeyError(1)
        finally: print("inner")
    except KeyError as e: return e
def e():
    x = 1
    try: return x
    finally: x = 2
def f():
    try: pass
    except: pass
    else: return "else"
    finally: print("fin")
print(a(), b(), c(), repr(d()), e(), f())
""",
)

in_function(
    "handlers",
    """
import sys
def boom(e): raise e
for e in (KeyError(1), ValueError(2), OSError(3), ZeroDivisionError()):
    try:
        try: boom(e)
        except (KeyError, ValueError) as x: print("first", repr(x), sys.exc_info()[0])
        except OSError: print("os"); raise
        else: print("no")
        finally: print("finally")
    except OSError as o: print("outer", o)
    except Exception as other: print("other", repr(other)); print(other.__context__)
try: x
except NameError: print("x unbound")
except UnboundLocalError: print("unbound")
try:
    try: 1/0
    except ZeroDivisionError as z: raise ValueError("v") from z
except ValueError as q: print(repr(q.__cause__), q.__suppress_context__)
try:
    try: 1/0
    finally: {}["k"]
except KeyError as k: print(repr(k.__context__))
print(sys.exc_info())
try:
    try: 1/0
    except ZeroDivisionError as e:
        del e
        print("deleted")
    try: e
    except NameError as n: print(type(n))
except Exception as e: print("never", repr(e))
""",
)

in_function(
    "bare raise and context in nested blocks",
    """
try:
    try: 1/0
    except ZeroDivisionError:
        for i in range(2):
            if i == 1:
                with open("/dev/null"):
                    raise
except ZeroDivisionError as e: print("again", e.__context__)
try:
    try: 1/0
    except ZeroDivisionError:
        for i in range(1):
            if True: {}["k"]
except KeyError as e: print(repr(e.__context__))
""",
)

in_function(
    "groups",
    """
def group(): raise ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [ValueError(3), KeyError(4)])])
try:
    try: group()
    except* ValueError as e: print("values", repr(e))
    except* TypeError: print("types")
    else: print("no")
    finally: print("fin")
except ExceptionGroup as rest: print(repr(rest))
try: raise KeyError(5)
except* KeyError as e: print(repr(e))
try: pass
except* ValueError: pass
else: print("else")
""",
)

program(
    "with",
    """
class M:
    def __init__(self, name, swallow=False, fail=""): self.name, self.swallow, self.fail = name, swallow, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter": raise OSError(self.name)
        return self.name
    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind, value, trace is None)
        if self.fail == "exit": raise RuntimeError(self.name)
        return self.swallow
def f(what):
    for i in range(2):
        with M("a", swallow=what == "swallow") as a, M("b", fail=what) as b:
            print(a, b)
            if what == "return": return i
            if what == "break": break
            if what == "continue": continue
            if what in ("raise", "swallow"): raise ValueError(i)
        print("after", i)
    return "end"
for what in ("", "return", "break", "continue", "raise", "swallow", "enter", "exit"):
    try: print(f(what))
    except Exception as e: print(repr(e), repr(e.__context__))
try:
    with 5: pass
except TypeError as e: print(e)
with M("c"): pass
with (M("d") as d, M("e")): print(d)
""",
)

in_function(
    "match",
    """
from dataclasses import dataclass
import enum
@dataclass
class P:
    x: object
    y: object = 0
class Color(enum.Enum):
    RED = 1
    BLUE = 2
def show(v): print("show", v)
for subject in (1, 2.5, "s", b"b", None, True, [1, 2], (1, 2, 3, 4), [], {"a": 1, "b": 2}, {}, P(1, 2), P(P(3)), Color.RED, Color.BLUE, -3, 1+2j, [[1, 2], {"k": (3,)}], "long text"):
    match subject:
        case True | None as t: show(("single", t))
        case 1 | 2: show("one or two")
        case -3: show("minus")
        case 1+2j: show("complex")
        case float(f): show(("float", f))
        case "s" | b"b": show("short")
        case Color.RED: show("red")
        case Color(): show("color")
        case P(P(x), y=0): show(("nested", x))
        case P(x=1, y=b) if b > 1: show(("p", b))
        case []: show("empty")
        case [a, b] if a == 1: show((a, b))
        case [[a, b], {"k": (c,)}]: show((a, b, c))
        case [first, *_, last]: show((first, last))
        case {"a": one, **rest}: show((one, rest))
        case {}: show("mapping")
        case str() as s if len(s) > 20: show("never")
        case _ if False: show("never")
        case other: show(("other", other))
for i in range(3):
    match i:
        case 0: continue
        case 1: print("one")
        case 2: break
match 5:
    case Undefined.x if False: pass
""",
)

program(
    "return in match",
    """
def f(x):
    match x:
        case [a, b]: return a + b
        case {"k": v} if v: return v
        case int(n) | str(n): return n
    return "nothing"
print([f(x) for x in ([1, 2], {"k": 3}, {"k": 0}, 4, "s", 5.0)])
""",
)

# --- variables

program(
    "closures",
    """
def make(n, step=2):
    count = 0
    def up():
        nonlocal count
        count += step
        return count
    def down():
        nonlocal count
        count -= n
        return lambda: count + n
    for i in range(2): up()
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    def unbound(): return later
    try: unbound()
    except NameError as e: print(type(e).__name__)
    later = 5
    print(unbound())
    del later
    try: unbound()
    except NameError as e: print(type(e).__name__)
    return up, down, [f() for f in fs], [g() for g in gs]
up, down, a, b = make(10)
print(up(), down()(), a, b, up.__closure__ is not None)
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(10))
def outer(x):
    class C:
        y = x
        def get(self): return x, self.y
        class D:
            z = x
    x += 1
    return C
print(outer(1)().get(), outer(3).D.z)
def deep():
    a = 1
    def one():
        def two():
            def three():
                nonlocal a
                a += 1
                return a
            return three
        return two
    return one()()() , a
print(deep())
""",
)

program(
    "captured in regions",
    """
def f(items):
    out = []
    total = 0
    for x in items:
        def show(): return x, total
        total += x
        out.append(show)
        if x > 1:
            out.append(lambda: (x, total, [x + y for y in range(2)]))
        try:
            key = x
            out.append(lambda: key)
        finally:
            pass
    while total:
        total -= 1
        out.append(lambda t=total: t)
        if total < 3: break
    return [g() for g in out]
print(f([1, 2, 3]))
fs = [(lambda: (x, y)) for x in range(2) for y in range(2)]
print([f() for f in fs])
def g(k):
    return [[lambda: (i, j, k) for j in range(2)] for i in range(2)], {i: (lambda: i) for i in range(2)}, list((lambda: i) for i in range(2))
a, b, c = g(5)
print([[h() for h in hs] for hs in a], [h() for h in b.values()], [h() for h in c])
def twice():
    return [lambda: x for x in range(3)]
p, q = twice(), twice()
print(p[0].__closure__[0] is p[1].__closure__[0], p[0].__closure__[0] is q[0].__closure__[0])
""",
)

program(
    "scopes of comprehensions",
    """
x = "global"
r = [x for x in range(3)]
print(x)
def f():
    x = "local"
    r = [x for x in range(3)]
    s = [(y := x, y) for x in range(3)]
    t = [[x for x in range(x)] for x in range(3)]
    u = {k: v for k, v in zip("ab", [x, x])}
    w = [a for a in range(3) if (b := a)]
    return x, r, s, t, u, y, b, w
print(f())
print([y := 1, y**2], y)
print(any((hit := n) > 2 for n in range(5)), hit)
def g():
    global counted
    [counted := n for n in range(4)]
    def h():
        nonlocal total
        [total := total + n for n in range(4)]
    total = 0
    h()
    return total
print(g(), counted)
print([[i * j for j in range(i)] for i in range(4) if i % 2], [(i, j) for i in range(3) for j in range(i)])
class K:
    a = 2
    b = [x for x in range(a)]
print(K.b)
print({n: n for n in range(2)}, {n % 2 for n in range(5)}, sum(n for n in range(4)))
try: print([missing for q in range(1)])
except NameError as e: print(e)
try: print([q for q in 5])
except TypeError as e: print(e)
it = (i for i in range(3) if i)
print(next(it), list(it))
""",
)

program(
    "globals",
    """
n = 0
def f():
    global n, made
    n += 1
    made = n
    for i in range(2):
        n += i
    def inner():
        global n
        n *= 2
    inner()
    del made
f()
print(n, "made" in globals())
try: f2()
except NameError as e: print(e)
def late(): return defined_later
defined_later = 3
print(late())
del defined_later
try: late()
except NameError as e: print(e)
try: del defined_later
except NameError as e: print(e)
def unbound():
    print(q)
    q = 1
try: unbound()
except UnboundLocalError as e: print(e)
def deleted(q):
    del q
    return q
try: deleted(1)
except UnboundLocalError as e: print(e)
len = lambda x: "mine"
print(len([]))
del len
print(len([]), __name__, __debug__)
""",
)

program(
    "private names",
    """
class A:
    __x = 1
    def __init__(self, __p=3): self.__y = 2; self.__p = __p
    def get(self):
        __local = self.__x + self.__y
        def inner(): return __local + self.__y
        [__z for __z in range(2)]
        class B:
            __q = 5
            def m(self): return self.__q
        import os as __os
        for __i in range(1): pass
        with open("/dev/null") as __f: pass
        try: 1/0
        except ZeroDivisionError as __e: print(__e)
        def kw(*, __k=1): return __k
        match 3:
            case __m: pass
        return __local, inner(), self.__p, B().m(), __os.sep, __i, __m, kw(), kw.__kwdefaults__
    def __private(self): return "private"
    def call(self): return self.__private()
    def change(self): self.__x += 1; del self.__y; return self.__dict__
    @staticmethod
    def keyword(): return dict(__a=1)
a = A()
print(a.get(), a.call(), a.change(), A.keyword())
def __outside(): return 1
class _B:
    def m(self): return _B__outside if False else self.__class__.__name__
print(_B().m())
""",
)

program(
    "super and class",
    """
class A:
    def m(self, x): return ["A", x]
    @classmethod
    def c(cls): return cls.__name__
    @property
    def p(self): return 1
class B(A):
    def m(self, x):
        r = super().m(x)
        if x:
            for i in range(1): r.append(super().p)
        r.append(__class__.__name__)
        return r
    @classmethod
    def c(cls): return "B" + super().c()
    def renamed(this, a):
        this2 = this
        return super().m(a), super(B, this).p
    def captured(self):
        def f(): return self, super(B, self).p
        return super().p, f()[1]
    def nested(self):
        def f(self): return super().m(2)
        return f(self)
    def lam(self): return (lambda: super(B, self).m(3))()
b = B()
print(b.m(0), b.m(1), B.c(), b.renamed(5), b.captured(), b.nested(), b.lam())
""",
)

program(
    "classes",
    """
import abc, functools, dataclasses, enum, typing
class Meta(type):
    def __new__(m, name, bases, ns, **kw): print(name, kw, sorted(k for k in ns if not k.startswith("__"))); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
class A(metaclass=Meta, flag=1):
    "doc"
    x: int = 1
    y: "str"
    def m(self) -> int:
        "method doc"
        return self.x
    @property
    def p(self): return self.x
    @p.setter
    def p(self, v): self.x = v
    @staticmethod
    def s(): return "s"
    @classmethod
    def c(cls): return cls.__qualname__
    for i in range(3): exec(f"z{i} = {i}")
    class Inner: q = 1
    print(locals().keys() >= {"x"})
class B(A, flag=2):
    def __init_subclass__(cls, **kw): print("sub", cls.__name__, kw)
class C(B, k=3): pass
a = A()
a.p = 5
print(a.p, a.m(), A.s(), A.c(), A.__doc__, A.m.__doc__, A.z2, A.Inner.__qualname__, A.__annotations__, A.m.__annotations__)
@dataclasses.dataclass
class D:
    n: int
    m: list = dataclasses.field(default_factory=list)
    @functools.cached_property
    def d(self): return self.n * 2
print(D(1), D(2).d, D(1) == D(1))
class E(enum.Enum):
    A = enum.auto()
    B = enum.auto()
print(list(E))
class T(typing.NamedTuple):
    a: int
    b: str = "x"
print(T(1))
def local():
    class L:
        def m(self): return __class__
    return L
print(local().__qualname__, local().m.__qualname__)
class Slots:
    __slots__ = ("a",)
    def __init__(self): self.a = 1
print(Slots().a)
""",
)

program(
    "decorators",
    """
import functools, contextlib
def dec(arg):
    def wrap(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            print(arg, f.__name__)
            return f(*args, **kwargs)
        return inner
    return wrap
@dec("outer")
@dec("inner")
def f(a, *, b=1):
    "doc"
    return a + b
print(f(1), f(1, b=5), f.__name__, f.__doc__)
@contextlib.contextmanager
def manager(n):
    print("in")
    try: yield n
    except ValueError as e: print("caught", e)
    finally: print("out")
with manager(3) as n: print(n)
with manager(4) as n: raise ValueError(n)
@functools.lru_cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20))
table = {}
@lambda g: table.setdefault("k", g)
def k(): return "k"
print(table["k"]())
""",
)

program(
    "annotations",
    """
x: int = 1
y: "later"
z: list[int]
(w): str = "w"
d = {}
d["k"]: int = 5
class O: pass
o = O()
o.a: float = 1.5
o.b: float
print(__annotations__, d, o.a)
if x:
    q: bool = True
def f(a: int, *b: str, c: "q" = 1, **d: float) -> None:
    local: undefined_name = 3
    other: undefined_name
    o.c: undefined_name = 2
    return local
print(f.__annotations__, f(1), o.c)
for i in range(1): r: int = i
print(__annotations__)
""",
)

program(
    "future annotations",
    """
from __future__ import annotations
x: undefined[1, "a"] = 1
def f(a: undefined.b, *c: (1 + 2)) -> undefined | None: return a
class C:
    z: undefined
    def m(self, q: undefined): return q
print(__annotations__, f.__annotations__, C.__annotations__, C.m.__annotations__, f(1), annotations)
def g():
    def h(a: undefined): return a
    return h
print(g().__annotations__)
""",
)

# --- functions

program(
    "signatures",
    """
def f(a, b, /, c, d=4, *args, e, g=7, **kwargs): return a, b, c, d, args, e, g, kwargs
print(f(1, 2, 3, e=5), f(1, 2, 3, 4, 5, 6, e=7, h=8), f(1, 2, c=3, e=5, a=9))
for bad in ((lambda: f()), (lambda: f(1, 2, 3)), (lambda: f(1, b=2, c=3, e=1)), (lambda: f(1, 2, 3, e=1, **{"e": 2}))):
    try: bad()
    except TypeError as e: print(e)
args, kw = [1, 2], {"c": 3}
print(f(*args, **kw, e=5), f(*args, 3, *[4, 5], e=6, **{}, **{"x": 1}))
print((lambda *a, **k: (a, k))(1, *[2], x=3), (lambda: (yield))().__class__.__name__)
def default(a=[]): a.append(1); return a
default(); print(default())
print(f.__defaults__, f.__kwdefaults__, f.__code__.co_varnames)
def ret(): return 1, *[2, 3]
def nothing(): return
print(ret(), nothing())
def rec(n):
    if n == 0: return []
    return [n] + rec(n - 1)
print(rec(5), sorted([3, 1, 2], key=lambda q: -q), list(map(lambda a, b: a * b, [1, 2], [3, 4])))
sum = lambda *a: "mine"
print(sum(1))
del sum
""",
)

program(
    "generators",
    """
def gen(n):
    "doc"
    for i in range(n):
        got = yield i
        if got: print("got", got)
        if got == "stop": return "stopped"
    else:
        yield "else"
    return "returned"
g = gen(3)
print(next(g), g.send("a"), g.send(None), list(g))
def delegating(n):
    r = yield from gen(n)
    print("result", r)
    try:
        x = yield "mine"
        print("x", x)
    except ValueError as e:
        yield ("caught", str(e))
    finally:
        print("closing")
    with open("/dev/null") as fh:
        yield fh.closed
    while (yield "again"): pass
    a = [(yield 1), (yield 2)]
    b = (yield 3) and (yield 4)
    c = (yield 5) if (yield 6) else (yield 7)
    d = (yield 8) < (yield 9) < (yield 10)
    yield a, b, c
    yield (yield (yield))
    assert (yield "assert")
d = delegating(1)
print(next(d), next(d), next(d))
print(d.throw(ValueError("thrown")))
print(next(d), next(d), d.send(1), d.send(0))
for i in range(20):
    try: print(d.send(i))
    except StopIteration as s: print("stop", s.value); break
    except AssertionError as a: print("assertion"); break
g = gen(2); next(g); g.close()
try: next(g)
except StopIteration: print("closed")
def closing():
    try: yield 1
    finally: print("cleanup")
c = closing(); next(c); c.close()
def empty():
    return
    yield
print(list(empty()))
def early():
    if False: yield
    return 5
try: next(early())
except StopIteration as s: print(s.value)
def raises():
    yield 1
    raise KeyError("k")
try: list(raises())
except KeyError as e: print(e)
def stops():
    yield 1
    raise StopIteration
try: list(stops())
except RuntimeError as e: print(e, repr(e.__cause__))
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3]], 4])))
def finally_return():
    try: yield 1
    finally: return "f"
def loop_exits():
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            yield i
        finally: print("fin", i)
    match i:
        case 3: yield "match"
    yield from (j for j in range(2))
print(list(loop_exits()))
print(list(zip(gen(2), gen(3))), [x for x in gen(2)], sum(gen(0) and [1]), dict(enumerate(gen(1))))
gl = (lambda n: (yield n))(5)
print(next(gl))
class It:
    def __iter__(self):
        yield from [1, 2]
print([*It()], gen.__doc__)
""",
)

program(
    "coroutines",
    """
async def f(x):
    return x * 2
async def g(n):
    total = 0
    for i in range(n):
        total += await f(i)
    if await f(0): total = -1
    values = [await f(i) for i in range(3)]
    return total, values, await f(await f(1))
print(await g(3))
r = await f(4)
async def h():
    try: return await f("x")
    finally: print("fin")
await h()
""",
)

program(
    "native statements",
    """
a = 1
exec("b = a + 1")
print(b, eval("a + b"))
c = eval("b") * 2
for i in range(2):
    exec(f"d{i} = i")
    e = i
print(d0, d1, c, e)
def f(x):
    y = 2
    return sorted(locals()), eval("x + y"), sorted(vars())
print(f(1), "a" in dir(), "a" in vars(), "a" in locals())
class K: pass
k = K(); k.z = 1
print(vars(k), [n for n in dir(k) if n == "z"])
def g():
    return [eval("1 + 1") for _ in range(1)]
print(g())
eval("a")
""",
)

program(
    "asynchronous statements",
    """
class A:
    async def __aenter__(self): print("in"); return 1
    async def __aexit__(self, *e): print("out")
    def __aiter__(self): self.n = 0; return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n
async with A() as a: print(a)
async for x in A(): print(x)
ys = [y async for y in A()]
async def f():
    async with A() as a: pass
    async for q in A(): pass
    return a, q, [y async for y in A()]
print(ys, await f())
async def agen():
    yield 1
    yield 2
print([x async for x in agen()])
x
""",
)

program(
    "imports",
    """
import os.path, sys as system
from collections import (OrderedDict as OD, defaultdict)
from os import *
import xml.dom.minidom as dom
def f():
    import json, os.path as p
    from math import pi as q
    return json.dumps([1]), p.sep, q
print(f(), OD, defaultdict, os.path is system.modules["os.path"], dom.__name__, sep)
try: import no_such_module_at_all
except ImportError as e: print(e, e.name)
try: from os import no_such_name
except ImportError as e: print(type(e))
""",
)

program(
    "docstring and constants",
    """
"the doc"
"not the doc"
1
...
x = (1, 2, (3, "a")); y = (1, 2, (3, "a"))
print(__doc__, 10**3, -1, 1e100, 1j, b"b", "a" "b", ..., 60*60, not 1, x is y, -(-1), ~5, (1,) + (2,), "%s" % ("a",), f"", f"plain")
def f():
    "doc of f"
    return (1, 2)
print(f() is f(), f.__doc__)
""",
)

program(
    "unpacking",
    """
a, b = 1, 2
a, b = b, a
(a, *b), c = "xyz", [1]
*d, = range(3)
[e, [f, g]] = 1, (2, 3)
first, *middle, last = range(5)
h, = {5}
print(a, b, c, d, e, f, g, first, middle, last, h)
for bad in ("a, b = 1", "a, b = 1, 2, 3", "a, *b, c = [1]", "[a] = []"):
    try: exec(bad)
    except (TypeError, ValueError) as x: print(x)
def f():
    p, (q, *r) = 1, "abc"
    return p, q, r
print(f())
x = [1, 2, 3]
i = 0
i, x[i] = 1, 9
print(i, x, [*x, *"ab"], {**{1: 2}, 3: 4}, (*x,), {*x})
l = list(range(10)); l[2:5] = []; del l[0], l[-1:]; l[::2] += (1,) if False else []
print(l) if False else None
""",
)

program(
    "operators",
    """
a, b = 7, 3
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, a << b, a >> b, a | b, a & b, a ^ b, -a, +a, ~a, not a)
print(a == b, a != b, a < b, a <= b, a > b, a >= b, a is b, a is not b, a in [7], b not in [7], 1 < 2 < 3 > 2 != 5, 1 < 2 > 5 < x if False else 0)
class M:
    def __matmul__(self, o): return "@"
    def __imatmul__(self, o): return "i@"
m = M()
print(m @ 1)
m @= 1
print(m)
for op in "+ - * / // % ** << >> | & ^".split():
    c = 13
    exec(f"c {op}= 3")
    print(c)
c = 1; c += 1; c -= 5; c *= 3; c /= 2; c //= 1; c **= 2; c %= 7
d = 6; d <<= 2; d >>= 1; d |= 1; d &= 13; d ^= 3
s = "x"; s += "y"; l = [1]; k = l; l += [2]; l *= 2
print(c, d, s, l, k is l)
print("a" "b" in "cab", [] or {} or 0 or "last", 1 and [] and 2, None is None)
""",
)

program(
    "equal lambdas",
    """
fs = [lambda: 1, lambda: 1, lambda: 2, lambda a: 1, lambda a=(lambda: 3): a, lambda: None, lambda: None, lambda: (lambda: 1)]
print([f(*[5] * f.__code__.co_argcount) for f in fs[:4]])
""",
)

program(
    "code that is never reached",
    """
def g():
    if 0: return lambda: 1
    return 5
    lambda: 2
def h():
    assert 1, lambda x: x
    while 0:
        class A: pass
        def f(): pass
print(g(), h())
""",
)

program(
    "assertions",
    """
assert True
assert 1, "never"
def f(x):
    assert x, ("message", x)
    assert x > 1
    return "ok"
for v in (0, 1, 2):
    try: print(f(v))
    except AssertionError as e: print(e.args)
for i in range(3): assert i < 5, i
assert [] , "end"
""",
)

program(
    "fstrings",
    '''
x, w, name = 3.14159, 10, "n"
print(f"{x:.2f} {x:{w}.{2}f} {name!r:>{w}} {name!s} {name!a} {{}} {x=} {x = :.1f} {'nested ' + f'{name:*^{w}}'}")
print(f"{[i for i in range(3)]} {(lambda q: q * 2)(4)} {x if w else name} {w!r}")
print(f"""multi
{x
} line""" if False else "a")
def f(v): return f"<{v}>" f"{v}"
print(f(1), f"{f(2)}{f(3)}")
''',
)

program(
    "walrus",
    """
if (n := 5) > 3: print(n)
while (n := n - 1) > 2: print("w", n)
print([last := i for i in range(3)], last)
def f():
    if (m := 4) and (k := m + 1): pass
    return m, k, [q := m, q + 1]
print(f(), (z := 1, z + 1)[1])
print(f"{(w := 3)}", w, {(a := 1): (b := a + 1)}, b)
x = (y := 1) if (c := 0) else (d := 2)
print(x, c, d)
""",
)

program(
    "deletions",
    """
class O: pass
o = O(); o.a = 1; o.b = [1, 2, 3]; d = {"k": 1}
del o.a, o.b[0], d["k"]
x = y = 1
del x, (y)
print(vars(o), d, "x" in globals())
def f():
    a = b = 1
    del a
    try: a
    except UnboundLocalError as e: print(e)
    a = 2
    del [a, b]
    for i in range(2):
        t = i
        del t
    c = 1
    def g(): return c
    del c
    try: g()
    except NameError as e: print(e)
    try: c
    except NameError as e: print(type(e).__name__, e)
f()
try: del o.zz
except AttributeError as e: print(e)
""",
)

program("results", "x = 1\nx + 1")
program("result of if is none", "if True: 5")
program("result is a string", "'text'")
program("semicolon", "x = 1; x")
program("empty", "")
program("comment only", "# nothing\n")

program(
    "warnings",
    """
x = 5
print(x is 5, "\\d" == "\\\\d")
def f(): return x is 5
class A:
    def m(self): return [x is 5 for _ in range(1)] and super().__repr__ and (lambda: x is 5)
if x is 5: print(f(), A().m()())
assert (x, "always true")
""",
)

# --- where exceptions come from

TRACEBACKS = [
    "1 / 0",
    "x = 1\ny = (x +\n  None)",
    "def f(a):\n    return (a\n        .b\n        .c(1,\n           2))\nf(1)",
    "def f(a):\n    return (a.strip(1,\n      2)\n      .lower())\nf('')",
    "class A: pass\na = A()\n(a\n .b\n .c) = 1",
    "for x in 5:\n    pass",
    "def f():\n    for x in [1, 2]:\n        for y in [0]:\n            if x:\n                x / y\nf()",
    "def f():\n    while True:\n        try:\n            {}['k']\n        except KeyError:\n            raise ValueError('v')\nf()",
    "def f():\n    try:\n        {}['k']\n    except KeyError as e:\n        print(e)\n        raise ValueError('v') from e\nf()",
    "def f():\n    try:\n        {}['k']\n    finally:\n        print('f')\nf()",
    "def f():\n    try:\n        {}['k']\n    except ValueError:\n        print('f')\nf()",
    "def f():\n    try:\n        {}['k']\n    except KeyError:\n        raise\nf()",
    "def f():\n    try:\n        {}['k']\n    except (\n     KeyError) as e:\n        raise e\nf()",
    "def f(n):\n    if n:\n        return f(n - 1)\n    [1][2]\nf(3)",
    "def f(n):\n    for i in range(1):\n        if n:\n            with open('/dev/null'):\n                f(n - 1)\n    [1][2]\nf(2)",
    "class M:\n    def __enter__(self): return self\n    def __exit__(self, *a): 1/0\ndef f():\n    x = 1\n    with M() as m:\n        x = 2\nf()",
    "class M:\n    def __enter__(self): return self\n    def __exit__(self, *a): 1/0\ndef f():\n    x = 1\n    with (M() as m,\n      M() as n):\n        {}[1]\nf()",
    "class M:\n    def __enter__(self): 1/0\n    def __exit__(self, *a): 1/0\nwith open('/dev/null') as f, M() as m:\n    {}[1]",
    "x = [1 / (n - 1)\n  for n in range(3)]",
    "def f():\n    return [g(n) for n in\n       range(3)]\ndef g(n): return 1 / (n - 1)\nf()",
    "x = [n for n in 5]",
    "x = {n: 1 / m for n in range(2)\n for m in range(2)}",
    "x = list(1 / n for n in range(2))",
    "def f():\n    assert (1 >\n     2), 'm'\nf()",
    "assert False",
    "a, b = 1, 2, 3",
    "def f():\n    a, (b, c) = 1, (2,)\nf()",
    "def f(a): pass\nf()",
    "def f(a): pass\nf(*[1], **{'b': 2})",
    "f = lambda: (1 +\n  undefined)\nf()",
    "undefined",
    "def f():\n    print(undefined)\n    undefined = 1\nf()",
    "raise ValueError(\n  1)",
    "raise 5",
    "raise (KeyError\n  ) from 5",
    "import no_such_module_anywhere",
    "def f():\n    from os import (sep,\n      nothing_like_this)\nf()",
    "class A:\n    x = 1 / 0",
    "class A:\n    def m(self):\n        return self.nothing\nA().m()",
    "class A(5): pass",
    "def dec(f): 1/0\n@dec\ndef g(): pass",
    "def dec(f): 1/0\n@dec\n@dec\nclass G:\n    pass",
    "def f(a=1/0): pass",
    "def f(a: 1/0): pass",
    "x = {}\nx['a'] += 1",
    "x = 1\nx.y += 1",
    "x = 1\ndel x.y",
    "x = []\nx[\n 0] = 1",
    "x = 'a' < (\n  1)",
    "x = 1 < 2 < 'a'",
    "x = -'a'",
    "f'{1:zz}'",
    "f'{1}{undefined}'",
    "class B:\n    def __bool__(self): 1/0\nif (\n  B()):\n    pass",
    "class B:\n    def __bool__(self): 1/0\ndef f():\n    while 1 and (\n      B()): pass\nf()",
    "class B:\n    def __bool__(self): 1/0\nx = 1 and B() and 2",
    "class B:\n    def __bool__(self): 1/0\nx = (not\n  B())",
    "class B:\n    def __bool__(self): 1/0\nx = 1 if (\n  B()) else 2",
    "class B:\n    def __bool__(self): 1/0\ndef f():\n    assert (\n  B())\nf()",
    "class B:\n    def __lt__(self, o): return self\n    def __bool__(self): 1/0\nx = (1 <\n  B() <\n 3)",
    "class B:\n    def __bool__(self): 1/0\nx = [1 for x in range(2) if (\n  B())]",
    "def g():\n    yield 1\n    1/0\ndef f():\n    for x in g():\n        print(x)\nf()",
    "def g():\n    x = yield 1\n    yield from h()\ndef h():\n    yield 2\n    1/0\nlist(g())",
    "def g():\n    try:\n        yield 1\n    finally:\n        print('f')\nx = g()\nnext(x)\nx.throw(KeyError(1))",
    "match 5:\n    case Undefined():\n        pass",
    "match 5:\n    case int(a, b):\n        pass",
    "match 5:\n    case x if x / 0:\n        pass",
    "def f():\n    match [1]:\n        case [x]:\n            x / 0\nf()",
    "async def f():\n    1/0\nawait f()",
    "try:\n    raise ExceptionGroup('g', [ValueError(1), KeyError(2)])\nexcept* ValueError as e:\n    pass",
    "def f():\n    eval('1/0')\nf()",
    "x = 1\neval('1/0')\nx = 2",
    "def f(n):\n    return 1 if n == 0 else 2 / f2(n)\ndef f2(n): return n and {}[n]\nf(1)",
    "def f():\n    try:\n        return 1/0\n    finally:\n        undefined\nf()",
    "def f():\n    try:\n        try:\n            1/0\n        except ZeroDivisionError as e:\n            for i in range(1):\n                {}[i]\n    except KeyError:\n        []['a']\nf()",
]
for number, source in enumerate(TRACEBACKS):
    program(f"traceback {number}: {source[-30:]!r}", source)
