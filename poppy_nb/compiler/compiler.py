"""The compiler as the rest of the project sees it: cells and functions to their mediated forms, kept while their code lives."""

from __future__ import annotations

import ast
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import CodeType, FunctionType
from typing import Any, TypeVar

from poppy_nb import ir
from poppy_nb.compiler.build import FUTURES, Builder, bind, inner_codes, room
from poppy_nb.compiler.codegen import cell_code, function_code, pushing
from poppy_nb.compiler.codegen.origin import Origin
from poppy_nb.compiler.frontend import FrontEndError, parse
from poppy_nb.compiler.plain import from_ast, to_ast
from poppy_nb.compiler.regions import TOO_DEEP, Shape
from poppy_nb.compiler.sources import Sources
from poppy_nb.errors import Unsupported
from poppy_nb.mentions import Mentions, mentions
from poppy_nb.purity import Purity, purity
from poppy_nb.scopes import FUNCTIONS, Scope, private_of, scopes
from poppy_nb.unwarned import quiet


_ASYNC_GENERATOR = 0x200
_T = TypeVar("_T")
_Analysis = Callable[[Iterable[ir.Node], Scope, Mapping[ir.Node, Scope]], _T]


@dataclass(frozen=True, eq=False)
class CellCode:
    """A cell in its two forms.

    Attributes:
        run: the mediated form, to be called with the scope object of the namespace; None if there is none.
        plain: the statements, without the last expression if that is the result.
        result: the last expression, if it is the result. Both may be coroutines' code: the cell awaits.
        module: its representation, None if the front end cannot read it.
        reason: why there is no mediated form.
    """

    run: FunctionType | None
    plain: CodeType
    result: CodeType | None
    module: ir.Module | None
    reason: str = ""

    @property
    def value(self) -> bool:
        """Whether the cell has a result."""
        return self.result is not None


@dataclass(frozen=True)
class Pushed:
    """The form of a generator whose items are pushed into a loop.

    Attributes:
        worth: a step of the generator could wait for something.
        quiet: nobody sees when it is closed.
    """

    code: CodeType | None
    worth: bool = False
    quiet: bool = False


_CELLS = 64  # compiled cells that are kept


class Compiler:
    """Not responsible for finding the source of code: `sources` does that, except for what it has compiled itself."""

    def __init__(self, ops: Mapping[str, object], sources: Sources | None = None, builder: Builder | None = None) -> None:
        self._builder = Builder(ops) if builder is None else builder
        self.sources = Sources() if sources is None else sources
        self._cells: dict[tuple[Any, ...], CellCode] = {}  # the latest, oldest first
        self._nodes: dict[int, tuple[weakref.ref[CodeType], ir.Node]] = {}
        self._forms: dict[int, tuple[weakref.ref[CodeType], CodeType | None, str]] = {}
        self._pushed: dict[int, tuple[weakref.ref[CodeType], Pushed]] = {}
        self._demands: dict[int, tuple[weakref.ref[CodeType], tuple[tuple[str, tuple[str, ...]], ...]]] = {}
        self._mentions: dict[int, tuple[weakref.ref[CodeType], Mentions | None]] = {}
        self._purity: dict[int, tuple[weakref.ref[CodeType], Purity | None]] = {}

    def cell(
        self, source: str, filename: str, namespace: dict[str, Any], *, first_line: int = 1, flags: int = 0, value: bool = True
    ) -> CellCode:
        """Compile a cell, or find it as it was compiled before: unchanged, under the same name.

        `flags` are the future statements of cells before it; `value`: its last expression is its result.
        """
        key = (source, filename, first_line, flags, value)
        known = self._cells.get(key)
        if known is not None:
            if known.run is not None and known.run.__globals__ is not namespace:
                return replace(known, run=FunctionType(known.run.__code__, namespace))
            return known
        made = self._cells[key] = self._cell(source, filename, namespace, first_line, flags, value)
        if len(self._cells) > _CELLS:
            del self._cells[next(iter(self._cells))]
        return made

    def _cell(self, source: str, filename: str, namespace: dict[str, Any], first_line: int, flags: int, value: bool) -> CellCode:
        with room():
            tree = _tree(source, filename, first_line, flags)
        module = None
        try:
            with room():
                try:
                    module = parse(source, filename, first_line)
                except FrontEndError:
                    module = from_ast(tree)  # what libcst does not read, such as `(x): int`, Python's own tree says as well
        except RecursionError:
            pass
        with room():
            made = _plain_form(tree, filename, flags, value)
        if module is None:
            return replace(made, reason=TOO_DEEP)
        try:
            with room():
                code = self._cell_code(module, made, filename, (flags | made.plain.co_flags) & FUTURES)
        except Unsupported as unsupported:
            return replace(made, module=module, reason=str(unsupported))
        except (RecursionError, SyntaxError):  # CPython takes less deeply nested code than the cell becomes
            return replace(made, module=module, reason=TOO_DEEP)
        return replace(made, module=module, run=FunctionType(code, namespace))

    def _cell_code(self, module: ir.Module, made: CellCode, filename: str, flags: int) -> CodeType:
        shape = Shape(module.body)
        found = inner_codes(shape.definitions, [code for code in (made.plain, made.result) if code is not None])
        self._register(found)
        self.sources.register(filename, module)

        def compile_native(statement: ir.Statement, is_result: bool) -> CodeType:
            body: Any = to_ast(statement)
            tree: Any = ast.Expression(body.value) if is_result else ast.Module([body], [])
            mode = "eval" if is_result else "exec"
            with quiet():  # whatever there is to warn of in it, its plain form has
                native: CodeType = compile(tree, filename, mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | flags, dont_inherit=True)
            return native

        origin = Origin(module, scopes(module), shape, dict(found), self._builder, "<module>", "<module>", filename, flags,
                        cell=True, compile_native=compile_native)  # fmt: skip
        return cell_code(origin, value=made.result is not None)

    def plain_cell(self, source: str, filename: str, *, first_line: int = 1, flags: int = 0, value: bool = True) -> CellCode:
        """A cell in its plain form only."""
        with room():
            return _plain_form(_tree(source, filename, first_line, flags), filename, flags, value)

    def function(self, f: FunctionType) -> FunctionType | None:
        """The mediated form of `f` as it is now; None if there is none and it has to run plainly."""
        code = f.__code__
        known = self._forms.get(id(code))
        if known is not None and known[0]() is code:
            form = known[1]
        else:
            with room():
                form, reason = self._form(code)
            self._forms[id(code)] = (weakref.ref(code, _Forget(self._forms, id(code))), form, reason)
        return None if form is None else bind(form, f)

    def pushed(self, f: FunctionType) -> FunctionType | None:
        """The form of a generator function whose items are pushed into the loop over them; None if there is none."""
        code = self.pushing(f.__code__).code
        return None if code is None else bind(code, f)

    def pushing(self, code: CodeType) -> Pushed:
        """What is to be known of that form."""
        known = self._pushed.get(id(code))
        if known is not None and known[0]() is code:
            return known[1]
        found = Pushed(None)
        node = self.ir_of(code)
        if isinstance(node, ir.FunctionDef) or code.co_flags & _ASYNC_GENERATOR and isinstance(node, ir.AsyncFunctionDef):
            with room():
                form, _ = self._form(code, pushed=True)
                if form is not None:
                    found = Pushed(form, pushing.worth(node), pushing.quiet(node))
        self._pushed[id(code)] = (weakref.ref(code, _Forget(self._pushed, id(code))), found)
        return found

    def reason(self, code: CodeType) -> str:
        """Why a function with this code has no mediated form."""
        known = self._forms.get(id(code))
        return known[2] if known is not None else ""

    def demands(self, form: CodeType) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What has to be known of names for this mediated form of an `async def` to be run, see `codegen/asynchronous.py`."""
        found = self._demands.get(id(form))
        return found[1] if found is not None else ()

    def mentions(self, code: CodeType) -> Mentions | None:
        """What a function mentions by name; None if its source is not known."""
        return self._told(code, self._mentions, mentions)

    def purity(self, code: CodeType) -> Purity | None:
        """Whether a function changes nothing that outlives its call; None if its source is not known."""
        return self._told(code, self._purity, purity)

    def _told(self, code: CodeType, table: dict[int, tuple[weakref.ref[CodeType], _T | None]], ask: _Analysis[_T]) -> _T | None:
        known = table.get(id(code))
        if known is not None and known[0]() is code:
            return known[1]
        found = None
        with room():
            node = self.ir_of(code)
            if isinstance(node, FUNCTIONS):
                every = scopes(node, code.co_freevars, private_of(code.co_qualname))
                body: Iterable[ir.Node] = (node.body,) if isinstance(node, ir.Lambda) else node.body
                found = ask(body, every[node], every)
        table[id(code)] = (weakref.ref(code, _Forget(table, id(code))), found)
        return found

    def ir_of(self, code: CodeType) -> ir.Node | None:
        """The representation of a function, lambda or class body."""
        known = self._nodes.get(id(code))
        if known is not None and known[0]() is code:
            return known[1]
        return self.sources.ir_of(code) if self.sources.is_user_code(code.co_filename) else None

    def _form(self, code: CodeType, *, pushed: bool = False) -> tuple[CodeType | None, str]:
        node = self.ir_of(code)
        if not isinstance(node, FUNCTIONS):
            return None, "its source is not known"
        if code.co_flags & _ASYNC_GENERATOR and not pushed:
            return None, "an asynchronous generator"
        body: Iterable[ir.Node] = (node.body,) if isinstance(node, ir.Lambda) else node.body
        shape = Shape(body, pushed=pushed)
        found = inner_codes(shape.definitions, [code])
        self._register(found)
        origin = Origin(
            node,
            scopes(node, code.co_freevars, private_of(code.co_qualname)),
            shape,
            dict(found),
            self._builder,
            code.co_name,
            code.co_qualname,
            code.co_filename,
            code.co_flags & FUTURES,
        )
        try:
            form = function_code(origin)
            if origin.demands:
                self._demands[id(form)] = (weakref.ref(form, _Forget(self._demands, id(form))), origin.demands)
            return form, ""
        except Unsupported as unsupported:
            return None, str(unsupported)
        except (RecursionError, SyntaxError):
            return None, TOO_DEEP

    def _register(self, found: list[tuple[ir.Node, CodeType]]) -> None:
        """Remember the inner functions, and those of inner classes."""
        for node, code in found:
            self._nodes[id(code)] = (weakref.ref(code, _Forget(self._nodes, id(code))), node)
            if isinstance(node, ir.ClassDef):
                self._register(inner_codes(Shape(node.body).definitions, [code]))


def _tree(source: str, filename: str, first_line: int, flags: int) -> ast.Module:
    top_level = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | flags & FUTURES
    tree = compile(source, filename, "exec", top_level | ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    if first_line != 1:
        ast.increment_lineno(tree, first_line - 1)
    return tree


def _plain_form(tree: ast.Module, filename: str, flags: int, value: bool) -> CellCode:
    top_level = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | flags & FUTURES
    last = tree.body[-1] if tree.body else None
    if not value or not isinstance(last, ast.Expr):
        return CellCode(None, compile(tree, filename, "exec", top_level, dont_inherit=True), None, None)
    tree.body.pop()
    plain = compile(tree, filename, "exec", top_level, dont_inherit=True)
    flags = top_level | plain.co_flags & FUTURES
    return CellCode(None, plain, compile(ast.Expression(last.value), filename, "eval", flags, dont_inherit=True), None)


class _Forget:
    """Drops what is known of a code object when that is gone, since its id may come again."""

    def __init__(self, table: dict[int, Any], key: int) -> None:
        self.table = table
        self.key = key

    def __call__(self, reference: object) -> None:
        known = self.table.get(self.key)
        if known is not None and known[0] is reference:
            del self.table[self.key]
