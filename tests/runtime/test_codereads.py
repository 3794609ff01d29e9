"""What the code of a function reads and writes besides its arguments."""

import pytest

from poppy_nb.codereads import CodeReads, code_reads


LIMIT = 3


def make():
    captured, counted = 1, 0

    def reads_captured():
        return captured

    def writes_captured():
        nonlocal counted
        counted += 1

    def through_a_comprehension(self):
        return [self.x + captured + LIMIT for _ in range(3)]

    return reads_captured, writes_captured, through_a_comprehension


def reads_global(x):
    return len(x) + LIMIT


def writes_global():
    global LIMIT
    LIMIT = 4


def uses_self(self, other):
    self.n = self.x.y
    self.count += 1
    del self.gone
    return self.method(other.z)


def passes_self_on(self):
    return print(self)


def in_a_lambda(self):
    return lambda: self.later


def not_the_first(a, b):
    def inner(b):
        return b.attribute

    return a.x, b.x, inner


def reads(**kinds):
    return CodeReads(**{k: v if k == "whole" else frozenset(v.split()) for k, v in kinds.items()})


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (reads_global, reads(globals="len LIMIT", whole=True)),
        (writes_global, reads(global_writes="LIMIT")),
        (uses_self, reads(attributes="x count method", attribute_writes="n count gone")),
        (passes_self_on, reads(globals="print", whole=True)),
        (in_a_lambda, reads(attributes="later")),
        (not_the_first, reads(attributes="x")),
        (make()[0], reads(free="captured")),
        (make()[1], reads(free="counted", free_writes="counted")),
        (make()[2], reads(attributes="x", free="captured", globals="LIMIT range")),
        (lambda: 1, reads()),
    ],
    ids=lambda p: getattr(p, "__name__", ""),
)
def test_reads(function, expected):
    assert code_reads(function.__code__) == expected
