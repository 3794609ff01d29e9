"""Small functions of the user's of which their code shows that they only compute: validators of models.

They read what they are given, call builtin functions and methods that change nothing, raise and answer. Told from the bytecode,
by what it may contain: no stores but to local variables, no names but those of builtins, no attributes but such methods.
"""

from __future__ import annotations

import builtins
import dis
import types
from collections.abc import Iterator


_BUILTINS = frozenset({
    "abs", "all", "any", "bool", "dict", "enumerate", "float", "frozenset", "int", "isinstance", "len", "list", "max", "min",
    "range", "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "zip", "AssertionError", "KeyError",
    "TypeError", "ValueError", "Exception",
})  # fmt: skip
_METHODS = frozenset(
    {name for name in dir(str) if not name.startswith("_")}
    | {"copy", "count", "get", "index", "is_integer", "issubset", "issuperset", "items", "keys", "union", "values"}
)
_PLAIN = frozenset({
    "BINARY_OP", "BINARY_SLICE", "BINARY_SUBSCR", "BUILD_CONST_KEY_MAP", "BUILD_LIST", "BUILD_MAP", "BUILD_SET",
    "BUILD_SLICE", "BUILD_STRING", "BUILD_TUPLE", "CACHE", "CALL", "CALL_INTRINSIC_1", "CALL_KW", "CHECK_EXC_MATCH",
    "COMPARE_OP", "CONTAINS_OP", "CONVERT_VALUE", "COPY", "COPY_FREE_VARS", "END_FOR", "EXTENDED_ARG", "FORMAT_SIMPLE",
    "FORMAT_VALUE", "FORMAT_WITH_SPEC", "FOR_ITER", "GET_ITER", "IS_OP", "JUMP_BACKWARD", "JUMP_FORWARD", "KW_NAMES",
    "LIST_APPEND", "LIST_EXTEND", "LIST_TO_TUPLE", "LOAD_ASSERTION_ERROR", "LOAD_CLOSURE", "LOAD_CONST", "LOAD_DEREF",
    "LOAD_FAST", "LOAD_FAST_AND_CLEAR", "LOAD_FAST_CHECK", "LOAD_FAST_LOAD_FAST", "MAKE_CELL", "MAKE_FUNCTION", "MAP_ADD",
    "NOP", "POP_EXCEPT", "POP_JUMP_BACKWARD_IF_FALSE", "POP_JUMP_BACKWARD_IF_NONE", "POP_JUMP_BACKWARD_IF_NOT_NONE",
    "POP_JUMP_BACKWARD_IF_TRUE", "POP_JUMP_FORWARD_IF_FALSE", "POP_JUMP_FORWARD_IF_NONE", "POP_JUMP_FORWARD_IF_NOT_NONE",
    "POP_JUMP_FORWARD_IF_TRUE", "POP_JUMP_IF_FALSE", "POP_JUMP_IF_NONE", "POP_JUMP_IF_NOT_NONE", "POP_JUMP_IF_TRUE",
    "POP_TOP", "PRECALL", "PUSH_EXC_INFO", "PUSH_NULL", "RAISE_VARARGS", "RERAISE", "RESUME", "RETURN_CONST",
    "RETURN_GENERATOR", "RETURN_VALUE", "SET_ADD", "SET_FUNCTION_ATTRIBUTE", "SET_UPDATE", "STORE_FAST",
    "STORE_FAST_LOAD_FAST", "STORE_FAST_STORE_FAST", "SWAP", "TO_BOOL", "UNARY_INVERT", "UNARY_NEGATIVE", "UNARY_NOT",
    "UNPACK_SEQUENCE", "JUMP_IF_FALSE_OR_POP", "JUMP_IF_TRUE_OR_POP", "YIELD_VALUE", "DELETE_FAST", "STORE_DEREF",
})  # fmt: skip
_BY_NAME = frozenset({"LOAD_ATTR", "LOAD_METHOD"})


def attributes_of(function: object, fields: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """Which attributes a call reads that, given data, changes nothing and reads nothing else; None: it may do more.

    Of what is not data it reads `fields`; the other attributes are named as methods of builtin types are.
    """
    plain = getattr(function, "__func__", function)
    if type(plain) is not types.FunctionType or plain.__closure__ or hasattr(plain, "__wrapped__"):
        return None
    names = plain.__globals__
    found = names.get("__builtins__", builtins)
    if found is not builtins and found is not vars(builtins):
        return None
    if not all(_is_data(value) for value in (*(plain.__defaults__ or ()), *(plain.__kwdefaults__ or {}).values())):
        return None
    attributes: set[str] = set()
    for code in _codes(plain.__code__):
        for one in dis.get_instructions(code):
            if one.opname == "LOAD_GLOBAL":
                if one.argval not in _BUILTINS or one.argval in names:
                    return None
            elif one.opname in _BY_NAME:
                if one.argval not in _METHODS and one.argval not in fields:
                    return None
                attributes.add(one.argval)
            elif one.opname not in _PLAIN or one.opname == "BINARY_OP" and one.argrepr.endswith("="):
                return None
    return frozenset(attributes)


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for one in code.co_consts:
        if type(one) is types.CodeType:
            yield from _codes(one)


def _is_data(value: object) -> bool:
    return type(value) in (str, int, float, bool, type(None))
