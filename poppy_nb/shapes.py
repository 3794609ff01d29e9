"""What answers of known clients look like: which parts are texts and numbers, by the annotations of their libraries.

A *shape* is such an annotation: a pydantic model, a list or dict of shapes, a union. None: nothing is known. What is a text or
number refers to nothing that can change, so nothing has to be claimed or waited for because of it.
"""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from poppy_nb.known import is_pydantic_class


_ATOMS: frozenset[Any] = frozenset({str, int, float, bool, bytes, type(None)})
_ATOMIC_PROPERTIES = frozenset({"str", "int", "float", "bool", str, int, float, bool})


@functools.lru_cache(maxsize=256)
def of_answer(function: types.FunctionType) -> Any:
    """The shape of what a client's function answers; None: not known. Streams are left out: such calls are not external."""
    plain = inspect.unwrap(function)
    answer = getattr(plain, "__annotations__", {}).get("return")
    if isinstance(answer, str):
        try:
            answer = eval(answer, plain.__globals__)  # the library's own annotation
        except Exception:
            return None
    models = tuple(one for one in _members(answer) if is_pydantic_class(one))
    return either(models)


@functools.lru_cache(maxsize=1024)
def is_answer(shape: Any) -> bool:
    """Whether it is one of a whole answer."""
    return shape is not None and all(is_pydantic_class(one) for one in _members(shape))


def either(several: Sequence[Any]) -> Any:
    """The shape of what has one of several, which may be any annotations; None if there are none."""
    return Union[tuple(several)] if several else None  # noqa: UP007


@functools.lru_cache(maxsize=1024)
def is_atom(shape: Any) -> bool:
    """Whether it is a text, a number or None."""
    return shape is not None and all(one in _ATOMS or get_origin(one) is Literal for one in _members(shape))


@functools.lru_cache(maxsize=1024)
def attribute(shape: Any, name: str) -> Any:
    """The shape of an attribute."""
    found = []
    for one in _members(shape):
        if is_pydantic_class(one):
            field = one.model_fields.get(name)
            if field is not None:
                found.append(field.annotation)
            elif isinstance(made := inspect.getattr_static(one, name, None), property):
                if getattr(made.fget, "__annotations__", {}).get("return") not in _ATOMIC_PROPERTIES:
                    return None
                found.append(str)
    return either(found)


def item(shape: Any, key: object) -> Any:
    """The shape of `value[key]`."""
    return _item(shape, type(key) is slice)


@functools.lru_cache(maxsize=1024)
def _item(shape: Any, sliced: bool) -> Any:
    found: list[Any] = []
    for one in _members(shape):
        kind, parts = get_origin(one), get_args(one)
        if kind is list and parts:
            found.append(one if sliced else parts[0])
        elif kind is dict and len(parts) == 2:
            found.append(parts[1])
        elif one is not type(None):
            return None
    return either(found)


def _members(shape: Any) -> Iterator[Any]:
    kind = get_origin(shape)
    if kind is Annotated:
        yield from _members(get_args(shape)[0])
    elif kind is Union or kind is types.UnionType:
        for one in get_args(shape):
            yield from _members(one)
    else:
        yield shape
