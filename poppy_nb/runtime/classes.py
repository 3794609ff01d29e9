"""Classes of the user's: attributes, properties, special methods and constructors, each in its mediated form."""

from __future__ import annotations

import enum
import types
from collections.abc import Callable
from typing import Any

from poppy_nb import effects, looking
from poppy_nb import known as known_libraries

from . import current, undo, variables
from .chains import READ, WRITE
from .engine import Engine, here
from .hazards import ATOMS, missing, roots
from .natives import defer, in_order, perform
from .placeholder import KINDS, PendingAttribute, Placeholder, known
from .strands import Kill
from .streams import hooked


_MISSING = object()
_SLOT = (types.MemberDescriptorType, types.GetSetDescriptorType)
_NATIVE = (types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType, types.BuiltinFunctionType)

SPECIAL = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "<<": "lshift",
    ">>": "rshift", "&": "and", "|": "or", "^": "xor", "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
_REFLECTED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


def find(cls: type, name: str) -> Any:
    """What the class and its bases have under `name`, without running descriptors."""
    for base in cls.__mro__:
        found = base.__dict__.get(name, _MISSING)
        if found is not _MISSING:
            return found
    return _MISSING


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
    if kind in ATOMS or kind in _BUILTIN:
        return getattr(target, name)
    if issubclass(kind, types.ModuleType):
        return _of_module(engine, target, name)
    if looking.is_a(target, type):
        if name == "__members__" and looking.is_a(target, enum.EnumMeta):
            return target.__members__
        return _of_class(engine, target, name)
    if kind is super:
        return _of_super(engine, target, name)
    if kind.__getattribute__ is not object.__getattribute__ and type(kind.__getattribute__) is not types.WrapperDescriptorType:
        hook = find(kind, "__getattribute__")
        if _user_function(engine, hook):
            return _fallback(engine, target, name, hook, (target, name))
        return _odd(engine, target, name, hook)
    found = find(kind, name)
    if isinstance(found, property) and _user_function(engine, found.fget):
        return _fallback(engine, target, name, found.fget, (target,))
    fields = looking.fields(target)
    if fields is not None and hooked(fields, name):
        return fields[name].original
    if fields is not None and name in fields and not hasattr(type(found), "__set__") and not _open(engine, target, name):
        return known(fields[name])
    if isinstance(found, _SLOT) and not (fields is not None and name == "__dict__"):
        return _location(engine, target, name, lambda: getattr(target, name))
    if engine.chains.of and isinstance(found, _BOUND):
        found = _settled(engine, kind, name, found)
    if isinstance(found, _BOUND) and not (fields is not None and name in fields) and (id(target), name) not in engine.chains.of:
        return getattr(target, name)  # what may happen to the object does not hide its methods
    if fields is not None and not hasattr(type(found), "__set__"):

        def again() -> Any:
            return get_attribute(target, name)

        if name in fields or _open(engine, target, name):
            value = _location(engine, target, name, lambda: known(fields.get(name, variables.ABSENT)), again)
            if value is not variables.ABSENT:
                return value
    if found is _MISSING:
        hook = find(kind, "__getattr__")
        return getattr(target, name) if hook is _MISSING else _odd(engine, target, name, hook)
    if isinstance(found, _BOUND):
        return getattr(target, name)
    if not hasattr(type(found), "__get__"):
        return _of_class(engine, kind, name)
    return _described(engine, target, name, found)


# Of the standard library, with values whose properties only read them
_PURE_PROPERTIES = frozenset({"datetime", "fractions", "ipaddress", "numbers", "pathlib", "statistics", "urllib", "uuid"})


def enum_reader(found: Any) -> Any:
    """The function behind `name`, `value` or another property of a member of an enumeration."""
    return found.fget if isinstance(found, (enum.property, types.DynamicClassAttribute)) else None


def attribute_or_error(target: Any, name: str) -> Any:
    """`target.name` for a caller that handles its AttributeError: what code of the program's answers is waited for."""
    engine = current.engine
    kind = type(target)
    hooks = [find(kind, hook) for hook in ("__getattribute__", "__getattr__")]
    found = find(kind, name)
    hooks.append(found.fget if isinstance(found, property) else getattr(found, "func", None))
    if _open(engine, target, name) or any(isinstance(hook, types.FunctionType) for hook in hooks):
        return _probed(target, name, lambda: get_attribute(target, name))
    return get_attribute(target, name)


def _probed(target: Any, name: str, make: Callable[[], Any]) -> Any:
    from .probing import probe

    return probe(getattr, (target, name), AttributeError, make)


def _fallback(engine: Engine, target: Any, name: str, read: Any, args: tuple[Any, ...]) -> Any:
    """`read(*args)`, and `__getattr__` if that raises AttributeError."""
    from . import calls

    hook = find(type(target), "__getattr__")
    if hook is _MISSING:
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


_BOUND = (types.FunctionType, staticmethod, classmethod, *_NATIVE)


def _of_super(engine: Engine, target: Any, name: str) -> Any:
    """An attribute through `super()`: methods are bound without calling anything."""
    start = target.__thisclass__
    mro = target.__self_class__.__mro__ if target.__self_class__ is not None else ()
    for base in mro[mro.index(start) + 1 :] if start in mro else ():
        found = base.__dict__.get(name, _MISSING)
        if found is _MISSING:
            continue
        if isinstance(found, property) and _user_function(engine, found.fget):
            from . import calls

            return calls.invoke(found.fget, (target.__self__,), {})
        if isinstance(found, _BOUND) or not hasattr(type(found), "__get__"):
            return getattr(target, name)
        break
    return in_order(engine, getattr, (target, name), None)


_BUILTIN = frozenset({
    list, dict, tuple, set, frozenset, bytearray, types.FunctionType, types.BuiltinFunctionType, types.GeneratorType, slice,
    types.MethodType, property, memoryview,
})  # fmt: skip


def _open(engine: Engine, target: Any, name: str) -> bool:
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
            key = id(target)  # type: ignore[assignment]
    return known(variables.read(engine, key, lambda: known(get()), name, again))


def _described(engine: Engine, target: Any, name: str, found: Any) -> Any:
    """An attribute behind a descriptor of a library's: known to be harmless, or unknown code."""
    if looking.is_a(target, enum.Enum):
        read = enum_reader(found)
        if getattr(read, "__module__", "") == "enum":
            return getattr(target, name)
        if read is not None and _user_function(engine, read):
            from . import calls

            return calls.invoke(read, (target,), {})
    if known_libraries.attribute_is_pure(target, name) or known_libraries.is_pydantic_model(target):
        return getattr(target, name)
    if isinstance(found, property):
        if _user_function(engine, found.fget):
            from . import calls

            return calls.invoke(found.fget, (target,), {})
        if getattr(found.fget, "__module__", "").partition(".")[0] in _PURE_PROPERTIES:
            return getattr(target, name)
    if type(found).__name__ in ("cached_property",) and hasattr(found, "func") and _user_function(engine, found.func):
        from . import models_glue

        return models_glue.cached_property(engine, target, found)
    return in_order(engine, getattr, (target, name), None)


def _odd(engine: Engine, target: Any, name: str, hook: Any) -> Any:
    if known_libraries.attribute_is_pure(target, name) or known_libraries.is_pydantic_model(target):
        return getattr(target, name)
    if _user_function(engine, hook):
        from . import calls

        return calls.invoke(hook, (target, name), {})
    return in_order(engine, getattr, (target, name), None)


def _of_module(engine: Engine, module: types.ModuleType, name: str) -> Any:
    scope = engine.namespaces.get(id(module.__dict__))
    if scope is not None and name in module.__dict__:
        return variables.load(scope, name)
    return getattr(module, name)


def _of_class(engine: Engine, cls: type, name: str) -> Any:
    if not engine.chains.of and not engine.chains.everything:
        return known(getattr(cls, name))
    for base in cls.__mro__:
        if name in base.__dict__ or (id(base), name) in engine.chains.of:
            return variables.read(engine, (id(base), name), lambda: known(getattr(cls, name)), name)
    return getattr(cls, name)


def _pending_attribute(engine: Engine, target: Placeholder, name: str) -> Any:
    op = engine.operation("attribute", name, here())
    result = op.result = PendingAttribute(op, target, name)
    result.aliases = None if target.aliases is None else (target, *target.aliases)
    for one in roots(target):
        engine.enter(op, id(one), READ)
    if target.aliases is None:
        engine.enter_everything(op)  # nobody knows what the attribute does
    op.keep = target
    op.needs = lambda: missing(engine, (target,), None)

    def run() -> None:
        from .natives import run_as_strand

        value = known(target)
        if type(value) in ATOMS or type(value) in _BUILTIN:
            try:
                engine.finish_operation(op, getattr(value, name))
            except BaseException as error:
                engine.fail_operation(op, error)
        else:
            run_as_strand(engine, op, lambda: get_attribute(value, name))

    op.run = run
    engine.attempt(op)
    return known(result)


# --- stores


def set_attribute(target: Any, name: str, value: Any) -> None:
    """`target.name = value`."""
    engine = current.engine
    if engine.killing:
        raise Kill
    target = known(target)
    value = known(value)
    if type(target) in KINDS:
        defer(engine, None, (0,), setattr, (target, name), None, lambda: set_attribute(target, name, value), f"set {name}")
        return
    kind: Any = type(target)
    setter = kind.__setattr__
    if looking.is_a(target, type):
        if type(value) in KINDS:
            value = engine.force(value)
        if setter is not type.__setattr__ or _binds(value) or _binds(find(target, name)):
            # methods are looked up without a look at the chains, by the class of an object that may be anywhere
            in_order(engine, setattr, (target, name, value), None)
            effects.forget(target)
        else:
            _store(engine, target, name, value)
        return
    if issubclass(kind, types.ModuleType):
        if not _is_users(engine, target):
            in_order(engine, setattr, (target, name, value), None)
            return
        variables.store(variables.scope_of(engine, target.__dict__), name, value)
        return
    if setter is not object.__setattr__:
        hook = find(kind, "__setattr__")
        if _user_function(engine, hook):
            from . import calls

            calls.invoke(hook, (target, name, value), {})
        else:
            in_order(engine, setattr, (target, name, value), None)
        return
    found = find(kind, name)
    if isinstance(found, property):
        if found.fset is not None and _user_function(engine, found.fset):
            from . import calls

            calls.invoke(found.fset, (target, value), {})
        else:
            in_order(engine, setattr, (target, name, value), None)
        return
    if name in _DEEP or (found is not _MISSING and hasattr(type(found), "__set__") and not isinstance(found, _SLOT)):
        in_order(engine, setattr, (target, name, value), None)
        return
    if isinstance(found, _BOUND):
        in_order(engine, setattr, (target, name, value), None)  # hides a method
        return
    if isinstance(found, types.GetSetDescriptorType):
        value = engine.force(value)  # its setter looks at what it gets
    _store(engine, target, name, value)


_DEEP = frozenset({"__class__", "__dict__", "__code__", "__defaults__", "__kwdefaults__"})  # what calls and lookups go by


def _binds(value: Any) -> bool:
    """Whether a class attribute is a method, a property or the like."""
    return value is not _MISSING and hasattr(type(value), "__get__")


def store_attribute(engine: Engine, target: Any, name: str, value: Any) -> None:
    """`object.__setattr__(target, name, value)`: past the class's own `__setattr__`."""
    if not engine.unretired:
        object.__setattr__(target, name, value)
    else:
        _store(engine, target, name, value)


def _is_users(engine: Engine, module: types.ModuleType) -> bool:
    if id(module.__dict__) in engine.namespaces or module.__name__ == "__main__":
        return True
    file = getattr(module, "__file__", None)
    return file is not None and engine.compiler.sources.is_user_code(file)


def delete_attribute(target: Any, name: str) -> None:
    """`del target.name`."""
    engine = current.engine
    target = engine.force(target)
    kind: Any = type(target)
    if find(kind, name) is not _MISSING or kind.__delattr__ is not object.__delattr__ or looking.is_a(target, type):
        in_order(engine, delattr, (target, name), None)
        if looking.is_a(target, type):
            effects.forget(target)
        return
    value = get_attribute(target, name)
    if type(value) in KINDS:
        engine.force(value)
    if not engine.unretired:
        delattr(target, name)
        return
    variables._store(engine, (id(target), name), name, variables._DELETED, _setter(engine, target, name))


def _store(engine: Engine, target: Any, name: str, value: Any) -> None:
    if not engine.unretired:
        setattr(target, name, value)
        return
    put = _setter(engine, target, name)
    strand = engine.current
    position = (*strand.path, strand.count + 1)
    whole = engine.chains.probe(id(target), WRITE, position)
    if whole is not None:
        defer_store(engine, target, name, value, put)
        return
    variables._store(engine, (id(target), name), name, value, put)


def defer_store(engine: Engine, target: Any, name: str, value: Any, put: Callable[[Any], Callable[[], None]]) -> None:
    """A store that waits for something that may touch the whole object."""
    op = engine.operation("store", name, here())
    engine.enter(op, (id(target), name), 3, value)
    engine.enter(op, id(target), WRITE)
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
        fields = looking.fields(target)
        if looking.is_a(target, type):
            return target.__dict__.get(name, _MISSING)
        if fields is not None and name in fields:
            return fields[name]
        if isinstance(find(type(target), name), _SLOT):
            return getattr(target, name, _MISSING)
        return _MISSING

    def put(value: Any) -> Callable[[], None]:
        old = current_value()
        if (value is _MISSING or value is variables._DELETED) and old is not _MISSING:
            back = undo.before("delattr", (target, name))  # to its place among the others
            restore(value)
            if type(old) not in KINDS:
                return back
        restore(value)
        return lambda: restore(old)

    set_plainly = type.__setattr__ if looking.is_a(target, type) else object.__setattr__

    def restore(value: Any) -> None:
        if value is _MISSING or value is variables._DELETED:
            if current_value() is not _MISSING:
                (type.__delattr__ if looking.is_a(target, type) else object.__delattr__)(target, name)
            return
        value = known(value)
        set_plainly(target, name, value)
        if type(value) in KINDS:
            fields = looking.fields(target)
            if fields is not None and name in fields:
                engine.slots.add(value, fields, name)
            else:
                engine.slots.add(value, target, name)

    return put


# --- special methods


def _user_function(engine: Engine, function: Any) -> bool:
    return isinstance(function, types.FunctionType) and engine.compiler.function(function) is not None


def method(engine: Engine, target: Any, name: str) -> Any:
    """The user's function behind a special method of `target`'s class, or None."""
    found = find(type(target), name)
    if engine.chains.of:
        found = _settled(engine, type(target), name, found)
    if isinstance(found, types.FunctionType) and _user_function(engine, found):
        return found
    return None


def special(kind: str, symbol: str, function: Callable[..., Any], operands: tuple[Any, ...]) -> Any:
    """An operator on operands of classes of the user's or of libraries."""
    engine = current.engine
    from . import calls

    first = operands[0]
    if kind in ("getitem", "setitem", "delitem"):
        found = method(engine, first, f"__{kind}__")
        if found is not None:
            return calls.invoke(found, operands, {})
        row = effects.method(type(first), f"__{kind}__")
        if row is not None and row.model is None:
            return perform(row, function, operands, None, lambda: function(*operands))
        if looking.is_a(first, type) and kind == "getitem":
            if first.__module__ != "builtins":
                return in_order(engine, function, operands, None)
            return perform(_GENERIC, function, operands, None, lambda: function(*operands))
    elif kind == "bool":
        found = method(engine, first, "__bool__")
        if found is not None:
            return check_bool(calls.invoke(found, (first,), {}))
        found = method(engine, first, "__len__")
        if found is not None:
            from .operators import truth

            return truth(calls.invoke(found, (first,), {}))
        if find(type(first), "__bool__") is _MISSING and find(type(first), "__len__") is _MISSING:
            return True
    elif kind == "unary":
        found = method(engine, first, _UNARY[symbol])
        if found is not None:
            return calls.invoke(found, (first,), {})
    elif kind == "compare" and symbol in ("in", "not in"):
        found = method(engine, operands[1], "__contains__")
        if found is not None:
            from .operators import not_, truth

            result = truth(calls.invoke(found, (operands[1], first), {}))
            return not_(result) if symbol == "not in" else result
        row = _GENERIC if isinstance(operands[1], enum.EnumMeta) else effects.method(type(operands[1]), "__contains__")
        if row is not None and row.model is None:
            swapped = operands[1], first
            return perform(row, lambda container, item: function(item, container), swapped, None, lambda: function(*operands))
    elif kind in ("binary", "inplace", "compare"):
        result = _binary(engine, kind, symbol, operands)
        if result is not NotImplemented:
            return result
        name = SPECIAL[symbol]
        row = effects.method(type(first), f"__{name}__") or effects.method(type(operands[1]), f"__r{name}__")
        if row is not None and row.model is None:
            return perform(row, function, operands, None, lambda: function(*operands))
    return in_order(engine, function, operands, None)


_GENERIC = effects.Effect("generic", (effects.OBJECT,))


def check_bool(value: Any) -> Any:
    """`__bool__` has to answer with a bool."""
    engine = current.engine
    value = engine.force(value)
    if type(value) is not bool:
        raise TypeError(f"__bool__ should return bool, returned {type(value).__name__}")
    return value


def _binary(engine: Engine, kind: str, symbol: str, operands: tuple[Any, ...]) -> Any:
    """The user's methods for a binary operator, tried in Python's order. NotImplemented: none of them is the user's."""
    from . import calls

    a, b = operands
    name = SPECIAL[symbol]
    reflected = _REFLECTED[name] if kind == "compare" else f"r{name}"
    forward, backward = (a, f"__{name}__", b), (b, f"__{reflected}__", a)
    both = [backward, forward] if type(b) is not type(a) and issubclass(type(b), type(a)) else [forward, backward]
    if kind != "compare" and type(a) is type(b):
        both = [forward]
    tries = [(a, f"__i{name}__", b), *both] if kind == "inplace" else both
    asked = False
    for target, method_name, other in tries:
        found = find(type(target), method_name)
        if found is _MISSING or found is None:
            continue
        function = method(engine, target, method_name)
        if function is None:
            if found is object.__ne__:
                answer = _not_of(engine, target, other)
                if answer is NotImplemented:
                    continue
                return answer
            if found is find(object, method_name) or type(target) in ATOMS or type(target) in _BUILTIN:
                # A builtin answers at once, and knows nothing of the user's class
                answer = getattr(target, method_name)(other) if type(other) not in KINDS else NotImplemented
                if answer is not NotImplemented and type(target) in ATOMS | _BUILTIN:
                    return answer
                if answer is not NotImplemented and not asked and method_name not in ("__eq__", "__ne__"):
                    return NotImplemented
                if answer is not NotImplemented:
                    return _not_of(engine, target, other) if method_name == "__ne__" else answer
                continue
            if asked:
                raise NotImplementedError(f"{symbol} of classes that are the user's in part")
            return NotImplemented
        asked = True
        result = calls.invoke(function, (target, other), {})
        if type(result) in KINDS and not _answers(function):
            result = engine.force(result)
        if known(result) is not NotImplemented:
            return result
    if not asked:
        return NotImplemented
    if kind == "compare" and name in ("eq", "ne"):
        return (a is b) is (name == "eq")
    left, right = type(a).__name__, type(b).__name__
    if kind == "compare":
        raise TypeError(f"'{symbol}' not supported between instances of '{left}' and '{right}'")
    shown = {"**": "** or pow()"}.get(symbol, symbol) if kind == "binary" else f"{symbol}="
    raise TypeError(f"unsupported operand type(s) for {shown}: '{left}' and '{right}'")


def _not_of(engine: Engine, target: Any, other: Any) -> Any:
    """`object.__ne__` asks `__eq__`."""
    from . import calls
    from .operators import not_

    function = method(engine, target, "__eq__")
    if function is None:
        return target is not other
    result = calls.invoke(function, (target, other), {})
    result = engine.force(result)
    return NotImplemented if result is NotImplemented else not_(result)


def _answers(function: types.FunctionType) -> bool:
    """Whether a special method can never answer NotImplemented, so that its result need not be known."""
    code = function.__code__
    return "NotImplemented" not in code.co_names
