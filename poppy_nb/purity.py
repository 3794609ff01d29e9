"""Whether a function changes nothing that outlives its call, told from its representation.

It is assumed that all values it is given are *data*: exact builtin containers, numbers and texts, however deep. Whoever knows the
values (`runtime/purely.py`) checks it, and what the global names stand for. Then every value in the function is data too, and
a method that is called by name is one of a builtin type. What is left to show is that whatever it changes was made in this call:

* a variable is *fresh* if everything that is assigned to it makes a new object: a display, a comprehension, `list(...)`, `a + b`;
* a fresh variable may be changed in place: `words[k] = v`, `out.append(x)`, `n += 1`;
* its elements may be changed if only new objects are ever put into it: `groups.setdefault(k, []).append(v)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from poppy_nb import ir
from poppy_nb.scopes import COMPREHENSIONS, Scope


@dataclass(frozen=True, slots=True)
class Purity:
    """What has to hold of the live values for a body to change nothing that outlives it.

    Attributes:
        reads: global names whose values it uses as data, or hands on as callbacks.
        calls: global names that it calls.
        dotted: `(module, function)` that it calls.
        makers: global names that must stand for the builtin (or `collections`) class or function of this name.
        methods: names of methods that it calls on data.
        keywords: names of arguments, of whatever call.
        refused: why nothing can be told; empty if it can.
    """

    reads: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    dotted: frozenset[tuple[str, str]] = frozenset()
    makers: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    refused: str = ""


def purity(nodes: Iterable[ir.Node], scope: Scope, scopes: Mapping[ir.Node, Scope]) -> Purity:
    """Of a function body (or the expression of a lambda) that stands in `scope`."""
    judge = _Judge(scope, scopes, tuple(nodes))
    try:
        judge.judge()
    except _Impure as impure:
        return Purity(refused=str(impure))
    calls, makers = frozenset(judge.calls), frozenset(judge.makers)
    dotted, methods = frozenset(judge.dotted), frozenset(judge.methods)
    return Purity(frozenset(judge.reads), calls, dotted, makers, methods, frozenset(judge.keywords))


class _Impure(Exception):
    """Something was found that may change what outlives the call."""


# They answer with a new object, whatever they are given; a number or text is as good as new
MAKERS = frozenset({
    "list", "dict", "set", "frozenset", "tuple", "sorted", "defaultdict", "Counter", "deque", "OrderedDict", "str", "int",
    "float", "bool", "len", "abs", "round", "repr", "ord", "chr", "range", "hash", "divmod", "bytes", "format", "ascii", "bin",
    "hex", "oct", "any", "all", "isinstance",
})  # fmt: skip
_TEXT_METHODS = frozenset(
    name for name in dir(str) if not name.startswith("_") and not any(hasattr(kind, name) for kind in (list, dict, set, tuple))
) | {"split", "count", "index", "copy", "keys"}  # what methods of that name answer with is new for every builtin type
# Methods that change their receiver; those that put their last argument into it
CHANGING = frozenset({
    "append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort", "update", "popitem", "setdefault", "add",
    "discard", "appendleft", "popleft", "extendleft", "rotate", "subtract", "move_to_end", "difference_update",
    "intersection_update", "symmetric_difference_update",
})  # fmt: skip
_PUTTING = frozenset({"append", "appendleft", "insert", "setdefault", "add"})
_HARMLESS = frozenset({
    "pop", "remove", "clear", "reverse", "popitem", "discard", "popleft", "rotate", "move_to_end", "sort",
})  # fmt: skip
_LAZY_TAKERS = frozenset({
    "list", "dict", "set", "frozenset", "tuple", "sorted", "sum", "any", "all", "min", "max", "join", "next", "Counter", "len",
    "extend", "update", "deque",
})  # fmt: skip
_ADAPTORS = frozenset({"enumerate", "zip", "map", "filter", "reversed"})
_ELEMENT_MAKERS = frozenset({"list", "dict", "set", "int", "float", "str", "Counter", "deque"})

_EXPRESSIONS = (
    ir.BoolOp, ir.BinOp, ir.UnaryOp, ir.IfExp, ir.Dict, ir.Set, ir.Compare, ir.FormattedValue, ir.JoinedStr, ir.Constant,
    ir.Subscript, ir.Starred, ir.List, ir.Tuple, ir.Slice, ir.Keyword, ir.Expr, ir.Return, ir.If, ir.While, ir.Pass, ir.Break,
    ir.Continue, ir.Assert, ir.Raise, ir.Try,
)  # fmt: skip


_NOTHING = ir.Constant(ir.Span(1, 0, 1, 0), None, None)  # is as new as anything
_DISPLAYS = frozenset({ir.List, ir.Tuple, ir.Set, ir.Dict})


class _Judge:
    def __init__(self, scope: Scope, scopes: Mapping[ir.Node, Scope], body: tuple[ir.Node, ...]) -> None:
        self.root = scope
        self.scopes = scopes
        self.body = body
        self.reads: set[str] = set()
        self.calls: set[str] = set()
        self.dotted: set[tuple[str, str]] = set()
        self.makers: set[str] = set()
        self.methods: set[str] = set()
        self.keywords: set[str] = set()
        # Of each local variable what is assigned to it: an expression, or None for what is not known
        self.bound: dict[str, list[ir.Node | None]] = {name: [None] for name in scope.parameters}
        self.put: dict[str, list[ir.Node | None]] = {}  # what is put into it
        self.passed: set[str] = set()  # variables whose object may have got another name
        self.changed: set[str] = set()
        self.changed_below: set[str] = set()

    def judge(self) -> None:
        for node in self.body:
            self.visit(node, self.root)
        for name in self.changed:
            if not self.is_fresh(name, set()):
                raise _Impure(f"it changes {name}")
        for name in self.changed_below:
            if name in self.passed or not self.holds_new(name):
                raise _Impure(f"it changes what is in {name}")

    # --- what is new

    def is_fresh(self, name: str, seen: set[str]) -> bool:
        if name in seen:
            return True
        seen.add(name)
        return all(value is not None and self.fresh(value, seen) for value in self.bound.get(name, [None]))

    def fresh(self, node: ir.Node, seen: set[str]) -> bool:
        """Whether the value of an expression is a new object, or one that cannot change."""
        match node:
            case ir.Constant() | ir.JoinedStr() | ir.BinOp() | ir.UnaryOp() | ir.Compare():
                return True
            case ir.List() | ir.Dict() | ir.Set() | ir.ListComp() | ir.DictComp() | ir.SetComp() | ir.Tuple():
                return True
            case ir.BoolOp(values=values):
                return all(self.fresh(value, seen) for value in values)
            case ir.IfExp(body=body, orelse=orelse):
                return self.fresh(body, seen) and self.fresh(orelse, seen)
            case ir.Name(id=name):
                return self.root.kind(name) == "local" and self.is_fresh(name, seen)
            case ir.Call(func=ir.Name(id=name)) if name in MAKERS:
                self.makers.add(name)
                return True
            case ir.Call(func=ir.Attribute(attr=name)):
                return name in _TEXT_METHODS
        return False

    def holds_new(self, name: str) -> bool:
        """Whether only new objects are ever in the container that `name` stands for."""
        for value in self.bound[name]:
            match value:
                case ir.List(elts=elements) | ir.Set(elts=elements):
                    new = all(self.fresh(element, set()) for element in elements)
                case ir.Dict(values=values):
                    new = all(self.fresh(element, set()) for element in values)
                case ir.ListComp(elt=element) | ir.DictComp(value=element):
                    # Names there are those of the comprehension
                    new = not isinstance(element, ir.Name | ir.IfExp | ir.BoolOp) and self.fresh(element, set())
                case ir.Call(func=ir.Name(id="defaultdict"), args=(ir.Name(id=maker),), keywords=()) if maker in _ELEMENT_MAKERS:
                    self.makers.add(maker)
                    new = True
                case ir.Call(func=ir.Name(id=maker), args=(), keywords=()) if maker in MAKERS:
                    new = True
                case _:
                    new = False
            if not new:
                return False
        return all(value is not None and self.fresh(value, set()) for value in self.put.get(name, ()))

    # --- the walk

    def visit(self, node: ir.Node, scope: Scope) -> None:
        kind = type(node)
        if kind in _DISPLAYS:
            self.passes_parts(node)
        if isinstance(node, ir.Return) and isinstance(node.value, ir.Tuple):
            for element in node.value.elts:  # nothing is done with it afterwards
                self.visit(element, scope)
        elif kind in _EXPRESSIONS:
            for below in ir.children(node):
                self.visit(below, scope)
        elif isinstance(node, ir.Name):
            self.name(node, scope)
        elif isinstance(node, ir.Call):
            if isinstance(node.func, ir.Name) and node.func.id in _ADAPTORS:
                raise _Impure("an iterator may outlive it")
            self.call(node, scope)
        elif isinstance(node, ir.Assign):
            self.assign(node, scope)
        elif isinstance(node, ir.AnnAssign) and node.simple and node.value is not None:
            self.visit(node.value, scope)
            self.passes(node.value)
            self.bind(node.target, node.value, scope)
        elif isinstance(node, ir.AugAssign):
            self.augment(node, scope)
        elif isinstance(node, ir.NamedExpr):
            self.visit(node.value, scope)
            self.passes(node.value)
            self.bind(node.target, node.value, scope)
        elif isinstance(node, ir.For):
            self.iterated(node.iter, scope)
            self.bind(node.target, None, scope)
            for statement in (*node.body, *node.orelse):
                self.visit(statement, scope)
        elif isinstance(node, ir.ExceptHandler):
            self.handler(node, scope)
        elif isinstance(node, COMPREHENSIONS) and not isinstance(node, ir.GeneratorExp):
            self.comprehension(node, scope)
        elif isinstance(node, ir.Attribute):
            raise _Impure("it reads an attribute")
        else:
            raise _Impure(f"it contains {kind.__name__}")

    def name(self, node: ir.Name, scope: Scope) -> None:
        kind = scope.kind(node.id)
        if kind == "global":
            self.reads.add(node.id)
        elif kind == "free" and scope is self.root or kind == "cell":
            raise _Impure("it shares a variable")

    def handler(self, node: ir.ExceptHandler, scope: Scope) -> None:
        if node.type is not None:
            self.visit(node.type, scope)
        if node.name is not None:
            self.bound.setdefault(node.name, []).append(None)
        for below in node.body:
            self.visit(below, scope)

    def assign(self, node: ir.Assign, scope: Scope) -> None:
        self.visit(node.value, scope)
        self.passes(node.value)
        for target in node.targets:
            if len(node.targets) > 1:
                self.passed.update(below.id for below in ir.walk(target) if isinstance(below, ir.Name))
            if isinstance(target, ir.Subscript):
                self.change(target, scope, node.value)
            elif isinstance(target, ir.Tuple) and _one_to_one(target, node.value):
                assert isinstance(node.value, ir.Tuple)
                for part, value in zip(target.elts, node.value.elts, strict=True):
                    self.bind(part, value, scope)
            else:
                self.bind(target, node.value, scope)

    def augment(self, node: ir.AugAssign, scope: Scope) -> None:
        """`target op= value` may change in place what stands there, except that no container takes a number for `+` or `-`."""
        self.visit(node.value, scope)
        self.passes(node.value)
        target = node.target
        if isinstance(target, ir.Subscript):
            number = isinstance(node.value, ir.Constant) and type(node.value.value) in (int, float) and node.op in ("+", "-")
            if not number:
                if not isinstance(target.value, ir.Name):
                    raise _Impure("it changes something deep in what it was given")
                self.changed_below.add(target.value.id)
        self.change(target, scope, node.value)

    def passes(self, node: ir.Node) -> None:
        """The value of `node` gets a name, or a place in a container: so may the object that a variable stands for."""
        match node:
            case ir.Name(id=name):
                self.passed.add(name)
            case ir.IfExp(body=body, orelse=orelse):
                self.passes(body)
                self.passes(orelse)
            case ir.BoolOp(values=values):
                for value in values:
                    self.passes(value)
            case ir.NamedExpr(value=value) | ir.Starred(value=value):
                self.passes(value)

    def passes_parts(self, display: ir.Node) -> None:
        for below in ir.children(display):
            self.passes(below)

    def bind(self, target: ir.Node, value: ir.Node | None, scope: Scope) -> None:
        if isinstance(target, ir.Name):
            if scope is self.root and scope.kind(target.id) != "local":
                raise _Impure(f"it assigns {target.id}")
            if scope is not self.root and scope.kind(target.id) == "cell":
                raise _Impure("it shares a variable")
            self.bound.setdefault(target.id, []).append(value)
        elif isinstance(target, ir.Tuple | ir.List):
            for item in target.elts:
                self.bind(item, None, scope)
        elif isinstance(target, ir.Starred):
            self.bind(target.value, None, scope)
        elif isinstance(target, ir.Subscript):
            self.change(target, scope, None)
        else:
            raise _Impure("it stores an attribute")

    def change(self, target: ir.Node, scope: Scope, value: ir.Node | None) -> None:
        """`target op= value`, `target[k] = value` or a method that changes `target`'s object."""
        if isinstance(target, ir.Name):
            self.name(target, scope)
            if scope is not self.root:
                raise _Impure("it changes a variable from within")
            self.changed.add(target.id)
            self.put.setdefault(target.id, []).append(None)  # `xs += ys`
        elif isinstance(target, ir.Subscript):
            self.visit(target.slice, scope)
            self.element(target.value, scope, value)
        else:
            raise _Impure("it stores an attribute")

    def element(self, container: ir.Node, scope: Scope, value: ir.Node | None) -> None:
        """`value` is put into a container, or (None) it is changed in an unknown way."""
        match container:
            case ir.Name(id=name) if scope is self.root and scope.kind(name) == "local":
                self.changed.add(name)
                self.put.setdefault(name, []).append(value)
            case ir.Subscript(value=ir.Name(id=name)) if scope is self.root and scope.kind(name) == "local":
                self.visit(container.slice, scope)
                self.changed.add(name)
                self.changed_below.add(name)
            case ir.Call(func=ir.Attribute(value=ir.Name(id=name), attr="setdefault"), args=(key, new), keywords=()) if (
                scope is self.root and scope.kind(name) == "local"
            ):
                self.visit(key, scope)
                self.visit(new, scope)
                self.passes(new)
                self.changed.add(name)
                self.put.setdefault(name, []).append(new)
                self.changed_below.add(name)
            case _:
                raise _Impure("it changes something that it was given")
        if value is not None:
            self.passes(value)

    def call(self, node: ir.Call, scope: Scope) -> None:
        function = node.func
        called = ""
        if isinstance(function, ir.Name):
            called = function.id
            if scope.kind(called) != "global":
                raise _Impure("it calls what a variable holds")
            self.calls.add(called)
        elif isinstance(function, ir.Attribute):
            called = function.attr
            owner = function.value
            if isinstance(owner, ir.Name) and scope.kind(owner.id) == "global":
                self.dotted.add((owner.id, called))
            elif called in CHANGING:
                self.changing(node, function, scope)
            else:
                self.visit(owner, scope)
                self.methods.add(called)
        else:
            raise _Impure("it calls what an expression gives")
        for keyword in node.keywords:
            if keyword.arg is None:
                raise _Impure("it passes arguments by names that are not known")
            self.keywords.add(keyword.arg)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            self.argument(argument, scope, called)

    def changing(self, node: ir.Call, function: ir.Attribute, scope: Scope) -> None:
        name = function.attr
        value = node.args[-1] if name in _PUTTING and node.args else None
        receiver = function.value
        if name in _HARMLESS:
            self.element(receiver, scope, _NOTHING)
        else:
            self.element(receiver, scope, value)
            for argument in node.args:
                self.passes(argument)

    def argument(self, node: ir.Node, scope: Scope, called: str) -> None:
        if isinstance(node, ir.GeneratorExp):
            if called not in _LAZY_TAKERS:
                raise _Impure("a generator may outlive it")
            self.comprehension(node, scope)
        elif isinstance(node, ir.Lambda):
            self.callback(node, scope)
        elif isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id in _ADAPTORS:
            if called not in _LAZY_TAKERS | _ADAPTORS:
                raise _Impure("an iterator may outlive it")
            self.call(node, scope)
        elif isinstance(node, ir.Starred):
            self.iterated(node.value, scope)
        else:
            self.visit(node, scope)

    def iterated(self, node: ir.Node, scope: Scope) -> None:
        if isinstance(node, ir.GeneratorExp):
            self.comprehension(node, scope)
        elif isinstance(node, ir.Call):
            self.call(node, scope)
        else:
            self.visit(node, scope)

    def callback(self, node: ir.Lambda, scope: Scope) -> None:
        if node.args.defaults or any(node.args.kw_defaults):
            raise _Impure("a default")
        inner = self.scopes[node]
        if any(kind == "free" for kind in inner.kinds.values()):
            raise _Impure("it shares a variable")
        self.visit(node.body, inner)

    def comprehension(self, node: ir.ListComp | ir.SetComp | ir.DictComp | ir.GeneratorExp, scope: Scope) -> None:
        inner = self.scopes[node]
        for number, clause in enumerate(node.generators):
            if clause.is_async:
                raise _Impure("it awaits")
            self.iterated(clause.iter, inner if number else scope)
            if not all(isinstance(below, ir.Name | ir.Tuple | ir.List | ir.Starred) for below in ir.walk(clause.target)):
                raise _Impure("it assigns in a comprehension")
            for condition in clause.ifs:
                self.visit(condition, inner)
        for part in (node.key, node.value) if isinstance(node, ir.DictComp) else (node.elt,):
            self.passes(part)
            self.visit(part, inner)


def _one_to_one(target: ir.Tuple, value: ir.Node) -> bool:
    """Whether each part of the target gets one part of a display."""
    if not isinstance(value, ir.Tuple) or len(value.elts) != len(target.elts):
        return False
    return not any(isinstance(part, ir.Starred) for part in (*target.elts, *value.elts))


__all__ = ["CHANGING", "MAKERS", "Purity", "purity"]
