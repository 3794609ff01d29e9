"""How calls of a source text reach one another: through which variable, which test, which handler. One pass, names only."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import lru_cache


Spot = tuple[int, int]  # line and column at which a call begins
_Carried = dict[str, dict[Spot, int]]  # variable -> calls whose answers have gone into it, with how many detours
_JUMPS = ast.Break | ast.Continue | ast.Return | ast.Raise
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
# Detours, so that of several variables the one is told that carries an answer most directly
_CHANGES_IT, _THROUGH_ANOTHER, _IS_GIVEN_IT = 1, 2, 3


class Flow:
    """It knows names and no values: it gives names to dependences that a run has shown, and never makes up one.

    carried: for two calls the variable that takes the answer of the one to the other, "" if one stands within the other.
    decided: the line of the test by which the one decides whether the other is reached. repeated: that of the loop over what the
    one answers, in which the other stands. handled: that of the `except` that is reached when the one fails. ended: that of the
    `try` that ends with the one before the other is reached. caught: that of the `try` which handles it when a call fails.
    """

    def __init__(self, text: str) -> None:
        self.carried: dict[tuple[Spot, Spot], str] = {}
        self.decided: dict[tuple[Spot, Spot], int] = {}
        self.repeated: dict[tuple[Spot, Spot], int] = {}
        self.handled: dict[tuple[Spot, Spot], int] = {}
        self.ended: dict[tuple[Spot, Spot], int] = {}
        self.caught: dict[Spot, int] = {}
        self._text = text
        self._detours: dict[tuple[Spot, Spot], int] = {}
        self._calls: dict[Spot, ast.Call] = {}
        self._by_line: dict[int, list[Spot]] = {}
        self._changed: dict[str, list[str]] = {}  # function -> names from outside of it that it changes
        # Magics and shell commands are no Python, nor is the `%%poppy` line
        lines = ["" if line.lstrip()[:1] in ("%", "!") else line for line in text.splitlines()]
        try:
            self._tree = ast.parse("\n".join(lines))
        except (SyntaxError, ValueError, RecursionError):
            self._tree = ast.Module([], [])
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call):
                self._calls[node.lineno, node.col_offset] = node
                self._by_line.setdefault(node.lineno, []).append((node.lineno, node.col_offset))
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self._changed[node.name] = _changed(node)
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Module | _DEFINITIONS):
                self._body(node.body, {}, {})
            elif isinstance(node, ast.Lambda):
                self._expression(node.body, {}, {})

    def spots(self, line: int, column: int) -> list[Spot]:
        """The calls that may be meant by a place: the one that begins there, or those of the line."""
        if (line, column) in self._calls:
            return [(line, column)]
        found = self._by_line.get(line)
        if found is None:  # of a chain of methods over several lines, places name the line of the method
            found = [spot for spot, node in self._calls.items() if spot[0] <= line <= (node.end_lineno or spot[0])][-1:]
        return found

    def source(self, line: int, column: int) -> str:
        """The text of the call that begins there, as one line; empty if there is none."""
        node = self._calls.get((line, column))
        return " ".join((ast.get_source_segment(self._text, node) or "").split()) if node is not None else ""

    def changed(self, line: int) -> list[str]:
        """What the statement that begins in a line changes, as it is written there."""
        found: dict[str, None] = {}
        for statement in ast.walk(self._tree):
            if isinstance(statement, ast.stmt) and statement.lineno == line and not isinstance(statement, _DEFINITIONS):
                for node in ast.walk(statement):
                    is_stored = isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del)
                    changed = node.func if isinstance(node, ast.Call) else node if is_stored else None
                    if isinstance(changed, ast.Attribute | ast.Subscript):
                        found[ast.unparse(changed.value)] = None
        return list(found)

    # ---- statements

    def _body(self, body: list[ast.stmt], carried: _Carried, deciding: dict[Spot, int]) -> None:
        for statement in body:
            self._statement(statement, carried, deciding)

    def _statement(self, node: ast.stmt, carried: _Carried, deciding: dict[Spot, int]) -> None:
        if isinstance(node, _DEFINITIONS):
            return
        if isinstance(node, ast.If):
            tested = self._tested(node.test, carried, deciding)
            self._ways([node.body, node.orelse], carried, {**deciding, **tested})
            if _jumps(node):
                deciding.update(tested)
        elif isinstance(node, ast.While):
            for _ in range(2):
                tested = self._tested(node.test, carried, deciding)
                self._body(node.body, carried, {**deciding, **tested})
            tested = self._tested(node.test, carried, deciding)
            self._body(node.orelse, carried, {**deciding, **tested})
            deciding.update(tested)  # what comes behind a loop is reached when its test says so
        elif isinstance(node, ast.For | ast.AsyncFor):
            self._expression(node.iter, carried, deciding)
            found = self._sources(node.iter, carried)
            for _ in range(2):
                self._store(node.target, found, carried)
                self._body(node.body, carried, dict(deciding))
            self._body(node.orelse, carried, dict(deciding))
            self._relate(self.repeated, found, _calls_in(node.body), node.iter.lineno)
        elif isinstance(node, ast.Try | ast.TryStar):
            self._try(node, carried, deciding)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                self._expression(item.context_expr, carried, deciding)
                if item.optional_vars is not None:
                    self._store(item.optional_vars, self._sources(item.context_expr, carried), carried)
            self._body(node.body, carried, deciding)
        elif isinstance(node, ast.Match):
            tested = self._tested(node.subject, carried, deciding)
            for case in node.cases:
                if case.guard is not None:
                    tested = {**tested, **self._tested(case.guard, carried, {**deciding, **tested})}
            self._ways([case.body for case in node.cases], carried, {**deciding, **tested})
            if _jumps(node):
                deciding.update(tested)
        else:
            self._simple(node, carried, deciding)

    def _ways(self, ways: list[list[ast.stmt]], carried: _Carried, deciding: dict[Spot, int]) -> None:
        """Of several bodies one is run: behind them a variable carries what it may have from any."""
        ends = []
        for body in ways:
            end = {name: dict(found) for name, found in carried.items()}
            self._body(body, end, dict(deciding))
            ends.append(end)
        carried.clear()
        for end in ends:
            for name, found in end.items():
                _add(carried, name, found)

    def _try(self, node: ast.Try | ast.TryStar, carried: _Carried, deciding: dict[Spot, int]) -> None:
        begun = {name: dict(found) for name, found in carried.items()}
        self._body(node.body, carried, deciding)
        in_body = list(_calls_in(node.body))
        for handler in node.handlers:
            if handler.name is not None:
                _add(begun, handler.name, dict.fromkeys(in_body, 0))
            self._relate(self.handled, in_body, _calls_in(handler.body), handler.lineno)
        if node.handlers:
            for spot in in_body:
                self.caught.setdefault(spot, node.lineno)  # the innermost one was seen first
        self._relate(self.ended, in_body, _calls_in(node.orelse), node.lineno)
        before = [*in_body, *_calls_in(node.orelse), *(spot for handler in node.handlers for spot in _calls_in(handler.body))]
        self._relate(self.ended, before, _calls_in(node.finalbody), node.lineno)
        for name, found in begun.items():  # a handler may be reached from anywhere in the body
            _add(carried, name, found)
        self._ways([node.orelse, *(handler.body for handler in node.handlers)], carried, deciding)
        self._body(node.finalbody, carried, deciding)

    def _relate(self, into: dict[tuple[Spot, Spot], int], before: Iterable[Spot], after: Iterable[Spot], line: int) -> None:
        targets = list(after)
        for source in before:
            for target in targets:
                into[source, target] = line  # the innermost one is seen last

    def _simple(self, node: ast.stmt, carried: _Carried, deciding: dict[Spot, int]) -> None:
        self._expression(node, carried, deciding)
        if isinstance(node, ast.Assign):
            found = self._sources(node.value, carried)
            for target in node.targets:
                self._store(target, found, carried)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._store(node.target, self._sources(node.value, carried), carried)
        elif isinstance(node, ast.AugAssign):
            base = _base(node.target)
            if base is not None:
                _add(carried, base, self._sources(node.value, carried))
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                self._changes(one, carried, is_statement=isinstance(node, ast.Expr))

    def _changes(self, call: ast.Call, carried: _Carried, *, is_statement: bool) -> None:
        """What a call may put its answer, or what it is given, into: its receiver, globals, arguments of a bare call."""
        itself = {(call.lineno, call.col_offset): _CHANGES_IT}
        if isinstance(call.func, ast.Attribute):
            base = _base(call.func)
            if base is not None:
                given = {}
                for part in (*call.args, *(keyword.value for keyword in call.keywords)):
                    given.update(self._sources(part, carried))
                _add(carried, base, {**given, **itself})
        elif isinstance(call.func, ast.Name):
            for name in self._changed.get(call.func.id, ()):
                _add(carried, name, itself)
        if is_statement:
            for part in call.args:
                if isinstance(part, ast.Name):
                    _add(carried, part.id, dict.fromkeys(itself, _IS_GIVEN_IT))

    def _store(self, target: ast.expr, found: dict[Spot, int], carried: _Carried) -> None:
        if isinstance(target, ast.Name):
            carried[target.id] = dict(found)
        elif isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._store(part, found, carried)
        elif isinstance(target, ast.Starred):
            self._store(target.value, found, carried)
        else:
            base = _base(target)
            if base is not None:
                _add(carried, base, found)

    # ---- expressions

    def _tested(self, test: ast.expr, carried: _Carried, deciding: dict[Spot, int]) -> dict[Spot, int]:
        """The calls that a test looks at the answers of, with its line."""
        self._expression(test, carried, deciding)
        return dict.fromkeys(self._sources(test, carried), test.lineno)

    def _expression(self, node: ast.AST, carried: _Carried, deciding: dict[Spot, int]) -> None:
        """What the calls in it are given, and what decides whether they are reached."""
        if isinstance(node, ast.IfExp):
            inner = {**deciding, **self._tested(node.test, carried, deciding)}
            self._expression(node.body, carried, inner)
            self._expression(node.orelse, carried, inner)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                deciding = {**deciding, **self._tested(value, carried, deciding)}
        elif isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, carried, deciding)
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Call):
                self._given(node, carried, deciding)
            for part in ast.iter_child_nodes(node):
                self._expression(part, carried, deciding)
            if isinstance(node, ast.NamedExpr):
                self._store(node.target, self._sources(node.value, carried), carried)

    def _comprehension(self, node: ast.AST, carried: _Carried, deciding: dict[Spot, int]) -> None:
        own = {name: dict(found) for name, found in carried.items()}
        for generator in getattr(node, "generators", ()):
            self._expression(generator.iter, own, deciding)
            found = self._sources(generator.iter, own)
            self._relate(self.repeated, found, _calls_in([node]), generator.iter.lineno)
            self._store(generator.target, found, own)
            for test in generator.ifs:
                deciding = {**deciding, **self._tested(test, own, deciding)}
        for part in ("elt", "key", "value"):
            if hasattr(node, part):
                self._expression(getattr(node, part), own, deciding)

    def _given(self, call: ast.Call, carried: _Carried, deciding: dict[Spot, int]) -> None:
        here = call.lineno, call.col_offset
        for one in ast.walk(call):
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                for source, detours in carried.get(one.id, {}).items():
                    self._carry(source, here, one.id, detours)
            elif isinstance(one, ast.Call) and one is not call:
                self._carry((one.lineno, one.col_offset), here, "", -1)
        for source, line in deciding.items():
            self.decided.setdefault((source, here), line)

    def _carry(self, source: Spot, target: Spot, name: str, detours: int) -> None:
        if detours < self._detours.get((source, target), 1_000_000):
            self._detours[source, target] = detours
            self.carried[source, target] = name

    def _sources(self, node: ast.AST, carried: _Carried) -> dict[Spot, int]:
        found: dict[Spot, int] = {}
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                found[one.lineno, one.col_offset] = 0
            elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                for spot, detours in carried.get(one.id, {}).items():
                    found[spot] = min(detours + _THROUGH_ANOTHER, found.get(spot, 1_000_000))
        return found


def _add(carried: _Carried, name: str, found: dict[Spot, int]) -> None:
    known = carried.setdefault(name, {})
    for spot, detours in found.items():
        known[spot] = min(detours, known.get(spot, detours))


def _calls_in(body: Iterable[ast.AST]) -> Iterator[Spot]:
    for statement in body:
        for one in ast.walk(statement):
            if isinstance(one, ast.Call):
                yield one.lineno, one.col_offset


def _jumps(node: ast.stmt) -> bool:
    return any(isinstance(one, _JUMPS) for one in ast.walk(node))


def _changed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names from outside that a function sets, or changes the value of."""
    outside: set[str] = set()
    own = {argument.arg for argument in ast.walk(function) if isinstance(argument, ast.arg)}
    changed: dict[str, None] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Global | ast.Nonlocal):
            outside.update(node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
            changed[node.id] = None
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            changed[_base(node) or ""] = None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changed[_base(node.func) or ""] = None
    return [name for name in changed if name and (name in outside or name not in own)]


def _base(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


@lru_cache(maxsize=64)
def flow(text: str) -> Flow:
    """That of a text."""
    return Flow(text)


__all__ = ["Flow", "Spot", "flow"]
