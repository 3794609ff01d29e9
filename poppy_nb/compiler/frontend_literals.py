"""Reads names and literals of libcst's tree; their values are those that CPython's parser gives them.

How all of the reading works: there is a method per kind of node, found by the name of its class (`IfExp`: `_if_exp`). It is
called with the cursor before the node's own first token, parentheses around it passed already, and leaves it after the last
one; where it says `start = self.here()` the node starts in `ast`. What reads is written out in the order of the source, since
the constructors of `ir` do not always have that order.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from poppy_nb import ir
from poppy_nb.compiler.frontend_cursor import Cursor, Lost
from poppy_nb.compiler.plain import from_ast


_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_CONSTANT_NAMES: dict[str, object] = {"None": None, "True": True, "False": False}


class Literals(Cursor):
    """A cursor that reads names and literals. What `read` cannot find here is added by the classes that build on this one."""

    def __init__(self, text: bytes, first_line: int = 1) -> None:
        super().__init__(text, first_line)
        self._methods: dict[type[cst.CSTNode], Callable[[Any], Any]] = {}

    def read(self, node: cst.CSTNode) -> Any:
        """What the method for this kind of node makes of it."""
        method = self._methods.get(type(node))
        if method is None:
            name = _CAPITAL.sub("_", type(node).__name__).lower()
            method = getattr(self, f"_{name}", None)
            if method is None:
                raise Lost(f"no way to read a {type(node).__name__}")
            self._methods[type(node)] = method
        return method(node)

    def expression(self, node: cst.BaseExpression) -> ir.Expression:
        """An expression with the parentheses around it. Only tuples and generators read the innermost pair themselves."""
        outer = len(node.lpar)
        if not outer:
            return self.read(node)  # type: ignore[no-any-return]
        if type(node) in (cst.Tuple, cst.GeneratorExp):
            outer -= 1
        for _ in range(outer):
            self.eat(b"(")
        result: ir.Expression = self.read(node)
        for _ in range(outer):
            self.eat(b")")
        return result

    def optional(self, node: cst.BaseExpression | None) -> ir.Expression | None:
        """An expression that need not be there."""
        return None if node is None else self.expression(node)

    def name(self, node: cst.Name) -> str:
        """A name that is no expression: of an attribute, an argument, a function."""
        self.eat(node.value.encode())
        return identifier(node.value)

    def _name(self, node: cst.Name) -> ir.Expression:
        start = self.here()
        self.eat(node.value.encode())
        if node.value in _CONSTANT_NAMES:
            return ir.Constant(self.since(start), _CONSTANT_NAMES[node.value], None)
        return ir.Name(self.since(start), identifier(node.value))

    def _ellipsis(self, node: cst.Ellipsis) -> ir.Constant:
        start = self.here()
        self.eat(b"...")
        return ir.Constant(self.since(start), ..., None)

    def _number(self, node: cst.BaseNumber) -> ir.Constant:
        start = self.here()
        text: str = node.value  # type: ignore[attr-defined]
        self.eat(text.encode())
        return ir.Constant(self.since(start), number(text), None)

    _integer = _float = _imaginary = _number

    def _simple_string(self, node: cst.SimpleString) -> ir.Constant:
        start = self.here()
        self.eat(node.value.encode())
        return ir.Constant(self.since(start), plain_string(node.value), "u" if node.value.startswith("u") else None)

    def _concatenated_string(self, node: cst.ConcatenatedString) -> ir.Expression:
        parts: list[cst.SimpleString] = []
        rest: cst.BaseExpression = node
        while isinstance(rest, cst.ConcatenatedString):
            if not isinstance(rest.left, cst.SimpleString):
                return self._formatted_string(node)
            parts.append(rest.left)
            rest = rest.right
        if not isinstance(rest, cst.SimpleString):
            return self._formatted_string(node)
        start = self.here()
        values: list[Any] = []
        for part in (*parts, rest):
            self.eat(part.value.encode())
            values.append(plain_string(part.value))
        value = values[0][:0].join(values)  # all of them str, or all of them bytes
        return ir.Constant(self.since(start), value, "u" if parts[0].value.startswith("u") else None)

    def _formatted_string(self, node: cst.FormattedString | cst.ConcatenatedString) -> ir.Expression:
        start = self.here()
        offset = self.offset()
        self._pass_over(node)
        return formatted(self.text_since(offset), start)

    def _pass_over(self, node: cst.BaseExpression) -> None:
        """Moves over a string or f-string or concatenation of them: where it ends is all that is wanted, see `formatted`."""
        if isinstance(node, cst.ConcatenatedString):
            self._pass_over(node.left)
            self._pass_over(node.right)
        elif isinstance(node, cst.FormattedString):
            self.eat(node.start.encode())
            self._pass_over_parts(node.parts)
            self.eat_raw(node.end.encode())
        else:
            assert isinstance(node, cst.SimpleString)
            self.eat(node.value.encode())

    def _pass_over_parts(self, parts: Sequence[cst.BaseFormattedStringContent]) -> None:
        for part in parts:
            if isinstance(part, cst.FormattedStringText):
                self.eat_raw(part.value.encode())
                continue
            assert isinstance(part, cst.FormattedStringExpression)
            self.eat_raw(b"{")
            self.expression(part.expression)
            self.eat_if_there(b"=")
            if part.conversion is not None:
                self.eat(b"!")
                self.eat(part.conversion.encode())
            if part.format_spec is not None:
                self.eat(b":")
                self._pass_over_parts(part.format_spec)
            self.eat(b"}")


def identifier(text: str) -> str:
    """Python compares names in this normal form, and so does the dictionary of a namespace."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def number(text: str) -> int | float | complex:
    """The value of a numeric literal."""
    return ast.literal_eval(text)  # type: ignore[no-any-return]


def plain_string(text: str) -> str | bytes:
    """The value of one string or bytes literal with its prefix and quotes."""
    if "\\" in text:
        return ast.literal_eval(text)  # type: ignore[no-any-return]
    body = text.lstrip("bBrRuU")
    width = 3 if body.startswith(('"""', "'''")) else 1
    inner = body[width:-width]
    return inner.encode("ascii") if "b" in text[: len(text) - len(body)].lower() else inner


def formatted(text: str, start: tuple[int, int]) -> ir.Expression:
    """The f-string `text` (or implicit concatenation with one in it) that stands at `start`.

    CPython's own parser reads it, at the same column, for the value and for all positions inside. Up to 3.11 those
    depend on the lines and columns of the literal in ways that cannot be derived from the grammar, and 3.12 and 3.13 still
    differ in the bounds of literal parts and format specifications. A traceback of the plain program shows these positions.
    """
    line, column = start
    tree = ast.parse(f"(\n{' ' * column}{text}\n)", mode="eval")
    return from_ast(tree.body, shift=line - 2)  # type: ignore[no-any-return]
