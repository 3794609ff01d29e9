"""Expressions whose operands are always all evaluated: names, operators, displays, calls, f-strings."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from poppy_nb import ir
from poppy_nb.compiler.codegen.emitter import LOAD, PAUSED, Emitter, at
from poppy_nb.compiler.codegen.origin import PARTS_OF_FSTRINGS
from poppy_nb.compiler.regions import static
from poppy_nb.errors import Unsupported


def attribute_span(span: ir.Span, attr: str) -> ir.Span:
    """Where tracebacks point for an attribute: if it takes several lines, to the name after the dot."""
    if span.line == span.end_line:
        return span
    return ir.Span(span.end_line, max(0, span.end_column - len(attr)), span.end_line, span.end_column)


def _hashed_silently(node: ir.Expression | None) -> bool:
    """Whether nobody can see when it is hashed: strings and numbers, and, not quite certainly, what has a name."""
    return node is None or static(node) or isinstance(node, (ir.Name, ir.JoinedStr))


class Expressions(Emitter):
    """Values."""

    def constant_node(self, node: ir.Constant) -> ast.expr:
        return self.constant(node.value, node.span)

    def name_node(self, node: ir.Name) -> ast.expr:
        if node.id == "__debug__":
            return self.plain(node)
        return self.load(node.id, node.span)

    def binary(self, node: ir.BinOp) -> ast.expr:
        if static(node):
            return self.plain(node)
        left, right = self.operands((node.left, node.right))
        return self.op("binary", node.span, self.constant(node.op, node.span), left, right)

    def attribute(self, node: ir.Attribute) -> ast.expr:
        span = attribute_span(node.span, node.attr)
        return self.op("getattr", span, self.expression(node.value), self.constant(self.mangle(node.attr), span))

    def subscript(self, node: ir.Subscript) -> ast.expr:
        value, key = self.operands((node.value, node.slice))
        return self.op("getitem", node.span, value, key)

    def slice_node(self, node: ir.Slice) -> ast.expr:
        nothing = ir.Constant(node.span, None, None)
        return self.op("slice", node.span, *self.operands([part or nothing for part in (node.lower, node.upper, node.step)]))

    # --- displays

    def tuple_display(self, node: ir.Tuple) -> ast.expr:
        if static(node):
            return self.plain(node)
        return self.op("tuple", node.span, *self.items(node.elts))

    def list_display(self, node: ir.List) -> ast.expr:
        return self.op("list", node.span, *self.items(node.elts))

    def set_display(self, node: ir.Set) -> ast.expr:
        starred = [number for number, item in enumerate(node.elts) if isinstance(item, ir.Starred)]
        first = starred[0] if starred else 0
        if all(_hashed_silently(item) for item in node.elts[:first]) or self.last_loud(node.elts[first:]) < 0:
            return self.op("set", node.span, *self.items(node.elts))
        # What stands before the first starred one is hashed before that is evaluated
        made = self.held(self.op("set", node.span, *self.items(node.elts[:first])))
        others = self.op("set", node.span, *self.items(node.elts[first:]))
        return self.op("inplace", node.span, self.constant("|", node.span), made, others)

    def items(self, nodes: Sequence[ir.Expression], *, more: bool = False) -> list[ast.expr]:
        """Items of a display or call; starred ones are unpacked by the operation, or here if what comes after may change them.

        `more`: something that may park comes after all of them.
        """
        values: list[ast.expr] = []
        last = len(nodes) if more else self.last_loud(nodes)
        for number, node in enumerate(nodes):
            if isinstance(node, ir.Starred):
                value = self.op("star", node.span, self.expression(node.value))
                if number < last:
                    value = self.op("star", node.span, self.held(self.op("list", node.span, value)))
            else:
                value = self.expression(node)
                if number < last and not self.quiet(node):
                    value = self.held(value)
            values.append(value)
        return values

    def last_loud(self, nodes: Sequence[ir.Expression | None]) -> int:
        """The index of the last of `nodes` that may park, or -1."""
        return max((number for number, node in enumerate(nodes) if not self.quiet(node)), default=-1)

    def dict_display(self, node: ir.Dict) -> ast.expr:
        span, entries = node.span, list(zip(node.keys, node.values, strict=True))
        first = next((number for number, (key, _) in enumerate(entries) if key is None), 0)
        if all(_hashed_silently(key) for key, _ in entries[:first]) or self.last_loud([v for _, v in entries[first:]]) < 0:
            return self.op("dict", span, *self.pairs(entries, span))
        # What stands before the first `**` is hashed before that is evaluated
        made = self.held(self.op("dict", span, *self.pairs(entries[:first], span)))
        return self.op("inplace", span, self.constant("|", span), made, self.op("dict", span, *self.pairs(entries[first:], span)))

    def pairs(self, entries: Sequence[tuple[ir.Expression | None, ir.Expression]], span: ir.Span) -> list[ast.expr]:
        """Entries of a dict display: `(key, value)`, or `(unpack_mark, mapping)` without a key."""
        last = self.last_loud([part for entry in entries for part in entry])
        values: list[ast.expr] = []
        for number, (key, value) in enumerate(entries):
            if key is None:
                mapping = self.pair(self.known("unpack_mark", span), self.expression(value), span)
                if 2 * number + 1 < last:
                    copy = self.held(self.op("dict", span, mapping))
                    mapping = self.pair(self.known("unpack_mark", span), copy, span)
                values.append(mapping)
            else:
                first = self.expression(key)
                if 2 * number < last and not self.quiet(key):
                    first = self.held(first)
                second = self.expression(value)
                if 2 * number + 1 < last and not self.quiet(value):
                    second = self.held(second)
                values.append(self.pair(first, second, span))
        return values

    # --- calls

    def call(self, node: ir.Call) -> ast.expr:
        span = node.span
        if isinstance(node.func, ir.Name) and node.func.id == "super" and not node.args and not node.keywords:
            own = self.zero_argument_super(node)
            if own is not None:
                return own
        if any(isinstance(arg, ir.Starred) for arg in node.args) or any(keyword.arg is None for keyword in node.keywords):
            return self.call_unpacked(node)
        if isinstance(node.func, ir.Attribute):
            function = node.func.span
            if function.line != function.end_line:
                start = attribute_span(function, node.func.attr)
                span = ir.Span(start.line, start.column, span.end_line, span.end_column)
        values = self.operands((node.func, *node.args, *(keyword.value for keyword in node.keywords)))
        positional = values[: len(node.args) + 1]
        keywords = [
            at(ast.keyword(keyword.arg, value), keyword.span)
            for keyword, value in zip(node.keywords, values[len(positional) :], strict=True)
        ]
        thunk = at(ast.Call(self.callee("call", span), positional, keywords), span)
        return at(ast.Call(thunk, [], []), span)

    def call_unpacked(self, node: ir.Call) -> ast.expr:
        """With `*` or `**` in it: `call_unpacked(f, (item, ...), ((name, value), ...))()`."""
        span = node.span
        more = self.last_loud([keyword.value for keyword in node.keywords]) >= 0
        function = self.expression(node.func)
        if (more or self.last_loud(node.args) >= 0) and not self.quiet(node.func):
            function = self.kept_value(node.func, function)
        arguments = self.items(node.args, more=more)
        entries = [(None if k.arg is None else ir.Constant(k.span, k.arg, None), k.value) for k in node.keywords]
        thunk = self.op(
            "call_unpacked",
            span,
            function,
            at(ast.Tuple(arguments, LOAD), span),
            at(ast.Tuple(self.pairs(entries, span), LOAD), span),
        )
        return at(ast.Call(thunk, [], []), span)

    def zero_argument_super(self, node: ir.Call) -> ast.expr | None:
        """`super()` finds its class and object in the frame of the function; here they are said."""
        scope = self.levels[-1].scope
        if self.origin.cell or scope.kind("super") != "global" or scope.kind("__class__") != "free" or not scope.parameters:
            return None
        first = scope.parameters[0]
        suffix = "_cell" if scope.kind(first) == "cell" else ""
        owner = self.op("load_cell", node.span, self.scope(node.span), self.constant("__class__", node.span))
        depth = 0 if suffix else len(self.levels) - 1
        receiver = self.op("load" + suffix, node.span, self.scope(node.span, depth), self.constant(first, node.span))
        is_builtin = at(
            ast.Compare(self.load("super", node.span), [ast.Is()], [self.callee("builtins.super", node.span)]), node.span
        )
        other = at(ast.Call(self.op("call", node.span, self.load("super", node.span)), [], []), node.span)
        return self.choice(is_builtin, self.op("super_", node.span, owner, receiver), other, node.span)

    # --- f-strings

    def fstring(self, node: ir.JoinedStr) -> ast.expr:
        parts: list[ast.expr] = []
        last = self.last_loud(node.values)
        place = node.span
        if PARTS_OF_FSTRINGS:  # what fails is one of the values: here all but the last have a call of their own
            formatted = [number for number, value in enumerate(node.values) if isinstance(value, ir.FormattedValue)]
            if formatted:
                last, place = max(last, formatted[-1]), node.values[formatted[-1]].span
        for number, value in enumerate(node.values):
            if not isinstance(value, ir.FormattedValue):
                parts.append(self.expression(value))
                continue
            part = self.formatted(value)
            if number < last:
                # Python formats each value before it evaluates the next
                text = self.held(self.op("fstring", value.span if PARTS_OF_FSTRINGS else node.span, part))
                part = at(ast.Tuple([text, self.constant(-1, node.span), self.constant(None, node.span)], LOAD), node.span)
            parts.append(part)
        if all(isinstance(part, ast.Constant) for part in parts):
            return self.constant("".join(str(part.value) for part in parts if isinstance(part, ast.Constant)), node.span)
        return self.op("fstring", place, *parts)

    def formatted(self, node: ir.FormattedValue) -> ast.expr:
        value = self.expression(node.value)
        if node.format_spec is None:
            spec: ast.expr = self.constant(None, node.span)
        else:
            if not all(isinstance(part, ir.Constant) for part in getattr(node.format_spec, "values", ())) and not self.quiet(
                node.value
            ):
                value = self.held(value)
            spec = self.expression(node.format_spec)
        return at(ast.Tuple([value, self.constant(node.conversion, node.span), spec], LOAD), node.span)

    # --- others

    def walrus_node(self, node: ir.NamedExpr) -> ast.expr:
        assert isinstance(node.target, ir.Name)
        name = self.temporary()
        stored = self.store(node.target.id, self.walrus(name, self.expression(node.value)), node.span, outer=True)
        both = self.pair(stored, self.name(name, node.span), node.span)
        return at(ast.Subscript(both, self.constant(1, node.span), LOAD), node.span)

    def await_(self, node: ir.Await) -> ast.expr:
        return self.op("await_", node.span, self.expression(node.value))

    def yield_(self, node: ir.Yield) -> ast.expr:
        if self.shape.pushed:
            return self.pushed(self.constant(None, node.span) if node.value is None else self.expression(node.value), node.span)
        value = None if node.value is None else self.op("yield_", node.span, self.expression(node.value))
        around = self.nesting.count("try")
        if not around:
            return at(ast.Yield(value), node.span)
        span, bodies = node.span, self.constant(around, node.span)
        paused = self.op("pause", span, self.constant(None, span) if value is None else value, bodies)
        left = self.first(paused, self.walrus(PAUSED, self.constant(around, span)), span)
        sent = self.op("resumed", span, at(ast.Yield(left), span), bodies)
        return self.first(sent, self.walrus(PAUSED, self.constant(0, span)), span)

    def pushed(self, value: ast.expr, span: ir.Span) -> ast.expr:
        """`yield value` where that is a call."""
        return self.op("push", span, self.scope(span), value)

    def first(self, value: ast.expr, then: ast.expr, span: ir.Span) -> ast.expr:
        """`value`, after which `then` is evaluated."""
        return at(ast.Subscript(self.pair(value, then, span), self.constant(0, span), LOAD), span)

    def yield_from(self, node: ir.YieldFrom) -> ast.expr:
        if self.shape.pushed:
            raise Unsupported("the value of a `yield from`", node.span)
        if "try" in self.nesting:
            raise Unsupported("`yield from` inside a `try` or `with`", node.span)
        return at(ast.YieldFrom(self.op("yield_from", node.span, self.expression(node.value))), node.span)


Emitter.expressions.update(
    {
        ir.Constant: Expressions.constant_node,
        ir.Name: Expressions.name_node,
        ir.BinOp: Expressions.binary,
        ir.Attribute: Expressions.attribute,
        ir.Subscript: Expressions.subscript,
        ir.Slice: Expressions.slice_node,
        ir.Tuple: Expressions.tuple_display,
        ir.List: Expressions.list_display,
        ir.Set: Expressions.set_display,
        ir.Dict: Expressions.dict_display,
        ir.Call: Expressions.call,
        ir.JoinedStr: Expressions.fstring,
        ir.NamedExpr: Expressions.walrus_node,
        ir.Await: Expressions.await_,
        ir.Yield: Expressions.yield_,
        ir.YieldFrom: Expressions.yield_from,
    }
)
