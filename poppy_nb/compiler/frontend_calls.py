"""Reads attributes, subscripts, calls, and the parameters of functions of libcst's tree; see `frontend_literals` for how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_displays import Displays
from poppy_nb.compiler.plain import hull


class Calls(Displays):
    """A cursor that reads calls and parameters, too."""

    def _attribute(self, node: cst.Attribute) -> ir.Attribute:
        start = self.here()
        value = self.expression(node.value)
        self.eat(b".")
        name = self.name(node.attr)
        return ir.Attribute(self.since(start), value, name)

    def _subscript(self, node: cst.Subscript) -> ir.Subscript:
        start = self.here()
        value = self.expression(node.value)
        self.eat(b"[")
        inside = self.here()
        items, comma, star = [], False, False
        for element in node.slice:
            star = star or (isinstance(element.slice, cst.Index) and element.slice.star is not None)
            items.append(self.read(element.slice))
            comma = self.eat_if_there(b",") or comma
        index = ir.Tuple(self.since(inside), tuple(items)) if comma or star else items[0]
        self.eat(b"]")
        return ir.Subscript(self.since(start), value, index)

    def _index(self, node: cst.Index) -> ir.Expression:
        return self.starred(node.value) if node.star is not None else self.expression(node.value)

    def _slice(self, node: cst.Slice) -> ir.Slice:
        start = self.here()
        lower = self.optional(node.lower)
        self.eat(b":")
        upper = self.optional(node.upper)
        if isinstance(node.second_colon, cst.Colon):
            self.eat(b":")
        step = self.optional(node.step)
        return ir.Slice(self.since(start), lower, upper, step)

    def _call(self, node: cst.Call) -> ir.Call:
        start = self.here()
        function = self.expression(node.func)
        opening = self.here()
        self.eat(b"(")
        args, keywords = self.call_arguments(node.args)
        self.eat(b")")
        if len(node.args) == 1 and isinstance(args[0] if args else None, ir.GeneratorExp) and not node.args[0].value.lpar:
            only = args[0]
            assert isinstance(only, ir.GeneratorExp)
            args = (ir.GeneratorExp(self.since(opening), only.elt, only.generators),)
        return ir.Call(self.since(start), function, args, keywords)

    def call_arguments(self, arguments: Sequence[cst.Arg]) -> tuple[tuple[ir.Expression, ...], tuple[ir.Keyword, ...]]:
        """What stands between the parentheses of a call or a class."""
        args: list[ir.Expression] = []
        keywords: list[ir.Keyword] = []
        for argument in arguments:
            start = self.here()
            if argument.star == "**":
                self.eat(b"**")
                value = self.expression(argument.value)
                keywords.append(ir.Keyword(self.since(start), None, value))
            elif argument.keyword is not None:
                name = self.name(argument.keyword)
                self.eat(b"=")
                value = self.expression(argument.value)
                keywords.append(ir.Keyword(self.since(start), name, value))
            else:
                args.append(self.starred(argument.value) if argument.star else self.expression(argument.value))
            self.eat_if_there(b",")
        return tuple(args), tuple(keywords)

    def arguments(self, node: cst.Parameters, start: tuple[int, int]) -> ir.Arguments:
        """The parameters of the function that starts at `start`."""
        defaults: list[ir.Expression] = []
        posonly = [self._arg(param, defaults) for param in node.posonly_params]
        if posonly:
            self.eat(b"/")
            self.eat_if_there(b",")
        args = [self._arg(param, defaults) for param in node.params]
        vararg = None
        if isinstance(node.star_arg, cst.Param):
            vararg = self._arg(node.star_arg, defaults, b"*")
        elif isinstance(node.star_arg, cst.ParamStar):
            self.eat(b"*")
            self.eat_if_there(b",")
        kwonly: list[ir.Arg] = []
        kw_defaults: list[ir.Expression | None] = []
        for param in node.kwonly_params:
            default: list[ir.Expression] = []
            kwonly.append(self._arg(param, default))
            kw_defaults.append(default[0] if default else None)
        kwarg = None if node.star_kwarg is None else self._arg(node.star_kwarg, defaults, b"**")
        values: tuple[Any, ...] = (
            tuple(posonly),
            tuple(args),
            vararg,
            tuple(kwonly),
            tuple(kw_defaults),
            kwarg,
            tuple(defaults),
        )
        return ir.Arguments(hull(values, ir.Span(*start, *start)), *values)

    def _arg(self, param: cst.Param, defaults: list[ir.Expression], star: bytes = b"") -> ir.Arg:
        self.eat(star)
        start = self.here()
        name = self.name(param.name)
        annotation = None
        if param.annotation is not None:
            self.eat(b":")
            annotation = self.expression(param.annotation.annotation)
        result = ir.Arg(self.since(start), name, annotation, None)
        if param.default is not None:
            self.eat(b"=")
            defaults.append(self.expression(param.default))
        self.eat_if_there(b",")
        return result

    def _lambda(self, node: cst.Lambda) -> ir.Lambda:
        start = self.here()
        self.eat(b"lambda")
        arguments = self.arguments(node.params, start)
        self.eat(b":")
        body = self.expression(node.body)
        return ir.Lambda(self.since(start), arguments, body)
