"""An external may call a function that it is given: what this reads has the values of the place of the call."""

@external
def run_it(*given):
    return [one() for part in given for one in (part if type(part) in (list, tuple) else [part])]
def make(x):
    v = f(x)
    def inner():
        return v
    return inner
print(run_it(make(1)), run_it([make(2), make(3)]))
w = f(2)
def of_a_global():
    return w
first = run_it(of_a_global)
w = f(3)
print(first, run_it(of_a_global), run_it(lambda: of_a_global() + w))
box = []
def of_a_list():
    return list(box)
r = run_it(of_a_list)
box.append(f(1))
s = run_it(of_a_list)
box.append(g(2))
print(r, s, run_it(of_a_list), ident([of_a_list])[0]())
class Bag:
    def __init__(self, x):
        self.x = x
    def get(self):
        return self.x
bag = Bag(f(4))
t = run_it(bag.get)
if ok(2):
    bag.x = "changed"
print(t, run_it(bag.get))
import functools
def add(a, b):
    return a, b, w
print(run_it(functools.partial(add, f(5), b=f(6))))
out = []
for x in (1, 2, 3):
    out.append(run_it(lambda: x))
def each(xs):
    return [run_it(lambda: y, lambda y=f(y): y) for y in xs]
print(out, each([1, 2]))
shelf = []
@external
def look(x):
    return list(shelf)
u = look(ident(shelf))
shelf.append(g(7))
print(u)
