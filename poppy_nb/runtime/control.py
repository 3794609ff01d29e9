"""Control flow of generated code: regions, iteration, `try` and `with`, comprehensions, imports."""

from __future__ import annotations

import gc
import inspect
import sys
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from poppy_nb import effects
from poppy_nb.looks import is_a
from poppy_nb.plain import FILES

from . import (
    calls,
    classes,
    current,
    displays,
    enums,
    failures,
    files,
    hazards,
    models_glue,
    natives,
    operators,
    tracebacks,
    variables,
)
from .chains import READ
from .displays import make_tuple
from .engine import Engine, here
from .placeholder import KINDS, PENDING, PendingTuple, Placeholder, known
from .strands import PARKED, Kill, Strand
from .variables import LocalScope
from .views import shown


SKIP = object()  # an element of a comprehension whose condition is false


def enter(bindings: dict[str, Any], cells: tuple[Any, ...] | None = None, names: tuple[str, ...] = ()) -> LocalScope:
    """The scope of one run of a mediated function, holding its arguments."""
    engine = current.engine
    scope = LocalScope(bindings)
    frame = sys._getframe(1)
    scope.module = variables.scope_of(engine, frame.f_globals)
    scope.cells = dict(zip(names, cells or (), strict=False))
    scope.function = engine.current.function
    scope.home = scope
    scope.parent = None
    scope.birth = engine.current.path
    if engine.current.scope is None:
        engine.current.scope = scope
    if engine.slots.count or engine.unretired:
        for name, value in bindings.items():
            if type(value) in KINDS:
                engine.slots.put(scope, name, value)
        for cell in scope.cells.values():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if type(value) in KINDS:
                engine.slots.put_cell(cell, value)
        if frame.f_code.co_flags & _TAKES_MORE:
            _open_arguments(engine, scope, frame.f_code)
    return scope


_TAKES_MORE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


def _open_arguments(engine: Engine, scope: LocalScope, code: types.CodeType) -> None:
    """Python has put placeholders into the tuple of `*args` and the dict of `**kwargs`."""
    first = code.co_argcount + code.co_kwonlyargcount
    for name in code.co_varnames[first : first + 2]:
        cell = scope.cells.get(name)
        value = cell.cell_contents if cell is not None else scope.get(name)
        if type(value) is dict:
            engine.slots.adopt(value)
        elif type(value) is tuple and any(type(part) in KINDS for part in value):
            value = displays.build_tuple(value, tuple)
            if cell is not None:
                cell.cell_contents = value
                if type(value) in KINDS:
                    engine.slots.put_cell(cell, value)
            else:
                scope[name] = value
                if type(value) in KINDS:
                    engine.slots.put(scope, name, value)


def _strand(region: Any, scope: Any) -> Strand:
    engine = current.engine
    parent = engine.current
    strand = Strand(parent, parent.position(), region.kind)
    strand.region = region
    strand.scope = scope
    strand.function = parent.function
    strand.site = here()
    return strand


def spawn(region: Any, scope: Any, *args: Any) -> Any:
    """Run a region: its value, or a placeholder if it parked."""
    strand = _strand(region, scope)
    if args:
        strand.arguments = {"item": args[0]}
    return current.engine.spawn(strand, region.instance(scope.module.names, scope.cells), (scope, *args), {})


def branch(region: Any, scope: Any, test: Any, *args: Any) -> Any:
    """Run a region whose test is pending: it is parked from the start."""
    engine = current.engine
    test = known(test)
    if type(test) not in KINDS:
        return spawn(region, scope, test, *args)
    strand = _strand(region, scope)
    strand.arguments = {"test": test, **{f"__poppy_{i}": value for i, value in enumerate(args)}}
    return engine.spawn_parked(strand, region.instance(scope.module.names, scope.cells), (scope,), test, args)


def force(value: Any) -> Any:
    """The value itself; parks until it is known."""
    if type(value) in KINDS:
        return current.engine.force(value)
    return value


def whole(value: Any) -> Any:
    """The value, and everything below it complete and without hazards."""
    engine = current.engine
    engine.whole([value])
    value = known(value)
    if hazards.hazard(engine, hazards.accesses([value], None, ())):
        return engine.force(natives.defer(engine, natives._IDENTITY, (), lambda v: v, [value], None, lambda: value, "read"))
    return value


def protect() -> None:
    """The beginning of a `try` body: what fails from here on fails in it."""
    strand = current.engine.current
    strand.guards += 1
    strand.is_try = True


def settle(leaving: bool = False) -> None:
    """The end of a `try` body: all of it has ended without failure. `leaving`: control leaves all bodies of this region."""
    engine = current.engine
    if engine.killing:
        raise Kill
    failures.settle(engine)
    strand = engine.current
    strand.guards = 0 if leaving else max(strand.guards - 1, 0)
    strand.is_try = strand.guards > 0


def yield_(value: Any) -> Any:
    """What a generator really yields: a native reader gets whole values, a mediated one placeholders."""
    return value


def yield_from(value: Any) -> Any:
    """What a generator delegates to."""
    value = force(value)
    return value if type(value) is types.GeneratorType else iterate(value)


class Names:
    """Names that a pattern looks up, whole, when it gets there."""

    __slots__ = ("__poppy_loads", "__poppy_scope")

    def __init__(self, scope: Any, loads: tuple[tuple[str, Callable[[Any, str], Any]], ...]) -> None:
        object.__setattr__(self, "_Names__poppy_scope", scope)
        object.__setattr__(self, "_Names__poppy_loads", dict(loads))

    def __getattribute__(self, name: str) -> Any:
        get = object.__getattribute__
        if name not in get(self, "_Names__poppy_loads"):
            raise AttributeError(name)
        return whole(get(self, "_Names__poppy_loads")[name](get(self, "_Names__poppy_scope"), name))


def caught(error: BaseException) -> None:
    """Raise what plain Python would raise out of this `try` body."""
    failures.caught(current.engine, error)


def handling() -> None:
    """The beginning of a handler: the exception shows the user's frames only."""
    error = sys.exception()
    if error is not None and not current.engine.killing:
        error.__traceback__ = tracebacks.clean(error.__traceback__)


def barrier(scope: Any = None, callees: tuple[str, ...] = ()) -> None:
    """Everything before has retired: native code of the user's may run."""
    current.engine.in_order("a statement that runs in order")


def expose(scope: Any, names: tuple[str, ...]) -> None:
    """Native code is about to read these globals: put there what is stored, and wait for what is not known."""
    engine = current.engine
    module = scope.module
    for name in names:
        key = (id(module.names), name)
        if engine.chains.of.get(key) is not None or engine.chains.everything:
            entry = engine.chains.last_write(key, (*engine.current.path, engine.current.count + 1))
            if entry is not None:
                engine.in_order(f"the name {name}")
                return


# --- iteration


class ListItems:
    """Iterates over a list that may be changed, or be open, in the meantime: each step reads in program order."""

    __slots__ = ("index", "items")

    def __init__(self, items: list[Any]) -> None:
        self.items = items
        self.index = 0

    def __iter__(self) -> ListItems:
        return self

    def __next__(self) -> Any:
        engine = current.engine
        if engine.chains.of or engine.chains.everything:
            quiet(engine, self.items)
        index = self.index
        if index < 0 or index >= len(self.items):
            self.index = -1
            raise StopIteration
        self.index = index + 1
        value = self.items[index]
        return known(value) if type(value) in KINDS else value


def quiet(engine: Engine, target: Any) -> None:
    """Wait until no earlier write stands on `target`."""
    while True:
        strand = engine.current
        entry = engine.chains.conflict(id(target), READ, (*strand.path, strand.count + 1))
        if entry is None:
            return
        op = engine.operation("read", "iteration", here())
        op.result = Placeholder(op, ())
        engine.enter(op, id(target), READ)
        op.run = lambda op=op: engine.finish_operation(op, None)
        engine.attempt(op)
        engine.force(op.result)


def behind(iterator: Any) -> list[Any]:
    """The containers and files that the steps of a native iterator read."""
    if type(iterator) in FILES:
        return [iterator]
    found: list[Any] = []
    pending, seen = [iterator], {id(iterator)}
    while pending:
        for part in gc.get_referents(pending.pop()):
            if id(part) in seen:
                continue
            seen.add(id(part))
            if is_a(part, list | dict | set | deque) or type(part) in FILES:
                found.append(part)
            elif hasattr(type(part), "__next__") or type(part) is tuple:
                pending.append(part)
    return found


def _quietly(engine: Engine, containers: list[Any], native: Iterator[Any]) -> Iterator[Any]:
    while True:
        if engine.chains.of or engine.chains.everything:
            for container in containers:
                quiet(engine, container)
        try:
            item = next(native)
        except StopIteration:
            return
        yield known(item) if type(item) in KINDS else item


def _checked(engine: Engine, target: Any, native: Iterator[Any], pairs: bool) -> Iterator[Any]:
    """Items of a dict, set, deque or view of these, each step after the writes before it."""
    while True:
        if engine.chains.of or engine.chains.everything:
            quiet(engine, target)
        try:
            item = next(native)
        except StopIteration:
            return
        if pairs and (type(item[0]) in KINDS or type(item[1]) in KINDS):
            item = make_tuple(*item)
        yield known(item) if type(item) in KINDS else item


def iterate(value: Any) -> Iterator[Any]:
    """A native iterator over the items of `value`, for generated code. Items may be placeholders."""
    engine = current.engine
    value = force(value)
    kind = type(value)
    if type(value) is PendingTuple:
        return iter([known(v) for v in value.parts])
    if kind is list:
        return ListItems(value)
    if kind in (str, tuple, range, bytes, frozenset) or kind in _NATIVE_ITERATORS:
        return iter(value)
    if kind in (dict, set) or is_a(value, dict | set | deque) and kind.__iter__ in _PLAIN_ITER:
        quiet(engine, value)
        return _checked(engine, value, iter(value), False)
    if kind in _VIEWS:
        target = shown(value)
        quiet(engine, target)
        return _checked(engine, target, iter(value), kind is type({}.items()))
    if kind is types.GeneratorType:
        return _quietly(engine, [value], value)
    lazy = models_glue.steps(value)
    if lazy is not None:
        return _quietly(engine, [value, *getattr(value, "parts", ()), *behind(value)], lazy)
    if effects.native_iterator(value):
        return _quietly(engine, [value, *behind(value)], value)
    if enums.is_listed(value):
        return enums.members(value)
    return _by_protocol(engine, value)


_PLAIN_ITER = (dict.__iter__, set.__iter__, deque.__iter__)
_VIEWS: tuple[type, ...] = (type({}.items()), type({}.keys()), type({}.values()))
_ITERABLES: tuple[Iterable[object], ...] = ("", "é", (), range(0), range(1 << 70), b"", frozenset())
_NATIVE_ITERATORS = frozenset(type(iter(v)) for v in _ITERABLES)


def _by_protocol(engine: Engine, value: Any) -> Iterator[Any]:
    function = classes.method(engine, value, "__iter__")
    if function is not None:
        iterator = engine.force(calls.invoke(function, (value,), {}))
        if iterator is value or classes.method(engine, iterator, "__next__") is not None:
            return _steps(engine, iterator)
        return iterate(iterator)
    if classes.method(engine, value, "__next__") is not None and hasattr(type(value), "__iter__"):
        return _steps(engine, value)
    if classes.find(type(value), "__iter__") is classes.MISSING and classes.method(engine, value, "__getitem__") is not None:
        return _by_index(value)
    engine.in_order("iteration over an unknown object")
    native = iter(value)
    return _ordered(engine, native)


def _steps(engine: Engine, iterator: Any) -> Iterator[Any]:
    function = classes.method(engine, iterator, "__next__")
    step = iterator if function is None else types.MethodType(function, iterator)
    ends = function is not None and not _ENDING.isdisjoint(function.__code__.co_names)  # maybe only after it has waited
    while True:
        if ends:
            item = models_glue.guarded(step, lambda ops, step: calls.invoke(step, (), {}), StopIteration)
            if item is models_glue.ENDED:
                return
        else:
            try:
                item = next(iterator) if function is None else calls.invoke(step, (), {})
            except StopIteration:
                return
        yield item


_ENDING = frozenset({"StopIteration", "next", "__next__"})


def _by_index(value: Any) -> Iterator[Any]:
    index = 0
    while True:
        try:
            item = force(operators.getitem(value, index))
        except IndexError:
            return
        yield item
        index += 1


def _ordered(engine: Engine, native: Iterator[Any]) -> Iterator[Any]:
    if type(native) in _QUIET:
        yield from native
        return
    while True:
        engine.in_order("iteration over an unknown object")
        try:
            item = next(native)
        except StopIteration:
            return
        yield item


_QUIET: tuple[type, ...] = (type(iter([])), type(reversed([])), type(iter({}.keys())))


# --- comprehensions


class _Inner:
    """The items of the inner clauses of a generator expression, for one item of the clause around."""

    __slots__ = ("items",)

    def __init__(self, items: Iterator[Any]) -> None:
        self.items = items


def gather(kind: str, region: Any, scope: Any, iterable: Any) -> Any:
    """A comprehension. `flat` and `lazy` are inner clauses: a list to be joined, items to be generated."""
    items = iterate(iterable)
    cells = {**scope.cells, **{name: types.CellType() for name in region.cells}} if region.cells else scope.cells
    function = region.instance(scope.module.names, cells)
    if kind == "generator" or kind == "lazy":
        generator: Any = _generate(region, function, scope, cells, items)
        if kind == "lazy":
            return _Inner(generator)
        generator.__name__, generator.__qualname__ = region.code.co_name, region.code.co_qualname
        current.engine.generators[generator] = (region, function, scope, cells, items)
        return generator
    values = [_element(region, function, scope, cells, item) for item in _in_frame(region, scope, items)]
    return assemble(current.engine, kind, values, region.may_skip or region.flat)


def _in_frame(region: Any, scope: Any, items: Iterator[Any]) -> Iterator[Any]:
    """`items`, whose failures pass through the frame of the comprehension where Python gives it one."""
    if type(items) is ListItems or type(items) in _NATIVE_ITERATORS or tracebacks.in_frame_of(region):
        return items
    return _framed(region, scope, items)


def _framed(region: Any, scope: Any, items: Iterator[Any]) -> Iterator[Any]:
    engine = current.engine
    while True:
        engine.framed += 1
        try:
            item = next(items)
        except StopIteration:
            return
        except Kill:
            raise
        except BaseException as error:
            frame = tracebacks.comprehension(region, scope)
            error.__traceback__ = tracebacks.build([frame, *tracebacks.steps(error.__traceback__)])
            raise
        finally:
            engine.framed -= 1
        yield item


def _element(region: Any, function: Any, scope: Any, cells: Any, item: Any) -> Any:
    engine = current.engine
    inner = LocalScope()
    inner.module = scope.module
    inner.cells = cells
    inner.function = scope.function
    inner.home = scope.home
    inner.parent = scope
    inner.birth = engine.current.path
    strand = _strand(region, inner)
    strand.arguments = {"item": item}
    return engine.spawn(strand, function, (inner, item), {})


def _generate(region: Any, function: Any, scope: Any, cells: Any, items: Iterator[Any]) -> Iterator[Any]:
    for item in _in_frame(region, scope, items):
        value = _element(region, function, scope, cells, item)
        if (region.may_skip or region.flat) and type(value) in KINDS and type(value) is not PendingTuple:
            value = force(value)
        if type(value) is _Inner:
            yield from value.items
        elif value is not SKIP:
            yield value


def drain(value: Any) -> list[Any] | None:
    """All items of a generator expression that nobody has stepped: its conditions are under way at once. None for the rest."""
    engine = current.engine
    if type(value) is not types.GeneratorType or value.gi_frame is None or value.gi_frame.f_lasti > 4:
        return None
    made = engine.generators.get(value)
    if made is None or not made[0].may_skip:
        return None
    region, function, scope, cells, items = made
    value.close()
    found: list[Any] = []
    for one in [_element(region, function, scope, cells, item) for item in _in_frame(region, scope, items)]:
        one = force(one) if type(one) in KINDS and type(one) is not PendingTuple else one
        if type(one) is _Inner:
            found.extend(one.items)
        elif one is not SKIP:
            found.append(one)
    return found


class _Flat:
    """The elements of the inner clauses of a comprehension, for one item of the clause around."""

    __slots__ = ("items",)

    def __init__(self, items: list[Any]) -> None:
        self.items = items


def assemble(engine: Engine, kind: str, values: list[Any], unsure: bool) -> Any:
    """The elements of a comprehension put together; a placeholder if which ones there are is not known (`unsure`)."""
    values = [known(v) for v in values]
    if unsure and any(type(v) in KINDS and type(v) is not PendingTuple for v in values):
        return natives.perform_list(values, lambda now: assemble(engine, kind, list(now), unsure), kind)
    found: list[Any] = []
    for value in values:
        if type(value) is _Flat:
            found.extend(known(v) for v in value.items)
        elif value is not SKIP:
            found.append(value)
    if kind == "flat":
        engine.slots.adopt(found)
        return _Flat(found)
    if kind == "list":
        engine.slots.adopt(found)
        return found
    if kind == "set":
        return calls.invoke(set, (found,), {})
    pairs = [v.parts if type(v) is PendingTuple else v for v in found]
    if any(type(pair) in KINDS for pair in pairs):
        return natives.perform_list(pairs, lambda now: assemble(engine, kind, list(now), True), kind)
    keys = [known(pair[0]) for pair in pairs]
    if any(type(key) in KINDS for key in keys):
        made = natives.perform_list(keys, lambda now: _dict(engine, list(now), pairs), kind)
        return displays.holding(made, [known(pair[1]) for pair in pairs])
    return _dict(engine, keys, pairs)


def _dict(engine: Engine, keys: list[Any], pairs: list[Any]) -> dict[Any, Any]:
    made = {}
    for key, pair in zip(keys, pairs, strict=True):
        displays.quiet_key(engine, known(key))
        made[known(key)] = known(pair[1])
    engine.slots.adopt(made)
    return made


# --- with


def with_enter(manager: Any) -> tuple[Any, Any]:
    """What `with manager` binds, and the bound `__exit__`."""
    engine = current.engine
    if files.is_pending(manager):
        return files.Leave(manager), manager
    manager = engine.force(manager)
    kind = type(manager)
    if classes.find(kind, "__enter__") is classes.MISSING or classes.find(kind, "__exit__") is classes.MISSING:
        missing = "__enter__" if classes.find(kind, "__enter__") is classes.MISSING else "__exit__"
        extra = " (missed __exit__ method)" if missing == "__exit__" else ""
        raise TypeError(f"'{kind.__qualname__}' object does not support the context manager protocol{extra}")
    leave, come = classes.bound(manager, "__exit__"), classes.bound(manager, "__enter__")
    return leave, calls.invoke(come, (), {})


def entered(pair: tuple[Any, Any]) -> None:
    """Wait until what makes and enters the manager has ended; a file to come may fail to open, then nothing is to be closed."""
    if type(pair[0]) is not files.Leave:
        settle()


def with_exit(leave: Any, error: BaseException | None) -> Any:
    """Call `__exit__`."""
    if type(leave) is files.Leave:
        if known(leave.handle) is not leave.handle or leave.handle.state == PENDING:
            natives.perform(files.CLOSE, _close, (leave.handle,), None, lambda: None)
        return False
    args = (None, None, None) if error is None else (type(error), error, error.__traceback__)
    return calls.invoke(leave, args, {})


def _close(handle: Any) -> None:
    handle.__exit__(None, None, None)


# --- imports


def import_(name: str, scope: Any, fromlist: Any, level: int) -> Any:
    """`__import__`: nothing happens if the module is there, else unknown code runs in order."""
    engine = current.engine
    if level or name not in sys.modules:
        engine.in_order(f"import {name}")
    names = scope.module.names
    found = names.get("__builtins__", __builtins__)
    make = found["__import__"] if is_a(found, dict) else __import__
    return make(name, names, None, fromlist, level)


def import_from(module: Any, name: str) -> Any:
    """One name of `from module import name`."""
    try:
        return getattr(module, name)
    except AttributeError:
        full = f"{getattr(module, '__name__', '<unknown module name>')}.{name}"
        if full in sys.modules:
            return sys.modules[full]
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or getattr(module, "__file__", None)
        place = origin or "unknown location"
        message = f"cannot import name {name!r} from {module.__name__!r} ({place})"
        raise ImportError(message, name=module.__name__, path=origin) from None


def import_star(module: Any, scope: Any) -> None:
    """`from module import *`."""
    names = getattr(module, "__all__", None)
    if names is None:
        names = [n for n in module.__dict__ if not n.startswith("_")]
    for name in names:
        variables.store(scope, name, getattr(module, name))


Again = Callable[[], Any]
__all__ = ["PARKED", "SKIP", "branch", "caught", "enter", "force", "gather", "iterate", "settle", "spawn"]
