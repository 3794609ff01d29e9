"""What builtins and library functions do, as data: looked up by the identity of the callable, never guessed.

The rows live in `effect_tables/` (its docstring explains the notation). A row holds for operands that are *known* and *plain*
(see `plain.py`) to the depth that the row needs: then running the callable natively calls back nothing. What has no row is
unknown code and runs in order. The rows of a module are resolved when that module has been imported by someone else.

Operands are counted from 0. For a method, bound or not, operand 0 is the receiver; for a callable object (`itemgetter`,
`partial`) the object itself; a class method has no receiver. `receiver(target)` says what to put in front of the arguments.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from types import FunctionType, MethodType, MethodWrapperType, ModuleType
from typing import Any

from poppy_nb import progress, templates, validated
from poppy_nb.known import constructs_client, method_of_client
from poppy_nb.looking import is_a
from poppy_nb.plain import (
    BOUND,
    DATA,
    DEEP,
    ELEMENTS,
    KEYS,
    NOTHING,
    OBJECT,
    PAIRING,
    VALUE,
    Depth,
    forget,
    native_iterator,
    plain,
    plain_data,
)


__all__ = [
    "DEEP", "ELEMENTS", "KEYS", "NOTHING", "OBJECT", "VALUE", "Depth", "Effect", "Mode", "depth_of", "directly", "forget",
    "lookup", "method", "native_iterator", "operator", "plain", "plain_data", "receiver",
]  # fmt: skip


class Mode(IntEnum):
    """How a location or resource is touched."""

    READ = 1
    WRITE = 2


@dataclass(frozen=True, slots=True)
class Effect:
    """One row: what a callable needs, and what it does besides answering."""

    name: str  # "list.append", "json.dumps", "list[i]=x": also what `runtime/undo.py` goes by
    needs: tuple[Depth, ...] = (DEEP,)  # per operand; the last one counts for all that follow, and for keywords
    writes: tuple[int, ...] = ()  # indices of operands that it changes
    stores: bool = False  # keeps operands inside the ones that it writes
    # "fresh" (new or immutable), "part" (may be or contain an operand or an element), "none" (None, at once), "self" (operand 0)
    returns: str = "fresh"
    resource: str | None = None  # ordered on this, besides its operands
    resource_mode: Mode = Mode.READ
    path: int | None = None  # index of the operand that names the file, if resource is "file": other files are other resources
    handle: bool = False  # that operand is the open file itself
    gives: str = ""  # what the answer is, where that is worth knowing before it is there: "file", "listing", "client"
    final: bool = False  # cannot be undone: runs when it retires
    model: str | None = None  # a mediated implementation in runtime/models.py
    direct: bool = False  # with a model: runs natively nevertheless if there are no keywords and the operands are plain
    looks: bool = False  # at attributes of what it is given, of whatever class
    clock: bool = False  # reads the clock (A4)
    external: bool = False  # waits for something outside: sleep
    consumes: tuple[int, ...] = ()  # iterables that are read to their end: a lazy one is made a list first (`models.consumed`)
    unless: frozenset[str] = frozenset()  # with one of these keywords it is unknown code
    caller: int = 0  # looks at its caller if it gets that many operands
    most: int | None = None  # with more operands: the model if there is one, else unknown code


def depth_of(effect: Effect, index: int) -> Depth:
    """The depth to which operand `index` must be known and plain."""
    needs = effect.needs
    return needs[index] if index < len(needs) else needs[-1]


def directly(effect: Effect, operands: Sequence[object]) -> bool:
    """Whether a row with a model may run natively on these known operands (and no keywords).

    Native steps of iterators and items() make tuples, in which an open element could not be filled later: the model takes those.
    """
    if not effect.direct or effect.most is not None and len(operands) > effect.most:
        return False
    for index, operand in enumerate(operands):
        if type(operand) in PAIRING or not plain(operand, depth_of(effect, index)):
            return False
    return True


def lookup(target: Any) -> Effect | None:
    """The effect of calling `target`: a builtin or library function, class, method, callable object. None: unknown."""
    hit = _rows.by_id.get(id(target))
    if hit is not None and hit[0] is target:
        return hit[1]
    if _rows.catch_up():
        hit = _rows.by_id.get(id(target))
        if hit is not None and hit[0] is target:
            return hit[1]
    return _rows.find(target)


def receiver(target: Any) -> tuple[Any, ...]:
    """`(operand 0,)` if `target` brings it along: bound methods and callable objects; else `()`."""
    kind = type(target)
    if kind in BOUND or kind is MethodType:
        owner = target.__self__
        if owner is None or is_a(owner, (ModuleType, type)):
            return ()
        hit = _rows.by_id.get(id(target))
        return () if hit is not None and hit[0] is target else (owner,)  # random.choice is bound, and has a row of its own
    if kind is MethodWrapperType:
        return (target.__self__,)
    return (target,) if (kind, "__call__") in _rows.methods else ()


def method(kind: type, name: str) -> Effect | None:
    """The effect of the method `name` of an instance of `kind`, if `kind` inherits it from a class that has rows."""
    _rows.catch_up()
    return _rows.method(kind, name)


def methods_named(name: str) -> tuple[Effect, ...]:
    """The rows of all methods of this name, of whatever class."""
    _rows.catch_up()
    found = _rows.named.get(name)
    if found is None:
        found = _rows.named[name] = tuple(dict.fromkeys(row for (_, method), row in _rows.methods.items() if method == name))
    return found


def operator(kind: str, symbol: str, *types: type) -> Effect | None:
    """The effect of an operator on operands of exactly these types. None: it may call the user's code.

    `kind` is "binary", "inplace", "compare" (with `in`; the container is the second operand, as written), "unary", "getitem",
    "setitem", "delitem", "len", "iter", "bool"; `symbol` is "" for the last six. The type of a stored item does not matter.
    """
    _rows.catch_up()
    symbol = symbol.replace(" ", "_")
    names = _rows.kinds
    key = (kind, symbol, *[names.get(one) or _of_member(kind, symbol, one) for one in types[:2]])
    try:
        found = _rows.operators[key]
    except KeyError:
        found = _rows.operators[key] = _rows.operator(*key)
    if found is not None and found.model == "iadd" and hasattr(types[1], "__radd__"):
        return None  # `list += x` asks `x.__radd__` first
    return found


def _of_member(kind: str, symbol: str, cls: type) -> str:
    """The builtin type whose operator members of an enumeration have: `class Level(IntEnum)` is compared as numbers are."""
    names = _SPECIAL.get((kind, symbol), ())
    if names and issubclass(cls, Enum):
        bases: tuple[Any, ...] = (int, str, float)
        for base in bases:
            if issubclass(cls, base):
                same = all(getattr(cls, name, None) is getattr(base, name, None) for name in names)
                return base.__name__ if same else ""
    return ""


_COMPARED = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
_COMPUTED = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod"}
_SPECIAL = {
    **{("compare", symbol): (f"__{name}__",) for symbol, name in _COMPARED.items()},
    **{("binary", symbol): (f"__{name}__", f"__r{name}__") for symbol, name in _COMPUTED.items()},
    ("unary", "-"): ("__neg__",),
}


@dataclass
class _Rows:
    """All rows that have been resolved so far."""

    by_id: dict[int, tuple[Any, Effect]] = field(default_factory=dict)
    methods: dict[tuple[type, str], Effect] = field(default_factory=dict)
    named: dict[str, tuple[Effect, ...]] = field(default_factory=dict)
    operators: dict[tuple[str, ...], Effect | None] = field(default_factory=dict)  # by names: types are not kept alive
    locals: dict[tuple[str, str], Effect] = field(default_factory=dict)  # functions made by functions: by module and name
    operator_rows: dict[tuple[str, str], list[tuple[tuple[str, ...], Effect]]] = field(default_factory=dict)
    kinds: dict[type, str] = field(default_factory=dict)
    waiting: dict[str, list[tuple[str, list[str]]]] | None = None  # by module: (class or "", rows), not yet resolved
    modules: tuple[int, str] | None = None  # how many there were, and the last one

    def catch_up(self) -> bool:
        """Resolve the rows of modules that were imported since the last time; whether there was anything to do."""
        modules = len(sys.modules), next(reversed(sys.modules))  # tests and reloads take modules away, too
        if self.modules == modules:
            return False
        if self.waiting is None:
            from poppy_nb import effect_tables

            self.waiting = effect_tables.sections()
            self._read_operators(self.waiting.pop("operators"))
        self.modules = modules  # as it is now: looking at a module may import others
        for name in [name for name in self.waiting if name in sys.modules]:
            for owner, lines in self.waiting.pop(name):
                self._read(sys.modules[name], owner, lines)
        from poppy_nb.effect_tables.containers import KINDS

        for name, kind in KINDS.items():
            module, _, cls = name.partition(":")
            if module in sys.modules:
                self.kinds[getattr(sys.modules[module], cls)] = kind
        self.operators.clear()
        self.named.clear()
        return True

    def find(self, target: Any) -> Effect | None:
        kind = type(target)
        if kind in BOUND:
            owner = target.__self__
            if is_a(owner, type):
                return self.method(owner, target.__name__)
            return None if owner is None or is_a(owner, ModuleType) else self.method(type(owner), target.__name__)
        if kind is MethodType:
            function, owner = target.__func__, target.__self__
            hit = self.by_id.get(id(function))
            if hit is not None and hit[0] is function:
                return hit[1]
            if is_a(owner, type) and getattr(function, "__code__", None) is _MAKE:
                return _MADE
            cls, name = owner if is_a(owner, type) else type(owner), getattr(function, "__name__", "")
            if name in OF_CLIENTS and method_of_client(target):
                return OF_CLIENTS[name]
            if name in OF_BARS and progress.is_bar(owner):
                return OF_BARS[name]
            if name == "render" and templates.renders(target):
                return _RENDER
            if name == "from_string" and templates.makes(target):
                return _TEMPLATE
            if name == "write" and progress.writes_beside_bars(target):
                return _BESIDE_BARS
            if name in (validated.MAKING if is_a(owner, type) else validated.READING) and validated.classes(cls) is not None:
                return VALIDATED
            found = getattr(cls, name, None)
            return self.method(cls, name) if getattr(found, "__func__", found) is function else None
        if kind is MethodWrapperType:
            owner = target.__objclass__  # by `super()`: not what the class of the object says
            if not issubclass(owner, BaseException):
                owner = type(target.__self__)
            return self.method(owner, target.__name__)
        if is_a(target, type):
            return _constructor(target)
        if kind is not FunctionType:
            return self.methods.get((kind, "__call__"))
        code, home = target.__code__, target.__globals__.get("__name__")  # not its own names: `wraps` has set them
        local = self.locals.get((home, code.co_qualname)) if type(home) is str else None
        if local is not None and code.co_filename == getattr(sys.modules[home], "__file__", None):
            return local
        return None

    def method(self, kind: type, name: str) -> Effect | None:
        for cls in kind.__mro__:
            effect = self.methods.get((cls, name))
            if effect is not None:
                return effect
            if name in vars(cls):
                return None
        return None

    def operator(self, kind: str, symbol: str, *names: str) -> Effect | None:
        for patterns, effect in self.operator_rows.get((kind, symbol), ()):
            if len(patterns) <= len(names) and all(_fits(one, pattern) for one, pattern in zip(names, patterns, strict=False)):
                return effect
        return None

    def _read(self, module: ModuleType, owner: str, lines: list[str]) -> None:
        if owner == "<locals>":
            for line in lines:
                name, effect = _parse(line)
                self.locals[module.__name__, name] = replace(effect, name=f"{module.__name__}.{name}")
            return
        home: Any = module
        for part in owner.split(".") if owner else ():
            home = getattr(home, part, None)
        for line in lines:
            names, effect = _parse(line)
            for name in names.split():
                full = f"{owner or module.__name__}.{name}" if owner or module.__name__ != "builtins" else name
                row = replace(effect, name=effect.name or full)
                if owner:
                    if not isinstance(home, type) or name not in vars(home) and not hasattr(home, name):
                        continue  # another version of Python
                    self.methods[home, name] = row
                    target = vars(home).get(name)
                    if isinstance(target, (staticmethod, classmethod)):
                        target = target.__func__
                else:
                    target = getattr(home, name, None)
                if target is not None:
                    self.by_id[id(target)] = (target, row)

    def _read_operators(self, sections: Iterable[tuple[str, list[str]]]) -> None:
        for kind, lines in sections:
            for line in lines:
                left, effect = _parse(line)
                symbols, _, operands = f" {left}".rpartition(" of ")
                patterns = tuple(operands.split())
                for symbol in symbols.split() or [""]:
                    row = replace(effect, name=f"{kind} {symbol} {patterns[0]}" if symbol else f"{kind} {patterns[0]}")
                    self.operator_rows.setdefault((kind, symbol), []).append((patterns, row))


def _fits(kind: str, pattern: str) -> bool:
    return pattern == "any" or kind in pattern.split("|") or (pattern == "data" and kind != "")


_DEPTHS = {"-": NOTHING, "o": OBJECT, "v": VALUE, "k": KEYS, "e": ELEMENTS, "d": DEEP, "a": DATA}


def _parse(line: str) -> tuple[str, Effect]:
    """`names : needs, fact, fact`; see the docstring of `effect_tables`."""
    names, _, rest = line.rpartition(" : ")
    depths, *facts = [part.strip() for part in rest.split(",")]
    values: dict[str, Any] = {"name": "", "needs": tuple(_DEPTHS[letter] for letter in depths.split())}
    for fact in facts:
        word, *arguments = fact.split()
        if word in ("writes", "consumes"):
            values[word] = tuple(map(int, arguments))
        elif word == "most":
            values["most"] = int(arguments[0])
        elif word == "caller":
            values["caller"] = int(arguments[0]) if arguments else 1
        elif word in ("gives", "name"):
            values[word] = arguments[0]
        elif word in ("none", "part", "self", "atom"):
            values["returns"] = word
        elif word in ("stores", "final", "looks", "clock", "external", "direct", "handle"):
            values[word] = True
        elif word == "model":
            values["model"] = arguments[0]
        elif word in ("reads", "orders"):
            values["resource"], values["resource_mode"] = arguments[0], Mode.READ if word == "reads" else Mode.WRITE
            if len(arguments) > 1:
                values["path"] = int(arguments[1])
        elif word == "unless":
            values["unless"] = frozenset(arguments)
        else:
            raise ValueError(f"unknown fact {fact!r} in {line!r}")
    return names.strip(), Effect(**values)


def _constructor(cls: type) -> Effect | None:
    """Classes of the user's whose constructor is generated: namedtuples and dataclasses, models of pydantic; clients."""
    if validated.classes(cls) is not None:
        return VALIDATED
    if constructs_client(cls):
        return _CLIENT
    if templates.makes(cls):
        return _TEMPLATE
    if type(cls).__call__ is not type.__call__:
        return None
    init, new = getattr(cls, "__init__"), getattr(cls, "__new__")  # noqa: B009 - any function, not what mypy knows of object's
    if issubclass(cls, tuple) and init is object.__init__ and _generated(new) and hasattr(cls, "_fields"):
        return _NAMEDTUPLE
    if new is object.__new__ and "__dataclass_fields__" in vars(cls) and _generated(init) and "__init__" in vars(cls):
        return _DATACLASS
    return None


def _generated(function: object) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and (code.co_filename == "<string>" or "namedtuple" in code.co_filename)


_MAKE: Any = vars(namedtuple("_Any", ""))["_make"].__func__.__code__
_MADE = Effect("namedtuple._make", (ELEMENTS,), returns="part", consumes=(0,))
VALIDATED = Effect("a model of pydantic", (DEEP,), returns="part")
_CLIENT = Effect("client", (DEEP,), resource="environ", resource_mode=Mode.READ, gives="client")
_COPY = Effect("client.copy", (OBJECT, DEEP), resource="environ", resource_mode=Mode.READ, gives="client")
_CLOSE = Effect("client.__exit__", (OBJECT,), (0,), returns="none", final=True)
OF_CLIENTS = {
    "copy": _COPY, "with_options": _COPY, "close": _CLOSE, "__exit__": _CLOSE,
    "__enter__": Effect("client.__enter__", (OBJECT,), returns="self"),
}  # fmt: skip
_BAR = Effect("tqdm.update", (OBJECT, DEEP), (0,), resource="stdout", resource_mode=Mode.WRITE, final=True)
OF_BARS = {
    **{name: replace(_BAR, name=f"tqdm.{name}") for name in progress.METHODS},
    "__enter__": Effect("tqdm.__enter__", (OBJECT,), returns="self"),
    "__exit__": replace(_BAR, name="tqdm.__exit__", needs=(OBJECT,), returns="none"),
}
_RENDER = Effect("jinja2.Template.render", (OBJECT, DEEP), returns="atom", looks=True)
_TEMPLATE = Effect("jinja2.Template", (OBJECT, DEEP))
_BESIDE_BARS = replace(_BAR, name="tqdm.write", needs=(DEEP,), writes=(), returns="none", unless=frozenset({"file"}))
_NAMEDTUPLE = Effect("namedtuple", (NOTHING,), returns="part", model="namedtuple")
_DATACLASS = Effect("dataclass", (NOTHING,), returns="part", model="dataclass")
_rows = _Rows()
