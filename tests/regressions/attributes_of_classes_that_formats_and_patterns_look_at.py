"""`'{0.a}'.format(cls)` and a class pattern wait for who has yet to set the attribute of a class or function; `map` over bytes too."""

import collections


class Base:
    a = 1


class Inner(Base):
    pass


def function():
    pass


function.a = 1
if "1" in f(1):
    Base.a = 5
    function.a = 6
print("{0.a} {1.a}".format(Inner, function))
match Inner:
    case object(a=5):
        r = "five"
    case object(a=v):
        r = v
if "2" in f(2):
    Base.a = 7
if len(f(3)):
    print("{0.a}".format(Base))
    match Base:
        case object(a=7):
            r2 = "seven"
        case _:
            r2 = "none"
Base.a = 8

b = bytearray(b"ab")
if "1" in f(1):
    b.append(99)
joined = ",".join(map(str, b))
if "2" in f(2):
    b[0] = 1
counted = collections.Counter(map(repr, b))
