"""Which variable a name is: local, captured by an inner function, free, or global, for every scope below a module or function.

Follows CPython's symbol table, with one difference that mediated code needs: a comprehension is a scope of its own, but that it
mentions a variable of the function around it does not make a *cell* of it. Only a real function, lambda or class body does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from poppy_nb import ir


Kind = Literal["local", "cell", "free", "global"]
Definition = ir.FunctionDef | ir.AsyncFunctionDef | ir.Lambda

FUNCTIONS = (ir.FunctionDef, ir.AsyncFunctionDef, ir.Lambda)
COMPREHENSIONS = (ir.ListComp, ir.SetComp, ir.DictComp, ir.GeneratorExp)


def mangle(name: str, private: str | None) -> str:
    """`name` as it is stored, written in class `private` (or in none)."""
    if private is None or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = private.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


def private_of(qualname: str) -> str | None:
    """The innermost class that a function with this qualified name is written in, for `mangle`."""
    parts = qualname.split(".")
    for here, after in zip(reversed(parts[:-1]), reversed(parts[1:]), strict=True):
        if not here.startswith("<") and after != "<locals>":
            return here
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The variables of one scope. All names are mangled already."""

    node: ir.Node
    parent: Scope | None
    private: str | None  # the class whose name mangles here
    parameters: tuple[str, ...]
    kinds: Mapping[str, Kind]  # every name that occurs here, or that something below needs from here or from outside
    global_names: frozenset[str]  # declared `global`
    nonlocal_names: frozenset[str]  # declared `nonlocal`

    def kind(self, name: str) -> Kind:
        """What `name` (mangled) is when it is mentioned in this scope."""
        return self.kinds.get(name, "global")

    def mangle(self, name: str) -> str:
        """`name` as it is stored when it is written in this scope."""
        return mangle(name, self.private)

    def names(self, *kinds: Kind) -> tuple[str, ...]:
        """The names of these kinds, in alphabetical order, as in closures."""
        return tuple(sorted(name for name, kind in self.kinds.items() if kind in kinds))


def scopes(root: ir.Node, visible: Iterable[str] = (), private: str | None = None) -> dict[ir.Node, Scope]:
    """The scope of `root` and of every scope below it.

    For a function that is looked at alone, `visible` are the names that are bound in functions around it (the
    `co_freevars` of its code will do) and `private` is the class around it.
    """
    block = _Block(root, None, private)
    if isinstance(root, ir.Module):
        for statement in root.body:
            block.visit(statement)
    else:
        block.enter()
    found: dict[ir.Node, Scope] = {}
    block.resolve(frozenset(visible), found, None)
    return found


@dataclass(slots=True, eq=False)
class _Block:
    """One scope while it is collected."""

    node: ir.Node
    parent: _Block | None
    private: str | None
    bound: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    parameters: list[str] = field(default_factory=list)
    below: list[_Block] = field(default_factory=list)

    # --- collecting

    def enter(self) -> None:
        """What runs inside the scope of `self.node`."""
        node = self.node
        if isinstance(node, FUNCTIONS):
            arguments = node.args
            for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
                if arg is not None:
                    self.parameters.append(mangle(arg.arg, self.private))
            self.bound.update(self.parameters)
            body = (node.body,) if isinstance(node, ir.Lambda) else node.body
            for statement in body:
                self.visit(statement)
        elif isinstance(node, ir.ClassDef):
            for statement in node.body:
                self.visit(statement)
        elif isinstance(node, COMPREHENSIONS):
            for number, clause in enumerate(node.generators):
                self.bind(clause.target)
                if number:
                    self.visit(clause.iter)
                for condition in clause.ifs:
                    self.visit(condition)
            if isinstance(node, ir.DictComp):
                self.visit(node.key)
                self.visit(node.value)
            else:
                self.visit(node.elt)
        else:
            raise TypeError(f"not a scope: {type(node).__name__}")

    def child(self, node: ir.Node, private: str | None) -> None:
        """A scope below this one."""
        block = _Block(node, self, private)
        self.below.append(block)
        block.enter()

    def store(self, name: str) -> None:
        self.bound.add(mangle(name, self.private))

    def bind(self, target: ir.Expression) -> None:
        """A target of an assignment."""
        if isinstance(target, ir.Name):
            self.store(target.id)
        elif isinstance(target, (ir.Tuple, ir.List)):
            for item in target.elts:
                self.bind(item)
        elif isinstance(target, ir.Starred):
            self.bind(target.value)
        else:
            self.visit(target)

    def visit(self, node: ir.Node) -> None:
        """Whatever else is mentioned in this scope."""
        visitor = _VISITORS.get(type(node))
        if visitor is not None:
            visitor(self, node)
        else:
            for below in ir.children(node):
                self.visit(below)

    def visit_name(self, node: ir.Name) -> None:
        self.used.add(mangle(node.id, self.private))
        if node.id == "super" and not isinstance(self.node, (ir.Module, ir.ClassDef)):
            self.used.add("__class__")

    def visit_assign(self, node: ir.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self.bind(target)

    def visit_aug_assign(self, node: ir.AugAssign) -> None:
        self.bind(node.target)
        if isinstance(node.target, ir.Name):
            self.visit_name(node.target)
        self.visit(node.value)

    def visit_ann_assign(self, node: ir.AnnAssign) -> None:
        if isinstance(node.target, ir.Name):
            if node.simple or node.value is not None:
                self.store(node.target.id)
        else:
            self.visit(node.target)
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)

    def visit_for(self, node: ir.For | ir.AsyncFor) -> None:
        self.bind(node.target)
        self.visit(node.iter)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_with_item(self, node: ir.WithItem) -> None:
        self.visit(node.context_expr)
        if node.optional_vars is not None:
            self.bind(node.optional_vars)

    def visit_delete(self, node: ir.Delete) -> None:
        for target in node.targets:
            self.bind(target)

    def visit_import(self, node: ir.Import | ir.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                self.store(alias.asname or (alias.name.partition(".")[0] if isinstance(node, ir.Import) else alias.name))

    def visit_handler(self, node: ir.ExceptHandler) -> None:
        if node.type is not None:
            self.visit(node.type)
        if node.name is not None:
            self.store(node.name)
        for statement in node.body:
            self.visit(statement)

    def visit_pattern_name(self, node: ir.MatchAs | ir.MatchStar) -> None:
        if isinstance(node, ir.MatchAs) and node.pattern is not None:
            self.visit(node.pattern)
        if node.name is not None:
            self.store(node.name)

    def visit_pattern_mapping(self, node: ir.MatchMapping) -> None:
        for part in (*node.keys, *node.patterns):
            self.visit(part)
        if node.rest is not None:
            self.store(node.rest)

    def visit_global(self, node: ir.Global) -> None:
        self.global_names.update(mangle(name, self.private) for name in node.names)

    def visit_nonlocal(self, node: ir.Nonlocal) -> None:
        self.nonlocal_names.update(mangle(name, self.private) for name in node.names)

    def visit_walrus(self, node: ir.NamedExpr) -> None:
        # In a comprehension it binds in the scope around all comprehensions
        self.visit(node.value)
        block = self
        while isinstance(block.node, COMPREHENSIONS) and block.parent is not None:
            block.used.add(mangle(node.target.id, block.private))  # type: ignore[attr-defined]
            block = block.parent
        block.bind(node.target)

    def visit_function(self, node: Definition) -> None:
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.visit(default)
        if isinstance(node, ir.Lambda):
            self.child(node, self.private)
            return
        for decorator in node.decorator_list:
            self.visit(decorator)
        for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if arg is not None and arg.annotation is not None:
                self.visit(arg.annotation)
        if node.returns is not None:
            self.visit(node.returns)
        self.store(node.name)
        self.child(node, self.private)

    def visit_class(self, node: ir.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        self.store(node.name)
        self.child(node, node.name)

    def visit_comprehension(self, node: ir.ListComp | ir.SetComp | ir.DictComp | ir.GeneratorExp) -> None:
        self.visit(node.generators[0].iter)
        self.child(node, self.private)

    # --- resolving

    def resolve(self, visible: frozenset[str], found: dict[ir.Node, Scope], parent: Scope | None) -> tuple[set[str], set[str]]:
        """Decide every name; returns the names needed from outside: all, and those that real functions capture."""
        kinds: dict[str, Kind] = {}
        scope = Scope(
            self.node,
            parent,
            self.private,
            tuple(self.parameters),
            kinds,
            frozenset(self.global_names),
            frozenset(self.nonlocal_names),
        )
        found[self.node] = scope
        module = isinstance(self.node, ir.Module)
        is_class = isinstance(self.node, ir.ClassDef)
        own = self.bound - self.global_names - self.nonlocal_names
        for name in self.bound | self.used | self.global_names | self.nonlocal_names:
            if module or name in self.global_names:
                kinds[name] = "global"
            elif name in own:
                kinds[name] = "local"
            elif name in visible:
                kinds[name] = "free"
            else:
                kinds[name] = "global"
        seen = visible - self.global_names
        if is_class:
            seen |= {"__class__"}
        elif not module:
            seen |= own
        free: set[str] = set()
        captured: set[str] = set()
        for block in self.below:
            needed, taken = block.resolve(frozenset(seen), found, scope)
            free |= needed
            captured |= taken
        if is_class:
            free.discard("__class__")
            captured.discard("__class__")
        elif not module:
            for name in captured & own:
                kinds[name] = "cell"
            free -= own
            captured -= own
        for name in free:
            if not is_class:
                kinds.setdefault(name, "free")
        free |= {name for name, kind in kinds.items() if kind == "free"}
        if not isinstance(self.node, COMPREHENSIONS):
            captured = set(free)
        return free, captured


_VISITORS: dict[type[ir.Node], Callable[[_Block, Any], None]] = {}
_VISITORS.update(
    {
        ir.Name: _Block.visit_name,
        ir.Assign: _Block.visit_assign,
        ir.AugAssign: _Block.visit_aug_assign,
        ir.AnnAssign: _Block.visit_ann_assign,
        ir.For: _Block.visit_for,
        ir.AsyncFor: _Block.visit_for,
        ir.WithItem: _Block.visit_with_item,
        ir.Delete: _Block.visit_delete,
        ir.Import: _Block.visit_import,
        ir.ImportFrom: _Block.visit_import,
        ir.ExceptHandler: _Block.visit_handler,
        ir.MatchAs: _Block.visit_pattern_name,
        ir.MatchStar: _Block.visit_pattern_name,
        ir.MatchMapping: _Block.visit_pattern_mapping,
        ir.Global: _Block.visit_global,
        ir.Nonlocal: _Block.visit_nonlocal,
        ir.NamedExpr: _Block.visit_walrus,
        ir.FunctionDef: _Block.visit_function,
        ir.AsyncFunctionDef: _Block.visit_function,
        ir.Lambda: _Block.visit_function,
        ir.ClassDef: _Block.visit_class,
        ir.ListComp: _Block.visit_comprehension,
        ir.SetComp: _Block.visit_comprehension,
        ir.DictComp: _Block.visit_comprehension,
        ir.GeneratorExp: _Block.visit_comprehension,
    }
)
