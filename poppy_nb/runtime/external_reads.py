"""What a Python external reads besides its arguments: globals, cells, attributes of self, also through notebook functions.

A call sees them as of its place in the program. Variables are versioned: stores of names are buffered until they retire, so a
call that is dispatched before runs in *a copy of its function* that has the stored value. What lies behind a name (a container,
an attribute of `self`) is not copied: a later write waits until the call is through.
"""

from __future__ import annotations

import sys
import types
from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from poppy_nb.codereads import behind, code_reads
from poppy_nb.looking import is_a

from . import classes
from .chains import FORWARDED, READ, STORE, Key
from .classes import is_users
from .hazards import ATOMS, roots
from .links import DELETED
from .placeholder import KINDS, known
from .snapshot import IMMUTABLE


if TYPE_CHECKING:
    from poppy_nb.externals import External

    from .engine import Engine
    from .strands import Operation

MOST = 10_000  # objects that are looked at for one call
_MISSING = object()
_CONTAINERS = (list, tuple, set, frozenset, dict, deque)
_EXACT = frozenset(_CONTAINERS)
_ATOMS = frozenset(ATOMS | IMMUTABLE) - {type}  # methods of a class may be called
_ENVIRONMENT = frozenset({"environ", "getenv"})


def find(engine: Engine, op: Operation, declared: External, function: Any, given: Sequence[Any] = ()) -> Reads | None:
    """What the call `op` of `function` reads, entered into the chains; None if it reads nothing that can change.

    given: what it is called with. The program's functions among that may be called.
    """
    functions: dict[int, Any] = {}
    if given:
        _collect_functions(given, functions, set())
    inner, owner = _own_code(engine, declared, function)
    if inner is None and not functions:
        return None
    reads = Reads(engine, op, function, inner, owner, [*functions.values()])
    reads.look()
    reads.fresh = True
    return reads if reads.entered else None


_CALLED = frozenset({types.FunctionType, types.MethodType, partial})


def _collect_functions(given: Iterable[Any], found: dict[int, Any], seen: set[int]) -> None:
    """The functions among what is given, and in exact builtin containers there."""
    for value in given:
        value = known(value)
        kind = type(value)
        if kind in _CALLED:
            found[id(value)] = value
        elif kind in _EXACT and id(value) not in seen:
            seen.add(id(value))
            parts: Iterable[Any] = value.values() if kind is dict else value
            if not _ATOMS.issuperset(map(type, parts)):
                _collect_functions(parts, found, seen)


def _own_code(engine: Engine, declared: External, function: Any) -> tuple[types.FunctionType | None, Any]:
    """The function whose code a call runs, if it is the program's and reads what it names, and what it is bound to."""
    if declared.code_reads is None or declared.reads_state is False:
        return None, _MISSING
    target = function if type(function) in (types.FunctionType, types.MethodType) else classes.find(type(function), "__call__")
    inner = target.__func__ if type(target) is types.MethodType else target
    if type(inner) is not types.FunctionType or id(inner.__globals__) not in engine.namespaces:
        return None, _MISSING
    return inner, function if target is not function else getattr(target, "__self__", _MISSING)


class Reads:
    """What one call reads. `look` follows the code from the function that is called, as far as the values are known by now."""

    def __init__(self, engine: Engine, op: Operation, function: Any, inner: types.FunctionType | None, owner: Any,
                 given: Sequence[Any]) -> None:  # fmt: skip
        self.engine = engine
        self.op = op
        self.function = function
        self.inner = inner
        self.owner = owner
        self.given = given
        self.entered: dict[Key, Any] = {}  # the entry of each location, None for those of which nothing is to be kept
        self.held: set[Key] = set()  # locations that must not change while the call runs
        self.keep: list[Any] = []  # the objects of the entries, whose keys are ids
        self.objects: list[Any] = []  # what the answer may be or contain
        self.fresh = True
        self._clear()

    def _clear(self) -> None:
        self.pending: list[Any] = []
        self.copied: dict[int, types.FunctionType] = {}  # reached through variables only: they can be replaced by copies
        self.seen: dict[tuple[int, int], bool] = {}
        self.names: dict[Key, tuple[dict[str, Any], str, bool]] = {}
        self.cells: dict[int, tuple[Any, bool]] = {}
        self.written: set[Key] = set()  # what the code itself assigns: it must reach the original
        self.looked: set[int] = set()
        self.work: list[tuple[types.FunctionType, Any, bool]] = []

    def look(self) -> bool:
        """Find what is read, as of now; whether something is new that stands under a hazard or is not known."""
        before = len(self.entered)
        self._clear()
        direct = self.function is self.inner or type(self.function) is types.MethodType
        self._function(self.inner, self.owner, direct)
        for one in self.given:
            self._value(one, False)
        while self.work:
            self._code(*self.work.pop())
        for key, (_, _, plain) in self.names.items():
            self._enter(key, plain and key not in self.written)
        for identity, (_, plain) in self.cells.items():
            key = (identity, "")
            self._enter(key, plain and key not in self.written)
        found = len(self.entered) > before or bool(self.pending)
        self.fresh = not found
        return found

    def missing(self) -> list[Any]:
        """The placeholders that the call waits for, of those found."""
        return [now for now in map(known, self.pending) if type(now) in KINDS]

    # --- entries

    def _enter(self, key: Key, forwarded: bool) -> None:
        entry = self.entered.get(key)
        if entry is None:
            entry = self.entered[key] = self.engine.enter(self.op, key, READ, FORWARDED if forwarded else None)
        elif not forwarded:
            entry.value = None

    def _hold(self, value: Any, key: Key) -> None:
        self.held.add(key)
        if key not in self.entered:
            self.entered[key] = self.engine.enter(self.op, key, READ)
            self.keep.append(value)

    # --- following the code

    def _function(self, function: Any, owner: Any, direct: bool) -> None:
        if type(function) is types.MethodType:
            function, owner, direct = function.__func__, function.__self__, False
        if type(function) is not types.FunctionType:
            return
        wrapped = function.__dict__.get("__wrapped__")
        if wrapped is not None and wrapped is not function:
            self._function(wrapped, owner, False)
        if id(function.__globals__) not in self.engine.namespaces:
            return
        key = (id(function), id(owner))
        if self.seen.get(key) is False or self.seen.get(key) is direct:
            return
        self.seen[key] = direct
        if direct:
            self.copied[id(function)] = function
        else:
            self.copied.pop(id(function), None)
        self.work.append((function, owner, direct))

    def _code(self, function: types.FunctionType, owner: Any, direct: bool) -> None:
        code, names = function.__code__, function.__globals__
        reads = code_reads(code)
        for name in reads.globals:
            self._name(names, name, code, direct)
        if code.co_freevars:
            cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
            for name in reads.free:
                self._cell(cells[name], direct)
            self.written.update((id(cells[name]), "") for name in reads.free_writes)
        if reads.global_writes:
            # A copy of the globals would lose the assignment
            self.written.update((id(names), name) for name in reads.globals | reads.global_writes)
        if not _ENVIRONMENT.isdisjoint(code.co_names):
            self._enter("environ", False)
        for value in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            self._value(value, False)
        if owner is not _MISSING:
            self._self(owner, reads)

    def _is_of_library(self, kind: type) -> bool:
        """Whether instances are a library's: a lock, a session. An answer is new (A8), and none of those that are only used."""
        if kind.__module__ == "builtins":
            return False
        module = sys.modules.get(kind.__module__)
        return module is not None and not is_users(self.engine, module)

    def _name(self, names: dict[str, Any], name: str, code: types.CodeType, direct: bool) -> None:
        key = (id(names), name)
        last = self.engine.chains.last_write(key, self.op.position)
        if last is None and name not in names:
            return  # a builtin
        if last is None:
            value = names[name]
        elif last.access == STORE:
            value = last.value
        else:
            value = _MISSING
        known_value = known(value)
        if last is None and type(known_value) in _LASTING:
            pass
        else:
            plain = self.names.get(key, (names, name, True))[2]
            self.names[key] = (names, name, direct and plain)
        if is_a(known_value, types.ModuleType):
            inner = known_value.__dict__
            if id(inner) in self.engine.namespaces and inner is not names:
                for attribute in code.co_names:
                    if attribute in inner:
                        self._name(inner, attribute, code, False)
        elif known_value is not _MISSING and known_value is not DELETED:
            self._value(known_value, direct)

    def _cell(self, cell: Any, direct: bool) -> None:
        key = (id(cell), "")
        last = self.engine.chains.last_write(key, self.op.position)
        value: Any = _MISSING
        if last is not None:
            value = last.value if last.access == STORE else _MISSING
        else:
            try:
                value = cell.cell_contents
            except ValueError:
                return
        plain = self.cells.get(id(cell), (cell, True))[1]
        self.cells[id(cell)] = (cell, direct and plain)
        if value is not _MISSING and value is not DELETED:
            self._value(known(value), direct)

    def _self(self, owner: Any, reads: Any) -> None:
        """The attributes of the first parameter."""
        if type(owner) in _ATOMS or type(owner) is type or is_a(owner, types.ModuleType):
            return
        if reads.whole:
            self._value(owner, False)
            return
        engine, position = self.engine, self.op.position
        if id(owner) not in self.entered and engine.chains.conflict(id(owner), READ, position, self.op) is not None:
            self.entered[id(owner)] = engine.enter(self.op, id(owner), READ)  # something before may touch the whole of it
        for name in reads.attributes:
            found = classes.find(owner if is_a(owner, type) else type(owner), name)
            self._function(behind(found), owner, False)
            key = (id(owner), name)
            fields = _fields(owner)
            if type(found) is types.FunctionType and name not in fields and engine.chains.last_write(key, position) is None:
                continue
            self._hold(owner, key)
            value = fields.get(name, _MISSING)
            if value is _MISSING and is_a(found, types.MemberDescriptorType):
                value = getattr(owner, name, _MISSING)
            if value is _MISSING and not hasattr(type(found), "__get__"):
                value = found
            self._value(known(value), False)

    def _value(self, value: Any, direct: bool) -> None:
        """An object that is read, and what lies below it."""
        kind = type(value)
        if kind in _ATOMS or value is _MISSING or value is classes.MISSING:
            return
        if kind is types.FunctionType:
            self._function(value, _MISSING, direct)
            return
        work = [value]
        while work:
            value = known(work.pop())
            kind = type(value)
            if kind in _ATOMS or id(value) in self.looked:
                continue
            self.looked.add(id(value))
            if len(self.looked) > MOST:
                self._too_much()
                return
            if kind in KINDS:
                self.pending.append(value)
                for one in roots(value):
                    self._hold(one, id(one))
            elif kind is types.FunctionType or kind is types.MethodType:
                self._function(value, _MISSING, False)
                if kind is types.MethodType:
                    work.append(value.__self__)
            elif kind is partial:
                work += [value.func, *value.args, *value.keywords.values()]
            elif is_a(value, type):
                for part in list(vars(value).values()):
                    self._function(behind(part), _MISSING, False)
            elif is_a(value, _CONTAINERS):
                if kind is not tuple and kind is not frozenset:
                    self._object(value)
                parts = list(dict.values(value)) if is_a(value, dict) else list(value)
                if not _ATOMS.issuperset(map(type, parts)):
                    work += parts
            elif not is_a(value, types.ModuleType | types.BuiltinFunctionType):
                self._object(value)
                self._function(_fields(value).get("__wrapped__"), _MISSING, False)
                if self._of_the_program(kind):
                    work += list(_fields(value).values())
                    for cls in kind.__mro__:
                        for part in list(vars(cls).values()):
                            self._function(behind(part), _MISSING, False)

    def _object(self, value: Any) -> None:
        if is_a(value, _CONTAINERS) or not self._is_of_library(type(value)):
            self.objects.append(value)
        self._hold(value, id(value))

    def _of_the_program(self, kind: type) -> bool:
        module = getattr(kind, "__module__", None)
        return any(scope.names.get("__name__") == module for scope in self.engine.namespaces.values())

    def _too_much(self) -> None:
        if None not in self.entered:
            self.entered[None] = True
            self.engine.enter_everything(self.op)

    # --- the call

    def ready(self) -> bool:
        """Hazards are gone and what was pending is known: whether that holds for all that is found by now."""
        return self.fresh or not self.look()

    def target(self) -> Any:
        """What to call: the function, or a copy of it in which variables have their values of this place."""
        engine, position = self.engine, self.op.position
        views: dict[int, dict[str, Any]] = {}
        for key, (names, name, _) in self.names.items():
            entry = self.entered[key]
            if entry.value is not FORWARDED:
                continue
            last = engine.chains.last_write(key, position)
            if last is not None and last.access == STORE:
                view = views.setdefault(id(names), dict(names))
                if last.value is DELETED:
                    view.pop(name, None)
                else:
                    view[name] = known(last.value)
        cells: dict[int, Any] = {}
        for identity, (cell, _) in self.cells.items():
            if self.entered[identity, ""].value is not FORWARDED:
                continue
            last = engine.chains.last_write((identity, ""), position)
            value = cell.cell_contents if last is None else last.value
            cells[identity] = types.CellType() if value is DELETED else types.CellType(known(value))
        if not views and not cells:
            return self.function
        return _Copies(self.copied, views, cells).target(self.function)


def _fields(value: Any) -> Any:
    """The instance dict, without running code of the program's."""
    if is_a(value, type):
        return {}
    try:
        return object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}


_LASTING = frozenset({types.ModuleType, types.BuiltinFunctionType})  # as good as never assigned anew


class _Copies:
    """Copies of the functions that are reached through variables, with other globals and closure cells."""

    def __init__(self, functions: dict[int, types.FunctionType], views: dict[int, dict[str, Any]], cells: dict[int, Any]) -> None:
        self.functions = functions
        self.views = views
        self.cells = cells
        self.made: dict[int, types.FunctionType] = {}
        for function in functions.values():
            self._copy(function)
        for view in views.values():
            for name, value in view.items():
                if id(value) in self.made:
                    view[name] = self.made[id(value)]
        for cell in cells.values():
            try:
                cell.cell_contents = self.made.get(id(cell.cell_contents), cell.cell_contents)
            except ValueError:
                continue

    def _copy(self, function: types.FunctionType) -> None:
        closure = function.__closure__
        if closure is not None:
            closure = tuple(self.cells.get(id(cell), cell) for cell in closure)
        names = self.views.get(id(function.__globals__), function.__globals__)
        copy = types.FunctionType(function.__code__, names, function.__name__, function.__defaults__, closure)
        copy.__kwdefaults__ = function.__kwdefaults__
        copy.__qualname__ = function.__qualname__
        copy.__module__ = function.__module__
        copy.__dict__.update(function.__dict__)
        self.made[id(function)] = copy

    def target(self, function: Any) -> Any:
        """The copy of what is called."""
        if type(function) is types.MethodType:
            inner = self.made.get(id(function.__func__))
            return types.MethodType(inner, function.__self__) if inner is not None else function
        return self.made.get(id(function), function)


__all__ = ["Reads", "find"]
