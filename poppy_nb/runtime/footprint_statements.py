"""Statements in the abstract interpretation.

Jumps are not followed: what stands behind a `return` or `break` is taken to be reached as well, and a loop, `try` or `with`
leaves every variable with what it had before or was given anywhere inside. So nothing has to be known about where exceptions
come from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from poppy_nb import ir
from poppy_nb.looking import is_a
from poppy_nb.runtime.footprint_frames import Environment, Frame, scope_of_inner
from poppy_nb.runtime.footprint_patterns import Patterns
from poppy_nb.runtime.footprint_places import takes_all
from poppy_nb.runtime.footprint_store import CAUGHT, WRITE
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, Arguments, Atom, Kind, Value


def _with_subclasses(cls: type) -> list[type]:
    """A class and those that inherit from it so far."""
    found: list[type] = [cls]
    for each in found:
        below: list[type] = type.__subclasses__(each)
        found += [one for one in below if one not in found]
    return found


def _may_be_one(exception: Atom, classes: list[type]) -> bool:
    """Whether an exception may be an instance of one of `classes`."""
    if exception.kind is Kind.SCALAR:
        return False
    return exception.kind is not Kind.OBJECT or exception.type is None or exception.type in classes


def _reaches_end(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a function with this body can answer None without a `return`."""
    last: Any = body[-1] if body else None
    if type(last) is ir.Return or type(last) is ir.Raise:
        return False
    if type(last) is ir.If:
        return _reaches_end(last.body) or _reaches_end(last.orelse)
    if type(last) is ir.Try and not last.finalbody:
        bodies = [last.orelse or last.body, *(handler.body for handler in last.handlers)]
        return any(map(_reaches_end, bodies))
    return True


_TURNS = 8  # of a loop, until what its variables may hold does not grow any more


class Statements(Patterns):
    """Executing."""

    def run_body(self, frame: Frame) -> None:
        """The body of a function."""
        node: Any = frame.node
        if type(node) is ir.Lambda:
            frame.result = self.evaluate(frame, node.body)
        else:
            self.block(frame, node.body)
            if _reaches_end(node.body):
                frame.result |= A_PLAIN

    def block(self, frame: Frame, body: tuple[ir.Statement, ...]) -> None:
        """Statements one after the other."""
        for statement in body:
            self.execute(frame, statement)

    def execute(self, frame: Frame, node: ir.Node) -> None:
        """One statement."""
        self.line = node.span.line
        _EXECUTE[type(node)](self, frame, node)

    def _expr(self, frame: Frame, node: ir.Expr) -> None:
        self.evaluate(frame, node.value)

    def _return(self, frame: Frame, node: ir.Return) -> None:
        frame.result |= self.evaluate(frame, node.value) if node.value is not None else A_PLAIN

    def _assign(self, frame: Frame, node: ir.Assign) -> None:
        targets = node.targets
        if frame.at is None and len(targets) == 1 and _pairwise(targets[0], node.value):
            parts = [self.evaluate(frame, e) for e in ir.children(node.value) if isinstance(e, ir.Expression)]
            for target, part in zip(ir.children(targets[0]), parts, strict=True):
                self.assign(frame, target, part)
            return
        result = self.evaluate(frame, node.value)
        for target in targets:
            self.assign(frame, target, result)

    def _ann_assign(self, frame: Frame, node: ir.AnnAssign) -> None:
        if node.value is not None:
            self.assign(frame, node.target, self.evaluate(frame, node.value))

    def _aug_assign(self, frame: Frame, node: ir.AugAssign) -> None:
        target: Any = node.target
        if type(target) is ir.Attribute:
            receiver = self.evaluate(frame, target.value)
            name = self.mangled(frame, target.attr)
            old = self.get_attribute(receiver, name, target)
            self.set_attribute(receiver, name, self._changed(frame, node, old), target)
        elif type(target) is ir.Subscript:
            receiver = self.evaluate(frame, target.value)
            key = self.evaluate(frame, target.slice)
            sliced = type(target.slice) is ir.Slice
            old = self.get_item(receiver, key, sliced, target)
            self.set_item(receiver, key, self._changed(frame, node, old), sliced, target)
        else:
            self.assign(frame, target, self._changed(frame, node, self.evaluate(frame, target)))

    def _changed(self, frame: Frame, node: ir.AugAssign, old: Value) -> Value:
        if node.target in frame.held:
            old |= frame.temps
        return self.inplace(node.op, old, self.evaluate(frame, node.value), node)

    def _delete(self, frame: Frame, node: ir.Delete) -> None:
        for target in node.targets:
            self._delete_target(frame, target)

    def _delete_target(self, frame: Frame, target: ir.Expression) -> None:
        if isinstance(target, ir.Name):
            variable = self.resolve(frame, frame.names.mangle(target.id))
            if variable is not None:
                self.store(frame, frame.names.mangle(target.id), EMPTY)
        elif isinstance(target, ir.Attribute):
            self.set_attribute(self.evaluate(frame, target.value), self.mangled(frame, target.attr), EMPTY, target)
        elif isinstance(target, ir.Subscript):
            receiver = self.evaluate(frame, target.value)
            self.del_item(receiver, self.evaluate(frame, target.slice), target)
        elif isinstance(target, (ir.Tuple, ir.List)):
            for each in target.elts:
                self._delete_target(frame, each)

    def _raise(self, frame: Frame, node: ir.Raise) -> None:
        value = EMPTY
        for part in (node.exc, node.cause):
            if part is not None:
                value |= self.evaluate(frame, part)
        for atom in value:
            if atom.kind is Kind.OBJECT:
                self.touch(atom, WRITE)  # its traceback and context
        classes = frozenset(a for a in value if a.kind is Kind.CLASS)
        value |= self.call(classes, Arguments([]), node) if classes else EMPTY
        self.grow(self.raised(), value)

    def _assert(self, frame: Frame, node: ir.Assert) -> None:
        self.truth(self.evaluate(frame, node.test), node)
        if node.msg is not None:
            message = self.evaluate(frame, node.msg)
            self.read_deep(message, node)
            self.grow(self.raised(), self.call(self.atom(AssertionError).single, Arguments([message]), node))

    def _nothing(self, frame: Frame, node: ir.Node) -> None:
        pass

    def _import(self, frame: Frame, node: ir.Import | ir.ImportFrom) -> None:
        import sys

        self.alone("an import")
        for alias in node.names:
            if alias.name == "*":
                self.give_up("star import")
            if isinstance(node, ir.ImportFrom):
                module = sys.modules.get(node.module or "") if not node.level else None
                if module is None:
                    self.give_up("imports a module that is not loaded")
                value = self.get_attribute(self.atom(module).single, alias.name, node)
                if not value and f"{node.module}.{alias.name}" in sys.modules:
                    value = self.atom(sys.modules[f"{node.module}.{alias.name}"]).single
            else:
                module = sys.modules.get(alias.name)
                if module is None:
                    self.give_up("imports a module that is not loaded")
                value = self.atom(module if alias.asname else sys.modules[alias.name.partition(".")[0]]).single
            self.store(frame, frame.names.mangle(alias.asname or alias.name.partition(".")[0]), value)

    def _function_def(self, frame: Frame, node: ir.FunctionDef) -> None:
        value = self.define(frame, node)
        for decorator in reversed(node.decorator_list):
            value = self._decorated(frame, decorator, value)
        self.store(frame, frame.names.mangle(node.name), value)

    def _decorated(self, frame: Frame, decorator: ir.Expression, value: Value) -> Value:
        callee = self.evaluate(frame, decorator)
        if frame.at is not None:
            value |= frame.temps  # what there is already: a class, or what other decorators have made of it
        result = self.call(frozenset(a for a in callee if not _is_descriptor(a.obj)), Arguments([value]), decorator)
        for atom in callee:
            if _is_descriptor(atom.obj):
                key = (decorator, atom)
                made = self.atoms.setdefault(key, Atom(NEW, Kind.OBJECT, None, (atom.obj.__name__, EMPTY)))
                made.payload = (atom.obj.__name__, made.payload[1] | value)
                result |= made.single
        return result

    def _class_def(self, frame: Frame, node: ir.ClassDef) -> None:
        cls = self.new(node, Kind.CLASS, None, EMPTY, node)
        for expression in node.bases:
            self.grow_content(cls, self.evaluate(frame, expression))
        if any(k.arg == "metaclass" for k in node.keywords):
            self.give_up("a class with a metaclass")
        inner = Frame(node, scope_of_inner(node, frame.names))
        inner.outer, inner.origin = frame, cls
        inner.elements = self.share_elements(frame)
        self.grow(self.shared(node, "__class__"), cls.single)
        self.block(inner, node.body)
        for name, value in inner.env.items():
            self.grow(self.attribute_cell(cls, name), value)
        self.check_class(cls, node)
        value = cls.single | frame.values.get(node.span, EMPTY)
        for decorator in reversed(node.decorator_list):
            value = self._decorated(frame, decorator, value)
        for base in self.content(cls):
            if base.kind is Kind.CLASS and base.obj is not NEW:
                hook = self.static(base.obj, "__init_subclass__")
                if is_a(hook, classmethod) and self.owned(base.obj):
                    self.call(self.atom(hook.__func__).single, Arguments([cls.single]), node)
        self.store(frame, frame.names.mangle(node.name), value)

    def _if(self, frame: Frame, node: ir.If) -> None:
        self.truth(self.evaluate(frame, node.test), node)
        self.branches(frame, node.body, node.orelse)

    def branches(self, frame: Frame, *bodies: tuple[ir.Statement, ...]) -> None:
        """One of several blocks."""
        before, assigned = frame.env, frame.assigned
        joined: Environment | None = None
        for body in bodies:
            frame.env = dict(before)
            frame.assigned = set(assigned)
            self.block(frame, body)
            joined = frame.env if joined is None else self.join(frame, joined, frame.env)
        frame.env = joined if joined is not None else before
        frame.assigned = assigned

    def repeat(self, frame: Frame, turn: Callable[[], None]) -> None:
        """A loop: any number of turns, with any number of jumps out of them."""
        before, assigned, loaded = frame.env, frame.assigned, frame.loaded
        entry = before
        self.begin(frame)
        stores = frame.stores[-1]
        for _ in range(_TURNS):
            frame.env = dict(entry)
            frame.assigned = set()
            frame.loaded = set()
            turn()
            grown = self.weaken(frame, before, stores)
            loaded |= frame.loaded - assigned
            if all(grown[name] <= entry.get(name, EMPTY) for name in frame.loaded if name in stores):
                break
            entry = grown
        else:
            self.give_up("a loop whose variables hold more and more")
        self.end(frame)
        frame.env, frame.assigned, frame.loaded = grown, assigned, loaded

    def _for(self, frame: Frame, node: ir.For) -> None:
        self.loop(frame, node, self.iterate(self.iterable(frame, node), node))

    def iterable(self, frame: Frame, node: ir.For | ir.AsyncFor) -> Value:
        """What a loop iterates over."""
        before, self.pushing = self.pushing, takes_all(node)
        try:
            return self.evaluate(frame, node.iter)
        finally:
            self.pushing = before

    def loop(self, frame: Frame, node: ir.For | ir.AsyncFor, items: Value) -> None:
        """A `for` loop over `items`."""

        def turn() -> None:
            self.assign(frame, node.target, items)
            self.block(frame, node.body)

        self.repeat(frame, turn)
        self.block(frame, node.orelse)

    def _while(self, frame: Frame, node: ir.While) -> None:
        def turn() -> None:
            self.truth(self.evaluate(frame, node.test), node)
            self.block(frame, node.body)

        self.repeat(frame, turn)
        self.block(frame, node.orelse)

    def inside(self, frame: Frame, run: Callable[[], None]) -> tuple[Environment, Environment]:
        """Run something that may stop anywhere; the variables when it ends, and when it stops anywhere."""
        before, assigned = frame.env, frame.assigned
        self.begin(frame)
        frame.env = dict(before)
        frame.assigned = set(assigned)
        run()
        after = frame.env
        stopped = self.weaken(frame, before, self.end(frame))
        frame.env, frame.assigned = after, assigned
        return after, stopped

    def _try(self, frame: Frame, node: ir.Try | ir.TryStar) -> None:
        self.handlers(frame, node, lambda: self.block(frame, node.body))

    def handlers(self, frame: Frame, node: ir.Try | ir.TryStar, body: Callable[[], None]) -> None:
        """A `try` statement around `body`."""

        def all_but_finally() -> None:
            after, stopped = self.inside(frame, body)
            frame.env = after
            self.block(frame, node.orelse)
            joined = frame.env
            for handler in node.handlers:
                frame.env = dict(stopped)
                self.handler(frame, handler, type(node) is ir.TryStar)
                joined = self.join(frame, joined, frame.env)
            frame.env = joined

        if node.finalbody:
            _, stopped = self.inside(frame, all_but_finally)
            frame.env = stopped
            self.block(frame, node.finalbody)
        else:
            _, frame.env = self.inside(frame, all_but_finally)

    def handler(self, frame: Frame, handler: ir.ExceptHandler, star: bool = False) -> None:
        """One handler; with `star` it may get a group of exceptions."""
        self.line = handler.span.line
        begun = self.raising()
        caught = self.look(self.raised()) | begun
        caught |= frozenset(a for a in frame.temps if is_a(a.obj, BaseException))  # it has been raised already
        known: list[type] | None = None  # all that it may be an instance of, if these are existing classes
        if handler.type is not None:
            classes = self.evaluate(frame, handler.type)
            for atom in classes:
                if atom.kind is Kind.TUPLE:
                    classes |= self.content(atom)
            named = [a.obj for a in classes if a.kind is not Kind.TUPLE]
            if not star and all(type(cls) is type and issubclass(cls, BaseException) for cls in named):
                known = list(dict.fromkeys(each for cls in named for each in self.looks(_with_subclasses, cls)))
        if known is not None:
            caught = frozenset(a for a in caught if _may_be_one(a, known))
            for cls in known:
                if self.owned(cls):
                    caught |= self.new(handler, Kind.OBJECT, cls, begun, CAUGHT).single
        elif handler.type is not None:
            caught |= frozenset().union(
                *(self.new(handler, Kind.OBJECT, c, begun, CAUGHT).single for c in named if is_a(c, type) and self.owned(c))
            )
        if known is None or not all(map(self.owned, known)):
            caught |= self.foreign(handler, EMPTY)
        if handler.name is not None:
            self.store(frame, frame.names.mangle(handler.name), caught)
        self.block(frame, handler.body)

    def _with(self, frame: Frame, node: ir.With | ir.AsyncWith) -> None:
        def body(index: int = 0) -> None:
            if index == len(node.items):
                self.block(frame, node.body)
                return
            item = node.items[index]
            managers = self.evaluate(frame, item.context_expr)
            if frame.at is not None:  # what it has been entered with is no manager
                managers = frozenset(a for a in managers if a.kind is not Kind.FOREIGN or a not in frame.temps)
            value = self.enter_manager(managers, item, isinstance(node, ir.AsyncWith))
            if item.optional_vars is not None:
                self.assign(frame, item.optional_vars, value)
            body(index + 1)
            self.leave_manager(managers, item, isinstance(node, ir.AsyncWith))

        _, frame.env = self.inside(frame, body)

    def _match(self, frame: Frame, node: ir.Match) -> None:
        subject = self.evaluate(frame, node.subject) | frame.awaited
        self.read_deep(subject, node)
        before, assigned = frame.env, frame.assigned
        joined = before
        current = before
        for case in node.cases:
            frame.env = dict(current)
            frame.assigned = set(assigned)
            self.pattern(frame, case.pattern, subject)
            if case.guard is not None:
                self.truth(self.evaluate(frame, case.guard), case)
            current = self.join(frame, current, frame.env)  # names bound by a pattern that failed stay bound
            self.block(frame, case.body)
            joined = self.join(frame, joined, frame.env)
        frame.env, frame.assigned = self.join(frame, joined, current), assigned


@lru_cache(maxsize=4096)
def _pairwise(target: ir.Expression, value: ir.Expression) -> bool:
    # `a, b = x, y`: no tuple needed
    if type(target) is not ir.Tuple or type(value) is not ir.Tuple or len(value.elts) != len(target.elts):
        return False
    return not any(type(e) is ir.Starred for e in (*value.elts, *target.elts))


_DESCRIPTORS = frozenset({property, staticmethod, classmethod})


def _is_descriptor(value: object) -> bool:
    return type(value) is type and value in _DESCRIPTORS  # a decorator may be an object with an `__eq__` of its own


_EXECUTE: dict[type, Callable[[Any, Frame, Any], None]] = {
    ir.Expr: Statements._expr,
    ir.Return: Statements._return,
    ir.Assign: Statements._assign,
    ir.AnnAssign: Statements._ann_assign,
    ir.AugAssign: Statements._aug_assign,
    ir.Delete: Statements._delete,
    ir.Raise: Statements._raise,
    ir.Assert: Statements._assert,
    **dict.fromkeys((ir.Pass, ir.Break, ir.Continue, ir.Global, ir.Nonlocal, ir.TypeAlias), Statements._nothing),
    **dict.fromkeys((ir.Import, ir.ImportFrom), Statements._import),
    **dict.fromkeys((ir.FunctionDef, ir.AsyncFunctionDef), Statements._function_def),
    ir.ClassDef: Statements._class_def,
    ir.If: Statements._if,
    **dict.fromkeys((ir.For, ir.AsyncFor), Statements._for),
    ir.While: Statements._while,
    **dict.fromkeys((ir.Try, ir.TryStar), Statements._try),
    **dict.fromkeys((ir.With, ir.AsyncWith), Statements._with),
    ir.Match: Statements._match,
}
