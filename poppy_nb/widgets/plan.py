"""The plan of a cell: the calls, loops and branches that the analysis knows before anything runs, and what is open until then."""

from __future__ import annotations

import builtins
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from poppy_nb import externals, ir

from . import links
from .calls import Call, Step
from .explain import place


# What is known of the code of a function of the user's
Code = Callable[[types.FunctionType], "ir.Node | None"]

_MOST_DEEP = 12
_LOOPS = (ir.For, ir.AsyncFor, ir.While, ir.ListComp, ir.SetComp, ir.DictComp, ir.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of the plan. marks: what is decided only when the cell runs."""

    depth: int
    line: int
    file: str
    text: str
    marks: tuple[str, ...] = ()


class PlanView:
    """What `--plan` shows: the plan as text, and as a picture with the external calls that were found."""

    def __init__(self, lines: list[Planned], calls: list[Call]) -> None:
        self.lines = lines
        self.calls = calls

    def text(self) -> str:
        """The plan, a line for each call, loop, branch and function."""
        found = f"plan: {len(self.calls)} place{'' if len(self.calls) == 1 else 's'} with external calls; nothing has run"
        if not self.lines:
            return found
        width = max(len(place(line.file, line.line)) for line in self.lines)
        rows = [found]
        for line in self.lines:
            marks = f"   ? {'; '.join(line.marks)}" if line.marks else ""
            rows.append(f"{place(line.file, line.line).rjust(width)}  {'  ' * line.depth}{line.text}{marks}")
        return "\n".join(rows)

    def to_svg(self) -> str:
        """The calls in their functions and loops, none of them begun."""
        from .calls import Calls
        from .run import Run

        return Run(Calls(self.calls), finished=False).to_svg()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.bundle()

    def bundle(self) -> dict[str, str]:
        """The output in both forms, as a mime bundle."""
        bundle = {"text/plain": self.text()}
        if self.calls:
            bundle["image/svg+xml"] = self.to_svg()
        return bundle


def plan_view(module: ir.Node, filename: str, namespace: Mapping[str, Any], code_of: Code) -> PlanView:
    """The plan of a cell.

    Args:
        module: what the front end made of the cell (`CellCode.module`).
        filename: the name under which its text is known.
        namespace: the globals, as they are now.
        code_of: the representation of a function of the user's (`Compiler.ir_of` of its code), None if it has none.
    """
    walk = _Walk(namespace, code_of)
    walk.body(module, _Place(filename, 0, (), dict(_defined(module))))
    return PlanView(walk.lines, walk.calls)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands. local: functions that the code itself defines."""

    file: str
    depth: int
    within: tuple[Step, ...]
    local: Mapping[str, ir.Node]

    def inside(self, kind: str, name: str, line: int, number: int) -> _Place:
        """The same within a loop or function."""
        return _Place(self.file, self.depth + 1, (*self.within, Step(kind, name, line, self.file, (number,))), self.local)


class _Walk:
    """Walks the representation in program order, into the functions that it can find."""

    def __init__(self, namespace: Mapping[str, Any], code_of: Code) -> None:
        self.lines: list[Planned] = []
        self.calls: list[Call] = []
        self._namespace = namespace
        self._code_of = code_of
        self._count = 0

    def body(self, node: ir.Node, at: _Place) -> None:
        """Everything below a node, in order."""
        for part in ir.children(node):
            self.node(part, at)

    def node(self, node: ir.Node, at: _Place) -> None:
        """One node: what is no call, loop, branch or definition is only looked into."""
        if isinstance(node, ir.FunctionDef | ir.AsyncFunctionDef | ir.ClassDef | ir.Lambda):
            return
        if isinstance(node, _LOOPS):
            self._region(node, at, "loop", ("how often",))
        elif isinstance(node, ir.If | ir.Match | ir.IfExp):
            self._region(node, at, "branch", ("which way",))
        elif isinstance(node, ir.BoolOp):
            self._region(node, at, "branch", ("how far",))
        elif isinstance(node, ir.ExceptHandler):
            self._region(node, at, "branch", ("whether it is reached",))
        elif isinstance(node, ir.Call):
            self._call(node, at)
        else:
            self.body(node, at)

    def _region(self, node: ir.Node, at: _Place, kind: str, marks: tuple[str, ...]) -> None:
        self._count += 1
        before = len(self.lines)
        self.lines.append(Planned(at.depth, node.span.line, at.file, _source(at.file, node.span.line), marks))
        self.body(node, at.inside(kind, "", node.span.line, self._count))
        if len(self.lines) == before + 1:
            self.lines.pop()  # nothing in it that waits

    def _call(self, node: ir.Call, at: _Place) -> None:
        for part in ir.children(node):
            self.node(part, at)
        line = node.span.line
        target, name = self._resolved(node.func, at)
        self._count += 1
        if isinstance(target, ir.ClassDef):
            name = "__init__"
            target = dict(_defined(target)).get(name)
            if target is None:
                return
        if isinstance(target, ir.Node):
            if _is_declared(target):
                self._external(name, node, at, ())
            else:
                self._function(target, name, line, at, at.file)
            return
        if target is _UNKNOWN and isinstance(node.func, ir.Attribute):
            found = list(self._methods(node.func.attr, at))
            if len(found) == 1:
                kind, method, file = found[0]
                self._function(method, node.func.attr, line, at, file, f"if it is one of {kind}")
                return
        declared = externals.lookup(target) if target is not _UNKNOWN and callable(target) else None
        if declared is not None:
            self._external(declared.name, node, at, (*declared.reads, *declared.writes))
        elif isinstance(target, types.FunctionType):
            code = self._code_of(target)
            if code is not None:
                self._function(code, name, line, at, target.__code__.co_filename)
        elif target is _UNKNOWN and name:
            self.lines.append(Planned(at.depth, line, at.file, f"{name}()", ("what this calls",)))

    def _external(self, name: str, node: ir.Call, at: _Place, resources: tuple[str, ...]) -> None:
        line = node.span.line
        order = "".join(f", in order on {resource!r}" for resource in resources)
        self.lines.append(Planned(at.depth, line, at.file, f"▶ {name}{order}: {_source(at.file, line)}"))
        self.calls.append(Call(self._count, name, line, node.span.column, at.file, "planned", within=at.within,
                               position=(self._count,)))  # fmt: skip

    def _methods(self, name: str, at: _Place) -> Iterator[tuple[str, ir.Node, str]]:
        """The methods of that name of the user's classes: that of the class, its code, and the file of that."""
        for kind, node in at.local.items():
            if isinstance(node, ir.ClassDef):
                yield from ((kind, code, at.file) for method, code in _defined(node) if method == name)
        for kind, value in self._namespace.items():
            found = vars(value).get(name) if isinstance(value, type) and kind not in at.local else None
            if isinstance(found, types.FunctionType):
                code = self._code_of(found)
                if code is not None:
                    yield kind, code, found.__code__.co_filename

    def _function(self, code: ir.Node, name: str, line: int, at: _Place, file: str, mark: str = "") -> None:
        recursive = any(step.kind == "function" and step.name == name for step in at.within)
        before = len(self.lines)
        marks = ("how deep",) if recursive else (mark,) if mark else ()
        self.lines.append(Planned(at.depth, line, at.file, f"{name}()", marks))
        if recursive or at.depth > _MOST_DEEP:
            return
        inside = at.inside("function", name, line, self._count)
        self.body(code, _Place(file, inside.depth, inside.within, {**at.local, **dict(_defined(code))}))
        if len(self.lines) == before + 1:
            self.lines.pop()

    def _resolved(self, node: ir.Node, at: _Place) -> tuple[Any, str]:
        """What a callee is now, without running any code: an object, a definition of the cell's, or `_UNKNOWN`; and its name."""
        if isinstance(node, ir.Name):
            name = node.id
            if name in at.local:
                return at.local[name], name
            found = self._namespace.get(name, getattr(builtins, name, _UNKNOWN))
            return found, name
        if isinstance(node, ir.Attribute):
            owner, dotted = self._resolved(node.value, at)
            name = f"{dotted}.{node.attr}" if dotted else node.attr
            if owner is _UNKNOWN or isinstance(owner, ir.Node):
                return _UNKNOWN, ""
            return _attribute(owner, node.attr), name
        return _UNKNOWN, ""


_UNKNOWN = object()


def _attribute(owner: object, name: str) -> object:
    """An attribute, only where looking runs no code of the user's."""
    found = inspect.getattr_static(owner, name, _UNKNOWN)
    if isinstance(found, types.MethodDescriptorType | types.BuiltinFunctionType):
        return found
    if isinstance(found, types.FunctionType) and not isinstance(owner, type | types.ModuleType):
        return found
    if isinstance(found, property | types.GetSetDescriptorType) or hasattr(type(found), "__get__"):
        if isinstance(owner, type | types.ModuleType) or type(owner).__module__.split(".")[0] in ("openai", "anthropic"):
            return getattr(owner, name, _UNKNOWN)  # a client's own properties only make its parts
        return _UNKNOWN
    return found


def _defined(node: ir.Node) -> Iterator[tuple[str, ir.Node]]:
    for part in ir.children(node):
        if isinstance(part, ir.FunctionDef | ir.AsyncFunctionDef | ir.ClassDef):
            yield part.name, part


def _is_declared(node: ir.Node) -> bool:
    """Whether it is `@external def ...`."""
    decorators = node.decorator_list if isinstance(node, ir.FunctionDef | ir.AsyncFunctionDef) else ()
    bare = [one.func if isinstance(one, ir.Call) else one for one in decorators]
    names = {one.id if isinstance(one, ir.Name) else one.attr for one in bare if isinstance(one, ir.Name | ir.Attribute)}
    return "external" in names


def _source(file: str, line: int) -> str:
    return links.source_line(file, line) or f"line {line}"


__all__ = ["PlanView", "plan_view"]
