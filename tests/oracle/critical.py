"""The critical path of a program by the definitions of the contract: a slow interpreter that knows nothing of the engine.

It runs a program of the small language of `programs` in order, once, and keeps with every value the time at which it is known
(L1, L2), and with every point of the program the time at which it is decided that it is reached (M5):

* A call starts when its arguments are known, all below them, and its point is decided. It ends a latency later.
* A branch, loop or condition decides what is inside when its test is known; with a `break` or `return` inside also what follows,
  up to the end of the loop or function. What either side may assign or change is known when the test is.
* A list, dict or object that is changed at a point that is not decided is known (its length, its keys, an attribute) when
  that is decided; its elements each have their own time.
* A `try` decides its handler when all before the failure has ended, operations on values to come included; what its body
  changes is known when all of it has ended.

Time is counted in latencies, so the results of the engine on the virtual clock must be equal.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.equivalence.externals import LIBRARY
from tests.equivalence.program import Latency, latency_of
from tests.equivalence.world import World, enter


@dataclass
class Timed:
    """A value and when it is known. Of a container: when it is known which one it is."""

    value: Any
    at: float = 0.0


class Items:
    """A list, or a dict with known keys: `shape` is when its length or keys are known."""

    def __init__(self, items: Any, shape: float = 0.0) -> None:
        self.items = items
        self.shape = shape


class Instance:
    """An object: its attributes."""

    def __init__(self, cls: ast.ClassDef) -> None:
        self.cls = cls
        self.fields: dict[str, Timed] = {}


class Raised(Exception):
    """An external has raised at a time."""

    def __init__(self, at: float) -> None:
        self.at = at


Environment = dict[str, Timed]
BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Mod: operator.mod, ast.FloorDiv: operator.floordiv,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.Gt: operator.gt, ast.LtE: operator.le, ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip


def critical_path(source: str, latencies: Mapping[str, Latency]) -> float:
    """The time at which the last call of a program ends."""
    before = enter(World())
    try:
        return _Run(latencies).run(source)
    finally:
        enter(before)


class _Run:
    def __init__(self, latencies: Mapping[str, Latency]) -> None:
        self.latencies = latencies
        self.names: Environment = {}
        self.decided = 0.0  # when it is known that the current point is reached
        self.end = 0.0
        self.body_ends = 0.0  # of the innermost `try`

    def run(self, source: str) -> float:
        self.block(ast.parse(source).body, self.names)
        return self.end

    # --- statements; what they answer with is how control leaves them

    def block(self, body: list[ast.stmt], env: Environment) -> Any:
        for statement in body:
            left = getattr(self, type(statement).__name__)(statement, env)
            if left is not None:
                return left
        return None

    def Assign(self, node: ast.Assign, env: Environment) -> None:
        self.assign(node.targets[0], self.value(node.value, env), env)

    def AugAssign(self, node: ast.AugAssign, env: Environment) -> None:
        target: Any = node.target
        old = self.value(ast.copy_location(_load(target), target), env)
        new = self.binary(type(node.op), old, self.value(node.value, env))
        self.assign(target, new, env)

    def assign(self, target: Any, value: Timed, env: Environment) -> None:
        if isinstance(target, ast.Name):
            env[target.id] = Timed(value.value, max(value.at, self.decided))
        elif isinstance(target, ast.Attribute):
            self.value(target.value, env).value.fields[target.attr] = Timed(value.value, max(value.at, self.decided))
        else:
            container, key = self.value(target.value, env), self.value(target.slice, env)
            items: Items = container.value
            items.shape = max(items.shape, self.decided, container.at, key.at)
            items.items[plain(key)] = value

    def Expr(self, node: ast.Expr, env: Environment) -> None:
        self.value(node.value, env)

    def FunctionDef(self, node: ast.FunctionDef, env: Environment) -> None:
        env[node.name] = Timed(node)

    def ClassDef(self, node: ast.ClassDef, env: Environment) -> None:
        env[node.name] = Timed(node)

    def Pass(self, node: ast.Pass, env: Environment) -> None:
        pass

    def Break(self, node: ast.Break, env: Environment) -> Any:
        return "break"

    def Continue(self, node: ast.Continue, env: Environment) -> Any:
        return "continue"

    def Return(self, node: ast.Return, env: Environment) -> Any:
        value = self.value(node.value, env) if node.value is not None else Timed(None)
        return Timed(value.value, max(value.at, self.decided))

    def If(self, node: ast.If, env: Environment) -> Any:
        test = self.value(node.test, env)
        known = self.known(test)
        before, self.decided = self.decided, max(self.decided, known)
        left = self.block(node.body if truth(test) else node.orelse, env)
        self.may_change([*node.body, *node.orelse], known, env)
        if not exits([*node.body, *node.orelse]):
            self.decided = before
        return left

    def For(self, node: ast.For, env: Environment) -> Any:
        before = self.decided
        given = self.value(node.iter, env)
        items = list(given.value.items) if isinstance(given.value, Items) else [Timed(one) for one in given.value]
        self.decided = max(self.decided, given.at, given.value.shape if isinstance(given.value, Items) else 0.0)
        inside = exits(node.body)
        left: Any = None
        for item in items:
            turn = self.decided
            self.assign(node.target, item, env)
            left = self.block(node.body, env)
            if left == "break" or isinstance(left, Timed):
                break
            left = None
            if inside <= {ast.Continue}:
                self.decided = turn
        return self.leave(node, before, left, inside, env)

    def While(self, node: ast.While, env: Environment) -> Any:
        before = self.decided
        inside = exits(node.body)
        left: Any = None
        while True:
            test = self.value(node.test, env)
            self.decided = max(self.decided, self.known(test))
            if not truth(test):
                break
            left = self.block(node.body, env)
            if left == "break" or isinstance(left, Timed):
                break
            left = None
        return self.leave(node, before, left, inside, env)

    def leave(self, node: ast.For | ast.While, before: float, left: Any, inside: set[type], env: Environment) -> Any:
        """The end of a loop: what follows is reached in any case, unless it can return."""
        self.may_change([node] if isinstance(node, ast.For) else node.body, self.decided, env)
        if ast.Return not in inside:
            self.decided = before
        return left if isinstance(left, Timed) else None

    def Try(self, node: ast.Try, env: Environment) -> Any:
        around, self.body_ends = self.body_ends, 0.0
        before = self.decided
        left: Any = None
        try:
            left = self.block(node.body, env)
            settled = self.body_ends
        except Raised as raised:
            settled = self.decided = max(self.decided, raised.at, self.body_ends)
            left = self.block(node.handlers[0].body, env)
        self.may_change([*node.body, *node.handlers[0].body], settled, env)
        self.body_ends = max(around, self.body_ends)
        if not exits([*node.body, *node.handlers[0].body]):
            self.decided = before
        return left

    def may_change(self, body: list[ast.stmt], known: float, env: Environment) -> None:
        """What `body` may assign or change is known when it is known what happens."""
        for node in (n for statement in body for n in _walk(statement)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in env:
                env[node.id] = Timed(env[node.id].value, max(env[node.id].at, known))
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                owner = self.value(node.value, env).value
                if isinstance(owner, Instance) and node.attr in owner.fields:
                    field = owner.fields[node.attr]
                    owner.fields[node.attr] = Timed(field.value, max(field.at, known))
            changed = None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                changed = node.func.value
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                changed = node.value
            if isinstance(changed, ast.Name) and changed.id in env and isinstance(env[changed.id].value, Items):
                items = env[changed.id].value
                items.shape = max(items.shape, known)

    # --- expressions

    def value(self, node: Any, env: Environment) -> Timed:
        found: Timed = getattr(self, f"_{type(node).__name__}")(node, env)
        if not isinstance(node, ast.Name):
            self.body_ends = max(self.body_ends, found.at)  # an operation on a value that is to come may raise
        return found

    def known(self, value: Timed) -> float:
        """When a test of a value can be made."""
        return max(value.at, value.value.shape) if isinstance(value.value, Items) else value.at

    def _Constant(self, node: ast.Constant, env: Environment) -> Timed:
        return Timed(node.value)

    def _Name(self, node: ast.Name, env: Environment) -> Timed:
        found = env.get(node.id) or self.names.get(node.id)
        return found if found is not None else Timed(LIBRARY[node.id] if node.id in LIBRARY else node.id)

    def _List(self, node: ast.List | ast.Tuple, env: Environment) -> Timed:
        return Timed(Items([self.value(one, env) for one in node.elts]))

    _Tuple = _List

    def _Dict(self, node: ast.Dict, env: Environment) -> Timed:
        return Timed(Items({plain(self.value(k, env)): self.value(v, env) for k, v in zip(node.keys, node.values, strict=True)}))

    def _BinOp(self, node: ast.BinOp, env: Environment) -> Timed:
        return self.binary(type(node.op), self.value(node.left, env), self.value(node.right, env))

    def binary(self, kind: type, a: Timed, b: Timed) -> Timed:
        if isinstance(a.value, Items) and kind is ast.Add:
            return Timed(Items([*a.value.items, *b.value.items], max(self.known(a), self.known(b))))
        return Timed(BINARY[kind](plain(a), plain(b)), max(deep(a), deep(b)))

    def _Compare(self, node: ast.Compare, env: Environment) -> Timed:
        return self.binary(type(node.ops[0]), self.value(node.left, env), self.value(node.comparators[0], env))

    def _UnaryOp(self, node: ast.UnaryOp, env: Environment) -> Timed:
        value = self.value(node.operand, env)
        return Timed(not truth(value), self.known(value))

    def _BoolOp(self, node: ast.BoolOp, env: Environment) -> Timed:
        before = self.decided
        value = Timed(None)
        for one in node.values:
            value = self.value(one, env)
            self.decided = max(self.decided, self.known(value))
            if truth(value) is isinstance(node.op, ast.Or):
                break
        value = Timed(value.value, max(value.at, self.decided if len(node.values) > 1 else 0.0))
        self.decided = before
        return value

    def _IfExp(self, node: ast.IfExp, env: Environment) -> Timed:
        test = self.value(node.test, env)
        before, self.decided = self.decided, max(self.decided, self.known(test))
        value = self.value(node.body if truth(test) else node.orelse, env)
        self.decided = before
        return Timed(value.value, max(value.at, self.known(test)))

    def _Subscript(self, node: ast.Subscript, env: Environment) -> Timed:
        container, key = self.value(node.value, env), self.value(node.slice, env)
        item = container.value.items[plain(key)]
        return Timed(item.value, max(self.known(container), key.at, item.at))

    def _Attribute(self, node: ast.Attribute, env: Environment) -> Timed:
        owner = self.value(node.value, env)
        field: Timed = owner.value.fields[node.attr]
        return Timed(field.value, max(owner.at, field.at))

    def _JoinedStr(self, node: ast.JoinedStr, env: Environment) -> Timed:
        parts = [self.value(p.value, env) if isinstance(p, ast.FormattedValue) else self.value(p, env) for p in node.values]
        return Timed("".join(str(plain(p)) for p in parts), max(map(deep, parts), default=0.0))

    def _ListComp(self, node: ast.ListComp, env: Environment) -> Timed:
        clause = node.generators[0]
        before = self.decided
        given = self.value(clause.iter, env)
        items = list(given.value.items) if isinstance(given.value, Items) else [Timed(one) for one in given.value]
        shape = length = max(given.at, given.value.shape if isinstance(given.value, Items) else 0.0)
        found = []
        for item in items:
            self.decided = max(before, length)
            inner = {**env}
            self.assign(clause.target, item, inner)
            skip = False
            for test in clause.ifs:
                one = self.value(test, inner)
                self.decided = max(self.decided, self.known(one))
                skip = skip or not truth(one)
            shape = max(shape, self.decided if clause.ifs else 0.0)
            if not skip:
                found.append(self.value(node.elt, inner))
        self.decided = before
        return Timed(Items(found, shape))

    def _Call(self, node: ast.Call, env: Environment) -> Timed:
        args = [self.value(a, env) for a in node.args]
        if isinstance(node.func, ast.Attribute):
            return self.method(node.func.attr, self.value(node.func.value, env), args)
        callee = self.value(node.func, env)
        target = callee.value
        if isinstance(target, ast.FunctionDef):
            return self.function(target, args)
        if isinstance(target, ast.ClassDef):
            made = Instance(target)
            self.function(_method(target, "__init__"), [Timed(made), *args])
            return Timed(made)
        if not isinstance(target, str):
            return self.external(target, args)
        if target == "print":
            return Timed(None)
        if target == "len":
            return Timed(len(plain(args[0])), self.known(args[0]))
        if target == "range":
            return Timed(range(plain(args[0])), args[0].at)
        if target == "str":
            return Timed(str(plain(args[0])), deep(args[0]))
        raise NotImplementedError(target)

    def method(self, name: str, owner: Timed, args: list[Timed]) -> Timed:
        target = owner.value
        if isinstance(target, Instance):
            return self.function(_method(target.cls, name), [owner, *args])
        if name == "append":
            target.shape = max(target.shape, owner.at, self.decided)
            self.body_ends = max(self.body_ends, owner.at)
            target.items.append(args[0])
            return Timed(None)
        if name == "join":
            return Timed(plain(owner).join(plain(args[0])), max(deep(owner), deep(args[0])))
        raise NotImplementedError(name)

    def function(self, node: ast.FunctionDef, args: list[Timed]) -> Timed:
        before = self.decided
        env = {a.arg: value for a, value in zip(node.args.args, args, strict=True)}
        left = self.block(node.body, env)
        value = left if isinstance(left, Timed) else Timed(None, self.decided if self.decided > before else 0.0)
        self.decided = before
        return value

    def external(self, target: Any, args: list[Timed]) -> Timed:
        values = [plain(a) for a in args]
        start = max([self.decided, *map(deep, args)])
        end = start + latency_of(self.latencies, target.__name__, tuple(values))
        self.end = max(self.end, end)
        self.body_ends = max(self.body_ends, end)
        try:
            answer = target(*values)
        except ValueError:
            raise Raised(end) from None
        return timed(answer, end)


def timed(value: Any, at: float) -> Timed:
    """An answer of a call: all of it is known when it has ended."""
    return Timed(Items([timed(one, at) for one in value], at), at) if isinstance(value, list) else Timed(value, at)


def plain(value: Timed) -> Any:
    """The value itself."""
    inner = value.value
    if not isinstance(inner, Items):
        return inner
    if isinstance(inner.items, dict):
        return {key: plain(one) for key, one in inner.items.items()}
    return [plain(one) for one in inner.items]


def deep(value: Timed) -> float:
    """When a value and all below it is known."""
    inner = value.value
    if not isinstance(inner, Items):
        return value.at
    parts = inner.items.values() if isinstance(inner.items, dict) else inner.items
    return max([value.at, inner.shape, *map(deep, parts)])


def truth(value: Timed) -> bool:
    """`bool(value)`."""
    return bool(value.value.items if isinstance(value.value, Items) else value.value)


def exits(body: list[ast.stmt]) -> set[type]:
    """Which of `break`, `continue` and `return` leave a block."""
    found: set[type] = set()
    for statement in body:
        if isinstance(statement, ast.Break | ast.Continue | ast.Return):
            found.add(type(statement))
        elif isinstance(statement, ast.For | ast.While):
            found |= exits(statement.body) & {ast.Return}
        elif isinstance(statement, ast.If):
            found |= exits([*statement.body, *statement.orelse])
        elif isinstance(statement, ast.Try):
            found |= exits([*statement.body, *statement.handlers[0].body])
    return found


def _walk(node: ast.AST) -> Any:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ListComp):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _method(cls: ast.ClassDef, name: str) -> ast.FunctionDef:
    return next(m for m in cls.body if isinstance(m, ast.FunctionDef) and m.name == name)


def _load(target: Any) -> Any:
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    return ast.Subscript(target.value, target.slice, ast.Load())
