"""Stores into attributes of objects, classes and modules, and their deletion: `x.a = v`, `del x.a`."""

from __future__ import annotations

import types
from collections.abc import Callable
from decimal import Context
from functools import partial
from typing import Any

from poppy_nb import effects, validated
from poppy_nb.looking import fields, is_a, keys_are_attributes, parts_of

from . import current, links, undo, variables
from .chains import WRITE, Key
from .claims import DECIMALS, OF_DECIMALS, ORDER
from .classes import BOUND, HEAP_TYPE, MISSING, SLOT, find, get_attribute, is_data, is_open, is_users, method, user_function
from .engine import Engine, here
from .hazards import may_be
from .natives import defer
from .natives_now import in_order
from .placeholder import KINDS, Placeholder, known
from .strands import Kill


def set_attribute(target: Any, name: str, value: Any) -> None:
    """`target.name = value`."""
    engine = current.engine
    if engine.killing:
        raise Kill
    target = known(target)
    value = known(value)
    if type(target) in KINDS:
        keys = _by_name(engine, target, name)
        if name in OF_DECIMALS:
            keys.append((id(DECIMALS), WRITE))
        again = partial(set_attribute, target, name, value)
        defer(engine, None, (0,), setattr, (target, name), None, again, f"set {name}", keys, puts=(value,))
        return
    kind: Any = type(target)
    setter = kind.__setattr__
    if issubclass(kind, type):
        if type(value) in KINDS:
            value = engine.force(value)
        if setter is not type.__setattr__ or _binds(value) or _binds(find(target, name)) or is_data(find(kind, name)):
            # methods are looked up without a look at the chains, by the class of an object that may be anywhere
            in_order(engine, setattr, (target, name, value), None)
            effects.forget(target)
        else:
            _store(engine, target, name, value)
        return
    if issubclass(kind, types.ModuleType) and setter is object.__setattr__:
        if not is_users(engine, target):
            in_order(engine, setattr, (target, name, value), None)
            return
        variables.store(variables.scope_of(engine, target.__dict__), name, value)
        return
    if validated.assigns(kind, name):
        _assign(engine, target, name, value)
        return
    if setter is not object.__setattr__ and setter is not BaseException.__setattr__:  # which does the same
        hook = find(kind, "__setattr__")
        if user_function(engine, hook):
            from . import calls

            calls.invoke(hook, (target, name, value), {})
        else:
            in_order(engine, setattr, (target, name, value), None)
        return
    _past_hooks(engine, target, name, value, setattr)


def _past_hooks(engine: Engine, target: Any, name: str, value: Any, store: Callable[[Any, str, Any], None]) -> None:
    """What `object.__setattr__` does. store: that, or `setattr`, for when it is done in order."""
    kind: Any = type(target)
    found = find(kind, name)
    if is_a(found, property):
        if found.fset is not None and user_function(engine, found.fset):
            from . import calls

            calls.invoke(found.fset, (target, value), {})
        else:
            in_order(engine, store, (target, name, value), None)
        return
    if name in _DEEP or is_a(found, BOUND):
        in_order(engine, store, (target, name, value), None)  # changes or hides a method
        return
    if found is not MISSING and not is_a(found, SLOT) and find(type(found), "__set__") is not MISSING:
        function = method(engine, found, "__set__")
        if function is not None:
            from . import calls

            calls.invoke(function, (found, target, value), {})
            return
        in_order(engine, store, (target, name, value), None)
        return
    if keys_are_attributes(target) and not is_data(found):
        from . import calls

        calls.invoke(dict.__setitem__, (target, name, value), {})
        return
    native = type(found) is types.GetSetDescriptorType or is_a(found, SLOT) and not found.__objclass__.__flags__ & HEAP_TYPE
    if kind is Context or name == "__cause__" and issubclass(kind, BaseException):
        in_order(engine, store, (target, name, value), None)  # decimals go by it; it suppresses the context besides
        return
    if native and type(value) in KINDS:
        value = engine.force(value)  # a setter in C looks at what it gets
    _store(engine, target, name, value)


def _assign(engine: Engine, target: Any, name: str, value: Any) -> None:
    """A field of a pydantic model, which notes the fields that were set."""
    noted = target.__pydantic_fields_set__
    if name not in noted:
        strand = engine.current
        if engine.chains.conflict(id(target), WRITE, (*strand.path, strand.count + 1)) is not None:
            in_order(engine, setattr, (target, name, value), None)  # who looks at the model looks at that, too
            return
        noted.add(name)
        if engine.unretired:
            engine.undoable(partial(noted.discard, name), None, id(noted))
    _store(engine, target, name, value)


def _by_name(engine: Engine, target: Placeholder, name: str) -> list[tuple[Any, int]]:
    """The locations of `name` in the classes and modules that a pending value may be: who reads one looks at no whole."""
    found: dict[Any, int] = {}
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    for one in may_be(target):
        coming = links.brought(id(one), links.open_writes(engine.chains, id(one), position)[0]) or []
        for part in (*(one.aliases or () if type(one) in KINDS else parts_of(one)), *coming):
            part = known(part)
            if is_a(part, type):
                found[id(part), name] = WRITE
                found[id(part)] = WRITE  # in which the names have an order
            elif is_a(part, types.ModuleType) and is_users(engine, part):
                found[variables.key_of(variables.scope_of(engine, part.__dict__), name)] = WRITE
    return list(found.items())


_DEEP = frozenset({"__class__", "__dict__", "__code__", "__defaults__", "__kwdefaults__"})  # what calls and lookups go by


def _binds(value: Any) -> bool:
    """Whether a class attribute is a method, a property or the like."""
    return value is not MISSING and hasattr(type(value), "__get__")


def store_attribute(engine: Engine, target: Any, name: str, value: Any) -> None:
    """`object.__setattr__(target, name, value)`: past the class's own `__setattr__`."""
    if not engine.unretired:
        object.__setattr__(target, name, value)
    else:
        _past_hooks(engine, target, name, value, object.__setattr__)


def delete_attribute(target: Any, name: str) -> None:
    """`del target.name`."""
    engine = current.engine
    target = engine.force(target)
    kind: Any = type(target)
    if is_a(target, types.ModuleType) and kind.__delattr__ is object.__delattr__ and is_users(engine, target):
        if name not in target.__dict__ and not is_open(engine, target.__dict__, name):
            raise AttributeError(f"module '{target.__name__}' has no attribute '{name}'")
        variables.delete(variables.scope_of(engine, target.__dict__), name)
        return
    plainly = kind.__delattr__ is object.__delattr__ or kind.__delattr__ is BaseException.__delattr__  # which does the same
    if find(kind, name) is not MISSING or not plainly or is_a(target, type):
        in_order(engine, delattr, (target, name), None)
        if is_a(target, type):
            effects.forget(target)
        return
    value = get_attribute(target, name)
    if type(value) in KINDS:
        engine.force(value)
    if not engine.unretired:
        delattr(target, name)
        return
    if keys_are_attributes(target):
        from . import calls

        calls.invoke(dict.__delitem__, (target, name), {})
        return
    engine.chains.attributes.add(name)
    variables._store(engine, (id(target), name), name, links.DELETED, _setter(engine, target, name))


def _store(engine: Engine, target: Any, name: str, value: Any) -> None:
    if not engine.unretired:
        setattr(target, name, value)
        return
    if id(target) in engine.chains.of:
        links.link_behind(engine, id(target), value)  # who may touch the object may touch what it is given
    put = _setter(engine, target, name)
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    whole = engine.chains.probe(id(target), WRITE, position)
    if whole is not None:
        defer_store(engine, target, name, value, put, id(target))
        return
    own = fields(target)
    if own is not None and name not in own:
        conflict, order = engine.chains.conflict, (id(target), ORDER)
        if conflict(order, WRITE, position) is not None or conflict((id(target), name), WRITE, position) is not None:
            defer_store(engine, target, name, value, put, order)
            return
    engine.chains.attributes.add(name)
    variables._store(engine, (id(target), name), name, value, put, target)


def defer_store(
    engine: Engine, target: Any, name: str, value: Any, put: Callable[[Any], Callable[[], None]], behind: Key
) -> None:
    """A store that waits for something that may touch the whole object, or (`behind`) the order of its attributes."""
    engine.chains.attributes.add(name)
    op = engine.operation("store", name, here())
    engine.enter(op, (id(target), name), 3, value)
    engine.enter(op, behind, WRITE)
    op.stored = (value,)
    links.link(engine, (behind,), (value,), op.position)
    op.keep = target
    op.key = (id(target), name)

    def run() -> None:
        try:
            op.take_back = ((put(known(value)), None),)
        except BaseException as error:
            engine.fail_operation(op, error)
            return
        engine.finish_operation(op, None)

    op.run = run
    engine.attempt(op)


def _setter(engine: Engine, target: Any, name: str) -> Callable[[Any], Callable[[], None]]:
    def current_value() -> Any:
        own = fields(target)
        if is_a(target, type):
            return target.__dict__.get(name, MISSING)
        if own is not None and name in own:
            return own[name]
        if is_a(find(type(target), name), SLOT):
            try:
                return find(type(target), name).__get__(target)
            except AttributeError:
                return MISSING
        return MISSING

    def put(value: Any) -> Callable[[], None]:
        old = current_value()
        if (value is MISSING or value is links.DELETED) and old is not MISSING:
            back = undo.before("delattr", (target, name))  # to its place among the others
            restore(value)
            if type(old) not in KINDS:
                return back
        restore(value)
        return lambda: restore(old)

    set_plainly = type.__setattr__ if is_a(target, type) else object.__setattr__

    def restore(value: Any) -> None:
        if value is MISSING or value is links.DELETED:
            if current_value() is not MISSING:
                (type.__delattr__ if is_a(target, type) else object.__delattr__)(target, name)
            return
        value = known(value)
        set_plainly(target, name, value)
        if type(value) in KINDS:
            own = fields(target)
            if own is not None and name in own:
                engine.slots.add(value, own, name)
            else:
                engine.slots.add(value, target, name)

    return put
