"""What the code of a function reads and writes besides its arguments, told from its bytecode alone.

Source may not be there, and the code object is what will run. Only direct reads: whoever knows the namespace follows the calls.
"""

from __future__ import annotations

import dis
import types
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from poppy_nb.looking import is_a


@dataclass(frozen=True, slots=True)
class CodeReads:
    """Names that the code of one function uses besides its arguments; not what the functions that it calls do.

    `attributes` are those of the first parameter (`self.x`, methods included); `whole` says that the first parameter is also used
    in another way (passed on, stored), so that all of its attributes may be read. A name that is written is not in the reads
    unless it is read as well.
    """

    globals: frozenset[str] = frozenset()  # builtins included
    free: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    whole: bool = False
    global_writes: frozenset[str] = frozenset()
    free_writes: frozenset[str] = frozenset()
    attribute_writes: frozenset[str] = frozenset()


_LOADS = ("LOAD_FAST", "LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_DEREF", "STORE_FAST_LOAD_FAST")


def behind(part: Any) -> Any:
    """The function behind what a class holds under a name."""
    if is_a(part, property):
        return part.fget
    if is_a(part, staticmethod | classmethod):
        return part.__func__
    return part.func if is_a(part, cached_property) else part


def functions_of(cls: type) -> list[types.FunctionType]:
    """The functions that a class itself has, accessors of properties included."""
    return [part for part in map(behind, list(vars(cls).values())) if type(part) is types.FunctionType]


@lru_cache(maxsize=1024)
def code_reads(code: types.CodeType) -> CodeReads:
    """What `code` reads and writes besides its arguments, functions and classes defined inside it included."""
    found = _Found(code.co_varnames[0] if code.co_argcount else None, frozenset(code.co_freevars))
    found.walk(code, outer=True)
    return CodeReads(
        frozenset(found.globals),
        frozenset(found.free),
        frozenset(found.attributes),
        found.whole,
        frozenset(found.global_writes),
        frozenset(found.free_writes),
        frozenset(found.attribute_writes),
    )


class _Found:
    def __init__(self, first: str | None, free: frozenset[str]) -> None:
        self.first = first
        self.captured = free
        self.whole = False
        self.globals: set[str] = set()
        self.free: set[str] = set()
        self.attributes: set[str] = set()
        self.global_writes: set[str] = set()
        self.free_writes: set[str] = set()
        self.attribute_writes: set[str] = set()

    def walk(self, code: types.CodeType, *, outer: bool) -> None:
        # The names of an inner function's own variables may hide those of the outer one
        captured = self.captured if outer else self.captured & set(code.co_freevars)
        first = self.first if outer or self.first in code.co_freevars else None
        instructions = [i for i in dis.get_instructions(code) if i.opname not in ("CACHE", "EXTENDED_ARG", "NOP")]
        for at, instruction in enumerate(instructions):
            name, argument = instruction.opname, instruction.argval
            if name in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
                self.globals.add(argument)
            elif name in ("STORE_GLOBAL", "DELETE_GLOBAL"):
                self.global_writes.add(argument)
            elif name in ("STORE_DEREF", "DELETE_DEREF"):
                if argument in captured:
                    self.free_writes.add(argument)
            elif name.startswith(_LOADS):
                # 3.13 has instructions that load two variables; then the second is the one on top
                loaded = argument if isinstance(argument, tuple) else (argument,)
                if name == "STORE_FAST_LOAD_FAST":
                    loaded = loaded[1:]
                if "DEREF" in name and argument in captured:
                    self.free.add(argument)
                if first is not None and first in loaded and not (name.startswith("LOAD_FAST") and first in code.co_cellvars):
                    if loaded[-1] != first or loaded.count(first) > 1:
                        self.whole = True
                    else:
                        self._use_of_first(instructions[at + 1 : at + 3])
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.walk(constant, outer=False)

    def _use_of_first(self, following: list[dis.Instruction]) -> None:
        names = [i.opname for i in following]
        if names[:1] in (["LOAD_ATTR"], ["LOAD_METHOD"]):
            self.attributes.add(following[0].argval)
        elif names[:1] in (["STORE_ATTR"], ["DELETE_ATTR"]):
            self.attribute_writes.add(following[0].argval)
        elif names == ["COPY", "LOAD_ATTR"]:  # self.x += 1
            self.attributes.add(following[1].argval)
            self.attribute_writes.add(following[1].argval)
        elif names[:1] != ["STORE_FAST"] or names[1:2]:
            self.whole = True
