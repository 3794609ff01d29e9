"""What is given to a call is an attribute of a pending value that has none: no other attribute of what it may be is read."""


class N:
    pass


n1 = num()
nd1 = N()
nd2 = {"b": nd1}[n1]


class A:
    def __init__(self, s, xs):
        (self.n,) = s


A(f, 1)
if ok():
    f(nd2.xs)
