"""Makes a failing program smaller as long as it still fails: removes statements, puts bodies in place of blocks, parts in place of wholes.

Works on the syntax tree, so on any cell, whoever wrote it.
"""

from __future__ import annotations

import ast
import copy
import time
import warnings
from collections.abc import Callable, Iterator


BODIES = ("body", "orelse", "finalbody", "handlers", "cases")
LISTS = (
    "elts",
    "args",
    "values",
    "keys",
    "keywords",
    "generators",
    "ifs",
    "comparators",
    "decorator_list",
    "items",
    "targets",
    "names",
    "bases",
)
SIMPLEST = (1, "a", True, False)

Fails = Callable[[str], bool]


def shrink(source: str, fails: Fails, seconds: float = 60.0) -> str:
    """The smallest variant of a program that was found in this time and for which `fails` is true. It must be true for the program."""
    end = time.monotonic() + seconds
    best = _spelled(ast.parse(source)) or source
    if best != source and not fails(best):
        best = source
    tried = {best}
    progress = True
    while progress and time.monotonic() < end:
        progress = False
        for make in (_fewer_statements, _unwrapped, _fewer_parts, _simpler_expressions):
            position = 0
            while time.monotonic() < end:
                smaller = _next(best, make, position, tried, fails, end)
                if smaller is None:
                    break
                best, position = smaller
                progress = True
    return best


def _next(
    best: str, make: Callable[[ast.Module], Iterator[ast.Module]], start: int, tried: set[str], fails: Fails, end: float
) -> tuple[str, int] | None:
    """The first variant from `start` on that still fails, and its number."""
    tree = ast.parse(best)
    for number, variant in enumerate(make(tree)):
        if time.monotonic() > end:
            return None
        if number < start:
            continue
        text = _spelled(variant)
        if text is None or text in tried or not _simpler(text, best):
            continue
        tried.add(text)
        if fails(text):
            return text, max(0, number - 2)
    return _next(best, make, 0, tried, fails, end) if start else None


def _spelled(tree: ast.Module) -> str | None:
    try:
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<shrunk>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, AttributeError, IndexError, TypeError):
        return None
    return text


def _simpler(text: str, than: str) -> bool:
    return (text.count("\n"), len(text)) < (than.count("\n"), len(than))


def _edited(tree: ast.Module, number: int, edit: Callable[[ast.AST], None]) -> ast.Module:
    """A copy of the tree with one node, by its number in `ast.walk`, changed."""
    other = copy.deepcopy(tree)
    for k, node in enumerate(ast.walk(other)):
        if k == number:
            edit(node)
            break
    return other


def _fewer_statements(tree: ast.Module) -> Iterator[ast.Module]:
    """Without runs of statements, long runs first."""
    for number, node in enumerate(ast.walk(tree)):
        for name in BODIES:
            body = getattr(node, name, None)
            if not isinstance(body, list) or not body:
                continue
            size = len(body)
            while size:
                for start in range(0, len(body), size):

                    def cut(node: ast.AST, name: str = name, start: int = start, size: int = size) -> None:
                        left = getattr(node, name)
                        del left[start : start + size]
                        if not left and name == "body" and not isinstance(node, ast.Module):
                            left.append(ast.Pass())

                    yield _edited(tree, number, cut)
                size //= 2


def _unwrapped(tree: ast.Module) -> Iterator[ast.Module]:
    """Blocks replaced by what is in them."""
    for number, node in enumerate(ast.walk(tree)):
        for name in BODIES:
            body = getattr(node, name, None)
            for k, inside in enumerate(body if isinstance(body, list) else []):
                for part in BODIES:
                    if isinstance(inside, (ast.FunctionDef, ast.ClassDef)) or not getattr(inside, part, None):
                        continue

                    def hoist(node: ast.AST, name: str = name, k: int = k, part: str = part) -> None:
                        body = getattr(node, name)
                        inner = getattr(body[k], part)
                        if part in ("handlers", "cases"):
                            inner = inner[0].body
                        body[k : k + 1] = inner

                    yield _edited(tree, number, hoist)


def _fewer_parts(tree: ast.Module) -> Iterator[ast.Module]:
    """Displays, calls, comparisons, decorators and the like with one part less."""
    for number, node in enumerate(ast.walk(tree)):
        for name in LISTS:
            parts = getattr(node, name, None)
            for k in range(len(parts) if isinstance(parts, list) else 0):

                def drop(node: ast.AST, name: str = name, k: int = k) -> None:
                    del getattr(node, name)[k]
                    if isinstance(node, ast.Dict):
                        del (node.values if name == "keys" else node.keys)[k]
                    elif isinstance(node, ast.Compare):
                        del node.ops[k]

                if not (isinstance(node, ast.Dict) and name == "values"):
                    yield _edited(tree, number, drop)
        if isinstance(node, ast.ExceptHandler) and node.name:
            yield _edited(tree, number, lambda node: setattr(node, "name", None))


def _simpler_expressions(tree: ast.Module) -> Iterator[ast.Module]:
    """Expressions replaced by one of their parts, or by a constant."""
    for number, node in enumerate(ast.walk(tree)):
        for name, value in ast.iter_fields(node):
            places = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for k, expression in places:
                if not isinstance(expression, ast.expr) or not isinstance(getattr(expression, "ctx", ast.Load()), ast.Load):
                    continue
                parts = [part for part in ast.walk(expression) if isinstance(part, ast.expr) and part is not expression]
                constants: list[ast.expr] = [] if isinstance(expression, ast.Constant) else [ast.Constant(c) for c in SIMPLEST]
                if not isinstance(expression, (ast.Constant, ast.List)):
                    constants.append(ast.List([], ast.Load()))
                for new in [*parts[:12], *constants]:

                    def put(node: ast.AST, name: str = name, k: int | None = k, new: ast.expr = new) -> None:
                        if k is None:
                            setattr(node, name, copy.deepcopy(new))
                        else:
                            getattr(node, name)[k] = copy.deepcopy(new)

                    yield _edited(tree, number, put)
