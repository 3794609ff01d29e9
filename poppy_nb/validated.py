"""pydantic models of which no code of the user's runs, or only computes: making, validating and dumping one is a matter of data.

What counts is what pydantic wrote down when the class was made: its validators, serializers and fields. Nothing is imported here.
"""

from __future__ import annotations

import collections.abc
import enum
import sys
import types
import typing
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from poppy_nb import quiet


MAKING = frozenset({"model_validate", "model_validate_json", "model_construct"})  # class methods
READING = frozenset({"model_dump", "model_dump_json", "model_copy"})
SHOWING = frozenset({"__repr__", "__str__", "__eq__", "__iter__", "__copy__", "__deepcopy__", "__getstate__"})
_VALUES = frozenset({str, int, float, bool, bytes, type(None), Any, object, list, dict, tuple, set, frozenset})
_BY_NAME = frozenset(
    {"decimal.Decimal", "uuid.UUID", "pathlib.Path", "datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta"}
)
_FACTORIES = (list, dict, set, tuple, str, int, float)
_classes: WeakKeyDictionary[type, tuple[type, ...] | None] = WeakKeyDictionary()
_validating: WeakKeyDictionary[type, bool] = WeakKeyDictionary()


def classes(cls: type) -> tuple[type, ...] | None:
    """The models that an instance of `cls` consists of, itself first; None if it is no model, or runs code of the user's."""
    try:
        return _classes[cls]
    except KeyError:
        pass
    found: dict[type, set[str]] = {}
    answer = tuple(found) if _add(cls, found) and not _calls_own(found) else None
    if answer is None or getattr(cls, "__pydantic_complete__", True):
        _classes[cls] = answer
    return answer


def is_failure(cls: type) -> bool:
    """Whether it is the class of what pydantic raises where values are not valid."""
    return getattr(sys.modules.get("pydantic_core"), "ValidationError", None) is cls


def shown(failure: Any) -> list[object]:
    """The values that were not valid, of which the text of a failure is made, and what its messages tell of them."""
    errors = failure.errors(include_url=False)
    return [value for error in errors for value in (error["input"], *error.get("ctx", {}).values())]


def only_computes(cls: type) -> bool:
    """Whether no code of the user's runs when an instance is made, or such that only computes."""
    return classes(cls) is not None


def takes_as_annotated(cls: type) -> bool:
    """Whether each field of a new instance holds what its annotation says: no validator puts anything else there."""
    if classes(cls) is None:
        return False
    decorators = [vars(base).get("__pydantic_decorators__") for base in cls.__mro__]
    return not any(getattr(one, kind, None) for one in decorators for kind in _VALIDATORS)


def is_only_data(cls: type) -> bool:
    """Whether comparing, showing and dumping an instance runs pydantic's own code alone."""
    if classes(cls) is None:
        return False
    own = [base for base in cls.__mro__ if not _of_pydantic(base)]
    members = [member for base in own for name, member in vars(base).items() if name.startswith("__") and name.endswith("__")]
    functions = [member for member in members if isinstance(member, types.FunctionType)]
    return all(function.__module__.partition(".")[0] == "pydantic" for function in functions)


def has_plain_schema(cls: type) -> bool:
    """Whether describing what an instance is made from, and making one, runs no code of the user's but what computes."""
    return all(_describes_itself(one) for one in classes(cls) or (object,))


def made(function: Any) -> tuple[type, ...] | None:
    """The models that what `function`, a model or a method of one, gives may consist of."""
    owner = function if isinstance(function, type) else getattr(function, "__self__", None)
    return classes(owner if isinstance(owner, type) else type(owner))


def exactly(function: Any) -> type | None:
    """The class of what `function`, a model or a class method of one, gives; None if it may be one below that."""
    owner = function if isinstance(function, type) else getattr(function, "__self__", None)
    return owner if isinstance(owner, type) and not type.__subclasses__(owner) else None


def runs_its_validators(cls: type) -> bool:
    """Whether the code of the user's that runs when an instance of `cls` is made is among its own validators."""
    try:
        return _validating[cls]
    except KeyError:
        pass
    found: dict[type, set[str]] = {}
    answer = _add(cls, found, own=True) and all(classes(one) is not None for one in found if one is not cls)
    if getattr(cls, "__pydantic_complete__", True):
        _validating[cls] = answer
    return answer


def method_of(function: types.FunctionType) -> str:
    """The name of pydantic's own method of models that makes one or reads one; empty: it is none."""
    base = _base()
    name = function.__name__
    if base is None or name not in MAKING and name not in READING:
        return ""
    found = vars(base).get(name)
    return name if getattr(found, "__func__", found) is function else ""


def assigns(cls: type, name: str) -> bool:
    """Whether `model.name = value` only puts the value there, and notes that it was set."""
    base = _base()
    if base is None or getattr(cls, "__setattr__", None) is not base.__setattr__ or classes(cls) is None:
        return False
    config = getattr(cls, "model_config", {})
    field = getattr(cls, "__pydantic_fields__", {}).get(name)
    return field is not None and not field.frozen and not config.get("validate_assignment") and not config.get("frozen")


def _base() -> Any:
    module = sys.modules.get("pydantic.main")
    return vars(module).get("BaseModel") if module is not None else None


def _calls_own(found: dict[type, set[str]]) -> bool:
    """Whether a validator may call a method of one of the models: by a name that methods of builtin types have."""
    named = set().union(*found.values())
    return any(named & _own_names(one) for cls in found for one in cls.__mro__ if not _of_pydantic(one))


def _own_names(cls: type) -> set[str]:
    """The names in a class, but for its validators."""
    decorators = vars(cls).get("__pydantic_decorators__")
    validators = {name for kind in _VALIDATORS for name in getattr(decorators, kind, ())}
    return set(vars(cls)) - validators


def _of_pydantic(cls: type) -> bool:
    return cls is object or cls.__module__.partition(".")[0] == "pydantic"


def _quiet(cls: type, decorators: Any) -> set[str] | None:
    """The attributes that the validators of `cls` read; None if they, or its other hooks, may do more than compute."""
    if any(getattr(decorators, kind, None) for kind in _DECORATORS):
        return None
    fields = frozenset(getattr(cls, "__pydantic_fields__", ()))
    found: set[str] = set()
    for kind, modes in _VALIDATORS.items():
        for one in getattr(decorators, kind, {}).values():
            read = quiet.attributes_of(one.func, fields | _INFO) if one.info.mode in modes else None
            if read is None:
                return None
            found |= read - fields - _INFO
    return found


_VALIDATORS = {"field_validators": ("before", "after", "plain"), "model_validators": ("before", "after")}
_INFO = frozenset({"data", "field_name"})


def _describes_itself(cls: type) -> bool:
    if any(name in vars(base) for base in cls.__mro__ if not _of_pydantic(base) for name in _SCHEMAS):
        return False
    fields = getattr(cls, "__pydantic_fields__", None)
    return fields is not None and not any(callable(field.json_schema_extra) for field in fields.values())


_SCHEMAS = ("model_json_schema", "__get_pydantic_json_schema__", "model_parametrized_name", "__class_getitem__")


def _add(cls: type, found: dict[type, set[str]], own: bool = False) -> bool:
    # own: its own validators and serializers may do anything
    base = _base()
    if base is None or base not in type.__dict__["__mro__"].__get__(cls) or cls is base:
        return False
    if cls in found:
        return True
    found[cls] = set()
    for one in cls.__mro__:
        names = vars(one)
        if one is base or one is object:
            continue
        if type(one) is not type(base) or any(name in names for name in _OVERRIDES):
            return False
        if names.get("__pydantic_post_init__") is not None:
            return False
        decorators = names.get("__pydantic_decorators__")
        read = (set() if own else _quiet(cls, decorators)) if decorators is not None else None
        if read is None:
            return False
        found[cls] |= read
    config = getattr(cls, "model_config", {})
    if not all(type(value) in _SETTINGS or name in _DESCRIBING and type(value) is dict for name, value in config.items()):
        return False
    fields = getattr(cls, "__pydantic_fields__", None)
    return fields is not None and all(_is_data(field, found) for field in fields.values())


_OVERRIDES = (
    "__init__", "__new__", "__setattr__", "__getattr__", "__getattribute__", "__get_pydantic_core_schema__", "model_post_init",
    *sorted(MAKING | READING),
)  # fmt: skip
_SETTINGS = (str, bool, int, type(None), tuple)
_DESCRIBING = ("json_schema_extra",)
_FINDING = ("_missing_", "__eq__", "__hash__", "__getattribute__", "value", "_value_", "name", "_name_")
_DECORATORS = ("validators", "root_validators", "field_serializers", "model_serializers", "computed_fields")


def _is_data(field: Any, found: dict[type, set[str]]) -> bool:
    if field.default_factory is not None and field.default_factory not in _FACTORIES:
        return False
    return _only_limit(field.metadata) and _is_value(field.annotation, found)


def _only_limit(metadata: Sequence[Any]) -> bool:
    """Whether what stands beside an annotation says only what values are allowed, and calls nothing of the user's."""
    known = ("annotated_types", "pydantic.types", "pydantic.fields", "pydantic._internal._fields")
    return all(type(one).__module__ in known and type(one).__name__ != "Predicate" for one in metadata)


def _is_value(annotation: Any, found: dict[type, set[str]]) -> bool:
    origin = typing.get_origin(annotation)
    if origin is typing.Literal or annotation is typing.Callable or collections.abc.Callable in (annotation, origin):
        return True  # of a callable it is asked whether it is one
    if origin is typing.Annotated:
        kept, *metadata = typing.get_args(annotation)
        return _is_value(kept, found) and _only_limit(metadata)
    if origin is not None:
        kept = origin in _VALUES or origin is typing.Union or origin is types.UnionType
        return kept and all(one is ... or _is_value(one, found) for one in typing.get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return _finds_members(annotation)
    if annotation in _VALUES:
        return True
    if not isinstance(annotation, type):
        return False
    return f"{annotation.__module__}.{annotation.__qualname__}" in _BY_NAME or _add(annotation, found)


def _finds_members(cls: type[enum.Enum]) -> bool:
    """Whether nothing of the user's runs when a member is found by its value. (What else an enumeration has made it has run.)"""
    if type(cls) is not enum.EnumMeta or cls.__new__ is not enum.Enum.__new__:
        return False
    own = (one for one in cls.__mro__ if one.__module__ not in ("enum", "builtins"))
    return not any(name in vars(one) and name not in cls.__members__ for one in own for name in _FINDING)
