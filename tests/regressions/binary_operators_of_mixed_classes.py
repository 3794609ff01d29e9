"""Which method of which operand is asked, in which order, and what the messages say if none answers."""

class Q:
    def __init__(self, k): self.k = k
    def __lt__(self, o): return NotImplemented
    def __radd__(self, o): return ("radd", o)
    def __mul__(self, o): return NotImplemented
class T(int):
    def __lt__(self, o): return NotImplemented
    def __floordiv__(self, o): return "T//"
    def __rfloordiv__(self, o): return "T r//"
class U(T):
    def __floordiv__(self, o): return "U//"
class V(T):
    def __rfloordiv__(self, o): return "V r//"
class X(int): pass
log = []
l = [1]
for a, b in ((Q(1), T(2)), (T(2), Q(1)), (T(2), ident(3)), (Q(1), num(2)), (ident(2), Q(1)), (l, Q(1)), (ident([1]), Q(2)), (Q(2), ident([1])), (T(1), ident(U(2))), (T(1), V(1)), (U(1), ident(V(1))), (ident(3), T(1)), (T(1), ident(3)), (X(3), ident(T(2)))):
    for op in (lambda: a < b, lambda: a + b, lambda: a * b, lambda: b // a, lambda: a == b, lambda: a != b, lambda: a // b):
        try:
            log.append(op())
        except TypeError as e:
            log.append(str(e))
import collections
try:
    l += Q(3)
    d = Q(3) * collections.deque()
except TypeError as e:
    log.append(str(e))
try:
    d = Q(3) - collections.deque()
except TypeError as e:
    log.append(str(e))
class N:
    __add__ = None
    __eq__ = None
    def __radd__(self, o): return 3
for op in (lambda: N() + num(1), lambda: N() == num(1), lambda: num(1) + N(), lambda: N() + N()):
    try:
        log.append(op())
    except TypeError as e:
        log.append(str(e))
