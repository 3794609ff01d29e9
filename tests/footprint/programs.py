"""Random programs for the soundness fuzz: aliased lists, dicts and objects, closures, generators, all values of three shapes.

A *list* holds lists, a *dict* maps strings to lists, an *object* is a `Node` with lists, a dict and another object. So any expression of a
shape fits wherever the shape is wanted, and programs hardly ever fail. `PARK` stands where footprints are taken.
"""

from __future__ import annotations

import random


PREAMBLE = """
import contextlib, functools, itertools, copy, collections, operator, dataclasses
class E(Exception):
    pass
class Base:
    shared = []
    registry = {"a": []}
    def keep(self, v):
        self.kept = v
        return v
    def grow(self, v):
        self.items.append(v)
        return self.items
class Node(Base):
    def __init__(self, items, peer=None):
        PARK()
        self.items = items
        self.table = {"a": items, "b": []}
        self.peer = peer if peer is not None else self
        self.count = 0
        self.kept = []
    @property
    def first(self):
        return self.items[0] if self.items else self.items
    @first.setter
    def first(self, v):
        PARK()
        self.items[:1] = [v]
    @staticmethod
    def pick(v):
        return v[-1] if v else v
    @classmethod
    def make(cls, v):
        cls.shared.append(v)
        return cls(v)
    @functools.cached_property
    def lazy(self):
        return [self.items]
    def grow(self, v):
        self.count += 1
        PARK()
        return super().grow(v)
    def link(self, other):
        self.peer = other
        return other.items
    def __add__(self, v):
        self.kept.append(v)
        return self.items
    def __getitem__(self, k):
        return self.table.get(k, self.kept)
    def __setitem__(self, k, v):
        PARK()
        self.table[k] = v
    def __iter__(self):
        return iter(self.items[:3])
    def __call__(self, v):
        PARK()
        self.kept = v
        return self.items
    def __enter__(self):
        self.count += 1
        return self.items
    def __exit__(self, t, e, tb):
        self.kept.append([])
        return False
    def __len__(self):
        return len(self.items)
    def __bool__(self):
        return True
    def __contains__(self, v):
        self.count += 1
        return False
@dataclasses.dataclass
class Pair:
    items: list
    other: list = dataclasses.field(default_factory=list)
class Slotted:
    __slots__ = ("items", "other")
    def __init__(self, a, b):
        self.items = a
        self.other = b
Point = collections.namedtuple("Point", "items other")
class Sub(list):
    def put(self, v):
        self.append(v)
        return self
    def append(self, v):
        self.last = v
        super().append(v)
class Hook:
    def __init__(self, v):
        object.__setattr__(self, "box", v)
    def __getattr__(self, name):
        return self.box
    def __setattr__(self, name, v):
        self.box.append(v)
class Meter:
    def __init__(self, v):
        self.log = v
    def __iadd__(self, v):
        self.log.append(v)
        return self
    def __radd__(self, v):
        return self.log
    def __lt__(self, other):
        PARK()
        self.log.append([])
        return True
    def __eq__(self, other):
        return self is other
    def __hash__(self):
        return 1
    def __str__(self):
        self.log.append([])
        return "m"
def ident(v):
    return v
def two(a, b=[]):
    b.append(a[:1])
    return b
def wrap(*args, **kw):
    return list(args) + list(kw.values())
def counter():
    box = []
    def bump(v):
        nonlocal box
        if len(box) > 3:
            box = PARK([])
        box.append(v)
        return box
    return bump
def gen(v):
    for q in v[:2]:
        yield q
    yield v
def strs(v):
    v.append([])
    yield "s"
class Points:
    def __init__(self, v):
        self.log = v
    def __iter__(self):
        self.log.append([])
        return self
    def __next__(self):
        self.log.append([])
        raise StopIteration
@contextlib.contextmanager
def manager(v):
    v.append([])
    try:
        yield v
    finally:
        v.append([])
def deco(f):
    @functools.wraps(f)
    def inner(*a, **k):
        calls.append([])
        return f(*a, **k)
    return inner
calls = []
@deco
def decorated(v):
    return [v]
@functools.lru_cache
def cached():
    return [[]]
def rec(v, n=3):
    PARK()
    v.append([])
    return rec(v[:2], n - 1) if n else v
def setglobal(v):
    global g0
    g0 = v
    return g1
bump = counter()
part = functools.partial(two, [])
"""


class Maker:
    """One random program."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lists = ["g0", "g1", "g2", "g3"]
        self.dicts = ["d0", "d1"]
        self.objects = ["o0", "o1", "o2"]
        self.lines: list[str] = []
        self.indent = 0
        self.functions: list[str] = []
        self.inside = 0
        self.loops = 0
        self.budget = 40
        self.fresh = 0
        self.cells: list[list[str]] = []

    def choose(self, *options: str) -> str:
        return self.random.choice(options)

    def chance(self, p: float) -> bool:
        return self.random.random() < p

    # ---- expressions

    def list_(self, depth: int = 2) -> str:
        r = self.random
        if depth <= 0 or self.chance(0.35):
            return (
                self.choose(*self.lists, "[]")
                if self.chance(0.8)
                else f"{self.choose(*self.objects)}.{self.choose('items', 'kept')}"
            )
        a, b = self.list_(depth - 1), self.list_(depth - 2)
        o, d = self.object_(depth - 1), self.dict_(depth - 1)
        k = self.choose('"a"', '"b"', '"c"', "key")
        options = [
            f"[{a}, {b}]", f"[{a}]", f"({a} + {b}[:2])[:6]", f"list({a})", f"{a}[:]", f"{a}[1:]", f"({a} or [{b}])[0]", f"({a} or [{b}])[-1]",
            f"next(iter({a}), {b})", f"max({a}, key=len, default={b})", f"[q for q in {a}[:3]]", f"[{b} for q in {a}[:2]]",
            f"[q + [{b}] for q in {a}[:2] if q]", f"{d}.get({k}, {a})", f"{d}.setdefault({k}, {a})", f"{o}.items", f"{o}.first", f"{o}.grow({a})",
            f"{o}.keep({a})", f"{o}.link({self.object_(0)})", f"Node.pick({a})", f"{o}.make({a}).items", f"{o}.lazy", f"({o} + {a})", f"{o}[{k}]",
            f"{o}({a})", f"list({o})", f"ident({a})", f"two({a})", f"two({a}, {b})", f"wrap({a}, {b}, k={a})", f"wrap(*{a}[:2], **{d})", f"bump({a})",
            f"list(gen({a}))", f"decorated({a})", "cached()", f"rec({a}[:2])", f"setglobal({a})", "part()", f"({a} if {self.cond()} else {b})", f"({a} and {b})",
            f"({a}, {b})[{r.randint(0, 1)}]", f"[*{a}[:3], {b}]", f"sorted({a}, key=len)", f"list(map(ident, {a}[:3]))", f"list(map({self.function()}, {a}[:2]))",
            f"(lambda q: {b})({a})", f"(lambda q=[{a}]: q)()", f"functools.partial(two, {a})({b})", f"[x for p in zip({a}[:2], {b}[:2]) for x in p]",
            f"[q for i, q in enumerate({a}[:2])]", f"[v for k, v in {d}.items()]", f"list({d}.values())", f"Pair({a}).items", f"Pair({a}, {b}).other",
            f"Point({a}, {b}).other", f"Point({a}, {b})[0]", f"Slotted({a}, {b}).items", f"Sub({a}[:2]).put({b})", f"Hook({a}).anything", f"copy.copy({a})",
            f"copy.deepcopy({a}[:1])", f"list(itertools.chain({a}[:2], [{b}]))", f"functools.reduce(lambda x, y: x, {a}[:3], {b})", f"{self.function()}({a})",
            f"(y := {a})", f"next(it0, {a})", f"next(it1, {a})", f"{o}.peer.items", f"getattr({o}, 'items')", f"sum([[{a}], [{b}]], [])", f"{o}.shared",
            f"{o}.registry['a']", f"list(reversed({a}))[:3]", f"operator.itemgetter(0)([{a}])", f"list(filter(None, {a}))", f"[] + Meter({a})", f"tab['f']({a})",
            f"tab['g']({a})", f"list({{'z': {a}}}.values())[0]", f"[z[0] for z in [[{a}], [{b}]]][0]", "pair0[0]", "pair0[1]", "sl.items", "dc.other",
            f"(lambda *z: list(z))(*{a}[:2])", f"[(lambda: q)() for q in {a}[:2]]", f"[f() for f in [lambda q=q: q for q in {a}[:2]]]",
        ]  # fmt: skip
        return r.choice(options)

    def dict_(self, depth: int = 1) -> str:
        if depth <= 0 or self.chance(0.6):
            return self.choose(*self.dicts)
        return self.choose(
            f"{self.object_(0)}.table", f"{{'a': {self.list_(depth - 1)}, 'b': {self.list_(0)}}}", f"dict({self.choose(*self.dicts)})",
            f"{{**{self.choose(*self.dicts)}, 'a': {self.list_(0)}}}", f"{{k: v for k, v in {self.choose(*self.dicts)}.items()}}", "dd",
            f"({self.choose(*self.dicts)} | {self.choose(*self.dicts)})",
        )  # fmt: skip

    def object_(self, depth: int = 1) -> str:
        if depth <= 0 or self.chance(0.6):
            return self.choose(*self.objects)
        return self.choose(
            f"{self.choose(*self.objects)}.peer", f"Node({self.list_(depth - 1)})", f"Node({self.list_(0)}, {self.choose(*self.objects)})",
            f"ident({self.choose(*self.objects)})", f"Node.make({self.list_(0)})", f"copy.copy({self.choose(*self.objects)})",
        )  # fmt: skip

    def function(self) -> str:
        return self.choose(
            "ident", "bump", "decorated", "Node.pick", "o0.keep", "o1.grow", "o2", "g1.append and ident", *self.functions
        )

    def cond(self) -> str:
        a = self.choose(*self.lists)
        return self.choose(f"len({a}) % 2", f"{a} is {self.choose(*self.lists)}", f"not {a}", f"{self.choose(*self.objects)}.count > 1", "flag()",
                           f"len({a}) > 2 and len({self.choose(*self.lists)}) < 3", f"{a} in {self.choose(*self.objects)}", f"{self.choose(*self.objects)}.count % 2")  # fmt: skip

    # ---- statements

    def emit(self, line: str) -> None:
        self.lines.append("    " * self.indent + line)

    def name(self, prefix: str = "v") -> str:
        self.fresh += 1
        return f"{prefix}{self.fresh}"

    def block(self, size: int, *, value: bool = False) -> None:
        self.indent += 1
        lists, functions = list(self.lists), list(self.functions)
        for _ in range(self.random.randint(1, size)):
            self.statement()
        self.lists, self.functions = lists, functions
        self.indent -= 1

    def park(self) -> None:
        self.emit("PARK()")

    def statement(self) -> None:
        self.budget -= 1
        if self.chance(0.25):
            self.park()
        r = self.random.random()
        if self.budget > 0 and self.indent < 4 and r < 0.33:
            self.compound()
        else:
            self.simple()

    def simple(self) -> None:
        a, b = self.list_(), self.list_(1)
        o, d = self.object_(), self.dict_()
        k = self.choose('"a"', '"b"', '"c"', "key")
        own = self.choose(*self.lists)
        options = [
            f"{a}.append({b})", f"{a}.append({b})", f"{a}.extend({b}[:2])", f"{own} += {b}[:2]", f"{own} = {a}", f"{a}[:1] = [{b}]", f"{a}.insert(0, {b})",
            f"if {own}: {own}[0] = {b}", f"if {own}: {own}.pop()", f"del {own}[3:]", f"{d}[{k}] = {a}", f"{d}.pop({k}, None)", f"{d}.update({{'c': {a}}})",
            f"{d}.setdefault({k}, []).append({a})", f"dd[{k}].append({a})", f"{o}.items = {a}", f"{o}.items += [{b}]", f"{o}.peer = {self.object_(0)}",
            f"{o}.count += 1", f"{o}.table = {self.dict_(0)}", f"{o}.first = {a}", f"{o}[{k}] = {a}", f"{o}.kept, {o}.items = {a}, {b}", f"Base.shared = {a}",
            f"Base.shared.append({a})", f"Node.extra = {a}", f"{a}", f"{a}.sort(key=len)", f"tab['f'] = lambda q: {b}", f"mm += {a}", f"hook.anything = {a}",
            f"sub.append({a})", f"sl.other = {a}", f"dc.items = {a}", "str([mm])", "f'{mm} {[mm]}'", "[mm, mm] < [mm]", f"pair0[0].append({a})",
            f"{own}, y = {b}, {own}", f"(y, *zz) = [{a}, {b}, {a}]", f"zz.append({a})", f"stack.appendleft({a})", f"{a}.clear()", "s0.add(mm)", f"gen0 = gen({a})",
            f"it0 = iter({a})", "\'\'.join(strs0)", f"strs0 = strs({a})", f"\'-\'.join(strs({a}))", f"list(Points({a}))", f"\'\'.join(Points({a}))",
            f"pt.items.append({a})", f"pt = Point({a}, {b})", "'%s' % (mm,)", "'{}'.format(mm)", f"part = functools.partial(two, {a})",
        ]  # fmt: skip
        line = self.random.choice(options)
        if self.inside and line.split(" ")[0].rstrip(",") in ("mm", "gen0", "it0", "part", "strs0", "pt", "y,", "(y,"):
            line = f"{a}.append({b})"
        if self.chance(0.25):
            # a park in the middle of an expression; `PARK` answers with its argument
            line = line.replace(b, f"PARK({b})", 1) if self.chance(0.5) else line.replace(a, f"PARK({a})", 1)
            if "PARK" in line and (
                line.startswith(("if ", "PARK", "(", "mm"))
                or "lambda" in line.split("PARK")[0]
                or " for " in line
                or "=PARK" in line
            ):
                line = line.replace("PARK", "")
        self.emit(line)

    def compound(self) -> None:
        kind = self.random.randrange(13)
        if kind == 0:
            self.emit(f"if {self.cond()}:")
            self.block(3)
            if self.chance(0.5):
                self.emit("else:")
                self.block(2)
        elif kind in (1, 2):
            q = self.name("q")
            source = self.choose(
                f"{self.list_()}[:3]",
                f"list({self.dict_()}.values())[:3]",
                f"gen({self.list_(1)})",
                self.object_(),
                "gen0",
                "it1",
                "list(reversed(g0))[:2]",
            )
            self.emit(f"for {q} in {source}:")
            self.loops += 1
            self.lists.append(q)
            self.block(3)
            self.lists.pop()
            if self.chance(0.3):
                self.indent += 1
                self.emit(f"if {self.cond()}: {self.choose('break', 'continue')}")
                self.indent -= 1
            self.loops -= 1
        elif kind == 3:
            n = self.name("n")
            self.emit(f"{n} = 0")
            self.emit(f"while {n} < 2 and len(g0) < 50:")
            self.indent += 1
            self.emit(f"{n} += 1")
            self.indent -= 1
            self.block(3)
        elif kind == 4:
            self.emit("try:")
            self.block(2)
            self.indent += 1
            self.emit(f"if {self.cond()}: raise E({self.list_(0)})" if self.chance(0.7) else "pass")
            self.indent -= 1
            e = self.name("e")
            self.emit(f"except E as {e}:")
            self.lists.append(f"{e}.args[0]")
            self.block(2)
            self.lists.pop()
            if self.chance(0.4):
                self.emit("else:")
                self.block(2)
            if self.chance(0.5):
                self.emit("finally:")
                self.block(2)
        elif kind == 5:
            w = self.name("w")
            self.emit(f"with {self.choose(self.object_(0), f'manager({self.list_(1)})')} as {w}:")
            self.lists.append(w)
            self.block(3)
            self.lists.pop()
        elif kind in (6, 7, 8) and self.inside < 2:
            self.definition()
        elif kind == 9:
            v = self.name()
            self.emit(f"{v} = {self.list_()}")
            self.lists.append(v)
        elif kind == 10:
            v = self.name()
            self.emit(f"for i, {v} in enumerate({self.list_(1)}[:2]):")
            self.lists.append(v)
            self.block(2)
            self.lists.pop()
        elif kind == 11:
            v = self.name()
            self.emit(f"match {self.list_(1)}:")
            self.indent += 1
            self.emit(f"case [{v}, *_]:")
            self.lists.append(v)
            self.block(2)
            self.lists.pop()
            self.emit(f"case {v}:")
            self.lists.append(v)
            self.block(2)
            self.lists.pop()
            self.indent -= 1
        else:
            self.simple()

    def definition(self) -> None:
        f, p = self.name("f"), self.name("p")
        outer = [v for v in self.lists if v.startswith("v")] if self.inside else []
        self.emit(f"def {f}({p}, *rest, k=[]):")
        self.inside += 1
        self.indent += 1
        if self.chance(0.3):
            self.emit(
                f"global g{self.random.randint(0, 3)}" if not (outer and self.chance(0.6)) else f"nonlocal {self.choose(*outer)}"
            )
            declared = self.lines[-1].split()[-1]
        else:
            declared = ""
        self.emit("CELLS")
        self.indent -= 1
        saved = self.lists
        own = self.name()
        # a name that the body assigns to is its own, unless declared
        self.lists = [p, own, "k"] + ([declared] if declared else [])
        self.readable(saved, declared)
        self.indent += 1
        self.emit(f"{own} = {self.list_(1)}")
        self.indent -= 1
        self.block(4)
        self.indent += 1
        self.emit(f"return {self.list_()}")
        self.indent -= 1
        self.lists = saved
        self.inside -= 1
        self.functions.append(f)
        if self.chance(0.8):
            v = self.name()
            self.emit(f"{v} = {f}({self.list_(1)})")
            self.lists.append(v)

    def readable(self, names: list[str], declared: str) -> None:
        # names of the scopes around are read through calls only, so that no statement makes them local by accident
        for name in names:
            if name != declared and name.isidentifier() and self.chance(0.6):
                self.lists.append(f"ident({name})")

    def program(self) -> tuple[str, str]:
        """The setup, and the program with `PARK` and `CELLS` lines."""
        self.emit("def flag():")
        self.emit("    calls.append([])")
        self.emit("    return len(calls) % 2")
        for _ in range(self.random.randint(3, 8)):
            self.statement()
        body = "\n".join(self.lines)
        setup = (
            PREAMBLE
            + """
g0, g1, g2 = [], [[]], [[], []]
g3 = [g0, g1]
g2.append(g0)
d0 = {"a": g0, "b": [g1]}
d1 = {"a": g2}
o0 = Node(g1)
o1 = Node([g2], o0)
o2 = Node([], o1)
o0.peer = o2
dd = collections.defaultdict(list)
dd["a"] = g3
tab = {"f": ident, "g": bump, "h": o1.keep}
mm = Meter([])
hook = Hook([g0])
sub = Sub([g1])
sl = Slotted(g0, [g2])
dc = Pair([g3], g1)
pair0 = (g2, [g0])
stack = collections.deque([g1])
s0 = {mm}
it0 = iter(g3)
it1 = iter([g0, g2])
gen0 = gen(g2)
strs0 = strs(g1)
pt = Point(g0, [g1])
y = []
zz = [g1]
key = "a"
"""
        )
        return setup, body


def make(seed: int) -> tuple[str, str]:
    """A random program: setup and body."""
    return Maker(seed).program()
