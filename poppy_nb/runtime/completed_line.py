"""In which line the frame of a cell's statement stands when that has run to its end, though an exception came out of a line.

The cell has handled that exception then, and raises it later: IPython's displays show the line of each frame as it was left.
"""

from __future__ import annotations

from collections.abc import Sequence

from poppy_nb import ir


_LOOPS = (ir.For, ir.AsyncFor, ir.While)


def completed_line(statement: ir.Statement, line: int, error: BaseException) -> int:
    """The line, where `error` was raised in `line`. A guess where that hangs on what else has happened in the statement."""
    if isinstance(statement, _LOOPS) and statement.orelse:
        return _last(statement.orelse, line, error)
    if isinstance(statement, ir.If):
        branch = statement.orelse if statement.orelse and statement.orelse[0].span.line <= line else statement.body
        return _last(branch, line, error)
    if isinstance(statement, ir.Try | ir.TryStar):
        if statement.finalbody:
            return _last(statement.finalbody, line, error)
        handler = next((one for one in statement.handlers if _is_for(one, error)), None)
        return _last(handler.body, line, error) if handler is not None else statement.span.line
    return statement.span.line


def _last(body: Sequence[ir.Statement], line: int, error: BaseException) -> int:
    return completed_line(body[-1], line, error)


def _is_for(handler: ir.ExceptHandler, error: BaseException) -> bool:
    """Whether it names the class of the exception, or one above."""
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ir.Tuple) else (handler.type,)
    names = {kind.id if isinstance(kind, ir.Name) else kind.attr if isinstance(kind, ir.Attribute) else "" for kind in kinds}
    return any(kind.__name__ in names for kind in type(error).__mro__)


__all__ = ["completed_line"]
