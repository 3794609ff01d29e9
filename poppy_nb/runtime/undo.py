"""How to take back a mutation: `before` is called just before it runs, and what it answers restores the same object exactly.

Undo runs newest first, so an entry may rely on finding the object as its own operation left it. It costs constant time for what
programs do in loops (append, item assignment, add, pop at the end); the rare ones keep a shallow copy. It holds also for an
operation that fails, some of which have changed half by then (sort, update). A container may hold placeholders again
afterwards: whoever undoes adopts it.
"""

from __future__ import annotations

import builtins
import operator
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from poppy_nb.looking import fields, has_fields, is_a

from . import files
from .undo_containers import CONTAINERS, MISSING, Undo, base_of, nothing, restore_container


def before(name: str, operands: Sequence[Any], named: Mapping[str, Any] | None = None) -> Undo:
    """How to take back the operation `name` (`Effect.name`) on `operands`, receiver first. LookupError: nothing is known."""
    recipe = _RECIPES.get(name)
    if recipe is None and name.startswith(("setitem ", "delitem ", "inplace ", "getitem ")):
        kind, _, symbol = name.partition(" ")
        name = f"{base_of(operands[0])}.{kind}" + (symbol.partition(" ")[0] if kind == "inplace" else "")
        recipe = _RECIPES.get(name)
    if named and operands and (restore := restore_container(operands[0])) is not None:
        return restore  # the recipes know positions only
    if recipe is not None:
        try:
            return recipe(*operands)
        except TypeError:  # an unhashable key and the like: the operation will fail, perhaps half-way
            return snapshot(operands[0])
    if name.startswith("random."):
        restore = _random_state(random)
        return _both(restore, snapshot(operands[0])) if name == "random.shuffle" else restore
    if name.startswith(("Random.", "Generator.", "RandomState.")):  # the latter are numpy's
        restore = _random_state(operands[0])
        return _both(restore, snapshot(operands[1])) if name.endswith(".shuffle") else restore
    if name.startswith(("StringIO.", "BytesIO.")):
        return _stream_state(operands[0])
    if name.startswith(("TextIOWrapper.", "BufferedReader.")):
        return files.place(operands[0])
    if name.startswith("_Environ."):
        return _environment(operands[0])
    return snapshot(operands[0])


def restorable(name: str, operands: Sequence[Any]) -> bool:
    """Whether `before` can really take the operation back; not so for steps of iterators that only go forwards."""
    return name != "next" or _iterator_state(operands[0]) is not None


def snapshot(target: Any) -> Undo:
    """Restore all of `target` from a shallow copy."""
    restore = restore_container(target)
    if restore is not None:
        return restore
    if is_a(target, BaseException) or has_fields(target):
        return _attributes(target)
    raise LookupError(f"no way to take back a change of {type(target).__name__}")


def _both(first: Undo, second: Undo) -> Undo:
    def undo() -> None:
        first()
        second()

    return undo


# --- attributes, random state, streams, iterators, locks


def _attribute(target: Any, name: str, _: Any = None) -> Undo:
    kind = type(target)
    if is_a(target, type):
        old = vars(target).get(name, MISSING)
        return (lambda: _unset(target, name)) if old is MISSING else lambda: type.__setattr__(target, name, old)
    for cls in kind.__mro__:
        descriptor = vars(cls).get(name)
        if descriptor is not None:
            if hasattr(type(descriptor), "__set__"):
                return _descriptor(descriptor, target)
            break
    try:
        fields = object.__getattribute__(target, "__dict__")
    except AttributeError:
        return nothing  # there is nowhere to store it: the operation fails
    return CONTAINERS["dict.setitem"](fields, name)


def _unset(cls: type, name: str) -> None:
    if name in vars(cls):
        type.__delattr__(cls, name)


def _delete_attribute(target: Any, name: str) -> Undo:
    own = fields(target)
    if own is not None and name in own:
        return CONTAINERS["dict.delitem"](own, name)
    return _attribute(target, name)


def _descriptor(descriptor: Any, target: Any) -> Undo:
    try:
        old = descriptor.__get__(target, type(target))
    except AttributeError:

        def undo() -> None:
            with suppress(AttributeError):
                descriptor.__delete__(target)

        return undo
    return lambda: descriptor.__set__(target, old)


def _attributes(target: Any) -> Undo:
    """All of the instance's own attributes; of a class in place, since its dict is read-only."""
    if is_a(target, type):
        old = dict(vars(target))

        def undo_class() -> None:
            for name in [name for name in vars(target) if name not in old]:
                type.__delattr__(target, name)
            for name, value in old.items():
                if vars(target).get(name, MISSING) is not value:
                    type.__setattr__(target, name, value)

        return undo_class
    restore = snapshot(target.__dict__) if hasattr(target, "__dict__") else nothing
    names = ("__name__", "__qualname__", "__doc__", "__module__", "__traceback__")
    special = [name for name in names if hasattr(type(target), name)]
    if is_a(target, BaseException) or callable(target):
        values = [(name, getattr(target, name, None)) for name in special if name not in getattr(target, "__dict__", ())]

        def undo() -> None:
            restore()
            for name, value in values:
                if getattr(target, name, None) is not value:
                    setattr(target, name, value)

        return undo
    return restore


def _environment(environ: Any) -> Undo:
    """The variables of the process, in their order."""
    old = dict(environ)
    encoded = dict(environ._data)

    def undo() -> None:
        for name in [name for name in environ if name not in old]:
            del environ[name]
        for name, value in old.items():
            if environ.get(name) != value:
                environ[name] = value
        if list(environ) != list(old):
            environ._data.clear()
            environ._data.update(encoded)

    return undo


def _random_state(source: Any) -> Undo:
    if hasattr(source, "getstate"):
        state = source.getstate()
        return lambda: source.setstate(state)
    if hasattr(source, "get_state"):
        state = source.get_state(legacy=False)
        return lambda: source.set_state(state)
    state = source.bit_generator.state
    return lambda: setattr(source.bit_generator, "state", state)


def _stream_state(stream: Any) -> Undo:
    at = stream.tell()
    end = stream.seek(0, 2)
    if at == end:

        def undo() -> None:
            stream.seek(at)
            stream.truncate()

        return undo
    stream.seek(at)
    state = stream.__getstate__()
    return lambda: stream.__setstate__(state)


def _step(iterator: Any, *_: Any) -> Undo:
    return _iterator_state(iterator) or nothing


def _iterator_state(iterator: Any) -> Undo | None:
    """How to set an iterator back, if it can be: by index, or by the iterators that it steps. Not once it has found its end."""
    kind = type(iterator)
    if kind in (zip, map, filter):
        parts = iterator.__reduce__()[1]
        inner = [_iterator_state(part) for part in parts[0 if kind is zip else 1 :]]
        if any(one is None for one in inner):
            return None

        def undo() -> None:
            for one in inner:
                if one is not None:
                    one()

        return undo
    if kind not in BY_INDEX:
        return None
    _, _, *state = iterator.__reduce__()
    if not state or state[0] is None or kind is _RANGE and not RANGE_GOES_BACK or not operator.length_hint(iterator):
        return None
    return lambda: iterator.__setstate__(state[0])


_RANGE = type(iter(range(0)))
RANGE_GOES_BACK = iter(range(1)).__reduce__()[2:] != (None,)
_SOURCES: tuple[Any, ...] = ([], (), "", "é", b"", bytearray(), range(0))
BY_INDEX = frozenset({type(iter(one)) for one in _SOURCES} | {type(reversed([])), reversed})


def _acquire(lock: Any, *_: Any) -> Undo:
    held = lock.locked() if hasattr(lock, "locked") and not hasattr(lock, "_is_owned") else False
    return nothing if held else lambda: lock.release()


def _release(lock: Any, *_: Any) -> Undo:
    return lambda: lock.acquire()




def _begun(error: BaseException, *_: Any) -> Undo:
    """`__init__` of builtin exceptions."""
    names = [name for name in ("args", "errno", "strerror", "filename", "filename2") if hasattr(type(error), name)]
    old = [(name, getattr(error, name)) for name in names]

    def undo() -> None:
        for name, value in old:
            setattr(error, name, value)

    return undo


EXCEPTIONS_BEGUN = frozenset(
    f"{cls.__name__}.__init__" for cls in vars(builtins).values() if isinstance(cls, type) and issubclass(cls, BaseException)
)
_RECIPES: dict[str, Callable[..., Undo]] = {
    **CONTAINERS,
    **dict.fromkeys(EXCEPTIONS_BEGUN, _begun),
    "setattr": _attribute, "object.__setattr__": _attribute, "delattr": _delete_attribute,
    "object.__delattr__": _delete_attribute, "next": _step,
    **{f"{lock}.{name}": _acquire for lock in ("LockType", "RLock") for name in ("acquire", "__enter__")},
    **{f"{lock}.{name}": _release for lock in ("LockType", "RLock") for name in ("release", "__exit__")},
    **{f"{lock}.locked": lambda *_: nothing for lock in ("LockType", "RLock")},
    "random.getstate": lambda *_: nothing, "Random.getstate": lambda *_: nothing,
}  # fmt: skip
