"""Displays, f-strings and unpacking: building and taking apart containers whose parts may be pending."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from poppy_nb import effects
from poppy_nb.effects import Effect

from . import current
from .placeholder import KINDS, PendingTuple, Placeholder, known


class Star:
    """A starred item of a display."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


UNPACK = object()


def _spread(items: tuple[Any, ...], shown: Callable[[], str] | None = None) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if type(item) is Star:
            found.extend(spread(item.value, shown))
        else:
            found.append(known(item) if type(item) in KINDS else item)
    return found


def shown_as_value() -> str:
    """How Python calls a starred part of a display, and one of several of a call."""
    return "Value"


def spread(value: Any, shown: Callable[[], str] | None = shown_as_value) -> Iterable[Any]:
    """The items of a starred part, `shown` telling how Python calls what they are for in its message."""
    from .control import iterate

    try:
        return iterate(value)
    except TypeError as error:
        if shown is None or "not iterable" not in str(error):
            raise
        raise TypeError(f"{shown()} after * must be an iterable, not {type(known(value)).__name__}") from None


def make_tuple(*items: Any) -> Any:
    """A tuple display; a placeholder with known parts if some are pending."""
    return build_tuple(tuple(_spread(items, shown_as_value)), tuple)


def build_tuple(parts: tuple[Any, ...], make: Callable[[Iterable[Any]], Any]) -> Any:
    """A tuple (or what `make` makes: a namedtuple) of these parts."""
    parts = tuple(known(p) if type(p) in KINDS else p for p in parts)
    if not any(type(p) in KINDS for p in parts):
        return make(parts)
    engine = current.engine
    op = engine.operation("tuple", "tuple", None)
    result: Placeholder = PendingTuple(op, parts) if make is tuple else Placeholder(op)
    result.aliases = tuple(p for p in parts if type(p) in KINDS or not effects.plain(p) or isinstance(p, list | dict | set))
    op.result = result
    op.needs = lambda: [p for p in map(known, parts) if type(p) in KINDS]
    op.run = lambda: engine.finish_operation(op, make([known(p) for p in parts]))
    engine.attempt(op)
    return known(result)


def make_list(*items: Any) -> list[Any]:
    """A list display."""
    made = _spread(items, shown_as_value)
    if current.engine.unretired:
        current.engine.slots.adopt(made)
    return made


def make_set(*items: Any) -> Any:
    """A set display; pending if a member is."""
    parts = _spread(items)
    if any(type(p) in KINDS for p in parts):
        from . import natives

        return natives.perform_list(parts, lambda now: make_set(*now), "set")
    for part in parts:
        quiet_key(current.engine, part)
    return set(parts)


_HASHED_NATIVELY = frozenset({str, int, float, bool, bytes, type(None)})


def quiet_key(engine: Any, key: Any) -> None:
    """Before a key is hashed and compared natively: if the user's code does that, everything before it has retired."""
    if engine.unretired and type(key) not in _HASHED_NATIVELY and not effects.plain(key):
        engine.in_order("the hash of a key")
        engine.whole([key])


def make_dict(*pairs: tuple[Any, Any]) -> Any:
    """A dict display; `**d` is the pair (UNPACK, d)."""
    from . import natives

    engine = current.engine
    made: dict[Any, Any] = {}
    for index, (key, value) in enumerate(pairs):
        key = known(key)
        if key is UNPACK:
            value = engine.force(value)
            if not isinstance(value, dict) and not hasattr(value, "keys"):
                raise TypeError(f"'{type(value).__name__}' object is not a mapping")
            engine.whole_shape(value)
            made.update(value)
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
        quiet_key(engine, key)
        made[key] = known(value) if type(value) in KINDS else value
    if engine.unretired:
        engine.slots.adopt(made)
    return made


def holding(result: Any, parts: list[Any]) -> Any:
    """A container that is made later: what it will hold besides its operands."""
    if type(result) in KINDS and result.aliases is not None:
        held = [p for p in parts if type(p) in KINDS or not effects.plain(p) or isinstance(p, list | dict | set)]
        result.aliases = (*result.aliases, *held)
    return result


def _finish_dict(made: dict[Any, Any], keys: Any, values: list[Any]) -> dict[Any, Any]:
    for key, value in zip(keys, values, strict=True):
        quiet_key(current.engine, known(key))
        made[known(key)] = known(value)
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


_JOIN = Effect("f-string", (effects.VALUE,))


def unpack(value: Any, before: int, star: bool, after: int) -> list[Any]:
    """The values for the targets of `a, *b, c = value`."""
    from . import natives
    from .control import iterate

    engine = current.engine
    value = known(value)
    if type(value) is PendingTuple:
        items = [known(v) for v in value.parts]
    elif type(value) in KINDS and not star:
        # One deferred operation takes it apart, with all checks; the targets are its items
        taken = natives.perform_list([value], lambda now: _checked(list(_unpacked(now[0])), before, star, after), "unpack")
        return [_item(taken, i) for i in range(before)]
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
    from .control import iterate

    try:
        return iterate(value)
    except TypeError as error:
        if "not iterable" not in str(error):
            raise
        raise TypeError(f"cannot unpack non-iterable {type(known(value)).__name__} object") from None


def _item(taken: Any, index: int) -> Any:
    from .natives import perform

    return perform(_ITEM, lambda seq: seq[index], (taken,), None, lambda: known(taken)[index])


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
    if current.engine.unretired:
        current.engine.slots.adopt(middle)
    return [*items[:before], middle, *items[len(items) - after :]]
