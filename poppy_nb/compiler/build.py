"""From the generated `ast` to code objects that carry operations, regions and plain inner functions as constants."""

from __future__ import annotations
import __future__

import ast
import builtins
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any

from poppy_nb import ir
from poppy_nb.scopes import FUNCTIONS


# A string that no program contains, followed by what to put in its place.
MARK = "\0poppy "
FUTURES = 0
for _name in __future__.all_feature_names:
    FUTURES |= getattr(__future__, _name).compiler_flag

_COMPREHENSIONS = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}
_AROUND = "__poppy_around"


class Builder:
    """Compiles generated functions for one table of operations."""

    def __init__(self, operations: Mapping[str, object]) -> None:
        self._known: dict[str, object] = {MARK + name: value for name, value in operations.items()}
        for name in ("eval", "globals", "__build_class__", "BaseException", "NameError", "super", "locals"):
            self._known[f"{MARK}builtins.{name}"] = getattr(builtins, name)

    def compile(
        self,
        function: ast.FunctionDef,
        free: Sequence[str],
        constants: Mapping[str, object],
        *,
        name: str,
        qualname: str,
        filename: str,
        flags: int = 0,
    ) -> CodeType:
        """The code of `function`, `free` being its free variables; marked strings become constants."""
        body: list[ast.stmt] = [function]
        first = function.decorator_list[0] if function.decorator_list else function
        if free:
            # Its free variables must be variables of a function around it.
            targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in free]
            body.insert(0, ast.Assign(targets, ast.Constant(None)))
        around = ast.FunctionDef(_AROUND, _no_arguments(), body, [], None, None)
        module = ast.Module([around], [])
        if "type_params" in ast.FunctionDef._fields:
            around.type_params = []  # type: ignore[attr-defined]
            function.type_params = []  # type: ignore[attr-defined]
        _place(around, first.lineno)
        for statement in body[:-1]:
            for node in ast.walk(statement):
                _place(node, first.lineno)
        compiled = compile(module, filename, "exec", flags & FUTURES, dont_inherit=True)
        inner = _code_named(_code_named(compiled, _AROUND), function.name)
        own, real = f"{inner.co_qualname}.<locals>.", "" if name == "<module>" else f"{qualname}.<locals>."
        consts = tuple([_requalified(self._patched(value, constants), own, real) for value in inner.co_consts])
        return inner.replace(co_consts=consts, co_name=name, co_qualname=qualname)

    def annotation_text(self, annotation: ast.expr) -> str:
        """What `from __future__ import annotations` makes of an annotation."""
        function = ast.FunctionDef("f", _no_arguments(), [ast.Pass()], [], annotation, None)
        if "type_params" in ast.FunctionDef._fields:
            function.type_params = []  # type: ignore[attr-defined]
        module = ast.fix_missing_locations(ast.Module([function], []))
        names: dict[str, Any] = {}
        exec(compile(module, "<annotation>", "exec", __future__.annotations.compiler_flag, dont_inherit=True), names)
        return str(names["f"].__annotations__["return"])

    def _patched(self, value: Any, constants: Mapping[str, object]) -> Any:
        if isinstance(value, str):
            return self._lookup(value, constants) if value.startswith(MARK) else value
        if isinstance(value, tuple):
            return tuple([self._patched(item, constants) for item in value])
        if isinstance(value, CodeType):
            # An inner function stands as a stub that only names what it captures and which code it is
            for item in value.co_consts:
                if isinstance(item, str) and item.startswith(MARK):
                    real = self._lookup(item, constants)
                    assert isinstance(real, CodeType)
                    assert real.co_freevars == value.co_freevars, (real.co_freevars, value.co_freevars)
                    return real
        return value

    def _lookup(self, mark: str, constants: Mapping[str, object]) -> object:
        return constants[mark] if mark in constants else self._known[mark]


def _requalified(value: Any, own: str, real: str) -> Any:
    """Inner code that is not a stub, with the qualified name that it has in the program."""
    if not isinstance(value, CodeType) or not value.co_qualname.startswith(own):
        return value
    consts = tuple([_requalified(inner, own, real) for inner in value.co_consts])
    return value.replace(co_qualname=real + value.co_qualname[len(own) :], co_consts=consts)


@contextmanager
def room() -> Iterator[None]:
    """Room on the stack for compiling: it happens wherever the program is just then, perhaps deep in a recursion of its own."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 5_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _place(node: ast.AST, line: int) -> None:
    if "lineno" in node._attributes:
        node.lineno = node.end_lineno = line  # type: ignore[attr-defined]
        node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]


def _no_arguments() -> ast.arguments:
    return ast.arguments(posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])


def _code_named(code: CodeType, name: str) -> CodeType:
    for value in code.co_consts:
        if isinstance(value, CodeType) and value.co_name == name:
            return value
    raise LookupError(name)


def bind(code: CodeType, plain: FunctionType) -> FunctionType:
    """The function that `code` is the mediated form of `plain` as: same globals, defaults, closure."""
    closure = None
    if code.co_freevars:
        cells = dict(zip(plain.__code__.co_freevars, plain.__closure__ or (), strict=True))
        closure = tuple([cells[name] for name in code.co_freevars])
    function = FunctionType(code, plain.__globals__, plain.__name__, plain.__defaults__, closure)
    function.__kwdefaults__ = plain.__kwdefaults__
    function.__qualname__ = plain.__qualname__
    return function


# --- which plain code belongs to which node


def inner_codes(definitions: Iterable[ir.Node], codes: Iterable[CodeType]) -> list[tuple[ir.Node, CodeType]]:
    """These functions, lambdas and classes with their code, which is among the constants of `codes`."""
    nodes: dict[tuple[str, int], list[ir.Node]] = {}
    for node in definitions:
        assert isinstance(node, (*FUNCTIONS, ir.ClassDef))
        name = "<lambda>" if isinstance(node, ir.Lambda) else node.name
        line = node.span.line
        if not isinstance(node, ir.Lambda) and node.decorator_list:
            line = node.decorator_list[0].span.line
        nodes.setdefault((name, line), []).append(node)
    pairs: list[tuple[ir.Node, CodeType]] = []
    if nodes:
        for code in codes:
            for inner in _constants(code):
                candidates = nodes.get((inner.co_name, inner.co_firstlineno), [])
                if len(candidates) == 1:
                    pairs.append((candidates[0], inner))
                elif candidates:
                    pairs.append((_narrowest(candidates, inner), inner))
        for candidates in nodes.values():
            if len(candidates) > 1:
                pairs.extend(_shared(candidates, dict(pairs)))
    return pairs


def _shared(candidates: list[ir.Node], found: dict[ir.Node, CodeType]) -> Iterator[tuple[ir.Node, CodeType]]:
    """Equal lambdas of one line may be one code object."""
    for node in candidates:
        if node not in found:
            text = _text(node)
            for other in candidates:
                if other in found and _text(other) == text:
                    yield node, found[other]
                    break


def _text(node: ir.Node) -> str:
    return re.sub(r" @\d+:\d+", "", ir.show(node))


def _constants(code: CodeType) -> Iterator[CodeType]:
    for value in code.co_consts:
        if isinstance(value, CodeType):
            if value.co_name in _COMPREHENSIONS:
                yield from _constants(value)
            else:
                yield value


def _narrowest(candidates: list[ir.Node], code: CodeType) -> ir.Node:
    """Several lambdas of one line: the narrowest that holds all positions of the code."""
    places = [(line, column) for line, _, column, end in code.co_positions() if line is not None and column is not None and end]
    if places:
        first, last = min(places), max(places)
        holding = [node for node in candidates if node.span[:2] <= first and last <= node.span[2:]]
    else:
        # Python 3.12 keeps no position of a constant that is returned
        holding = [node for node in candidates if _returns_constant(node, code)]
    return max(holding or candidates, key=lambda node: node.span[:2])


def _returns_constant(node: ir.Node, code: CodeType) -> bool:
    if not isinstance(node, ir.Lambda) or not isinstance(node.body, ir.Constant):
        return False
    value, item = node.body.value, code.co_consts[code.co_code[-1]]  # the last instruction is to return it
    names = tuple([arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)])
    return (
        type(item) is type(value)
        and repr(item) == repr(value)
        and code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] == names
    )
