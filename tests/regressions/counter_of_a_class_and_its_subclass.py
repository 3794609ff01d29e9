"""A subclass takes over the counter of its base as that is at this place, and goes on with one of its own."""


class A:
    count = 0

    def __init__(self):
        type(self).count += num(1)
        self.number = A.count


class B(A):
    pass


class C(A):
    pass


a, b = A(), B()
r = A.count, B.count, a.number, b.number
if f(1) == "no":
    C.count = 5
r2 = C.count
C.count = C.count + 1
