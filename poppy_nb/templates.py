"""Templates of jinja2: rendering one with data gives a text and does nothing else, unless it or the program says so.

A template is compiled to code; what it may do besides putting texts together shows in the names that this code uses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import CodeType, MethodType
from typing import Any

from poppy_nb.looking import fields


_OTHER_TEMPLATES = frozenset({"get_template", "select_template", "get_or_select_template"})
# Filters and functions that draw random numbers, and methods that change what they are given
_DOES_MORE = frozenset({
    "random", "lipsum", "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "update", "setdefault",
    "popitem", "add", "discard", "do",
})  # fmt: skip
_UNDEFINED = ("Undefined", "StrictUndefined", "ChainableUndefined", "DebugUndefined")
_ATOMS = (str, int, float, bool, type(None))


def renders(target: MethodType) -> bool:
    """Whether it is `template.render`, of a template whose code and surroundings are the library's own and known."""
    library: Any = sys.modules.get("jinja2")
    template: Any = target.__self__
    if library is None or type(template) is not library.Template or target.__func__ is not library.Template.render:
        return False
    own = fields(template) or {}
    return _is_plain(library, own.get("environment")) and _only_renders(own) and _are_known(library, own.get("globals"))


def makes(target: Any) -> bool:
    """Whether it is the class of templates, or `environment.from_string` of an environment that is the library's and known."""
    library = sys.modules.get("jinja2")
    if library is None:
        return False
    if target is library.Template:
        return True
    if type(target) is not MethodType or target.__func__ is not library.Environment.from_string:
        return False
    return _is_plain(library, target.__self__)


def _is_plain(library: Any, environment: Any) -> bool:
    own = fields(environment) or {}
    if type(environment) is not library.Environment or own["extensions"] or own["finalize"] is not None or own["is_async"]:
        return False
    if own["undefined"] not in [getattr(library, name) for name in _UNDEFINED]:
        return False
    given = (("filters", library.filters.FILTERS), ("tests", library.tests.TESTS))
    return all(own[name] == known for name, known in given) and _are_known(library, own.get("globals"))


def _are_known(library: Any, names: Any) -> bool:
    """Whether what templates find is the library's, or data."""
    usual = library.defaults.DEFAULT_NAMESPACE
    return names is None or all(usual.get(name) is value or type(value) in _ATOMS for name, value in names.items())


def _only_renders(template: dict[str, Any]) -> bool:
    functions = [template.get("root_render_func"), *(template.get("blocks") or {}).values()]
    for function in functions:
        code = getattr(function, "__code__", None)
        if type(code) is not CodeType:
            return False
        for one in _codes(code):
            words = {constant for constant in one.co_consts if type(constant) is str}
            if words & _DOES_MORE or not _OTHER_TEMPLATES.isdisjoint(one.co_names):
                return False
    return True


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if type(one) is CodeType:
            yield from _codes(one)
