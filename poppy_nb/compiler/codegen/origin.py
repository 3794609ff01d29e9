"""What a generated function belongs to: the function of the program, its scopes and frames, and the version of Python."""

from __future__ import annotations
import __future__

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from poppy_nb import ir
from poppy_nb.compiler.build import Builder
from poppy_nb.compiler.regions import Shape
from poppy_nb.region import Region
from poppy_nb.scopes import Scope


# What differs between versions of Python: where tracebacks point for operations that no expression stands for, ...
TESTS_AT_STATEMENT = sys.version_info < (3, 12)
BLOCKS_AT_STATEMENT = sys.version_info < (3, 13)
PARTS_OF_FSTRINGS = sys.version_info >= (3, 12)
# ... whether comprehensions have a frame of their own, and whether `a and b or c` may ask the truth of one value twice.
INLINED_COMPREHENSIONS = sys.version_info >= (3, 12)
TRUTH_TWICE = sys.version_info >= (3, 12)


@dataclass(eq=False)
class Origin:
    """What all functions generated for one function of the program, or for one cell, have in common."""

    node: ir.Node
    scopes: Mapping[ir.Node, Scope]
    shape: Shape
    codes: Mapping[ir.Node, CodeType]  # plain code of the inner functions and classes
    builder: Builder
    name: str
    qualname: str
    filename: str
    flags: int = 0
    cell: bool = False
    compile_native: Callable[[ir.Statement, bool], CodeType] | None = None  # of a statement of the cell that is not mediated
    demands: tuple[tuple[str, tuple[str, ...]], ...] = ()  # see `asynchronous`
    regions: dict[tuple[Any, ...], Region] = field(default_factory=dict)

    @property
    def future_annotations(self) -> bool:
        """Whether annotations are not evaluated but kept as text."""
        return bool(self.flags & __future__.annotations.compiler_flag)


@dataclass(frozen=True, eq=False)
class Level:
    """One scope object at run time: that of the function or cell, or that of one element for one clause of a comprehension."""

    scope: Scope
    bound: frozenset[str] | None = None  # of a clause: the names it binds


@dataclass(frozen=True)
class Frame:
    """What a generated function calls itself in tracebacks."""

    node: ir.Node
    name: str
    qualname: str
