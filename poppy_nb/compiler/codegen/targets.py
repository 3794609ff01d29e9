"""Binding and unbinding: targets of assignments, loops, `with`, `del`, and augmented assignment."""

from __future__ import annotations

import ast

from poppy_nb import ir
from poppy_nb.compiler.codegen.emitter import Emitter
from poppy_nb.compiler.codegen.expressions import Expressions, attribute_span


class Targets(Expressions):
    """Stores. The value is always computed before the parts of the target."""

    def assign(self, target: ir.Expression, value: ast.expr) -> None:
        """Statement: store `value`, which costs nothing to evaluate again or is evaluated here, to `target`."""
        span = target.span
        match target:
            case ir.Name(id=name):
                self.run(self.store(name, value, span), span)
            case ir.Attribute(value=owner, attr=attr):
                value = self._ready(value, owner)
                span = attribute_span(span, attr)
                mangled = self.constant(self.mangle(attr), span)
                self.run(self.op("setattr", span, self.expression(owner), mangled, value), span)
            case ir.Subscript(value=owner, slice=key):
                value = self._ready(value, owner, key)
                self.run(self.op("setitem", span, *self.operands((owner, key)), value), span)
            case ir.Tuple(elts=elts) | ir.List(elts=elts):
                star = next((number for number, item in enumerate(elts) if isinstance(item, ir.Starred)), None)
                before, after = (len(elts), 0) if star is None else (star, len(elts) - star - 1)
                counts = [self.constant(item, span) for item in (before, star is not None, after)]
                items = self.keep(self.op("unpack", span, value, *counts), span)
                for number, item in enumerate(elts):
                    self.assign(item.value if isinstance(item, ir.Starred) else item, self.item(items, number, item.span))
            case _:
                raise AssertionError(f"no target: {type(target).__name__}")

    def _ready(self, value: ast.expr, *parts: ir.Expression) -> ast.expr:
        """`value` in a form that can be evaluated after `parts`."""
        if isinstance(value, (ast.Name, ast.Constant)):
            return value
        span = ir.Span(value.lineno, value.col_offset, value.end_lineno or 0, value.end_col_offset or 0)
        return self.name(self.keep(value, span), span)

    def assignment(self, node: ir.Assign) -> None:
        value = self.expression(node.value)
        if len(node.targets) > 1 and not isinstance(value, ast.Constant):
            value = self.name(self.keep(value, node.value.span), node.value.span)
        for target in node.targets:
            self.assign(target, value)

    def augmented(self, node: ir.AugAssign) -> None:
        target, span, symbol = node.target, node.span, self.constant(node.op, node.span)
        if isinstance(target, ir.Name):
            old = self.load(target.id, target.span)
            new = self.op("inplace", span, symbol, old, self.expression(node.value))
            self.run(self.store(target.id, new, target.span), target.span)
        elif isinstance(target, ir.Attribute):
            place = attribute_span(target.span, target.attr)
            name = self.constant(self.mangle(target.attr), place)
            owner = self.keep(self.expression(target.value), target.value.span)
            old = self.op("getattr", place, self.name(owner, place), name)
            new = self._inplace(node, symbol, old)
            self.run(self.op("setattr", place, self.name(owner, place), name, new), place)
        elif isinstance(target, ir.Subscript):
            place = target.span
            owner = self.keep(self.expression(target.value), target.value.span)
            key = self.keep(self.expression(target.slice), target.slice.span)
            old = self.op("getitem", place, self.name(owner, place), self.name(key, place))
            new = self._inplace(node, symbol, old)
            self.run(self.op("setitem", place, self.name(owner, place), self.name(key, place), new), place)
        else:
            raise AssertionError(f"no target: {type(target).__name__}")

    def _inplace(self, node: ir.AugAssign, symbol: ast.expr, old: ast.expr) -> ast.expr:
        if not self.quiet(node.value):
            old = self.held(old)
        new = self.op("inplace", node.span, symbol, old, self.expression(node.value))
        return self.name(self.keep(new, node.span), node.span)

    def annotated(self, node: ir.AnnAssign) -> None:
        if node.value is not None:
            self.assign(node.target, self.expression(node.value))
        elif isinstance(node.target, ir.Attribute):
            self.run(self.expression(node.target.value), node.span)
        elif isinstance(node.target, ir.Subscript):
            for part in (node.target.value, node.target.slice):
                self.run(self.expression(part), node.span)
        if not self.origin.cell:
            return  # in functions annotations of variables are not evaluated
        future = self.origin.future_annotations
        if isinstance(node.target, ir.Name) and node.simple:
            if future:
                annotation = self.constant(self.origin.builder.annotation_text(self.plain(node.annotation)), node.span)
            else:
                annotation = self.expression(node.annotation)
            kept = self.keep(annotation, node.span)
            annotations = self.load("__annotations__", node.span)
            key = self.constant(node.target.id, node.span)
            self.run(self.op("setitem", node.span, annotations, key, self.name(kept, node.span)), node.span)
        elif not future:
            self.run(self.expression(node.annotation), node.span)

    def unbind(self, node: ir.Delete) -> None:
        for target in node.targets:
            self.unbind_target(target)

    def unbind_target(self, target: ir.Expression) -> None:
        span = target.span
        match target:
            case ir.Name(id=name):
                self.run(self.delete(name, span), span)
            case ir.Attribute(value=owner, attr=attr):
                span = attribute_span(span, attr)
                self.run(self.op("delattr", span, self.expression(owner), self.constant(self.mangle(attr), span)), span)
            case ir.Subscript(value=owner, slice=key):
                self.run(self.op("delitem", span, *self.operands((owner, key))), span)
            case ir.Tuple(elts=elts) | ir.List(elts=elts):
                for item in elts:
                    self.unbind_target(item)


Emitter.statements.update(
    {
        ir.Assign: Targets.assignment,
        ir.AugAssign: Targets.augmented,
        ir.AnnAssign: Targets.annotated,
        ir.Delete: Targets.unbind,
    }
)
