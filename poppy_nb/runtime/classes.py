"""Attributes of objects and classes, the user's properties and hooks in their mediated form."""

from __future__ import annotations

import enum
import sys
import types
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from poppy_nb import known as known_libraries
from poppy_nb import shapes, tables
from poppy_nb.looking import fields, is_a, keys_are_attributes

from . import current, defaults, late_loads, variables
from .chains import READ
from .engine import Engine, here
from .hazards import ATOMS, classes_of, may_be, missing
from .natives_now import in_order
from .placeholder import KINDS, PendingAtom, PendingAttribute, Placeholder, known
from .strands import Kill
from .streams import hooked


MISSING = object()
SLOT = (types.MemberDescriptorType, types.GetSetDescriptorType)
HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE
NATIVE = (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType, types.BuiltinFunctionType)


def find(cls: type, name: str) -> Any:
    """What the class and its bases have under `name`, without running descriptors."""
    for base in cls.__mro__:
        found = base.__dict__.get(name, MISSING)
        if found is not MISSING:
            return found
    return MISSING


def bound(target: Any, name: str) -> Any:
    """A special method of `target` as Python looks it up: in the class, past the instance and its hooks."""
    found = find(type(target), name)
    if type(found) is types.FunctionType:
        return types.MethodType(found, target)
    getter = find(type(found), "__get__")
    return found if getter is MISSING else getter(found, target, type(target))


def get_attribute(target: Any, name: str) -> Any:
    """`target.name`."""
    engine = current.engine
    if engine.killing:
        raise Kill
    if type(target) in KINDS:
        target = known(target)
        if type(target) in KINDS:
            return _pending_attribute(engine, target, name)
    kind: Any = type(target)
    if kind in ATOMS or kind in BUILTIN:
        if name == "__defaults__" and engine.slots.count:
            engine.whole(defaults.pending(getattr(target, "__func__", target)))
        if kind in _FUNCTIONS and (engine.chains.of or engine.chains.everything) and find(kind, name) is MISSING:
            return _of_function(engine, target, name)
        return getattr(target, name)
    if issubclass(kind, types.ModuleType) and kind.__getattribute__ is types.ModuleType.__getattribute__:
        return _of_module(engine, target, name)
    if issubclass(kind, type):
        if name == "__members__" and issubclass(kind, enum.EnumMeta):
            return target.__members__
        return _of_class(engine, target, name)
    if kind is super:
        return _of_super(engine, target, name)
    if kind.__getattribute__ is not object.__getattribute__ and type(kind.__getattribute__) is not types.WrapperDescriptorType:
        hook = find(kind, "__getattribute__")
        if user_function(engine, hook):
            return _fallback(engine, target, name, hook, (target, name))
        return _odd(engine, target, name, hook)
    if tables.has_readers(kind):
        return read_table(engine, target, name)
    found = find(kind, name)
    shape = type(found)
    if issubclass(shape, property):
        if user_function(engine, found.fget):
            return _fallback(engine, target, name, found.fget, (target,))
        return _described(engine, target, name, found)
    if (found is MISSING or not is_data(found)) and keys_are_attributes(target):
        from .quieting import quiet

        if engine.chains.of or engine.chains.everything:
            quiet(engine, target)
        if dict.__contains__(target, name):
            return known(dict.__getitem__(target, name))
    own = fields(target)
    if own is not None and hooked(own, name):
        return own[name].original
    behind = found is MISSING or not is_data(found)
    if behind and own is not None and name in own and not is_open(engine, target, name):
        return known(own[name])
    if issubclass(shape, SLOT) and not (own is not None and name == "__dict__"):
        return _location(engine, target, name, lambda: getattr(target, name))
    if engine.chains.of and issubclass(shape, BOUND):
        found = _settled(engine, kind, name, found)
    if issubclass(type(found), BOUND) and not (own is not None and name in own) and not _may_be_stored(engine, target, name):
        return getattr(target, name)  # what may happen to the object does not hide its methods
    if behind and own is not None:

        def again() -> Any:
            return get_attribute(target, name)

        if name in own or is_open(engine, target, name):
            value = _location(engine, target, name, lambda: known(own.get(name, late_loads.ABSENT)), again)
            if value is not late_loads.ABSENT:
                return value
    if found is MISSING:
        if engine.chains.of and _settled(engine, kind, name, MISSING) is not MISSING:
            return get_attribute(target, name)
        hook = find(kind, "__getattr__")
        return getattr(target, name) if hook is MISSING else _odd(engine, target, name, hook)
    if is_a(found, BOUND) or type(found) is _TUPLE_FIELD:
        return getattr(target, name)
    if find(type(found), "__get__") is MISSING:
        return _in_bases(engine, kind, name, _for_instances, partial(get_attribute, target, name))
    return _described(engine, target, name, found)


def _may_be_stored(engine: Engine, target: Any, name: str) -> bool:
    chain = engine.chains.of.get((id(target), name))
    return chain is not None and bool(chain.writes)


def _of_function(engine: Engine, target: Any, name: str) -> Any:
    """An attribute that the program has given to a function."""
    function = target.__func__ if type(target) is types.MethodType else target
    if type(function) is not types.FunctionType:
        return getattr(target, name)

    def get() -> Any:
        return function.__dict__.get(name, late_loads.ABSENT)

    value = _location(engine, function, name, get, lambda: get_attribute(target, name))
    return getattr(function, name) if value is late_loads.ABSENT else value


_FUNCTIONS = frozenset({types.FunctionType, types.MethodType})
# Of the standard library, with values whose properties only read them
_PURE_PROPERTIES = frozenset({"datetime", "fractions", "ipaddress", "numbers", "pathlib", "statistics", "urllib", "uuid"})


def enum_reader(found: Any) -> Any:
    """The function behind `name`, `value` or another property of a member of an enumeration."""
    return found.fget if is_a(found, (enum.property, types.DynamicClassAttribute)) else None


def attribute_or_error(target: Any, name: str) -> Any:
    """`target.name` for a caller that handles its AttributeError: what code of the program's answers is waited for."""
    engine = current.engine
    kind = type(target)
    hooks = [find(kind, hook) for hook in ("__getattribute__", "__getattr__")]
    found = find(kind, name)
    hooks.append(found.fget if is_a(found, property) else find(type(found), "__get__"))
    hooks.append(getattr(found, "func", None) if type(found) is cached_property else None)
    if is_open(engine, target, name) or any(type(hook) is types.FunctionType for hook in hooks):
        return _probed(target, name, lambda: get_attribute(target, name))
    return get_attribute(target, name)


def _probed(target: Any, name: str, make: Callable[[], Any]) -> Any:
    from .probing import probe

    return probe(getattr, (target, name), AttributeError, make)


def _fallback(engine: Engine, target: Any, name: str, read: Any, args: tuple[Any, ...]) -> Any:
    """`read(*args)`, and `__getattr__` if that raises AttributeError."""
    from . import calls

    hook = find(type(target), "__getattr__")
    if hook is MISSING:
        return calls.invoke(read, args, {})
    try:
        return _probed(target, name, lambda: calls.invoke(read, args, {}))
    except AttributeError:
        return _odd(engine, target, name, hook)


def _settled(engine: Engine, kind: type, name: str, found: Any) -> Any:
    """What a class has under `name`, once earlier changes of the class have been made."""
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    for base in kind.__mro__:
        if (id(base), name) in engine.chains.of and engine.chains.probe((id(base), name), READ, position) is not None:
            engine.in_order("a method that may be replaced")
            return find(kind, name)
    return found


def is_data(found: Any) -> bool:
    """Whether what stands in a class comes before the instance dict. Without `__get__` it is what that falls back to."""
    kind = type(found)
    if find(kind, "__get__") is MISSING:
        return False
    return find(kind, "__set__") is not MISSING or find(kind, "__delete__") is not MISSING


BOUND = (types.FunctionType, staticmethod, classmethod, *NATIVE)


def _of_super(engine: Engine, target: Any, name: str) -> Any:
    """An attribute through `super()`: methods are bound without calling anything."""
    start = target.__thisclass__
    mro = target.__self_class__.__mro__ if target.__self_class__ is not None else ()
    for base in mro[mro.index(start) + 1 :] if start in mro else ():
        found = base.__dict__.get(name, MISSING)
        if found is MISSING:
            continue
        if is_a(found, property) and target.__self__ is not target.__self_class__ and user_function(engine, found.fget):
            from . import calls

            return calls.invoke(found.fget, (target.__self__,), {})
        if is_a(found, BOUND) or not hasattr(type(found), "__get__"):
            return getattr(target, name)
        break
    return in_order(engine, getattr, (target, name), None)


_TUPLE_FIELD = type(vars(namedtuple("_Pair", "one"))["one"])

BUILTIN = frozenset({
    list, dict, tuple, set, frozenset, bytearray, types.FunctionType, types.BuiltinFunctionType, types.GeneratorType, slice,
    types.MethodType, property, memoryview,
})  # fmt: skip


def read_table(engine: Engine, target: Any, name: str) -> Any:
    """An attribute of an array, a table or what reads one, when no write stands before it."""
    from .quieting import quiet

    if (engine.chains.of or engine.chains.everything) and name not in tables.ACCESSORS:
        for one in (target, *tables.locations(target, write=False)):
            quiet(engine, one)
    return getattr(target, name)


def is_open(engine: Engine, target: Any, name: str) -> bool:
    of = engine.chains.of
    return (id(target), name) in of or id(target) in of or bool(engine.chains.everything)


def _location(engine: Engine, target: Any, name: str, get: Callable[[], Any], again: Callable[[], Any] | None = None) -> Any:
    if not engine.chains.of and not engine.chains.everything:
        return known(get())
    key = (id(target), name)
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    whole = engine.chains.probe(id(target), READ, position)
    if whole is not None and whole.key is not None:
        last = engine.chains.last_write(key, position)
        if last is None or last.position < whole.position:
            return late_loads.read_later(engine, key, lambda: known(get()), name, again, id(target), id(target))
    return known(variables.read(engine, key, lambda: known(get()), name, again, id(target)))


def _described(engine: Engine, target: Any, name: str, found: Any) -> Any:
    """An attribute behind a descriptor of a library's: known to be harmless, or unknown code."""
    if is_a(target, enum.Enum):
        read = enum_reader(found)
        if getattr(read, "__module__", "") == "enum":
            return getattr(target, name)
        if read is not None and user_function(engine, read):
            from . import calls

            return calls.invoke(read, (target,), {})
    is_pure = known_libraries.attribute_is_pure(target, name) or known_libraries.is_pydantic_model(target)
    if is_pure or type(found).__name__ == "cython_function_or_method":
        return getattr(target, name)
    from . import calls

    get: Callable[[], Any] | None = None
    if is_a(found, property) and user_function(engine, found.fget):

        def get() -> Any:
            return calls.invoke(found.fget, (target,), {})

    elif (getter := method(engine, found, "__get__")) is not None:

        def get() -> Any:
            return calls.invoke(getter, (found, target, type(target)), {})

    elif is_a(found, property) and getattr(found.fget, "__module__", "").partition(".")[0] in _PURE_PROPERTIES:
        return getattr(target, name)

    if get is not None:
        hook = find(type(target), "__getattr__")
        if hook is MISSING:
            return get()
        try:
            return engine.force(get())
        except AttributeError:
            return _odd(engine, target, name, hook)
    if type(found).__name__ in ("cached_property",) and hasattr(found, "func") and user_function(engine, found.func):
        from . import models_glue

        return models_glue.cached_property(engine, target, found)
    return in_order(engine, getattr, (target, name), None)


def _odd(engine: Engine, target: Any, name: str, hook: Any) -> Any:
    if known_libraries.attribute_is_pure(target, name) or known_libraries.is_pydantic_model(target):
        return getattr(target, name)
    if user_function(engine, hook):
        from . import calls

        return calls.invoke(hook, (target, name), {})
    return in_order(engine, getattr, (target, name), None)


def _of_module(engine: Engine, module: types.ModuleType, name: str) -> Any:
    scope = engine.namespaces.get(id(module.__dict__))
    if scope is not None and name in module.__dict__:
        return variables.load(scope, name)
    if module is sys and name in engine.streams:
        from .printing import redirected  # which is built upon this module

        redirected(engine, name)
    return getattr(module, name)


def _of_class(engine: Engine, cls: type, name: str) -> Any:
    answer = _through_hooks(engine, cls, name)
    return answer if answer is not MISSING else _in_bases(engine, cls, name, getattr, partial(_of_class, engine, cls, name))


def _in_bases(engine: Engine, cls: type, name: str, get: Callable[[type, str], Any], again: Callable[[], Any]) -> Any:
    """An attribute that a class or one of its bases has, by `get`."""
    if not engine.chains.of and not engine.chains.everything:
        return known(get(cls, name))
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    for base in cls.__mro__:
        key = (id(base), name)
        if name in base.__dict__:
            return variables.read(engine, key, lambda: known(get(cls, name)), name)
        if key in engine.chains.of and engine.chains.probe(key, READ, position) is not None:  # it may be set there
            return variables.read(engine, key, partial(_set_by, base, cls, name, get), name, again)
    return get(cls, name)


def _set_by(base: type, cls: type, name: str, get: Callable[[type, str], Any]) -> Any:
    return known(get(cls, name)) if name in base.__dict__ else late_loads.ABSENT


def _for_instances(cls: type, name: str) -> Any:
    """What instances find in their class: neither its metaclass nor what classes have themselves, as `__name__`, hides it."""
    found = find(cls, name)
    return found if find(type(found), "__get__") is MISSING else getattr(cls, name)


def _through_hooks(engine: Engine, cls: type, name: str) -> Any:
    """An attribute of a class that the user's code answers for: a descriptor in it, or its metaclass. MISSING if none does."""
    from . import calls

    meta = type(cls)
    found = find(cls, name)
    if meta is not type:
        hook = find(meta, "__getattribute__")
        if type(hook) is types.FunctionType:
            return _odd(engine, cls, name, hook)
        described = find(meta, name)
        if is_a(described, property) and user_function(engine, described.fget):
            return calls.invoke(described.fget, (cls,), {})
        hook = find(meta, "__getattr__")
        if found is MISSING and described is MISSING and hook is not MISSING:
            return _odd(engine, cls, name, hook)
    getter = method(engine, found, "__get__")
    return MISSING if getter is None else calls.invoke(getter, (found, None, cls), {})


def _pending_attribute(engine: Engine, target: Placeholder, name: str) -> Any:
    op = engine.operation("attribute", name, here())
    shape = None if target.shape is None else shapes.attribute(target.shape, name)
    result: Placeholder
    whole = may_be(target)
    if shape is not None and shapes.is_atom(shape):
        result = op.result = PendingAtom(op, ())
    else:
        result = op.result = PendingAttribute(op, target, name)
        result.aliases = None if target.aliases is None else (target, *target.aliases, *_named(engine, whole, name))
        result.shape = shape
    op.touches = tuple  # what it turns out to be is asked for what it has: the entries are of what it may be
    for one in whole:
        engine.enter(op, id(one) if type(one) in KINDS or not _simply(one, name) else (id(one), name), READ)
    if target.aliases is None:
        engine.enter_everything(op)  # nobody knows what the attribute does
    op.keep = target
    op.needs = lambda: missing(engine, (target,), None)

    def run() -> None:
        from .natives import run_as_strand

        value = known(target)
        if type(value) in ATOMS or type(value) in BUILTIN:
            try:
                engine.finish_operation(op, getattr(value, name))
            except BaseException as error:
                engine.fail_operation(op, error)
        else:
            run_as_strand(engine, op, lambda: get_attribute(value, name))

    op.run = run
    engine.attempt(op)
    return known(result)


def _simply(target: Any, name: str) -> bool:
    """Whether a read of an attribute touches nothing but that."""
    kind: Any = type(target)
    if fields(target) is None or kind.__getattribute__ is not object.__getattribute__ or find(kind, "__getattr__") is not MISSING:
        return False
    found = find(kind, name)
    return found is MISSING or is_a(found, BOUND) or not hasattr(type(found), "__get__")


_CONTAINERS = frozenset({list, dict, set, tuple, frozenset})


def _named(engine: Engine, whole: Sequence[Any], name: str) -> list[Any]:
    """What the attribute is of those objects that a pending value may turn out to be."""
    objects: dict[int, Any] = {id(one): one for one in whole}
    for one in whole:
        chain = engine.chains.of.get(id(one))
        objects.update(chain.children or {} if chain is not None else {})
    found: list[Any] = []
    containers: dict[type, Any] = {}  # of builtin ones, which have nothing of their own, one will do
    others = [one for one in objects.values() if type(one) not in _CONTAINERS or containers.setdefault(type(one), one) is one]
    for one in others:
        if type(one) in KINDS:
            found += classes_of(one) if name == "__class__" else ()
            continue
        own = fields(one)
        if own is not None and name in own and not hooked(own, name):
            value = known(own[name])
        else:
            value = type(one) if name == "__class__" else find(type(one), name)
        if value is not None and type(value) not in ATOMS and not is_a(value, BOUND):
            found.append(value)
    return found


def is_users(engine: Engine, module: types.ModuleType) -> bool:
    if id(module.__dict__) in engine.namespaces or module.__name__ == "__main__":
        return True
    file = getattr(module, "__file__", None)
    return file is not None and engine.compiler.sources.is_user_code(file)


def user_function(engine: Engine, function: Any) -> bool:
    return is_a(function, types.FunctionType) and engine.compiler.function(function) is not None


def method(engine: Engine, target: Any, name: str) -> Any:
    """The user's function behind a special method of `target`'s class, or None."""
    found = find(type(target), name)
    if engine.chains.of:
        found = _settled(engine, type(target), name, found)
    if is_a(found, types.FunctionType) and user_function(engine, found):
        return found
    return None
