"""What is known without a declaration: external calls of client libraries, and what using their clients and results does.

Data and questions about objects that are there; no library is imported, and no attribute is read in a way that could run code.
"""

from __future__ import annotations

import functools
import sys
import types
from typing import Any, NamedTuple

from poppy_nb import validated


class Known(NamedTuple):
    """A library call that is external: a function in a class, and what decides that a call is not external."""

    module: str
    name: str
    is_async: bool
    in_order_if: tuple[str, ...] = ()  # see `runs_in_order`
    gives_own: bool = False  # what it answers may have instances of the user's classes in it


# The modules are those that old and new versions of the libraries have; `parse` of chat completions has moved. `stream` is
# missing on purpose: it calls handlers of the user's.
CALLS: tuple[Known, ...] = tuple(
    Known(module, f"{'Async' if is_async else ''}{name}", is_async, options, name.endswith(".parse"))
    for module, name, options in (
        ("openai.resources.chat.completions", "Completions.create", ("stream", "extra_headers")),
        ("openai.resources.chat.completions", "Completions.parse", ("extra_headers", "response_format", "tools")),
        ("openai.resources.beta.chat.completions", "Completions.parse", ("extra_headers", "response_format", "tools")),
        ("openai.resources.responses", "Responses.create", ("stream", "extra_headers")),
        ("openai.resources.responses", "Responses.parse", ("stream", "extra_headers", "text_format", "parse_as", "tools")),
        ("openai.resources.embeddings", "Embeddings.create", ("extra_headers",)),
        ("anthropic.resources.messages", "Messages.create", ("stream", "extra_headers")),
    )
    for is_async in (False, True)
)
_OF_FORMATS = frozenset({"response_format", "text_format", "parse_as"})

_CLIENTS = (
    ("openai", ("OpenAI", "AsyncOpenAI", "AzureOpenAI", "AsyncAzureOpenAI")),
    ("anthropic", ("Anthropic", "AsyncAnthropic")),
)
_LIBRARIES = ("openai", "anthropic")
_BASES = {("_resource", "SyncAPIResource"), ("_resource", "AsyncAPIResource"), ("_base_client", "BaseClient")}
_NOT_GIVEN = ("NotGiven", "Omit")


def runs_in_order(option: str, value: object) -> bool:
    """Whether a known call with this option is not external: a stream, a raw response, a model of which code of the user's runs.

    Raw responses are asked for with a header, which is what `with_raw_response` sends.
    """
    if value is None or value is False or type(value).__name__ in _NOT_GIVEN:
        return False
    if option in _OF_FORMATS:
        return not (isinstance(value, type) and validated.has_plain_schema(value))
    if option == "tools":
        return value != []
    if option == "extra_headers" and type(value) is dict:
        return any(type(key) is not str or key.lower() == "x-stainless-raw-response" for key in value)
    return True


def constructs_client(callee: object) -> bool:
    """Whether calling it only makes a new client: the class of a client, or `client.with_options`."""
    if type(callee) is types.MethodType:
        return method_of_client(callee) in ("copy", "with_options")
    for library, names in _CLIENTS:
        module = sys.modules.get(library)
        if module is not None and any(vars(module).get(name) is callee for name in names):
            return True
    return False


def method_of_client(callee: object) -> str:
    """The name of the method, if the library defines it and it is bound to a client or a part of one; else ""."""
    if type(callee) is not types.MethodType or type(callee.__func__) is not types.FunctionType:
        return ""
    function = callee.__func__
    return function.__name__ if _in_library(function.__module__) and _is_of_library(type(callee.__self__)) else ""


def client_behind(function: object) -> object:
    """The client through which a known call is made, which may be closed by then; or None."""
    owner = function.__self__ if type(function) is types.MethodType else None
    return object.__getattribute__(owner, "__dict__").get("_client") if _is_of_library(type(owner)) else None


def sample(callee: Any) -> Any:
    """A client like those that `callee`, of which `constructs_client` holds, will make: one that was never set up, to look at."""
    kind = type(callee.__self__) if type(callee) is types.MethodType else callee
    if kind not in _samples:
        _samples[kind] = object.__new__(kind)
    return _samples[kind]


_samples: dict[type, Any] = {}


def makes_field(callee: object) -> bool:
    """Whether calling it only makes the description of a field of a pydantic model."""
    if type(callee) is not types.FunctionType or callee.__module__ != "pydantic.fields":
        return False
    return callee.__qualname__ in ("Field", "PrivateAttr") and vars(sys.modules[callee.__module__]).get(callee.__name__) is callee


def attribute_is_pure(obj: object, name: str) -> bool:
    """Whether reading `obj.name` affects nothing: `client.chat`, `.completions`, `.create`, and fields of a pydantic model."""
    kind = type(obj)
    if is_pydantic_model(obj):
        return _field_is_there(obj, kind, name)
    if not _is_of_library(kind):
        return False
    if _is_proxy(kind):
        return not name.startswith("_") and vars(sys.modules["openai"]).get("_client") is not None  # else it makes a client first
    for base in kind.__mro__:
        if name in vars(base):
            value = vars(base)[name]
            known = isinstance(value, (functools.cached_property, property, types.FunctionType))
            return known and _in_library(base.__module__)
    return _own_getattribute(kind) and name in object.__getattribute__(obj, "__dict__")


def is_of_client(obj: object) -> bool:
    """Whether it is a client of a known library or a part of one: what stands behind it is the library's own (A3)."""
    return _is_of_library(type(obj))


def is_pydantic_model(obj: object) -> bool:
    """Whether it is an instance of `pydantic.BaseModel`. (`isinstance` would ask the object.)"""
    return is_pydantic_class(type(obj))


def is_pydantic_class(kind: object) -> bool:
    """Whether it is a class of such models."""
    module = sys.modules.get("pydantic.main")
    base = vars(module).get("BaseModel") if module is not None else None
    return base is not None and issubclass(type(kind), type) and base in _mro(kind)  # type: ignore[arg-type]


def _field_is_there(obj: Any, kind: type, name: str) -> bool:
    # A property or `__getattr__` of a subclass is code of the user's; a field's value stands in the instance dict.
    if not _own_getattribute(kind) or any(isinstance(vars(base).get(name), property) for base in _mro(kind)):
        return False
    return name in object.__getattribute__(obj, "__dict__")


def _is_of_library(kind: type) -> bool:
    if not _own_getattribute(kind):
        return False
    for base in _mro(kind):
        library, _, module = base.__module__.partition(".")
        if library in _LIBRARIES and (module, base.__name__) in _BASES:
            return True
    return _is_proxy(kind)


def _is_proxy(kind: type) -> bool:
    """Whether instances stand for a part of the client that the library makes for itself: `openai.chat`."""
    return kind.__module__ == "openai._module_client" and any(base.__name__ == "LazyProxy" for base in _mro(kind))


def _in_library(module: str) -> bool:
    return module.partition(".")[0] in _LIBRARIES


def _own_getattribute(kind: type) -> bool:
    """Whether attributes are looked up as `object` does it."""
    return not any("__getattribute__" in vars(base) for base in _mro(kind) if base is not object)


def _mro(kind: type) -> tuple[type, ...]:
    return type.__dict__["__mro__"].__get__(kind)  # type: ignore[no-any-return]
