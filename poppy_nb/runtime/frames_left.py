"""The frames that an exception leaves behind when the run is over: real ones, with the user's file, name, line and variables.

A mediated function runs in frames of generated code: its variables are in a scope object, a region of it is a frame of its own,
and a frame that was walked past stands in another line by now. What looks at a traceback afterwards, such as `%debug`, IPython's
displays or `rich`, reads the frames themselves and not only the entries. So each entry gets a frame that was made for it: it has
raised at the very place, and has come to its end in the line in which the plain function's frame would have.
"""

from __future__ import annotations

import ast
import inspect
from bisect import bisect_right
from collections.abc import Sequence
from types import CellType, CodeType, FunctionType, TracebackType
from typing import Any

from poppy_nb import ir
from poppy_nb.unwarned import quiet

from .callers import variables_of
from .completed_line import completed_line
from .frame_locals import locals_of
from .last_line import holds, last_line
from .positions import Place, position_of, put
from .raising_instruction import instruction_at, statement_at
from .strands import SCOPE
from .tracebacks import Step, build, chain, steps


_OWN = "__poppy"  # how names in generated code begin
_ITERATOR = ".0"  # what the frame of a comprehension is given
_VALUES, _ERROR, _NEVER = "\0values", "\0error", "\0never"  # constants to be put in


class _Raised(BaseException):
    """What the frames made here raise and handle, for the sake of the traceback that it gets."""


def leave(error: BaseException, cell: Sequence[CodeType] = (), body: Sequence[ir.Statement] = ()) -> None:
    """Put such frames into the tracebacks of an exception, and of those that it came from.

    cell: the code of the cell, in plain form. body: its statements, since IPython runs each of them in a frame of its own.
    """
    ended: dict[tuple[int, int], int] = {}  # runs of functions, and the line in which each has ended
    starts = [statement.span.line for statement in body]
    last = max((_statement(step, starts) for step in steps(error.__traceback__)), default=0)
    for one in chain(error):
        found = steps(one.__traceback__)
        for step in found:
            number = _statement(step, starts)
            if 0 < number < last:  # it has come to its end, and what has failed is a later one
                ended[id(locals_of(step[0])[SCOPE]), number] = completed_line(body[number - 1], step[2], one)
        one.__traceback__ = build([_step(step, cell, starts, ended, one) for step in found])


def _statement(step: Step, starts: Sequence[int]) -> int:
    """Which statement of the cell the entry stands in, from 1; 0 for all other entries."""
    frame, _, line = step
    scope = locals_of(frame).get(SCOPE) if SCOPE in frame.f_code.co_varnames else None
    return bisect_right(starts, line) if scope is not None and scope.is_namespace else 0


def _step(
    step: Step, cell: Sequence[CodeType], starts: Sequence[int], ended: dict[tuple[int, int], int], error: BaseException
) -> Step:
    frame, instruction, line = step
    code = frame.f_code
    scope = locals_of(frame).get(SCOPE) if SCOPE in code.co_varnames else None
    if scope is None:
        return step
    place = _place_of(code, instruction)
    run = (id(scope), bisect_right(starts, line) if scope.is_namespace else 0)
    function = scope.function
    plain = _plain(cell if function is None else [function.__code__] if isinstance(function, FunctionType) else (), code, place)
    if run not in ended:
        ended[run] = last_line(plain, place, _place_of(code, frame.f_lasti)) or line
    with quiet():  # what is to be said about the source has been said
        try:
            statement, around = statement_at(code, place)
            made = _made(code, plain[0] if plain else None, scope, _body(place, ended[run], statement), around)
        except (SyntaxError, RecursionError):  # the file has changed since, and has another statement there
            made = _made(code, plain[0] if plain else None, scope, _body(place, ended[run], None), None)
    entry = _enter(*made, frame.f_globals)
    raised = instruction_at(made[0], place, error)
    return (entry.tb_frame, entry.tb_lasti if raised is None else raised, line)


def _plain(around: Sequence[CodeType], code: CodeType, place: Place) -> list[CodeType]:
    """The code of the same name in plain form: a function's, or of a comprehension in it, which may have a frame."""
    if code.co_name == "<module>":
        return list(around)
    for candidate in around:
        if candidate.co_name == code.co_name and holds(candidate, place):
            return [candidate]
        inner = _plain([c for c in candidate.co_consts if type(c) is CodeType], code, place)
        if inner:
            return inner
    return []


def _place_of(code: CodeType, instruction: int) -> dict[str, int]:
    line, end_line, column, end_column = position_of(code, instruction)
    line = line or code.co_firstlineno
    return {"lineno": line, "end_lineno": end_line or line, "col_offset": column or 0, "end_col_offset": end_column or 0}


def _start_of(line: int) -> Place:
    return {"lineno": line, "end_lineno": line, "col_offset": 0, "end_col_offset": 0}


def _body(place: Place, last: int, statement: ast.stmt | None) -> list[ast.stmt]:
    """Raises at the place, and ends in line `last`. Has the statement in it, and never runs it."""
    handler = ast.ExceptHandler(None, None, [ast.Pass()])
    attempt = ast.Try([ast.Raise(_taken(_ERROR))], [handler], [], [])
    put(attempt, place)
    put(handler, _start_of(last))
    if statement is None:
        return [attempt]
    test = _taken(_NEVER)
    put(test, _start_of(place["lineno"]))
    return [ast.copy_location(ast.If(test, [statement], []), test), attempt]


def _taken(name: str) -> ast.expr:
    """What is put in under this name. A call takes it: the garbage collector does not see what constants of code hold."""
    return ast.Call(ast.IfExp(ast.Constant(True), ast.Constant(name), ast.Constant(None)), [], [])


def _made(
    code: CodeType, plain: CodeType | None, scope: Any, body: list[ast.stmt], around: str | None
) -> tuple[CodeType, dict[str, Any]]:
    """The code of such a frame, in a class of the name `around` if there is one, and the variables that it sets."""
    if scope.is_namespace:
        return compile(ast.Module(body, []), code.co_filename, "exec", dont_inherit=True), {}
    signature = _signature(code if plain is None and not _is_region(code) else plain)
    parameters = [arg.arg for arg in ast.walk(signature) if isinstance(arg, ast.arg)]
    values = {name: value for name, value in variables_of(scope).items() if name.isidentifier() or name in parameters}
    if _ITERATOR in parameters:
        values.setdefault(_ITERATOR, iter(()))
    before: list[ast.stmt] = []
    if values:
        targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in values]
        before.append(ast.Assign([ast.Tuple(targets, ast.Store())], _taken(_VALUES)))
    unbound: list[ast.expr] = [ast.Name(name, ast.Del()) for name in parameters if name not in values]
    if unbound:
        before.append(ast.Delete(unbound))
    start = _start_of((plain or code).co_firstlineno)
    function = _scope(ast.FunctionDef("f", signature, before, [], None, None), start)
    function.body += body
    outer = function
    if around is not None:
        outer = _scope(ast.ClassDef(around, [], [], [], []), start)
        outer.body.append(function)
    found = compile(ast.Module([outer], []), code.co_filename, "exec", dont_inherit=True)
    while found.co_name != "f":
        found = next(c for c in found.co_consts if type(c) is CodeType)
    return found.replace(co_name=code.co_name, co_qualname=code.co_qualname), values


def _is_region(code: CodeType) -> bool:
    """Whether it is the generated code of a part of a function, whose parameters are none of the program's."""
    return any(name.startswith(_OWN) for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def _scope(node: Any, start: Place) -> Any:
    """`node`, complete, with all that is in it so far standing at `start`."""
    if "type_params" in node._fields:
        node.type_params = []
    put(node, start)
    return node


def _signature(plain: CodeType | None) -> ast.arguments:
    """Parameters of the same kinds and names: displays show the arguments."""
    if plain is None:
        return ast.arguments([], [], None, [], [], None, [])
    names = [ast.arg(name) for name in plain.co_varnames]
    only, some, keywords = plain.co_posonlyargcount, plain.co_argcount, plain.co_argcount + plain.co_kwonlyargcount
    rest = iter(names[keywords:])
    items = next(rest) if plain.co_flags & inspect.CO_VARARGS else None
    options = next(rest) if plain.co_flags & inspect.CO_VARKEYWORDS else None
    return ast.arguments(names[:only], names[only:some], items, names[some:keywords], [None] * (keywords - some), options, [])


def _enter(code: CodeType, values: dict[str, Any], names: dict[str, Any]) -> TracebackType:
    """Run the code: the entry of the traceback of what it has raised."""
    error = _Raised()
    given = {_ERROR: [error].pop, _VALUES: [tuple(values.values())].pop, _NEVER: [False].pop}
    code = code.replace(co_consts=tuple([given[c] if type(c) is str and c in given else c for c in code.co_consts]))
    function = FunctionType(code, names, closure=tuple(CellType() for _ in code.co_freevars))
    function.__defaults__ = (None,) * code.co_argcount
    function.__kwdefaults__ = dict.fromkeys(code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount])
    if code.co_flags & inspect.CO_OPTIMIZED:
        function()
    else:
        exec(code, names)
    entry = error.__traceback__
    assert entry is not None
    return entry


__all__ = ["leave"]
