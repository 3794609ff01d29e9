"""Code that looks at its caller runs under frames that look like those that plain Python would have on the stack.

Strands run on greenlets, and what waits runs later: the frames that stand below a native call are not those of the program. So
a call that may look (`warnings.warn`, `logging`, `namedtuple`, `sys._getframe`, unknown code) is made through *stand-ins*: one
frame for each of plain Python's, with its file, line, name, globals and, where everything before has retired, local variables.
External calls are made through such frames too, without local variables, on whatever thread or task: see `frames_of_calls.py`.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .placeholder import KINDS, known
from .positions import position_of, put
from .tracebacks import NEXT, Step, in_frame_of, is_own


if TYPE_CHECKING:
    from types import CodeType

    from .engine import Engine

MOST = 100  # frames; who looks further than that walks the whole stack, and plain Python's goes on with frames of IPython's

StandIn = tuple["CodeType", dict[str, Any], Any]


class _Waiting(list[Callable[[], Any]]):
    """What the stand-ins that are being entered have still to call, innermost first."""


setattr(_Waiting, NEXT, list.pop)  # each stand-in takes the last one, by a function in C: no frame of ours is between them
_waiting = _Waiting()
_codes: dict[tuple[str, CodeType, int], CodeType] = {}  # code objects of two files may be equal


def _place(line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    return {"lineno": line, "col_offset": column, "end_lineno": end_line, "end_col_offset": end_column}


def at(tree: ast.AST, code: CodeType, instruction: int) -> dict[str, Any]:
    """Put all of `tree` where the instruction stands in the source; that place."""
    line, end_line, column, end_column = position_of(code, instruction)
    place = _place(line or code.co_firstlineno, column or 0, end_line or line or code.co_firstlineno, end_column or 0)
    put(tree, place)
    return place


def _code(code: CodeType, instruction: int) -> CodeType:
    """The code of the stand-in for a frame at an instruction."""
    found = _codes.get((code.co_filename, code, instruction))
    if found is not None:
        return found
    first = _place(code.co_firstlineno, 0, code.co_firstlineno, 0)
    call = ast.parse(f"'0'.{NEXT}()()", mode="eval").body
    place = at(call, code, instruction)
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.FunctionDef("f", nothing, [ast.Return(call, **place)], [], None, None, **first)
    if "type_params" in ast.FunctionDef._fields:
        function.type_params = []  # type: ignore[attr-defined]
    module = compile(ast.Module([function], []), code.co_filename, "exec", dont_inherit=True)
    made = next(c for c in module.co_consts if type(c) is types.CodeType)
    made = made.replace(
        co_name=code.co_name,
        co_qualname=code.co_qualname,
        # Not optimized: its local variables are the mapping that it is run with
        co_flags=made.co_flags & ~(inspect.CO_OPTIMIZED | inspect.CO_NEWLOCALS | inspect.CO_NESTED),
        co_consts=tuple(_waiting if c == "0" else c for c in made.co_consts),
    )
    if len(_codes) > 10_000:
        _codes.clear()
    _codes[code.co_filename, code, instruction] = made
    return made


def _stack(engine: Engine) -> list[tuple[Step, bool]]:
    """The frames of plain Python's stack at the current point, innermost first; whether the program has gone on behind each."""
    found: list[tuple[Step, bool]] = []
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        if not is_own(frame):
            found.append(((frame, frame.f_lasti, 0), False))
        frame = frame.f_back
    strand: Any = engine.current
    passed = settled = False
    while strand is not None and len(found) < MOST:
        settled = settled or strand.everything  # nothing that comes later has changed anything
        passed = passed or (strand.parked and not settled)
        found += [((frame, instruction, 0), passed) for frame, instruction in called_from(strand)]
        strand = strand.around
    return found


def called_from(strand: Any) -> list[tuple[types.FrameType, int]]:
    """The frames between the code of a strand and that of its parent, innermost first, and where they stand."""
    if strand.operation is not None:
        site, region = strand.operation.site, None
    else:
        site, region = strand.site, strand.region
    if site is not None and region is not None and in_frame_of(region):
        site = site[2]
    found: list[tuple[types.FrameType, int]] = []
    while site is not None:
        found.append((site[0], site[1]))
        site = site[2]
    return found


def _locals(step: Step, passed: bool) -> Any:
    """The local variables of a frame, as far as they can be told."""
    frame = step[0]
    names = frame.f_locals
    scope = names.get("__poppy_L")
    if scope is None:
        return names
    if scope.is_namespace:
        return frame.f_globals
    if passed:
        return {}  # a function that went on: its variables have the values of later by now
    return variables_of(scope)


def variables_of(scope: Any) -> dict[str, Any]:
    """The variables of the run of a function, those of a comprehension's element with them; without what is pending."""
    found: dict[str, Any] = {}
    scopes = []
    while scope is not None and not scope.is_namespace:
        scopes.append(scope)
        scope = scope.parent
    for scope in reversed(scopes):
        found.update(scope)
        for name, cell in scope.cells.items():
            try:
                found[name] = cell.cell_contents
            except ValueError:
                found.pop(name, None)
    found = {name: known(value) for name, value in found.items()}
    return {name: value for name, value in found.items() if type(value) not in KINDS}


class Framed:
    """`function`, to be called under the frames of a place in the program."""

    __slots__ = ("frames", "function", "handled", "name")

    def __init__(self, engine: Engine, function: Any, now: bool) -> None:
        self.function = function
        self.frames: list[StandIn] = []
        for step, passed in _stack(engine):
            frame = step[0]
            names = _locals(step, passed) if now else frame.f_globals if frame.f_code.co_name == "<module>" else {}
            self.frames.append((_code(frame.f_code, step[1]), frame.f_globals, names))
        self.handled = None if now else sys.exception()
        self.name = getattr(function, "__name__", "call")

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        handled = self.handled
        if handled is None or sys.exception() is handled:
            return self._enter(partial(self.function, *args, **kwargs))
        trace = handled.__traceback__
        context = handled.__context__
        try:
            raise handled  # what `sys.exc_info()` has to show
        except BaseException:
            handled.__traceback__ = trace
            handled.__context__ = context
            return self._enter(partial(self.function, *args, **kwargs))

    def _enter(self, call: Callable[[], Any]) -> Any:
        _waiting.clear()
        _waiting.append(call)
        for code, names, variables in self.frames:
            _waiting.append(partial(eval, code, names, variables))
        return _waiting.pop()()


def now(engine: Engine, function: Any) -> Any:
    """`function` for a call that is made now, everything before having retired."""
    return Framed(engine, function, True) if callable(function) and may_look(function) else function


def later(engine: Engine, function: Any, receiver: bool) -> Callable[..., Any]:
    """`function` for a call that belongs here but may have to wait. `receiver`: operand 0 is what its method is called on."""
    framed = Framed(engine, function, False)
    if not receiver:
        return framed
    name = getattr(function, "__name__", "__call__")

    def call(target: Any, /, *args: Any, **kwargs: Any) -> Any:
        framed.function = getattr(target, name)
        return framed(*args, **kwargs)

    return call


def looks_around(function: Any) -> bool:
    """Whether a function of the user's reads local variables of its callers: they must not go on before it is through."""
    return type(function) is types.FunctionType and "f_locals" in function.__code__.co_names


_C_METHODS = (types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType)
_LOOKING = ("sys", "builtins", "_warnings", "_operator")
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE


def may_look(function: Any) -> bool:
    """Whether a callable of which nothing is known may look at its caller: Python code, and few functions in C."""
    kind = type(function)
    if kind is types.FunctionType or kind is types.MethodType:
        return True
    if kind in _C_METHODS:
        return False
    if kind is types.BuiltinFunctionType:
        return function.__module__ in _LOOKING
    if isinstance(function, type):
        return function is type or bool(function.__flags__ & _HEAP_TYPE)
    return bool(kind.__flags__ & _HEAP_TYPE)


__all__ = ["Framed", "at", "called_from", "later", "looks_around", "may_look", "now", "variables_of"]
