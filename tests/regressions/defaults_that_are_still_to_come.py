"""Functions are made before their defaults are known: who calls them, hands them on or looks at them sees plain Python's."""

def ask(x, y=f(0), *, z=g(1)):
    return f(x, y, z)
print([ask(1), ask(2, 3), ask(x=4, z=5)])
print(ask.__defaults__, ask.__kwdefaults__, ask.__call__(7))

made = [lambda v=f(i), *, w=g(i): (v, w) for i in range(3)]
print([one() for one in made], made[0].__defaults__, made[1].__kwdefaults__)
made[0].__kwdefaults__["w"] = "other"
made[1].__defaults__ = (ident(2),)
print([one() for one in made])

def outer(x):
    def inner(y=f(x), seen=[]):
        seen.append(y)
        return g(y), seen
    inner()
    return inner
inners = [outer(x) for x in range(2)]
print([one() for one in inners], inners[0].__defaults__)

class Bag:
    def add(self, x):
        return x
Bag.add = lambda self, x, y=f(3): (x, y)
Bag.__len__ = lambda self, n=ident(4): n
bag = Bag()
print(bag.add(1), len(bag), bag.add.__defaults__)

# an object that others change, and of which it is not known yet that it is the default
box = {"n": 0}
def count(b=ident(box)):
    b["n"] += 1
    return b["n"]
box["n"] += 10
print(count(), count(), box, count.__defaults__[0] is box)
if ident(1):
    count()
print(box)

# generators, also in plain form, coroutines, async generators
def rows(n=ident(2)):
    for i in range(n):
        yield f(i)
print(list(rows()), [*rows(1)])
def plainly(n=ident(3)):
    try:
        yield n
    finally:
        print("end", n)
print(next(plainly()), list(plainly()))
async def later(x, y=f(9)):
    return x, y
async def items(n=ident(2)):
    for i in range(n):
        yield i
import asyncio
print(await later(1), await asyncio.gather(later(2), later(3, 4)))
print([i async for i in items()])

# handed to native code, to externals and to the library
import functools, inspect, collections
print(sorted([3, 1, 2], key=lambda x, k=ident(-1): x * k), list(map(lambda x, y=f(5): (x, y), [1, 2])))
print(inspect.signature(lambda x, y=f(6): 0), functools.partial(lambda x, y=f(7): (x, y), 1)())
groups = collections.defaultdict(lambda start=ident(5): start)
groups["a"] += 1
print(groups["a"], groups["b"])
def helper(y=f(8)):
    return y
print(ident(helper)(), ident([helper])[0].__defaults__)

def logged(fn):
    @functools.wraps(fn)
    def inner(*args, times=ident(2), **kw):
        return [fn(*args, **kw)] * times
    return inner
@logged
def pair(a, b=f(1)):
    return a, b
print(pair(1), pair(1, b=2), pair.__wrapped__.__defaults__)

# of another function, and of a type that is annotated
def first(x: str = f(1), *more: int, last: "str" = f(2)) -> tuple:
    return x, more, last
second = first
def third(x=first(), y=second):
    return x, y()
print(third(), first("a", 1, last=2))
try:
    def broken(x=boom(1)):
        return x
    print("never", broken())
except ValueError as error:
    print(error)
try:
    broken
except NameError as error:
    print(error)
del first, second
import operator
print(getattr(lambda x=f(1): x, "__defaults__"), operator.attrgetter("__defaults__")(lambda x=f(2): x))
print(hasattr(lambda x=f(3): x, "__defaults__"), dict(inspect.getmembers(lambda x=f(4): x))["__defaults__"])
def changed(x=f(5), *, y=f(6)):
    return x, y
if ident(1):
    changed.__defaults__ = (g(1),)
print(changed())
changed.__defaults__ += (g(2),) if False else ()
del changed.__kwdefaults__
try:
    changed()
except TypeError as error:
    print(error)
left = [lambda x, y=f(i), z=(f(i), i): (x, y, z) for i in range(2)]
def default(x=(f(1), [f(2)]), y={"k": f(3)}):
    return x, y
