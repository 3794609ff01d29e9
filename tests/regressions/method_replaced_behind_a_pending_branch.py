"""A branch that waits calls methods of a class; behind it the class, a function and an object's class are changed."""

class B:
    def m(self):
        return "first"

    def n(self):
        return "first"

    k = 5

class C(B):
    k = 7

def other(self):
    return "second"

def ask(x=1):
    return x

b, c = B(), B()
out = []
if ok(2):
    out.append(b.m())
    out.append(B.n(b))
    out.append(b.k)
    out.append(c.k)
    out.append(ask())
B.m = other
B.n = other
B.k = 6
c.__class__ = C
ask.__defaults__ = (2,)
out.append((b.m(), B.n(b), b.k, c.k, ask()))
if ok(4):
    B.m = lambda self: "third"
out.append(b.m())
d = B()
if ok(6):
    out.append(d.n())
d.n = lambda: "hidden"
if ok(8):
    d.m = lambda: "hidden"
out.append((d.n(), d.m()))
