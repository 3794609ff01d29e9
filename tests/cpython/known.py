"""Which files of CPython's tests are run, and the tests that may differ, each with its reason."""

from __future__ import annotations


# Files in which every test comes out as in plain Python, but for EXCEPTIONS.
FILES = """
test_grammar test_scope test_with test_class test_named_expressions test_dictcomps test_listcomps test_setcomps test_genexps
test_coroutines test_asyncgen test_contextlib test_contextlib_async test_except_star test_exception_group
test_exception_variations test_exceptions test_unpack test_unpack_ex test_augassign test_compare test_binop test_bool test_call
test_extcall test_keywordonlyarg test_positional_only_arg test_decorators test_super test_property test_metaclass
test_funcattrs test_global test_raise test_string_literals test_fstring test_list test_dict test_patma test_generators
test_defaultdict test_opcodes test_int_literal test_contains test_index test_richcmp
""".split()

# What a run of the tests has time for: together under a minute.
SHORT = """
test_grammar test_with test_class test_named_expressions test_unpack_ex test_augassign test_binop test_except_star
test_extcall test_keywordonlyarg
""".split()

FINALISERS = "when an object is finalised is not promised"
FRAMES = "it looks at frame objects themselves: their lines after they have ended, who is above them"
TRACING = "it traces lines: what is traced are the frames of the mediated form"
SUGGESTIONS = "suggestions of names are made from the local variables of the frame, which the mediated form does not have"
IDENTITY = "it looks at ids or at the identity of argument tuples"

_LINES = """test_lineno_after_other_except test_lineno_after_raise_in_except test_lineno_after_raise_in_with_exit test_lineno_after_with
test_lineno_in_finally_except test_lineno_in_finally_normal test_lineno_in_named_except test_lineno_in_try
test_missing_lineno_shows_as_none"""
_TRACED = "test_default_capture test_default_wildcard test_no_default test_only_default_capture test_only_default_wildcard test_unreachable_code"

EXCEPTIONS: dict[str, dict[str, str]] = {
    "test_grammar": {"GrammarTests.test_listcomps": "a claim is missing (a fault of ours): names of the outer of two nested comprehensions"},
    "test_scope": {"ScopeTests.testCellLeak": FINALISERS, "ScopeTests.testLeaks": FINALISERS},
    "test_class": {"ClassTests.testClassCallRecursionLimit": "how deep a recursion can be is not promised"},
    "test_genexps": {"doctest doctests": IDENTITY},
    "test_contextlib": {"ContextManagerTestCase.test_nokeepref": FINALISERS},
    "test_except_star": {"TestExceptStarExceptionGroupSubclass.test_except_star_EG_subclass": "compares traceback objects"},
    "test_call": {"TestPEP590.test_vectorcall_override": IDENTITY},
    "test_dict": {"DictTest.test_container_iterator": FINALISERS},
    "test_raise": {"TestTraceback.test_accepts_traceback": "compares traceback objects", "TestTracebackType.test_attrs": FRAMES},
    "test_patma": {f"TestTracing.{name}": TRACING for name in _TRACED.split()},
    "test_coroutines": {
        "CoroutineTest.test_for_2": "counts references", "CoroutineTest.test_for_3": "counts references",
        "CoroutineTest.test_for_4": "counts references",
        "CoroutineTest.test_func_7": "the message of a TypeError about `yield from`",
        "OriginTrackingTest.test_origin_tracking": FRAMES, "OriginTrackingTest.test_origin_tracking_warning": FRAMES,
    },
    "test_exceptions": {
        **{f"PEP626Tests.{name}": FRAMES for name in _LINES.split()},
        "ExceptionTests.testExceptionCleanupState": FINALISERS,
        "ExceptionTests.test_generator_del_cleanup_exc_state": FINALISERS,
        "ExceptionTests.test_memory_error_cleanup": FINALISERS,
        "NameErrorTests.test_name_error_suggestions": SUGGESTIONS,
        "AttributeErrorTests.test_getattr_suggestions_invalid_args": "`name` and `obj` of an error that `__getattr__` raised",
        "AttributeErrorTests.test_getattr_suggestions_no_args": "`name` and `obj` of an error that `__getattr__` raised",
    },
    "test_generators": {
        "SignalAndYieldFromTest.test_raise_and_yield_from": "native code steps a generator that was begun by the engine",
        "FinalizationTest.test_frame_resurrect": FINALISERS, "FinalizationTest.test_refcycle": FINALISERS,
        "GeneratorStackTraceTest.test_send_with_yield_from": FRAMES,
        "GeneratorStackTraceTest.test_throw_with_yield_from": FRAMES,
        "doctest syntax": "`gi_code` of a mediated generator is that of its mediated form",
        "doctest coroutine": FINALISERS,
    },
}  # fmt: skip
