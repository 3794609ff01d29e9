"""Which variable carries an answer from one line to another, or which test decides: read off the source text."""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache

from .calls import Call, Effect


_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Carried = dict[str, frozenset[int]]  # variable -> lines whose calls have gone into it


def place(call: Call, other: Call | Effect) -> tuple[int, int, str]:
    """The lines at which two calls stand in the innermost run of a function that both stand in, and the file."""
    mine = [step for step in call.within if step.kind == "function"]
    theirs = [step for step in other.within if step.kind == "function"]
    shared = 0
    while shared < min(len(mine), len(theirs)) and mine[shared].number == theirs[shared].number:
        shared += 1
    line, file = (mine[shared].line, mine[shared].file) if shared < len(mine) else (call.line, call.file)
    other_line = theirs[shared].line if shared < len(theirs) else other.line
    return line, other_line, file


def between(call: Call, other: Call | Effect) -> tuple[str, str]:
    """How the answer of `call` reaches `other`: `("data", variable)`, `("branch", "line N")`, `("", "")` if unseen."""
    line, other_line, file = place(call, other)
    if line == other_line and call.within[-1:] == other.within[-1:]:
        return "data", ""  # one within the other
    found = _of_text("".join(_text_lines(file)))
    variable = found.carried.get((line, other_line))
    if variable is not None:
        return "data", variable
    test = found.decided.get((line, other_line))
    if test is not None:
        return "branch", f"line {test}"
    return "", ""


def decided(call: Call, other: Call) -> str:
    """The line of the test by which the answer of `call` decides whether `other` is reached, as text; empty if there is none."""
    line, other_line, file = place(call, other)
    test = _of_text("".join(_text_lines(file))).decided.get((line, other_line))
    return f"line {test}" if test is not None else ""


def source_line(file: str, line: int) -> str:
    """A line of the source, without the space around it; empty if it is not to be had."""
    lines = _text_lines(file)
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def _text_lines(file: str) -> list[str]:
    try:
        return linecache.getlines(file)
    except ValueError:  # a name that no file can have
        return []


class _Flow:
    """One pass over a body, twice over loops: which lines' calls reach which others, through which variable or test.

    It looks at names only and knows no branches apart from what they decide: it gives names to dependences that the run has
    shown, and never makes up one.
    """

    def __init__(self, text: str) -> None:
        self.carried: dict[tuple[int, int], str] = {}
        self.decided: dict[tuple[int, int], int] = {}
        # Magics and shell commands are no Python, nor is the `%%poppy` line
        lines = ["" if line.lstrip()[:1] in ("%", "!") else line for line in text.splitlines()]
        try:
            tree = ast.parse("\n".join(lines))
        except (SyntaxError, ValueError, RecursionError):
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self._body(node.body, {}, {})

    def _body(self, body: list[ast.stmt], carried: _Carried, deciding: dict[int, int]) -> None:
        for statement in body:
            self._statement(statement, carried, deciding)

    def _statement(self, node: ast.stmt, carried: _Carried, deciding: dict[int, int]) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return
        if isinstance(node, ast.If | ast.While):
            self._use(node.test, carried, deciding)
            tested = dict.fromkeys(self._lines(node.test, carried), node.test.lineno)
            for _ in range(2 if isinstance(node, ast.While) else 1):
                self._body(node.body, carried, {**deciding, **tested})
            self._body(node.orelse, carried, {**deciding, **tested})
            if any(isinstance(one, ast.Break | ast.Continue | ast.Return | ast.Raise) for one in ast.walk(node)):
                deciding.update(tested)
        elif isinstance(node, ast.For | ast.AsyncFor):
            self._use(node.iter, carried, deciding)
            lines = self._lines(node.iter, carried)
            self._store(node.target, lines, carried)
            inner = {**deciding, **dict.fromkeys(lines, node.iter.lineno)}
            for _ in range(2):
                self._body(node.body, carried, inner)
            self._body(node.orelse, carried, inner)
        elif isinstance(node, ast.Try | ast.TryStar | ast.With | ast.AsyncWith):
            for item in getattr(node, "items", ()):
                self._use(item.context_expr, carried, deciding)
                if item.optional_vars is not None:
                    self._store(item.optional_vars, self._lines(item.context_expr, carried), carried)
            self._body(node.body, carried, deciding)
            for handler in getattr(node, "handlers", ()):
                self._body(handler.body, carried, deciding)
            self._body(getattr(node, "orelse", []), carried, deciding)
            self._body(getattr(node, "finalbody", []), carried, deciding)
        elif isinstance(node, ast.Match):
            self._use(node.subject, carried, deciding)
            tested = dict.fromkeys(self._lines(node.subject, carried), node.subject.lineno)
            for case in node.cases:
                self._body(case.body, carried, {**deciding, **tested})
        else:
            self._simple(node, carried, deciding)

    def _simple(self, node: ast.stmt, carried: _Carried, deciding: dict[int, int]) -> None:
        self._use(node, carried, deciding)
        lines = self._lines(node, carried)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._store(target, lines, carried)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            self._store(node.target, lines, carried)
        for one in ast.walk(node):
            if isinstance(one, ast.NamedExpr):
                self._store(one.target, lines, carried)
            elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
                base = _base(one.func)  # `out.append(s)`: what goes into `out`
                if base is not None and (one.args or one.keywords):
                    carried[base] = carried.get(base, frozenset()) | lines

    def _use(self, node: ast.AST, carried: _Carried, deciding: dict[int, int]) -> None:
        """Calls in `node` are given what the names in it carry, and are reached because of what decides."""
        calls = {one.lineno for one in ast.walk(node) if isinstance(one, ast.Call)}
        for call in calls:
            for one in ast.walk(node):
                if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                    for line in carried.get(one.id, ()):
                        self.carried.setdefault((line, call), one.id)
            for line, test in deciding.items():
                self.decided.setdefault((line, call), test)

    def _lines(self, node: ast.AST, carried: _Carried) -> frozenset[int]:
        found: set[int] = set()
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                found.add(one.lineno)
            elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                found |= carried.get(one.id, frozenset())
        return frozenset(found)

    def _store(self, target: ast.expr, lines: frozenset[int], carried: _Carried) -> None:
        if isinstance(target, ast.Name):
            carried[target.id] = lines
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._store(part, lines, carried)
        elif isinstance(target, ast.Starred):
            self._store(target.value, lines, carried)
        else:
            base = _base(target)
            if base is not None:
                carried[base] = carried.get(base, frozenset()) | lines


def _base(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


@lru_cache(maxsize=64)
def _of_text(text: str) -> _Flow:
    return _Flow(text)
