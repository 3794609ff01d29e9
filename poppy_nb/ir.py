"""The representation: Python's abstract grammar, frozen, every node with the place it came from.

It is what the front end makes of source text and what code generation, analyses, footprints and tests read. Names of
nodes and fields are those of the standard library's `ast` (https://docs.python.org/3/library/ast.html), so that whoever knows
one knows the other. The differences: sequences are tuples, operators are their symbols (`"+"`, `"not in"`, `"and"`), there is no
`ctx` (a target is a target by where it stands), and every node has a `span`.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import NamedTuple, dataclass_transform


_T = typing.TypeVar("_T")  # `TypeVar` is a node here


class Span(NamedTuple):
    """Where a node stands: lines from 1, columns in UTF-8 bytes from 0, the end exclusive, as in `ast`."""

    line: int
    column: int
    end_line: int
    end_column: int

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self[:2] <= other[:2] and other[2:] <= self[2:]


@dataclass_transform(frozen_default=True, kw_only_default=False, eq_default=False)
def _node(cls: type[_T]) -> type[_T]:
    return dataclass(frozen=True, slots=True, eq=False)(cls)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Anything of the grammar. Nodes compare and hash by identity: two equal statements are two places."""

    span: Span


class Expression(Node):
    """Something with a value."""

    __slots__ = ()


class Pattern(Node):
    """A pattern of a `match` statement."""

    __slots__ = ()


class TypeParam(Node):
    """A type parameter (Python 3.12 and later)."""

    __slots__ = ()


class Statement(Node):
    """Something that is executed."""

    __slots__ = ()


# --- expressions


@_node
class BoolOp(Expression):
    op: str
    values: tuple[Expression, ...]


@_node
class NamedExpr(Expression):
    target: Expression
    value: Expression


@_node
class BinOp(Expression):
    left: Expression
    op: str
    right: Expression


@_node
class UnaryOp(Expression):
    op: str
    operand: Expression


@_node
class Lambda(Expression):
    args: Arguments
    body: Expression


@_node
class IfExp(Expression):
    test: Expression
    body: Expression
    orelse: Expression


@_node
class Dict(Expression):
    keys: tuple[Expression | None, ...]
    values: tuple[Expression, ...]


@_node
class Set(Expression):
    elts: tuple[Expression, ...]


@_node
class ListComp(Expression):
    elt: Expression
    generators: tuple[Comprehension, ...]


@_node
class SetComp(Expression):
    elt: Expression
    generators: tuple[Comprehension, ...]


@_node
class DictComp(Expression):
    key: Expression
    value: Expression
    generators: tuple[Comprehension, ...]


@_node
class GeneratorExp(Expression):
    elt: Expression
    generators: tuple[Comprehension, ...]


@_node
class Await(Expression):
    value: Expression


@_node
class Yield(Expression):
    value: Expression | None


@_node
class YieldFrom(Expression):
    value: Expression


@_node
class Compare(Expression):
    left: Expression
    ops: tuple[str, ...]
    comparators: tuple[Expression, ...]


@_node
class Call(Expression):
    func: Expression
    args: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]


@_node
class FormattedValue(Expression):
    value: Expression
    conversion: int
    format_spec: Expression | None


@_node
class JoinedStr(Expression):
    values: tuple[Expression, ...]


@_node
class Constant(Expression):
    value: object
    kind: str | None


@_node
class Attribute(Expression):
    value: Expression
    attr: str


@_node
class Subscript(Expression):
    value: Expression
    slice: Expression


@_node
class Starred(Expression):
    value: Expression


@_node
class Name(Expression):
    id: str


@_node
class List(Expression):
    elts: tuple[Expression, ...]


@_node
class Tuple(Expression):
    elts: tuple[Expression, ...]


@_node
class Slice(Expression):
    lower: Expression | None
    upper: Expression | None
    step: Expression | None


# --- parts of expressions and statements


@_node
class Arg(Node):
    arg: str
    annotation: Expression | None
    type_comment: str | None


@_node
class Arguments(Node):
    posonlyargs: tuple[Arg, ...]
    args: tuple[Arg, ...]
    vararg: Arg | None
    kwonlyargs: tuple[Arg, ...]
    kw_defaults: tuple[Expression | None, ...]
    kwarg: Arg | None
    defaults: tuple[Expression, ...]


@_node
class Keyword(Node):
    arg: str | None
    value: Expression


@_node
class Alias(Node):
    name: str
    asname: str | None


@_node
class WithItem(Node):
    context_expr: Expression
    optional_vars: Expression | None


@_node
class Comprehension(Node):
    target: Expression
    iter: Expression
    ifs: tuple[Expression, ...]
    is_async: int


@_node
class MatchCase(Node):
    pattern: Pattern
    guard: Expression | None
    body: tuple[Statement, ...]


@_node
class ExceptHandler(Node):
    type: Expression | None
    name: str | None
    body: tuple[Statement, ...]


@_node
class TypeVar(TypeParam):
    name: str
    bound: Expression | None
    default_value: Expression | None


@_node
class ParamSpec(TypeParam):
    name: str
    default_value: Expression | None


@_node
class TypeVarTuple(TypeParam):
    name: str
    default_value: Expression | None


# --- patterns


@_node
class MatchValue(Pattern):
    value: Expression


@_node
class MatchSingleton(Pattern):
    value: object


@_node
class MatchSequence(Pattern):
    patterns: tuple[Pattern, ...]


@_node
class MatchMapping(Pattern):
    keys: tuple[Expression, ...]
    patterns: tuple[Pattern, ...]
    rest: str | None


@_node
class MatchClass(Pattern):
    cls: Expression
    patterns: tuple[Pattern, ...]
    kwd_attrs: tuple[str, ...]
    kwd_patterns: tuple[Pattern, ...]


@_node
class MatchStar(Pattern):
    name: str | None


@_node
class MatchAs(Pattern):
    pattern: Pattern | None
    name: str | None


@_node
class MatchOr(Pattern):
    patterns: tuple[Pattern, ...]


# --- statements


@_node
class FunctionDef(Statement):
    name: str
    args: Arguments
    body: tuple[Statement, ...]
    decorator_list: tuple[Expression, ...]
    returns: Expression | None
    type_comment: str | None
    type_params: tuple[TypeParam, ...]


@_node
class AsyncFunctionDef(Statement):
    name: str
    args: Arguments
    body: tuple[Statement, ...]
    decorator_list: tuple[Expression, ...]
    returns: Expression | None
    type_comment: str | None
    type_params: tuple[TypeParam, ...]


@_node
class ClassDef(Statement):
    name: str
    bases: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]
    body: tuple[Statement, ...]
    decorator_list: tuple[Expression, ...]
    type_params: tuple[TypeParam, ...]


@_node
class Return(Statement):
    value: Expression | None


@_node
class Delete(Statement):
    targets: tuple[Expression, ...]


@_node
class Assign(Statement):
    targets: tuple[Expression, ...]
    value: Expression
    type_comment: str | None


@_node
class TypeAlias(Statement):
    name: Expression
    type_params: tuple[TypeParam, ...]
    value: Expression


@_node
class AugAssign(Statement):
    target: Expression
    op: str
    value: Expression


@_node
class AnnAssign(Statement):
    target: Expression
    annotation: Expression
    value: Expression | None
    simple: int


@_node
class For(Statement):
    target: Expression
    iter: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    type_comment: str | None


@_node
class AsyncFor(Statement):
    target: Expression
    iter: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    type_comment: str | None


@_node
class While(Statement):
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@_node
class If(Statement):
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@_node
class With(Statement):
    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    type_comment: str | None


@_node
class AsyncWith(Statement):
    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    type_comment: str | None


@_node
class Match(Statement):
    subject: Expression
    cases: tuple[MatchCase, ...]


@_node
class Raise(Statement):
    exc: Expression | None
    cause: Expression | None


@_node
class Try(Statement):
    body: tuple[Statement, ...]
    handlers: tuple[ExceptHandler, ...]
    orelse: tuple[Statement, ...]
    finalbody: tuple[Statement, ...]


@_node
class TryStar(Statement):
    body: tuple[Statement, ...]
    handlers: tuple[ExceptHandler, ...]
    orelse: tuple[Statement, ...]
    finalbody: tuple[Statement, ...]


@_node
class Assert(Statement):
    test: Expression
    msg: Expression | None


@_node
class Import(Statement):
    names: tuple[Alias, ...]


@_node
class ImportFrom(Statement):
    module: str | None
    names: tuple[Alias, ...]
    level: int | None


@_node
class Global(Statement):
    names: tuple[str, ...]


@_node
class Nonlocal(Statement):
    names: tuple[str, ...]


@_node
class Expr(Statement):
    value: Expression


@_node
class Pass(Statement):
    pass


@_node
class Break(Statement):
    pass


@_node
class Continue(Statement):
    pass


@_node
class Module(Node):
    body: tuple[Statement, ...]


# --- reading it


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`, in the order of the source."""
    kind = type(node)
    names = _BELOW.get(kind)
    if names is None:
        names = _BELOW[kind] = tuple([field.name for field in fields(node) if field.name not in _LEAVES])
    for name in names:
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif type(value) is tuple:
            for item in value:
                if isinstance(item, Node):
                    yield item


# Asking `dataclasses` each time is what most of a walk would cost
_BELOW: dict[type[Node], tuple[str, ...]] = {}
_LEAVES = {"span", "op", "ops", "id", "attr", "arg", "type_comment", "level", "simple", "is_async", "conversion"}


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


def show(node: Node, depth: int = 0) -> str:
    """A readable form of a tree, one node a line, for people and for tests."""
    indent = "  " * depth
    plain, below = [], []
    for field in fields(node):
        if field.name == "span":
            continue
        value = getattr(node, field.name)
        if isinstance(value, Node) or (isinstance(value, tuple) and any(isinstance(v, Node) for v in value)):
            below.append((field.name, value if isinstance(value, tuple) else (value,)))
        elif value is not None and value != ():
            plain.append(f"{field.name}={value!r}")
    line = f"{indent}{type(node).__name__}({', '.join(plain)}) @{node.span.line}:{node.span.column}"
    parts = [line]
    for name, nodes in below:
        parts.append(f"{indent}  .{name}")
        parts.extend(show(n, depth + 2) if isinstance(n, Node) else f"{indent}    {n!r}" for n in nodes)
    return "\n".join(parts)
