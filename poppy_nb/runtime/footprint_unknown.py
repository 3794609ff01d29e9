"""Calls whose code is not looked at: unknown code, which changes all that it is given, and externals, which read it."""

from __future__ import annotations

import types
from typing import Any

from poppy_nb import known as known_libraries
from poppy_nb import shapes
from poppy_nb.codereads import code_reads, functions_of
from poppy_nb.looking import is_a, qualname
from poppy_nb.runtime.claims import WORLD
from poppy_nb.runtime.footprint_classes import Classes
from poppy_nb.runtime.footprint_looks import is_there
from poppy_nb.runtime.footprint_store import READ, WRITE
from poppy_nb.runtime.footprint_values import A_PLAIN, ANYTHING, BUILTINS, EMPTY, NEW, Answer, Arguments, Kind, Value


class Unknown(Classes):
    """Calls that are not interpreted."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.spoilt: set[Any] = set()  # what unknown code was given in this round

    def unknown_call(self, callee: Value, arguments: Arguments, node: object, native_name: str = "") -> Value:
        """Code that nobody knows: it changes all that it is given, and calls what it is given."""
        self.alone("unknown code")
        if native_name in _FORBIDDEN:
            self.give_up(f"{native_name}()")
        given = self.substantial(arguments.all() | callee)
        names = (qualname(a.obj) if a.kind in _NAMED else a.payload for a in callee)
        called = f"{next(names, native_name)} "
        if self.strict:
            self.give_up(f"unknown code {called}that may change anything")
        self.resource(WORLD, WRITE)
        key = ("unknown", given, self.round)
        if key in self.spoilt:
            return self.foreign(node, given) | A_PLAIN
        self.spoilt.add(key)
        self.touch_below(given, WRITE)
        for atom in self.reach(given):
            if atom.single <= callee:
                continue
            if atom.kind is Kind.OBJECT and atom.type is not None and self._has_code(atom.type):
                self.give_up(f"unknown code {called}gets an object of class {atom.type.__name__}")
            mediated = atom.obj is NEW or (atom.kind is Kind.FUNCTION and self.heap.function(atom.obj) is not None)
            if atom.kind is Kind.METHOD or (atom.kind is Kind.FUNCTION and mediated):
                anything = self.foreign((node, "callback"), given) | A_PLAIN
                self.call(atom.single, Arguments([], rest=anything), node)
        return self.foreign(node, given) | A_PLAIN

    def _has_code(self, type_: type) -> bool:
        kinds = (types.FunctionType, property, classmethod, staticmethod)
        return any(self.owned(cls) and any(is_a(f, kinds) for f in cls.__dict__.values()) for cls in type_.__mro__)

    def external(self, external: Any, target: Any, arguments: Arguments, node: object) -> Value:
        """An external call reads what it is given and its resources; its answer is new and may contain what it was given."""
        given = self.substantial(arguments.all())
        if is_a(target, types.MethodType):
            if not known_libraries.is_of_client(target.__self__):
                given |= self.atom(target.__self__).single
        elif not is_a(target, types.FunctionType) and not is_a(target, type) and type(target) not in BUILTINS:
            given |= self.atom(target).single
        if given:
            self.touch_below(given, READ)
        for name in external.reads:
            self.resource(name, READ)
        for name in external.writes:
            self.resource(name, WRITE)
        if external.changes or self.strict:
            self.touch_below(given, WRITE)
        if self.strict:
            self.resource(WORLD, READ)
            return ANYTHING.single
        if any(self._runs_in_order(name, arguments) for name in external.in_order_if):
            self.unknown_call(EMPTY, arguments, node)
        self._external_state(external, target)
        if external.fresh:
            function = target.__func__ if isinstance(target, types.MethodType) else target
            return self.new(node, Kind.FOREIGN, None, EMPTY, Answer(shapes.of_answer(function))).single
        made = self.new(node, Kind.FOREIGN, None, given, "external")
        return made.single | A_PLAIN

    def _runs_in_order(self, option: str, arguments: Arguments) -> bool:
        if arguments.told is None and arguments.may_have(option):
            return True
        for atom in arguments.keywords.get(option, EMPTY) | arguments.may_have(option):
            if atom.type is bool or atom.type is types.NoneType:
                decided = known_libraries.runs_in_order(option, atom.obj)
            elif atom.kind is Kind.CLASS and atom.obj is not NEW:
                decided = self.looks(known_libraries.runs_in_order, option, atom.obj)
            else:
                decided = True
            if decided:
                return True
        return False

    def _external_state(self, external: Any, target: Any) -> None:
        if external.reads_state is False:
            return
        if external.reads_state:
            self.give_up(f"{external.name} may read any state")
        function = target.__func__ if is_a(target, types.MethodType) else target
        if not is_a(function, types.FunctionType):
            function = self.static(type(target), "__call__")
        if is_a(function, types.FunctionType) and external.code_reads is not None and self.heap.owns(function.__globals__):
            self._state(function, external.code_reads, set())

    def _state(self, function: types.FunctionType, reads: Any, seen: set[object]) -> None:
        if function in seen:
            return
        seen.add(function)
        namespace = function.__globals__
        used: list[Value] = []
        for name in (*reads.globals, *reads.global_writes):
            if self.looks(is_there, namespace, name):
                variable = self.variable(namespace, "global", name)
                self.claim_variable(variable, WRITE if name in reads.global_writes else READ)
                used.append(self.look(variable))
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
            variable = self.variable(cell, "cell", "")
            self.claim_variable(variable, WRITE if name in reads.free_writes else READ)
            used.append(self.look(variable))
        for atom in self.reach(frozenset().union(*used)):
            if atom.kind is Kind.FUNCTION and atom.obj is not NEW:
                if self.heap.owns(atom.obj.__globals__):
                    self._state(atom.obj, code_reads(atom.obj.__code__), seen)
            elif atom.kind is not Kind.MODULE and atom.kind is not Kind.CLASS:
                self.touch(atom, READ)
            if atom.obj is not NEW and (atom.kind is Kind.CLASS or atom.kind is Kind.OBJECT and atom.payload != "pending"):
                self._methods_state(atom.obj if atom.kind is Kind.CLASS else atom.type, seen)

    def _methods_state(self, cls: Any, seen: set[object]) -> None:
        """What methods of a class read: code that gets hold of it, or of an instance, may call them."""
        if cls in seen or not self.owned(cls):
            return
        seen.add(cls)
        for base in cls.__mro__:
            for function in self.looks(functions_of, base) if self.owned(base) else ():
                if self.heap.owns(function.__globals__):
                    self._state(function, code_reads(function.__code__), seen)


_NAMED = (Kind.FUNCTION, Kind.METHOD, Kind.BUILTIN, Kind.CLASS)
_FORBIDDEN = frozenset(
    {"exec", "eval", "locals", "globals", "vars", "dir", "compile", "__import__", "breakpoint", "setattr", "delattr"}
)
