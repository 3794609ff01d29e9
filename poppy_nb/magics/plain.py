"""A cell as plain Python, run as IPython runs cells, but so that an exception goes on to the caller."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, Any

from poppy_nb.magics.source import CellSource


if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


async def run_plain(shell: InteractiveShell, cell: CellSource, *, may_await: bool) -> object:
    """Run it, statement by statement; values are displayed where the user's settings say so, that of the last is returned.

    Without `may_await` it never suspends.
    """
    __tracebackhide__ = True
    tree = shell.transform_ast(shell.compile.ast_parse(cell.text, filename=cell.name))
    compiler: Any = shell.compile  # typed as if it took text only
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if may_await else 0
    statements = _statements(tree.body, shell.ast_node_interactivity if cell.shows_value else "none")
    value: Any = None
    for node, is_shown in statements:
        with compiler.extra_flags(flags):
            if is_shown and isinstance(node, ast.Expr) and node is statements[-1][0]:
                code = compiler(ast.Expression(node.value), cell.name, "eval")
            elif is_shown:
                code = compiler(ast.Interactive([node]), cell.name, "single")
            else:
                code = compiler(ast.Module([node], []), cell.name, "exec")
        value = eval(code, shell.user_global_ns, shell.user_ns)
        if code.co_flags & inspect.CO_COROUTINE:
            value = await value
    return value


def shown_assignment(interactivity: str, last: ast.stmt) -> str | None:
    """The variable to display after an assignment that ends the cell, if the settings ask for that."""
    if interactivity != "last_expr_or_assign":
        return None
    target: ast.expr | None = None
    if isinstance(last, ast.Assign) and len(last.targets) == 1:
        target = last.targets[0]
    elif isinstance(last, ast.AugAssign | ast.AnnAssign):
        target = last.target
    return target.id if isinstance(target, ast.Name) else None


def _statements(body: list[ast.stmt], interactivity: str) -> list[tuple[ast.stmt, bool]]:
    if not body:
        return []
    name = shown_assignment(interactivity, body[-1])
    if name is not None:
        shown = ast.copy_location(ast.Expr(ast.Name(name, ast.Load())), body[-1])
        body = [*body, ast.fix_missing_locations(shown)]
    last = len(body) - 1
    match interactivity:
        case "all":
            return [(node, True) for node in body]
        case "last":
            return [(node, index == last) for index, node in enumerate(body)]
        case "none":
            return [(node, False) for node in body]
        case _:  # "last_expr", with or without the assignment
            return [(node, index == last and isinstance(node, ast.Expr)) for index, node in enumerate(body)]
