"""Frames of the abstract interpretation: the variables of one activation, or of one call that the rest makes.

Local variables are followed in the order of the code. What other frames can see as well (globals, cells, variables of scopes
that exist) is kept a second time as a set that only grows.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from types import FunctionType

from poppy_nb import ir
from poppy_nb.runtime.footprint_reach import Reach
from poppy_nb.runtime.footprint_store import READ, WRITE
from poppy_nb.runtime.footprint_values import EMPTY, Atom, Kind, Value, Variable, kinds_of
from poppy_nb.scopes import COMPREHENSIONS, FUNCTIONS, Scope, private_of, scopes


Environment = dict[str, Value]
_MARK = Atom(None, Kind.SCALAR, type(None))  # among what a variable may hold: it may not have been stored to
_INITIAL = _MARK.single


@lru_cache(maxsize=1024)
def scope_of_function(node: ir.Node, visible: tuple[str, ...], qualname: str) -> Scope:
    """The names of a live function."""
    return scopes(node, visible, private_of(qualname))[node]


@lru_cache(maxsize=1024)
def scope_of_inner(node: ir.Node, outer: Scope) -> Scope:
    """The names of a function or class defined in the scope `outer`."""
    visible: set[str] = set()
    around: Scope | None = outer
    while around is not None:
        if not isinstance(around.node, (ir.Module, ir.ClassDef)):
            visible.update(around.names("local", "cell", "free"))
        elif isinstance(around.node, ir.ClassDef):
            visible.add("__class__")
        around = around.parent
    if isinstance(node, ir.ClassDef):
        return replace(scopes(node, visible, node.name)[node], parent=outer)  # whose names its methods see, and not its own
    return scopes(node, visible, outer.private)[node]


@lru_cache(maxsize=1024)
def scope_of_module(node: ir.Node) -> Scope:
    """The names of a cell, or of a region of one."""
    if isinstance(node, COMPREHENSIONS):
        module = ir.Module(node.span, (ir.Expr(node.span, node),))
        return scopes(module)[node]
    if isinstance(node, (ir.Module, *FUNCTIONS)):
        return scopes(node)[node]
    module = ir.Module(node.span, (node if isinstance(node, ir.Statement) else ir.Expr(node.span, node),))  # type: ignore[arg-type]
    return scopes(module)[module]


@lru_cache(maxsize=1024)
def is_generator(node: ir.Node) -> bool:
    """Whether a function has a `yield` of its own."""
    stack: list[ir.Node] = list(node.body) if isinstance(node, (ir.FunctionDef, ir.AsyncFunctionDef)) else []
    while stack:
        current = stack.pop()
        if isinstance(current, (ir.Yield, ir.YieldFrom)):
            return True
        if not isinstance(current, (*FUNCTIONS, ir.ClassDef)):
            stack.extend(ir.children(current))
    return False


class Frame:
    """One activation, or one call that the rest makes."""

    __slots__ = (
        "assigned", "at", "awaited", "cache", "callee", "comprehensions", "done", "elements", "ended", "env", "function", "held",
        "inner", "iterated", "live", "loaded", "names", "node", "origin", "outer", "result", "scope", "spawned", "stores",
        "temps", "values", "yielded",
    )  # fmt: skip

    def __init__(self, node: ir.Node, names: Scope) -> None:
        self.node = node
        self.names = names
        self.live = False  # an activation: its variables exist, in `scope`
        self.scope: object = None
        self.function: FunctionType | None = None  # of a call of an existing function
        self.outer: Frame | None = None  # of a call of a function that the rest defines: where
        self.origin: Atom | None = None  # the function that is called
        self.elements: dict[str, Variable] = {}  # of comprehensions around the definition of the function
        self.cache: dict[str, Variable | None] = {}
        self.env: Environment = {}
        self.stores: list[Environment] = [{}]  # what was stored since the innermost loop or `try` began
        self.loaded: set[str] = set()  # names that were loaded when they may not have been stored since the loop began
        self.assigned: set[str] = set()
        self.comprehensions: tuple[Environment, ...] = ()
        self.result: Value = EMPTY
        self.yielded: Value = EMPTY
        # of an activation that is under way:
        self.at: ir.Span | None = None
        self.temps: Value = EMPTY
        self.values: dict[ir.Span, Value] = {}  # of expressions that are evaluated already, of the statement under way
        self.ended = False  # the block that it stands in has been run
        self.spawned: ir.Node | None = None  # the statement that it stands at, if another strand runs it
        self.awaited: Value = EMPTY  # what the value of the instruction `at` is computed from, or is
        self.iterated: Value = EMPTY  # what the comprehension that is the instruction `at` iterates over
        self.callee: Value = EMPTY  # what the call at `at` calls
        self.done: frozenset[ir.Node] = frozenset()
        self.held: frozenset[ir.Node] = frozenset()
        self.inner: tuple[ir.Node, Value] | None = None


class Frames(Reach):
    """Loading and storing names; joining what branches and loops leave."""

    def find(self, frame: Frame, name: str) -> Variable | None:
        """The variable that a name is; None if it is a local one of this call alone."""
        names: Scope | None = frame.names
        kind = "global"
        while names is not None:
            kind = names.kind(name)
            if kind != "free" or not isinstance(names.node, COMPREHENSIONS):
                break
            names = names.parent
        if name in frame.elements and kind != "local" and kind != "cell" and name not in frame.names.global_names:
            return frame.elements[name]
        if frame.live:
            return self.variable(frame.scope, "cell" if kind == "free" else kind, name)
        if kind == "local":
            return None
        if kind == "cell":
            return self.shared(frame.node, name)
        if kind == "free":
            if frame.function is not None and frame.function.__closure__ is not None:
                free = frame.function.__code__.co_freevars
                if name in free:
                    cell = frame.function.__closure__[free.index(name)]
                    return self.variable(cell, "cell", name if name == "__class__" else "")
            elif frame.outer is not None:
                return self.capture(frame.outer, name)
        return self.global_variable(frame, name)

    def global_variable(self, frame: Frame, name: str) -> Variable:
        """The variable of the namespace that a frame's code belongs to."""
        around = frame
        while around.outer is not None:
            around = around.outer
        if around.live:
            return self.variable(around.scope, "global", name)
        if around.function is None:
            self.give_up("code without a namespace")
        return self.variable(around.function.__globals__, "global", name)

    def resolve(self, frame: Frame, name: str) -> Variable | None:
        """`find`, remembered."""
        try:
            return frame.cache[name]
        except KeyError:
            found = frame.cache[name] = self.find(frame, name)
            return found

    def load(self, frame: Frame, name: str) -> Value:
        """What a name may hold here."""
        if frame.comprehensions:
            for env in reversed(frame.comprehensions):
                if name in env:
                    return env[name]
        if name not in frame.assigned:
            frame.loaded.add(name)
        variable = frame.cache[name] if name in frame.cache else self.resolve(frame, name)
        value = frame.env.get(name)
        if variable is None:
            return EMPTY if value is None else value
        if not variable.claimed:
            self.claim_variable(variable, READ)
        if value is None:
            if variable.key is not None:
                self.looked.add(variable.key)
            variable.read = self.round
            return variable.value
        variable.foreign_read = self.round
        if variable.key is not None and _MARK in value:
            self.looked.add(variable.key)
        return value | variable.foreign if variable.foreign else value

    def store(self, frame: Frame, name: str, value: Value) -> None:
        """A name is bound."""
        variable = self.resolve(frame, name)
        frame.assigned.add(name)
        if variable is None or frame.live:
            frame.env[name] = value
            stores = frame.stores[-1]
            old = stores.get(name)
            stores[name] = value if old is None else old | value
        if variable is not None:
            self.claim_variable(variable, WRITE, kinds_of(value) is not None)
            self.grow(variable, value)
            if not frame.live:
                self.grow_foreign(variable, value)
            if variable.key is not None:
                self.publish(value, variable.key)

    def capture(self, frame: Frame, name: str) -> Variable:
        """The variable that a function defined in `frame` means by a free name."""
        if isinstance(frame.node, ir.ClassDef) and frame.outer is not None:
            # methods do not see the names of the class
            return self.shared(frame.node, name) if name == "__class__" else self.capture(frame.outer, name)
        variable = self.resolve(frame, name)
        if variable is None:
            variable = self.shared(frame.node, name)
            self.grow(variable, frame.env.get(name, EMPTY))
        return variable

    def share_elements(self, frame: Frame) -> dict[str, Variable]:
        """A function is defined inside of comprehensions: it may use their variables."""
        if not frame.comprehensions:
            return frame.elements
        found = dict(frame.elements)
        for env in frame.comprehensions:
            for name, value in env.items():
                found[name] = self.shared(("element", frame.node), name)
                self.grow(found[name], value)
        return found

    def weaken(self, frame: Frame, env: Environment, stores: Environment) -> Environment:
        """`env`, after any number of the stores have happened."""
        if not stores:
            return env
        joined = dict(env)
        for name, value in stores.items():
            old = joined.get(name)
            joined[name] = (self._unassigned(frame, name) if old is None else old) | value
        return joined

    def join(self, frame: Frame, one: Environment, other: Environment) -> Environment:
        """Either of two."""
        joined = dict(one)
        for name in one.keys() | other.keys():
            a, b = one.get(name), other.get(name)
            if a is not b:
                joined[name] = (self._unassigned(frame, name) if a is None else a) | (
                    self._unassigned(frame, name) if b is None else b
                )
        return joined

    def _unassigned(self, frame: Frame, name: str) -> Value:
        variable = self.resolve(frame, name)
        return EMPTY if variable is None else variable.initial | _INITIAL

    def begin(self, frame: Frame) -> None:
        """Collect the stores of a loop or `try` apart."""
        frame.stores.append({})

    def end(self, frame: Frame) -> Environment:
        """The stores since `begin`; they count for what is around it as well."""
        stores = frame.stores.pop()
        around = frame.stores[-1]
        for name, value in stores.items():
            old = around.get(name)
            around[name] = value if old is None else old | value
        return stores
