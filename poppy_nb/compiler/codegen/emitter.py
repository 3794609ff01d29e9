"""One generated function while it is written: its temporaries, names, constants, blocks, and placed `ast` nodes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import CodeType
from typing import Any, ClassVar, TypeVar

from poppy_nb import ir
from poppy_nb.compiler.build import MARK, room
from poppy_nb.compiler.codegen.origin import INLINED_COMPREHENSIONS, Frame, Level, Origin
from poppy_nb.compiler.plain import to_ast
from poppy_nb.compiler.regions import simple, static
from poppy_nb.region import PlainForm, Region, value_of
from poppy_nb.scopes import COMPREHENSIONS


Placed = TypeVar("Placed", bound=ast.expr | ast.stmt | ast.arg | ast.keyword | ast.excepthandler | ast.pattern)

LOAD, STORE = ast.Load(), ast.Store()
SCOPE = "__poppy_L"
TEST = "__poppy_test"
ITEM = "__poppy_item"
VALUE = "__poppy_value"
PAUSED = "__poppy_paused"  # of a generator: at how many `try` bodies around the `yield` it stands at


def at(node: Placed, span: tuple[int, int, int, int]) -> Placed:
    """`node`, standing at `span`."""
    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = span
    return node


class Emitter:
    """The state of one generated function, and the smallest pieces of code. What each construct becomes the subclasses say."""

    expressions: ClassVar[dict[type[ir.Node], Callable[[Any, Any], ast.expr]]] = {}
    statements: ClassVar[dict[type[ir.Node], Callable[[Any, Any], None]]] = {}

    def __init__(self, origin: Origin, frame: Frame, levels: tuple[Level, ...], kind: str) -> None:
        self.origin = origin
        self.shape = origin.shape
        self.frame = frame
        self.levels = levels
        self.kind = kind  # "function", "cell", or the kind of the region
        self.out: list[ast.stmt] = []
        self.constants: dict[str, object] = {}
        self.free: set[str] = set()  # captured by inner functions of this piece of code
        self.ahead = False  # in a handler: where control goes from it may be told before all in it has ended
        self.nesting: list[str] = []  # native blocks around: "loop", or "try" for the body of one
        self.around: list[tuple[int, bool]] = []  # `try` and `with` around a `yield`: how deep, and whether they end with code
        self.place = frame.node.span  # where tracebacks point for the truth of what is being tested
        self.deepest = 0  # how many scopes outwards it reaches
        self._temporaries = 0
        self._kept: list[str] = []  # temporaries of the statement that is being written, with what it has made

    # --- pieces

    def name(self, name: str, span: ir.Span) -> ast.expr:
        return at(ast.Name(name, LOAD), span)

    def constant(self, value: Any, span: ir.Span) -> ast.expr:
        return at(ast.Constant(value), span)

    def put(self, value: object, span: ir.Span) -> ast.expr:
        """A constant that only the runtime can make: it is put in after compiling."""
        mark = f"{MARK}#{len(self.constants)}"
        self.constants[mark] = value
        return at(ast.Constant(mark), span)

    def known(self, name: str, span: ir.Span) -> ast.expr:
        """A constant of the runtime's by its name."""
        return at(ast.Constant(MARK + name), span)

    def callee(self, name: str, span: ir.Span) -> ast.expr:
        """The same, to be called. A constant as a callee is warned of; this is none, and compiles to nothing but the constant."""
        yes, never = at(ast.Constant(True), span), at(ast.Constant(None), span)
        return at(ast.IfExp(yes, at(ast.Constant(MARK + name), span), never), span)

    def op(self, name: str, span: ir.Span, *args: ast.expr) -> ast.expr:
        """A call of an operation of the runtime."""
        return at(ast.Call(self.callee(name, span), list(args), []), span)

    def scope(self, span: ir.Span, depth: int = 0) -> ast.expr:
        """The scope object, or the one `depth` levels further out."""
        self.deepest = max(self.deepest, depth)
        return self.name(SCOPE if depth == 0 else f"{SCOPE}{depth}", span)

    def temporary(self) -> str:
        self._temporaries += 1
        return f"__poppy_t{self._temporaries}"

    def walrus(self, name: str, value: ast.expr) -> ast.expr:
        """`value`, kept in a temporary from now on."""
        span = ir.Span(value.lineno, value.col_offset, value.end_lineno or 0, value.end_col_offset or 0)
        return at(ast.NamedExpr(at(ast.Name(name, STORE), span), value), span)

    def held(self, value: ast.expr) -> ast.expr:
        """`value`, kept in a new temporary: a strand that parks meanwhile shows what it still needs."""
        name = self.temporary()
        self._kept.append(name)
        return self.walrus(name, value)

    def keep(self, value: ast.expr, span: ir.Span) -> str:
        """Statement: evaluate `value` into a new temporary."""
        name = self.temporary()
        self.let(name, value, span)
        return name

    def let(self, name: str, value: ast.expr, span: ir.Span) -> None:
        self.emit(ast.Assign([at(ast.Name(name, STORE), span)], value), span)

    def pair(self, first: ast.expr, second: ast.expr, span: ir.Span) -> ast.expr:
        return at(ast.Tuple([first, second], LOAD), span)

    def item(self, name: str, index: int, span: ir.Span) -> ast.expr:
        return at(ast.Subscript(self.name(name, span), self.constant(index, span), LOAD), span)

    def choice(self, test: ast.expr, body: ast.expr, orelse: ast.expr, span: ir.Span) -> ast.expr:
        return at(ast.IfExp(test, body, orelse), span)

    def is_(self, value: ast.expr, constant: Any, span: ir.Span) -> ast.expr:
        return at(ast.Compare(value, [ast.Is()], [self.constant(constant, span)]), span)

    def plain(self, node: ir.Node) -> ast.expr:
        """`node` as it stands in the program."""
        return to_ast(node)  # type: ignore[no-any-return]

    # --- blocks

    def emit(self, statement: ast.stmt, span: ir.Span) -> None:
        self.out.append(at(statement, span))

    def run(self, value: ast.expr, span: ir.Span) -> None:
        """Statement: evaluate and forget."""
        self.emit(ast.Expr(value), span)

    @contextmanager
    def block(self, *nesting: str) -> Iterator[list[ast.stmt]]:
        """What is emitted meanwhile goes into this list. `nesting` says what kind of native block it will be."""
        outer, self.out = self.out, []
        self.nesting.extend(nesting)
        try:
            yield self.out
        finally:
            if not self.out:
                self.out.append(
                    at(ast.Pass(), ir.Span(outer[-1].lineno, 0, outer[-1].lineno, 0) if outer else self.frame.node.span)
                )
            self.out = outer
            if nesting:
                del self.nesting[-len(nesting) :]

    def suite(self, body: Iterable[ir.Statement], *nesting: str) -> list[ast.stmt]:
        """The code of `body` as a block of its own."""
        with self.block(*nesting) as out:
            self.body(body)
        return out

    def body(self, body: Iterable[ir.Statement]) -> None:
        """The code of `body`, here."""
        table = self.statements
        around, self._kept = self._kept, []
        for statement in body:
            table[type(statement)](self, statement)
            if self._kept:
                self._let_go(statement.span)
        self._kept = around

    def _let_go(self, span: ir.Span) -> None:
        """Drop what the statement made on its way, as Python does: a file that nobody holds is closed then."""
        names, self._kept = dict.fromkeys(self._kept), []
        if self.out and not isinstance(self.out[-1], ast.Return | ast.Raise | ast.Break | ast.Continue):
            targets: list[ast.expr] = [at(ast.Name(name, STORE), span) for name in names]
            self.emit(ast.Assign(targets, self.constant(None, span)), span)

    # --- expressions

    def expression(self, node: ir.Expression) -> ast.expr:
        """The code for the value of `node`."""
        place = self.place
        code = self.expressions[type(node)](self, node)
        self.place = place  # tests inside of an expression move it, and only there
        return code

    def operands(self, nodes: Sequence[ir.Expression]) -> list[ast.expr]:
        """The code for values that are needed together: what comes before something that may park is kept in temporaries."""
        values: list[ast.expr] = []
        last = max((number for number, node in enumerate(nodes) if not self.quiet(node)), default=-1)
        for number, node in enumerate(nodes):
            value = self.expression(node)
            if number < last and not self.quiet(node):
                value = self.kept_value(node, value)
            values.append(value)
        return values

    def kept_value(self, node: ir.Expression, value: ast.expr) -> ast.expr:
        """`value`, that of `node`, kept until the statement has been run."""
        name = value_of(node.span)
        self._kept.append(name)
        return self.walrus(name, value)

    def quiet(self, node: ir.Node | None) -> bool:
        """Whether evaluating it cannot park."""
        return simple(node) or (node is not None and static(node))

    # --- names

    def mangle(self, name: str) -> str:
        return self.levels[-1].scope.mangle(name)

    def variable(self, name: str) -> tuple[str, int]:
        """For a mangled name: how its operations are called, and how many levels out its scope object is."""
        origin = self.origin
        last = len(self.levels) - 1
        for depth, level in enumerate(self.levels):
            if depth == last:
                break
            kind = level.scope.kind(name)
            if kind == "cell":
                return "_cell", 0
            if kind == "local":
                if level.bound is not None and name not in level.bound:
                    for outer in range(depth + 1, last):
                        if self.levels[outer].scope is not level.scope:
                            break
                        if name in (self.levels[outer].bound or ()):
                            return "", outer
                return "", depth
        return self._outer(name, last) if not origin.cell else ("", last)

    def _outer(self, name: str, depth: int) -> tuple[str, int]:
        kind = self.levels[-1].scope.kind(name)
        if kind == "local":
            return "", depth
        return ("_global", 0) if kind == "global" else ("_cell", 0)

    def outer_variable(self, name: str) -> tuple[str, int]:
        """The same for the target of `:=`, which is never a variable of a comprehension."""
        last = len(self.levels) - 1
        return self._outer(name, last) if not self.origin.cell else ("", last)

    def load(self, name: str, span: ir.Span) -> ast.expr:
        name = self.mangle(name)
        suffix, depth = self.variable(name)
        return self.op("load" + suffix, span, self.scope(span, depth), self.constant(name, span))

    def store(self, name: str, value: ast.expr, span: ir.Span, *, outer: bool = False) -> ast.expr:
        name = self.mangle(name)
        suffix, depth = self.outer_variable(name) if outer else self.variable(name)
        return self.op("store" + suffix, span, self.scope(span, depth), self.constant(name, span), value)

    def delete(self, name: str, span: ir.Span) -> ast.expr:
        name = self.mangle(name)
        suffix, depth = self.variable(name)
        return self.op("delete" + suffix, span, self.scope(span, depth), self.constant(name, span))

    # --- regions and whole functions

    def region(
        self,
        kind: str,
        node: ir.Node,
        write: Callable[[Any], None],
        parameters: Sequence[str] = (),
        variant: object = None,
        *,
        frame: Frame | None = None,
        levels: tuple[Level, ...] | None = None,
        cells: tuple[str, ...] = (),
        may_skip: bool = False,
        plain: Callable[[], PlainForm | None] | None = None,
    ) -> Region:
        """The region of this kind for `node`. `write`, given the emitter of its function, emits the body, later."""
        key = (kind, node, variant)
        regions = self.origin.regions
        found = regions.get(key)
        if found is None:
            inside = frame or self.frame
            around = self.levels if levels is None else levels
            origin, emitter = self.origin, type(self)

            def make() -> CodeType:
                with room():
                    unit = emitter(origin, inside, around, kind)
                    write(unit)
                    return unit.finish([SCOPE, *parameters], node.span, first_line=_first_line(inside.node))

            flat = isinstance(node, COMPREHENSIONS) and isinstance(variant, int) and variant + 1 < len(node.generators)
            clause = variant if kind == "element" and isinstance(variant, int) else 0
            found = regions[key] = Region(kind, node, inside.node, make, cells, may_skip, around[0].scope, flat, clause,
                                           None if plain is None else plain())  # fmt: skip
        return found

    def finish(
        self,
        parameters: Sequence[str],
        span: ir.Span,
        *,
        arguments: ast.arguments | None = None,
        first_line: int | None = None,
        free: Iterable[str] = (),
    ) -> CodeType:
        """The code object of what was emitted."""
        for depth in range(self.deepest, 0, -1):
            inner = self.name(SCOPE if depth == 1 else f"{SCOPE}{depth - 1}", span)
            parent = at(ast.Attribute(inner, "parent", LOAD), span)
            self.out.insert(0, at(ast.Assign([at(ast.Name(f"{SCOPE}{depth}", STORE), span)], parent), span))
        if arguments is None:
            arguments = ast.arguments(posonlyargs=[], args=[at(ast.arg(p), span) for p in parameters], vararg=None, kwonlyargs=[],
                                      kw_defaults=[], kwarg=None, defaults=[])  # fmt: skip
        if not self.out:
            self.emit(ast.Pass(), span)
        decorators: list[ast.expr] = []
        if first_line is not None and first_line != span.line:
            # Never run: it makes the code begin in the line where that of the plain function does
            decorators.append(at(ast.Constant(None), ir.Span(first_line, 0, first_line, 0)))
        function = at(ast.FunctionDef("__poppy_function", arguments, self.out, decorators, None, None), span)
        origin = self.origin
        return origin.builder.compile(
            function,
            sorted(self.free | set(free)),
            self.constants,
            name=self.frame.name,
            qualname=self.frame.qualname,
            filename=origin.filename,
            flags=origin.flags,
        )

    def comprehension_frame(self, node: ir.Expression) -> Frame:
        """The frame in which the elements of a comprehension run."""
        if not isinstance(node, ir.GeneratorExp) and INLINED_COMPREHENSIONS:
            return self.frame
        name = _FRAME_NAMES[type(node)]
        return Frame(node, name, name if self.frame.name == "<module>" else f"{self.frame.qualname}.<locals>.{name}")


_FRAME_NAMES: dict[type[ir.Node], str] = dict(
    zip(COMPREHENSIONS, ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"), strict=True)
)


def _first_line(node: ir.Node) -> int:
    """Where the code of a function begins in its plain form, and so that of its regions."""
    if isinstance(node, ir.Module):
        return 1
    decorators = getattr(node, "decorator_list", ())
    return decorators[0].span.line if decorators else node.span.line
