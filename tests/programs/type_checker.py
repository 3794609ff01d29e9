"""Annotations used at run time: checked calls, generic aliases, unions, TypedDict, dataclass fields."""

import inspect
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints


def fits(value, kind):
    origin, args = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin is Literal:
        return value in args
    if origin is Union or type(kind).__name__ == "UnionType":
        return any(fits(value, a) for a in args)
    if origin is list:
        return isinstance(value, list) and all(fits(v, args[0]) for v in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(k, args[0]) and fits(v, args[1]) for k, v in value.items())
    if origin is tuple:
        return isinstance(value, tuple) and len(value) == len(args) and all(map(fits, value, args))
    return isinstance(value, kind)


def checked(f):
    hints, signature = get_type_hints(f), inspect.signature(f)

    @wraps(f)
    def wrapper(*args, **kwargs):
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            if name in hints and not fits(value, hints[name]):
                raise TypeError(f"{f.__name__}: {name}={value!r} is no {hints[name]}".replace("typing.", ""))
        return f(*args, **kwargs)

    return wrapper


@checked
def repeat(text: str, times: int = 2, mode: Literal["a", "b"] = "a") -> str:
    return (text + mode) * times


@checked
def total(prices: dict[str, float | int], extra: list[int] | None = None) -> float:
    return sum(prices.values()) + sum(extra or [])


class Movie(TypedDict, total=False):
    name: str
    year: int


@dataclass
class Point:
    x: int
    y: int = 0

    def __post_init__(self):
        for f in fields(self):
            if not fits(getattr(self, f.name), f.type):
                raise TypeError(f"{f.name} is a {type(getattr(self, f.name)).__name__}")


for call in (
    lambda: repeat("x"), lambda: repeat("x", "3"), lambda: repeat("x", mode="c"), lambda: total({"a": 1.5, "b": 2}, [3]),
    lambda: total({"a": "1"}), lambda: Point(1, 2), lambda: Point("1"), lambda: repeat(), lambda: fits((1, "a"), tuple[int, str]),
):
    try:
        print(call())
    except TypeError as e:
        print("TypeError", e)
print(Movie(name="x"), Movie.__annotations__.keys(), Movie.__total__, [f.name for f in fields(Point)], repeat.__wrapped__("y", 1))
