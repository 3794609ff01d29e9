"""Control flow of generated code: regions, `try` and `with`, names that native code looks up, imports."""

from __future__ import annotations

import inspect
import opcode
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from poppy_nb import effects
from poppy_nb.known import makes_field
from poppy_nb.looking import fields, is_a, parts_of

from . import calls, classes, clocks, current, enums, failures, files, natives, plainly, quieting, tracebacks, variables
from .chains import READ
from .displays import make_tuple
from .engine import Engine, here
from .generators import delegated, mediated
from .hazards import ATOMS, HOLDERS
from .iteration import iterate
from .placeholder import KINDS, PENDING, known
from .strands import PARKED, Kill, Strand
from .variables import LocalScope


_MISSING = object()
_STAND_IN = "stand_in"  # for the name of a module that has been imported already


def enter(bindings: dict[str, Any], cells: tuple[Any, ...] | None = None, names: tuple[str, ...] = ()) -> LocalScope:
    """The scope of one run of a mediated function, holding its arguments."""
    engine = current.engine
    scope = LocalScope(bindings)
    frame = sys._getframe(1)
    scope.module = variables.scope_of(engine, frame.f_globals)
    scope.cells = dict(zip(names, cells or (), strict=False))
    scope.function = engine.current.function
    scope.inside = None
    scope.parent = None
    scope.birth = engine.current.path
    scope.push = None
    if engine.current.scope is None:
        engine.current.scope = scope
        scope.push = engine.current.push
    if engine.slots.count or engine.unretired:
        if frame.f_code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
            _packed(engine, frame.f_code, scope)
        for name, value in scope.items():
            if type(value) in KINDS:
                engine.slots.put(scope, name, value)
        for cell in scope.cells.values():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if type(value) in KINDS:
                engine.slots.put_cell(cell, value)
    return scope


def _packed(engine: Engine, code: types.CodeType, scope: LocalScope) -> None:
    """`*args` and `**kwargs`: the call has made these containers, of values that may be pending."""
    index = code.co_argcount + code.co_kwonlyargcount
    for flag in (inspect.CO_VARARGS, inspect.CO_VARKEYWORDS):
        if not code.co_flags & flag:
            continue
        name = code.co_varnames[index]
        index += 1
        cell = scope.cells.get(name)
        values: Any = scope[name] if cell is None else cell.cell_contents
        if flag == inspect.CO_VARKEYWORDS:
            engine.slots.adopt(values)
        elif any(type(v) in KINDS for v in values):
            packed = make_tuple(*values)
            if cell is None:
                scope[name] = packed
                if type(packed) in KINDS:
                    engine.slots.put(scope, name, packed)
            else:
                cell.cell_contents = packed
                if type(packed) in KINDS:
                    engine.slots.put_cell(cell, packed)


def strand_of(region: Any, scope: Any) -> Strand:
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
    engine = current.engine
    if region.plain is not None and plainly.may_run(engine, region, scope):
        return plainly.run_in_place(region, scope)
    strand = strand_of(region, scope)
    if args:
        strand.arguments = {"item": args[0]}
    return engine.spawn(strand, region.instance(scope.module.names, scope.cells), (scope, *args), {})


def branch(region: Any, scope: Any, test: Any, *args: Any) -> Any:
    """Run a region whose test is pending: it is parked from the start."""
    engine = current.engine
    test = known(test)
    if type(test) not in KINDS:
        return spawn(region, scope, test, *args)
    strand = strand_of(region, scope)
    strand.arguments = {"test": test, **{f"__poppy_{i}": value for i, value in enumerate(args)}}
    return engine.spawn_parked(strand, region.instance(scope.module.names, scope.cells), (scope,), test, args)


def force(value: Any) -> Any:
    """The value itself; parks until it is known."""
    if type(value) in KINDS:
        return current.engine.force(value)
    return value


def tested(value: Any) -> Any:
    """The value itself, whose truth decides at once what is done next: it is asked for that when it is known."""
    if type(value) in KINDS:
        engine = current.engine
        if engine.clocks:
            clocks.demand(value)
        return engine.force(value)
    return value


def whole(value: Any) -> Any:
    """The value, and everything below it complete and without hazards."""
    engine = current.engine
    engine.whole([value])
    value = known(value)
    return value if engine.quiet(value) else known(value)


def subject(value: Any, names: tuple[str, ...], by_place: bool) -> Any:
    """The subject of a `match` with class patterns, which look at attributes by name, or `by_place` in `__match_args__`."""
    engine = current.engine
    while True:
        value = whole(value)
        strand = engine.current
        position = (*strand.path, strand.count + 1)
        for one, name in _looked_at(value, names, by_place) if engine.chains.of or engine.chains.everything else ():
            if engine.chains.conflict((id(one), name), READ, position) is not None:
                quieting.quiet_key(engine, (id(one), name), one)
                break
        else:
            return value


def _looked_at(value: Any, names: tuple[str, ...], by_place: bool) -> Iterator[tuple[Any, str]]:
    seen: set[int] = set()
    work = [value]
    for one in work:  # grows
        one = known(one)
        if is_a(one, HOLDERS):
            work += () if id(one) in seen else parts_of(one)
        elif id(one) not in seen and type(one) not in ATOMS:
            own = fields(one) or {}
            for name in (*names, *getattr(type(one), "__match_args__", ())) if by_place else names:
                if is_a(one, type):  # its attributes may stand in what it inherits from
                    yield from ((cls, name) for cls in one.__mro__)
                elif name in own:
                    yield one, name
                    work.append(own[name])
                elif type(classes.find(type(one), name)) is types.MemberDescriptorType:
                    yield one, name
        seen.add(id(one))


def protect() -> None:
    """The beginning of a `try` body: what fails from here on fails in it."""
    _guard(1)


def settle(bodies: int = 1) -> None:
    """The end of a `try` body, or of more of them: all of it has ended without failure."""
    settled()
    _guard(-bodies)


def unprotect() -> None:
    """The end of a `try` body of which no handler would take what can still fail in it."""
    _guard(-1)


def settled() -> None:
    """All that the strand has done so far has ended without failure."""
    engine = current.engine
    if engine.killing:
        raise Kill
    failures.settle(engine)


def _guard(bodies: int) -> None:
    strand = current.engine.current
    strand.guards = max(strand.guards + bodies, 0)
    strand.is_try = strand.guards > 0


def ahead(outcome: Any) -> None:
    """Where control goes from a region, told before all in it has ended: the caller walks on. What fails in it still fails."""
    engine = current.engine
    if engine.killing:
        raise Kill
    strand = engine.current
    strand.outcome = (outcome,)
    if strand.result is not None:
        engine.resolve(strand.result, outcome)


def pause(value: Any, bodies: int) -> Any:
    """A generator is about to yield `value` out of the bodies of so many `try` and `with` statements."""
    settle(bodies)
    return value


def resumed(sent: Any, bodies: int) -> Any:
    """It goes on there, in the strand of another step."""
    if current.engine.killing:
        raise Kill
    _guard(bodies)
    return sent


def unpaused(bodies: int) -> int:
    """The same if an exception was thrown in: `bodies` is 0 if it comes from elsewhere. What it is then."""
    if not current.engine.killing:
        _guard(bodies)
    return 0


def yield_(value: Any) -> Any:
    """What a generator really yields: a native reader gets whole values, a mediated one placeholders."""
    engine = current.engine
    if type(value) in KINDS or engine.slots.count:
        reader = sys._getframe(1).f_back
        while reader is not None and _delegates(reader):
            reader = reader.f_back
        if reader is None or not tracebacks.is_own(reader) or reader.f_code.co_name == "in_order":
            return whole(value)
    return value


def _delegates(frame: types.FrameType) -> bool:
    code, at = frame.f_code, frame.f_lasti
    if not code.co_flags & tracebacks.GENERATOR or at < 0:
        return False
    while code.co_code[at] == _CACHE:
        at -= 2  # on 3.12 a specialised SEND is left behind its cache
    return code.co_code[at] == _SEND


_SEND = opcode.opmap["SEND"]
_CACHE = opcode.opmap["CACHE"]


def yield_from(value: Any) -> Any:
    """What a generator delegates to."""
    value = force(value)
    if type(value) is types.GeneratorType:
        return value if mediated(value) else delegated(current.engine, value)
    return iter(value) if enums.is_listed(value) else iterate(value)  # the former is a generator: it can be sent to


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
    """The beginning of a handler, or of a `finally`: the exception shows the user's frames only."""
    error = sys.exception()
    if error is not None and not current.engine.killing:
        error.__traceback__ = tracebacks.clean(error.__traceback__)


def barrier(scope: Any = None, callees: tuple[str, ...] = ()) -> None:
    """Everything before has retired: native code of the user's may run. Needless if it calls but what has no effect."""
    if not callees or not all(_without_effect(scope, dotted) for dotted in callees):
        current.engine.in_order("a statement that runs in order")


_PLAIN_DECORATORS = (property, staticmethod, classmethod)


def _without_effect(scope: Any, dotted: str) -> bool:
    """Whether a name that the body of a class calls means something that only makes an object of what it is given."""
    head, *rest = dotted.split(".")
    try:
        found = variables.load_cell(scope, head) if head in scope.cells else variables.load(scope.module, head)
    except NameError:
        return False
    for name in rest:
        if type(found) is not types.ModuleType:
            return False
        found = vars(found).get(name)
    if type(found) in KINDS:
        return False
    if any(found is one for one in _PLAIN_DECORATORS) or makes_field(found):
        return True
    row = effects.lookup(found)
    if row is None or row.writes or row.consumes or row.model is not None or row.caller:
        return False
    return row.resource is None and not (row.final or row.clock or row.external)


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
        settled()


def with_exit(leave: Any, error: BaseException | None) -> Any:
    """Call `__exit__`."""
    if type(leave) is files.Leave:
        handle = known(leave.handle)
        if type(handle) not in KINDS:
            leave = classes.bound(handle, "__exit__")  # it has been opened by now
        else:
            if handle.state == PENDING:
                natives.perform(files.CLOSE, _close, (handle,), None, lambda: None)
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
    value = getattr(module, name, _MISSING)
    if value is not _MISSING:
        return value
    full = f"{getattr(module, '__name__', '<unknown module name>')}.{name}"
    if full in sys.modules:
        return sys.modules[full]
    raise _not_found(module, name)


def _not_found(module: Any, name: str) -> ImportError:
    """What the interpreter raises: which file it names differs from version to version."""
    try:
        exec(f"from {_STAND_IN} import {name}", {"__builtins__": {"__import__": lambda *_: module}})
    except ImportError as error:
        error.__context__ = None
        return error.with_traceback(None)
    raise AssertionError("the name is there")


def import_star(module: Any, scope: Any) -> None:
    """`from module import *`."""
    names = getattr(module, "__all__", None)
    if names is None:
        names = [n for n in module.__dict__ if not n.startswith("_")]
    for name in names:
        variables.store(scope, name, getattr(module, name))


Again = Callable[[], Any]
__all__ = ["PARKED", "branch", "caught", "enter", "force", "settle", "spawn"]
