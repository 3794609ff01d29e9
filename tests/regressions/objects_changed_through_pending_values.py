"""Objects that are changed through an answer that turns out to be them: with slots, of libraries, iterators, in tuples, classes by `type`."""
class S:
    __slots__ = ("x", "y")
s = S()
s.x = 0
ident(s).x = 1
print(s.x)
ident(s).y = [ident(1)]
s.y.append(2)
print(s.y)
import io, random
b = io.StringIO()
ident(b).write("ab")
print(b.getvalue())
r = random.Random(3)
x = ident(r).random()
print(r.random(), x)
it = iter([1,2,3])
y = next(ident(it))
print(next(it), y)
from collections import namedtuple
import itertools
c = itertools.count()
print(next(ident(c)), next(c))
import array
a = array.array("i", [1])
ident(a).append(2)
print(a)
m = memoryview(bytearray(b"abc"))
ident(m)[0] = 65
print(bytes(m))
q = __import__("queue").Queue()
ident(q).put(1)
print(q.qsize())
def gen():
    yield 1
    yield 2
gg = gen()
print(next(ident(gg)), next(gg))
t = ([],)
p = t if ident(1) else 0
p[0].append(1)
print(t[0])
view = {1: 2}.items()
d = {1: []}
ident(d.values())
print(d)
for z in ident(d.values()):
    z.append(3)
print(d)


class A:
    items = []
    count = 0


o = A()
ident(o).items.append(1)
print(A.items)
type(ident(o)).count += 1
print(A.count)
ident(o).__class__.count += 1
print(A.count, o.count)


def make():
    if ok(2):
        return A()
    return 3


made = make()
type(made).count += 1
print(A.count)
made.__class__.count += 1
print(A.count)
