"""Displays, f-strings and unpacking: building and taking apart containers whose parts may be pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import Effect
from poppy_nb.looking import is_a

from . import current
from .placeholder import KINDS, OURS, Parts, PendingTuple, Placeholder, is_ours, known


class Star:
    """A starred item of a display."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


UNPACK = object()


def _waits(value: Any) -> bool:
    """Whether unpacking `value` would have to wait."""
    value = known(value)
    return type(value) in KINDS and type(value) is not PendingTuple


def open_stars(items: tuple[Any, ...]) -> bool:
    """Whether one of the starred items is not known."""
    return any(type(item) is Star and _waits(item.value) for item in items)


def open_pairs(pairs: Iterable[tuple[Any, Any]]) -> bool:
    """Whether one of the `**` items is not known."""
    return any(name is UNPACK and _waits(value) for name, value in pairs)


def spreadable(value: Any, what: str) -> Any:
    """`value` itself, which stands behind a `*`. Raises Python's TypeError if it is no iterable."""
    value = known(value)
    kind = type(value)
    if kind in KINDS and kind is not PendingTuple:
        value = current.engine.force(value)
        kind = type(value)
    if kind not in KINDS and not hasattr(kind, "__iter__") and not hasattr(kind, "__getitem__"):
        if not what:
            raise TypeError(f"'{kind.__name__}' object is not iterable")
        raise TypeError(f"{what} after * must be an iterable, not {kind.__name__}")
    return value


def _spread(items: tuple[Any, ...], what: str = "Value") -> list[Any]:
    from .iteration import hint, iterate

    found: list[Any] = []
    for item in items:
        if type(item) is Star:
            inside = iterate(spreadable(item.value, what))
            hint(known(item.value))
            found.extend(inside)
        else:
            found.append(item)
    # While the items of one were iterated over, another may have become known
    return [known(item) if type(item) in KINDS else item for item in found]


def make_tuple(*items: Any) -> Any:
    """A tuple display; a placeholder with known parts if some are pending."""
    if open_stars(items):
        return current.engine.spawn_call(make_tuple, items, {}, lambda: build_tuple(tuple(_spread(items)), tuple))
    return build_tuple(tuple(_spread(items)), tuple)


def build_tuple(parts: tuple[Any, ...], make: Callable[[Iterable[Any]], Any]) -> Any:
    """A tuple (or what `make` makes: a namedtuple) of these parts."""
    parts = tuple(known(p) if type(p) in KINDS else p for p in parts)
    if not any(type(p) in KINDS for p in parts):
        return make(parts)
    engine = current.engine
    op = engine.operation("tuple", "tuple", None)
    result: Placeholder = PendingTuple(op, parts) if make is tuple else Placeholder(op)
    result.aliases = tuple(p for p in parts if type(p) in KINDS or not effects.plain(p) or is_a(p, list | dict | set))
    op.result = result
    op.needs = lambda: [p for p in map(known, parts) if type(p) in KINDS]
    op.run = lambda: engine.finish_operation(op, make([known(p) for p in parts]))
    engine.attempt(op)
    return known(result)


def make_list(*items: Any) -> Any:
    """A list display; pending if what is unpacked into it is."""
    if open_stars(items):
        return current.engine.spawn_call(make_list, items, {}, lambda: _list(items))
    return _list(items)


def _list(items: tuple[Any, ...]) -> list[Any]:
    made = _spread(items)
    if not KINDS.isdisjoint(map(type, made)):
        current.engine.slots.adopt(made)
    return made


def make_set(*items: Any) -> Any:
    """A set display; pending if a member is."""
    if open_stars(items):
        return current.engine.spawn_call(make_set, items, {}, lambda: _set_of(items))
    return _set_of(items)


def _set_of(items: tuple[Any, ...]) -> Any:
    parts = _spread(items, "")
    if any(type(p) in KINDS for p in parts):
        from . import natives

        return natives.perform_list(parts, _set, "set")
    made = _set(parts)
    if any(type(item) is Star and type(known(item.value)) in _SPARSE for item in items):
        made = set()  # its order is that of the table, which grows otherwise when a set or dict is taken over as a whole
        for item in items:
            if type(item) is Star:
                made.update(known(item.value))
            else:
                made.add(known(item))
    return made


_SPARSE = frozenset({set, frozenset, dict})


def _set(parts: Any) -> Any:
    if not all(map(effects.plain, parts)):
        engine = current.engine
        engine.in_order("the hash of a member of a set")
        engine.whole(parts)
    return set(parts)


def make_dict(*pairs: tuple[Any, Any]) -> Any:
    """A dict display; `**d` is the pair (UNPACK, d)."""
    if open_pairs(pairs):
        return current.engine.spawn_call(make_dict, (), pairs, lambda: _dict(pairs))
    return _dict(pairs)


def _dict(pairs: tuple[tuple[Any, Any], ...]) -> Any:
    from . import natives
    from .models_folds import pairs_of
    from .models_glue import OPS

    engine = current.engine
    made: dict[Any, Any] = {}
    for index, (key, value) in enumerate(pairs):
        key = known(key)
        if key is UNPACK:
            value = engine.force(value)
            if not issubclass(type(value), dict) and not hasattr(type(value), "keys"):
                raise TypeError(f"'{type(value).__name__}' object is not a mapping")
            engine.whole_shape(value)
            if type(value) is dict:
                made.update(value)
            else:
                for one, item in pairs_of(OPS, value):
                    put(made, engine.force(one), item)
            continue
        if type(key) in KINDS:
            rest = pairs[index:]
            keys = [k for k, _ in rest]
            if any(k is UNPACK for k in keys):
                key = engine.force(key)
            else:
                values = [v for _, v in rest]
                later = natives.perform_list(keys, partial(_finish_dict, made, values=values), "dict")
                return holding(later, [made, *values])
        put(made, key, value)
    if not KINDS.isdisjoint(map(type, made.values())):
        engine.slots.adopt(made)
    return made


DISPLAYS: dict[Any, type] = {make_tuple: tuple, make_list: list, make_set: set, make_dict: dict}


def put(made: dict[Any, Any], key: Any, value: Any) -> None:
    """`made[key] = value`. A key that runs code of the program's does it in order, and finds no placeholder in the dict."""
    if not effects.plain(key):
        engine = current.engine
        engine.in_order("the hash of a key of the program's")
        engine.whole([key, value, made])
    made[key] = known(value) if type(value) in KINDS else value


def holding(result: Any, parts: list[Any]) -> Any:
    """A container that is made later: what it will hold besides its operands."""
    if type(result) in KINDS and result.aliases is not None:
        held = [p for p in parts if type(p) in KINDS or not effects.plain(p) or is_a(p, list | dict | set)]
        result.aliases = (*result.aliases, *held)
    return result


def _finish_dict(made: dict[Any, Any], keys: Any, values: list[Any]) -> dict[Any, Any]:
    for key, value in zip(keys, values, strict=True):
        put(made, known(key), known(value))
    current.engine.slots.adopt(made)
    return made


def fstring(*parts: Any) -> Any:
    """An f-string: each part is text or `(value, conversion, format spec)`."""
    from .calls import invoke
    from .natives import perform

    texts: list[Any] = []
    for part in parts:
        if type(part) is str:
            texts.append(part)
            continue
        value, conversion, spec = part
        value = known(value)
        spec = "" if spec is None else known(spec)
        if conversion == 115:
            value = invoke(str, (value,), {})
        elif conversion == 114:
            value = invoke(repr, (value,), {})
        elif conversion == 97:
            value = invoke(ascii, (value,), {})
        if type(value) is str and type(spec) is str and not spec:
            texts.append(value)
        else:
            texts.append(invoke(format, (value, spec), {}))
    if any(type(t) in KINDS for t in texts):
        return perform(_JOIN, lambda *t: "".join(t), texts, None, lambda: "".join(known(t) for t in texts))
    return "".join(texts)


_JOIN = Effect("f-string", (effects.VALUE,), returns="atom")


def unpack(value: Any, before: int, star: bool, after: int) -> list[Any]:
    """The values for the targets of `a, *b, c = value`."""
    from . import natives
    from .iteration import iterate

    engine = current.engine
    value = known(value)
    if type(value) is PendingTuple:
        items = [known(v) for v in value.parts]
    elif type(value) in KINDS and not star:
        # One deferred operation takes it apart, with all checks; the targets are its items
        taken = natives.perform_list([value], lambda now: _checked(list(_unpacked(now[0])), before, star, after), "unpack")
        if type(taken) in KINDS:
            taken.shape = value.shape if type(value.shape) is Parts else OURS if is_ours(value.shape) else None
        return [_item(taken, i, before) for i in range(before)]
    else:
        value = engine.force(value)
        if type(value) in (list, tuple, PendingTuple):
            items = list(iterate(value))
        else:
            items = []
            for item in _unpacked(value):
                items.append(item)
                if len(items) > before and not star:
                    break
    return _checked(items, before, star, after)


def _unpacked(value: Any) -> Iterable[Any]:
    from .iteration import iterate

    try:
        return iterate(value)
    except TypeError as error:
        if "not iterable" not in str(error):
            raise
        raise TypeError(f"cannot unpack non-iterable {type(known(value)).__name__} object") from None


def _item(taken: Any, index: int, before: int) -> Any:
    from .natives import perform

    item = perform(_ITEM, lambda seq: seq[index], (taken,), None, lambda: known(taken)[index])
    if type(item) is Placeholder and type(taken) in KINDS:
        if taken.shape is OURS:
            item.shape = OURS
        elif type(taken.shape) is Parts and before == len(taken.shape.shapes):
            taken.shape.part(item, index)
    return item


_ITEM = Effect("unpack", (effects.VALUE,), returns="part")


def _checked(items: list[Any], before: int, star: bool, after: int) -> list[Any]:
    needed = before + after
    if len(items) < needed:
        at_least = "at least " if star else ""
        raise ValueError(f"not enough values to unpack (expected {at_least}{needed}, got {len(items)})")
    if not star:
        if len(items) > needed:
            raise ValueError(f"too many values to unpack (expected {needed})")
        return items
    middle = items[before : len(items) - after]
    if not KINDS.isdisjoint(map(type, middle)):
        current.engine.slots.adopt(middle)
    return [*items[:before], middle, *items[len(items) - after :]]
