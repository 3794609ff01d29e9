"""`self.__dict__ = self`: what is written as an attribute is read as an item, and the other way round."""


class AttrDict(dict):
    kind = "c"

    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self

    def total(self):
        return self.a + self["b"]


x = AttrDict(a=1, b=2)
if "1" in f(1):
    x.a = 3
r = x["a"], dict(x)
if "1" in f(1):
    x["a"] = 4
s = x.a
t = x.total()
if "1" in f(1):
    x.new = f(2)
print(x, x.new, x.kind, len(x))
if "1" in f(1):
    del x.b
print("b" in x, hasattr(x, "b"), getattr(x, "q", 7))
x.z = f(3)
print(x["z"], x.z)
if "1" in f(1):
    print(x)
    x.kind = "mine"
x.a = 5
y = x.kind
if "1" in f(1):
    x.a += 10
x["a"] += 1
