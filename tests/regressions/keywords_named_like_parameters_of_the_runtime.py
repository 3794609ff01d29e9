"""Keywords called self, target, ops, value, mapping: no function of the runtime may take them for its own."""

from collections import namedtuple
from contextlib import ExitStack
from dataclasses import dataclass, replace

seen = []


def note(*args, **kwargs):
    seen.append((args, kwargs))


with ExitStack() as stack:
    stack.callback(note, f(1), self=2)


@dataclass
class D:
    value: int
    target: int = 0
    ops: int = 1


d = replace(D(value=num(1), target=num(2), ops=3), value=num(7), target=4)
N = namedtuple("N", "target ops value")
n = N(target=num(1), ops=2, value=num(3))
k = dict(target=num(1), ops=2)
k.update(mapping=num(3), ops=7)
t = "{target} {self} {ops}".format(target=num(1), self=f(2), ops=3)
