"""Variables: scopes of functions and namespaces, loads and stores in program order, with stores forwarded to later loads."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from functools import partial
from types import CellType, FunctionType, ModuleType
from typing import Any

from poppy_nb.looking import fields, is_a

from . import counters, current, links
from .chains import STORE, WRITE, Key, Position
from .engine import Engine
from .late_loads import deleted, read_later
from .links import DELETED
from .placeholder import KINDS, known
from .strands import WAITING, Kill, Operation, Undo


_MISSING = object()
_DEFINITIONS = (FunctionType, type, ModuleType)


class LocalScope(dict[str, Any]):
    """The locals of one run of a mediated function, or of one element of a comprehension (then `parent` is the scope around)."""

    __slots__ = ("birth", "cells", "function", "inside", "module", "parent", "push")

    birth: Position
    cells: dict[str, CellType]
    function: Any
    inside: Any  # of an element: the scope that it is in. (None, not itself: in a cycle nothing would go when the function ends)
    module: NamespaceScope
    parent: Any
    push: Any  # of the run of a generator, see `pushing.py`

    is_namespace = False

    @property
    def home(self) -> Any:
        """The scope of the function that this is, or is inside of."""
        return self if self.inside is None else self.inside

    def __missing__(self, name: str) -> Any:
        raise UnboundLocalError(f"cannot access local variable '{name}' where it is not associated with a value")


class NamespaceScope:
    """The variables of a module or of the notebook. Code of the cell has it for its local scope."""

    __slots__ = ("builtins", "cells", "function", "home", "module", "names", "parent")

    is_namespace = True
    push = None

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        found = names.get("__builtins__", builtins)
        self.builtins: dict[str, Any] = found if is_a(found, dict) else vars(found)
        self.cells: dict[str, CellType] = {}
        self.function = None
        self.module = self
        self.home = self
        self.parent = None


def scope_of(engine: Engine, names: dict[str, Any]) -> NamespaceScope:
    """The one scope object of a globals dict."""
    found = engine.namespaces.get(id(names))
    if found is None:
        found = engine.namespaces[id(names)] = NamespaceScope(names)
    return found


def key_of(scope: Any, name: str) -> Key:
    """The location of a variable."""
    return (id(scope.names) if scope.is_namespace else id(scope), name)


# --- loads


def load(scope: Any, name: str) -> Any:
    """A local variable, or one of the namespace in code of the cell."""
    engine = current.engine
    chains = engine.chains
    if chains.of or chains.everything:
        if engine.killing:
            raise Kill
        key = key_of(scope, name)
        if key in chains.of or chains.everything:
            return read(engine, key, partial(physical, scope, name), name)
    if scope.is_namespace:
        return physical(scope, name)
    value = scope[name]
    return known(value) if type(value) in KINDS else value


def load_global(scope: LocalScope, name: str) -> Any:
    """A global or builtin variable."""
    return load(scope.module, name)


def load_cell(scope: Any, name: str) -> Any:
    """A variable that inner functions capture."""
    engine = current.engine
    cell = scope.cells[name]
    if (engine.chains.of or engine.chains.everything) and name != "__class__":  # nobody assigns that one
        return read(engine, (id(cell), ""), partial(_content, scope, cell, name), name)
    return _content(scope, cell, name)


def _content(scope: Any, cell: CellType, name: str) -> Any:
    try:
        return known(cell.cell_contents)
    except ValueError:
        raise _unbound_cell(scope, name) from None


def _unbound_cell(scope: Any, name: str) -> NameError:
    code = scope.home.function.__code__ if getattr(scope.home, "function", None) is not None else None
    if code is not None and name in code.co_freevars:
        return NameError(f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope")
    return UnboundLocalError(f"cannot access local variable '{name}' where it is not associated with a value")


def physical(scope: Any, name: str) -> Any:
    """What stands in the dict now: as of the oldest operation for namespaces."""
    if scope.is_namespace:
        value = scope.names.get(name, _MISSING)
        if value is _MISSING:
            value = scope.builtins.get(name, _MISSING)
            if value is _MISSING:
                raise NameError(f"name '{name}' is not defined", name=name)
    else:
        value = scope[name]
    return known(value) if type(value) in KINDS else value


def read(engine: Engine, key: Key, get: Callable[[], Any], label: str, again: Callable[[], Any] | None = None,
         whole: int | None = None) -> Any:  # fmt: skip
    """The value of a location at the current place in the program; a placeholder if an earlier write is still open.

    `whole` is the location of the whole object of which `key` is an attribute.
    """
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    entry = engine.chains.last_write(key, position)
    if entry is None:
        return get()
    if entry.access == STORE:
        return deleted(label) if entry.value is DELETED else known(entry.value)
    return read_later(engine, key, get, label, again, whole)


# --- stores


def store(scope: Any, name: str, value: Any) -> None:
    """Assign a local variable, or one of the namespace in code of the cell."""
    engine = current.engine
    if type(value) in KINDS:
        value = known(value)
    if scope.is_namespace:
        _store_name(engine, scope, name, value)
        return
    if not engine.unretired:
        scope[name] = value
        return
    _store(engine, (id(scope), name), name, value, DictPlace(engine, scope, name))


def store_global(scope: LocalScope, name: str, value: Any) -> None:
    """Assign a variable that is declared `global`."""
    store(scope.module, name, value)


def store_cell(scope: Any, name: str, value: Any) -> None:
    """Assign a variable that inner functions capture."""
    engine = current.engine
    cell = scope.cells[name]
    value = known(value)
    if not engine.unretired:
        cell.cell_contents = value
        return
    _store(engine, (id(cell), ""), name, value, CellPlace(engine, cell))


def delete(scope: Any, name: str) -> None:
    """`del name` of a local variable, or of one of the namespace in code of the cell."""
    load(scope, name)
    engine = current.engine
    if scope.is_namespace:
        position = (*engine.current.path, engine.current.count + 1)
        if name not in scope.names and engine.chains.last_write(key_of(scope, name), position) is None:
            raise NameError(f"name '{name}' is not defined", name=name)
        if not engine.unretired:
            del scope.names[name]
        else:
            _store_final(engine, scope, name, DELETED)
    elif not engine.unretired:
        del scope[name]
    else:
        _store(engine, (id(scope), name), name, DELETED, DictPlace(engine, scope, name))


def delete_global(scope: LocalScope, name: str) -> None:
    """`del name` of a variable that is declared `global`."""
    delete(scope.module, name)


def delete_cell(scope: Any, name: str) -> None:
    """`del name` of a captured variable."""
    load_cell(scope, name)
    engine = current.engine
    cell = scope.cells[name]
    if not engine.unretired:
        del cell.cell_contents
    else:
        _store(engine, (id(cell), ""), name, DELETED, CellPlace(engine, cell))


Setter = Callable[[Any], Callable[[], None]]


def _store(engine: Engine, key: Key, label: str, value: Any, put: Setter, place: Any = None) -> None:
    """A store that can be undone: at once, or when earlier readers and writers are through; later loads see it in any case.

    `place` is the object whose attribute it is.
    """
    if engine.killing:
        raise Kill
    strand = engine.current
    chains = engine.chains
    if key in chains.of:
        links.link_behind(engine, key, value)
    if (key not in chains.of and not chains.everything) or chains.conflict(key, WRITE, (*strand.path, strand.count + 1)) is None:
        if type(put) is DictPlace:
            engine.remember(_Stored(engine, put.names, label, key))
            _put(engine, put.names, label, value)
        else:
            old = counters.stands(put.cell if type(put) is CellPlace else place, key)
            engine.undoable(put(value), None, key, old)
        return
    op = engine.operation("store", label, None)
    op.harmless = place is None or fields(place) is not None
    op.keep = put.names if type(put) is DictPlace else put.cell if type(put) is CellPlace else place
    engine.enter(op, key, STORE, value)

    def run() -> None:
        op.counts = counters.kinds(known(counters.stands(op.keep, key)))
        op.take_back = ((put(known(value)), None),)
        engine.finish_operation(op, None)

    op.run = run
    op.key = key
    engine.attempt(op)


def _store_name(engine: Engine, scope: NamespaceScope, name: str, value: Any) -> None:
    names = scope.names
    if not engine.unretired:
        names[name] = value
        return
    if is_a(value, _DEFINITIONS):
        # Definitions stand there at once: class bodies and plain code that is defined later read them natively
        key = (id(names), name)
        strand = engine.current
        if name in names and engine.chains.conflict(key, WRITE, (*strand.path, strand.count + 1)) is None:
            engine.undoable(DictPlace(engine, names, name)(value), None, key)
            return
    _store_final(engine, scope, name, value)


def _store_final(engine: Engine, scope: NamespaceScope, name: str, value: Any) -> None:
    """Names become visible when they retire; until then the store is forwarded."""
    names = scope.names
    op = engine.operation("name", name, None)
    op.final = op.ready = op.harmless = True
    links.link_behind(engine, (id(names), name), value)
    engine.enter(op, (id(names), name), STORE, value)
    op.key = (id(names), name)
    op.keep = names
    op.run = partial(_show_name, engine, op, names, name, value)


def _show_name(engine: Engine, op: Operation, names: dict[str, Any], name: str, value: Any) -> None:
    now = known(value)
    if now is DELETED:
        names.pop(name, None)
    else:
        names[name] = now
    engine.finish_operation(op, None)


class DictPlace:
    """The place of a variable in a dict; calling it with a value puts that there, and answers with what puts back the old one."""

    __slots__ = ("engine", "name", "names")

    def __init__(self, engine: Engine, names: dict[str, Any], name: str) -> None:
        self.engine = engine
        self.names = names
        self.name = name

    def __call__(self, value: Any) -> Callable[[], None]:
        """Put `value` there."""
        old = dict.get(self.names, self.name, _MISSING)
        _put(self.engine, self.names, self.name, value)
        return partial(_put, self.engine, self.names, self.name, old)


def _put(engine: Engine, names: dict[str, Any], name: str, value: Any) -> None:
    """What a variable holds from now on; `_MISSING` for nothing."""
    if type(value) in KINDS:
        value = known(value)
        if type(value) in KINDS:
            engine.slots.add(value, names, name)
    elif value is _MISSING or value is DELETED:
        names.pop(name, None)
        return
    names[name] = value


class _Stored(Undo):
    """A store to a variable in a dict. (One object where a closure would be ten, each of them work for garbage collection.)"""

    __slots__ = ("engine", "names")

    def __init__(self, engine: Engine, names: dict[str, Any], name: str, key: Key) -> None:
        super().__init__(None, None, key, dict.get(names, name, _MISSING))
        self.engine = engine
        self.names = names

    def take_back(self) -> None:
        """Put the old value back."""
        _put(self.engine, self.names, self.key[1], self.old)


class CellPlace:
    """The same for a captured variable."""

    __slots__ = ("cell", "engine")

    def __init__(self, engine: Engine, cell: CellType) -> None:
        self.engine = engine
        self.cell = cell

    def __call__(self, value: Any) -> Callable[[], None]:
        """Put `value` there."""
        try:
            old = self.cell.cell_contents
        except ValueError:
            old = _MISSING
        self.put(value)
        return partial(self.put, old)

    def put(self, value: Any) -> None:
        """What it holds from now on; `_MISSING` for nothing."""
        if value is _MISSING or value is DELETED:
            try:
                del self.cell.cell_contents
            except ValueError:
                pass
            return
        value = known(value)
        self.cell.cell_contents = value
        if type(value) in KINDS:
            self.engine.slots.add(value, self.cell, None)


__all__ = ["LocalScope", "NamespaceScope", "Operation", "WAITING"]
