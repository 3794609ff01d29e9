"""Dotted paths to code of others: which part is a module, and whether the rest can exist, without importing anything."""

from __future__ import annotations

import ast
import importlib.machinery
import pkgutil
import sys
from collections.abc import Iterable

from poppy_nb.errors import DeclarationError, did_you_mean


def split(path: str) -> tuple[str, str]:
    """The module and the qualified name within it that `path` means.

    Raises DeclarationError if there is no such module, or if it has not been imported and its source does not have the name.
    """
    parts = path.split(".")
    if len(parts) < 2 or not all(part.isidentifier() for part in parts):
        raise DeclarationError(
            f"external({path!r}) is not a path such as 'package.module.Class.method'. "
            f"For a resource write external(writes={path!r}) or external(reads={path!r}); for an object leave out the quotes"
        )
    module, spec = parts[0], _spec(parts[0], None)
    if spec is None and module not in sys.modules:
        known = {m.name for m in pkgutil.iter_modules()} | {name for name in sys.modules if "." not in name}
        suggestion = did_you_mean(module, known) or "; is it installed?"
        raise DeclarationError(f"external({path!r}): there is no module {module!r} here{suggestion}")
    rest = parts[1:]
    while len(rest) > 1 or (rest and module not in sys.modules):
        inner = f"{module}.{rest[0]}"
        inner_spec = _spec(inner, spec.submodule_search_locations) if spec and spec.submodule_search_locations else None
        if inner not in sys.modules and inner_spec is None:
            break
        module, spec, rest = inner, inner_spec, rest[1:]
    if not rest:
        raise DeclarationError(f"external({path!r}) is a module: name the function, external('{path}.function')")
    if module not in sys.modules and spec is not None:
        _check_source(path, spec, rest)
    return module, ".".join(rest)


def find(path: str, module: str, name: str) -> object:
    """The object that `path` means, in a module that has been imported. Raises DeclarationError if it is not there."""
    value: object = sys.modules[module]
    walked = module
    for part in name.split("."):
        try:
            value = getattr(value, part)
        except AttributeError:
            raise DeclarationError(_missing(path, walked, part, dir(value))) from None
        except Exception as error:  # attributes of modules and classes may be computed
            raised = f"{type(error).__name__}: {error}"
            raise DeclarationError(f"external({path!r}): reading {walked}.{part} raises {raised}") from error
        walked = f"{walked}.{part}"
    return value


def initializing(module: str) -> bool:
    """Whether the import of `module` is still under way, so that what it lacks may come."""
    spec = getattr(sys.modules.get(module), "__spec__", None)
    return bool(getattr(spec, "_initializing", False))


def _missing(path: str, where: str, part: str, names: Iterable[str]) -> str:
    public = [name for name in names if not name.startswith("_") or part.startswith("_")]
    return f"external({path!r}): {where} has no {part!r}{did_you_mean(part, public)}"


def _spec(name: str, locations: Iterable[str] | None) -> importlib.machinery.ModuleSpec | None:
    # importlib.util.find_spec would import the parents of `name`
    within = list(locations) if locations is not None else None
    found = (finder.find_spec(name, within) for finder in sys.meta_path if hasattr(finder, "find_spec"))
    return next((spec for spec in found if spec is not None), None)


def _check_source(path: str, spec: importlib.machinery.ModuleSpec, rest: list[str]) -> None:
    if not spec.origin or not spec.origin.endswith(".py"):
        return
    try:
        with open(spec.origin, "rb") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return
    names = _bound_names(tree)
    if names is None:
        return
    names.update(module.name for module in pkgutil.iter_modules(spec.submodule_search_locations or []))
    if rest[0] not in names:
        raise DeclarationError(_missing(path, spec.name, rest[0], names))
    owner = next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == rest[0]), None)
    if len(rest) > 1 and owner is not None and not owner.bases and not owner.keywords and not owner.decorator_list:
        members = _bound_names(owner)
        if members is not None and rest[1] not in members:
            raise DeclarationError(_missing(path, f"{spec.name}.{rest[0]}", rest[1], members))


def _bound_names(tree: ast.Module | ast.ClassDef) -> set[str] | None:
    """Names that may be bound in the body, inner functions included; None if that cannot be told (`import *`, `__getattr__`)."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and node.id in {"globals", "vars", "exec", "setattr"}:
            return None
    return None if names & {"*", "__getattr__"} else names
