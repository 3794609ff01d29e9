"""Dictionaries: merging, inverting, nesting, defaults, views, ordering, subclasses with __missing__."""

from collections import ChainMap, OrderedDict, UserDict
from types import MappingProxyType


class Lower(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.lower(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.lower())

    def __contains__(self, key):
        return super().__contains__(key.lower())


class Squares(dict):
    def __missing__(self, n):
        value = self[n] = n * n
        return value


def invert(d):
    out = {}
    for k, v in d.items():
        out.setdefault(v, []).append(k)
    return out


def flatten(d, prefix=""):
    for k, v in d.items():
        if isinstance(v, dict):
            yield from flatten(v, f"{prefix}{k}.")
        else:
            yield prefix + k, v


a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, {**b, **a}, a.keys() & b.keys(), a.keys() - b, a.items() ^ b.items() == {("x", 1), ("y", 2), ("y", 3), ("z", 4)})
print(invert({"a": 1, "b": 2, "c": 1}), dict(flatten({"a": {"b": 1, "c": {"d": 2}}, "e": 3})))
head = Lower(Accept="x")
head["Content-Type"] = "text"
print(head["CONTENT-type"], "accept" in head, dict(head), head.get("nope", "-"))
s = Squares()
print(s[3], s.get(4), s[5], s)
layers = ChainMap({"debug": True}, {"debug": False, "level": 1})
layers["level"] = 2
print(layers["level"], layers.maps, layers.parents["level"], layers.new_child({"q": 0})["q"])
od = OrderedDict.fromkeys("abc", 0)
od.move_to_end("a")
od.update(b=5)
print(od, od.popitem(last=False), list(reversed(od)))
view = MappingProxyType(a)
a["w"] = 9
print(view["w"], len(view))
try:
    view["q"] = 1
except TypeError as e:
    print(e)
try:
    for k in a:
        a[k + k] = 1
except RuntimeError as e:
    print(e)
print(a.pop("nope", None), a.popitem(), sorted(a, key=a.get), min(a.items(), key=lambda kv: kv[1]))
