"""A heap for tests: plain Python objects, one dict per scope, nothing pending except what a test says."""

from __future__ import annotations

import ast
import itertools
import sys
import types as _types
from collections.abc import Mapping, Sequence
from typing import Any

from poppy_nb import ir
from poppy_nb.runtime.claims import Activation, Claims, Key, Mode
from poppy_nb.runtime.claims import Heap as HeapProtocol
from poppy_nb.runtime.footprint import footprint
from poppy_nb.runtime.placeholder import Placeholder

from .from_ast import parse


_numbers = itertools.count()


class Heap(HeapProtocol):
    """Scopes are dicts (locals of a frame, namespaces); cells are cells."""

    def __init__(self, trees: Mapping[str, ir.Module]) -> None:
        self.functions: dict[tuple[str, int, str], Any] = {}
        for name, tree in trees.items():
            for node in ir.walk(tree):
                if isinstance(node, (ir.FunctionDef, ir.AsyncFunctionDef, ir.Lambda)):
                    first = min([node.span.line, *(d.span.line for d in getattr(node, "decorator_list", ()))])
                    self.functions[name, first, getattr(node, "name", "<lambda>")] = node
        self.elements_asked: list[object] = []
        self.made: dict[int, Sequence[type] | None] = {}

    def variable(self, scope: Any, kind: str, name: str) -> Sequence[object]:
        if isinstance(scope, _types.CellType):
            try:
                return (scope.cell_contents,)
            except ValueError:
                return ()
        return (scope[name],) if name in scope else ()

    def scope_key(self, scope: object, kind: str, name: str) -> Key:
        return (id(scope), name)

    def attribute(self, obj: Any, name: str) -> Sequence[object]:
        if isinstance(obj, type):
            return (obj.__dict__[name],) if name in obj.__dict__ else ()
        try:
            namespace = object.__getattribute__(obj, "__dict__")
        except AttributeError:
            namespace = {}
        if name in namespace:
            return (namespace[name],)
        slot = next((c.__dict__[name] for c in type(obj).__mro__ if name in c.__dict__), None)
        if isinstance(slot, _types.MemberDescriptorType):
            try:
                return (slot.__get__(obj),)
            except AttributeError:
                return ()
        return ()

    def elements(self, obj: Any) -> Sequence[object]:
        self.elements_asked.append(obj)
        if isinstance(obj, dict):
            return [*dict.keys(obj), *dict.values(obj)]
        if isinstance(obj, list):
            return list(list.__iter__(obj))
        if isinstance(obj, tuple):
            return list(tuple.__iter__(obj))
        if isinstance(obj, (set, frozenset)):
            return list(iter(obj))
        if hasattr(obj, "maxlen") and hasattr(obj, "appendleft"):
            return list(obj)
        return ()

    def aliases(self, placeholder: object) -> Sequence[object] | None:
        return placeholder.aliases if isinstance(placeholder, Placeholder) else ()

    def types(self, placeholder: object) -> Sequence[type] | None:
        return self.made.get(id(placeholder), ())

    def function(self, function: _types.FunctionType) -> Any:
        code = function.__code__
        return self.functions.get((code.co_filename, code.co_firstlineno, code.co_name))

    def item(self, container: Any, key: Any) -> Sequence[object] | None:
        try:
            if type(container) in (dict, list):
                return (container[key],)
        except (KeyError, IndexError, TypeError):
            return ()
        return None

    def owns(self, namespace: Mapping[str, object]) -> bool:
        return bool(namespace.get("__poppy_test__"))


class Program:
    """A setup that has run, and code that is still to come, in one namespace."""

    def __init__(self, setup: str, rest: str = "", **values: object) -> None:
        number = next(_numbers)
        self.names = (f"<setup {number}>", f"<rest {number}>")
        module = sys.modules["__poppy_test__"] = _types.ModuleType("__poppy_test__")  # dataclasses look it up
        self.namespace: dict[str, Any] = module.__dict__
        self.namespace.update({"__poppy_test__": True, **values})
        exec(compile(setup, self.names[0], "exec"), self.namespace)
        self.tree = parse(rest)
        self.rest = rest
        self.heap = Heap({self.names[0]: parse(setup), self.names[1]: self.tree})

    def __getitem__(self, name: str) -> Any:
        return self.namespace[name]

    def claims(self, kind: str = "function", at: str = "", node: ir.Node | None = None, **arguments: object) -> Claims:
        """The claims of the rest. `at`: a piece of its text where it stands."""
        span = None
        if at:
            found = [n for n in ir.walk(self.tree) if n.span.line and ast.get_source_segment(self.rest, _position(n.span)) == at]
            assert found, at
            span = found[-1].span
        node = node if node is not None else self.tree
        return footprint([Activation(node, kind, span, self.namespace, arguments)], self.heap)

    def run(self) -> None:
        """Run the rest plainly."""
        exec(compile(self.rest, self.names[1], "exec"), self.namespace)

    def describe(self, claims: Claims) -> set[str]:
        """Claims in words: `+x` writes the variable x, `x` reads it, `+[kept]` writes the object that `kept` holds, `+agent.turns` an attribute."""
        assert not claims.everything, claims.reason
        names = {id(v): n for n, v in self.namespace.items() if not n.startswith("__")}
        found = set()
        for key, mode in claims.modes.items():
            if isinstance(key, str):
                text = f"<{key}>"
            elif isinstance(key, int):
                text = f"[{names.get(key, '?' + repr(next(o for o in claims.keep if id(o) == key)))}]"
            elif key[0] == id(self.namespace):
                text = key[1]
            else:
                text = f"{names.get(key[0], '?')}.{key[1]}"
            found.add(("+" if mode == Mode.WRITE else "") + text)
        return found

    def written(self, claims: Claims) -> set[str]:
        """The writes, without variables' reads."""
        return {c for c in self.describe(claims) if c.startswith("+")}


def _position(span: ir.Span) -> ast.expr:
    """What `ast.get_source_segment` wants."""
    return ast.Constant(
        None, None, lineno=span.line, col_offset=span.column, end_lineno=span.end_line, end_col_offset=span.end_column
    )
