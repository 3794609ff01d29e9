"""Every mutating operation, performed past a failing point: afterwards the state is that of plain Python, where it never happened.

Each operation stands in four places: behind a failure that a `try` handles, with what it is given known or pending; between two failures
of nested `try` statements; and behind the failure that ends the cell. In plain Python only the one before the inner failure happens.
"""

from __future__ import annotations

import pytest

from tests.equivalence import check


# how the object `x` is made: what is done to it; `v` is a value, known or pending, `w` a known one
TABLE: dict[str, list[str]] = {
    "['a', 'b', 'c', 'b']": [
        "x.append(v)", "x.insert(1, v)", "x.extend([v, w])", "x.pop()", "x.pop(0)", "x.remove('b')", "x.clear()", "x.reverse()", "x.sort(reverse=True)",
        "x.sort(key=lambda e: e != 'b')", "x[0] = v", "x[-1] = v", "x[1:3] = [v]", "x[::2] = [v, w]", "del x[0]", "del x[1:]", "del x[::2]", "x += [v]",
        "x *= 2", "x[0] += 'z'", "x[:] = []", "x.__setitem__(0, v)", "list.append(x, v)", "x.__init__([v])", "x[1], x[0] = x[0], v",
        "for x[0] in ['p', v]: pass", "a, *x[1:2] = [1, v]", "heapq.heapify(x)", "heapq.heappush(x, 'aa')", "bisect.insort(x, 'aa')",
        "random.shuffle(x)", "operator.setitem(x, 0, v)", "x.__iadd__([v])", "x.__delitem__(0)",
    ],
    "{'a': 1, 'b': 2, 'c': 3}": [
        "x['a'] = v", "x['new'] = v", "del x['a']", "x.pop('b')", "x.pop('no', v)", "x.popitem()", "x.setdefault('a', v)", "x.setdefault('new', v)",
        "x.update({'a': v, 'z': 1})", "x.update([('b', v)])", "x.update(b=v)", "x.clear()", "x |= {'c': v}", "x['a'] += 1", "x[v] = w",
        "dict.__setitem__(x, 'a', v)", "x.update(x)", "operator.delitem(x, 'a')", "x['b'], x['d'] = v, w", "x.__ior__({'e': v})",
        "for x['k'] in [1, v]: pass", "x.__delitem__('b')", "x.setdefault('l', []).append(v)",
    ],
    "{'a', 'b', 'c'}": [
        "x.add(v)", "x.discard('a')", "x.remove('b')", "x.clear()", "x.update([v], {w})", "x.difference_update({'a'})",
        "x.intersection_update(['a', 'b'])", "x.symmetric_difference_update({'a', w})", "x |= {v}", "x &= {'a'}", "x -= {'a'}", "x ^= {'a', 'q'}",
    ],
    "bytearray(b'abc')": [
        "x.append(65)", "x.insert(0, 65)", "x.extend(v.encode())", "x.pop()", "x.remove(97)", "x.clear()", "x.reverse()", "x[0] = 66", "x[1:] = b'zz'",
        "del x[0]", "x += v.encode()", "x *= 2", "memoryview(x)[0] = 67",
    ],
    "collections.deque(['a', 'b', 'c'], maxlen=3)": [
        "x.append(v)", "x.appendleft(v)", "x.extend([v, w])", "x.extendleft([v, w])", "x.pop()", "x.popleft()", "x.remove('b')", "x.clear()", "x.reverse()",
        "x.rotate(1)", "x[0] = v", "del x[1]", "x += [v]", "x *= 2",
    ],
    "collections.deque(['a'])": ["x.insert(0, v)", "x.append(v)", "x += [v, w]"],
    "collections.defaultdict(list, {'a': [1]})": [
        "x['new']", "x['new'].append(v)", "x['a'].append(v)", "x[v] = w", "x.default_factory = int", "del x['a']", "x.update(a=v)", "x |= {'q': v}",
        "x.setdefault('n', v)", "x.pop('a')",
    ],
    "collections.Counter('aab')": [
        "x['a'] += 1", "x[v] += 1", "x.update('bc')", "x.update([v])", "x.subtract('a')", "x += collections.Counter('b')", "x -= collections.Counter('a')",
        "x |= collections.Counter('ccc')", "x &= collections.Counter('a')", "del x['a']", "x.clear()", "x.popitem()",
    ],
    "collections.OrderedDict(a=1, b=2, c=3)": [
        "x.move_to_end('a')", "x.move_to_end('c', last=False)", "x.popitem(last=False)", "x.popitem()", "x['a'] = v", "x['d'] = v", "del x['b']",
        "x.update(b=v)", "x.clear()", "x |= {'a': v}", "x.setdefault('z', v)", "x.pop('a')",
    ],
    "collections.ChainMap({'a': 1}, {'b': 2})": ["x['a'] = v", "x['c'] = v", "del x['a']", "x.maps[1]['b'] = v", "x.clear()", "x.update(z=v)",
                                                "x.pop('a')", "x.maps.append({'m': v})"],
    "A()": [
        "x.p = v", "x.q = v", "del x.p", "x.p += 'z'", "x.items.append(v)", "setattr(x, 'p', v)", "delattr(x, 'p')", "x.__dict__['p'] = v",
        "x.__dict__.update(q=v)", "vars(x).pop('p')", "A.n = v", "A.n += 1", "x.n = v", "A.shared.append(v)", "x.change(v)", "x.prop = v",
        "A.added = w", "object.__setattr__(x, 'p', v)", "x.p, x.q = v, w", "for x.p in [1, v]: pass", "x.__class__ = B", "A.method = lambda self: 1",
        "x.cached", "x.__init__()",
    ],
    "S()": ["x.p = v", "del x.p", "x.q = v", "x.p += 'z'", "setattr(x, 'q', v)"],
    "D('a', ['b'])": ["x.a = v", "x.b.append(v)", "x.b = [v]", "x.__dict__.clear()"],
    "[['a'], {'k': ['b']}, A()]": ["x[0].append(v)", "x[1]['k'].append(v)", "x[1]['k'] = x[0]", "x[2].p = x", "x[0], x[1] = x[1], x[0]", "x.append(x)"],
    "iter(['a', 'b', 'c'])": ["next(x)", "list(x)", "for _ in x: pass", "a, *b = x", "next(x); next(x)"],
    "random.Random(1)": ["x.random()", "x.shuffle([1, 2, 3])", "x.seed(5)", "x.setstate(random.Random(3).getstate())", "x.gauss(0, 1)"],
    "io.StringIO('abc')": ["x.write(v)", "x.read()", "x.seek(1)", "x.truncate(1)", "x.readline()"],
    "array.array('i', [1, 2, 3])": ["x.append(4)", "x[0] = 9", "x.extend([5])", "x.pop()", "x.reverse()"],
    "ValueError('a')": ["x.args = (v,)", "x.note = v", "x.add_note('n')", "x.__cause__ = KeyError(1)"],
    "0": [
        "x = v", "x += 1", "del x", "glob = v", "change_global(v)", "cell_put(v)", "import string as x", "def x(): pass", "random.random()",
        "random.seed(3)", "globals()['glob'] = v", "(x := v)", "x, glob = v, w", "[x := e for e in (v, w)]", "default(v)",
        "os.environ['POPPY_TEST'] = 'set'", "class x: y = v",
    ],
}  # fmt: skip

SETUP = '''
import array, bisect, collections, heapq, io, operator, os, random
from dataclasses import dataclass
from functools import cached_property
random.seed(7)
glob = "g"
class A:
    n, shared = 1, []
    def __init__(self): self.p, self.items = "p", []
    def change(self, v):
        self.p = v
        self.items += [v]
    @property
    def prop(self): return self._prop
    @prop.setter
    def prop(self, v): self._prop = v
    @cached_property
    def cached(self): return [self.p]
class B(A): pass
class S:
    __slots__ = ("p", "q")
    def __init__(self): self.p = "p"
@dataclass
class D:
    a: str
    b: list
def change_global(v):
    global glob
    glob = v
def make():
    held = "h"
    def put(v):
        nonlocal held
        held = v
    return put, lambda: held
cell_put, cell_get = make()
def default(v, xs=[]):
    xs.append(v)
'''

CELL = '''
w = "w"
x = {make}
alias = x
v = "v"
try:
    fail(2)
    {operation}
except ValueError:
    pass
first = x
v = f(1)
try:
    fail(2)
    {operation}
    g("behind")
except ValueError:
    pass
second = x
x = {make}
v = f(2)
try:
    try:
        {operation}
        fail(2)
        {operation}
    finally:
        w = g(3)
except Exception as e:
    failed = type(e).__name__
x = {make}
v = f(3)
fail(5)
{operation}
'''

LATER = "look = glob, cell_get(), random.random(), A.n, A.shared, default.__defaults__, os.environ.get('POPPY_TEST'), hasattr(A, 'method')"
CASES = [pytest.param(make, operation, id=f"{make}: {operation}") for make, operations in TABLE.items() for operation in operations]


@pytest.mark.engine
@pytest.mark.parametrize(("make", "operation"), CASES)
def test_operation(make: str, operation: str) -> None:
    """The state of all four, and of what is global, is that of plain Python."""
    cell = CELL.format(make=make, operation=operation)
    ending = cell.replace("fail(5)\n", "").rsplit("v = f(3)\n", 1)[0]
    check(cell, setup=SETUP, orders=1)
    check(f"{ending}{LATER}\n", setup=SETUP, orders=1)
