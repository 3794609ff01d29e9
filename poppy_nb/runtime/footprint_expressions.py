"""Expressions in the abstract interpretation, one method per kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from poppy_nb import ir
from poppy_nb.runtime.footprint_frames import Frame
from poppy_nb.runtime.footprint_targets import Targets
from poppy_nb.runtime.footprint_values import A_PLAIN, EMPTY, NEW, NO_NAMES, Arguments, Atom, Kind, Value, joined, the_text


class Expressions(Targets):
    """Evaluating."""

    def evaluate(self, frame: Frame, node: ir.Node) -> Value:
        """The value of an expression; what it reads and writes is claimed."""
        self.budget -= 1
        if self.budget < 0:
            self.spend(0)
        if frame.at is None:
            return _EVALUATE[type(node)](self, frame, node)
        if node in frame.done:
            return self._kept(frame, node) | A_PLAIN
        value = _EVALUATE[type(node)](self, frame, node)
        if node in frame.held:
            value |= self._kept(frame, node)
        if node.span == frame.at:
            value |= frame.awaited
            if frame.inner is not None:
                value |= frame.inner[1]
        return value

    def _kept(self, frame: Frame, node: ir.Node) -> Value:
        """What an expression that is evaluated already may have given: a temporary."""
        exact = frame.values.get(node.span)
        return frame.temps if exact is None else exact

    def _constant(self, frame: Frame, node: ir.Constant) -> Value:
        return _constant_value(node)

    def _name(self, frame: Frame, node: ir.Name) -> Value:
        name = node.id
        return self.load(frame, frame.names.mangle(name) if name.startswith("__") else name)

    def _named(self, frame: Frame, node: ir.NamedExpr) -> Value:
        value = self.evaluate(frame, node.value)
        self.assign(frame, node.target, value)
        return value

    def _attribute(self, frame: Frame, node: ir.Attribute) -> Value:
        return self.get_attribute(self.evaluate(frame, node.value), self.mangled(frame, node.attr), node)

    def _subscript(self, frame: Frame, node: ir.Subscript) -> Value:
        value = self.evaluate(frame, node.value)
        return self.get_item(value, self.evaluate(frame, node.slice), type(node.slice) is ir.Slice, node)

    def _slice(self, frame: Frame, node: ir.Slice) -> Value:
        for part in (node.lower, node.upper, node.step):
            if part is not None:
                self.evaluate(frame, part)
        return A_PLAIN

    def _bool_op(self, frame: Frame, node: ir.BoolOp) -> Value:
        result = EMPTY
        before = frame.env
        for index, each in enumerate(node.values):
            value = self.evaluate(frame, each)
            result |= value
            if index == 0:
                before = dict(frame.env)
            if index < len(node.values) - 1 or frame.node is node:  # of a region it may be the truth alone that is wanted
                self.truth(value, node)
        if frame.env != before:
            frame.env = self.join(frame, before, frame.env)
        return result

    def _bin_op(self, frame: Frame, node: ir.BinOp) -> Value:
        left = self.evaluate(frame, node.left)
        right = self.evaluate(frame, node.right)
        return self.binary(node.op, left, right, node)

    def _unary_op(self, frame: Frame, node: ir.UnaryOp) -> Value:
        return self.unary(node.op, self.evaluate(frame, node.operand), node)

    def _compare(self, frame: Frame, node: ir.Compare) -> Value:
        left = self.evaluate(frame, node.left)
        result = EMPTY
        for index, (op, comparator) in enumerate(zip(node.ops, node.comparators, strict=True)):
            right = self.evaluate(frame, comparator)
            value = self.compare(op, left, right, node)
            if index < len(node.ops) - 1:
                self.truth(value, node)
            result |= value
            left = right
        return result

    def _if_exp(self, frame: Frame, node: ir.IfExp) -> Value:
        self.truth(self.evaluate(frame, node.test), node)
        return self.alternatives(frame, node)

    def alternatives(self, frame: Frame, node: ir.IfExp) -> Value:
        """A conditional expression whose test has been evaluated."""
        before = dict(frame.env)
        value = self.evaluate(frame, node.body)
        after, frame.env = frame.env, before
        value |= self.evaluate(frame, node.orelse)
        if frame.env != after:
            frame.env = self.join(frame, after, frame.env)
        return value

    def _tuple(self, frame: Frame, node: ir.Tuple) -> Value:
        if any(type(e) is ir.Starred for e in node.elts):
            return self.display(node, tuple, self.items(frame, node.elts))
        return self.tuple_of(node, [self.evaluate(frame, e) for e in node.elts])

    def _list(self, frame: Frame, node: ir.List) -> Value:
        return self.display(node, list, self.items(frame, node.elts))

    def _set(self, frame: Frame, node: ir.Set) -> Value:
        content = self.items(frame, node.elts)
        self.hash_key(content, node)
        return self.display(node, set, content)

    def items(self, frame: Frame, elts: tuple[ir.Expression, ...]) -> Value:
        """The elements of a display."""
        content = EMPTY
        for each in elts:
            if type(each) is ir.Starred:
                content |= self.iterate(self.evaluate(frame, each.value), each)
            else:
                content |= self.evaluate(frame, each)
        return content

    def _dict(self, frame: Frame, node: ir.Dict) -> Value:
        content = all_keys = EMPTY
        told: dict[str, Value] | None = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                given = self.evaluate(frame, value)
                content |= self.mapping(given, node)
                names = self.keys(given)
                all_keys |= self.texts(names)
                more = self.told(given, names)
            else:
                keys = self.evaluate(frame, key)
                self.hash_key(keys, node)
                stored = self.evaluate(frame, value)
                content |= keys | stored
                all_keys |= keys
                more = {one: stored} if (one := the_text(keys)) is not None else None
            told = joined(told, more)
        return self.dict_of(node, content, all_keys, told)

    def _joined(self, frame: Frame, node: ir.JoinedStr) -> Value:
        for part in node.values:
            self.evaluate(frame, part)
        return A_PLAIN

    def _formatted(self, frame: Frame, node: ir.FormattedValue) -> Value:
        self.read_deep(self.evaluate(frame, node.value), node)
        if node.format_spec is not None:
            self.evaluate(frame, node.format_spec)
        return A_PLAIN

    def _starred(self, frame: Frame, node: ir.Starred) -> Value:
        return self.iterate(self.evaluate(frame, node.value), node)

    def _await(self, frame: Frame, node: ir.Await) -> Value:
        value = self.evaluate(frame, node.value)
        result = EMPTY
        for atom in value:
            if atom.kind is Kind.ITERATOR and atom.obj is not NEW:
                result |= self.iterate(atom.single, node)
            elif atom.kind is Kind.OBJECT:
                made = self.special(atom, "__await__", Arguments([]), node)
                result |= made if made is not None else self.unknown_call(atom.single, Arguments([]), node)
            else:
                result |= atom.single
        return result

    def _yield(self, frame: Frame, node: ir.Yield) -> Value:
        item = self.evaluate(frame, node.value) if node.value is not None else A_PLAIN
        frame.yielded |= item
        self.alone("a generator")
        run = getattr(getattr(frame.scope, "home", None), "push", None) if frame.live else None
        if run is not None:
            self.emit(run, item)
            return A_PLAIN
        return self._sent(frame)

    def emit(self, run: Any, item: Value) -> None:
        """A turn of the loop that the items of a generator are pushed into."""
        raise NotImplementedError

    def _sent(self, frame: Frame) -> Value:
        # whoever consumes a generator of the rest may send it something, which `_send` puts into its content
        if frame.live:
            return self.foreign(("sent", frame.node), EMPTY) | A_PLAIN
        return self.content(self.new(frame.node, Kind.ITERATOR, _GENERATOR)) | A_PLAIN

    def _yield_from(self, frame: Frame, node: ir.YieldFrom) -> Value:
        self.alone("a generator")
        run = getattr(getattr(frame.scope, "home", None), "push", None) if frame.live else None
        before, self.pushing = self.pushing, self.pushing or run is not None
        value = self.evaluate(frame, node.value)
        self.pushing = before
        items = self.iterate(value, node)
        frame.yielded |= items
        if run is not None:
            self.emit(run, items)
        return frozenset().union(
            A_PLAIN, *(self.look(self.attribute_cell(a, "return")) for a in value if a.kind is Kind.ITERATOR and a.obj is NEW)
        )

    def _lambda(self, frame: Frame, node: ir.Lambda) -> Value:
        return self.define(frame, node)

    def _call(self, frame: Frame, node: ir.Call) -> Value:
        function = node.func
        if type(function) is ir.Name and function.id == "super" and not node.args:
            return self._super(frame, node)
        direct: Atom | None = None  # a receiver whose methods are native: no need to make an atom of the bound method
        if frame.callee and node.span == frame.at:
            callee = frame.callee
        elif type(function) is ir.Attribute and (frame.at is None or (function not in frame.done and function.span != frame.at)):
            receiver = self.evaluate(frame, function.value)
            if len(receiver) == 1 and frame.at is None and next(iter(receiver)).kind in _NATIVE:
                (direct,) = receiver
                callee = EMPTY
            else:
                callee = self.get_method(receiver, self.mangled(frame, function.attr), function)
                if function in frame.held:
                    callee |= self._kept(frame, function)
        elif type(function) is ir.Name:
            callee = self._name(frame, function)  # its value stands in no temporary
        else:
            callee = self.evaluate(frame, function)
        positional: list[Value] = []
        rest = extra = EMPTY
        names: frozenset[str] | None = NO_NAMES
        told: dict[str, Value] | None = {}
        for arg in node.args:
            if type(arg) is ir.Starred:
                rest |= self.iterate(self.evaluate(frame, arg.value), arg) | A_PLAIN
            elif rest:
                rest |= self.evaluate(frame, arg)
            else:
                positional.append(self.evaluate(frame, arg))
        keywords: dict[str, Value] = {}
        for keyword in node.keywords:
            value = self.evaluate(frame, keyword.value)
            if keyword.arg is None:
                extra |= self.mapping(value, node) | A_PLAIN
                keys = self.keys(value) if names is not None else None
                names = names | keys if names is not None and keys is not None else None
                told = joined(told, self.told(value, keys))
            else:
                keywords[keyword.arg] = value
        if not names and names is not None:
            extra = EMPTY
        arguments = Arguments(positional, keywords, rest, extra, names, told)
        if direct is not None and type(function) is ir.Attribute:
            self.budget -= 5
            return self.call_method(function.attr, direct, arguments, node)
        if (
            frame.inner is not None
            and node.span == frame.at
            and not frame.comprehensions
            and not self._native_name(frame.inner[0])
        ):
            self.skip = frame.inner
            result = self.call(callee, arguments, node)
            self.skip = None
            return result
        return self.call(callee, arguments, node)

    def _native_name(self, node: ir.Node) -> bool:
        # special methods are called by other things than calls of themselves
        name = getattr(node, "name", "")
        return name.startswith("__") and name.endswith("__")

    def _super(self, frame: Frame, node: ir.Call) -> Value:
        classes = self.load(frame, "__class__")
        first = frame.names.parameters[0] if frame.names.parameters else ""
        around = frame.names.parent
        while not first and around is not None:
            first = around.parameters[0] if around.parameters else ""
            around = around.parent
        receivers = self.load(frame, first) if first else EMPTY
        if not classes or not receivers:
            self.give_up("super() of an unknown object")
        return self.super_of(classes, receivers)

    def _comprehension(self, frame: Frame, node: Any) -> Value:
        if not frame.iterated or frame.at not in (node.span, node.generators[0].iter.span):  # of Python 3.13
            return self.comprehension(frame, node, EMPTY)
        # its first iterable has been evaluated; all else is done for each element
        at, done, held = frame.at, frame.done, frame.held
        frame.at, frame.done, frame.held = None, frozenset(), frozenset()
        try:
            return self.comprehension(frame, node, self.iterate(frame.iterated, node) | A_PLAIN)
        finally:
            frame.at, frame.done, frame.held = at, done, held

    def comprehension(self, frame: Frame, node: Any, items: Value) -> Value:
        """A comprehension; `items`, if there are any, are what its first clause iterates over."""
        content = self.clauses(frame, node, 0, items, {})
        if type(node) is ir.ListComp:
            return self.display(node, list, content)
        if type(node) is ir.GeneratorExp:
            return self.new(node, Kind.ITERATOR, None, content).single
        return self.display(node, set if type(node) is ir.SetComp else dict, content)


_NATIVE = frozenset({Kind.CONTAINER, Kind.TUPLE, Kind.SCALAR})


@lru_cache(maxsize=4096)
def _constant_value(node: ir.Constant) -> Value:
    # scalars have no state, so that their atoms may be shared by all analyses
    return Atom(node.value, Kind.SCALAR, type(node.value)).single


_GENERATOR: Any = type(_ for _ in ())
_EVALUATE: dict[type, Callable[[Any, Frame, Any], Value]] = {
    ir.Constant: Expressions._constant,
    ir.Name: Expressions._name,
    ir.NamedExpr: Expressions._named,
    ir.Attribute: Expressions._attribute,
    ir.Subscript: Expressions._subscript,
    ir.Slice: Expressions._slice,
    ir.BoolOp: Expressions._bool_op,
    ir.BinOp: Expressions._bin_op,
    ir.UnaryOp: Expressions._unary_op,
    ir.Compare: Expressions._compare,
    ir.IfExp: Expressions._if_exp,
    ir.Tuple: Expressions._tuple,
    ir.List: Expressions._list,
    ir.Set: Expressions._set,
    ir.Dict: Expressions._dict,
    ir.JoinedStr: Expressions._joined,
    ir.FormattedValue: Expressions._formatted,
    ir.Starred: Expressions._starred,
    ir.Await: Expressions._await,
    ir.Yield: Expressions._yield,
    ir.YieldFrom: Expressions._yield_from,
    ir.Lambda: Expressions._lambda,
    ir.Call: Expressions._call,
    **dict.fromkeys((ir.ListComp, ir.SetComp, ir.DictComp, ir.GeneratorExp), Expressions._comprehension),
}
