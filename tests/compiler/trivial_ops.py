"""The operations of generated code without a runtime: at once, in order, no placeholders. What is left is what code generation itself does."""

from __future__ import annotations

import builtins
import functools
import operator
import sys
import types
from typing import Any

from poppy_nb.compiler.compiler import Compiler


class Scope:
    """`in` and subscripts are those of local variables, as plain forms use them."""

    def __contains__(self, name):
        return name in self.names

    def __getitem__(self, name):
        return self.names[name]

    def __init__(self, names, module, cells, parent=None):
        self.names = names
        self.globals = module
        self.cells = cells
        self.parent = parent
        self.free = parent.free if parent is not None else ()


class Star:
    def __init__(self, value):
        self.value = value


class Lazy:
    def __init__(self, items):
        self.items = items


SKIP = object()
MEDIATED = object()
UNPACK = object()
MISSING = object()
BINARY = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
    "**": operator.pow, "<<": operator.lshift, ">>": operator.rshift, "|": operator.or_, "&": operator.and_, "^": operator.xor,
    "@": operator.matmul,
}  # fmt: skip
INPLACE = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv, "//": operator.ifloordiv, "%": operator.imod,
    "**": operator.ipow, "<<": operator.ilshift, ">>": operator.irshift, "|": operator.ior, "&": operator.iand, "^": operator.ixor,
    "@": operator.imatmul,
}  # fmt: skip
COMPARE = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "is": operator.is_,
    "is not": operator.is_not, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b,
}  # fmt: skip
UNARY = {"-": operator.neg, "+": operator.pos, "~": operator.invert}


class Trivial:
    """A compiler with its operations.

    `pending` makes tests of branches pend, so that the regions of branches are run; `plain`: whatever has a plain form runs in it.
    """

    def __init__(self, *, pending: bool = False, plain: bool = False) -> None:
        self.pending = pending
        self.plain = plain
        self.calls = 0
        self.compiler = Compiler(self.table())

    def table(self) -> dict[str, object]:
        names = [name for name in dir(self) if name.startswith("op_")]
        table = {name[3:]: getattr(self, name) for name in names}
        table.update(
            mediated=MEDIATED, skip=SKIP, unpack_mark=UNPACK, star=Star, super_=super, getattr=getattr, setattr=setattr, delattr=delattr, slice=slice
        )
        return table

    def run_cell(self, cell: Any, namespace: dict[str, Any]) -> Any:
        assert cell.run is not None, cell.reason
        return cell.run(Scope(namespace, namespace, {}))

    # --- variables

    def op_enter(self, bindings, cells, names):
        assert list(names) == sorted(names)
        assert len(cells or ()) == len(names)
        scope = Scope(bindings, sys._getframe(1).f_globals, dict(zip(names, cells or (), strict=True)))
        scope.free = sys._getframe(1).f_code.co_freevars
        return scope

    def op_load(self, scope, name):
        if scope.names is scope.globals:
            return self.op_load_global(scope, name)
        if name not in scope.names:
            raise UnboundLocalError(f"cannot access local variable '{name}' where it is not associated with a value")
        return scope.names[name]

    def op_store(self, scope, name, value):
        scope.names[name] = value

    def op_delete(self, scope, name):
        self.op_load(scope, name)
        if name not in scope.names:
            raise NameError(f"name '{name}' is not defined")
        del scope.names[name]

    def op_load_global(self, scope, name):
        value = scope.globals.get(name, MISSING)
        if value is MISSING:
            found = scope.globals.get("__builtins__", builtins)
            value = (found if isinstance(found, dict) else vars(found)).get(name, MISSING)
            if value is MISSING:
                raise NameError(f"name '{name}' is not defined", name=name)
        return value

    def op_store_global(self, scope, name, value):
        scope.globals[name] = value

    def op_delete_global(self, scope, name):
        if name not in scope.globals:
            raise NameError(f"name '{name}' is not defined")
        del scope.globals[name]

    def op_load_cell(self, scope, name):
        cell = scope.cells[name]
        try:
            return cell.cell_contents
        except ValueError:
            pass
        if name in scope.free:
            raise NameError(f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope")
        raise UnboundLocalError(f"cannot access local variable '{name}' where it is not associated with a value")

    def op_store_cell(self, scope, name, value):
        scope.cells[name].cell_contents = value

    def op_delete_cell(self, scope, name):
        self.op_load_cell(scope, name)
        del scope.cells[name].cell_contents

    # --- operators

    def op_unary(self, op, a):
        return UNARY[op](a)

    def op_binary(self, op, a, b):
        return BINARY[op](a, b)

    def op_inplace(self, op, a, b):
        return INPLACE[op](a, b)

    def op_compare(self, op, a, b):
        return COMPARE[op](a, b)

    def op_truth(self, v):
        if isinstance(v, Pending):
            return v
        return Pending(bool(v)) if self.pending else bool(v)

    def op_not_(self, v):
        return Pending(not v.value) if isinstance(v, Pending) else not v

    def op_getitem(self, o, k):
        return o[k]

    def op_setitem(self, o, k, v):
        o[k] = v

    def op_delitem(self, o, k):
        del o[k]

    # --- calls

    def target(self, f):
        """The mediated form of what a call of `f` runs."""
        if type(f) is types.FunctionType:
            form = self.compiler.function(f)
            if form is not None:
                self.calls += 1
                if f.__code__.co_flags & 0x80:
                    return lambda *args, **kwargs: self.coroutine(form, args, kwargs)
                return form
        elif type(f) is types.MethodType:
            return functools.partial(self.target(f.__func__), f.__self__)
        return f

    async def coroutine(self, form, args, kwargs):
        return form(*args, **kwargs)

    def op_call(self, f, /, *args, **kwargs):
        return functools.partial(self.target(f), *args, **kwargs)

    def op_build_class(self, *args, **kwargs):
        return functools.partial(__build_class__, *args, **kwargs)

    def op_call_unpacked(self, f, args, keywords):
        values = []
        for arg in args:
            if isinstance(arg, Star):
                values.extend(arg.value)
            else:
                values.append(arg)
        named = {}
        for name, value in keywords:
            if name is UNPACK:
                for key in value:
                    if key in named:
                        raise TypeError(f"{f.__module__}.{f.__qualname__}() got multiple values for keyword argument '{key}'")
                    named[key] = value[key]
            else:
                if name in named:
                    raise TypeError(f"{f.__module__}.{f.__qualname__}() got multiple values for keyword argument '{name}'")
                named[name] = value
        return functools.partial(self.target(f), *values, **named)

    def op_await_(self, v):
        try:
            v.__await__().send(None)
        except StopIteration as stop:
            return stop.value
        raise RuntimeError("waited")

    # --- displays

    def spread(self, items):
        out = []
        for item in items:
            if isinstance(item, Star):
                out.extend(item.value)
            else:
                out.append(item)
        return out

    def op_tuple(self, *items):
        return tuple(self.spread(items))

    def op_list(self, *items):
        return self.spread(items)

    def op_set(self, *items):
        return set(self.spread(items))

    def op_dict(self, *pairs):
        out = {}
        for key, value in pairs:
            if key is UNPACK:
                out.update(value)
            else:
                out[key] = value
        return out

    def op_fstring(self, *parts):
        out = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            else:
                value, conversion, spec = part
                if conversion != -1:
                    value = {"r": repr, "s": str, "a": ascii}[chr(conversion)](value)
                out.append(format(value, spec or ""))
        return "".join(out)

    def op_unpack(self, v, before, star, after):
        if not star:
            items = []
            iterator = iter(v)
            for got in range(before):
                item = next(iterator, MISSING)
                if item is MISSING:
                    raise ValueError(f"not enough values to unpack (expected {before}, got {got})")
                items.append(item)
            if next(iterator, MISSING) is not MISSING:
                raise ValueError(f"too many values to unpack (expected {before})")
            return items
        items = list(v)
        if len(items) < before + after:
            raise ValueError(f"not enough values to unpack (expected at least {before + after}, got {len(items)})")
        end = len(items) - after
        return [*items[:before], items[before:end], *items[end:]]

    # --- control

    def op_tested(self, v):
        return self.op_force(v)

    def op_force(self, v):
        return v.value if isinstance(v, Pending) else v

    def op_subject(self, v, names, by_place):
        return self.op_whole(v)

    def op_whole(self, v):
        return v

    def op_spawn(self, region, scope, *args):
        if self._runs(region.plain):
            return self._run(region.plain, scope)
        return region.instance(scope.globals, scope.cells)(scope, *args)

    def op_branch(self, region, scope, test, *args):
        assert isinstance(test, Pending)
        value = region.instance(scope.globals, scope.cells)(scope, test.value, *args)
        if isinstance(value, Pending):
            return value
        return value

    def op_under_way(self):
        return None

    def op_begin(self, loop, items):
        return items

    def op_iterate(self, v):
        return iter(v)

    def op_each(self, region, scope, v):
        return iter(v)

    def op_push(self, scope, value):
        raise AssertionError("only `each` makes a pushed form")

    def op_asynchronously(self, scope, demands):
        return True

    def op_async_enter(self, manager):
        kind = type(manager)
        return types.MethodType(kind.__aexit__, manager), self.op_await_(types.MethodType(kind.__aenter__, manager)())

    def op_async_exit(self, leave, exc):
        return self.op_await_(self.op_with_exit(leave, exc))

    def op_async_each(self, region, scope, value):
        iterator = type(value).__aiter__(value)
        while True:
            try:
                item = self.op_await_(type(iterator).__anext__(iterator))
            except StopAsyncIteration:
                return
            yield item

    def op_settled(self):
        pass

    def op_pause(self, value, bodies):
        return value

    def op_resumed(self, sent, bodies):
        return sent

    def op_unpaused(self, bodies):
        return 0

    def op_settle(self, bodies=1):
        pass

    def op_protect(self):
        pass

    def op_ahead(self, outcome):
        pass

    def op_handling(self):
        pass

    def op_caught(self, e):
        assert isinstance(e, BaseException)

    def op_with_defaults(self, function):
        return function

    def op_names(self, scope, loads):
        return Names(self, scope, loads)

    def op_entered(self, pair):
        pass

    def op_with_enter(self, manager):
        kind = type(manager)
        if not hasattr(kind, "__enter__"):
            raise TypeError(f"'{kind.__name__}' object does not support the context manager protocol")
        if not hasattr(kind, "__exit__"):
            raise TypeError(f"'{kind.__name__}' object does not support the context manager protocol (missed __exit__ method)")
        leave = types.MethodType(kind.__exit__, manager) if isinstance(kind.__exit__, types.FunctionType) else manager.__exit__
        enter = types.MethodType(kind.__enter__, manager) if isinstance(kind.__enter__, types.FunctionType) else manager.__enter__
        return leave, self.op_call(enter)()

    def op_with_exit(self, leave, exc):
        if exc is None:
            return self.op_call(leave)(None, None, None)
        return self.op_call(leave)(type(exc), exc, exc.__traceback__)

    def op_import_(self, name, scope, fromlist, level):
        return __import__(name, scope.globals, None, fromlist, level)

    def op_import_from(self, module, name):
        value = getattr(module, name, MISSING)
        if value is MISSING:
            value = sys.modules.get(f"{module.__name__}.{name}", MISSING)
        if value is MISSING:
            raise ImportError(
                f"cannot import name {name!r} from {module.__name__!r} ({getattr(module, '__file__', 'unknown location')})"
            )
        return value

    def op_import_star(self, module, scope):
        for name in getattr(module, "__all__", None) or [n for n in vars(module) if not n.startswith("_")]:
            scope.names[name] = getattr(module, name)

    def op_expose(self, scope, names):
        assert all(isinstance(name, str) for name in names)

    def op_barrier(self, scope=None, callees=()):
        pass

    def op_yield_(self, v):
        return v

    def op_yield_from(self, v):
        return v

    def _runs(self, form):
        if not self.plain or form is None or form.mentions.refused:
            return False
        return form.kind in ("statement", "value") or not form.mentions.own_class

    def _run(self, form, scope, *args):
        if form.kind in ("statement", "value"):
            return eval(form.code, scope.globals)
        return form.instance(scope.globals, scope.cells)(scope, *args)

    def op_plain_statement(self, form, scope):
        if not self._runs(form):
            return False
        self._run(form, scope)
        return True

    def op_plain_value(self, form, scope):
        return self._run(form, scope) if self._runs(form) else MEDIATED

    def op_turns(self, turns, scope, items):
        return items

    def op_turn(self, loop):
        return True

    def op_leave(self, scope, found, names):
        for name in names:
            scope.names.pop(name, None)
            if name in found:
                scope.names[name] = found[name]

    def op_gather(self, kind, region, scope, iterable):
        if self._runs(region.plain):
            return self._run(region.plain, scope, iterable)
        cells = {**scope.cells, **{name: types.CellType() for name in region.cells}}
        function = region.instance(scope.globals, cells)

        def elements(iterator):
            for item in iterator:
                value = function(Scope({}, scope.globals, cells, scope), item)
                assert region.may_skip or value is not SKIP
                if isinstance(value, Lazy):
                    yield from value.items
                elif value is not SKIP:
                    yield value

        items = elements(iter(iterable))
        if kind in ("flat", "lazy"):
            return Lazy(items)
        if kind == "generator":
            return items
        return {"list": list, "set": set, "dict": dict}[kind](items)


class Names:
    def __init__(self, trivial, scope, loads):
        self.loads = trivial, scope, dict(loads)

    def __getattr__(self, name):
        trivial, scope, loads = self.loads
        return trivial.op_force(loads[name](scope, name))


class Pending:
    """The truth of something, not known yet."""

    def __init__(self, value):
        self.value = value

    def __bool__(self):
        raise AssertionError("native code asked a placeholder for its truth")
