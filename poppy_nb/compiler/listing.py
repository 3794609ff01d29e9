"""The generated code of a cell as text: for who wants to see what the engine is given to run."""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any

from poppy_nb.compiler.build import MARK, Builder
from poppy_nb.compiler.compiler import Compiler
from poppy_nb.region import Region


def listing(operations: Mapping[str, object], source: str, filename: str, namespace: dict[str, Any]) -> str:
    """The generated function of the cell and of each of its regions, in the order of the program."""
    builder = _Listing(operations)
    compiler = Compiler(operations, builder=builder)
    cell = compiler.cell(source, filename, namespace)
    if cell.run is None:
        return f"# the cell runs as plain Python: {cell.reason}"
    done = 0
    while done < len(builder.regions):  # a region's code is made when it is asked for, and may bring further ones
        builder.title = f"# region {builder.names[id(builder.regions[done])]}"
        _ = builder.regions[done].code
        done += 1
    return "\n\n\n".join(builder.texts)


class _Listing(Builder):
    """A builder that remembers what it builds."""

    def __init__(self, operations: Mapping[str, object]) -> None:
        super().__init__(operations)
        self.texts: list[str] = []
        self.title = "# the cell"
        self.regions: list[Region] = []
        self.names: dict[int, str] = {}

    def compile(
        self, function: ast.FunctionDef, free: Sequence[str], constants: Mapping[str, object], **options: Any
    ) -> CodeType:
        """Build it, and keep it as text."""
        shown: dict[str, str] = {}
        for mark, value in constants.items():
            if isinstance(value, Region):
                if id(value) not in self.names:
                    self.regions.append(value)
                    self.names[id(value)] = f"{len(self.regions)}_{value.kind}_line_{value.node.span.line}"
                shown[mark] = f"region_{self.names[id(value)]}"
            elif isinstance(value, CodeType):
                shown[mark] = f"code_of_{value.co_name.strip('<>')}"
        readable = ast.unparse(_Readable(shown).visit(copy.deepcopy(function)))
        self.texts.append(f"{self.title}\n{readable}")
        return super().compile(function, free, constants, **options)


class _Readable(ast.NodeTransformer):
    """Marked strings become names."""

    def __init__(self, shown: Mapping[str, str]) -> None:
        self._shown = shown

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """A callee stands as `mark if True else None`."""
        if isinstance(node.body, ast.Constant) and self._is_mark(node.body.value):
            return self.visit_Constant(node.body)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """The name of what will be put in."""
        if not self._is_mark(node.value):
            return node
        mark = str(node.value)
        return ast.Name(self._shown.get(mark, mark.removeprefix(MARK).removeprefix("builtins.").replace("#", "constant_")))

    @staticmethod
    def _is_mark(value: object) -> bool:
        return isinstance(value, str) and value.startswith(MARK)
