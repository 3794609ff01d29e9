"""Runs a program plainly and in mediated form under the trivial operations, and compares what can be seen of the two runs."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import linecache
import re
import types
import warnings
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.compiler.trivial_ops import Trivial


_numbers = count()


@dataclass
class Outcome:
    namespace: dict[str, Any]
    result: Any
    stdout: str
    error: BaseException | None
    trivial: Trivial | None = None


def frames(error: BaseException, filename: str, columns: bool = True) -> list[tuple[Any, ...]]:
    """The frames of the program; those of regions count as the frame of the function that they belong to."""
    found: list[tuple[Any, ...]] = []
    before: types.FrameType | None = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == filename:
            place = list(code.co_positions())[trace.tb_lasti // 2] if columns else (trace.tb_lineno,)
            entry = (code.co_name, trace.tb_lineno, place)
            region = code.co_name == "<module>" or (code.co_argcount > 0 and code.co_varnames[0] == "__poppy_L")
            if before is not None and region and before is not trace.tb_frame and before.f_code.co_qualname == code.co_qualname:
                found[-1] = entry
            else:
                found.append(entry)
            before = trace.tb_frame
        trace = trace.tb_next
    return found


def run(source: str, *, mediated: bool, pending: bool = False, plain: bool = False, filename: str = "") -> Outcome:
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    trivial = Trivial(pending=pending, plain=plain)
    out = io.StringIO()
    result, error = None, None
    cell = trivial.compiler.cell(source, filename, namespace)
    with contextlib.redirect_stdout(out):
        try:
            if mediated:
                result = trivial.run_cell(cell, namespace)
            else:
                result = plainly(cell.plain, namespace)
                if cell.result is not None:
                    result = plainly(cell.result, namespace)
        except BaseException as e:
            error = e
    return Outcome(namespace, result, scrub(out.getvalue()), error, trivial)


def plainly(code: types.CodeType, namespace: dict[str, Any]) -> Any:
    value = eval(code, namespace)
    if inspect.iscoroutine(value):
        try:
            value.send(None)
        except StopIteration as stop:
            return stop.value
        raise AssertionError("waited")
    return value


def scrub(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def describe(value: Any, seen: dict[int, tuple[int, Any]]) -> Any:
    """Something that is equal for two values if they are the same to the program, aliases included."""
    if isinstance(
        value, (int, str, bytes, float, complex, type(None), type(...), types.ModuleType, types.BuiltinFunctionType, range)
    ):
        return (type(value).__name__, repr(value))
    if id(value) in seen:
        return ("again", seen[id(value)][0])
    seen[id(value)] = (len(seen), value)  # kept alive, so that no other object gets its id
    kind = type(value).__name__
    if isinstance(value, (list, tuple)):
        return (kind, [describe(item, seen) for item in value])
    if isinstance(value, dict):
        return (kind, [(describe(k, seen), describe(v, seen)) for k, v in value.items()])
    if isinstance(value, (set, frozenset)):
        return (kind, sorted(repr(item) for item in value))
    if isinstance(value, types.FunctionType):
        cells = []
        for cell in value.__closure__ or ():
            try:
                cells.append(describe(cell.cell_contents, seen))
            except ValueError:
                cells.append("empty")
        rest = [
            describe(getattr(value, name), seen) for name in ("__defaults__", "__kwdefaults__", "__annotations__", "__dict__")
        ]
        names = (value.__name__, value.__qualname__, value.__module__, value.__doc__)
        return (kind, names, code_of(value.__code__), cells, rest)
    if isinstance(value, type):
        if value.__module__ != "__main__":
            return (kind, repr(value))
        body = {k: v for k, v in vars(value).items() if k not in ("__dict__", "__weakref__", "_abc_impl")}
        return (kind, value.__qualname__, value.__doc__, [describe(base, seen) for base in value.__bases__], describe(body, seen))
    if isinstance(value, BaseException):
        return (kind, describe(value.args, seen), value.__class__.__name__)
    if isinstance(value, (staticmethod, classmethod)):
        return (kind, describe(value.__func__, seen))
    if isinstance(value, property):
        return (kind, describe((value.fget, value.fset, value.fdel), seen))
    if isinstance(value, types.MethodType):
        return (kind, describe(value.__self__, seen), describe(value.__func__, seen))
    if isinstance(value, types.GeneratorType):
        return (kind,)
    if hasattr(value, "__dict__"):
        return (kind, describe(vars(value), seen))
    return (kind, scrub(repr(value)))


def code_of(code: types.CodeType) -> Any:
    inner = [code_of(c) if isinstance(c, types.CodeType) else repr(c) for c in code.co_consts]
    return (
        code.co_name, code.co_qualname, code.co_filename, code.co_firstlineno, code.co_code, inner, code.co_names, code.co_varnames,
        code.co_freevars, code.co_cellvars, code.co_flags, list(code.co_positions()),
    )  # fmt: skip


def errors(error: BaseException | None, filename: str, depth: int = 0) -> Any:
    if error is None or depth > 5:
        return None
    group = [errors(e, filename, depth + 1) for e in error.exceptions] if isinstance(error, BaseExceptionGroup) else None
    return (
        type(error).__name__,
        scrub(repr(error.args)),
        frames(error, filename),
        errors(error.__cause__, filename, depth + 1),
        errors(error.__context__, filename, depth + 1),
        error.__suppress_context__,
        group,
    )


def warned(caught: list[warnings.WarningMessage]) -> list[tuple[str, int]]:
    return [(str(one.message), one.lineno) for one in caught if one.category in (SyntaxWarning, DeprecationWarning)]


def check(source: str, *, pending: bool = True) -> Outcome:
    """Compare; returns the mediated run. `pending`: also with all tests pending, so that branches run as regions.

    Another run takes the plain form wherever there is one.
    """
    filename = f"<program {next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    with warnings.catch_warnings(record=True) as plain_warnings:
        warnings.simplefilter("always")
        compile(source, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        plain = run(source, mediated=False, filename=filename)
        assert warned(caught) == warned(plain_warnings)
        del caught[:]
        outcomes = [
            run(source, mediated=True, pending=pending, filename=filename) for pending in ([False, True] if pending else [False])
        ]
        outcomes.append(run(source, mediated=True, plain=True, filename=filename))
    assert warned(caught) == warned(plain_warnings) * len(outcomes)
    for outcome in outcomes:
        if outcome.error is not None and plain.error is None:
            raise outcome.error
        assert outcome.stdout == plain.stdout
        assert errors(outcome.error, filename) == errors(plain.error, filename)
        assert describe(outcome.result, {}) == describe(plain.result, {})
        mine, other = dict(outcome.namespace), dict(plain.namespace)
        for namespace in (mine, other):
            namespace.pop("__builtins__", None)
        assert list(mine) == list(other)
        for name in mine:
            assert describe(mine[name], {}) == describe(other[name], {}), name
    return outcomes[0]
