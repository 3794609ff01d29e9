"""Runs a program plainly and stops it at every `PARK`: the footprint taken there is compared with what the program then really does.

The program that runs is rewritten so that every intermediate value is a local variable, as in generated code, and
every function shows its cells. What is analysed is the program as it was written.
"""

from __future__ import annotations

import ast
import dataclasses
import sys
import types
from collections.abc import Sequence
from typing import Any

from poppy_nb import ir
from poppy_nb.runtime.claims import Activation, Claims, Key, Mode
from poppy_nb.runtime.footprint import footprint
from poppy_nb.scopes import Scope, scopes

from . import from_ast, heaps


FILE = "<program>"


class _Unparked(ast.NodeTransformer):
    """The program as it is analysed."""

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "PARK":
            return node.args[0] if node.args else ast.copy_location(ast.Constant(None), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "CELLS":
            return ast.copy_location(ast.Pass(), node)
        return node


def _temporary(node: Any) -> str:
    return f"poppy__{node.lineno}_{node.col_offset}_{node.end_lineno}_{node.end_col_offset}"


class _Shown(ast.NodeTransformer):
    """The program as it runs."""

    def __init__(self, names: dict[tuple[int, int], tuple[str, ...]]) -> None:
        self.names = names
        self.function: list[tuple[int, int]] = []

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, (ast.Call, ast.Attribute, ast.Subscript, ast.BinOp, ast.Name, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.IfExp, ast.BoolOp,
                             ast.ListComp, ast.Compare, ast.UnaryOp, ast.Lambda, ast.DictComp, ast.SetComp, ast.GeneratorExp)):  # fmt: skip
            if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not getattr(node, "pattern", False):
                target = ast.copy_location(ast.Name(_temporary(node), ast.Store()), node)
                return ast.copy_location(ast.NamedExpr(target, node), node)
        return node

    def visit_ListComp(self, node: Any) -> Any:
        return self._whole(node)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def _whole(self, node: Any) -> Any:
        target = ast.copy_location(ast.Name(_temporary(node), ast.Store()), node)
        return ast.copy_location(ast.NamedExpr(target, node), node)

    def visit_Call(self, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Name) and node.func.id == "PARK":
            position = node.args[0] if node.args else node
            where = ast.Tuple(
                [ast.Constant(n) for n in (position.lineno, position.col_offset, position.end_lineno, position.end_col_offset)],
                ast.Load(),
            )
            arguments = [self.visit(a) for a in node.args] or [ast.Constant(None)]
            return ast.fix_missing_locations(
                ast.copy_location(ast.Call(ast.Name("PARK", ast.Load()), [ast.copy_location(where, node), *arguments], []), node)
            )
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return self._whole(node)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> Any:
        if isinstance(node.value, ast.Name) and node.value.id == "CELLS":
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> Any:
        node.value = self.visit(node.value)
        return node

    def visit_For(self, node: ast.For) -> Any:
        node.iter = self.visit(node.iter)
        node.body = [s for b in node.body for s in self._many(b)]
        node.orelse = [s for b in node.orelse for s in self._many(b)]
        call = ast.Call(ast.Name("iter", ast.Load()), [node.iter], [])
        target = ast.Name(f"poppy__for_{node.lineno}_{node.col_offset}", ast.Store())
        node.iter = ast.copy_location(ast.NamedExpr(target, call), node.iter)
        return ast.fix_missing_locations(node)

    def visit_With(self, node: ast.With) -> Any:
        for item in node.items:
            expression = self.visit(item.context_expr)
            target = ast.Name(f"poppy__with_{node.lineno}_{node.col_offset}", ast.Store())
            item.context_expr = ast.copy_location(ast.NamedExpr(target, expression), expression)
        node.body = [s for b in node.body for s in self._many(b)]
        return ast.fix_missing_locations(node)

    def _many(self, node: ast.stmt) -> list[ast.stmt]:
        found = self.visit(node)
        return found if isinstance(found, list) else [found]

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        if isinstance(node.target, ast.Name):
            old = ast.Assign(
                [ast.Name(f"poppy__old_{node.lineno}_{node.col_offset}", ast.Store())], ast.Name(node.target.id, ast.Load())
            )
            node.value = self.visit(node.value)
            return [ast.fix_missing_locations(ast.copy_location(old, node)), node]
        return super().generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> Any:
        node.body = [s for b in node.body for s in self._many(b)]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        names = self.names.get((node.lineno, node.col_offset), ())
        node.decorator_list = [self.visit(d) for d in node.decorator_list]
        node.args.defaults = [self.visit(d) for d in node.args.defaults]
        node.body = [s for b in node.body for s in self._many(b)]
        shown = ast.parse(f"__cells__ = lambda: ({', '.join(names)},)" if names else "__cells__ = None").body[0]
        docs = 0
        while docs < len(node.body) and isinstance(node.body[docs], (ast.Global, ast.Nonlocal)):
            docs += 1
        for inner in ast.walk(shown):
            if hasattr(inner, "lineno"):
                inner.lineno = inner.end_lineno = first  # type: ignore[attr-defined]
        node.body.insert(docs, shown)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.body = [s if not isinstance(s, ast.FunctionDef) else self.visit(s) for s in node.body]
        return node


class FrameScope:
    """The scope of a running frame."""

    def __init__(self, frame: types.FrameType) -> None:
        self.frame = frame
        self.cells: dict[str, Any] = {}

    def look(self) -> None:
        shown = self.frame.f_locals.get("__cells__")
        self.cells = dict(zip(shown.__code__.co_freevars, shown.__closure__ or (), strict=True)) if shown is not None else {}


class FrameHeap(heaps.Heap):
    """A heap that also knows running frames and suspended generators."""

    def __init__(self, run: Run) -> None:
        super().__init__({FILE: run.tree})
        self.run = run

    def variable(self, scope: Any, kind: str, name: str) -> Sequence[object]:
        if isinstance(scope, FrameScope):
            if kind == "global":
                return super().variable(scope.frame.f_globals, kind, name)
            if name == "__class__" and name not in scope.cells:
                return self.run.class_of(scope.frame)
            return (scope.frame.f_locals[name],) if name in scope.frame.f_locals else ()
        return super().variable(scope, kind, name)

    def scope_key(self, scope: Any, kind: str, name: str) -> Key:
        if isinstance(scope, FrameScope):
            if kind == "global":
                return (id(scope.frame.f_globals), name)
            if name in scope.cells:
                return (id(scope.cells[name]), "")
        return super().scope_key(scope, kind, name)

    def elements(self, obj: Any) -> Sequence[object]:
        return super().elements(obj)

    def generator(self, generator: Any) -> Activation | None:
        frame = generator.gi_frame
        if frame is None:
            return Activation(from_ast.parse("pass"), "function", None, {}, {})
        return self.run.activation(frame, None)


@dataclasses.dataclass
class Record:
    """One park."""

    claims: Claims
    bottom: types.FrameType
    before: dict[int, Any]
    objects: list[object]
    where: str
    activations: list[Activation]


class Violation(AssertionError):
    """The footprint missed something."""


class Run:
    """One program, parked at every `PARK` that it reaches."""

    def __init__(self, source: str, choose: Any, limit: int = 25) -> None:
        self.source = source
        self.choose = choose
        self.limit = limit
        self.tree = from_ast.convert(_Unparked().visit(ast.parse(source)))
        self.scopes: dict[ir.Node, Scope] = scopes(self.tree)
        self.by_code: dict[tuple[int, str], ir.Node] = {}
        names: dict[tuple[int, int], tuple[str, ...]] = {}
        self.classes: dict[ir.Node, str] = {}
        for node, scope in self.scopes.items():
            if isinstance(node, (ir.FunctionDef, ir.Lambda)):
                first = min([node.span.line, *(d.span.line for d in getattr(node, "decorator_list", ()))])
                self.by_code[first, getattr(node, "name", "<lambda>")] = node
                if isinstance(node, ir.FunctionDef):
                    names[node.span.line, node.span.column] = tuple(n for n in scope.names("cell", "free") if n != "__class__")
                    if scope.parent is not None and isinstance(scope.parent.node, ir.ClassDef):
                        self.classes[node] = scope.parent.node.name
        shown = _Shown(names).visit(ast.parse(source))
        self.code = compile(ast.fix_missing_locations(shown), FILE, "exec")
        module = types.ModuleType("__poppy_test__")  # dataclasses look it up
        sys.modules["__poppy_test__"] = module
        self.namespace: dict[str, Any] = module.__dict__
        self.namespace.update({"__poppy_test__": True, "PARK": self.park})
        self.heap = FrameHeap(self)
        self.frames: dict[int, FrameScope] = {}
        self.records: list[Record] = []
        self.parked = 0
        self.everything: list[str] = []
        self.error: BaseException | None = None

    def class_of(self, frame: types.FrameType) -> Sequence[object]:
        node = self.by_code.get((frame.f_code.co_firstlineno, frame.f_code.co_name))
        name = self.classes.get(node) if node is not None else None
        return (self.namespace[name],) if name is not None else ()

    # ---- running

    def run(self) -> None:
        sys.setprofile(self._profile)
        try:
            exec(self.code, self.namespace)
        except Violation:
            raise
        except Exception as e:
            self.error = e
        finally:
            sys.setprofile(None)

    def _profile(self, frame: types.FrameType, event: str, argument: Any) -> None:
        if event == "return" and self.records:
            for record in [r for r in self.records if r.bottom is frame]:
                self.records.remove(record)
                sys.setprofile(None)
                try:
                    self.check(record, argument)
                finally:
                    sys.setprofile(self._profile)

    def scope(self, frame: types.FrameType) -> Any:
        if frame.f_code.co_name == "<module>":
            return self.namespace
        found = self.frames.get(id(frame))
        if found is None or found.frame is not frame:
            found = self.frames[id(frame)] = FrameScope(frame)
        found.look()
        return found

    def activation(self, frame: types.FrameType, at: ir.Span | None, operand: Any = None) -> Activation | None:
        code = frame.f_code
        node = self.tree if code.co_name == "<module>" else self.by_code.get((code.co_firstlineno, code.co_name))
        if node is None:
            return None
        if at is None and frame.f_lasti >= 0:
            position = list(code.co_positions())[frame.f_lasti // 2]
            if (
                None in position
                or code.co_name != "<module>"
                and position[0] == code.co_firstlineno
                and isinstance(node, ir.FunctionDef)
            ):
                at = None
            else:
                at = ir.Span(position[0], position[2], position[1], position[3])  # type: ignore[arg-type]
        values = frame.f_locals
        arguments = {f"__poppy_{name}": values[name] for name in self._live(node, at) if name in values} if at is not None else {}
        if at is None:
            arguments = {p: values[p] for p in self.scopes[node].parameters if p in values}
        if operand is not None:
            arguments["__poppy_operand"] = operand
        return Activation(node, "function", at, self.scope(frame), arguments, self.scopes[node])

    def _live(self, node: ir.Node, at: ir.Span | None) -> set[str]:
        """Names of the temporaries that hold something at a place: operands evaluated before it on the way to it, and its own."""
        assert at is not None
        found: set[str] = set()
        stack: list[ir.Node] = [node]
        while stack:
            current = stack.pop()
            parts = [
                p for c in ir.children(current) for p in ((c,) if c.span.line else ir.children(c))
            ]  # `ast` has no positions for some
            if isinstance(current, (ir.For, ir.With)):
                found.add(f"poppy__{'for' if isinstance(current, ir.For) else 'with'}_{current.span.line}_{current.span.column}")
            if isinstance(current, ir.AugAssign):
                found.add(f"poppy__old_{current.span.line}_{current.span.column}")
                found.update("poppy__" + "_".join(map(str, part.span)) for part in ir.children(current.target))
            flat = [c.value if isinstance(c, (ir.Keyword, ir.Starred)) else c for c in parts]
            inside = [c for c in flat if c.span.contains(at) and c.span.line]
            if isinstance(current, ir.Expression) or isinstance(
                current, (ir.Assign, ir.Return, ir.Expr, ir.AugAssign, ir.For, ir.With, ir.If, ir.While)
            ):
                for part in flat:
                    if (
                        isinstance(part, ir.Expression)
                        and part not in inside
                        and (part.span[2:] <= at[:2] or current.span == at or not inside or isinstance(current, ir.Assign))
                    ):
                        found.add("poppy__" + "_".join(map(str, part.span)))
            if current.span == at and not inside:
                found.add("poppy__" + "_".join(map(str, at)))
            stack.extend(inside[:1])
        return found

    def park(self, where: tuple[int, int, int, int], value: Any = None) -> Any:
        """What `PARK` does."""
        sys.setprofile(None)
        try:
            self.parked += 1
            if self.parked <= self.limit:
                self._park(sys._getframe(1), ir.Span(*where), value)
        finally:
            sys.setprofile(self._profile)
        return value

    def _park(self, frame: types.FrameType, at: ir.Span, value: Any) -> None:
        activations: list[Activation] = []
        bottom = frame
        current: types.FrameType | None = frame
        while current is not None and current.f_code is not self.run.__code__:
            if current.f_code.co_filename != FILE:
                break
            made = self.activation(current, at if current is frame else None, value if current is frame else None)
            if made is None or made.at is None or current.f_code.co_flags & 0x20:
                break
            activations.append(made)
            bottom = current
            current = current.f_back
        if not activations:
            return
        if len(activations) > 1 and self.choose(2):
            count = 1 + self.choose(len(activations))
            activations = activations[:count]
            bottom = frame
            for _ in range(count - 1):
                bottom = bottom.f_back  # type: ignore[assignment]
        activations.reverse()
        self.footprint_of(activations, frame, bottom, at)

    def footprint_of(self, activations: list[Activation], frame: types.FrameType, bottom: types.FrameType, at: ir.Span) -> None:
        """What is done at a park: remember the claims, to be checked when the frame at the bottom returns."""
        claims = footprint(activations, self.heap, budget=60_000)
        if claims.everything:
            self.everything.append(claims.reason)
            return
        objects, before = self.snapshot([frame, *self._outer(frame)])
        self.records.append(
            Record(
                claims,
                bottom,
                before,
                objects,
                f"line {at.line} in {frame.f_code.co_name}, {len(activations)} frames",
                activations,
            )
        )

    def _outer(self, frame: types.FrameType) -> list[types.FrameType]:
        found = []
        current = frame.f_back
        while current is not None and current.f_code is not Run.run.__code__:
            found.append(current)
            current = current.f_back
        return found

    # ---- what changed

    def snapshot(self, frames: list[types.FrameType]) -> tuple[list[object], dict[int, Any]]:
        """All objects that exist, and what each holds."""
        roots: list[Any] = [v for n, v in self.namespace.items() if not n.startswith("poppy__")]
        for frame in frames:
            roots.extend(v for n, v in frame.f_locals.items() if not n.startswith("poppy__"))
        objects: dict[int, object] = {id(self.namespace): self.namespace}
        stack = roots
        while stack:
            obj = stack.pop()
            if id(obj) in objects or isinstance(
                obj,
                (
                    str,
                    int,
                    float,
                    bytes,
                    type(None),
                    types.CodeType,
                    types.ModuleType,
                    types.BuiltinFunctionType,
                    types.FrameType,
                ),
            ):
                continue
            if isinstance(obj, type) and obj.__module__ != "__poppy_test__" or obj is self.namespace.get("__builtins__"):
                continue
            objects[id(obj)] = obj
            stack.extend(below(obj))
        return list(objects.values()), {key: state(obj) for key, obj in objects.items()}

    def check(self, record: Record, returned: Any) -> None:
        """What changed was claimed, what was stored was published, what was returned is in the result."""
        claims = record.claims
        modes = claims.modes
        existing = record.before
        problems: list[str] = []
        published = {id(o) for o in claims.published}
        stored: list[Any] = []
        for obj in record.objects:
            before, after = existing[id(obj)], state(obj)
            if before == after:
                continue
            for part in {*before, *after}:
                if before.get(part, _GONE) == after.get(part, _GONE):
                    continue
                if isinstance(obj, dict) and obj is self.namespace:
                    if str(part).startswith(("poppy__", "__cells__", "__builtins__")):
                        continue
                    keys: list[Key] = [(id(obj), part)]
                elif isinstance(obj, types.CellType):
                    keys = [(id(obj), "")]
                elif part == "content":
                    keys = [id(obj)]
                else:
                    keys = [(id(obj), part), id(obj)]
                if not any(modes.get(key) == Mode.WRITE for key in keys):
                    problems.append(f"{type(obj).__name__} {self.name_of(obj)} changed ({part}) but was not claimed")
                stored.extend(i for i in after.get(part, ()) if i not in before.get(part, ()))
        kept = {id(o): o for o in record.objects}
        for each in stored:
            if isinstance(each, int) and each in kept and not self.excused(kept[each]) and each not in published:
                problems.append(f"{type(kept[each]).__name__} {self.name_of(kept[each])} was stored but is not published")
        result = {id(o) for o in claims.result}
        if returned is not None and id(returned) in existing and id(returned) not in result and not self.excused(returned):
            if record.bottom.f_code.co_name != "<module>" and not record.bottom.f_code.co_flags & 0x20:
                problems.append(f"{type(returned).__name__} {self.name_of(returned)} was returned but is not in the result")
        if problems:
            raise Violation(f"{record.where}:\n  " + "\n  ".join(sorted(problems)))

    def excused(self, obj: Any) -> bool:
        return obj is self.namespace

    def name_of(self, obj: object) -> str:
        return next((n for n, v in self.namespace.items() if v is obj and not n.startswith("poppy__")), "") or repr(obj)[:60]


_GONE = object()


def below(obj: Any) -> list[Any]:
    """What an object refers to, as far as programs can get at it."""
    found: list[Any] = []
    if isinstance(obj, dict):
        found.extend(dict.keys(obj))
        found.extend(dict.values(obj))
    elif isinstance(obj, list):
        found.extend(list.__iter__(obj))
    elif isinstance(obj, tuple):
        found.extend(tuple.__iter__(obj))
    elif isinstance(obj, (set, frozenset)) or type(obj).__name__ == "deque":
        found.extend(obj)
    if isinstance(obj, types.FunctionType):
        # nobody but the library writes the cells of library functions
        found.extend(
            obj.__closure__ or () if "__poppy_test__" in obj.__globals__ else [c.cell_contents for c in obj.__closure__ or ()]
        )
        found.extend(obj.__defaults__ or ())
        found.extend((obj.__kwdefaults__ or {}).values())
    elif isinstance(obj, types.CellType):
        try:
            found.append(obj.cell_contents)
        except ValueError:
            pass
    elif isinstance(obj, types.MethodType):
        found.extend((obj.__func__, obj.__self__))
    elif isinstance(obj, (property, staticmethod, classmethod)):
        pass
    elif type(obj).__name__ == "partial":
        found.extend((obj.func, obj.args, obj.keywords))
    elif isinstance(obj, types.GeneratorType) and obj.gi_frame is not None:
        found.extend(obj.gi_frame.f_locals.values())
    elif isinstance(obj, type):
        found.extend(v for n, v in obj.__dict__.items() if not n.startswith("__"))
    else:
        if type(obj).__module__ == "__poppy_test__" or isinstance(obj, BaseException):
            found.extend(getattr(obj, "__dict__", {}).values())
            for name in getattr(type(obj), "__slots__", ()):
                if hasattr(obj, name):
                    found.append(object.__getattribute__(obj, name))
    return found


def state(obj: Any) -> dict[Any, tuple[Any, ...]]:
    """What an object holds, by identity."""
    found: dict[Any, tuple[Any, ...]] = {}
    if isinstance(obj, dict):
        if "__poppy_test__" in obj:
            return {k: (id(v),) for k, v in obj.items()}
        found["content"] = tuple((k if isinstance(k, (str, int)) else id(k), id(v)) for k, v in dict.items(obj))
        found["content"] = tuple(x for pair in found["content"] for x in pair)
    elif isinstance(obj, list):
        found["content"] = tuple(id(o) for o in list.__iter__(obj))
    elif isinstance(obj, set) or type(obj).__name__ == "deque":
        found["content"] = tuple(id(o) for o in obj)
    if isinstance(obj, types.CellType):
        try:
            found[""] = (id(obj.cell_contents),)
        except ValueError:
            pass
    elif isinstance(obj, type):
        found.update({n: (id(v),) for n, v in obj.__dict__.items() if not n.startswith("__")})
    elif (
        not isinstance(obj, (types.FunctionType, types.MethodType, types.GeneratorType))
        and type(obj).__module__ == "__poppy_test__"
    ):
        found.update({n: (v if type(v) is int else id(v),) for n, v in getattr(obj, "__dict__", {}).items()})
        for name in getattr(type(obj), "__slots__", ()):
            if hasattr(obj, name):
                found[name] = (id(object.__getattribute__(obj, name)),)
    return found


__all__ = ["Run", "Violation"]
