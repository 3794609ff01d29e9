"""Operators, subscripts, iteration and truth in the abstract interpretation."""

from __future__ import annotations

from poppy_nb.numbers import combined
from poppy_nb.runtime.footprint_items import Items
from poppy_nb.runtime.footprint_store import HOLDER, MISSING, READ
from poppy_nb.runtime.footprint_values import (
    A_PLAIN,
    EMPTY,
    Arguments,
    Atom,
    Kind,
    Value,
    kinds_of,
    numbers_of,
)


SYMBOLS = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "<<": "lshift",
    ">>": "rshift", "&": "and", "|": "or", "^": "xor",
}  # fmt: skip
_COMPARE = {"==": ("__eq__", "__eq__"), "!=": ("__ne__", "__ne__"), "<": ("__lt__", "__gt__"), ">": ("__gt__", "__lt__"),
            "<=": ("__le__", "__ge__"), ">=": ("__ge__", "__le__")}  # fmt: skip
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


class Operators(Items):
    """What operators read, write and answer."""

    def truth(self, value: Value, node: object) -> None:
        """`bool(value)`."""
        for atom in value:
            if atom.kind is Kind.SCALAR or atom.kind is Kind.TUPLE:
                continue
            for each in self.open(atom.single):
                if each.kind is Kind.CONTAINER or each.kind is Kind.FOREIGN:
                    self.touch(each, READ)
                elif each.kind is Kind.OBJECT:
                    self._truth_of_object(each, node)

    def _truth_of_object(self, atom: Atom, node: object) -> None:
        if any(self.special(atom, name, Arguments([]), node) is not None for name in ("__bool__", "__len__")):
            return
        if self.holds(atom):
            self.touch(atom, READ)
        elif atom.type is not None and any(self.static(atom.type, name) is not MISSING for name in ("__bool__", "__len__")):
            self.unknown_operation("bool", "", atom.single, node)

    def binary(self, op: str, left: Value, right: Value, node: object) -> Value:
        """`left op right`."""
        number, _ = combined(op, kinds_of(left), kinds_of(right))
        if number is not None:
            return numbers_of(number)
        result = EMPTY
        contents: Value = EMPTY
        types_: set[type] = set()
        name = SYMBOLS[op]
        foreign: Value = EMPTY
        for operands, others, method in ((self.open(left), right, f"__{name}__"), (self.open(right), left, f"__r{name}__")):
            for atom in operands:
                kind = atom.kind
                if kind is Kind.SCALAR:
                    result |= A_PLAIN
                elif kind is Kind.FOREIGN:
                    self.touch(atom, READ)
                    foreign |= atom.single
                elif kind is Kind.OBJECT:
                    made = self.special(atom, method, Arguments([others]), node)
                    if made is not None:
                        result |= made
                    elif self.holds(atom):
                        self.touch(atom, READ)
                        foreign |= self.content(atom)
                    else:
                        result |= self.unknown_operation("binary", op, atom.single, node)
                elif kind is Kind.CONTAINER or kind is Kind.TUPLE or kind is Kind.ITERATOR:
                    self.touch(atom, READ)
                    contents |= self.content(atom)
                    types_.add(set if kind is Kind.ITERATOR else atom.type)
        if op == "%" and self.substantial(right):
            self.read_deep(right, node)
        for type_ in types_:
            result |= self.display(node, type_, contents | foreign)
        if foreign:
            result |= A_PLAIN | self.new(node, Kind.FOREIGN, None, foreign | self.substantial(contents), HOLDER).single
        return result

    def inplace(self, op: str, left: Value, right: Value, node: object) -> Value:
        """`left op= right`: what is stored back."""
        result = EMPTY
        rest: set[Atom] = set()
        for atom in self.open(left):
            kind = atom.kind
            made = None
            if kind is Kind.OBJECT:
                made = self.special(atom, f"__i{SYMBOLS[op]}__", Arguments([right]), node)
                if made is not None:
                    result |= made
                    continue
            if (kind is Kind.CONTAINER or kind is Kind.OBJECT) and self.holds(atom) and not issubclass(atom.type, tuple):
                self.put(atom, self.iterate(right, node) if op != "*" else EMPTY, moves=op == "*")
                result |= atom.single
            elif kind is Kind.FOREIGN:
                self.put(atom, self.substantial(right | self.iterate(right, node)))
                result |= atom.single | A_PLAIN
                rest.add(atom)
            else:
                rest.add(atom)
        if rest:
            result |= self.binary(op, frozenset(rest), right, node)
        return result

    def unary(self, op: str, operand: Value, node: object) -> Value:
        """`-x`, `+x`, `~x`; `not x`."""
        if op == "not":
            self.truth(operand, node)
            return A_PLAIN
        result = A_PLAIN
        for atom in self.open(operand):
            if atom.kind is Kind.FOREIGN:
                self.touch(atom, READ)
                result |= self.new(node, Kind.FOREIGN, None, atom.single, HOLDER).single
            elif atom.kind is Kind.OBJECT:
                made = self.special(atom, _UNARY[op], Arguments([]), node)
                result |= made if made is not None else self.unknown_operation("unary", op, atom.single, node)
        return result

    def compare(self, op: str, left: Value, right: Value, node: object) -> Value:
        """`left op right`, `in` and `is` included."""
        if op == "is" or op == "is not":
            return A_PLAIN
        if op == "in" or op == "not in":
            return self._contains(left, right, node)
        result = A_PLAIN
        names = _COMPARE[op]
        for operands, others, name in ((left, right, names[0]), (right, left, names[1])):
            for atom in self.open(operands):
                if atom.kind is Kind.OBJECT:
                    made = self.special(atom, name, Arguments([others]), node)
                    if made is not None:
                        result |= made
                    elif atom.type is not None and not self.owned(atom.type):
                        result |= self.unknown_operation("compare", op, atom.single, node)
                    elif atom.type is not None and self.static(atom.type, name) is not getattr(object, name):
                        self.read_deep(atom.single, node)  # of a builtin class that it inherits from
                elif atom.kind is Kind.FOREIGN:
                    self.touch(atom, READ)
                elif atom.kind is Kind.CONTAINER or atom.kind is Kind.TUPLE:
                    self.read_deep(atom.single, node)
        return result

    def _contains(self, item: Value, container: Value, node: object) -> Value:
        for atom in self.open(container):
            if atom.kind is Kind.OBJECT and self.special(atom, "__contains__", Arguments([item]), node) is not None:
                continue
            if atom.kind in (Kind.CONTAINER, Kind.FOREIGN):
                self.touch(atom, READ)
            elif atom.kind is not Kind.SCALAR and atom.kind is not Kind.TUPLE:
                self.iterate(atom.single, node)
            if atom.kind is not Kind.SCALAR and atom.kind is not Kind.FOREIGN and self.substantial(item):
                self.hash_key(item, node)
                self.compare("==", self.substantial(item), EMPTY, node)
            if atom.kind is Kind.TUPLE or atom.kind is Kind.CONTAINER:
                inside = self.content(atom)
                if self.substantial(inside):
                    self.compare("==", EMPTY, inside, node)
        return A_PLAIN
