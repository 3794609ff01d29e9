"""What IPython's autoreload compiles a function from that has changed in its module.

It puts the code of the new definition into the old function. That code is compiled from what `ast.unparse` gives, so that its
lines are not those of the file (`IPython/extensions/deduperreload`, since IPython 9).
"""

from __future__ import annotations

import ast
import copy
import textwrap
from collections.abc import Iterator


_CLASS = "__autoreload_class__"  # stands around a method


def texts(module: ast.Module, qualname: str) -> Iterator[str]:
    """The texts that a function of this qualified name may come from, for a module that is `module` now."""
    first, _, below = qualname.partition(".")
    name = below.partition(".")[0] if first == _CLASS else first
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            yield _text(node, first == _CLASS)
            if node.decorator_list:
                undecorated = copy.copy(node)
                undecorated.decorator_list = []
                yield _text(undecorated, first == _CLASS)


def _text(node: ast.AST, is_method: bool) -> str:
    text = textwrap.dedent(ast.unparse(node))
    return f"class {_CLASS}:\n{textwrap.indent(text, '    ')}" if is_method else text
