"""Classes that inherit from containers and are given their content, typed dicts, and classes with `__class_getitem__`."""

class Missing(dict):
    def __missing__(self, key): return "{" + key + "}"
m = Missing(a=f(1), b=2)
n = Missing([("x", f(2)), ("y", f(3))], z=f(4))
o = Missing(m)
s = "{a} {q}".format_map(m)
k = list(n), n["x"], n["nope"], o == m, type(o).__name__
g(m["a"])
class L(list):
    def first(self): return self[0]
a = L([f(1), f(2)])
b = L(a)
c = L(x for x in [f(3), f(4)])
d = a.first(), b[1], len(c)
try:
    L(3)
except TypeError as e:
    t = str(e)
try:
    L([1], 2)
except TypeError as e:
    u = str(e)
class S(set):
    def has(self, x): return x in self
a = S([f(1), f(2), f(1)])
b = a.has("zz"), len(a)
class D(dict):
    def __setitem__(self, k, v): log.append(k); super().__setitem__(k, v)
log = []
d = D(a=f(1))
d["b"] = f(2)
try:
    D(1, 2)
except TypeError as e:
    t = str(e)
try:
    D([1])
except TypeError as e:
    u = str(e)
from typing import TypedDict
class Message(TypedDict):
    role: str
    content: str
h = [Message(role="user", content="a")]
for i in range(3):
    a = f(h)
    h.append(Message(role="assistant", content=a))
    h.append({"role": "user", "content": str(i)})
m = Message({"role": f(8), "content": "q"})
print(h)
class Tool:
    tools = {}
    seen = []
    def __init_subclass__(cls): Tool.tools[cls.__name__] = cls
    def __class_getitem__(cls, name):
        cls.seen.append(name)
        return cls.tools[name]
    def run(self, x): return g(x)
class Shout(Tool):
    def run(self, x): return f(x).upper()
class Twice(Tool):
    def run(self, x): return f(x) + f(x, 2)
def use(name, x):
    if ok(x):
        return Tool[name]().run(x)
    return Tool["Shout"]().run(x)
used = [use(name, i) for i, name in enumerate(["Shout", "Twice", "Twice"])]
print(used, Tool.seen)
