"""A call that is given an object sees it as of its place in the program: its attributes, and what stands below them."""

import collections
import dataclasses


class X:
    def __init__(self, n):
        self.n = n
        self.parts = []


class Slotted:
    __slots__ = ("n",)


@dataclasses.dataclass
class Case:
    name: str
    of: X
    tags: dict = dataclasses.field(default_factory=dict)


# what is pending in it is waited for
x = X(f(1))
r1 = ident(x).n
x.n = f(2)
x.n += f(3) if ok(1) else f(4)
r2 = [ident(x).n]

# earlier writes come first, later ones wait
y = X(0)
if f(1):
    y.n += 1
    y.extra = 3
r3 = ident(y).n
y.n += 1
r4 = ident(y)
y.parts.append(f(5))
r5 = pack(y, 1)
y.parts.append(6)
y.n = 7

# also further below
case = Case("a", y)
case.tags["k"] = f(8)
r6 = ident(case)
case.of.parts.append(f(9))
r7 = ident([case])
case.tags["k"] = 0
case.of.n = 0

s = Slotted()
s.n = f(10)
r8 = ident(s)
s.n = 1
d = collections.defaultdict(list)
d["k"].append(f(11))
d["m"] = f(12)
r9 = ident(d)
d["m"] = 1
bound = y.parts.append
r10 = len(pack(bound))

# and when an answer turns out to be such an object
many = [X(0), X(1)]
many[0].parts.append(f(13))
one = pick(many)
many[1].n = f(14)
r11 = ident(one)
for each in many:
    each.n = 5
    each.parts.append(1)
r12 = ident(many)
