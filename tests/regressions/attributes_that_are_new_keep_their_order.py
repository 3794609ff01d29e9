"""Attributes that a strand that waits has yet to make stand before those that are made behind it."""

from types import SimpleNamespace


class Answer:
    def __init__(self):
        self.q = 1


x = Answer()
if "1" in f(1):
    x.first = 1
x.second = 2
x.third = x.second + 1
print(list(vars(x)), x.third)
s = SimpleNamespace()
for name in "abc":
    if name != "b" or "2" in f(2):
        setattr(s, name, f(name))
s.d = 4
print(s)
if "1" in f(1):
    del x.q
    x.q = 5
x.last = 6
print(vars(x))
try:
    x.more = 7
    x.much = bad(1)
except Exception:
    x.much = 8
    x.more = 9
x.end = 10
print(vars(x))
